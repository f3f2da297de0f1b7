package editor

import (
	"slices"

	"paramstack/app/kept"
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/text"
)

// What the reader made is kept, a network an item: what is made of another network
// begins an item of its own, and the ones before stay. Nothing of it goes without the
// reader's say: erasing, undoing and typing over one's own text are that. A text that
// cannot be read is kept with its network, until it is typed over; an edit of the
// blocks, which would lose it, begins another item.

// A Recent is the sheet of the networks that the reader made.
type Recent struct{ Erased []kept.Work } // what can be brought back, the last lot

// Messages about what is kept.
type (
	// WorksRead brings what is kept. Offer offers the last of it.
	WorksRead struct {
		Works []kept.Work
		Offer bool
	}
	// Resume shows a network as it was left when the page was reloaded.
	Resume struct{ Work kept.Work }
	// KeptElsewhere reports that another page has kept something. That may be a
	// network that this page shows, too: then the one shown is kept besides.
	KeptElsewhere struct{}
	// OpenRecent shows the sheet, OpenWork a network of it.
	OpenRecent struct{}
	OpenWork   struct{ Key string }
	// EraseWork erases a network, EraseAll all; RestoreErased brings back what was
	// erased last.
	EraseWork     struct{ Key string }
	EraseAll      struct{}
	RestoreErased struct{}
	// StoreFull reports that the network shown cannot be kept, MadeRoom which older
	// ones had to go so that it could be.
	StoreFull struct{}
	MadeRoom  struct{ Removed []kept.Work }
)

// begin begins a network of the reader's own with what is shown.
func (s State) begin() State {
	s.Made++
	s.Doc.Work, s.Doc.Kept = s.Made, true
	return s
}

// work is what is shown, as it is kept.
func (s State) work() kept.Work {
	w := kept.Work{Name: s.Doc.Model.Name, Text: s.Doc.Text}
	if s.View.Own != nil {
		w.Sent = s.Prefs.linked().Word()
	}
	if s.Doc.Draft != nil {
		w.Draft = s.Doc.Draft.Text
	}
	return w
}

// Left returns what the next page in the same tab goes on with; false if the reader
// made nothing of what is shown.
func (s State) Left() (n int, w kept.Work, ok bool) { return s.Doc.Work, s.work(), s.Doc.Kept }

func (s State) keep() Effect { return Keep{s.Doc.Work, s.work()} }

// setAside explains where a text went that could not be read.
func (s State) setAside() State {
	s.Notice = &Notice{Tone: ToneInfo, Say: catalog.Say(catalog.NoticeAside),
		Actions: []Action{{catalog.CmdRecent, OpenRecent{}}}}
	return s
}

// offerBefore offers what was there before a new network.
func (s State) offerBefore(before State) State {
	s.Notice = &Notice{Tone: ToneGood, Say: catalog.Say(catalog.NoticeBefore, before.Name()),
		Actions: []Action{{catalog.ActBefore, Undo{}}}}
	if before.Doc.Kept || len(s.Works) > 0 {
		s.Notice.Actions = append(s.Notice.Actions, Action{catalog.CmdRecent, OpenRecent{}})
	}
	return s
}

// TitleOf returns what a kept network is called.
func (s State) TitleOf(w *kept.Work) string {
	switch {
	case w.Sealed:
		return s.Words(catalog.UISealed)
	case w.Name != "":
		return w.Name
	}
	return s.Words(catalog.Untitled)
}

func (m WorksRead) apply(s State) (State, []Effect) {
	s.Works = m.Works
	i := slices.IndexFunc(m.Works, func(w kept.Work) bool { return !w.Sealed })
	if !m.Offer || i < 0 {
		return s, nil
	}
	w := &m.Works[i]
	if w.Text == s.Doc.Text && w.Draft == "" {
		return s, nil
	}
	offer := Notice{Tone: ToneInfo, Say: catalog.Say(catalog.NoticeOffer, s.TitleOf(w)),
		Actions: []Action{{catalog.ActTakeOffer, OpenWork{w.Key}}, {catalog.ActLater, Dismiss{}}}}
	if len(m.Works) > 1 {
		offer.Actions = append(offer.Actions, Action{catalog.CmdRecent, OpenRecent{}})
	}
	if s.Notice != nil && s.Notice.Tone == ToneBad { // a damaged link: what is wrong with it comes first
		offer.Tone, offer.Say, offer.Details = ToneBad, s.Notice.Say, []string{offer.Say.In(s.Prefs.Lang)}
	}
	s.Notice = &offer
	return s, nil
}

