package editor

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/whatif"
)

// A WhatIf is the sheet of edits that may be taken: of one block, or of the network.
type WhatIf struct {
	At    arch.ID // the block of the cursor, 0 if there is none
	Whole bool    // the network's are listed instead of the block's
	Order whatif.Order
	Most  int  // how many are shown
	Some  bool // blocks were left out of the network's

	Limit  string          // what was to be fitted into, as typed
	Within catalog.Message // how it was understood, or that it was not
	None   catalog.Message // why nothing fits

	fits  []*whatif.Change
	dtype tensor.DType // in which peaks are stated for them
	block []*whatif.Change
	whole []*whatif.Change // nil until it is asked for
}

// A Proposal is one of them, ready to be shown.
type Proposal struct {
	Index           int    // for TakeWhatIf
	Say, Worse, Law string // what it does, what gets worse, how the numbers follow
	Block           string // the block it is about, "" for the network
	Figures         []Figure
}

// A Figure is a number before and after.
type Figure struct {
	Label         string
	Before, After string
	Delta         string // −58.6 M (−96 %)
	Down, Up      bool
}

// Messages about the sheet.
type (
	// OpenWhatIf lists what may be edited at the cursor, or in the network.
	OpenWhatIf struct{}
	// ScopeWhatIf lists the network's edits or the block's.
	ScopeWhatIf struct{ Whole bool }
	// RankWhatIf sorts them.
	RankWhatIf struct{ Order whatif.Order }
	// MoreWhatIf shows all of them.
	MoreWhatIf struct{}
	// TakeWhatIf makes one of them.
	TakeWhatIf struct{ Index int }
	// FitInto looks for the widest network within a limit.
	FitInto struct{ Limit string }
)

// Fits are numbered from here on, after all others.
const fitIndex = 1 << 20

// fewWhatIfs is how many edits are shown at first.
const fewWhatIfs = 10

// The block of the cursor comes first, if anything can be edited there.
func (OpenWhatIf) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	w := &WhatIf{Most: fewWhatIfs}
	if row := s.rowOf(s.View.Cursor); row != nil && isNode(row) {
		if found := whatif.ForNode(s.Doc.Model, s.Doc.Report, row.ID); len(found) > 0 {
			w.At, w.block = row.ID, found
		}
	}
	s.Open = Open{WhatIf: w}
	return s.listWhatIfs(w.At == 0), []Effect{Focus{ElementID: "whatif-close"}}
}

// listWhatIfs lists the network's edits or the block's.
func (s State) listWhatIfs(whole bool) State {
	w := *s.Open.WhatIf
	w.Whole = whole || w.At == 0
	if w.Whole && w.whole == nil {
		found, all := whatif.For(s.Doc.Model, s.Doc.Report, whatif.Sheet)
		w.whole, w.Some = found, !all
	}
	// Ranked as the reader counts.
	style := s.Prefs.Style()
	w.whole, w.block = slices.Clone(w.whole), slices.Clone(w.block)
	whatif.Rank(w.whole, w.Order, style)
	whatif.Rank(w.block, w.Order, style)
	s.Open.WhatIf = &w
	return s
}

func (m ScopeWhatIf) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil {
		return s, nil
	}
	return s.listWhatIfs(m.Whole), nil
}

func (m RankWhatIf) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil || m.Order > whatif.ByPeak {
		return s, nil
	}
	w := *s.Open.WhatIf
	w.Order = m.Order
	s.Open.WhatIf = &w
	return s.listWhatIfs(w.Whole), nil
}

func (MoreWhatIf) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil {
		return s, nil
	}
	w := *s.Open.WhatIf
	w.Most = len(w.listed())
	s.Open.WhatIf = &w
	return s, nil
}

// listed returns the edits of the list.
func (w *WhatIf) listed() []*whatif.Change {
	if w.Whole {
		return w.whole
	}
	return w.block
}

// More returns how many edits are not shown.
func (w *WhatIf) More() int { return max(len(w.listed())-w.Most, 0) }

