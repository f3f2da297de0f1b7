//go:build !js

package e2e

import (
	"os"
	"testing"
)

// The hook explains numbers, in whatever form a script has them.
func TestWhyHook(t *testing.T) {
	p := open(t, "")
	first := func(preset, number string) string {
		if preset != "" {
			p.preset(preset)
		}
		return eval[string](p, `(() => { const all = paramstack.why(`+number+`);
			if (!all.length) return "none " + (all.problem ? "problem" : all.nearest && "nearest");
			const r = all[0], sum = r.terms.reduce((n, t) => n + BigInt(t.change), BigInt(r.start));
			return r.terms.map(t => t.name).sort().join(" ") + (sum == BigInt(r.number) ? "" : " but the sum is " + sum) })()`)
	}
	for _, c := range []struct{ preset, number, want string }{
		{"alexnet-2012", `"62,378,344"`, "groups-off"},
		{"alexnet-2012", `62378344`, "groups-off"},
		{"alexnet-2012", `62378344n`, "groups-off"},
		{"alexnet-2012", `"60954656"`, "bias-off"},
		{"alexnet-2012", `"233 MiB"`, "bytes-4"},
		{"resnet-50", `"25 636 712"`, "conv-bias-on stats-on"},
		{"resnet-50", `"23.5 M"`, "head-off"},
		{"resnet-50", `"2,351만"`, "head-off"},
		{"resnet-50", `"8.2 GFLOPs"`, "flops"},
		{"resnet-50", `25530472`, "norm-fold"},
		{"googlenet", `13378280`, "network"},
		{"resnet-50", `25557032`, "same"},
		{"resnet-50", `"97.80 MB"`, "binary bytes-4 conv-bias-on stats-on"},
		{"resnet-50", `"177831744 bytes"`, "printed"},
		{"resnet-50", `"0 MB"`, "none problem"},
		{"resnet-50", `25123457`, "none nearest"},
		{"resnet-50", `"many"`, "none problem"},
		{"resnet-50", `-5`, "none problem"},
		{"resnet-50", `undefined`, "none problem"},
		{"resnet-50", `Symbol("x")`, "none problem"},
		{"resnet-50", `{toString() { throw "up" }}`, "none problem"},
		{"resnet-50", ``, "none problem"},
	} {
		if got := first(c.preset, c.number); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.preset, c.number, got, c.want)
		}
	}
	if got := eval[bool](p, `(() => { paramstack.load("input ?x32x32\nconv 8 k3");
		const all = paramstack.why(1000); return all.length == 0 && all.problem.length > 0 })()`); !got {
		t.Error("a network that cannot be counted is no problem")
	}
	// What a reason's text counts is the number itself, unless a way of counting comes on top.
	p.preset("resnet-50")
	if got := eval[string](p, `(() => { const r = paramstack.why(25636712)[0]; paramstack.load(r.stack);
		return r.gives + " " + paramstack.report().totals.params })()`); got != "25583592 25583592" {
		t.Errorf("the stack of the reason gives %s parameters", got)
	}
	p.preset("resnet-50")
	if got := eval[string](p, `(() => { const r = paramstack.why(25530472)[0]; paramstack.load(r.stack);
		return paramstack.report().totals.params })()`); got != "25530472" {
		t.Errorf("the stack of the reason has %s parameters", got)
	}
	p.preset("resnet-50")
	t.Logf("a search that finds nothing: %s ms, again %s ms", eval[string](p, timed), eval[string](p, timed))
}

const timed = `(() => { const t = performance.now(); paramstack.why(26123457); return String(Math.round(performance.now() - t)) })()`

