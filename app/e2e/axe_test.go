//go:build interop && !js

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// axe is axe-core, of npm: make interop-tools installs it.
func axe(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("PARAMSTACK_INTEROP")
	if dir == "" {
		t.Fatal("PARAMSTACK_INTEROP is not set: make interop")
	}
	script, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// states are what there is to see of the page. Each begins at a page that was just
// opened, with AlexNet.
var states = []struct {
	name  string
	phone bool
	reach func(p *page)
}{
	{"opened", false, func(p *page) {}},
	{"a row", false, func(p *page) { p.press("down"); p.press("down") }},
	{"why a number", false, func(p *page) { p.press("down"); p.press("down"); p.press("x") }},
	{"a block", false, func(p *page) { p.preset("resnet-18"); p.press("down"); p.press("down") }},
	{"a field", false, func(p *page) {
		p.click(`[data-kind="conv"] .chip.out`)
		p.wait("the field", `document.activeElement.matches("input.field")`)
	}},
	{"a wrong value", false, func(p *page) {
		p.click(`[data-kind="conv"] .chip.out`)
		p.wait("the field", `document.activeElement.matches("input.field")`)
		p.typeKeys("1e9\n")
		p.wait("the error", `document.querySelector(".field-bad")`)
	}},
	{"a factor", false, func(p *page) { p.hover(`[data-kind="conv"] [data-act="factor"]`) }},
	{"an empty stack", false, func(p *page) { p.click("#new"); p.noticed("AlexNet") }},
	{"an error", false, func(p *page) { p.stack("input 3x8x8\nconv 4 k9\nflatten\nlinear 10\n") }},
	{"a draft", false, func(p *page) { p.typeText("con"); p.wait("the draft", `document.querySelector(".out-of-step")`) }},
	{"the palette", false, func(p *page) { p.press("a"); p.focused("#palette-search") }},
	{"an empty palette", false, func(p *page) { p.press("a"); p.focused("#palette-search"); p.typeKeys("zzzz") }},
	{"the gallery", false, func(p *page) { p.press("g"); p.wait("the cards", `document.querySelector(".card-link")`) }},
	{"the help", false, func(p *page) { p.press("?"); p.focused("#help-close") }},
	{"what to compare with", false, func(p *page) {
		p.press("c")
		p.wait("the networks", `document.querySelector("[data-act=compare-card]")`)
	}},
	{"a comparison", false, func(p *page) {
		p.press("c")
		p.wait("the networks", `document.querySelector("[data-act=compare-card]")`)
		p.click(`[data-act=compare-card][data-card="vgg-16"]`)
		p.wait("both", `document.querySelector(".compare-rows")`)
	}},
	{"recent networks", false, func(p *page) { p.edit("97"); p.preset("toy"); p.press("h"); p.focused("#recent-close") }},
	{"no recent networks", false, func(p *page) { p.press("h"); p.focused("#recent-close") }},
	{"the export", false, func(p *page) {
		p.press("e")
		p.wait("what is written", `document.querySelector("#written")?.innerText.length > 100`)
	}},
	{"a link to copy", false, func(p *page) {
		eval[any](p, `void (navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError")),
			document.execCommand = () => false)`)
		p.click("#share")
		p.noticed("#1")
	}},
	{"a row's menu", false, func(p *page) {
		p.click(`[data-kind="conv"] .kind`)
		p.click(`[data-cmd="row-menu"]`)
		p.wait("the menu", `document.querySelector(".row-menu")`)
	}},
	{"the find bar", false, func(p *page) { p.press("ctrl+f"); p.focused("#find"); p.typeKeys("conv") }},
	{"the title", false, func(p *page) { p.press("shift+f2"); p.wait("the field", `document.activeElement.matches("input")`) }},
	{"Python source", false, func(p *page) {
		p.upload("block.py", blockSource)
		p.wait("the sheet", `document.querySelector(".sheet.program")`)
	}},
	{"a phone's diagram", true, func(p *page) {
		p.tap(`[data-tab="1"]`)
		p.wait("it", `document.querySelector("svg#picture")?.checkVisibility()`)
	}},
	{"a file that opened", false, func(p *page) {
		p.upload("net.cfg", "[net]\nwidth=8\nheight=8\nchannels=3\n[convolutional]\nfilters=4\nsize=3\n")
		p.noticed("net.cfg")
	}},
	{"a phone", true, func(p *page) {}},
	{"a phone's menu", true, func(p *page) { p.tap(".menu-button"); p.wait("the menu", `document.querySelector(".menu.open")`) }},
	{"a phone's help", true, func(p *page) {
		p.tap(".menu-button")
		p.wait("the menu", `document.querySelector(".menu.open")`)
		p.tap("#help")
		p.wait("the help", `document.querySelector(".sheet.help")`)
	}},
}

func word(on bool) string {
	if on {
		return "true"
	}
	return "false"
}

// TestAxe has axe-core look at every state of the page, light and dark, with all its
// rules, those of good practice and on trial included. One on trial is not for us: it
// wants no focus on rows, which the practice for tree grids asks for
// (https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/). What lies under a notice or a menu
// is not to be pressed, so that what is left of it there is no target.
func TestAxe(t *testing.T) {
	script := axe(t)
	for _, s := range states {
		t.Run(s.name, func(t *testing.T) {
			p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
			if s.phone {
				p.setViewport(390, 844, true)
			}
			p.visit("")
			s.reach(p)
			eval[any](p, "void scrollTo(0, 0)") // nothing is half under the header
			eval[any](p, script+"\n;null")
			for _, theme := range []string{"light", "dark"} {
				p.emulateColorScheme(theme)
				p.still()
				found := eval[[]string](p, `axe.run(document, {resultTypes: ["violations"], rules: {"focus-order-semantics": {enabled: false}, "target-size": {enabled: `+word(s.name != "a link to copy" && s.name != "a phone's menu")+`}}, runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"]}})
					.then((r) => r.violations.map((v) => v.id + ": " + v.help + "\n" + v.nodes.slice(0, 4).map((n) => "    " + n.html.slice(0, 160) + "\n        " + n.failureSummary.replaceAll("\n", " ").slice(0, 240)).join("\n") + "\n    of " + v.nodes.length))`)
				if len(found) > 0 {
					t.Errorf("%s:\n%s", theme, strings.Join(found, "\n"))
				}
			}
		})
	}
}
