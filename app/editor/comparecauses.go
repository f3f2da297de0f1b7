package editor

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/num"
)

// causes ranks what adds to the difference. Their differences add up to that of the
// totals.
func (m *compareMaker) causes() (list []Cause, others string) {
	var all []Cause
	var differences []num.Int
	whole := 0.0
	for n := 0; n < len(m.rows); n++ {
		row := m.rows[n]
		a, b := row.A.Counts(), row.B.Counts()
		inside := m.inside(n)
		if inside > 0 && m.together(n) {
			a, b = row.All()
		} else {
			inside = 0
		}
		if d := m.number(a, b).Difference(); !d.IsZero() {
			amount := max(d.Float(), -d.Float())
			whole += amount
			all = append(all, Cause{Line: n, Mark: row.Mark, Name: m.title(row.Row), amount: amount})
			differences = append(differences, d)
			all[len(all)-1].Difference = d.Signed()
		}
		n += inside
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case all[i].amount > all[j].amount:
			return -1
		case all[i].amount < all[j].amount:
			return 1
		}
		return 0
	})
	rest := num.Int{}
	for k, i := range order {
		if k >= fewCauses {
			rest = rest.Add(differences[i])
			continue
		}
		c := all[i]
		c.Share, c.Permill = num.Percent(c.amount/whole), permill(c.amount/whole)
		list = append(list, c)
	}
	if more := len(order) - len(list); more > 0 {
		others = m.s.Words(catalog.CompareOthers, more, rest.Signed())
	}
	return list, others
}

// inside returns how many rows are in a row.
func (m *compareMaker) inside(n int) int {
	k := n + 1
	for k < len(m.rows) && m.rows[k].depth > m.rows[n].depth {
		k++
	}
	return k - n - 1
}

// together reports whether a block is one cause: it is in one network only, with all
// that is in it, or it differs in its own words alone, such as how often it runs.
func (m *compareMaker) together(n int) bool {
	row := m.rows[n]
	for _, in := range m.rows[n+1 : n+1+m.inside(n)] {
		if row.alone() {
			if in.Mark != row.Mark {
				return false
			}
		} else if in.alone() || in.Edited() {
			return false
		}
	}
	return row.alone() || row.Edited()
}

// title names a row in a list: what it is, and what of that changed or, where nothing did,
// the numbers of the formula that what comes before has changed.
func (m *compareMaker) title(row *compare.Row) string {
	r := m.c.Result
	switch {
	case row.A == nil:
		return m.caption(r.B, row.B)
	case row.B == nil:
		return m.caption(r.A, row.A)
	case row.Edited():
		return m.becomes(row)
	}
	var seen []string
	for _, f := range r.Factors(row, m.style) {
		if step := f.A + " → " + f.B; f.A != "" && f.B != "" && !slices.Contains(seen, step) {
			seen = append(seen, step)
		}
	}
	if !row.A.Times.Equal(row.B.Times) {
		seen = append(seen, "× "+row.A.Times.Grouped()+" → × "+row.B.Times.Grouped())
	}
	if in := m.entering(row); in != nil {
		seen = append(seen, in[0]+" → "+in[1])
	}
	a := m.caption(r.A, row.A)
	if len(seen) == 0 {
		return a
	}
	return a + " (" + strings.Join(seen, ", ") + ")"
}

// becomes names a row of both networks, each option that changed as it was and as it is.
func (m *compareMaker) becomes(row *compare.Row) string {
	r := m.c.Result
	a, b := m.side(r.A, row.A, row), m.side(r.B, row.B, row)
	if a.KindLit || len(a.Options) != len(b.Options) || a.Name != b.Name {
		return m.caption(r.A, row.A) + " → " + m.caption(r.B, row.B)
	}
	for i := range a.Options {
		if to := b.Options[i].Text; to != a.Options[i].Text {
			a.Options[i].Text += " → " + to
		}
	}
	return a.caption()
}

// caption is a row of one network in a line.
func (m *compareMaker) caption(of compare.Stack, side *compare.Side) string {
	return m.side(of, side, nil).caption()
}

func (v *CompareSide) caption() string {
	text := v.Kind
	for _, o := range v.Options {
		text += " " + o.Text
	}
	if v.Name != "" {
		return v.Name + ": " + text
	}
	return text
}
