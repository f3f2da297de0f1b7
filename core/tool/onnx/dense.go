package onnx

import (
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"slices"
)

// linear is a dense layer.
func linear(features int64, biased bool) layer.Layer {
	return layerOf(layer.LinearKind, func(l *layer.Linear) {
		l.Features, l.Bias = layer.WidthOf(features), layer.Switch(biased)
	})
}

// product is the matrix product of two values, of which the second may be
// transposed.
func product(transposed bool) layer.Layer {
	return layerOf(layer.MatMulKind, func(l *layer.MatMul) { l.Transpose = layer.Switch(transposed) })
}

// permuted is a layer that reorders the dimensions of a sample.
func permuted(dims ...int64) layer.Layer {
	return layerOf(layer.PermuteKind, func(l *layer.Permute) { l.Dims = layer.WholesOf(dims...) })
}

// gemm is a dense layer where its matrix is stored; what is added is its bias, if
// it has one number for each output.
func gemm(c conversion) bool {
	x, k := c.live(0), c.constant(1)
	if x == nil || x.rank() != 2 && x.rank() != -1 || x.batch > 0 {
		return false
	}
	if c.Int("transA", 0) != 0 {
		if x.batch >= 0 {
			return false
		}
		if x = c.emit(draft{layer: permuted(2, 1), in: []*value{x}, tail: ".transA"}); x == nil {
			return false
		}
	}
	if k == nil {
		return gemmOfTwo(c, x)
	}
	if len(k.dims) != 2 {
		return false
	}
	inputs, features := k.dims[0], k.dims[1]
	if c.Int("transB", 0) != 0 {
		inputs, features = features, inputs
	}
	if x.sample == nil {
		c.learn(x, tensor.Of(inputs))
	}
	x = c.sized(x, len(x.sample)-1, inputs)
	d := draft{in: []*value{x}, weights: []*constant{k}}
	if b := c.constant(2); b != nil && elementsOf(b.dims).Cmp(num.Of(features)) == 0 && b.dims[len(b.dims)-1] == features {
		d.layer, d.weights = linear(features, true), append(d.weights, b)
		return c.result(d)
	}
	d.layer = linear(features, false)
	if !c.Has(2) {
		return c.result(d)
	}
	return sum(c, c.emit(d), c.in(2))
}

// sum adds the sum of a value and an input, which may be stored, as the node's
// output.
func sum(c conversion, v, b *value) bool {
	if v == nil || b == nil {
		return false
	}
	product := c.Out[0] + "/product"
	c.assign(product, v)
	add := &node{Name: c.Name, Op: "Add", In: []string{product, b.name}, Out: c.Out[:1]}
	if b.fixed != nil {
		add.In[1] = c.Out[0] + "/bias"
		c.assign(add.In[1], b)
	}
	return joined(layer.AddKind)(conversion{c.lowering, add})
}

// gemmOfTwo is a product of two layers' outputs.
func gemmOfTwo(c conversion, x *value) bool {
	y := c.live(1)
	if y == nil || x.batch >= 0 || y.batch >= 0 {
		return false
	}
	d := draft{in: []*value{x, y}, layer: product(c.Int("transB", 0) != 0)}
	if !c.Has(2) {
		return c.result(d)
	}
	return sum(c, c.emit(d), c.in(2))
}

// matMul is a dense layer where the right side is a stored matrix.
func matMul(c conversion) bool {
	left, right := 0, 1
	if c.Op == "QLinearMatMul" {
		right = 3
	}
	if c.Op == "MatMulIntegerToFloat" && c.constant(6) != nil { // a bias
		return false
	}
	a, b := c.in(left), c.in(right)
	if a == nil || b == nil || a.fixed != nil && b.fixed != nil {
		return false
	}
	if a.fixed == nil && b.fixed != nil && len(b.fixed.dims) == 2 && !c.allComputed(b.fixed) {
		if a.rank() == 1 && a.batch == 0 || a.rank() > 1 && a.batch == a.rank()-1 {
			return false
		}
		return dense(c, a, b.fixed)
	}
	if a.rank() < 2 || b.rank() < 2 {
		return false
	}
	in, batch, ok := align(c, []*value{a, b})
	if !ok || batch >= max(a.rank(), b.rank())-2 || !sources(c, []*value{a, b}, in) {
		return false
	}
	return c.joint(draft{layer: product(false), in: in}, batch)
}

