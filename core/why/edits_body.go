package why

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// commonSizes are the usual heights and widths of a network's input.
var commonSizes = []int64{224, 32, 28, 227, 64, 48, 96, 100, 112, 120, 128, 150, 160, 180, 192, 200, 240, 256, 260,
	288,
	299, 300, 320, 331, 336, 380, 384, 400, 416, 448, 456, 480, 512, 528, 572, 600, 608, 640, 768, 800, 1024, 1280}

// inSize is the name of the edits of the input's height and width.
const inSize = "in-size"

// inputs are the edits of what enters, and of the first convolution.
func (s *sight) inputs() []option {
	var o []option
	if len(s.leaves) == 0 {
		return nil
	}
	input, ok := layer.InputKind.As(s.leaves[0].leaf.Layer)
	if !ok {
		return nil
	}
	id := s.leaves[0].id
	// set changes some sides of what is the input then: another edit may have changed others.
	set := func(n int64, at ...int) func(arch.Model, int64) arch.Model {
		return func(m arch.Model, _ int64) arch.Model {
			leaf, ok := m.Find(id).(*arch.Leaf)
			if !ok {
				return m
			}
			l := layer.Clone(leaf.Layer).(*layer.Input)
			sides := make([]int64, l.Shape.Len())
			for i := range sides {
				sides[i] = l.Shape.At(i)
			}
			for _, i := range at {
				sides[i] = n
			}
			l.Shape = withExtents(l.Shape, sides...)
			return m.SetLayer(id, l)
		}
	}
	var first *seen
	s.convs(func(l *seen, _ *layer.Conv, _ int64) {
		if first == nil {
			first = l
		}
	})
	entry := slices.IndexFunc(s.leaves, func(l seen) bool { return len(l.row.Weights) > 0 })
	features := input.Shape.Len() <= 2
	// A picture that is flattened at once: grey or coloured.
	flat := entry >= 0 && input.Shape.Len() == 3 && s.leaves[entry].leaf.Layer.Kind().Group == layer.GroupDense
	if entry >= 0 && s.leaves[entry].leaf.Layer.Kind().Group == layer.GroupConv || features || flat {
		at := 0
		if features {
			at = input.Shape.Len() - 1
		}
		if features && s.leaves[min(1, len(s.leaves)-1)].leaf.Layer.Kind().Group == layer.GroupTable {
			at = -1 // indices, not features
		}
		if at >= 0 {
			now := input.Shape.At(at)
			say := func(n int64) catalog.Message {
				return catalog.Say(catalog.WhyInChannels, num.Of(n).Grouped(), num.Of(now).Grouped())
			}
			cost, where := 9, regionIn
			if flat {
				where |= s.denseRegion()
			}
			if features || s.weighted() == 1 && !flat {
				cost = 24 // one channel, and the depth is forgotten
			}
			// What only the first layer receives changes the number there alone.
			enter := func(n int64) *swap {
				if features || flat || s.after(id) != s.leaves[entry].leaf || s.report.Row(id).Users != "" {
					return nil
				}
				return &swap{enter: map[arch.ID]int64{s.leaves[entry].id: n}}
			}
			// Grey and coloured pictures are known, so that something else can be unknown.
			for _, n := range []int64{1, 3} {
				if n != now {
					o = append(o, option{name: "in-channels", slots: slotIn, where: where, cost: cost,
						say: func(int64) catalog.Message { return say(n) }, edit: set(n, at), swap: enter(n)})
				}
			}
			if !flat {
				o = append(o, option{name: "in-channels", slots: slotIn, where: where, cost: cost, now: now, rarer: 14,
					more: []int64{2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, say: say,
					edit: func(m arch.Model, n int64) arch.Model { return set(n, at)(m, n) }, swap: enter(now + 1)})
			}
		}
	}
	if input.Shape.Len() == 3 && input.Shape.At(1) == input.Shape.At(2) && input.Shape.At(1) > 1 {
		s.input, s.side = id, input.Shape.At(1)
		for i, n := range commonSizes {
			if n == input.Shape.At(1) {
				continue
			}
			o = append(o, option{name: inSize, listed: true, alone: i >= 5, size: n, slots: slotSize,
				where: s.denseRegion(), cost: 17,
				say:  func(int64) catalog.Message { return catalog.Say(catalog.WhyInSize, n, input.Shape.At(1)) },
				edit: set(n, 1, 2)})
		}
	}
	if first != nil {
		o = append(o, s.stem(first)...)
	}
	return o
}

// stem are the edits of the first convolution: that of networks for small pictures, a
// separable one, another number of filters.
func (s *sight) stem(first *seen) []option {
	var o []option
	c := first.leaf.Layer.(*layer.Conv)
	if c.Kernel.At(0) >= 5 && c.Stride.At(0) > 1 {
		small := changed(c, func(c *layer.Conv) {
			c.Kernel, c.Stride, c.Padding = layer.SizeOf(3), layer.SizeOf(1), paddingLike(c, 1)
		})
		o = append(o, option{name: "stem-3x3", slots: slotStem, where: regionIn, cost: 13,
			say: says(catalog.WhyStem3), edit: change{first.id: small}.in,
			swap: &swap{set: change{first.id: small}}, elements: true})
	}
	if s.weighted() == 1 && c.Groups.N == 1 {
		for _, m := range []int64{1, 8} {
			o = append(o, option{name: "separable", slots: slotStem | slotBias | slotDepth, where: regionIn, cost: 22,
				say: saysSeparable(m), edit: change{first.id: separable(c, m, false)}.in})
		}
	}
	if wide := c.Filters.Value(); s.grows && c.Groups.N == 1 {
		for _, n := range []int64{16, 24} {
			if n == wide {
				continue
			}
			o = append(o, option{name: "first-filters", slots: slotStem,
				where: regionIn | regionBody | regionHead, cost: 26,
				say: func(int64) catalog.Message {
					return catalog.Say(catalog.WhyFirstFilters, n,
						num.Of(wide).Grouped())
				},
				edit: change{first.id: withWidth(c, n)}.in})
		}
	}
	return o
}

// addFirst reports whether a body begins with paths that are added: a residual block.
func addFirst(body []arch.Node) bool {
	if len(body) == 0 {
		return false
	}
	b, ok := body[0].(*arch.Branch)
	return ok && layer.AddKind.Is(b.Join)
}

// blocks are the edits of repeats, pools and of MobileNet's first block.
func (s *sight) blocks(m arch.Model) []option {
	var o []option
	m.Walk(func(n arch.Node) {
		r, ok := n.(*arch.Repeat)
		if !ok || r.Of != "" || r.Times < 2 && !addFirst(r.Body) {
			return
		}
		id, name := r.Head().ID, s.report.Name(r.Head().ID)
		if row := s.report.Row(id); row == nil || row.Counts.Weights.IsZero() {
			return
		}
		o = append(o, option{name: "repetitions", slots: slotBlocks, where: regionBody, cost: 14, free: 10,
			most: min(200, 6*r.Times+4), now: r.Times, // many more are no variant of it
			say: func(n int64) catalog.Message { return catalog.Say(catalog.WhyRepetitions, name, n, r.Times) },
			edit: func(m arch.Model, n int64) arch.Model {
				if n == 0 {
					return m.Delete(id)
				}
				return m.SetTimes(id, n)
			}, swap: &swap{turn: id}})
	})
	var pools []arch.ID
	flat := false
	for i := range s.leaves {
		l := &s.leaves[i]
		switch {
		case layer.MaxPoolKind.Is(l.leaf.Layer) || layer.AvgPoolKind.Is(l.leaf.Layer):
			if l.main {
				pools = append(pools, l.id)
			}
		case layer.FlattenKind.Is(l.leaf.Layer):
			flat = flat || s.flattens(l)
		}
	}
	if flat {
		for i, id := range pools {
			cost := 20
			if i == len(pools)-1 {
				cost = 14
			}
			name := s.report.Name(id)
			o = append(o, option{name: "pool-off", slots: slotPool, where: s.denseRegion(), cost: cost,
				say:  func(int64) catalog.Message { return catalog.Say(catalog.WhyPoolOff, name) },
				edit: func(m arch.Model, _ int64) arch.Model { return m.Delete(id) }})
		}
	}
	return append(o, s.expansions()...)
}

// expansions adds the 1×1 convolution of an expansion by 1 where a depthwise one has
// none before it: by the table of MobileNet v2's paper one could think it is there.
func (s *sight) expansions() []option {
	type place struct {
		id    arch.ID
		width int64
	}
	var at []place
	s.convs(func(l *seen, c *layer.Conv, in int64) {
		if c.Groups.N < 2 || c.Groups.N != in {
			return
		}
		before := s.before(l.id, layer.GroupNorm, layer.GroupActivation)
		if before != nil {
			if b, ok := layer.ConvKind.As(before.Layer); ok && pointwise(b) {
				return
			}
		}
		at = append(at, place{l.id, in})
	})
	if len(at) == 0 || len(at) > 2 {
		return nil
	}
	return []option{{name: "expand-one", slots: slotOther, where: regionIn, cost: 24, say: says(catalog.WhyExpandOne),
		edit: func(m arch.Model, _ int64) arch.Model {
			for _, p := range at {
				l := layer.ConvKind.New()
				l.Filters, l.Kernel, l.Bias = layer.WidthOf(p.width), layer.SizeOf(1), false
				m, _ = m.Insert(arch.Place{Anchor: p.id, Side: arch.Before}, arch.NewLeaf(arch.Head{}, l, false),
					arch.NewLeaf(arch.Head{}, layer.BatchNormKind.New(), false))
			}
			return m
		}}}
}
