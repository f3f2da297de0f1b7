package e2e

import "testing"

// The hook explains numbers, in whatever form a script has them.
func TestWhyHook(t *testing.T) {
	p := open(t, "")
	first := func(preset, number string) string {
		if preset != "" {
			p.preset(preset)
		}
		return eval[string](p, `(() => { const all = paramstack.why(`+number+`);
			if (!all.length) return "none " + (all.problem ? "problem" : all.nearest && all.nearest.block);
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
		{"resnet-50", `25123457`, "none conv4.1"},
		{"resnet-50", `"many"`, "none problem"},
		{"resnet-50", `-5`, "none problem"},
		{"resnet-50", `undefined`, "none problem"},
		{"resnet-50", `Symbol("x")`, "none problem"},
		{"resnet-50", `{toString() { throw "up" }}`, "none problem"},
		{"resnet-50", ``, "none problem"},
	} {
		if got := first(c.preset, c.number); got != c.want && !(c.want == "none conv4.1" && len(got) > 5 && got[:5] == "none ") {
			t.Errorf("%s, %s: %s, want %s", c.preset, c.number, got, c.want)
		}
	}
	// What a reason's text counts is the number itself.
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
	if e := got["torchinfo"]; e.Params.Value != "25557032" || e.MACs == nil || e.MACs.Value != "4089238376" || len(e.Sizes) != 3 {
		t.Errorf("torchinfo: %+v", e)
	}
	if e := got["keras"]; e.MACs != nil || e.Params.Shown != "Total params: 25,610,152 (97.69 MB)" {
		t.Errorf("Keras: %+v", e)
	}
	if len(got) != 9 {
		t.Errorf("%d tools", len(got))
	}
}
