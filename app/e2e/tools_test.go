//go:build !js

package e2e

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"

	"paramstack/core/link"
)

// A link states how its sender counted; what is toggled travels with the address.
func TestSentCounting(t *testing.T) {
	p := open(t, "#1b.i3x32x32~c4k5~c10k5~end")
	p.wantTotal("params", "1300")
	p.noticed("without biases")
	p.click("#notice .primary")
	p.wantTotal("params", "1314")
	p.wait("the link to follow", `location.hash === "#1.i3x32x32~c4k5~c10k5~end"`)
	p.click(`[data-pref="keras"]`)
	p.wait("the link to state Keras", `location.hash.startsWith("#1k.")`)
	p.reload()
	if framework := p.text(`[data-pref="keras"]`); framework != "Keras" || p.text("#notice") != "" {
		t.Errorf("after a reload it is counted as %s, %q", framework, p.text("#notice"))
	}
}

// An empty stack says how to begin; an example is one click, and undone by one.
func TestBegin(t *testing.T) {
	p := open(t, "")
	p.click("#new")
	p.find(".begin")
	if n := p.count(".begin .examples button"); n != 3 {
		t.Errorf("%d examples", n)
	}
	p.click(".begin [data-act=append]")
	p.focused("#palette-search")
	if first := p.text(".item.at b"); first != "conv" {
		t.Errorf("the palette begins with %s", first)
	}
	p.press("escape")
	p.click(`.begin [data-index="1"]`)
	p.wantTotal("params", "25578")
	p.click("#undo")
	p.find(".begin")
}

// Numbers change by the buttons beside the field and by the wheel over it, and the field
// stays open.
func TestSteps(t *testing.T) {
	p := open(t, "#1.i3x32x32~c4k5~end")
	p.click(p.row("conv1") + ` [data-field="filters"]`)
	p.focused(".editing .field")
	p.click(`.step[data-by="1"]`)
	p.wantTotal("params", "380")
	p.focused(".editing .field")
	x, y := p.at(".editing .field")
	call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: x, Y: y, DeltaX: 1, DeltaY: 100})
	p.wantTotal("params", "304")
	if v := p.value(".editing .field"); v != "4" {
		t.Errorf("the field has %s", v)
	}
	p.press("escape")
	call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: x, Y: y, DeltaX: 1, DeltaY: 100})
	p.wantTotal("params", "304")
}

// Rows are found from the keyboard, problems walked by their button, rows sorted.
func TestFindAndSort(t *testing.T) {
	p := open(t, "")
	p.press("ctrl+f")
	p.focused("#find")
	p.typeKeys("conv")
	p.wait("five matches", `document.querySelector(".find-bar output").textContent === "1 / 5"`)
	p.press("enter")
	p.wait("the second", `document.querySelector(".row.cur .name").textContent === "conv2"`)
	p.focused("#find")
	p.press("escape")
	p.wait("the search to close", `!document.querySelector("#find")`)

	p.click(".cap-params .sort")
	p.wait("the largest first", `document.querySelector(".row[data-node] .name").textContent === "linear1" && document.querySelectorAll(".row[data-node]").length === 8`)
	p.click(".cap-params .sort")
	p.wait("the order of the text", `document.querySelector(".row[data-node]").dataset.kind === "input"`)

	p.stack("input 3x8x8\nconv 4 k30\nconv 4 k1\nadd { conv 5 k3 | }\n")
	p.click("button.issues")
	p.wait("the first problem", `document.querySelector(".row.cur .problem")`)
	first := p.attr(".row.cur", "data-node")
	p.click("button.issues")
	p.wait("the next problem", `document.querySelector(".row.cur").dataset.node !== `+quote(first))
}

