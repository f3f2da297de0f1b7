package compare

import (
	"slices"
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/layer"
)

// An Aspect is what of a statement a change is about.
type Aspect uint8

// The aspects.
const (
	Option    Aspect = iota // an option of the layer, or of a branch's join
	Label                   // the label of the statement
	Frozen                  // whether it is trained
	Shares                  // the label of whose weights it uses
	Times                   // how often a repeat runs
	SharedAll               // whether all its repetitions have one set of weights
	Again                   // the label of what is run again
	From                    // the label whose output enters a path
	Place                   // which path of its branch it is
	Name                    // the name of the network
	Above                   // the comments before a statement
	After                   // the comment behind it
	Tail                    // the comments at the end of a body
	Aspects
)

// Name returns the name of an aspect for scripts; never changes.
func (a Aspect) Name() string {
	return [Aspects]string{"option", "label", "frozen", "shares", "times", "shared", "again", "from", "place", "name",
		"comment", "comment", "comment"}[a]
}

// Counts reports whether an aspect can change a number; names and comments cannot.
func (a Aspect) Counts() bool { return a != Label && a < Name }

// A Change is one edit that makes the second side of a row of the first.
type Change struct {
	Aspect Aspect
	Field  *layer.Field // the option
	A, B   string       // what it is on each side, as it is written; "" for not given
	Lines  []string     // the comments of the second side, for Above and Tail
}

// Name returns what changed, for scripts: the option's name, or the aspect's.
func (c *Change) Name() string {
	if c.Field != nil {
		return c.Field.Name
	}
	return c.Aspect.Name()
}

type changed []Change

func (c *changed) add(of Aspect, a, b string) {
	if a != b {
		*c = append(*c, Change{Aspect: of, A: a, B: b})
	}
}

func (c *changed) lines(of Aspect, a, b []string) {
	if !slices.Equal(a, b) {
		*c = append(*c, Change{Aspect: of, Lines: b})
	}
}

func (c *changed) options(a, b layer.Layer) {
	k := a.Kind()
	for i := range k.Fields {
		f := &k.Fields[i]
		if v, w := f.Text(a), f.Text(b); v != w {
			*c = append(*c, Change{Aspect: Option, Field: f, A: v, B: w})
		}
	}
}

func modelChanges(a, b arch.Model) []Change {
	var c changed
	c.add(Name, a.Name, b.Name)
	c.lines(Tail, a.Tail, b.Tail)
	return c
}

// changes lists what differs in the words of two items of a kind themselves.
func changes(x, y *item) []Change {
	var c changed
	if x.path >= 0 {
		p, q := &x.node.(*arch.Branch).Paths[x.path], &y.node.(*arch.Branch).Paths[y.path]
		c.add(From, p.From, q.From)
		c.lines(Tail, p.Tail, q.Tail)
		return c
	}
	switch n := x.node.(type) {
	case *arch.Leaf:
		m := y.node.(*arch.Leaf)
		c.options(n.Layer, m.Layer)
		c.add(Frozen, strconv.FormatBool(n.Frozen), strconv.FormatBool(m.Frozen))
		c.add(Shares, n.Shares, m.Shares)
	case *arch.Repeat:
		m := y.node.(*arch.Repeat)
		c.add(Times, strconv.FormatInt(n.Times, 10), strconv.FormatInt(m.Times, 10))
		c.add(SharedAll, strconv.FormatBool(n.Shared), strconv.FormatBool(m.Shared))
		c.add(Again, n.Of, m.Of)
		c.lines(Tail, n.Tail, m.Tail)
	case *arch.Branch:
		c.options(n.Join, y.node.(*arch.Branch).Join)
	default:
		panic(unknownNode(n))
	}
	h, g := x.node.Head(), y.node.Head()
	c.add(Label, h.Label, g.Label)
	c.lines(Above, h.Above, g.Above)
	c.add(After, h.After, g.After)
	return c
}

// Edited reports whether a row of both networks differs in what can change a number:
// not in a label or a comment alone.
func (r *Row) Edited() bool {
	return slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Aspect.Counts() })
}
