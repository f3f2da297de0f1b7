//go:build !js

package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// caret returns the position of the caret in the text pane.
func (p *page) caret() int {
	p.t.Helper()
	return eval[int](p, `document.querySelector("#text").selectionStart`)
}

// Blocks follow what is typed, and the text follows the blocks.
func TestTextPane(t *testing.T) {
	p := open(t, "")
	p.click("#text")
	p.press("ctrl+a")
	const typed = "input 3x32x32\nconv 8 k3\nrelu\n"
	p.typeKeys(typed)
	p.wantKinds("input conv relu")
	if got := p.value("#text"); got != typed {
		t.Errorf("typed %q, the pane says %q", typed, got)
	}
	// In the middle, with the caret where it was.
	p.press("up")
	p.press("up")
	p.press("end")
	p.typeKeys(" p1 # stays as typed")
	p.wantKinds("input conv relu")
	p.wait("the padding", `document.querySelector('[data-kind="conv"]').dataset.out === "8x32x32"`)
	want := "input 3x32x32\nconv 8 k3 p1 # stays as typed"
	if got := p.value("#text"); got != want+"\nrelu\n" || p.caret() != len(want) {
		t.Errorf("the pane says %q, the caret is at %d", got, p.caret())
	}

	// A mistake is shown with its place, and the network waits.
	p.press("down")
	p.press("down")
	p.typeKeys("conf 16 k3\n")
	p.wait("the mistake to be shown", `document.querySelector(".text-problem")`)
	if said := p.text(".text-problem"); !strings.Contains(said, "line 4, column 1") || !strings.Contains(said, "conv") {
		t.Errorf("the mistake is shown as %q", said)
	}
	p.wantKinds("input conv relu")
	if p.attr("#text", "aria-invalid") != "true" || p.text("#gutter b") != "4" {
		t.Error("the line is not marked")
	}
	p.click("h1")
	p.click(".text-problem")
	p.focused("#text")
	if at := strings.Index(p.value("#text"), "conf"); p.caret() != at {
		t.Errorf("the caret is at %d, the mistake at %d", p.caret(), at)
	}
	p.press("ctrl+a")
	p.paste(typed + "conv 16 k3\n")
	p.wantKinds("input conv relu conv")
	if p.count(".text-problem") > 0 {
		t.Error("the mistake is still shown")
	}

	// Undo is the page's: text and blocks have one history.
	p.press("ctrl+z")
	p.wait("the text to be back", `!document.querySelector("#text").value.includes("conv 16")`)
	p.focused("#text")
	p.press("ctrl+shift+z")
	p.wantKinds("input conv relu conv")

	// Blocks write the text.
	eval[any](p, `document.querySelector("#text").setSelectionRange(5, 5)`)
	p.click(p.row("conv2") + ` [data-field="filters"]`)
	p.typeKeys("24\n")
	p.wait("the text to follow", `document.querySelector("#text").value.includes("conv 24 k3")`)
	p.press("d")
	p.wantKinds("input conv relu conv conv")
	p.wait("the text to follow again", `document.querySelector("#text").value.split("conv 24 k3").length === 3`)
}

// The first lesson of the blog post: a kernel does not know how large the
// picture is.
func TestLargerPicture(t *testing.T) {
	p := open(t, "")
	for _, n := range []struct{ id, lesson string }{
		{"resnet-18", "parameters of the convolutions"},
		{"vgg-16", "parameters of the convolutions"},
		{"alexnet-torchvision", "parameters of the convolutions"},
		{"alexnet-ungrouped", "has a weight for every position of the feature map"},
	} {
		p.preset(n.id)
		before := p.rows()
		params, macs := p.total("params"), p.total("macs")
		p.click(`[data-kind="input"] .chip`)
		p.focused("input.field")
		p.typeKeys("3x448x448\n")
		p.wait("the lesson", `document.querySelector(".lesson")?.innerText.includes(`+quote(n.lesson)+`)`)
		if said := p.text(".lesson"); !strings.Contains(said, "448×448") {
			t.Errorf("%s: the lesson is %q", n.id, said)
		}
		grown := 0
		for i, r := range p.rows() {
			switch was := before[i]; {
			case r.Kind == "conv" && (r.Params != was.Params || r.Formula != was.Formula):
				t.Errorf("%s: %s had %s parameters and has %s", n.id, r.Name, was.Params, r.Params)
			case r.Params != was.Params:
				grown++
			}
		}
		if p.total("macs") == macs || (p.total("params") == params) != (grown == 0) {
			t.Errorf("%s: %s parameters, %s MACs, %d rows grown", n.id, p.total("params"), p.total("macs"), grown)
		}
		p.click(`.lesson [data-act="lesson"]`)
		p.wait("the lesson to go", `!document.querySelector(".lesson")`)
	}
}

