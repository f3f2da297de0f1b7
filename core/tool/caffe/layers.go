package caffe

import (
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/graph"
)

// A caffeMake makes nodes of a layer whose inputs stand.
type caffeMake func(c *caffeNet, l *caffeLayer, in []string) error

// caffeLayers says what becomes of each type, by its caffeKey.
var caffeLayers = map[string]caffeMake{
	"convolution": caffeConv("conv"), "deconvolution": caffeConv("convtranspose"),
	"depthwiseconvolution": caffeConv("conv"), "convolutiondepthwise": caffeConv("conv"),
	"innerproduct": caffeDense, "pooling": caffePool, "batchnorm": caffeNorm, "scale": caffeScale, "bias": caffeBias,
	"lrn": caffeLRN, "mvn": caffeMVN, "prelu": caffePReLU, "relu": caffeReLU, "elu": caffeELU, "embed": caffeEmbed,
	"sigmoid": caffePlain("sigmoid"), "tanh": caffePlain("tanh"), "bnll": caffePlain("softplus"), "relu6": caffePlain("relu6"),
	"mish": caffePlain("mish"), "dropout": caffeDropout, "softmax": caffeSoftmax, "clip": caffeClip, "exp": caffeExp,
	"swish": caffeSwish, "eltwise": caffeEltwise, "power": caffePower, "concat": caffeConcat, "slice": caffeSlice, "split": caffeSplit,
	"flatten": caffeFlatten, "reshape": caffeReshape, "permute": caffePermute, "crop": caffeCrop, "reduction": caffeReduce,
	"padding": caffePadding, "shufflechannel": caffeShuffle, "axpy": caffeAxpy, "interp": caffeInterp, "parameter": caffeParameter,
	"priorbox": caffePriorBox, "detectionoutput": caffeDetection, "roipooling": caffeRegions, "roialign": caffeRegions,
	"psroipooling": caffeRegions, "normalize": caffeNormalize, "lstm": caffeRecurrent, "rnn": caffeRecurrent, "bn": caffeBN,
	"spp": caffePyramid,
}

// caffePlain is a function without options.
func caffePlain(kind string) caffeMake {
	return func(c *caffeNet, l *caffeLayer, in []string) error { return c.put(l, in[:1], kind) }
}

// caffeSize returns a size that is written once for each dimension, or with a
// name for height and width (ConvolutionParameter, PoolingParameter).
func caffeSize(p *prototext.Message, name, short, other string) string {
	h, w := p.Str(short+"_h"), p.Str(short+"_w")
	if h != "" || w != "" {
		side := "1"
		if name == "pad" {
			side = "0"
		}
		side = caffeOr(p.Str(name), side)
		return caffeOr(h, side) + "x" + caffeOr(w, side)
	}
	return caffeOr(strings.Join(p.Strs(name), "x"), other)
}

