package keras

import (
	"strconv"
	"strings"

	"paramstack/core/tool/graph"
)

// A kerasClass says how a class of keras.layers is read.
type kerasClass struct {
	kind   string
	dims   int  // spatial dimensions that it slides over
	rank   int  // extents of its input without the batch, where that is certain
	alike  bool // takes any order and gives the same
	kernel bool // its first weight's last extent but one is the input's channels
	acts   bool // may have an activation as an option
	first  bool // only its first tensor is an input, the others are states
	read   func(*kerasCall) (kerasValue, error)
	set    func(c *kerasCall) []string // options as fields, in pairs
	wants  func(l *kerasLayer, rank, lead int) []int
}

// empty reports whether there is no such class.
func (class kerasClass) empty() bool { return class.kind == "" && class.read == nil }

// put reads a call of the class, with the activation behind it.
func (class kerasClass) put(c *kerasCall) (kerasValue, error) {
	var out kerasValue
	var err error
	if class.kind == "identity" {
		c.note = c.l.class
	}
	switch {
	case class.read != nil:
		out, err = class.read(c)
	case class.dims > 0:
		out, err = c.slide(class)
	default:
		out, err = c.plain(class)
	}
	if err != nil || !class.acts {
		return out, err
	}
	return c.activate(out, c.o.get("activation"))
}

// plain adds a layer that takes a value as it is.
func (c *kerasCall) plain(class kerasClass) (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	order := in.order
	if class.wants != nil && in.order != nil {
		if order = class.wants(c.l, len(in.order), c.around.lead); order == nil {
			return in, errNoKind
		}
		if in, err = c.kerasNet.in(in, order); err != nil {
			return in, err
		}
	}
	var pairs []string
	if class.set != nil {
		pairs = class.set(c)
	}
	return c.put(class.kind, []kerasValue{in}, order, pairs...)
}

// channelsFirst reports whether a layer of a map has its channels first in Keras.
func channelsFirst(l *kerasLayer) bool {
	return l.config.text("data_format", "dim_ordering") == "channels_first" || l.config.text("dim_ordering") == "th"
}

// wantsMap is the order of a map: channels first.
func wantsMap(l *kerasLayer, rank, lead int) []int {
	if rank < 2 {
		return nil
	}
	if channelsFirst(l) {
		if lead > 0 {
			return ahead(rank, lead, 0)
		}
		return asWritten(rank)
	}
	return ahead(rank, rank-1, 0)
}

// wantsFilm is the order of a film: channels behind the steps in time.
func wantsFilm(l *kerasLayer, rank, lead int) []int {
	if channelsFirst(l) {
		return asWritten(rank)
	}
	return ahead(rank, rank-1, 1)
}

// wantsRows is Keras' own order: the features last.
func wantsRows(_ *kerasLayer, rank, _ int) []int { return asWritten(rank) }

// slide adds a layer that slides over a map. Dimensions in front that are taken
// one by one (TimeDistributed) become spatial ones on which its window is 1.
func (c *kerasCall) slide(class kerasClass) (kerasValue, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	rank := class.dims + c.around.lead + 1
	if rank > 4 || in.order != nil && len(in.order) != rank {
		return in, errNoKind
	}
	order := wantsMap(c.l, rank, c.around.lead)
	if in, err = c.kerasNet.in(in, order); err != nil {
		return in, err
	}
	return c.put(class.kind, []kerasValue{in}, order, class.set(c)...)
}

// sides writes one size for each dimension a layer slides over, and 1 for those
// in front.
func (c *kerasCall) sides(n []int64) string {
	class := kerasClasses[c.l.class]
	if len(n) == 0 {
		return ""
	}
	if len(n) == 1 {
		for len(n) < class.dims {
			n = append(n, n[0])
		}
	}
	for range c.around.lead {
		n = append([]int64{1}, n...)
	}
	return graph.Crossed(n...)
}

// kernel writes the size of a kernel, in the options of any version.
func (c *kerasCall) kernel() string {
	n := c.o.numbers("kernel_size", "filter_length")
	for _, name := range []string{"nb_row", "nb_col", "kernel_dim1", "kernel_dim2", "kernel_dim3"} { // Keras 1
		if side := c.o.whole(0, name); side > 0 && c.o.get("kernel_size", "filter_length") == nil {
			n = append(n, side)
		}
	}
	return c.sides(n)
}

// convPairs are the options that all convolutions share.
func convPairs(c *kerasCall) []string {
	stride := c.sides(c.o.numbers("strides", "subsample", "subsample_length"))
	return []string{
		"kernel", c.kernel(), "stride", stride, "padding", c.padding("same"),
		"dilation", c.sides(c.o.numbers("dilation_rate", "atrous_rate")),
		"bias", graph.OnOff(c.o.yes(true, "use_bias", "bias")),
	}
}

