package editor

import (
	"paramstack/core/count"
	"paramstack/core/why"
)

// A Finder is what is known of the variants of a network, for one way of counting.
type Finder struct {
	*why.Finder
	report *count.Report
	style  count.Style
}

// FinderOf returns a finder of the state's network: the one that is there, if it is.
func FinderOf(s *State, f *Finder) *Finder {
	style := s.Prefs.Style()
	style.Flat = false // how numbers are written changes none
	if f != nil && f.report == s.Doc.Report && f.style == style {
		return f
	}
	return &Finder{why.New(s.Doc.Model, s.Doc.Report, style), s.Doc.Report, style}
}
