package ui

import (
	"strconv"
	"strings"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/arch"
	"paramstack/core/whatif"
)

// An act is what an element of the page is there for. Elements carry it as
// data-act; the table below has what then happens.
type act string

// The acts.
const (
	actAdd     act = "add"
	actAppend  act = "append"
	actCall    act = "call"
	actCancel  act = "cancel"
	actCard    act = "card"
	actChip    act = "chip"
	actChoice  act = "choice"
	actClose   act = "close"
	actCommand act = "cmd"
	actCopy    act = "copy"
	actDismiss act = "dismiss"
	actExample act = "example"
	actEdit    act = "edit"
	actFactor  act = "factor"
	actFile    act = "file"
	actFind    act = "find"
	actFix     act = "fix"
	actFold    act = "fold"
	actFormat  act = "format"
	actGrip    act = "grip"
	actImport  act = "import"
	actItem    act = "item"
	actLesson  act = "lesson"
	actMake    act = "make"
	actMenu    act = "menu"
	actMore    act = "more"
	actName    act = "name"
	actNotice  act = "notice"
	actOrigin  act = "origin"
	actPref    act = "pref"
	actPreset  act = "preset"
	actProblem act = "problem"
	actReload  act = "reload"
	actSave    act = "save"
	actSearch  act = "search"
	actNext    act = "next"
	actSeek    act = "seek"
	actSort    act = "sort"
	actStep    act = "step"
	actSwitch  act = "switch"
	actText    act = "text"
	actTitle   act = "title"
	actVeil    act = "veil"

	actSeekClose act = "seek-close"
	actTitleEdit act = "title-edit"
	actErase     act = "erase"
	actEraseAll  act = "erase-all"
	actRestore   act = "restore"
	actSkip      act = "skip"
	actWork      act = "work"

	actNode        act = "node"
	actWhatScope   act = "what-scope"
	actWhatRank    act = "what-rank"
	actWhatMore    act = "what-more"
	actWhatTake    act = "what-take"
	actWhatChoose  act = "what-choose"
	actWhyTyped    act = "why-typed"
	actWhyTake     act = "why-take"
	actToolsCopy   act = "tools-copy"
	actToolsNumber act = "tools-number"
	actFit         act = "fit"
	actFitTyped    act = "fit-typed"
)

// does returns the attribute of an element that is there for an act.
func does(a act) (name string, value any) { return "data-act", string(a) }

// selector matches the elements of an act.
func (a act) selector() string { return "[data-act=" + string(a) + "]" }

// actOf returns the act of an element itself, "" if it has none.
func actOf(el browser.El) act { return act(el.Data("act")) }

// A target is what an event happened to.
type target struct {
	e   browser.Event
	act act        // of the element, or of the nearest around it
	el  browser.El // the one with the act
	row editor.Key // the row it is in, "" if it is in none
}

func targetOf(e browser.Event) target {
	el := e.Target().Closest("[data-act]")
	return target{e, actOf(el), el, rowOf(e.Target())}
}

// number returns a number that the element carries, 0 if it has none.
func (t target) number(name string) int {
	n, _ := strconv.Atoi(t.el.Data(name))
	return n
}

// A deed is what an act does.
type deed struct {
	act    act
	send   editor.Msg                   // clicked: a message and nothing else
	click  func(c *Shell, t target)     // clicked; with neither, the row is selected
	input  func(c *Shell, value string) // something was typed
	change func(c *Shell, t target)     // something was chosen
}

