//go:build !js

package e2e

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
)

// What paramstack.whatifs() promises is what comes once its text is shown, and undo brings
// the text back to the letter.
func TestWhatIfs(t *testing.T) {
	p := open(t, "")
	type totals struct{ Params, MACs, Peak string }
	of := func() totals {
		return eval[totals](p, "(({params, macs, peak}) => ({Params: params, MACs: macs, Peak: peak}))(paramstack.report().totals)")
	}
	diff := func(a, b string) string {
		x, _ := new(big.Int).SetString(a, 10)
		y, _ := new(big.Int).SetString(b, 10)
		return y.Sub(y, x).String()
	}
	type change struct {
		Kind, Name, Params, MACs, Peak, Trainable, Worse, Text, Block string
		Row                                                           int
	}
	before, text := of(), eval[string](p, "paramstack.text()")
	if before.Peak != "580800" {
		t.Errorf("the peak is %s", before.Peak)
	}
	all := eval[[]change](p, "paramstack.whatifs()")
	if len(all) < 20 || all[0].Kind != "head" || all[0].Row == 0 {
		t.Fatalf("%d proposals, first %+v", len(all), all[:min(len(all), 1)])
	}
	for i, c := range all {
		if i%7 != 0 {
			continue
		}
		if problem := eval[*string](p, "paramstack.load("+quote(c.Text)+")"); problem != nil {
			t.Fatalf("%s: %s", c.Name, *problem)
		}
		after := of()
		got := [3]string{diff(before.Params, after.Params), diff(before.MACs, after.MACs), diff(before.Peak, after.Peak)}
		if want := [3]string{c.Params, c.MACs, c.Peak}; got != want {
			t.Errorf("%s promises %v, it is %v", c.Name, want, got)
		}
		p.press("ctrl+z")
		if back := eval[string](p, "paramstack.text()"); back != text {
			t.Fatalf("%s: undo led to\n%s", c.Name, back)
		}
	}

	type fit struct{ Text, Width, Params, Bytes, Peak, Problem string }
	of2 := func(limit string) fit { return eval[fit](p, "paramstack.fit("+limit+")") }
	a := of2("{params: 1000000}")
	for _, same := range []string{"{params: 1000000n}", "{params: '1000000'}", "{params: 1e6, dtype: 'FP32'}"} {
		if b := of2(same); a != b {
			t.Errorf("%s: %+v, as a number %+v", same, b, a)
		}
	}
	if n, _ := new(big.Int).SetString(a.Params, 10); n == nil || n.Cmp(big.NewInt(1_000_000)) > 0 || a.Width == "" {
		t.Errorf("within a million: %+v", a)
	}
	if int8 := of2("{bytes: 1000000, dtype: 'int8'}"); int8.Params != a.Params || int8.Bytes != a.Params {
		t.Errorf("within a million bytes: %+v", int8)
	}
	if peak := of2("{peak: 300000}"); peak.Problem != "" || len(peak.Peak) > 6 {
		t.Errorf("within a peak: %+v", peak.Problem)
	}
	both := eval[struct {
		Width string
		Both  fit
	}](p, "paramstack.load("+quote("input 3x64x64\nconv 64 k3 p1\nrelu\nconv 64 k3 p1\nrelu\nglobalavgpool\nflatten\nlinear 10\n")+"), paramstack.fit({peak: 70000})")
	if n, _ := new(big.Int).SetString(both.Both.Peak, 10); n == nil || n.Cmp(big.NewInt(70_000)) > 0 || both.Both.Width <= both.Width {
		t.Errorf("a width and an input together: %+v", both)
	}
	if f := of2("{peak: 9}"); !strings.Contains(f.Problem, "Nothing fits: even with 8 channels") {
		t.Errorf("the least: %+v", f)
	}
	for _, bad := range []string{"", "null", "7", "'x'", "{}", "{params: 0}", "{params: -1}", "{params: 2.5}", "{params: 1e30}", "{params: {}}",
		"{params: 1, peak: 2}", "{params: 9, dtype: 'fp8'}", "{macs: 9}", "{params: [1000000]}", "{params: 9, dtype: ['fp32']}", "{get params() { throw 1 }}", "{params: Symbol()}", "document"} {
		if f := of2(bad); f.Problem == "" || f.Text != "" {
			t.Errorf("fit(%s): %s", bad, fmt.Sprint(f))
		}
	}
	for bad, named := range map[string]string{"{macs: 9}": "‘macs’", "{peak: [5]}": "peak: ‘[5]’", "{params: 9, dtype: 'fp8'}": "‘fp8’"} {
		if f := of2(bad); !strings.Contains(f.Problem, named) {
			t.Errorf("fit(%s) does not name %s: %s", bad, named, f.Problem)
		}
	}
}

