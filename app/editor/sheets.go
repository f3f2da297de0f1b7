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

// The elements that have the focus first in the sheets, by their IDs on the page.
const (
	GallerySearch = "gallery-search"
	ExportClose   = "export-close"
	ProgramField  = "program-expression"
	RecentClose   = "recent-close"
	CompareClose  = "compare-close"
	PaletteSearch = "palette-search"
	WhatIfClose   = "whatif-close"
	WhyField      = "why-number"
	ToolsClose    = "tools-close"
	HelpClose     = "help-close"
)

// First returns the element that has the focus first in the sheet that is open, "" if
// none is.
func (o *Open) First() string {
	switch {
	case o.Gallery != nil:
		return GallerySearch
	case o.Export != nil:
		return ExportClose
	case o.Program != nil:
		return ProgramField
	case o.Recent != nil:
		return RecentClose
	case o.Compare != nil:
		return CompareClose
	case o.Palette != nil:
		return PaletteSearch
	case o.WhatIf != nil:
		return WhatIfClose
	case o.Why != nil:
		return WhyField
	case o.Tools != nil:
		return ToolsClose
	case o.Help:
		return HelpClose
	}
	return ""
}

// ShowHelp opens the sheet of keys. Close closes whatever is on top: a sheet, a
// notice, the selection.
type (
	ShowHelp struct{}
	Close    struct{}
)

func (ShowHelp) apply(s State) (State, []Effect) {
	s.Open = Open{Help: true}
	return s, []Effect{Focus{ElementID: HelpClose}}
}

func (Close) apply(s State) (State, []Effect) {
	switch {
	case s.Open.Compare != nil && s.Open.Compare.Adding:
		s, _ = s.comparing(func(c *Comparison) { c.Adding, c.Wrong = false, "" })
		return s, []Effect{Focus{ElementID: "compare-add"}}
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