// deeds is the one table of acts.
var deeds = [...]deed{
	{act: actCommand, click: func(c *Shell, t target) { c.command(editor.ByID(t.el.Data("cmd"))) }},
	{act: actPref, click: func(c *Shell, t target) { c.flipPref(t.el.Data("pref")) }},
	{act: actMenu, send: editor.ToggleMenu{}},
	{act: actReload, click: func(*Shell, target) { browser.Reload() }},
	{act: actClose, send: editor.Close{}},
	{act: actSkip, click: skipToStack},
	{act: actVeil, click: closeBeside},

	// Notices.
	{act: actDismiss, send: editor.Dismiss{}},
	{act: actLesson, send: editor.DismissLesson{}},
	{act: actNotice, click: answerNotice},

	// Rows and what is in them.
	{act: actName, click: clickName},
	{act: actFold, click: func(c *Shell, t target) { c.post(editor.FoldRow{Row: t.row}) }},
	{act: actFix, click: func(c *Shell, t target) {
		c.post(editor.ApplyFix{Row: t.row, Problem: t.number("problem"), Fix: t.number("fix")})
	}},
	{act: actAdd, click: func(c *Shell, t target) { c.post(editor.OpenPalette{Row: t.row}) }},
	{act: actAppend, click: appendRow},
	{act: actMore, send: editor.ShowMore{}},
	{act: actGrip}, // pointerDown
	{act: actFactor, click: clickFactor},

	// Hyper-parameters.
	{act: actChip, click: func(c *Shell, t target) {
		c.post(editor.BeginEdit{Row: t.row, Field: t.el.Data("field")})
	}},
	{act: actEdit, click: ignore, input: func(c *Shell, value string) { c.typeField(value) }},
	{act: actStep, click: stepField},
	{act: actSwitch, click: flipSwitch},
	{act: actChoice, click: ignore, change: choose},

	// The network's name, and the search in the stack.
	{act: actTitle, send: editor.BeginTitle{}},
	{act: actTitleEdit, click: ignore},
	{act: actNext, click: func(c *Shell, t target) { c.post(editor.FindNext{By: t.number("by")}) }},
	{act: actSeekClose, send: editor.CloseFind{}},
	{act: actSeek, click: ignore, input: func(c *Shell, value string) { c.post(editor.FindRow{Query: value}) }},

	// The palette and the gallery.
	{act: actItem, click: func(c *Shell, t target) { c.post(editor.Insert{Item: t.el.Data("item")}) }},
	{act: actSearch, click: ignore, input: func(c *Shell, value string) { c.post(editor.Search{Query: value}) }},
	{act: actFind, click: ignore, input: func(c *Shell, value string) { c.post(editor.FindCard{Query: value}) }},
	{act: actSort, click: func(c *Shell, t target) {
		c.post(editor.SortCards{Order: editor.CardOrder(t.number("index"))})
	}},
	{act: actCard, click: openCard},

	// The networks that the reader made.
	{act: actWork, click: func(c *Shell, t target) { c.post(editor.OpenWork{Key: t.el.Data("work")}) }},
	{act: actErase, click: func(c *Shell, t target) { c.post(editor.EraseWork{Key: t.el.Data("work")}) }},
	{act: actEraseAll, send: editor.EraseAll{}},
	{act: actRestore, send: editor.RestoreErased{}},

	{act: actNode, click: func(c *Shell, t target) { c.post(editor.GoToNode{ID: arch.ID(t.number("index"))}) }},

	// What if.
	{act: actWhatScope, click: func(c *Shell, t target) { c.post(editor.ScopeWhatIf{Whole: t.number("index") == 1}) }},
	{act: actWhatRank, click: func(c *Shell, t target) { c.post(editor.RankWhatIf{Order: whatif.Order(t.number("index"))}) }},
	{act: actWhatMore, send: editor.MoreWhatIf{}},
	{act: actWhatTake, click: func(c *Shell, t target) { c.post(editor.TakeWhatIf{Index: t.number("index")}) }},
	{act: actWhatChoose, click: ignore, change: func(c *Shell, t target) {
		c.post(editor.ChooseWhatIf{Index: t.number("index"), Value: t.el.Value()})
	}},
	{act: actWhyTyped, click: ignore, input: (*Shell).typeWhy, change: func(c *Shell, _ target) { c.askNow() }},
	{act: actWhyTake, click: func(c *Shell, t target) {
		c.post(editor.TakeTerm{Reason: t.number("index"), Term: t.number("term")})
	}},
	{act: actToolsCopy, send: editor.CopyTools{}},
	{act: actToolsNumber, click: func(c *Shell, t target) { c.post(editor.OpenWhy{Typed: t.el.Data("number")}) }},
	{act: actFit, click: func(c *Shell, _ target) { c.fitTyped() }},
	{act: actFitTyped, click: ignore, change: func(c *Shell, _ target) { c.fitTyped() }},

	// The network as a whole, files, text.
	{act: actExample, click: func(c *Shell, t target) { c.post(editor.LoadExample{Index: t.number("index")}) }},
	{act: actPreset, click: ignore, change: choosePreset},
	{act: actImport, click: func(*Shell, target) { browser.ByID("import-file").Click() }},
	{act: actFile, click: ignore, change: chooseFile},
	{act: actCancel, click: func(c *Shell, _ target) { c.cancelRead() }},
	{act: actFormat, click: func(c *Shell, t target) { c.post(editor.ChooseFormat{Name: t.el.Data("format")}) }},
	{act: actOrigin, send: editor.OpenProgram{}},
	{act: actCall, click: chooseCall},
	{act: actMake, click: func(c *Shell, _ target) { c.makeProgram() }},
	{act: actCopy, send: editor.CopyExport{}},
	{act: actSave, send: editor.SaveExport{}},
	{act: actText, click: ignore, input: (*Shell).typeText},
	{act: actProblem, click: func(c *Shell, t target) { c.showProblem(t.number("index")) }},
}

