package onnx

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A value is what an output of a node holds: a constant, or what a layer gives.
//
// ONNX shapes have the batch among their extents, and a transpose may carry it
// anywhere. Stacks speak of one sample, so a value knows where its batch stands;
// the sample is its shape without it. Where a reshape mixes the batch with other
// extents, which exports of attention do, there is none left: with a batch of one
// the sample is then the whole shape.
type onnxValue struct {
	name  string
	konst *onnxConst // nil: a layer gives it

	node   string // that layer, in the graph; "" until it is asked for
	sample tensor.Shape
	batch  int  // where the batch stands among the extents; noBatch
	lost   bool // it was mixed with others

	// Of a value that is another one laid out in other extents.
	base *onnxValue
	ones bool // by dropping ones, not by laying all in a row
}

const noBatch = -1

// rank returns how many extents the value has, with the batch; −1 if that cannot
// be told.
func (v *onnxValue) rank() int {
	switch {
	case v.konst != nil && v.konst.dims == nil:
		return -1
	case v.konst != nil:
		return len(v.konst.dims)
	case v.sample == nil:
		return -1
	case v.batch >= 0:
		return len(v.sample) + 1
	default:
		return len(v.sample)
	}
}

// dims returns all extents; n is the batch's.
func (v *onnxValue) dims(n int64) []int64 {
	if v.konst != nil {
		return v.konst.dims
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

// at turns an axis of the value into an index into its sample; false for the
// batch, and for what is no axis.
func (v *onnxValue) at(axis int64) (int, bool) {
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
func (v *onnxValue) axis(axis int64) (int, bool) {
	rank := int64(v.rank())
	if axis < 0 {
		axis += rank
	}
	return int(axis), axis >= 0 && axis < rank
}

// laidOut is v in other extents: sample, with the batch at a place. Nothing is
// written into the graph before a layer needs it.
func (v *onnxValue) laidOut(name string, sample tensor.Shape, batch int, lost bool) *onnxValue {
	w := &onnxValue{name: name, sample: sample, batch: batch, lost: lost, base: v}
	if v.base != nil && v.node == "" {
		w.base = v.base
	}
	return w
}

// A relay is the layer that lays one sample out as another.
type relay struct {
	kind  string
	pairs []string
}

// relayOf finds the plainest layer that lays a sample out in other extents; with
// ones, by dropping them.
func relayOf(from, to tensor.Shape, ones bool) (relay, bool) {
	switch head, tail := alike(from, to); {
	case len(to) == len(from)+1:
		for i := 0; i <= min(head, len(from)); i++ {
			if to[i].N == 1 && len(from)-i <= tail {
				return relay{"unsqueeze", []string{"dim", num.Of(int64(i + 1)).String()}}, true
			}
		}
	case len(to) == 1 && len(from) > 1 && !ones:
		return relay{"flatten", nil}, true
	case len(to) > 0 && len(from) > len(to) && head+tail >= len(to)-1 && !onlyOnes(from[head:len(from)-(len(to)-1-min(head, len(to)-1))]):
		start := min(head, len(to)-1)
		end := len(from) - (len(to) - 1 - start) // what follows stays as it is
		if n, ok := productOf(from[start:end]); ok && n == to[start].N {
			r := relay{"flatten", []string{"start", num.Of(int64(start + 1)).String()}}
			if end < len(from) {
				r.pairs = append(r.pairs, "end", num.Of(int64(end)).String())
			}
			return r, true
		}
	}
	if gone, ok := dropped(from, to); ok {
		return relay{"squeeze", []string{"dims", joinInts(gone)}}, true
	}
	open := 0
	dims := make([]int64, len(to))
	for i, d := range to {
		if dims[i] = d.N; !d.Known() {
			open++
		}
	}
	if open > 1 || len(to) > layer.MaxRank || len(to) == 0 {
		return relay{}, false
	}
	return relay{"reshape", []string{"sizes", joinInts(dims)}}, true
}

// alike returns how many extents two samples have in common at either end.
func alike(a, b tensor.Shape) (head, tail int) {
	most := min(len(a), len(b))
	for head < most && a[head].N == b[head].N {
		head++
	}
	for tail < most && a[len(a)-1-tail].N == b[len(b)-1-tail].N {
		tail++
	}
	return head, tail
}

// dropped returns the dimensions, from 1, of the ones that from has more than to.
func dropped(from, to tensor.Shape) ([]int64, bool) {
	var gone []int64
	k := 0
	for i, d := range from {
		if k < len(to) && d.N == to[k].N && (d.N != 1 || len(from)-i <= len(to)-k || !slices.ContainsFunc(from[i+1:], func(e tensor.Dim) bool { return e.N == 1 })) {
			k++
			continue
		}
		if d.N != 1 {
			return nil, false
		}
		gone = append(gone, int64(i+1))
	}
	return gone, k == len(to) && len(gone) > 0 && len(gone) <= layer.MaxRank
}

func onlyOnes(s tensor.Shape) bool {
	return !slices.ContainsFunc(s, func(d tensor.Dim) bool { return d.N != 1 })
}

// productOf multiplies extents; false where one is unknown or it is too large.
func productOf(s tensor.Shape) (int64, bool) {
	n, ok := s.Elements()
	if !ok || n.Cmp(num.Of(num.MaxExtent)) > 0 {
		return 0, false
	}
	return n.Int64()
}
