package link_test

import (
	"os"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/internal/randnet"
	"paramstack/core/layer"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

const pairs = "testdata/pairs.txt"

// TestPairCorpus opens every link of two networks ever published: link, both networks
// in one line each. Lines are only ever added to the file.
func TestPairCorpus(t *testing.T) {
	data, err := os.ReadFile(pairs)
	if err != nil {
		t.Fatal(err)
	}
	seen, lines := map[string]bool{}, 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line[0] == ';' {
			continue
		}
		lines++
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			t.Fatalf("%d columns in %q", len(f), line)
		}
		seen[f[1]+"\t"+f[2]] = true
		a, b, _, d := link.DecodePair(f[0])
		if d != nil {
			t.Errorf("%s can no longer be opened: %v", f[0], d)
			continue
		}
		if text.Compact(a) != f[1] && !arch.Same(a, parse(t, f[1])) || text.Compact(b) != f[2] && !arch.Same(b, parse(t, f[2])) {
			t.Errorf("%s opens as\n%s\n%s", f[0], text.Compact(a), text.Compact(b))
		}
		if first, d := link.Decode(f[0]); d != nil || !arch.Same(first, a) {
			t.Errorf("%s: whoever reads one network gets %s (%v)", f[0], text.Compact(first), d)
		}
	}
	if *add {
		file, err := os.OpenFile(pairs, os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for i := range zoo.Presets {
			a, b := zoo.Presets[i].Model(), zoo.Presets[(i+3)%len(zoo.Presets)].Model()
			if c := text.Compact(a) + "\t" + text.Compact(b); !seen[c] {
				file.WriteString(link.EncodePair(a, b, link.Counting{}) + "\t" + c + "\n")
			}
		}
		return
	}
	if lines < 11 {
		t.Errorf("only %d links in the corpus", lines)
	}
}

// TestPairs sends pairs of the zoo: all where fresh networks are tried too (make
// interop), else a part of them, the same every time.
func TestPairs(t *testing.T) {
	nets := zoo.All()
	step := 97
	if randnet.Fresh() {
		step = 1
	}
	longest, which, n := 0, "", 0
	for i := range nets {
		for j := i + 1; j < len(nets); j++ {
			if n++; n%step != 0 {
				continue
			}
			a, b := nets[i].Model(), nets[j].Model()
			c := link.Counting{Keras: n%2 == 0, NoBiases: n%3 == 0}
			fragment := link.EncodePair(a, b, c)
			x, y, counting, d := link.DecodePair("#" + fragment)
			if d != nil || counting != c || text.Format(x) != text.Format(a) || text.Format(y) != text.Format(b) {
				t.Fatalf("%s and %s come back as other networks (%v)", nets[i].ID, nets[j].ID, d)
			}
			// A short readable one may have to be packed, and one stream has one code for unlike texts.
			if both := len(link.Encode(a)) + len(link.Encode(b)); len(fragment) > both+both/50+8 {
				t.Errorf("%s and %s: %d characters, two links have %d", nets[i].ID, nets[j].ID, len(fragment), both)
			}
			if len(fragment) > longest {
				longest, which = len(fragment), nets[i].ID+" and "+nets[j].ID
			}
		}
	}
	t.Logf("%d pairs: the longest link has %d characters (%s)", n/step, longest, which)
}

// A network and itself after an edit need little more than the network.
func TestPairOfAnEdit(t *testing.T) {
	a := zoo.ByID("resnet-152").Model()
	src := text.Format(a)
	b := parse(t, strings.Replace(src, "repeat 35", "repeat 22", 1))
	one, two := len(link.Encode(a)), len(link.EncodePair(a, b, link.Counting{}))
	if two > one+60 {
		t.Errorf("one has %d characters, both %d", one, two)
	}
}

