package importer

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A caffeMake makes nodes of a layer whose inputs stand.
type caffeMake func(c *caffeNet, l *caffeLayer, in []string) error

// caffeLayers says what becomes of each type, by its caffeKey.
var caffeLayers map[string]caffeMake

func init() { // a variable's own value would be a circle
	caffeLayers = map[string]caffeMake{
		"convolution": caffeConv("conv"), "deconvolution": caffeConv("convtranspose"),
		"depthwiseconvolution": caffeConv("conv"), "convolutiondepthwise": caffeConv("conv"),
		"innerproduct": caffeDense, "pooling": caffePool, "batchnorm": caffeNorm, "scale": caffeScale, "bias": caffeBias,
		"lrn": caffeLRN, "mvn": caffeMVN, "prelu": caffePReLU, "relu": caffeReLU, "elu": caffeELU, "embed": caffeEmbed,
		"sigmoid": caffePlain("sigmoid"), "tanh": caffePlain("tanh"), "bnll": caffePlain("softplus"), "relu6": caffePlain("relu6"),
		"mish": caffePlain("mish"), "dropout": caffeDropout, "softmax": caffeSoftmax, "clip": caffeClip, "exp": caffeExp,
		"swish": caffeSwish, "eltwise": caffeEltwise, "concat": caffeConcat, "slice": caffeSlice, "split": caffeSplit,
		"flatten": caffeFlatten, "reshape": caffeReshape, "permute": caffePermute, "crop": caffeCrop, "reduction": caffeReduce,
		"padding": caffePadding, "shufflechannel": caffeShuffle, "axpy": caffeAxpy, "interp": caffeInterp, "parameter": caffeParameter,
		"priorbox": caffePriorBox, "detectionoutput": caffeDetection, "roipooling": caffeRegions, "roialign": caffeRegions,
		"psroipooling": caffeRegions, "normalize": caffeNormalize, "lstm": caffeRecurrent, "rnn": caffeRecurrent, "bn": caffeBN,
		"spp": caffePyramid,
	}
}

// caffePlain is a function without options.
func caffePlain(kind string) caffeMake {
	return func(c *caffeNet, l *caffeLayer, in []string) error { return c.put(l, in[:1], kind) }
}

// caffeSize returns a size that is written once for each dimension, or with a
// name for height and width (ConvolutionParameter, PoolingParameter).
func caffeSize(p *protoMessage, name, short, other string) string {
	h, w := p.str(short+"_h"), p.str(short+"_w")
	if h != "" || w != "" {
		side := "1"
		if name == "pad" {
			side = "0"
		}
		side = caffeOr(p.str(name), side)
		return caffeOr(h, side) + "x" + caffeOr(w, side)
	}
	return caffeOr(strings.Join(p.strs(name), "x"), other)
}

