package browser

import (
	"sort"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

// An Event is something that happened on the page.
type Event struct{ v app.Value }

// On calls f for every event of a name, wherever on the page it happens. It is
// one listener for all: rows carry none of their own.
func On(name string, f func(Event)) {
	listen(document(), name, false, f)
}

// OnScroll calls f whenever anything on the page is scrolled. Scrolling does not
// bubble, so it is caught on its way down.
func OnScroll(f func(Event)) {
	listen(document(), "scroll", true, f)
}

// OnWindow is On for events that only the window has: hashchange, pagehide.
func OnWindow(name string, f func(Event)) {
	listen(window(), name, false, f)
}

func listen(on app.Value, name string, capture bool, f func(Event)) {
	on.Call("addEventListener", name, app.FuncOf(func(_ app.Value, args []app.Value) any {
		if len(args) > 0 {
			f(Event{args[0]})
		}
		return nil
	}), capture)
}

// Target returns the element the event happened on.
func (e Event) Target() El { return El{e.v.Get("target")} }

// Related returns the other element of a change of focus.
func (e Event) Related() El { return El{e.v.Get("relatedTarget")} }

// Key returns the key's name, "" while an input method composes a letter. Where no
// text is typed, the letters of other alphabets go by their place on the keyboard:
// ㅁ, which is where A is, is "a".
func (e Event) Key() string {
	if e.v.Get("isComposing").Truthy() {
		return ""
	}
	key, code := text(e.v.Get("key")), text(e.v.Get("code"))
	foreign := key == "Process" || len(key) > 1 && key[0] > '~' // taken by an input method, or not of ASCII
	if !foreign || e.Target().Is("input,textarea") && !e.Ctrl() {
		return key
	}
	if letter, ok := strings.CutPrefix(code, "Key"); ok {
		return strings.ToLower(letter)
	}
	if code == "Slash" && e.Shift() {
		return "?"
	}
	return key
}

// Ctrl, Alt and Shift report the modifiers; Meta counts as Ctrl.
func (e Event) Ctrl() bool  { return e.v.Get("ctrlKey").Truthy() || e.v.Get("metaKey").Truthy() }
func (e Event) Alt() bool   { return e.v.Get("altKey").Truthy() }
func (e Event) Shift() bool { return e.v.Get("shiftKey").Truthy() }

// Button returns which button of the mouse, 0 for the main one or a finger.
func (e Event) Button() int { return int(number(e.v.Get("button"))) }

// X and Y return the place in the viewport.
func (e Event) X() float64 { return number(e.v.Get("clientX")) }
func (e Event) Y() float64 { return number(e.v.Get("clientY")) }

// PreventDefault keeps the browser from doing what it would.
func (e Event) PreventDefault() { e.v.Call("preventDefault") }

// StopPropagation keeps the event from whoever else listens further out.
func (e Event) StopPropagation() { e.v.Call("stopPropagation") }

// Pasted returns the text of a paste event.
func (e Event) Pasted() string {
	clipboard := e.v.Get("clipboardData")
	if !clipboard.Truthy() {
		return ""
	}
	return text(clipboard.Call("getData", "text/plain"))
}

// PastedFiles returns the files of a paste event.
func (e Event) PastedFiles() []File {
	clipboard := e.v.Get("clipboardData")
	if !clipboard.Truthy() {
		return nil
	}
	return files(clipboard.Get("files"))
}

// HasFiles reports whether files are being dragged.
func (e Event) HasFiles() bool {
	transfer := e.v.Get("dataTransfer")
	return transfer.Truthy() && transfer.Get("types").Truthy() && transfer.Get("types").Call("includes", "Files").Truthy()
}

// An El is an element of the page, or none.
type El struct{ v app.Value }

// ByID returns an element by its id.
func ByID(id string) El { return El{document().Call("getElementById", id)} }

// Focused returns the element that has the keyboard focus.
func Focused() El { return El{document().Get("activeElement")} }

// At returns the element at a place of the viewport.
func At(x, y float64) El { return El{document().Call("elementFromPoint", x, y)} }

// OK reports whether there is an element.
func (e El) OK() bool { return e.v != nil && e.v.Truthy() && e.v.Get("nodeType").Truthy() }

// Closest returns the element or the nearest around it that a selector matches.
func (e El) Closest(selector string) El {
	if !e.OK() || e.v.Get("closest").Type() != app.TypeFunction {
		return El{}
	}
	return El{e.v.Call("closest", selector)}
}

// Is reports whether a selector matches the element itself.
func (e El) Is(selector string) bool {
	return e.OK() && e.v.Get("matches").Type() == app.TypeFunction && e.v.Call("matches", selector).Truthy()
}

// Find returns the first element inside that a selector matches.
func (e El) Find(selector string) El {
	if !e.OK() {
		return El{}
	}
	return El{e.v.Call("querySelector", selector)}
}

// Attr returns an attribute, "" if there is none.
func (e El) Attr(name string) string {
	if !e.OK() || e.v.Get("getAttribute").Type() != app.TypeFunction {
		return ""
	}
	return text(e.v.Call("getAttribute", name))
}

// Data returns a data attribute.
func (e El) Data(name string) string { return e.Attr("data-" + name) }

// ID returns the element's id.
func (e El) ID() string { return e.Attr("id") }

// Value returns what is in a field.
func (e El) Value() string {
	if !e.OK() {
		return ""
	}
	return text(e.v.Get("value"))
}

// SetValue writes a field, and reports whether that changed it.
func (e El) SetValue(s string) bool {
	if !e.OK() || text(e.v.Get("value")) == s {
		return false
	}
	e.v.Set("value", s)
	return true
}

// Checked reports whether a box is ticked.
func (e El) Checked() bool { return e.OK() && e.v.Get("checked").Truthy() }

// SetText writes an element's text. The element must have no other content.
func (e El) SetText(s string) {
	if e.OK() {
		e.v.Set("textContent", s)
	}
}

// Click clicks the element.
func (e El) Click() {
	if e.OK() {
		e.v.Call("click")
	}
}

// Same reports whether two are one.
func (e El) Same(f El) bool { return e.OK() && f.OK() && e.v.Equal(f.v) }

// Box returns the element's upper edge and height in the viewport.
func (e El) Box() (top, height float64) {
	if !e.OK() {
		return 0, 0
	}
	r := e.v.Call("getBoundingClientRect")
	return number(r.Get("top")), number(r.Get("height"))
}

// InSight returns which of the elements that a selector matches, one below the
// other, are in the viewport: the first, and the one after the last.
func InSight(selector string) (from, to int) {
	list := document().Call("querySelectorAll", selector)
	height := number(window().Get("innerHeight"))
	edge := func(i int, name string) float64 {
		return number(list.Index(i).Call("getBoundingClientRect").Get(name))
	}
	n := list.Length()
	from = sort.Search(n, func(i int) bool { return edge(i, "bottom") > 0 })
	for to = from; to < n && edge(to, "top") < height; to++ {
	}
	return from, to
}

// Focus moves the keyboard focus to the element and scrolls it into view.
func (e El) Focus(selectAll bool) {
	if !e.OK() {
		return
	}
	e.v.Call("focus", map[string]any{"preventScroll": true})
	e.v.Call("scrollIntoView", map[string]any{"block": "nearest"})
	if selectAll && e.v.Get("select").Type() == app.TypeFunction {
		e.v.Call("select")
	}
}

// Round moves the focus from the last element inside that Tab reaches to the first one,
// or back, and reports whether from was at that end.
func (e El) Round(from El, back bool) bool {
	if !e.OK() {
		return false
	}
	list := e.v.Call("querySelectorAll",
		`:is(a[href], button, input, select, textarea, [tabindex="0"]):not([tabindex="-1"], :disabled)`)
	var ends []app.Value
	for i := range list.Length() {
		if el := list.Index(i); el.Call("checkVisibility").Truthy() {
			ends = append(ends, el)
		}
	}
	if len(ends) == 0 {
		return false
	}
	at, to := ends[len(ends)-1], ends[0]
	if back {
		at, to = to, at
	}
	if !at.Equal(from.v) {
		return false
	}
	El{to}.Focus(false)
	return true
}

// Step moves the focus from one of the elements inside that a selector matches to the
// next, around the ends; back to the one before, ends to the first, or the last with
// back.
func (e El) Step(selector string, from El, back, ends bool) {
	if !e.OK() {
		return
	}
	list := e.v.Call("querySelectorAll", selector)
	n, at := list.Length(), -1
	for i := range n {
		if list.Index(i).Equal(from.v) {
			at = i
		}
	}
	switch {
	case n == 0:
		return
	case ends && at == 0:
		at = n - 1
	case ends:
		at = 0
	case back:
		at = (max(at, 0) + n - 1) % n
	default:
		at = (at + 1) % n
	}
	El{list.Index(at)}.Focus(false)
}

// Place moves an element that lies over the page to a place of the window, or as near
// as it fits.
func (e El) Place(x, y float64) {
	if !e.OK() {
		return
	}
	r := e.v.Call("getBoundingClientRect")
	fit := func(at float64, size, window string) string {
		most := number(app.Window().Get(window)) - number(r.Get(size)) - 8
		return strconv.FormatFloat(max(min(at, most), 8), 'f', 0, 64) + "px"
	}
	style := e.v.Get("style")
	style.Call("setProperty", "left", fit(x, "width", "innerWidth"))
	style.Call("setProperty", "top", fit(y, "height", "innerHeight"))
}

// Selecting reports whether text of the page is selected.
func Selecting() bool {
	s := window().Call("getSelection")
	return s.Truthy() && text(s.Call("toString")) != ""
}

// Reveal scrolls the element into view.
func (e El) Reveal() {
	if e.OK() {
		e.v.Call("scrollIntoView", map[string]any{"block": "center"})
	}
}

// FocusBeside moves the focus to the element after this one, or with -1 before it, that
// a selector matches and has the same parent.
func (e El) FocusBeside(selector string, step int) {
	name := "nextElementSibling"
	if step < 0 {
		name = "previousElementSibling"
	}
	for next := (El{e.v.Get(name)}); next.OK(); next = (El{next.v.Get(name)}) {
		if next.Is(selector) {
			next.v.Call("focus")
			return
		}
	}
}

// Blur removes the focus.
func (e El) Blur() {
	if e.OK() {
		e.v.Call("blur")
	}
}

// Caret returns where the caret is in a field, in UTF-16 units.
func (e El) Caret() int { return int(number(e.v.Get("selectionStart"))) }

// SetCaret selects a range of a field, or places the caret.
func (e El) SetCaret(from, to int) {
	if e.OK() {
		try(func() { e.v.Call("setSelectionRange", from, to) })
	}
}

// Scrolled returns how far the element is scrolled down; Scroll sets it.
func (e El) Scrolled() float64 { return number(e.v.Get("scrollTop")) }

// Scroll scrolls the element's content.
func (e El) Scroll(top float64) {
	if e.OK() {
		e.v.Set("scrollTop", top)
	}
}

// ScrollPage scrolls the page when something is dragged near an edge.
func ScrollPage(y float64) {
	const edge, step = 56, 14
	switch height := number(window().Get("innerHeight")); {
	case y < edge+56:
		window().Call("scrollBy", 0, -step)
	case y > height-edge:
		window().Call("scrollBy", 0, step)
	}
}
