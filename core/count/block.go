package count

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// repeat unrolls the repetitions. Once one returns the shape it received, all that
// follow are equal to it and share its rows, so a million cost no more than one.
func (c *counter) repeat(row *Row, n *arch.Repeat, in flow) flow {
	if n.Of != "" {
		return c.again(row, n, in)
	}
	row.In = []tensor.Shape{in.shape}
	first := n.Shared && c.owner == 0 // the first repetition has the weights, the others use them
	if first {
		defer func() { c.owner = 0 }()
	}
	inner := labelsIn(n.Body)
	for turn := int64(1); turn <= n.Times; turn++ {
		before := c.snapshot(inner)
		group := &Row{ID: row.ID, Node: n, Form: FormTurn, From: turn, To: turn, In: []tensor.Shape{in.shape}}
		c.rows++
		var out flow
		group.Children, out = c.body(n.Body, in)
		if first && turn == 1 {
			if n.Times > 1 {
				c.owner = row.ID
			}
		} else if out.shape != nil && out.shape.LooksLike(in.shape) && before.settled(c.labels) {
			group.To = n.Times
			out.field = out.field.again(in.field, n.Times-turn)
		}
		if out.shape == nil && in.shape == nil && (!first || turn > 1) {
			group.To = n.Times // nothing is known of what enters the repetitions that follow either
		}
		group.Out, group.Receptive = out.shape, out.field
		row.Children = append(row.Children, group)
		if c.full {
			return flow{} // what would follow is not counted, not even as the same
		}
		turn, in = group.To, out
	}
	return in
}

// labelsIn lists the labels set in a body.
func labelsIn(body []arch.Node) []string {
	var labels []string
	arch.Model{Body: body}.Walk(func(n arch.Node) {
		if l := n.Head().Label; l != "" {
			labels = append(labels, l)
		}
	})
	return labels
}

type snapshot map[string]tensor.Shape

func (c *counter) snapshot(labels []string) snapshot {
	if len(labels) == 0 {
		return nil
	}
	s := snapshot{}
	for _, l := range labels {
		s[l] = c.labels[l].shape
	}
	return s
}

// settled reports whether a repetition left the labels it sets unchanged.
func (s snapshot) settled(labels map[string]flow) bool {
	for l, shape := range s {
		if !labels[l].shape.LooksLike(shape) {
			return false
		}
	}
	return true
}

// branch runs the paths one after another and joins their outputs.
func (c *counter) branch(row *Row, n *arch.Branch, in flow) flow {
	kind := n.Join.Kind()
	paths := n.Paths[:layer.PathsCounted(n.Join, len(n.Paths))]
	shapes := make([]tensor.Shape, len(paths))
	fields := make([]*ReceptiveField, len(paths))
	known := true
	for i, p := range paths {
		path := c.path(row, n, p, in)
		shapes[i], fields[i] = path.Out, path.Receptive
		known = known && path.Out != nil
		row.Children = append(row.Children, path)
	}
	row.In = shapes
	if len(shapes) == 0 || !known && !kind.IgnoresInputs {
		if in.fresh && len(row.Problems) == 0 && in.shape == nil {
			c.problem(row, diag.New(catalog.NeedsInput))
		}
		row.SharesWith = c.owner
		row.uncounted(kind)
		return flow{}
	}
	result, d := layer.Apply(n.Join, shapes)
	if d != nil {
		if len(d.Fixes) == 0 {
			d = bridged(d, n, shapes)
		}
		c.problem(row, d)
	}
	for _, note := range result.Notes {
		c.problem(row, note)
	}
	stamp(result.Out, row.ID)
	row.Weights, row.MACs = result.Weights, result.MACs
	c.share(row, "")
	row.count(kind, result.Out, false, d != nil && d.Severity == diag.Error)
	row.Own = row.Counts
	if kind.Takes == layer.TakesFirst {
		fields = fields[:1] // what goes on has not seen the others
	}
	return flow{shape: result.Out, field: widest(fields).through(result.Window, shapes[0])}
}

