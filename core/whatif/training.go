package whatif

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// loraRank is the rank of the low-rank paths that are proposed, as the paper's examples
// have it.
const loraRank = 8

// training proposes what changes only training: to freeze a layer, and LoRA.
func (p *plan) training(s *site, n *arch.Leaf) {
	own := s.row.Counts
	if !n.Frozen && !own.Params(true).IsZero() && !own.Trainable().IsZero() {
		p.offer(Change{Kind: Freeze, Row: n.Head().ID, Say: catalog.Say(catalog.WhatFreeze),
			Worse: catalog.Say(catalog.WorseFreeze), Model: p.model.SetFrozen(n.Head().ID, true)})
	}
	if m, ok := p.lora(p.model, s, n); ok {
		p.offer(Change{Kind: LoRA, Row: n.Head().ID, Say: catalog.Say(catalog.WhatLoRA, loraRank),
			Worse: catalog.Say(catalog.WorseLoRA, loraRank), Model: m})
	}
}

// lora adds a path of low rank beside a layer, which is frozen (arXiv 2106.09685): for a
// fully connected layer two of them, for a convolution one with its kernel and a 1×1.
func (p *plan) lora(m arch.Model, s *site, n *arch.Leaf) (arch.Model, bool) {
	if len(s.row.In) == 0 || len(s.row.In[0]) == 0 || n.Shares != "" || p.tied[n.Head().Label] {
		return m, false
	}
	var down, up layer.Layer
	var err, err2 error
	x := s.row.In[0]
	switch l := n.Layer.(type) {
	case *layer.Linear:
		if min(x[len(x)-1].N, l.Features.Value()) <= 2*loraRank {
			return m, false
		}
		down, err = layer.LinearKind.With(func(d *layer.Linear) { d.Features, d.Bias = layer.WidthOf(loraRank), false })
		up, err2 = layer.LinearKind.With(func(u *layer.Linear) { u.Features, u.Bias = l.Features, false })
	case *layer.Conv:
		if l.Groups.N != 1 || min(x[0].N, l.Filters.Value()) <= 2*loraRank {
			return m, false
		}
		down, err = layer.ConvKind.With(func(d *layer.Conv) { *d = *l; d.Filters, d.Bias = layer.WidthOf(loraRank), false })
		up, err2 = layer.ConvKind.With(func(u *layer.Conv) {
			u.Filters, u.Kernel, u.Bias = l.Filters, layer.SizeOf(1), false
		})
	default:
		return m, false
	}
	if err != nil || err2 != nil {
		return m, false
	}
	id, label := n.Head().ID, n.Head().Label
	m = m.SetFrozen(id, true)
	if label != "" {
		m = m.SetLabel(id, "")
	}
	m, branch := m.WrapBranch(layer.AddKind.Kind().Default(), id)
	if branch == 0 {
		return m, false
	}
	path := m.Find(branch).(*arch.Branch).Paths[1].ID
	m, ids := m.Insert(arch.Place{Anchor: path, Side: arch.Into},
		arch.NewLeaf(arch.Head{}, down, false), arch.NewLeaf(arch.Head{}, up, false))
	if label != "" {
		m = m.SetLabel(branch, label)
	}
	return m, ids != nil
}

// allTraining proposes to train only what answers, and LoRA for all layers that can
// have it.
func (p *plan) allTraining() {
	ends := ends(p.model)
	many := num.Int{}
	frozen := p.model.EachLeaf(func(n *arch.Leaf) {
		if n.Layer.Kind().Learns && !ends[n.Head().ID] && !n.Frozen {
			n.Frozen = true
			many = many.Add(num.Of(1))
		}
	})
	if many.IsZero() {
		return
	}
	p.offer(Change{Kind: Freeze, Say: catalog.Say(catalog.WhatFreezeAll),
		Worse: catalog.Say(catalog.WorseFreezeAll), Model: frozen})

	m, layers := frozen, 0
	for _, s := range p.sites {
		n, ok := s.node.(*arch.Leaf)
		if !ok || ends[n.Head().ID] {
			continue
		}
		if with, ok := p.lora(m, s, n); ok {
			m, layers = with, layers+1
		}
	}
	if layers > 1 {
		p.offer(Change{Kind: LoRA, Say: catalog.Say(catalog.WhatLoRAAll, layers, loraRank),
			Worse: catalog.Say(catalog.WorseLoRA, loraRank), Model: m})
	}
}
