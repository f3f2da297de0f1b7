package picture

import (
	"encoding/xml"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// reports are the networks of the zoo, counted.
var reports = sync.OnceValue(func() map[string]*count.Report {
	all := map[string]*count.Report{}
	for _, n := range zoo.All() {
		f, problems := text.Parse(n.Text)
		if len(problems) > 0 {
			panic(problems[0])
		}
		all[n.ID] = count.Of(f.Model)
	}
	return all
})

// A drawing is one network drawn in one way.
type drawing struct {
	id    string
	opt   Options
	scene *Scene
}

// drawings are all networks in all ways of draws.
var drawings = sync.OnceValue(func() []drawing {
	var all []drawing
	for id, r := range reports() {
		for _, opt := range draws {
			opt.Style, opt.Name = count.PyTorch, id
			all = append(all, drawing{id, opt, Of(r, opt)})
		}
	}
	return all
})

// draws are the ways in which each network is drawn.
var draws = []Options{
	{Width: 360}, {Width: 800}, {Width: 1600}, {Width: 360, Lang: catalog.Korean}, {Width: 800, Lang: catalog.Korean},
	{Width: 1600, Lang: catalog.Korean}, {Columns: ExportColumns}, {Width: 1600, Bars: LogBars},
	{Width: 1360, Height: 360}, {Width: 1200, Height: 260}, {Width: 1360, Height: 360, Lang: catalog.Korean},
}

// A rule is how large a tool draws a tensor.
type rule struct {
	name   string
	volume func(l law, s tensor.Shape) float64
}

// Other tools, by their own defaults, re-stated: AlexNet.js of NN-SVG (depth and width
// 10·ln of the extents, vectors as wide as a map of 2) and layered.py of visualkeras
// (4 px a cell, 0.1 px a channel, between 20 and 2,000 or 400 px).
var rules = []rule{
	{"paramstack", func(l law, s tensor.Shape) float64 { return l.form(s).volume() }},
	{"NN-SVG", func(_ law, s tensor.Shape) float64 {
		side := func(n int64) float64 { return 10 * math.Log(float64(n)) }
		if len(s) == 1 {
			return side(2) * side(2) * side(s[0].N)
		}
		return side(s[0].N) * side(s[1].N) * side(s[2].N)
	}},
	{"visualkeras", func(_ law, s tensor.Shape) float64 {
		xy := func(n int64) float64 { return min(max(4*float64(n), 20), 2000) }
		z := func(n int64) float64 { return min(max(0.1*float64(n), 20), 400) }
		if len(s) == 1 {
			return xy(1) * xy(1) * z(s[0].N)
		}
		return z(s[0].N) * xy(s[1].N) * xy(s[2].N)
	}},
}

// TestOrder holds every pair of tensors of every network to their order: of two, the
// one with more cells is drawn larger. The other tools are held to the same on the
// maps and vectors that they draw; docs/pictures.md has the figures.
func TestOrder(t *testing.T) {
	pairs, wrong, equal := 0, make([]int, len(rules)), make([]int, len(rules))
	for id, r := range reports() {
		p := newPlan(r, choose(r, 10_000, 10_000, false, nil), Options{Style: count.PyTorch})
		for i, a := range p.columns {
			for _, b := range p.columns[:i] {
				if ok, _ := ordered(p.law, a.dims(), b.dims()); !ok {
					t.Errorf("%s: %v and %v", id, a.shape, b.shape)
				}
				if !flat(a.shape) || !flat(b.shape) {
					continue // neither of the others draws it
				}
				m, _ := a.shape.Elements()
				n, _ := b.shape.Elements()
				if m.Equal(n) {
					continue
				}
				pairs++
				for k, rule := range rules {
					v, w := rule.volume(p.law, a.shape), rule.volume(p.law, b.shape)
					switch {
					case v == w:
						equal[k]++
					case v > w != (m.Cmp(n) > 0):
						wrong[k]++
					}
				}
			}
		}
	}
	for k, rule := range rules {
		t.Logf("%s: of %d pairs %d reversed (%.1f %%), %d drawn equal", rule.name, pairs, wrong[k],
			100*float64(wrong[k])/float64(pairs), equal[k])
		if k == 0 != (wrong[k]+equal[k] == 0) {
			t.Errorf("%s: %d reversed, %d equal", rule.name, wrong[k], equal[k])
		}
	}
	if pairs < 30_000 {
		t.Errorf("only %d pairs", pairs)
	}
}

// flat reports whether a shape is a map or a vector of known size.
func flat(s tensor.Shape) bool { return s.Known() && (len(s) == 1 || len(s) == 3) && !s.Timed() }

// ordered reports whether two shapes are drawn in their order, and whether they have
// one.
func ordered(l law, a, b tensor.Shape) (ok, counted bool) {
	m, known := a.Elements()
	n, knownToo := b.Elements()
	if !known || !knownToo {
		return true, false
	}
	v, w := l.form(a).volume(), l.form(b).volume()
	switch m.Cmp(n) {
	case 0:
		return true, false
	case 1:
		return v > w, true
	default:
		return v < w, true
	}
}

func TestOrderRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	extent := func(most int) int64 { return 1 + int64(math.Exp(random.Float64()*math.Log(float64(most)))) }
	shapes := make([]tensor.Shape, 10_000)
	for i := range shapes {
		switch i % 4 {
		case 0:
			shapes[i] = tensor.Of(extent(4096), extent(1024), extent(1024))
		case 1:
			shapes[i] = tensor.Of(extent(4096), extent(1024))
		case 2:
			shapes[i] = tensor.Of(extent(512), extent(64), extent(256), extent(256))
		default:
			shapes[i] = tensor.Of(extent(2048), extent(1024), extent(1024))
			shapes[i][0].N = 1 + shapes[i][0].N/2
		}
	}
	l := lawFor(shapes, Scales{})
	for i := range shapes {
		for range 10 {
			j := random.IntN(len(shapes))
			if ok, _ := ordered(l, shapes[i], shapes[j]); !ok {
				t.Fatalf("%v and %v", shapes[i], shapes[j])
			}
		}
	}
	// Vectors among themselves: their bars are of one width.
	for range 10_000 {
		a, b := tensor.Of(extent(1<<20)), tensor.Of(extent(1<<20))
		if ok, _ := ordered(l, a, b); !ok {
			t.Fatalf("%v and %v", a, b)
		}
	}
}

