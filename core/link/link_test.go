package link_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"flag"
	"os"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

var add = flag.Bool("add", false, "add the links of presets that the corpus does not have yet")

const corpus = "testdata/v1.txt"

func parse(t testing.TB, src string) arch.Model {
	t.Helper()
	file, problems := text.Parse(src)
	if len(problems) > 0 {
		t.Fatalf("%v in\n%s", problems[0], src)
	}
	return file.Model
}

// TestCorpus opens every link ever published: link, its network in one line, its
// parameters and MACs. Lines are only ever added to the file.
func TestCorpus(t *testing.T) {
	data, err := os.ReadFile(corpus)
	if err != nil && !*add {
		t.Fatal(err)
	}
	seen, lines := map[string]bool{}, 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == ';' {
			continue
		}
		lines++
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			t.Fatalf("%d columns in %q", len(f), line)
		}
		seen[f[1]] = true
		m, d := link.Decode(f[0])
		if d != nil {
			t.Errorf("%s can no longer be opened: %v", f[0], d)
			continue
		}
		if got := text.Compact(m); got != f[1] && !arch.Same(m, parse(t, f[1])) {
			t.Errorf("%s opens as\n%s\nnot as\n%s", f[0], got, f[1])
		}
		r := count.Of(m).Totals
		if p, macs := r.Params(true).String(), r.MACs.String(); p != f[2] || macs != f[3] {
			t.Errorf("%s has %s parameters and %s MACs, before %s and %s", f[0], p, macs, f[2], f[3])
		}
	}
	if *add {
		file, err := os.OpenFile(corpus, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		for i := range zoo.Presets {
			m := zoo.Presets[i].Model()
			if c := text.Compact(m); !seen[c] {
				r := count.Of(m).Totals
				file.WriteString(strings.Join([]string{link.Encode(m), c, r.Params(true).String(), r.MACs.String()}, "\t") + "\n")
			}
		}
		return
	}
	if lines < 11 {
		t.Errorf("only %d links in the corpus", lines)
	}
}

// TestLengths holds the links to what can be sent in a message.
func TestLengths(t *testing.T) {
	for id, most := range map[string]int{"alexnet-2012": 150, "alexnet-torchvision": 150, "resnet-152": 400, "googlenet": 400} {
		if n := len(link.Encode(zoo.ByID(id).Model())); n > most {
			t.Errorf("the link of %s has %d characters, more than %d", id, n, most)
		} else {
			t.Logf("%s: %d characters", id, n)
		}
	}
}

// kept lists stacks that must come back as they were.
var kept = []string{
	"input 3x32x32",
	"name 층 하나; input 1x8x8; conv 4*2 k3 g2 frozen",
	"name a_b~c; input 1x8x8",
	"name ends in a dot.; input 1x8x8; relu",
	"enc_1: input 1x8x8; add @enc_1",
	"enc1: input 1x8x8; conv 8 k3 p1; concat @enc1",
	"input 1x8x8; repeat 3 { repeat 2 { add { bn | relu } } }",
	"# a comment\ninput 1x8x8  # behind\nrepeat 2 {  # in the head\n  relu\n  # in the tail\n}\n# at the end",
	"input 1x8x8; leakyrelu slope=1e-05; threshold threshold=0.1 value=-20",
	"input ?x?",
}

