package editor

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// facts makes what a row shows that follows from the network.
func (s State) facts(row *count.Row) *Facts {
	say := s.Prefs.Lang.In
	f := &Facts{
		Form: row.Form, Allowed: allowed(row), Group: layer.GroupJoin,
		In: s.shapes(row.In), Out: row.Out.In(s.Prefs.Layout), OutExact: exact(row.Out),
		Params:  s.Prefs.Style().Params(row.Counts).String(),
		MACsRaw: row.Counts.MACs.String(),
	}
	kind := row.Kind()
	if kind != nil {
		f.Kind, f.Title, f.Group, f.Doc = kind.Name, kind.Name, kind.Group, say(catalog.KindDoc(kind.Name))
	}
	switch row.Form {
	case count.FormLeaf:
		f.Editable = true
		s.leafFacts(f, row)
	case count.FormRepeat:
		f.Editable = true
		r := row.Node.(*arch.Repeat)
		f.Kind, f.Title, f.Doc = "repeat", "repeat", say(catalog.KindDoc("repeat"))
		f.Chips = []Chip{s.timesChip(r), s.sharedChip(r)}
		f.Formula = s.repeatFormula(row.Children)
		if r.Of != "" {
			f.Kind, f.Title, f.Doc, f.Chips = "again", "again", say(catalog.KindDoc("again"), "@"+r.Of), nil
			f.Tag = "@" + r.Of
		}
	case count.FormTurn:
		f.Kind = "turn"
		f.Title = say(catalog.TurnOne, row.From)
		if row.To > row.From {
			f.Title = say(catalog.TurnSeveral, num.Of(row.From).Grouped(), num.Of(row.To).Grouped())
			f.Formula = s.repeatFormula([]*count.Row{row})
		}
	case count.FormBranch:
		f.Editable = true
		f.Chips = s.chips(row.Node.(*arch.Branch).Join, 2)
		f.Formula = s.joinFormula(row)
		f.Compute = pieces(count.Compute(row.MACs, s.Prefs.Style()))
		f.Class = s.className(kind)
		if label := reference(row); label != "" {
			f.Tag = "@" + label
		}
	case count.FormPath:
		f.Kind = "path"
		s.pathFacts(f, row)
	}
	f.Quiet = s.Prefs.Style().Params(row.Counts).IsZero() && row.Counts.MACs.IsZero()
	s.values(f, row)
	if h := row.Node.Head(); f.Editable {
		f.Labelled, f.Users, f.Origin = h.Label != "", row.Users, h.Origin
		if f.Labelled || (kind != nil && (kind.Learns || kind.Group == layer.GroupPool || kind.Joins())) {
			f.Name = row.Name
		}
	}
	for i, p := range noted(row) {
		f.Problems = append(f.Problems, s.problem(p, i))
	}
	return f
}

// noted are a row's problems, and after them what is worth knowing.
func noted(row *count.Row) []*diag.Diag {
	if len(row.Remarks) == 0 {
		return row.Problems
	}
	return slices.Concat(row.Problems, row.Remarks)
}

func (s State) leafFacts(f *Facts, row *count.Row) {
	leaf := row.Node.(*arch.Leaf)
	dims := 2
	if len(row.In) > 0 && len(row.In[0]) > 1 {
		dims = len(row.In[0]) - 1
	}
	if len(row.In) > 0 && row.In[0].Timed() && row.Kind() == layer.ConvLSTMKind.Kind() {
		dims-- // it slides over the pictures of a film
	}
	f.Chips, f.Frozen = s.chips(leaf.Layer, dims), leaf.Frozen
	if layer.InputKind.Is(leaf.Layer) {
		c := &f.Chips[0]
		c.Value = s.shown(row.ID, c.Field, c.Value)
		c.Text = strings.ReplaceAll(c.Value, "x", "×")
	}
	if kind := row.Kind(); kind.Learns {
		f.Chips = append(f.Chips, s.sharesChip(leaf.Shares))
	}
	f.Class = s.className(row.Kind())
	f.Formula = pieces(s.formula(row))
	f.Compute = pieces(count.Compute(row.MACs, s.Prefs.Style()))
	if w := row.Receptive; w != nil && row.Kind().Group != layer.GroupInput && (literal(f.Group) || f.Group == layer.GroupPool) {
		f.Field = s.fieldText(w)
	}
}

