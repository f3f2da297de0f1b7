package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
)

// A Command is something that can be run from the keyboard, the toolbar or the
// row's own bar. Shortcuts, buttons and the help sheet all come from Commands.
type Command struct {
	ID      string // stable; also the id of its toolbar button
	Label   catalog.Key
	Keys    []string // as KeyName writes them: "ctrl+z", "delete", "alt+up", "?"
	Section Section
	Enabled func(State) bool // nil: always
	// Row, of a command about the cursor's row, reports whether it makes sense on
	// such a row. The row's bar and the key both go by it.
	Row  func(*count.Row) bool
	Send Msg
}

// A Section groups commands in the help sheet.
type Section uint8

// The sections.
const (
	SectionStack Section = iota
	SectionRow
	SectionAsk
	SectionView
	SectionPage
	Sections
)

// Label returns the section's name.
func (s Section) Label() catalog.Key {
	return [Sections]catalog.Key{catalog.SectionStack, catalog.SectionRow, catalog.SectionAsk, catalog.SectionView,
		catalog.SectionPage}[s]
}

// On reports whether the command can be run now.
func (c *Command) On(s State) bool {
	if c.Row != nil {
		row := s.rowOf(s.View.Cursor)
		return row != nil && c.Row(row)
	}
	return c.Enabled == nil || c.Enabled(s)
}

// Allowed is the commands that may be run on a row, one bit each, in the order of
// Commands.
type Allowed uint64

// Has reports whether a command may be run.
func (a Allowed) Has(id string) bool {
	for i := range Commands {
		if Commands[i].ID == id {
			return a>>i&1 == 1
		}
	}
	return false
}

// allowed returns the commands that may be run on a row.
func allowed(row *count.Row) Allowed {
	var a Allowed
	for i := range Commands {
		if c := &Commands[i]; c.Row == nil || c.Row(row) {
			a |= 1 << i
		}
	}
	return a
}

// isNode reports whether a row is a node of its own, neither a repetition nor a path.
func isNode(row *count.Row) bool { return row.Form != count.FormTurn && row.Form != count.FormPath }

// isNodeOrPath reports whether a row can be deleted: the last path stays.
func isNodeOrPath(row *count.Row) bool {
	if row.Form == count.FormPath {
		return len(row.Node.(*arch.Branch).Paths) > 1
	}
	return row.Form != count.FormTurn
}

func isBranch(row *count.Row) bool { return row.Form == count.FormBranch }

func isBlock(row *count.Row) bool {
	return row.Form == count.FormBranch || row.Form == count.FormRepeat
}

// isTrainable reports whether a row is a layer with something to train or to
// freeze. What is frozen already can always be thawed.
func isTrainable(row *count.Row) bool {
	leaf, ok := row.Node.(*arch.Leaf)
	if !ok || row.Form != count.FormLeaf {
		return false
	}
	if !leaf.Layer.Kind().Learns {
		return false
	}
	if leaf.Frozen || row.Counts.ParamsAtLeast {
		return true
	}
	for i := range row.Weights {
		if row.Weights[i].Class.Learnable() {
			return true
		}
	}
	return false
}

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

// IsLetter reports whether a key is a single letter, digit or sign: a command that a
// person who speaks to the machine, or rests a hand, may not mean (WCAG 2.1.4).
func IsLetter(key string) bool { return len([]rune(key)) == 1 }

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

