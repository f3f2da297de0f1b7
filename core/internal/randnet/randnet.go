// Package randnet makes random networks for tests, and makes a network that
// fails a check as small as it can be. It is for tests only.
package randnet

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
)

// Options say what a network may have.
type Options struct {
	Statements int           // how many at the top; 0: 2 to 9
	Open       float64       // how likely an extent of an input is unknown
	Broken     float64       // how likely a statement that does not fit stays
	Opaque     bool          // layers that are not known as well
	Kinds      []*layer.Kind // only these, joins and the input aside; nil: every kind
}

// Text returns a network as stack text. It is the same for the same seed and
// options. Unless Broken, count.Of finds no error in it.
func Text(seed uint64, o Options) string {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0x5eed)), o: o}
	g.kinds = o.Kinds
	if g.kinds == nil {
		g.kinds = usual(o.Opaque)
	}
	n := o.Statements
	if n == 0 {
		n = 2 + g.IntN(8)
	}
	body := g.input()
	if g.IntN(12) == 0 {
		body = "in2: " + g.input() + "; " + body
		g.labels = append(g.labels, "in2")
	}
	return g.body(func(inner string) string { return inner }, body, n, 0)
}

// usual lists the kinds that a statement may be of.
func usual(opaque bool) []*layer.Kind {
	var all []*layer.Kind
	for _, k := range layer.Kinds {
		if k != layer.InputKind.Kind() && k.Takes != layer.TakesLabel && k.Takes != layer.TakesFirst &&
			(opaque || k != layer.OpaqueKind.Kind()) {
			all = append(all, k)
		}
	}
	return all
}

// A generator adds statements that fit, one after another.
type generator struct {
	*rand.Rand
	o      Options
	kinds  []*layer.Kind
	labels []string // what may be referred to
	last   int      // labels given out
}

func (g *generator) chance(p float64) bool { return g.Float64() < p }

// input returns a small input of one to four extents.
func (g *generator) input() string {
	sides := []int{1 + g.IntN(9)}
	if g.chance(0.5) {
		sides[0] = []int{1, 2, 3, 4, 6, 8, 12}[g.IntN(7)]
	}
	for range []int{0, 1, 1, 2, 2, 2, 2, 3}[g.IntN(8)] {
		sides = append(sides, 1+g.IntN(12))
	}
	var parts []string
	for _, n := range sides {
		if g.chance(g.o.Open) {
			parts = append(parts, "?")
		} else {
			parts = append(parts, fmt.Sprint(n))
		}
	}
	return "input " + strings.Join(parts, "x")
}

// The label of the layer put at the end of a body to learn its shape.
const probe = "zz-probe"

// state returns what comes out at the end of a body, and whether all is right.
func state(source string) (shape tensor.Shape, ok bool) {
	file, problems := text.Parse(source)
	if len(problems) > 0 {
		return nil, false
	}
	r := count.Of(file.Model)
	if Faulty(r) || r.Totals.MACs.Float() > 1e8 || r.Totals.Params(true).Float() > 1e6 || r.Totals.Outputs.Float() > 1e6 {
		return nil, false
	}
	var find func(rows []*count.Row)
	find = func(rows []*count.Row) {
		for _, row := range rows {
			if row.Name == probe && shape == nil {
				shape = row.Out
			}
			find(row.Children)
		}
	}
	find(r.Rows)
	return shape, true
}

// Faulty reports whether a row of a report has an error.
func Faulty(r *count.Report) bool {
	var any func(rows []*count.Row) bool
	any = func(rows []*count.Row) bool {
		for _, row := range rows {
			if row.Broken() || any(row.Children) {
				return true
			}
		}
		return false
	}
	return any(r.Rows)
}

// Empty reports whether a layer gives nothing at all: an extent of 0.
func Empty(r *count.Report) bool {
	found := false
	r.Leaves(func(row *count.Row, _ num.Int) {
		found = found || slices.ContainsFunc(row.Out, func(d tensor.Dim) bool { return d.N == 0 })
	})
	return found
}

