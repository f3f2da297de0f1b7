//go:build !js

package e2e

import (
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/cdproto/input"
	cdpage "github.com/chromedp/cdproto/page"
)

// screen opens the built site on a screen of some size; a narrow one is touched.
func screen(t *testing.T, w, h int64, lang string) *page {
	p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
	p.setViewport(w, h, w < 500)
	p.emulateLanguage(lang)
	p.visit("")
	return p
}

// strays lists what sticks out of the window at a side, or is cut off by a box
// that does not scroll.
const strays = `(() => {
	const wide = document.documentElement.clientWidth, list = [];
	const name = (el) => el.tagName + "." + el.className + " " + el.textContent.slice(0, 40);
	if (document.documentElement.scrollWidth > wide) list.push("the page is " + document.documentElement.scrollWidth + " wide");
	for (const el of document.querySelectorAll("#page *")) {
		if (el.closest(".offscreen, .skip-link, .veil, .gutter, svg, option, #text, .scene > *, .compare-table > *") || !el.checkVisibility()) continue;
		const r = el.getBoundingClientRect();
		if (r.width && (r.right > wide + 1 || r.left < -1)) list.push(name(el) + " at " + r.left + ".." + r.right);
		const s = getComputedStyle(el);
		if (/hidden|clip/.test(s.overflowX) && s.textOverflow !== "ellipsis" && el.scrollWidth > el.clientWidth + 1) list.push(name(el) + " is cut off");
	}
	return list.slice(0, 5);
})()`

func (p *page) fits(what string) {
	p.t.Helper()
	for _, s := range eval[[]string](p, strays) {
		p.t.Errorf("%s: %s", what, s)
	}
}

// Every network fits a phone, with all its rows.
func TestPhoneFits(t *testing.T) {
	p := screen(t, 390, 844, "en-US")
	for _, id := range eval[[]string](p, `[...document.querySelectorAll("#preset option")].map((o) => o.value).filter((v) => v && v !== "*")`) {
		p.preset(id)
		p.fits(id)
	}
	for _, id := range []string{"swin-t", "gpt-2-small", "googlenet-heads"} {
		// The list's last line opens the gallery.
		eval[any](p, `(() => { const el = document.querySelector("#preset"); el.value = "*"; el.dispatchEvent(new Event("change", {bubbles: true})); })()`)
		p.find(".card-link")
		p.fits("the gallery")
		p.tap("#gallery-search")
		p.typeKeys(id[:4])
		p.tap(`.card-link[data-card="` + id + `"]`)
		p.wait(id, `!document.querySelector(".gallery") && document.querySelectorAll("#stack [data-node]").length > 20`)
		p.fits(id)
		p.tap(`#stack [data-node][data-params]:not([data-params="0"]) .kind`)
		p.find(".row.cur .acts")
		p.fits(id + " with a row selected")
	}
	p.press("?")
	p.find("#help-close")
	p.fits("the help")
}

// A finger that holds a grip moves the block and not the page.
func TestPhoneDrag(t *testing.T) {
	p := screen(t, 390, 844, "en-US")
	p.stack("input 3x8x8\nconv 4 k3\nrelu\nbn\n")
	p.at(`[data-kind="relu"] .dot`)
	x, y := p.at(`[data-kind="bn"] .dot`)
	_, to := p.at(`[data-kind="relu"] .dot`)
	top := eval[float64](p, "scrollY")
	finger := func(kind input.DispatchTouchEventType, at ...*input.TouchPoint) {
		call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: append([]*input.TouchPoint{}, at...)})
	}
	finger(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: x, Y: y})
	for i := 1.0; i <= 8; i++ {
		finger(input.DispatchTouchEventTypeTouchMove, &input.TouchPoint{X: x, Y: y + (to-8-y)*i/8})
	}
	p.wait("the place to drop it", `document.querySelector(".drop-before, .drop-after")`)
	if eval[float64](p, "scrollY") != top {
		t.Error("the page scrolled with the block")
	}
	finger(input.DispatchTouchEventTypeTouchEnd)
	p.wantKinds("input conv bn relu")
}

// The head of the page keeps its things apart at every width.
func TestWidths(t *testing.T) {
	for _, lang := range []string{"en-US", "ko-KR"} {
		p := screen(t, 1440, 900, lang)
		for _, w := range []int64{320, 390, 600, 721, 768, 981, 1024, 1440} {
			p.setViewport(w, 900, false)
			p.fits(fmt.Sprint(lang, " at ", w))
			for _, s := range eval[[]string](p, `(() => {
				const all = [...document.querySelectorAll(".top :is(.logo, select, button)")].filter((el) => el.checkVisibility());
				return all.flatMap((a, i) => all.slice(i + 1).filter((b) => {
					const r = a.getBoundingClientRect(), s = b.getBoundingClientRect();
					return r.left < s.right - 1 && s.left < r.right - 1 && r.top < s.bottom - 1 && s.top < r.bottom - 1;
				}).map((b) => a.className + " lies over " + b.className));
			})()`) {
				t.Errorf("%s at %d: %s", lang, w, s)
			}
		}
	}
}

// The page has room for large letters.
func TestLargeLetters(t *testing.T) {
	for _, w := range []int64{390, 1280} {
		p := screen(t, w, 900, "en-US")
		call(p, cdpage.SetFontSizes, cdpage.SetFontSizesParams{FontSizes: &cdpage.FontSizes{Standard: 32, Fixed: 26}})
		p.wait("large letters", `parseFloat(getComputedStyle(document.documentElement).fontSize) === 30`)
		p.fits(fmt.Sprint("large letters at ", w))
		p.click(p.row("conv2") + " .kind")
		p.click(".row.cur .chip.out")
		p.focused("input.field")
		p.fits(fmt.Sprint("large letters in a field at ", w))
		p.press("escape")
		p.press("a")
		p.focused("#palette-search")
		p.fits(fmt.Sprint("large letters in the palette at ", w))
		p.press("escape")
		p.click("#share")
	}
}
