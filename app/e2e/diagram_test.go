//go:build !js

package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// The diagram is there with the hooks that README lists, and its areas have one scale.
func TestDiagramHooks(t *testing.T) {
	p := open(t, "")
	for _, sel := range []string{`svg#picture [data-panel="cells"] [data-node][data-shape="96x55x55"]`,
		`svg#picture [data-panel="weights"] [data-node] rect[data-weights]`} {
		if p.count(sel) == 0 {
			t.Errorf("there is no %s", sel)
		}
	}
	scale := eval[float64](p, `(() => {
		const all = [...document.querySelectorAll("#picture rect[data-weights]")].map((r) => r.width.baseVal.value * r.height.baseVal.value / r.dataset.weights);
		return Math.max(...all) / Math.min(...all);
	})()`)
	if scale > 1.005 {
		t.Errorf("areas differ in scale by %v", scale)
	}
	// Each row with weights has its number of them.
	wrong := eval[string](p, `[...document.querySelectorAll("#stack [data-node]")].filter((row) => {
		const rects = [...document.querySelectorAll('#picture [data-node="' + row.dataset.node + '"] rect[data-weights]')];
		return String(rects.reduce((n, r) => n + BigInt(r.dataset.weights), 0n)) !== row.dataset.params;
	}).map((row) => row.dataset.node).join(" ")`)
	if wrong != "" {
		t.Errorf("rows %s have other numbers than their areas", wrong)
	}
	if svg := eval[string](p, `paramstack.picture("svg")`); !strings.Contains(svg, "<svg") || !strings.Contains(svg, "<style>") {
		t.Error("paramstack.picture has no SVG")
	}
	if tex := eval[string](p, `paramstack.picture("tikz")`); !strings.Contains(tex, `\begin{tikzpicture}`) {
		t.Error("paramstack.picture has no TikZ")
	}
	if eval[any](p, `paramstack.picture("bmp")`) != nil {
		t.Error("paramstack.picture has a format of no name")
	}
}

// The diagram leaves room for rows with their formulas in the first window, and nothing
// moves when it is drawn for that window.
func TestDiagramLow(t *testing.T) {
	for _, size := range []struct{ w, h int64 }{{1440, 900}, {1280, 720}, {1920, 1080}} {
		p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
		p.setViewport(size.w, size.h, false)
		p.visit("")
		p.wait("the diagram of this window", `document.querySelector("#picture-view").matches(".scaled")`)
		high := eval[float64](p, `document.querySelector(".diagram").getBoundingClientRect().height`)
		if most := 0.45 * float64(size.h); high > most {
			t.Errorf("at %d×%d it is %v high, of %v", size.w, size.h, high, most)
		}
		moved := eval[float64](p, `new Promise((done) => {
			let moved = 0;
			new PerformanceObserver((l) => { for (const e of l.getEntries()) moved += e.value; }).observe({ type: "layout-shift", buffered: true });
			requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(moved), 50)));
		})`)
		if moved > 0.001 {
			t.Errorf("at %d×%d the page has moved by %v", size.w, size.h, moved)
		}
		if over := eval[float64](p, `(({clientWidth, scrollWidth, clientHeight, scrollHeight}) => Math.max(scrollWidth - clientWidth, scrollHeight - clientHeight))(document.querySelector("#picture-view"))`); over > 1 {
			t.Errorf("at %d×%d it has to be scrolled by %v", size.w, size.h, over)
		}
		if !eval[bool](p, `document.querySelector("#stack .row").getBoundingClientRect().top < innerHeight`) {
			t.Errorf("at %d×%d no row is seen", size.w, size.h)
		}
		p.screenshot("low-" + fmt.Sprint(size.w))
	}
}

// Every edit is seen at once: in the same elements, which move.
func TestDiagramEdit(t *testing.T) {
	p := open(t, "")
	eval[any](p, `window.was = document.querySelector('#picture [data-shape="96x55x55"]')`)
	p.click(`#stack [data-node="2"] .chip.out`)
	p.press("end")
	p.press("backspace") // 9
	p.wait("9 filters", `document.querySelector('#picture [data-node="2"][data-shape]').dataset.shape === "9x55x55"`)
	if !eval[bool](p, `was.isConnected && was.dataset.shape === "9x55x55"`) {
		t.Error("the block was made anew")
	}
	p.press("escape")
	p.wait("96 filters", `was.dataset.shape === "96x55x55"`)
	p.preset("resnet-50")
	p.wait("another network", `document.querySelector("#picture title").textContent === "ResNet-50"`)
	// What is folded in the stack is folded in the picture.
	block := `#picture [data-shape][data-node="` + p.attr("#stack .f-repeat", "data-node") + `"]`
	if p.count(block) != 0 {
		t.Fatal("it is folded already")
	}
	p.click(`#stack .f-repeat .fold`)
	p.find(block)
}

