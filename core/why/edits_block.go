package why

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
)

// shortcuts are the edits of skips that change the shape: padded with zeros as option A of the
// residual paper has it, or a 1×1 convolution with batch norm, its option B.
func (s *sight) shortcuts(m arch.Model) []option {
	projected, padded := swap{set: change{}, gone: map[arch.ID]bool{}, behind: map[arch.ID]layer.Layer{}},
		swap{set: change{}, gone: map[arch.ID]bool{}, behind: map[arch.ID]layer.Layer{}}
	m.Walk(func(n arch.Node) {
		b, ok := n.(*arch.Branch)
		if !ok || !layer.AddKind.Is(b.Join) || len(b.Paths) != 2 {
			return
		}
		for i := range b.Paths {
			s.shortcut(b.Paths[i].Body, b.Paths[1-i].Body, &projected, &padded)
		}
	})
	var o []option
	add := func(name string, cost int, key catalog.Key, w *swap) {
		if len(w.set) > 0 {
			o = append(o, option{name: name, slots: slotStride, cost: cost, say: says(key), swap: w, edit: w.in})
		}
	}
	add("shortcut-projection", 14, catalog.WhyShortcutB, &projected)
	add("shortcut-padding", 18, catalog.WhyShortcutA, &padded)
	return o
}

// shortcut notes what one path would be otherwise, if the other computes.
func (s *sight) shortcut(body, other []arch.Node, projected, padded *swap) {
	if len(body) == 0 || len(other) < 2 {
		return
	}
	first, last := s.rowOf(body[0]), s.rowOf(body[len(body)-1])
	if first == nil || last == nil || len(first.In) != 1 || len(first.In[0]) != 3 || len(last.Out) != 3 {
		return
	}
	in, out := first.In[0], last.Out
	stride := max(1, (in[1].N+out[1].N-1)/max(out[1].N, 1))
	weights := int64(0)
	for _, n := range body {
		row := s.rowOf(n)
		if row == nil {
			return
		}
		weights += int64(len(row.Weights))
	}
	to := projected
	switch c, ok := layer.ConvKind.As(leafLayer(first)); {
	case weights == 0:
		conv := layer.ConvKind.New()
		conv.Filters, conv.Kernel, conv.Stride, conv.Bias = layer.WidthOf(out[0].N), layer.SizeOf(1), layer.SizeOf(stride), false
		to.set[first.ID] = conv
		to.behind[first.ID] = layer.BatchNormKind.New()
	case ok && pointwise(c) && len(body) <= 2 && out[0].N > in[0].N && (out[0].N-in[0].N)%2 == 0:
		to = padded
		pool := layer.AvgPoolKind.New()
		pool.Kernel, pool.Stride = layer.SizeOf(1), layer.SizeOf(stride)
		pad := layer.PadKind.New()
		more := (out[0].N - in[0].N) / 2
		pad.Sides = layer.SidesOf([2]int64{more, more}, [2]int64{}, [2]int64{})
		to.set[first.ID], to.behind[first.ID] = pool, pad
	default:
		return
	}
	for _, n := range body[1:] {
		to.gone[n.Head().ID] = true
	}
}

// rowOf returns the row of a leaf, nil for other nodes.
func (s *sight) rowOf(n arch.Node) *count.Row {
	if i, ok := s.index[n.Head().ID]; ok {
		return s.leaves[i].row
	}
	return nil
}

// in makes the edit that a swap of layers is.
func (w *swap) in(m arch.Model, _ int64) arch.Model {
	m = m.SetLayers(w.set)
	for id, l := range w.behind {
		m, _ = m.Insert(arch.Place{Anchor: id, Side: arch.After}, arch.NewLeaf(arch.Head{}, l, false))
	}
	ids := make([]arch.ID, 0, len(w.gone))
	for id := range w.gone {
		ids = append(ids, id)
	}
	return m.Delete(ids...)
}

