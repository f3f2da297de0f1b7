package count

import (
	"fmt"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// Of counts a model. It never fails: what cannot be counted has a problem.
func Of(m arch.Model) *Report {
	c := countModel(m)
	c.order(m)
	c.report.remark()
	return c.report
}

// countModel counts a model as it is written.
func countModel(m arch.Model) *counter {
	c := counter{report: &Report{names: map[arch.ID]string{}}, labels: map[string]flow{}, made: map[string]*Row{},
		users: map[string]string{}, own: map[arch.ID][]layer.Weight{}, leaves: map[arch.ID]*arch.Leaf{},
		sizes: map[string]int{}}
	c.name(m)
	c.measure(m.Body)
	c.most = MaxRows + c.written
	c.report.Rows, _ = c.body(m.Body, flow{fresh: true})
	c.sum()
	return &c
}

// A flow is what passes from one statement to the next.
type flow struct {
	shape tensor.Shape
	field *ReceptiveField
	fresh bool // nothing has entered yet
}

type counter struct {
	report  *Report
	labels  map[string]flow
	users   map[string]string          // who refers to a label, by name
	leaves  map[arch.ID]*arch.Leaf     // that were counted
	own     map[arch.ID][]layer.Weight // what a layer declared where it had its own weights last
	made    map[string]*Row            // the rows of what has a label, latest first
	before  []labelled                 // what labels were before they were set, oldest first
	owner   arch.ID                    // whose weights all layers use now; 0 while they have their own
	sizes   map[string]int             // the least number of rows that a use of what has a label takes
	rows    int
	written int  // of them, those of the statements as they are written
	most    int  // rows, at most
	full    bool // there are as many
}

// name sets every node's name: the label, or its kind and a running number.
func (c *counter) name(m arch.Model) {
	seen, users := map[string]int{}, map[string][]string{}
	number := func(base string) string {
		seen[base]++
		return base + strconv.Itoa(seen[base])
	}
	m.Walk(func(n arch.Node) {
		h := n.Head()
		var auto string
		switch n := n.(type) {
		case *arch.Leaf:
			auto = number(n.Layer.Kind().Name)
		case *arch.Repeat:
			auto = number("repeat")
		case *arch.Branch:
			auto = number(n.Join.Kind().Name)
		default:
			panic(fmt.Sprintf("count: unknown node %T", n))
		}
		if h.Label != "" {
			auto = h.Label
		}
		c.report.names[h.ID] = auto
		arch.References(n, func(label string) {
			if of := users[label]; len(of) == 0 || of[len(of)-1] != auto {
				users[label] = append(of, auto)
			}
		})
	})
	for label, of := range users {
		c.users[label] = strings.Join(of, ", ")
	}
}

func (c *counter) body(body []arch.Node, in flow) ([]*Row, flow) {
	rows := make([]*Row, 0, len(body))
	for _, n := range body {
		if c.full {
			return rows, flow{}
		}
		var row *Row
		row, in = c.node(n, in)
		rows = append(rows, row)
		if label := n.Head().Label; label != "" {
			c.label(label, in, row)
		}
	}
	return rows, in
}

func (c *counter) node(n arch.Node, in flow) (*Row, flow) {
	h := n.Head()
	row := &Row{ID: h.ID, Node: n, Name: c.report.names[h.ID]}
	if h.Label != "" {
		row.Users = c.users[h.Label]
	}
	c.rows++
	var out flow
	switch n := n.(type) {
	case *arch.Leaf:
		out = c.leaf(row, n, in)
	case *arch.Repeat:
		row.Form = FormRepeat
		out = c.repeat(row, n, in)
	case *arch.Branch:
		row.Form = FormBranch
		out = c.branch(row, n, in)
	default:
		panic(fmt.Sprintf("count: unknown node %T", n))
	}
	if c.rows > c.most && !c.full {
		c.full = true
		c.problem(row, diag.New(catalog.TooManyTurns, num.Of(MaxRows).Grouped()))
	}
	if c.full {
		row.Counts.ParamsAtLeast, row.Counts.MACsAtLeast, row.Counts.OutputsAtLeast = true, true, true
	}
	row.Out, row.Receptive = out.shape, out.field
	return row, out
}

// problem files a diagnostic with the row it concerns.
func (c *counter) problem(row *Row, d *diag.Diag) {
	own := *d // kinds may hand out shared values
	own.Node = row.ID
	row.Problems = append(row.Problems, &own)
	c.report.Problems = append(c.report.Problems, &own)
}

func (c *counter) leaf(row *Row, n *arch.Leaf, in flow) flow {
	kind := n.Layer.Kind()
	c.leaves[row.ID] = n
	if kind.Takes != layer.TakesNone {
		row.In = []tensor.Shape{in.shape}
		if in.shape == nil && !kind.IgnoresInputs {
			if in.fresh {
				c.problem(row, diag.New(catalog.NeedsInput))
			}
			row.SharesWith = c.owner
			row.uncounted(kind)
			return flow{}
		}
	}
	result, d := layer.Apply(n.Layer, row.In)
	if d != nil {
		c.problem(row, c.sources(d))
	}
	for _, note := range result.Notes {
		c.problem(row, c.sources(note))
	}
	stamp(result.Out, row.ID)
	if len(row.In) == 1 {
		timed(kind, row.In[0], result.Out)
	}
	row.Weights, row.MACs = result.Weights, result.MACs
	c.share(row, n.Shares)
	row.count(kind, result.Out, n.Frozen, d != nil && d.Severity == diag.Error)
	out := flow{shape: result.Out}
	if kind.Takes == layer.TakesNone {
		out.field = entryField(out.shape)
	} else if d == nil {
		out.field = in.field.through(result.Window, in.shape)
	}
	return out
}

// stamp marks the extents that a layer set with its ID.
func stamp(s tensor.Shape, id arch.ID) {
	for i := range s {
		if s[i].From == 0 {
			s[i].From = id
		}
	}
}

// uncounted marks what a layer of a kind would have added.
func (r *Row) uncounted(kind *layer.Kind) {
	r.Counts.ParamsAtLeast = kind.Learns && r.SharesWith == 0
	r.Counts.MACsAtLeast = kind.Learns
	r.Counts.OutputsAtLeast = !kind.InPlace
}

// count adds up what a layer declared.
func (r *Row) count(kind *layer.Kind, out tensor.Shape, frozen, broken bool) {
	k := &r.Counts
	if broken && len(r.Weights) == 0 {
		r.uncounted(kind)
	}
	for _, w := range r.Weights {
		n, ok := w.Count()
		switch {
		case w.Shared():
			continue
		case !ok:
			k.ParamsAtLeast = k.ParamsAtLeast || w.Class.Learnable()
			continue
		case w.Class == layer.ClassWeight:
			k.Weights = k.Weights.Add(n)
		case w.Class == layer.ClassBias:
			k.Biases = k.Biases.Add(n)
			if w.TorchOnly {
				k.Twins = k.Twins.Add(n)
			}
		case w.Class == layer.ClassStat:
			k.Stats = k.Stats.Add(n)
		case w.Class == layer.ClassCounter:
			k.Counters = k.Counters.Add(n)
		}
		if frozen && w.Class.Learnable() {
			k.Frozen = k.Frozen.Add(n)
		}
	}
	if frozen {
		k.FrozenBiases, k.FrozenTwins = k.Biases, k.Twins
	}
	macs, ok := r.MACs.Value()
	k.MACs, k.MACsAtLeast = macs, k.MACsAtLeast || !ok
	if !kind.InPlace && kind.Group != layer.GroupInput {
		elements, ok := out.Elements()
		k.Outputs, k.OutputsAtLeast = elements, !ok
	}
}

// sum fills the blocks' counts, outer after inner, and then the totals.
func (c *counter) sum() {
	t := &c.report.Totals
	for _, row := range c.report.Rows {
		t.Counts = t.Counts.Plus(gather(row), once)
		if f := row.Receptive; f != nil && f.Dims > 0 && !f.Whole && row.looks() {
			t.Receptive = f
		}
	}
	layers(c.report.Rows, once, func(row *Row, own Counts, times num.Int) {
		kind := row.Kind()
		t.Groups[kind.Group] = t.Groups[kind.Group].Plus(own, times)
		switch kind.Group {
		case layer.GroupConv, layer.GroupDense, layer.GroupRecurrent, layer.GroupAttention:
			t.Layers = t.Layers.Add(times)
		}
		if !kind.InPlace && kind.Group != layer.GroupInput {
			if elements, ok := row.Out.Elements(); ok && elements.Cmp(t.Largest) > 0 {
				t.Largest = elements
			}
		}
	})
}

// looks reports whether the row may widen the receptive field: a layer that
// slides over a map, or a block.
func (r *Row) looks() bool {
	if r.Form != FormLeaf {
		return true
	}
	g := r.Kind().Group
	return g == layer.GroupConv || g == layer.GroupPool
}

// gather returns the counts of a row with all that is in it, each repetition once.
func gather(row *Row) Counts {
	own := row.Counts
	for _, child := range row.Children {
		own = own.Plus(gather(child), num.Of(child.Turns()))
	}
	if row.Form == FormTurn {
		// Kept for all its repetitions; handed up for one, the caller multiplies.
		row.Counts = Counts{}.Plus(own, num.Of(row.Turns()))
		return own
	}
	row.Counts = own
	return own
}
