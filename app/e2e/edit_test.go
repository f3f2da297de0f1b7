//go:build !js

package e2e

import (
	"strings"
	"testing"
)

// A kernel is changed from the keyboard, and all that depends on it follows.
func TestEditChip(t *testing.T) {
	p := open(t, "")
	conv1 := p.row("conv1")
	p.click(conv1 + ` [data-field="kernel"]`)
	p.focused("input.field")
	p.typeKeys("7") // the old value is selected
	p.wantTotal("params", "60944488")
	if r := p.seen("conv1"); r.Formula != "7·7·3·96 + 96" || r.Out != "96x56x56" || r.Params != "14208" {
		t.Errorf("with a kernel of 7 conv1 is %+v", r)
	}
	if r := p.seen("conv2"); r.Out != "256x27x27" {
		t.Errorf("conv2 is %+v", r)
	}
	// What cannot be read is marked, and the network is as it was before the field.
	p.typeKeys("q")
	p.wait("the mistake to be shown", `document.querySelector(".field-bad")`)
	p.wantTotal("params", "60965224")
	p.press("escape")
	p.wantTotal("params", "60965224")
	p.focused(conv1)
	if p.attr("#undo", "aria-disabled") != "true" {
		t.Error("what was taken back can be undone")
	}

	// Arrows nudge, Tab goes on to the next chip, Enter is done.
	p.press("enter")
	p.focused(`[data-field="filters"]`)
	p.press("up")
	p.press("up")
	p.wait("98 filters", `document.querySelector('#stack [data-node="2"]').dataset.out === "98x55x55"`)
	if r := p.seen("conv2"); r.Formula != "5·5·49·128·2 + 256" {
		t.Errorf("behind 98 filters conv2 is %s", r.Formula)
	}
	p.press("tab")
	p.focused(`[data-field="kernel"]`)
	p.press("down")
	p.press("enter")
	p.focused(conv1)
	if r := p.seen("conv1"); r.Formula != "10·10·3·98 + 98" {
		t.Errorf("conv1 is %s", r.Formula)
	}

	// Each chip was one step, however many keys were pressed.
	p.click("#undo")
	p.wait("the kernel to be back", `document.querySelector('#stack [data-node="2"]').innerText.includes("11·11·3·98")`)
	p.press("ctrl+z")
	p.wantTotal("params", "60965224")
	p.press("ctrl+shift+z")
	p.press("ctrl+y")
	if r := p.seen("conv1"); r.Formula != "10·10·3·98 + 98" {
		t.Errorf("after redo conv1 is %s", r.Formula)
	}
	p.click("#undo")
	p.click("#redo")
	p.keepsFocus("redo")
	if p.attr("#redo", "aria-disabled") != "true" {
		t.Error("there is something left to redo")
	}
	p.click("#undo")
	p.click("#undo")
	p.wantTotal("params", "60965224")
	p.keepsFocus("the last undo")
}

// The other hyper-parameters: a switch, a choice, a name.
func TestEditOthers(t *testing.T) {
	p := open(t, "")
	p.stack("input 3x32x32\nconv 8 k3\nrelu\nlinear 10\n")
	conv := p.row("conv1")
	p.click(conv + " .kind")
	p.click(conv + ` [data-field="bias"]`)
	p.wait("no bias", `document.querySelector("#text").value.includes("conv 8 k3 nobias")`)
	p.choose(conv+` select[data-field="mode"]`, "reflect")
	p.wait("another mode", `/conv 8 k3 .*reflect/.test(document.querySelector("#text").value)`)
	p.press("f2")
	p.focused(`[data-field="label"]`)
	p.typeKeys("stem")
	p.press("enter")
	p.focused(conv)
	if got := p.value("#text"); !strings.Contains(got, "stem: conv") || p.seen("stem").Kind != "conv" {
		t.Errorf("renamed, the text is\n%s", got)
	}
	p.press("f")
	p.wait("it to be frozen", `document.querySelector("#text").value.includes("frozen")`)
	if p.total("trainable") == p.total("params") {
		t.Error("a frozen layer counts as trainable")
	}
	p.keepsFocus("freezing")
}

