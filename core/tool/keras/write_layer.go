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

// raise writes an error in the place of what cannot be said.
func (s *codeScope) raise(d *diag.Diag) {
	text := target.OneLine(d.Say.In(catalog.English))
	s.line("# " + text)
	s.line("raise NotImplementedError(" + pycode.Quoted(text) + ")")
}

// naming returns what names the layers of a row, as code: the row itself, and
// parts that only prepare it.
func (s *codeScope) naming(row *count.Row) func(part string) string {
	base := ""
	return func(part string) string {
		if base == "" {
			base = "layer"
			if k := row.Kind(); k != nil {
				base = k.Name
			}
			if !s.local {
				base = layerName(row.Name+strings.ReplaceAll(s.where, "/", "_"), base)
			}
			base = s.layers.layer(base)
		}
		if part == "" {
			return s.name(base)
		}
		return s.name(s.layers.layer(base + "_" + part))
	}
}

// name writes a name with what is before it.
func (s *codeScope) name(local string) string {
	if strings.Contains(s.prefix, "{") {
		return `f"` + s.prefix + local + `"`
	}
	return pycode.Quoted(s.prefix + local)
}

// missing writes an error in the place of a layer. What is behind it goes on as if
// it had been there.
func (s *codeScope) missing(row *count.Row, d *diag.Diag, target string, ins ...string) string {
	s.w.problem(row, d)
	s.raise(d)
	to := s.target(row, target)
	v := held{order: asIs(len(row.Out))}
	if len(ins) > 0 && len(s.values[ins[0]].order) == len(row.Out) {
		v.order = s.values[ins[0]].order
	}
	s.values[to] = v
	return to
}

// spelled writes a layer, or the join of a branch.
func (s *codeScope) spelled(row *count.Row, l layer.Layer, n *arch.Leaf, target string, ins ...string) string {
	if row.Broken() {
		return s.missing(row, diag.New(catalog.ExportLayerBroken, row.Name), target, ins...)
	}
	values := make([]held, len(ins))
	known := row.Out != nil
	for i, in := range ins {
		values[i] = s.values[in]
		known = known && i < len(row.In) && row.In[i] != nil && len(values[i].order) == len(row.In[i])
	}
	if !known {
		return s.missing(row, diag.New(catalog.ExportUnknownShape, row.Name, catalog.ExportKeras), target, ins...)
	}
	sp, ok := counterpartOf(row.Name, row, l, values, true)
	if !ok {
		return s.missing(row, diag.New(catalog.ExportNoCounterpart, row.Name, l.Kind().Name, catalog.ExportKeras), target, ins...)
	}
	if s.w.back[row.ID] {
		sp.chain[0].class = reversibleEmbedding
	}
	made, key, d := s.madeBefore(row, l, n)
	if d != nil && s.back(row, n) != nil {
		made, d = s.back(row, n), nil
		made[0].code = constructor(&sp.chain[0], n.Frozen, "").Text()
		sp.chain[0].on = "{0}, reverse=True"
	}
	if d != nil {
		return s.missing(row, d, target, ins...)
	}
	frozen := n != nil && n.Frozen
	codes := make([]string, len(sp.chain))
	for j := range sp.chain {
		codes[j] = constructor(&sp.chain[j], frozen, "").Text()
	}
	again := func(m namedLayer, code string) bool { return m.code == code }
	if made != nil && l.Kind().Learns && !(slices.EqualFunc(made, codes, again) && (s.first[key] == nil || oplist.SameWeights(row, s.first[key]))) {
		return s.missing(row, diag.New(catalog.ExportNoTie, row.Name, row.Name, catalog.ExportKeras), target, ins...)
	}
	if sp.warn != nil {
		s.w.problem(row, sp.warn)
	}
	name := s.naming(row)
	from := shapeText(row.In[0], values[0])
	for i, before := range sp.before {
		for j := range before {
			to := "permuted"
			if len(ins) > 1 {
				to = s.variable(to)
			} else {
				to = target
			}
			s.emit(pycode.Init{Target: to, Text: "(" + ins[i] + ")", E: constructor(&before[j], false, name(short(before[j].class)))})
			ins[i] = to
		}
	}
	to := s.target(row, target)
	if sp.fn != "" {
		s.assign(to, pycode.Fill(sp.fn, "", ins), s.shape(row, sp.out, from, len(sp.chain) > 0))
		ins = []string{to}
	}
	keep := s.w.twice[row.ID]
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
			s.w.helpers[c.class] = true
		}
		on, note := "("+on+")", s.shape(row, sp.out, from, part != "")
		if c.note != "" {
			s.line("# " + c.note)
		}
		if j < len(made) && made[j].code == codes[j] {
			s.assign(to, made[j].name+on, note)
		} else if keep {
			object := s.variable(s.object(row, part))
			s.emit(pycode.Init{Target: object, E: constructor(c, frozen, name(part))})
			s.assign(to, object+on, note)
			objects = append(objects, namedLayer{object, codes[j]})
		} else {
			s.emit(pycode.Init{Target: to, Text: on, Note: note, E: constructor(c, frozen, name(part))})
		}
		ins = []string{to}
	}
	if len(sp.chain) == 0 && sp.fn == "" { // nothing is to be done
		s.copy(to, ins[0])
	}
	if keep && made == nil {
		s.made[key], s.first[key] = objects, row
	}
	s.values[to] = sp.out
	return to
}

