//go:build !js

package e2e

import (
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

// text returns the text of an element, as shown.
func (p *page) text(sel string) string {
	p.t.Helper()
	return eval[string](p, p.find(sel)+".innerText")
}

// value returns the value of a field.
func (p *page) value(sel string) string {
	p.t.Helper()
	return eval[string](p, p.find(sel)+".value")
}

// attr returns an attribute, "" if it is absent.
func (p *page) attr(sel, name string) string {
	p.t.Helper()
	return eval[string](p, p.find(sel)+".getAttribute("+quote(name)+`) ?? ""`)
}

// count returns how many elements a selector matches.
func (p *page) count(sel string) int {
	p.t.Helper()
	return eval[int](p, "document.querySelectorAll("+quote(sel)+").length")
}

// find waits for an element and returns the JavaScript for it.
func (p *page) find(sel string) string {
	p.t.Helper()
	js := "document.querySelector(" + quote(sel) + ")"
	p.wait("an element "+sel, js)
	return js
}

// at waits until an element can be hit by the pointer and returns its middle.
// It is scrolled into sight.
func (p *page) at(sel string) (x, y float64) {
	p.t.Helper()
	p.find(sel)
	middle := `(() => {
		const el = document.querySelector(` + quote(sel) + `);
		const r = el?.getBoundingClientRect();
		if (!r || r.width === 0) return null;
		const x = r.left + r.width / 2, y = r.top + r.height / 2, on = document.elementFromPoint(x, y);
		return on && (el.contains(on) || on.contains(el)) && r.top >= 0 && r.left >= 0 ? [x, y] : null;
	})()`
	inside := `(() => { const r = document.querySelector(` + quote(sel) + `).getBoundingClientRect(); return r.bottom <= innerHeight && r.right <= innerWidth; })()`
	xy := eval[[]float64](p, inside+" ? "+middle+" : null")
	if len(xy) != 2 {
		p.wait("the pointer to reach "+sel, `document.querySelector(`+quote(sel)+`)?.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"}), `+middle)
		// It may still move while the rows around it are laid out.
		xy = eval[[]float64](p, `new Promise((done) => {
			let was = "", still = 0;
			const look = () => {
				const now = `+middle+`;
				still = String(now) === was ? still + 1 : 0;
				was = String(now);
				if (still > 1) done(now); else requestAnimationFrame(look);
			};
			look();
		})`)
	}
	if len(xy) != 2 {
		p.t.Fatalf("%s moved away from the pointer", sel)
	}
	return xy[0], xy[1]
}

func (p *page) mouse(kind input.DispatchMouseEventType, x, y float64, down bool) {
	p.t.Helper()
	e := input.DispatchMouseEventParams{Type: kind, X: x, Y: y}
	if kind != input.DispatchMouseEventTypeMouseMoved {
		e.Button, e.ClickCount = input.MouseButtonLeft, 1
	}
	if down {
		e.Buttons = 1
	}
	call(p, input.DispatchMouseEvent, e)
}

// hover points at an element.
func (p *page) hover(sel string) {
	p.t.Helper()
	x, y := p.at(sel)
	p.mouse(input.DispatchMouseEventTypeMouseMoved, x, y, false)
}

// click clicks the middle of an element.
func (p *page) click(sel string) {
	p.t.Helper()
	x, y := p.at(sel)
	p.mouse(input.DispatchMouseEventTypeMouseMoved, x, y, false)
	p.mouse(input.DispatchMouseEventTypeMousePressed, x, y, true)
	p.mouse(input.DispatchMouseEventTypeMouseReleased, x, y, false)
}

// tap touches the middle of an element with a finger.
func (p *page) tap(sel string) {
	p.t.Helper()
	x, y := p.at(sel)
	call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: x, Y: y}}})
	call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}})
}

