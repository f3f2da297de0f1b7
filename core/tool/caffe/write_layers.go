package caffe

import (
	"sync"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/vocab"
)

// A writer writes a layer of a kind; false: Caffe cannot have it.
type writer func(c *chain, l layer.Layer) bool

// writes adds the writer of a kind, which takes layers by their type.
func writes[L layer.Layer](all map[*layer.Kind]writer, kind layer.Typed[L], write func(c *chain, v L) bool) {
	all[kind.Kind()] = func(c *chain, l layer.Layer) bool { return write(c, l.(L)) }
}

// writers are how each kind is written in Caffe. What Caffe has not is made of what
// it has where that is exact: a ReLU6 is two ReLUs, mirrored in between.
var writers = sync.OnceValue(func() map[*layer.Kind]writer {
	all := map[*layer.Kind]writer{}
	for _, k := range []*layer.Kind{layer.ReLUKind.Kind(), layer.LeakyReLUKind.Kind(), layer.ELUKind.Kind(), layer.SigmoidKind.Kind(), layer.TanhKind.Kind(),
		layer.ExpKind.Kind(), layer.IdentityKind.Kind(), layer.DropoutKind.Kind()} {
		all[k] = writeRow
	}
	for _, k := range []*layer.Kind{layer.SpatialDropoutKind.Kind(), layer.AlphaDropoutKind.Kind(), layer.GaussianDropoutKind.Kind(),
		layer.GaussianNoiseKind.Kind(), layer.StochasticDepthKind.Kind()} {
		all[k] = func(c *chain, l layer.Layer) bool { // nothing while the network answers
			c.m.problem(diag.Warn(catalog.ExportLeftOut, c.o.Row.Name, l.Kind().Name), c.o)
			return true
		}
	}
	for _, k := range []*layer.Kind{layer.ReshapeKind.Kind(), layer.UnflattenKind.Kind(), layer.SqueezeKind.Kind(), layer.UnsqueezeKind.Kind()} {
		all[k] = func(c *chain, l layer.Layer) bool { return c.reshape(c.out) }
	}
	writes(all, layer.InputKind, func(c *chain, v *layer.Input) bool {
		return c.out.Known() && c.emit(v.Kind(), &inputOptions{[]blobShape{shapeOf(1, c.out)}})
	})
	writeConvolutions(all)
	writePools(all)
	writes(all, layer.LinearKind, func(c *chain, v *layer.Linear) bool {
		o := &denseOptions{outputs: v.Features.Value(), bias: bool(v.Bias), axis: int64(len(c.x))}
		return c.emit(v.Kind(), o) && c.learns(withBias(o.bias))
	})
	writes(all, layer.EmbeddingKind, func(c *chain, v *layer.Embedding) bool {
		rows, n := v.Table.At(0), v.Table.At(1)
		return rows > 0 && n > 0 && c.emit(v.Kind(), &embedOptions{outputs: n, rows: rows}) && c.learns(1)
	})
	writeNorms(all)
	writes(all, layer.SoftplusKind, func(c *chain, v *layer.Activation) bool { return v.A.V == 1 && c.emit(v.Kind(), nil) })
	writes(all, layer.ReLU6Kind, func(c *chain, v *layer.Activation) bool { return c.relu6() })
	writes(all, layer.HardsigmoidKind, func(c *chain, v *layer.Activation) bool { return c.hardSigmoid() })
	writes(all, layer.HardswishKind, func(c *chain, v *layer.Activation) bool { return c.hardSigmoid() && c.times() })
	writes(all, layer.SiLUKind, func(c *chain, v *layer.Activation) bool { return c.emit(layer.SigmoidKind.Kind(), nil) && c.times() })
	writes(all, layer.PReLUKind, func(c *chain, v *layer.PReLU) bool {
		if len(c.x) == 0 {
			return false // one number has no channels
		}
		o := &preluOptions{filler: &filler{v.Init.V}, shared: v.Slopes.Value() == 1 && c.x[0].N != 1}
		return !bool(v.Each) && v.Shared.Unset() && c.emit(v.Kind(), o) && c.learns(1)
	})
	writes(all, layer.SoftmaxKind, func(c *chain, v *layer.Softmax) bool {
		return v.Dim.N != 0 && c.emit(v.Kind(), &axisOptions{oplist.Axis(v.Dim.N, len(c.x))})
	})
	writes(all, layer.FlattenKind, func(c *chain, v *layer.Flatten) bool {
		return c.emit(v.Kind(), &flattenOptions{v.Start.N, v.End.N})
	})
	writes(all, layer.PermuteKind, func(c *chain, v *layer.Permute) bool {
		order := []int64{0}
		for i := range v.Dims.Len() {
			order = append(order, oplist.Axis(v.Dims.At(i), len(c.x)))
		}
		return c.permute(order...)
	})
	writeParts(all)
	writes(all, layer.ChannelShuffleKind, func(c *chain, v *layer.ChannelShuffle) bool {
		if len(c.x) != 3 {
			return false
		}
		area, ok := num.Of(c.x[1].N).Times(c.x[2].N).Int64()
		return ok && c.reshape(tensor.Of(v.Groups.N, c.x[0].N/v.Groups.N, area)) && c.permute(0, 2, 1, 3) && c.reshape(c.out)
	})
	writeJoins(all)
	return all
})

