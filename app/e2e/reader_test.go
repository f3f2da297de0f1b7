//go:build !js

package e2e

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"paramstack/core/layer"
	"paramstack/core/zoo"
)

// everything shows all that the page can show, one thing after the other, and
// calls look at each.
func everything(p *page, look func(what string)) {
	p.t.Helper()
	p.press("escape")
	look("the first network")
	p.click(p.row("conv2") + " .kind")
	p.hover(p.row("conv2") + " .formula .f.in")
	p.wait("the explanation", `document.querySelector(".tip")`)
	look("a selected row")
	p.press("a")
	p.find("#palette-search")
	look("the palette")
	p.typeKeys("zzz")
	look("an empty palette")
	p.press("escape")
	p.press("f1")
	p.find("#help-close")
	look("the help")
	p.press("escape")
	p.press("g")
	p.find(".card-link")
	look("the gallery")
	p.press("escape")
	p.preset("resnet-50")
	look("repeats and branches")
	p.click(`[data-kind="add"] .kind`)
	look("a selected branch")
	p.press("shift+down")
	p.press("escape")
	eval[any](p, `paramstack.load("input 3x8x8; conv 3 k3 g2; linear 3; conv 8 k9")`)
	look("a notice and broken layers")
	p.press("escape")
	p.click("#text")
	p.press("end")
	p.typeKeys(" conf")
	look("a text that cannot be read")
	p.press("ctrl+z")
}

// wordsJS lists all words of the page: the texts, and the names and hints of
// elements. Code, sources and names are the same in every language.
const wordsJS = `[...document.querySelectorAll("#page *")].flatMap((el) => {
	if (el.closest("code, cite, pre, kbd, .logo, option, textarea, #page [lang], #gutter, .card-link, svg, h1, .year")) return [];
	const texts = [...el.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data);
	return [...texts, ...["aria-label", "title", "placeholder"].map((a) => el.getAttribute(a) ?? "")];
}).filter((s) => /[A-Za-z]{2}/.test(s))`

// In Korean nothing is left in English but names, and in English nothing is in
// Korean.
func TestLanguages(t *testing.T) {
	p := open(t, "")
	said := map[string]bool{}
	everything(p, func(what string) {
		for _, s := range eval[[]string](p, wordsJS) {
			said[s] = true
		}
		if korean := eval[[]string](p, `[...document.querySelectorAll("#page *")].filter((el) => !el.closest("#page [lang]") && el.children.length === 0)
			.map((el) => el.textContent).filter((s) => /[가-힣]/.test(s) && !s.includes("English"))`); len(korean) > 0 {
			t.Errorf("in English, %s has %q", what, korean)
		}
	})
	if len(said) < 300 {
		t.Errorf("only %d sentences were found", len(said))
	}
	p.visit("")
	p.click("#lang")
	p.wait("Korean", `document.documentElement.lang === "ko"`)
	names := map[string]bool{"PyTorch": true, "Keras": true, "repeat": true, "SGD": true, "Adam": true}
	for _, k := range layer.Kinds {
		names[k.Name] = true
	}
	for _, n := range zoo.Presets {
		names[n.Name] = true
	}
	// 243.9 MB, conv2.1, fp32, max(0, x), conv1 96×55×55 + lrn1 96×55×55.
	sign := regexp.MustCompile(`^(≥ )?[0-9.,]+ ([kMGT]?i?B|[kMG])$|^[a-z]+\d+(\.[\dx])?$|^Mi?B$|^[a-z]+\d+(\.[\dx])? [\d×?]+( \+ [a-z]+\d+(\.[\dx])? [\d×?]+)*$|\bx\b.*\)`)
	everything(p, func(what string) {
		for _, s := range eval[[]string](p, wordsJS) {
			s = strings.TrimSpace(s)
			if said[s] && !names[s] && !sign.MatchString(s) {
				t.Errorf("in Korean, %s says %q", what, s)
			}
		}
	})
	if got := p.text("#share"); got != "링크 공유" {
		t.Errorf("the share button says %q", got)
	}
	p.click("#lang")
	p.wait("English", `document.documentElement.lang === "en"`)

	q := newPage(t, p.url)
	q.emulateLanguage("ko-KR")
	q.visit("")
	if lang := q.attr("html", "lang"); lang != "ko" || q.text("#share") != "링크 공유" {
		t.Errorf("with a Korean browser the page is %q: %s", lang, q.text("#share"))
	}
}

