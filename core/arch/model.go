// Package arch holds the model: a stack of nodes that never changes in place.
// Every edit (edit.go) returns a new Model that shares what it did not touch,
// so undo is a slice of Models.
package arch

import (
	"slices"

	"paramstack/core/diag"
	"paramstack/core/layer"
)

// ID names a node or a path for as long as it lives. 0 is the model itself.
type ID = diag.NodeID

// MaxDepth is how deep blocks may nest, in texts and after edits: deeper work could
// not be opened again.
const MaxDepth = 64

// MaxTimes bounds the repetitions of a repeat.
const MaxTimes = 1_000_000_000

// A Model is a network: statements in order, each fed by the one before it unless
// it names another source.
type Model struct {
	Name string
	Body []Node
	Tail []string // comments after the last statement
	last ID       // the highest ID used so far
}

// A Node is one statement: a Leaf, a Repeat or a Branch, and nothing else. A
// pass over a model is a type switch whose default panics.
type Node interface {
	Head() *Head
	withHead(Head) Node
}

// A Head is what every node has.
type Head struct {
	ID    ID
	Label string   // a name that others can refer to, "" if none
	Above []string // comment lines before the statement, without the #
	After string   // the comment after it, on its line
	// Origin is the line of the program that made it, where the network was read from
	// a program: "net.py:12: self.fc = nn.Linear(8, 4)". No text and no link has it.
	Origin string
}

// A Leaf is one layer.
type Leaf struct {
	head   Head
	Layer  layer.Layer
	Frozen bool   // its weights are not trained
	Shares string // the label of a layer whose weights it uses; "" if it has its own
}

// A Repeat runs its body Times times, each repetition with weights of its own.
// Shapes are computed for each repetition, so a body may change its channels. With
// Of it is a second use of something before it: the other half of a siamese
// network.
type Repeat struct {
	head   Head
	Times  int64
	Shared bool   // all repetitions use the weights of the first
	Of     string // run what has this label again, with its weights, instead of a Body
	Body   []Node
	Tail   []string
}

// A Branch feeds the current value to several paths and joins their outputs.
type Branch struct {
	head  Head
	Join  layer.Layer // of a kind that Joins
	Paths []Path
}

// A Path is one way through a Branch. An empty Body is the identity.
type Path struct {
	ID   ID
	From string // the label whose output enters here; "" for the current value
	Body []Node
	Tail []string
}

// NewLeaf returns a leaf without an ID; New and the edits assign one.
func NewLeaf(h Head, l layer.Layer, frozen bool) *Leaf {
	return &Leaf{head: h, Layer: l, Frozen: frozen}
}

// NewRepeat returns a repeat without an ID.
func NewRepeat(h Head, times int64, body []Node, tail []string) *Repeat {
	return &Repeat{head: h, Times: times, Body: body, Tail: tail}
}

// NewAgain returns a Repeat, without an ID, that runs the node with a label once
// more.
func NewAgain(h Head, of string) *Repeat { return &Repeat{head: h, Times: 1, Of: of} }

// NewBranch returns a branch without an ID.
func NewBranch(h Head, join layer.Layer, paths []Path) *Branch { return &Branch{h, join, paths} }

// Head implements Node.
func (n *Leaf) Head() *Head { return &n.head }

// Head implements Node.
func (n *Repeat) Head() *Head { return &n.head }

// Head implements Node.
func (n *Branch) Head() *Head { return &n.head }

// GoesOnFromLabel reports whether the branch continues from a label instead of the
// current value: from.
func (n *Branch) GoesOnFromLabel() bool { return n.Join.Kind().Takes == layer.TakesLabel }

// Joins reports whether the values of the paths become one: not where the first
// alone goes on.
func (n *Branch) Joins() bool {
	return n.Join.Kind().Takes != layer.TakesFirst && !n.GoesOnFromLabel()
}

// HasOutputs reports whether paths after the first are outputs of their own: side,
// counted.
func (n *Branch) HasOutputs() bool {
	return n.Join.Kind().Takes == layer.TakesFirst && layer.PathsCounted(n.Join, len(n.Paths)) > 1
}

func (n *Leaf) withHead(h Head) Node   { c := *n; c.head = h; return &c }
func (n *Repeat) withHead(h Head) Node { c := *n; c.head = h; return &c }
func (n *Branch) withHead(h Head) Node { c := *n; c.head = h; return &c }

// New returns a model of copies of the nodes, each with a new ID.
func New(name string, body []Node, tail []string) Model {
	m := Model{Name: name, Tail: tail}
	m.Body = m.adopt(body)
	return m
}

// adopt returns copies of nodes, and of all that is in them, with fresh IDs.
func (m *Model) adopt(nodes []Node) []Node {
	fresh := make([]Node, len(nodes))
	for i, n := range nodes {
		h := *n.Head()
		m.last++
		h.ID = m.last
		switch n := n.(type) {
		case *Leaf:
			fresh[i] = n.withHead(h)
		case *Repeat:
			c := *n
			c.head, c.Body = h, m.adopt(n.Body)
			fresh[i] = &c
		case *Branch:
			paths := make([]Path, len(n.Paths))
			for j, p := range n.Paths {
				m.last++
				paths[j] = Path{m.last, p.From, nil, p.Tail}
				paths[j].Body = m.adopt(p.Body)
			}
			fresh[i] = &Branch{h, n.Join, paths}
		default:
			panic(unknownNode(n))
		}
	}
	return fresh
}

// refer returns n with f applied to every label it refers to (not to those it sets,
// nor to those inside it).
func refer(n Node, f func(string) string) Node {
	switch n := n.(type) {
	case *Leaf:
		c := *n
		c.Shares = f(c.Shares)
		return &c
	case *Repeat:
		c := *n
		c.Of = f(c.Of)
		return &c
	case *Branch:
		c := *n
		c.Paths = slices.Clone(n.Paths)
		for i := range c.Paths {
			c.Paths[i].From = f(c.Paths[i].From)
		}
		return &c
	default:
		panic(unknownNode(n))
	}
}

// References calls f with every label that n refers to, not those inside it.
func References(n Node, f func(label string)) {
	refer(n, func(label string) string {
		if label != "" {
			f(label)
		}
		return label
	})
}

// Walk calls f for every node, outer before inner, in the order of the text.
func (m Model) Walk(f func(Node)) { walk(m.Body, f) }

func walk(body []Node, f func(Node)) {
	for _, n := range body {
		f(n)
		switch n := n.(type) {
		case *Leaf:
		case *Repeat:
			walk(n.Body, f)
		case *Branch:
			for _, p := range n.Paths {
				walk(p.Body, f)
			}
		default:
			panic(unknownNode(n))
		}
	}
}

// Depth returns how deep the blocks of a model nest; 0 if there are none.
func (m Model) Depth() int { return depth(m.Body) }

// depth returns how deep the blocks of a body nest; 0 if there are none.
func depth(body []Node) int {
	deepest := 0
	for _, n := range body {
		switch n := n.(type) {
		case *Leaf:
		case *Repeat:
			deepest = max(deepest, 1+depth(n.Body))
		case *Branch:
			for _, p := range n.Paths {
				deepest = max(deepest, 1+depth(p.Body))
			}
		default:
			panic(unknownNode(n))
		}
	}
	return deepest
}

// Find returns the node with an ID, nil if there is none.
func (m Model) Find(id ID) Node {
	var found Node
	m.Walk(func(n Node) {
		if n.Head().ID == id {
			found = n
		}
	})
	return found
}
