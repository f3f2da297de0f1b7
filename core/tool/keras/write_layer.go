package keras

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
)

// raise writes an error in the place of what cannot be written.
func raise(s *codeScope, d *diag.Diag) {
	text := target.OneLine(d.Say.In(catalog.English))
	s.line("# " + text)
	s.line("raise NotImplementedError(" + pycode.Quoted(text) + ")")
}

// namer returns what names the layers of a row, as code: the row itself, and
// parts that only prepare it.
func namer(s *codeScope, row *count.Row) func(part string) string {
	base := ""
	return func(part string) string {
		if base == "" {
			base = "layer"
			if k := row.Kind(); k != nil {
				base = k.Name
			}
			if !s.names.local {
				base = layerName(row.Name+strings.ReplaceAll(s.at.where, "/", "_"), base)
			}
			base = s.names.layers.layer(base)
		}
		if part == "" {
			return s.name(base)
		}
		return s.name(s.names.layers.layer(base + "_" + part))
	}
}

// name writes a name with what is before it.
func (s *codeScope) name(local string) string {
	if strings.Contains(s.names.prefix, "{") {
		return `f"` + s.names.prefix + local + `"`
	}
	return pycode.Quoted(s.names.prefix + local)
}

// writeMissing writes an error in place of a layer. What follows is written as if
// it were there.
func writeMissing(s *codeScope, row *count.Row, d *diag.Diag, target string, ins ...string) string {
	s.program.problem(row, d)
	raise(s, d)
	to := s.target(row, target)
	v := held{order: asIs(len(row.Out))}
	if len(ins) > 0 && len(s.values[ins[0]].order) == len(row.Out) {
		v.order = s.values[ins[0]].order
	}
	s.values[to] = v
	return to
}

// layer writes a layer, or the join of a branch.
func (s *codeScope) layer(row *count.Row, l layer.Layer, n *arch.Leaf, target string, ins ...string) string {
	if row.Broken() {
		return writeMissing(s, row, diag.New(catalog.ExportLayerBroken, row.Name), target, ins...)
	}
	values := make([]held, len(ins))
	known := row.Out != nil
	for i, in := range ins {
		values[i] = s.values[in]
		known = known && i < len(row.In) && row.In[i] != nil && len(values[i].order) == len(row.In[i])
	}
	if !known {
		return writeMissing(s, row, diag.New(catalog.ExportUnknownShape, row.Name, catalog.ExportKeras), target, ins...)
	}
	sp, ok := counterpartOf(row.Name, row, l, values, true)
	if !ok {
		return writeMissing(s, row, diag.New(catalog.ExportNoCounterpart, row.Name, l.Kind().Name,
			catalog.ExportKeras), target, ins...)
	}
	if s.program.facts.back[row.ID] {
		sp.chain[0].class = reversibleEmbedding
	}
	earlier, key, d := calledBefore(s, row, l, n)
	if d != nil && tableOf(s, row, n) != nil {
		earlier, d = tableOf(s, row, n), nil
		earlier[0].code = constructor(&sp.chain[0], n.Frozen, "").Text()
		sp.chain[0].on = "{0}, reverse=True"
	}
	if d != nil {
		return writeMissing(s, row, d, target, ins...)
	}
	frozen := n != nil && n.Frozen
	codes := make([]string, len(sp.chain))
	for j := range sp.chain {
		codes[j] = constructor(&sp.chain[j], frozen, "").Text()
	}
	again := func(m namedLayer, code string) bool { return m.code == code }
	if earlier != nil && l.Kind().Learns && !(slices.EqualFunc(earlier, codes, again) &&
		(s.called[key].row == nil || oplist.SameWeights(row, s.called[key].row))) {
		no := diag.New(catalog.ExportUsedAgain, row.Name, catalog.ExportKeras)
		if n != nil && n.Shares != "" {
			no = diag.New(catalog.ExportNoTie, row.Name, layer.Quote(n.Shares), catalog.ExportKeras)
		}
		return writeMissing(s, row, no, target, ins...)
	}
	if sp.warn != nil {
		s.program.problem(row, sp.warn)
	}
	name := namer(s, row)
	from := shapeText(row.In[0], values[0])
	for i, before := range sp.before {
		for j := range before {
			to := "permuted"
			if len(ins) > 1 {
				to = s.variable(to)
			} else {
				to = target
			}
			s.emit(pycode.Init{Target: to, Text: "(" + ins[i] + ")",
				E: constructor(&before[j], false, name(short(before[j].class)))})
			ins[i] = to
		}
	}
	to := s.target(row, target)
	if sp.fn != "" {
		s.assign(to, pycode.Fill(sp.fn, "", ins), shapeNote(s, row, sp.out, from, len(sp.chain) > 0))
		ins = []string{to}
	}
	keep := s.program.facts.twice[row.ID]
	var objects []namedLayer
	for j := range sp.chain {
		c := &sp.chain[j]
		part := ""
		if j < len(sp.chain)-1 {
			part = short(c.class)
		}
		on := strings.Join(ins, ", ")
		switch {
		case c.on != "":
			on = pycode.Fill(c.on, "", ins)
		case len(ins) > 1:
			on = "[" + on + "]"
		}
		if helper(c.class) {
			s.program.helpers[c.class] = true
		}
		on, note := "("+on+")", shapeNote(s, row, sp.out, from, part != "")
		if c.note != "" {
			s.line("# " + c.note)
		}
		if j < len(earlier) && earlier[j].code == codes[j] {
			s.assign(to, earlier[j].name+on, note)
		} else if keep {
			object := s.variable(objectName(s, row, part))
			s.emit(pycode.Init{Target: object, E: constructor(c, frozen, name(part))})
			s.assign(to, object+on, note)
			objects = append(objects, namedLayer{object, codes[j]})
		} else {
			s.emit(pycode.Init{Target: to, Text: on, Note: note, E: constructor(c, frozen, name(part))})
		}
		ins = []string{to}
	}
	if len(sp.chain) == 0 && sp.fn == "" { // nothing is to be done
		s.assignCopy(to, ins[0])
	}
	if keep && earlier == nil {
		s.called[key] = called{objects, row}
	}
	s.values[to] = sp.out
	return to
}

