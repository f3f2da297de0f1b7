package doc

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/derive"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/target"
)

// The derivation: every step of the count in words and numbers, for homework and
// handouts. Equal repetitions are described once.
var (
	DerivationMarkdown = target.Writer{ID: "derivation-markdown", Label: catalog.ExportDeriveMarkdown, Ext: ".md", Prose: true,
		Write: func(n *target.Network) (string, []*diag.Diag) { return derivationOf(n, &markdownWriter{}), nil }}
	DerivationLaTeX = target.Writer{ID: "derivation-latex", Label: catalog.ExportDeriveLaTeX, Ext: ".tex", Prose: true,
		Write: func(n *target.Network) (string, []*diag.Diag) { return derivationOf(n, &latexWriter{}), nil }}
)

// A derivation is one being written.
type derivation struct {
	*target.Network
	w        docWriter
	sum      count.Counts         // of the layers written so far
	terms    []num.Int            // the parameters of each layer that has some, times its repetitions
	rules    map[string]bool      // the rules written with letters
	docs     map[*layer.Kind]bool // the kinds that were explained
	explain  *derive.Explainer
	reasoned map[catalog.Key]bool // the reasons that were given
	maps     string               // the first dense layer that reads a map laid in a row
}

func derivationOf(n *target.Network, p docWriter) string {
	d := &derivation{Network: n, w: p, rules: map[string]bool{}, docs: map[*layer.Kind]bool{},
		explain: derive.New(n.Report, n.Style), reasoned: map[catalog.Key]bool{}}
	title := n.Model.Name
	if title == "" {
		title = n.Lang.In(catalog.ExportUntitled)
	}
	p.heading(1, n.Lang.In(catalog.DeriveTitle, title))
	remarks := remarks(n)
	trained := len(remarks) - 2
	p.para(words(strings.Join(slices.Delete(slices.Clone(remarks), trained, trained+1), " ")))
	d.legend()
	d.rows(n.Report.Rows, "", 2, num.Of(1))
	d.sums(remarks[trained])
	d.remarks()
	d.lessons()
	return p.close()
}

// say returns a sentence of the catalogue.
func (d *derivation) say(key catalog.Key, args ...any) string { return d.Lang.In(key, args...) }

// steps are those of a row that could be built.
func steps(row *count.Row) []layer.Step {
	if row.Broken() || row.Out == nil {
		return nil
	}
	switch n := row.Node.(type) {
	case *arch.Leaf:
		return layer.Steps(n.Layer, row.In)
	case *arch.Branch:
		if row.Form == count.FormBranch {
			return layer.Steps(n.Join, row.In)
		}
	}
	return nil
}

// rows writes statements in order. from names the input of the first; the result
// names the output of the last.
func (d *derivation) rows(rows []*count.Row, from string, level int, times num.Int) string {
	for _, row := range rows {
		switch row.Form {
		case count.FormLeaf:
			d.layer(row, row.Counts, from, level, times)
		case count.FormRepeat:
			d.repeat(row, from, level, times)
		case count.FormBranch:
			d.branch(row, from, level, times)
		}
		from = row.Name
	}
	return from
}

// repeat writes the repetitions of a repeat, those that are equal once.
func (d *derivation) repeat(row *count.Row, from string, level int, times num.Int) {
	n := row.Node.(*arch.Repeat)
	head := row.Name
	if n.Times > 1 {
		head += " × " + num.Of(n.Times).Grouped()
	}
	d.w.heading(level, head)
	if m, ok := derive.Repeats(n, row); ok {
		d.w.para(words(m.In(d.Lang)))
	}
	d.problems(row, d.w.para)
	for _, turn := range row.Children {
		inner := level + 1
		if len(row.Children) > 1 {
			d.w.heading(inner, d.turn(turn))
			inner++
		}
		last := d.rows(turn.Children, from, inner, times.Times(turn.Turns()))
		if len(turn.Children) > 0 {
			from = last
		}
	}
}

