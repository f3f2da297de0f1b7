package editor

import "paramstack/app/transfer"

// An Export is the sheet on which the network is written for other tools and
// people.
type Export struct {
	Chosen   string // the name of a format of transfer.Formats
	Text     string
	Problems []string // what could not be written in it
	Error    string
	Busy     bool
	Drawing  Drawing // of the diagram's formats
}

// Messages about the sheet.
type (
	// OpenExport shows what the network can be written as.
	OpenExport struct{}
	// ChooseFormat writes the network in a format, FormatWritten brings the result.
	ChooseFormat  struct{ Name string }
	FormatWritten struct {
		Name, Text string
		Problems   []string
		Error      string
	}
	// CopyExport and SaveExport copy and save what was written.
	CopyExport struct{}
	SaveExport struct{}
)

func (OpenExport) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.Open = Open{Export: &Export{}}
	s, effects := ChooseFormat{transfer.Formats[0].Name}.apply(s)
	return s, append(effects, Focus{ElementID: ExportClose})
}

func (m ChooseFormat) apply(s State) (State, []Effect) {
	if s.Open.Export == nil {
		return s, nil
	}
	if s.drawn(m.Name) {
		return s, nil
	}
	s.Open.Export = &Export{Chosen: m.Name, Busy: true, Drawing: s.Open.Export.Drawing}
	return s, []Effect{WriteFormat{transfer.WriteFormat{
		Format: m.Name, Text: s.Doc.Text, Style: s.Prefs.Style(), Lang: s.Prefs.Lang}}}
}

func (m FormatWritten) apply(s State) (State, []Effect) {
	if s.Open.Export == nil || s.Open.Export.Chosen != m.Name {
		return s, nil // of a choice that was changed since
	}
	sheet := *s.Open.Export
	sheet.Busy, sheet.Text, sheet.Problems, sheet.Error = false, m.Text, m.Problems, m.Error
	s.Open.Export = &sheet
	return s, nil
}

func (CopyExport) apply(s State) (State, []Effect) {
	if e := s.Open.Export; e != nil && e.Text != "" {
		return s, []Effect{CopyText{e.Text}}
	}
	return s, nil
}

func (SaveExport) apply(s State) (State, []Effect) {
	e := s.Open.Export
	if e == nil || e.Text == "" {
		return s, nil
	}
	for _, f := range transfer.Menu() {
		if f.Name == e.Chosen {
			return s, []Effect{SaveFile{Name: fileName(s.Name()+" "+f.Name) + f.Ext, Text: e.Text}}
		}
	}
	return s, nil
}
