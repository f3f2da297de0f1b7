package editor

import (
	"paramstack/core/catalog"
	"paramstack/core/picture"
)

// A Diagram is the network drawn in proportion, ready to be shown. Of two of one page
// after another those with one serial number are the same.
type Diagram struct {
	Serial int
	SVG    string
	share  float64 // of its full size, which the next one keeps if it can
}

// A Canvas is where the diagram is drawn, and how much of it.
type Canvas struct {
	Width int  // of the place in pixels; 0 while that is unknown
	High  int  // how high the diagram may be, so that rows are seen under it
	Phone bool // the screen is so narrow that it has a tab of its own
	Tab   bool // that tab is chosen
	Full  bool // as many columns as an export has
	Bars  bool // with the bars of parameters, computation and memory
	Log   bool // and those logarithmic
	Paper bool // it is being printed, so it is shown wherever it is not seen on the screen
}

// How wide and high the diagram is before the program knows the screen: as in a window
// of 1440 by 900.
const (
	canvasWide = 1360
	canvasHigh = 330
)

// Messages about the diagram.
type (
	// ShowDiagram opens or closes the diagram, on every visit.
	ShowDiagram struct{ On bool }
	// FitDiagram reports how large its place is.
	FitDiagram struct {
		Width, High int
		Phone       bool
	}
	// ChooseTab shows the diagram instead of the rows on a narrow screen, or them again.
	ChooseTab struct{ Diagram bool }
	// DetailDiagram draws more columns, or as many as at first; BarDiagram adds the bars, or
	// has them logarithmic, or linear.
	DetailDiagram struct{}
	BarDiagram    struct{ Log bool }
	// DrawDiagram draws it again if the page has changed: rows are shown first, and drawing
	// takes as long as they do.
	DrawDiagram struct{}
)

func (m ShowDiagram) apply(s State) (State, []Effect) {
	s.Prefs.NoDiagram = !m.On
	return s.prefer(s.Prefs)
}

func (m FitDiagram) apply(s State) (State, []Effect) {
	s.Frame.Canvas.Width, s.Frame.Canvas.High, s.Frame.Canvas.Phone = m.Width, m.High, m.Phone
	return s, nil
}

func (m ChooseTab) apply(s State) (State, []Effect) {
	s.Frame.Canvas.Tab = m.Diagram
	return s, nil
}

func (DetailDiagram) apply(s State) (State, []Effect) {
	s.Frame.Canvas.Full = !s.Frame.Canvas.Full
	return s, nil
}

func (m BarDiagram) apply(s State) (State, []Effect) {
	if m.Log {
		s.Frame.Canvas.Log = !s.Frame.Canvas.Log
	} else {
		s.Frame.Canvas.Bars = !s.Frame.Canvas.Bars
	}
	return s, nil
}

// shown reports whether the diagram is seen: closed it is not drawn.
func (c Canvas) shown(p Prefs) bool {
	if c.Phone {
		return c.Tab || c.Paper
	}
	return !p.NoDiagram || c.Paper
}

// DiagramShown reports whether the diagram is seen.
func (s State) DiagramShown() bool { return s.Frame.Canvas.shown(s.Prefs) }

func (DrawDiagram) apply(s State) (State, []Effect) {
	if s.Page.DiagramLate() {
		page := *s.Page
		page.Diagram, page.undrawn = s.diagram(page.Diagram), false
		s.Page = &page
	}
	return s, nil
}

// DiagramLate reports whether the diagram is one of an earlier page, or none yet.
func (p *Page) DiagramLate() bool { return p != nil && p.undrawn }

// oldDiagram returns the diagram of the page before, and whether it has to be drawn
// again. same: the network and what is folded of it are the same.
func (s State) oldDiagram(before *Page, same bool) (*Diagram, bool) {
	c := s.Frame.Canvas
	if s.Frame.Embed != EmbedNone {
		c.Phone = false // it has no tabs
	}
	if !c.shown(s.Prefs) && !s.Frame.Embed.Shows() {
		return nil, false
	}
	return before.Diagram, !same || before.Diagram == nil || before.undrawn || before.canvas != s.Frame.Canvas
}

// diagram draws the network as the reader sees it: folded as the rows are.
func (s State) diagram(before *Diagram) *Diagram {
	c := s.Frame.Canvas
	opt := s.DiagramOptions()
	opt.Width, opt.Height = canvasWide, canvasHigh
	if c.Width > 0 {
		opt.Width, opt.Height = float64(c.Width), float64(c.High)
	}
	if c.Phone || s.Frame.Embed != EmbedNone {
		opt.Height = 0 // it has a place of its own
	}
	if c.Paper {
		opt.Width, opt.Height = paperWide, 0
	}
	if c.Full {
		opt.Columns = picture.ExportColumns
	}
	if c.Bars {
		opt.Bars = picture.LinearBars
		if c.Log {
			opt.Bars = picture.LogBars
		}
	}
	serial := 1
	if before != nil {
		serial, opt.Share = before.Serial+1, before.share
	}
	scene := picture.Of(s.Doc.Report, opt)
	return &Diagram{serial, picture.SVG(scene, picture.Output{Titles: true, Live: true}), scene.Share}
}

