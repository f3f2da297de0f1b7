package picture

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A flow is the network as the picture shows it: columns one after another, forks of
// several paths, and spans that are repeated.
type flow []item

// An item is a *column, a *fork or a *span.
type item interface{ slots() int }

// A column is one tensor and the weights of the layers that lead to it.
type column struct {
	row    *count.Row // of the layer, or of the block that it is all of
	key    string
	layers []placed // whose weights it shows
	shape  tensor.Shape
	family layer.Group
	window *layer.Size // of what slides over the tensor before
	steps  *layer.Size // its strides
	lanes  int64       // groups that its channels are in
	own    int64       // those of its layer, 0 until it was laid out
	folded int         // layers of a block that is one column; 0 for a layer
	name   string
	kind   string
	note   string // × 3
	cuts   []Cut
	from   []*column // whose tensors enter
	learns bool      // multiplies by weights: groups concern what it receives
	last   bool      // the channels are the last extent
	trunk  bool      // on the axis of the picture
	into   *column   // the column that it was merged into
	scope  int       // the repetition that it is in

	slot     int
	up, down float64 // how far it reaches above and below its axis
	x, y     float64 // of the left of the front, and of the axis
	form     form
}

// A placed is a layer with the number of equal copies that are drawn as it.
type placed struct {
	row   *count.Row
	key   string
	times num.Int
}

// A fork is a branch whose paths are drawn.
type fork struct {
	row   *count.Row
	from  *column
	paths []path
	trunk int     // the path on the axis, -1 if all are beside it
	join  *column // a column of its own, nil if the trunk's last tensor is the joined one
	last  *column // the trunk's last
	slot  int
	width int
	axis  float64
}

// A path is one way through a fork.
type path struct {
	flow flow
	from *column // where it begins
	last *column // its last tensor; nil for one that has no column
	hung bool    // a head beside the network: it joins nothing
	axis float64 // below that of the fork
	y    float64
}

// A span is a repetition drawn once.
type span struct {
	flow  flow
	note  string // × 3, 6 × (+32)
	count num.Int
	slot  int
	width int
	axis  float64
	up    float64
}

// drawn returns the column that a column is drawn as, nil for none.
func (c *column) drawn() *column {
	for c != nil && c.into != nil {
		c = c.into
	}
	return c
}

func (*column) slots() int { return 1 }

func (f *fork) slots() int {
	n := 0
	for i := range f.paths {
		n = max(n, f.paths[i].flow.slots())
	}
	if f.join != nil {
		n++
	}
	return n
}

func (s *span) slots() int { return s.flow.slots() }

func (f flow) slots() int {
	n := 0
	for _, it := range f {
		n += it.slots()
	}
	return n
}

// A detail is how much of a network is drawn in columns of its own.
type detail struct {
	merged bool // pools and changes of shape belong to the column before
	closed bool // blocks are one column, but for the first of each structure
	opened map[string]bool
	joins  bool // a join directly behind a layer belongs to it
	hand   func(key string) (open, byHand bool)
}

// A builder makes the flow of a report.
type builder struct {
	report *count.Report
	detail detail
	last   *column
	labels map[string]*column
	blocks []block  // those that are closed because there is no room, in order
	inside int      // blocks around that were opened
	jumped *column  // where the next column goes on from instead, after from @label
	loose  []placed // layers without a column, which the next one of their repetition shows
	scope  int      // the repetition that is built, 0 for none
	scopes int      // how many there were
}

// A block is a repeat or a branch that is drawn as one column.
type block struct {
	key  string
	like string // its structure: only the first of each is opened
}

func build(r *count.Report, d detail) (flow, *builder) {
	b := &builder{report: r, detail: d, labels: map[string]*column{}}
	return b.settle(b.rows(r.Rows, count.Within{}, one)), b
}

var one = num.Of(1)

func (b *builder) rows(rows []*count.Row, in count.Within, times num.Int) flow {
	f := make(flow, 0, len(rows))
	for _, row := range rows {
		switch row.Form {
		case count.FormLeaf:
			if c := b.leaf(row, in, times); c != nil {
				f = append(f, c)
			}
		case count.FormBranch:
			f = append(f, b.branch(row, in, times)...)
		case count.FormRepeat:
			f = append(f, b.repeat(row, in, times)...)
		}
		if row.Node != nil {
			if label := row.Node.Head().Label; label != "" {
				b.labels[label] = b.current()
			}
		}
	}
	return f
}

// current returns the column whose tensor goes on.
func (b *builder) current() *column {
	if b.jumped != nil {
		return b.jumped
	}
	return b.last
}