// Layers are added from the palette: searched and clicked, or by keys alone.
func TestPalette(t *testing.T) {
	p := open(t, "")
	p.stack("input 3x32x32\nconv 8 k3\n")
	p.click(".append")
	p.focused("#palette-search")
	p.typeKeys("batch")
	p.click(`[data-item="bn"]`)
	p.wantKinds("input conv bn")
	p.focused(`[data-kind="bn"]`)
	p.wantTotal("params", "240") // 3·3·3·8 + 8, and 8 + 8
	p.wantTotal("buffers", "17")

	p.press("a")
	p.focused("#palette-search")
	p.typeKeys("relu")
	p.press("enter")
	p.wantKinds("input conv bn relu")
	p.focused(`[data-kind="relu"]`)

	p.press("up")
	p.press("up")
	p.focused(p.row("conv1"))
	p.press("a") // below the selected row
	p.typeKeys("pool")
	p.press("down")
	p.press("up")
	p.press("enter")
	p.wantKinds("input conv maxpool bn relu")
	p.press("a")
	p.press("escape")
	p.focused(`[data-kind="maxpool"]`)

	p.press("ctrl+z")
	p.press("ctrl+z")
	p.press("ctrl+z")
	p.wantKinds("input conv")
	p.keepsFocus("undo")
}

// Rows are duplicated, deleted, moved, wrapped and folded by their keys; the
// keyboard always has somewhere to go on from.
func TestRowKeys(t *testing.T) {
	p := open(t, "")
	p.stack("input 8x32x32\nconv 8 k3 p1\nrelu\nmaxpool 2\n")
	p.click(p.row("conv1") + " .kind")
	for _, step := range []struct{ key, kinds, focus string }{
		{"d", "input conv conv relu maxpool", "conv"},
		{"alt+down", "input conv relu conv maxpool", "conv"},
		{"alt+up", "input conv conv relu maxpool", "conv"},
		{"delete", "input conv relu maxpool", "relu"},
		{"up", "input conv relu maxpool", "conv"},
		{"shift+down", "input conv relu maxpool", "relu"},
		{"r", "input repeat conv relu maxpool", "repeat"},
		{"space", "input repeat maxpool", "repeat"},
		{"right", "input repeat conv relu maxpool", "repeat"},
		{"left", "input repeat maxpool", "repeat"},
		{"ctrl+right", "input repeat conv relu maxpool", "repeat"},
		{"s", "input add path repeat conv relu path maxpool", "add"},
		{"p", "input add path repeat conv relu path path maxpool", "path"},
		{"delete", "input add path repeat conv relu path maxpool", ""},
	} {
		p.press(step.key)
		p.wantKinds(step.kinds)
		p.keepsFocus(step.key)
		if step.focus != "" {
			p.focused(`[data-kind="` + step.focus + `"]`)
		}
	}
	// The times of a repeat are its main number.
	p.click(`[data-kind="repeat"] .kind`)
	p.press("enter")
	p.typeKeys("12")
	p.press("enter")
	p.wait("12 times", `document.querySelector("#text").value.includes("repeat 12")`)
	if r := p.seen("conv1"); r.Params != "584" { // 3·3·8·8 + 8
		t.Errorf("the first turn's conv is %+v", r)
	}
	p.press("u")
	p.keepsFocus("dissolving")
	p.wait("no repeat", `!document.querySelector('[data-kind="repeat"]')`)
	for range 9 {
		p.press("ctrl+z")
	}
	p.wantKinds("input conv relu maxpool")
	p.keepsFocus("undo")
}

// A row is dragged by its grip and dropped elsewhere.
func TestDrag(t *testing.T) {
	p := open(t, "")
	p.stack("input 3x32x32\nconv 8 k3\nrelu\nmaxpool 2\nflatten\nlinear 10\n")
	p.click(".close-diagram") // all rows are in sight: at its edges the window scrolls under the hand
	p.drag(`[data-kind="maxpool"] .dot`, `[data-kind="conv"]`, 12)
	p.wantKinds("input conv maxpool relu flatten linear")
	p.focused(`[data-kind="maxpool"]`)
	p.drag(`[data-kind="maxpool"] .dot`, `[data-kind="flatten"]`, -6)
	p.wantKinds("input conv relu maxpool flatten linear")
	if p.attr("html", "data-drag") != "" || p.count(".drop-before, .drop-after, .dragged") > 0 {
		t.Error("the drag has left something behind")
	}
	p.press("ctrl+z")
	p.press("ctrl+z")
	p.wantKinds("input conv relu maxpool flatten linear")
}