func dense(c conversion, x *value, k *constant) bool {
	inputs, features := k.dims[0], k.dims[1]
	if x.sample == nil {
		c.learn(x, rows(c, inputs))
	}
	x = c.sized(x, len(x.sample)-1, inputs)
	weights, out := []*constant{k}, c.Out[0]
	if add, b := biasBehind(c, features, max(x.rank(), 1)-1, 0); add != nil {
		weights, out = append(weights, b), c.absorb(add)
	}
	return c.result(draft{layer: linear(features, len(weights) > 1), in: []*value{x}, weights: weights}) && c.instead(out)
}

// rows is the sample that a matrix multiplies, if only the file states it: from the
// shape it declares of the product, or of the sum with the bias.
func rows(c conversion, inputs int64) tensor.Shape {
	names := c.Out[:1]
	if add := c.only(c.Out[0]); add != nil && add.Op == "Add" {
		names = append(slices.Clone(names), add.Out...)
	}
	for _, name := range names {
		if dims := c.stated[name].Dims; len(dims) > 1 {
			return append(tensor.Of(dims[1:len(dims)-1]...), tensor.Dim{N: inputs})
		}
	}
	return tensor.Of(inputs)
}

// packed is a dense layer of ONNX Runtime whose weights lie in a few bits each
// (contrib_ops, MatMulNBits): how many there are is stated by its attributes.
func packed(c conversion) bool {
	x, k, b := c.live(0), c.constant(1), c.constant(5)
	features, inputs := c.Int("N", 0), c.Int("K", 0)
	if x == nil || k == nil || len(k.roots) != 1 || c.live(4) != nil || c.Has(5) && b == nil ||
		!extent(features) || !extent(inputs) {
		return false
	}
	c.markOption(k)
	matrix := *k.roots[0]
	matrix.dims = []int64{features, inputs}
	weights := []*constant{{dims: matrix.dims, float: true, whole: true, roots: []*stored{&matrix}}}
	if b != nil {
		weights = append(weights, b)
	}
	return c.result(draft{layer: linear(features, b != nil), in: []*value{x}, weights: weights})
}

// extent reports whether n can be the size of something.
func extent(n int64) bool { return n >= 1 && n <= num.MaxExtent }

// gather is a table that indices look up, or a part of a layer's output.
func gather(c conversion) bool {
	x, i := c.in(0), c.in(1)
	if x == nil || i == nil {
		return false
	}
	axis := c.Int("axis", 0)
	if k := x.fixed; k != nil {
		if i.fixed != nil || len(k.dims) != 2 || axis != 0 || i.sample == nil || c.allComputed(k) {
			return false
		}
		return c.result(draft{in: []*value{i}, weights: []*constant{k},
			layer: layerOf(layer.EmbeddingKind, func(l *layer.Embedding) { l.Table = layer.ExtentsOf(k.dims...) })})
	}
	places, ok := i.fixed.ints()
	if !ok || len(places) == 0 || x.rank() < 0 {
		return false
	}
	c.markOption(i.fixed)
	single := len(i.fixed.dims) == 0
	if a, ok := x.axis(axis); ok && a == x.batch && c.batch.size == 1 && single && (places[0] == 0 || places[0] == -1) {
		return c.pass(x.laidOut(c.Out[0], x.sample, noBatch, true))
	}
	dim, ok := x.at(axis)
	if !ok {
		return false
	}
	if single {
		v := c.emit(draft{layer: selected(places[0], dim), in: []*value{x}})
		if v != nil && x.batch > dim {
			v.batch--
		}
		c.bind(0, v)
		return v != nil
	}
	if first, last := places[0], places[len(places)-1]; len(i.fixed.dims) == 1 && inRow(places) && (first >= 0 || last < 0) {
		return c.cut(x, piece{dim: dim, from: first, to: first + int64(len(places)), step: 1})
	}
	return false
}

// selected is a layer that selects one entry of a dimension of the sample.
func selected(index int64, dim int) layer.Layer {
	return layerOf(layer.SelectKind, func(l *layer.Select) { l.Index.N, l.Dim.N = index, int64(dim+1) })
}
