package editor

import (
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/text"
)

// Messages that copy what the row with the cursor shows.
type (
	CopyFormula struct{}
	CopyNumber  struct{}
	// CopyRows copies the selected rows as stack text, which can be pasted.
	CopyRows struct{}
)

func (CopyFormula) apply(s State) (State, []Effect) {
	f := s.cursorFacts()
	if f == nil {
		return s, nil
	}
	var b strings.Builder
	for _, p := range f.Formula {
		b.WriteString(p.Text)
	}
	if f.Value != "" {
		b.WriteString(" = " + f.Value)
	}
	return s.copied(strings.TrimPrefix(b.String(), " = "))
}

// Without commas, as programs read it.
func (CopyNumber) apply(s State) (State, []Effect) {
	if f := s.cursorFacts(); f != nil {
		return s.copied(f.Params)
	}
	return s, nil
}

func (CopyRows) apply(s State) (State, []Effect) {
	var nodes []arch.Node
	for _, id := range s.outermost() {
		nodes = append(nodes, s.Doc.Model.Find(id))
	}
	if len(nodes) == 0 {
		return s, nil
	}
	return s.copied(text.Format(arch.Model{Body: nodes}))
}

// outermost returns the selected nodes that lie in no other selected one.
func (s State) outermost() []arch.ID {
	var ids []arch.ID
	inside := map[arch.ID]bool{}
	for _, id := range s.selected() { // what is around comes before what is in it
		if inside[id] {
			continue
		}
		ids = append(ids, id)
		arch.Model{Body: []arch.Node{s.Doc.Model.Find(id)}}.Walk(func(n arch.Node) { inside[n.Head().ID] = true })
	}
	return ids
}

func (s State) copied(text string) (State, []Effect) {
	if text == "" {
		return s, nil
	}
	return s, []Effect{CopyText{Text: text}}
}

func (s State) cursorFacts() *Facts {
	if row := s.Page.Row(s.View.Cursor); row != nil {
		return row.Facts
	}
	return nil
}

// hasParams reports whether a row shows a number of parameters, and how it comes about.
func hasParams(row *count.Row) bool { return len(row.Weights) > 0 || !row.Counts.Params(true).IsZero() }