// The sheet by hand: from the card, at a block by its key, an edit with its undo, a limit;
// on a phone from the menu; the focus goes back to where it was.
func TestWhatIfSheet(t *testing.T) {
	p := open(t, "")
	text := eval[string](p, "paramstack.text()")
	p.click("#questions [data-cmd=whatif]")
	p.wait("the sheet", "document.querySelectorAll('.proposals .proposal').length > 5")
	if at := eval[string](p, "document.activeElement.id"); at != "whatif-close" {
		t.Errorf("the focus is at %q", at)
	}
	p.press("escape")
	p.wait("the card again", "document.activeElement.id === 'whatif'")

	p.click("#questions [data-cmd=whatif]")
	p.wait("the sheet", "document.querySelector('.take')")
	p.click(".take")
	p.wait("the edit", "paramstack.report().totals.params === '2591080'") // 2,334,080 of convolutions, 256·1000 + 1000
	p.noticed("Applied")
	p.click("#notice .primary")
	p.wait("what was", "paramstack.text() === "+quote(text))

	// The number of an edit by hand.
	p.click("#questions [data-cmd=whatif]")
	p.wait("the sheet", "document.querySelector('.free input')")
	p.fill(".free input", "2.x")
	p.press("enter")
	p.wait("why not", "document.querySelector('.free .why').textContent.includes('3/4')")
	if p.attr(".free ~ .take", "aria-disabled") != "true" {
		t.Error("what cannot be applied looks as if it could")
	}
	p.click(".free ~ .take")
	if got := eval[string](p, "paramstack.text()"); got != text {
		t.Errorf("a number that cannot be was applied:\n%s", got)
	}
	p.fill(".free input", "3/8")
	p.press("enter")
	p.wait("the other number", "document.querySelector('.free').parentElement.textContent.includes('Width × 0.375')")
	p.click(".free ~ .take")
	p.wait("the edit", "paramstack.text().includes('linear 1536')")
	p.click("#notice .primary")
	p.wait("what was", "paramstack.text() === "+quote(text))

	// More of them by keyboard: the focus is at the first that was not there.
	p.click("#questions [data-cmd=whatif]")
	p.wait("the sheet", "document.querySelector('.whatif .more')")
	shown := eval[int](p, "document.querySelectorAll('.proposal').length")
	eval[bool](p, "document.querySelector('.whatif .more').focus(), true")
	p.press("enter")
	p.wait("the first new one", "document.activeElement === document.querySelectorAll('.proposal .take')["+strconv.Itoa(shown)+"]")
	p.press("escape")

	p.click("#questions [data-cmd=whatif]")
	p.wait("the sheet", "document.querySelector('#fit-limit')")
	p.fill("#fit-limit", "4 MB int8")
	p.click("[data-act=fit]")
	p.wait("what fits", "document.querySelector('#fit-answer .take')")
	p.click("#fit-answer .take")
	p.wait("the network within it", "BigInt(paramstack.report().totals.params) <= 4000000n")

	// The peak, the way to its row, and its curve in words.
	p.preset("alexnet-2012")
	p.wantTotal("peak", "580800")
	p.click("#peak-at")
	p.wait("the row of the peak", "document.activeElement.dataset.node === String(paramstack.report().totals.peakAt)")
	if say := eval[string](p, "document.querySelector('.memory svg').getAttribute('aria-label')"); !strings.Contains(say, "at most 2.3 MB at lrn1") {
		t.Errorf("the curve: %s", say)
	}

	p.setViewport(390, 844, true)
	p.click(".menu-button")
	p.click("#menu-whatif")
	p.wait("the sheet on a phone", "document.querySelector('.sheet.whatif')")
	if small := eval[int](p, `[...document.querySelectorAll('.sheet.whatif button, .sheet.whatif input')].filter(
		e => e.getBoundingClientRect().height < 43.5 && e.getBoundingClientRect().height > 0).length`); small > 0 {
		t.Errorf("%d targets on a phone are lower than 44 px", small)
	}
	if wide := eval[bool](p, "document.documentElement.scrollWidth > innerWidth"); wide {
		t.Error("the page scrolls sideways")
	}
}
