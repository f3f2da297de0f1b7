package graph

import (
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// Opaque returns a layer that is not known here: what its source calls it, its
// weights and buffers (nil: not told), and its output shape (nil: not told).
func Opaque(class string, weights, buffers []tensor.Shape, out tensor.Shape) layer.Layer {
	l := layer.ByName("opaque").New().(*layer.Opaque)
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

// SetOut writes the output shape, where one can be written.
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

// An Unknown says what a file tells of a layer that paramstack has no kind for.
type Unknown struct {
	Type             string
	Out              tensor.Shape
	Weights, Buffers []tensor.Shape
	Complete         bool  // Weights and Buffers are all it has; else there may be more
	MACs             int64 // counted if Told
}

// Layer returns an opaque layer.
func (u Unknown) Layer() layer.Layer {
	l := layer.ByName("opaque").New().(*layer.Opaque)
	l.Type = layer.WordOf(u.Type)
	if len(u.Out) > 0 {
		// A shape that the notation cannot hold stays unknown.
		_ = l.Out.Parse(strings.ReplaceAll(u.Out.String(), "×", "x"))
	}
	if u.Complete || len(u.Weights) > 0 {
		l.Weights = layer.TensorsOf(u.Weights...)
	}
	if len(u.Buffers) > 0 {
		l.Buffers = layer.TensorsOf(u.Buffers...)
	}
	if u.Complete && u.MACs >= 0 {
		l.MACs.N = u.MACs
	}
	return l
}

// KnownSizes reports whether all of some sizes can be told and are none of them 0.
func KnownSizes(n ...int64) bool {
	for _, v := range n {
		if v < 1 || v > num.MaxExtent {
			return false
		}
	}
	return true
}

// Sized returns a tensor's shape; one that cannot be told, or is empty, is one
// unknown extent.
func Sized(n ...int64) tensor.Shape {
	if !KnownSizes(n...) {
		return tensor.Of(tensor.Unknown)
	}
	return tensor.Of(n...)
}
