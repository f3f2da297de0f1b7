package summary

import (
	"cmp"
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// nestedLevel returns how many models a line of Keras is in, which
// summary(expand_nested=True) prints: Keras 2 has a bar for each at both ends of the
// line, Keras 3 an arm behind three blanks for each.
func nestedLevel(line string) int {
	if bars := len(line) - len(strings.TrimLeft(line, "|")); bars > 0 {
		return bars
	}
	before, _, nested := strings.Cut(strings.TrimLeft(line, "│┃"), "└ ")
	if !nested || strings.TrimSpace(before) != "" {
		return 0
	}
	return max(len(before)/3, 1)
}

// withoutMarks blanks out the bars at both ends of a line of a nested model.
func withoutMarks(line string) string {
	rest := strings.TrimLeft(line, "|")
	if bars := len(line) - len(rest); bars > 0 {
		return strings.Repeat(" ", bars) + strings.TrimRight(rest, "| ")
	}
	return line
}

// cumulative reports whether the row of a module states the parameters of the rows
// below it too.
func (t *table) cumulative() bool {
	return t.keras() || t.layout == lightningLayout || t.layout == fvcoreLayout
}

// below returns how many rows at the beginning are deeper than one before them.
func below(r *row, rows []*row) int {
	if n := slices.IndexFunc(rows, func(k *row) bool { return k.depth <= r.depth }); n >= 0 {
		return n
	}
	return len(rows)
}

// own returns what a module holds itself beside the rows below it, where it states
// the parameters of all.
func own(r *row, inner []*row) amount {
	a := r.amount
	for i := 0; i < len(inner); i += 1 + below(inner[i], inner[i+1:]) {
		a.params, a.known = a.params.Sub(inner[i].params), a.known && inner[i].known
	}
	if !a.known || a.params.Cmp(num.Int{}) < 0 {
		return amount{known: true} // no more is stated, or a layer is in several of them
	}
	return a
}

// mostCalls is how often the layers of a nested model are written.
const mostCalls = 20

// nested adds the layers of a model that is a layer of another one, for each use of
// it: the weights are those of the first. Its input rows are what feeds it, and names
// mean its own layers.
func (b *builder) nested(r *row, inner []*row) error {
	calls := [][]string{b.inputs(r)}
	entries := 0
	for _, k := range inner {
		if k.depth == inner[0].depth && k.meaning().is(layer.InputKind.Kind()) {
			entries++
		}
	}
	if n := len(calls[0]); len(r.from) == n && n > max(entries, 1) && n%max(entries, 1) == 0 && n <= mostCalls {
		calls = slices.Collect(slices.Chunk(calls[0], max(entries, 1)))
	}
	if a := own(r, inner); !a.params.IsZero() {
		holder := *r
		holder.amount = a
		if err := b.unknown(&holder, nil); err != nil {
			return err
		}
	}
	outer, uses, entered := b.nodes, b.uses, b.entries
	var outs []string
	var first []int
	for i, inputs := range calls {
		from := len(b.Graph.Nodes)
		b.nodes, b.uses, b.entries, b.last = map[string][]string{}, usesOf(inner), inputs, ""
		if len(inputs) > 0 {
			b.last = inputs[0]
		}
		if err := b.rows(inner); err != nil {
			return err
		}
		outs = append(outs, b.last)
		learned := b.learnedFrom(from)
		if i == 0 {
			first = learned
			continue
		}
		b.again++
		for k, at := range learned {
			n := &b.Graph.Nodes[at]
			if k >= len(first) || b.Graph.Nodes[first[k]].Layer.Kind() != n.Layer.Kind() {
				break // the inputs differ so much that other layers were found
			}
			n.Shares = cmp.Or(b.Graph.Nodes[first[k]].Shares, b.Graph.Nodes[first[k]].Name)
		}
	}
	b.nodes, b.uses, b.entries = outer, uses, entered
	if r.name != "" {
		b.nodes[r.name] = outs
	}
	return nil
}

// learnedFrom returns the nodes from one on that have weights.
func (b *builder) learnedFrom(from int) (nodes []int) {
	for i := from; i < len(b.Graph.Nodes); i++ {
		if n := &b.Graph.Nodes[i]; n.Layer.Kind().Learns {
			nodes = append(nodes, i)
		}
	}
	return nodes
}

// leave closes the modules that are as deep as the next row, or deeper. Where a
// module's output is that of all its ends side by side, they are concatenated, as
// in Inception.
func (b *builder) leave(depth int) error {
	for len(b.open) > 0 && b.open[len(b.open)-1].row.depth >= depth {
		m := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if m.row.out == nil || b.last == "" || b.Shapes[b.last].Equal(m.row.out) || len(m.row.out) < 2 ||
			len(b.Graph.Nodes)-m.from > mostJoined {
			continue
		}
		ends, shapes := b.ends(m.from)
		concat := layer.ConcatKind.New()
		if len(ends) < 2 {
			continue
		}
		if r, d := layer.Apply(concat, shapes); d != nil || !r.Out.Equal(m.row.out) {
			continue
		}
		name, err := b.Add(graph.Node{Name: m.row.class, Layer: concat, Inputs: ends})
		if err != nil {
			return err
		}
		b.last = name
		b.joined++
	}
	return nil
}

// ends returns the nodes from one on that none of them takes as an input.
func (b *builder) ends(from int) (ends []string, shapes []tensor.Shape) {
	used := map[string]bool{}
	for _, n := range b.Graph.Nodes[from:] {
		for _, in := range n.Inputs {
			used[in] = true
		}
	}
	for _, n := range b.Graph.Nodes[from:] {
		if x := b.Shapes[n.Name]; !used[n.Name] && x != nil && n.Layer.Kind().Takes != layer.TakesNone {
			ends, shapes = append(ends, n.Name), append(shapes, x)
		}
	}
	return ends, shapes
}
