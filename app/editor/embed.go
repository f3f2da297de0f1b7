package editor

import (
	"html"
	"strconv"
	"strings"
)

// An Embed is what a page shows inside another page: read-only, and quiet.
type Embed uint8

// What ?embed asks for.
const (
	EmbedNone    Embed = iota // the whole page
	EmbedAll                  // ?embed: diagram, rows and totals
	EmbedDiagram              // ?embed=diagram
	EmbedRows                 // ?embed=rows
)

// EmbedNamed returns what a value of ?embed asks for.
func EmbedNamed(value string) Embed {
	switch value {
	case "diagram", "picture":
		return EmbedDiagram
	case "rows":
		return EmbedRows
	}
	return EmbedAll
}

// Rows and Diagram report what is shown.
func (e Embed) Rows() bool    { return e != EmbedDiagram }
func (e Embed) Diagram() bool { return e != EmbedRows }

// Shows reports whether a page inside another one shows the diagram, whatever the
// reader's preferences are.
func (e Embed) Shows() bool { return e != EmbedNone && e.Diagram() }

// onlyRead keeps a page inside another one as it is: what is opened there is shown, and
// nothing else changes the network, opens a sheet or reaches the reader's storage.
func (s State) onlyRead(m Msg, next State, effects []Effect) (State, []Effect) {
	switch m.(type) {
	case LoadLink, LoadPreset, LoadText:
	default:
		if next.Doc.Report != s.Doc.Report {
			return s, nil
		}
	}
	next.Open, next.View.Edit = Open{}, nil
	var harmless []Effect
	for _, e := range effects {
		switch e.(type) {
		case SetTitle, Focus, Announce:
			harmless = append(harmless, e)
		}
	}
	return next, harmless
}

// A Snippet is what a page shows of a network in a frame, and how high the frame is.
type Snippet struct {
	Parts Embed // EmbedNone is everything
	High  int   // in CSS pixels; 0 for what usually suits
}

// EmbedHeights are those that the sheet offers.
var EmbedHeights = [...]int{400, 560, 720, 960}

// usualHeight shows the diagram and the first rows, or one of them.
func (e Embed) usualHeight() int {
	if e == EmbedDiagram {
		return EmbedHeights[1]
	}
	return EmbedHeights[2]
}

// Height returns how high the frame is.
func (n Snippet) Height() int {
	if n.High > 0 {
		return n.High
	}
	return n.Parts.usualHeight()
}

// Messages about what is written for another page.
type (
	// EmbedParts chooses what is shown there, EmbedHeight how high.
	EmbedParts  struct{ Parts Embed }
	EmbedHeight struct{ Pixels int }
)

func (m EmbedParts) apply(s State) (State, []Effect) {
	return s.redraw(func(d *Drawing) { d.Embed.Parts = m.Parts })
}

func (m EmbedHeight) apply(s State) (State, []Effect) {
	return s.redraw(func(d *Drawing) { d.Embed.High = m.Pixels })
}

// snippet is what a page needs to show the network in a frame. It has no style of its
// own: a page that forbids those shows it too.
func (s State) snippet(n Snippet) string {
	base, _, _ := strings.Cut(s.Frame.Base, "?")
	query := "?embed"
	switch n.Parts {
	case EmbedDiagram:
		query += "=diagram"
	case EmbedRows:
		query += "=rows"
	}
	return `<iframe src="` + html.EscapeString(base+query+"#"+s.Fragment()) + `" title="` +
		html.EscapeString(s.Name()+" · paramstack") + `" width="100%" height="` + strconv.Itoa(n.Height()) +
		`" loading="lazy" frameborder="0"></iframe>` + "\n"
}
