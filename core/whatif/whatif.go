package whatif

import (
	"cmp"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A Kind is what an edit does.
type Kind uint8

// The kinds, those of the whole network last.
const (
	Head Kind = iota
	SplitKernel
	Separable
	Bottleneck
	Grouped
	Asymmetric
	BiasOff
	Fold
	Freeze
	LoRA
	InsertPool
	DropPool
	Depth
	Width
	Input
	WidthInput // both, to fit into a limit
)

// Name returns the kind's name for scripts, which never changes.
func (k Kind) Name() string {
	return [...]string{"head", "split-kernel", "separable", "bottleneck", "grouped", "asymmetric", "bias-off", "fold",
		"freeze", "lora", "insert-pool", "drop-pool", "depth", "width", "input", "width-input"}[k]
}

// Figures are what a model is judged by.
type Figures struct {
	count.Counts
	Peak        num.Int // elements of activations alive at one time, see count.Memory
	PeakAtLeast bool
}

// A Change is an edit that may be taken.
type Change struct {
	ID     int // within its list, from 1; that of the one that it was chosen in place of
	Kind   Kind
	Row    arch.ID         // the node it is about; 0: the whole network
	Name   string          // what people call that node; "" for the whole
	Say    catalog.Message // what it does
	Worse  catalog.Message // what gets worse
	Choice Choice          // the number in it that is free
	Model  arch.Model      // after it
	Before *Figures
	After  *Figures

	depth growth
	each  count.Counts // of the last repetition, before or after, whichever has more
}

// A Choice is a number of an edit that may as well be another: a rank, a number of groups.
type Choice struct {
	Of    catalog.Key // what the number is; "" if none is free
	Value string      // which it is, as people write it
}

// Params returns the change of the number of parameters as a style counts them.
func (c *Change) Params(s count.Style) num.Int {
	return s.Params(c.After.Counts).Sub(s.Params(c.Before.Counts))
}

// Trainable returns the change of the number of parameters that are trained.
func (c *Change) Trainable(s count.Style) num.Int {
	return s.Of(c.After.Counts).Trainable.Sub(s.Of(c.Before.Counts).Trainable)
}

// MACs returns the change of the multiply-accumulates.
func (c *Change) MACs() num.Int { return c.After.MACs.Sub(c.Before.MACs) }

// Peak returns the change of the peak of the activations, in elements.
func (c *Change) Peak() num.Int { return c.After.Peak.Sub(c.Before.Peak) }

// An Order is what changes are ranked by.
type Order uint8

// The orders: what saves most comes first.
const (
	ByParams Order = iota
	ByMACs
	ByPeak
)

// Rank sorts changes: those that save most first, equals by the other figures.
func Rank(all []*Change, by Order, s count.Style) {
	slices.SortStableFunc(all, func(a, b *Change) int {
		figures := [...]int{a.Params(s).Cmp(b.Params(s)), a.MACs().Cmp(b.MACs()), a.Peak().Cmp(b.Peak())}
		return cmp.Or(figures[by], figures[0], figures[1], figures[2])
	})
}

// ForNode returns what may be changed at one node.
func ForNode(m arch.Model, r *count.Report, id arch.ID) []*Change {
	p := newPlan(m, r)
	if s := p.site(id); s != nil {
		p.shape(s)
		p.keep(s)
	}
	p.settle()
	Rank(p.found, ByParams, count.PyTorch)
	return p.found
}

// site returns where a node is, nil if it is nowhere.
func (p *plan) site(id arch.ID) *site {
	for _, s := range p.sites {
		if s.node.Head().ID == id {
			return s
		}
	}
	return nil
}

// A site is a node where it is: among its neighbours.
type site struct {
	node arch.Node
	body []arch.Node // it is in
	at   int         // in body
	row  *count.Row  // its first
}

// next returns the leaf that is so many places after the site, nil if none is there.
func (s *site) next(by int) *arch.Leaf {
	if at := s.at + by; at >= 0 && at < len(s.body) {
		leaf, _ := s.body[at].(*arch.Leaf)
		return leaf
	}
	return nil
}

// A plan is a model with all that proposals need to know of it.
type plan struct {
	model    arch.Model
	report   *count.Report
	figures  *Figures
	sites    []*site
	rowOf    map[arch.ID]*count.Row // the first of each node
	named    map[string]bool        // labels that something refers to
	tied     map[string]bool        // of them, those whose weights or layers are used again
	size     int                    // rows of the report
	done     int                    // rows that were counted
	queue    []queued
	found    []*Change
	problems [2]int          // errors, warnings
	asked    string          // the number that was typed, if one was
	refused  catalog.Message // why the edit that was counted last was not kept
}

func newPlan(m arch.Model, r *count.Report) *plan {
	p := &plan{model: m, report: r, figures: FiguresOf(r), named: map[string]bool{}, tied: map[string]bool{},
		rowOf: map[arch.ID]*count.Row{}, problems: problems(r)}
	p.index(r.Rows)
	p.locate(m.Body)
	m.Walk(func(n arch.Node) {
		arch.References(n, func(label string) {
			p.named[label] = true
			if _, path := n.(*arch.Branch); !path {
				p.tied[label] = true
			}
		})
	})
	return p
}

func (p *plan) index(rows []*count.Row) {
	for _, row := range rows {
		p.size++
		if p.rowOf[row.ID] == nil {
			p.rowOf[row.ID] = row
		}
		p.index(row.Children)
	}
}

func (p *plan) locate(body []arch.Node) {
	for i, n := range body {
		if row := p.rowOf[n.Head().ID]; row != nil {
			p.sites = append(p.sites, &site{n, body, i, row})
		}
		switch n := n.(type) {
		case *arch.Repeat:
			p.locate(n.Body)
		case *arch.Branch:
			for _, path := range n.Paths {
				p.locate(path.Body)
			}
		}
	}
}

// FiguresOf returns what a report is judged by.
func FiguresOf(r *count.Report) *Figures {
	m := r.Memory()
	return &Figures{r.Totals.Counts, m.Peak, m.AtLeast}
}

// problems returns how many errors and how many warnings a report has.
func problems(r *count.Report) (n [2]int) {
	for _, d := range r.Problems {
		switch d.Severity {
		case diag.Error:
			n[0]++
		case diag.Warning:
			n[1]++
		}
	}
	return n
}

// A queued edit is one that is yet to be counted.
type queued struct {
	*Change
	report *count.Report // of its model, nil if there is none yet
}

// offer queues an edit.
func (p *plan) offer(c *Change) { p.queue = append(p.queue, queued{c, nil}) }

// settle counts all edits that are queued.
func (p *plan) settle() {
	for len(p.queue) > 0 {
		p.take()
	}
}

// take counts the first edit of the queue and keeps it, if it breaks nothing and changes
// something.
func (p *plan) take() {
	c, r := p.queue[0].Change, p.queue[0].report
	p.queue = p.queue[1:]
	if r == nil {
		r = count.Of(c.Model)
		p.done += p.size
		if settled, ok := r.Settled(c.Model); ok {
			c.Model, r = settled, count.Of(settled)
			p.done += p.size
		}
	}
	if n := problems(r); n[0] > p.problems[0] || n[1] > p.problems[1] {
		p.refused = catalog.Say(catalog.ChoiceBreaks, p.asked)
		return
	}
	c.Before, c.After = p.figures, FiguresOf(r)
	if c.After.ParamsAtLeast != c.Before.ParamsAtLeast || c.After.MACsAtLeast != c.Before.MACsAtLeast ||
		c.After.PeakAtLeast != c.Before.PeakAtLeast {
		p.refused = catalog.Say(catalog.ChoiceBreaks, p.asked) // a size in it is no longer known, or another is
		return
	}
	if c.Kind != Input && c.Kind != Width && !sameEnd(p.report, r) {
		p.refused = catalog.Say(catalog.ChoiceOutput, p.asked)
		return
	}
	if c.Params(count.PyTorch).IsZero() && c.Trainable(count.PyTorch).IsZero() && c.MACs().IsZero() && c.Peak().IsZero() {
		p.refused = catalog.Say(catalog.ChoiceNothing, p.asked)
		return
	}
	p.words(c, r)
	if c.Row != 0 {
		c.Name = p.report.Name(c.Row)
	}
	p.found = append(p.found, c)
	c.ID = len(p.found)
}

// sameEnd reports whether two networks answer in the same shape.
func sameEnd(a, b *count.Report) bool {
	if len(a.Rows) == 0 || len(b.Rows) == 0 {
		return false
	}
	return a.Rows[len(a.Rows)-1].Out.Equal(b.Rows[len(b.Rows)-1].Out)
}

// shape proposes edits of one node that change what the network computes.
func (p *plan) shape(s *site) {
	switch n := s.node.(type) {
	case *arch.Repeat:
		if n.Of == "" {
			p.depth(n, n.Times-1)
			p.depth(n, n.Times+1)
		}
	case *arch.Leaf:
		p.kernels(s, n)
		p.pools(s, n)
		p.head(s, n)
	}
}

// keep proposes edits of one node that change how it is stored or trained.
func (p *plan) keep(s *site) {
	if n, ok := s.node.(*arch.Leaf); ok {
		p.norms(s, n)
		p.training(s, n)
	}
}

// free reports whether a leaf may become something else: its weights are its own, and
// trained.
func (p *plan) free(n *arch.Leaf) bool {
	label := n.Head().Label
	return n.Shares == "" && !n.Frozen && !(label != "" && p.tied[label])
}

// become replaces a leaf by a row of layers; what the leaf is called, the last is.
func (p *plan) become(n *arch.Leaf, layers ...layer.Layer) arch.Model {
	last := len(layers) - 1
	before := make([]arch.Node, last)
	for i, l := range layers[:last] {
		before[i] = arch.NewLeaf(arch.Head{}, l, false)
	}
	m := p.model.SetLayer(n.Head().ID, layers[last])
	m, _ = m.Insert(arch.Place{Anchor: n.Head().ID, Side: arch.Before}, before...)
	return m
}
