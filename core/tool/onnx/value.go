package onnx

import (
	"slices"

	"paramstack/core/tensor"
)

// A value is what an output of a node holds: a constant, or what a layer returns.
//
// ONNX shapes have the batch among their extents, and a transpose may carry it
// anywhere. Stacks describe one sample, so a value knows where its batch is; the
// sample is its shape without it. Where a reshape mixes the batch with other
// extents, which exports of attention do, there is none left: with a batch of one
// the sample is then the whole shape.
type value struct {
	name  string
	fixed *constant // nil: a layer returns it

	node   string // that layer, in the graph; "" until it is needed
	sample tensor.Shape
	batch  int  // where the batch is among the extents; noBatch
	lost   bool // it was mixed with others

	// Of a value that is another one laid out in other extents.
	base *value
	ones bool // by dropping ones, not by laying all in a row
}

const noBatch = -1

// rank returns how many extents the value has, with the batch; −1 if that is
// unknown.
func (v *value) rank() int {
	switch {
	case v.fixed != nil && v.fixed.dims == nil:
		return -1
	case v.fixed != nil:
		return len(v.fixed.dims)
	case v.sample == nil:
		return -1
	case v.batch >= 0:
		return len(v.sample) + 1
	default:
		return len(v.sample)
	}
}

// dims returns all extents; n is the batch's.
func (v *value) dims(n int64) []int64 {
	if v.fixed != nil {
		return v.fixed.dims
	}
	if v.sample == nil {
		return nil
	}
	d := make([]int64, 0, len(v.sample)+1)
	for _, e := range v.sample {
		d = append(d, e.N)
	}
	if v.batch >= 0 {
		d = slices.Insert(d, v.batch, n)
	}
	return d
}

// at converts an axis of the value to an index into its sample; false for the
// batch, and for what is no axis.
func (v *value) at(axis int64) (int, bool) {
	a, ok := v.axis(axis)
	if !ok || a == v.batch {
		return 0, false
	}
	if v.batch >= 0 && a > v.batch {
		a--
	}
	return a, true
}

// axis makes a negative axis positive.
func (v *value) axis(axis int64) (int, bool) {
	rank := int64(v.rank())
	if axis < 0 {
		axis += rank
	}
	return int(axis), axis >= 0 && axis < rank
}

// laidOut is v in other extents: sample, with the batch at a place. Nothing is
// written into the graph before a layer needs it.
func (v *value) laidOut(name string, sample tensor.Shape, batch int, lost bool) *value {
	w := &value{name: name, sample: sample, batch: batch, lost: lost, base: v}
	if v.base != nil && v.node == "" {
		w.base = v.base
	}
	return w
}
