package editor

import (
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/text"
)

// A Job is a file being read.
type Job struct {
	Source  string
	Permill int // how much is done; 0 until it is known
}

// An Opened is a network that came from a file, to be gone back to.
type Opened struct {
	Name, Text string
	Keras      bool     // its numbers are as Keras counts
	Origins    []string // the lines of the program that made its nodes
	Program    *Program // it came from, nil if from none
}

// Messages about files that are read.
type (
	// ReadStarted reports that a file is being read, ReadProgress how far that is.
	ReadStarted  struct{ Source string }
	ReadProgress struct{ Permill int }
	// ReadDone brings what a file holds.
	ReadDone struct {
		Source, Format, Text string
		More                 []string // further networks in it, to be gone to
		Notes                []string
		Doubt                bool
		Keras                bool // its numbers are as Keras counts
		Error                string
		Origins              []string // the lines that made the nodes of Text, then of More
		Program              *Program // what else can be made, nil if the file is no program
	}
	// CancelRead cancels reading the file.
	CancelRead struct{}
	// ShowOpened shows a network that came from a file.
	ShowOpened struct{ Index int }
)

// mostNotes is how many notes about a file are shown.
const mostNotes = 6

func (m ReadStarted) apply(s State) (State, []Effect) {
	s.Job, s.Notice = &Job{Source: m.Source}, nil
	return s, nil
}

func (m ReadProgress) apply(s State) (State, []Effect) {
	if s.Job != nil {
		s.Job = &Job{s.Job.Source, min(max(m.Permill, s.Job.Permill), 1000)}
	}
	return s, nil
}

// If the file could not be read, everything stays.
func (m ReadDone) apply(s State) (State, []Effect) {
	s.Job = nil
	if m.Program != nil && m.Error == "" || m.Program != nil && len(m.Program.Choices) > 0 {
		s.Program = m.Program
	}
	switch {
	case m.Error != "" && s.reread(m.Program):
		return s.refused(m.Error)
	case m.Error != "" && s.Program != nil && s.Program == m.Program:
		s = s.say(ToneBad, catalog.Say(catalog.NoticeReadBad, m.Source, m.Format, m.Error))
		s.Notice.Actions = []Action{{catalog.ActChoose, OpenProgram{}}}
		s, effects := OpenProgram{}.apply(s)
		s, _ = s.refused(m.Error)
		return s, effects
	case m.Error != "" && m.Format != "":
		return s.say(ToneBad, catalog.Say(catalog.NoticeReadBad, m.Source, m.Format, m.Error)), nil
	case m.Error != "":
		return s.say(ToneBad, catalog.Say(catalog.NoticeReadUnknown, m.Source, m.Error)), nil
	}
	file, problems := text.Parse(m.Text)
	if d := firstError(problems); d != nil {
		return s.say(ToneBad, catalog.Say(catalog.NoticeReadBad, m.Source, m.Format, d.Say)), nil
	}
	model, left := originate(file.Model, m.Origins)
	s = s.replaceAll(model)
	s.Opened = append(s.Opened[:len(s.Opened):len(s.Opened)], Opened{s.Name(), m.Text, m.Keras, m.Origins, m.Program})
	for _, src := range m.More {
		if file, problems := text.Parse(src); firstError(problems) == nil {
			s.Opened = append(s.Opened, Opened{file.Model.Name, src, m.Keras, left, m.Program})
			_, left = originate(file.Model, left)
		}
	}
	s.Notice = m.notice(s.Prefs.Lang)
	if m.Program != nil {
		s.Notice.Actions = []Action{{catalog.ActChoose, OpenProgram{}}}
	}
	var as bool
	if s, as = s.countAsKeras(m.Keras); as {
		s.Notice.Details = append([]string{s.Prefs.Lang.In(catalog.NoticeAsKeras)}, s.Notice.Details...)
		s.Notice.Actions = append(s.Notice.Actions, Action{catalog.ActCountTorch, SetKeras{false}})
	}
	return s.taken()
}

// notice is what was read, with the notes about it.
func (m ReadDone) notice(lang catalog.Lang) *Notice {
	n := &Notice{Tone: ToneGood, Say: catalog.Say(catalog.NoticeRead, m.Source, m.Format),
		Details: m.Notes[:min(len(m.Notes), mostNotes)]}
	if m.Doubt {
		n.Tone = ToneInfo
	}
	if more := len(m.Notes) - mostNotes; more > 0 {
		n.Details = append(n.Details[:mostNotes:mostNotes], lang.In(catalog.NoticeMore, more))
	}
	return n
}

func (CancelRead) apply(s State) (State, []Effect) {
	if s.Job == nil {
		return s, nil
	}
	s.Job, s.Batch = nil, nil
	return s.say(ToneInfo, catalog.Say(catalog.ImportCancelled)), []Effect{StopRead{}}
}

func (m ShowOpened) apply(s State) (State, []Effect) {
	if m.Index < 0 || m.Index >= len(s.Opened) {
		return s, nil
	}
	opened := s.Opened[m.Index]
	file, _ := text.Parse(opened.Text)
	model, _ := originate(file.Model, opened.Origins)
	s = s.replaceAll(model)
	if opened.Program != nil {
		s.Program = opened.Program
	}
	s, _ = s.countAsKeras(opened.Keras)
	return s.taken()
}

// countAsKeras counts what came from Keras as Keras does, if that makes a difference.
func (s State) countAsKeras(from bool) (State, bool) {
	if !from || s.Prefs.Keras || !s.Doc.Report.Totals.Counts.Differ() {
		return s, false
	}
	return s.countAs(link.Counting{Keras: true, NoBiases: s.Prefs.NoBiases})
}
