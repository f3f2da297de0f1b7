package onnx

import (
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/onnx/onnxpb"
)

// The shapes of what has no layer here, where the file does not tell them.

// sameShape are operators whose output has the shape of their input.
var sameShape = wordSet("Abs Acos Acosh Affine Asin Asinh Atan Atanh BatchNormalization Bernoulli BitShift BitwiseNot Cast CastLike Ceil Celu Clip " +
	"Cos Cosh CumSum Dropout Elu Erf Exp FastGelu Floor Gelu GroupNormalization Hardmax HardSigmoid HardSwish Identity ImageScaler InstanceNormalization " +
	"IsInf IsNaN LayerNormalization LeakyRelu Log LogSoftmax LpNormalization LRN MeanVarianceNormalization Mish Neg Not ParametricSoftplus PRelu QuickGelu " +
	"Reciprocal Relu ReverseSequence RMSNormalization RotaryEmbedding Round ScaledTanh ScatterElements ScatterND Scatter Selu Shrink Sigmoid Sign Sin Sinh " +
	"SkipLayerNormalization Softmax Softplus Softsign Sqrt Swish Tan Tanh TensorScatter ThresholdedRelu Trilu BiasGelu BiasSplitGelu QuantizeLinear DequantizeLinear")

// stretching are operators whose inputs stretch to one another.
var stretching = wordSet("Add Sub Mul Div Pow Mod Max Min Mean Sum And Or Xor Equal Greater Less GreaterOrEqual LessOrEqual Where BitwiseAnd BitwiseOr BitwiseXor")

// collapsing are operators that leave one entry of some dimensions.
var collapsing = wordSet("ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare ArgMax ArgMin")

// multiplies are operators whose multiply-accumulates are not none.
var multiplies = wordSet("Attention Conv ConvTranspose ConvInteger DeformConv Einsum Gemm MatMul MatMulInteger QLinearConv QLinearMatMul " +
	"LSTM GRU RNN If Loop Scan DFT STFT Det")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// follows gives v the shape that follows from a node's inputs.
func (c *onnxNet) follows(n *onnxpb.Node, v *onnxValue) {
	if n.Domain != "" && n.Domain != "com.microsoft" {
		return
	}
	var live []*onnxValue
	var all []*onnxValue
	for i := range n.In {
		if x := c.in(n, i); x != nil {
			if all = append(all, x); x.konst == nil {
				live = append(live, x)
			}
		}
	}
	if len(live) == 0 || slices.ContainsFunc(live, func(x *onnxValue) bool { return x.sample == nil }) {
		return
	}
	x := live[0]
	dims := x.dims(c.n)
	switch {
	case sameShape[n.Op]:
		v.sample, v.batch, v.lost = x.sample, x.batch, x.lost
	case stretching[n.Op]:
		c.stretches(all, v)
	case collapsing[n.Op]:
		axes, ok := c.intsIn(n, "axes", 1)
		if n.Op == "ArgMax" || n.Op == "ArgMin" {
			axes, ok = []int64{n.Int("axis", 0)}, true
		}
		if ok {
			c.collapses(x, v, axes, n.Int("keepdims", 1) != 0)
		}
	case n.Op == "Expand":
		if to, ok := c.constIn(n, 1).shape(); ok {
			if wide, ok := broadcastDims(dims, to); ok {
				c.shaped(x, v, wide, len(wide)-len(dims))
			}
		}
	case n.Op == "Tile":
		times, ok := c.constIn(n, 1).shape()
		if !ok || len(times) != len(dims) {
			return
		}
		for i, t := range times {
			if n, ok := num.Of(max(dims[i], 0)).Times(max(t, 0)).Int64(); dims[i] >= 0 && t >= 0 && ok && n <= num.MaxExtent {
				dims[i] = n
			} else {
				dims[i] = tensor.Unknown
			}
		}
		c.shaped(x, v, dims, 0)
	case n.Op == "Gather":
		if at, ok := x.at(n.Int("axis", 0)); ok && c.constIn(n, 1) != nil {
			v.sample = slices.Concat(x.sample[:at], tensor.Of(c.constIn(n, 1).dims...), x.sample[at+1:])
			if v.batch = x.batch; x.batch > at {
				v.batch += len(c.constIn(n, 1).dims) - 1
			}
		}
	}
}

