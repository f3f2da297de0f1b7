package editor

import (
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
)

// What screen readers read after a message: what it did, the total, and why that is a
// minimum, if it is one. Notices, lessons and errors are read by themselves.

// announce has screen readers read the total.
func (s State) announce() Effect {
	total := s.Doc.Report.Totals
	params := atLeast(total.ParamsAtLeast) + s.Prefs.Style().Params(total.Counts).Grouped()
	said := s.Words(catalog.AnnounceTotal, s.Name(), params)
	if total.ParamsAtLeast {
		said += ". " + s.whyLeast()
	}
	return Announce{said}
}

// whyLeast explains why the total is a minimum: the first row with an error.
func (s State) whyLeast() string {
	for _, d := range s.Doc.Report.Problems {
		if d.Severity == diag.Error {
			return s.Words(catalog.AnnounceWhy, s.Doc.Report.Name(d.Node), d.Say)
		}
	}
	return s.Words(catalog.UIAtLeast)
}

// saying puts what a message did before the total that is announced.
func saying(did string, effects []Effect) []Effect {
	if did == "" {
		return effects
	}
	for i, e := range effects {
		if a, ok := e.(Announce); ok {
			effects[i] = Announce{did + ". " + a.Text}
			return effects
		}
	}
	return append(effects, Announce{did})
}

// did returns what a message did to a network that was another before, "" if that
// needs no words.
func (s State) did(m Msg, before *State) string {
	if s.Doc.Text == before.Doc.Text {
		return s.didToView(m, before)
	}
	selected := before.names(before.chosen())
	switch m := m.(type) {
	case Undo:
		return s.Words(catalog.DidUndo)
	case Redo:
		return s.Words(catalog.DidRedo)
	case Delete:
		return s.Words(catalog.DidDelete, selected)
	case Duplicate:
		return s.Words(catalog.DidDuplicate, selected)
	case Shift, Drop:
		return s.Words(catalog.DidMove, selected)
	case WrapRepeat, WrapSkip:
		return s.Words(catalog.DidWrap, selected)
	case Unwrap:
		return s.Words(catalog.DidUnwrap, selected)
	case AddPath:
		return s.Words(catalog.DidPath)
	case Freeze:
		if leaf, ok := s.Doc.Model.Find(before.cursorNode()).(*arch.Leaf); ok && leaf.Frozen {
			return s.Words(catalog.DidFreeze, selected)
		}
		return s.Words(catalog.DidThaw, selected)
	case Insert:
		if p := before.Open.Palette; p != nil && m.Item == AsWritten {
			return s.Words(catalog.DidAdd, strings.TrimSpace(p.Query))
		}
		return s.Words(catalog.DidAdd, m.Item)
	}
	return ""
}

// didToView returns what a message did to how the network is shown.
func (s State) didToView(m Msg, before *State) string {
	switch m.(type) {
	case FoldRow, FoldAll:
		if folded := s.Page.Rows - before.Page.Rows; folded != 0 {
			return s.Words(catalog.DidFold, s.Page.Rows)
		}
	case Unroll:
		if s.View.Unroll {
			return s.Words(catalog.DidUnroll, s.Page.Rows)
		}
		return s.Words(catalog.DidFold, s.Page.Rows)
	case CycleTheme:
		return s.Words(catalog.UIThemeNow, s.Prefs.Theme.Label())
	}
	return ""
}

// chosen returns the selected nodes, or that under the cursor.
func (s State) chosen() []arch.ID {
	if ids := s.selected(); len(ids) > 0 {
		return ids
	}
	if id := s.cursorNode(); id != 0 {
		return []arch.ID{id}
	}
	return nil
}

// names returns what rows are called, or how many they are.
func (s State) names(ids []arch.ID) string {
	if len(ids) == 1 {
		return s.Doc.Report.Name(ids[0])
	}
	return s.Words(catalog.DidSeveral, len(ids))
}