// writeRow writes a layer of which the vocabulary knows all.
func writeRow(c *chain, l layer.Layer) bool {
	return c.emit(l.Kind(), &rowOptions{vocab.Caffe().Of(l.Kind()), l})
}

// rowOptions are the options of a layer that the vocabulary has one by one.
type rowOptions struct {
	row *vocab.Row
	l   layer.Layer
}

func (o *rowOptions) fields(f *fields) {
	for _, p := range o.row.Params {
		v := o.l.Kind().Field(p.Field).At(o.l).(*layer.Real).V
		f.real(p.Name, &v, p.Default.(float64))
	}
}

// shapeOf is a shape with its batch; 0 keeps the batch as it is.
func shapeOf(batch int64, s tensor.Shape) blobShape {
	dims := []int64{batch}
	for _, d := range s {
		dims = append(dims, d.N)
	}
	return blobShape{dims}
}

func writeNorms(all map[*layer.Kind]writer) {
	writes(all, layer.BatchNormKind, func(c *chain, v *layer.BatchNorm) bool {
		scale, bias := bool(v.Affine.On && v.Affine.Scale), bool(v.Affine.On && v.Affine.Bias)
		if !bool(v.Track) {
			return false
		}
		c.emit(v.Kind(), &batchNormOptions{global: true, eps: v.Eps.V, fraction: -1})
		c.learns(3)
		switch {
		case scale:
			c.emit(layer.LayerScaleKind.Kind(), &scaleOptions{axis: 1, axes: 1, bias: bias})
			c.learns(withBias(bias))
		case bias:
			c.emitType("Bias", "")
			c.learns(1)
		}
		return true
	})
	writes(all, layer.LayerScaleKind, func(c *chain, v *layer.LayerScale) bool {
		o := &scaleOptions{axis: int64(len(c.x)), axes: 1, filler: &filler{v.Init.V}, bias: bool(v.Bias)}
		if v.Over.Word == "channels" {
			o.axis = 1
		}
		return c.emit(v.Kind(), o) && c.learns(withBias(o.bias))
	})
	writes(all, layer.ScaleKind, func(c *chain, v *layer.Scale) bool { return c.power(v.Factor.V, 0) })
	writes(all, layer.LRNKind, func(c *chain, v *layer.LRN) bool {
		o := &lrnOptions{size: v.Size.N, alpha: v.Alpha.V, beta: v.Beta.V, k: v.K.V}
		if v.Region.Word != "across" {
			o.region = 1
		}
		return len(c.x) == 3 && v.Size.N%2 == 1 && c.emit(v.Kind(), o)
	})
}

