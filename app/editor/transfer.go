package editor

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// A Job is a file being read.
type Job struct {
	Source  string
	Permill int // how much is done; 0 until the first word comes
}

// An Opened is a network that came from a file, to be gone back to.
type Opened struct{ Name, Text string }

// A Sheet is what the network is written as, for other tools and people.
type Sheet struct {
	Formats  []Outlet // nil until they are known
	Chosen   string   // the format's name
	Text     string
	Problems []string // what could not be said in it
	Error    string
	Busy     bool
}

// An Outlet is a format that a network can be written in.
type Outlet struct {
	Name, Label, Ext string
	Prose            bool // sentences, whose lines may be broken to be read
}

// Messages about files of other tools.
type (
	// ReadBegan says that a file is being read, ReadGoes how far that is.
	ReadBegan struct{ Source string }
	ReadGoes  struct{ Permill int }
	// ReadCame brings what a file holds.
	ReadCame struct {
		Source, Format, Text string
		More                 []string // further networks in it, to be gone to
		Notes                []string
		Doubt                bool
		Error                string
	}
	// CancelRead gives up the file being read.
	CancelRead struct{}
	// ShowOpened shows a network that came from a file.
	ShowOpened struct{ Index int }

	// OpenExport shows what the network can be written as.
	OpenExport struct{}
	// OutletsCame brings the formats.
	OutletsCame struct{ Formats []Outlet }
	// ChooseOutlet writes the network in a format, OutletCame brings the result.
	ChooseOutlet struct{ Name string }
	OutletCame   struct {
		Name, Text string
		Problems   []string
		Error      string
	}
	// CopySheet and SaveSheet take what was written.
	CopySheet struct{}
	SaveSheet struct{}
	// Copied says that a text is in the clipboard, or could not be put there.
	Copied struct{ OK bool }
)

// Effects about files of other tools.
type (
	// StopRead ends the worker.
	StopRead struct{}
	// AskOutlets asks for the formats: an OutletsCame follows.
	AskOutlets struct{ Lang catalog.Lang }
	// Write asks for the network in a format: an OutletCame follows.
	Write struct {
		Name, Text string
		Prefs      Prefs
	}
	// CopyText puts a text into the clipboard: a Copied follows.
	CopyText struct{ Text string }
)

// mostNotes is how many notes about a file are shown.
const mostNotes = 6

func (s State) updateTransfer(m Msg) (State, []Effect) {
	switch m := m.(type) {
	case ReadBegan:
		s.Job, s.Notice = &Job{Source: m.Source}, nil
	case ReadGoes:
		if s.Job != nil {
			s.Job = &Job{s.Job.Source, min(max(m.Permill, s.Job.Permill), 1000)}
		}
	case ReadCame:
		s.Job = nil
		return s.readCame(m)
	case CancelRead:
		if s.Job == nil {
			return s, nil
		}
		s.Job = nil
		s, effects := s.say(ToneInfo, catalog.Say(catalog.ImportCancelled))
		return s, append(effects, StopRead{})
	case ShowOpened:
		if m.Index < 0 || m.Index >= len(s.Opened) {
			return s, nil
		}
		file, _ := text.Parse(s.Opened[m.Index].Text)
		s, effects := s.replaceAll(file.Model)
		s.Notice = nil
		return s, effects
	default:
		return s.updateSheet(m)
	}
	return s, nil
}