// Every button, field and list has a name, there is one h1, and ids are single.
func TestAccessible(t *testing.T) {
	p := open(t, "")
	everything(p, func(what string) {
		nameless := eval[[]string](p, `[...document.querySelectorAll("button, input, select, textarea, a[href], [role=button], [role=listbox], [role=dialog], [role=toolbar]")]
			.filter((el) => el.getClientRects().length > 0 && !el.closest("[aria-hidden=true]"))
			.filter((el) => !(el.getAttribute("aria-label") || el.textContent || "").trim()).map((el) => el.outerHTML.slice(0, 120))`)
		if len(nameless) > 0 {
			t.Errorf("%s: without a name: %s", what, strings.Join(nameless, "\n"))
		}
		if n := p.count("h1"); n != 1 {
			t.Errorf("%s: %d h1", what, n)
		}
		if twice := eval[[]string](p, `Object.entries(Object.groupBy([...document.querySelectorAll("[id]")], (el) => el.id))
			.filter(([, els]) => els.length > 1).map(([id]) => id)`); len(twice) > 0 {
			t.Errorf("%s: ids that occur twice: %v", what, twice)
		}
		if nowhere := eval[[]string](p, `[...document.querySelectorAll("[aria-describedby], [aria-controls], [aria-activedescendant]")].flatMap((el) =>
			["aria-describedby", "aria-controls", "aria-activedescendant"].map((a) => el.getAttribute(a)).filter((id) => id && !document.getElementById(id)))`); len(nowhere) > 0 {
			t.Errorf("%s: points at what is not there: %v", what, nowhere)
		}
	})
	// The new total is announced, once the edits pause.
	p.preset("toy")
	p.wait("the total to be announced", `document.querySelector("#announce").textContent.includes("1,300 parameters")`)
	// The stack is one stop for Tab, not one for every row.
	if n := p.count(`#stack [data-node][tabindex="0"]`); n != 1 {
		t.Errorf("Tab stops at %d rows", n)
	}
}

// Light and dark follow the system until one is chosen.
func TestColours(t *testing.T) {
	p := open(t, "")
	dark := `(() => { const [r, g, b] = getComputedStyle(document.documentElement).backgroundColor.match(/[\d.]+/g).map(Number);
		return r + g + b < 300; })()`
	for scheme, want := range map[string]string{"light": "!", "dark": ""} {
		p.emulateColorScheme(scheme)
		p.wait(scheme, want+dark)
	}
	p.click("#theme")
	p.wait("light, whatever the system", "!"+dark+` && document.documentElement.dataset.theme === "light"`)
	p.click("#theme")
	p.emulateColorScheme("light")
	p.wait("dark, whatever the system", dark+` && document.documentElement.dataset.theme === "dark"`)
	p.click("#theme")
	p.wait("as the system again", "!"+dark+` && !document.documentElement.dataset.theme`)
}

// On a telephone everything is within the width and within reach of a finger.
func TestPhone(t *testing.T) {
	p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
	p.setViewport(390, 844, true)
	p.visit("")
	conv1 := p.row("conv1")
	p.tap(conv1 + " .kind")
	p.wait("the row to be selected", `document.querySelector(`+quote(conv1+".cur")+`)`)
	p.fits("a selected row")
	p.tap(conv1 + ` [data-field="kernel"]`)
	p.focused("input.field")
	p.fits("a field")
	p.typeKeys("7")
	p.wantTotal("params", "60944488")
	p.press("enter")

	// The totals stay in sight.
	eval[any](p, `scrollTo(0, document.querySelector(".stack").getBoundingClientRect().bottom + scrollY - innerHeight)`)
	p.wait("the totals to be in sight", `(() => { const r = document.querySelector(".ticker").getBoundingClientRect();
		return scrollY > 300 && r.top >= 0 && r.bottom <= innerHeight && document.querySelector(".ticker").innerText.includes("60,944,488"); })()`)
	p.tap(".append")
	p.find(".palette")
	p.fits("the palette")
	p.tap(`[data-item="softmax"]`)
	p.wait("the layer to be there", `[...document.querySelectorAll('[data-kind="softmax"]')].length === 2`)

	p.tap(".menu-button")
	p.wait("the menu", `document.querySelector(".menu.open")`)
	p.fits("the menu")
	p.tap(`.menu [data-cmd="lang"]`)
	p.wait("Korean", `document.documentElement.lang === "ko"`)
	if p.count(".menu.open") > 0 {
		t.Error("the menu stays open")
	}
	p.fits("Korean")
	p.tap(".menu-button")
	p.tap("h1")
	p.wait("the menu to close", `!document.querySelector(".menu.open")`)
	eval[any](p, `paramstack.load("input 3x8x8; conv 3 k3 g2; linear 3; conv 8 k9")`)
	p.tap(`.row.bad .kind`)
	p.fits("broken layers")

	// What is tapped is large enough.
	small := eval[[]string](p, `[...document.querySelectorAll(".top button, .toolbar button, .row.cur button, .append, .more")]
		.filter((el) => !el.matches(".plus") && el.getClientRects().length > 0)
		.map((el) => [el, el.getBoundingClientRect()]).filter(([, r]) => r.height < 40 || r.width < 24)
		.map(([el, r]) => el.outerHTML.slice(0, 90) + " " + r.width + "×" + r.height)`)
	if len(small) > 0 {
		t.Errorf("too small for a finger: %s", strings.Join(slices.Compact(small), "\n"))
	}
	if zoom := p.attr(`meta[name="viewport"]`, "content"); strings.Contains(zoom, "user-scalable") || strings.Contains(zoom, "maximum-scale") {
		t.Errorf("people cannot zoom: %s", fmt.Sprint(zoom))
	}
}
