//go:build !js

package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"
)

// paleJS lists texts with too little contrast: 4.5 to 1 is required, 3 to 1 of
// large ones (WCAG 2, 1.4.3). Each is painted on a canvas as the page paints it,
// ground by ground, so that colours of every notation are compared as shown.
const paleJS = `(() => {
	const c = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
	const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
		.reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const paint = (colour, alpha) => { c.globalAlpha = alpha; c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return light(c.getImageData(0, 0, 1, 1).data); };
	const seen = new Map();
	for (const el of document.querySelectorAll("#page *")) {
		if (![...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || el.closest(":disabled, option, svg, .offscreen") || !el.checkVisibility()) continue;
		const chain = [];
		for (let e = el; e; e = e.parentElement) chain.unshift(getComputedStyle(e));
		const s = chain.at(-1), ground = chain.map((s) => s.backgroundColor).filter((b) => b !== "rgba(0, 0, 0, 0)");
		const key = [s.color, ...ground, ...chain.map((s) => s.opacity), s.fontSize, s.fontWeight].join();
		if (seen.has(key)) continue;
		if (chain.some((s) => s.opacity === "0")) continue;
		const under = ground.reduce((_, b) => paint(b, 1), 0);
		const over = paint(s.color, chain.reduce((a, s) => a * s.opacity, 1));
		const ratio = (Math.max(under, over) + 0.05) / (Math.min(under, over) + 0.05);
		const size = parseFloat(s.fontSize), large = size >= 24 || size >= 18.66 && s.fontWeight >= 700;
		seen.set(key, ratio < (large ? 3 : 4.5) ? el.className + " “" + el.textContent.slice(0, 30) + "” " + ratio.toFixed(2) : "");
	}
	return seen.size < 10 ? ["only " + seen.size + " kinds of text were compared"] : [...seen.values()].filter(Boolean);
})()`

// rainbow has numbers of every role, and something wrong in each way.
const rainbow = "input 3x32x32\nconv 4 k5\nconv 8 k3 g2\nbn\nflatten\nlinear 10\nlinear 10 frozen\nconv 4 k64\ninput 3x8x8\nconv 10 k3 g4\nlinear 10\n"

// All text has enough contrast, in both themes.
func TestContrast(t *testing.T) {
	p := open(t, "")
	p.still()
	pale := func(what string) {
		for _, theme := range []string{"light", "dark"} {
			for _, s := range eval[[]string](p, `(document.documentElement.dataset.theme = `+quote(theme)+`, `+paleJS+`)`) {
				t.Errorf("%s, %s: %s", theme, what, s)
			}
		}
	}
	everything(p, pale)
	p.stack(rainbow)
	p.click(`[data-kind="conv"] .kind`)
	pale("every role")
}

// still requests reduced motion, as readers can in their system.
func (p *page) still() {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
}

