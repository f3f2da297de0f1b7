package importer

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A tabler makes layers of the rows of a table. A row becomes a kind of its own
// where one gives just what the row says: its output and its parameters; else it
// stays opaque with both.
type tabler struct {
	trace
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

// close leaves the modules that lie as deep as the next row, or deeper. Where what
// a module gives is what the ends in it make side by side, it lays them so, as
// Inception does.
func (b *tabler) close(depth int) error {
	for len(b.open) > 0 && b.open[len(b.open)-1].row.depth >= depth {
		f := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if f.row.out == nil || b.prev == "" || b.shapes[b.prev].Equal(f.row.out) || len(f.row.out) < 2 {
			continue
		}
		used := map[string]bool{}
		var ends []string
		var shapes []tensor.Shape
		for _, n := range b.g.Nodes[f.from:] {
			for _, in := range n.Inputs {
				used[in] = true
			}
		}
		for _, n := range b.g.Nodes[f.from:] {
			if !used[n.Name] && b.shapes[n.Name] != nil && !n.Layer.Kind().Source {
				ends, shapes = append(ends, n.Name), append(shapes, b.shapes[n.Name])
			}
		}
		concat := layer.ByName("concat").New()
		if len(ends) < 2 {
			continue
		}
		if r, d := layer.Apply(concat, shapes); d != nil || !r.Out.Equal(f.row.out) {
			continue
		}
		name, err := b.add(Node{Name: f.row.class, Layer: concat, Inputs: ends})
		if err != nil {
			return err
		}
		b.prev = name
		b.joined++
	}
	return nil
}

func (t *printedTable) result() (*Result, error) {
	b := &tabler{trace: newTrace(), t: t, nodes: map[string]string{}, raw: map[string]int{}, seq: map[string]bool{}}
	b.g.Name = t.name
	for i, r := range t.rows {
		if i == 0 && t.tool == "torchinfo" && b.g.Name == "" {
			b.g.Name = r.class
		}
		if err := b.row(r); err != nil {
			return nil, err
		}
	}
	if err := b.close(0); err != nil {
		return nil, err
	}
	b.g.Out = b.prev
	b.freeze()
	r, err := b.stack()
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

// fill gives the rows that the author of the table left out what is missing to
// the total below it.
func (b *tabler) fill(r *Result) (*Result, error) {
	stated, told := b.t.stated["total"]
	rest, fits := stated.Sub(count.Of(r.Model).Totals.Shown(count.Style{Biases: true, Keras: b.t.keras()})).Int64()
	weights := []tensor.Shape{tensor.Of(tensor.Unknown)}
	if told && fits && rest >= 0 {
		weights[0][0].N = rest
	}
	b.node(b.omitted).Layer = opaqueOf("rows_left_out", weights, []tensor.Shape{}, nil)
	return b.stack()
}

// freeze marks what is not trained where the totals below the table leave no
// doubt: everything, or the one row with just as many parameters.
func (b *tabler) freeze() {
	rest, told := b.t.stated["frozen"]
	total := b.t.stated["total"]
	if !told || rest.IsZero() {
		return
	}
	if rest.Equal(total) {
		for i := range b.g.Nodes {
			b.g.Nodes[i].Frozen = b.g.Nodes[i].Layer.Kind().Learns
		}
		return
	}
	if !b.t.keras() {
		return
	}
	only, found := -1, 0
	for _, n := range b.g.Nodes {
		_, stats := learnedBy(n.Layer, b.inputsOf(n))
		rest = rest.Sub(stats)
	}
	for i, n := range b.g.Nodes {
		if learned, _ := learnedBy(n.Layer, b.inputsOf(n)); !rest.IsZero() && learned.Equal(rest) {
			only = i
			found++
		}
	}
	if found == 1 {
		b.g.Nodes[only].Frozen = true
	}
}

func (b *tabler) inputsOf(n Node) []tensor.Shape {
	in := make([]tensor.Shape, len(n.Inputs))
	for i, name := range n.Inputs {
		in[i] = b.shapes[name]
	}
	return in
}

// learnedBy returns what a layer learns, and its statistics, as Keras counts them.
func learnedBy(l layer.Layer, in []tensor.Shape) (learned, stats num.Int) {
	if slices.ContainsFunc(in, func(s tensor.Shape) bool { return s == nil }) && !l.Kind().Told {
		return learned, stats
	}
	if len(in) == 0 && !l.Kind().Source && !l.Kind().Told {
		return learned, stats
	}
	r, _ := layer.Apply(l, in)
	for _, w := range r.Weights {
		n, ok := w.Count()
		switch {
		case !ok || w.Torch:
		case w.Class.Learnable():
			learned = learned.Add(n)
		case w.Class == layer.ClassStat:
			stats = stats.Add(n)
		}
	}
	return learned, stats
}

// notes says what was taken and compares the totals.
func (b *tabler) notes(r *Result) {
	r.note(false, catalog.ImportTable, b.t.tool, num.Of(int64(len(b.t.rows))).Grouped())
	if b.t.tables > 1 {
		r.note(true, catalog.ImportTableMore, num.Of(int64(b.t.tables)).Grouped())
	}
	if b.guessed > 0 {
		r.note(true, catalog.ImportTableKinds, num.Of(int64(b.guessed)).Grouped())
	}
	if n := len(b.raw); n > 0 {
		all := 0
		for _, k := range b.raw {
			all += k
		}
		r.note(true, catalog.ImportTableRaw, num.Of(int64(all)).Grouped(), listed(slices.Sorted(maps.Keys(b.raw))))
	}
	if b.joined > 0 {
		r.note(true, catalog.ImportTableJoined, num.Of(int64(b.joined)).Grouped())
	}
	if b.omitted != "" {
		r.note(true, catalog.ImportTableOmitted)
	}
	if b.again > 0 {
		r.note(false, catalog.ImportTableRepeated, num.Of(int64(b.again)).Grouped())
	}
	totals := count.Of(r.Model).Totals
	style := count.Style{Biases: true, Keras: b.t.keras()}
	for _, s := range []struct {
		key  string
		word catalog.Key
		ours num.Int
	}{
		{"total", catalog.ImportWordTotal, totals.Shown(style)},
		{"trainable", catalog.ImportWordTrainable, totals.Trainable().Sub(twins(totals.Counts, style))},
	} {
		if stated, told := b.t.stated[s.key]; told && !stated.Equal(s.ours) {
			r.note(true, catalog.ImportTotalDiffers, s.word, stated.Grouped(), s.ours.Grouped())
		}
	}
}

// twins are the biases that only PyTorch has.
func twins(c count.Counts, s count.Style) num.Int {
	if s.Keras {
		return c.Twins
	}
	return num.Of(0)
}

// row makes a layer of a row.
func (b *tabler) row(r *tableRow) error {
	if err := b.close(r.depth); err != nil {
		return err
	}
	if r.kids {
		b.open = append(b.open, frame{r, b.prev, len(b.g.Nodes)})
	}
	if r.omitted {
		name, err := b.add(Node{Name: "rows_left_out", Layer: opaqueOf("rows_left_out", []tensor.Shape{}, []tensor.Shape{}, nil)})
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
	if r.in != nil && (len(inputs) == 0 || !b.shapes[inputs[0]].Equal(r.in)) {
		name, err := b.enter(b.ours(r.in, true))
		if err != nil {
			return err
		}
		if name != "" {
			inputs = []string{name}
		}
	}
	found := b.find(r, family, inputs)
	for i := len(b.open) - 1; i >= 0 && found == nil && len(r.from) == 0 && b.prev != ""; i-- {
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
			name, err := b.add(Node{Name: step.name, Layer: step.layer, Inputs: inputs})
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
		name, err := b.add(Node{Name: b.name(r), Layer: found.layer, Inputs: inputs, Frozen: r.frozen && !r.params.IsZero(), Keep: r.name != ""})
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
	l, err := build("input", "shape", extents(x))
	if err != nil || x == nil {
		return "", nil
	}
	return b.add(Node{Name: "input", Layer: l})
}

func (b *tabler) input(r *tableRow) error {
	x := b.ours(r.out, true)
	if len(x) > 4 || x == nil {
		return b.opaque(r, nil)
	}
	l, err := build("input", "shape", extents(x))
	if err != nil {
		return b.opaque(r, nil)
	}
	name, err := b.add(Node{Name: b.name(r), Layer: l})
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
	name, err := b.add(Node{Name: b.name(r), Layer: opaqueOf(class, weights, buffers, out), Inputs: inputs,
		Frozen: r.frozen && len(weights) > 0, Keep: r.name != ""})
	b.raw[class]++
	b.shapes[name] = out
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
	if f, ok := families[name]; ok {
		return f
	}
	own := strings.ReplaceAll(plainName(numbered.ReplaceAllString(r.name, "")), "_", "")
	if f, ok := families[own]; ok && strings.HasPrefix(own, name) {
		return f
	}
	found := ""
	for full, f := range families {
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
