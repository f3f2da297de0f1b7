package compare

import (
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A Token is one piece of a formula, and whether the other side has it too.
type Token struct {
	count.Token
	Differs bool   // a number that the formula of the other side does not have at its place
	other   *Token // what the other side has there, nil for nothing
}

// Formulas returns the formulas of a row's sides for one repetition, empty where there
// is none. The numbers in which they differ are marked: of a row that is in both
// networks those alone.
func (r *Result) Formulas(row *Row, style count.Style) (a, b []Token) {
	a, b = tokens(r.A, row.A, style), tokens(r.B, row.B, style)
	if row.A != nil && row.B != nil {
		differ(a, b)
	}
	return a, b
}

func tokens(of Stack, side *Side, style count.Style) []Token {
	if side == nil || side.Row == nil {
		return nil
	}
	formula := of.Report.Formula(side.Row, style)
	all := make([]Token, len(formula))
	for i, t := range formula {
		all[i].Token = t
	}
	return all
}

// mostTokens bounds the numbers of a formula that are aligned: a formula of more has
// no number marked.
const mostTokens = 200

// differ marks the numbers in which two formulas differ: what a shortest edit of one
// into the other changes, where a number may become one of the same role.
func differ(a, b []Token) {
	x, y := numbers(a), numbers(b)
	if len(x) > mostTokens || len(y) > mostTokens {
		return
	}
	costs := make([][]int, len(x)+1)
	for i := range costs {
		costs[i] = make([]int, len(y)+1)
	}
	for i := len(x); i >= 0; i-- {
		for j := len(y); j >= 0; j-- {
			costs[i][j] = least(costs, x, y, i, j)
		}
	}
	for i, j := 0, 0; i < len(x) || j < len(y); {
		switch c := costs[i][j]; {
		case i < len(x) && j < len(y) && c == costs[i+1][j+1]+becomes(x[i], y[j]):
			x[i].Differs = x[i].Text != y[j].Text
			y[j].Differs = x[i].Differs
			x[i].other, y[j].other = y[j], x[i]
			i, j = i+1, j+1
		case i < len(x) && c == costs[i+1][j]+aloneCost:
			x[i].Differs = true
			i++
		default:
			y[j].Differs = true
			j++
		}
	}
}

const aloneCost = 2

// becomes returns what it costs that one number becomes another.
func becomes(x, y *Token) int {
	switch {
	case x.Role != y.Role:
		return 2*aloneCost + 1
	case x.Text == y.Text:
		return 0
	case x.Factor.Field != y.Factor.Field || x.Factor.Axis != y.Factor.Axis:
		return aloneCost + 1
	}
	return 1
}

func least(costs [][]int, x, y []*Token, i, j int) int {
	switch {
	case i == len(x):
		return (len(y) - j) * aloneCost
	case j == len(y):
		return (len(x) - i) * aloneCost
	}
	return min(costs[i+1][j+1]+becomes(x[i], y[j]), costs[i+1][j]+aloneCost, costs[i][j+1]+aloneCost)
}

func numbers(formula []Token) []*Token {
	var all []*Token
	for i := range formula {
		if formula[i].Factor != nil {
			all = append(all, &formula[i])
		}
	}
	return all
}

// A Pair is one number of both networks.
type Pair struct {
	A, B               num.Int
	AtLeastA, AtLeastB bool
}

// Difference returns B − A. Where either number is a lower bound it is the difference
// of what is known.
func (p Pair) Difference() num.Int { return p.B.Sub(p.A) }

// AtLeast reports whether either number is a lower bound.
func (p Pair) AtLeast() bool { return p.AtLeastA || p.AtLeastB }

// Factor returns B / A; 0 where A is 0.
func (p Pair) Factor() float64 { return p.B.Share(p.A) }

// Params returns the parameters of both sides in a style.
func Params(a, b count.Counts, style count.Style) Pair {
	return Pair{style.Params(a), style.Params(b), a.ParamsAtLeast, b.ParamsAtLeast}
}

// MACs returns the multiply-accumulates of both sides.
func MACs(a, b count.Counts) Pair { return Pair{a.MACs, b.MACs, a.MACsAtLeast, b.MACsAtLeast} }

// A Factor is a number of a row's formula that differs, "" where a side has none in
// its place.
type Factor struct {
	Role layer.Role
	A, B string
}

// Factors lists the numbers in which the formulas of a row that is in both networks
// differ, in the order of the first, then of the second.
func (r *Result) Factors(row *Row, style count.Style) []Factor {
	if row.A == nil || row.B == nil {
		return nil
	}
	a, b := r.Formulas(row, style)
	var all []Factor
	for _, t := range numbers(a) {
		if t.Differs {
			f := Factor{Role: t.Role, A: t.Text}
			if t.other != nil {
				f.B = t.other.Text
			}
			all = append(all, f)
		}
	}
	for _, t := range numbers(b) {
		if t.Differs && t.other == nil {
			all = append(all, Factor{Role: t.Role, B: t.Text})
		}
	}
	return all
}
