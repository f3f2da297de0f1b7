package caffe

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestCaffeStates reads files that hold several networks: that of the TEST phase
// comes first, others that differ in weights or shapes come too, and what adds
// nothing is said.
func TestCaffeStates(t *testing.T) {
	const in = `name: "n" input: "x" input_dim: 1 input_dim: 4 input_dim: 8 input_dim: 8 `
	conv := func(name, from, rule string, filters int) string {
		return fmt.Sprintf(`layer { name: %q type: "Convolution" bottom: %q top: %[1]q convolution_param { num_output: %[3]d kernel_size: 3 } %[4]s } `, name, from, filters, rule)
	}
	for _, c := range []struct {
		name, src, first string
		more             []string
		notes            []string
	}{
		{"a deploy file", in + conv("a", "x", "", 2), "i4x8x8;a:c2k3", nil, nil},
		{"dropout and a loss while training", in + conv("a", "x", "", 2) +
			`layer { name: "d" type: "Dropout" bottom: "a" top: "a" include { phase: TRAIN } } layer { name: "l" type: "SoftmaxWithLoss" bottom: "a" bottom: "y" include { phase: 0 } }`,
			"i4x8x8;a:c2k3", nil, []string{"import.other-phase", "import.state-alike"}},
		{"a head that only trains", in + conv("a", "x", "", 2) + conv("h", "a", "include { phase: TRAIN }", 3),
			"i4x8x8;a:c2k3", []string{"n (TRAIN);i4x8x8;a:c2k3;h:c3k3"}, []string{"import.other-phase", "import.state-more"}},
		{"pictures of another size", `name: "n" layer { name: "x" type: "Data" top: "x" include { phase: TRAIN } transform_param { crop_size: 9 mean_value: 1 mean_value: 2 } }
			layer { name: "x" type: "Data" top: "x" include { phase: TEST } transform_param { crop_size: 8 mean_value: 1 mean_value: 2 } } ` + conv("a", "x", "", 2),
			"i2x8x8;a:c2k3", []string{"n (TRAIN);i2x9x9;a:c2k3"}, []string{"import.other-phase", "import.state-more"}},
		{"an end that only answers", in + conv("a", "x", "", 2) + `layer { name: "f" type: "Flatten" bottom: "a" top: "f" include { phase: TEST } }`,
			"i4x8x8;a:c2k3;f", nil, []string{"import.state-alike"}},
		{"stages", in + conv("a", "x", `exclude { stage: "deploy" }`, 2) + conv("b", "x", `include { stage: "deploy" }`, 5),
			"i4x8x8;a:c2k3", []string{"n (TEST, deploy);i4x8x8;b:c5k3"}, []string{"import.other-stage", "import.state-more"}},
		{"a stage that the file names itself", in + `state { phase: TRAIN stage: "deploy" } ` + conv("a", "x", `exclude { stage: "deploy" }`, 2) + conv("b", "x", `include { stage: "deploy" }`, 5),
			"i4x8x8;b:c5k3", nil, []string{"import.other-stage"}},
		{"a network that cannot be", in + conv("a", "x", "", 2) + conv("h", "a", "include { phase: TRAIN }", -3),
			"i4x8x8;a:c2k3", nil, []string{"import.other-phase", "import.state-unread"}},
		{"nothing but training", in + conv("a", "x", "include { phase: TRAIN }", 2),
			"i4x8x8;a:c2k3", nil, []string{"import.state-only"}},
	} {
		r, _, d := tooltest.Open(tooltest.File("n.prototxt", []byte(c.src)), readers...)
		if d != nil {
			t.Errorf("%s: %s", c.name, d.Say.In(catalog.English))
			continue
		}
		if got := text.Compact(r.Model); got != "name n;"+c.first {
			t.Errorf("%s: %s, want %s", c.name, got, c.first)
		}
		var more, notes []string
		for _, o := range r.More {
			more = append(more, strings.TrimPrefix(text.Compact(o.Model), "name "))
		}
		for _, n := range r.Notes {
			notes = append(notes, string(n.Say.Key))
		}
		slices.Sort(notes)
		if !slices.Equal(more, c.more) || !slices.Equal(notes, c.notes) {
			t.Errorf("%s:\n%q, %q\nwant\n%q, %q", c.name, more, notes, c.more, c.notes)
		}
	}
}
