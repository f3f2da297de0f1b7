package editor

import (
	"html"
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

// embedHeight is how high a frame is that shows a network, in CSS pixels.
const embedHeight = "720"

// snippet is what a page needs to show the network in a frame.
func (s State) snippet() string {
	base, _, _ := strings.Cut(s.Frame.Base, "?")
	return `<iframe src="` + html.EscapeString(base+"?embed#"+s.Fragment()) + `" title="` +
		html.EscapeString(s.Name()+" · paramstack") + `" width="100%" height="` + embedHeight +
		`" loading="lazy" style="border:1px solid #ddd"></iframe>` + "\n"
}
