package torch

import (
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/pycode"
	"strconv"
)

func torchTransposed(t *torchLayer, l layer.Layer) (layerCode, bool) {
	c := l.(*layer.ConvTranspose)
	dims := t.dims()
	pads, outs, cut := make([]int64, dims), make([]int64, dims), make([]int64, dims)
	cuts := false
	for i := range dims {
		size, s := c.Reach(i), c.Stride.At(i)
		pads[i], outs[i] = c.Padding.At(i), c.OutPad.At(i)
		if c.Padding.Rule == "" {
			continue
		}
		// Keras' rules in PyTorch's terms: what its size asks for beyond is added by
		// output padding, what it asks for less is cut off behind.
		want := t.out[i+1].N
		if !t.out[i+1].Known() {
			return layerCode{}, false
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
	code := t.module(t.stated(extentCode(t.x[0])), t.positional("filters", pycode.Whole(c.Filters.Value())),
		t.keyword("kernel", sizeCode(dims, c.Kernel.At)), t.keyword("stride", sizeCode(dims, c.Stride.At)),
		t.keyword("padding", sizeCode(dims, func(i int) int64 { return pads[i] })),
		pycode.Named("output_padding", sizeCode(dims, func(i int) int64 { return outs[i] }), "0"),
		t.keyword("groups", pycode.Whole(c.Groups.N)), t.keyword("bias", pycode.Bool(c.Bias)),
		t.keyword("dilation", sizeCode(dims, c.Dilation.At)))
	lazily(code.modules[0], t.x[0])
	if cuts {
		code.modules = append(code.modules, t.fill(make([]int64, dims), cut, "0"))
	}
	return code, true
}

func torchGlobal(t *torchLayer, l layer.Layer) (layerCode, bool) {
	code := t.module(pycode.Pos("output_size", "1"))
	if l.(*layer.GlobalPool).Flat {
		code.modules = append(code.modules, &pycode.Call{Func: t.as(layer.FlattenKind.Kind()).class(0)})
	}
	return code, true
}

func torchAdaptive(t *torchLayer, l layer.Layer) (layerCode, bool) {
	size := l.(*layer.AdaptivePool).Size
	text := func(i int) string {
		n := size.At(0)
		if size.Len() > 1 {
			n = size.At(i)
		}
		if n == tensor.Unknown {
			return "None"
		}
		return pycode.Whole(n)
	}
	items := make([]string, t.dims())
	same := true
	for i := range items {
		items[i] = text(i)
		same = same && items[i] == items[0] && items[i] != "None"
	}
	value := items[0]
	if t.dims() == 1 && value == "None" { // which PyTorch takes in two dimensions and three only
		return nn("Identity"), true
	}
	if !same {
		value = pycode.Tuple(items...)
	}
	return t.module(t.positional("size", value)), true
}

func torchReduce(t *torchLayer, l layer.Layer) (layerCode, bool) {
	r := l.(*layer.Reduce)
	keep := ""
	if r.Keep {
		keep = ", keepdim=True"
	}
	dims := pycode.Tuple(pycode.Each(r.Dims.Len(), r.Dims.At)...)
	if r.Dims.Len() == 1 {
		dims = pycode.Whole(r.Dims.At(0))
	}
	return function("{x}.%s(dim=%s%s)", t.kind.Name, dims, keep), true
}

func torchPixels(class string) func(*torchLayer, layer.Layer) (layerCode, bool) {
	return func(t *torchLayer, l layer.Layer) (layerCode, bool) {
		return nn(class, pycode.Pos("factor", pycode.Whole(l.(*layer.PixelShuffle).R.N))), true
	}
}

// columns are the arguments of an Unfold or a Fold.
func (t *torchLayer) columns(s *layer.Slide) []pycode.Arg {
	return []pycode.Arg{t.keyword("kernel", sizeCode(2, s.Kernel.At)), t.keyword("dilation", sizeCode(2, s.Dilation.At)),
		t.keyword("padding", sizeCode(2, s.Padding.At)), t.keyword("stride", sizeCode(2, s.Stride.At))}
}

func torchPad(t *torchLayer, l layer.Layer) (layerCode, bool) {
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
		t.w.usesF = true
		if mode != "constant" { // which alone takes a value
			return function("F.pad({x}, %s, mode=%s)", sidesCode(before, after), pycode.Quoted(mode)), true
		}
		return function("F.pad({x}, %s, mode=%s, value=%s)", sidesCode(before, after), pycode.Quoted(mode), fill), true
	case class != "":
		return nn(class+strconv.Itoa(t.dims())+"d", pycode.Pos("padding", sidesCode(before, after))), true
	default:
		return layerCode{modules: []*pycode.Call{t.fill(before, after, fill)}}, true
	}
}
