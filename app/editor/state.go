// Package editor is the page without its drawing: its state (State), what can
// happen to it (Msg), and the state after that (Update). It knows neither go-app
// nor the browser; app/ui draws a State and sends Msgs.
package editor

import (
	"paramstack/app/kept"
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
//	Works    yes    no      no        networks that the reader made, as far as they were read
//	Made     no     no      no        how many of them this page began or went on with
//	Cards    no     no      no        the published networks, once they were asked for
//	Job      no     no      no        the file being read
//	Batch    no     no      no        what came of several files, while they are read
//	Opened   no     no      no        networks that came from files, to be gone back to
//	Program  no     no      no        the Python source that was opened last
//	Asked    no     no      no        the number that was to be explained last
//	Frame    no     no      no        the menu, and files dragged over the page
//	Page     derived from all others, made once an update
type State struct {
	Doc     Doc
	History History
	Prefs   Prefs
	View    View
	Open    Open
	Notice  *Notice
	Works   []kept.Work
	Made    int
	Cards   []zoo.Card
	Job     *Job
	Batch   *Batch
	Opened  []Opened
	Program *Program
	Asked   string
	Frame   Frame
	Page    *Page
}

// New returns the state of a page that was just opened: the first preset.
func New(p Prefs) State {
	s := State{Prefs: p, View: View{Limit: firstRows}}
	s, _ = Update(s, LoadPreset{zoo.Presets[0].ID})
	s.History, s.Notice, s.Doc.Change = History{}, nil, nil
	return s
}

// Opening is to be done when a page is shown first.
func (s State) Opening() []Effect { return []Effect{WriteText{}, SetTitle{s.Page.Summary.Title}} }
