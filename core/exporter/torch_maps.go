package exporter

import (
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

func torchTransposed(t *torchLayer, l layer.Layer) (spell, bool) {
	c := l.(*layer.ConvTranspose)
	dims := t.dims()
	pads, outs, cut := make([]int64, dims), make([]int64, dims), make([]int64, dims)
	cuts := false
	for i := range dims {
		size, s := c.Dilation.At(i)*(c.Kernel.At(i)-1)+1, c.Stride.At(i)
		pads[i], outs[i] = c.Padding.At(i), c.OutPad.At(i)
		if c.Padding.Rule == "" {
			continue
		}
		// Keras' rules in PyTorch's terms: what its size asks for beyond is added by
		// output padding, what it asks for less is cut off behind.
		want := t.out[i+1].N
		if !t.out[i+1].Known() {
			return spell{}, false
		}
		full := (t.x[i+1].N-1)*s + size
		pads[i], outs[i] = max(full-want, 0)/2, 0
		switch rest := want - (full - 2*pads[i]); {
		case rest >= 0:
			outs[i] = rest
		default:
			cut[i], cuts = rest, true
		}
	}
	sp := nn(t.d("ConvTranspose"), pos("in_channels", number(t.x[0])), pos("out_channels", whole(c.Filters.Value())),
		named("kernel_size", sized(dims, c.Kernel.At), ""), named("stride", sized(dims, c.Stride.At), "1"),
		named("padding", sized(dims, func(i int) int64 { return pads[i] }), "0"),
		named("output_padding", sized(dims, func(i int) int64 { return outs[i] }), "0"),
		named("groups", whole(c.Groups.N), "1"), named("bias", yes(c.Bias), "True"), named("dilation", sized(dims, c.Dilation.At), "1"))
	lazily(sp.parts[0], t.x[0])
	if cuts {
		sp.parts = append(sp.parts, t.fill(make([]int64, dims), cut, "0"))
	}
	return sp, true
}

func torchGlobal(t *torchLayer, l layer.Layer) (spell, bool) {
	class := "AdaptiveAvgPool"
	if t.kind.Name == "globalmaxpool" {
		class = "AdaptiveMaxPool"
	}
	sp := nn(t.d(class), pos("output_size", "1"))
	if l.(*layer.GlobalPool).Flat {
		sp.parts = append(sp.parts, &call{fn: "nn.Flatten"})
	}
	return sp, true
}

func torchAdaptive(t *torchLayer, l layer.Layer) (spell, bool) {
	size := l.(*layer.AdaptivePool).Size
	text := func(i int) string {
		n := size.At(0)
		if size.Len() > 1 {
			n = size.At(i)
		}
		if n == tensor.Unknown {
			return "None"
		}
		return whole(n)
	}
	items := make([]string, t.dims())
	same := true
	for i := range items {
		items[i] = text(i)
		same = same && items[i] == items[0] && items[i] != "None"
	}
	value := items[0]
	if !same {
		value = tuple(items...)
	}
	return nn(t.d(t.kind.Torch[:len("AdaptiveAvgPool")]), pos("output_size", value)), true
}

func torchReduce(t *torchLayer, l layer.Layer) (spell, bool) {
	r := l.(*layer.Reduce)
	keep := ""
	if r.Keep {
		keep = ", keepdim=True"
	}
	dims := tuple(each(r.Dims.Len(), r.Dims.At)...)
	if r.Dims.Len() == 1 {
		dims = whole(r.Dims.At(0))
	}
	return function("{x}.%s(dim=%s%s)", t.kind.Name, dims, keep), true
}

func torchPixels(class string) func(*torchLayer, layer.Layer) (spell, bool) {
	return func(t *torchLayer, l layer.Layer) (spell, bool) {
		return nn(class, pos("factor", whole(l.(*layer.PixelShuffle).R.N))), true
	}
}

// columns are the arguments of an Unfold or a Fold.
func (t *torchLayer) columns(s *layer.Slide) []arg {
	return []arg{named("kernel_size", sized(2, s.Kernel.At), ""), named("dilation", sized(2, s.Dilation.At), "1"),
		named("padding", sized(2, s.Padding.At), "0"), named("stride", sized(2, s.Stride.At), "1")}
}

func torchPad(t *torchLayer, l layer.Layer) (spell, bool) {
	sign, mode, fill := int64(1), "constant", "0"
	var sides layer.Sides
	switch l := l.(type) {
	case *layer.Pad:
		sides, mode, fill = l.Sides, l.Mode.Word, l.Fill.Text()
	case *layer.Crop:
		sides, sign = l.Sides, -1
	}
	rank := len(t.x)
	var before, after []int64
	for j := range rank {
		b, a := sides.At(j, rank)
		before, after = append(before, sign*b), append(after, sign*a)
	}
	channels := before[0] != 0 || after[0] != 0
	if !channels {
		before, after = before[1:], after[1:]
	}
	class := map[string]string{"reflect": "ReflectionPad", "replicate": "ReplicationPad"}[mode]
	switch {
	case channels || mode == "circular":
		return function("F.pad({x}, %s, mode=%s, value=%s)", padded(before, after), quoted(mode), fill), true
	case class != "":
		return nn(t.d(class), pos("padding", padded(before, after))), true
	default:
		return spell{parts: []*call{t.fill(before, after, fill)}}, true
	}
}
