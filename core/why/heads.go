package why

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A top is what the network ends in: dense layers, flatten and a pool over the whole map. In
// its place people put a head of their own.
type top struct {
	gone   map[arch.ID]bool
	first  arch.ID // of the rows that go
	last   arch.ID // of the network; a layer more goes behind it
	c, h   int64   // channels, and height and width, of the map that enters
	wide   int64   // features that the network ends in
	params tally   // of the rows that go
	hidden int     // dense layers before the last
	pooled bool    // it takes the mean of the map
	vector bool    // features enter, not a map
}

// topOf finds the end of the network; false if it ends otherwise.
func (s *sight) topOf() (top, bool) {
	t := top{gone: map[arch.ID]bool{}}
	rows := s.report.Rows
	if len(rows) < 2 {
		return t, false
	}
	t.last = rows[len(rows)-1].ID
	if out := rows[len(rows)-1].Out; len(out) == 1 {
		t.wide = out[0].N
	}
	dense := 0
	for i := len(rows) - 1; i > 0; i-- {
		row := rows[i]
		l := leafLayer(row)
		ends := false
		switch g := l.Kind().Group; {
		case row.Users != "":
			ends = true
		case layer.AvgPoolKind.Is(l) && len(row.Out) == 3 && row.Out[1].N == 1 && row.Out[2].N == 1:
			t.pooled = true
		case layer.GlobalAvgPoolKind.Is(l), layer.AdaptiveAvgPoolKind.Is(l), layer.MeanKind.Is(l):
			t.pooled = true
		case layer.FlattenKind.Is(l), layer.DropoutKind.Is(l), layer.SoftmaxKind.Is(l):
		case g == layer.GroupDense:
			dense++
		case g == layer.GroupActivation && dense == 0 && row.Node != nil && !layer.IdentityKind.Is(l):
		case g == layer.GroupActivation && len(row.In) == 1 && len(row.In[0]) == 1:
		default:
			ends = true
		}
		if !ends {
			t.gone[row.ID], t.first = true, row.ID
			continue
		}
		switch {
		case len(row.Out) == 3 && row.Out[1].N == row.Out[2].N:
			t.c, t.h = row.Out[0].N, row.Out[1].N
		case len(row.Out) == 1:
			t.c, t.h, t.vector, t.pooled = row.Out[0].N, 1, true, true
		}
		break
	}
	t.hidden = dense - 1
	for i := range s.leaves {
		if t.gone[s.leaves[i].id] {
			t.params.add(s.leaves[i].row, 1, s.leaves[i].id == s.head)
		}
	}
	return t, t.c > 0 && dense > 0 || t.wide > 0
}

// A head is one that people put there: widths of hidden layers behind the mean of the map, or
// behind the whole map of side × side.
type head struct {
	side   int64 // of the map that is flattened; 1: the mean is taken
	hidden []int64
	both   bool // mean and maximum side by side, with batch norms: fastai's
	more   bool // a dense layer behind what the network ends in
	own    bool // as it is, but for the classes
	cost   int
}

// usualHidden are the widths of hidden layers.
var usualHidden = []int64{256, 512, 1024, 128, 64, 100, 32, 4096, 2048, 1000, 200, 50, 16, 768, 3072, 500, 300}

// headsOf lists the heads that a network may have instead, by cost.
func (t *top) headsOf() [][]head {
	all := make([][]head, maxCost+1)
	add := func(h head) {
		if h.cost <= maxCost {
			all[h.cost] = append(all[h.cost], h)
		}
	}
	if t.wide > 0 {
		add(head{more: true, cost: 17})
	}
	if t.c == 0 {
		return all
	}
	if !t.vector {
		add(head{side: 1, both: true, hidden: []int64{512}, cost: 24})
	}
	sides := []int64{1, t.h, 4, 2, 3, 5, 6, 7, 8, 9, 10}
	for i, side := range sides {
		if slices.Contains(sides[:i], side) || side > 1 && t.vector {
			continue
		}
		base := 12
		switch {
		case side == t.h && side > 1:
			base = 13
		case side > 1:
			base = 22
		}
		own := t.hidden == 0 && (side == 1 && t.pooled || side == t.h && !t.pooled)
		add(head{side: side, cost: base, own: own})
		for k, u := range usualHidden {
			one := base + 4
			if k > 4 {
				one = base + 8
			}
			add(head{side: side, hidden: []int64{u}, cost: one})
			add(head{side: side, hidden: []int64{u, u}, cost: one + 8})
			if u%2 == 0 {
				add(head{side: side, hidden: []int64{u, u / 2}, cost: one + 6})
			}
		}
	}
	return all
}

