package picture

import (
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/tensor"
)

// Options are how a picture is drawn.
type Options struct {
	Name    string // of the network
	Lang    catalog.Lang
	Style   count.Style
	Layout  tensor.Layout
	Width   float64 // that the picture should not be wider than; 0 for as wide as it is
	Height  float64 // nor higher than, bars aside; 0 for as high as it is
	Share   float64 // of its size, at which a picture of that height was drawn before; 0 for none
	Columns int     // at most; 0 for FirstColumns
	Scales  Scales  // that are not exceeded, where another picture has the same; see Pair
	Labels  Labels
	Caption string // a line under the picture: name, totals, link
	Bars    Measures
	// Open reports whether a block with a row of that key was opened or closed by the
	// reader. Nil: none was.
	Open func(key string) (open, byHand bool)
}

// How many columns a picture has at most at first sight, and in an export.
const (
	FirstColumns  = 24
	ExportColumns = 60

	fewColumns = 13   // on the narrowest screen, which scrolls
	columnWide = 62   // of a width, where it limits the columns
	tooWide    = 1.25 // times the width: the page shows a picture whole that is less wide
)

// Labels are what is written beside blocks and areas, as bits.
type Labels uint8

// The labels. Without any bit all are written.
const (
	LabelShapes Labels = 1 << iota
	LabelKernels
	LabelFormulas
	LabelCounts
	LabelNone
	AllLabels = LabelShapes | LabelKernels | LabelFormulas | LabelCounts
)

// Measures are what the bars under the picture show.
type Measures uint8

// The bars.
const (
	NoBars Measures = iota
	LinearBars
	LogBars
)

// Of draws a counted network.
func Of(r *count.Report, opt Options) *Scene {
	if opt.Columns <= 0 {
		opt.Columns = FirstColumns
	}
	if opt.Labels == 0 {
		opt.Labels = AllLabels
	}
	better := opt.Columns
	if opt.Width > 0 {
		better = min(max(int(opt.Width/columnWide), fewColumns), opt.Columns)
	}
	f := choose(r, opt.Columns, better, false, opt.Open)
	if opt.Width > 0 && opt.Columns <= FirstColumns && f.slots() > fewColumns {
		usual := opt
		usual.Share = 1 // however high it may be, it has the same columns
		if p := newPlan(r, f, usual); p.right > tooWide*p.width() {
			// Its columns are wider than usual: films, many channels.
			better = max(int(float64(better)*tooWide*p.width()/p.right), fewColumns)
			f = choose(r, opt.Columns, better, true, opt.Open)
		}
	}
	return lower(opt, func(opt Options) (*plan, *Scene) {
		p := newPlan(r, f, opt)
		return p, p.draw()
	})
}

// Scales are how large things are drawn, in user units. A zero is no limit.
type Scales struct {
	Area  float64 // side of the square that is one parameter
	side  float64 // of the root of the cells of a map's side
	depth float64 // of the root of channels
}

// least returns the smaller of both scales, each for itself.
func (s Scales) least(t Scales) Scales {
	return Scales{min(s.Area, t.Area), min(s.side, t.side), min(s.depth, t.depth)}
}

// Together draws networks on the same scales, each with its name: equal tensors and weights
// are equal in size.
func Together(reports []*count.Report, names []string, opt Options) []*Scene {
	scenes := make([]*Scene, len(reports))
	draw := func() {
		for i, r := range reports {
			opt.Name = names[i]
			scenes[i] = Of(r, opt)
		}
	}
	draw()
	scales := scenes[0].Scales
	for _, s := range scenes[1:] {
		scales = scales.least(s.Scales)
	}
	opt.Scales = scales
	draw()
	return scenes
}