// Pointing at a block lights its row, and back; a click goes there; the keyboard can do
// the same.
func TestDiagramPoint(t *testing.T) {
	p := open(t, "")
	block := `#picture [data-shape="9216"] :is(use, .ps)`
	p.hover(block)
	x, y := p.at(block)
	p.mouse(input.DispatchMouseEventTypeMouseMoved, x+1, y, false) // a hand is never quite still
	p.wait("the row to be lit", `!!document.querySelector("#stack .row.lit")`)
	key := p.attr("#stack .row.lit", "data-node")
	p.hover("#stack .row[data-kind=linear]")
	p.wait("the block to be lit", `document.querySelector("#picture .lit")?.dataset.node === document.querySelector("#stack .row[data-kind=linear]").dataset.node`)
	p.click(`#picture [data-node="` + key + `"] :is(use, .ps)`)
	p.wait("the row to be selected", `document.querySelector("#stack .row.cur")?.dataset.node === "`+key+`"`)
	p.wait("the block to be marked", `document.querySelector("#picture [data-shape].cur")?.dataset.node === "`+key+`"`)
	eval[any](p, `document.querySelector("#picture [data-shape][tabindex='0']").focus()`)
	p.press("right")
	p.press("right")
	p.wait("the focus to go on", `document.activeElement.dataset.shape === "96x27x27"`)
	p.press("enter")
	p.wait("the row to have the focus", `document.activeElement.matches("#stack .row.cur") && document.activeElement.dataset.out === "96x27x27"`)
}

// A row without a block of its own marks the one that it is a part of: that of the layer
// before it, or of the block around it.
func TestDiagramInside(t *testing.T) {
	p := open(t, "#"+cardOf(t, "resnet-152").Link)
	p.find("#picture [data-shape]")
	missing := eval[string](p, `(async () => {
		const wrong = [];
		for (const row of [...document.querySelectorAll("#stack [data-node]")].slice(0, 120)) {
			if (row.dataset.kind === "path" && row.dataset.params === "0") continue; // a line, which is no block
			row.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
			if (!document.querySelector("#picture [data-shape].lit")) wrong.push(row.dataset.node + " " + row.dataset.kind);
		}
		return wrong.join(", ");
	})()`)
	if missing != "" {
		t.Errorf("no block is lit for %s", missing)
	}
	bn := eval[string](p, `[...document.querySelectorAll('#stack [data-kind="bn"]')].at(-1).dataset.node`)
	p.click(p.row("bn29") + " .kind")
	p.wait("the block to be marked", `document.querySelector("#picture [data-shape].cur")?.dataset.holds.split(" ").includes(`+quote(bn)+`)`)
}

// Bars are linear at first, and logarithmic on request.
func TestDiagramBars(t *testing.T) {
	p := open(t, "")
	if p.count(`[data-act="log"]`) != 0 {
		t.Error("there are no bars yet")
	}
	p.click(`[data-act="bars"]`)
	p.find(`#picture [data-panel="bars"] rect`)
	high := func() float64 {
		return eval[float64](p, `document.querySelector('#picture [data-panel="bars"] rect').height.baseVal.value`)
	}
	before := high()
	p.click(`[data-act="log"]`)
	p.wait("longer bars", `document.querySelector('#picture [data-panel="bars"] rect').height.baseVal.value > `+fmt.Sprint(2*before))
}

// The diagram can be closed, and stays closed on the next visit. On a phone it is a tab.
func TestDiagramClosed(t *testing.T) {
	p := open(t, "")
	p.click(".close-diagram")
	p.wait("no picture", `!document.querySelector("#picture")`)
	p.reload()
	if p.count("#picture") != 0 {
		t.Error("the picture is there again")
	}
	p.click(`[data-act="diagram"]`)
	p.wait("the picture", `!!document.querySelector("#picture [data-shape]")`)

	p = screen(t, 390, 844, "ko-KR")
	if eval[bool](p, `document.querySelector(".diagram").checkVisibility()`) {
		t.Error("a phone shows both")
	}
	p.tap(`[data-tab="1"]`)
	p.wait("the picture", `!!document.querySelector("#picture [data-shape]")?.checkVisibility()`)
	if eval[bool](p, `document.querySelector("#stack").checkVisibility()`) {
		t.Error("a phone shows both")
	}
	p.fits("the diagram")
	p.tap(`[data-tab="0"]`)
	p.wait("the rows", `document.querySelector("#stack").checkVisibility()`)
}

