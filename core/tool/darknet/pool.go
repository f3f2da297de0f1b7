package darknet

import (
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

func readMaxPool(l *lowering, s *section) error {
	return emitPool(l, s.poolOptions(), layer.MaxPoolKind, func(v *layer.MaxPool) *layer.Pool { return &v.Pool })
}

func readLocalAvgPool(l *lowering, s *section) error {
	return emitPool(l, s.poolOptions(), layer.AvgPoolKind, func(v *layer.AvgPool) *layer.Pool {
		v.CountPad = false
		return &v.Pool
	})
}

// emitPool adds a pool whose padding is what both sides have together: as much as
// the kernel but one, unless it is stated, half of it before, rounded down. The map
// comes out as (in + padding − size)/stride + 1 (make_maxpool_layer).
func emitPool[L layer.Layer](l *lowering, o poolOptions, kind layer.Typed[L], of func(L) *layer.Pool) error {
	if err := l.asMap(); err != nil {
		return err
	}
	x := l.x()
	if o.depth {
		u := graph.Unknown{Type: "maxpool_depth", Complete: true}
		if len(x) == 3 {
			u.Out = tensor.Shape{{N: o.out}, x[1], x[2]}
		}
		return l.addHere(u)
	}
	with := func(padding layer.Padding) error {
		return emit(l, kind, func(v L) {
			p := of(v)
			p.Kernel, p.Stride, p.Padding = layer.SizeOf(o.size), layer.SizeOf(o.stride[:]...), padding
		})
	}
	size, pad := o.size, o.pad
	if !graph.KnownSizes(size, o.stride[0], o.stride[1]) || pad < 0 || pad%2 == 0 {
		return with(layer.PaddingOf(pad / 2))
	}
	whole, exact := true, true
	for i, step := range o.stride {
		in := l.extent(i + 1)
		if !graph.KnownSizes(in) || pad > in {
			whole = false
			continue
		}
		out := (in+pad-size)/step + 1
		whole = whole && pad/2 == 0 && in >= size && out == (in-size)/step+1
		exact = exact && max((out-1)*step+size-in, 0)/2 == pad/2
	}
	switch {
	case whole: // no window reaches the padding
		return with(layer.PaddingOf())
	case pad == size-1:
		if !exact {
			l.NoteAbout(catalog.ImportOtherFunction, l.at)
		}
		return with(layer.PaddingRule(layer.PadSame))
	}
	u := graph.Unknown{Type: kind.Kind().Name, Complete: true}
	if len(x) == 3 {
		u.Out = tensor.Shape{x[0], {N: tensor.Unknown}, {N: tensor.Unknown}}
		for i, step := range o.stride {
			if in := x[i+1].N; graph.KnownSizes(in) && in+pad >= size {
				u.Out[i+1].N = (in+pad-size)/step + 1
			}
		}
	}
	return l.addHere(u)
}
