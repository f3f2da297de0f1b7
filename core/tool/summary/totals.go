package summary

import (
	"maps"
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// fill makes the rows that the author of the table left out one layer, with the
// difference to the stated total.
func (b *builder) fill(r *source.Result) (*source.Result, error) {
	stated, known := b.t.total()
	rest, fits := stated.Sub(b.t.style().Params(count.Of(r.Model).Totals.Counts)).Int64()
	weights := []tensor.Shape{tensor.Of(tensor.Unknown)}
	if known && fits && rest >= 0 {
		weights[0][0].N = rest
	}
	b.Node(b.omitted).Layer = graph.Opaque("rows_left_out", weights, []tensor.Shape{}, nil)
	return b.Stack()
}

// freeze marks what is not trained where the totals below the table leave no
// doubt: everything, or the only rows that add up to what is stated.
func (b *builder) freeze() {
	rest, known := b.t.stated["frozen"]
	total, _ := b.t.total()
	if !known || rest.IsZero() {
		return
	}
	if rest.Equal(total) {
		for i := range b.Graph.Nodes {
			b.Graph.Nodes[i].Frozen = b.Graph.Nodes[i].Layer.Kind().Learns
		}
		return
	}
	var open []int // nodes that may be frozen
	for i, n := range b.Graph.Nodes {
		learned, stats := learnedBy(n.Layer, b.inputsOf(n))
		if b.t.keras() {
			rest = rest.Sub(stats)
		}
		switch {
		case n.Shares != "" || learned.IsZero():
		case n.Frozen:
			rest = rest.Sub(learned)
		case b.t.keras() || b.partly[n.Name]:
			open = append(open, i)
		}
	}
	if rest.Cmp(num.Int{}) <= 0 {
		return
	}
	for _, i := range b.onlySum(open, rest) {
		b.Graph.Nodes[i].Frozen = true
	}
}

// mostSums and mostOpen limit what onlySum looks at.
const (
	mostSums = 1 << 14
	mostOpen = 1000
)

// onlySum returns the nodes whose parameters add up to a number, nil if none or
// several choices do.
func (b *builder) onlySum(nodes []int, of num.Int) []int {
	type way struct {
		many bool
		last int // the position in nodes of the last one that was added
		from int64
	}
	target, fits := of.Int64()
	if !fits || len(nodes) > mostOpen {
		return nil
	}
	sums := map[int64]way{0: {last: -1}}
	order := []int64{0}
	for i, node := range nodes {
		n := b.Graph.Nodes[node]
		learned, _ := learnedBy(n.Layer, b.inputsOf(n))
		size, fits := learned.Int64()
		if !fits || size > target {
			continue
		}
		for _, sum := range slices.Clone(order) {
			next := sum + size
			if next > target {
				continue
			}
			if old, there := sums[next]; there {
				old.many = true
				sums[next] = old
				continue
			}
			if len(order) == mostSums {
				return nil
			}
			sums[next] = way{many: sums[sum].many, last: i, from: sum}
			order = append(order, next)
		}
	}
	var chosen []int
	for at := target; at != 0; {
		w, there := sums[at]
		if !there || w.many {
			return nil
		}
		chosen, at = append(chosen, nodes[w.last]), w.from
	}
	return chosen
}

func (b *builder) inputsOf(n graph.Node) []tensor.Shape {
	in := make([]tensor.Shape, len(n.Inputs))
	for i, name := range n.Inputs {
		in[i] = b.Shapes[name]
	}
	return in
}

// learnedBy returns what a layer learns, and its statistics, as Keras counts them.
func learnedBy(l layer.Layer, in []tensor.Shape) (learned, stats num.Int) {
	if slices.ContainsFunc(in, func(s tensor.Shape) bool { return s == nil }) && !l.Kind().IgnoresInputs {
		return learned, stats
	}
	if len(in) == 0 && l.Kind().Takes != layer.TakesNone && !l.Kind().IgnoresInputs {
		return learned, stats
	}
	r, _ := layer.Apply(l, in)
	for _, w := range r.Weights {
		n, ok := w.Count()
		switch {
		case !ok || w.TorchOnly:
		case w.Class.Learnable():
			learned = learned.Add(n)
		case w.Class == layer.ClassStat:
			stats = stats.Add(n)
		}
	}
	return learned, stats
}

// notes adds what was read, guessed and left opaque, and compares the totals.
func (b *builder) notes(r *source.Result) {
	r.AddNote(false, catalog.ImportTable, b.t.layout.tool, num.Of(int64(len(b.t.rows))).Grouped())
	if b.t.tables > 1 {
		r.AddNote(true, catalog.ImportTableMore, num.Of(int64(b.t.tables)).Grouped())
	}
	if b.guessed > 0 {
		r.AddNote(true, catalog.ImportTableKinds, num.Of(int64(b.guessed)).Grouped())
	}
	if n := len(b.opaque); n > 0 {
		all := 0
		for _, k := range b.opaque {
			all += k
		}
		r.AddNote(true, catalog.ImportTableRaw, num.Of(int64(all)).Grouped(), graph.Listed(slices.Sorted(maps.Keys(b.opaque))))
	}
	if b.joined > 0 {
		r.AddNote(true, catalog.ImportTableJoined, num.Of(int64(b.joined)).Grouped())
	}
	if b.omitted != "" {
		r.AddNote(true, catalog.ImportTableOmitted)
	}
	if b.fitted > 0 {
		r.AddNote(true, catalog.ImportTableFitted, num.Of(int64(b.fitted)).Grouped())
	}
	if b.t.cut {
		r.AddNote(true, catalog.ImportTableCut)
	}
	if b.entered != nil {
		r.AddNote(true, catalog.ImportTableInput, b.entered.String())
	}
	if b.rough > 0 {
		r.AddNote(true, catalog.ImportTableRough, num.Of(int64(b.rough)).Grouped())
	}
	if o, known := b.t.stated["optimizer"]; known {
		if total := b.t.stated["total"]; known && !o.IsZero() {
			r.AddNote(false, catalog.ImportTableOptimizer, total.Grouped(), o.Grouped(), total.Sub(o).Grouped())
		}
	}
	if b.t.layout == consoleLayout {
		r.AddNote(true, catalog.ImportTableConsole)
	}
	if b.again > 0 {
		r.AddNote(false, catalog.ImportTableRepeated, num.Of(int64(b.again)).Grouped())
	}
	totals := count.Of(r.Model).Totals
	parts := b.t.style().Of(totals.Counts)
	if b.t.style().Keras && !totals.ParamsAtLeast {
		if torch := count.PyTorch.Params(totals.Counts); !torch.Equal(parts.Params) {
			r.AddNote(false, catalog.ImportTableKeras, b.t.layout.tool, parts.Params.Grouped(), torch.Grouped())
		}
	}
	if b.pooled > 0 {
		r.AddNote(true, catalog.ImportTablePooled, num.Of(int64(b.pooled)).Grouped())
	}
	for _, s := range []struct {
		key  string
		word catalog.Key
		ours num.Int
	}{
		{"total", catalog.ImportWordTotal, parts.Params},
		{"trainable", catalog.ImportWordTrainable, parts.Trainable},
	} {
		stated, known := b.t.stated[s.key]
		if s.key == "total" {
			stated, known = b.t.total()
		}
		if known && !stated.Equal(s.ours) {
			r.AddNote(true, catalog.ImportTotalDiffers, s.word, stated.Grouped(), s.ours.Grouped())
		}
	}
}
