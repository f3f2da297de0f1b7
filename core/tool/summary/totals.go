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

// fill gives the rows that the author of the table left out the difference to
// the stated total.
func (b *builder) fill(r *source.Result) (*source.Result, error) {
	stated, known := b.t.stated["total"]
	rest, fits := stated.Sub(b.t.style().Params(count.Of(r.Model).Totals.Counts)).Int64()
	weights := []tensor.Shape{tensor.Of(tensor.Unknown)}
	if known && fits && rest >= 0 {
		weights[0][0].N = rest
	}
	b.Node(b.omitted).Layer = graph.Opaque("rows_left_out", weights, []tensor.Shape{}, nil)
	return b.Stack()
}

// freeze marks what is not trained where the totals below the table leave no
// doubt: everything, or the one row with just as many parameters.
func (b *builder) freeze() {
	rest, known := b.t.stated["frozen"]
	total := b.t.stated["total"]
	if !known || rest.IsZero() {
		return
	}
	if rest.Equal(total) {
		for i := range b.Graph.Nodes {
			b.Graph.Nodes[i].Frozen = b.Graph.Nodes[i].Layer.Kind().Learns
		}
		return
	}
	if !b.t.keras() {
		return
	}
	only, found := -1, 0
	for _, n := range b.Graph.Nodes {
		_, stats := learnedBy(n.Layer, b.inputsOf(n))
		rest = rest.Sub(stats)
	}
	for i, n := range b.Graph.Nodes {
		if learned, _ := learnedBy(n.Layer, b.inputsOf(n)); !rest.IsZero() && learned.Equal(rest) {
			only = i
			found++
		}
	}
	if found == 1 {
		b.Graph.Nodes[only].Frozen = true
	}
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
	if b.again > 0 {
		r.AddNote(false, catalog.ImportTableRepeated, num.Of(int64(b.again)).Grouped())
	}
	totals := count.Of(r.Model).Totals
	parts := b.t.style().Of(totals.Counts)
	for _, s := range []struct {
		key  string
		word catalog.Key
		ours num.Int
	}{
		{"total", catalog.ImportWordTotal, parts.Params},
		{"trainable", catalog.ImportWordTrainable, parts.Trainable},
	} {
		if stated, known := b.t.stated[s.key]; known && !stated.Equal(s.ours) {
			r.AddNote(true, catalog.ImportTotalDiffers, s.word, stated.Grouped(), s.ours.Grouped())
		}
	}
}
