package whatif

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
)

// sides returns the spatial extents that enter a flatten before fully connected layers:
// nil if it is none such, or they are not known.
func (p *plan) sides(s *site, n *arch.Leaf) []int64 {
	if !layer.FlattenKind.Is(n.Layer) || len(s.row.In) == 0 || len(s.row.In[0]) < 2 || !s.row.In[0].Known() {
		return nil
	}
	for by := 1; ; by++ {
		next := s.next(by)
		if next == nil {
			return nil
		}
		if layer.LinearKind.Is(next.Layer) {
			break
		}
		if g := next.Layer.Kind().Group; g != layer.GroupActivation && g != layer.GroupNorm {
			return nil
		}
	}
	var all []int64
	for _, d := range s.row.In[0][1:] {
		all = append(all, d.N)
	}
	return all
}

// least returns the smallest of numbers, 0 of none.
func least(n []int64) int64 {
	if len(n) == 0 {
		return 0
	}
	m := n[0]
	for _, v := range n {
		m = min(m, v)
	}
	return m
}

// head proposes global average pooling before the last fully connected layer, instead
// of all before it.
func (p *plan) head(s *site, n *arch.Leaf) {
	sides := p.sides(s, n)
	positions := int64(1)
	for _, v := range sides {
		positions *= v
	}
	if positions <= 1 {
		return
	}
	// The fully connected layers, and what is between them.
	last := 0
	for by := 1; s.next(by) != nil; by++ {
		next := s.next(by)
		g := next.Layer.Kind().Group
		if layer.LinearKind.Is(next.Layer) {
			last = by
		} else if g != layer.GroupActivation && g != layer.GroupNorm {
			return // something else follows: it is no head
		}
	}
	if s.at+last+1 < len(s.body) && s.next(last+1) == nil {
		return
	}
	var gone []arch.ID
	dense := 0
	for by := 1; by < last; by++ {
		next := s.next(by)
		if p.named[next.Head().Label] {
			return
		}
		if layer.LinearKind.Is(next.Layer) {
			dense++
		}
		gone = append(gone, next.Head().ID)
	}
	m, _ := p.model.Delete(gone...).Insert(arch.Place{Anchor: n.Head().ID, Side: arch.Before},
		arch.NewLeaf(arch.Head{}, layer.GlobalAvgPoolKind.Kind().Default(), false))
	say, worse := catalog.Say(catalog.WhatHead, kernelText(sides...)), catalog.Say(catalog.WorseHead, positions)
	if dense > 0 {
		say = catalog.Say(catalog.WhatHeadDense, dense+1)
		worse = catalog.Say(catalog.WorseHeadDense, positions, dense)
	}
	p.offer(&Change{Kind: Head, Row: n.Head().ID, Say: say, Worse: worse, Model: m})
}

// pools proposes one more pool before a fully connected head, and the head without the
// last one.
func (p *plan) pools(s *site, n *arch.Leaf) {
	id := n.Head().ID
	if least(p.sides(s, n)) >= 4 {
		pool, err := layer.MaxPoolKind.With(func(l *layer.MaxPool) { l.Kernel = layer.SizeOf(2) })
		if err == nil {
			m, _ := p.model.Insert(arch.Place{Anchor: id, Side: arch.Before}, arch.NewLeaf(arch.Head{}, pool, false))
			two := make([]int64, len(s.row.In[0])-1)
			for i := range two {
				two[i] = 2
			}
			p.offer(&Change{Kind: InsertPool, Row: id, Say: catalog.Say(catalog.WhatInsertPool, kernelText(two...)), Model: m})
		}
	}
	if isPool(n) && !p.named[n.Head().Label] && p.lastPool(s) {
		p.offer(&Change{Kind: DropPool, Row: id, Say: catalog.Say(catalog.WhatDropPool),
			Worse: catalog.Say(catalog.WorseDropPool), Model: p.model.Delete(id)})
	}
}

// isPool reports whether a leaf is a window that slides and keeps or averages.
func isPool(n *arch.Leaf) bool { return layer.MaxPoolKind.Is(n.Layer) || layer.AvgPoolKind.Is(n.Layer) }

// lastPool reports whether no convolution and no other such pool is between a pool and
// the flatten of a fully connected head.
func (p *plan) lastPool(s *site) bool {
	for by := 1; ; by++ {
		after := s.next(by)
		if after == nil || isPool(after) {
			return false
		}
		if layer.FlattenKind.Is(after.Layer) {
			return p.sides(&site{after, s.body, s.at + by, p.rowOf[after.Head().ID]}, after) != nil
		}
		switch after.Layer.Kind().Group {
		case layer.GroupActivation, layer.GroupNorm, layer.GroupPool:
		default:
			return false
		}
	}
}