// TestAreas holds every area of every network to its number, on one scale.
func TestAreas(t *testing.T) {
	areas := 0
	for _, d := range drawings() {
		for _, p := range d.scene.Panels {
			for _, m := range p.Marks {
				for _, shape := range m.Shapes {
					rect, ok := shape.(Rect)
					if !ok || rect.Weights == "" {
						continue
					}
					areas++
					n, err := strconv.ParseFloat(rect.Weights, 64)
					if err != nil || p.Name != Weights || m.Node == "" {
						t.Fatalf("%s: %+v in %s", d.id, rect, p.Name)
					}
					if got := rect.W * rect.H / (d.scene.Scales.Area * d.scene.Scales.Area); math.Abs(got/n-1) > 0.005 {
						t.Fatalf("%s: an area of %v for %s", d.id, got, rect.Weights)
					}
				}
			}
		}
	}
	if areas < 50_000 {
		t.Errorf("only %d areas", areas)
	}
}

// TestAll requires each parameter to be in one column, in every style: what is folded
// and gathered loses nothing.
func TestAll(t *testing.T) {
	for id, r := range reports() {
		for _, style := range []count.Style{count.PyTorch, count.Keras, {}} {
			for _, columns := range []int{5, FirstColumns, ExportColumns, 10_000} {
				p := newPlan(r, choose(r, columns, columns, false, nil), Options{Style: style})
				var total num.Int
				for _, c := range p.columns {
					for _, l := range c.layers {
						total = total.Add(style.Params(ownOf(l.row)).Mul(l.times))
					}
				}
				if want := style.Params(r.Totals.Counts); !total.Equal(want) {
					t.Fatalf("%s in %d columns: %s of %s", id, columns, total, want)
				}
				if n := len(p.bySlot); columns >= FirstColumns && n > columns {
					t.Errorf("%s has %d columns of %d", id, n, columns)
				}
			}
		}
	}
}

// TestTimes requires a column that is not a whole block to be drawn as often as each layer
// in it is there: then what is written at it, and under the bracket of a repetition, is
// the number of the rows.
func TestTimes(t *testing.T) {
	check := func(id string, r *count.Report) {
		for _, columns := range []int{FirstColumns, ExportColumns, 10_000} {
			var walk func(f flow, n num.Int)
			walk = func(f flow, n num.Int) {
				for _, it := range f {
					switch it := it.(type) {
					case *column:
						for _, l := range it.layers {
							if len(l.row.Weights) > 0 && it.folded == 0 && !l.times.Equal(n) {
								t.Errorf("%s in %d columns: %s, %s times, is drawn at %s, %s times", id, columns, l.row.Name, l.times,
									it.name, n)
							}
						}
					case *fork:
						for i := range it.paths {
							walk(it.paths[i].flow, n)
						}
						if it.join != nil {
							walk(flow{it.join}, n)
						}
					case *span:
						walk(it.flow, n.Mul(it.count))
					}
				}
			}
			walk(choose(r, columns, columns, false, nil), one)
		}
	}
	for id, r := range reports() {
		check(id, r)
	}
	for _, src := range []string{
		"input 8\nrepeat 3 { layernorm; linear 8 }\nlayernorm\nlinear 4",
		"input 8\nrepeat 3 { layernorm }\nlayernorm",
		"input 3x8x8\nbn\nrepeat 2 { bn; add { repeat 3 { bn; conv 3 k1; bn } | bn }; bn }\nbn",
		"input 3x8x8\nrepeat 2 { bn; relu }\nadd { | repeat 3 { bn } }\nrelu\nconcat { bn | conv 2 k1 }",
		"input 3x8x8\na: conv 3 k1\nrepeat 4 { concat { @a bn | conv 3 k1 }; bn; conv 3 k1 }\nfrom @a\nbn",
	} {
		f, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatal(problems[0])
		}
		check(src, count.Of(f.Model))
	}
}

