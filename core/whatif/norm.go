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
// is none: it is of the channels that the leaf's bias is of, and nothing else takes what
// is between them.
func (p *plan) normed(s *site, n *arch.Leaf) *arch.Leaf {
	bn := s.next(1)
	if bn == nil || biasOf(n.Layer) == nil || n.Shares != "" || bn.Shares != "" || p.named[n.Head().Label] ||
		p.tied[bn.Head().Label] {
		return nil
	}
	if after := p.rowOf[bn.Head().ID]; after == nil || !s.row.CentredBy(after) {
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
		p.offer(&Change{Kind: BiasOff, Row: id, Say: catalog.Say(catalog.WhatBiasOff),
			Worse: catalog.Say(catalog.WorseBiasOff), Model: p.model.SetLayer(id, biased(n.Layer, false))})
	}
	if foldable(bn) {
		p.offer(&Change{Kind: Fold, Row: n.Head().ID, Say: catalog.Say(catalog.WhatFold),
			Worse: catalog.Say(catalog.WorseFold), Model: p.model.Replace(folded(nil, n, bn))})
	}
}

// foldable reports whether a batch norm has fixed statistics in inference.
func foldable(bn *arch.Leaf) bool {
	norm, ok := layer.BatchNormKind.As(bn.Layer)
	return ok && bool(norm.Track)
}

// folded adds what multiplies a batch norm into the layer before it, whose bias it
// becomes: what refers to the norm refers to the layer then.
func folded(with map[arch.ID][]arch.Node, n, bn *arch.Leaf) map[arch.ID][]arch.Node {
	if with == nil {
		with = map[arch.ID][]arch.Node{}
	}
	label := n.Head().Label
	if bn.Head().Label != "" {
		label = bn.Head().Label
	}
	with[n.Head().ID], with[bn.Head().ID] = []arch.Node{n.With(label, biased(n.Layer, true))}, nil
	return with
}

// allNorms proposes the same for the whole network, if it has several.
func (p *plan) allNorms() {
	off, folds := map[arch.ID]layer.Layer{}, map[arch.ID][]arch.Node{}
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
			off[n.Head().ID] = biased(n.Layer, false)
		}
		if foldable(bn) {
			folded(folds, n, bn)
		}
	}
	if len(off) > 1 {
		p.offer(&Change{Kind: BiasOff, Say: catalog.Say(catalog.WhatBiasOffAll, len(off)),
			Worse: catalog.Say(catalog.WorseBiasOff), Model: p.model.SetLayers(off)})
	}
	if layers := len(folds) / 2; layers > 1 {
		p.offer(&Change{Kind: Fold, Say: catalog.Say(catalog.WhatFoldAll, layers),
			Worse: catalog.Say(catalog.WorseFold), Model: p.model.Replace(folds)})
	}
}
