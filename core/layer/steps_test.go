package layer_test

import (
	"testing"

	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// TestSteps wants the arithmetic that is shown of every kind to work out as what
// its shape rule gives, over all ways to slide a window and more.
func TestSteps(t *testing.T) {
	choices := map[string][]string{
		"kernel": {"1", "2", "3", "3x2"}, "stride": {"", "1", "2", "3"}, "padding": {"", "0", "1", "same", "valid", "keras-same", "causal"},
		"dilation": {"1", "2"}, "ceil": {"off", "on"}, "caffe": {"off", "on"}, "output_padding": {"", "1"}, "last": {"off", "on"},
		"sides": {"1", "1+2x0+3", "-1", "1x0x2"}, "filters": {"4"}, "scale_factor": {"2", "1.5"}, "dim": {"1", "2"},
		"upscale_factor": {"2"}, "downscale_factor": {"2"}, "start": {"1", "2"}, "end": {"-1", "2"},
	}
	inputs := [][]tensor.Shape{
		{tensor.Of(4, 7)}, {tensor.Of(4, 10, 7)}, {tensor.Of(4, 8, 12)}, {tensor.Of(4, 5, 6, 7)}, {tensor.Of(4, -1, 6)},
		{tensor.Of(4, 9, 9), tensor.Of(2, 9, 9)}, {tensor.Of(4, 9, 9), tensor.Of(4, 5, 9), tensor.Of(4, 1, 9)}, {nil},
	}
	checked := map[string]int{}
	for _, k := range layer.Kinds {
		for _, l := range settings(k, choices) {
			for _, in := range inputs {
				if in[0] == nil || !k.Joins() && len(in) > 1 {
					continue
				}
				r, d := layer.Apply(l, in)
				if d != nil && d.Severity == diag.Error {
					continue
				}
				steps := layer.Steps(l, in)
				for i := range steps {
					s := &steps[i]
					checked[k.Name]++
					if got := s.Expr.Value(); !got.Equal(num.Of(r.Out[s.Extent].N)) {
						t.Errorf("%s %v: extent %d is %v, the steps give %s", k.Name, in, s.Extent, r.Out[s.Extent], got)
					}
				}
				if w := r.Window; k.Group == layer.GroupConv && len(in) == 1 && w != nil && len(w.Dims) > 0 && in[0].Known() && len(steps) != len(w.Dims) {
					t.Errorf("%s %v: %d steps for %d dimensions", k.Name, in, len(steps), len(w.Dims))
				}
			}
		}
	}
	for _, name := range []string{"conv", "depthwise", "separable", "convtranspose", "maxpool", "avgpool", "lppool", "convlstm", "pad", "crop", "flatten", "concat", "upsample", "pixelshuffle", "pixelunshuffle"} {
		if checked[name] < 2 {
			t.Errorf("%s: %d steps checked", name, checked[name])
		}
	}
	t.Log(checked)
	if layer.Steps(layer.ByName("conv").New(), []tensor.Shape{nil}) != nil {
		t.Error("steps of nothing")
	}
}

// settings are the layers of a kind with every combination of values.
func settings(k *layer.Kind, choices map[string][]string) []layer.Layer {
	all := []layer.Layer{k.New()}
	for i := range k.Fields {
		f := &k.Fields[i]
		values, ok := choices[f.Name]
		if !ok {
			continue
		}
		var more []layer.Layer
		for _, l := range all {
			for _, v := range values {
				if v == "" {
					more = append(more, l)
				} else if set, d := layer.With(l, f, v); d == nil {
					more = append(more, set)
				}
			}
		}
		if len(more) > 0 {
			all = more
		}
	}
	return all
}
