package onnx

import (
	"math"
	"strconv"

	"paramstack/core/layer"
)

// An affine is the stored scale and shift after a normalisation.
type affine struct {
	scale, shift bool
	weights      []*constant
}

// affineOf decodes inputs; false if one of them is not stored.
func affineOf(c conversion, scale, shift int) (a affine, ok bool) {
	for _, i := range []int{scale, shift} {
		k := c.constant(i)
		switch {
		case k != nil && len(k.roots) > 0 && k.roots[0].from == fromNode && c.allComputed(k):
			c.markOption(k) // ones, or zeros: it learns none
		case k != nil:
			a.weights = append(a.weights, k)
			a.scale, a.shift = a.scale || i == scale, a.shift || i == shift
		case c.Has(i):
			return a, false
		}
	}
	return a, true
}

// write writes which of them there are.
func (a affine) write(l *layer.Affine) {
	if l.On = layer.Switch(a.scale || a.shift); l.On {
		l.Scale, l.Bias = layer.Switch(a.scale), layer.Switch(a.shift)
	}
}

func batchNorm(c conversion) bool {
	x := c.live(0)
	a, ok := affineOf(c, 1, 2)
	mean, variance := c.constant(3), c.constant(4)
	if x == nil || x.batch > 0 || !ok || mean == nil || variance == nil {
		return false
	}
	keep := c.Real("momentum", 0.9)
	if keep < 0 || keep > 1 {
		keep = 0.9
	}
	l := layerOf(layer.BatchNormKind, func(l *layer.BatchNorm) {
		a.write(&l.Affine)
		l.Eps.V, l.Momentum.V = c.Real("epsilon", 1e-5), sixDigits(1-keep)
	})
	return c.result(draft{layer: l, in: []*value{x}, weights: append(a.weights, mean, variance)})
}

// sixDigits rounds away the error of a subtraction of decimals.
func sixDigits(v float64) float64 {
	short, _ := strconv.ParseFloat(strconv.FormatFloat(float64(float32(v)), 'g', 6, 32), 64)
	return short
}

func instanceNorm(c conversion) bool {
	x := c.live(0)
	a, ok := affineOf(c, 1, 2)
	if x == nil || x.batch > 0 || !ok || !c.Has(1) || !c.Has(2) {
		return false
	}
	l := layerOf(layer.InstanceNormKind, func(l *layer.BatchNorm) {
		a.write(&l.Affine)
		l.Eps.V = c.Real("epsilon", 1e-5)
	})
	return c.result(draft{layer: l, in: []*value{x}, weights: a.weights})
}

// layerNorm normalises all dimensions from an axis on.
func layerNorm(c conversion) bool {
	x := c.live(0)
	if x == nil || x.sample == nil {
		return false
	}
	shift, kind := 2, layer.LayerNormKind
	if c.Op != "LayerNormalization" {
		shift, kind = math.MaxInt, layer.RMSNormKind // it has none
	}
	a, ok := affineOf(c, 1, shift)
	from, ok2 := x.at(c.Int("axis", -1))
	if !ok || !ok2 || x.batch > from {
		return false
	}
	if k := c.constant(1); k != nil && len(k.dims) == 1 {
		x = c.sized(x, from, k.dims[0])
	}
	v := c.emit(draft{in: []*value{x}, weights: a.weights, layer: layerOf(kind, func(l *layer.LayerNorm) {
		l.Eps.V = c.Real("epsilon", 1e-5)
		a.write(&l.Affine)
		if normal := x.sample[from:]; len(normal) > 1 {
			l.Shape = extentsOf(normal)
		}
	})})
	if v == nil {
		return false
	}
	for i := 1; i < len(c.Out); i++ {
		if c.needed(i) {
			if c.stated[c.Out[i]].Dims == nil {
				return false
			}
			side(c, i, "statistic", "Statistic")
		}
	}
	c.bind(0, v)
	return true
}

// groupNorm has one scale for each channel since opset 21, before that one for
// each group, which no layer here has.
func groupNorm(c conversion) bool {
	x := c.live(0)
	a, ok := affineOf(c, 1, 2)
	if x == nil || x.batch > 0 || !ok {
		return false
	}
	l := layerOf(layer.GroupNormKind, func(l *layer.GroupedNorm) {
		a.write(&l.Affine)
		l.Groups.N, l.Eps.V = c.Int("num_groups", 1), c.Real("epsilon", 1e-5)
	})
	return c.result(draft{layer: l, in: []*value{x}, weights: a.weights})
}

func lrn(c conversion) bool {
	x := c.live(0)
	if x == nil || x.batch > 0 {
		return false
	}
	return c.apply(x, layerOf(layer.LRNKind, func(l *layer.LRN) {
		l.Size.N, l.Alpha.V, l.Beta.V, l.K.V = c.Int("size", 5), c.Real("alpha", 1e-4), c.Real("beta", 0.75), c.Real("bias", 1)
	}))
}
