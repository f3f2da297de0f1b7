package editor

import (
	"slices"
	"strconv"
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
	Busy  bool // more of the network's are being looked for

	Limit  string          // what was to be fitted into, as typed
	Within catalog.Message // how it was understood, or that it was not
	None   catalog.Message // why nothing fits

	fits  []*whatif.Change
	dtype tensor.DType // in which peaks are stated for them
	block []*whatif.Change
	whole []*whatif.Change // nil until it is asked for
	list  *whatif.List     // that they come from
	typed typedChoice
}

// A typedChoice is a number that was typed in a proposal, and why it cannot be.
type typedChoice struct {
	index int
	value string
	why   catalog.Message
}

// A Proposal is one of them, ready to be shown.
type Proposal struct {
	Index           int    // for TakeWhatIf
	Say, Worse, Law string // what it does, what gets worse, how the numbers follow
	Block           string // the block it is about, "" for the network
	Figures         []Figure
	Choice          Choice
}

// A Choice is the number of a proposal that the reader may type.
type Choice struct {
	Label string // "" if there is none
	Value string
	Whole bool   // a whole number
	Why   string // why what was typed cannot be
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
	// MoreWhatIfs looks for more of the network's.
	MoreWhatIfs struct{ list *whatif.List }
	// ChooseWhatIf puts another number into one of them.
	ChooseWhatIf struct {
		Index int
		Value string
	}
	// TakeWhatIf makes one of them.
	TakeWhatIf struct{ Index int }
	// FitInto looks for the widest network within a limit.
	FitInto struct{ Limit string }
)

// WhatIfTake returns the id of the button that takes a proposal.
func WhatIfTake(index int) string { return "take-" + strconv.Itoa(index) }

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
	s, effects := s.listWhatIfs(w.At == 0)
	return s, append(effects, Focus{ElementID: WhatIfClose})
}

// How many rows are counted before the sheet is first drawn, and before it is again.
const (
	firstWork = 3_000
	moreWork  = 6_000
)

// listWhatIfs lists the network's edits or the block's.
func (s State) listWhatIfs(whole bool) (State, []Effect) {
	w := *s.Open.WhatIf
	s.Open.WhatIf = &w
	w.Whole, w.typed = whole || w.At == 0, typedChoice{}
	var effects []Effect
	if w.Whole && w.list == nil {
		w.list = whatif.NewList(s.Doc.Model, s.Doc.Report, whatif.Sheet)
		if w.Busy = w.list.More(firstWork); w.Busy {
			effects = append(effects, Soon{MoreWhatIfs{w.list}})
		}
		w.fill()
	}
	return s.rankWhatIfs(), effects
}

// fill takes over what the list has found, but for what other numbers were chosen in.
func (w *WhatIf) fill() {
	was := w.whole
	w.whole, w.Some = slices.Clone(w.list.Found()), w.list.Cut()
	for _, c := range was {
		w.whole[c.ID-1] = c
	}
}

// rankWhatIfs sorts them, as the reader counts.
func (s State) rankWhatIfs() State {
	w := *s.Open.WhatIf
	w.whole, w.block = slices.Clone(w.whole), slices.Clone(w.block)
	whatif.Rank(w.whole, w.Order, s.Prefs.Style())
	whatif.Rank(w.block, w.Order, s.Prefs.Style())
	s.Open.WhatIf = &w
	return s
}

// What was found meanwhile is shown once all was: a list that moves under the pointer is
// none to choose from.
func (m MoreWhatIfs) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil || s.Open.WhatIf.list != m.list {
		return s, nil
	}
	if m.list.More(moreWork) {
		return s, []Effect{Soon{m}}
	}
	w := *s.Open.WhatIf
	w.Busy = false
	w.fill()
	s.Open.WhatIf = &w
	return s.rankWhatIfs(), nil
}

func (m ScopeWhatIf) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil {
		return s, nil
	}
	return s.listWhatIfs(m.Whole)
}

func (m RankWhatIf) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil || m.Order > whatif.ByPeak {
		return s, nil
	}
	w := *s.Open.WhatIf
	w.Order = m.Order
	s.Open.WhatIf = &w
	return s.rankWhatIfs(), nil
}

func (MoreWhatIf) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil {
		return s, nil
	}
	w := *s.Open.WhatIf
	all, first := w.listed(), w.Most
	w.Most = len(all)
	s.Open.WhatIf = &w
	if first >= len(all) {
		return s, nil
	}
	return s, []Effect{Focus{ElementID: WhatIfTake(all[first].ID)}} // the button that was pressed is gone
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

