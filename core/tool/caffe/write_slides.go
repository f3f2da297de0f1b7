package caffe

import (
	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
)

// Windows that slide over pictures: convolutions and pools.

func writeConvolutions(all map[*layer.Kind]writer) {
	writes(all, layer.ConvKind, func(c *chain, v *layer.Conv) bool {
		return c.convolution(&v.Slide, v.Filters.Value(), v.Groups.N, bool(v.Bias))
	})
	writes(all, layer.DepthwiseKind, func(c *chain, v *layer.Depthwise) bool {
		return c.convolution(&v.Slide, c.out[0].N, c.x[0].N, bool(v.Bias))
	})
	writes(all, layer.SeparableKind, func(c *chain, v *layer.Separable) bool {
		if !c.convolution(&v.Slide, c.x[0].N*v.Multiplier.N, c.x[0].N, false) {
			return false
		}
		o := &convolutionOptions{outputs: v.Filters.Value(), window: window{kernel: []int64{1}}, groups: absent,
			bias: bool(v.Bias)}
		return c.emit(layer.ConvKind.Kind(), o) && c.learns(withBias(o.bias))
	})
	writes(all, layer.ConvTransposeKind, writeDeconvolution)
}

// bothSides are the numbers of height and width.
func bothSides(s layer.Size) []int64 { return []int64{s.At(0), s.At(1)} }

// lanes is a number of groups as Caffe has it: 1 is not written.
func lanes(groups int64) int64 {
	if groups == 1 {
		return absent
	}
	return groups
}

// convolution adds a convolution of pictures whose padding is the same on both
// sides.
func (c *chain) convolution(s *layer.Slide, filters, groups int64, bias bool) bool {
	if len(c.x) != 3 || s.Mode.Word != "" && s.Mode.Word != "zeros" {
		return false
	}
	before, after, ok := oplist.Around(&s.Padding, c.x, s.Kernel, s.Stride, s.Dilation)
	if !ok || !oplist.Equal(before, after) || s.Dilation.At(0) != s.Dilation.At(1) {
		return false
	}
	w := window{bothSides(s.Kernel), bothSides(s.Stride), before, []int64{s.Dilation.At(0)}}
	o := &convolutionOptions{filters, w, lanes(groups), bias}
	return c.emit(layer.ConvKind.Kind(), o) && c.learns(withBias(bias))
}

func writeDeconvolution(c *chain, v *layer.ConvTranspose) bool {
	if len(c.x) != 3 || v.Dilation.At(0) != v.Dilation.At(1) {
		return false
	}
	pads := make([]int64, 2)
	for i := range pads {
		size := v.Reach(i)
		crop := (c.x[i+1].N-1)*v.Stride.At(i) + size - c.out[i+1].N // what the output lacks of the whole
		if crop < 0 || crop%2 != 0 || v.Padding.Rule == "" && crop/2 != v.Padding.At(i) {
			return false
		}
		pads[i] = crop / 2
	}
	w := window{bothSides(v.Kernel), bothSides(v.Stride), pads, []int64{v.Dilation.At(0)}}
	o := &convolutionOptions{v.Filters.Value(), w, lanes(v.Groups.N), bool(v.Bias)}
	return c.emit(v.Kind(), o) && c.learns(withBias(o.bias))
}

func writePools(all map[*layer.Kind]writer) {
	writes(all, layer.MaxPoolKind, func(c *chain, v *layer.MaxPool) bool {
		return v.Dilation == layer.SizeOf(1) && c.pool(poolMax, &v.Pool)
	})
	writes(all, layer.AvgPoolKind, func(c *chain, v *layer.AvgPool) bool {
		counts := bool(v.CountPad) && v.Padding.Rule == "" // Caffe counts what lies before, not what the last window reaches over
		before, after, ok := oplist.Around(&v.Padding, c.x, v.Kernel, strideOf(&v.Pool), layer.SizeOf(1))
		return ok && v.Divisor.N == 0 && (counts || oplist.Zeros(before) &&
			(v.Padding.Rule != "" || oplist.Zeros(after))) && c.pool(poolAverage, &v.Pool)
	})
	writes(all, layer.GlobalAvgPoolKind, func(c *chain, v *layer.GlobalPool) bool { return c.global(poolAverage, bool(v.Flat)) })
	writes(all, layer.GlobalMaxPoolKind, func(c *chain, v *layer.GlobalPool) bool { return c.global(poolMax, bool(v.Flat)) })
	writes(all, layer.AdaptiveAvgPoolKind, func(c *chain, _ *layer.AdaptivePool) bool { return c.adaptive(poolAverage) })
	writes(all, layer.AdaptiveMaxPoolKind, func(c *chain, _ *layer.AdaptivePool) bool { return c.adaptive(poolMax) })
	writes(all, layer.MeanKind, func(c *chain, v *layer.Reduce) bool {
		over := map[int64]bool{}
		for i := range v.Dims.Len() {
			over[oplist.Axis(v.Dims.At(i), len(c.x))] = true
		}
		return len(c.x) == 3 && len(over) == 2 && !over[1] && c.global(poolAverage, !bool(v.Keep))
	})
}

func strideOf(p *layer.Pool) layer.Size {
	if p.Stride.Unset() {
		return p.Kernel
	}
	return p.Stride
}

func (c *chain) pooling(o *poolingOptions) bool {
	o.stated = true
	return c.emit(layer.MaxPoolKind.Kind(), o)
}

// pool adds a pool. Caffe rounds up, and drops a last window in the padding only if
// there is padding; where that gives other positions it has to round down
// (round_mode, caffe.proto).
func (c *chain) pool(method int, p *layer.Pool) bool {
	if len(c.x) != 3 {
		return false
	}
	stride := strideOf(p)
	before, _, ok := oplist.Around(&p.Padding, c.x, p.Kernel, stride, layer.SizeOf(1))
	if !ok {
		return false
	}
	up, down := true, true
	for i := range before {
		x, k, s := c.x[i+1].N, p.Kernel.At(i), stride.At(i)
		if before[i] >= k {
			return false
		}
		up = up && layer.PositionsUp(x, before[i], before[i], k, s, !oplist.Zeros(before)) == c.out[i+1].N
		down = down && layer.Positions(x, 2*before[i], k, s) == c.out[i+1].N
	}
	o := &poolingOptions{method: method, window: window{kernel: bothSides(p.Kernel), stride: bothSides(stride), pad: before}}
	if !up {
		o.floor = 1
	}
	return (up || down) && c.pooling(o)
}

func (c *chain) global(method int, flat bool) bool {
	return len(c.x) == 3 && c.pooling(&poolingOptions{method: method, global: true}) &&
		(!flat || c.emit(layer.FlattenKind.Kind(), nil))
}

// adaptive adds a pool whose windows are all of one size.
func (c *chain) adaptive(method int) bool {
	if len(c.x) != 3 {
		return false
	}
	size := make([]int64, 2)
	for i := range size {
		x, out := c.x[i+1].N, c.out[i+1].N
		if out == 0 || x%out != 0 {
			return false
		}
		size[i] = x / out
	}
	return c.pooling(&poolingOptions{method: method, window: window{kernel: size, stride: size}})
}
