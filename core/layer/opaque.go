package layer

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// An Opaque is a layer paramstack does not know, with what its source states. What
// is not stated stays unknown and is never counted as nothing.
type Opaque struct {
	Type    Word // as its source calls it
	Weights Tensors
	Buffers Tensors
	Out     Extents
	Keeps   Switch // the output has the shape of the first input
	MACs    Whole  // -1: unknown
	In      Whole  // channels that its source requires; not given: any
}

var opaque = &Kind{
	Name: "opaque", Group: GroupOther, Learns: true, Takes: TakesPathsOrOne, IgnoresInputs: true,
	New: func() Layer {
		return &Opaque{Out: Extents{Most: MaxRank}, MACs: Whole{-1, -1, num.MaxExtent}, In: notDeclared()}
	},
	Fields: []Field{
		{Name: "type", At: func(l Layer) Value { return &l.(*Opaque).Type }},
		{Name: "weights", At: func(l Layer) Value { return &l.(*Opaque).Weights }},
		{Name: "buffers", At: func(l Layer) Value { return &l.(*Opaque).Buffers }},
		{Name: "out", Role: RoleSpatial, At: func(l Layer) Value { return &l.(*Opaque).Out }},
		{Name: "macs", At: func(l Layer) Value { return &l.(*Opaque).MACs }},
		declared(func(l Layer) *Whole { return &l.(*Opaque).In }),
		{Name: "keeps", Off: "keeps", At: func(l Layer) Value { return &l.(*Opaque).Keeps }},
	},
}

// OpaqueKind makes layers of type *Opaque.
var OpaqueKind = Typed[*Opaque]{&opaque}

// Kind implements Layer.
func (l *Opaque) Kind() *Kind { return opaque }

// Apply implements Layer.
func (l *Opaque) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	r := Result{MACs: Sum{{{N: l.MACs.N, Role: RoleConst}}}, Window: unfollowed}
	if l.Weights.Unset() {
		r.Weights = l.declared("weight", ClassWeight, TensorsOf(tensor.Of(tensor.Unknown)))
	}
	r.Weights = append(r.Weights, l.declared("weight", ClassWeight, l.Weights)...)
	r.Weights = append(r.Weights, l.declared("buffer", ClassStat, l.Buffers)...)
	if len(in) > 0 && len(in[0]) > 0 && misfits(l.In, in[0][0]) {
		x := in[0][0]
		// Its source refuses it, but none of its weights depends on it.
		d := diag.Warn(catalog.ChannelsMisfit, num.Of(l.In.N).Grouped(), num.Of(x.N).Grouped())
		r.Notes = append(r.Notes, refit(d, l.In, in[0], x))
	}
	if l.Keeps && len(in) > 0 && in[0] != nil {
		r.Out = in[0]
		return r, nil
	}
	if l.Out.Unset() {
		r.Notes = append(r.Notes, diag.Warn(catalog.OpaqueOutput).On("out"))
		return r, nil
	}
	r.Out = l.Out.shape()
	return r, nil
}

// declared declares the tensors of a list: weight, weight2, …
func (l *Opaque) declared(name string, class Class, of Tensors) []Weight {
	var all []Weight
	for i, shape := range of.shapes {
		w := table(name, class, shape, name+"s")
		if i > 0 {
			w.Name += strconv.Itoa(i + 1)
		}
		if len(shape) == 0 {
			w.Factors = Term{{N: 1, Role: RoleConst, Field: name + "s"}}
		}
		all = append(all, w)
	}
	return all
}