// change returns a change by its index, and its place in its list; nil if there is none.
func (w *WhatIf) change(index int) (*whatif.Change, int) {
	if at := index - fitIndex; at >= 0 {
		if at < len(w.fits) {
			return w.fits[at], at
		}
		return nil, 0
	}
	at := slices.IndexFunc(w.listed(), func(c *whatif.Change) bool { return c.ID == index })
	if at < 0 {
		return nil, 0
	}
	return w.listed()[at], at
}

// The proposal stays where it is, with the figures of the number; one that cannot be is
// kept in its field, with the reason.
func (m ChooseWhatIf) apply(s State) (State, []Effect) {
	if s.Open.WhatIf == nil {
		return s, nil
	}
	w := *s.Open.WhatIf
	c, at := w.change(m.Index)
	if c == nil || c.Choice.Of == "" {
		return s, nil
	}
	s.Open.WhatIf = &w
	w.typed = typedChoice{}
	if strings.TrimSpace(m.Value) == c.Choice.Value {
		return s, nil
	}
	chosen, why := whatif.Choose(s.Doc.Model, s.Doc.Report, c, m.Value)
	if chosen == nil {
		w.typed = typedChoice{m.Index, m.Value, why}
		return s, []Effect{Announce{why.In(s.Prefs.Lang)}}
	}
	list := slices.Clone(w.listed())
	list[at] = chosen
	if w.Whole {
		w.whole = list
	} else {
		w.block = list
	}
	f := s.proposal(chosen, 0, tensor.Float32)
	return s, []Effect{Announce{f.Say + ". " + f.Figures[0].Label + ": " + f.Figures[0].After}}
}

// refused returns why the number that is typed in a proposal cannot be; false if it can.
func (w *WhatIf) refused(index int) (why catalog.Message, wrong bool) {
	return w.typed.why, w.typed.index == index && w.typed.why.Key != ""
}

// It is an edit like any other; undo is offered. What is typed in its field is what is
// applied: while that cannot be, nothing is.
func (m TakeWhatIf) apply(s State) (State, []Effect) {
	w := s.Open.WhatIf
	if w == nil {
		return s, nil
	}
	c, _ := w.change(m.Index)
	if c == nil {
		return s, nil
	}
	if why, wrong := w.refused(m.Index); wrong {
		return s, []Effect{Announce{why.In(s.Prefs.Lang)}}
	}
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

// Proposals returns the edits that are shown, and the answers to the limit.
func (s State) Proposals() (listed, fits []Proposal) {
	w := s.Open.WhatIf
	all := w.listed()
	for i := range all[:min(w.Most, len(all))] {
		listed = append(listed, s.proposal(all[i], all[i].ID, tensor.Float32))
	}
	for i := range w.fits {
		fits = append(fits, s.proposal(w.fits[i], fitIndex+i, w.dtype))
	}
	return listed, fits
}

func (s State) proposal(c *whatif.Change, index int, dtype tensor.DType) Proposal {
	lang, style := s.Prefs.Lang, s.Prefs.Style()
	p := Proposal{Index: index, Say: c.Say.In(lang), Worse: c.Worse.In(lang), Block: c.Name}
	if law := c.Law(style); law.Key != "" {
		p.Law = law.In(lang)
	}
	if of := c.Choice.Of; of != "" {
		whole := of != catalog.ChoiceWidth && of != catalog.ChoiceInput
		p.Choice = Choice{Label: lang.In(of), Value: c.Choice.Value, Whole: whole}
		if why, wrong := s.Open.WhatIf.refused(index); wrong {
			p.Choice.Value, p.Choice.Why = s.Open.WhatIf.typed.value, why.In(lang)
		}
	}
	short := func(n num.Int) string { return n.Short() }
	bytes := func(n num.Int) string { return dtype.Bytes(n).Bytes(s.Prefs.Binary) }
	p.Figures = []Figure{
		figure(s.Words(catalog.UIParameters), style.Params(c.Before.Counts), style.Params(c.After.Counts), short),
		figure(s.Words(catalog.UIMACs), c.Before.MACs, c.After.MACs, short),
		figure(s.Words(catalog.UIPeakIn, dtype.Name), c.Before.Peak, c.After.Peak, bytes),
	}
	for i, least := range []bool{c.After.ParamsAtLeast, c.After.MACsAtLeast, c.After.PeakAtLeast} {
		p.Figures[i].Before = atLeast(least) + p.Figures[i].Before // nothing is proposed that changes
		p.Figures[i].After = atLeast(least) + p.Figures[i].After   // what is known
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