// TestWidth holds pictures to the width that is asked for, as far as their blocks allow:
// on a desktop the page shows what is a quarter wider whole.
func TestWidth(t *testing.T) {
	const desktop = 1360
	for _, id := range []string{"toy", "alexnet-post", "alexnet-2012", "vgg-16", "resnet-50", "googlenet", "u-net",
		"densenet-121", "vit-b-16", "r3d-18"} {
		if s := Of(reports()[id], Options{Style: count.PyTorch, Width: desktop}); s.Width*0.8 > desktop {
			t.Errorf("%s is %.0f wide", id, s.Width)
		}
	}
}

// TestLabels requires labels to be large enough to read, inside the picture, and
// apart from one another.
func TestLabels(t *testing.T) {
	labels := 0
	for _, d := range drawings() {
		var all []Label
		for _, p := range d.scene.Panels {
			for _, m := range p.Marks {
				for _, shape := range m.Shapes {
					if l, ok := shape.(Label); ok {
						all = append(all, l)
					}
				}
			}
		}
		labels += len(all)
		for i := range all {
			x0, y0, x1, y1 := all[i].Place()
			if x0 < -0.5 || y0 < 0 || x1 > d.scene.Width+0.5 || y1 > d.scene.Height {
				t.Errorf("%s %v: %q is outside", d.id, d.opt.Width, all[i].Text)
			}
			if all[i].Size < 9 {
				t.Errorf("%s: %q at %v", d.id, all[i].Text, all[i].Size)
			}
			for j := range i {
				a0, b0, a1, b1 := all[j].Place()
				if x0 < a1 && a0 < x1 && y0 < b1 && b0 < y1 {
					t.Errorf("%s %v %v: %q is over %q", d.id, d.opt.Width, d.opt.Lang.Tag(), all[i].Text, all[j].Text)
				}
			}
		}
	}
	if labels < 50_000 {
		t.Errorf("only %d labels", labels)
	}
}

// TestSVG requires well-formed files without what may not be in them, of a bounded
// number of elements, and the same at every run.
func TestSVG(t *testing.T) {
	most := 0
	for i, d := range drawings() {
		out := Output{Titles: true, Colours: d.opt.Columns > 0}
		s := SVG(d.scene, out)
		if i%10 == 0 && s != SVG(Of(reports()[d.id], d.opt), out) {
			t.Fatalf("%s is drawn in two ways", d.id)
		}
		n := wellFormed(t, d.id, s)
		if d.opt.Columns == 0 && d.opt.Bars == NoBars {
			most = max(most, n)
			if n > 1500 {
				t.Errorf("%s at %v has %d elements", d.id, d.opt.Width, n)
			}
		}
	}
	t.Logf("at most %d elements", most)
}

func wellFormed(t *testing.T, id, s string) int {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(s))
	n := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			return n
		}
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		if e, ok := token.(xml.StartElement); ok {
			n++
			switch e.Name.Local {
			case "script", "foreignObject", "image", "a":
				t.Errorf("%s: <%s>", id, e.Name.Local)
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Value, "javascript:") || a.Value == "NaN" ||
					strings.Contains(a.Value, "Inf") {
					t.Errorf("%s: %s=%q", id, a.Name.Local, a.Value)
				}
			}
		}
	}
}

// TestHostile draws networks whose names are markup, and sizes nobody means.
func TestHostile(t *testing.T) {
	for _, src := range []string{
		"name </title><script>alert(1)</script>\ninput 3x32x32\na_b: conv 4 k5\n",
		"", "name \x01\x02", "conv 3 k3", "linear 10", "input ?x?x?\nconv 4 k3\nflatten\nlinear 10",
		"input 1x1x1\nconv 1 k1\n", "input 1000000000000\nlinear 1000000000000\nlinear 1\n",
		"input 3x1000000x1000000\nconv 1125899906842624 k3\n",
		"input 3x8x8\nrepeat 1000000000 { conv 3 k3 p1 }\n", "input 3x8x8\nrepeat 900 { concat { conv 1 k1 | } }\n",
		"input 3x8x8\nadd { | | | }\nconcat { | }\nmul { conv 3 k1 | conv 3 k1 }\nside { | linear 4 | linear 5 }\n",
		"input 8\nadd { add { add { linear 8 | } | } | linear 8 }\nx: linear 8\nfrom @x\nadd { @x | @x linear 8 }\n",
		"input 0x0x0\n", "input 8\nmean 0\n", "input 8\nsum 0\nadd { param 3 | }\n", "input 5\nopaque type=Strange\nlinear 3\n", "param 4x4\nparam 3\n", "from @nothing { conv 3 }\n",
	} {
		f, _ := text.Parse(src)
		r := count.Of(f.Model)
		for _, opt := range draws {
			opt.Name = f.Model.Name
			s := Of(r, opt)
			out := SVG(s, Output{Titles: true})
			wellFormed(t, src, out)
			if tex := TikZ(s, true); strings.Contains(tex, "NaN") || strings.Contains(tex, "Inf") {
				t.Errorf("%q: not a number", src)
			}
		}
	}
}
