package keras

import (
	"fmt"
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
)

// shapeOf writes a shape in an order.
func shapeOf(s tensor.Shape, o order) pycode.List {
	l := make(pycode.List, len(o))
	for i, axis := range o {
		if s[i].Known() {
			l[axis] = s[i].N
		}
	}
	return l
}

// writeReshape lays a tensor out in the output's sizes, in our own order.
func writeReshape(k *layerWriter) bool {
	k.asRows()
	k.counterpart.out.order = asIs(len(k.out))
	return k.out.Known() && len(k.out) > 0 &&
		k.like(layer.ReshapeKind.Kind(), arg{"target_shape", shapeOf(k.out, asIs(len(k.out)))})
}

// writePart writes a part of one dimension. Without functions it is cut out: Cropping2D
// works on the first two axes, so the dimension is brought there and back.
func writePart(k *layerWriter, dim, from, to, step int64) bool {
	k.keeps()
	at := k.axis(dim)
	if k.code {
		text := "{0}[" + strings.Repeat(":, ", int(at))
		if int(at) == len(k.x) {
			text = "{0}[..., "
		}
		if from > 0 {
			text += pycode.Whole(from)
		}
		if text += ":"; to < k.x[oplist.Axis(dim, len(k.x))-1].N {
			text += pycode.Whole(to)
		}
		if step != 1 {
			text += ":" + pycode.Whole(step)
		}
		return k.function(text + "]")
	}
	if step != 1 || len(k.x) != 3 {
		return false
	}
	n := k.x[oplist.Axis(dim, len(k.x))-1].N
	swap := pycode.List{int64(1), int64(2), int64(3)}
	row := at
	if at == 3 {
		swap, row = pycode.List{int64(1), int64(3), int64(2)}, 2
		k.like(layer.PermuteKind.Kind(), arg{"dims", swap})
	}
	before, after := make([]int64, 2), make([]int64, 2)
	before[row-1], after[row-1] = from, n-to
	k.pads(layer.CropKind.Kind(), before, after)
	if at == 3 {
		k.like(layer.PermuteKind.Kind(), arg{"dims", swap})
	}
	return true
}

func writePad(k *layerWriter, l layer.Layer) bool {
	sign, sides := int64(1), layer.Sides{}
	mode, fill := "constant", 0.0
	switch l := l.(type) {
	case *layer.Pad:
		sides, mode, fill = l.Sides, l.Mode.Word, l.Fill.V
	case *layer.Crop:
		sides, sign = l.Sides, -1
	}
	k.asMap()
	var add, addAfter, cut, cutAfter []int64
	for j := range k.x {
		b, a := sides.At(j, len(k.x))
		if b, a = sign*b, sign*a; j == 0 {
			if b != 0 || a != 0 {
				if len(k.x) != 3 || b < 0 || a < 0 || mode != "constant" || fill != 0 {
					return false
				}
				padChannels(k, b, a)
			}
			continue
		}
		add, addAfter = append(add, max(b, 0)), append(addAfter, max(a, 0))
		cut, cutAfter = append(cut, max(-b, 0)), append(cutAfter, max(-a, 0))
	}
	if fill >= 0 {
		k.keeps()
	}
	if !oplist.Zeros(add, addAfter) {
		switch {
		case mode == "constant" && fill == 0:
			k.pads(layer.PadKind.Kind(), add, addAfter)
		case k.code && mode == "constant":
			k.counterpart.fn = fmt.Sprintf("keras.ops.pad({0}, %s, constant_values=%v)",
				pycode.Literal(padList(add, addAfter)), fill)
		case k.code && mode == "reflect":
			k.counterpart.fn = fmt.Sprintf("keras.ops.pad({0}, %s, mode=\"reflect\")", pycode.Literal(padList(add, addAfter)))
		default:
			return false
		}
	}
	return oplist.Zeros(cut, cutAfter) && (len(k.chain) > 0 || k.counterpart.fn != "") ||
		k.pads(layer.CropKind.Kind(), cut, cutAfter)
}

// padChannels lays channels of zeros before and after: as columns, between two
// permutations.
func padChannels(k *layerWriter, before, after int64) {
	swap := arg{"dims", pycode.List{int64(1), int64(3), int64(2)}}
	k.like(layer.PermuteKind.Kind(), swap)
	k.pads(layer.PadKind.Kind(), []int64{0, before}, []int64{0, after})
	k.like(layer.PermuteKind.Kind(), swap)
}

func writeUpsample(k *layerWriter, l layer.Layer) bool {
	u := l.(*layer.Upsample)
	k.asMap()
	k.keeps()
	mode := u.Mode.Word
	if mode == "nearest-exact" || mode == "area" || mode == "bicubic" || bool(u.Align) || !k.x.Known() || !k.out.Known() {
		return false
	}
	wholeTimes := true
	for i := 1; i < len(k.x); i++ {
		wholeTimes = wholeTimes && k.x[i].N > 0 && k.out[i].N%k.x[i].N == 0
	}
	size := k.sizes(func(i int) int64 { return k.out[i+1].N / max(k.x[i+1].N, 1) })
	switch {
	case wholeTimes && k.dims() == 2:
		return k.own(arg{"size", size}, arg{"interpolation", mode})
	case wholeTimes && mode == "nearest" && k.dims() == 1:
		return k.own(arg{"size", size[0]})
	case wholeTimes && mode == "nearest":
		return k.own(arg{"size", size})
	case k.dims() == 2:
		return k.emit("Resizing", arg{"height", k.out[1].N}, arg{"width", k.out[2].N}, arg{"interpolation", mode})
	default:
		return false
	}
}

// writeShuffle writes a shuffle of pixels or channels as two reshapes and a
// permutation between them.
func writeShuffle(k *layerWriter, l layer.Layer) bool {
	k.asMap()
	k.keeps()
	if len(k.x) != 3 || !k.x.Known() {
		return false
	}
	c, h, w := k.x[0].N, k.x[1].N, k.x[2].N
	split, dims := pycode.List{}, pycode.List{}
	switch l := l.(type) {
	case *layer.ChannelShuffle:
		split, dims = pycode.List{h, w, l.Groups.N, c / l.Groups.N}, pycode.List{int64(1), int64(2), int64(4), int64(3)}
	case *layer.PixelShuffle:
		r := l.R.N
		split, dims = pycode.List{h, w, c / r / r, r, r}, pycode.List{int64(1), int64(4), int64(2), int64(5), int64(3)}
	}
	return k.like(layer.ReshapeKind.Kind(), arg{"target_shape", split}) && k.like(layer.PermuteKind.Kind(), arg{"dims", dims}) &&
		k.like(layer.ReshapeKind.Kind(), arg{"target_shape", shapeOf(k.out, channelsLast(3))})
}

func writePermute(k *layerWriter, l layer.Layer) bool {
	k.keeps()
	d := l.(*layer.Permute).Dims
	if k.code {
		// Another order may be all that is needed: (H, W, C) is C×H×W, and H×W×C.
		o := make(order, d.Len())
		for i := range o {
			o[i] = k.ins[0].order[int(oplist.Axis(d.At(i), len(k.x)))-1]
		}
		if slices.Equal(o, asIs(len(k.x))) || slices.Equal(o, channelsLast(len(k.x))) {
			k.counterpart.out.order = o
			return true
		}
	}
	dims := make(pycode.List, d.Len())
	for i := range dims {
		dims[i] = k.axis(d.At(i))
	}
	k.counterpart.out.order = asIs(len(k.out))
	return k.like(layer.PermuteKind.Kind(), arg{"dims", dims})
}
