package link_test

import (
	"os"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/internal/randnet"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

const sets = "testdata/sets.txt"

func models(ids ...string) []arch.Model {
	byID := map[string]arch.Model{}
	for _, net := range zoo.All() {
		byID[net.ID] = net.Model()
	}
	all := make([]arch.Model, len(ids))
	for i, id := range ids {
		all[i] = byID[id]
	}
	return all
}

// TestSetCorpus opens every link of several networks ever published: link, and the
// networks in one line each. Lines are only ever added to the file.
func TestSetCorpus(t *testing.T) {
	data, err := os.ReadFile(sets)
	if err != nil {
		t.Fatal(err)
	}
	seen, lines := map[string]bool{}, 0
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line[0] == ';' {
			continue
		}
		lines++
		seen[strings.Join(f[1:], "\t")] = true
		s, d := link.DecodeSet(f[0])
		if d != nil || len(s.Lost) > 0 || len(s.Models) != len(f)-1 || len(s.Models) < 3 {
			t.Errorf("%s can no longer be opened: %v, %d of %d networks", f[0], d, len(s.Models), len(f)-1)
			continue
		}
		for i, m := range s.Models {
			if text.Compact(m) != f[i+1] && !arch.Same(m, parse(t, f[i+1])) {
				t.Errorf("%s opens as %s", f[0], text.Compact(m))
			}
		}
		if first, d := link.Decode("#" + f[0]); d != nil || !arch.Same(first, s.Models[0]) || !link.IsPair(f[0]) {
			t.Errorf("%s: whoever reads one network gets %s (%v)", f[0], text.Compact(first), d)
		}
	}
	if *add {
		file, err := os.OpenFile(sets, os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for _, ids := range [][]string{
			{"resnet-50", "resnet-101", "resnet-152"}, {"alexnet-2012", "alexnet-post", "alexnet-ungrouped", "alexnet-torchvision"},
			{"toy", "lenet-5", "toy"}, {"toy", "toy", "toy", "toy"}, {"vgg-11", "vgg-13", "vgg-16", "vgg-19", "alexnet-2012", "lenet-5"},
		} {
			line := ""
			for _, m := range models(ids...) {
				line += "\t" + text.Compact(m)
			}
			if !seen[line[1:]] {
				file.WriteString(link.EncodeSet(models(ids...), link.Counting{}) + line + "\n")
			}
		}
		return
	}
	if lines < 5 {
		t.Errorf("only %d links in the corpus", lines)
	}
}

// One network has the link that it has alone, two the link of a pair, and what is no set
// has none.
func TestSetForms(t *testing.T) {
	all := models("lenet-5", "resnet-50", "toy")
	c := link.Counting{Keras: true}
	if got := link.EncodeSet(all[:1], c); got != link.EncodeCounted(all[0], c) {
		t.Errorf("one: %s", got)
	}
	if got := link.EncodeSet(all[:2], c); got != link.EncodePair(all[0], all[1], c) {
		t.Errorf("two: %s", got)
	}
	if got := link.EncodeSet(all, c); !strings.HasPrefix(got, "1kpz") || !strings.HasSuffix(got, "~end") {
		t.Errorf("three: %s", got)
	}
	for _, none := range [][]arch.Model{nil, {{}}, {all[0], {}}, {all[0], all[1], {}},
		models("toy", "toy", "toy", "toy", "toy", "toy", "toy")} {
		if got := link.EncodeSet(none, c); got != "" {
			t.Errorf("%d networks: %s", len(none), got)
		}
	}
	flat := []arch.Model{parse(t, "input 3x8x8; conv 4 k5"), parse(t, "input 3x8x8; conv 8 k5"), parse(t, "input 3x8x8; relu")}
	want := "1p.i3x8x8~c4k5~with~i3x8x8~c8k5~with~i3x8x8~r~end"
	if got := link.EncodeSet(flat, link.Counting{}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, mangled := range []string{want, "#" + want + ").", strings.ReplaceAll(want, "~", "%7E")} {
		if s, d := link.DecodeSet(mangled); d != nil || len(s.Models) != 3 || len(s.Lost) > 0 || !arch.Same(s.Models[2], flat[2]) {
			t.Errorf("%s does not open: %v", mangled, d)
		}
	}
}

// TestSets sends networks of the zoo, each with those that follow it.
func TestSets(t *testing.T) {
	nets := zoo.All()
	step := 7
	if randnet.Fresh() {
		step = 1
	}
	longest, which := 0, ""
	for i := 0; i < len(nets); i += step {
		var all []arch.Model
		ids, alone := "", 0
		for k := range 3 + i%(link.MaxSet-2) {
			net := &nets[(i+k)%len(nets)]
			all, ids = append(all, net.Model()), ids+" "+net.ID
			alone += len(link.Encode(net.Model()))
		}
		c := link.Counting{Keras: i%2 == 0, NoBiases: i%3 == 0}
		fragment := link.EncodeSet(all, c)
		s, d := link.DecodeSet("#" + fragment)
		if d != nil || s.Counting != c || len(s.Models) != len(all) || len(s.Lost) > 0 {
			t.Fatalf("%s: %d networks, %v (%v)", ids, len(s.Models), s.Lost, d)
		}
		for k := range all {
			if text.Format(s.Models[k]) != text.Format(all[k]) {
				t.Fatalf("%s: network %d comes back as another", ids, k+1)
			}
		}
		if len(fragment) > alone+8*len(all) { // short readable ones may have to be packed
			t.Errorf("%s: %d characters, alone they have %d", ids, len(fragment), alone)
		}
		if len(fragment) > longest {
			longest, which = len(fragment), ids
		}
	}
	t.Logf("the longest link has %d characters (%s)", longest, which)
}

// Damage costs what is damaged, and what was cut off.
func TestSetDamaged(t *testing.T) {
	ids := []string{"resnet-50", "resnet-152", "vgg-16", "alexnet-2012"}
	all := models(ids...)
	good := link.EncodeSet(all, link.Counting{})
	streams := strings.Split(strings.TrimPrefix(good, "1pz"), "~")
	at := 3 // where the stream begins
	for k, stream := range streams[:len(all)] {
		for n := 0; n < len(stream)-11; n += 7 { // what comes then are bits without a meaning, and the check
			letter := "A"
			if stream[n] == 'A' {
				letter = "B"
			}
			s, d := link.DecodeSet(good[:at+n] + letter + good[at+n+1:])
			if k == 0 {
				if d == nil {
					t.Errorf("the first opens with another letter at %d", n)
				}
				continue
			}
			if d != nil || len(s.Models) != len(all)-1 || len(s.Lost) != 1 || s.Lost[0].Place != k+1 ||
				s.Lost[0].Why.Say.Key != catalog.LinkDamaged {
				t.Errorf("stream %d with another letter at %d: %v, lost %v", k+1, n, d, s.Lost)
				continue
			}
			for i, m := range append(append([]arch.Model{}, all[:k]...), all[k+1:]...) {
				if text.Format(m) != text.Format(s.Models[i]) {
					t.Errorf("stream %d with another letter at %d: network %d is another", k+1, n, i)
				}
			}
		}
		at += len(stream) + 1
	}
	// Cut anywhere, it opens with what is whole, and states that there was more.
	first := 3 + len(streams[0])
	for n := range len(good) {
		s, d := link.DecodeSet(good[:n])
		if (d == nil) != (n >= first) {
			t.Fatalf("cut to %d characters: %v", n, d)
		}
		if d == nil && (len(s.Lost) != 1 || text.Format(s.Models[0]) != text.Format(all[0])) {
			t.Errorf("cut to %d characters: lost %v", n, s.Lost)
		}
	}
	for fragment, want := range map[string]struct {
		models int
		lost   int
		why    catalog.Key
	}{
		"1p.i3x8x8~with~i3x8x8~r~with~r~c4":                                       {2, 3, catalog.LinkDamaged},
		"1p.i3x8x8~with~blah~with~i3x8x8~r~end":                                   {2, 2, catalog.LinkText},
		"1p.i3x8x8~with~~with~i3x8x8~r~end":                                       {2, 2, catalog.LinkEmpty},
		"1p.i1~" + strings.Repeat("with~i1~", 7) + "end":                          {6, 7, catalog.LinkMany},
		"1pz" + streams[0] + "~" + streams[1] + "~" + bomb(50 << 20)[2:] + "~end": {2, 3, catalog.LinkTooBig},
		"1pz" + streams[0] + strings.Repeat("~"+streams[1], 6) + "~end":           {6, 7, catalog.LinkMany},
	} {
		s, d := link.DecodeSet(fragment)
		if d != nil || len(s.Models) != want.models || len(s.Lost) != 1 || s.Lost[0].Place != want.lost || s.Lost[0].Why.Say.Key != want.why {
			t.Errorf("%.80q: %v, %d networks, lost %v", fragment, d, len(s.Models), s.Lost)
		}
	}
}

// A pair has one check for both. Of one that is damaged the first opens where the damage
// is seen behind it, and it is stated that the check does not cover it alone: of five hundred
// such links at most one opens with a first network that has changed where nothing shows it.
func TestPairFirst(t *testing.T) {
	opened, refused, wrong := 0, 0, 0
	for _, ids := range [][2]string{{"vgg-16", "resnet-50"}, {"toy", "googlenet"}, {"resnet-152", "densenet-121"}} {
		all := models(ids[:]...)
		good, want := link.EncodeSet(all, link.Counting{}), text.Format(all[0])
		for n := 3; n < len(good); n++ {
			damaged := []string{good[:n]}
			for _, letter := range "Aeko4_" {
				damaged = append(damaged, good[:n]+string(letter)+good[n+1:])
			}
			for i, fragment := range damaged {
				s, d := link.DecodeSet(fragment)
				switch {
				case d != nil:
					refused++
					continue
				case len(s.Lost) == 0: // another letter for bits without a meaning
					if text.Format(s.Models[1]) != text.Format(all[1]) {
						t.Errorf("%v: %s opens with another second network", ids, fragment)
					}
				case s.Lost[0].Why.Say.Key != catalog.LinkBehind:
					t.Errorf("%v: %s: %v", ids, fragment, s.Lost[0].Why)
				}
				opened++
				if text.Format(s.Models[0]) != want {
					wrong++
					if i == 0 {
						t.Errorf("%v: cut to %d characters it opens with another first network", ids, n)
					}
				}
			}
		}
	}
	if opened < refused || wrong*500 > opened {
		t.Errorf("%d damaged links open with their first network, %d of them with another, %d do not", opened, wrong, refused)
	}
	t.Logf("%d damaged links open with their first network, %d of them with another, %d do not", opened, wrong, refused)
}

// FuzzDecodeSet opens anything; what opens must come back the same through a link.
func FuzzDecodeSet(f *testing.F) {
	for i := range zoo.Presets {
		f.Add(link.EncodeSet([]arch.Model{zoo.Presets[0].Model(), zoo.Presets[i].Model(), zoo.Presets[1].Model()}, link.Counting{}))
	}
	for _, s := range []string{"1p.i1x8x8~with~i1x8x8~r~with~r~end", "1p.~with~~with~end", "1pz~~end", "1pz~", "1pz~end"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		s, d := link.DecodeSet(fragment)
		if d != nil {
			if d.Error() == "" || len(s.Models) > 0 {
				t.Errorf("%q: %v, and %d networks", fragment, d, len(s.Models))
			}
			return
		}
		for _, lost := range s.Lost {
			if lost.Place < 2 || lost.Why.Error() == "" {
				t.Errorf("%q: lost %+v", fragment, lost)
			}
		}
		again, d := link.DecodeSet(link.EncodeSet(s.Models, s.Counting))
		if d != nil || again.Counting != s.Counting || len(again.Models) != len(s.Models) || len(again.Lost) > 0 {
			t.Fatalf("%q opens, but its own link does not: %v, %v", fragment, d, again.Lost)
		}
		for i, m := range s.Models {
			if !arch.Same(m, again.Models[i]) {
				t.Errorf("%q: network %d comes back as another", fragment, i+1)
			}
		}
	})
}
