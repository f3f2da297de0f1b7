package caffe

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestForks reads what Caffe's forks and files of people's own have: options that
// change a shape, layers that keep it, and data that only they know.
func TestForks(t *testing.T) {
	const in = `input: "x" input_dim: 1 input_dim: 3 input_dim: 7 input_dim: 9 `
	const open = `layer { name: "x" type: "ImageData" top: "x" top: "label" image_data_param { source: "list" } } `
	one := func(typ, options string) string {
		return fmt.Sprintf(`layer { name: "q" type: %q bottom: "x" top: "q" %s } `, typ, options)
	}
	const dense = `layer { name: "f" type: "InnerProduct" bottom: "q" top: "f" inner_product_param { num_output: 2 } }`
	const conv = `layer { name: "c" type: "Convolution" bottom: "q" top: "c" convolution_param { num_output: 4 kernel_size: 1 } }`
	norms := func(second, scale string) string {
		tensors := func(names string) (s string) {
			for name := range strings.FieldsSeq(names) {
				s += fmt.Sprintf("param { name: %q lr_mult: 0 } ", name)
			}
			return s
		}
		return in + `layer { name: "a" type: "BatchNorm" bottom: "x" top: "a" ` + tensors("m v n") + `} layer { name: "as" type: "Scale" bottom: "a" top: "as" param { name: "g" } param { name: "b" } scale_param { bias_term: true } }
			layer { name: "r" type: "ReLU" bottom: "as" top: "r" } layer { name: "z" type: "BatchNorm" bottom: "r" top: "z" ` + tensors(second) + `} layer { name: "zs" type: "Scale" bottom: "z" top: "zs" ` + scale + ` scale_param { bias_term: true } }`
	}
	for _, c := range []struct{ name, src, want, params string }{
		// ceil_mode is OpenCV's name of round_mode.
		{"a pool that rounds down", in + one("Pooling", "pooling_param { kernel_size: 2 stride: 2 ceil_mode: false }") + dense, "i3x7x9;m2s2;f;f:l2", "74"},
		{"a pool that rounds up", in + one("Pooling", "pooling_param { kernel_size: 2 stride: 2 ceil_mode: true }") + dense, "i3x7x9;m2s2 caffe;f;f:l2", "122"},
		{"an average that rounds down", in + one("Pooling", "pooling_param { pool: AVE kernel_size: 4 stride: 4 ceil_mode: 0 }") + dense, "i3x7x9;a4s4;f;f:l2", "14"},
		{"padded, down", in + one("Pooling", "pooling_param { kernel_size: 3 stride: 3 pad: 1 ceil_mode: false }") + dense, "i3x7x9;m3s3p1;f;f:l2", "56"},
		{"old and down", in + `layers { name: "q" type: POOLING bottom: "x" top: "q" pooling_param { kernel_size: 2 stride: 2 round_mode: FLOOR } }` + dense, "i3x7x9;m2s2;f;f:l2", "74"},

		{"a crop of open sizes", open + `layer { name: "a" type: "Convolution" bottom: "x" top: "a" convolution_param { num_output: 5 kernel_size: 1 } }
			layer { name: "q" type: "Crop" bottom: "a" bottom: "x" top: "q" }` + conv, "i3x?x?;q:opaque type=Crop weights=none out=5x?x? macs=0{a:c5k1|};c:c4k1", "44"},
		{"a crop of one open side", open + `layer { name: "a" type: "Convolution" bottom: "x" top: "a" convolution_param { num_output: 5 kernel_size: 1 } }
			layer { name: "y" type: "Input" top: "y" input_param { shape { dim: 1 dim: 8 dim: 4 dim: 6 } } }
			layer { name: "q" type: "Crop" bottom: "a" bottom: "y" top: "q" crop_param { axis: 3 } }` + conv,
			"y:i8x4x6;i3x?x?;a:c5k1;q:opaque type=Crop weights=none out=5x?x6 macs=0@y;c:c4k1", "44"},
		{"a crop of channels too", open + `layer { name: "a" type: "Convolution" bottom: "x" top: "a" convolution_param { num_output: 5 kernel_size: 1 } }
			layer { name: "q" type: "Crop" bottom: "a" bottom: "x" top: "q" crop_param { axis: 1 } }` + conv, "i3x?x?;q:opaque type=Crop weights=none out=3x?x? macs=0{a:c5k1|};c:c4k1", "36"},

		{"data in Python", `layer { name: "d" type: "Python" top: "x" top: "label" python_param { module: "m" layer: "D" } }
			layer { name: "q" type: "Convolution" bottom: "x" top: "q" convolution_param { num_output: 8 kernel_size: 1 } }` + conv, "i?x?x?;q:c8k1;c:c4k1", "≥44"},
		{"features in Python", `layer { name: "d" type: "Python" top: "x" } ` + one("InnerProduct", "inner_product_param { num_output: 8 }") + dense, "i?;q:l8;f:l2", "≥26"},
		{"a fork's own data", `layer { name: "d" type: "TripletSampler" top: "x" } ` + one("Deconvolution", "convolution_param { num_output: 8 kernel_size: 1 }") + conv, "i?x?x?;q:ct8k1;c:c4k1", "≥44"},
		{"what may learn is no data", `layer { name: "d" type: "Prototypes" top: "x" } ` + one("ReLU", ""), "i?;d-1:opaque type=Prototypes;r", "≥0"},
		{"a convolution of nothing", `layer { name: "d" type: "Convolution" top: "x" } ` + one("ReLU", ""), "i?;d-1:opaque type=Convolution;r", "≥0"},
		{"what has weights is no data", `layer { name: "d" type: "Table" top: "x" blobs { shape { dim: 4 dim: 5 } } } ` + one("ReLU", ""), "i?;d-1:opaque type=Table weights=4x5;r", ""},

		{"by chance", open + one("Pooling", "pooling_param { pool: STOCHASTIC kernel_size: 3 stride: 2 }") + conv, "i3x?x?;m3s2 caffe;c:c4k1", "16"},
		{"stretched by a scale", in + one("Upsample", "upsample_param { scale: 3 }") + dense, "i3x7x9;u3;f;f:l2", "3404"},
		{"stretched, sizes open", open + one("Upsample", "upsample_param { scale: 2 }") + conv, "i3x?x?;u2;c:c4k1", "16"},
		{"stretched to a size", in + one("Upsample", "upsample_param { upsample_h: 15 upsample_w: 20 }") + conv, "i3x7x9;u size=15x20;c:c4k1", "16"},
		{"unpooled", in + `layer { name: "p" type: "Pooling" bottom: "x" top: "p" top: "mask" pooling_param { kernel_size: 2 stride: 2 } }
			layer { name: "q" type: "Upsample" bottom: "p" bottom: "mask" top: "q" upsample_param { scale: 2 pad_out_h: true } }` + dense, "i3x7x9;m2s2 caffe;u2;crop0+1x0;f;f:l2", "422"},
		{"tiled", in + one("Tile", "tile_param { axis: 1 tiles: 3 }") + conv, "i3x7x9;concat{||};c:c4k1", "40"},
		{"tiled in height, open", open + one("Tile", "tile_param { axis: 2 tiles: 2 }") + conv, "i3x?x?;concat dim=2{|};c:c4k1", "16"},
		{"tiled often", in + one("Tile", "tile_param { tiles: 100 }") + conv, "i3x7x9;q:opaque type=Tile weights=none out=300x7x9 macs=0;c:c4k1", "1204"},
		{"reorganised", `input: "x" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 6 ` + one("Reorg", "reorg_param { stride: 2 }") + conv, "i3x8x6;pixelunshuffle2;c:c4k1", "52"},

		{"what keeps the shape, open", open + one("AbsVal", "") + conv, "i3x?x?;q:opaque type=AbsVal weights=none macs=0 keeps;c:c4k1", "16"},
		{"in place", open + `layer { name: "q" type: "Power" bottom: "x" top: "x" power_param { shift: 1 } } layer { name: "c" type: "Convolution" bottom: "x" top: "c" convolution_param { num_output: 4 kernel_size: 1 } }`,
			"i3x?x?;q:opaque type=Power weights=none macs=0 keeps;c:c4k1", "16"},
		{"two that keep it", in + one("Log", "") + `layer { name: "w" type: "Threshold" bottom: "q" top: "q" } ` + dense, "i3x7x9;q:opaque type=Log weights=none macs=0 keeps;w:opaque type=Threshold weights=none macs=0 keeps;f;f:l2", "380"},
		{"a bad slice keeps nothing", in + `layer { name: "s" type: "Slice" bottom: "x" top: "q" top: "w" slice_param { slice_point: 1 slice_point: 2 } } ` + dense,
			"i3x7x9;s:opaque type=Slice weights=none macs=0;opaque type=Slice weights=none macs=0;from@s;f;f:l2", ""},
		{"functions of forks", in + one("HardSwish", "") + `layer { name: "s" type: "SiLU" bottom: "q" top: "q" } ` + conv, "i3x7x9;hardswish;silu;c:c4k1", "16"},

		{"SegNet's norm", in + one("BN", `bn_param { scale_filler { type: "constant" value: 1 } shift_filler { type: "constant" value: 0.001 } }`) + conv, "i3x7x9;q:b notrack;c:c4k1", "22"},
		{"SegNet's, answering", in + one("BN", `bn_param { bn_mode: INFERENCE shift_filler { } }`) + conv, "i3x7x9;q:b notrack;c:c4k1", "22"},
		{"SegNet's, open", open + one("BN", `param { lr_mult: 0 } param { lr_mult: 0 } bn_param { scale_filler { } }`) + conv, "i3x?x?;q:b notrack frozen;c:c4k1", "22"},
		{"PSPNet's", in + one("BN", `bn_param { slope_filler { } bias_filler { } }`) + conv, "i3x7x9;q:opaque type=BN weights=3,3 buffers=3,3 macs=0 keeps;c:c4k1", "22"},

		{"norms that share all", norms("m v n", `param { name: "g" } param { name: "b" }`), "i3x7x9;a:b;r;z:b shares@a", "6"},
		{"norms that share statistics", norms("m v n", ""), "i3x7x9;a:b;r;z:b", "12"},
		{"norms that share factors", norms("k w o", `param { name: "g" } param { name: "b" }`), "i3x7x9;a:b;r;z:b", "12"},
		{"NVIDIA's norm", in + one("BatchNorm", "batch_norm_param { scale_bias: true }") + conv, "i3x7x9;q:b;c:c4k1", "22"},
		{"opaque layers that share", in + one("Normalize", `param { name: "s" } norm_param { channel_shared: false }`) + `layer { name: "w" type: "Normalize" bottom: "q" top: "w" param { name: "s" } norm_param { channel_shared: false } }`,
			"i3x7x9;q:opaque type=Normalize weights=3 macs=0 keeps;w:opaque type=Normalize weights=3 macs=0 keeps shares@q", "3"},
		{"opaque layers that do not learn", in + one("Normalize", `param { lr_mult: 0 }`), "i3x7x9;q:opaque type=Normalize weights=1 macs=0 keeps frozen", "1"},
		{"Interp of open sizes", open + one("Interp", "interp_param { zoom_factor: 2 }") + conv, "i3x?x?;q:opaque type=Interp weights=none out=3x?x? macs=0;c:c4k1", "16"},
		{"norms that share nothing", norms("k w o", `param { name: "h" } param { name: "c" }`), "i3x7x9;a:b;r;z:b", "12"},
	} {
		res, _, d := tooltest.Open(tooltest.File("", []byte(c.src)), readers...)
		if d != nil {
			t.Errorf("%s: %v", c.name, d)
			continue
		}
		res.Model.Name = ""
		got := strings.NewReplacer("; ", ";", " @", "@", ": ", ":", " {", "{", "{ ", "{", " }", "}", " |", "|").Replace(text.Compact(res.Model))
		if got != c.want {
			t.Errorf("%s:\n%s, want\n%s", c.name, got, c.want)
		}
		totals := count.Of(res.Model).Totals
		params := totals.Params(true).String()
		if totals.ParamsAtLeast {
			params = "≥" + params
		}
		if c.params != "" && params != c.params {
			t.Errorf("%s: %s parameters, want %s", c.name, params, c.params)
		}
	}
}