func TestPairReadable(t *testing.T) {
	a, b := parse(t, "input 3x32x32; conv 4 k5"), parse(t, "name with; input 3x32x32; conv 8 k5")
	fragment := link.EncodePair(a, b, link.Counting{})
	if want := "1p.i3x32x32~c4k5~with~name_with~i3x32x32~c8k5~end"; fragment != want {
		t.Errorf("%s, want %s", fragment, want)
	}
	for _, mangled := range []string{fragment, "#" + fragment + ").", strings.ReplaceAll(fragment, "~", "%7E")} {
		if x, y, _, d := link.DecodePair(mangled); d != nil || !link.IsPair(mangled) || !arch.Same(x, a) || !arch.Same(y, b) {
			t.Errorf("%s does not open: %v", mangled, d)
		}
	}
	if link.IsPair(link.Encode(a)) || !link.Is(fragment) {
		t.Error("a pair is taken for one network, or for none")
	}
	if link.EncodePair(a, arch.Model{}, link.Counting{}) != "" || link.EncodePair(arch.Model{}, a, link.Counting{}) != "" {
		t.Error("nothing can be compared")
	}
	for _, k := range layer.Kinds {
		for _, name := range append([]string{k.Name, k.Alias}, k.Also...) {
			if name == "with" {
				t.Errorf("%s cannot be called with: it divides the networks of a readable link", k.Name)
			}
		}
	}
}

func TestPairDamaged(t *testing.T) {
	good := link.EncodePair(zoo.ByID("resnet-50").Model(), zoo.ByID("resnet-152").Model(), link.Counting{})
	for n := range len(good) {
		if _, _, _, d := link.DecodePair(good[:n]); d == nil {
			t.Errorf("cut to %d characters it opens", n)
		}
	}
	for name, c := range map[string]struct {
		fragment string
		want     catalog.Key
		first    bool // it can be read
	}{
		"one network":     {"1.i3x32x32~c4k5~end", catalog.LinkDamaged, true},
		"letters swapped": {"1pb.i3x8x8~with~i3x8x8~end", catalog.LinkForeign, false},
		"twice p":         {"1pp.i3x8x8~with~i3x8x8~end", catalog.LinkForeign, false},
		"nothing":         {"1p", catalog.LinkForeign, false},
		"no second":       {"1p.i3x8x8~end", catalog.LinkDamaged, true},
		"an empty second": {"1p.i3x8x8~with~~end", catalog.LinkEmpty, true},
		"an empty first":  {"1p.~with~i3x8x8~end", catalog.LinkEmpty, false},
		"three":           {"1p.i3x8x8~with~r~with~r~end", catalog.LinkDamaged, true},
		"no such layer":   {"1p.i3x8x8~with~i3x8x8~blah~end", catalog.LinkText, true},
		"packed, one":     {"1p" + link.Pack("input 3x8x8")[1:], catalog.LinkDamaged, true},
		"packed, three":   {"1p" + link.Pack("relu\x00relu\x00relu")[1:], catalog.LinkDamaged, false},
		"a bomb":          {"1p" + bomb(50 << 20)[1:], catalog.LinkTooBig, false},
		"a long first":    {"1p" + link.Pack(strings.Repeat("relu;", text.MaxBytes/4) + "\x00relu")[1:], catalog.LinkTooBig, false},
		"newer":           {"2p.i3x8x8~with~i3x8x8~end", catalog.LinkNewer, false},
	} {
		_, _, _, d := link.DecodePair(c.fragment)
		if d == nil || d.Say.Key != c.want {
			t.Errorf("%s: %.80q: %v, want %s", name, c.fragment, d, c.want)
		} else if s := d.Say.In(catalog.Korean); len(s) > 1000 {
			t.Errorf("%s: the message is %d bytes long", name, len(s))
		}
		if m, d := link.Decode(c.fragment); (d == nil) != c.first {
			t.Errorf("%s: %.80q opens as %s (%v)", name, c.fragment, text.Compact(m), d)
		}
	}
}

// FuzzDecodePair opens anything; what opens must come back the same through a link.
func FuzzDecodePair(f *testing.F) {
	for i := range zoo.Presets {
		f.Add(link.EncodePair(zoo.Presets[0].Model(), zoo.Presets[i].Model(), link.Counting{}))
	}
	for _, s := range []string{"1p.i1x8x8~with~i1x8x8~r~end", "1p.", "1pz", "1p.~with~~end"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		a, b, c, d := link.DecodePair(fragment)
		if d != nil {
			if d.Error() == "" {
				t.Error("nothing is said")
			}
			return
		}
		x, y, counting, d := link.DecodePair(link.EncodePair(a, b, c))
		if d != nil || counting != c || !arch.Same(x, a) || !arch.Same(y, b) {
			t.Errorf("%q opens, but its own link does not: %v", fragment, d)
		}
	})
}