// What assistive technology is given: regions, and a name for all that can be used.
func TestSpokenPage(t *testing.T) {
	p := open(t, "")
	named := []string{"button", "link", "textbox", "combobox", "listbox", "option", "dialog", "toolbar", "spinbutton", "checkbox", "region", "complementary"}
	allNamed := func(what string) {
		roles := map[string]int{}
		for _, n := range call(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes {
			if n.Ignored || n.Role == nil {
				continue
			}
			role := strings.Trim(string(n.Role.Value), `"`)
			roles[role]++
			if slices.Contains(named, role) && (n.Name == nil || strings.Trim(string(n.Name.Value), `" `) == "") {
				t.Errorf("%s: a %s without a name, node %v", what, role, n.BackendDOMNodeID)
			}
		}
		if roles["dialog"] > 0 {
			return // the rest may be hidden from it
		}
		for _, one := range []string{"banner", "main", "complementary"} {
			if roles[one] != 1 {
				t.Errorf("%s: %d of %s", what, roles[one], one)
			}
		}
	}
	p.stack(rainbow)
	p.click(`[data-kind="conv"] .kind`)
	eval[any](p, `paramstack.load("conf 3")`)
	p.noticed("conv")
	allNamed("a broken stack with a notice")
	p.press("a")
	p.find(".palette")
	allNamed("the palette")
	p.press("escape")
	p.press("?")
	p.find(".help")
	allNamed("the help")
}

// A sheet keeps the focus while it is open and returns it; nothing under it is
// reached by Tab.
func TestSheetsKeepFocus(t *testing.T) {
	p := open(t, "")
	conv2 := p.row("conv2")
	p.click(conv2 + " .kind")
	for _, c := range []struct{ key, sheet string }{{"a", ".palette"}, {"g", ".gallery"}, {"?", ".help"}, {"f1", ".help"}} {
		p.press(c.key)
		p.focused(c.sheet + " *")
		if c.key == "g" {
			p.find(".card-link")
		}
		for range 3 {
			p.press("shift+tab")
			p.focused(c.sheet + " *")
		}
		for range 5 {
			p.press("tab")
			p.focused(c.sheet + " *")
		}
		p.press("escape")
		p.wait("no sheet", `!document.querySelector(".sheet")`)
		p.focused(conv2)
	}
	// And after every other command there is somewhere to go on from.
	for _, key := range []string{"d", "r", "u", "s", "p", "f", "alt+up", "alt+down", "enter", "escape", "n", "escape", "t", "ctrl+left", "ctrl+right",
		"delete", "ctrl+z", "ctrl+shift+z", "alt+t", "alt+l", "alt+l", "alt+n", "ctrl+z", "ctrl+z"} {
		p.press(key)
		p.keepsFocus(key)
	}
}

// A help sheet longer than the screen is scrolled by keys.
func TestHelpScrolls(t *testing.T) {
	p := open(t, "")
	p.setViewport(900, 400, false)
	p.press("?")
	p.focused("#help-close")
	p.press("pagedown")
	p.wait("the sheet to scroll", `document.querySelector(".help").scrollTop > 50`)
}

// key presses a key of another layout: what it writes, and where it is.
func (p *page) key(name, code string, held int64) {
	p.t.Helper()
	e := input.DispatchKeyEventParams{Type: kb.KeyDown, Key: name, Code: code, Modifiers: held}
	if name != "Process" && held == 0 {
		e.Text = name
	}
	call(p, input.DispatchKeyEvent, e)
	e.Type, e.Text = kb.KeyUp, ""
	call(p, input.DispatchKeyEvent, e)
}

// With a Korean keyboard the shortcuts are where they were, and in fields one
// writes Korean.
func TestKoreanKeyboard(t *testing.T) {
	p := open(t, "")
	p.preset("lenet-5")
	p.click(p.row("conv2") + " .kind")
	p.key("ㅁ", "KeyA", 0)
	p.focused("#palette-search")
	if got := p.value("#palette-search"); got != "" {
		t.Errorf("the key that opened the palette also wrote %q", got)
	}
	p.key("ㅁ", "KeyA", 0)
	p.wait("a letter", `document.querySelector("#palette-search").value === "ㅁ"`)
	p.press("escape")
	p.key("Process", "KeyG", 0) // an input method has it
	p.focused("#gallery-search")
	p.press("escape")
	p.key("Process", "Slash", modifiers["shift"])
	p.find(".help")
	p.press("escape")
	p.key("ㅇ", "KeyD", 0)
	p.wait("a copy", `document.querySelectorAll('[data-kind="conv"]').length === 4`)
	p.key("ㅋ", "KeyZ", modifiers["ctrl"])
	p.wait("no copy", `document.querySelectorAll('[data-kind="conv"]').length === 3`)
	p.key("ㅜ", "KeyN", 0)
	p.focused("input.field")
	p.press("ctrl+a")
	p.paste("합성곱")
	p.press("enter")
	p.seen("합성곱")
}

// Problems are shown in Korean too, and the choice stays.
func TestKoreanProblems(t *testing.T) {
	p := open(t, "")
	p.click("#lang")
	p.wait("Korean", `document.documentElement.lang === "ko"`)
	p.reload()
	korean := func(what, sel string) {
		p.wait(what+" in Korean", `/[가-힣]{2}/.test(document.querySelector(`+quote(sel)+`)?.textContent)`)
	}
	p.setHash("#1zBroken")
	korean("a damaged link", "#notice .said")
	p.press("escape")
	eval[any](p, `paramstack.load("input 3x8x8; conf 3")`)
	korean("a text that cannot be read", "#notice .said")
	p.press("escape")
	p.stack(rainbow)
	if english := eval[[]string](p, `[...document.querySelectorAll(".problem > span, .fix")].map((e) => e.textContent).filter((s) => !/[가-힣]/.test(s))`); len(english) > 0 {
		t.Errorf("problems in English: %q", english)
	}
	p.fill("#text", "input 3x8x8\nlinaer 4\n")
	korean("an error of the text", ".text-problem")
	p.preset("toy")
	p.wait("the total to be said", `document.querySelector("#announce").textContent.includes("파라미터 1,300개")`)
}

// Readers who turned motion off see none.
func TestReducedMotion(t *testing.T) {
	p := open(t, "")
	moves := `document.getAnimations().length > 0`
	p.press("?")
	if !eval[bool](p, moves) {
		t.Error("a sheet that opens is not animated: this test sees nothing")
	}
	p.press("escape")
	p.still()
	p.press("?")
	p.find(".help")
	if eval[bool](p, moves) {
		t.Error("it moves")
	}
}
