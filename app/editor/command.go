package editor

import "paramstack/core/catalog"

// A Command is something that can be done from the keyboard, the toolbar or the
// row's own bar. Shortcuts, buttons and the help sheet all come from Commands.
type Command struct {
	ID      string // stable; also the id of its toolbar button
	Label   catalog.Key
	Keys    []string // as KeyName writes them: "ctrl+z", "delete", "alt+up", "?"
	Section Section
	Enabled func(State) bool // nil: always
	Send    Msg
}

// A Section groups commands in the help sheet.
type Section uint8

// The sections.
const (
	SectionStack Section = iota
	SectionRow
	SectionView
	SectionPage
	Sections
)

// Label returns the section's name.
func (s Section) Label() catalog.Key {
	return [Sections]catalog.Key{catalog.SectionStack, catalog.SectionRow, catalog.SectionView, catalog.SectionPage}[s]
}

// On reports whether the command can be done now.
func (c *Command) On(s State) bool { return c.Enabled == nil || c.Enabled(s) }

// ByID returns a command, nil if there is none.
func ByID(id string) *Command {
	for i := range Commands {
		if Commands[i].ID == id {
			return &Commands[i]
		}
	}
	return nil
}

// ByKey returns the command of a key, nil if there is none.
func ByKey(key string) *Command {
	for i := range Commands {
		for _, k := range Commands[i].Keys {
			if k == key {
				return &Commands[i]
			}
		}
	}
	return nil
}

// KeyName names a key press: modifiers in the order ctrl, alt, shift, then the
// key in small letters. Meta counts as ctrl, so that the same table serves a Mac.
// Shift is left out for printed signs, where it is part of the sign.
func KeyName(key string, ctrl, alt, shift bool) string {
	name := keyNames[key]
	if name == "" {
		name = lower(key)
	}
	if shift && (len([]rune(key)) > 1 || ctrl || alt) {
		name = "shift+" + name
	}
	if alt {
		name = "alt+" + name
	}
	if ctrl {
		name = "ctrl+" + name
	}
	return name
}

var keyNames = map[string]string{
	"ArrowUp": "up", "ArrowDown": "down", "ArrowLeft": "left", "ArrowRight": "right",
	"Escape": "esc", " ": "space",
}

func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func hasCursor(s State) bool { return s.cursorNode() != 0 }

// Commands is the one list of what can be done.
var Commands = []Command{
	{ID: "undo", Label: catalog.CmdUndo, Keys: []string{"ctrl+z"}, Section: SectionStack, Send: Undo{},
		Enabled: func(s State) bool { return len(s.History.Past) > 0 }},
	{ID: "redo", Label: catalog.CmdRedo, Keys: []string{"ctrl+shift+z", "ctrl+y"}, Section: SectionStack, Send: Redo{},
		Enabled: func(s State) bool { return len(s.History.Future) > 0 }},
	{ID: "new", Label: catalog.CmdNew, Keys: []string{"alt+n"}, Section: SectionStack, Send: Clear{}},
	{ID: "gallery", Label: catalog.CmdGallery, Keys: []string{"g"}, Section: SectionStack, Send: OpenGallery{}},
	{ID: "add", Label: catalog.CmdAdd, Keys: []string{"a", "+", "insert"}, Section: SectionStack, Send: OpenPalette{}},
	{ID: "share", Label: catalog.CmdShare, Keys: []string{"ctrl+shift+s"}, Section: SectionStack, Send: Share{}},
	{ID: "export", Label: catalog.CmdExport, Keys: []string{"e"}, Section: SectionStack, Send: OpenExport{}},
	{ID: "download", Label: catalog.CmdDownload, Keys: []string{"ctrl+s"}, Section: SectionStack, Send: Download{}},

	{ID: "edit", Label: catalog.CmdEdit, Keys: []string{"enter"}, Section: SectionRow, Send: BeginEdit{}, Enabled: hasCursor},
	{ID: "rename", Label: catalog.CmdRename, Keys: []string{"f2", "n"}, Section: SectionRow, Send: BeginEdit{Field: LabelField}, Enabled: State.onNode},
	{ID: "duplicate", Label: catalog.CmdDuplicate, Keys: []string{"d", "ctrl+d"}, Section: SectionRow, Send: Duplicate{}, Enabled: State.onNode},
	{ID: "delete", Label: catalog.CmdDelete, Keys: []string{"delete", "backspace"}, Section: SectionRow, Send: Delete{}, Enabled: State.onNodeOrPath},
	{ID: "up", Label: catalog.CmdUp, Keys: []string{"alt+up"}, Section: SectionRow, Send: Shift{-1}, Enabled: State.onNode},
	{ID: "down", Label: catalog.CmdDown, Keys: []string{"alt+down"}, Section: SectionRow, Send: Shift{+1}, Enabled: State.onNode},
	{ID: "repeat", Label: catalog.CmdRepeat, Keys: []string{"r"}, Section: SectionRow, Send: WrapRepeat{}, Enabled: State.onNode},
	{ID: "skip", Label: catalog.CmdSkip, Keys: []string{"s"}, Section: SectionRow, Send: WrapSkip{}, Enabled: State.onNode},
	{ID: "unwrap", Label: catalog.CmdUnwrap, Keys: []string{"u"}, Section: SectionRow, Send: Unwrap{}, Enabled: State.onBlock},
	{ID: "path", Label: catalog.CmdPath, Keys: []string{"p"}, Section: SectionRow, Send: AddPath{}, Enabled: State.onBranch},
	{ID: "freeze", Label: catalog.CmdFreeze, Keys: []string{"f"}, Section: SectionRow, Send: Freeze{}, Enabled: State.onLearning},

	{ID: "prev", Label: catalog.CmdPrev, Keys: []string{"up", "k"}, Section: SectionView, Send: Go{By: -1}},
	{ID: "next", Label: catalog.CmdNext, Keys: []string{"down", "j"}, Section: SectionView, Send: Go{By: +1}},
	{ID: "extend-prev", Label: catalog.CmdExtendUp, Keys: []string{"shift+up"}, Section: SectionView, Send: Go{By: -1, Extend: true}},
	{ID: "extend-next", Label: catalog.CmdExtendDown, Keys: []string{"shift+down"}, Section: SectionView, Send: Go{By: +1, Extend: true}},
	{ID: "fold", Label: catalog.CmdFold, Keys: []string{"space"}, Section: SectionView, Send: FoldRow{}},
	{ID: "fold-all", Label: catalog.CmdFoldAll, Keys: []string{"ctrl+left"}, Section: SectionView, Send: FoldAll{}},
	{ID: "open-all", Label: catalog.CmdOpenAll, Keys: []string{"ctrl+right"}, Section: SectionView, Send: FoldAll{Open: true}},
	{ID: "unroll", Label: catalog.CmdUnroll, Keys: []string{"t"}, Section: SectionView, Send: Unroll{}},

	{ID: "help", Label: catalog.CmdHelp, Keys: []string{"?", "f1"}, Section: SectionPage, Send: ShowHelp{}},
	{ID: "theme", Label: catalog.CmdTheme, Keys: []string{"alt+t"}, Section: SectionPage, Send: CycleTheme{}},
	{ID: "lang", Label: catalog.CmdLang, Keys: []string{"alt+l"}, Section: SectionPage, Send: CycleLang{}},
	{ID: "close", Label: catalog.CmdClose, Keys: []string{"esc"}, Section: SectionPage, Send: Close{}},
}
