package whatif

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
)

// loraRank is the rank of the low-rank paths that are proposed first, as the paper's
// examples have it.
const loraRank = 8

// training proposes what changes only training: to freeze a layer, and LoRA.
func (p *plan) training(s *site, n *arch.Leaf) {
	own := s.row.Counts
	if !n.Frozen && !own.Params(true).IsZero() && !own.Trainable().IsZero() {
		p.offer(&Change{Kind: Freeze, Row: n.Head().ID, Say: catalog.Say(catalog.WhatFreeze),
			Worse: catalog.Say(catalog.WorseFreeze), Model: p.model.SetFrozen(n.Head().ID, true)})
	}
	p.lora(s, n, loraRank)
}

// lora proposes LoRA of a rank at one layer.
func (p *plan) lora(s *site, n *arch.Leaf, rank int64) {
	if with := p.beside(s, n, rank); with != nil {
		p.offer(&Change{Kind: LoRA, Row: n.Head().ID, Say: catalog.Say(catalog.WhatLoRA, rank),
			Worse: catalog.Say(catalog.WorseLoRA, rank), Choice: choice(catalog.ChoiceRank, rank),
			Model: p.model.Replace(map[arch.ID][]arch.Node{n.Head().ID: {with}})})
	}
}

// mostRank returns the highest rank that is proposed for a layer, 0 if it cannot have
// LoRA: a path of more than half its width saves nothing.
func (p *plan) mostRank(s *site, n *arch.Leaf) int64 {
	if len(s.row.In) == 0 || len(s.row.In[0]) == 0 || n.Shares != "" || p.tied[n.Head().Label] {
		return 0
	}
	x := s.row.In[0]
	switch l := n.Layer.(type) {
	case *layer.Linear:
		return (min(x[len(x)-1].N, l.Features.Value()) - 1) / 2
	case *layer.Conv:
		if l.Groups.N == 1 {
			return (min(x[0].N, l.Filters.Value()) - 1) / 2
		}
	}
	return 0
}

// beside returns a layer, frozen, with a path of low rank beside it (arXiv 2106.09685):
// for a fully connected layer two of them, for a convolution one with its kernel and a
// 1×1. nil: it can have none of that rank.
func (p *plan) beside(s *site, n *arch.Leaf, rank int64) arch.Node {
	if rank < 1 || rank > p.mostRank(s, n) {
		return nil
	}
	var down, up layer.Layer
	var err, err2 error
	switch l := n.Layer.(type) {
	case *layer.Linear:
		down, err = layer.LinearKind.With(func(d *layer.Linear) { d.Features, d.Bias = layer.WidthOf(rank), false })
		up, err2 = layer.LinearKind.With(func(u *layer.Linear) { u.Features, u.Bias = l.Features, false })
	case *layer.Conv:
		down, err = layer.ConvKind.With(func(d *layer.Conv) { *d = *l; d.Filters, d.Bias = layer.WidthOf(rank), false })
		up, err2 = layer.ConvKind.With(func(u *layer.Conv) {
			u.Filters, u.Kernel, u.Bias = l.Filters, layer.SizeOf(1), false
		})
	}
	if err != nil || err2 != nil {
		return nil
	}
	frozen := n.With("", n.Layer)
	frozen.Frozen = true
	return arch.NewBranch(arch.Head{Label: n.Head().Label}, layer.AddKind.Kind().Default(), []arch.Path{
		{Body: []arch.Node{frozen}},
		{Body: []arch.Node{arch.NewLeaf(arch.Head{}, down, false), arch.NewLeaf(arch.Head{}, up, false)}},
	})
}

// allFrozen returns the model with all layers frozen but those that answer, and how many
// were not before.
func (p *plan) allFrozen(ends map[arch.ID]bool) (arch.Model, int) {
	layers := 0
	return p.model.EachLeaf(func(n *arch.Leaf) {
		if n.Layer.Kind().Learns && !ends[n.Head().ID] && !n.Frozen {
			n.Frozen = true
			layers++
		}
	}), layers
}

// freezeAll proposes to train only what answers, where that is more than to freeze one
// layer.
func (p *plan) freezeAll() {
	if frozen, layers := p.allFrozen(ends(p.model)); layers > 1 {
		p.offer(&Change{Kind: Freeze, Say: catalog.Say(catalog.WhatFreezeAll),
			Worse: catalog.Say(catalog.WorseFreezeAll), Model: frozen})
	}
}

// allLoRA proposes LoRA of a rank for all layers that can have it, and returns the
// highest that one can have.
func (p *plan) allLoRA(rank int64) (most int64) {
	ends := ends(p.model)
	with := map[arch.ID][]arch.Node{}
	for _, s := range p.sites {
		n, ok := s.node.(*arch.Leaf)
		if !ok || ends[n.Head().ID] {
			continue
		}
		most = max(most, p.mostRank(s, n))
		if low := p.beside(s, n, rank); low != nil {
			with[n.Head().ID] = []arch.Node{low}
		}
	}
	if frozen, _ := p.allFrozen(ends); len(with) > 1 {
		p.offer(&Change{Kind: LoRA, Say: catalog.Say(catalog.WhatLoRAAll, len(with), rank),
			Worse: catalog.Say(catalog.WorseLoRA, rank), Choice: choice(catalog.ChoiceRank, rank), Model: frozen.Replace(with)})
	}
	return most
}
