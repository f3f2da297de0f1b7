package onnx

import (
	"math"
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tool/onnx/onnxpb"
)

func gelu(c conversion) bool {
	x, how := c.live(0), c.Str("approximate", "none")
	if c.Op == "FastGelu" {
		how = "tanh"
	}
	return x != nil && len(c.In) == 1 &&
		c.apply(x, layerOf(layer.GELUKind, func(l *layer.Activation) { l.Choice.Word = how }))
}

func dropout(c conversion) bool {
	x := c.live(0)
	p := c.Real("ratio", 0.5)
	if v, ok := c.constant(1).scalar(); ok {
		p = onnxpb.Decimal(v)
	}
	return x != nil && !c.needed(1) && c.apply(x, layerOf(layer.DropoutKind, func(l *layer.Dropout) { l.P.V = p }))
}

// clip is a layer where its bounds are numbers: relu6, relu, or hardtanh.
func clip(c conversion) bool {
	x := c.live(0)
	if x == nil {
		return false
	}
	bound := func(attr string, i int, none float64) (float64, bool) {
		if c.Attrs[attr] != nil {
			return c.Real(attr, 0), true
		}
		if !c.Has(i) {
			return none, true
		}
		v, ok := c.constant(i).scalar()
		return onnxpb.Decimal(v), ok
	}
	low, ok := bound("min", 1, onnxpb.Decimal(-math.MaxFloat32))
	high, ok2 := bound("max", 2, onnxpb.Decimal(math.MaxFloat32))
	if !ok || !ok2 {
		return false
	}
	for i := 1; i < len(c.In); i++ {
		c.markOption(c.constant(i))
	}
	d := draft{in: []*value{x}}
	switch {
	case low == 0 && high == 6:
		d.layer = layer.ReLU6Kind.New()
	case low == 0 && high > 1e30: // no upper bound
		d.layer = layer.ReLUKind.New()
	default:
		d.layer = layerOf(layer.HardtanhKind, func(l *layer.Activation) { l.A.V, l.B.V = low, high })
	}
	return c.result(d)
}

// softmaxing is softmax along an axis: before opset 13 the second, flattened with
// all after it, since then the last.
func softmaxing(kind layer.Typed[*layer.Softmax]) operator {
	return func(c conversion) bool {
		x := c.live(0)
		if x == nil || x.rank() < 0 {
			return false
		}
		or := int64(-1)
		if c.opset < 13 {
			or = min(1, int64(x.rank())-1)
		}
		axis := c.Int("axis", or)
		dim := int64(0) // the batch
		if at, ok := x.at(axis); ok {
			dim = int64(at + 1)
		} else if a, ok := x.axis(axis); !ok || a != x.batch {
			return false
		}
		return c.apply(x, layerOf(kind, func(l *layer.Softmax) { l.Dim.N = dim }))
	}
}

func prelu(c conversion) bool {
	x, k := c.live(0), c.constant(1)
	if x == nil || k == nil || x.sample == nil {
		return false
	}
	slopes := k
	if c.opset < 7 && len(k.dims) == 1 { // one for each channel, not for each of the last
		slopes = k.laid(append(slices.Clone(k.dims), slices.Repeat([]int64{1}, max(len(x.sample)-1, 0))...))
	}
	sample, ok := against(x, slopes)
	if !ok {
		return false
	}
	several := func(d int64) bool { return d != 1 }
	return c.result(draft{in: []*value{x}, weights: []*constant{k}, layer: layerOf(layer.PReLUKind, func(l *layer.PReLU) {
		switch first := slices.IndexFunc(sample, several); {
		case first < 0:
			l.Slopes = layer.WidthOf(1)
		case first == 0 && !slices.ContainsFunc(sample[1:], several):
			l.Slopes = layer.WidthOf(sample[0])
		default:
			l.Each = true
			var shared []int64
			for i, d := range sample {
				if d == 1 {
					shared = append(shared, int64(i+1))
				}
			}
			l.Shared = layer.WholesOf(shared...)
		}
	})})
}
