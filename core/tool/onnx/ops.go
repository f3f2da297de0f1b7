package onnx

import (
	"slices"
	"strconv"

	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
)

// onnxOps are the operators that have a layer here; each reports whether the
// layer could be made. What fails becomes opaque.
var onnxOps map[string]func(c *onnxNet, n *onnxpb.Node) bool

func init() { // the functions look each other up
	onnxOps = map[string]func(c *onnxNet, n *onnxpb.Node) bool{
		"Conv": (*onnxNet).conv, "QLinearConv": (*onnxNet).conv, "ConvInteger": (*onnxNet).conv, "ConvTranspose": (*onnxNet).conv,
		"DeformConv": (*onnxNet).deform,
		"MaxPool":    (*onnxNet).pool, "AveragePool": (*onnxNet).pool, "LpPool": (*onnxNet).pool,
		"GlobalAveragePool": simple("globalavgpool"), "GlobalMaxPool": simple("globalmaxpool"),
		"Gemm": (*onnxNet).gemm, "MatMul": (*onnxNet).matMul, "QLinearMatMul": (*onnxNet).matMul, "MatMulInteger": (*onnxNet).matMul,
		"MatMulIntegerToFloat": (*onnxNet).matMul, "MatMulNBits": (*onnxNet).packed,
		"BatchNormalization": (*onnxNet).batchNorm, "InstanceNormalization": (*onnxNet).instanceNorm,
		"LayerNormalization": (*onnxNet).layerNorm, "RMSNormalization": (*onnxNet).layerNorm, "SimplifiedLayerNormalization": (*onnxNet).layerNorm,
		"GroupNormalization": (*onnxNet).groupNorm, "LRN": (*onnxNet).lrn,
		"LSTM": (*onnxNet).recurrent, "GRU": (*onnxNet).recurrent, "RNN": (*onnxNet).recurrent,
		"Attention": (*onnxNet).attention,
		"PRelu":     (*onnxNet).prelu, "Clip": (*onnxNet).clip, "Gather": (*onnxNet).gather,
		"Add": joining("add"), "Sum": joining("add"), "Sub": joining("sub"), "Mul": joining("mul"),
		"Max": joining("max"), "Min": joining("min"), "Mean": joining("average"), "Div": (*onnxNet).div,
		"Concat": (*onnxNet).concat, "Flatten": (*onnxNet).flatten, "Reshape": (*onnxNet).reshape, "Transpose": (*onnxNet).transpose,
		"Squeeze": (*onnxNet).squeeze, "Unsqueeze": (*onnxNet).unsqueeze, "Split": (*onnxNet).split, "Slice": (*onnxNet).slice,
		"Pad": (*onnxNet).pad, "Crop": (*onnxNet).crop, "Resize": (*onnxNet).resize, "Upsample": (*onnxNet).resize, "Expand": (*onnxNet).expand,
		"Col2Im": (*onnxNet).col2im, "DepthToSpace": shuffle("pixelshuffle", "upscale_factor"), "SpaceToDepth": shuffle("pixelunshuffle", "downscale_factor"),
		"ReduceMean": reducing("mean"), "ReduceSum": reducing("sum"), "ReduceMax": reducing("amax"),
		"Relu": simple("relu"), "Sigmoid": simple("sigmoid"), "Tanh": simple("tanh"), "Selu": simple("selu"), "Mish": simple("mish"),
		"HardSwish": simple("hardswish"), "HardSigmoid": simple("hardsigmoid"), "Softplus": simple("softplus"), "Softsign": simple("softsign"),
		"Exp": simple("exp"), "Swish": simple("silu"), "QuickGelu": simple("silu"), "Identity": simple("identity"),
		"LeakyRelu": constant("leakyrelu", "slope", "alpha", 0.01), "Elu": constant("elu", "alpha", "alpha", 1), "Celu": constant("celu", "alpha", "alpha", 1),
		"ThresholdedRelu": constant("threshold", "threshold", "alpha", 1), "Shrink": constant("hardshrink", "lambda", "lambd", 0.5),
		"Gelu": (*onnxNet).gelu, "FastGelu": (*onnxNet).gelu, "Dropout": (*onnxNet).dropout,
		"Softmax": softmaxing("softmax"), "LogSoftmax": softmaxing("logsoftmax"),
		// These change neither a shape nor a number that counts.
		"Cast": pass, "CastLike": pass, "QuantizeLinear": pass, "DequantizeLinear": pass, "DynamicQuantizeLinear": pass,
	}
}