// object is what a layer that is called again would be called.
func (s *codeScope) object(row *count.Row, part string) string {
	name := row.Name + strings.ReplaceAll(s.where, "/", "_") + "_" + part
	if s.local {
		name = row.Kind().Name + "_" + part
	}
	return name
}

// madeBefore returns the layers that a row calls again, and where those that it
// makes are noted.
func (s *codeScope) madeBefore(row *count.Row, l layer.Layer, n *arch.Leaf) ([]namedLayer, string, *diag.Diag) {
	key := s.where + "/" + pycode.Whole(int64(row.ID))
	made := s.made[key]
	if n == nil || n.Shares == "" || row.Donor == "" {
		return made, key, nil
	}
	source := s.places[n.Shares]
	no := diag.New(catalog.ExportNoTie, row.Name, layer.Quote(n.Shares), catalog.ExportKeras)
	if source == nil {
		return nil, key, no
	}
	donor, ok := source.Row.Node.(*arch.Leaf)
	made = s.made[source.Where+"/"+pycode.Whole(int64(source.Row.ID))]
	if !ok || made == nil || donor.Layer.Kind() != l.Kind() || !layer.Equal(donor.Layer, l) {
		return nil, key, no
	}
	for _, w := range row.Weights {
		if !w.Shared {
			return nil, key, no
		}
	}
	return made, key, nil
}

// leadsBack reports whether a layer is the product with a table's transpose, as
// the last one of a language model.
func leadsBack(l layer.Layer) bool {
	linear, ok := l.(*layer.Linear)
	return ok && !bool(linear.Bias)
}

// back returns the table that a layer multiplies with the transpose of, as one
// that is called again; nil if it is another layer.
func (s *codeScope) back(row *count.Row, n *arch.Leaf) []namedLayer {
	if n == nil || !leadsBack(n.Layer) || len(row.Weights) != 1 || !row.Weights[0].Shared {
		return nil
	}
	source := s.places[n.Shares]
	if source == nil || !s.w.back[source.Row.ID] {
		return nil
	}
	return slices.Clone(s.made[source.Where+"/"+pycode.Whole(int64(source.Row.ID))])
}

// shape is the comment behind a layer that gives another shape than it takes.
func (s *codeScope) shape(row *count.Row, v held, from string, part bool) string {
	if !s.top || s.loops > 0 || part {
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

// table writes a free tensor: stored once, the same for every sample.
func (s *codeScope) table(row *count.Row, n *arch.Leaf, target string) string {
	switch {
	case !row.Out.Known() || len(row.Weights) != 1:
		return s.missing(row, diag.New(catalog.ExportUnknownShape, row.Name, catalog.ExportKeras), target)
	case s.batch == "":
		return s.missing(row, diag.New(catalog.ExportNoCounterpart, row.Name, row.Kind().Name, catalog.ExportKeras), target)
	}
	s.w.helpers["Table"] = true
	shape := make([]string, len(row.Out))
	for i, d := range row.Out {
		shape[i] = strconv.FormatInt(d.N, 10)
	}
	c := &pycode.Call{Func: "Table", Args: []pycode.Arg{pycode.Pos("shape", pycode.Tuple(shape...))}}
	if n.Frozen || !row.Weights[0].Class.Learnable() {
		c.Args = append(c.Args, pycode.Named("trainable", "False", ""))
	}
	key := s.where + "/" + pycode.Whole(int64(row.ID))
	made := s.made[key]
	code := c.Text()
	c.Last = "name="
	to := s.target(row, target)
	switch {
	case len(made) == 1 && made[0].code == code:
		s.assign(to, made[0].name+"("+s.batch+")", "")
	case s.w.twice[row.ID]:
		object := s.variable(s.object(row, ""))
		c.Last += s.naming(row)("")
		s.emit(pycode.Init{Target: object, E: c})
		s.assign(to, object+"("+s.batch+")", "")
		s.made[key] = []namedLayer{{object, code}}
	default:
		c.Last += s.naming(row)("")
		s.emit(pycode.Init{Target: to, Text: "(" + s.batch + ")", E: c})
	}
	s.values[to] = held{order: asIs(len(row.Out))}
	return to
}
