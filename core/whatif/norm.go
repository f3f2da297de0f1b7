package whatif

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
)

// biasOf returns the switch of a layer's bias, nil if it has none. Only layers that
// multiply by weights and add a bias at last are meant.
func biasOf(l layer.Layer) *layer.Switch {
	k := l.Kind()
	f := k.Field("bias")
	if f == nil || k.Group != layer.GroupConv && !layer.LinearKind.Is(l) {
		return nil
	}
	s, _ := f.At(l).(*layer.Switch)
	return s
}

// biased returns a copy of a layer with its bias on or off.
func biased(l layer.Layer, on layer.Switch) layer.Layer {
	l = layer.Clone(l)
	*biasOf(l) = on
	return l
}

// normed returns the batch norm right after a leaf that it can be one with, nil if there
// is none: nothing else takes what is between them.
func (p *plan) normed(s *site, n *arch.Leaf) *arch.Leaf {
	bn := s.next(1)
	if bn == nil || !layer.BatchNormKind.Is(bn.Layer) || biasOf(n.Layer) == nil || n.Shares != "" || bn.Shares != "" ||
		p.named[n.Head().Label] || p.tied[bn.Head().Label] {
		return nil
	}
	return bn
}

// norms proposes what a batch norm right after a layer makes possible.
func (p *plan) norms(s *site, n *arch.Leaf) {
	bn := p.normed(s, n)
	if bn == nil {
		return
	}
	if id := n.Head().ID; *biasOf(n.Layer) {
		p.offer(Change{Kind: BiasOff, Row: id, Say: catalog.Say(catalog.WhatBiasOff),
			Worse: catalog.Say(catalog.WorseBiasOff), Model: p.model.SetLayer(id, biased(n.Layer, false))})
	}
	if foldable(bn) {
		p.offer(Change{Kind: Fold, Row: n.Head().ID, Say: catalog.Say(catalog.WhatFold),
			Worse: catalog.Say(catalog.WorseFold), Model: fold(p.model, n, bn)})
	}
}

// foldable reports whether a batch norm has fixed statistics in inference.
func foldable(bn *arch.Leaf) bool {
	norm, ok := layer.BatchNormKind.As(bn.Layer)
	return ok && bool(norm.Track)
}

// fold multiplies a batch norm into the layer before it, whose bias it becomes. What
// refers to the norm refers to the layer.
func fold(m arch.Model, n, bn *arch.Leaf) arch.Model {
	m = m.SetLayer(n.Head().ID, biased(n.Layer, true)).Delete(bn.Head().ID)
	if label := bn.Head().Label; label != "" {
		m = m.SetLabel(n.Head().ID, label)
	}
	return m
}

// allNorms proposes the same for the whole network, if it has several.
func (p *plan) allNorms() {
	off, folded := p.model, p.model
	var offs, folds int
	for _, s := range p.sites {
		n, ok := s.node.(*arch.Leaf)
		if !ok {
			continue
		}
		bn := p.normed(s, n)
		if bn == nil {
			continue
		}
		if *biasOf(n.Layer) {
			off = off.SetLayer(n.Head().ID, biased(n.Layer, false))
			offs++
		}
		if foldable(bn) {
			folded = fold(folded, n, bn)
			folds++
		}
	}
	if offs > 1 {
		p.offer(Change{Kind: BiasOff, Say: catalog.Say(catalog.WhatBiasOffAll, offs),
			Worse: catalog.Say(catalog.WorseBiasOff), Model: off})
	}
	if folds > 1 {
		p.offer(Change{Kind: Fold, Say: catalog.Say(catalog.WhatFoldAll, folds),
			Worse: catalog.Say(catalog.WorseFold), Model: folded})
	}
}
