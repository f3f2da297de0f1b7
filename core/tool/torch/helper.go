package torch

import (
	"paramstack/core/layer"
	"paramstack/core/tool/vocab"
)

// A helperRow is a class of torch_helpers.py that is a layer: its kind, which fields its
// arguments are, and the fields that the class itself states.
type helperRow struct {
	kind  *layer.Kind
	args  map[string]string
	fixed map[string]string
}

// helperKinds are the classes of code that paramstack wrote, for reading it.
var helperKinds = map[string]helperRow{
	"WindowAttention":   {layer.WindowAttentionKind.Kind(), windowArgs, nil},
	"WindowAttentionV2": {layer.WindowAttentionKind.Kind(), windowArgs, map[string]string{"version": "v2"}},
	"RelativeAttention": {layer.WindowAttentionKind.Kind(), windowArgs, map[string]string{"version": "maxvit"}},
	"LayerNorm2d": {layer.LayerNormKind.Kind(), map[string]string{"eps": "eps"},
		map[string]string{"over": "channels"}},
	"MultiscaleAttention": {layer.MultiscaleAttentionKind.Kind(), map[string]string{"num_heads": "heads", "grid": "grid",
		"width": "width", "kernel_q": "kernel_q", "stride_q": "stride_q", "kernel_kv": "kernel_kv", "stride_kv": "stride_kv",
		"rel_pos": "rel_pos", "residual": "residual", "bias": "bias", "out_bias": "out_bias"}, nil},
}

var windowArgs = map[string]string{"num_heads": "heads", "window": "window", "shift": "shift", "bias": "bias",
	"out_bias": "out_bias"}

// helperLayer returns the layer that an object of such a class is, nil if it is none.
func helperLayer(class string, args []vocab.Arg) layer.Layer {
	row, ok := helperKinds[class]
	if !ok {
		return nil
	}
	l := row.kind.New()
	set := func(field, text string) bool {
		f := row.kind.Field(field)
		return f != nil && f.At(l).Parse(text) == nil
	}
	for field, text := range row.fixed {
		if !set(field, text) {
			return nil
		}
	}
	for _, a := range args {
		field := row.args[a.Name]
		if field == "" || a.Value == nil { // of the input, or as it is without
			continue
		}
		if !set(field, vocab.Text(a.Value)) {
			return nil
		}
	}
	return l
}
