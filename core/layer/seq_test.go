package layer_test

import (
	"maps"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// The classes of layer for sequences.
func init() {
	fields := map[string]string{"units": "hidden", "useBias": "bias", "returnSequences": "last", "mergeMode": "merge"}
	maps.Copy(kerasClasses, map[string]kerasClass{
		"SimpleRNN": {kind: "rnn", fields: fields},
		"LSTM":      {kind: "lstm", fields: fields},
		"GRU":       {kind: "gru", fields: fields, fixed: map[string]string{"reset_after": "off"}}, // TensorFlow.js has no other
		"ConvLSTM2D": {kind: "convlstm", film: true, fields: map[string]string{"filters": "filters", "kernelSize": "kernel",
			"padding": "padding", "strides": "stride", "returnSequences": "last"}},
		"Bidirectional(LSTM)": {kind: "lstm", fields: fields, fixed: map[string]string{"bidirectional": "on"}},
	})
}

// composed are classes that are no layer of their own: a stack says them with
// several, and the test that is named compares them.
var composed = map[string]string{
	"TransformerEncoderLayer": "core/count.TestTransformers",
	"TransformerDecoderLayer": "core/count.TestTransformers",
	"Transformer":             "core/count.TestTransformers",
}

// TestSequences counts layers by hand, and those of networks whose totals are
// published (torchvision's _ops for the MACs of Swin, MaxViT and MViT).
func TestSequences(t *testing.T) {
	window := func(l, seen, c int64) int64 { return 4*l*c*c + 2*l*seen*c }
	for _, c := range []struct {
		kind, fields string
		in           []string
		out          string
		params, macs int64
		buffers      int64
	}{
		{kind: "attention", fields: "heads=12", in: []string{"197x768"}, out: "197x768", params: 2362368, macs: window(197, 197, 768)},
		{kind: "attention", fields: "heads=8 causal=on", in: []string{"5x64"}, out: "5x64", params: 16640, macs: window(5, 5, 64)},
		{kind: "attention", fields: "heads=8", in: []string{"6x5x64"}, out: "6x5x64", params: 16640, macs: 6 * window(5, 5, 64)},
		{kind: "attention", fields: "heads=8 window=3", in: []string{"50x64"}, out: "50x64", params: 16640, macs: window(50, 3, 64)},
		{kind: "attention", fields: "heads=8 window=300", in: []string{"50x64"}, out: "50x64", params: 16640, macs: window(50, 50, 64)},
		{kind: "attention", fields: "heads=8 add_bias_kv=on add_zero_attn=on", in: []string{"5x64"}, out: "5x64", params: 16640 + 128, macs: window(5, 7, 64)},
		{kind: "attention", fields: "heads=8", in: []string{"5x64", "7x64"}, out: "5x64", params: 16640, macs: 2*5*64*64 + 2*7*64*64 + 2*5*7*64},
		// qkv without a bias and the projection with one, as timm's qkv_bias=False.
		{kind: "attention", fields: "heads=8 bias=off out_bias=on", in: []string{"5x64"}, out: "5x64", params: 4*64*64 + 64, macs: window(5, 5, 64)},
		// Llama 3 8B: 32 heads, 8 for key and value, of 128 each.
		{kind: "attention", fields: "heads=32 kv_heads=8 bias=off", in: []string{"1x4096"}, out: "1x4096", params: 2*4096*4096 + 2*4096*1024, macs: 2*4096*4096 + 2*4096*1024 + 2*4096},
		// Qwen2 0.5B: biases of 896 + 2·128, none behind.
		{kind: "attention", fields: "heads=14 kv_heads=2 out_bias=off", in: []string{"1x896"}, out: "1x896", params: 2*896*896 + 2*896*128 + 896 + 256, macs: 2*896*896 + 2*896*128 + 2*896},
		// Keras' MultiHeadAttention(8, key_dim=64) on 256 features.
		{kind: "attention", fields: "heads=8 head_dim=64", in: []string{"5x256"}, out: "5x256", params: 4*256*512 + 3*512 + 256, macs: 4*5*256*512 + 2*5*5*512},

		{kind: "windowattention", fields: "heads=3 window=7 shift=3", in: []string{"56x56x96"}, out: "56x56x96", params: 4*96*96 + 4*96 + 169*3, buffers: 2401, macs: window(56*56, 49, 96)},
		{kind: "windowattention", fields: "heads=3 window=7", in: []string{"50x51x96"}, out: "50x51x96", params: 4*96*96 + 4*96 + 169*3, buffers: 2401, macs: window(56*56, 49, 96)},
		{kind: "windowattention", fields: "heads=3 window=8 version=v2", in: []string{"64x64x96"}, out: "64x64x96", params: 4*96*96 + 4*96 + 3 + 1536 + 512*3, buffers: 450 + 4096, macs: window(64*64, 64, 96) + 230400 + 345600},
		{kind: "windowattention", fields: "heads=2 window=7 version=maxvit", in: []string{"64x49x64"}, out: "64x49x64", params: 12480 + 4160 + 169*2, buffers: 2401, macs: window(64*49, 49, 64)},
		// Swin3D: the map of the last stage is lower than the window is high.
		{kind: "windowattention", fields: "heads=24 window=8x7x7", in: []string{"4x7x7x768"}, out: "4x7x7x768", params: 4*768*768 + 4*768 + 15*169*24, buffers: 392 * 392, macs: window(4*49, 4*49, 768)},

		// The second block of MViTv2-S (torch_layers/mvit_v2_s.csv).
		{kind: "multiscaleattention", fields: "heads=2 grid=8x56x56 width=192 kernel_q=3 stride_q=1x2x2 kernel_kv=3 stride_kv=1x4x4 rel_pos=on",
			in: []string{"25089x96"}, out: "6273x192", params: 55872 + 3*(2592+192) + 37056 + 12000,
			macs: 1387321344 + 2*8128512 + 32514048 + 231247872 + 2*2*6273*1569*96 + 6272*(8+14+14)*192},

		{kind: "lstm", fields: "hidden=512 layers=2", in: []string{"10x300"}, out: "10x512", params: 3768320, macs: 10 * (4*300*512 + 3*4*512*512)},
		{kind: "lstm", fields: "hidden=8 bidirectional=on merge=sum layers=2", in: []string{"7x5"}, out: "7x8", params: 2*4*(40+64+16) + 2*4*(64+64+16), macs: 7 * (2*4*(40+64) + 2*4*128)},
		{kind: "lstm", fields: "hidden=20 proj=3", in: []string{"7x10"}, out: "7x3", params: 1260, macs: 7 * (80*10 + 80*3 + 60)},
		{kind: "gru", fields: "hidden=5", in: []string{"7x4"}, out: "7x5", params: 165, macs: 7 * (60 + 75)},
		{kind: "rnn", fields: "hidden=20 cell=on", in: []string{"10"}, out: "20", params: 640, macs: 600},
		{kind: "convlstm", fields: "filters=4 kernel=3 padding=same", in: []string{"5x2x9x9"}, out: "5x4x9x9", params: 880, macs: 5 * 81 * 864},
	} {
		given := map[string]string{}
		for _, f := range strings.Fields(c.fields) {
			name, value, _ := strings.Cut(f, "=")
			given[name] = value
		}
		l, d := build(c.kind, given)
		in := make([]tensor.Shape, len(c.in))
		for i, s := range c.in {
			for _, n := range strings.Split(s, "x") {
				v, _ := strconv.ParseInt(n, 10, 64)
				in[i] = append(in[i], tensor.Dim{N: v})
			}
		}
		var r layer.Result
		if d == nil {
			r, d = layer.Apply(l, in)
		}
		if d != nil {
			t.Errorf("%s %s on %v: %v", c.kind, c.fields, c.in, d)
			continue
		}
		var params, buffers num.Int
		for _, w := range r.Weights {
			n, _ := w.Count()
			if w.Class.Learnable() {
				params = params.Add(n)
			} else {
				buffers = buffers.Add(n)
			}
		}
		macs, _ := r.MACs.Value()
		out := strings.ReplaceAll(r.Out.String(), "×", "x")
		if out != c.out || !params.Equal(num.Of(c.params)) || !buffers.Equal(num.Of(c.buffers)) || !macs.Equal(num.Of(c.macs)) {
			t.Errorf("%s %s on %v: output %s, %s parameters, %s buffers, %s MACs; want %s, %d, %d, %d",
				c.kind, c.fields, c.in, out, params, buffers, macs, c.out, c.params, c.buffers, c.macs)
		}
	}
}

// TestSequencesRefused wants what cannot be built to be refused by name.
func TestSequencesRefused(t *testing.T) {
	for _, c := range []struct {
		kind  string
		given map[string]string
		in    []tensor.Shape
		want  catalog.Key
	}{
		{"attention", map[string]string{"heads": "3"}, []tensor.Shape{tensor.Of(5, 64)}, catalog.HeadsUneven},
		{"attention", map[string]string{"heads": "8", "kv_heads": "3"}, []tensor.Shape{tensor.Of(5, 64)}, catalog.KVUneven},
		{"attention", map[string]string{"heads": "8"}, []tensor.Shape{tensor.Of(64)}, catalog.NeedsSequence},
		{"attention", map[string]string{"heads": "8"}, []tensor.Shape{tensor.Of(5, 64), tensor.Of(7, 64), tensor.Of(8, 64)}, catalog.AttentionShapes},
		{"attention", map[string]string{"heads": "8"}, []tensor.Shape{tensor.Of(5, 64), tensor.Of(5, 64), tensor.Of(5, 64), tensor.Of(5, 64)}, catalog.AttentionPaths},
		{"attention", map[string]string{"heads": "1125899906842624", "head_dim": "2"}, []tensor.Shape{tensor.Of(5, 64)}, catalog.FlattenTooLarge},
		{"windowattention", map[string]string{"heads": "3", "window": "7"}, []tensor.Shape{tensor.Of(1, 1, 1, 1, 96)}, catalog.NeedsMap},
		{"windowattention", map[string]string{"heads": "2", "window": "7", "version": "maxvit"}, []tensor.Shape{tensor.Of(64, 50, 64)}, catalog.WindowPositions},
		{"windowattention", map[string]string{"heads": "2", "window": "7x7x7"}, []tensor.Shape{tensor.Of(14, 14, 64)}, ""},
		{"windowattention", map[string]string{"heads": "2", "window": "7x8x7"}, []tensor.Shape{tensor.Of(14, 14, 64)}, catalog.WrongEntries},
		{"multiscaleattention", map[string]string{"heads": "1", "grid": "8x7x7"}, []tensor.Shape{tensor.Of(392, 96)}, catalog.GridPositions},
		{"multiscaleattention", map[string]string{"heads": "1", "grid": "7x7"}, []tensor.Shape{tensor.Of(50, 96)}, catalog.WrongEntries},
		{"lstm", map[string]string{"hidden": "8", "proj": "8"}, []tensor.Shape{tensor.Of(7, 5)}, catalog.ProjTooLarge},
		{"lstm", map[string]string{"hidden": "8", "cell": "on"}, []tensor.Shape{tensor.Of(7, 5)}, catalog.CellStep},
		{"lstm", map[string]string{"hidden": "8", "cell": "on", "layers": "2"}, []tensor.Shape{tensor.Of(5)}, catalog.CellAlone},
		{"gru", map[string]string{"hidden": "8"}, []tensor.Shape{tensor.Of(5)}, catalog.NeedsSequence},
		{"convlstm", map[string]string{"filters": "8", "kernel": "3"}, []tensor.Shape{tensor.Of(7, 5)}, catalog.NeedsFilm},
		{"convlstm", map[string]string{"filters": "8", "kernel": "9"}, []tensor.Shape{tensor.Of(7, 5, 8, 8)}, catalog.WindowTooLarge},
	} {
		l, d := build(c.kind, c.given)
		if d == nil {
			_, d = layer.Apply(l, c.in)
		}
		var got catalog.Key
		if d != nil {
			got = d.Say.Key
		}
		if got != c.want {
			t.Errorf("%s %v on %v says %q, want %q", c.kind, c.given, c.in, got, c.want)
		}
	}
}
