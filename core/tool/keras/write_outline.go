package keras

import (
	"maps"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
)

// An outline is the code of rows without its names: enough to see which blocks are
// alike, before any of them is written.
type outline struct {
	*outlines
	shape      strings.Builder // the code without the values of its arguments
	values     strings.Builder
	statements int
	calls      []outlinedCall
	labels     map[string]held // what a label's value is like
	body       bool            // as position's
	paths      int
	named      bool // variables of its own keep layers or values: no repetition of a loop is like another
	returns    bool // the last statement assigns no variable: a function needs a return
}

// outlines are those of all blocks that may be functions.
type outlines struct {
	facts     *facts
	functions map[string]*outlinedFunction // by their shape
	rows      int                          // looked at so far
}

// An outlinedFunction is what blocks of one shape share.
type outlinedFunction struct {
	blocks     []arch.ID
	calls      []outlinedCall
	statements int
}

// An outlinedCall is a call of a function, maybe in a loop.
type outlinedCall struct {
	shape string
	loop  bool
}

// inlined returns the blocks whose function would be called in one place only.
// They are written there: a function of its own is for what comes twice.
func inlined(n *target.Network, f *facts) map[arch.ID]bool {
	all := &outlines{facts: f, functions: map[string]*outlinedFunction{}}
	top := all.outline(false)
	top.flow(n.Report.Rows, nil)
	uses, loops := map[string]int{}, map[string]bool{}
	see := func(calls []outlinedCall) {
		for _, c := range calls {
			uses[c.shape]++
			loops[c.shape] = c.loop
		}
	}
	for _, f := range all.functions {
		see(f.calls)
	}
	see(top.calls)
	once := map[arch.ID]bool{}
	for shape, f := range all.functions {
		// A loop over a few lines is a loop, over more lines a function.
		if uses[shape] == 1 && (!loops[shape] || f.statements <= 3) {
			for _, id := range f.blocks {
				once[id] = true
			}
		}
	}
	return once
}

func (o *outlines) outline(body bool) *outline {
	return &outline{outlines: o, labels: map[string]held{}, body: body}
}

// add adds statements to an outline.
func (o *outline) add(shape, values string, statements int) {
	o.shape.WriteString(shape + "\n")
	o.values.WriteString(values + "|")
	if o.statements += statements; statements > 0 {
		o.returns = false
	}
}

// function files the outline of a block.
func (o *outline) function(id arch.ID, inner *outline) string {
	if inner.returns {
		inner.statements++
	}
	shape := inner.shape.String()
	f := o.functions[shape]
	if f == nil {
		f = &outlinedFunction{calls: inner.calls, statements: inner.statements}
		o.functions[shape] = f
	}
	f.blocks = append(f.blocks, id)
	return shape
}

// call adds a call of a function.
func (o *outline) call(shape, values string, loop bool) {
	o.add("{"+shape+"}", values, 1)
	o.returns = loop
	o.calls = append(o.calls, outlinedCall{shape, loop})
}

// flow outlines rows fed by a value, nil if there is none, and returns theirs.
func (o *outline) flow(rows []*count.Row, v *held) *held {
	for _, row := range rows {
		if o.rows++; o.rows > pycode.MaxLines {
			break
		}
		label := row.Node.Head().Label
		if o.facts.tree.Used[label] {
			o.add(label+":", "", 0)
			o.named = true
		}
		switch n := row.Node.(type) {
		case *arch.Leaf:
			v = o.leaf(row, n, v)
		case *arch.Branch:
			v = o.branch(row, n, v)
		case *arch.Repeat:
			v = o.repeat(row, n, v)
		default:
			panic(oplist.UnknownNode(n))
		}
		if label != "" && v != nil {
			o.labels[label] = *v
		}
	}
	return v
}

func (o *outline) leaf(row *count.Row, n *arch.Leaf, v *held) *held {
	kind := n.Layer.Kind()
	if kind.Takes != layer.TakesNone {
		return o.layer(row, n.Layer, n.Frozen, v)
	}
	o.add(kind.Name, row.Out.String(), 1)
	if kind.Group == layer.GroupInput {
		return &held{order: inputOrder(row.Out, o.facts.sequences)}
	}
	return &held{order: asIs(len(row.Out))}
}

// layer outlines a layer, or the join of a branch.
func (o *outline) layer(row *count.Row, l layer.Layer, frozen bool, ins ...*held) *held {
	values := make([]held, len(ins))
	known := !row.Broken() && row.Out != nil
	for i, in := range ins {
		if known = known && in != nil; known {
			values[i] = *in
			known = i < len(row.In) && row.In[i] != nil && len(in.order) == len(row.In[i])
		}
	}
	var c counterpart
	if known {
		c, known = counterpartOf(row.Name, row, l, values, true)
	}
	if !known {
		o.add("missing "+row.Name, "", 2) // the error names the layer
		o.returns = true
		out := held{order: asIs(len(row.Out))}
		if len(ins) > 0 && ins[0] != nil && len(ins[0].order) == len(row.Out) {
			out.order = ins[0].order
		}
		return &out
	}
	o.add(l.Kind().Name, "", 0)
	for _, before := range c.before {
		for i := range before {
			o.constructor(&before[i], false)
		}
	}
	if c.fn != "" {
		o.add(c.fn, "", 1)
	}
	for i := range c.chain {
		if o.constructor(&c.chain[i], frozen); o.facts.twice[row.ID] {
			o.add("again", "", 1)
			o.named = true
		}
	}
	return &c.out
}