// shaped gives v all its extents; the batch stands where x has it, so many places
// further on.
func (c *onnxNet) shaped(x, v *onnxValue, dims []int64, on int) {
	if v.batch = x.batch; v.batch >= 0 {
		if v.batch += on; dims[v.batch] != c.n {
			v.batch = noBatch
			if c.n != 1 {
				return
			}
			v.lost = true
		}
	}
	if v.batch >= 0 {
		dims = slices.Delete(slices.Clone(dims), v.batch, v.batch+1)
	}
	v.sample = tensor.Of(dims...)
}

func (c *onnxNet) stretches(all []*onnxValue, v *onnxValue) {
	shapes := make([][]int64, len(all))
	first, rank := all[0], 0
	for i, x := range all {
		shapes[i] = x.dims(c.n)
		rank = max(rank, len(shapes[i]))
		if x.konst == nil && (x.batch >= 0 || first.konst != nil) {
			first = x
		}
	}
	if wide, ok := broadcastDims(shapes...); ok {
		c.shaped(first, v, wide, rank-first.rank())
	}
}

func (c *onnxNet) collapses(x, v *onnxValue, axes []int64, keep bool) {
	gone := make([]bool, x.rank())
	for _, a := range axes {
		p, ok := x.axis(a)
		if !ok || p == x.batch {
			return
		}
		gone[p] = true
	}
	if len(axes) == 0 {
		return
	}
	v.batch, v.lost, v.sample = x.batch, x.lost, tensor.Shape{}
	for i, d := range x.dims(c.n) {
		switch {
		case i == x.batch:
		case !gone[i]:
			v.sample = append(v.sample, tensor.Dim{N: d})
		case keep:
			v.sample = append(v.sample, tensor.Dim{N: 1})
		case i < x.batch:
			v.batch--
		}
	}
}

// optionAt are the inputs of operators that say how they work, and are no weights.
var optionAt = map[string][]int{
	"Resize": {1, 2, 3}, "Upsample": {1}, "Clip": {1, 2}, "Pad": {1, 2, 3}, "Dropout": {1, 2}, "NonMaxSuppression": {2, 3, 4}, "OneHot": {1, 2},
}

// opaqueNode makes a layer that has no rules here: with the weights that the file
// declares for it and the shape it says.
func (c *onnxNet) opaqueNode(n *onnxpb.Node) {
	c.tally(c.opaque, n.Op)
	var in []*onnxValue
	held := c.inside(n, 0)
	for i := range n.In {
		switch v := c.in(n, i); {
		case v == nil:
		case v.konst != nil && n.Domain == "" && slices.Contains(optionAt[n.Op], i):
			c.spend(v.konst)
		case v.konst != nil:
			held = append(held, v.konst)
		default:
			if s := c.settle(v); s != nil {
				in = append(in, s)
			} else if s := c.settle(v.base); s != nil { // in the extents it has
				in = append(in, s)
			}
		}
	}
	if len(in) == 0 {
		// Nothing enters: a table of random numbers, a constant too large to compute.
		for i, o := range n.Out {
			info := c.infos[o]
			c.result(n, i, &onnxConst{dims: info.Dims, float: onnxpb.IsFloat(info.Type), made: true, roots: rootsOf(held)})
		}
		return
	}
	weights, buffers, fresh := c.declared(n, held)
	for i := range n.Out {
		if i > 0 && !c.needed(n, i) || n.Out[i] == "" {
			continue
		}
		v := &onnxValue{name: n.Out[i], batch: noBatch}
		if info, told := c.infos[n.Out[i]]; told {
			c.fits(v, info, in)
		} else if i == 0 {
			c.follows(n, v)
		}
		pairs := []string{"type", wordOf(n.Op), "weights", weights.Text(), "buffers", buffers.Text()}
		if s := v.sample; len(s) > 0 && len(s) <= layer.MaxRank && !slices.ContainsFunc(s, func(d tensor.Dim) bool { return d.N == 0 }) {
			dims := make([]int64, len(s))
			for k, d := range s {
				dims[k] = d.N
			}
			pairs = append(pairs, "out", joinInts(dims))
		}
		if !multiplies[n.Op] && len(fresh) == 0 && n.Domain == "" {
			pairs = append(pairs, "macs", "0")
		}
		l, err := graph.Build("opaque", pairs...)
		if err != nil { // absurd sizes: what can be told is that something is there
			l, _ = graph.Build("opaque", "type", wordOf(n.Op))
		}
		node := graph.Node{Name: c.called(n, made{}), Layer: l, Keep: len(fresh) > 0}
		for _, x := range in {
			node.Inputs = append(node.Inputs, x.node)
		}
		r, _ := layer.Apply(l, nil)
		c.push(node, r.Out)
		for _, s := range fresh {
			s.user = node.Name
		}
		if v.node, v.sample = node.Name, r.Out; r.Out == nil {
			v.batch = noBatch
		}
		c.set(n, i, v)
		weights, buffers, fresh = layer.TensorsOf(), layer.TensorsOf(), nil
	}
}

