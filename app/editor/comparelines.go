package editor

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// lines lists the rows, equal ones in runs and blocks of one network folded.
func (m *compareMaker) lines() []CompareLine {
	var list []CompareLine
	for n := 0; n < len(m.rows); {
		run := m.run(n)
		if run >= leastRun {
			open := m.c.Flipped[n]
			list = append(list, CompareLine{Number: n, Run: m.s.Words(catalog.CompareRun, run), Depth: m.rows[n].depth,
				Folds: true, Open: open, Group: layer.GroupOther})
			if !open {
				n += run
				continue
			}
			for range run {
				list = append(list, m.line(n))
				n++
			}
			continue
		}
		l := m.line(n)
		row := m.rows[n]
		if inside := m.inside(n); inside > 1 && row.alone() && m.together(n) {
			l.Folds, l.Open, l.Inside = true, m.c.Flipped[n], inside
			list = append(list, l)
			if n++; !l.Open {
				n += inside
			}
			continue
		}
		list = append(list, l)
		n++
	}
	return list
}

// run returns how many rows from n on are equal, but perhaps for labels and comments.
func (m *compareMaker) run(n int) int {
	k := n
	for k < len(m.rows) {
		row := m.rows[k]
		if row.Mark != compare.Same && (row.Mark != compare.Changed || row.Edited() || len(row.Changes) == 0) {
			break
		}
		k++
	}
	return k - n
}

func (m *compareMaker) line(n int) CompareLine {
	row := m.rows[n]
	l := CompareLine{Number: n, Mark: row.Mark, Depth: row.depth, Group: layer.GroupJoin}
	if kind := row.Kind(); kind != nil {
		l.Group = kind.Group
	}
	if row.A != nil {
		l.A = m.side(m.c.Result.A, row.A, row.Row)
	}
	if row.B != nil {
		l.B = m.side(m.c.Result.B, row.B, row.Row)
	}
	m.enters(&l, row.Row)
	a, b := m.c.Result.Formulas(row.Row, m.style)
	m.formula(l.A, row.A, a)
	m.formula(l.B, row.B, b)
	if l.A != nil && l.B != nil && l.A.Times != l.B.Times {
		l.A.TimesLit, l.B.TimesLit = true, true
	}
	x, y := row.All()
	if row.Form != count.FormLeaf { // a block has the sum of what is in it
		m.whole(l.A, x)
		m.whole(l.B, y)
	}
	if p := m.number(x, y); !p.Difference().IsZero() || p.AtLeast() {
		l.Difference = m.difference(p)
	}
	return l
}

// side writes one side of a row; row, if not nil, has what is lit in it.
func (m *compareMaker) side(of compare.Stack, side *compare.Side, row *compare.Row) *CompareSide {
	say := m.s.Prefs.Lang.In
	v := &CompareSide{}
	lit := func(is func(c *compare.Change) bool) bool {
		return row != nil && slices.ContainsFunc(row.Changes, func(c compare.Change) bool { return is(&c) })
	}
	aspect := func(of compare.Aspect) bool { return lit(func(c *compare.Change) bool { return c.Aspect == of }) }
	word := func(text string, of compare.Aspect) {
		v.Options = append(v.Options, ComparePiece{Text: text, Lit: aspect(of)})
	}
	v.Name = side.Node.Head().Label
	if k := side.Kind(); v.Name == "" && k != nil && (k.Learns || k.Group == layer.GroupPool || k.Joins()) {
		v.Name = of.Report.Name(side.Node.Head().ID)
	}
	if side.Row != nil {
		v.Out = side.Row.Out.In(m.s.Prefs.Layout)
	}
	v.KindLit = aspect(compare.Kind)
	options := func(l layer.Layer) {
		dims := 2
		if side.Row != nil && len(side.Row.In) > 0 && len(side.Row.In[0]) > 1 {
			dims = len(side.Row.In[0]) - 1
		}
		k := l.Kind()
		v.Kind = k.Name
		for i := range k.Fields {
			f := &k.Fields[i]
			changed := lit(func(c *compare.Change) bool { return c.Field == f })
			if f.IsShown(l) || changed {
				text := f.Say(l, dims, m.s.Prefs.Lang, false)
				v.Options = append(v.Options, ComparePiece{Text: text, Role: f.Role, Lit: changed})
			}
		}
	}
	switch n := side.Node.(type) {
	case *arch.Leaf:
		options(n.Layer)
		if n.Frozen {
			word(say(catalog.CompareFrozen), compare.Frozen)
		}
		if n.Shares != "" {
			word("@"+n.Shares, compare.Shares)
		}
	case *arch.Repeat:
		v.Kind = "repeat"
		if n.Of != "" {
			v.Kind = "again"
			word("@"+n.Of, compare.Again)
			break
		}
		word("× "+num.Of(n.Times).Grouped(), compare.Times)
		if n.Shared {
			word(say(catalog.CompareShared), compare.SharedAll)
		}
	case *arch.Branch:
		if side.Path < 0 {
			options(n.Join)
			break
		}
		v.Kind, v.Name = say(catalog.PathTitle, side.Path+1), ""
		if aspect(compare.Place) {
			v.Options = append(v.Options, ComparePiece{Text: say(catalog.CompareMoved), Lit: true})
		}
		if from := side.From(); from != "" {
			word("@"+from, compare.From)
		}
	}
	return v
}

