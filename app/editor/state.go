// Package editor is the page without the page: what it knows (State), what can
// happen to it (Msg), and what then is (Update). It knows neither go-app nor the
// browser; app/ui draws a State and sends Msgs.
package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/tensor"
	"paramstack/core/zoo"
)

// A State is all the page shows. States are values: Update returns a new one.
//
//	field    saved  linked  undoable  what it is
//	Doc      yes    yes     yes       the network and all that is counted from it
//	History  no     no      –         what undo and redo go back and forth to
//	Prefs    yes    no      no        how the reader wants to see it
//	View     no     no      no        selection, folding, what is pointed at or edited
//	Open     no     no      no        the palette, the help sheet
//	Notice   no     no      no        what the page has to say just now
//	Offer    no     no      no        work of an earlier visit that can be taken up
//	Cards    no     no      no        the published networks, once they were asked for
//	Job      no     no      no        the file being read
//	Opened   no     no      no        networks that came from files, to be gone back to
//	Page     derived from all others, made once an update
type State struct {
	Doc     Doc
	History History
	Prefs   Prefs
	View    View
	Open    Open
	Notice  *Notice
	Offer   *Offer
	Cards   []zoo.Card
	Job     *Job
	Opened  []Opened
	Page    *Page
}

// A Doc is the network, and what follows from it.
type Doc struct {
	Model  arch.Model
	Report *count.Report // of Model
	Text   string        // Model as stack text
	Draft  *Draft        // text that cannot be read yet; nil while the text pane and the blocks agree
	Preset string        // ID of the published network it is, word for word; "" for a network of one's own
	Card   *zoo.Card     // the network of the gallery it is, unchanged; nil for others
	Lesson *catalog.Message
	Change *Change       // what the last step did to the total
	from   *count.Report // of what stood there before that step
}

// A Draft is what stands in the text pane while it cannot be read. The network
// stays what it was.
type Draft struct {
	Text     string
	Problems []TextProblem
}

// A TextProblem is an error with its place in the text.
type TextProblem struct {
	Line, Column int // from 1
	Offset       int // in bytes
	Diag         *diag.Diag
}

// A Change is what an edit did to the number of parameters.
type Change struct{ Before, After, Delta string }

// Prefs are how the reader wants to see the page. They are kept from visit to
// visit and never part of a link.
type Prefs struct {
	Lang     catalog.Lang
	Theme    Theme
	NoBiases bool          // leave biases out, as the blog post does
	Keras    bool          // count and name as Keras does instead of PyTorch
	Binary   bool          // MiB instead of MB
	Layout   tensor.Layout // C×H×W or H×W×C
	Flat     bool          // 9216 instead of (6·6·256)
}

// A Theme is the page's colours.
type Theme uint8

// The themes.
const (
	ThemeSystem Theme = iota
	ThemeLight
	ThemeDark
)

// Name returns the theme's stable name.
func (t Theme) Name() string { return [...]string{"system", "light", "dark"}[t] }

// A View is where the reader is in the stack.
type View struct {
	Cursor   Key          // the selected row, "" if none
	Selected []arch.ID    // the selected nodes; more than one after shift
	Folded   map[Key]bool // rows folded or unfolded by hand; absent: as by default
	Unroll   bool         // every turn of every repeat by itself
	Edit     *Edit        // the chip being edited
	Hot      *Hot         // the factor pointed at
	Drag     *Drag
	Limit    int  // how many rows are drawn at most
	openAll  bool // rows that were not folded by hand are open
}

// A Key names a row of the page: its node's ID, and behind an @ the turns it
// stands in beyond the first.
type Key string

// An Edit is a hyper-parameter being typed.
type Edit struct {
	Row   Key
	ID    arch.ID
	Field string  // a field of the kind, or LabelField or TimesField
	Start string  // what stood there when the editing began
	Undo  History // as it was when the editing began
	Error *diag.Diag
	Typed string // what stands there now, if it cannot be read
}

// Hot is the number of a formula that is pointed at.
type Hot struct {
	Row   Key
	Token int // index among the formula's pieces
}

// A Drag is a row on its way.
type Drag struct {
	Row   Key
	ID    arch.ID
	Over  Key
	After bool
}

// Open says which sheet lies over the page.
type Open struct {
	Palette *Palette
	Gallery *Gallery
	Export  *Sheet
	Help    bool
}

// A Palette is the list of layers to add, being searched.
type Palette struct {
	At    arch.Place
	Query string
	Index int
}

// A Tone is how a notice is meant.
type Tone uint8

// The tones.
const (
	ToneInfo Tone = iota
	ToneGood
	ToneBad
)

// A Notice is a sentence for the reader, with what can be done about it.
type Notice struct {
	Tone    Tone
	Say     catalog.Message
	Actions []Action
	Details []string // further sentences, a line each
}

// An Action is a button: what it says and what it sends.
type Action struct {
	Label catalog.Key
	Send  Msg
}

// An Offer is work saved on an earlier visit.
type Offer struct {
	Name     string
	Fragment string
}

// A History is what undo and redo go back and forth to.
type History struct {
	Past, Future []Moment
}

// A Moment is one state of the network, and what made the next one of it.
type Moment struct {
	Model  arch.Model
	Origin string // edits with the same origin, one right after the other, are one step
}