// doing returns what an act does; nothing, if there is none such.
func doing(a act) deed {
	for i := range deeds {
		if deeds[i].act == a {
			return deeds[i]
		}
	}
	for i := range diagramDeeds {
		if diagramDeeds[i].act == a {
			return diagramDeeds[i]
		}
	}
	for i := range compareDeeds {
		if compareDeeds[i].act == a {
			return compareDeeds[i]
		}
	}
	return deed{}
}

// skipToStack moves the focus past the header. It is no link of go-app's.
func skipToStack(c *Shell, t target) {
	t.e.PreventDefault()
	t.e.StopPropagation()
	if c.state.View.Cursor != "" {
		browser.ByID(c.state.View.Cursor.ElementID()).Focus(false)
	} else if c.state.Page.Rows > 0 {
		browser.ByID(c.state.Page.Key(0).ElementID()).Focus(false)
	}
}

// ignore leaves a click to the browser.
func ignore(*Shell, target) {}

// closeBeside closes a sheet by a click beside it.
func closeBeside(c *Shell, t target) {
	if t.e.Target().Same(t.el) {
		c.post(editor.Close{})
	}
}

func answerNotice(c *Shell, t target) {
	if n, i := c.state.Notice, t.number("index"); n != nil && i < len(n.Actions) {
		c.post(n.Actions[i].Send)
	}
}

// clickFactor selects the row of a number. A finger only points at it: the number would
// move away with the row that opens.
func clickFactor(c *Shell, t target) {
	if browser.Media("(pointer: coarse)") {
		c.point(t.el)
		return
	}
	c.selectRow(t.row, t.e.Shift())
}

// clickName selects the row; the name of a selected row is edited.
func clickName(c *Shell, t target) {
	if c.state.View.Cursor == t.row {
		c.post(editor.BeginEdit{Row: t.row, Field: editor.LabelField})
		return
	}
	c.selectRow(t.row, t.e.Shift())
}

func appendRow(c *Shell, _ target) {
	c.do(func() {
		if order := c.state.View.Order; order != editor.ByText {
			c.update(editor.SortRows{}) // the end is that of the text
		}
		c.update(editor.Select{Row: c.state.Page.Last()})
		c.update(editor.OpenPalette{})
	})
}

// stepField makes the number being edited one larger or smaller.
func stepField(c *Shell, t target) {
	field := t.el.Closest(".editing").Find("input")
	if value, ok := nudge(field.Value(), int64(t.number("by"))); ok {
		field.SetValue(value)
		c.typeField(value)
	}
}

func flipSwitch(c *Shell, t target) {
	c.do(func() {
		c.update(editor.Select{Row: t.row})
		c.update(editor.Toggle{ID: t.row.ID(), Field: t.el.Data("field")})
	})
}

func choose(c *Shell, t target) {
	field, value := t.el.Data("field"), t.el.Value()
	c.do(func() {
		c.update(editor.Select{Row: t.row})
		c.update(editor.SetField{ID: t.row.ID(), Field: field, Value: value})
	})
}

// openCard shows a network of the gallery. It is a link, which also may be opened
// in another tab.
func openCard(c *Shell, t target) {
	if !t.e.Ctrl() && !t.e.Shift() {
		t.e.PreventDefault()
		c.post(editor.LoadCard{ID: t.el.Data("card")})
	}
	t.e.StopPropagation() // go-app follows every link itself
}

func choosePreset(c *Shell, t target) {
	if c.browsing { // by the arrow keys: it is chosen once the list is left
		return
	}
	c.choosePreset(t.el.Value())
}

// choosePreset shows what was chosen in the list of networks.
func (c *Shell) choosePreset(value string) {
	opened, isOpened := strings.CutPrefix(value, openedOption)
	work, isWork := strings.CutPrefix(value, workOption)
	switch {
	case isOpened:
		i, _ := strconv.Atoi(opened)
		c.post(editor.ShowOpened{Index: i})
	case isWork:
		c.post(editor.OpenWork{Key: work})
	case value == recentOption:
		c.post(editor.OpenRecent{})
	case value == galleryOption:
		c.post(editor.OpenGallery{})
	case value != "" && value != c.state.Doc.Preset:
		c.post(editor.LoadPreset{ID: value})
	default:
		c.settle()
	}
}

func chooseFile(c *Shell, t target) {
	c.read(t.el.Files())
	t.el.SetValue("") // so that the same file can be opened again
}