// formula writes the formula of a side, and what it comes to.
func (m *compareMaker) formula(v *CompareSide, side *compare.Side, tokens []compare.Token) {
	if v == nil {
		return
	}
	one := side.Own
	if side.Row != nil && side.Row.Form == count.FormLeaf {
		one = side.Row.Counts
	}
	whole := m.style.Params(side.Own)
	each := m.style.Params(one)
	if !whole.IsZero() || side.Own.ParamsAtLeast {
		v.Value = atLeast(side.Own.ParamsAtLeast) + whole.Grouped()
	}
	// The first repetition's formula is that of all, if all are equal.
	if each.Mul(side.Times).Equal(whole) {
		for _, t := range tokens {
			v.Formula = append(v.Formula, ComparePiece{t.Text, t.Role, t.Differs})
		}
		if side.Times.Cmp(num.Of(1)) > 0 && !whole.IsZero() {
			v.Times = "× " + side.Times.Grouped()
		}
	}
}

// enters writes what enters a row, lit, where nothing else shows why its numbers differ:
// a map of another size changes no number of a formula.
func (m *compareMaker) enters(l *CompareLine, row *compare.Row) {
	if in := m.entering(row); in != nil {
		for i, v := range []*CompareSide{l.A, l.B} {
			v.Options = append(v.Options, ComparePiece{Text: in[i], Lit: true})
		}
	}
}

// entering returns what enters a row on both sides, if only that makes the difference.
func (m *compareMaker) entering(row *compare.Row) []string {
	causes := row.Causes()
	if len(causes) == 0 || causes[0].Aspect != compare.Input || len(m.c.Result.Factors(row, m.style)) > 0 {
		return nil
	}
	shape := func(s *compare.Side) string {
		all := make([]string, len(s.Row.In))
		for i, in := range s.Row.In {
			all[i] = in.In(m.s.Prefs.Layout)
		}
		return m.s.Words(catalog.CompareEnters, strings.Join(all, ", "))
	}
	return []string{shape(row.A), shape(row.B)}
}

// whole sets the value of a block.
func (m *compareMaker) whole(v *CompareSide, all count.Counts) {
	if v == nil {
		return
	}
	v.Value, v.Formula, v.Times = "", nil, ""
	if n := m.style.Params(all); !n.IsZero() || all.ParamsAtLeast {
		v.Value = atLeast(all.ParamsAtLeast) + n.Grouped()
	}
}

// alone reports whether a row is in one of the networks only.
func (n numbered) alone() bool { return n.Mark == compare.Added || n.Mark == compare.Removed }
