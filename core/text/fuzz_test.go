package text_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// FuzzParse reads anything. It must not panic, and what it reads without a
// problem must be written and read back unchanged in every style.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/golden/*.txtar", "testdata/errors/*.stack"} {
		files, _ := filepath.Glob(pattern)
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(data))
			for _, line := range strings.Split(string(data), "\n") {
				f.Add(line)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		file, problems := text.Parse(src)
		for _, d := range problems {
			if s := d.Span; s == nil || s.Start < 0 || s.End < s.Start || s.End > len(src) {
				t.Errorf("%v stands at %v", d, s)
			}
			if d.Error() == "" {
				t.Error("a problem says nothing")
			}
		}
		for id, s := range file.Spans {
			if s.Start < 0 || s.End < s.Start || s.End > len(src) {
				t.Errorf("node %d stands at %v", id, s)
			}
		}
		if len(problems) == 0 && len(src) < text.MaxBytes/4 {
			same(t, file.Model)
		}
	})
}

// TestRandom writes and reads random models of every kind with every field.
func TestRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 3000 {
		g := generator{Rand: random}
		m := arch.New(g.pick("", "Net", "ResNet-50 v1.5", "층 하나", "a_b"), g.body(3), g.comments())
		same(t, m)
		if t.Failed() {
			return
		}
		again := parse(t, text.Format(m))
		if got, want := comments(again), comments(m); got != want {
			t.Fatalf("comments %q, want %q in\n%s", got, want, text.Format(m))
		}
	}
}

// comments lists all comments in the order of the text.
func comments(m arch.Model) string {
	all := ""
	m.Walk(func(n arch.Node) {
		h := n.Head()
		all += fmt.Sprintf("%q %q\n", h.Above, h.After)
		switch n := n.(type) {
		case *arch.Repeat:
			all += fmt.Sprintf("%q\n", n.Tail)
		case *arch.Branch:
			for _, p := range n.Paths {
				all += fmt.Sprintf("%q\n", p.Tail)
			}
		}
	})
	return all + fmt.Sprintf("%q", m.Tail)
}

type generator struct {
	*rand.Rand
	labels int
}

func (g *generator) pick(of ...string) string { return of[g.IntN(len(of))] }

func (g *generator) comments() []string {
	var c []string
	for g.IntN(8) == 0 {
		c = append(c, g.pick("a comment", "", "# of a kind", "name x; {"))
	}
	return c
}

func (g *generator) head() arch.Head {
	h := arch.Head{Above: g.comments()}
	if g.IntN(8) == 0 {
		h.After = g.pick("behind", "#", "a # b")
	}
	if g.IntN(4) == 0 {
		g.labels++
		h.Label = g.pick("conv", "x.", "층_", "a-") + fmt.Sprint(g.labels)
	}
	return h
}

func (g *generator) layer(joins bool) layer.Layer {
	for {
		k := layer.Kinds[g.IntN(len(layer.Kinds))]
		if k.Joins() != joins {
			continue
		}
		l := k.New()
		for i := range k.Fields {
			f := &k.Fields[i]
			for f.Need && f.At(l).Unset() || g.IntN(3) == 0 {
				value := g.pick("1", "7", "48*2", "2*3*5*7", "3x5", "1x2x3", "same", "valid", "keras-same", "causal", "1+2x0", "-3+7", "2x0.5", "on", "off", "-1", "0.5", "1e-12",
					"-6.02e+23", "3x?x?", "reflect", "tanh", "0")
				if with, d := layer.With(l, f, value); d == nil {
					l = with
				}
			}
		}
		return l
	}
}

func (g *generator) body(depth int) []arch.Node {
	var body []arch.Node
	for range g.IntN(5) {
		switch form := g.IntN(9); {
		case form == 8:
			body = append(body, arch.NewAgain(g.head(), g.pick("conv1", "층_2")))
		case depth > 0 && form == 0:
			r := arch.NewRepeat(g.head(), 1+g.Int64N(arch.MaxTimes), g.body(depth-1), g.comments())
			r.Shared = g.IntN(3) == 0
			body = append(body, r)
		case depth > 0 && form < 3:
			paths := make([]arch.Path, 1+g.IntN(3))
			for i := range paths {
				if g.IntN(3) == 0 {
					paths[i].From = g.pick("conv1", "층_2")
				}
				paths[i].Body, paths[i].Tail = g.body(depth-1), g.comments()
			}
			body = append(body, arch.NewBranch(g.head(), g.layer(true), paths))
		default:
			leaf := arch.NewLeaf(g.head(), g.layer(false), g.IntN(6) == 0)
			if g.IntN(6) == 0 {
				leaf.Shares = g.pick("conv1", "층_2")
			}
			body = append(body, leaf)
		}
	}
	return body
}