// Commands is the one list of what can be done.
var Commands = []Command{
	{ID: "undo", Label: catalog.CmdUndo, Keys: []string{"ctrl+z"}, Section: SectionStack, Send: Undo{},
		Enabled: func(s State) bool { return len(s.History.Past) > 0 }},
	{ID: "redo", Label: catalog.CmdRedo, Keys: []string{"ctrl+shift+z", "ctrl+y"}, Section: SectionStack, Send: Redo{},
		Enabled: func(s State) bool { return len(s.History.Future) > 0 }},
	{ID: "new", Label: catalog.CmdNew, Keys: []string{"alt+n"}, Section: SectionStack, Send: Clear{}},
	{ID: "recent", Label: catalog.CmdRecent, Keys: []string{"h"}, Section: SectionStack, Send: OpenRecent{}},
	{ID: "gallery", Label: catalog.CmdGallery, Keys: []string{"g"}, Section: SectionStack, Send: OpenGallery{}},
	{ID: "add", Label: catalog.CmdAdd, Keys: []string{"a", "+", "insert"}, Section: SectionStack, Send: OpenPalette{}},
	{ID: "share", Label: catalog.CmdShare, Keys: []string{"ctrl+shift+s"}, Section: SectionStack, Send: Share{}},
	{ID: "export", Label: catalog.CmdExport, Keys: []string{"e"}, Section: SectionStack, Send: OpenExport{}},
	{ID: "download", Label: catalog.CmdDownload, Keys: []string{"ctrl+s"}, Section: SectionStack, Send: Download{}},

	{ID: "title", Label: catalog.CmdTitle, Keys: []string{"shift+f2"}, Section: SectionStack, Send: BeginTitle{}},

	{ID: "edit", Label: catalog.CmdEdit, Keys: []string{"enter"}, Section: SectionRow, Send: BeginEdit{}, Row: isNode},
	{ID: "rename", Label: catalog.CmdRename, Keys: []string{"f2", "n"}, Section: SectionRow,
		Send: BeginEdit{Field: LabelField}, Row: isNode},
	{ID: "duplicate", Label: catalog.CmdDuplicate, Keys: []string{"d", "ctrl+d"}, Section: SectionRow,
		Send: Duplicate{}, Row: isNode},
	{ID: "delete", Label: catalog.CmdDelete, Keys: []string{"delete", "backspace"}, Section: SectionRow,
		Send: Delete{}, Row: isNodeOrPath},
	{ID: "up", Label: catalog.CmdUp, Keys: []string{"alt+up"}, Section: SectionRow, Send: Shift{-1}, Row: isNode},
	{ID: "down", Label: catalog.CmdDown, Keys: []string{"alt+down"}, Section: SectionRow, Send: Shift{+1}, Row: isNode},
	{ID: "repeat", Label: catalog.CmdRepeat, Keys: []string{"r"}, Section: SectionRow, Send: WrapRepeat{}, Row: isNode},
	{ID: "skip", Label: catalog.CmdSkip, Keys: []string{"s"}, Section: SectionRow, Send: WrapSkip{}, Row: isNode},
	{ID: "unwrap", Label: catalog.CmdUnwrap, Keys: []string{"u"}, Section: SectionRow, Send: Unwrap{}, Row: isBlock},
	{ID: "path", Label: catalog.CmdPath, Keys: []string{"p"}, Section: SectionRow, Send: AddPath{}, Row: isBranch},
	{ID: "freeze", Label: catalog.CmdFreeze, Keys: []string{"f"}, Section: SectionRow, Send: Freeze{}, Row: isTrainable},

	{ID: "row-menu", Label: catalog.CmdRowMenu, Keys: []string{"shift+f10", "contextmenu"}, Section: SectionRow,
		Send: OpenRowMenu{}, Row: isNodeOrPath},
	{ID: "copy-rows", Label: catalog.CmdCopyRows, Keys: []string{"ctrl+c"}, Section: SectionRow, Send: CopyRows{}, Row: isNode},
	{ID: "copy-formula", Label: catalog.CmdCopyFormula, Keys: []string{"alt+c"}, Section: SectionRow,
		Send: CopyFormula{}, Row: hasParams},
	{ID: "copy-number", Label: catalog.CmdCopyNumber, Keys: []string{"alt+shift+c"}, Section: SectionRow,
		Send: CopyNumber{}, Row: hasParams},

	// The card of questions and the menu of a phone list those of this section that are
	// about the whole network.
	{ID: "explain", Label: catalog.CmdExplain, Keys: []string{"x"}, Section: SectionAsk, Send: ShowReasons{},
		Row: func(*count.Row) bool { return true }},
	{ID: "whatif", Label: catalog.CmdWhatIf, Keys: []string{"w"}, Section: SectionAsk, Send: OpenWhatIf{}},
	{ID: "compare", Label: catalog.CmdCompare, Keys: []string{"c"}, Section: SectionAsk, Send: OpenCompare{}},
	{ID: "why", Label: catalog.CmdWhy, Keys: []string{"y"}, Section: SectionAsk, Send: OpenWhy{}},
	{ID: "tools", Label: catalog.CmdTools, Keys: []string{"alt+y"}, Section: SectionAsk, Send: OpenTools{}},

	{ID: "find", Label: catalog.CmdFind, Keys: []string{"ctrl+f", "/"}, Section: SectionView, Send: OpenFind{}},
	{ID: "problem", Label: catalog.CmdProblem, Keys: []string{"f8"}, Section: SectionView, Send: NextProblem{},
		Enabled: func(s State) bool { return s.Page.Issues > 0 }},
	{ID: "sort-params", Label: catalog.CmdSortParams, Keys: []string{"alt+p"}, Section: SectionView,
		Send: SortRows{RowsByParams}},
	{ID: "sort-macs", Label: catalog.CmdSortMACs, Keys: []string{"alt+m"}, Section: SectionView,
		Send: SortRows{RowsByMACs}},
	{ID: "prev", Label: catalog.CmdPrev, Keys: []string{"up", "k"}, Section: SectionView, Send: Go{By: -1}},
	{ID: "next", Label: catalog.CmdNext, Keys: []string{"down", "j"}, Section: SectionView, Send: Go{By: +1}},
	{ID: "extend-prev", Label: catalog.CmdExtendUp, Keys: []string{"shift+up"}, Section: SectionView,
		Send: Go{By: -1, Extend: true}},
	{ID: "extend-next", Label: catalog.CmdExtendDown, Keys: []string{"shift+down"}, Section: SectionView,
		Send: Go{By: +1, Extend: true}},
	{ID: "fold", Label: catalog.CmdFold, Keys: []string{"space"}, Section: SectionView, Send: FoldRow{}},
	{ID: "fold-all", Label: catalog.CmdFoldAll, Keys: []string{"ctrl+left"}, Section: SectionView, Send: FoldAll{}},
	{ID: "open-all", Label: catalog.CmdOpenAll, Keys: []string{"ctrl+right"}, Section: SectionView, Send: FoldAll{Open: true}},
	{ID: "unroll", Label: catalog.CmdUnroll, Keys: []string{"t"}, Section: SectionView, Send: Unroll{}},

	{ID: "help", Label: catalog.CmdHelp, Keys: []string{"?", "f1"}, Section: SectionPage, Send: ShowHelp{}},
	{ID: "theme", Label: catalog.CmdTheme, Keys: []string{"alt+t"}, Section: SectionPage, Send: CycleTheme{}},
	{ID: "lang", Label: catalog.CmdLang, Keys: []string{"alt+l"}, Section: SectionPage, Send: CycleLang{}},
	{ID: "close", Label: catalog.CmdClose, Keys: []string{"esc"}, Section: SectionPage, Send: Close{}},
}