// DiagramOptions are those of a diagram in the reader's language and way of counting.
func (s State) DiagramOptions() picture.Options {
	return picture.Options{
		Name: s.Name(), Lang: s.Prefs.Lang, Style: s.Prefs.Style(), Layout: s.Prefs.Layout,
		Open: func(key string) (open, byHand bool) {
			closed, byHand := s.View.Folded[Key(key)]
			return !closed, byHand
		},
	}
}

// ExportDiagram writes the diagram for other programs: "svg" or "tikz", "" for any
// other kind.
func (s State) ExportDiagram(kind string, d Drawing) string {
	opt := s.DiagramOptions()
	opt.Columns, opt.Labels = picture.ExportColumns, picture.AllLabels&^d.Without
	if d.Page {
		opt.Columns, opt.Width = picture.FirstColumns, paperWide
	}
	if opt.Labels == 0 {
		opt.Labels = picture.LabelNone
	}
	if d.Caption {
		sum := &s.Page.Summary
		opt.Caption = s.Words(catalog.PictureCaption, sum.Title, sum.Params, sum.MACsFull)
		if d.Link != "" {
			opt.Caption += " " + d.Link
		}
	}
	scene := picture.Of(s.Doc.Report, opt)
	switch kind {
	case "svg":
		return picture.SVG(scene, picture.Output{Titles: true, Colours: true, White: !d.Clear, Marks: d.Marks})
	case "tikz":
		return picture.TikZ(scene, d.Marks)
	}
	return ""
}

// A Drawing is how the diagram, or a frame with it, is exported.
type Drawing struct {
	Embed   Snippet
	Without picture.Labels // the labels that are left out
	Caption bool           // with a line of name and totals
	Link    string         // in that line, "" for none
	Clear   bool           // on nothing instead of white, which is read on a dark page too
	Page    bool           // as narrow as a page, with as many columns as that has room for
	Marks   bool           // with patterns, for print without colour
}

// Messages about the export of the diagram.
type (
	// FlipLabel leaves labels out of an exported diagram, or writes them again.
	FlipLabel struct{ Label picture.Labels }
	// FlipCaption writes a line of name, totals and the link given, or none.
	FlipCaption struct{ Link string }
	// FlipGround draws on white, or on nothing.
	FlipGround struct{}
	// FlipPage draws it for a page, or with all columns.
	FlipPage struct{}
	// FlipMarks has families differ by patterns too, or by colour alone.
	FlipMarks struct{}
	// SavePixels saves the diagram as PNG, so many times as large; 0 copies it instead.
	SavePixels struct{ Times int }
)

func (m FlipLabel) apply(s State) (State, []Effect) {
	return s.redraw(func(d *Drawing) { d.Without ^= m.Label & picture.AllLabels })
}

func (m FlipCaption) apply(s State) (State, []Effect) {
	return s.redraw(func(d *Drawing) { d.Caption, d.Link = !d.Caption, m.Link })
}

func (FlipGround) apply(s State) (State, []Effect) {
	return s.redraw(func(d *Drawing) { d.Clear = !d.Clear })
}

func (FlipPage) apply(s State) (State, []Effect) {
	return s.redraw(func(d *Drawing) { d.Page = !d.Page })
}

func (FlipMarks) apply(s State) (State, []Effect) {
	return s.redraw(func(d *Drawing) { d.Marks = !d.Marks })
}

// redraw writes the diagram on the sheet in another way.
func (s State) redraw(change func(*Drawing)) (State, []Effect) {
	if s.Open.Export == nil {
		return s, nil
	}
	sheet := *s.Open.Export
	change(&sheet.Drawing)
	s.Open.Export = &sheet
	s.drawn(sheet.Chosen)
	return s, nil
}

// drawn writes the diagram on the sheet, if it is what a format of that name is.
func (s *State) drawn(name string) bool {
	d := s.Open.Export.Drawing
	text := s.ExportDiagram(name, d)
	if name == "embed" {
		text = s.snippet(d.Embed)
	}
	if text == "" {
		return false
	}
	s.Open.Export = &Export{Chosen: name, Text: text, Drawing: d}
	return true
}

func (m SavePixels) apply(s State) (State, []Effect) {
	e := s.Open.Export
	if e == nil || e.Chosen != "svg" {
		return s, nil
	}
	return s, []Effect{SavePNG{Name: fileName(s.Name()) + ".png", SVG: e.Text, Times: m.Times}}
}
