package vocab

import (
	"strconv"
	"strings"
	"sync"

	"paramstack/core/layer"
)

// Keras is the vocabulary of Keras: classes of keras.layers in all the names they
// had, with the keywords of Keras 3, the older spellings of each, and the defaults
// of Keras 3.
//
// Where an argument counts extents in Keras' order, or where its meaning hangs on
// another argument, its use is Depends: core/tool/keras knows the order.
var Keras = sync.OnceValue(func() *Table {
	return newTable("name trainable dtype batch_input_shape batch_shape input_shape input_dtype "+
		"kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint seed", kerasRows())
})

// kerasRow is the row of a kind by its own name in keras.layers, of which so many
// arguments are written without their keywords.
func kerasRow(k *layer.Kind, also string, unnamed int, params ...Param) *Row {
	r := &Row{Kind: k, Params: params, Unnamed: unnamed}
	if k.Keras != "" {
		r.Classes = []string{strings.Replace(k.Keras, "2D", "#D", 1)}
	}
	r.Classes = append(r.Classes, strings.Fields(also)...)
	return r
}

// kerasVariant is a row of classes that are read as a kind which another one writes.
func kerasVariant(k *layer.Kind, classes string, unnamed int, params ...Param) *Row {
	return &Row{Kind: k, Classes: strings.Fields(classes), Params: params, Unnamed: unnamed}
}

