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
	Columns int     // at most; 0 for FirstColumns
	Longest int64   // cells of the longest side of a map in another picture at the same scale; 0 for none
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

	fewColumns = 13 // on the narrowest screen, which scrolls
	columnWide = 62 // of a width, where it limits the columns
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
	p := newPlan(r, choose(r, opt.Columns, better, opt.Open), opt)
	return p.draw()
}
