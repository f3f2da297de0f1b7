package summary

import (
	"regexp"
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// A tabler makes layers of the rows of a table. A row becomes a kind of its own
// where one gives just what the row says: its output and its parameters; else it
// stays opaque with both.
type tabler struct {
	graph.Builder
	t       *printedTable
	nodes   map[string]string // of a layer's name in the table
	prev    string            // the node before
	guessed int               // layers with options that the table does not tell
	raw     map[string]int    // opaque ones by class
	again   int
	seq     map[string]bool // nodes whose value is C×L, where Keras has L×C
	open    []frame         // the modules that a row lies in
	joined  int             // concats that the table does not show
	omitted string          // a node for the rows that its author left out
}

// A frame is a module with rows below it, the node that feeds it and where its
// own begin.
type frame struct {
	row   *tableRow
	entry string
	from  int
}

// What is looked at, so that no table takes long: so many layers of a module, and
// so many modules around a layer.
const (
	widest  = 1000
	nearest = 8
)

// close leaves the modules that lie as deep as the next row, or deeper. Where what
// a module gives is what the ends in it make side by side, it lays them so, as
// Inception does.
func (b *tabler) close(depth int) error {
	for len(b.open) > 0 && b.open[len(b.open)-1].row.depth >= depth {
		f := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if f.row.out == nil || b.prev == "" || b.Shapes[b.prev].Equal(f.row.out) || len(f.row.out) < 2 || len(b.Graph.Nodes)-f.from > widest {
			continue
		}
		used := map[string]bool{}
		var ends []string
		var shapes []tensor.Shape
		for _, n := range b.Graph.Nodes[f.from:] {
			for _, in := range n.Inputs {
				used[in] = true
			}
		}
		for _, n := range b.Graph.Nodes[f.from:] {
			if !used[n.Name] && b.Shapes[n.Name] != nil && n.Layer.Kind().Takes != layer.TakesNone {
				ends, shapes = append(ends, n.Name), append(shapes, b.Shapes[n.Name])
			}
		}
		concat := layer.ByName("concat").New()
		if len(ends) < 2 {
			continue
		}
		if r, d := layer.Apply(concat, shapes); d != nil || !r.Out.Equal(f.row.out) {
			continue
		}
		name, err := b.Add(graph.Node{Name: f.row.class, Layer: concat, Inputs: ends})
		if err != nil {
			return err
		}
		b.prev = name
		b.joined++
	}
	return nil
}

func (t *printedTable) result() (*source.Result, error) {
	b := &tabler{Builder: graph.NewBuilder(), t: t, nodes: map[string]string{}, raw: map[string]int{}, seq: map[string]bool{}}
	b.Graph.Name = t.name
	for i, r := range t.rows {
		if i == 0 && t.tool == "torchinfo" && b.Graph.Name == "" {
			b.Graph.Name = r.class
		}
		if err := b.row(r); err != nil {
			return nil, err
		}
	}
	if err := b.close(0); err != nil {
		return nil, err
	}
	b.Graph.Out = b.prev
	b.freeze()
	r, err := b.Stack()
	if err != nil {
		return nil, err
	}
	if b.omitted != "" {
		if r, err = b.fill(r); err != nil {
			return nil, err
		}
	}
	b.notes(r)
	return r, nil
}

// row makes a layer of a row.
func (b *tabler) row(r *tableRow) error {
	if err := b.close(r.depth); err != nil {
		return err
	}
	if r.kids {
		b.open = append(b.open, frame{r, b.prev, len(b.Graph.Nodes)})
	}
	if r.omitted {
		name, err := b.Add(graph.Node{Name: "rows_left_out", Layer: graph.Opaque("rows_left_out", []tensor.Shape{}, []tensor.Shape{}, nil)})
		b.omitted, b.prev = name, name
		return err
	}
	switch {
	case r.again:
		b.again++
	case r.kids:
		if !r.told || r.params.IsZero() {
			return nil
		}
		// What a module holds itself, beside the rows below it.
		return b.opaque(r, nil)
	}
	family := r.family()
	if family == "input" {
		return b.input(r)
	}
	inputs := b.inputs(r)
	if r.in != nil && (len(inputs) == 0 || !b.Shapes[inputs[0]].Equal(r.in)) {
		name, err := b.enter(b.ours(r.in, true))
		if err != nil {
			return err
		}
		if name != "" {
			inputs = []string{name}
		}
	}
	found := b.find(r, family, inputs)
	for i := len(b.open) - 1; i >= max(0, len(b.open)-nearest) && found == nil && len(r.from) == 0 && b.prev != ""; i-- {
		// The first layer of a branch takes what its module took.
		if at := b.open[i].entry; at != "" && at != b.prev {
			if found = b.find(r, family, []string{at}); found != nil && found.enter == nil {
				inputs = []string{at}
			} else {
				found = nil
			}
		}
	}
	if found == nil && len(r.from) == 0 {
		found = b.begin(r, family)
	}
	if found != nil {
		for _, step := range found.before {
			name, err := b.Add(graph.Node{Name: step.name, Layer: step.layer, Inputs: inputs})
			if err != nil {
				return err
			}
			inputs = []string{name}
		}
		if found.enter != nil {
			name, err := b.enter(found.enter)
			if err != nil {
				return err
			}
			inputs = []string{name}
		}
		if found.guess {
			b.guessed++
		}
		name, err := b.Add(graph.Node{Name: b.name(r), Layer: found.layer, Inputs: inputs, Frozen: r.frozen && !r.params.IsZero(), Keep: r.name != ""})
		if err != nil {
			return err
		}
		b.settle(r, name)
		b.seq[name] = found.first
		return nil
	}
	return b.opaque(r, inputs)
}

// name returns a name for a row's node.
func (b *tabler) name(r *tableRow) string {
	if r.name != "" {
		return r.name
	}
	return r.class
}

// settle makes a node the one that the rows behind go on from.
func (b *tabler) settle(r *tableRow, node string) {
	b.prev = node
	if r.name != "" {
		b.nodes[r.name] = node
	}
}

// inputs returns the nodes that feed a row: those it names, else the one before.
func (b *tabler) inputs(r *tableRow) []string {
	var inputs []string
	for _, name := range r.from {
		if node := b.nodes[name]; node != "" {
			inputs = append(inputs, node)
		}
	}
	if len(r.from) == 0 && b.prev != "" {
		inputs = []string{b.prev}
	}
	return inputs
}

// enter adds an input of a shape, "" if none can be written.
func (b *tabler) enter(x tensor.Shape) (string, error) {
	l, err := layer.InputKind.With(func(in *layer.Input) { in.Shape = extents(x) })
	if err != nil || x == nil {
		return "", nil
	}
	return b.Add(graph.Node{Name: "input", Layer: l})
}

func (b *tabler) input(r *tableRow) error {
	x := b.ours(r.out, true)
	if len(x) > 4 || x == nil {
		return b.opaque(r, nil)
	}
	l, err := layer.InputKind.With(func(in *layer.Input) { in.Shape = extents(x) })
	if err != nil {
		return b.opaque(r, nil)
	}
	name, err := b.Add(graph.Node{Name: b.name(r), Layer: l})
	b.settle(r, name)
	return err
}

// opaque adds what a row tells, as it is.
func (b *tabler) opaque(r *tableRow, inputs []string) error {
	weights, buffers := []tensor.Shape{}, []tensor.Shape{}
	n, fits := r.params.Int64()
	switch {
	case r.again || r.told && r.params.IsZero():
	case len(r.parts) > 0:
		weights = r.parts
	case r.told && fits:
		weights = []tensor.Shape{tensor.Of(n)}
	case r.told:
		weights = []tensor.Shape{tensor.Of(tensor.Unknown)}
	}
	if r.family() == "normalization" { // Keras: mean, variance and count, none of them trained
		weights, buffers = buffers, weights
	}
	if !r.told && !r.again && b.t.tool == "torchinfo" && b.partly() {
		weights = nil
	}
	var out tensor.Shape
	if !r.kids {
		out = b.ours(r.out, len(inputs) > 0 && b.seq[inputs[0]])
	}
	class := r.class
	if class == "" {
		class = r.name
	}
	name, err := b.Add(graph.Node{Name: b.name(r), Layer: graph.Opaque(class, weights, buffers, out), Inputs: inputs,
		Frozen: r.frozen && len(weights) > 0, Keep: r.name != ""})
	b.raw[class]++
	b.Shapes[name] = out
	if !r.kids {
		b.settle(r, name)
	}
	return err
}

// partly reports whether the table has no column of parameters.
func (b *tabler) partly() bool {
	return !slices.ContainsFunc(b.t.rows, func(r *tableRow) bool { return r.told })
}

// ours turns a shape as the tool lays it out into channels first. Of Keras'
// sequences L×C only layers that slide over them want C×L.
func (b *tabler) ours(s tensor.Shape, first bool) tensor.Shape {
	if !b.t.keras() || len(s) < 2 || len(s) == 2 && !first {
		return s
	}
	last := len(s) - 1
	return append(tensor.Shape{s[last]}, s[:last]...)
}

var (
	dimensional = regexp.MustCompile(`[123]d`)
	numbered    = regexp.MustCompile(`_\d+$`)
)

// family names what a row's class is, as PyTorch and Keras both mean it: conv for
// Conv2d and Conv2D. A name that a narrow column has cut off is completed by what
// Keras calls the layer, batch_normalization_3, or where only one is meant.
// torchstat tells no class, but shapes and counts.
func (r *tableRow) family() string {
	if r.class == "" && r.name != "" {
		switch {
		case r.params.IsZero() || r.in == nil:
			return ""
		case len(r.in) == 1:
			return "linear"
		default:
			return "conv"
		}
	}
	name := plainName(r.class)
	if f, ok := families()[name]; ok {
		return f
	}
	own := strings.ReplaceAll(plainName(numbered.ReplaceAllString(r.name, "")), "_", "")
	if f, ok := families()[own]; ok && strings.HasPrefix(own, name) {
		return f
	}
	found := ""
	for full, f := range families() {
		if len(name) >= 6 && strings.HasPrefix(full, strings.TrimRight(name, "123")) {
			if found != "" && f != found {
				return ""
			}
			found = f
		}
	}
	return found
}

// plainName writes a class in lower case and without its dimensions.
func plainName(class string) string {
	return dimensional.ReplaceAllString(strings.ToLower(class), "")
}
