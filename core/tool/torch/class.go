package torch

import (
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// A unit is a layer on its way into a stack, with what its source tells of the
// input it takes.
type unit struct {
	layer layer.Layer
	at    end   // which extent of the input is told
	n     int64 // its size; tensor.Unknown: not told
	dims  int   // spatial dimensions it takes; -1: any
	enter tensor.Shape
	cut   bool // its output cannot be told from its input
	// shapeless: it has no weights, and it is not told what it gives.
	shapeless bool
}

// An end says which extent of an input a module tells.
type end uint8

const (
	endNone  end = iota
	endFirst     // the channels
	endLast      // the features
)

// A torchClass says a class of torch.nn or torchvision.ops in our words.
type torchClass struct {
	kind  string
	args  string // fields of the arguments by place; "in" is the told extent, "-" passed over
	at    end
	fixed string // fields that the class itself sets: "cell on"
	words string // keywords whose fields are called otherwise in this class alone: "mode interpolation"
}

// torchWords are PyTorch's keywords whose fields are called otherwise; "-" is of
// no matter to shapes and counts.
var torchWords = pairs(`in_channels in out_channels filters in_features in out_features features num_features in
num_channels in num_groups groups kernel_size kernel padding_mode mode ceil_mode ceil track_running_stats track
elementwise_affine affine negative_slope slope num_parameters slopes start_dim start end_dim end output_size size
divisor_override divisor input_size in hidden_size hidden num_layers layers proj_size proj k bias_k min_val low
max_val high lambd lambda drop_prob p unflattened_size sizes normalized_shape normalized
inplace - padding_idx - max_norm - norm_type - scale_grad_by_freq - sparse - batch_first - return_indices -
device - dtype - recompute_scale_factor - embed_dim in num_heads heads`)

// pairs reads "word field word field …".
func pairs(s string) map[string]string {
	words := strings.Fields(s)
	m := make(map[string]string, len(words)/2)
	for i := 0; i+1 < len(words); i += 2 {
		m[words[i]] = words[i+1]
	}
	return m
}

// torchClasses are the classes with a kind of their own. A # stands for 1, 2 or 3
// (Conv2d); the plain activations come from the kinds themselves. The order of
// arguments is that of the classes' extra_repr (torch/nn/modules).
var torchClasses = func() map[string]torchClass {
	recurrent := torchClass{args: "in hidden", at: endLast}
	of := func(kind, fixed string) torchClass {
		c := recurrent
		c.kind, c.fixed = kind, fixed
		return c
	}
	m := map[string]torchClass{
		"Linear":                          {kind: "linear", args: "in features", at: endLast},
		"LazyLinear":                      {kind: "linear", args: "in features", at: endLast},
		"NonDynamicallyQuantizableLinear": {kind: "linear", args: "in features", at: endLast},
		"Conv1D":                          {kind: "linear", args: "features in", at: endLast, words: "nf features nx in"}, // transformers' GPT-2
		"Conv#d":                          {kind: "conv", args: "in filters", at: endFirst},
		"LazyConv#d":                      {kind: "conv", args: "in filters", at: endFirst},
		"Conv2dSame":                      {kind: "conv", args: "in filters", at: endFirst, fixed: "padding keras-same"}, // timm
		"Conv3DSimple":                    {kind: "conv", args: "in filters", at: endFirst},                              // torchvision's video networks
		"Conv3DNoTemporal":                {kind: "conv", args: "in filters", at: endFirst},
		"ConvTranspose#d":                 {kind: "convtranspose", args: "in filters", at: endFirst},
		"BatchNorm#d":                     {kind: "bn", args: "in", at: endFirst},
		"SyncBatchNorm":                   {kind: "bn", args: "in", at: endFirst},
		"InstanceNorm#d":                  {kind: "instancenorm", args: "in", at: endFirst},
		"LayerNorm":                       {kind: "layernorm", args: "normalized"},
		"LayerNorm2d":                     {kind: "layernorm", args: "normalized", fixed: "over channels"}, // torchvision, timm
		"RMSNorm":                         {kind: "rmsnorm", args: "normalized"},
		"LlamaRMSNorm":                    {kind: "rmsnorm", args: "normalized"},
		"MistralRMSNorm":                  {kind: "rmsnorm", args: "normalized"},
		"Qwen2RMSNorm":                    {kind: "rmsnorm", args: "normalized"},
		"GroupNorm":                       {kind: "groupnorm", args: "groups in", at: endFirst},
		"LocalResponseNorm":               {kind: "lrn", args: "size"},
		"MaxPool#d":                       {kind: "maxpool", args: "kernel"},
		"AvgPool#d":                       {kind: "avgpool", args: "kernel", words: "count_include_pad count_include_pad"},
		"LPPool#d":                        {kind: "lppool", words: "norm_type norm_type"},
		"AdaptiveAvgPool#d":               {kind: "adaptiveavgpool", args: "size"},
		"AdaptiveMaxPool#d":               {kind: "adaptivemaxpool", args: "size"},
		"Embedding":                       {kind: "embedding", args: "table table", words: "num_embeddings table embedding_dim table"},
		"EmbeddingBag":                    {kind: "embeddingbag", args: "table table", words: "num_embeddings table embedding_dim table"},
		"RNN":                             of("rnn", ""),
		"LSTM":                            of("lstm", ""),
		"GRU":                             of("gru", ""),
		"RNNCell":                         of("rnn", "cell on"),
		"LSTMCell":                        of("lstm", "cell on"),
		"GRUCell":                         of("gru", "cell on"),
		"Flatten":                         {kind: "flatten", args: "start end"},
		"Unflatten":                       {kind: "unflatten", args: "dim sizes"},
		"Upsample":                        {kind: "upsample", words: "mode interpolation"},
		"UpsamplingNearest2d":             {kind: "upsample", words: "mode interpolation"},
		"UpsamplingBilinear2d":            {kind: "upsample", words: "mode interpolation", fixed: "align_corners on"},
		"PixelShuffle":                    {kind: "pixelshuffle"},
		"PixelUnshuffle":                  {kind: "pixelunshuffle"},
		"ChannelShuffle":                  {kind: "channelshuffle", words: "groups groups"},
		"Unfold":                          {kind: "unfold"},
		"Fold":                            {kind: "fold"},
		"ZeroPad#d":                       {kind: "pad", args: "sides", words: "padding sides value fill"},
		"ConstantPad#d":                   {kind: "pad", args: "sides fill", words: "padding sides value fill"},
		"ReflectionPad#d":                 {kind: "pad", args: "sides", words: "padding sides", fixed: "mode reflect"},
		"ReplicationPad#d":                {kind: "pad", args: "sides", words: "padding sides", fixed: "mode replicate"},
		"CircularPad#d":                   {kind: "pad", args: "sides", words: "padding sides", fixed: "mode circular"},
		"PReLU":                           {kind: "prelu", args: "slopes"},
		"Softmax2d":                       {kind: "softmax", fixed: "dim 1"},
		"Dropout":                         {kind: "dropout", args: "p"},
		"Dropout#d":                       {kind: "spatialdropout", args: "p"},
		"AlphaDropout":                    {kind: "alphadropout", args: "p"},
		"FeatureAlphaDropout":             {kind: "alphadropout", args: "p"},
		"StochasticDepth":                 {kind: "stochasticdepth", args: "p", words: "mode -"},
		"DropPath":                        {kind: "stochasticdepth", args: "p"},
		"GELUActivation":                  {kind: "gelu"},
		"NewGELUActivation":               {kind: "gelu", fixed: "approximate tanh"},
		"QuickGELUActivation":             {kind: "gelu"},
		"SiLUActivation":                  {kind: "silu"},
		"Swish":                           {kind: "silu"},
		"MemoryEfficientSwish":            {kind: "silu"},
	}
	for _, k := range layer.Kinds {
		if _, there := m[k.Torch]; !there && k.Group == layer.GroupActivation && k.Torch != "" && !k.Learns {
			c := torchClass{kind: k.Name, words: "alpha alpha"}
			for i := range k.Fields {
				c.args += k.Fields[i].Name + " "
			}
			m[k.Torch] = c
		}
	}
	return m
}()

// weightless are leaf classes without parameters whose output their print does
// not tell.
var weightless = strings.Fields(`Permute SwapAxes WindowPartition WindowDepartition Lambda Reshape View Transpose Squeeze Unsqueeze
ConstantPad Concat Add Quantize DeQuantize QuantStub DeQuantStub ImageNormalize GeneralizedRCNNTransform AnchorGenerator MultiScaleRoIAlign FractionalMaxPool2d FractionalMaxPool3d
LastLevelMaxPool MaxUnpool1d MaxUnpool2d MaxUnpool3d CosineSimilarity PairwiseDistance NoneType`)

// number divides a class from its number of spatial dimensions: Conv2d is Conv#d
// and 2. Classes without one have -1.
func number(class string) (string, int) {
	if n := len(class); n > 2 && class[n-1] == 'd' && class[n-2] >= '1' && class[n-2] <= '3' {
		return class[:n-2] + "#d", int(class[n-2] - '0')
	}
	return class, -1
}

// known returns the layer of a module whose class has a kind of its own; nil if
// it has none. strange are arguments that were not understood. An error says why
// the layer cannot be.
func known(m *module) (u *unit, strange []string, err error) {
	class, ok := torchClasses[m.class]
	dims := -1
	if !ok {
		var base string
		if base, dims = number(m.class); dims > 0 {
			class, ok = torchClasses[base]
		}
	}
	if !ok {
		return nil, nil, nil
	}
	if strings.HasPrefix(m.class, "Conv3D") {
		dims = 3
	}
	u = &unit{n: tensor.Unknown, at: class.at, dims: dims}
	if dims == 1 && (class.kind == "bn" || class.kind == "instancenorm") || class.kind == "spatialdropout" {
		u.dims = -1 // BatchNorm1d takes features as well as sequences
	}
	k := layer.ByName(class.kind)
	given := pairs(class.fixed)
	words := pairs(class.words)
	places := strings.Fields(class.args)
	for i, a := range m.args {
		name := a.key
		if name == "" {
			if i >= len(places) {
				strange = append(strange, a.value)
				continue
			}
			name = places[i]
		}
		to, there := words[name]
		if !there && a.key != "" {
			to, there = torchWords[name]
		}
		if there {
			name = to
		}
		switch {
		case name == "-":
		case name == "in":
			u.n = whole(a.value)
		case k.Field(name) == nil:
			strange = append(strange, a.key+"="+a.value)
		case name == "sides":
			given[name] = torchSides(a.value)
		case given[name] != "" && name == "table":
			given[name] += "x" + written(a.value)
		default:
			given[name] = written(a.value)
		}
	}
	// Where it is told which features a norm has, its input has them.
	if s := given["normalized"]; s != "" {
		sizes := strings.Split(s, "x")
		u.at, u.n = endLast, whole(sizes[len(sizes)-1])
		if given["over"] != "" {
			u.at, u.dims = endFirst, 2
		}
		if len(sizes) > 1 {
			for _, s := range sizes {
				u.enter = append(u.enter, tensor.Dim{N: whole(s)})
			}
		}
	}
	if class.kind == "conv" && m.arg("padding") != "" && given["padding"] == "same" {
		given["padding"] = layer.PadSame
	}
	flat := make([]string, 0, 2*len(given))
	for i := range k.Fields {
		if v, ok := given[k.Fields[i].Name]; ok {
			flat = append(flat, k.Fields[i].Name, v)
		}
	}
	if u.layer, err = graph.Build(class.kind, flat...); err != nil {
		return nil, strange, err
	}
	if k.Main() != nil && k.Main().Need && k.Main().At(u.layer).Unset() {
		return nil, strange, errIncomplete
	}
	if u.enter == nil {
		u.enter = u.entry(k)
	}
	return u, strange, nil
}

// entry returns the shape of an input made for a unit, nil if nothing is told.
func (u *unit) entry(k *layer.Kind) tensor.Shape {
	switch {
	case u.n > num.MaxExtent:
		u.n = tensor.Unknown
		return nil
	case u.dims > 0:
		x := make(tensor.Shape, u.dims+1)
		for i := range x {
			x[i].N = tensor.Unknown
		}
		x[0].N = u.n
		return x
	case k.Group == layer.GroupTable: // indices
		return tensor.Of(tensor.Unknown)
	case k.Group == layer.GroupRecurrent && !stepwise(u.layer), k.Group == layer.GroupAttention:
		return tensor.Of(tensor.Unknown, u.n)
	case u.at == endNone:
		return nil
	default:
		return tensor.Of(u.n)
	}
}

// stepwise reports whether a recurrent layer takes one step at a time.
func stepwise(l layer.Layer) bool {
	f := l.Kind().Field("cell")
	return f != nil && f.Text(l) == "on"
}

// torchSides writes PyTorch's padding, the last dimension first and its two sides
// in turn: (left, right, top, bottom).
func torchSides(value string) string {
	entries := list(value)
	if len(entries) < 2 {
		return written(value)
	}
	var parts []string
	for i := len(entries) - 2; i >= 0; i -= 2 {
		parts = append(parts, entries[i]+"+"+entries[i+1])
	}
	return strings.Join(parts, "x")
}
