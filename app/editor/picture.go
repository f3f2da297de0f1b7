package editor

import (
	"paramstack/core/picture"
)

// A Diagram is the network drawn in proportion, ready to be shown. Of two of one page
// after another those with one serial number are the same.
type Diagram struct {
	Serial int
	SVG    string
}

// A Canvas is where the diagram is drawn, and how much of it.
type Canvas struct {
	Width int  // of the place in pixels; 0 while that is unknown
	Phone bool // the screen is so narrow that it has a tab of its own
	Tab   bool // that tab is chosen
	Full  bool // as many columns as an export has
	Bars  bool // with the bars of parameters, computation and memory
}

// canvasWide is how wide the diagram is before the program knows the screen.
const canvasWide = 1400

// Messages about the diagram.
type (
	// ShowDiagram opens or closes the diagram, on every visit.
	ShowDiagram struct{ On bool }
	// FitDiagram reports how wide its place is.
	FitDiagram struct {
		Width int
		Phone bool
	}
	// ChooseTab shows the diagram instead of the rows on a narrow screen, or them again.
	ChooseTab struct{ Diagram bool }
	// DetailDiagram draws more columns, or as many as at first; BarDiagram adds the bars.
	DetailDiagram struct{}
	BarDiagram    struct{}
)

func (m ShowDiagram) apply(s State) (State, []Effect) {
	s.Prefs.NoDiagram = !m.On
	return s.prefer(s.Prefs)
}

func (m FitDiagram) apply(s State) (State, []Effect) {
	s.Frame.Canvas.Width, s.Frame.Canvas.Phone = m.Width, m.Phone
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

func (BarDiagram) apply(s State) (State, []Effect) {
	s.Frame.Canvas.Bars = !s.Frame.Canvas.Bars
	return s, nil
}

// shown reports whether the diagram is seen: closed it is not drawn.
func (c Canvas) shown(p Prefs) bool {
	if c.Phone {
		return c.Tab
	}
	return !p.NoDiagram
}

// DiagramShown reports whether the diagram is seen.
func (s State) DiagramShown() bool { return s.Frame.Canvas.shown(s.Prefs) }

// diagram draws the network as the reader sees it: folded as the rows are.
func (s State) diagram(before *Page, same bool) *Diagram {
	c := s.Frame.Canvas
	if !c.shown(s.Prefs) {
		return nil
	}
	if same && before.Diagram != nil && before.canvas == c {
		return before.Diagram
	}
	opt := s.DiagramOptions()
	opt.Width = canvasWide
	if c.Width > 0 {
		opt.Width = float64(c.Width)
	}
	if c.Full {
		opt.Columns = picture.ExportColumns
	}
	if c.Bars {
		opt.Bars = picture.LinearBars
	}
	serial := 1
	if before.Diagram != nil {
		serial = before.Diagram.Serial + 1
	}
	return &Diagram{serial, picture.SVG(picture.Of(s.Doc.Report, opt), picture.Output{Titles: true, Live: true})}
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
func (s State) ExportDiagram(kind string) string {
	opt := s.DiagramOptions()
	opt.Columns = picture.ExportColumns
	scene := picture.Of(s.Doc.Report, opt)
	switch kind {
	case "svg":
		return picture.SVG(scene, picture.Output{Titles: true, Colours: true})
	case "tikz":
		return picture.TikZ(scene)
	}
	return ""
}
