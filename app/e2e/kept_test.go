//go:build !js

package e2e

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// kept lists what the storage keeps, each item as text and draft.
func (p *page) kept() string {
	p.t.Helper()
	return eval[string](p, `Object.entries(localStorage).filter(([k]) => k.startsWith("paramstack.kept/")).map(([, v]) => v.slice(v.indexOf("\n") + 1)).sort().join("\n---\n")`)
}

// wantKept waits until something is kept.
func (p *page) wantKept(what string) {
	p.t.Helper()
	p.wait(what+" to be kept", `Object.entries(localStorage).some(([k, v]) => k.startsWith("paramstack.kept/") && v.includes(`+quote(what)+`))`)
}

// typeText types at the end of the text pane.
func (p *page) typeText(text string) {
	p.t.Helper()
	p.click("#text")
	p.press("ctrl+end")
	p.typeKeys(text)
}

// A reload at once keeps an edit and a text that cannot be read; so does a second one.
func TestReloadKeeps(t *testing.T) {
	p := open(t, "")
	p.edit("97")
	mine := p.total("params")
	p.reload()
	p.wantTotal("params", mine)
	if said := p.text("#notice"); said != "" {
		t.Errorf("after a reload it says %q", said)
	}
	p.typeText("con")
	p.wait("the draft", `document.querySelector(".out-of-step")`)
	typed := p.value("#text")
	for range 2 {
		p.reload()
		p.wantTotal("params", mine)
		if got := p.value("#text"); got != typed || p.count(".out-of-step") != 1 {
			t.Fatalf("after a reload the text pane has %q, want %q", got, typed)
		}
	}
	// An edit of the blocks sets the text aside, undo brings it back.
	p.edit("98")
	p.noticed("kept with the recent networks")
	p.press("escape")
	p.press("ctrl+z")
	p.wait("the text to be back", `document.querySelector("#text").value === `+quote(typed))
	p.press("escape")
	p.wantKept(typed)
	p.wantKept("conv 98")
}

// Networks are kept one by one; the list opens them, also after a reload, and erases
// them, and what was erased can be brought back.
func TestRecent(t *testing.T) {
	p := open(t, "")
	p.edit("97")
	first := p.total("params")
	p.preset("toy")
	p.edit("9")
	toy := p.total("params")
	p.click("#new")
	p.noticed("Toy network")
	p.click(`#notice [data-index="0"]`)
	p.wantTotal("params", toy)
	p.reload()
	p.wantTotal("params", toy)
	p.press("h")
	p.wait("two networks", `document.querySelectorAll(".kept").length === 2`)
	p.click(`.works li:nth-child(2) .kept`)
	p.wantTotal("params", first)
	eval[any](p, "history.back()")
	p.wantTotal("params", toy)
	eval[any](p, "history.go(-2)") // over the new network, which was undone
	p.wantTotal("params", first)

	p.press("h")
	p.wait("the networks", `document.querySelectorAll(".kept").length === 2`)
	p.click(`[data-act="erase-all"]`)
	p.wait("none", `document.querySelectorAll(".kept").length === 0 && document.activeElement.id === "recent-restore"`)
	if left := p.kept(); left != "" {
		t.Errorf("erased, there is %q", left)
	}
	p.click("#recent-restore")
	p.wait("both", `document.querySelectorAll(".kept").length === 2`)
	p.press("escape")
}

// What another version kept, and an address's network, stay as they are while the page
// is worked on; what the version before kept is offered.
func TestKeptByOthers(t *testing.T) {
	p := open(t, "")
	eval[any](p, `void (localStorage["paramstack.work"] = "2.later", localStorage["paramstack.kept/x"] = "9 later")`)
	p.visit("")
	p.edit("97")
	p.wantKept("conv 97")
	if got := eval[string](p, `localStorage["paramstack.work"] + localStorage["paramstack.kept/x"]`); got != "2.later9 later" {
		t.Errorf("of other versions there is %q", got)
	}
	eval[any](p, `void (localStorage["paramstack.work"] = "1.name_Before~i1x8x8~c4k5~end")`)
	p.visit("")
	p.noticed("Before")
	p.edit("95") // the offer is open
	p.visit(smallLink)
	p.edit("3")
	p.visit("")
	for _, what := range []string{"name Before", "conv 95", "conv 97", "conv 3 k5"} {
		p.wantKept(what)
	}
}

// A storage that is full is said to be, once.
func TestFullStorage(t *testing.T) {
	p := open(t, "")
	eval[any](p, `void (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); })`)
	p.edit("99")
	p.noticed("is not saved")
	p.canEdit()
}

// Other scripts may pass anything.
func TestScriptsPassAnything(t *testing.T) {
	p := open(t, smallLink)
	for _, arg := range []string{"10n", "", "undefined", "null", "{}", "[]", "Symbol.iterator", "() => 1", "NaN", "true", "new Date", "new String('input 1')", "document.body"} {
		if said := eval[string](p, "paramstack.load("+arg+")"); !strings.Contains(said, "must be a string") {
			t.Errorf("load(%s) says %q", arg, said)
		}
		if got := eval[string](p, "paramstack.text("+arg+")"); got != small {
			t.Errorf("text(%s) is %q", arg, got)
		}
	}
	p.wantTotal("params", "104")
	p.canEdit()
}

// The list of networks is gone through by its keys without opening what is passed.
func TestPresetKeys(t *testing.T) {
	p := open(t, "")
	before := p.total("params")
	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#preset").focus()`))
	steps := eval[int](p, "history.length")
	for range 3 {
		p.press("down")
	}
	if p.total("params") != before || p.disabled("#undo") != true {
		t.Errorf("going through the list opens %s", p.text("h1"))
	}
	want := p.value("#preset")
	p.press("enter")
	p.wait("the network", `document.querySelector("h1").innerText !== "" && document.querySelector("#preset").value === `+quote(want)+` && document.querySelector("#undo").ariaDisabled === "false"`)
	if n := eval[int](p, "history.length"); n > steps+1 {
		t.Errorf("%s steps of history", strconv.Itoa(n-steps))
	}
	p.press("down")
	p.press("escape")
	if got := p.value("#preset"); got != want {
		t.Errorf("after Escape the list shows %q", got)
	}
	p.click("#undo")
	p.wantTotal("params", before)
}

// disabled reports whether a button does nothing now.
func (p *page) disabled(selector string) bool {
	p.t.Helper()
	return eval[bool](p, "document.querySelector("+quote(selector)+").ariaDisabled === 'true'")
}
