package compare

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/layer"
)

// An Aspect is what of a statement a change is about.
type Aspect uint8

// The aspects.
const (
	Option    Aspect = iota // an option of the layer, or of a branch's join
	Kind                    // the kind of the layer, or of a branch's join, with all its options
	Label                   // the label of the statement
	Frozen                  // whether it is trained
	Shares                  // the label of whose weights it uses
	Times                   // how often a repeat runs
	SharedAll               // whether all its repetitions have one set of weights
	Again                   // the label of what is run again
	From                    // the label whose output enters a path
	Place                   // which path of its branch it is
	Input                   // what enters it: no edit of its own, see Row.Causes
	Name                    // the name of the network
	Above                   // the comments before a statement
	After                   // the comment behind it
	Tail                    // the comments at the end of a body
	Aspects
)

// Name returns the name of an aspect for scripts; never changes.
func (a Aspect) Name() string {
	return [Aspects]string{"option", "kind", "label", "frozen", "shares", "times", "shared", "again", "from", "place",
		"input", "name", "comment", "comment", "comment"}[a]
}

// Counts reports whether an aspect can change a number; names and comments cannot.
func (a Aspect) Counts() bool { return a != Label && a < Name }

// A Change is one edit that makes the second side of a row of the first.
type Change struct {
	Aspect Aspect
	Field  *layer.Field // the option
	A, B   string       // what it is on each side, as it is written; "" for not given
	Lines  []string     // the comments of the second side, for Above and Tail
	Layer  layer.Layer  // the second side, for Kind
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
	if k != b.Kind() {
		*c = append(*c, Change{Aspect: Kind, A: k.Name, B: b.Kind().Name, Layer: b})
		return
	}
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

// Causes lists why the numbers of a row of both networks differ although its own words
// do not: what enters it, and how often it is run. Apply needs none of them: they follow
// from the edits of other rows.
func (r *Row) Causes() []Change {
	if r.A == nil || r.B == nil || r.Edited() || same(r.A.Own, r.B.Own) {
		return nil
	}
	var c changed
	c.add(Input, r.A.input(), r.B.input())
	c.add(Times, r.A.Times.String(), r.B.Times.String())
	return c
}

// input returns the shapes of what enters a row.
func (s *Side) input() string {
	if s.Row == nil {
		return ""
	}
	shapes := make([]string, len(s.Row.In))
	for i, in := range s.Row.In {
		shapes[i] = in.String()
	}
	return strings.Join(shapes, ", ")
}