func TestKept(t *testing.T) {
	for _, src := range kept {
		m := parse(t, src)
		fragment := link.Encode(m)
		back, d := link.Decode("#" + fragment)
		if d != nil {
			t.Errorf("%q: %v", src, d)
			continue
		}
		if !arch.Same(back, m) || text.Format(back) != text.Format(m) {
			t.Errorf("%q comes back as %q", text.Format(m), text.Format(back))
		}
		if strings.ContainsFunc(fragment, func(r rune) bool { return !strings.ContainsRune(alphabet, r) }) {
			t.Errorf("%q has characters that may be escaped on the way", fragment)
		}
		if last := fragment[len(fragment)-1]; strings.IndexByte("-._~", last) >= 0 {
			t.Errorf("%q ends in punctuation", fragment)
		}
	}
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// TestMangled opens links that came through other programs.
func TestMangled(t *testing.T) {
	for _, id := range []string{"alexnet-2012", "resnet-50"} {
		want := zoo.ByID(id).Model()
		fragment := link.Encode(want)
		for _, got := range []string{
			fragment + ".", fragment + ")", fragment + ">,", " " + fragment + "\n",
			strings.ReplaceAll(fragment, "~", "%7E"), strings.ReplaceAll(strings.ReplaceAll(fragment, "_", "%5f"), ".", "%2E"),
		} {
			if m, d := link.Decode(got); d != nil || !arch.Same(m, want) {
				t.Errorf("%q does not open: %v", got, d)
			}
		}
	}
}

// TestTruncated cuts every preset's link everywhere: never another network.
func TestTruncated(t *testing.T) {
	for i := range zoo.Presets {
		fragment := link.Encode(zoo.Presets[i].Model())
		for n := range len(fragment) {
			if m, d := link.Decode(fragment[:n]); d == nil && !arch.Same(m, zoo.Presets[i].Model()) {
				t.Errorf("%s cut to %d characters opens as %s", zoo.Presets[i].ID, n, text.Compact(m))
			}
		}
	}
}

// bomb packs n bytes of a text without the check.
func bomb(n int) string {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	w.Write(bytes.Repeat([]byte("relu;"), n/5))
	w.Close()
	return "1z" + base64.RawURLEncoding.EncodeToString(b.Bytes()) + "0000"
}

func TestDamaged(t *testing.T) {
	good := link.Encode(zoo.ByID("resnet-152").Model())
	deep := strings.Repeat("add{", 10_000) + strings.Repeat("|}", 10_000)
	for name, c := range map[string]struct {
		fragment string
		want     catalog.Key
	}{
		"other app":     {"#/settings?tab=2", catalog.LinkForeign},
		"anchor":        {"readme", catalog.LinkForeign},
		"percent":       {"m=%zz%", catalog.LinkForeign},
		"a number":      {"2024", catalog.LinkForeign},
		"markup":        {"<img src=x onerror=alert(1)>", catalog.LinkForeign},
		"empty":         {"", catalog.LinkForeign},
		"other form":    {"1?abc", catalog.LinkForeign},
		"newer":         {"2.i3x32x32~end", catalog.LinkNewer},
		"newer, packed": {"17q!", catalog.LinkNewer},
		"cut off":       {"1.i3x227x227~c96k11s4~r~n~m3", catalog.LinkDamaged},
		"cut, packed":   {good[:40], catalog.LinkDamaged},
		"one letter":    {good[:20] + "A" + good[21:], catalog.LinkDamaged},
		"nothing in it": {"1z", catalog.LinkDamaged},
		"not base64":    {"1z****0000", catalog.LinkDamaged},
		"5 MB":          {"1z" + strings.Repeat("A", 5<<20), catalog.LinkTooLong},
		"a bomb":        {bomb(50 << 20), catalog.LinkTooBig},
		"no such layer": {"1.i3x32x32~blah~end", catalog.LinkText},
		"huge number":   {"1.i3x32x32~c99999999999999999999k3~end", catalog.LinkText},
		"no layers":     {"1.~end", catalog.LinkEmpty},
		"deep":          {link.Pack(deep), catalog.LinkText},
	} {
		t.Run(name, func(t *testing.T) {
			_, d := link.Decode(c.fragment)
			if d == nil {
				t.Fatalf("%.80q opens", c.fragment)
			}
			if d.Say.Key != c.want {
				t.Errorf("%.80q: %v (%s), want %s", c.fragment, d, d.Say.Key, c.want)
			}
			if s := d.Say.In(catalog.Korean); len(s) > 1000 || len(d.Error()) > 1000 {
				t.Errorf("the message is %d bytes long: %.200s", len(s), s)
			}
		})
	}
}

// FuzzDecode opens anything; what opens must come back the same through a link.
func FuzzDecode(f *testing.F) {
	for i := range zoo.Presets {
		f.Add(link.Encode(zoo.Presets[i].Model()))
	}
	for _, s := range []string{"", "1.", "1z", "1.~end", "#1.i1x8x8~r~end", "9z", "%zz%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		m, d := link.Decode(fragment)
		if d != nil {
			if d.Error() == "" {
				t.Error("nothing is said")
			}
			return
		}
		if back, d := link.Decode(link.Encode(m)); d != nil || !arch.Same(m, back) {
			t.Errorf("%q opens, but its own link does not: %v", fragment, d)
		}
	})
}

// FuzzUnpack does the same with texts, which a fuzzer does not find through a
// check sum.
func FuzzUnpack(f *testing.F) {
	for _, src := range kept {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		m, d := link.Decode(link.Pack(src))
		if d != nil || len(src) > text.MaxBytes/4 {
			return
		}
		if back, d := link.Decode(link.Encode(m)); d != nil || !arch.Same(m, back) {
			t.Errorf("%q opens, but its own link does not: %v", src, d)
		}
	})
}
