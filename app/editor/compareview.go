package editor

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/picture"
)

// A CompareView is what there is to draw of a comparison, in the reader's language.
type CompareView struct {
	Said   string // the difference in a sentence
	Totals []CompareTotal
	Causes []Cause
	Others string // what the causes that are not listed come to
	Lines  []CompareLine
	Hidden int // lines that are not drawn
	Scenes [2]CompareScene
	Coarse bool
}

// A CompareScene is the drawing of one network.
type CompareScene struct {
	SVG     string
	Permill int // its width, of that of the wider one
}

// A CompareTotal is one number of both networks.
type CompareTotal struct{ Label, A, B, Difference, Factor string }

// A Cause is a row, or a block with all that is in it, that adds to the difference.
type Cause struct {
	Line       int // of the row
	Mark       compare.Mark
	Name       string
	Difference string
	Share      string // of all that was added and removed
	Permill    int
	amount     float64
}

// A CompareLine is a row of the comparison, or a run of equal rows.
type CompareLine struct {
	Number     int    // of the row, or of the first of the run
	Run        string // how many equal rows it represents; "" for a row
	Mark       compare.Mark
	Depth      int
	Group      layer.Group
	A, B       *CompareSide
	Difference string
	Inside     int  // rows in a block that folds
	Folds      bool // it can be opened or closed: a run, or a block that is in one network only
	Open       bool
}

// A CompareSide is a row of one network.
type CompareSide struct {
	Kind     string
	KindLit  bool   // it has another kind
	Name     string // its label, "" if it has none
	Options  []ComparePiece
	Formula  []ComparePiece
	Value    string // the parameters, "" for none
	Times    string // that the formula counts; "" for once
	TimesLit bool
	Out      string
}

// A ComparePiece is a piece of text, lit where both networks differ in it.
type ComparePiece struct {
	Text string
	Role layer.Role
	Lit  bool
}

// What is shown at first.
const (
	fewCauses   = 8
	fewLines    = 300
	leastRun    = 3
	comparedMax = 1000 // wide, of a picture
)

// compareView makes what there is to draw of a comparison.
func (s State) compareView(c *Comparison) *CompareView {
	v := &CompareView{Coarse: c.Result.Coarse}
	m := compareMaker{s, c, s.Prefs.Style(), nil}
	c.Result.Walk(func(row *compare.Row, depth int) { m.rows = append(m.rows, numbered{row, depth}) })
	v.Totals, v.Said = m.totals()
	v.Causes, v.Others = m.causes()
	v.Lines = m.lines()
	if !c.More && len(v.Lines) > fewLines {
		v.Hidden = len(v.Lines) - fewLines
		v.Lines = v.Lines[:fewLines]
	}
	if c.View != nil && c.View.Scenes[0].SVG != "" {
		v.Scenes = c.View.Scenes
	} else {
		v.Scenes = m.scenes()
	}
	return v
}

// A compareMaker makes a CompareView.
type compareMaker struct {
	s     State
	c     *Comparison
	style count.Style
	rows  []numbered
}

// A numbered is a row of the result with its depth; its place is its number.
type numbered struct {
	*compare.Row
	depth int
}

// scenes draws both networks on one scale.
func (m *compareMaker) scenes() [2]CompareScene {
	opt := m.s.DiagramOptions()
	opt.Open, opt.Width, opt.Name = nil, comparedMax, m.c.Names[0]
	other := opt
	other.Name = m.c.Names[1]
	a, b := picture.Pair(m.c.Result.A.Report, m.c.Result.B.Report, opt, other)
	out := picture.Output{Titles: true, Colours: true, White: true}
	most := max(a.Width, b.Width)
	scene := func(s *picture.Scene) CompareScene { return CompareScene{picture.SVG(s, out), permill(s.Width / most)} }
	return [2]CompareScene{scene(a), scene(b)}
}

