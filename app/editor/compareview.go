package editor

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/picture"
	"paramstack/core/tensor"
)

// A CompareView is what there is to draw of a comparison, in the reader's language.
type CompareView struct {
	Said   string          // the difference in a sentence
	Totals []CompareTotal  // of two
	Table  []CompareFigure // of more than two
	Causes []Cause
	Others string // what the causes that are not listed come to
	Lines  []CompareLine
	Hidden int      // lines that are not drawn
	Scenes []string // the drawing of each as SVG
	Coarse bool
}

// A CompareFigure is one number of each network.
type CompareFigure struct {
	Label string
	Cells []CompareCell
}

// A CompareCell is a number of one network, and how many times that of the first it is.
type CompareCell struct{ Value, Factor string }

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
	if len(c.Nets) > 2 {
		v.Table = m.table()
	}
	v.Causes, v.Others = m.causes()
	v.Lines = m.lines()
	if !c.More && len(v.Lines) > fewLines {
		v.Hidden = len(v.Lines) - fewLines
		v.Lines = v.Lines[:fewLines]
	}
	if c.View != nil {
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

// scenes draws the networks on one scale.
func (m *compareMaker) scenes() []string {
	opt := m.s.DiagramOptions()
	opt.Open, opt.Width = nil, comparedMax
	var reports []*count.Report
	for _, n := range m.c.Nets {
		reports = append(reports, n.Report)
	}
	scenes := picture.Together(reports, m.c.Names, opt)
	out := picture.Output{Titles: true}
	for _, s := range scenes {
		out.Wide = max(out.Wide, s.Width)
	}
	var drawn []string
	for i, s := range scenes {
		out.Prefix = "c" + strconv.Itoa(i) + "-"
		drawn = append(drawn, picture.SVG(s, out))
	}
	return drawn
}

// table lists the numbers of each network, those of the first as the measure.
func (m *compareMaker) table() []CompareFigure {
	labels := [...]catalog.Key{catalog.UIParameters, catalog.UITrainable, catalog.UIBuffers, catalog.UIMACs, catalog.ComparePeak,
		catalog.CompareSize}
	var first [len(labels)]compare.Pair
	list := make([]CompareFigure, len(labels))
	for i, n := range m.c.Nets {
		totals, memory := n.Report.Totals.Counts, n.Report.Memory()
		of := m.style.Of(totals)
		size := tensor.Float32.Bytes(of.Params)
		for k, p := range [len(labels)]compare.Pair{
			{B: of.Params, AtLeastB: totals.ParamsAtLeast}, {B: of.Trainable, AtLeastB: totals.ParamsAtLeast},
			{B: of.Buffers(), AtLeastB: totals.ParamsAtLeast}, {B: totals.MACs, AtLeastB: totals.MACsAtLeast},
			{B: memory.Peak, AtLeastB: memory.AtLeast}, {B: size, AtLeastB: totals.ParamsAtLeast},
		} {
			cell := CompareCell{Value: atLeast(p.AtLeastB) + p.B.Grouped()}
			if labels[k] == catalog.CompareSize {
				cell.Value = atLeast(p.AtLeastB) + size.Bytes(m.s.Prefs.Binary)
			}
			if i == 0 {
				first[k] = p
			}
			p.A, p.AtLeastA = first[k].B, first[k].AtLeastB
			cell.Factor = factor(p)
			list[k].Label = m.s.Words(labels[k])
			list[k].Cells = append(list[k].Cells, cell)
		}
	}
	return list
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
	return list, m.sentence(params, compare.MACs(a, b))
}

func (m *compareMaker) sentence(p, work compare.Pair) string {
	first, second := m.c.Names[0], m.c.Names[m.c.At]
	switch d := p.Difference(); {
	case p.AtLeast():
		return m.s.Words(catalog.CompareUnknown)
	case d.IsZero() && !work.AtLeast() && work.Difference().Cmp(num.Int{}) > 0:
		return m.s.Words(catalog.CompareWork, p.A.Grouped(), second, first, work.Difference().Grouped())
	case d.IsZero() && !work.AtLeast() && work.Difference().Cmp(num.Int{}) < 0:
		return m.s.Words(catalog.CompareWork, p.A.Grouped(), first, second, work.A.Sub(work.B).Grouped())
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
	text := p.Difference().Signed()
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

// factor writes b / a, with more digits where it is nearly 1; "" where there is none.
func factor(p compare.Pair) string {
	f := p.Factor()
	switch {
	case p.A.IsZero() || p.AtLeast():
		return ""
	case p.Difference().IsZero():
		return "× 1"
	case p.B.IsZero():
		return "× 0"
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