func caffeOr(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// caffeConv is Convolution and Deconvolution. Each further input goes through the
// same weights (base_conv_layer.cpp).
func caffeConv(kind string) caffeMake {
	return func(c *caffeNet, l *caffeLayer, in []string) error {
		p := l.param("convolution_param")
		bias := p.Yes("bias_term", p.Yes("biasterm", true))
		groups := p.Str("group")
		if strings.Contains(l.key, "depthwise") && groups == "" && graph.KnownSizes(c.channels(in[0])) {
			groups = graph.Crossed(c.channels(in[0]))
		}
		made, err := graph.Build(kind, "filters", p.Str("num_output"), "kernel", caffeOr(caffeSize(p, "kernel_size", "kernel", ""), p.Str("kernelsize")),
			"stride", caffeSize(p, "stride", "stride", ""), "padding", caffeSize(p, "pad", "pad", ""),
			"dilation", caffeSize(p, "dilation", "dilation", ""), "groups", groups, "bias", graph.OnOff(bias))
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

// caffeDense is InnerProduct, which lays all dimensions from an axis on in a row.
func caffeDense(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("inner_product_param")
	bias := p.Yes("bias_term", p.Yes("biasterm", true))
	made, err := graph.Build("linear", "features", p.Str("num_output"), "bias", graph.OnOff(bias))
	if err != nil {
		return err
	}
	axis := c.axis(in[0], p.Whole("axis", 1))
	if r := c.rank(in[0]); r == 0 || axis != int64(r)-1 {
		start := ""
		if axis != 1 {
			start = graph.Crossed(axis)
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
	switch strings.ToUpper(p.Str("pool")) {
	case "AVE", "1":
		kind = "avgpool"
	case "STOCHASTIC", "2":
		stochastic = true
	}
	var made layer.Layer
	var err error
	if p.Yes("global_pooling", false) {
		made, err = graph.Build("global" + kind)
	} else {
		ceil := p.Str("round_mode") != "FLOOR" && p.Str("round_mode") != "1"
		made, err = graph.Build(kind, "kernel", caffeOr(caffeSize(p, "kernel_size", "kernel", ""), p.Str("kernelsize")),
			"stride", caffeSize(p, "stride", "stride", "1"), "padding", caffeSize(p, "pad", "pad", ""), "caffe", graph.OnOff(ceil))
	}
	if err != nil {
		return err
	}
	if stochastic {
		return c.keep(l, in[:1], graph.Unknown{Type: "StochasticPooling", Complete: true, Out: c.Apply(made, in[:1])})
	}
	return c.give(l, in[:1], made)
}

// caffePReLU has a slope for each channel unless one is shared.
func caffePReLU(c *caffeNet, l *caffeLayer, in []string) error {
	slopes, shared := "", ""
	if n := c.channels(in[0]); !l.param("prelu_param").Yes("channel_shared", false) {
		if graph.KnownSizes(n) {
			slopes = graph.Crossed(n)
		} else {
			axes := []string{"2", "3", "4"}
			shared = strings.Join(axes[:min(max(len(c.Shapes[in[0]])-1, 0), len(axes))], "x")
		}
	}
	made, err := graph.Build("prelu", "slopes", slopes, "shared_axes", shared, "each", graph.OnOff(slopes == "" && shared == "" && !l.param("prelu_param").Yes("channel_shared", false)))
	if err != nil {
		return err
	}
	return c.learn(l, in[:1], made, 1)
}

// caffeEmbed is a table of vectors, and a bias that ours has not.
func caffeEmbed(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("embed_param")
	if !p.Yes("bias_term", true) {
		made, err := graph.Build("embedding", "table", p.Str("input_dim")+"x"+p.Str("num_output"))
		if err != nil {
			return err
		}
		return c.learn(l, in[:1], made, 1)
	}
	n, rows := p.Whole("num_output", -1), p.Whole("input_dim", -1)
	var out tensor.Shape
	if s := c.Shapes[in[0]]; s != nil {
		out = append(append(out, s...), tensor.Dim{N: n})
	}
	return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Out: out, Complete: true, Weights: []tensor.Shape{graph.Sized(rows, n), graph.Sized(n)}})
}

// caffeRecurrent is LSTM and RNN: one bias for each gate, and for RNN an output
// matrix (lstm_layer.cpp, rnn_layer.cpp). Time comes first and the batch second, so
// what is kept of the shape here is the batch; the features are the last.
func caffeRecurrent(c *caffeNet, l *caffeLayer, in []string) error {
	h, features := l.param("recurrent_param").Whole("num_output", -1), int64(tensor.Unknown)
	if s := c.Shapes[in[0]]; len(s) == 2 {
		features = s[1].N
	}
	u := graph.Unknown{Type: l.typ, Complete: true, MACs: -1}
	if l.key == "lstm" {
		u.Weights = []tensor.Shape{graph.Sized(4, h, features), graph.Sized(4, h), graph.Sized(4, h, h)}
	} else {
		u.Weights = []tensor.Shape{graph.Sized(h, features), graph.Sized(h), graph.Sized(h, h), graph.Sized(h, h), graph.Sized(h)}
	}
	if s := c.Shapes[in[0]]; s != nil {
		u.Out = tensor.Shape{s[0], {N: h}}
	}
	return c.keep(l, in, u)
}

// caffeSameShape are types without weights that keep the shape, and caffeOther
// those that do not.
var (
	caffeSameShape = strings.Fields("absval power log threshold filter batchreindex")
	caffeOther     = strings.Fields("argmax tile im2col upsample proposal reorg correlation flowwarp resample")
)
