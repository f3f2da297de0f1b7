package caffe

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Caffe's layers with weights.

func readConvolution(c *call) error {
	var o convolutionOptions
	c.options(c.row().Message, &o)
	if strings.Contains(c.key, "depthwise") && o.groups == absent && graph.KnownSizes(c.channels()) {
		o.groups = c.channels()
	}
	return emitLearned(c, layer.ConvKind, c.in, withBias(o.bias), func(v *layer.Conv) {
		o.slide(&v.Slide)
		if v.Filters, v.Bias = widthOf(o.outputs), layer.Switch(o.bias); o.groups != absent {
			v.Groups.N = o.groups
		}
	})
}

func readDeconvolution(c *call) error {
	var o convolutionOptions
	c.options(c.row().Message, &o)
	return emitLearned(c, layer.ConvTransposeKind, c.in, withBias(o.bias), func(v *layer.ConvTranspose) {
		o.slide(&v.Slide)
		if v.Filters, v.Bias = widthOf(o.outputs), layer.Switch(o.bias); o.groups != absent {
			v.Groups.N = o.groups
		}
	})
}

// readInnerProduct lays all dimensions from an axis on in a row.
func readInnerProduct(c *call) error {
	var o denseOptions
	c.options(c.row().Message, &o)
	in, axis := c.in[0], c.axis(o.axis)
	linear := func(v *layer.Linear) { v.Features, v.Bias = widthOf(o.outputs), layer.Switch(o.bias) }
	if _, err := layer.LinearKind.With(linear); err != nil {
		return err
	}
	if r := c.rank(); r == 0 || axis != int64(r)-1 {
		var err error
		if in, err = emitBefore(c, layer.FlattenKind, c.in[:1], func(f *layer.Flatten) { f.Start.N = axis }); err != nil {
			return err
		}
	}
	return emitLearned(c, layer.LinearKind, []string{in}, withBias(o.bias), linear)
}

// readPooling is Pooling, which rounds up unless it is stated otherwise. A second
// value is the places of the largest: the pool's is taken for it.
func readPooling(c *call) error {
	var o poolingOptions
	c.options(c.row().Message, &o)
	if o.method == poolStochastic { // one value of a window by chance
		c.NoteAbout(catalog.ImportShownAs, c.name)
	}
	average := o.method == poolAverage
	switch {
	case o.global && average:
		return emit(c, layer.GlobalAvgPoolKind, c.in[:1], nil)
	case o.global:
		return emit(c, layer.GlobalMaxPoolKind, c.in[:1], nil)
	case average:
		return emit(c, layer.AvgPoolKind, c.in[:1], func(v *layer.AvgPool) { o.pool(&v.Pool) })
	}
	return emit(c, layer.MaxPoolKind, c.in[:1], func(v *layer.MaxPool) { o.pool(&v.Pool) })
}

// pool sets how a pool's window moves.
func (o *poolingOptions) pool(p *layer.Pool) {
	if len(o.stride) == 0 {
		o.stride = []int64{1}
	}
	p.Kernel, p.Stride, p.Padding = layer.SizeOf(o.kernel...), layer.SizeOf(o.stride...), layer.PaddingOf(o.pad...)
	p.Caffe = o.floor != 1
}

// readPReLU has a slope for each channel unless one is shared.
func readPReLU(c *call) error {
	var o preluOptions
	c.options(c.row().Message, &o)
	return emitLearned(c, layer.PReLUKind, c.in[:1], 1, func(v *layer.PReLU) {
		switch n, spatial := c.channels(), len(c.x())-1; {
		case o.shared:
		case graph.KnownSizes(n):
			v.Slopes = layer.WidthOf(n)
		case spatial > 0:
			v.Shared = layer.WholesOf([]int64{2, 3, 4}[:min(spatial, layer.MaxSpatial)]...)
		default:
			v.Each = true
		}
	})
}

// readEmbed is a table of vectors, and a bias that ours has not.
func readEmbed(c *call) error {
	var o embedOptions
	c.options(c.row().Message, &o)
	if !o.bias {
		return emitLearned(c, layer.EmbeddingKind, c.in[:1], 1, func(v *layer.Embedding) {
			v.Table = layer.ExtentsOf(o.rows, o.outputs)
		})
	}
	var out tensor.Shape
	if x := c.x(); x != nil {
		out = append(slices.Clone(x), tensor.Dim{N: extentOf(o.outputs)})
	}
	u := c.weightless(out)
	u.Weights = []tensor.Shape{graph.Sized(o.rows, o.outputs), graph.Sized(o.outputs)}
	u.MACs = 0
	return c.addOpaque(c.in[:1], u)
}

// readRecurrent is LSTM and RNN: one bias for each gate, and for RNN an output
// matrix (lstm_layer.cpp, rnn_layer.cpp). Time comes first and the batch second, so
// what is kept of the shape here is the batch; the features are the last.
func readRecurrent(c *call) error {
	var o recurrentOptions
	c.options(c.row().Message, &o)
	h, features := o.outputs, int64(tensor.Unknown)
	x := c.x()
	if len(x) == 2 {
		features = x[1].N
	}
	u := graph.Unknown{Type: c.typ, Complete: true, MACs: tensor.Unknown}
	if c.row().Kind == layer.LSTMKind.Kind() {
		u.Weights = []tensor.Shape{graph.Sized(4, h, features), graph.Sized(4, h), graph.Sized(4, h, h)}
	} else {
		u.Weights = []tensor.Shape{graph.Sized(h, features), graph.Sized(h), graph.Sized(h, h), graph.Sized(h, h), graph.Sized(h)}
	}
	if x != nil {
		u.Out = tensor.Shape{x[0], {N: h}}
	}
	return c.addOpaque(c.in, u)
}