// kerasRows are Keras' rows, in the order of the kinds.
func kerasRows() []*Row {
	rows := []*Row{kerasRow(layer.InputKind.Kind(), "", 0)}
	add := func(more ...*Row) { rows = append(rows, more...) }

	depends := func(name string) Param { return Param{Name: name, Use: Depends} }
	format := Param{Name: "data_format", Also: []string{"dim_ordering"}, Use: Depends}
	activation := depends("activation")
	bias := Param{Name: "use_bias", Field: "bias", Also: []string{"bias"}, Default: true}
	filters := Param{Name: "filters", Also: []string{"nb_filter"}}
	kernel := Param{Name: "kernel_size", Field: "kernel", Also: []string{"filter_length"},
		Parts: []string{"nb_row", "nb_col", "kernel_dim1", "kernel_dim2", "kernel_dim3"}}
	strides := Param{Name: "strides", Field: "stride", Also: []string{"subsample", "subsample_length"}, Default: int64(1)}
	padding := Param{Name: "padding", Also: []string{"border_mode"}, Default: "valid", Read: samePadding("keras-same")}
	word := Param{Name: "padding", Also: []string{"border_mode"}, Default: "valid", Read: samePadding("same")}
	transposed := Param{Name: "padding", Also: []string{"border_mode"}, Default: "valid"} // here valid makes room for whole kernels
	dilation := Param{Name: "dilation_rate", Field: "dilation", Also: []string{"atrous_rate"}, Default: int64(1)}
	multiplier := Param{Name: "depth_multiplier", Field: "multiplier", Default: int64(1)}
	add(kerasRow(layer.ConvKind.Kind(), "Convolution#D AtrousConvolution#D AtrousConv#D", 2, filters, kernel, strides, padding, format, dilation,
		Param{Name: "groups", Default: int64(1)}, activation, bias),
		kerasRow(layer.DepthwiseKind.Kind(), "DepthwiseConvolution#D", 1, kernel, strides, word, multiplier, format, dilation, activation, bias),
		kerasRow(layer.SeparableKind.Kind(), "SeparableConvolution#D", 2, filters, kernel, strides, word, format, dilation, multiplier, activation, bias),
		kerasRow(layer.ConvTransposeKind.Kind(), "Convolution#DTranspose", 2, filters, kernel, strides, transposed, Param{Name: "output_padding"}, format, dilation, activation, bias))

	pool := []Param{{Name: "pool_size", Field: "kernel", Also: []string{"pool_length"}, Default: int64(2), Stated: true},
		{Name: "strides", Field: "stride", Also: []string{"stride"}, Like: "pool_size"}, word, format}
	global := []Param{format, {Name: "keepdims", Field: "flat", Default: false, Read: negated}}
	add(kerasRow(layer.MaxPoolKind.Kind(), "MaxPool#D", 1, pool...),
		kerasRow(layer.AvgPoolKind.Kind(), "AvgPool#D", 1, pool...),
		kerasRow(layer.GlobalAvgPoolKind.Kind(), "GlobalAvgPool#D", 0, global...),
		kerasRow(layer.GlobalMaxPoolKind.Kind(), "GlobalMaxPool#D", 0, global...))

	add(kerasRow(layer.LinearKind.Kind(), "", 1, Param{Name: "units", Field: "features", Also: []string{"output_dim"}}, activation, bias))
	add(kerasRecurrent()...)
	add(kerasRow(layer.AttentionKind.Kind(), "GroupedQueryAttention GroupQueryAttention", 0,
		Param{Name: "num_heads", Field: "heads", Also: []string{"num_query_heads"}}, Param{Name: "key_dim", Field: "head_dim", Also: []string{"head_dim"}},
		depends("value_dim"), Param{Name: "dropout", Default: int64(0)}, Param{Name: "use_bias", Field: "bias", Default: true},
		depends("output_shape"), depends("attention_axes"), Param{Name: "num_key_value_heads", Field: "kv_heads"}, depends("use_gate")))
	add(kerasRow(layer.EmbeddingKind.Kind(), "", 2, Param{Name: "input_dim", Field: "table"}, Param{Name: "output_dim", Field: "table", Use: Extends},
		Param{Name: "mask_zero", Use: Ignores}, Param{Name: "input_length", Use: Ignores}))

	axis := Param{Name: "axis", Use: Depends, Default: int64(-1)}
	epsilon := Param{Name: "epsilon", Field: "eps", Default: 0.001, Read: bounded(0, 1e9)}
	center, scale := Param{Name: "center", Field: "bias", Default: true}, Param{Name: "scale", Default: true}
	fine := epsilon
	fine.Default = 1e-6
	add(kerasRow(layer.BatchNormKind.Kind(), "SyncBatchNormalization", 0, axis, Param{Name: "momentum", Default: 0.99, Read: kept}, epsilon, center, scale, depends("renorm")),
		kerasRow(layer.LayerNormKind.Kind(), "", 0, axis, epsilon, center, scale),
		kerasRow(layer.RMSNormKind.Kind(), "", 0, axis, fine),
		kerasRow(layer.GroupNormKind.Kind(), "", 1, Param{Name: "groups", Default: int64(32), Stated: true}, axis, epsilon, center, scale),
		kerasVariant(layer.GroupNormKind.Kind(), "InstanceNormalization", 0, axis, epsilon, center, scale), // tensorflow-addons
		kerasRow(layer.ScaleKind.Kind(), "", 1, Param{Name: "scale", Field: "factor", Read: bounded(-1e300, 1e300)}, Param{Name: "offset", Use: Depends, Default: int64(0)}))

	number := func(name, field string, also ...string) Param {
		return Param{Name: name, Field: field, Also: also, Read: bounded(-1e9, 1e9)}
	}
	slope := number("negative_slope", "slope", "alpha")
	slope.Default, slope.Stated = 0.3, true
	add(kerasRow(layer.ReLUKind.Kind(), "", 0, depends("max_value"), depends("negative_slope"), depends("threshold")),
		kerasRow(layer.LeakyReLUKind.Kind(), "", 0, slope),
		kerasRow(layer.PReLUKind.Kind(), "", 0, depends("shared_axes")),
		kerasRow(layer.ELUKind.Kind(), "", 0, number("alpha", "alpha")),
		kerasRow(layer.ThresholdKind.Kind(), "", 1, number("theta", "threshold")),
		kerasRow(layer.SoftmaxKind.Kind(), "", 0, axis),
		// What acts while training only, or on values alone, passes everything on here.
		kerasRow(layer.IdentityKind.Kind(), `Identity ActivityRegularization Masking RandomFlip RandomRotation RandomZoom RandomContrast RandomTranslation
			RandomBrightness RandomHeight RandomWidth RandomShear RandomGaussianBlur RandomColorJitter RandomHue RandomSaturation RandomSharpness
			RandomGrayscale RandomPosterization RandomErasing RandomInvert RandomPerspective RandomElasticTransform RandomColorDegeneration
			Solarization Equalization AutoContrast RandAugment AugMix`, 1))

	rate := Param{Name: "rate", Field: "p", Also: []string{"p"}, Read: bounded(0, 1)}
	add(kerasRow(layer.DropoutKind.Kind(), "", 1, rate, Param{Name: "noise_shape", Use: Ignores}),
		kerasRow(layer.SpatialDropoutKind.Kind(), "", 1, rate, format),
		kerasRow(layer.AlphaDropoutKind.Kind(), "", 1, rate, Param{Name: "noise_shape", Use: Ignores}),
		kerasRow(layer.GaussianDropoutKind.Kind(), "", 1, rate),
		kerasRow(layer.GaussianNoiseKind.Kind(), "", 1, Param{Name: "stddev", Also: []string{"sigma"}, Read: bounded(0, 1)}))

	interpolation := Param{Name: "interpolation", Default: "nearest", Read: interpolated}
	smooth := interpolation
	smooth.Default = "bilinear"
	add(kerasRow(layer.FlattenKind.Kind(), "", 1, format),
		kerasRow(layer.ReshapeKind.Kind(), "", 1, Param{Name: "target_shape", Use: Depends, Also: []string{"dims"}}),
		kerasRow(layer.PermuteKind.Kind(), "", 1, depends("dims")),
		kerasRow(layer.RepeatVectorKind.Kind(), "", 1, Param{Name: "n", Field: "copies"}),
		kerasRow(layer.PadKind.Kind(), "", 1, depends("padding"), format),
		kerasRow(layer.CropKind.Kind(), "", 1, depends("cropping"), format),
		kerasRow(layer.UpsampleKind.Kind(), "", 1, Param{Name: "size", Use: Depends, Also: []string{"length"}, Default: int64(2), Stated: true}, format, interpolation),
		kerasVariant(layer.UpsampleKind.Kind(), "Resizing", 1, Param{Name: "height", Field: "size"}, Param{Name: "width", Field: "size", Use: Extends}, smooth, format))

	for _, join := range []*layer.Kind{layer.AddKind.Kind(), layer.MulKind.Kind(), layer.SubKind.Kind(), layer.MaximumKind.Kind(), layer.MinimumKind.Kind(), layer.AverageKind.Kind()} {
		add(kerasRow(join, "", 1))
	}
	add(kerasRow(layer.ConcatKind.Kind(), "", 0, axis), kerasRow(layer.MatMulKind.Kind(), "", 0, depends("axes")))
	return rows
}