// paramsOf returns the parameters of a head without classes, and what each class adds.
func (t *top) paramsOf(h *head) (base, each int64) {
	if h.more {
		return 0, t.wide + 1
	}
	in := t.c * h.side * h.side
	if h.both {
		u := h.hidden[0]
		return 4*t.c + 2*t.c*u + 2*u, u
	}
	for _, u := range h.hidden {
		base, in = base+(in+1)*u, u
	}
	return base, in + 1
}

// say writes a head: "Flatten 7×7×512 → 256 → 10".
func (t *top) say(h *head, n int64) catalog.Message {
	var b strings.Builder
	c := num.Of(t.c).Grouped()
	switch {
	case h.more:
		b.WriteString(num.Of(t.wide).Grouped())
	case h.both:
		b.WriteString("AvgPool + MaxPool → BN → Dropout")
	case t.vector:
		b.WriteString(c)
	case h.side == 1:
		b.WriteString("GlobalAvgPool → " + c)
	default:
		side := strconv.FormatInt(h.side, 10)
		b.WriteString("Flatten " + side + "×" + side + "×" + c)
	}
	for _, u := range h.hidden {
		b.WriteString(" → " + num.Of(u).Grouped())
		if h.both {
			b.WriteString(" → BN")
		}
	}
	return catalog.Say(catalog.WhyHead, b.String()+" → "+num.Of(n).Grouped())
}

// edit puts a head in the place of the end.
func (t *top) edit(h *head, in arch.ID, size int64) func(m arch.Model, n int64) arch.Model {
	return func(m arch.Model, n int64) arch.Model {
		var nodes []arch.Node
		add := func(l layer.Layer) { nodes = append(nodes, arch.NewLeaf(arch.Head{}, l, false)) }
		dense := func(u int64, bias bool) {
			l := layer.LinearKind.New()
			l.Features, l.Bias = layer.WidthOf(u), layer.Switch(bias)
			add(l)
		}
		at := arch.Place{Anchor: t.first, Side: arch.Before}
		switch {
		case h.more:
			at = arch.Place{Anchor: t.last, Side: arch.After}
		case h.both:
			path := func(l layer.Layer) arch.Path {
				return arch.Path{Body: []arch.Node{arch.NewLeaf(arch.Head{}, l, false)}}
			}
			nodes = append(nodes, arch.NewBranch(arch.Head{}, layer.ConcatKind.New(),
				[]arch.Path{path(layer.GlobalMaxPoolKind.New()), path(layer.GlobalAvgPoolKind.New())}))
		case t.vector:
		case h.side == 1:
			add(layer.GlobalAvgPoolKind.New())
		case h.side != t.h:
			if leaf, ok := m.Find(in).(*arch.Leaf); ok {
				x := layer.Clone(leaf.Layer).(*layer.Input)
				x.Shape = withExtents(x.Shape, x.Shape.At(0), size*h.side/t.h, size*h.side/t.h)
				m = m.SetLayer(in, x)
			}
		}
		if !h.more && !t.vector {
			add(layer.FlattenKind.New())
		}
		if h.both {
			add(layer.BatchNormKind.New())
		}
		for _, u := range h.hidden {
			dense(u, !h.both)
			if h.both {
				add(layer.ReLUKind.New())
				add(layer.BatchNormKind.New())
			}
		}
		dense(n, !h.both)
		m, _ = m.Insert(at, nodes...)
		if h.more {
			return m
		}
		var ids []arch.ID
		for id := range t.gone {
			ids = append(ids, id)
		}
		return m.Delete(ids...)
	}
}
