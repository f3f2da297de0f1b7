//go:build !js

package e2e

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"

	"paramstack/core/link"
)

// A compared is what paramstack.compare returns.
type compared struct {
	Totals map[string]comparedNumber
	Rows   []struct {
		Mark, Kind   string
		A, B         *string
		Params, MACs comparedNumber
		Changed      []struct{ Name, A, B string }
		Factors      []struct{ Role, A, B string }
	}
	A, B    struct{ Name, Text string }
	Link    string
	Problem *struct {
		Of, Line, Column int
		Text             string
	}
}

type comparedNumber struct{ A, B, Difference, Factor string }

func (p *page) compare(args string) compared {
	p.t.Helper()
	var c compared
	if err := json.Unmarshal([]byte(eval[string](p, "JSON.stringify(paramstack.compare("+args+"))")), &c); err != nil {
		p.t.Fatal(err)
	}
	return c
}

// TestCompareHook compares networks from a script, in all forms that one can be named.
func TestCompareHook(t *testing.T) {
	p := open(t, "")
	c := p.compare(`"alexnet-2012", "alexnet-torchvision"`)
	if n := c.Totals["params"]; n.A != "60965224" || n.B != "61100840" || n.Difference != "135616" || n.Factor != "1.00222" {
		t.Errorf("the totals are %+v", n)
	}
	if n := c.Totals["peak"]; number(t, n.A) < 290_400 || number(t, n.B) == 0 {
		t.Errorf("the peaks are %+v", n)
	}
	params, macs := int64(0), int64(0)
	for _, row := range c.Rows {
		params, macs = params+number(t, row.Params.Difference), macs+number(t, row.MACs.Difference)
		if row.Mark == "=" && row.Params.Difference != "0" || !strings.Contains("=~−+", row.Mark) {
			t.Errorf("a row is %+v", row)
		}
	}
	if params != number(t, c.Totals["params"].Difference) || macs != number(t, c.Totals["macs"].Difference) {
		t.Errorf("the rows differ by %d and %d", params, macs)
	}
	if row := c.Rows[1]; row.Mark != "~" || row.Kind != "conv" || len(row.Changed) != 2 || row.Changed[1].Name != "padding" ||
		row.Factors[0].Role != "out" || row.Factors[0].B != "64" {
		t.Errorf("the first convolution is %+v", row)
	}
	if lrn := c.Rows[3]; lrn.Mark != "−" || lrn.A == nil || lrn.B != nil {
		t.Errorf("what is in the first only is %+v", lrn)
	}
	// The network shown, with a text and with links.
	if c := p.compare(`"input 3x8x8; conv 4 k3"`); c.A.Name != "AlexNet 2012" || c.B.Text != "input 3x8x8\nconv 4 k3\n" {
		t.Errorf("the network shown is not the first: %+v, %+v", c.A, c.B)
	}
	if c := p.compare(`"#1.i3x8x8~c4k3~end", paramstack.link()`); c.Totals["params"].A != "112" || c.B.Name != "AlexNet 2012" {
		t.Errorf("links are read as %+v, %+v", c.Totals["params"], c.B.Name)
	}
	if c := p.compare(quote(c.Link) + `, "toy"`); c.A.Name != "AlexNet 2012" {
		t.Errorf("the link of a pair is read as %s", c.A.Name)
	}
	for args, want := range map[string]struct{ of, line int }{
		`"toy", "input 3x8x8\nblah 3"`: {2, 2}, `"cnv", "toy"`: {1, 1}, `"", "toy"`: {1, 0},
		``: {0, 0}, `1, 2`: {0, 0}, `"toy", "toy", "toy"`: {0, 0}, `10n, {}`: {0, 0}, `"toy", null`: {0, 0}, `"#9.abc", "toy"`: {1, 0},
	} {
		if c := p.compare(args); c.Problem == nil || c.Problem.Of != want.of || c.Problem.Line != want.line || c.Problem.Text == "" {
			t.Errorf("compare(%s): %+v", args, c.Problem)
		}
	}
	p.wantTotal("params", "60965224")

	// With a list the first is compared with each, and one that is none is named.
	var list []compared
	several := func(args string) string {
		list = nil
		if err := json.Unmarshal([]byte(eval[string](p, "JSON.stringify(window.several = paramstack.compare("+args+"))")), &list); err != nil {
			t.Fatal(err)
		}
		return eval[string](p, "String(several.link)")
	}
	all := several(`"resnet-50", ["resnet-152", "vgg-16"]`)
	if one := p.compare(`"resnet-50", "vgg-16"`); len(list) != 2 || list[1].Totals["params"] != one.Totals["params"] || list[1].Link != one.Link ||
		list[0].B.Name != "ResNet-152" {
		t.Errorf("with a list: %+v", list)
	}
	if set, d := link.DecodeSet(all[strings.Index(all, "#"):]); d != nil || len(set.Models) != 3 || set.Models[2].Name != "VGG-16" {
		t.Errorf("the link of all is %s: %v", all, d)
	}
	if all := several(`["toy", "input 3x8x8\nblah 3"]`); all != "null" || list[0].A.Name != "AlexNet 2012" || list[1].Problem == nil ||
		list[1].Problem.Of != 2 || list[1].Problem.Line != 2 {
		t.Errorf("one that is none: %s, %+v", all, list[1].Problem)
	}
	if several(`"cnv", ["toy", "toy"]`); len(list) != 2 || list[1].Problem == nil || list[1].Problem.Of != 1 {
		t.Errorf("a first one that is none: %+v", list)
	}
	if several(`"toy", ["toy", "cnv"]`); list[0].Problem != nil || list[1].Problem == nil || list[1].Problem.Of != 3 {
		t.Errorf("a third one that is none: %+v", list)
	}
}

