package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/tensor"
)

// A Msg is something that happened: a click, a key, a link opened.
type Msg interface{}

// The fields of a row that are not hyper-parameters of its kind.
const (
	LabelField = "label"
	TimesField = "times"
	// SharedField is the switch of a repeat whose turns have one set of weights,
	// SharesField the label of the layer whose weights a layer uses.
	SharedField = "shared"
	SharesField = "shares"
)

// Messages about the network.
type (
	// LoadPreset shows a published network.
	LoadPreset struct{ ID string }
	// LoadText replaces the network by what a text says (a file, a script).
	LoadText struct{ Source, Text string }
	// LoadLink replaces the network by what a link holds. AtBoot: it is the
	// address the page was opened with.
	LoadLink struct {
		Fragment string
		AtBoot   bool
	}
	// TypeText is a keystroke in the text pane.
	TypeText struct{ Text string }
	// Clear begins a new stack: an input and nothing else.
	Clear struct{}

	// Undo and Redo go through the history.
	Undo struct{}
	Redo struct{}

	// SetField writes a hyper-parameter, the label or the times of a node.
	SetField struct {
		ID           arch.ID
		Field, Value string
	}
	// Toggle flips a switch of a node.
	Toggle struct {
		ID    arch.ID
		Field string
	}
	// Mend applies a remedy: the Fix-th of the Problem-th problem of a row.
	Mend struct {
		Row          Key
		Problem, Fix int
	}
	// Insert puts a layer or block of the palette in its place.
	Insert struct{ Item string }

	// Commands on the selection.
	Delete     struct{}
	Duplicate  struct{}
	Shift      struct{ Step int } // -1 up, +1 down
	WrapRepeat struct{}
	WrapSkip   struct{} // into a branch beside an empty path
	Unwrap     struct{}
	Freeze     struct{}
	AddPath    struct{}
)

// Messages about the view.
type (
	// Select moves the cursor to a row. Extend keeps what was selected.
	Select struct {
		Row    Key
		Extend bool
	}
	// Go moves the cursor up or down by rows.
	Go struct {
		By     int
		Extend bool
	}
	// FoldRow folds or unfolds a row; FoldAll does so with all.
	FoldRow struct{ Row Key }
	FoldAll struct{ Open bool }
	// Unroll shows every turn of every repeat by itself, or no more.
	Unroll struct{}
	// ShowMore draws more rows of a very long stack.
	ShowMore struct{}

	// BeginEdit opens a chip ("" for the first), Typed is a keystroke in it,
	// EndEdit closes it; Cancel brings back what stood there.
	BeginEdit struct {
		Row   Key
		Field string
	}
	Typed struct{ Value string }
	// Left: the focus has gone elsewhere already, so it is not moved back.
	EndEdit struct{ Cancel, Left bool }

	// Point points at a number of a formula; Token -1 at none.
	Point struct {
		Row   Key
		Token int
	}

	// DragStart, DragOver and Drop move a row by hand; DragCancel lets it be.
	DragStart struct{ Row Key }
	DragOver  struct {
		Row   Key
		After bool
	}
	Drop       struct{}
	DragCancel struct{}

	// OpenPalette asks what to add, at a row (below it, inside it) or at the end.
	OpenPalette struct{ Row Key }
	// Search is a keystroke in the palette; Pick moves in its list.
	Search struct{ Query string }
	Pick   struct{ By int }
	// ShowHelp opens the sheet of keys. Close closes whatever lies on top.
	ShowHelp struct{}
	Close    struct{}
)

// Messages about the reader's wishes.
type (
	SetLang    struct{ Lang catalog.Lang }
	SetTheme   struct{ Theme Theme }
	CycleTheme struct{}
	CycleLang  struct{}
	SetBiases  struct{ Count bool }
	SetBinary  struct{ On bool }
	SetLayout  struct{ Layout tensor.Layout }
	SetFlat    struct{ On bool }
	// SetKeras counts, names and orders shapes as Keras does, or as PyTorch.
	SetKeras     struct{ On bool }
	RestorePrefs struct{ Prefs Prefs }
)

// Messages from the surroundings.
type (
	// Share copies the link; Shared and ShareFailed say how it went.
	Share       struct{}
	Shared      struct{}
	ShareFailed struct{ Link string }
	// Download saves the stack text as a file.
	Download struct{}
	// OfferWork offers work of an earlier visit; TakeOffer and DropOffer answer.
	OfferWork struct{ Fragment string }
	TakeOffer struct{}
	DropOffer struct{}
	// NewVersion says that a newer page waits; Reload takes it.
	NewVersion struct{}
	Reload     struct{}
	// Failed says that the program met a fault of its own and kept the old state.
	Failed struct{ Detail string }
	// FileFailed says that a file could not be read.
	FileFailed struct{ Name, Why string }
	// Dismiss closes the notice.
	Dismiss struct{}
)
