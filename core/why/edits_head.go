package why

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// commonClasses are the numbers of classes of the best known data sets and of two
// classes; knownClasses those of others.
var (
	commonClasses = []int64{10, 100, 2, 1, 1000}
	knownClasses  = []int64{3, 4, 5, 6, 7, 8, 9, 11, 12, 15, 16, 17, 18, 19, 20, 21, 24, 25, 26, 27, 29, 30, 36, 37,
		38, 40,
		43, 45, 47, 50, 51, 62, 80, 81, 90, 91, 101, 102, 120, 133, 150, 196, 200, 256, 257, 365, 400, 500, 512, 600, 1001,
		2048, 8142, 8631, 10575, 21841, 21843}
)

// likelyClasses reports whether so many classes are likely, though they are of no data set that
// is known: whatever a number divides by is not.
func likelyClasses(n int64) bool { return n <= 128 || n%50 == 0 || n%64 == 0 }

// heads are the edits of what the network ends in.
func (s *sight) heads(m arch.Model) []option {
	var o []option
	var head *seen
	for i := range s.leaves {
		if s.leaves[i].id == s.head {
			head = &s.leaves[i]
		}
	}
	if head != nil && head.leaf.Shares == "" {
		if at, wide := widthOf(head.leaf.Layer); at != nil && wide > 0 {
			ends := s.ends(m, wide)
			wider := change{}
			for _, id := range ends {
				if leaf, ok := m.Find(id).(*arch.Leaf); ok {
					wider[id] = withWidth(leaf.Layer, wide+1)
				}
			}
			o = append(o, option{name: "classes", slots: slotHead, where: regionHead, cost: 10,
				values: commonClasses, more: knownClasses, round: commonClasses[:4],
				free: 16, rarer: 6, plausible: likelyClasses,
				most: 2000, now: wide, say: func(n int64) catalog.Message {
					if s.weighted() == 1 {
						return s.wide(head.id, wide, n)(n) // a lone layer has outputs, not classes
					}
					return catalog.Say(catalog.WhyClasses, num.Of(n).Grouped(), num.Of(wide).Grouped())
				},
				edit: func(m arch.Model, n int64) arch.Model {
					for _, id := range ends {
						if leaf, ok := m.Find(id).(*arch.Leaf); ok {
							m = m.SetLayer(id, withWidth(leaf.Layer, n))
						}
					}
					return m
				}, swap: &swap{set: wider}})
		}
	}
	if head != nil && len(s.leaves) > 2 && s.weighted() > 1 {
		id := head.id
		o = append(o, option{name: "head-off", slots: slotHead, where: regionHead, cost: 10,
			say:  says(catalog.WhyHeadOff),
			edit: func(m arch.Model, _ int64) arch.Model { return m.Delete(id) },
			swap: &swap{gone: setOf([]arch.ID{id})}})
	}
	if dense := s.lastDense(); len(dense) > 1 {
		o = append(o, option{name: "dense-off", slots: slotHead | slotPool | slotSize,
			where: regionHead | regionDense, cost: 11,
			say: says(catalog.WhyDenseOff), swap: &swap{gone: setOf(dense)},
			edit: func(m arch.Model, _ int64) arch.Model { return m.Delete(dense...) }})
	}
	return append(o, s.ties(m)...)
}

