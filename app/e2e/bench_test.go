//go:build !js

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The benchmarks time the page as a person meets it; make bench calls them:
//
//	go test ./app/e2e -run '^$' -bench . -benchtime 1x
//
// They say what they measure in units of their own, and judge nothing: machines
// differ, and a clock is no test.

// report writes the median and the ninth decile of times in milliseconds.
func report(b *testing.B, what string, ms []float64) {
	b.Helper()
	if len(ms) == 0 {
		b.Fatal("nothing was measured: ", what)
	}
	slices.Sort(ms)
	b.ReportMetric(ms[len(ms)/2], "ms-"+what)
	b.ReportMetric(ms[len(ms)*9/10], "ms-"+what+"-p90")
	b.ReportMetric(0, "ns/op") // the time of the harness is no measure
}

// BenchmarkEdit is from a key press in a chip to the page repainted, with the diagram open
// above it: "edit" ends with the start of the frame after the one that shows the change,
// "busy" when the program has done its part. "diagram" is until that is in step, which
// waits for the frame and for the next key if that comes sooner: ui's followRows.
func BenchmarkEdit(b *testing.B) {
	for _, c := range []struct {
		name string
		show func(p *page)
		row  string
	}{
		// The first convolution: every share of the total changes with it.
		{"ResNet152/first", unrolled("resnet-152"), `[data-kind="conv"]`},
		// One of 35 equal blocks: all its twins change too.
		{"ResNet152/repeated", unrolled("resnet-152"), `[data-kind="repeat"]:has(.chip) ~ [data-kind="conv"]`},
		{"DenseNet201", card("densenet-201"), `[data-kind="conv"]`},
		{"EfficientNetB7", card("efficientnet-b7"), `[data-kind="conv"]`},
		{"flat1000", flat(1000), `[data-kind="conv"]:nth-child(4)`},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := open(b, "")
			c.show(p)
			b.Log(p.count("#stack [data-node]"), "rows")
			if p.count("#picture [data-shape]") == 0 {
				b.Fatal("the diagram is not open")
			}
			p.click(c.row + ` .chip.out`)
			p.wait("the field", `document.activeElement.matches("input.field")`)
			p.press("end")
			eval[any](p, stopwatch)
			p.typeNumbers(b)
			p.typeSlowly(b)
		})
	}
}

// typeSlowly reports how long the diagram takes to follow a key.
func (p *page) typeSlowly(b *testing.B) {
	b.Helper()
	eval[any](p, `(() => {
		const show = paramstackPicture;
		window.paramstackPicture = (text, row) => {
			show(text, row);
			if (text) timed.diagram.push(performance.now() - timed.last);
		};
	})()`)
	for i := range 12 {
		p.wait("a pause", fmt.Sprintf("performance.now() - timed.last > %d", 8*pace))
		eval[any](p, "timed.diagram.length = 0")
		p.press([]string{"0", "backspace"}[i%2])
		p.wait("the diagram", "timed.diagram.length > 0")
		eval[any](p, "void timed.followed.push(timed.diagram.at(-1))")
	}
	report(b, "diagram", eval[[]float64](p, "timed.followed"))
}

// BenchmarkText is the same from a key press in the text pane: the number of filters of a
// convolution in the middle.
func BenchmarkText(b *testing.B) {
	for _, c := range []struct {
		name string
		show func(p *page)
	}{
		{"ResNet152", unrolled("resnet-152")},
		{"DenseNet201", card("densenet-201")},
		{"flat1000", flat(1000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := open(b, "")
			c.show(p)
			eval[any](p, `(() => {
				const pane = document.getElementById("text");
				const half = pane.value.length / 2;
				const number = [...pane.value.matchAll(/conv \d+/g)].find((m) => m.index > half) ?? pane.value.match(/conv \d+/);
				const at = number.index + number[0].length;
				pane.focus();
				pane.setSelectionRange(at, at);
			})()`)
			eval[any](p, stopwatch)
			p.typeNumbers(b)
		})
	}
}

// typeNumbers appends a digit and takes it away, in turn, and reports the stopwatch.
func (p *page) typeNumbers(b *testing.B) {
	b.Helper()
	for b.Loop() {
		for i := range 40 {
			p.wait("the pace of typing", fmt.Sprintf("performance.now() - timed.last > %d", pace))
			p.press([]string{"0", "backspace"}[i%2])
			p.wait("the repainted page", fmt.Sprintf("timed.edit.length > %d", i))
		}
	}
	report(b, "edit", eval[[]float64](p, "timed.edit"))
	report(b, "busy", eval[[]float64](p, "timed.busy"))
}

// pace is how many milliseconds lie between two keys of a quick typist.
const pace = 100

// stopwatch notes for every key press how long it takes until the page is
// repainted.
const stopwatch = `(() => {
	window.timed = {busy: [], edit: [], diagram: [], followed: [], last: 0};
	let start = 0;
	addEventListener("keydown", (e) => { start = timed.last = e.timeStamp; }, true);
	addEventListener("input", () => {
		const from = start, note = (list) => list.push(performance.now() - from);
		note(timed.busy);
		requestAnimationFrame(() => requestAnimationFrame(() => note(timed.edit)));
	});
})()`

// unrolled shows a published network with every repetition of every repeat.
func unrolled(preset string) func(*page) {
	return func(p *page) {
		p.choose("#preset", preset)
		p.click(`[data-cmd="unroll"]`)
		p.wait("all turns", `document.querySelectorAll('#stack [data-node*="@"]').length > 100`)
	}
}

// card shows a network of the gallery likewise.
func card(id string) func(*page) {
	return func(p *page) {
		p.load("#" + cardOf(p.t, id).Link)
		p.ready()
		p.press("t") // a button moves as the diagram comes
		p.wait("all turns", `document.querySelectorAll('#stack [data-node*="@"]').length > 100`)
	}
}

// flat shows a stack of n layers without blocks.
func flat(n int) func(*page) {
	return func(p *page) {
		text := "input 3x64x64\n" + strings.Repeat("conv 64 k3 p1\nrelu\n", n/2)
		if wrong := eval[any](p, "paramstack.load("+quote(text)+")"); wrong != nil {
			p.t.Fatal(wrong)
		}
		p.wait("all layers", fmt.Sprintf(`document.querySelectorAll("#stack [data-node]").length > %d`, n))
	}
}

// BenchmarkCount is one count of all of ResNet-152 in the page.
func BenchmarkCount(b *testing.B) {
	p := open(b, "")
	p.choose("#preset", "resnet-152")
	var ms []float64
	for b.Loop() {
		for range 20 {
			ms = append(ms, eval[float64](p, "paramstack.bench()"))
		}
	}
	report(b, "count", ms)
}