// padding writes the padding; Keras' same may have a name of its own.
func (c *kerasCall) padding(same string) string {
	switch p := c.o.text("padding", "border_mode"); p {
	case "same", "SAME":
		return same
	case "valid", "VALID", "":
		return ""
	default:
		return p
	}
}

func filters(c *kerasCall) string { return c.o.written("filters", "nb_filter") }

func convOptions(c *kerasCall) []string {
	pairs := append(convPairs(c), "filters", filters(c), "groups", c.o.written("groups"))
	if pairs[3] != "" && strings.Trim(pairs[3], "1x") != "" && pairs[5] == "same" {
		pairs[5] = "keras-same" // PyTorch's same knows no stride
	}
	return pairs
}

func transposeOptions(c *kerasCall) []string {
	pairs := append(convPairs(c), "filters", filters(c))
	if pairs[5] == "" {
		pairs[5] = "valid" // which makes room for whole kernels here
	}
	if n := c.o.numbers("output_padding"); len(n) > 0 {
		for range c.around.lead {
			n = append([]int64{0}, n...)
		}
		pairs = append(pairs, "output_padding", graph.Crossed(n...))
	}
	return pairs
}

func depthwiseOptions(c *kerasCall) []string {
	return append(convPairs(c), "multiplier", c.o.written("depth_multiplier"))
}

func separableOptions(c *kerasCall) []string {
	return append(depthwiseOptions(c), "filters", filters(c))
}

func poolOptions(c *kerasCall) []string {
	kernel := c.sides(c.o.numbers("pool_size", "pool_length"))
	if kernel == "" {
		kernel = c.sides([]int64{2})
	}
	stride := c.sides(c.o.numbers("strides", "stride"))
	if stride == kernel {
		stride = ""
	}
	return []string{"kernel", kernel, "stride", stride, "padding", c.padding("same")}
}

func upsampleOptions(c *kerasCall) []string {
	factor := c.o.numbers("size", "length")
	if factor == nil {
		factor = []int64{2}
	}
	mode := c.o.text("interpolation")
	if mode != "bilinear" && mode != "bicubic" && mode != "area" {
		mode = "" // nearest, or one whose shape is the same
	}
	return []string{"scale_factor", c.sides(factor), "interpolation", mode}
}

// frameOptions reads padding and cropping: a number, one for each dimension, or
// two for each.
func frameOptions(names ...string) func(c *kerasCall) []string {
	return func(c *kerasCall) []string {
		dims := kerasClasses[c.l.class].dims
		each := make([]string, 0, dims+1)
		for range c.around.lead {
			each = append(each, "0")
		}
		n := c.o.numbers(names...)
		switch {
		case dims == 1 && len(n) == 2:
			each = append(each, pairOf(n))
		case dims == 2 && len(n) == 4: // Keras 1
			each = append(each, pairOf(n[:2]), pairOf(n[2:]))
		case len(n) == 1 && dims > 0:
			for range dims {
				each = append(each, strconv.FormatInt(n[0], 10))
			}
		case len(n) > 0:
			for _, one := range n {
				each = append(each, strconv.FormatInt(one, 10))
			}
		default:
			for _, two := range kerasLists(c.o.get(names...)) {
				each = append(each, pairOf(two))
			}
		}
		return []string{"sides", strings.Join(each, "x")}
	}
}

// pairOf writes the cells before and after one dimension.
func pairOf(n []int64) string {
	if len(n) != 2 {
		return "?" // which no field reads
	}
	if n[0] == n[1] {
		return strconv.FormatInt(n[0], 10)
	}
	return strconv.FormatInt(n[0], 10) + "+" + strconv.FormatInt(n[1], 10)
}

// kerasFunctions are the functions of keras.activations.
var kerasFunctions = map[string]string{
	"relu": "relu", "relu6": "relu6", "sigmoid": "sigmoid", "hard_sigmoid": "hardsigmoid", "tanh": "tanh", "softmax": "softmax",
	"softplus": "softplus", "softsign": "softsign", "elu": "elu", "selu": "selu", "gelu": "gelu", "swish": "silu", "silu": "silu",
	"hard_swish": "hardswish", "hard_silu": "hardswish", "exponential": "exp", "leaky_relu": "leakyrelu", "mish": "mish",
	"log_softmax": "logsoftmax", "log_sigmoid": "logsigmoid", "celu": "celu", "hard_tanh": "hardtanh", "tanh_shrink": "tanhshrink",
	"soft_shrink": "softshrink", "hard_shrink": "hardshrink", "identity": "identity",
}