func writeJoins(all map[*layer.Kind]writer) {
	eltwise := func(kind layer.Typed[*layer.Elementwise], o eltwiseOptions) {
		writes(all, kind, func(c *chain, v *layer.Elementwise) bool {
			return len(c.from) == 1 || c.equal() && c.emit(v.Kind(), &o) // of one path it does nothing
		})
	}
	eltwise(layer.AddKind, eltwiseOptions{operation: eltwiseSum})
	eltwise(layer.MaximumKind, eltwiseOptions{operation: eltwiseMax})
	eltwise(layer.SubKind, eltwiseOptions{operation: eltwiseSum, factors: []float64{1, -1}, stated: true})
	writes(all, layer.AverageKind, func(c *chain, v *layer.Elementwise) bool {
		o := &eltwiseOptions{operation: eltwiseSum, stated: true}
		for range c.from {
			o.factors = append(o.factors, 1/float64(len(c.from)))
		}
		return len(c.from) == 1 || c.equal() && c.emit(v.Kind(), o)
	})
	writes(all, layer.MulKind, func(c *chain, v *layer.Elementwise) bool {
		if len(c.from) == 1 {
			return true
		}
		if c.equal() {
			return c.product()
		}
		return c.scaled()
	})
	writes(all, layer.ConcatKind, func(c *chain, v *layer.Concat) bool {
		return len(c.from) == 1 || c.emit(v.Kind(), &axisOptions{oplist.Axis(v.Dim.N, len(c.x))})
	})
}

// equal reports whether all inputs have one shape: Caffe stretches none.
func (c *chain) equal() bool {
	for _, x := range c.in {
		if !x.Equal(c.x) {
			return false
		}
	}
	return len(c.in) > 1
}

func (c *chain) reshape(to tensor.Shape) bool {
	return c.emit(layer.ReshapeKind.Kind(), &reshapeOptions{shape: shapeOf(0, to), axes: -1})
}

func (c *chain) permute(order ...int64) bool {
	return c.emit(layer.PermuteKind.Kind(), &permuteOptions{order})
}

// power adds scale·x + shift.
func (c *chain) power(scale, shift float64) bool {
	return c.emit(layer.ScaleKind.Kind(), &powerOptions{1, scale, shift})
}

func (c *chain) relu() bool { return c.emit(layer.ReLUKind.Kind(), nil) }

// relu6 adds 6 − relu(6 − relu(x)), which is min(relu(x), 6).
func (c *chain) relu6() bool { return c.relu() && c.power(-1, 6) && c.relu() && c.power(-1, 6) }

// hardSigmoid adds relu6(x + 3) / 6.
func (c *chain) hardSigmoid() bool {
	return c.power(1, 3) && c.relu6() && c.power(0.16666666666666666, 0)
}

func (c *chain) product() bool {
	return c.emit(layer.MulKind.Kind(), &eltwiseOptions{operation: eltwiseProduct})
}

// times multiplies what the chain gives by what entered it.
func (c *chain) times() bool {
	c.cur = []string{c.from[0], c.cur[0]}
	return c.product()
}

// scaled multiplies a map by one number for each channel: Scale takes the numbers
// from a second bottom.
func (c *chain) scaled() bool {
	if len(c.in) != 2 || len(c.out) != 3 {
		return false
	}
	for i, x := range c.in {
		other := c.in[1-i]
		if x.Equal(c.out) && other[0].N == x[0].N && other[1].N == 1 && other[2].N == 1 {
			big, small := c.from[i], c.from[1-i]
			c.cur = []string{small}
			c.emit(layer.FlattenKind.Kind(), nil)
			c.cur = []string{big, c.cur[0]}
			return c.emit(layer.LayerScaleKind.Kind(), &scaleOptions{axes: 1})
		}
	}
	return false
}
