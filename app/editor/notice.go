package editor

import "paramstack/core/catalog"

// A Tone is how a notice is meant.
type Tone uint8

// The tones.
const (
	ToneInfo Tone = iota
	ToneGood
	ToneBad
)

// A Notice is a sentence for the reader, with what can be done about it.
type Notice struct {
	Tone    Tone
	Say     catalog.Message
	Actions []Action
	Details []string // further sentences, a line each
	Stays   bool     // an edit does not answer it
}

// An Action is a button: its label and the message it sends.
type Action struct {
	Label catalog.Key
	Send  Msg
}

// say shows a notice without a question.
func (s State) say(tone Tone, what catalog.Message) State {
	s.Notice = &Notice{Tone: tone, Say: what}
	return s
}

// Messages about notices, and those that only lead to one.
type (
	// Dismiss closes the notice.
	Dismiss struct{}
	// Failed reports a fault of the program's own, after which it kept the old
	// state.
	Failed struct{ Detail string }
	// FileFailed reports that a file could not be read.
	FileFailed struct{ Name, Why string }
	// NewVersion reports that a newer page is ready; Reload loads it.
	NewVersion struct{}
	Reload     struct{}
)

func (Dismiss) apply(s State) (State, []Effect) {
	s.Notice = nil
	return s, nil
}

func (m Failed) apply(s State) (State, []Effect) {
	return s.say(ToneBad, catalog.Say(catalog.NoticeFailed, m.Detail)), nil
}

func (m FileFailed) apply(s State) (State, []Effect) {
	return s.say(ToneBad, catalog.Say(catalog.NoticeFileFailed, m.Name, m.Why)), nil
}

func (NewVersion) apply(s State) (State, []Effect) {
	s.Notice = &Notice{Tone: ToneInfo, Say: catalog.Say(catalog.NoticeNewVersion),
		Actions: []Action{{catalog.ActReload, Reload{}}, {catalog.ActLater, Dismiss{}}}}
	return s, nil
}

// What is yet to be written is written first.
func (Reload) apply(s State) (State, []Effect) { return s, []Effect{ReloadPage{}} }
