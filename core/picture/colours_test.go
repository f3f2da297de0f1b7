package picture

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/layer"
)

// contrast is that of WCAG 2, §1.4.11, between two colours written as #rrggbb.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	light := func(hex string) float64 {
		if len(hex) == 4 {
			hex = "#" + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:3], 2) + strings.Repeat(hex[3:4], 2)
		}
		n, err := strconv.ParseUint(hex[1:], 16, 24)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i, weight := range []float64{0.0722, 0.7152, 0.2126} {
			c := float64(n>>(8*i)&255) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// themes are the colours of the page: those of its light theme, of the dark one by the
// system's choice and by the reader's, and of paper.
func themes(t *testing.T) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	blocks := regexp.MustCompile(`(?s)(:root[^{]*)\{(.*?)\}`)
	colour := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]+)`)
	for _, file := range []string{"paramstack.css", "print.css"} {
		text, err := os.ReadFile("../../web/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range blocks.FindAllStringSubmatch(string(text), -1) {
			vars := map[string]string{}
			for _, c := range colour.FindAllStringSubmatch(block[2], -1) {
				vars[c[1]] = c[2]
			}
			if vars["bg"] != "" {
				all[file+" "+strings.TrimSpace(block[1])] = vars
			}
		}
	}
	if len(all) < 4 || all["paramstack.css :root"] == nil {
		t.Fatalf("%d themes: %v", len(all), all)
	}
	return all
}

// grey are the families whose blocks have no colour of their own.
var grey = map[layer.Group]bool{layer.GroupInput: true, layer.GroupPool: true, layer.GroupActivation: true,
	layer.GroupShape: true, layer.GroupOther: true}

// TestContrast holds the edges of blocks, and what else is drawn as a line that means
// something, to 3:1 against the ground, in each theme and in what is exported; and the
// colours of an export to be the page's.
func TestContrast(t *testing.T) {
	const least = 3
	for g, c := range familyColours {
		if got := contrast(t, c, toneColours[Paper]); got < least {
			t.Errorf("%s is exported at %.2f:1", layer.Group(g).Name(), got)
		}
	}
	for _, tone := range []Tone{Ink, Mute, Kernel, Bad} {
		if got := contrast(t, toneColours[tone], toneColours[Paper]); got < least {
			t.Errorf("%s is exported at %.2f:1", toneNames[tone], got)
		}
	}
	for name, vars := range themes(t) {
		for g, exported := range familyColours {
			as := layer.Group(g).Name()
			if grey[layer.Group(g)] {
				as = "mute" // web/picture.css
			}
			if vars[as] == "" {
				t.Fatalf("%s has no --%s", name, as)
			}
			if got := contrast(t, vars[as], vars["bg"]); got < least {
				t.Errorf("%s: %s at %.2f:1", name, as, got)
			}
			if name == "paramstack.css :root" && vars[as] != exported {
				t.Errorf("%s is %s on the page and %s in an export", layer.Group(g).Name(), vars[as], exported)
			}
		}
		for _, as := range []string{"ink", "mute", "k", "bad"} {
			if got := contrast(t, vars[as], vars["bg"]); got < least {
				t.Errorf("%s: --%s at %.2f:1", name, as, got)
			}
		}
	}
}

// TestMarks requires families that have weights to differ by more than their colours when
// patterns are asked for, and patterns to be there.
func TestMarks(t *testing.T) {
	seen := map[string]layer.Group{}
	for g := range layer.Groups {
		if grey[g] {
			continue
		}
		mark := familyMarks[g]
		if other, twice := seen[mark.path]; twice {
			t.Errorf("%s looks like %s without colour", g.Name(), other.Name())
		}
		seen[mark.path] = g
		if mark.path != "" && (!strings.Contains(defs, `id="p-`+g.Name()+`"`) || !strings.Contains(MarkRules(), "url(#p-"+g.Name()+")")) {
			t.Errorf("the pattern of %s is not there", g.Name())
		}
	}
	s := Of(reports()["resnet-18"], Options{Style: count.PyTorch})
	if plain := SVG(s, Output{Colours: true}); strings.Contains(plain, "fill:url(#p-dense)") {
		t.Error("patterns that nobody asked for")
	}
	if !strings.Contains(SVG(s, Output{Colours: true, Marks: true}), "fill:url(#p-dense)") ||
		!strings.Contains(TikZ(s, true), "pattern=north east lines") {
		t.Error("no patterns")
	}
}
