package why

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A sight is what edits look at: the leaves of a network with what they received.
type sight struct {
	report *count.Report
	leaves []seen
	body   map[arch.ID][]arch.Node // the body that a leaf is in
	at     map[arch.ID]int         // and where
	index  map[arch.ID]int         // of a leaf among the leaves
	head   arch.ID
	input  arch.ID // the first input, if it is a map as high as it is wide
	side   int64   // and its height
	sized  bool    // the number of parameters depends on the size of the input
	grows  bool    // it has transitions, as DenseNet
}

// A seen is a leaf as it was counted first.
type seen struct {
	id   arch.ID
	leaf *arch.Leaf
	row  *count.Row
	main bool // it is in no branch and no repeat
}

func look(m arch.Model, r *count.Report) *sight {
	s := &sight{report: r, body: map[arch.ID][]arch.Node{}, at: map[arch.ID]int{}, index: map[arch.ID]int{},
		head: headOf(r)}
	r.Leaves(func(row *count.Row, _ num.Int) {
		if _, known := s.index[row.ID]; !known {
			s.index[row.ID] = len(s.leaves)
			s.leaves = append(s.leaves, seen{id: row.ID, leaf: row.Node.(*arch.Leaf), row: row})
		}
	})
	var walk func(body []arch.Node, main bool)
	top := map[arch.ID]bool{}
	walk = func(body []arch.Node, main bool) {
		for i, n := range body {
			id := n.Head().ID
			s.body[id], s.at[id] = body, i
			switch n := n.(type) {
			case *arch.Leaf:
				top[id] = main
			case *arch.Repeat:
				walk(n.Body, false)
			case *arch.Branch:
				for _, p := range n.Paths {
					walk(p.Body, false)
				}
			}
		}
	}
	walk(m.Body, true)
	for i := range s.leaves {
		s.leaves[i].main = top[s.leaves[i].id]
	}
	return s
}

// after returns the leaf that comes right after a node in its body, and before the one
// right before it, but for those of some groups; nil if there is none.
func (s *sight) after(id arch.ID, skip ...layer.Group) *arch.Leaf { return s.near(id, 1, skip) }

func (s *sight) before(id arch.ID, skip ...layer.Group) *arch.Leaf { return s.near(id, -1, skip) }

func (s *sight) near(id arch.ID, step int, skip []layer.Group) *arch.Leaf {
	body := s.body[id]
	for i := s.at[id] + step; i >= 0 && i < len(body); i += step {
		leaf, ok := body[i].(*arch.Leaf)
		if !ok {
			return nil
		}
		if !slices.Contains(skip, leaf.Layer.Kind().Group) {
			return leaf
		}
	}
	return nil
}

// convs calls f for every convolution of ConvKind, with the channels it receives.
func (s *sight) convs(f func(l *seen, c *layer.Conv, in int64)) {
	for i := range s.leaves {
		l := &s.leaves[i]
		if c, ok := layer.ConvKind.As(l.leaf.Layer); ok && len(l.row.In) == 1 && len(l.row.In[0]) > 0 {
			f(l, c, l.row.In[0][0].N)
		}
	}
}

// A change sets layers of a model; the nodes that it has no more are left out.
type change map[arch.ID]layer.Layer

func (c change) in(m arch.Model, _ int64) arch.Model { return m.SetLayers(c) }

// changed returns a copy of a convolution with something set.
func changed(c *layer.Conv, set func(*layer.Conv)) layer.Layer {
	l := layer.Clone(c).(*layer.Conv)
	set(l)
	return l
}