// What is wrong with a layer is shown at its row, with a button that fixes it; the
// rest is counted, and totals are lower bounds.
func TestFix(t *testing.T) {
	p := open(t, "")
	p.stack("input 3x32x32\nconv 8 k3\nconv 16 k3 g3\nflatten\nlinear 10\n")
	least := `document.querySelector('[data-total="params"]').textContent.startsWith("≥ ")`
	p.wait("totals that say at least", least)
	if p.seen("conv1").Params != "224" || p.text(".issues") == "" {
		t.Error("the sound layer is not counted, or the problem not shown above")
	}
	p.click(p.row("conv2") + " .fix")
	p.wait("the layer to be fixed", "!("+least+`) && !document.querySelector(".problem")`)
	p.keepsFocus("fixing")
	p.wait("the text to follow", `(text => text.includes("conv 16 k3 g") && !text.includes("g3"))(document.querySelector("#text").value)`)
	p.press("ctrl+z")
	p.wait("the problem to be back", least)

	// A dense layer on a map needs a flatten.
	p.stack("input 3x32x32\nconv 8 k3\nlinear 10\n")
	p.click(p.row("linear1") + " .fix")
	p.wantKinds("input conv flatten linear")
	if r := p.seen("linear1"); r.Formula != "(30·30·8)·10 + 10" {
		t.Errorf("behind a flatten the formula is %s", r.Formula)
	}
	p.click(`[data-pref="flat"]`)
	p.wait("the flat number", `document.querySelector('[data-kind="linear"]').innerText.includes("7200·10")`)
}

// Pointing at a factor explains it and lights up where it comes from.
func TestPoint(t *testing.T) {
	p := open(t, "")
	conv2 := p.row("conv2")
	p.hover(conv2 + " .formula .f.in")
	p.wait("the explanation", `document.querySelector(".tip")`)
	p.wait("the layer it comes from", `document.querySelector(`+quote(p.row("conv1"))+`).matches(".src")`)
	if tip := p.text(".tip"); !strings.Contains(tip, "conv1") {
		t.Errorf("the input channels are explained by %q", tip)
	}
	if p.count(p.row("conv1")+` .chip.lit[data-field="filters"]`) != 1 {
		t.Error("the chip that the channels come from is not lit")
	}
	p.hover(conv2 + " .formula .f.k")
	p.wait("the chip of its own", `document.querySelector(`+quote(conv2+` .chip.lit[data-field="kernel"]`)+`)`)
	p.hover("h1")
	p.wait("the lights to go out", `!document.querySelector(".tip, .src, .lit")`)

	// The same from the keyboard: the factors of the selected row can be reached.
	p.click(conv2 + " .kind")
	eval[any](p, `document.querySelector(`+quote(conv2+" .formula .f.in")+`).focus()`)
	p.wait("the layer it comes from", `document.querySelector(".src")`)
}

// A whole session without a mouse: from the address bar to a link.
func TestKeyboardOnly(t *testing.T) {
	p := open(t, "")
	eval[any](p, `navigator.clipboard.writeText = async (s) => { window.copied = s; }`)
	for i := 0; !eval[bool](p, `document.activeElement.matches("#stack [data-node]")`); i++ {
		p.press("tab")
		if i > 40 {
			t.Fatal("Tab does not come to the stack")
		}
	}
	p.press("down")
	p.focused(p.row("conv1"))
	p.press("enter")
	p.typeKeys("64")
	p.press("enter")
	p.press("a")
	p.typeKeys("dropout")
	p.press("enter")
	p.focused(`[data-kind="dropout"]`)
	p.press("f1")
	p.focused("#help-close")
	p.press("escape")
	p.focused(`[data-kind="dropout"]`)
	p.press("ctrl+shift+s")
	p.noticed("Link copied")
	p.keepsFocus("sharing")
	link := eval[string](p, "window.copied")
	if !strings.HasPrefix(link, p.url+"#1") {
		t.Fatalf("copied %q", link)
	}
	q := newPage(t, p.url)
	q.visit(link[len(p.url):])
	q.wantTotal("params", p.total("params"))
}
