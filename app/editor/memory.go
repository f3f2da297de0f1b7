package editor

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Memory is what activations need, ready to be shown.
type Memory struct {
	Raw   string  // exact digits, for scripts
	Exact string  // 580,800
	Sizes []Size  // of the peak
	Row   arch.ID // at which it is reached, 0 if nothing is known
	Name  string  // of that row
	Alive string  // the tensors alive then: conv1 96×55×55 + lrn1 96×55×55
	Curve Curve
	Train []Size // training with an optimizer, in fp32
	Kept  string // of that, the activations
}

// A Curve is what is alive along the stack, as an area in a box of 100 by 100.
type Curve struct {
	Path string // in SVG's notation, "" for less than two layers
	Peak string // how far from the left the peak is: "12.5"
	Say  string // in words
}

// memory makes what the page shows of the memory of activations.
func (s State) memory() Memory {
	r := s.Doc.Report
	m := r.Memory()
	least := atLeast(m.AtLeast)
	out := Memory{Raw: m.Peak.String(), Exact: least + m.Peak.Grouped()}
	for _, d := range tensor.DTypes {
		out.Sizes = append(out.Sizes, Size{d.Name, least + d.Bytes(m.Peak).Bytes(s.Prefs.Binary)})
	}
	if m.At != nil {
		out.Row, out.Name = m.At.ID, r.Name(m.At.ID)
		out.Alive = s.alive(m.Alive)
		out.Curve = s.curve(m)
	}
	least = atLeast(m.AtLeast || r.Totals.ParamsAtLeast || r.Totals.OutputsAtLeast)
	bytes := func(n num.Int) string { return least + tensor.Float32.Bytes(n).Bytes(s.Prefs.Binary) }
	for _, o := range []struct {
		name string
		of   count.Optimizer
	}{{"SGD", count.Momentum}, {"Adam", count.Adam}} {
		out.Train = append(out.Train, Size{o.name, bytes(r.Totals.Training(o.of).Total())})
	}
	out.Kept = bytes(r.Totals.Outputs)
	return out
}

// alive lists tensors by the layer that made them, the largest first, and how many more
// there are.
func (s State) alive(all []*count.Alive) string {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b *count.Alive) int { return b.Elements.Cmp(a.Elements) })
	const most = 4
	var names []string
	for _, a := range all[:min(len(all), most)] {
		names = append(names, s.Doc.Report.Name(a.Row.ID)+" "+a.Row.Out.In(s.Prefs.Layout))
	}
	if more := len(all) - most; more > 0 {
		names = append(names, s.Words(catalog.UIPeakMore, more))
	}
	return strings.Join(names, " + ")
}

// curvePoints is how many points a curve has at most: the highest of several steps each.
const curvePoints = 160

// curve draws what is alive at each step, in proportion to the peak.
func (s State) curve(m count.Memory) Curve {
	n := len(m.Steps)
	if n < 2 {
		return Curve{}
	}
	points := min(n, curvePoints)
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }
	width := 100 / float64(points)
	var b strings.Builder
	b.WriteString("M0 100")
	peak := -1
	for i := range points {
		high := 0.0
		for at := i * n / points; at < (i+1)*n/points; at++ {
			high = max(high, m.Steps[at].Elements.Share(m.Peak))
			if peak < 0 && m.Steps[at].Elements.Equal(m.Peak) {
				peak = i
			}
		}
		y := number(100 - 100*high)
		b.WriteString("L" + number(float64(i)*width) + " " + y + "L" + number(float64(i+1)*width) + " " + y)
	}
	b.WriteString("L100 100Z")
	size := func(n num.Int) string { return tensor.Float32.Bytes(n).Bytes(s.Prefs.Binary) }
	first, last := m.Steps[0], m.Steps[n-1]
	return Curve{b.String(), number((float64(max(peak, 0)) + .5) * width), s.Words(catalog.UIPeakCurve,
		size(first.Elements), s.Doc.Report.Name(first.Row.ID), size(m.Peak), s.Doc.Report.Name(m.At.ID),
		size(last.Elements), s.Doc.Report.Name(last.Row.ID))}
}

// GoToNode moves the cursor to the first row of a node; what is folded away is opened.
type GoToNode struct{ ID arch.ID }

func (m GoToNode) apply(s State) (State, []Effect) {
	at := func(spot spot) bool { return spot.row.ID == m.ID && spot.row.Form != count.FormTurn }
	n := slices.IndexFunc(s.Page.spots, at)
	if n < 0 {
		if s.Doc.Report.Row(m.ID) == nil {
			return s, nil
		}
		s, _ = SortRows{}.apply(s)
		s, _ = FoldAll{Open: true}.apply(s)
		s.View.Limit = count.MaxRows
		s.Page = s.page(s.Page)
		if n = slices.IndexFunc(s.Page.spots, at); n < 0 {
			return s, nil
		}
	}
	s.Open = Open{}
	s = s.pick(s.Page.Key(n), false)
	return s, s.focusCursor()
}