// turn names repetitions as the page does.
func (d *derivation) turn(row *count.Row) string {
	if row.To > row.From {
		return d.say(catalog.TurnSeveral, num.Of(row.From).Grouped(), num.Of(row.To).Grouped())
	}
	return d.say(catalog.TurnOne, row.From)
}

// branch writes the paths of a branch, then its join.
func (d *derivation) branch(row *count.Row, from string, level int, times num.Int) {
	n := row.Node.(*arch.Branch)
	d.w.heading(level, row.Name)
	var enters tensor.Shape // what the paths without a label receive
	for i, path := range row.Children {
		if n.Paths[i].From == "" {
			enters = path.In[0]
		}
	}
	if from != "" && enters != nil {
		line := []piece{words(d.say(catalog.DerivePaths, len(n.Paths), from) + " ")}
		d.w.para(append(line, d.shape(enters)...)...)
	}
	for i, path := range row.Children {
		name, source := d.say(catalog.PathTitle, i+1), from
		said := ""
		if label := n.Paths[i].From; label != "" {
			source, said = label, d.say(catalog.PathFrom, label)
		} else if len(path.Children) == 0 {
			said = d.say(catalog.PathIdentity)
		}
		if len(path.Children) == 0 {
			d.w.para(strong(name), words(": "+said+"."))
		} else {
			if said != "" {
				name += ": " + said
			}
			d.w.heading(level+1, name)
		}
		d.problems(path, d.w.para)
		d.rows(path.Children, source, level+2, times)
	}
	d.w.heading(level+1, d.say(catalog.DeriveJoin, row.Name))
	d.layer(row, row.Own, "", level+2, times)
}

// shape writes a shape as mathematics, or that it is unknown.
func (d *derivation) shape(s tensor.Shape) []piece {
	if s == nil {
		return []piece{words(d.say(catalog.DeriveUnknown))}
	}
	return []piece{maths(d.Network.Shape(s))}
}

// settings are the layer's kind and its hyper-parameters in words.
func (d *derivation) settings(row *count.Row) string {
	var l layer.Layer
	switch n := row.Node.(type) {
	case *arch.Leaf:
		l = n.Layer
	case *arch.Branch:
		l = n.Join
	}
	dims := 2
	if len(row.In) > 0 && len(row.In[0]) > 1 {
		dims = len(row.In[0]) - 1
	}
	k := l.Kind()
	var said []string
	for i := range k.Fields {
		if f := &k.Fields[i]; f.IsShown(l) && k.Takes != layer.TakesNone {
			said = append(said, f.Say(l, dims, d.Lang, true))
		}
	}
	if len(said) == 0 {
		return k.Name
	}
	return k.Name + ", " + strings.Join(said, ", ")
}

// layer writes one layer: a section if it has something to count, else a line.
func (d *derivation) layer(row *count.Row, own count.Counts, from string, level int, times num.Int) {
	quiet := len(row.Weights) == 0 && !own.ParamsAtLeast && row.SharesWith == 0 && !troubled(row)
	if quiet {
		d.quiet(row, own, times)
	} else {
		d.section(row, own, from, level, times)
	}
	d.sum = d.sum.Plus(own, times)
	if shown := d.Style.Params(own).Mul(times); !shown.IsZero() {
		d.terms = append(d.terms, shown)
	}
	if !quiet {
		d.w.item(1, words(d.say(catalog.DeriveSoFar)+" "+d.counts(d.sum)))
	}
}

// troubled reports whether a row has errors or warnings.
func troubled(row *count.Row) bool {
	return slices.ContainsFunc(row.Problems, func(p *diag.Diag) bool { return p.Severity != diag.Note })
}

func (d *derivation) counts(c count.Counts) string {
	return d.say(catalog.DeriveCounts, target.Amount(d.Style.Params(c), c.ParamsAtLeast, num.Int.Grouped, "0"),
		target.Amount(c.MACs, c.MACsAtLeast, num.Int.Grouped, "0"))
}

