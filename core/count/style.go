package count

import (
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A Style is how the reader counts and writes. Every table, card and record uses it
// for what belongs to the parameters, so that all of them agree.
type Style struct {
	Biases bool // biases count, as their own term
	Flat   bool // 9216 instead of (6·6·256)
	Keras  bool // as Keras counts: with batch norm's statistics, one bias for a recurrent layer
}

// The styles in which frameworks count.
var (
	PyTorch = Style{Biases: true}
	Keras   = Style{Biases: true, Keras: true}
)

// Counts reports whether a tensor is part of the number of parameters. Of
// is the same rule for the sums of many tensors.
func (s Style) Counts(w *layer.Weight) bool {
	switch w.Class {
	case layer.ClassWeight:
		return true
	case layer.ClassBias:
		return s.Biases && !(s.Keras && w.TorchOnly)
	case layer.ClassStat:
		return s.Keras
	default:
		return false
	}
}

// Stores reports whether a tensor is kept beside the parameters, as a buffer.
func (s Style) Stores(w *layer.Weight) bool { return !s.Keras && !w.Class.Learnable() }

// Parts are the numbers of a layer, or of several, as a style means them. Without
// biases none of them has any. In each style
//
//	Params = Trainable + Frozen = Weights + Biases, in Keras + Stats
type Parts struct {
	Params    num.Int
	Weights   num.Int
	Biases    num.Int
	Trainable num.Int
	Frozen    num.Int // parameters that are not trained; in Keras with the statistics
	Stats     num.Int // running statistics: in Keras parameters, in PyTorch buffers beside them
	Counters  num.Int // the other buffers; Keras keeps none
}

// Of returns the numbers of a count.
func (s Style) Of(c Counts) Parts {
	p := Parts{Weights: c.Weights, Biases: c.Biases, Frozen: c.Frozen, Stats: c.Stats, Counters: c.Counters}
	switch {
	case !s.Biases:
		p.Biases, p.Frozen = num.Int{}, p.Frozen.Sub(c.FrozenBiases)
	case s.Keras:
		p.Biases, p.Frozen = p.Biases.Sub(c.Twins), p.Frozen.Sub(c.FrozenTwins)
	}
	p.Params = p.Weights.Add(p.Biases)
	p.Trainable = p.Params.Sub(p.Frozen)
	if s.Keras {
		p.Params, p.Frozen, p.Counters = p.Params.Add(p.Stats), p.Frozen.Add(p.Stats), num.Int{}
	}
	return p
}

// Buffers returns what is stored and not learned.
func (p Parts) Buffers() num.Int { return p.Stats.Add(p.Counters) }

// Params returns how many parameters a count has in the style.
func (s Style) Params(c Counts) num.Int { return s.Of(c).Params }