// The passport has what the tools print.
func TestPassportHook(t *testing.T) {
	p := open(t, "")
	p.preset("resnet-50")
	type figure struct{ What, Value, Shown, Missing string }
	type entry struct {
		Tool, Name, Rule string
		Params, MACs     *figure
		Sizes            []figure
	}
	got := map[string]entry{}
	for _, e := range eval[[]entry](p, "paramstack.passport()") {
		got[e.Tool] = e
		if e.Rule == "" || e.Params == nil {
			t.Errorf("%s: %+v", e.Tool, e)
		}
	}
	if e := got["torchinfo"]; e.Params.Value != "25557032" || e.MACs == nil || e.MACs.Value != "4089238376" || len(e.Sizes) != 4 {
		t.Errorf("torchinfo: %+v", e)
	}
	if e := got["keras"]; e.MACs != nil || e.Params.Shown != "Total params: 25,610,152 (97.69 MB)" {
		t.Errorf("Keras: %+v", e)
	}
	if len(got) != 9 {
		t.Errorf("%d tools", len(got))
	}
}

// The sheet by hand: from the card, what is typed is explained, a term makes the edit and
// undo takes it back, a published network is opened; what other tools print leads to it; on a
// phone from the menu. The focus goes back to where it was.
func TestWhySheet(t *testing.T) {
	p := open(t, "")
	text := eval[string](p, "paramstack.text()")
	p.click("#questions [data-cmd=why]")
	p.wait("the field", "document.activeElement.id === 'why-number'")
	p.fill("#why-number", "62,378,344")
	p.wait("the reason", "document.querySelectorAll('.reason').length > 0 && document.querySelector('.reason .total').textContent.includes('62,378,344')")
	if shot := os.Getenv("WHY_SHOTS"); shot != "" {
		p.screenshot("why")
	}
	p.click(".reason [data-act=why-take]")
	p.wait("the edit", "paramstack.report().totals.params === '62378344'")
	p.click("#notice .primary")
	p.wait("what was", "paramstack.text() === "+quote(text))

	p.press("y")
	p.wait("the field", "document.activeElement.id === 'why-number'")
	for typed, sign := range map[string]string{"apples": "", "61,234,567": "269,343", "-3": "", "25.6": ""} {
		p.fill("#why-number", typed)
		p.wait("what is wrong with "+typed, "document.querySelector('#why-answer .problem') && document.querySelector('#why-answer').textContent.includes("+quote(sign)+")")
	}
	p.press("escape")
	p.wait("the page again", "!document.querySelector('.sheet')")

	p.preset("googlenet")
	p.press("y")
	p.fill("#why-number", "13378280")
	p.wait("the network", "document.querySelector('.reason [data-act=why-take]')")
	p.click(".reason [data-act=why-take]")
	p.wait("its number", "paramstack.report().totals.params === '13378280'")

	p.preset("resnet-50")
	p.click("#questions [data-cmd=tools]")
	p.wait("the tools", "document.querySelectorAll('.passport tbody').length === 9")
	p.click(".passport [data-number='4132436968']")
	p.wait("its reason", "document.querySelector('.reason') && document.querySelector('.reason').textContent.includes('ptflops')")
	p.press("escape")
	p.wait("the page again", "!document.querySelector('.sheet')")

	p.setViewport(390, 844, true)
	for _, sheet := range []string{"why", "tools"} {
		p.click(".menu-button")
		p.click("#menu-" + sheet)
		p.wait("the sheet on a phone", "document.querySelector('.sheet."+sheet+"-sheet')")
		if sheet == "why" {
			p.fill("#why-number", "25636712")
			p.wait("the reason", "document.querySelector('.reason')")
		}
		if small := eval[string](p, `[...document.querySelectorAll('.sheet button, .sheet input')].filter(
			e => e.getBoundingClientRect().height < 43.5 && e.getBoundingClientRect().height > 0).map(e => e.outerHTML.slice(0, 90)).join()`); small != "" {
			t.Errorf("targets on a phone are lower than 44 px: %s", small)
		}
		if wide := eval[bool](p, "document.documentElement.scrollWidth > innerWidth || document.querySelector('.sheet').scrollWidth > innerWidth"); wide {
			t.Error("the page scrolls sideways")
		}
		if os.Getenv("WHY_SHOTS") != "" {
			p.screenshot("phone-" + sheet)
		}
		p.press("escape")
	}
}