// simple is an operator that is a layer without options.
func simple(kind string) func(*onnxNet, *onnxpb.Node) bool {
	return func(c *onnxNet, n *onnxpb.Node) bool {
		x := c.live(n, 0)
		return x != nil && len(n.In) == 1 && c.give(n, made{kind: kind, in: []*onnxValue{x}})
	}
}

// constant is an operator with one constant.
func constant(kind, field, attr string, or float64) func(*onnxNet, *onnxpb.Node) bool {
	return func(c *onnxNet, n *onnxpb.Node) bool {
		x := c.live(n, 0)
		return x != nil && c.give(n, made{kind: kind, pairs: []string{field, realText(n.Real(attr, or))}, in: []*onnxValue{x}})
	}
}

// give puts a layer and makes what it gives the node's first output.
func (c *onnxNet) give(n *onnxpb.Node, m made) bool {
	v := c.put(n, m)
	c.set(n, 0, v)
	return v != nil
}

// pass leaves an operator out.
func pass(c *onnxNet, n *onnxpb.Node) bool {
	x := c.live(n, 0)
	if x == nil {
		return false
	}
	for i := 1; i < len(n.In); i++ {
		if k := c.constIn(n, i); k != nil {
			for _, r := range k.roots {
				r.scale, r.used = true, true
			}
		}
	}
	c.tally(c.folded, n.Op)
	c.set(n, 0, x)
	for i := 1; i < len(n.Out); i++ { // the scale and zero point that a quantiser found
		c.set(n, i, &onnxValue{konst: &onnxConst{dims: []int64{}, float: true, made: true, roots: []*onnxStored{{dims: []int64{}, scale: true, used: true}}}})
	}
	return true
}

func (c *onnxNet) gelu(n *onnxpb.Node) bool {
	x, how := c.live(n, 0), n.Str("approximate", "none")
	if n.Op == "FastGelu" {
		how = "tanh"
	}
	return x != nil && len(n.In) == 1 && c.give(n, made{kind: "gelu", pairs: []string{"approximate", how}, in: []*onnxValue{x}})
}

func (c *onnxNet) dropout(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	p := realText(n.Real("ratio", 0.5))
	if v, ok := c.constIn(n, 1).scalar(); ok {
		p = strconv.FormatFloat(float64(float32(v)), 'g', -1, 32)
	}
	return x != nil && !c.needed(n, 1) && c.give(n, made{kind: "dropout", pairs: []string{"p", p}, in: []*onnxValue{x}})
}

// clip is a layer where its bounds are numbers: relu6, relu, or hardtanh.
func (c *onnxNet) clip(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	if x == nil {
		return false
	}
	bound := func(attr string, i int, none string) (string, bool) {
		if a := n.Attrs[attr]; a != nil {
			return realText(n.Real(attr, 0)), true
		}
		if !n.Has(i) {
			return none, true
		}
		v, ok := c.constIn(n, i).scalar()
		return strconv.FormatFloat(float64(float32(v)), 'g', -1, 32), ok
	}
	low, ok := bound("min", 1, "-3.4028235e+38")
	high, ok2 := bound("max", 2, "3.4028235e+38")
	if !ok || !ok2 {
		return false
	}
	for i := 1; i < len(n.In); i++ {
		c.spend(c.constIn(n, i))
	}
	m := made{kind: "hardtanh", pairs: []string{"low", low, "high", high}, in: []*onnxValue{x}}
	switch {
	case low == "0" && high == "6":
		m.kind, m.pairs = "relu6", nil
	case low == "0" && len(high) > 12: // no upper bound
		m.kind, m.pairs = "relu", nil
	}
	return c.give(n, m)
}

// spend marks the stored numbers of an option as used: they are no weights.
func (c *onnxNet) spend(k *onnxConst) {
	if k != nil {
		for _, r := range k.roots {
			r.used = true
		}
	}
}

// softmaxing is softmax along an axis: before opset 13 the second, all behind it
// taken together, since then the last.
func softmaxing(kind string) func(*onnxNet, *onnxpb.Node) bool {
	return func(c *onnxNet, n *onnxpb.Node) bool {
		x := c.live(n, 0)
		if x == nil || x.rank() < 0 {
			return false
		}
		or := int64(-1)
		if c.m.Opset < 13 {
			or = min(1, int64(x.rank())-1)
		}
		axis := n.Int("axis", or)
		dim := "0" // the batch
		if at, ok := x.at(axis); ok {
			dim = strconv.Itoa(at + 1)
		} else if a, ok := x.axis(axis); !ok || a != x.batch {
			return false
		}
		return c.give(n, made{kind: kind, pairs: []string{"dim", dim}, in: []*onnxValue{x}})
	}
}

