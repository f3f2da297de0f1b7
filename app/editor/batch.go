package editor

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/link"
)

// A Batch is several files that are read one after another: what was said of each.
type Batch struct {
	Count int
	Said  []Notice
}

// Messages about several files, and about a network that comes without one.
type (
	// ReadMany reports that so many files will be read, ManyRead that all of them were.
	ReadMany struct{ Count int }
	ManyRead struct{}
	// Paste is a text that was pasted where nothing else takes it: a stack text, or a
	// link.
	Paste struct{ Source, Text string }
)

func (m ReadMany) apply(s State) (State, []Effect) {
	b := Batch{Count: m.Count}
	if s.Batch != nil {
		b = Batch{s.Batch.Count + m.Count, s.Batch.Said}
	}
	s.Batch = &b
	return s, nil
}

// collect notes what was said of one of several files.
func (s State) collect(m Msg) State {
	if s.Batch == nil || s.Notice == nil {
		return s
	}
	switch m.(type) {
	case ReadDone, LoadText, FileFailed, ExplainError:
		said := s.Batch.Said
		s.Batch = &Batch{s.Batch.Count, append(said[:len(said):len(said)], *s.Notice)}
	}
	return s
}

// The notice of the last file would hide those of the others.
func (ManyRead) apply(s State) (State, []Effect) {
	b := s.Batch
	s.Batch = nil
	if b == nil || len(b.Said) < 2 {
		return s, nil
	}
	n := Notice{Tone: ToneGood, Actions: []Action{{catalog.CmdRecent, OpenRecent{}}}}
	opened := 0
	for i := range b.Said {
		if b.Said[i].Tone == ToneBad {
			n.Tone = ToneBad
		} else {
			opened++
		}
		if i < mostNotes {
			n.Details = append(n.Details, b.Said[i].Say.In(s.Prefs.Lang))
		}
	}
	if more := len(b.Said) - mostNotes; more > 0 {
		n.Details = append(n.Details, s.Words(catalog.NoticeMore, more))
	}
	n.Say = catalog.Say(catalog.NoticeFiles, opened, b.Count)
	if last := b.Said[len(b.Said)-1]; last.Tone != ToneBad {
		n.Actions = append(slices.Clone(last.Actions), n.Actions...)
	}
	s.Notice = &n
	return s, []Effect{ReadWorks{}}
}

func (m Paste) apply(s State) (State, []Effect) {
	src := strings.TrimSpace(m.Text)
	if _, fragment, ok := strings.Cut(src, "#"); ok && !strings.ContainsAny(src, " \n") {
		if model, counting, d := link.DecodeCounted(fragment); d == nil {
			s, _ = s.visited(model, counting)
			return s, s.opened(true)
		}
	}
	return LoadText(m).apply(s)
}