// quiet writes one line for a layer without parameters.
func (d *derivation) quiet(row *count.Row, own count.Counts, times num.Int) {
	kind := row.Kind()
	line := []piece{strong(row.Name)}
	if said := d.settings(row); said != kind.Name || !strings.HasPrefix(row.Name, said) {
		line = append(line, words(" ("+said+")"))
	}
	line = append(line, words(": "))
	rules := steps(row)
	switch {
	case kind.Takes == layer.TakesNone:
		line = append(append(line, words(d.say(catalog.DeriveEnters)+" ")), d.shape(row.Out)...)
	case len(row.In) == 1 && row.In[0].Equal(row.Out):
		line = append(append(line, d.shape(row.Out)...), words(", "+d.say(catalog.DeriveStays)))
	default:
		for i, in := range row.In {
			if i > 0 {
				line = append(line, words(", "))
			}
			line = append(line, d.shape(in)...)
		}
		line = append(append(line, maths(" → ")), d.shape(row.Out)...)
	}
	before := " ("
	for _, s := range d.steps(rules, row.Out) {
		line = append(append(line, words(before)), s...)
		before = ", "
	}
	if len(rules) > 0 {
		line = append(line, words(")"))
	}
	if value, ok := row.MACs.Value(); ok && len(row.MACs) > 0 {
		formula := count.Text(count.Compute(row.MACs, d.Style))
		line = append(line, words(", "+d.say(catalog.DeriveMACs)+" "), maths(formula+" = "+value.Grouped()))
		line = append(line, d.turns(times, value)...)
	}
	if own.MACsAtLeast {
		line = append(line, words(", "+d.say(catalog.DeriveMACs)+" "+d.say(catalog.NotCounted)))
	}
	if kind.Takes != layer.TakesNone {
		line = append(line, words(", "+d.say(catalog.DeriveNothing)))
	}
	line = append(line, words("."))
	if len(rules) == 0 && !row.Out.Equal(target.First(row.In)) && kind.Takes != layer.TakesNone {
		line = append(line, words(d.doc(kind)))
	}
	d.problems(row, func(said ...piece) { line = append(append(line, words(" ")), said...) })
	d.w.para(line...)
}

// doc explains a kind where it first occurs.
func (d *derivation) doc(k *layer.Kind) string {
	if d.docs[k] {
		return ""
	}
	d.docs[k] = true
	return " " + d.say(catalog.KindDoc(k.Name))
}

// turns multiplies a value of one repetition by the number of equal ones.
func (d *derivation) turns(times, value num.Int) []piece {
	if times.Equal(num.Of(1)) || value.IsZero() {
		return nil
	}
	return []piece{words(", " + d.say(catalog.DeriveTurns, times.Grouped()) + " "),
		maths(times.String() + "·" + value.Grouped() + " = " + value.Mul(times).Grouped())}
}

// steps shows how the extents of an output are computed: the rule with letters
// where it is new, and with numbers. Sides with the same numbers are written once.
func (d *derivation) steps(steps []layer.Step, out tensor.Shape) [][]piece {
	var lines [][]piece
	for i := 0; i < len(steps); i++ {
		s := &steps[i]
		names, numbers := []any{s.Name(out)}, written(&s.Expr, false, plainSigns)
		for ; i+1 < len(steps) && derive.IsAxis(s.Name(out)) && written(&steps[i+1].Expr, false, plainSigns) == numbers &&
			steps[i+1].Says.In(d.Lang) == s.Says.In(d.Lang); i++ {
			names = append(names, steps[i+1].Name(out))
		}
		var line []piece
		if len(out) > 1 {
			line = append(line, words(derive.List(names).In(d.Lang)+": "))
		}
		if rule := written(&s.Expr, true, plainSigns); rule != numbers && !d.rules[rule] {
			d.rules[rule] = true
			line = append(line, lettered(&s.Expr), maths(" = "))
		}
		value := s.Expr.Value()
		line = append(line, filled(&s.Expr), maths(" = "+value.Grouped()))
		if s.Says.Key != "" {
			line = append(line, words(", "+s.Says.In(d.Lang)))
		}
		lines = append(lines, line)
	}
	return lines
}