// mostListed is how many tensors an opaque layer lists one by one.
const mostListed = 500

// declared returns the tensors that no layer has yet: tables of numbers are
// weights, of bytes too where an operator of others uses them; single numbers are
// buffers. Very many become one that is as large.
func (c *onnxNet) declared(n *onnxpb.Node, held []*onnxConst) (weights, buffers layer.Tensors, fresh []*onnxStored) {
	var lists [2][]tensor.Shape
	var sums [2]num.Int
	for _, r := range rootsOf(held) {
		r.used = true
		size := r.elements()
		many := size.Cmp(one) > 0
		if r.user != "" || r.scale || size.IsZero() || !r.float && !(many && r.byte && n.Domain != "") {
			continue
		}
		k := 0
		if !many {
			k = 1
		}
		lists[k] = append(lists[k], tensor.Of(folded(r.dims)...))
		sums[k] = sums[k].Add(size)
		fresh = append(fresh, r)
	}
	var all [2]layer.Tensors
	for k, shapes := range lists {
		if all[k] = layer.TensorsOf(shapes...); len(shapes) > mostListed {
			n, ok := sums[k].Int64()
			if !ok || n > num.MaxExtent {
				n = tensor.Unknown
			}
			all[k] = layer.TensorsOf(tensor.Of(n))
		}
	}
	return all[0], all[1], fresh
}

// fits gives a value the shape that the file says, the batch at the place where
// an input has it.
func (c *onnxNet) fits(v *onnxValue, info onnxpb.Info, in []*onnxValue) {
	dims := info.Dims
	for _, x := range in {
		if p := x.batch; p >= 0 && p < len(dims) && (dims[p] == c.n || dims[p] < 0) && v.batch == noBatch {
			v.batch = p
			dims = slices.Delete(slices.Clone(dims), p, p+1)
		}
	}
	v.sample = tensor.Of(dims...)
}

func rootsOf(held []*onnxConst) []*onnxStored {
	var all []*onnxStored
	for _, k := range held {
		for _, r := range k.roots {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// folded makes dims short enough for a stack text: the first extents as one.
func folded(dims []int64) []int64 {
	for len(dims) > layer.MaxRank {
		n := num.Of(dims[0]).Times(dims[1])
		one, ok := n.Int64()
		if !ok || one > num.MaxExtent {
			return []int64{tensor.Unknown}
		}
		dims = append([]int64{one}, dims[2:]...)
	}
	return dims
}

// wordOf is an operator's name as a stack text can hold it.
func wordOf(op string) string {
	w := layer.WordOf(op)
	return w.Text()
}