// It is an edit like any other; undo is offered.
func (m TakeWhatIf) apply(s State) (State, []Effect) {
	w := s.Open.WhatIf
	if w == nil {
		return s, nil
	}
	from, at := w.listed(), m.Index
	if m.Index >= fitIndex {
		from, at = w.fits, m.Index-fitIndex
	}
	if at < 0 || at >= len(from) {
		return s, nil
	}
	c := from[at]
	s.Open = Open{}
	s, effects := s.edit(c.Model, "")
	say := c.Say
	if c.Name != "" {
		say = catalog.Say(catalog.UIWhatIfAt, c.Name, c.Say)
	}
	s.Notice = &Notice{Tone: ToneGood, Say: catalog.Say(catalog.UIWhatIfTaken, say),
		Actions: []Action{{catalog.CmdUndo, Undo{}}}}
	return s, append(effects, s.focusCursor()...)
}

// Of a limit on activations that does not hold the largest input of the same width is
// another answer.
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
	f, why, ok := whatif.FitWidth(model, report, limit)
	switch {
	case f.Same:
		w.Within = catalog.Say(catalog.FitKept, w.Within)
	case ok:
		w.fits = append(w.fits, f.Change(model, report))
	}
	if !ok || limit.Of >= whatif.Peak && !limit.Holds(whatif.FiguresOf(report)) {
		if f, small := whatif.FitInput(model, report, limit); small {
			w.fits = append(w.fits, f.Change(model, report))
		}
	}
	if len(w.fits) == 0 {
		w.None = why
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

// Proposals returns the edits that are shown, and the answers to the limit.
func (s State) Proposals() (listed, fits []Proposal) {
	w := s.Open.WhatIf
	all := w.listed()
	for i := range all[:min(w.Most, len(all))] {
		listed = append(listed, s.proposal(all[i], i, tensor.Float32))
	}
	for i := range w.fits {
		fits = append(fits, s.proposal(w.fits[i], fitIndex+i, w.dtype))
	}
	return listed, fits
}

func (s State) proposal(c *whatif.Change, index int, dtype tensor.DType) Proposal {
	lang, style := s.Prefs.Lang, s.Prefs.Style()
	p := Proposal{Index: index, Say: c.Say.In(lang), Worse: c.Worse.In(lang), Block: c.Name}
	if c.Law.Key != "" {
		p.Law = c.Law.In(lang)
	}
	short := func(n num.Int) string { return n.Short() }
	bytes := func(n num.Int) string { return dtype.Bytes(n).Bytes(s.Prefs.Binary) }
	p.Figures = []Figure{
		figure(s.Words(catalog.UIParameters), style.Params(c.Before.Counts), style.Params(c.After.Counts), short),
		figure(s.Words(catalog.UIMACs), c.Before.MACs, c.After.MACs, short),
		figure(s.Words(catalog.UIPeakIn, dtype.Name), c.Before.Peak, c.After.Peak, bytes),
	}
	trained := func(k count.Counts) num.Int { return style.Of(k).Trainable }
	if before, after := trained(c.Before.Counts), trained(c.After.Counts); !after.Sub(before).Equal(c.Params(style)) {
		p.Figures = append(p.Figures, figure(s.Words(catalog.UITrainable), before, after, short))
	}
	return p
}

// figure writes a number before and after, and what that is of it: a share where it
// falls, a factor where it is multiplied.
func figure(label string, before, after num.Int, write func(num.Int) string) Figure {
	f := Figure{Label: label, Before: write(before), After: write(after)}
	delta := after.Sub(before)
	switch delta.Cmp(num.Int{}) {
	case 0:
		return f
	case -1:
		delta, f.Down = num.Int{}.Sub(delta), true
		f.Delta = "−" + write(delta)
		if !before.IsZero() {
			f.Delta += " (−" + num.Percent(delta.Share(before)) + ")"
		}
	default:
		f.Up = true
		f.Delta = "+" + write(delta)
		switch {
		case before.IsZero():
		case delta.Cmp(before) >= 0:
			f.Delta += " (×" + "\u00a0" + whatif.Factor(before, after) + ")"
		default:
			f.Delta += " (+" + num.Percent(delta.Share(before)) + ")"
		}
	}
	return f
}