func caffeOr(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

// caffeConv is Convolution and Deconvolution. Each further input goes through the
// same weights (base_conv_layer.cpp).
func caffeConv(kind string) caffeMake {
	return func(c *caffeNet, l *caffeLayer, in []string) error {
		p := l.param("convolution_param")
		bias := p.yes("bias_term", p.yes("biasterm", true))
		groups := p.str("group")
		if strings.Contains(l.key, "depthwise") && groups == "" && knownSizes(c.channels(in[0])) {
			groups = crossed(c.channels(in[0]))
		}
		made, err := build(kind, "filters", p.str("num_output"), "kernel", caffeOr(caffeSize(p, "kernel_size", "kernel", ""), p.str("kernelsize")),
			"stride", caffeSize(p, "stride", "stride", ""), "padding", caffeSize(p, "pad", "pad", ""),
			"dilation", caffeSize(p, "dilation", "dilation", ""), "groups", groups, "bias", onOff(bias))
		if err != nil {
			return err
		}
		return c.learn(l, in, made, 1+asWhole(bias))
	}
}

func asWhole(b bool) int {
	if b {
		return 1
	}
	return 0
}

// learn adds a layer with so many tensors that learn, once for each input.
func (c *caffeNet) learn(l *caffeLayer, in []string, made layer.Layer, tensors int) error {
	n := Node{Name: l.name, Layer: made, Inputs: in[:1], Keep: true, Frozen: c.frozen(l, tensors), Shares: c.shares(l, tensors)}
	for i := range in {
		n.Inputs = in[i : i+1]
		name, err := c.add(n)
		if err != nil {
			return err
		}
		if i < len(l.top) {
			c.blobs[l.top[i]] = name
		}
		if i == 0 {
			c.own(l, name)
			if n.Shares == "" {
				n.Shares = name
			}
		}
	}
	return nil
}

// rates returns the learning rates of a layer's tensors, as written: lr_mult of
// each param, blobs_lr in old files.
func (l *caffeLayer) rates() []string {
	if old := l.msg.strs("blobs_lr"); len(old) > 0 {
		return old
	}
	var all []string
	l.msg.all("param", func(f *protoField) { all = append(all, caffeOr(f.msg.str("lr_mult"), "1")) })
	return all
}

// frozen reports whether none of a layer's tensors learn.
func (c *caffeNet) frozen(l *caffeLayer, tensors int) bool {
	rates, still := l.rates(), 0
	for _, r := range rates[:min(len(rates), tensors)] {
		if x, err := strconv.ParseFloat(r, 64); err == nil && x == 0 {
			still++
		}
	}
	if still > 0 && still < tensors {
		c.tell(catalog.ImportPartlyFrozen, l.name)
	}
	return still > 0 && still == tensors
}

// tensorNames returns the names under which a layer's tensors are shared.
func (l *caffeLayer) tensorNames() []string {
	var all []string
	l.msg.all("param", func(f *protoField) {
		if f.msg == nil {
			all = append(all, f.text)
		} else {
			all = append(all, f.msg.str("name"))
		}
	})
	return all
}

// shares returns the layer that has all the tensors that l names, "" if there is
// none.
func (c *caffeNet) shares(l *caffeLayer, tensors int) string {
	owner, same := "", 0
	names := l.tensorNames()
	for _, n := range names[:min(len(names), tensors)] {
		if o := c.owners[n]; n != "" && o != "" {
			if owner == "" {
				owner = o
			}
			same += asWhole(o == owner)
		}
	}
	if same > 0 && same < tensors {
		c.tell(catalog.ImportPartlyShared, l.name)
		return ""
	}
	return owner
}

// own notes the names of a layer's tensors, for those that share them.
func (c *caffeNet) own(l *caffeLayer, node string) {
	for _, n := range l.tensorNames() {
		if n != "" && c.owners[n] == "" {
			c.owners[n] = node
		}
	}
}

// caffeDense is InnerProduct, which lays all dimensions from an axis on in a row.
func caffeDense(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("inner_product_param")
	bias := p.yes("bias_term", p.yes("biasterm", true))
	made, err := build("linear", "features", p.str("num_output"), "bias", onOff(bias))
	if err != nil {
		return err
	}
	axis := c.axis(in[0], p.whole("axis", 1))
	if r := c.rank(in[0]); r == 0 || axis != int64(r)-1 {
		start := ""
		if axis != 1 {
			start = crossed(axis)
		}
		if in, err = c.before(l, in[:1], "flatten", "start", start); err != nil {
			return err
		}
	}
	return c.learn(l, in[:1], made, 1+asWhole(bias))
}

// caffePool is Pooling, which rounds up unless told otherwise. A second value is
// the places of the largest: it stands for the pool's.
func caffePool(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("pooling_param")
	kind, stochastic := "maxpool", false
	switch strings.ToUpper(p.str("pool")) {
	case "AVE", "1":
		kind = "avgpool"
	case "STOCHASTIC", "2":
		stochastic = true
	}
	var made layer.Layer
	var err error
	if p.yes("global_pooling", false) {
		made, err = build("global" + kind)
	} else {
		ceil := p.str("round_mode") != "FLOOR" && p.str("round_mode") != "1"
		made, err = build(kind, "kernel", caffeOr(caffeSize(p, "kernel_size", "kernel", ""), p.str("kernelsize")),
			"stride", caffeSize(p, "stride", "stride", "1"), "padding", caffeSize(p, "pad", "pad", ""), "caffe", onOff(ceil))
	}
	if err != nil {
		return err
	}
	if stochastic {
		return c.keep(l, in[:1], unknown{Type: "StochasticPooling", Told: true, Out: c.apply(made, in[:1])})
	}
	return c.give(l, in[:1], made)
}

// caffeNorm is BatchNorm. Its blobs are the running mean and variance and one
// number to divide them by: 2C + 1 buffers, as many as ours has without γ and β.
func caffeNorm(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("batch_norm_param")
	momentum := ""
	if f := p.real("moving_average_fraction", -1); f >= 0 && f <= 1 {
		momentum = strconv.FormatFloat(1-f, 'g', 9, 64)
	}
	err := c.put(l, in[:1], "bn", "affine", "off", "eps", p.str("eps"), "momentum", momentum)
	if err == nil && len(l.top) > 0 {
		c.norms[c.blobs[l.top[0]]] = l
	}
	return err
}

// caffeScale is Scale: a learned factor for each channel, and a bias if told. Right
// behind a batch norm, with nothing else that takes the norm's value, both are the
// one layer that other tools call batch norm. With two inputs the second is the
// factor.
func caffeScale(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("scale_param")
	bias := p.yes("bias_term", false)
	if len(in) > 1 {
		return c.scaleBy(l, in, bias)
	}
	axis, dims := c.axis(in[0], p.whole("axis", 1)), p.whole("num_axes", 1)
	norm := c.norms[in[0]]
	switch {
	case axis != 1 || dims != 1:
		return c.keep(l, in, c.entries(l, in[0], axis, dims, bias))
	case norm != nil && len(norm.uses) > 0 && norm.uses[0] == 1:
		n := c.node(in[0])
		made, d := layer.With(n.Layer, n.Layer.Kind().Field("affine"), "on")
		if d == nil {
			made, d = layer.With(made, made.Kind().Field("bias"), onOff(bias))
		}
		if d != nil {
			return d
		}
		n.Layer, n.Frozen = made, c.frozen(l, 1+asWhole(bias))
		delete(c.norms, in[0])
		c.tell(catalog.ImportScaleMerged, l.name)
		c.alias(l, in[0])
		return nil
	}
	made, err := build("layerscale", "over", "channels", "bias", onOff(bias))
	if err != nil {
		return err
	}
	return c.learn(l, in, made, 1+asWhole(bias))
}

// entries says what a Scale over several dimensions has.
func (c *caffeNet) entries(l *caffeLayer, in string, axis, dims int64, bias bool) unknown {
	u := unknown{Type: l.typ, Out: c.shapes[in]}
	s := c.shapes[in]
	end := axis + dims
	if dims < 0 {
		end = int64(len(s)) + 1
	}
	w := tensor.Of(tensor.Unknown)
	if axis >= 1 && end > axis && end <= int64(len(s))+1 {
		n := make([]int64, 0, end-axis)
		for _, d := range s[axis-1 : end-1] {
			n = append(n, d.N)
		}
		w = sized(n...)
	} else if dims == 0 {
		w = tensor.Of(1)
	}
	if u.Weights = []tensor.Shape{w}; bias {
		u.Weights = append(u.Weights, w)
	}
	u.Told = true
	return u
}

// scaleBy multiplies by a second value, which may have the leading dimensions
// only: N×C scales the channels of N×C×H×W.
func (c *caffeNet) scaleBy(l *caffeLayer, in []string, bias bool) error {
	x, y := c.shapes[in[0]], c.shapes[in[1]]
	if bias || x == nil || y == nil || len(y) > len(x) {
		u := unknown{Type: l.typ, Out: x, Told: !bias}
		return c.keep(l, in, u)
	}
	if len(y) < len(x) {
		n := make([]string, len(x))
		for i := range n {
			n[i] = "1"
			if i < len(y) {
				n[i] = y[i].String()
			}
		}
		wide, err := c.before(l, in[1:2], "reshape", "sizes", strings.Join(n, "x"))
		if err != nil {
			return err
		}
		in = []string{in[0], wide[0]}
	}
	return c.put(l, in[:2], "mul")
}

// caffeBias is Bias: a learned term for each channel, or a second value.
func caffeBias(c *caffeNet, l *caffeLayer, in []string) error {
	if len(in) > 1 {
		return c.put(l, in[:2], "add")
	}
	p := l.param("bias_param")
	return c.keep(l, in, c.entries(l, in[0], c.axis(in[0], p.whole("axis", 1)), p.whole("num_axes", 1), false))
}

// caffeBN is the BN of PSPNet and SegNet: slope and bias, mean and variance, each
// of C.
func caffeBN(c *caffeNet, l *caffeLayer, in []string) error {
	w := sized(c.channels(in[0]))
	u := unknown{Type: l.typ, Out: c.shapes[in[0]], Told: true, Weights: []tensor.Shape{w, w}}
	if p := l.param("bn_param"); p.str("bn_mode") != "INFERENCE" {
		u.Buffers = u.Weights
	}
	return c.keep(l, in[:1], u)
}

// caffePReLU has a slope for each channel unless one is shared.
func caffePReLU(c *caffeNet, l *caffeLayer, in []string) error {
	slopes, shared := "", ""
	if n := c.channels(in[0]); !l.param("prelu_param").yes("channel_shared", false) {
		if knownSizes(n) {
			slopes = crossed(n)
		} else {
			axes := []string{"2", "3", "4"}
			shared = strings.Join(axes[:min(max(len(c.shapes[in[0]])-1, 0), len(axes))], "x")
		}
	}
	made, err := build("prelu", "slopes", slopes, "shared_axes", shared, "each", onOff(slopes == "" && shared == "" && !l.param("prelu_param").yes("channel_shared", false)))
	if err != nil {
		return err
	}
	return c.learn(l, in[:1], made, 1)
}

// caffeNormalize is SSD's: each position is divided by its length over the
// channels, and multiplied by a learned factor for each, or for all.
func caffeNormalize(c *caffeNet, l *caffeLayer, in []string) error {
	w := sized(c.channels(in[0]))
	if l.param("norm_param").yes("channel_shared", true) {
		w = tensor.Of(1)
	}
	return c.keep(l, in[:1], unknown{Type: l.typ, Out: c.shapes[in[0]], Told: true, Weights: []tensor.Shape{w}})
}

// caffeEmbed is a table of vectors, and a bias that ours has not.
func caffeEmbed(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("embed_param")
	if !p.yes("bias_term", true) {
		made, err := build("embedding", "table", p.str("input_dim")+"x"+p.str("num_output"))
		if err != nil {
			return err
		}
		return c.learn(l, in[:1], made, 1)
	}
	n, rows := p.whole("num_output", -1), p.whole("input_dim", -1)
	var out tensor.Shape
	if s := c.shapes[in[0]]; s != nil {
		out = append(append(out, s...), tensor.Dim{N: n})
	}
	return c.keep(l, in[:1], unknown{Type: l.typ, Out: out, Told: true, Weights: []tensor.Shape{sized(rows, n), sized(n)}})
}

// caffeRecurrent is LSTM and RNN: one bias for each gate, and for RNN an output
// matrix (lstm_layer.cpp, rnn_layer.cpp). Time comes first and the batch second, so
// what is kept of the shape here is the batch; the features are the last.
func caffeRecurrent(c *caffeNet, l *caffeLayer, in []string) error {
	h, features := l.param("recurrent_param").whole("num_output", -1), int64(tensor.Unknown)
	if s := c.shapes[in[0]]; len(s) == 2 {
		features = s[1].N
	}
	u := unknown{Type: l.typ, Told: true, MACs: -1}
	if l.key == "lstm" {
		u.Weights = []tensor.Shape{sized(4, h, features), sized(4, h), sized(4, h, h)}
	} else {
		u.Weights = []tensor.Shape{sized(h, features), sized(h), sized(h, h), sized(h, h), sized(h)}
	}
	if s := c.shapes[in[0]]; s != nil {
		u.Out = tensor.Shape{s[0], {N: h}}
	}
	return c.keep(l, in, u)
}

// caffeParameter is a learned tensor that enters.
func caffeParameter(c *caffeNet, l *caffeLayer, _ []string) error {
	var dims []string
	for _, d := range l.msg.sub("parameter_param").sub("shape").strs("dim") {
		dims = append(dims, caffeOr(d, "?"))
	}
	if len(dims) > 1 && dims[0] == "1" {
		dims = dims[1:] // the batch
	}
	made, err := build("param", "shape", strings.Join(dims, "x"))
	if err != nil {
		return err
	}
	name, err := c.add(Node{Name: l.name, Layer: made, Keep: true, Frozen: c.frozen(l, 1)})
	if err == nil {
		c.alias(l, name)
	}
	return err
}

// caffeWeightless reports whether Caffe or a fork says that a type has no weights.
func caffeWeightless(l *caffeLayer) bool {
	if l.key == "python" { // Faster R-CNN's, which only choose regions
		p := l.msg.sub("python_param")
		return strings.HasPrefix(p.str("module"), "rpn.") || strings.HasPrefix(p.str("module"), "roi_data_layer.")
	}
	return slices.Contains(caffeSameShape, l.key) || slices.Contains(caffeOther, l.key)
}

// caffeSameShape are types without weights that keep the shape, and caffeOther
// those that do not.
var (
	caffeSameShape = strings.Fields("absval power log threshold filter batchreindex")
	caffeOther     = strings.Fields("argmax tile im2col upsample proposal reorg correlation flowwarp resample")
)
