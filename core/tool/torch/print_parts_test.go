package torch

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestPrintParts reads prints whose beginning or end is cut off, whose total is a minimum,
// and modules in lists, dictionaries and lines, whose total is exact.
func TestPrintParts(t *testing.T) {
	const conv, fc = "Conv2d(2, 5, kernel_size=(3, 3), stride=(1, 1))", "Linear(in_features=20, out_features=3, bias=True)"
	for name, c := range map[string]struct{ print, want string }{
		"cut amid arguments":   {"Net(\n  (a): " + conv + "\n  (b): Linear(in_features=20, out_fe", "≥95 input 2x?x?"},
		"cut amid a bias":      {"Net(\n  (a): " + conv + "\n  (b): Conv2d(5, 5, kernel_size=(1, 1), ", "≥95"},
		"cut behind a layer":   {"Net(\n  (a): Sequential(\n    (0): " + conv + "\n    (1): ReLU()\n", "≥95"},
		"the last bracket":     {"Net(\n  (a): " + conv + "\n  (fc): " + fc, "≥158"},
		"cut at the beginning": {"    (1): " + conv + "\n    (2): ReLU()\n  )\n  (fc): " + fc + "\n)\n", "≥158"},
		"cut at both ends":     {"  (1): " + conv + "\n  (b): Sequential(\n    (0): " + fc + "\n", "≥158"},
		"one line of many":     {"  (fc): " + fc + "\n", "≥63"},
		"a list":               {"[" + conv + ", ReLU(inplace=True), " + fc + "]", "158 input 2x?x?"},
		"a list by line":       {"[" + conv + ",\n ReLU(),\n " + fc + "]\n", "158"},
		"pairs":                {"[('a', " + conv + "), ('b', " + fc + ")]", "158"},
		"a dictionary":         {"{'a': " + conv + ", 'b': " + fc + "}", "158"},
		"an ordered one":       {"OrderedDict([('a', " + conv + "), ('b', " + fc + ")])", "158"},
		"numbers and arrows":   {"0 -> " + conv + "\n1 -> ReLU()\n2 -> " + fc + "\n", "158"},
		"names and blanks":     {"conv1 " + conv + "\nfc " + fc + "\n", "158"},
		"children":             {conv + "\nReLU()\n" + fc + "\n", "158"},
		"whole":                {"Net(\n  (a): " + conv + "\n  (fc): " + fc + "\n)", "158"},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(c.print)), readers...)
		if d != nil {
			t.Errorf("%s: %v", name, d)
			continue
		}
		k := count.Of(r.Model).Totals
		got, cut := k.Params(true).String(), false
		if k.ParamsAtLeast {
			got = "≥" + got
		}
		for _, n := range r.Notes {
			cut = cut || n.Say.Key == catalog.ImportPrintCut
		}
		number, begins, _ := strings.Cut(c.want, " ")
		if _, body, _ := strings.Cut(text.Format(r.Model), "\n"); got != number || !strings.HasPrefix(strings.TrimSpace(body), begins) {
			t.Errorf("%s: %s, want %s:\n%s", name, got, c.want, body)
		}
		if cut != strings.HasPrefix(c.want, "≥") {
			t.Errorf("%s: the note that it is cut off is %v", name, cut)
		}
	}
}

// TestNamelessParameters counts parameters that are printed without their names.
func TestNamelessParameters(t *testing.T) {
	for src, want := range map[string]string{
		"[Parameter containing:\ntensor([[ 0.1, -0.2, 0.3],\n        [ 0.4, 0.5, 0.6]], requires_grad=True), Parameter containing:\ntensor([0.1, 0.2], requires_grad=True)]": "8",
		"Parameter containing:\ntensor([[1., 2.]], device='cuda:0', requires_grad=True)\nParameter containing:\ntensor([0.5], requires_grad=True)\n":                         "3",
		"[Parameter containing:\ntensor([[ 0.1, ..., 0.3]], requires_grad=True), Parameter containing:\ntensor([0.1, 0.2], requires_grad=True)]":                             "2 at least",
	} {
		r, format, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &FileReader, &PrintReader, &ListingReader)
		if d != nil {
			t.Errorf("%v, %v: %s", format, d, src)
			continue
		}
		k := count.Of(r.Model).Totals
		got := k.Params(true).String()
		if k.ParamsAtLeast {
			got += " at least"
		}
		if got != want {
			t.Errorf("%s, want %s: %s\n%s", got, want, src, text.Compact(r.Model))
		}
	}
}
