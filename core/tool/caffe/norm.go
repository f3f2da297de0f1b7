package caffe

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Caffe keeps what others call batch norm in two layers.

// readBatchNorm is BatchNorm. Its blobs are the running mean and variance and one
// number to divide them by: 2C + 1 buffers, as many as ours has without γ and β.
func readBatchNorm(c *call) error {
	var o batchNormOptions
	c.options(c.row().Message, &o)
	made, err := layer.BatchNormKind.With(func(v *layer.BatchNorm) {
		v.Affine.On, v.Eps.V = layer.Switch(o.affine), o.eps
		if o.fraction >= 0 && o.fraction <= 1 {
			v.Momentum.V = complement(o.fraction)
		}
	})
	if err != nil {
		return err
	}
	n, blobs := graph.Node{Layer: made}, batchNormBlobs
	if o.affine {
		n.Frozen, blobs = c.allStill(batchNormBlobs, 2), batchNormBlobs+2
	}
	if err := c.addShared(n, c.in[:1], blobs); err != nil || len(c.top) == 0 || o.affine {
		return err
	}
	c.norms[c.blobs[c.top[0]]] = c.definition
	return nil
}

// batchNormBlobs are the mean, the variance and the number to divide both by.
const batchNormBlobs = 3

// settleNorms takes the sharing of batch norms back where one of two has γ and β of
// its own: statistics alone cannot be shared here.
func (l *lowering) settleNorms() {
	for i := range l.Graph.Nodes {
		n := &l.Graph.Nodes[i]
		b, ok := layer.BatchNormKind.As(n.Layer)
		if !ok || n.Shares == "" {
			continue
		}
		if owner, ok := layer.BatchNormKind.As(l.Node(n.Shares).Layer); !ok || owner.Affine != b.Affine {
			l.NoteAbout(catalog.ImportPartlyShared, n.Name)
			n.Shares = ""
		}
	}
}

// complement is 1 less a number, without the digits that binary adds: 1 − 0.99 is
// 0.01.
func complement(x float64) float64 {
	rest, err := strconv.ParseFloat(strconv.FormatFloat(1-x, 'g', 9, 64), 64)
	if err != nil {
		return 1 - x
	}
	return rest
}

// readScale is Scale: a learned factor for each channel, and a bias where the file states one. Right
// behind a batch norm, with nothing else that takes the norm's value, both are the
// one layer that other tools call batch norm. With two inputs the second is the
// factor.
func readScale(c *call) error {
	var o scaleOptions
	c.options(c.row().Message, &o)
	if len(c.in) > 1 {
		return c.multiply(o.bias)
	}
	axis, tensors := c.axis(o.axis), withBias(o.bias)
	norm := c.norms[c.in[0]]
	switch {
	case axis != 1 || o.axes != 1:
		return c.addOpaque(c.in, c.eachOf(axis, o.axes, o.bias))
	case norm != nil && len(norm.uses) > 0 && norm.uses[0] == 1:
		return c.complete(c.Node(c.in[0]), o.bias)
	}
	return emitLearned(c, layer.LayerScaleKind, c.in, tensors, func(v *layer.LayerScale) {
		v.Over.Word, v.Bias = "channels", layer.Switch(o.bias)
	})
}

// complete gives a batch norm the γ and β of the call.
func (c *call) complete(n *graph.Node, bias bool) error {
	old := n.Layer.(*layer.BatchNorm)
	made, err := layer.BatchNormKind.With(func(v *layer.BatchNorm) {
		v.Eps, v.Momentum, v.Affine.Bias = old.Eps, old.Momentum, layer.Switch(bias)
	})
	if err != nil {
		return err
	}
	if owner := c.shares(withBias(bias)); owner != n.Shares {
		c.NoteAbout(catalog.ImportPartlyShared, c.name)
		n.Shares = ""
	}
	c.own(n.Name)
	n.Layer, n.Frozen = made, c.frozen(withBias(bias))
	delete(c.norms, c.in[0])
	c.NoteAbout(catalog.ImportScaleMerged, c.name)
	c.alias(c.in[0])
	return nil
}

// multiply multiplies by a second value, which may have the leading dimensions
// only: N×C scales the channels of N×C×H×W.
func (c *call) multiply(bias bool) error {
	x, y := c.x(), c.Shapes[c.in[1]]
	if bias || x == nil || y == nil || len(y) > len(x) {
		return c.addOpaque(c.in, graph.Unknown{Type: c.typ, Keeps: true, Complete: !bias})
	}
	by := c.in[1]
	if len(y) < len(x) {
		var err error
		if by, err = emitBefore(c, layer.ReshapeKind, c.in[1:2], func(v *layer.Reshape) {
			sizes := make([]int64, len(x))
			for i := range sizes {
				if sizes[i] = 1; i < len(y) {
					sizes[i] = y[i].N
				}
			}
			v.Sizes = layer.ExtentsOf(sizes...)
		}); err != nil {
			return err
		}
	}
	return emit(c, layer.MulKind, []string{c.in[0], by}, nil)
}

// readBias is Bias: a learned term for each channel, or a second value.
func readBias(c *call) error {
	if len(c.in) > 1 {
		return emit(c, layer.AddKind, c.in[:2], nil)
	}
	var o scaleOptions
	c.options("bias_param", &o)
	return c.addOpaque(c.in, c.eachOf(c.axis(o.axis), o.axes, false))
}

// readLRN keeps Caffe's alpha, which is divided by the size as PyTorch's is.
func readLRN(c *call) error {
	var o lrnOptions
	c.options(c.row().Message, &o)
	return emit(c, layer.LRNKind, c.in[:1], func(v *layer.LRN) {
		if v.Size.N, v.Alpha.V, v.Beta.V, v.K.V = o.size, o.alpha, o.beta, o.k; o.region == 1 {
			v.Region.Word = "within"
		}
	})
}

// readMVN subtracts the mean and divides by the deviation: an instance norm.
func readMVN(c *call) error {
	var o mvnOptions
	c.options(c.row().Message, &o)
	if o.across || !o.variance {
		return c.same()
	}
	return emit(c, layer.InstanceNormKind, c.in[:1], func(v *layer.BatchNorm) { v.Eps.V = o.eps })
}

// readForkNorm is the BN of PSPNet: slope and bias, mean and variance, each of C.
// SegNet's and ENet's has only the first two, under other names.
func readForkNorm(c *call) error {
	var o bnOptions
	c.options("bn_param", &o)
	if o.segnet {
		return emitLearned(c, layer.BatchNormKind, c.in[:1], 2, func(v *layer.BatchNorm) { v.Track = false })
	}
	w := graph.Sized(c.channels())
	u := c.sameShape()
	if u.Weights = []tensor.Shape{w, w}; o.mode != 1 {
		u.Buffers = u.Weights
	}
	return c.addOpaque(c.in[:1], u)
}

// readNormalize is SSD's: each position is divided by its length over the channels,
// and multiplied by a learned factor for each, or for all.
func readNormalize(c *call) error {
	var o normalizeOptions
	c.options("norm_param", &o)
	w := graph.Sized(c.channels())
	if o.shared {
		w = tensor.Of(1)
	}
	u := c.sameShape()
	u.Weights = []tensor.Shape{w}
	return c.addOpaque(c.in[:1], u)
}
