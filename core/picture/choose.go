package picture

import (
	"maps"
	"slices"

	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// choose returns the flow with the most detail that has at most so many columns: all
// layers; then without pools; then blocks as one column each, but for the first of each
// structure that there is room for; then neighbours of one size together. If fewer
// would be better, pools are left out earlier; if blocks are to be closed then, too, it is
// tight.
func choose(r *count.Report, limit, better int, tight bool, hand func(string) (bool, bool)) flow {
	var f flow
	if tooMany(r.Rows, limit) {
		f, _ = build(r, detail{merged: true, joins: true, closed: true, hand: hand})
		return gather(f, limit)
	}
	details := [...]detail{{}, {merged: true}, {merged: true, joins: true}}
	for _, d := range details {
		d.hand = hand
		if f, _ = build(r, d); f.slots() <= better {
			return f
		}
	}
	if f.slots() <= limit && !tight {
		return f
	}
	var b *builder
	for _, d := range details {
		d.hand, d.closed = hand, true
		if f, b = build(r, d); f.slots() <= better {
			return open(r, d, f, b.blocks, better)
		}
	}
	if f.slots() <= limit {
		return f
	}
	return gather(f, limit)
}

// tooMany reports whether the network's own body has more layers that need a column
// than there may be: of thousands it is not built several times.
func tooMany(rows []*count.Row, limit int) bool {
	n := 0
	for _, row := range rows {
		if row.Form == count.FormLeaf && literal(row.Kind().Group) {
			n++
		}
	}
	return n > limit
}

// open opens the first block of each structure, while there is room.
func open(r *count.Report, d detail, f flow, blocks []block, limit int) flow {
	seen := map[string]bool{}
	for _, b := range blocks {
		if seen[b.like] {
			continue
		}
		seen[b.like] = true
		wider := d
		wider.opened = maps.Clone(d.opened)
		if wider.opened == nil {
			wider.opened = map[string]bool{}
		}
		wider.opened[b.key] = true
		if g, _ := build(r, wider); g.slots() <= limit {
			f, d = g, wider
		}
	}
	return f
}

// gather makes one column of neighbours: first of those that are equal, then of those
// whose maps have the same sides, in the end of so many that the limit is kept.
func gather(f flow, limit int) flow {
	f = runs(f, func(a, b *column) bool { return sameLayer(a, b) }, 3)
	if f.slots() > limit {
		f = runs(f, func(a, b *column) bool { return sameSides(a.shape, b.shape) }, 2)
	}
	for f.slots() > limit && len(f) > 1 {
		each := max((f.slots()+limit-1)/limit, 2)
		short := make(flow, 0, len(f)/each+1)
		for part := range slices.Chunk(f, each) {
			short = append(short, merge(part))
		}
		f = short
	}
	return f
}

func sameLayer(a, b *column) bool {
	return a.folded == 0 && b.folded == 0 && a.kind == b.kind && a.shape.Equal(b.shape) && len(a.layers) == len(b.layers) &&
		a.row.Counts == b.row.Counts
}

func sameSides(a, b tensor.Shape) bool {
	return len(a) == len(b) && len(a) > 0 && (len(a) == 1 || a[1:].Equal(b[1:]))
}

// runs merges neighbours that are alike, where there are so many at least.
func runs(f flow, alike func(a, b *column) bool, least int) flow {
	short := make(flow, 0, len(f))
	for i := 0; i < len(f); {
		first, ok := f[i].(*column)
		n := 1
		for ; ok && first.family != layer.GroupInput && i+n < len(f); n++ {
			next, ok := f[i+n].(*column)
			if !ok || !alike(first, next) {
				break
			}
		}
		if n < least {
			n = 1
		}
		short = append(short, merge(f[i:i+n]))
		i += n
	}
	return short
}

// merge makes one column of neighbours, which shows the last one's tensor.
func merge(f flow) item {
	if len(f) == 1 {
		return f[0]
	}
	var all *column
	heaviest, last := num.Int{}, ""
	f.each(func(c *column) {
		if all == nil {
			all = &column{key: c.key, from: c.from, lanes: 1, name: c.name, row: c.row}
		}
		all.shape, c.into = c.shape, all
		if all.name != c.name && c.name != "" {
			last = c.name
		}
		all.folded += max(c.folded, 1)
		all.layers = append(all.layers, c.layers...)
		var own num.Int
		for _, l := range c.layers {
			own = own.Add(l.row.Counts.Weights)
		}
		if own.Cmp(heaviest) > 0 || all.family == layer.GroupInput {
			heaviest, all.family = own, c.family
		}
	})
	if all == nil {
		return f[0]
	}
	if last != "" {
		all.name += "–" + last
	}
	return all
}

// each calls g for every column, in the order of the network.
func (f flow) each(g func(*column)) {
	for _, it := range f {
		switch it := it.(type) {
		case *column:
			g(it)
		case *fork:
			for i := range it.paths {
				it.paths[i].flow.each(g)
			}
			if it.join != nil {
				g(it.join)
			}
		case *span:
			it.flow.each(g)
		}
	}
}