func (s State) pathFacts(f *Facts, row *count.Row) {
	n := 0
	if b, ok := row.Node.(*arch.Branch); ok {
		for i, p := range b.Paths {
			if p.ID == row.ID {
				n = i + 1
				if p.From != "" {
					f.Doc = s.Prefs.Lang.In(catalog.PathFrom, p.From)
				}
			}
		}
	}
	f.Title = s.Prefs.Lang.In(catalog.PathTitle, n)
	if len(row.Children) == 0 && f.Doc == "" {
		f.Doc = s.Prefs.Lang.In(catalog.PathIdentity)
	}
}

// formula writes the parameters of a row: its own or, if all are shared, those of
// the layer that owns them; the value names where they are counted.
func (s State) formula(row *count.Row) []count.Token {
	if row.SharesAll() {
		return count.Formula(row.Weights, s.Prefs.Style())
	}
	return s.Doc.Report.Formula(row, s.Prefs.Style())
}

// values sets the numbers after the formula.
func (s State) values(f *Facts, row *count.Row) {
	c := row.Counts
	parts := s.Prefs.Style().Of(c)
	params := parts.Params
	if row.SharesWith != 0 && params.IsZero() && len(row.Weights) > 0 {
		f.Value = s.Prefs.Lang.In(catalog.CountedAt, s.Doc.Report.Name(row.SharesWith))
	} else if !params.IsZero() || c.ParamsAtLeast {
		f.Value = atLeast(c.ParamsAtLeast) + params.Grouped()
		if params.IsZero() {
			f.Value = s.Prefs.Lang.In(catalog.NotCounted)
		}
	}
	if !c.MACs.IsZero() || c.MACsAtLeast {
		f.MACs = atLeast(c.MACsAtLeast) + c.MACs.Grouped()
		if c.MACs.IsZero() {
			f.MACs = s.Prefs.Lang.In(catalog.NotCounted)
		}
	}
	if row.Form == count.FormLeaf && !parts.Buffers().IsZero() {
		f.Buffers = s.Prefs.Lang.In(catalog.RowBuffers, buffers(parts))
	}
}

// buffers writes statistics and counters apart: 53,120 + 53.
func buffers(p count.Parts) string {
	switch {
	case p.Counters.IsZero():
		return p.Stats.Grouped()
	case p.Stats.IsZero():
		return p.Counters.Grouped()
	}
	return p.Stats.Grouped() + " + " + p.Counters.Grouped()
}

func pieces(tokens []count.Token) []Piece {
	if len(tokens) == 0 {
		return nil
	}
	p := make([]Piece, len(tokens))
	for i, t := range tokens {
		p[i] = Piece{Text: t.Text, Role: t.Role, Num: t.Factor != nil}
	}
	return p
}

// repeatFormula writes a repeat as n × (one repetition), summed over those that
// differ.
func (s State) repeatFormula(groups []*count.Row) []Piece {
	var terms []string
	for _, g := range groups {
		one := s.Prefs.Style().Params(count.Sum(g.Children))
		if one.IsZero() {
			continue
		}
		term := one.Grouped()
		if n := g.Turns(); n > 1 {
			term = num.Of(n).Grouped() + " × " + term
		}
		terms = append(terms, term)
	}
	if len(groups) == 1 && groups[0].Turns() == 1 {
		return nil
	}
	return sumPieces(terms)
}

// joinFormula writes what a join learns itself, and then the sums of its paths.
func (s State) joinFormula(row *count.Row) []Piece {
	own := pieces(s.formula(row))
	paths := s.pathSums(row.Children)
	switch {
	case len(own) == 0 && len(paths) < 2:
		return nil
	case len(own) > 0 && len(paths) > 0:
		own = append(own, Piece{Text: " + "})
	}
	return append(own, sumPieces(paths)...)
}

func (s State) pathSums(paths []*count.Row) []string {
	var terms []string
	for _, p := range paths {
		if n := s.Prefs.Style().Params(p.Counts); !n.IsZero() {
			terms = append(terms, n.Grouped())
		}
	}
	return terms
}