// readCame shows what a file holds; if it could not be read, everything stays.
func (s State) readCame(m ReadCame) (State, []Effect) {
	if m.Error != "" {
		if m.Format != "" {
			return s.say(ToneBad, catalog.Say(catalog.NoticeReadBad, m.Source, m.Format, m.Error))
		}
		return s.say(ToneBad, catalog.Say(catalog.NoticeReadUnknown, m.Source, m.Error))
	}
	file, problems := text.Parse(m.Text)
	if d := firstError(problems); d != nil {
		return s.say(ToneBad, catalog.Say(catalog.NoticeReadBad, m.Source, m.Format, d.Say))
	}
	s, effects := s.replaceAll(file.Model)
	s.Opened = append(s.Opened[:len(s.Opened):len(s.Opened)], Opened{s.title(), m.Text})
	for _, src := range m.More {
		if file, problems := text.Parse(src); firstError(problems) == nil {
			s.Opened = append(s.Opened, Opened{file.Model.Name, src})
		}
	}
	tone := ToneGood
	if m.Doubt {
		tone = ToneInfo
	}
	s.Notice = &Notice{Tone: tone, Say: catalog.Say(catalog.NoticeRead, m.Source, m.Format), Details: m.Notes[:min(len(m.Notes), mostNotes)]}
	if more := len(m.Notes) - mostNotes; more > 0 {
		s.Notice.Details = append(s.Notice.Details[:mostNotes:mostNotes], s.Prefs.Lang.In(catalog.NoticeMore, more))
	}
	return s, effects
}

func (s State) updateSheet(m Msg) (State, []Effect) {
	sheet := Sheet{}
	if s.Open.Export != nil {
		sheet = *s.Open.Export
	}
	switch m := m.(type) {
	case OpenExport:
		s.Open, s.View.Edit = Open{Export: &Sheet{Busy: true}}, nil
		return s, []Effect{AskOutlets{s.Prefs.Lang}, Focus{ElementID: "export-close"}}
	case OutletsCame:
		if s.Open.Export == nil {
			return s, nil
		}
		sheet.Formats = m.Formats
		s.Open.Export = &sheet
		if sheet.Chosen == "" && len(m.Formats) > 0 {
			return s.updateSheet(ChooseOutlet{m.Formats[0].Name})
		}
	case ChooseOutlet:
		if s.Open.Export == nil {
			return s, nil
		}
		s.Open.Export = &Sheet{Formats: sheet.Formats, Chosen: m.Name, Busy: true}
		return s, []Effect{Write{m.Name, s.Doc.Text, s.Prefs}}
	case OutletCame:
		if s.Open.Export == nil || sheet.Chosen != m.Name {
			return s, nil // of a choice that was changed since
		}
		sheet.Busy, sheet.Text, sheet.Problems, sheet.Error = false, m.Text, m.Problems, m.Error
		s.Open.Export = &sheet
	case CopySheet:
		if s.Open.Export != nil && sheet.Text != "" {
			return s, []Effect{CopyText{sheet.Text}}
		}
	case SaveSheet:
		for _, f := range sheet.Formats {
			if f.Name == sheet.Chosen && sheet.Text != "" {
				return s, []Effect{SaveFile{Name: fileName(s.title()+" "+f.Name) + f.Ext, Text: sheet.Text}}
			}
		}
	case Copied:
		if m.OK {
			return s.say(ToneGood, catalog.Say(catalog.NoticeCopied))
		}
		return s.say(ToneBad, catalog.Say(catalog.NoticeNotCopied))
	}
	return s, nil
}

// Foreign reports whether a text that was pasted is no stack text but looks like
// a file of another tool.
func Foreign(src string) bool {
	if len(src) < 12 {
		return false
	}
	_, problems := text.Parse(src)
	return hasError(problems) && looksForeign(src)
}

func hasError(problems []*diag.Diag) bool { return firstError(problems) != nil }

// marks are what texts of other tools have in them: JSON, prototxt, Darknet's
// configuration, a printed module, a printed table.
var marks = []string{"\"class_name\"", "\"modelTopology\"", "layer {", "layers {", "layer{", "layers{", "[net]", "[convolutional]", "(0): ", "): Conv", "): Linear",
	"Layer (type", "module name", "Param #", "\"weightsManifest\"", "\"paramstack report"}

func looksForeign(src string) bool {
	for _, mark := range marks {
		if strings.Contains(src, mark) {
			return true
		}
	}
	return false
}
