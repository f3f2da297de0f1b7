package editor

import (
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
}

// A Change is what an edit did to the number of parameters.
type Change struct{ Before, After, Delta string }

// Clear begins a new stack: an input and nothing else.
type Clear struct{}

func (Clear) apply(s State) (State, []Effect) {
	file, _ := text.Parse("input 3x224x224\n")
	s = s.replaceAll(file.Model)
	return s, s.changed()
}

// DismissLesson closes what the last edit taught.
type DismissLesson struct{}

func (DismissLesson) apply(s State) (State, []Effect) {
	s.Doc.Lesson = nil
	return s, nil
}

// replaceAll shows another network altogether; undo brings the old one back.
func (s State) replaceAll(m arch.Model) State {
	s.History = s.History.push(Moment{s.Doc.Model, "", s.asSent()})
	s = s.countOwn()
	s.View = View{Limit: firstRows}
	s.Open = Open{}
	s.Doc.Began, s.Frame.Sight = "", Sight{}
	s = s.show(m)
	s.Doc.Change, s.Doc.Lesson = nil, nil
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
	s, s.History = after, s.History.push(Moment{before.Model, origin, s.asSent()})
	s.Doc.from = from
	s.Doc.Lesson = lesson(from, s.Doc.Report, s.Prefs.Style())
	s.Doc.Change = change(from, s.Doc.Report, s.Prefs.Style())
	if s.Notice != nil && s.Notice.Tone != ToneInfo {
		s.Notice = nil
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
		Change: s.Doc.Change}
	s.Doc.Pane = s.Doc.Text
	if net := zoo.Match(m); net != nil {
		s.Doc.Preset, s.Doc.Began = net.ID, net.ID
	}
	s.View = s.View.keep(m)
	return s
}

// changed is to be done after an edit of the blocks: it is the reader's work.
func (s State) changed() []Effect {
	return []Effect{WriteText{}, WriteLink{Model: s.Doc.Model, Counting: s.Prefs.linked(), Save: true}, s.announce()}
}

// opened is to be done after a network was only opened: it is not yet the
// reader's work, and must not be saved over theirs.
func (s State) opened() []Effect {
	return []Effect{WriteText{}, WriteLink{Model: s.Doc.Model, Counting: s.Prefs.linked()}, s.announce()}
}

// announce has screen readers read the total.
func (s State) announce() Effect {
	total := s.Doc.Report.Totals
	params := atLeast(total.ParamsAtLeast) + s.Prefs.Style().Params(total.Counts).Grouped()
	return Announce{s.Prefs.Lang.In(catalog.AnnounceTotal, s.Name(), params)}
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
