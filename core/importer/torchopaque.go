package importer

import (
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// opaqueOf returns a layer that is not known here: what its source calls it, its
// weights and buffers (nil: not told), and its output shape (nil: not told).
func opaqueOf(class string, weights, buffers []tensor.Shape, out tensor.Shape) layer.Layer {
	l := layer.ByName("opaque").New().(*layer.Opaque)
	l.Type = layer.WordOf(class)
	if weights != nil {
		l.Weights = layer.TensorsOf(sayable(weights)...)
	}
	if buffers != nil {
		l.Buffers = layer.TensorsOf(sayable(buffers)...)
	}
	if out != nil {
		setOut(l, out)
	}
	return l
}

// setOut writes the output shape, where one can be written.
func setOut(l *layer.Opaque, out tensor.Shape) {
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

// sayable makes shapes that the stack text can say, with as many elements each:
// trailing extents are multiplied where there are too many. Empty tensors are
// left out.
func sayable(shapes []tensor.Shape) []tensor.Shape {
	said := make([]tensor.Shape, 0, len(shapes))
	for _, s := range shapes {
		n, known := s.Elements()
		if known && n.IsZero() {
			continue
		}
		for _, d := range s {
			if d.N > num.MaxExtent {
				s = tensor.Of(tensor.Unknown)
				break
			}
		}
		for len(s) > layer.MaxRank {
			last := len(s) - 1
			n, ok := s[last-1:].Elements()
			product, fits := n.Int64()
			if !ok || !fits || product > num.MaxExtent {
				product = tensor.Unknown
			}
			s = append(s[:last-1:last-1], tensor.Dim{N: product})
		}
		said = append(said, s)
	}
	return said
}