// drag presses on one element and lets go on another, dy pixels below its
// middle, in steps as a hand does.
func (p *page) drag(from, to string, dy float64) {
	p.t.Helper()
	x0, y0 := p.at(from)
	p.mouse(input.DispatchMouseEventTypeMouseMoved, x0, y0, false)
	p.mouse(input.DispatchMouseEventTypeMousePressed, x0, y0, true)
	// The target is looked up after pressing, and not scrolled to.
	r := eval[[]float64](p, `(() => { const r = document.querySelector(`+quote(to)+`).getBoundingClientRect();
		return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
	x1, y1 := r[0], r[1]+dy
	const steps = 8
	for i := 1.0; i <= steps; i++ {
		p.mouse(input.DispatchMouseEventTypeMouseMoved, x0+(x1-x0)*i/steps, y0+(y1-y0)*i/steps, true)
	}
	p.mouse(input.DispatchMouseEventTypeMouseReleased, x1, y1, false)
}

// choose picks an option of a select element by its value.
func (p *page) choose(sel, value string) {
	p.t.Helper()
	el := p.find(sel)
	eval[any](p, fmt.Sprintf(`(() => { const el = %s; el.value = %s;
		for (const e of ["input", "change"]) el.dispatchEvent(new Event(e, {bubbles: true})); })()`, el, quote(value)))
	if got := p.value(sel); got != value {
		p.t.Fatalf("%s has no option %q", sel, value)
	}
}

// fill replaces the value of a field, key by key, and leaves the focus there.
func (p *page) fill(sel, text string) {
	p.t.Helper()
	p.click(sel)
	p.press("ctrl+a")
	if text == "" {
		p.press("delete")
		return
	}
	p.typeKeys(text)
}

// typeKeys types text key by key; a line break is the enter key.
func (p *page) typeKeys(text string) {
	p.t.Helper()
	for _, r := range text {
		for _, e := range strokes(r) {
			call(p, input.DispatchKeyEvent, *e)
		}
	}
}

// strokes returns a key going down and up. chromedp sends the character as an event
// of its own, which the page could not prevent as it can a real one.
func strokes(r rune) []*input.DispatchKeyEventParams {
	var list []*input.DispatchKeyEventParams
	for _, e := range kb.Encode(r) {
		if e.Type == kb.KeyChar {
			list[0].Text, list[0].UnmodifiedText = e.Text, e.UnmodifiedText
			continue
		}
		list = append(list, e)
	}
	return list
}

// paste inserts text at the cursor all at once.
func (p *page) paste(text string) {
	p.t.Helper()
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// keys are the names press knows beside single characters.
var keys = map[string]string{
	"enter": kb.Enter, "escape": kb.Escape, "tab": kb.Tab, "backspace": kb.Backspace, "delete": kb.Delete, "space": " ",
	"up": kb.ArrowUp, "down": kb.ArrowDown, "left": kb.ArrowLeft, "right": kb.ArrowRight,
	"home": kb.Home, "end": kb.End, "pageup": kb.PageUp, "pagedown": kb.PageDown, "f1": kb.F1, "f2": kb.F2, "plus": "+",
}

// modifiers are the bits of the DevTools protocol.
var modifiers = map[string]int64{"alt": 1, "ctrl": 2, "meta": 4, "shift": 8}

// press presses a key with its modifiers: "enter", "ctrl+shift+z", "alt+up", "?".
func (p *page) press(combination string) {
	p.t.Helper()
	parts := strings.Split(combination, "+")
	name := parts[len(parts)-1]
	var held int64
	for _, m := range parts[:len(parts)-1] {
		bit, ok := modifiers[m]
		if !ok {
			p.t.Fatalf("press(%q): no modifier %q", combination, m)
		}
		held |= bit
	}
	char := name
	if known, ok := keys[name]; ok {
		char = known
	} else if len([]rune(name)) != 1 {
		p.t.Fatalf("press(%q): no key %q", combination, name)
	}
	if held&modifiers["shift"] != 0 {
		char = strings.ToUpper(char)
	}
	for _, e := range strokes([]rune(char)[0]) {
		e.Modifiers |= held
		if held&^modifiers["shift"] != 0 { // a shortcut types nothing
			e.Text, e.UnmodifiedText = "", ""
		}
		// Headless Chromium has no key bindings of a desktop: these are sent as
		// commands.
		if e.Type == kb.KeyDown && combination == "ctrl+a" {
			e.Commands = []string{"selectAll"}
		}
		call(p, input.DispatchKeyEvent, *e)
	}
}