// edits are the variants of the network that it can be. What does not apply is not
// among them.
func (f *Finder) edits() []option {
	s := f.sight
	var o []option
	add := func(name string, slots slot, where region, cost int, key catalog.Key, c change) {
		if len(c) > 0 {
			o = append(o, option{name: name, slots: slots, where: where, cost: cost, say: says(key), edit: c.in,
				swap: &swap{set: c}})
		}
	}
	groups, deep, biased, expand, stride := change{}, change{}, change{}, change{}, change{}
	half, full := change{}, change{}
	s.convs(func(l *seen, c *layer.Conv, in int64) {
		if g := c.Groups.N; g > 1 {
			if g == in {
				deep[l.id] = changed(c, func(c *layer.Conv) { c.Groups.N = 1 })
			} else {
				groups[l.id] = changed(c, func(c *layer.Conv) { c.Groups.N = 1 })
			}
		}
		if !c.Bias {
			biased[l.id] = changed(c, func(c *layer.Conv) { c.Bias = true })
		}
		one := pointwise(c)
		if after := s.after(l.id, layer.GroupNorm, layer.GroupActivation); one && after != nil &&
			c.Filters.Value() > in {
			if d, ok := layer.ConvKind.As(after.Layer); ok && d.Groups.N == c.Filters.Value() {
				expand[l.id] = changed(c, func(c *layer.Conv) {
					c.Kernel, c.Padding = layer.SizeOf(3),
						paddingLike(c, 1)
				})
			}
		}
		if pool := s.after(l.id, layer.GroupNorm, layer.GroupActivation); one && pool != nil &&
			layer.AvgPoolKind.Is(pool.Layer) {
			switch out := c.Filters.Value(); {
			case out == in && in%2 == 0:
				half[l.id] = changed(c, func(c *layer.Conv) { c.Filters = layer.WidthOf(in / 2) })
			case out == in/2:
				full[l.id] = changed(c, func(c *layer.Conv) { c.Filters = layer.WidthOf(in) })
			}
		}
		if one && c.Stride.At(0) == 1 && !followedByStrideOne(s, l) {
			for k, v := range firstStride(s, l, c) {
				stride[k] = v
			}
		}
	})
	add("groups-off", slotGroups, 0, 10, catalog.WhyGroupsOff, groups)
	add("depthwise-full", slotGroups, 0, 30, catalog.WhyDepthwiseFull, deep)
	add("conv-bias-on", slotConvBias, 0, 13, catalog.WhyConvBiasOn, biased)
	add("expand-3x3", slotOther, 0, 30, catalog.WhyExpand3, expand)
	if len(stride) > 0 {
		o = append(o, option{name: "stride-first", slots: slotStride, cost: 10, say: says(catalog.WhyStrideFirst),
			edit: stride.in})
	}
	s.grows = len(half)+len(full) > 0
	o = append(o, s.norms()...)
	o = append(o, s.heads(f.model)...)
	s.sized = slices.ContainsFunc(s.leaves, func(l seen) bool {
		before := s.before(l.id)
		return layer.FlattenKind.Is(l.leaf.Layer) && len(l.row.In) == 1 && len(l.row.In[0]) == 3 && before != nil &&
			!layer.GlobalAvgPoolKind.Is(before.Layer) && !layer.AdaptiveAvgPoolKind.Is(before.Layer)
	})
	o = append(o, s.inputs()...)
	o = append(o, s.blocks(f.model)...)
	o = append(o, s.sequences(f.model)...)
	o = append(o, s.maps()...)
	o = append(o, s.widths()...)
	o = append(o, s.kernels()...)
	o = append(o, s.shortcuts(f.model)...)
	o = append(o, s.separables()...)
	o = append(o, s.copies()...)
	o = append(o, s.unflattened()...)
	// The transitions of DenseNet follow each other: halving one halves what the next receives.
	if len(half) > 0 {
		o = append(o, option{name: "transition-half", slots: slotBody,
			where: regionBody | regionHead | regionIn, cost: 26,
			say: says(catalog.WhyTransitionHalf), edit: f.transitions(half, 1, 2)})
	}
	if len(full) > 0 {
		o = append(o, option{name: "transition-full", slots: slotBody,
			where: regionBody | regionHead | regionIn, cost: 26,
			say: says(catalog.WhyTransitionFull), edit: f.transitions(full, 1, 1)})
	}
	return o
}

func pointwise(c *layer.Conv) bool {
	for i := range layer.MaxSpatial {
		if c.Kernel.At(i) != 1 {
			return false
		}
	}
	return c.Groups.N == 1
}

// paddingLike returns explicit padding with the rules of a convolution's.
func paddingLike(c *layer.Conv, n int64) layer.Padding {
	p := layer.PaddingOf(n)
	p.Rules = c.Padding.Rules
	return p
}

// followedByStrideOne reports whether the next convolution in the body has no stride, or
// there is none.
func followedByStrideOne(s *sight, l *seen) bool {
	next := s.after(l.id, layer.GroupNorm, layer.GroupActivation)
	if next == nil {
		return true
	}
	c, ok := layer.ConvKind.As(next.Layer)
	return !ok || c.Stride.At(0) == 1 || pointwise(c)
}