// kerasRecurrent are the recurrent layers, the cells of keras.layers.RNN and
// cuDNN's form of a GRU. By default they return their last output only.
func kerasRecurrent() []*Row {
	units := Param{Name: "units", Field: "hidden", Also: []string{"output_dim"}}
	bias := Param{Name: "use_bias", Field: "bias", Default: true}
	sequences := Param{Name: "return_sequences", Field: "last", Default: false, Read: negated}
	nonlinearity := Param{Name: "activation", Field: "nonlinearity", Default: "tanh", Read: reluAlone}
	reset := Param{Name: "reset_after", Default: true}
	rnn, lstm, gru := layer.RNNKind.Kind(), layer.LSTMKind.Kind(), layer.GRUKind.Kind()
	return []*Row{
		kerasRow(rnn, "", 1, units, nonlinearity, bias, sequences),
		kerasRow(lstm, "", 1, units, Param{Name: "activation", Use: Ignores}, bias, sequences),
		kerasRow(gru, "", 1, units, Param{Name: "activation", Use: Ignores}, bias, sequences, reset),
		kerasVariant(gru, "CuDNNGRU", 1, units, bias, sequences),
		kerasVariant(rnn, "SimpleRNNCell", 1, units, nonlinearity, bias),
		kerasVariant(lstm, "LSTMCell", 1, units, Param{Name: "activation", Use: Ignores}, bias),
		kerasVariant(gru, "GRUCell", 1, units, Param{Name: "activation", Use: Ignores}, bias, reset),
		kerasRow(layer.ConvLSTMKind.Kind(), "", 2, Param{Name: "filters", Also: []string{"nb_filter"}}, Param{Name: "kernel_size", Field: "kernel"},
			Param{Name: "strides", Field: "stride", Default: int64(1)}, Param{Name: "padding", Default: "valid", Read: samePadding("same")},
			Param{Name: "data_format", Also: []string{"dim_ordering"}, Use: Depends}, Param{Name: "dilation_rate", Field: "dilation", Default: int64(1)},
			bias, sequences),
	}
}

