package layer_test

import (
	"maps"
	"strings"
	"testing"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// The classes that reshape, normalise and join.
func init() {
	maps.Copy(kerasClasses, map[string]kerasClass{
		"LayerNormalization": {kind: "layernorm", fields: map[string]string{"center": "bias", "scale": "scale"}},
		"Embedding":          {kind: "embedding", say: sayTable},
		"Reshape":            {kind: "reshape", fields: map[string]string{"targetShape": "sizes"}},
		"Permute":            {kind: "permute", fields: map[string]string{"dims": "dims"}},
		"RepeatVector":       {kind: "repeatvector", fields: map[string]string{"n": "copies"}},
		"PReLU":              {kind: "prelu", image: true, say: saySlopes},
		"ThresholdedReLU":    {kind: "threshold", fixed: map[string]string{"threshold": "1"}},
		"GaussianNoise":      {kind: "gaussiannoise", fields: map[string]string{"stddev": "stddev"}},
		"SpatialDropout1D":   {kind: "spatialdropout", fields: map[string]string{"rate": "p"}},
	})
}

func sayTable(c kerasCase, given map[string]string) {
	given["table"] = written(c.Config["inputDim"]) + "x" + written(c.Config["outputDim"])
}

// saySlopes says which dimensions share a slope: Keras counts them from 1 with the
// channels last.
func saySlopes(c kerasCase, given map[string]string) {
	axes, _ := c.Config["sharedAxes"].([]any)
	if len(axes) == 0 {
		given["each"] = "on"
		return
	}
	var ours []any
	for _, a := range axes {
		ours = append(ours, float64(int(a.(float64))%len(c.Input)+1))
	}
	given["shared_axes"] = written(ours)
}

// TestProvenance wants that extents which only move, or are laid in a row and taken
// out again, still show what they are and where they come from.
func TestProvenance(t *testing.T) {
	c := tensor.Dim{N: 96, Written: num.ProductOf(48, 2), From: 1}
	h, w := tensor.Dim{N: 6, From: 2}, tensor.Dim{N: 4, From: 3}
	row := tensor.Dim{N: 24, Parts: []tensor.Dim{w, h}}
	all := tensor.Dim{N: 2304, Parts: []tensor.Dim{h, w, c}}
	for _, test := range []struct {
		kind, value string
		in, want    tensor.Shape
	}{
		{"permute", "2x3x1", tensor.Shape{c, h, w}, tensor.Shape{h, w, c}},
		{"permute", "-1x1x2", tensor.Shape{c, h, w}, tensor.Shape{w, c, h}},
		{"reshape", "?x24", tensor.Shape{c, h, w}, tensor.Shape{c, row}},
		{"reshape", "?", tensor.Shape{c, h, w}, tensor.Shape{all}},
		{"reshape", "96x6x4", tensor.Shape{all}, tensor.Shape{c, h, w}},
		{"reshape", "1x96x1x24", tensor.Shape{c, h, w}, tensor.Shape{{N: 1}, c, {N: 1}, row}},
		{"reshape", "32x72", tensor.Shape{c, h, w}, tensor.Shape{{N: 32}, {N: 72}}},
		{"reshape", "96x2x3x4", tensor.Shape{c, h, w}, tensor.Shape{c, {N: 2}, {N: 3}, w}},
		{"unflatten", "2x?", tensor.Shape{c, h, w}, tensor.Shape{{N: 2}, {N: 48}, h, w}},
		{"squeeze", "2", tensor.Shape{c, {N: 1}, w}, tensor.Shape{c, w}},
		{"unsqueeze", "-1", tensor.Shape{c, w}, tensor.Shape{c, w, {N: 1}}},
		{"chunk", "2", tensor.Shape{c, h}, tensor.Shape{{N: 48}, h}},
		{"select", "-1", tensor.Shape{c, h}, tensor.Shape{h}},
		{"mean", "2x3", tensor.Shape{c, h, w}, tensor.Shape{c}},
	} {
		l := layer.ByName(test.kind).New()
		l, d := layer.With(l, l.Kind().Main(), test.value)
		if d != nil {
			t.Fatal(d)
		}
		r, d := layer.Apply(l, []tensor.Shape{test.in})
		if d != nil || !r.Out.LooksLike(test.want) || !sameOrigins(r.Out, test.want) {
			t.Errorf("%s %s of %v gives %v, want %v (%v)", test.kind, test.value, test.in, r.Out, test.want, d)
		}
	}
}

func sameOrigins(a, b tensor.Shape) bool {
	for i := range a {
		if a[i].From != b[i].From || !sameOrigins(a[i].Parts, b[i].Parts) {
			return false
		}
	}
	return true
}

// TestSlice compares with Python's slices and torch.chunk.
func TestSlice(t *testing.T) {
	for _, test := range []struct{ kind, options, want string }{
		{"slice", "from=1", "9"}, {"slice", "to=1", "1"}, {"slice", "from=-3", "3"}, {"slice", "to=-3", "7"},
		{"slice", "from=-99 to=99", "10"}, {"slice", "step=2", "5"}, {"slice", "from=1 step=2", "5"},
		{"slice", "step=3", "4"}, {"slice", "from=9 step=3", "1"}, {"slice", "from=10", "-"}, {"slice", "from=3 to=3", "-"},
		{"chunk", "chunks=3", "4"}, {"chunk", "chunks=3 part=2", "2"}, {"chunk", "chunks=3 part=3", "-"},
		{"chunk", "chunks=6 part=4", "2"}, {"chunk", "chunks=6 part=5", "-"}, // five parts of two
		{"select", "index=9", ""}, {"select", "index=-10", ""}, {"select", "index=10", "-"}, {"select", "index=-11", "-"},
		{"select", "dim=0", "-"}, {"slice", "dim=0", "-"}, {"glu", "dim=1", "5"},
	} {
		given := map[string]string{}
		for _, option := range strings.Fields(test.options) {
			name, value, _ := strings.Cut(option, "=")
			given[name] = value
		}
		l, d := build(test.kind, given)
		if d != nil {
			t.Fatal(d)
		}
		got := "-"
		if r, d := layer.Apply(l, []tensor.Shape{tensor.Of(10)}); d == nil {
			got = r.Out.String()
		}
		if got != test.want {
			t.Errorf("%s %s of 10 gives %q, want %q", test.kind, test.options, got, test.want)
		}
	}
}

// TestJoinShapes joins shapes that stretch, multiply or do not fit.
func TestJoinShapes(t *testing.T) {
	unknown := int64(tensor.Unknown)
	for _, test := range []struct {
		kind, field, value string
		in                 [][]int64
		want               string // "" where it is refused
	}{
		{"mul", "", "", [][]int64{{64, 7, 7}, {64, 1, 1}}, "64×7×7"},
		{"mul", "", "", [][]int64{{1, 7, 7}, {64, 1, 1}}, "64×7×7"},
		{"add", "", "", [][]int64{{unknown, 7}, {1, 7}}, "?×7"},
		{"add", "", "", [][]int64{{1, 7}, {unknown, 7}}, "?×7"},
		{"add", "", "", [][]int64{{unknown, 7}, {3, 7}, {1, 1}}, "3×7"},
		{"add", "", "", [][]int64{{2, 7}, {3, 7}}, ""},
		{"add", "", "", [][]int64{{7}, {1, 7}}, ""},
		{"sub", "", "", [][]int64{{7}, {7}, {7}}, ""},
		{"matmul", "", "", [][]int64{{8, 5, 3}, {8, 3, 4}}, "8×5×4"},
		{"matmul", "", "", [][]int64{{8, 5, 3}, {1, 3, 4}}, "8×5×4"},
		{"matmul", "", "", [][]int64{{5, 3}, {4, 3}}, ""},
		{"matmul", "transpose", "on", [][]int64{{5, 3}, {4, 3}}, "5×4"},
		{"matmul", "", "", [][]int64{{3}, {3}}, ""},
		{"side", "", "", [][]int64{{5, 3}, {1000}}, "5×3"},
		{"from", "", "", [][]int64{{5, 3}}, "5×3"},
		{"from", "", "", [][]int64{{5, 3}, {1}}, ""},
		{"concat", "dim", "-1", [][]int64{{5, 3}, {5, 4}}, "5×7"},
	} {
		given := map[string]string{}
		if test.field != "" {
			given[test.field] = test.value
		}
		l, _ := build(test.kind, given)
		in := make([]tensor.Shape, len(test.in))
		for i := range in {
			in[i] = tensor.Of(test.in[i]...)
		}
		got := ""
		if r, d := layer.Apply(l, in); d == nil {
			got = r.Out.String()
		}
		if got != test.want {
			t.Errorf("%s %v of %v gives %q, want %q", test.kind, given, in, got, test.want)
		}
	}
}
