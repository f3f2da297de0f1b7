package editor

// Open is what lies over the page.
type Open struct {
	Palette *Palette
	Gallery *Gallery
	Export  *Export
	Program *Program
	Row     *RowMenu
	Recent  *Recent
	WhatIf  *WhatIf
	Why     *Why
	Tools   *Tools
	Compare *Comparison
	Help    bool
}

// ShowHelp opens the sheet of keys. Close closes whatever is on top: a sheet, a
// notice, the selection.
type (
	ShowHelp struct{}
	Close    struct{}
)

func (ShowHelp) apply(s State) (State, []Effect) {
	s.Open = Open{Help: true}
	return s, []Effect{Focus{ElementID: "help-close"}}
}

func (Close) apply(s State) (State, []Effect) {
	switch {
	case s.Open != (Open{}):
		linked := s.Open.Compare != nil && s.Open.Compare.Linked
		s.Open = Open{}
		effects := s.focusCursor()
		if linked {
			effects = append(effects, s.link(false))
		}
		return s, effects
	case s.View.Find != nil:
		return CloseFind{}.apply(s)
	case s.View.Edit != nil:
		return EndEdit{Cancel: true}.apply(s)
	case s.View.Drag != nil:
		s.View.Drag = nil
	case s.View.Hot != nil:
		s.View.Hot = nil
	case s.Notice != nil:
		s.Notice = nil
	case s.View.Reasons && s.View.Cursor != "":
		return ShowReasons{}.apply(s)
	default:
		s.View.Selected, s.View.Cursor = nil, ""
	}
	return s, nil
}
