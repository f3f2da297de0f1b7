package editor

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/whatif"
)

func (m FitInto) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil {
		return s, nil
	}
	w := *s.Open.WhatIf
	w.Limit, w.fits, w.Within, w.None = strings.TrimSpace(m.Limit), nil, catalog.Message{}, catalog.Message{}
	s.Open.WhatIf = &w
	if w.Limit == "" {
		return s, nil
	}
	limit, unread := whatif.ParseLimit(w.Limit, s.Prefs.Style())
	if unread.Key != "" {
		w.None = unread
		return s, nil
	}
	w.Within, w.dtype = s.limitWords(limit), limit.DType
	model, report := s.Doc.Model, s.Doc.Report
	fits, why := whatif.FitAll(model, report, limit)
	w.None = why
	for _, f := range fits {
		if f.Same {
			w.Within = catalog.Say(catalog.FitKept, w.Within)
		} else {
			w.fits = append(w.fits, f.Change(model, report))
		}
	}
	return s, nil
}

// limitWords returns how a limit was understood.
func (s State) limitWords(l whatif.Limit) catalog.Message {
	bytes := l.Most.Bytes(s.Prefs.Binary)
	switch l.Of {
	case whatif.Bytes:
		return catalog.Say(catalog.UIFitBytes, bytes, l.DType.Name)
	case whatif.Peak:
		return catalog.Say(catalog.UIFitPeak, l.Most.Grouped())
	case whatif.PeakBytes:
		return catalog.Say(catalog.UIFitPeakBytes, bytes, l.DType.Name)
	default:
		return catalog.Say(catalog.UIFitParams, l.Most.Grouped())
	}
}
