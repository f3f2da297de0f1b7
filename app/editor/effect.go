package editor

import (
	"paramstack/app/kept"
	"paramstack/app/transfer"
	"paramstack/core/arch"
	"paramstack/core/link"
)

// An Effect is something to be done outside the State. Messages return effects,
// app/ui carries them out through app/browser. It is a closed list: this file.
type Effect interface{ effect() }

// Effects on the page itself.
type (
	// WriteText brings Doc.Pane into the text pane.
	WriteText struct{}
	// SetTitle names the document.
	SetTitle struct{ Title string }
	// Focus moves the keyboard focus to an element by its id, once drawn. Select
	// also selects what is in it.
	Focus struct {
		ElementID string
		Select    bool
	}
	// Reveal scrolls an element into view.
	Reveal struct{ ElementID string }
	// Soon sends a message once the page is drawn.
	Soon struct{ Msg Msg }
	// Announce is text for screen readers.
	Announce struct{ Text string }
)

// Effects on the address, the storage and the clipboard.
type (
	// WriteLink writes the network's link to the address bar. It may be delayed
	// until typing pauses, so the link is computed only then. Only: if there is a link
	// already. Step: it is another network, and the browser's Back returns to the one
	// before.
	WriteLink struct {
		Model    arch.Model
		Counting link.Counting
		Only     bool
		Step     bool
	}
	// Keep keeps the nth of the reader's networks as it is now: soon, and before
	// the page is left. A StoreFull or a MadeRoom may follow.
	Keep struct {
		N    int
		Work kept.Work
	}
	// KeepApart keeps it besides, if another page has made something else of it.
	KeepApart struct {
		N    int
		Work kept.Work
	}
	// Continue makes a network that was kept the nth of this page.
	Continue struct {
		N    int
		Work kept.Work
	}
	// ReadWorks requests what is kept: a WorksRead follows. EraseWorks removes some
	// of it, RestoreWorks brings it back; a WorksRead follows, too.
	ReadWorks    struct{}
	EraseWorks   struct{ Works []kept.Work }
	RestoreWorks struct{ Works []kept.Work }
	// SavePrefs keeps the preferences for the next visit, and applies theme and
	// language to the document.
	SavePrefs struct{ Prefs Prefs }
	// CopyLink passes the fragment's full link to the clipboard or the system's
	// share sheet.
	CopyLink struct{ Title, Fragment string }
	// CopyText writes a text to the clipboard: a Copied follows.
	CopyText struct{ Text string }
	// SaveFile downloads a text file.
	SaveFile struct{ Name, Text string }
	// SavePNG saves a drawing as PNG, so many times as large, or copies it: 0 times.
	SavePNG struct {
		Name, SVG string
		Times     int
	}
	// ReloadPage reloads the page.
	ReloadPage struct{}
)

// Effects with an answer: a message follows.
type (
	// FetchCards requests the gallery's file: a CardsLoaded follows.
	FetchCards struct{}
	// ReadAgain requests that a program is read again: a ReadDone follows.
	ReadAgain struct {
		ID                int // of the Program
		Expression, Input string
	}
	// StopRead ends the worker.
	StopRead struct{}
	// WriteFormat requests the network in a format: a FormatWritten follows.
	WriteFormat struct{ Request transfer.WriteFormat }
)

func (WriteText) effect()    {}
func (SetTitle) effect()     {}
func (Focus) effect()        {}
func (Reveal) effect()       {}
func (Announce) effect()     {}
func (Soon) effect()         {}
func (WriteLink) effect()    {}
func (SavePrefs) effect()    {}
func (CopyLink) effect()     {}
func (CopyText) effect()     {}
func (SaveFile) effect()     {}
func (SavePNG) effect()      {}
func (Keep) effect()         {}
func (KeepApart) effect()    {}
func (Continue) effect()     {}
func (ReadWorks) effect()    {}
func (EraseWorks) effect()   {}
func (RestoreWorks) effect() {}
func (ReloadPage) effect()   {}
func (FetchCards) effect()   {}
func (ReadAgain) effect()    {}
func (StopRead) effect()     {}
func (WriteFormat) effect()  {}