// path runs one path of a branch on the current value, or on what its label gave.
func (c *counter) path(row *Row, n *arch.Branch, p arch.Path, in flow) *Row {
	path := &Row{ID: p.ID, Node: n, Form: FormPath}
	c.rows++
	if p.From != "" {
		labelled, ok := c.labels[p.From]
		if !ok {
			c.problem(row, diag.New(catalog.NoSuchLabel, layer.Quote(p.From)))
		}
		in = labelled
	}
	path.In = []tensor.Shape{in.shape}
	var out flow
	path.Children, out = c.body(p.Body, in)
	path.Out, path.Receptive = out.shape, out.field
	return path
}

// again does what has a label once more, with its weights.
func (c *counter) again(row *Row, n *arch.Repeat, in flow) flow {
	row.In = []tensor.Shape{in.shape}
	source := c.made[n.Of]
	if source == nil {
		c.problem(row, diag.New(catalog.NoSuchLabel, layer.Quote(n.Of)))
		row.Counts.MACsAtLeast, row.Counts.OutputsAtLeast = true, true
		return flow{}
	}
	if c.rows+c.sizes[n.Of] > c.most {
		c.problem(row, diag.New(catalog.TooManyTurns, num.Of(MaxRows).Grouped()))
		row.Counts.MACsAtLeast, row.Counts.OutputsAtLeast = true, true
		return flow{}
	}
	// What it labels inside stays what it was at the first use.
	mark, owner := len(c.before), c.owner
	if c.owner == 0 {
		c.owner = source.ID
	}
	turn := &Row{ID: row.ID, Node: n, Form: FormTurn, From: 1, To: 1, In: row.In}
	c.rows++
	child, out := c.node(source.Node, in)
	turn.Children, turn.Out, turn.Receptive = []*Row{child}, out.shape, out.field
	c.restore(mark)
	c.owner = owner
	row.Children = []*Row{turn}
	return out
}

// share ties the weights that a layer has from another one: inside a second use
// all of them, else those that the layer with the label has too.
func (c *counter) share(row *Row, label string) {
	if source := c.made[label]; source != nil && label != "" {
		row.tie(source)
	} else if label != "" && c.owner == 0 {
		c.problem(row, diag.New(catalog.NoSuchLabel, layer.Quote(label)))
		return
	}
	if c.owner == 0 {
		c.own[row.ID] = row.Weights
	} else {
		row.SharesWith = c.owner
		c.fits(row)
		for i := range row.Weights {
			if w := &row.Weights[i]; !w.Shared() {
				w.TiedTo = w.Name
			}
		}
		return
	}
	if label != "" && row.SharesWith == 0 {
		c.problem(row, diag.New(catalog.SharesNothing, layer.Quote(label)))
	}
}

// fits refuses a second use whose weights would have another shape than they
// have: no tensor can be both.
func (c *counter) fits(row *Row) {
	own := c.own[row.ID]
	for i := range min(len(own), len(row.Weights)) {
		w, v := row.Weights[i].Shape, own[i].Shape
		if !slices.Contains(w, tensor.Unknown) && !slices.Contains(v, tensor.Unknown) && !slices.Equal(w, v) {
			c.problem(row, diag.New(catalog.SharesImpossible, c.report.Name(c.owner), own[i].Name,
				tensor.Of(v...).String(), tensor.Of(w...).String()))
			return
		}
	}
}

// tie ties the row's weights to those of a source with the same shape: by name
// where the source has one of that name, else in order. No other code decides which
// shared weight is which.
func (r *Row) tie(source *Row) {
	taken := make([]bool, len(source.Weights))
	for _, byName := range []bool{true, false} {
		for i := range r.Weights {
			w := &r.Weights[i]
			for k := range source.Weights {
				v := &source.Weights[k]
				if !w.Shared() && !taken[k] && (!byName || w.Name == v.Name) && v.Class == w.Class &&
					slices.Equal(w.Shape, v.Shape) {
					w.TiedTo, taken[k] = v.Name, true
					r.SharesWith = source.ID
				}
			}
		}
	}
}