// separables are the edits of ordinary convolutions into a depthwise and a 1×1: as one layer of
// Keras with one bias, or as two of PyTorch with a bias each.
func (s *sight) separables() []option {
	one, two := swap{set: change{}}, swap{set: change{}, behind: map[arch.ID]layer.Layer{}}
	s.convs(func(l *seen, c *layer.Conv, in int64) {
		if c.Groups.N != 1 || pointwise(c) {
			return
		}
		one.set[l.id] = separable(c, 1, bool(c.Bias))
		two.set[l.id] = changed(c, func(c *layer.Conv) { c.Filters, c.Groups.N = layer.WidthOf(in), in })
		point := layer.ConvKind.New()
		point.Filters, point.Kernel, point.Bias = c.Filters, layer.SizeOf(1), c.Bias
		two.behind[l.id] = point
	})
	if len(one.set) == 0 || s.normed() {
		return nil
	}
	cost := 19
	if s.weighted() == 1 {
		cost = 14
	}
	slots := slotStem | slotGroups | slotDepth
	return []option{
		{name: "separable", slots: slots, where: regionIn, cost: cost, say: saysSeparable(1), swap: &one,
			edit: one.in},
		{name: "depthwise", slots: slots, where: regionIn, cost: cost + 1, say: says(catalog.WhyDepthwise),
			swap: &two, edit: two.in},
	}
}

func saysSeparable(m int64) func(int64) catalog.Message {
	return func(int64) catalog.Message { return catalog.Say(catalog.WhySeparable, m) }
}

// separable returns a convolution as a separable one.
func separable(c *layer.Conv, multiplier int64, bias bool) layer.Layer {
	sep := layer.SeparableKind.New()
	sep.Slide.Kernel, sep.Slide.Stride = c.Kernel, c.Stride
	sep.Filters, sep.Multiplier.N, sep.Bias = c.Filters, multiplier, layer.Switch(bias)
	rules := sep.Slide.Padding.Rules
	sep.Slide.Padding = c.Padding
	sep.Slide.Padding.Rules = rules
	return sep
}

// copies are one or more further blocks like one that keeps the shape, or none.
func (s *sight) copies() []option {
	var o []option
	for i, row := range s.report.Rows {
		b, ok := row.Node.(*arch.Branch)
		if !ok || i == 0 || !layer.AddKind.Is(b.Join) || row.Counts.Weights.IsZero() ||
			row.Form != count.FormBranch ||
			!row.Out.Equal(s.report.Rows[i-1].Out) {
			continue
		}
		id, name := row.ID, row.Name
		o = append(o, option{name: "repetitions", slots: slotBlocks, where: regionBody, cost: 14, free: 10, most: 5,
			now: 1,
			say: func(n int64) catalog.Message { return catalog.Say(catalog.WhyRepetitions, name, n, 1) },
			edit: func(m arch.Model, n int64) arch.Model {
				if n == 0 {
					return m.Delete(id)
				}
				for range n - 1 {
					m, _ = m.Duplicate(id)
				}
				return m
			}, swap: &swap{turn: id}})
	}
	return o
}

// unflattened is the edit by which the first dense layer receives the channels alone.
func (s *sight) unflattened() []option {
	for i := range s.leaves {
		l := &s.leaves[i]
		if !l.main || !s.flattens(l) {
			continue
		}
		for k := i + 1; k < len(s.leaves); k++ {
			if len(s.leaves[k].row.Weights) == 0 {
				continue
			}
			if s.leaves[k].leaf.Layer.Kind().Group != layer.GroupDense {
				return nil
			}
			c, id := l.row.In[0][0].N, l.id
			return []option{{name: "flatten-off", slots: slotPool | slotSize, where: s.denseRegion(), cost: 14,
				say:  func(int64) catalog.Message { return catalog.Say(catalog.WhyFlattenOff, c) },
				swap: &swap{enter: map[arch.ID]int64{s.leaves[k].id: c}}, elements: true,
				edit: func(m arch.Model, _ int64) arch.Model {
					m, _ = m.Insert(arch.Place{Anchor: id, Side: arch.Before},
						arch.NewLeaf(arch.Head{}, layer.GlobalAvgPoolKind.New(), false))
					return m
				}}}
		}
	}
	return nil
}
