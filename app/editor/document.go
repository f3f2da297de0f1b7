package editor

import (
	"cmp"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/link"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// A Doc is the network, and what follows from it.
type Doc struct {
	Model  arch.Model
	Report *count.Report // of Model
	Text   string        // Model as stack text
	Pane   string        // what is in the text pane: Text, or what was typed there
	Draft  *Draft        // what is wrong with Pane; nil while the text pane and the blocks agree
	Preset string        // ID of the published network it is, word for word; "" for a network of one's own
	Began  string        // ID of the published network it is, or began as before it was edited
	Card   *zoo.Card     // the network of the gallery it is, unchanged; nil for others
	Lesson *catalog.Message
	Change *Change       // what the last step did to the total
	from   *count.Report // of what was shown before that step

	// Work is which of the reader's networks it is, counted by State.Made; 0 for
	// one that was only opened. Kept: it is as the reader made it, and kept. Undo may
	// lead back to where the work began: then what was made of it stays kept.
	Work int
	Kept bool
}

// A Change is what an edit did to the number of parameters.
type Change struct{ Before, After, Delta string }

// Clear begins a new stack: an input and nothing else.
type Clear struct{}

func (Clear) apply(s State) (State, []Effect) {
	file, _ := text.Parse("input 3x224x224\n")
	before := s
	s = s.replaceAll(file.Model)
	return s.offerBefore(before), s.opened(true)
}

// DismissLesson closes what the last edit taught.
type DismissLesson struct{}

func (DismissLesson) apply(s State) (State, []Effect) {
	s.Doc.Lesson = nil
	return s, nil
}

// replaceAll shows another network altogether; undo brings the old one back.
func (s State) replaceAll(m arch.Model) State {
	aside := s.Doc.Draft != nil
	s.History = s.History.push(s.moment(""))
	s = s.countOwn()
	s.View = View{Limit: firstRows, Reasons: s.View.Reasons}
	s.Open = Open{}
	s.Notice = nil
	s.Doc.Began, s.Frame.Sight = "", Sight{}
	s = s.show(m)
	s.Doc.Change, s.Doc.Lesson = nil, nil
	s.Doc.Work, s.Doc.Kept = 0, false
	if aside {
		s = s.setAside()
	}
	return s
}

// become makes an edit: it can be undone, and one after another with the same
// origin are undone together. An empty origin joins with none. What changes
// nothing is no edit, and returns false: undo must not seem to do nothing.
func (s State) become(m arch.Model, origin string) (State, bool) {
	before := s.Doc
	after := s.show(m)
	if after.Doc.Text == before.Text && slices.Equal(nodes(m), nodes(before.Model)) {
		return s, false
	}
	from := before.Report // what one step changed is shown, not what its last keystroke did
	if s.History.joins(origin) && before.from != nil {
		from = before.from
	}
	aside := before.Draft != nil && origin != fromText
	if after.Doc.Work == 0 || aside {
		after = after.begin()
	}
	was := s.moment(origin)
	was.Work = cmp.Or(was.Work, after.Doc.Work)
	s, s.History = after, s.History.push(was)
	s.Doc.from, s.Doc.Kept = from, true
	s.Doc.Lesson = lesson(from, s.Doc.Report, s.Prefs.Style())
	s.Doc.Change = change(from, s.Doc.Report, s.Prefs.Style())
	if s.Notice != nil && s.Notice.Tone != ToneInfo && !s.Notice.Stays {
		s.Notice = nil
	}
	if aside {
		s = s.setAside()
	}
	return s, true
}

// edit makes an edit of the blocks.
func (s State) edit(m arch.Model, origin string) (State, []Effect) {
	s, ok := s.become(m, origin)
	if !ok {
		return s, nil
	}
	return s, s.changed()
}

// nodes lists a model's nodes, so that equal ones that changed places count as
// a change.
func nodes(m arch.Model) []arch.ID {
	var ids []arch.ID
	m.Walk(func(n arch.Node) { ids = append(ids, n.Head().ID) })
	return ids
}

// show counts a model and makes it the one on the page.
func (s State) show(m arch.Model) State {
	report := count.Of(m)
	if settled, ok := report.Settled(m); ok {
		m, report = settled, count.Of(settled)
	}
	s.Doc = Doc{Model: m, Report: report, Text: text.Format(m), Began: s.Doc.Began, Lesson: s.Doc.Lesson,
		Change: s.Doc.Change, Work: s.Doc.Work, Kept: s.Doc.Kept}
	s.Doc.Pane = s.Doc.Text
	if net := zoo.Match(m); net != nil {
		s.Doc.Preset, s.Doc.Began = net.ID, net.ID
	}
	s.View = s.View.keep(m)
	return s
}

// changed is to be done after an edit of the blocks: it is the reader's work.
func (s State) changed() []Effect {
	return []Effect{WriteText{}, s.link(false), s.keep(), s.announce()}
}

// link writes the link of what is shown into the address. step: the browser's Back
// returns to the network before.
func (s State) link(step bool) Effect {
	return WriteLink{Model: s.Doc.Model, Counting: s.Prefs.linked(), Step: step}
}

// opened is to be done after a network was only opened: it is not yet the reader's
// work. step: the browser's Back returns to the one before.
func (s State) opened(step bool) []Effect {
	effects := []Effect{WriteText{}, s.link(step), s.announce()}
	if step {
		effects = append(effects, ReadWorks{}) // the one before is among them now
	}
	return effects
}

// taken is to be done after a network was opened that is the reader's own from then
// on: from a file, from a script.
func (s State) taken() (State, []Effect) {
	s = s.begin()
	return s, append(s.opened(true), s.keep())
}

// Name returns what the network is called.
func (s State) Name() string {
	if s.Doc.Model.Name != "" {
		return s.Doc.Model.Name
	}
	return s.Prefs.Lang.In(catalog.Untitled)
}

// title returns the network's name as it is shown: in Korean, that of a published
// network is translated, where the stack text states it in English.
func (s State) title() string {
	if key := catalog.PresetName(s.Doc.Preset); s.Prefs.Lang == catalog.Korean && s.Doc.Preset != "" && catalog.Has(key) {
		return s.Words(key)
	}
	return s.Name()
}

// Fragment returns the link of the network as it is counted, without the #.
func (s State) Fragment() string { return link.EncodeCounted(s.Doc.Model, s.Prefs.linked()) }

// atLeast is the sign before a number of which not all could be counted.
func atLeast(is bool) string {
	if is {
		return "≥ "
	}
	return ""
}

// change returns what an edit did to the total, nil if nothing.
func change(before, after *count.Report, style count.Style) *Change {
	if before == nil {
		return nil
	}
	a, b := style.Params(before.Totals.Counts), style.Params(after.Totals.Counts)
	if a.Equal(b) {
		return nil
	}
	delta, sign := b.Sub(a), "+"
	if delta.Cmp(num.Of(0)) < 0 {
		delta, sign = a.Sub(b), "−"
	}
	return &Change{a.Grouped(), b.Grouped(), sign + delta.Grouped()}
}
