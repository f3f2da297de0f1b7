package caffe

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Caffe keeps what others call batch norm in two layers.

// caffeNorm is BatchNorm. Its blobs are the running mean and variance and one
// number to divide them by: 2C + 1 buffers, as many as ours has without γ and β.
func caffeNorm(c *caffeNet, l *caffeLayer, in []string) error {
	p := l.param("batch_norm_param")
	momentum := ""
	if f := p.Real("moving_average_fraction", -1); f >= 0 && f <= 1 {
		momentum = strconv.FormatFloat(1-f, 'g', 9, 64)
	}
	err := c.put(l, in[:1], "bn", "affine", "off", "eps", p.Str("eps"), "momentum", momentum)
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
	bias := p.Yes("bias_term", false)
	if len(in) > 1 {
		return c.scaleBy(l, in, bias)
	}
	axis, dims := c.axis(in[0], p.Whole("axis", 1)), p.Whole("num_axes", 1)
	norm := c.norms[in[0]]
	switch {
	case axis != 1 || dims != 1:
		return c.keep(l, in, c.entries(l, in[0], axis, dims, bias))
	case norm != nil && len(norm.uses) > 0 && norm.uses[0] == 1:
		n := c.Node(in[0])
		made, d := layer.With(n.Layer, n.Layer.Kind().Field("affine"), "on")
		if d == nil {
			made, d = layer.With(made, made.Kind().Field("bias"), graph.OnOff(bias))
		}
		if d != nil {
			return d
		}
		n.Layer, n.Frozen = made, c.frozen(l, 1+asWhole(bias))
		delete(c.norms, in[0])
		c.NoteAbout(catalog.ImportScaleMerged, l.name)
		c.alias(l, in[0])
		return nil
	}
	made, err := graph.Build("layerscale", "over", "channels", "bias", graph.OnOff(bias))
	if err != nil {
		return err
	}
	return c.learn(l, in, made, 1+asWhole(bias))
}

// entries says what a Scale over several dimensions has.
func (c *caffeNet) entries(l *caffeLayer, in string, axis, dims int64, bias bool) graph.Unknown {
	u := graph.Unknown{Type: l.typ, Out: c.Shapes[in]}
	s := c.Shapes[in]
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
		w = graph.Sized(n...)
	} else if dims == 0 {
		w = tensor.Of(1)
	}
	if u.Weights = []tensor.Shape{w}; bias {
		u.Weights = append(u.Weights, w)
	}
	u.Complete = true
	return u
}

// scaleBy multiplies by a second value, which may have the leading dimensions
// only: N×C scales the channels of N×C×H×W.
func (c *caffeNet) scaleBy(l *caffeLayer, in []string, bias bool) error {
	x, y := c.Shapes[in[0]], c.Shapes[in[1]]
	if bias || x == nil || y == nil || len(y) > len(x) {
		u := graph.Unknown{Type: l.typ, Out: x, Complete: !bias}
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
	return c.keep(l, in, c.entries(l, in[0], c.axis(in[0], p.Whole("axis", 1)), p.Whole("num_axes", 1), false))
}

// caffeBN is the BN of PSPNet and SegNet: slope and bias, mean and variance, each
// of C.
func caffeBN(c *caffeNet, l *caffeLayer, in []string) error {
	w := graph.Sized(c.channels(in[0]))
	u := graph.Unknown{Type: l.typ, Out: c.Shapes[in[0]], Complete: true, Weights: []tensor.Shape{w, w}}
	if p := l.param("bn_param"); p.Str("bn_mode") != "INFERENCE" {
		u.Buffers = u.Weights
	}
	return c.keep(l, in[:1], u)
}

// caffeNormalize is SSD's: each position is divided by its length over the
// channels, and multiplied by a learned factor for each, or for all.
func caffeNormalize(c *caffeNet, l *caffeLayer, in []string) error {
	w := graph.Sized(c.channels(in[0]))
	if l.param("norm_param").Yes("channel_shared", true) {
		w = tensor.Of(1)
	}
	return c.keep(l, in[:1], graph.Unknown{Type: l.typ, Out: c.Shapes[in[0]], Complete: true, Weights: []tensor.Shape{w}})
}
