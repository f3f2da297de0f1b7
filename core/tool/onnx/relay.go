package onnx

import (
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"slices"
)

// settle makes sure that a value is what a layer of the graph returns, and returns
// it; nil if no layer can lay it out so.
func (l *lowering) settle(v *value) *value {
	if v == nil || v.fixed != nil {
		return nil
	}
	if v.node != "" {
		return v
	}
	base := l.settle(v.base)
	if base == nil {
		return nil
	}
	if base.sample.Equal(v.sample) {
		graph.Set(&l.Builder, &v.node, base.node)
		return v
	}
	if base.sample == nil || v.sample == nil {
		return nil
	}
	how := relayOf(base.sample, v.sample, v.ones)
	if how == nil {
		return nil
	}
	w := l.emit(&node{Name: v.name, Op: how.Kind().Name}, draft{layer: how, in: []*value{base}})
	if w == nil || !w.sample.Equal(v.sample) && v.sample.Known() {
		return nil
	}
	graph.Set(&l.Builder, &v.node, w.node)
	v.sample = w.sample
	return v
}

// relayOf returns the plainest layer that lays a sample out in other extents; with
// ones, by dropping them. It is nil if there is none.
func relayOf(from, to tensor.Shape, ones bool) layer.Layer {
	switch head, tail := alike(from, to); {
	case len(to) == len(from)+1:
		for i := 0; i <= min(head, len(from)); i++ {
			if to[i].N == 1 && len(from)-i <= tail {
				return layerOf(layer.UnsqueezeKind, func(l *layer.Unsqueeze) { l.Dim.N = int64(i + 1) })
			}
		}
	case len(to) == 1 && len(from) > 1 && !ones:
		return layer.FlattenKind.New()
	case len(to) > 0 && len(from) > len(to) && head+tail >= len(to)-1 &&
		!onlyOnes(from[head:len(from)-(len(to)-1-min(head, len(to)-1))]):
		start := min(head, len(to)-1)
		end := len(from) - (len(to) - 1 - start) // what follows stays as it is
		if n, ok := productOf(from[start:end]); ok && n == to[start].N {
			return layerOf(layer.FlattenKind, func(l *layer.Flatten) {
				l.Start.N = int64(start + 1)
				if end < len(from) {
					l.End.N = int64(end)
				}
			})
		}
	}
	if gone, ok := dropped(from, to); ok {
		return layerOf(layer.SqueezeKind, func(l *layer.Squeeze) { l.Dims = layer.WholesOf(gone...) })
	}
	open := 0
	for _, d := range to {
		if !d.Known() {
			open++
		}
	}
	if open > 1 || len(to) > layer.MaxRank || len(to) == 0 {
		return nil
	}
	return layerOf(layer.ReshapeKind, func(l *layer.Reshape) { l.Sizes = extentsOf(to) })
}

// extentsOf writes a sample as a layer has it.
func extentsOf(s tensor.Shape) layer.Extents {
	n := make([]int64, len(s))
	for i, d := range s {
		n[i] = d.N
	}
	return layer.ExtentsOf(n...)
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
		stays := d.N != 1 || len(from)-i <= len(to)-k || !slices.ContainsFunc(from[i+1:], isOne)
		if k < len(to) && d.N == to[k].N && stays {
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

func isOne(d tensor.Dim) bool { return d.N == 1 }

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