// mostTerms is how many terms of a block's sum are written out.
const mostTerms = 5

func sumPieces(terms []string) []Piece {
	if len(terms) > mostTerms {
		terms = append(append(append([]string(nil), terms[:mostTerms-2]...), "…"), terms[len(terms)-1])
	}
	if len(terms) == 0 {
		return nil
	}
	return []Piece{{Text: strings.Join(terms, " + ")}}
}

func (s State) shapes(in []tensor.Shape) string {
	if len(in) != 1 {
		return ""
	}
	return in[0].In(s.Prefs.Layout)
}

// exact writes a shape for scripts: 96x55x55.
func exact(shape tensor.Shape) string { return strings.ReplaceAll(shape.String(), "×", "x") }

func (s State) fieldText(f *count.ReceptiveField) string {
	if f.Whole {
		return s.Prefs.Lang.In(catalog.SeesAll)
	}
	return s.Prefs.Lang.In(catalog.Sees, fieldSize(f))
}

func fieldSize(f *count.ReceptiveField) string {
	sides := make([]string, f.Dims)
	for i := range sides {
		sides[i] = strconv.FormatInt(f.Size[i], 10)
	}
	return strings.Join(sides, "×")
}

func (s State) problem(d *diag.Diag, index int) Problem {
	p := Problem{
		Severity: d.Severity, Text: d.Say.In(s.Prefs.Lang), Index: index,
	}
	for _, fix := range d.Fixes {
		p.Fixes = append(p.Fixes, fix.Label().In(s.Prefs.Lang))
	}
	return p
}

// className is what the framework calls the layer that the page counts by.
func (s State) className(k *layer.Kind) string {
	switch {
	case s.Prefs.Keras && k.Keras != "":
		return "keras.layers." + k.Keras
	case !s.Prefs.Keras && k.Torch != "":
		return "torch.nn." + k.Torch
	}
	return ""
}

func (s State) sharesChip(label string) Chip {
	c := Chip{Field: SharesField, Label: s.Prefs.Lang.In(catalog.FieldName(SharesField)),
		Doc: s.Prefs.Lang.In(catalog.FieldDoc(SharesField)), Value: label, Default: label == "",
		Text: s.Prefs.Lang.In(catalog.OwnWeights)}
	if label != "" {
		c.Text = s.Prefs.Lang.In(catalog.WeightsOf, "@"+label)
	}
	return c
}

func (s State) sharedChip(r *arch.Repeat) Chip {
	key := catalog.OwnWeights
	if r.Shared {
		key = catalog.SharedWeights
	}
	return Chip{Field: SharedField, Label: s.Prefs.Lang.In(catalog.FieldName(SharedField)),
		Doc: s.Prefs.Lang.In(catalog.FieldDoc(SharedField)), Text: s.Prefs.Lang.In(key),
		Switch: true, On: r.Shared, Default: !r.Shared}
}

func (s State) timesChip(r *arch.Repeat) Chip {
	value := strconv.FormatInt(r.Times, 10)
	return Chip{Field: TimesField, Label: s.Prefs.Lang.In(catalog.FieldName(TimesField)),
		Doc: s.Prefs.Lang.In(catalog.FieldDoc(TimesField)), Text: "× " + num.Of(r.Times).Grouped(), Value: value}
}

// chips lists a layer's hyper-parameters.
func (s State) chips(l layer.Layer, dims int) []Chip {
	k := l.Kind()
	chips := make([]Chip, 0, len(k.Fields))
	for i := range k.Fields {
		f := &k.Fields[i]
		c := Chip{
			Field: f.Name, Label: s.Prefs.Lang.In(f.Label()), Doc: s.Prefs.Lang.In(f.Doc()),
			Value: f.Text(l), Role: f.Role, Default: !f.IsShown(l),
			Switch: f.IsSwitch(), Choices: f.Choices(k),
		}
		c.On = c.Switch && c.Value == "on"
		c.Text = f.Say(l, dims, s.Prefs.Lang, false)
		chips = append(chips, c)
	}
	return chips
}