// objectName is what a layer that is called again would be called.
func objectName(s *codeScope, row *count.Row, part string) string {
	name := row.Name + strings.ReplaceAll(s.at.where, "/", "_") + "_" + part
	if s.names.local {
		name = row.Kind().Name + "_" + part
	}
	return name
}

// calledBefore returns the layers that a row calls again, and where those that it
// makes are noted.
func calledBefore(s *codeScope, row *count.Row, l layer.Layer, n *arch.Leaf) ([]namedLayer, string, *diag.Diag) {
	key := s.at.where + "/" + pycode.Whole(int64(row.ID))
	earlier := s.called[key].layers
	if n == nil || n.Shares == "" || row.SharesWith == 0 {
		return earlier, key, nil
	}
	source := s.places[n.Shares]
	no := diag.New(catalog.ExportNoTie, row.Name, layer.Quote(n.Shares), catalog.ExportKeras)
	if source == nil {
		return nil, key, no
	}
	owner, ok := source.Row.Node.(*arch.Leaf)
	earlier = s.called[source.Where+"/"+pycode.Whole(int64(source.Row.ID))].layers
	if !ok || earlier == nil || owner.Layer.Kind() != l.Kind() || !layer.Equal(owner.Layer, l) {
		return nil, key, no
	}
	for _, w := range row.Weights {
		if !w.Shared() {
			return nil, key, no
		}
	}
	return earlier, key, nil
}

// leadsBack reports whether a layer is the product with a table's transpose, as
// the last one of a language model.
func leadsBack(l layer.Layer) bool {
	linear, ok := l.(*layer.Linear)
	return ok && !bool(linear.Bias)
}

// tableOf returns the table that a layer multiplies with the transpose of, as one
// that is called again; nil if it is another layer.
func tableOf(s *codeScope, row *count.Row, n *arch.Leaf) []namedLayer {
	if n == nil || !leadsBack(n.Layer) || len(row.Weights) != 1 || !row.Weights[0].Shared() {
		return nil
	}
	source := s.places[n.Shares]
	if source == nil || !s.program.facts.back[source.Row.ID] {
		return nil
	}
	return slices.Clone(s.called[source.Where+"/"+pycode.Whole(int64(source.Row.ID))].layers)
}

// shapeNote is the comment after a layer whose output has another shape than its
// input.
func shapeNote(s *codeScope, row *count.Row, v held, from string, part bool) string {
	if !s.at.top || s.at.loops > 0 || part {
		return ""
	}
	if shape := shapeText(row.Out, v); shape != from && shape != "" {
		return shape
	}
	return ""
}

// shapeText writes a shape in Keras' order.
func shapeText(shape tensor.Shape, v held) string {
	if len(shape) != len(v.order) {
		return ""
	}
	return v.order.theirs(shape).String()
}

// writeTable writes a free tensor: stored once, the same for every sample.
func writeTable(s *codeScope, row *count.Row, n *arch.Leaf, target string) string {
	switch {
	case !row.Out.Known() || len(row.Weights) != 1:
		return writeMissing(s, row, diag.New(catalog.ExportUnknownShape, row.Name, catalog.ExportKeras), target)
	case s.batch == "":
		return writeMissing(s, row, diag.New(catalog.ExportNoCounterpart, row.Name, row.Kind().Name, catalog.ExportKeras), target)
	}
	s.program.helpers["Table"] = true
	shape := make([]string, len(row.Out))
	for i, d := range row.Out {
		shape[i] = strconv.FormatInt(d.N, 10)
	}
	c := &pycode.Call{Func: "Table", Args: []pycode.Arg{pycode.Pos("shape", pycode.Tuple(shape...))}}
	if n.Frozen || !row.Weights[0].Class.Learnable() {
		c.Args = append(c.Args, pycode.Named("trainable", "False", ""))
	}
	key := s.at.where + "/" + pycode.Whole(int64(row.ID))
	earlier := s.called[key].layers
	code := c.Text()
	c.Last = "name="
	to := s.target(row, target)
	switch {
	case len(earlier) == 1 && earlier[0].code == code:
		s.assign(to, earlier[0].name+"("+s.batch+")", "")
	case s.program.facts.twice[row.ID]:
		object := s.variable(objectName(s, row, ""))
		c.Last += namer(s, row)("")
		s.emit(pycode.Init{Target: object, E: c})
		s.assign(to, object+"("+s.batch+")", "")
		s.called[key] = called{layers: []namedLayer{{object, code}}}
	default:
		c.Last += namer(s, row)("")
		s.emit(pycode.Init{Target: to, Text: "(" + s.batch + ")", E: c})
	}
	s.values[to] = held{order: asIs(len(row.Out))}
	return to
}
