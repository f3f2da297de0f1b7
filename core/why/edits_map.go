package why

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
)

// small is how many layers multiply by weights in a network whose layers may each be another:
// one that somebody wrote.
const small = 12

// commonWidths are the usual numbers of filters and neurons.
var commonWidths = []int64{32, 64, 128, 256, 512, 16, 100, 10, 50, 1024, 8, 20, 84, 120, 96, 200, 192, 384, 48, 24,
	4, 6,
	12, 300, 400, 500, 1000, 2048, 4096}

// maps are the edits by which the map before flatten has another size: the first dense layer
// receives more or less.
func (s *sight) maps() []option {
	var flat arch.ID
	for i := range s.leaves {
		if l := &s.leaves[i]; l.main && s.flattens(l) {
			flat = l.id
		}
	}
	if flat == 0 {
		return nil
	}
	same, off, ceil := change{}, change{}, change{}
	s.convs(func(l *seen, c *layer.Conv, _ int64) {
		if c.Stride.At(0) != 1 || c.Dilation.At(0) != 1 {
			return
		}
		if c.Padding.At(0) > 0 || c.Padding.Rule == layer.PadSame {
			off[l.id] = changed(c, func(c *layer.Conv) { c.Padding = paddingLike(c, 0) })
		}
		if k := c.Kernel.At(0); k%2 == 1 && k > 1 && c.Padding.Rule != layer.PadSame && c.Padding.At(0) != k/2 {
			same[l.id] = changed(c, func(c *layer.Conv) { c.Padding = paddingLike(c, k/2) })
		}
	})
	for i := range s.leaves {
		switch p := layer.Clone(s.leaves[i].leaf.Layer).(type) {
		case *layer.MaxPool:
			if !bool(p.Ceil) && !bool(p.Caffe) {
				p.Ceil = true
				ceil[s.leaves[i].id] = p
			}
		case *layer.AvgPool:
			if !bool(p.Ceil) && !bool(p.Caffe) {
				p.Ceil = true
				ceil[s.leaves[i].id] = p
			}
		}
	}
	var o []option
	add := func(name string, cost int, key catalog.Key, edit func(arch.Model, int64) arch.Model) {
		o = append(o, option{name: name, slots: slotPool, where: s.denseRegion(), cost: cost, say: says(key),
			edit: edit})
	}
	if len(same) > 0 {
		add("padding-same", 13, catalog.WhyPaddingSame, same.in)
	}
	if len(off) > 0 {
		add("padding-off", 13, catalog.WhyPaddingOff, off.in)
	}
	if len(ceil) > 0 {
		add("pool-ceil", 16, catalog.WhyPoolCeil, ceil.in)
	}
	add("pool-add", 19, catalog.WhyPoolAdd, func(m arch.Model, _ int64) arch.Model {
		p := layer.MaxPoolKind.New()
		p.Kernel = layer.SizeOf(2)
		m, _ = m.Insert(arch.Place{Anchor: flat, Side: arch.Before}, arch.NewLeaf(arch.Head{}, p, false))
		return m
	})
	return o
}

// flattens reports whether a leaf makes a vector of a map that has more than one position.
func (s *sight) flattens(l *seen) bool {
	return layer.FlattenKind.Is(l.leaf.Layer) && len(l.row.In) == 1 && len(l.row.In[0]) > 2 && l.row.In[0][1].N > 1
}

// denseRegion is what the size of the map before flatten changes: the head itself, where
// there is one dense layer.
func (s *sight) denseRegion() region {
	dense := 0
	for i := range s.leaves {
		if s.leaves[i].leaf.Layer.Kind().Group == layer.GroupDense {
			dense++
		}
	}
	if dense == 1 {
		return regionDense | regionHead
	}
	return regionDense
}

// widths are other widths and kernels of a layer, in networks that are small.
func (s *sight) widths() []option {
	if s.weighted() > small || s.weighted() == 1 {
		return nil
	}
	var o []option
	for i := range s.leaves {
		l := &s.leaves[i]
		_, now := widthOf(l.leaf.Layer)
		if g := l.leaf.Layer.Kind().Group; g != layer.GroupConv && g != layer.GroupDense || l.id == s.head ||
			now == 0 ||
			l.leaf.Shares != "" {
			continue
		}
		id := l.id
		o = append(o, option{name: "width", listed: true, alone: true, slots: slotBody,
			where: regionIn | regionBody | regionDense | regionHead, cost: 28,
			values: commonWidths, now: now, most: 1 << 16,
			say: func(n int64) catalog.Message { return s.wide(id, now, n)(n) },
			edit: func(m arch.Model, n int64) arch.Model {
				if leaf, ok := m.Find(id).(*arch.Leaf); ok {
					return m.SetLayer(id, withWidth(leaf.Layer, n))
				}
				return m
			}})
	}
	return o
}

// kernels are other sizes of a convolution's kernel; its padding keeps the size if it did so.
func (s *sight) kernels() []option {
	if s.weighted() > small {
		return nil
	}
	var o []option
	s.convs(func(l *seen, c *layer.Conv, _ int64) {
		now := c.Kernel.At(0)
		if now != c.Kernel.At(1) || c.Kernel.At(1) == 0 {
			return
		}
		for _, k := range []int64{3, 5, 1, 7, 11, 2, 4} {
			if k == now {
				continue
			}
			name := s.report.Name(l.id)
			fresh := changed(c, func(c *layer.Conv) {
				if c.Padding.Rule == "" && 2*c.Padding.At(0)+1 == now && k%2 == 1 {
					c.Padding = paddingLike(c, k/2)
				}
				c.Kernel = layer.SizeOf(k)
			})
			o = append(o, option{name: "kernel", listed: true, alone: true, slots: slotStem,
				where: regionIn | s.denseRegion(), cost: 28,
				say:  func(int64) catalog.Message { return catalog.Say(catalog.WhyKernel, name, k, now) },
				edit: change{l.id: fresh}.in})
		}
	})
	return o
}
