package graph

import (
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// Opaque returns a layer that paramstack has no kind for: its class in the source,
// its weights and buffers (nil: unknown), and its output shape (nil: unknown).
func Opaque(class string, weights, buffers []tensor.Shape, out tensor.Shape) layer.Layer {
	l := layer.OpaqueKind.New()
	l.Type = layer.WordOf(class)
	if weights != nil {
		l.Weights = layer.TensorsOf(weights...)
	}
	if buffers != nil {
		l.Buffers = layer.TensorsOf(buffers...)
	}
	if out != nil {
		SetOut(l, out)
	}
	return l
}

// SetOut writes the output shape; one that the notation cannot hold stays unknown.
func SetOut(l *layer.Opaque, out tensor.Shape) {
	if len(out) == 0 || len(out) > layer.MaxRank {
		return
	}
	n := make([]int64, len(out))
	for i := range out {
		if n[i] = out[i].N; n[i] == 0 || n[i] > num.MaxExtent {
			return
		}
	}
	most := l.Out.Most
	l.Out = layer.ExtentsOf(n...)
	l.Out.Most = most
}

// An Unknown is what a file states of a layer that paramstack has no kind for.
type Unknown struct {
	Type             string
	Out              tensor.Shape
	Keeps            bool // the output has the shape of the first input, also when that is changed; Out is not needed
	Weights, Buffers []tensor.Shape
	Complete         bool  // Weights and Buffers are all it has; else there may be more
	In               int64 // channels that it requires, where it receives others; else 0
	MACs             int64 // of one sample; negative: unknown. Used if Complete
}

// Layer returns an opaque layer.
func (u Unknown) Layer() layer.Layer {
	weights, buffers := u.Weights, u.Buffers
	if len(weights) == 0 {
		if weights = nil; u.Complete {
			weights = []tensor.Shape{} // none, not unknown
		}
	}
	if len(buffers) == 0 {
		buffers = nil
	}
	if u.Keeps {
		u.Out = nil
	}
	l := Opaque(u.Type, weights, buffers, u.Out).(*layer.Opaque)
	l.Keeps = layer.Switch(u.Keeps)
	if KnownSizes(u.In) {
		l.In.N = u.In
	}
	if u.Complete && u.MACs >= 0 {
		l.MACs.N = u.MACs
	}
	return l
}

// KnownSizes reports whether all sizes are known, and none is 0.
func KnownSizes(n ...int64) bool {
	for _, v := range n {
		if v < 1 || v > num.MaxExtent {
			return false
		}
	}
	return true
}

// Sized returns a tensor's shape: one unknown extent if it is unknown or empty.
func Sized(n ...int64) tensor.Shape {
	if !KnownSizes(n...) {
		return tensor.Of(tensor.Unknown)
	}
	return tensor.Of(n...)
}