// TestCompareSeveral shows more than two by their link, adds one and takes one out by
// keyboard, on a desktop, on a phone and on paper.
func TestCompareSeveral(t *testing.T) {
	p := open(t, "")
	all := eval[string](p, `paramstack.compare("resnet-50", ["resnet-152", "vgg-16"]).link`)
	p.visit(all[strings.Index(all, "#"):])
	p.wait("all of the link", `document.querySelector(".compare-table")?.innerText.includes("138,357,544")`)
	if got := eval[[]string](p, `[...document.querySelectorAll(".compare-table th[scope=col] span:first-child")].map((e) => e.innerText)`); strings.Join(got, "|") != "ResNet-50|ResNet-152|VGG-16" {
		t.Errorf("the columns are %v", got)
	}
	if n := p.count(".scene .picture"); n != 3 {
		t.Errorf("%d pictures", n)
	}
	if n := eval[int](p, `(ids => ids.length - new Set(ids).size)([...document.querySelectorAll("[id]:not(pattern)")].map((e) => e.id))`); n != 0 {
		t.Errorf("%d ids are not the only ones", n)
	}
	eval[any](p, `document.querySelector("[data-act=compare-each][data-index='2']").focus()`)
	p.press("enter")
	p.wait("the other one", `document.querySelector(".compare-said").innerText.includes("VGG-16")`)
	p.focused("[data-act=compare-each][aria-pressed=true]")
	p.click("#compare-add")
	p.focused("#compare-close")
	p.click("#compare-close")
	p.focused("#compare-add")
	p.press("enter")
	p.fill("#compare-text", "alexnet-2012")
	p.click("[data-act=compare-go]")
	p.wait("four", `document.querySelectorAll(".compare-table th[scope=col]").length == 4`)
	eval[any](p, `document.querySelector("[data-act=compare-drop][data-index='1']").focus()`)
	p.press("enter")
	p.wait("three", `document.querySelectorAll(".compare-table th[scope=col]").length == 3`)
	p.focused("#compare-add")
	p.setViewport(390, 844, true)
	p.fits("several on a phone")
	if scrolls := eval[bool](p, `(e => e.scrollWidth > e.clientWidth)(document.querySelector(".compare-table"))`); !scrolls {
		t.Error("the table does not scroll in itself")
	}
	// On paper: all of it, its name, and its link.
	eval[any](p, `addEventListener("beforeprint", () => { window.printed = document.querySelector("#print-link").textContent; })`)
	if pdf := call(p, cdppage.PrintToPDF, cdppage.PrintToPDFParams{}); len(pdf.Data) < 20_000 {
		t.Errorf("the file has %d bytes", len(pdf.Data))
	}
	printed := eval[string](p, `printed`)
	if set, d := link.DecodeSet(printed[strings.Index(printed, "#"):]); d != nil || len(set.Models) != 3 || set.Models[1].Name != "VGG-16" {
		t.Errorf("on paper: %s", printed)
	}
}

