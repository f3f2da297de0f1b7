package derive

import (
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

// block explains a repeat, a repetition or a path: the sum of what is inside.
func (r *reasoner) block() {
	row := r.row
	switch row.Form {
	case count.FormRepeat:
		r.repeat(row.Node.(*arch.Repeat))
	case count.FormTurn, count.FormPath:
		if sum := r.sum(row.Children, num.Of(row.Turns())); sum != "" {
			r.say(catalog.ReasonSum, sum)
		}
	}
	r.frozenPart()
}

// repeat says how often the contents are counted.
func (r *reasoner) repeat(n *arch.Repeat) {
	if m, ok := Repeats(n, r.row); ok {
		r.all = append(r.all, m)
	}
	if n.Of != "" || n.Shared || r.row.Counts.ParamsAtLeast {
		return
	}
	var terms []string
	for _, turn := range r.row.Children {
		one := r.style.Params(count.Sum(turn.Children))
		term := one.Grouped()
		if times := turn.Turns(); times > 1 {
			term = grouped(times) + "·" + term
		}
		if !one.IsZero() {
			terms = append(terms, term)
		}
	}
	if len(terms) > 1 || n.Times > 1 && len(terms) == 1 {
		r.say(catalog.ReasonSum, strings.Join(short(terms), " + ")+" = "+r.style.Params(r.row.Counts).Grouped())
	}
}

// Repeats returns how a repeat is described; false for a body that is there once.
func Repeats(n *arch.Repeat, row *count.Row) (catalog.Message, bool) {
	times := grouped(n.Times)
	switch {
	case n.Of != "":
		return catalog.Say(catalog.KindDoc("again"), "@"+n.Of), true
	case n.Times <= 1:
		return catalog.Message{}, false
	case n.Shared:
		return catalog.Say(catalog.DeriveRepeatShared, times), true
	case len(row.Children) > 1:
		return catalog.Say(catalog.DeriveRepeatDiffer, times), true
	}
	return catalog.Say(catalog.DeriveRepeat, times), true
}

// paths says what the paths of a branch add up to, beside what the join has itself.
func (r *reasoner) paths() {
	if sum := r.sum(r.row.Children, num.Of(1)); sum != "" {
		r.say(catalog.ReasonPaths, sum)
	}
	r.frozenPart()
}

// sum writes the parameters of rows as a sum, the whole so many times; "" where fewer
// than two have any.
func (r *reasoner) sum(rows []*count.Row, times num.Int) string {
	var terms []string
	var all num.Int
	for _, row := range rows {
		if row.Counts.ParamsAtLeast {
			return ""
		}
		if n := r.style.Params(row.Counts); !n.IsZero() {
			terms, all = append(terms, n.Grouped()), all.Add(n)
		}
	}
	if len(terms) < 2 {
		return ""
	}
	s := strings.Join(short(terms), " + ")
	if !times.Equal(num.Of(1)) {
		s = times.Grouped() + "·(" + s + ")"
	}
	return s + " = " + all.Mul(times).Grouped()
}

// mostTerms is how many terms of a sum are written out.
const mostTerms = 8

func short(terms []string) []string {
	if len(terms) <= mostTerms {
		return terms
	}
	return append(append(append([]string(nil), terms[:mostTerms-2]...), "…"), terms[len(terms)-1])
}

// frozenPart says how much of a block is trained, where a part of it is frozen: beside
// frozen weights a few trained ones, as in LoRA.
func (r *reasoner) frozenPart() {
	p := r.style.Of(r.row.Counts)
	trained := p.Trainable
	frozen := count.Style{Biases: r.style.Biases}.Of(r.row.Counts).Frozen
	if frozen.IsZero() || trained.IsZero() || r.row.Counts.ParamsAtLeast {
		return
	}
	r.say(catalog.ReasonFrozenPart, frozen.Grouped(), trained.Grouped(), num.Percent(trained.Share(p.Params)))
}