func (c *onnxNet) prelu(n *onnxpb.Node) bool {
	x, k := c.live(n, 0), c.constIn(n, 1)
	if x == nil || k == nil || x.sample == nil {
		return false
	}
	m := made{kind: "prelu", in: []*onnxValue{x}, weights: []*onnxConst{k}}
	if c.m.Opset < 7 && len(k.dims) == 1 { // one for each channel, not for each of the last
		k = k.laid(append(slices.Clone(k.dims), slices.Repeat([]int64{1}, max(len(x.sample)-1, 0))...))
	}
	sample, ok := c.against(x, k)
	if !ok {
		return false
	}
	one := func(d int64) bool { return d == 1 }
	rest := slices.IndexFunc(sample, func(d int64) bool { return d != 1 })
	switch {
	case rest < 0:
		m.pairs = []string{"slopes", "1"}
	case rest == 0 && !slices.ContainsFunc(sample[1:], func(d int64) bool { return !one(d) }):
		m.pairs = []string{"slopes", strconv.FormatInt(sample[0], 10)}
	default:
		m.pairs = []string{"each", "on"}
		var shared []int64
		for i, d := range sample {
			if d == 1 {
				shared = append(shared, int64(i+1))
			}
		}
		if len(shared) > 0 {
			m.pairs = append(m.pairs, "shared_axes", joinInts(shared))
		}
	}
	return c.give(n, m)
}

// expand is nothing where nothing is stretched.
func (c *onnxNet) expand(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	to, ok := c.constIn(n, 1).shape()
	if x == nil || !ok || x.rank() < 0 {
		return false
	}
	dims := x.dims(c.n)
	wide, ok := broadcastDims(dims, to)
	if !ok || !slices.Equal(wide, dims) {
		return false
	}
	c.tally(c.folded, n.Op)
	c.set(n, 0, x)
	return true
}

func shuffle(kind, field string) func(*onnxNet, *onnxpb.Node) bool {
	return func(c *onnxNet, n *onnxpb.Node) bool {
		x := c.live(n, 0)
		if x == nil || x.batch > 0 {
			return false
		}
		m := made{kind: kind, pairs: []string{field, strconv.FormatInt(n.Int("blocksize", 0), 10)}, in: []*onnxValue{x}}
		if kind == "pixelshuffle" && n.Str("mode", "DCR") == "DCR" && x.sample != nil && x.sample[0].N != n.Int("blocksize", 0)*n.Int("blocksize", 0) {
			m.note = "DCR" // PyTorch's order is CRD; counts and shapes are the same
		}
		return c.give(n, m)
	}
}

// reducing is an operator that makes one value of all along some dimensions.
func reducing(kind string) func(*onnxNet, *onnxpb.Node) bool {
	return func(c *onnxNet, n *onnxpb.Node) bool {
		x := c.live(n, 0)
		axes, ok := c.intsIn(n, "axes", 1)
		if x == nil || x.sample == nil || !ok {
			return false
		}
		if len(axes) == 0 {
			if n.Int("noop_with_empty_axes", 0) != 0 {
				return pass(c, n)
			}
			for i := range x.rank() {
				axes = append(axes, int64(i))
			}
		}
		keep := n.Int("keepdims", 1) != 0
		var dims []int64
		before, gone := 0, false
		for _, a := range axes {
			if p, ok := x.axis(a); ok && p == x.batch && x.lost && c.n == 1 {
				gone = true // what was made of one sample
				continue
			}
			at, ok := x.at(a)
			if !ok {
				return false
			}
			dims = append(dims, int64(at+1))
			if at < x.batch {
				before++
			}
		}
		if len(dims) == 0 || gone {
			return false
		}
		pairs := []string{"dims", joinInts(dims)}
		if keep {
			pairs = append(pairs, "keepdim", "on")
		}
		if len(dims) > layer.MaxRank {
			return false
		}
		v := c.put(n, made{kind: kind, pairs: pairs, in: []*onnxValue{x}})
		if v == nil {
			return false
		}
		if !keep && v.batch >= 0 {
			v.batch -= before
		}
		c.set(n, 0, v)
		return true
	}
}
