package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/explain"
)

// MaxMessage is the size of a file that may be an error message with its traceback.
const MaxMessage = explain.MaxText

// Explains reports whether a pasted text is an error message of PyTorch or Keras
// that ExplainError can explain.
func Explains(pasted string) bool { return explain.Read(pasted) != nil }

// ExplainError says what a pasted error message means and marks the layer that it
// is about. The network stays; the mark goes with the next edit.
type ExplainError struct{ Text string }

func (m ExplainError) apply(s State) (State, []Effect) {
	e := explain.Read(m.Text)
	if e == nil {
		return s, nil
	}
	s.Doc.Report = count.Of(s.Doc.Model) // without the mark of an earlier message
	d := e.In(s.Doc.Report)
	where := catalog.ExplainNowhere
	if d != nil && s.Doc.Report.Mark(d) {
		where = catalog.ExplainMarked
	}
	s.Notice = &Notice{Tone: ToneInfo, Say: catalog.Say(catalog.ExplainTitle, e.Say), Details: []string{s.Prefs.Lang.In(where)}}
	if where == catalog.ExplainNowhere {
		return s, nil
	}
	s.Page = s.page(s.Page)
	for i := range s.Page.spots {
		if row := s.Page.spots[i].row; row.ID == d.Node && row.Form != count.FormTurn {
			s.View.Selected = []arch.ID{row.ID}
			return s.moveTo(s.Page.Key(i), nil)
		}
	}
	return s, nil // in a block that is folded
}

// explained returns a draft that is an error message and nothing else: the
// explanation is what is wrong with it.
func (s State) explained(src string) (State, []Effect, bool) {
	e := explain.Read(src)
	if e == nil {
		return s, nil, false
	}
	s, _ = ExplainError{src}.apply(s)
	d := &diag.Diag{Say: e.Say}
	s = s.unread(&Draft{Text: src, Problems: []TextProblem{{1, 1, 0, d}}})
	return s, []Effect{s.keep()}, true
}
