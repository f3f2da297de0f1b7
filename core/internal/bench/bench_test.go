// Package bench measures what the page does at every key press: reading,
// counting, writing, linking and drawing a network. make bench prints the figures; nothing
// is asserted on a clock.
package bench

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/link"
	"paramstack/core/num"
	"paramstack/core/picture"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// stacks are the networks measured. The last is flat, as an import may be, and
// has no two layers alike in a row.
func stacks() []struct{ name, text string } {
	var flat strings.Builder
	flat.WriteString("input 3x224x224\n")
	for i := range 9_999 {
		switch i % 4 {
		case 0:
			fmt.Fprintf(&flat, "conv %d k3 p1\n", 16+i%64)
		case 1:
			flat.WriteString("bn\n")
		case 2:
			flat.WriteString("relu\n")
		case 3:
			fmt.Fprintf(&flat, "conv %d k1 nobias\n", 32+i%128)
		}
	}
	return []struct{ name, text string }{
		{"AlexNet", zoo.ByID("alexnet-2012").Text},
		{"ResNet-152", zoo.ByID("resnet-152").Text},
		{"10000-layers", flat.String()},
	}
}

func layersOf(m arch.Model) float64 {
	n := num.Int{}
	count.Of(m).Leaves(func(_ *count.Row, times num.Int) { n = n.Add(times) })
	return n.Float()
}

func each(b *testing.B, run func(src string, m arch.Model, fragment string)) {
	for _, s := range stacks() {
		file, problems := text.Parse(s.text)
		if len(problems) > 0 {
			b.Fatal(problems[0])
		}
		m := file.Model
		fragment, layers := link.Encode(m), layersOf(m)
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run(s.text, m, fragment)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/layers, "ns/layer")
		})
	}
}

func BenchmarkParse(b *testing.B) {
	each(b, func(src string, _ arch.Model, _ string) { text.Parse(src) })
}

func BenchmarkCount(b *testing.B) {
	each(b, func(_ string, m arch.Model, _ string) { count.Of(m) })
}

func BenchmarkFormat(b *testing.B) {
	each(b, func(_ string, m arch.Model, _ string) { text.Format(m) })
}

func BenchmarkEncode(b *testing.B) {
	each(b, func(_ string, m arch.Model, _ string) { link.Encode(m) })
}

func BenchmarkDecode(b *testing.B) {
	each(b, func(_ string, _ arch.Model, fragment string) {
		if _, d := link.Decode(fragment); d != nil {
			b.Fatal(d)
		}
	})
}

// BenchmarkPicture draws what the page shows beside the stack: scene and SVG.
func BenchmarkPicture(b *testing.B) {
	each(b, func(_ string, m arch.Model, _ string) {
		b.StopTimer()
		r := count.Of(m)
		b.StartTimer()
		picture.SVG(picture.Of(r, picture.Options{Name: m.Name, Style: count.PyTorch, Width: 1040}), picture.Output{Titles: true})
	})
}