// kerasFunctions are the functions of keras.activations by the kind they are here,
// the name of Keras 3 first.
var kerasFunctions = sync.OnceValue(func() map[*layer.Kind][]string {
	return map[*layer.Kind][]string{
		layer.ReLUKind.Kind(): {"relu"}, layer.ReLU6Kind.Kind(): {"relu6"}, layer.LeakyReLUKind.Kind(): {"leaky_relu"}, layer.ELUKind.Kind(): {"elu"},
		layer.CELUKind.Kind(): {"celu"}, layer.SELUKind.Kind(): {"selu"}, layer.GELUKind.Kind(): {"gelu"}, layer.SiLUKind.Kind(): {"silu", "swish"},
		layer.MishKind.Kind(): {"mish"}, layer.HardswishKind.Kind(): {"hard_silu", "hard_swish"}, layer.SigmoidKind.Kind(): {"sigmoid"},
		layer.HardsigmoidKind.Kind(): {"hard_sigmoid"}, layer.LogSigmoidKind.Kind(): {"log_sigmoid"}, layer.TanhKind.Kind(): {"tanh"},
		layer.HardtanhKind.Kind(): {"hard_tanh"}, layer.TanhshrinkKind.Kind(): {"tanh_shrink"}, layer.SoftplusKind.Kind(): {"softplus"},
		layer.ExpKind.Kind(): {"exponential"}, layer.SoftsignKind.Kind(): {"softsign"}, layer.SoftshrinkKind.Kind(): {"soft_shrink"},
		layer.HardshrinkKind.Kind(): {"hard_shrink"}, layer.SoftmaxKind.Kind(): {"softmax"}, layer.LogSoftmaxKind.Kind(): {"log_softmax"},
		layer.IdentityKind.Kind(): {"linear", "identity"},
	}
})

// KerasFunctions returns the names of the function of keras.activations that a kind
// is, that of Keras 3 first; nil if it is none.
func KerasFunctions(k *layer.Kind) []string { return kerasFunctions()[k] }

var kerasFunctionKinds = sync.OnceValue(func() map[string]*layer.Kind {
	all := map[string]*layer.Kind{}
	for k, names := range kerasFunctions() {
		for _, name := range names {
			all[name] = k
		}
	}
	return all
})

// KerasFunction returns the kind that a function of keras.activations is here, nil
// if it is none.
func KerasFunction(name string) *layer.Kind { return kerasFunctionKinds()[name] }

// samePadding reads Keras' word for padding: what it calls same is rule here, and
// valid is no padding.
func samePadding(rule string) func(Value) string {
	return func(v Value) string {
		switch s, _ := v.(string); s {
		case "same", "SAME":
			return rule
		case "valid", "VALID":
			return "0"
		default:
			return s
		}
	}
}

// interpolated reads an interpolation; one that has no name here is nearest, whose
// shape is the same.
func interpolated(v Value) string {
	switch s, _ := v.(string); s {
	case "bilinear", "bicubic", "area":
		return s
	default:
		return ""
	}
}

func reluAlone(v Value) string {
	if v == "relu" {
		return "relu"
	}
	return ""
}

func negated(v Value) string {
	if b, ok := v.(bool); ok {
		return Text(!b)
	}
	return ""
}

// kept reads the momentum of a running mean, which is the part that is kept;
// PyTorch's is the part that is new.
func kept(v Value) string {
	x, ok := Bounded(v, 0, 1)
	if !ok {
		return ""
	}
	return strconv.FormatFloat(1-x, 'g', 12, 64)
}

// bounded reads a number that is of no matter for shapes and counts: one that no
// field takes must not make the layer unreadable, and leaves the default.
func bounded(least, most float64) func(Value) string {
	return func(v Value) string {
		x, ok := Bounded(v, least, most)
		if !ok {
			return ""
		}
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
}

// Bounded returns a number within bounds; false if v is none. Files keep numbers of
// 32 bits in 64: 0.10000000149011612 is 0.1.
func Bounded(v Value, least, most float64) (float64, bool) {
	var x float64
	switch v := v.(type) {
	case int64:
		x = float64(v)
	case float64:
		x = v
	default:
		return 0, false
	}
	if !(x >= least && x <= most) {
		return 0, false
	}
	if float64(float32(x)) == x {
		if short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', -1, 32), 64); err == nil {
			return short, true
		}
	}
	return x, true
}

// SnakeCase writes the name of a class as Keras 3 names its layers: MaxPooling2D is
// max_pooling2d (to_snake_case in keras/src/utils/naming.py).
func SnakeCase(class string) string {
	var b strings.Builder
	lower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	for i := 0; i < len(class); i++ {
		c := class[i]
		if c >= 'A' && c <= 'Z' {
			if i > 0 && (lower(class[i-1]) || i+1 < len(class) && lower(class[i+1])) {
				b.WriteByte('_')
			}
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}
