//go:build !js

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	protocol "github.com/chromedp/cdproto/page"
)

// small is a network of 100 + 4 parameters, and its link.
const (
	small     = "input 1x8x8\nconv 4 k5\n"
	smallLink = "#1.i1x8x8~c4k5~end"
)

// wantHash waits until the address ends in a fragment.
func (p *page) wantHash(fragment string) {
	p.t.Helper()
	if !p.until("location.hash === " + quote(fragment)) {
		p.t.Fatalf("the address ends in %.200s, want %.200s", eval[string](p, "location.hash"), fragment)
	}
}

// canEdit edits the first convolution by hand and undoes it: the page works.
func (p *page) canEdit() {
	p.t.Helper()
	before := p.total("params")
	p.click(`[data-kind="conv"] .chip.out`)
	p.wait("the field", `document.activeElement.matches("input.field")`)
	p.typeKeys("7\n")
	p.wait("the edit", `document.querySelector('[data-total="params"]').dataset.value !== `+quote(before))
	p.click("#undo")
	p.wantTotal("params", before)
}

// A link is copied and opened by somebody else, who sees the same numbers.
func TestShare(t *testing.T) {
	p := open(t, "")
	eval[any](p, `void (navigator.clipboard.writeText = async (s) => { window.copied = s; })`)
	for _, n := range []struct {
		id   string
		most int // characters
	}{{"alexnet-2012", 150}, {"resnet-152", 400}} {
		p.preset(n.id)
		p.click("#share")
		link := eval[string](p, "paramstack.link()")
		p.wait("the link to be copied", "window.copied === "+quote(link))
		_, fragment, _ := strings.Cut(link, "#")
		p.noticed(fmt.Sprintf("Link copied (%d characters)", len(fragment)))
		if len(fragment) > n.most {
			t.Errorf("%s: the link has %d characters, more than %d", n.id, len(fragment), n.most)
		}
		if href := eval[string](p, "location.href"); href != link && n.id != "alexnet-2012" {
			t.Errorf("%s: the address is %s, the link %s", n.id, href, link)
		}
		other := newPage(t, p.url)
		other.visit("#" + fragment)
		for _, total := range []string{"params", "weights", "biases", "trainable", "buffers", "macs"} {
			other.wantTotal(total, p.total(total))
		}
		if got := other.value("#preset"); got != n.id || other.text("#notice") != "" {
			t.Errorf("%s is opened as %q: %s", n.id, got, other.text("#notice"))
		}
	}

	// Where nothing may be copied, the link is shown.
	eval[any](p, `void (navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError")),
		document.execCommand = () => false)`)
	p.click("#share")
	p.noticed(eval[string](p, "paramstack.link()"))

	// A telephone has a share sheet; to close it is no error.
	p.setViewport(390, 844, true)
	eval[any](p, `void (navigator.share = (what) => { window.shared = what; return Promise.reject(new DOMException("", "AbortError")); })`)
	p.press("escape")
	p.wait("the notice to go", `document.querySelector("#notice").innerText === ""`)
	p.tap("#share")
	p.wait("the share sheet", `window.shared?.url === paramstack.link() && shared.title.includes("ResNet")`)
	if said := p.text("#notice"); said != "" {
		t.Errorf("closing the share sheet says %q", said)
	}
}

// The address follows the edits, without a step in the browser's history for
// each; back and forward go from network to network.
func TestAddress(t *testing.T) {
	p := open(t, "")
	steps := eval[int](p, "history.length")
	alexnet := p.total("params")
	p.setHash(smallLink) // typed over an address that has no link yet
	p.wantTotal("params", "104")
	eval[any](p, "history.back()")
	p.wantTotal("params", alexnet)
	eval[any](p, "history.forward()")
	p.wantTotal("params", "104")

	p.click(`[data-kind="conv"] .chip.out`)
	p.wait("the field", `document.activeElement.matches("input.field")`)
	p.typeKeys("12\n")
	p.wantHash("#1.i1x8x8~c12k5~end")
	if n := eval[int](p, "history.length"); n != steps+1 {
		t.Errorf("one link and one edit make %d steps in the history", n-steps)
	}
	call(p, protocol.Navigate, protocol.NavigateParams{URL: p.url + "#1.i3x8x8~c1k1_nobias~end."}) // as typed, with a full stop after it
	p.wantTotal("params", "3")
	eval[any](p, "history.back()") // at once: the address has not been written yet
	p.wantTotal("params", "312")
	p.wantHash("#1.i1x8x8~c12k5~end")
	eval[any](p, "history.forward()")
	p.wantTotal("params", "3")
	eval[any](p, "history.back()")
	p.wantTotal("params", "312")
	p.canEdit()

	// In the gallery, ctrl-click opens a network in a tab of its own.
	p.press("escape")
	p.press("g")
	card := `.card-link[data-card="lenet-5"]`
	eval[any](p, `void document.addEventListener("click", (e) => { window.opens = !e.defaultPrevented; e.preventDefault(); })`)
	x, y := p.at(card)
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft,
			ClickCount: 1, Modifiers: modifiers["ctrl"]})
	}
	p.wait("the click to be the browser's", "window.opens")
	if p.count(card) != 1 || p.total("params") != "312" {
		t.Errorf("ctrl-click changes the page: %s parameters", p.total("params"))
	}
	p.wantHash("#1.i1x8x8~c12k5~end")
}