// The sheet writes a frame for another page, with what it shows and how high it is. A page
// of another origin that allows nothing but that frame shows it: it can be read, not
// edited, and leads to the whole page in a tab of its own.
func TestEmbedForeign(t *testing.T) {
	p := open(t, smallLink)
	p.click("#export")
	p.click(`[data-format="embed"]`)
	snippet := func() string { return strings.TrimSpace(p.text("#written")) }
	p.wait("the snippet", `document.querySelector("#written").textContent.includes("<iframe")`)
	if s := snippet(); !strings.Contains(s, "?embed#1.") || !strings.Contains(s, `height="720"`) || strings.Contains(s, "style=") {
		t.Errorf("the snippet is %s", s)
	}
	p.click(`[data-parts="3"]`)
	p.wait("rows only", `document.querySelector("#written").textContent.includes("?embed=rows#")`)
	p.click(`[data-parts="2"]`)
	p.click(`[data-height="400"]`)
	p.wait("the diagram only", `document.querySelector("#written").textContent.includes("?embed=diagram#") && document.querySelector("#written").textContent.includes('height="400"')`)
	p.click(`[data-parts="1"]`)
	p.click(`[data-height="560"]`)
	p.wait("everything", `document.querySelector("#written").textContent.includes("?embed#")`)
	frame := snippet()

	origin := eval[string](p, "location.origin")
	blog := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-src "+origin)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!DOCTYPE html><title>A blog</title><p>See this:</p>%s", frame)
	}))
	t.Cleanup(blog.Close)
	q := newPage(t, p.url)
	q.hosts = []string{blog.URL}
	q.do(chromedp.Navigate(blog.URL))
	in := func(what, js string) {
		t.Helper()
		ctx, cancel := context.WithTimeout(q.ctx, patience)
		defer cancel()
		for {
			frames, err := chromedp.Run(ctx, chromedp.Nodes(chromedp.CSS("iframe")))
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			// The frame has no document of its own at first: an error is one to come.
			ok, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+js+")", chromedp.WithPollingInFrame(frames[0]),
				chromedp.WithPollingTimeout(time.Second)))
			if err == nil && ok {
				return
			}
			if ctx.Err() != nil {
				t.Fatalf("%s: %v", what, err)
			}
		}
	}
	in("the network", `document.documentElement.dataset.ready === "true" && document.querySelector("[data-total=params]").dataset.value === "104" && !!document.querySelector("#picture [data-shape]")`)
	x, y := q.at("iframe")
	row := `document.querySelector('#stack [data-kind="conv"]')`
	in("a row", row+` && window.innerHeight === 560 && document.documentElement.scrollWidth <= window.innerWidth`)
	for dy := -240.0; dy < 280; dy += 24 { // clicks and keys all over the frame
		q.mouse(input.DispatchMouseEventTypeMousePressed, x, y+dy, true)
		q.mouse(input.DispatchMouseEventTypeMouseReleased, x, y+dy, false)
		q.press("5")
		q.press("delete")
	}
	in("the network as it was", row+`.dataset.params === "104" && document.querySelector("[data-total=params]").dataset.value === "104" && !document.querySelector("input.field, textarea, [role=dialog]")`)
	in("the way to the page", `(() => { const a = document.querySelector(".embed-head a"); return a.target === "_blank" && a.rel === "noopener" && a.href === `+quote(p.url+smallLink)+`; })()`)
}

// A page inside another one shows a network: it can be read and followed, not edited.
func TestEmbed(t *testing.T) {
	p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
	p.load("?embed#1.i3x32x32~c4k5_nobias~c10k5_nobias~end")
	p.ready()
	p.wait("the network", `document.querySelector("[data-total=params]").dataset.value === "1300" && !!document.querySelector("#picture [data-shape]")`)
	p.click(`#stack [data-node="2"] .chip.out`)
	p.press("5")
	p.press("delete")
	if eval[string](p, `document.querySelector("[data-total=params]").dataset.value`) != "1300" || p.count("input.field") != 0 {
		t.Error("it can be edited")
	}
	if href := p.attr(".embed-head a", "href"); !strings.Contains(href, "#1.") || strings.Contains(href, "embed") {
		t.Errorf("the way to the page is %s", href)
	}
	p.load("?embed=diagram#1.i3x32x32~c4k5_nobias~end")
	p.ready()
	p.find("#picture [data-shape]")
	if p.count("#stack") != 0 {
		t.Error("the rows are there")
	}
}