func setOf(ids []arch.ID) map[arch.ID]bool {
	set := map[arch.ID]bool{}
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// weighted returns how many leaves multiply by weights.
func (s *sight) weighted() int {
	n := 0
	for i := range s.leaves {
		switch s.leaves[i].leaf.Layer.Kind().Group {
		case layer.GroupConv, layer.GroupDense, layer.GroupRecurrent, layer.GroupAttention:
			n++
		}
	}
	return n
}

// widthOf returns where a head's number of outputs is, and what it is.
func widthOf(l layer.Layer) (*layer.Width, int64) {
	if w := layer.OutWidth(l); w != nil && w.IsSet() {
		return w, w.Value()
	}
	return nil, 0
}

// withWidth returns a layer with another number of outputs.
func withWidth(l layer.Layer, n int64) layer.Layer {
	c := layer.Clone(l)
	if w, _ := widthOf(c); w != nil {
		*w = layer.WidthOf(n)
	}
	return c
}

// ends returns the head and the ends of side branches that are as wide as it.
func (s *sight) ends(m arch.Model, wide int64) []arch.ID {
	ids := []arch.ID{s.head}
	m.Walk(func(n arch.Node) {
		b, ok := n.(*arch.Branch)
		if !ok || !layer.SideKind.Is(b.Join) {
			return
		}
		for _, p := range b.Paths[min(1, len(b.Paths)):] {
			for i := len(p.Body) - 1; i >= 0; i-- {
				leaf, ok := p.Body[i].(*arch.Leaf)
				if !ok {
					break
				}
				if _, w := widthOf(leaf.Layer); w == 0 {
					continue
				} else if w == wide {
					ids = append(ids, leaf.Head().ID)
				}
				break
			}
		}
	})
	return ids
}

// lastDense returns the dense layers behind the last convolution, in no block.
func (s *sight) lastDense() []arch.ID {
	var ids []arch.ID
	for i := range s.leaves {
		l := &s.leaves[i]
		switch l.leaf.Layer.Kind().Group {
		case layer.GroupConv, layer.GroupRecurrent, layer.GroupAttention:
			ids = nil
		case layer.GroupDense:
			if l.main {
				ids = append(ids, l.id)
			}
		}
	}
	if len(s.leaves) == 0 || len(ids) == s.weighted() {
		return nil // there is nothing else
	}
	return ids
}

// ties are the edits of weights that two layers share, and of heads beside the network.
func (s *sight) ties(m arch.Model) []option {
	var o []option
	var sharing []arch.ID
	on, off := change{}, change{}
	m.Walk(func(n arch.Node) {
		switch n := n.(type) {
		case *arch.Leaf:
			if n.Shares != "" {
				sharing = append(sharing, n.Head().ID)
			}
		case *arch.Branch:
			if side, ok := layer.SideKind.As(n.Join); ok && len(n.Paths) > 1 {
				other := layer.Clone(side).(*layer.Side)
				other.Counted = !side.Counted
				if side.Counted {
					off[n.Head().ID] = other
				} else {
					on[n.Head().ID] = other
				}
			}
		}
	})
	if len(sharing) > 0 {
		o = append(o, option{name: "untie", slots: slotTie | slotHead, where: regionHead, cost: 12,
			say: says(catalog.WhyUntie),
			edit: func(m arch.Model, _ int64) arch.Model {
				for _, id := range sharing {
					m = m.SetShares(id, "")
				}
				return m
			}})
	} else if table, out := s.tieable(); table != 0 {
		o = append(o, option{name: "tie", slots: slotTie | slotHead, where: regionHead, cost: 12,
			say: says(catalog.WhyTie),
			edit: func(m arch.Model, _ int64) arch.Model {
				n := m.Find(table)
				if n == nil {
					return m
				}
				label := n.Head().Label
				if label == "" {
					label = "words"
					m = m.SetLabel(table, label)
				}
				return m.SetShares(out, label)
			}})
	}
	if len(off) > 0 {
		o = append(o, option{name: "side-off", slots: slotSide, where: regionHead, cost: 10,
			say:  says(catalog.WhySideOff),
			edit: off.in})
	}
	if len(on) > 0 {
		o = append(o, option{name: "side-on", slots: slotSide, where: regionHead, cost: 10,
			say: says(catalog.WhySideOn), edit: on.in})
	}
	return o
}

// tieable returns an embedding and the head that has a matrix of the same shape.
func (s *sight) tieable() (table, out arch.ID) {
	for i := range s.leaves {
		e := &s.leaves[i]
		if !layer.EmbeddingKind.Is(e.leaf.Layer) || len(e.row.Weights) == 0 {
			continue
		}
		for k := range s.leaves {
			h := &s.leaves[k]
			if h.id == s.head && len(h.row.Weights) > 0 && slices.Equal(h.row.Weights[0].Shape,
				e.row.Weights[0].Shape) {
				return e.id, h.id
			}
		}
	}
	return 0, 0
}