// A damaged link leaves the page as it was, with a notice of what is wrong, and
// does not stay in the address.
func TestDamagedLinks(t *testing.T) {
	const markup = `<img src=x onerror='window.pwned=1'><script>window.pwned=1</script>`
	links := []struct{ name, fragment, says string }{
		{"percent", "#m=%zz%", "‘#m=%zz%’"},
		{"foreign", "#/settings?tab=2", "‘#/settings?tab=2’"},
		{"newer", "#2.i3x8x8~end", "newer version of paramstack (link version 2)"},
		{"cut off", "#1.i3x32x32~c4k5_nobi", "damaged or incomplete"},
		{"cut off, compressed", "#1zS85KtDIyNrIyrDMyrUu2NjRIzrI2TMzP", "damaged or incomplete"},
		{"markup", "#" + markup, "is not a paramstack link"},
		{"markup in a link", "#1.i3x8x8~" + markup + "~end", "‘<img’ is not a layer"},
		{"long", "#1." + strings.Repeat("c4k3~", 300_000) + "end", "characters. The maximum is"},
	}
	p := open(t, smallLink)
	first := newPage(t, p.url)
	for _, l := range links {
		p.setHash(l.fragment)
		p.noticed(l.says)
		p.wantTotal("params", "104")
		p.wantHash(smallLink)

		first.visit(l.fragment)
		first.noticed(l.says)
		first.wantTotal("params", "60965224")
		first.wantHash(eval[string](first, "new URL(paramstack.link()).hash"))
		for at, p := range map[string]*page{"on an open page": p, "at boot": first} {
			if eval[bool](p, `!!window.pwned || !!document.querySelector("#notice img, #notice script")`) {
				t.Errorf("%s, %s: markup in a link came alive", l.name, at)
			}
		}
	}
	first.canEdit()
	p.canEdit()
	p.wantTotal("params", "104")

	// Safari limits how often the address may be replaced.
	eval[any](p, `void (history.replaceState = () => { throw new DOMException("too often", "SecurityError"); })`)
	p.setHash("#m=%zz%")
	p.noticed("‘#m=%zz%’")
	eval[any](p, `void delete history.replaceState`)
	p.canEdit()

	// The browser itself refuses addresses of more than 2 MB.
	eval[any](p, `void (location.hash = "1." + "c4k3~".repeat(1e6) + "end")`)
	p.canEdit()
	p.wantTotal("params", "104")
	p.wantHash(smallLink)
}

// Text that is absurd is refused in words; text that is only very long is shown.
func TestAbsurdText(t *testing.T) {
	p := open(t, smallLink)
	nested := strings.Repeat("repeat 2 { ", 10_000) + "relu" + strings.Repeat(" }", 10_000)
	for _, c := range []struct{ text, says string }{
		{nested, "nested at most 64 deep"},
		{"input 3x8x8\nconv 99999999999999999999\n", "line 2, column 6"},
	} {
		wrong := eval[string](p, "paramstack.load("+quote(c.text)+")")
		p.noticed(c.says)
		if !strings.Contains(wrong, c.says) {
			t.Errorf("load says %q, want %q", wrong, c.says)
		}
		p.wantTotal("params", "104")
		p.press("escape")

		p.click("#text")
		p.press("ctrl+a")
		p.paste(c.text)
		p.wait("the errors of the text", `document.querySelector(".text-problem") && document.querySelector("#text").ariaInvalid === "true"`)
		p.wantTotal("params", "104")
		p.fill("#text", small)
		p.wait("the errors to go", `!document.querySelector(".text-problem")`)
		p.canEdit()
	}

	p.stack("input 4x8x8\n" + strings.Repeat("conv 4 k3 p1\nrelu\n", 5_000))
	p.wantTotal("params", fmt.Sprint(148*5_000))
	rows := p.count("#stack [data-node]")
	if rows < 100 || rows > 3_000 {
		t.Errorf("of 10,001 layers %d rows are drawn", rows)
	}
	p.canEdit()
	p.click(".more")
	p.wait("more rows", fmt.Sprintf(`document.querySelectorAll("#stack [data-node]").length > %d`, rows))
	p.canEdit()
}
