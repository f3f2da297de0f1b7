package editor

import "paramstack/core/arch"

// An Effect is something to be done outside the State. Update returns effects,
// app/ui carries them out through app/browser.
type Effect interface{}

// The effects.
type (
	// WriteLink puts the network's link into the address bar, and saves it
	// locally if Save is set. Both may be put off until typing pauses, so the
	// link is made only then.
	WriteLink struct {
		Model arch.Model
		Save  bool
	}
	// SavePrefs keeps the reader's wishes for the next visit, and applies theme
	// and language to the document.
	SavePrefs struct{ Prefs Prefs }
	// CopyLink gives the fragment's full link to the clipboard or the system's
	// share sheet.
	CopyLink struct{ Title, Fragment string }
	// SaveFile downloads a text file.
	SaveFile struct{ Name, Text string }
	// SetText writes the text pane.
	SetText struct{ Text string }
	// Focus moves the keyboard focus to an element by its id, once drawn. Select
	// also selects what stands in it.
	Focus struct {
		ElementID string
		Select    bool
	}
	// Announce is said by screen readers.
	Announce struct{ Text string }
	// ForgetWork clears what was saved.
	ForgetWork struct{}
	// ReloadPage loads the page anew.
	ReloadPage struct{}
)