// body adds n statements to a body that begins with start. around writes a body
// into the network around it.
func (g *generator) body(around func(string) string, start string, n, depth int) string {
	body, labels := start, len(g.labels)
	probed := func(s string) string { return around(join(s, probe+": identity")) }
	shape, _ := state(probed(body))
	for range n {
		for range 8 {
			kept := len(g.labels)
			statement := g.statement(around, body, shape, depth)
			with := join(body, statement)
			next, ok := state(probed(with))
			if statement != "" && (ok || g.chance(g.o.Broken)) {
				if body = with; ok {
					shape = next
				}
				break
			}
			g.labels = g.labels[:kept]
		}
	}
	if depth > 0 {
		g.labels = g.labels[:labels] // a block's own are its own
	}
	return body
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// statement returns one that may fit.
func (g *generator) statement(around func(string) string, body string, shape tensor.Shape, depth int) string {
	label := ""
	if g.chance(0.3) {
		g.last++
		name := fmt.Sprintf("a%d", g.last)
		label = name + ": "
		defer func() { g.labels = append(g.labels, name) }()
	}
	inside := func(open, close string) func(string) string {
		return func(inner string) string { return around(join(body, open+inner+close)) }
	}
	within := func(open, close string) string {
		return open + g.body(inside(label+open, close), "", 1+g.IntN(3), depth+1) + close
	}
	switch roll := g.IntN(100); {
	case roll < 8 && depth < 2:
		shared := ""
		if g.chance(0.4) {
			shared = "shared "
		}
		return label + within(fmt.Sprintf("repeat %d %s{ ", 1+g.IntN(3), shared), " }")
	case roll < 22 && depth < 2:
		return label + g.branch(around, body, label, shape, depth)
	case roll < 25 && len(g.labels) > 0:
		if of := g.reference(); of != "in2" {
			return label + "again @" + of
		}
	case roll < 28 && len(g.labels) > 0:
		return label + "from @" + g.reference()
	case roll < 32 && len(g.labels) > 0:
		if like := g.like(around(body)); like != "" {
			return label + like
		}
	}
	k := g.kinds[g.IntN(len(g.kinds))]
	for range 3 {
		if !k.Learns && g.chance(0.3) { // what learns is what counts
			k = g.kinds[g.IntN(len(g.kinds))]
		}
	}
	if s := g.paired(k, shape); s != "" && g.chance(0.5) {
		return label + s
	}
	return label + g.leaf(k, shape)
}

func (g *generator) reference() string { return g.labels[g.IntN(len(g.labels))] }

// like returns a layer that shares the weights of a labelled one.
func (g *generator) like(source string) string {
	label := g.reference()
	file, problems := text.Parse(source)
	if len(problems) > 0 {
		return ""
	}
	found := ""
	file.Model.Walk(func(n arch.Node) {
		if leaf, ok := n.(*arch.Leaf); ok && leaf.Head().Label == label && leaf.Layer.Kind().Learns {
			copied := *leaf
			*copied.Head() = arch.Head{}
			copied.Frozen, copied.Shares = false, ""
			found = text.Statement(&copied) + " shares @" + label
		}
	})
	return found
}

// branch returns a join of one to three paths.
func (g *generator) branch(around func(string) string, body, label string, shape tensor.Shape, depth int) string {
	var joins []*layer.Kind
	for _, k := range layer.Kinds {
		if k.Joins() && k.Takes != layer.TakesLabel && (k.Takes == layer.TakesFirst || slices.Contains(g.kinds, k)) {
			joins = append(joins, k)
		}
	}
	k := joins[g.IntN(len(joins))]
	if g.chance(0.5) {
		k = joins[g.IntN(len(joins))]
		for range 8 {
			if k != layer.AddKind.Kind() && k != layer.ConcatKind.Kind() && k != layer.SideKind.Kind() &&
				k != layer.MulKind.Kind() {
				k = joins[g.IntN(len(joins))]
			}
		}
	}
	head := g.leaf(k, shape)
	if len(g.labels) > 0 && g.chance(0.25) {
		return head + " @" + g.reference()
	}
	paths := ""
	for i := range 1 + g.IntN(3) {
		if i > 0 {
			paths += " | "
		}
		if len(g.labels) > 0 && g.chance(0.2) {
			paths += "@" + g.reference() + " "
		}
		if g.chance(0.35) {
			continue
		}
		open := label + "side { " + paths // any join: the path's own statements are what must fit
		inner := g.body(func(s string) string { return around(join(body, open+s+" }")) }, "", 1+g.IntN(2), depth+1)
		paths += inner
	}
	return head + " { " + paths + " }"
}
