package editor

import (
	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
)

// Hot is the number of a formula that is pointed at.
type Hot struct {
	Row   Key
	Token int // index among the formula's pieces
}

// Point points at a number of a formula; Token -1 at none.
type Point struct {
	Row   Key
	Token int
}

func (m Point) apply(s State) (State, []Effect) {
	s.View.Hot = nil
	if m.Token >= 0 {
		s.View.Hot = &Hot{m.Row, m.Token}
	}
	return s, nil
}

// hot is what the number pointed at means for other rows.
type hot struct {
	row    Key
	token  int
	tip    string
	source arch.ID // the node it comes from
	own    string  // the hyper-parameter of the row itself that it repeats
	lit    string  // the hyper-parameter of the source
}

func (s *State) hot(p *Page) hot {
	h := hot{token: -1}
	if s.View.Hot == nil {
		return h
	}
	row := p.row(s.View.Hot.Row)
	if row == nil || row.Form != count.FormLeaf {
		return h
	}
	tokens := s.formula(row)
	if n := s.View.Hot.Token; n < len(tokens) && tokens[n].Factor != nil {
		t := tokens[n]
		h = hot{row: s.View.Hot.Row, token: n, own: t.Factor.Field, source: t.From,
			tip: s.Doc.Report.Explain(row, t).In(s.Prefs.Lang)}
		if source := s.Doc.Report.Row(t.From); source != nil {
			h.lit = mainField(layerOf(source.Node))
		}
	}
	return h
}

// mainField returns the field of a layer that its output channels come from.
func mainField(l layer.Layer) string {
	if l == nil {
		return ""
	}
	for _, f := range l.Kind().Fields {
		if f.Role == layer.RoleOut || (f.Role == layer.RoleSpatial && f.Main) {
			return f.Name
		}
	}
	return ""
}