// constructor outlines a call of the chain.
func (o *outline) constructor(c *chainCall, frozen bool) {
	shape, values := c.class+c.on, ""
	for _, a := range constructor(c, frozen, "").Args {
		shape, values = shape+","+a.Name, values+","+a.Value
	}
	if o.add(shape, values, 1); c.note != "" {
		o.add(c.note, "", 1)
	}
}

func (o *outline) branch(row *count.Row, n *arch.Branch, v *held) *held {
	if v == nil || !o.facts.closed(row) || !oplist.Learns(row) || n.GoesOnFromLabel() || o.body && o.paths == 0 {
		return o.joined(row, n, v)
	}
	inner := o.outline(false)
	out := inner.joined(row, n, v)
	o.call(o.function(row.ID, inner), inner.values.String(), false)
	return out
}

func (o *outline) joined(row *count.Row, n *arch.Branch, v *held) *held {
	values := make([]*held, len(row.Children))
	names := pathNames(row, n)
	o.paths++
	for i, path := range row.Children {
		values[i] = v
		if label := n.Paths[i].From; label != "" {
			from := o.labels[label]
			values[i] = &from
		}
		o.add(names[i]+" = "+n.Paths[i].From, "", 0)
		values[i] = o.flow(path.Children, values[i])
	}
	o.paths--
	if !n.Joins() {
		return values[0]
	}
	return o.layer(row, n.Join, false, values...)
}

func (o *outline) repeat(row *count.Row, n *arch.Repeat, v *held) *held {
	switch {
	case n.Of != "":
		o.add("again "+n.Of, "", 0)
		for _, t := range row.Children {
			for _, used := range t.Children {
				oplist.Again(used.Node, o.labels, func() { v = o.flow([]*count.Row{used}, v) })
			}
		}
		return v
	case o.facts.twice[row.ID] || n.Shared && n.Times > 1:
		return o.repetitions(row, n, v)
	}
	function := v != nil && o.facts.closed(row)
	if !function && n.Times == 1 {
		for _, t := range row.Children {
			v = o.flow(t.Children, v)
		}
		return v
	}
	return o.bodies(row, n, v, function)
}

// repetitions outlines the repetitions of a body whose layers are called again, up
// to those that are a loop.
func (o *outline) repetitions(row *count.Row, n *arch.Repeat, v *held) *held {
	o.add("shared", pycode.Whole(n.Times), 1)
	first := true
	for _, t := range row.Children {
		for range t.Turns() {
			before, rows := v, o.rows
			if v = o.flow(t.Children, v); o.rows > pycode.MaxLines || !first && before != nil && v != nil &&
				sameValue(*before, *v) || v == before && o.rows == rows {
				break
			}
			first = false
		}
	}
	return v
}

// bodies outlines repetitions, those that are alike once: as functions, or in place.
func (o *outline) bodies(row *count.Row, n *arch.Repeat, v *held, function bool) *held {
	type alike struct {
		shape, values string
		n             int64
		inner         *outline
	}
	var runs []alike
	for _, t := range row.Children {
		for left := t.Turns(); left > 0 && o.rows <= pycode.MaxLines; {
			inner := o.outline(function)
			if inner.labels = maps.Clone(o.labels); !function {
				inner.body, inner.paths = o.body, o.paths
			}
			out := inner.flow(t.Children, v)
			run := alike{inner.shape.String(), inner.values.String(), 1, inner}
			loops := function || !inner.named
			if loops && v != nil && out != nil && sameValue(*v, *out) {
				run.n = left
			}
			if function {
				o.function(row.ID, inner)
			}
			if last := len(runs) - 1; loops && last >= 0 && runs[last].shape == run.shape && runs[last].values == run.values {
				runs[last].n += run.n
			} else {
				runs = append(runs, run)
			}
			v, left = out, left-run.n
		}
	}
	for _, r := range runs {
		if function {
			o.call(r.shape, r.values, r.n > 1 && n.Times > 1)
			continue
		}
		if r.n > 1 {
			o.add("for", pycode.Whole(r.n), 1)
		}
		o.add(r.shape, r.values, r.inner.statements)
		o.calls = append(o.calls, r.inner.calls...)
		o.named, o.returns = o.named || r.inner.named, r.n > 1
	}
	return v
}

// closed reports whether a block may be a function: nothing leads in or out but its
// value, and it is used once only.
func (f *facts) closed(row *count.Row) bool { return f.tree.Closed(row.ID) && !f.twice[row.ID] }