// totals lists the numbers of the whole, and says the first in a sentence.
func (m *compareMaker) totals() (list []CompareTotal, said string) {
	r := m.c.Result
	a, b := r.A.Report.Totals.Counts, r.B.Report.Totals.Counts
	of, to := m.style.Of(a), m.style.Of(b)
	add := func(label catalog.Key, p compare.Pair) {
		list = append(list, CompareTotal{m.s.Words(label), atLeast(p.AtLeastA) + p.A.Grouped(),
			atLeast(p.AtLeastB) + p.B.Grouped(), m.difference(p), factor(p)})
	}
	pair := func(x, y num.Int) compare.Pair {
		return compare.Pair{A: x, B: y, AtLeastA: a.ParamsAtLeast, AtLeastB: b.ParamsAtLeast}
	}
	params := pair(of.Params, to.Params)
	add(catalog.UIParameters, params)
	add(catalog.UIWeights, pair(of.Weights, to.Weights))
	add(catalog.UIBiasCount, pair(of.Biases, to.Biases))
	add(catalog.UIBuffers, pair(of.Buffers(), to.Buffers()))
	add(catalog.UIMACs, compare.MACs(a, b))
	add(catalog.ComparePeak, r.Peak())
	return list, m.sentence(params)
}

func (m *compareMaker) sentence(p compare.Pair) string {
	first, second := m.c.Names[0], m.c.Names[1]
	switch d := p.Difference(); {
	case p.AtLeast():
		return m.s.Words(catalog.CompareUnknown)
	case d.IsZero():
		return m.s.Words(catalog.CompareEqual, p.A.Grouped())
	case d.Cmp(num.Int{}) < 0:
		return m.s.Words(catalog.CompareFewerParams, first, second, p.A.Sub(p.B).Grouped())
	default:
		return m.s.Words(catalog.CompareMoreParams, first, second, d.Grouped())
	}
}

// difference writes b − a with its sign; of lower bounds, what is known of it.
func (m *compareMaker) difference(p compare.Pair) string {
	text := signed(p.Difference())
	switch {
	case p.AtLeastA && p.AtLeastB:
		return m.s.Words(catalog.CompareKnown, text)
	case p.AtLeastB:
		return "≥ " + text
	case p.AtLeastA:
		return "≤ " + text
	}
	return text
}

// signed writes a number with its sign, 0 without.
func signed(n num.Int) string {
	switch n.Cmp(num.Int{}) {
	case 1:
		return "+" + n.Grouped()
	case -1:
		return "−" + num.Int{}.Sub(n).Grouped()
	}
	return "0"
}

// factor writes b / a, with more digits where it is nearly 1; "" where there is none.
func factor(p compare.Pair) string {
	f := p.Factor()
	switch {
	case p.A.IsZero() || p.AtLeast():
		return ""
	case p.Difference().IsZero():
		return "× 1"
	case f >= 1000:
		return "× " + num.Of(int64(f+0.5)).Grouped()
	case f > 0.99 && f < 1.01:
		return "× " + strconv.FormatFloat(f, 'f', 4, 64)
	case f >= 100:
		return "× " + strconv.FormatFloat(f, 'f', 0, 64)
	case f >= 0.001:
		return "× " + strconv.FormatFloat(f, 'g', 3, 64)
	}
	return "× 1 / " + num.Of(int64(1/max(f, 1e-18)+0.5)).Grouped()
}

// number is what rows are ranked by.
func (m *compareMaker) number(a, b count.Counts) compare.Pair {
	if m.c.ByMACs {
		return compare.MACs(a, b)
	}
	return compare.Params(a, b, m.style)
}

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
			all[len(all)-1].Difference = signed(d)
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
		others = m.s.Words(catalog.CompareOthers, more, signed(rest))
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

// title names a row in a list: what it is on both sides or, where that is the same, the
// numbers of the formula that what comes before has changed.
func (m *compareMaker) title(row *compare.Row) string {
	r := m.c.Result
	a, b := m.caption(r.A, row.A), m.caption(r.B, row.B)
	switch {
	case row.A == nil:
		return b
	case row.B == nil:
		return a
	case row.Edited():
		return a + " → " + b
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
	if len(seen) == 0 {
		return a
	}
	return a + " (" + strings.Join(seen, ", ") + ")"
}

// caption is a row of one network in a line.
func (m *compareMaker) caption(of compare.Stack, side *compare.Side) string {
	if side == nil {
		return ""
	}
	v := m.side(of, side, nil)
	parts := []string{v.Kind}
	for _, o := range v.Options {
		parts = append(parts, o.Text)
	}
	text := strings.Join(parts, " ")
	if v.Name != "" {
		return v.Name + ": " + text
	}
	return text
}