// firstStride moves the stride of a bottleneck from its 3×3 to the 1×1 before it.
func firstStride(s *sight, l *seen, c *layer.Conv) change {
	next := s.after(l.id, layer.GroupNorm, layer.GroupActivation)
	wide := next.Layer.(*layer.Conv)
	id := arch.ID(0)
	for _, n := range s.body[l.id] {
		if leaf, ok := n.(*arch.Leaf); ok && leaf == next {
			id = n.Head().ID
		}
	}
	if c.Filters.Value() != wide.Filters.Value() || wide.Groups.N == wide.Filters.Value() {
		return nil // not a bottleneck
	}
	return change{
		l.id: changed(c, func(c *layer.Conv) { c.Stride = wide.Stride }),
		id:   changed(wide, func(c *layer.Conv) { c.Stride = layer.SizeOf(1) }),
	}
}

// transitions sets the widths of transitions: each receives so many channels more or fewer
// as the one before it left.
func (f *Finder) transitions(which change, times, over int64) func(arch.Model, int64) arch.Model {
	return func(m arch.Model, _ int64) arch.Model {
		f.work -= f.rowCount
		set, more := change{}, int64(0)
		count.Of(m).Leaves(func(row *count.Row, _ num.Int) {
			if _, ok := which[row.ID]; !ok || set[row.ID] != nil || len(row.In) != 1 || len(row.In[0]) == 0 {
				return
			}
			c, ok := layer.ConvKind.As(row.Node.(*arch.Leaf).Layer)
			if want := (row.In[0][0].N + more) * times / over; ok && want > 0 {
				more = want - c.Filters.Value()
				set[row.ID] = withWidth(c, want)
			}
		})
		return set.in(m, 0)
	}
}

// norms are the edits of batch norm: folded into the convolutions before it, or added
// after each.
func (s *sight) norms() []option {
	var fold, plain []arch.ID
	biasOn, biasOff := change{}, change{}
	folded, added := map[arch.ID]bool{}, map[arch.ID]layer.Layer{}
	s.convs(func(l *seen, c *layer.Conv, _ int64) {
		body, i := s.body[l.id], s.at[l.id]
		if i+1 < len(body) {
			if next, ok := body[i+1].(*arch.Leaf); ok && layer.BatchNormKind.Is(next.Layer) {
				fold = append(fold, body[i+1].Head().ID)
				folded[body[i+1].Head().ID] = true
				biasOn[l.id] = changed(c, func(c *layer.Conv) { c.Bias = true })
				return
			}
		}
		if l.id == s.head && s.weighted() > 1 {
			return // nothing normalizes what a network gives
		}
		plain = append(plain, l.id)
		added[l.id] = layer.BatchNormKind.New()
		biasOff[l.id] = changed(c, func(c *layer.Conv) { c.Bias = false })
	})
	var o []option
	if len(fold) > 0 {
		o = append(o, option{name: "norm-fold", slots: slotNorm | slotConvBias, cost: 13,
			say:  says(catalog.WhyNormFold),
			edit: func(m arch.Model, n int64) arch.Model { return biasOn.in(m, n).Delete(fold...) },
			swap: &swap{set: biasOn, gone: folded}})
	} else if len(plain) > 0 && !s.normed() {
		with := func(m arch.Model, _ int64) arch.Model {
			for _, id := range plain {
				m, _ = m.Insert(arch.Place{Anchor: id, Side: arch.After}, arch.NewLeaf(arch.Head{},
					layer.BatchNormKind.New(), false))
			}
			return m
		}
		o = append(o,
			option{name: "norm-add", slots: slotNorm, cost: 20, say: says(catalog.WhyNormAdd), edit: with,
				swap: &swap{behind: added}},
			option{name: "norm-add-nobias", slots: slotNorm | slotConvBias | slotBias, cost: 24,
				say:  says(catalog.WhyNormAddNoBias),
				edit: func(m arch.Model, n int64) arch.Model { return with(biasOff.in(m, n), n) },
				swap: &swap{set: biasOff, behind: added}})
	}
	return o
}

// normed reports whether there is a batch norm.
func (s *sight) normed() bool {
	return slices.ContainsFunc(s.leaves, func(l seen) bool { return layer.BatchNormKind.Is(l.leaf.Layer) })
}