// kerasClasses are the classes of keras.layers, in all the names they had.
var kerasClasses map[string]kerasClass

// init fills the table: classes that wrap others look them up in it, so it refers
// to itself, which a variable may not.
func init() {
	kerasClasses = map[string]kerasClass{
		"InputLayer":             {read: (*kerasCall).inputLayer},
		"Dense":                  {kind: "linear", rank: 1, kernel: true, acts: true, wants: wantsRows, set: denseOptions},
		"Activation":             {alike: true, read: (*kerasCall).activation},
		"Embedding":              {read: (*kerasCall).embedding, wants: wantsRows},
		"Flatten":                {read: (*kerasCall).flatten},
		"Reshape":                {read: (*kerasCall).reshape},
		"Permute":                {read: (*kerasCall).permuted},
		"RepeatVector":           {read: (*kerasCall).repeatVector},
		"BatchNormalization":     {alike: true, read: (*kerasCall).batchNorm},
		"SyncBatchNormalization": {alike: true, read: (*kerasCall).batchNorm},
		"LayerNormalization":     {alike: true, read: (*kerasCall).layerNorm},
		"RMSNormalization":       {alike: true, read: (*kerasCall).layerNorm},
		"GroupNormalization":     {alike: true, read: (*kerasCall).groupNorm},
		"InstanceNormalization":  {alike: true, read: (*kerasCall).groupNorm},
		"Normalization":          {alike: true, read: (*kerasCall).normalization},
		"Rescaling":              {alike: true, read: (*kerasCall).rescaling},
		"ReLU":                   {alike: true, read: (*kerasCall).relu},
		"Softmax":                {alike: true, read: (*kerasCall).softmax},
		"PReLU":                  {alike: true, read: (*kerasCall).prelu},
		"TimeDistributed":        {read: (*kerasCall).timeDistributed, wants: wantsWrapped},
		"Bidirectional":          {first: true, read: (*kerasCall).bidirectional, wants: wantsRows},
		"RNN":                    {first: true, read: (*kerasCall).cells, wants: wantsRows},
		"Merge":                  {read: (*kerasCall).merge},
		"Dot":                    {read: (*kerasCall).dot},
		"Attention":              {read: (*kerasCall).dotAttention, wants: wantsRows},
		"AdditiveAttention":      {read: (*kerasCall).dotAttention, wants: wantsRows},
		"LocallyConnected1D":     {dims: 1, kernel: true, acts: true, read: (*kerasCall).locally, wants: wantsMap},
		"LocallyConnected2D":     {dims: 2, kernel: true, acts: true, read: (*kerasCall).locally, wants: wantsMap},
		"MultiHeadAttention":     {read: (*kerasCall).multiHead, wants: wantsRows},
		"GroupedQueryAttention":  {read: (*kerasCall).multiHead, wants: wantsRows},
		"GroupQueryAttention":    {read: (*kerasCall).multiHead, wants: wantsRows},
		"Resizing":               {read: (*kerasCall).resizing, wants: wantsMap},
		"TFOpLambda":             {read: (*kerasCall).op},
		"LeakyReLU": {kind: "leakyrelu", alike: true, set: func(c *kerasCall) []string {
			slope := c.bounded(-1e9, 1e9, "negative_slope", "alpha")
			if slope == "" {
				slope = "0.3"
			}
			return []string{"slope", slope}
		}},
		"ELU":             {kind: "elu", alike: true, set: optional("alpha", "alpha")},
		"ThresholdedReLU": {kind: "threshold", alike: true, set: optional("threshold", "theta")},
	}
	for class, kind := range map[string]string{
		"Dropout": "dropout", "SpatialDropout1D": "spatialdropout", "SpatialDropout2D": "spatialdropout", "SpatialDropout3D": "spatialdropout",
		"GaussianDropout": "gaussiandropout", "AlphaDropout": "alphadropout", "GaussianNoise": "gaussiannoise",
	} {
		field := "p"
		if kind == "gaussiannoise" {
			field = "stddev"
		}
		kerasClasses[class] = kerasClass{kind: kind, alike: true, set: func(c *kerasCall) []string {
			return []string{field, c.bounded(0, 1, "rate", "p", "stddev", "sigma")}
		}}
	}
	// What only acts while training, or on values alone, passes all on here.
	for _, class := range []string{"ActivityRegularization", "Masking", "RandomFlip", "RandomRotation", "RandomZoom",
		"RandomContrast", "RandomTranslation", "RandomBrightness", "RandomHeight", "RandomWidth", "RandomShear", "RandomGaussianBlur", "RandomColorJitter",
		"RandomHue", "RandomSaturation", "RandomSharpness", "RandomGrayscale", "RandomPosterization", "RandomErasing", "RandomInvert", "RandomPerspective",
		"RandomElasticTransform", "RandomColorDegeneration", "Solarization", "Equalization", "AutoContrast", "RandAugment", "AugMix", "Identity"} {
		kerasClasses[class] = kerasClass{kind: "identity", alike: true}
	}
	for class, kind := range map[string]string{"Add": "add", "Subtract": "sub", "Multiply": "mul", "Maximum": "max", "Minimum": "min", "Average": "average", "Concatenate": "concat"} {
		kerasClasses[class] = kerasClass{alike: true, read: func(c *kerasCall) (kerasValue, error) { return c.join(kind, c.all(), "axis") }}
	}
	for _, class := range []string{"SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU"} {
		kerasClasses[class] = kerasClass{rank: 2, first: true, kernel: true, wants: wantsRows, read: (*kerasCall).recurrent}
	}
	for dims := 1; dims <= 3; dims++ {
		d := strconv.Itoa(dims) + "D"
		conv := kerasClass{kind: "conv", dims: dims, kernel: true, acts: true, set: convOptions, wants: wantsMap}
		for _, class := range []string{"Conv", "Convolution", "AtrousConvolution", "AtrousConv"} {
			kerasClasses[class+d] = conv
		}
		conv.kind, conv.set, conv.kernel = "convtranspose", transposeOptions, false
		kerasClasses["Conv"+d+"Transpose"], kerasClasses["Convolution"+d+"Transpose"] = conv, conv
		conv.kind, conv.set = "depthwise", depthwiseOptions
		conv.kernel = true
		kerasClasses["DepthwiseConv"+d], kerasClasses["DepthwiseConvolution"+d] = conv, conv
		conv.kind, conv.set = "separable", separableOptions
		kerasClasses["SeparableConv"+d], kerasClasses["SeparableConvolution"+d] = conv, conv
		conv = kerasClass{dims: dims, wants: wantsMap}
		for class, kind := range map[string]string{"MaxPooling": "maxpool", "MaxPool": "maxpool", "AveragePooling": "avgpool", "AvgPool": "avgpool"} {
			conv.kind, conv.set = kind, poolOptions
			kerasClasses[class+d] = conv
		}
		conv.kind, conv.set = "upsample", upsampleOptions
		kerasClasses["UpSampling"+d] = conv
		conv.kind, conv.set = "pad", frameOptions("padding")
		kerasClasses["ZeroPadding"+d] = conv
		conv.kind, conv.set = "crop", frameOptions("cropping")
		kerasClasses["Cropping"+d] = conv
		for class, kind := range map[string]string{"GlobalAveragePooling": "globalavgpool", "GlobalAvgPool": "globalavgpool", "GlobalMaxPooling": "globalmaxpool", "GlobalMaxPool": "globalmaxpool"} {
			kerasClasses[class+d] = kerasClass{kind: kind, dims: dims, wants: wantsMap, read: (*kerasCall).globalPool}
		}
		kerasClasses["ConvLSTM"+d] = kerasClass{rank: dims + 2, first: true, wants: wantsFilm, read: (*kerasCall).convLSTM, dims: dims}
	}
}

