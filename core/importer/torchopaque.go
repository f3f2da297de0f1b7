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
		l.Weights = layer.TensorsOf(weights...)
	}
	if buffers != nil {
		l.Buffers = layer.TensorsOf(buffers...)
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