// A stack of many rows is drawn bit by bit; in the end all of it is right, and
// what is scrolled to is right at once.
func TestLongStack(t *testing.T) {
	p := open(t, "")
	const n = 300
	p.stack("input 3x64x64\n" + strings.Repeat("conv 8 k3 p1\n", n) + "flatten\nlinear 10\n")
	p.click(p.row("conv1") + ` [data-field="kernel"]`)
	p.typeKeys("5\n")
	all := func(share string) string {
		return fmt.Sprintf(`[...document.querySelectorAll('[data-kind="conv"] .share small')].slice(1).every((s) => s.textContent === %s)`, quote(share))
	}
	// Two more pixels of kernel shrink the map to 62×62.
	p.wait("all rows to follow", `[...document.querySelectorAll('[data-kind="conv"]')].every((r) => r.dataset.out === "8x62x62")`)
	p.wait("all shares to follow", all("0.12 %"))
	p.click("#undo")
	p.wait("all rows to be back", `[...document.querySelectorAll('[data-kind="conv"]')].every((r) => r.dataset.out === "8x64x64")`)

	p.click(p.row("conv1") + ` [data-field="kernel"]`)
	p.typeKeys("1")
	eval[any](p, `document.querySelector('[data-kind="linear"]').scrollIntoView()`)
	p.wait("the last row to follow", `document.querySelector('[data-kind="linear"]').innerText.includes("(66·66·8)·10")`)
	if lines := strings.Count(p.value("#text"), "\n"); lines != n+3 {
		t.Errorf("the text has %d lines", lines)
	}

	// The row that has the cursor can be edited though it is out of sight.
	p.press("enter")
	p.wait("the edit to end", `!document.querySelector("input.field")`)
	eval[any](p, `scrollTo(0, document.body.scrollHeight)`)
	p.wait("the cursor's row to be out of sight", `document.querySelector(".row.cur").getBoundingClientRect().bottom < 0`)
	p.press("enter")
	p.wait("the field", `document.activeElement.matches("input.field")`)
}

// A long text is read when the keys rest; what else is done comes after it, and leaving the
// page keeps it.
func TestLongText(t *testing.T) {
	p := open(t, "")
	const layers = 9000
	p.stack("input 3x8x8\n" + strings.Repeat("conv 3 k1 nobias\n", layers))
	p.wantTotal("params", strconv.Itoa(9*layers))
	caret := func() {
		eval[any](p, `(() => { const pane = document.getElementById("text"); const at = pane.value.indexOf("3 k1") + 1;
			pane.focus(); pane.setSelectionRange(at, at); })()`)
	}
	wide := strconv.Itoa(9*(layers-2) + 2*90)
	caret()
	p.typeKeys("0")
	p.wantTotal("params", wide)
	p.press("backspace")
	p.click("#lang")
	p.wait("Korean", `document.documentElement.lang === "ko"`)
	p.wantTotal("params", strconv.Itoa(9*layers))
	caret()
	p.typeKeys("0")
	p.click("#undo")
	p.wantTotal("params", strconv.Itoa(9*layers))
	caret()
	p.typeKeys("0")
	eval[any](p, `dispatchEvent(new Event("pagehide"))`)
	p.wantTotal("params", wide)
}