// The menu of a row opens by the right button, has words, and does what they say; what
// was deleted can be taken back.
func TestRowMenu(t *testing.T) {
	p := open(t, "#1.i3x32x32~c4k5~c10k5~end")
	x, y := p.at(p.row("conv1") + " .kind")
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonRight, ClickCount: 1})
	}
	p.focused("#row-menu-0")
	p.press("down")
	p.focused("#row-menu-1")
	p.press("up")
	p.press("up")
	p.focused(".entry.delete")
	p.press("enter")
	p.wantKinds("input conv")
	p.noticed("Deleted conv1")
	p.click("#notice .primary")
	p.wantKinds("input conv conv")
	if r := eval[[]float64](p, `(() => { document.querySelector(".row[data-node]").dispatchEvent(new MouseEvent("contextmenu", {bubbles: true, cancelable: true, clientX: 1270, clientY: 890}));
		return new Promise((done) => setTimeout(() => { const r = document.querySelector("#row-menu").getBoundingClientRect(); done([r.right, r.bottom]); }, 300)); })()`); r[0] > 1280 || r[1] > 900 {
		t.Errorf("the menu sticks out: %v", r)
	}
	p.press("escape")
	p.wait("the menu to close", `!document.querySelector("#row-menu")`)
}

// Letters can be switched off, and are none while a name is about to be typed.
func TestLetters(t *testing.T) {
	p := open(t, "#1.i3x32x32~c4k5~c10k5~end")
	p.click(p.row("conv1") + " .kind")
	p.press("n")
	p.typeKeys("dd")
	p.press("enter")
	p.wantKinds("input conv conv")
	p.wait("the name", `document.querySelector(".row.cur .name").textContent === "dd"`)
	p.press("f1")
	p.click(`[data-pref="keys"]`)
	p.press("escape")
	p.click(p.row("dd") + " .kind")
	p.press("d")
	p.press("ctrl+d")
	p.wantKinds("input conv conv conv")
	p.click("h1")
	p.focused("#title-edit")
	p.typeKeys("Mine\n")
	p.wait("the title", `document.querySelector("h1").textContent === "Mine" && document.querySelector("#text").value.startsWith("name Mine")`)
}

// Dragging rows, or adding to the selection, selects no text; the handle is large enough.
func TestNoTextSelected(t *testing.T) {
	p := open(t, "")
	p.click(p.row("conv2") + " .kind")
	x, y := p.at(p.row("conv4") + " .kind")
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, ClickCount: 1, Modifiers: 8})
	}
	p.wait("several rows", `document.querySelectorAll(".row.sel").length > 5`)
	p.drag(p.row("conv1")+" .dot", p.row("conv3"), 10)
	if s := eval[string](p, "String(getSelection())"); s != "" {
		t.Errorf("text is selected: %q", s)
	}
	size := eval[float64](p, `(() => { const s = getComputedStyle(document.querySelector('[data-kind="relu"] .dot'), "::after"); return Math.min(parseFloat(s.width), parseFloat(s.height)); })()`)
	if size < 24 {
		t.Errorf("the handle is %v pixels", size)
	}
}

// On paper the page is light and has no control, in either theme, and no row is cut.
func TestPrint(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		p := open(t, "")
		p.click(p.row("conv2") + " .kind")
		p.emulateColorScheme(scheme)
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print",
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		p.wait("paper", `matchMedia("print").matches`)
		if bg := eval[string](p, `getComputedStyle(document.documentElement).backgroundColor`); bg != "rgb(255, 255, 255)" {
			t.Errorf("%s: paper is %s", scheme, bg)
		}
		for _, s := range eval[[]string](p, `[...document.querySelectorAll("#page button, #page select, #page textarea")].filter((el) => el.checkVisibility() && !el.matches(".chip, .sort, .issues, .link")).map((el) => el.className)`) {
			t.Errorf("%s: on paper is %s", scheme, s)
		}
		for _, s := range eval[[]string](p, `[...document.querySelectorAll(".row")].filter((el) => getComputedStyle(el).breakInside !== "avoid").map((el) => el.id)`) {
			t.Errorf("%s may be cut", s)
		}
		if c := eval[string](p, `getComputedStyle(document.querySelector(".share rect")).fill`); c == "rgb(0, 0, 0)" || eval[string](p, `getComputedStyle(document.querySelector(".share rect")).printColorAdjust`) != "exact" {
			t.Errorf("the bars are %s on paper", c)
		}
	}
}