// enter makes a column the current one, and links it with the one before.
func (b *builder) enter(c *column) *column {
	if from := b.current(); from != nil {
		c.from = append(c.from, from)
	}
	b.last, b.jumped = c, nil
	c.scope = b.scope
	c.layers = append(b.loose, c.layers...)
	b.loose = nil
	return c
}

// show has a layer without a column shown by the one before, or by the next one where that
// is in another repetition: a column is drawn as often as each of its layers is there.
func (b *builder) show(p placed) {
	if c := b.current(); c != nil && c.scope == b.scope && len(b.loose) == 0 {
		c.layers = append(c.layers, p)
	} else {
		b.loose = append(b.loose, p)
	}
}

// settle ends a flow behind which no column may show what is in it.
func (b *builder) settle(f flow) flow {
	if len(b.loose) == 0 {
		return f
	}
	weighs := slices.IndexFunc(b.loose, func(p placed) bool { return len(p.row.Weights) > 0 })
	if c := b.current(); weighs < 0 && c != nil {
		c.layers = append(c.layers, b.loose...)
		b.loose = nil
		return f
	} else if weighs < 0 {
		b.loose = nil
		return f
	}
	p := b.loose[weighs]
	c := &column{row: p.row, key: p.key, shape: p.row.Out, family: p.row.Kind().Group, name: p.row.Name,
		kind: p.row.Kind().Name, lanes: 1}
	return append(f, b.enter(c))
}

func (b *builder) leaf(row *count.Row, in count.Within, times num.Int) *column {
	p := placed{row, in.Key(row.ID), times}
	if !b.isColumn(row) {
		b.show(p)
		return nil
	}
	kind := row.Kind()
	c := &column{row: row, key: p.key, layers: []placed{p}, shape: row.Out, family: kind.Group, name: row.Name,
		kind: kind.Name}
	c.window, c.steps = window(row)
	c.lanes, c.learns = lanes(row), literal(kind.Group)
	if kind.Takes == layer.TakesNone {
		b.last, b.jumped = nil, nil // it receives nothing
	}
	return b.enter(c)
}

// literal reports whether layers of a family multiply by a matrix of weights.
func literal(g layer.Group) bool {
	switch g {
	case layer.GroupConv, layer.GroupDense, layer.GroupRecurrent, layer.GroupAttention, layer.GroupTable, layer.GroupOther:
		return true
	}
	return false
}

// isColumn reports whether a layer has a column of its own: what multiplies by
// weights, what cannot be built, and what changes the form of its tensor.
func (b *builder) isColumn(row *count.Row) bool {
	g := row.Kind().Group
	if g == layer.GroupInput || literal(g) || row.Broken() {
		return true
	}
	if b.detail.merged || len(row.In) != 1 {
		return false
	}
	return changes(row.In[0], row.Out)
}

// changes reports whether a tensor looks another way after a layer: other sides, or
// as many cells in another rank.
func changes(in, out tensor.Shape) bool {
	if in == nil || out == nil || len(in) == len(out) && in.Equal(out) {
		return false
	}
	if len(in) != len(out) {
		return len(in) > 3 || len(out) == 1 && squeezed(in) > 1 || len(in) == 1
	}
	a, _ := in.Elements()
	b, _ := out.Elements()
	return !a.Equal(b)
}

// squeezed returns in how many dimensions a shape is more than one cell long.
func squeezed(s tensor.Shape) int {
	n := 0
	for _, d := range s {
		if d.N != 1 {
			n++
		}
	}
	return n
}

// window returns the kernel that slides over what a layer receives, and its strides.
func window(row *count.Row) (kernel, stride *layer.Size) {
	leaf, ok := row.Node.(*arch.Leaf)
	if !ok {
		return nil, nil
	}
	k := leaf.Layer.Kind()
	if f := k.Field("kernel"); f != nil {
		kernel, _ = f.At(leaf.Layer).(*layer.Size)
	}
	if f := k.Field("stride"); f != nil {
		stride, _ = f.At(leaf.Layer).(*layer.Size)
	}
	if kernel != nil && kernel.Unset() {
		return nil, nil
	}
	if stride != nil && stride.Unset() {
		stride = kernel // a pool's
	}
	return kernel, stride
}

// lanes returns in how many groups a layer works, 1 if it has none.
func lanes(row *count.Row) int64 {
	for i := range row.Weights {
		for _, f := range row.Weights[i].Factors {
			if f.Role == layer.RoleLanes && f.N > 1 {
				return f.N
			}
		}
	}
	return 1
}