// optional reads one number of an activation.
func optional(field string, names ...string) func(*kerasCall) []string {
	return func(c *kerasCall) []string { return []string{field, c.bounded(-1e9, 1e9, names...)} }
}

func denseOptions(c *kerasCall) []string {
	return []string{"features", c.o.written("units", "output_dim"), "bias", graph.OnOff(c.o.yes(true, "use_bias", "bias"))}
}

// kerasSameShape are classes without a kind here that give what they take.
var kerasSameShape = map[string]bool{"UnitNormalization": true}

// kerasWeightless reports whether a layer without a kind here is known to have no
// weights: operations, and preparations of data.
func kerasWeightless(l *kerasLayer) bool {
	if strings.HasPrefix(l.class, "ops.") {
		return true
	}
	if l.custom {
		return false
	}
	switch l.class {
	case "InputLayer", "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "ClassMethod", "InstanceMethod", "InstanceProperty", "Lambda", "Dot",
		"UnitNormalization", "CategoryEncoding", "Hashing", "HashedCrossing", "Discretization", "StringLookup", "IntegerLookup", "TextVectorization",
		"CenterCrop", "RandomCrop", "Resizing", "MelSpectrogram", "STFTSpectrogram", "MaxNumBoundingBoxes", "MixUp", "CutMix", "Pipeline":
		return true
	}
	return false
}