// TestCompareSheet compares by hand: with a published network, with what was before an
// edit, with a link, by keyboard alone, and on a phone.
func TestCompareSheet(t *testing.T) {
	p := open(t, "")
	p.setViewport(1440, 900, false)
	p.click("#compare")
	p.wait("the published networks", `document.querySelectorAll("[data-act=compare-card]").length > 100`)
	p.compareShot("choose")
	p.click("#compare-search")
	p.typeKeys("torchvision alexnet")
	p.wait("those that are meant", `document.querySelectorAll("[data-act=compare-card]").length < 5`)
	p.click("[data-act=compare-card][data-card=alexnet-torchvision]")
	p.wait("both", `document.querySelector(".compare-totals")?.innerText.includes("61,100,840")`)
	p.focused("#compare-close")
	if got := p.text(".compare-totals"); !strings.Contains(got, "+135,616") || !strings.Contains(got, "60,965,224") {
		t.Errorf("the totals are %s", got)
	}
	if n := p.count(".compare-line .mark"); n < 15 || p.count(".compare-line mark") == 0 {
		t.Errorf("%d rows have a mark", n)
	}
	p.click(".cause")
	p.wait("the row that was asked for", `document.activeElement.matches(".compare-line")`)
	p.compareShot("alexnets")
	p.click("#compare-swap")
	p.wait("the other way round", `document.querySelector(".compare-totals").innerText.includes("−135,616")`)
	p.press("escape")
	p.focused("#compare")
	p.wantTotal("params", "60965224")

	// Before and after an edit, by keyboard.
	p.press("escape")
	p.edit("80")
	p.press("escape")
	p.press("c")
	p.focused("#compare-close")
	p.press("tab")
	p.press("enter")
	p.wait("what the edit did", `document.querySelector(".compare-rows")`)
	if got := p.text(".compare-line.m-changed"); !strings.Contains(got, "96") || !strings.Contains(got, "80") {
		t.Errorf("the changed row is %s", got)
	}
	if got := p.text(".compare-line.run .unfold"); !strings.Contains(got, "equal rows") {
		t.Errorf("equal rows are shown as %s", got)
	}
	p.click(".compare-line.run .unfold")
	p.wait("the equal rows", `document.querySelector(".unfold[aria-expanded=true]")`)
	p.compareShot("edit")

	// A text that is none, and then a link.
	p.click("#compare-again")
	p.click("#compare-text")
	p.typeKeys("conv 64 k")
	p.click("[data-act=compare-go]")
	p.wait("why not", `document.querySelector("#compare-wrong")?.innerText.length > 10`)
	p.fill("#compare-text", "#1.i3x8x8~c4k3~end")
	p.click("[data-act=compare-go]")
	p.wait("the network of the link", `document.querySelector(".compare-totals")?.innerText.includes("112")`)

	// The link of both opens both.
	fragment := p.compare(`"vgg-16", "resnet-50"`).Link
	p.visit(fragment[strings.Index(fragment, "#"):])
	p.wait("both of the link", `document.querySelector(".compare-totals")?.innerText.includes("25,557,032")`)
	p.wantTotal("params", "138357544")
	p.compareShot("vgg-resnet")
	p.setViewport(390, 844, true)
	p.fits("a comparison on a phone")
	for _, low := range eval[[]string](p, `[...document.querySelectorAll(".sheet button")].filter((b) => b.checkVisibility() &&
		b.getBoundingClientRect().height < 43.5).map((b) => b.outerHTML.slice(0, 80))`) {
		t.Errorf("too low for a finger: %s", low)
	}
	p.tap("#compare-close")
	p.wait("the page", `!document.querySelector(".sheet")`)
	p.wait("the address of the one network", `!location.hash.startsWith("#1p")`)
	p.tap(".menu-button")
	p.tap("#menu-compare")
	p.wait("the sheet by the menu", `document.querySelector(".sheet.compare")`)
	p.fits("the choice on a phone")
}

// compareShot keeps pictures of the sheet where they are asked for.
func (p *page) compareShot(name string) {
	if os.Getenv("PARAMSTACK_SHOTS") == "" {
		return
	}
	p.screenshot("compare-" + name)
	for i, dark := range []string{"light", "dark"} {
		p.emulateColorScheme(dark)
		p.setViewport(390, 844, true)
		p.screenshot("compare-" + name + "-phone-" + dark)
		p.setViewport(1440, 2200, false)
		eval[any](p, `document.querySelector(".compare-rows")?.scrollIntoView()`)
		if i == 1 {
			p.screenshot("compare-" + name + "-dark")
		} else {
			p.screenshot("compare-" + name + "-rows")
		}
		p.setViewport(1440, 900, false)
	}
	p.emulateColorScheme("light")
}
