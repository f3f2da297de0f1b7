package editor

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/derive"
)

// ShowReasons opens or closes the explanation of the selected row: why its number is
// what it is. It stays open while the cursor moves, until it is closed.
type ShowReasons struct{}

func (ShowReasons) apply(s State) (State, []Effect) {
	s.View.Reasons = !s.View.Reasons
	if !s.View.Reasons || s.rowOf(s.View.Cursor) == nil {
		return s, s.focusCursor()
	}
	row := s.rowOf(s.View.Cursor)
	said := s.Words(catalog.ReasonsOf, s.nameOf(row))
	for _, sentence := range s.reasonsOf(row).Text {
		said += " " + sentence
	}
	return s, append(s.focusCursor(), Announce{said})
}

// Reasons is the explanation of a row, ready to print. It never changes.
type Reasons struct {
	Title   string
	Tensors []ReasonTensor
	Kept    []ReasonTensor // stored, not learned
	Text    []string       // what follows from the numbers, a sentence or two each
	Before  []string       // what is to be read first: whose weights are used
}

// A ReasonTensor is a tensor of a row with its number, and what each factor is.
type ReasonTensor struct {
	Name    string
	Formula []Piece
	Value   string // "" if the formula is the number
	Role    string // "" if the name says it
	Each    string // of several with the same number
	Factors []ReasonFactor
}

// A ReasonFactor is a sentence about a number of the row's formula.
type ReasonFactor struct {
	Text  string
	Token int // which piece of the row's formula, as Hot.Token
}

// reasoned is the explanation that a page has drawn, and what it follows from.
type reasoned struct {
	explainer *derive.Explainer
	row       *count.Row
	lang      catalog.Lang
	drawn     *Reasons
}

// reasons returns the explanation of a row, the one of the page before if it still
// holds.
func (m *rowMaker) reasons(row *count.Row) *Reasons {
	now := &m.page.reasoned
	*now = m.before.reasoned
	if !now.explainer.For(m.page.report, m.style) {
		*now = reasoned{explainer: derive.New(m.page.report, m.style)}
	}
	if lang := m.s.Prefs.Lang; now.row != row || now.lang != lang || now.drawn == nil {
		now.row, now.lang, now.drawn = row, lang, m.s.reasons(now.explainer, row)
	}
	return now.drawn
}

// reasonsOf explains a row of the report as it is now.
func (s State) reasonsOf(row *count.Row) *Reasons {
	return s.reasons(derive.New(s.Doc.Report, s.Prefs.Style()), row)
}

func (s State) reasons(e *derive.Explainer, row *count.Row) *Reasons {
	x, l := e.Of(row), s.Prefs.Lang
	r := &Reasons{Title: s.Words(catalog.ReasonsOf, s.nameOf(row)),
		Tensors: s.reasonTensors(x.Tensors), Kept: s.reasonTensors(x.Kept)}
	for _, m := range x.Shared {
		r.Before = append(r.Before, m.In(l))
	}
	for _, m := range slices.Concat(x.Frozen, x.Why) {
		r.Text = append(r.Text, m.In(l))
	}
	return r
}

// nameOf is what a row is called: its name, or its title where it has none.
func (s State) nameOf(row *count.Row) string {
	if row.Name != "" {
		return row.Name
	}
	return s.facts(row).Title
}

func (s State) reasonTensors(of []derive.Tensor) []ReasonTensor {
	all := make([]ReasonTensor, len(of))
	for i := range of {
		t := &of[i]
		all[i] = ReasonTensor{Name: t.Name(), Formula: pieces(t.Formula)}
		if !t.Plain() {
			all[i].Value = t.Value()
		}
		if t.Role.Key != "" {
			all[i].Role = t.Role.In(s.Prefs.Lang)
		}
		if len(t.Names) > 1 {
			all[i].Each = s.Words(catalog.TensorEach)
		}
		for _, f := range t.Factors {
			all[i].Factors = append(all[i].Factors, ReasonFactor{f.Say.In(s.Prefs.Lang), t.At + f.Token})
		}
	}
	return all
}

// Explain returns the explanation of the first row with a name, or with an ID as the
// report states it: a sentence each. false if there is no such row.
func (s State) Explain(name string) ([]string, bool) {
	var found *count.Row
	var walk func(rows []*count.Row)
	walk = func(rows []*count.Row) {
		for _, row := range rows {
			if found == nil && name != "" && row.Form != count.FormTurn && (row.Name == name || string(keyOf(row.ID)) == name) {
				found = row
			}
			walk(row.Children)
		}
	}
	walk(s.Doc.Report.Rows)
	if found == nil {
		return nil, false
	}
	x := derive.New(s.Doc.Report, s.Prefs.Style()).Of(found)
	return x.Sentences(s.Prefs.Lang), true
}
