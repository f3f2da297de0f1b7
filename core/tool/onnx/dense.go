package onnx

import (
	"strconv"

	"paramstack/core/num"
	"paramstack/core/tool/onnx/onnxpb"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// gemm is a linear layer where its matrix is stored; what is added is its bias,
// if it has one number for each output.
func (c *onnxNet) gemm(n *onnxpb.Node) bool {
	x, w := c.live(n, 0), c.constIn(n, 1)
	if x == nil || x.rank() != 2 && x.rank() != -1 || x.batch > 0 {
		return false
	}
	if n.Int("transA", 0) != 0 {
		if x.batch >= 0 {
			return false
		}
		if x = c.put(n, made{kind: "permute", pairs: []string{"dims", "2x1"}, in: []*onnxValue{x}, tail: ".transA"}); x == nil {
			return false
		}
	}
	if w == nil {
		return c.gemmOfTwo(n, x)
	}
	if len(w.dims) != 2 {
		return false
	}
	features := w.dims[1]
	if n.Int("transB", 0) != 0 {
		features = w.dims[0]
	}
	if x.sample == nil {
		c.learn(x, w.dims[0]+w.dims[1]-features, 0)
	}
	x = c.told(x, len(x.sample)-1, w.dims[0]+w.dims[1]-features)
	m := made{kind: "linear", pairs: []string{"features", itoa(features)}, in: []*onnxValue{x}, weights: []*onnxConst{w}}
	b, biased := c.constIn(n, 2), n.Has(2)
	if b != nil && elementsOf(b.dims).Cmp(num.Of(features)) == 0 && b.dims[len(b.dims)-1] == features {
		m.weights = append(m.weights, b)
		return c.give(n, m)
	}
	m.pairs = append(m.pairs, "bias", "off")
	if !biased {
		return c.give(n, m)
	}
	return c.try(func() bool {
		v := c.put(n, m)
		return v != nil && c.add(n, v, c.in(n, 2))
	})
}

// add puts the sum of a value and an input, which may be stored, and makes it the
// node's output.
func (c *onnxNet) add(n *onnxpb.Node, v, b *onnxValue) bool {
	if b == nil {
		return false
	}
	c.assign(n.Out[0]+"/product", v)
	sum := &onnxpb.Node{Name: n.Name, Op: "Add", In: []string{n.Out[0] + "/product", b.name}, Out: n.Out[:1]}
	if b.konst != nil {
		c.assign(n.Out[0]+"/bias", b)
		sum.In[1] = n.Out[0] + "/bias"
	}
	return c.join(sum, "add")
}

// gemmOfTwo is a product of two layers' outputs.
func (c *onnxNet) gemmOfTwo(n *onnxpb.Node, x *onnxValue) bool {
	y := c.live(n, 1)
	if y == nil || x.batch >= 0 || y.batch >= 0 {
		return false
	}
	m := made{kind: "matmul", in: []*onnxValue{x, y}}
	if n.Int("transB", 0) != 0 {
		m.pairs = []string{"transpose", "on"}
	}
	if !n.Has(2) {
		return c.give(n, m)
	}
	return c.try(func() bool {
		v := c.put(n, m)
		return v != nil && c.add(n, v, c.in(n, 2))
	})
}

// matMul is a linear layer where the right side is a stored matrix.
func (c *onnxNet) matMul(n *onnxpb.Node) bool {
	at := [2]int{0, 1}
	switch n.Op {
	case "QLinearMatMul":
		at[1] = 3
		for _, i := range []int{1, 2, 4, 5, 6, 7} {
			c.scaled(c.constIn(n, i))
		}
	case "MatMulInteger", "MatMulIntegerToFloat":
		for _, i := range []int{2, 3, 4, 5} {
			c.scaled(c.constIn(n, i))
		}
		if c.constIn(n, 6) != nil { // a bias
			return false
		}
	}
	a, b := c.in(n, at[0]), c.in(n, at[1])
	if a == nil || b == nil || a.konst != nil && b.konst != nil {
		return false
	}
	if a.konst == nil && b.konst != nil && len(b.konst.dims) == 2 {
		if a.rank() == 1 && a.batch == 0 || a.rank() > 1 && a.batch == a.rank()-1 {
			return false
		}
		return c.dense(n, a, b.konst)
	}
	if a.rank() < 2 || b.rank() < 2 {
		return false
	}
	in, batch, ok := c.align(n, []*onnxValue{a, b})
	rank := max(a.rank(), b.rank())
	if !ok || batch >= rank-2 {
		return false
	}
	for i, v := range []*onnxValue{a, b} {
		if v.konst != nil {
			if in[i] = c.source(n, v.konst, in[i].dims(c.n)); in[i] == nil {
				return false
			}
		}
	}
	v := c.put(n, made{kind: "matmul", in: in})
	if v == nil {
		return false
	}
	v.batch = batch
	c.set(n, 0, v)
	return true
}

func (c *onnxNet) dense(n *onnxpb.Node, x *onnxValue, w *onnxConst) bool {
	features := w.dims[1]
	x = c.told(x, len(x.sample)-1, w.dims[0])
	m := made{kind: "linear", pairs: []string{"features", itoa(features)}, in: []*onnxValue{x}, weights: []*onnxConst{w}}
	out := n.Out[0]
	if add, k := c.biasBehind(n, features, max(x.rank(), 1)-1, 0); add != nil {
		m.weights = append(m.weights, k)
		out = c.drop(add)
	} else {
		m.pairs = append(m.pairs, "bias", "off")
	}
	return c.instead(n, out, c.give(n, m))
}

// packed is a linear layer of ONNX Runtime whose weights lie in a few bits each
// (contrib_ops, MatMulNBits): how many there are is said by its attributes.
func (c *onnxNet) packed(n *onnxpb.Node) bool {
	x, w := c.live(n, 0), c.constIn(n, 1)
	features, inputs := n.Int("N", 0), n.Int("K", 0)
	if x == nil || w == nil || len(w.roots) != 1 || features < 1 || inputs < 1 || features > num.MaxExtent || inputs > num.MaxExtent || c.live(n, 4) != nil {
		return false
	}
	w.roots[0].dims = []int64{features, inputs}
	for _, i := range []int{2, 3, 4} {
		c.scaled(c.constIn(n, i))
	}
	m := made{kind: "linear", pairs: []string{"features", itoa(features)}, in: []*onnxValue{x}, weights: []*onnxConst{w}}
	switch b := c.constIn(n, 5); {
	case b != nil:
		m.weights = append(m.weights, b)
	case n.Has(5):
		return false
	default:
		m.pairs = append(m.pairs, "bias", "off")
	}
	return c.give(n, m)
}

// affine are the stored scale and shift of a normalisation: the switches that say
// which of them there are.
func (c *onnxNet) affine(n *onnxpb.Node, scale, shift int) (pairs []string, weights []*onnxConst, ok bool) {
	for _, i := range []int{scale, shift} {
		k := c.constIn(n, i)
		switch {
		case k != nil:
			weights = append(weights, k)
		case n.Has(i):
			return nil, nil, false
		case i == scale:
			pairs = append(pairs, "scale", "off")
		default:
			pairs = append(pairs, "bias", "off")
		}
	}
	return pairs, weights, true
}

func (c *onnxNet) batchNorm(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	pairs, weights, ok := c.affine(n, 1, 2)
	mean, variance := c.constIn(n, 3), c.constIn(n, 4)
	if x == nil || x.batch > 0 || !ok || mean == nil || variance == nil {
		return false
	}
	keep, _ := strconv.ParseFloat(realText(n.Real("momentum", 0.9)), 64)
	if keep < 0 || keep > 1 {
		keep = 0.9
	}
	pairs = append(pairs, "eps", realText(n.Real("epsilon", 1e-5)), "momentum", strconv.FormatFloat(float64(float32(1-keep)), 'g', 6, 32))
	return c.give(n, made{kind: "bn", pairs: pairs, in: []*onnxValue{x}, weights: append(weights, mean, variance)})
}

func (c *onnxNet) instanceNorm(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	_, weights, ok := c.affine(n, 1, 2)
	if x == nil || x.batch > 0 || !ok || len(weights) != 2 {
		return false
	}
	return c.give(n, made{kind: "instancenorm", pairs: []string{"affine", "on", "eps", realText(n.Real("epsilon", 1e-5))}, in: []*onnxValue{x}, weights: weights})
}

// layerNorm normalises all dimensions from an axis on; a norm that was put
// together from a graph of means may be over the channels alone.
func (c *onnxNet) layerNorm(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	if x == nil || x.sample == nil {
		return false
	}
	kind := "layernorm"
	pairs := []string{"eps", realText(n.Real("epsilon", 1e-5))}
	var weights []*onnxConst
	if n.Op == "LayerNormalization" {
		switches, w, ok := c.affine(n, 1, 2)
		if !ok {
			return false
		}
		pairs, weights = append(pairs, switches...), w
	} else {
		kind = "rmsnorm"
		switch k := c.constIn(n, 1); {
		case k != nil:
			weights = []*onnxConst{k}
		case n.Has(1):
			return false
		default:
			pairs = append(pairs, "affine", "off")
		}
	}
	from, ok := x.at(n.Int("axis", -1))
	if !ok {
		return false
	}
	if k := c.constIn(n, 1); k != nil && len(k.dims) == 1 {
		x = c.told(x, from, k.dims[0])
	}
	if a := n.Attrs["channels"]; a != nil {
		if from != 0 {
			return false
		}
		pairs = append(pairs, "over", "channels")
	} else if x.batch > from {
		return false
	} else if normal := x.sample[from:]; len(normal) > 1 {
		dims := make([]int64, len(normal))
		for i, d := range normal {
			dims[i] = d.N
		}
		pairs = append(pairs, "normalized", joinInts(dims))
	}
	v := c.put(n, made{kind: kind, pairs: pairs, in: []*onnxValue{x}, weights: weights})
	if v == nil {
		return false
	}
	for i := 1; i < len(n.Out); i++ {
		if c.needed(n, i) {
			info := c.infos[n.Out[i]]
			if info.Dims == nil {
				return false
			}
			c.opaqueNode(&onnxpb.Node{Name: n.Name + ".statistic", Op: n.Op + "Statistic", In: n.In[:1], Out: n.Out[i : i+1]})
		}
	}
	c.set(n, 0, v)
	return true
}

// groupNorm has one scale for each channel since opset 21, before that one for
// each group, which no layer here has.
func (c *onnxNet) groupNorm(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	pairs, weights, ok := c.affine(n, 1, 2)
	if x == nil || x.batch > 0 || !ok {
		return false
	}
	pairs = append(pairs, "groups", itoa(n.Int("num_groups", 1)), "eps", realText(n.Real("epsilon", 1e-5)))
	return c.give(n, made{kind: "groupnorm", pairs: pairs, in: []*onnxValue{x}, weights: weights})
}

func (c *onnxNet) lrn(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	if x == nil || x.batch > 0 {
		return false
	}
	return c.give(n, made{kind: "lrn", in: []*onnxValue{x}, pairs: []string{"size", itoa(n.Int("size", 5)),
		"alpha", realText(n.Real("alpha", 1e-4)), "beta", realText(n.Real("beta", 0.75)), "bias_k", realText(n.Real("bias", 1))}})
}

// gather is a table that indices look up, or a part of a layer's output.
func (c *onnxNet) gather(n *onnxpb.Node) bool {
	x, i := c.in(n, 0), c.in(n, 1)
	if x == nil || i == nil {
		return false
	}
	axis := n.Int("axis", 0)
	if k := x.konst; k != nil {
		if i.konst != nil || len(k.dims) != 2 || axis != 0 || i.sample == nil {
			return false
		}
		v := c.put(n, made{kind: "embedding", pairs: []string{"table", joinInts(k.dims)}, in: []*onnxValue{i}, weights: []*onnxConst{k}})
		c.set(n, 0, v)
		return v != nil
	}
	at, ok := i.konst.ints()
	if !ok || len(at) == 0 || x.rank() < 0 {
		return false
	}
	c.spend(i.konst)
	if a, ok := x.axis(axis); ok && a == x.batch && c.n == 1 && len(at) == 1 && (at[0] == 0 || at[0] == -1) && len(i.konst.dims) == 0 {
		c.tally(c.folded, n.Op)
		v := *x
		v.batch = noBatch
		c.set(n, 0, x.laidOut(n.Out[0], x.sample, noBatch, true))
		return true
	}
	dim, ok := x.at(axis)
	if !ok {
		return false
	}
	if len(i.konst.dims) == 0 {
		v := c.put(n, made{kind: "select", pairs: []string{"index", itoa(at[0]), "dim", strconv.Itoa(dim + 1)}, in: []*onnxValue{x}})
		if v != nil && x.batch > dim {
			v.batch--
		}
		c.set(n, 0, v)
		return v != nil
	}
	for k := range at {
		if at[k]-at[0] != int64(k) || at[0] < 0 && at[len(at)-1] >= 0 {
			return false
		}
	}
	if len(i.konst.dims) != 1 {
		return false
	}
	return c.cut(n, 0, x, dim, at[0], at[0]+int64(len(at)), 1, "")
}