func (m Resume) apply(s State) (State, []Effect) {
	next, effects, ok := s.take(m.Work)
	if !ok {
		return s, nil
	}
	next.History = History{}
	return next, append(effects, next.link(false))
}

// take shows a network that was kept, and goes on with it.
func (s State) take(w kept.Work) (State, []Effect, bool) {
	file, problems := text.Parse(w.Text)
	if w.Sealed || firstError(problems) != nil {
		return s, nil, false
	}
	s = s.replaceAll(file.Model).begin()
	if c, sent := link.CountingOf(w.Sent); sent {
		s, _ = s.countAs(c)
	}
	if w.Draft != "" {
		_, problems := text.Parse(w.Draft)
		s.Doc.Draft, s.Doc.Pane = draft(w.Draft, problems), w.Draft
	}
	// It may be kept no more as it is shown: there was no room, or it went on elsewhere.
	return s, []Effect{WriteText{}, Continue{s.Doc.Work, w}, s.keep(), s.announce()}, true
}

func (KeptElsewhere) apply(s State) (State, []Effect) {
	var effects []Effect
	if s.Doc.Kept {
		effects = append(effects, KeepApart{s.Doc.Work, s.work()})
	}
	if s.Open.Recent != nil {
		effects = append(effects, ReadWorks{})
	}
	return s, effects
}

func (OpenRecent) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.Open, s.Notice = Open{Recent: &Recent{}}, nil
	return s, []Effect{ReadWorks{}, Focus{ElementID: RecentClose}}
}

func (m OpenWork) apply(s State) (State, []Effect) {
	i := slices.IndexFunc(s.Works, func(w kept.Work) bool { return w.Key == m.Key })
	if i < 0 {
		return s.say(ToneBad, catalog.Say(catalog.NoticeGone)), []Effect{ReadWorks{}}
	}
	next, effects, ok := s.take(s.Works[i])
	if !ok {
		return s.say(ToneBad, catalog.Say(catalog.NoticeSealed)), nil
	}
	return next, append(effects, next.link(true), ReadWorks{})
}

func (m EraseWork) apply(s State) (State, []Effect) {
	return s.erase(slices.IndexFunc(s.Works, func(w kept.Work) bool { return w.Key == m.Key }), 1)
}

func (EraseAll) apply(s State) (State, []Effect) { return s.erase(0, len(s.Works)) }

// erase erases n works, beginning with the ith.
func (s State) erase(i, n int) (State, []Effect) {
	if s.Open.Recent == nil || i < 0 || n == 0 {
		return s, nil
	}
	gone := s.Works[i : i+n : i+n]
	s.Works = slices.Concat(s.Works[:i], s.Works[i+n:])
	s.Open.Recent = &Recent{Erased: gone}
	return s, []Effect{EraseWorks{gone}, Focus{ElementID: "recent-restore"},
		Announce{s.Words(catalog.UIErased, n)}}
}

func (RestoreErased) apply(s State) (State, []Effect) {
	if s.Open.Recent == nil || len(s.Open.Recent.Erased) == 0 {
		return s, nil
	}
	erased := s.Open.Recent.Erased
	s.Open.Recent = &Recent{}
	return s, []Effect{RestoreWorks{erased}, Focus{ElementID: RecentClose}}
}

func (StoreFull) apply(s State) (State, []Effect) {
	// It is shown once, and edits of a chip come key by key.
	s.Notice = &Notice{Tone: ToneBad, Say: catalog.Say(catalog.NoticeFull), Stays: true,
		Actions: []Action{{catalog.CmdDownload, Download{}}, {catalog.CmdRecent, OpenRecent{}}}}
	return s, nil
}

func (m MadeRoom) apply(s State) (State, []Effect) {
	return s.say(ToneInfo, catalog.Say(catalog.NoticeMadeRoom, len(m.Removed))), []Effect{ReadWorks{}}
}