// Printed are name, diagram, rows, totals and the link, in this order, as text and as a
// code: whatever was seen on the screen, and without a request.
func TestPrinted(t *testing.T) {
	for _, phone := range []bool{false, true} {
		p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
		if phone {
			p.setViewport(390, 844, true)
		}
		p.visit("")
		if !phone {
			p.click(".close-diagram")
			p.wait("no picture", `!document.querySelector("#picture")`)
		}
		// The browser prints: it waits for nothing, and what it prints is asked for here.
		eval[any](p, `addEventListener("beforeprint", () => {
			const link = document.querySelector("#print-link");
			window.printed = [link.textContent.trim(), link.querySelector("path")?.getAttribute("d") ?? "", document.querySelectorAll("#picture [data-shape]").length,
				["h1", "#picture", "#stack [data-node]", "[data-total=params]", "#print-link"].map((s) => document.querySelector(s)?.getBoundingClientRect().top ?? NaN)];
		})`)
		asked := len(p.asked())
		pdf := call(p, cdppage.PrintToPDF, cdppage.PrintToPDFParams{})
		if len(pdf.Data) < 10_000 {
			t.Errorf("the file has %d bytes", len(pdf.Data))
		}
		got := eval[[]any](p, `printed`)
		address := eval[string](p, `paramstack.link()`)
		if want, _ := link.QROf(address); got[1] != want.Path || want.Path == "" {
			t.Errorf("the code is not that of %s", address)
		}
		if !strings.HasSuffix(got[0].(string), address) {
			t.Errorf("the link on paper is %v, not %s", got[0], address)
		}
		if got[2].(float64) == 0 {
			t.Errorf("phone %v: there is no diagram on paper", phone)
		}
		if n := len(p.asked()); n != asked {
			t.Errorf("%d requests to print", n-asked)
		}
		p.wait("the screen", `!document.querySelector("#print-link").textContent && !document.querySelector("#picture")?.checkVisibility()`)
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		eval[any](p, `dispatchEvent(new Event("beforeprint"))`)
		tops := eval[[]float64](p, `printed[3]`)
		if !slices.IsSorted(tops) {
			t.Errorf("phone %v: the parts are at %v", phone, tops)
		}
	}
}

// What is tapped on a phone is 44 pixels high and wide, or has that much room; all
// networks are at the top, and a number that is tapped is explained where it is.
func TestTouch(t *testing.T) {
	p := screen(t, 390, 844, "en-US")
	p.find("#gallery")
	at := func() float64 {
		return eval[float64](p, `document.querySelector('[data-kind="conv"] .formula .f.in').getBoundingClientRect().top`)
	}
	p.at(`[data-kind="conv"] .formula .f.in`)
	before := at()
	p.tap(`[data-kind="conv"] .formula .f.in`)
	p.wait("the explanation", `document.querySelector(".tip")`)
	if after := at(); after != before || p.count(".row.cur") != 0 {
		t.Errorf("the number moved from %v to %v", before, after)
	}
	p.tap(`[data-kind="conv"] .kind`)
	p.find(".row.cur .acts")
	small := `[...document.querySelectorAll("#page :is(button, select, input:not(.offscreen), [data-act=factor])")].filter((el) => el.checkVisibility() && !el.closest(".row:not(.cur)") && el.dataset.act !== "factor")
		.map((el) => [el, el.getBoundingClientRect()]).filter(([el, r]) => r.width && (r.height < 43.5 || r.width < 43.5)).map(([el, r]) => el.className + " " + el.textContent.slice(0, 20) + " " + r.width + "x" + r.height)`
	for _, s := range eval[[]string](p, small) {
		t.Error("too small for a finger: ", s)
	}
	p.tap(`.act.words`)
	p.find("#row-menu")
	for _, s := range eval[[]string](p, small) {
		t.Error("too small for a finger: ", s)
	}
	if words := p.text("#row-menu"); !strings.Contains(words, "Duplicate") {
		t.Errorf("the menu has no words: %q", words)
	}
	p.fits("the menu of a row")
	p.tap(`.entry.duplicate`)
	p.wait("the copy", `document.querySelectorAll('[data-kind="conv"]').length === 6`)
	p.tap("#gallery")
	p.find("#gallery-search")
}
