package summary

import (
	"slices"
	"strings"

	"paramstack/core/layer"
)

// usesOf lists, for each layer that others of some rows refer to, which of its uses
// they take.
func usesOf(rows []*row) map[string][]int {
	uses := map[string][]int{}
	for _, r := range rows {
		for _, f := range r.from {
			if !slices.Contains(uses[f.name], f.use) && len(uses[f.name]) < 100 {
				uses[f.name] = append(uses[f.name], f.use)
			}
		}
	}
	for _, all := range uses {
		slices.Sort(all)
	}
	return uses
}

// calls divides the inputs of a row into those of each use, where a layer is used
// several times: a kind that takes one input is used once for each, another as often
// as others refer to it.
func (b *builder) calls(r *row, is meaning) (calls [][]string) {
	inputs, n := b.inputs(r), len(b.uses[r.name])
	if is.kind != nil && !is.kind.Joins() {
		n = len(r.from)
	}
	if n < 2 || len(inputs) != len(r.from) || len(inputs)%n != 0 ||
		is.is(layer.LSTMKind.Kind(), layer.GRUKind.Kind(), layer.RNNKind.Kind(), layer.InputKind.Kind()) {
		return nil
	}
	return slices.Collect(slices.Chunk(inputs, len(inputs)/n))
}

// callEach adds a layer that is used several times: its weights are those of the
// first use.
func (b *builder) callEach(r *row, is meaning, calls [][]string) error {
	var nodes []string
	for i, inputs := range calls {
		at := len(b.Graph.Nodes)
		var err error
		if m := b.search(r, is, inputs).find(); m != nil {
			err = b.add(r, m, inputs)
		} else {
			err = b.unknown(r, inputs)
		}
		if err != nil {
			return err
		}
		if i > 0 {
			b.again++
			if n := &b.Graph.Nodes[len(b.Graph.Nodes)-1]; len(b.Graph.Nodes) > at && n.Layer.Kind().Learns {
				n.Shares = nodes[0]
			}
		}
		nodes = append(nodes, b.last)
	}
	b.nodes[r.name] = nodes
	return nil
}

// inputs returns the nodes that feed a row: those it names, else the one before.
func (b *builder) inputs(r *row) []string {
	var inputs []string
	for _, f := range r.from {
		name := b.named(f)
		nodes := b.nodes[name]
		if i := slices.Index(b.uses[f.name], f.use); len(nodes) > 0 {
			inputs = append(inputs, nodes[min(max(i, 0), len(nodes)-1)])
		}
	}
	if len(r.from) == 0 && b.last != "" {
		inputs = []string{b.last}
	}
	return inputs
}

// named returns the name of a layer that feeds a row, which a narrow column may have
// cut off on either side: then one that is the beginning of the other, if there is one
// such layer.
func (b *builder) named(f feeder) string {
	if b.nodes[f.name] != nil {
		return f.name
	}
	found := ""
	for name := range b.nodes {
		head, cut := strings.CutSuffix(name, "…")
		if cut && strings.HasPrefix(f.name, head) || f.cut && strings.HasPrefix(name, f.name) ||
			cut && f.cut && strings.HasPrefix(head, f.name) {
			if found != "" {
				return f.name
			}
			found = name
		}
	}
	return found
}
