//go:build !js

package e2e

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// The published numbers, as shown on the page.
func TestPresets(t *testing.T) {
	p := open(t, "")
	if got := p.value("#preset"); got != "alexnet-2012" {
		t.Errorf("the page opens with %s", got)
	}
	for _, n := range []struct{ id, params, macs, buffers string }{
		{"alexnet-2012", "60965224", "724406816", "0"},
		{"toy", "1300", "", "0"},
		{"lenet-5", "61706", "", "0"},
		{"alexnet-post", "200415264", "", "0"},
		{"alexnet-ungrouped", "62378344", "1135256096", "0"},
		{"alexnet-torchvision", "61100840", "714188480", "0"},
		{"vgg-16", "138357544", "15470264320", "0"},
		{"googlenet", "6998552", "", ""},
		{"resnet-18", "11689512", "1814073344", ""},
		{"resnet-50", "25557032", "4089184256", strconv.Itoa(53120 + 53)},
		{"resnet-152", "60192808", "11513626624", ""},
	} {
		p.preset(n.id)
		p.wantTotal("params", n.params)
		for name, want := range map[string]string{"macs": n.macs, "buffers": n.buffers} {
			if got := p.total(name); want != "" && got != want {
				t.Errorf("%s: %s are %s, want %s", n.id, name, got, want)
			}
		}
		if w, b := number(t, p.total("weights")), number(t, p.total("biases")); w+b != number(t, n.params) {
			t.Errorf("%s: %d weights and %d biases are not %s", n.id, w, b, n.params)
		}
		if p.total("trainable") != n.params {
			t.Errorf("%s: %s trainable", n.id, p.total("trainable"))
		}
		if why := p.text(".why"); len(why) < 80 {
			t.Errorf("%s: the page does not say why: %q", n.id, why)
		}
	}
	p.preset("resnet-50")
	if got := p.text(`[data-total="buffers"]`); got != "53,120 + 53" {
		t.Errorf("buffers are shown as %q", got)
	}
}

func number(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(strings.ReplaceAll(s, ",", ""), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The formulas of the blog post, letter by letter.
func TestFormulas(t *testing.T) {
	p := open(t, "")
	p.preset("toy")
	for i, want := range []string{"5·5·3·4 = 300", "5·5·4·10 = 1,000"} {
		if r := p.seen(fmt.Sprint("conv", i+1)); r.Formula+" = "+r.Value != want {
			t.Errorf("toy: %s = %s, want %s", r.Formula, r.Value, want)
		}
	}
	p.preset("alexnet-post")
	want := []string{
		"11·11·3·(48·2) = 34,848",
		"5·5·48·128·2 = 307,200",
		"3·3·(128·2)·(192·2) = 884,736",
		"3·3·192·192·2 = 663,552",
		"3·3·192·128·2 = 442,368",
		"(13·13·128·2)·(2048·2) = 177,209,344",
		"(2048·2)·(2048·2) = 16,777,216",
		"(2048·2)·1000 = 4,096,000",
	}
	var sum int64
	for _, r := range p.rows() {
		if r.Value == "" {
			continue
		}
		sum += number(t, r.Params)
		if len(want) == 0 || r.Formula+" = "+r.Value != want[0] {
			t.Fatalf("%s: %s = %s, want %v", r.Name, r.Formula, r.Value, want)
		}
		if got := strings.ReplaceAll(r.Value, ",", ""); got != r.Params {
			t.Errorf("%s shows %s and says %s", r.Name, r.Value, r.Params)
		}
		want = want[1:]
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
	if p.total("params") != fmt.Sprint(sum) {
		t.Errorf("the rows add up to %d, the total is %s", sum, p.total("params"))
	}
	p.preset("alexnet-2012")
	if r := p.seen("conv1"); r.Formula != "11·11·3·96 + 96" || r.Out != "96x55x55" || r.MACs != "105415200" {
		t.Errorf("conv1 is %+v", r)
	}
	// Without biases, as the blog post counts.
	p.click(`[data-pref="biases"]`)
	p.wantTotal("params", "60954656")
	if r := p.seen("conv1"); r.Formula != "11·11·3·96" || r.Value != "34,848" {
		t.Errorf("conv1 without biases is %+v", r)
	}
}

// What other pages' scripts and the console can use.
func TestScripts(t *testing.T) {
	p := open(t, "")
	type report struct {
		Name string
		Rows []struct {
			ID                                            int
			Form, Kind, Name, Out, Times, Formula, Params string
			Problems                                      []string
		}
		Totals struct {
			Params, Weights, Biases, Buffers, MACs, FLOPs string
			AtLeast                                       bool
		}
	}
	r := eval[report](p, "paramstack.report()")
	if r.Name != "AlexNet 2012" || r.Totals.Params != "60965224" || r.Totals.MACs != "724406816" || r.Totals.FLOPs != "1448813632" || r.Totals.AtLeast {
		t.Errorf("report: %s %+v", r.Name, r.Totals)
	}
	if c := r.Rows[1]; c.Kind != "conv" || c.Formula != "11·11·3·96 + 96" || c.Params != "34944" || c.Times != "1" || c.Form != "leaf" {
		t.Errorf("report: %+v", c)
	}
	if rows := p.rows(); len(rows) != len(r.Rows) {
		t.Errorf("report: %d rows, %d on the page", len(r.Rows), len(rows))
	}
	text := eval[string](p, "paramstack.text()")
	if text != p.value("#text") || !strings.Contains(text, "conv 96 k11 s4") {
		t.Errorf("text:\n%s", text)
	}
	p.stack("input 3x32x32\nconv 4 k5 nobias\n")
	p.wantTotal("params", "300")
	if link := eval[string](p, "paramstack.link()"); link != p.url+"#1.i3x32x32~c4k5_nobias~end" {
		t.Errorf("link: %s", link)
	}
	wrong := eval[string](p, `paramstack.load("input 3x32x32\nconf 4")`)
	if !strings.Contains(wrong, "line 2, column 1") || !strings.Contains(wrong, "conv") {
		t.Errorf("load says %q", wrong)
	}
	p.wantTotal("params", "300")
	p.noticed("line 2, column 1")
	p.press("escape")

	// Markup in a text is shown as text.
	const markup = `<img src=x onerror='window.pwned=1'><script>window.pwned=1<\/script>`
	p.stack("name " + markup + "\ninput 3x32x32\nconv 4 k5 # " + markup + "\n")
	for _, bad := range []string{`"` + markup + `"`, `"input 3x3x3\n` + markup + `"`} {
		eval[any](p, "paramstack.load("+bad+")")
	}
	p.press("f1")
	if !eval[bool](p, `!window.pwned && !document.querySelector("img, #page script")`) {
		t.Error("markup in a text came alive")
	}
	if !strings.Contains(p.text("h1"), "<img src=x") {
		t.Errorf("the name is shown as %q", p.text("h1"))
	}
}
