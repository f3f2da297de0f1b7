package summary

import (
	"strconv"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// of looks for the layer of a family.
func (s *seeker) of(family string) *found {
	out := s.b.ours(s.r.out, s.first)
	switch family {
	case "conv", "convtranspose", "depthwise", "separable":
		return s.convolution(family)
	case "linear":
		for _, bias := range []layer.Switch{true, false} {
			f := s.try(false)(layer.LinearKind.With(func(l *layer.Linear) { l.Features, l.Bias = layer.WidthOf(s.width(true)), bias }))
			if f != nil {
				return f
			}
		}
	case "bn":
		for _, affine := range []layer.Affine{{On: true, Scale: true, Bias: true}, {On: true, Bias: true}, {On: true, Scale: true}, {Scale: true, Bias: true}} {
			if f := s.try(false)(layer.BatchNormKind.With(func(l *layer.BatchNorm) { l.Affine = affine })); f != nil {
				return f
			}
		}
	case "prelu":
		if f := s.try(false)(layer.PReLUKind.With(func(l *layer.PReLU) { l.Slopes = layer.WidthOf(s.count()) })); f != nil {
			return f
		}
		return s.try(false)(layer.PReLUKind.With(func(l *layer.PReLU) { l.Each = true }))
	case "embedding":
		if len(s.in) == 1 && len(s.in[0]) == 1 {
			return s.embedding()
		}
	case "maxpool", "avgpool":
		return s.pool(family)
	case "adaptiveavgpool", "adaptivemaxpool":
		if len(out) > 1 {
			kind := layer.AdaptiveAvgPoolKind
			if family == "adaptivemaxpool" {
				kind = layer.AdaptiveMaxPoolKind
			}
			return s.try(false)(kind.With(func(l *layer.AdaptivePool) { l.Size = extents(out[1:]) }))
		}
	case "globalavgpool", "globalmaxpool":
		s.first = false
		kind := layer.GlobalAvgPoolKind
		if family == "globalmaxpool" {
			kind = layer.GlobalMaxPoolKind
		}
		for _, flat := range []layer.Switch{true, false} {
			if f := s.try(false)(kind.With(func(l *layer.GlobalPool) { l.Flat = flat })); f != nil {
				return f
			}
		}
	case "reshape":
		s.first = true
		if x := s.b.ours(s.r.out, true); x != nil {
			if f := s.try(true)(layer.ReshapeKind.With(func(l *layer.Reshape) { l.Sizes = extents(x) })); f != nil {
				return f
			}
		}
	case "lstm", "gru", "rnn", "bidirectional", "lstmcell", "grucell", "rnncell":
		return s.recurrent(family)
	case "concat":
		for dim := int64(len(out)); dim >= 1; dim-- {
			if f := s.try(false)(layer.ConcatKind.With(func(l *layer.Concat) { l.Dim.N = dim })); f != nil && len(s.in) > 1 {
				return f
			}
		}
	case "add", "mul", "average", "sub", "max":
		if len(s.in) > 1 {
			return s.compare(layer.ByName(family).New(), false)
		}
	case "pad":
		return s.padded()
	case "upsample":
		for _, by := range []float64{2, 4, 3, 8} {
			if f := s.try(false)(layer.UpsampleKind.With(func(l *layer.Upsample) { l.Ratio = layer.RealsOf(by) })); f != nil {
				return f
			}
		}
	case "normalization":
	default:
		return s.compare(layer.ByName(family).New(), false)
	}
	return nil
}

// extents are the sizes of a shape as a field holds them.
func extents(x tensor.Shape) layer.Extents {
	n := make([]int64, len(x))
	for i := range x {
		n[i] = x[i].N
	}
	return layer.ExtentsOf(n...)
}

// A sliding is the options of a convolution that is tried.
type sliding struct {
	kind                     string
	filters, groups          int64
	bias                     layer.Switch
	kernel, stride, dilation layer.Size
	padding                  layer.Padding
	outPad                   int64
}

// layer returns the convolution.
func (o sliding) layer() (layer.Layer, error) {
	filters := layer.WidthOf(o.filters)
	slide := func(s *layer.Slide) {
		s.Kernel, s.Stride, s.Dilation, s.Padding = o.kernel, o.stride, o.dilation, o.padding
	}
	switch o.kind {
	case "conv":
		return layer.ConvKind.With(func(l *layer.Conv) {
			slide(&l.Slide)
			l.Filters, l.Groups.N, l.Bias = filters, o.groups, o.bias
		})
	case "depthwise":
		return layer.DepthwiseKind.With(func(l *layer.Depthwise) {
			slide(&l.Slide)
			l.Bias = o.bias
		})
	case "separable":
		return layer.SeparableKind.With(func(l *layer.Separable) {
			slide(&l.Slide)
			l.Filters, l.Bias = filters, o.bias
		})
	default:
		return layer.ConvTransposeKind.With(func(l *layer.ConvTranspose) {
			slide(&l.Slide)
			l.Filters, l.Groups.N, l.Bias = filters, o.groups, o.bias
			if o.outPad > 0 {
				l.OutPad = layer.SizeOf(o.outPad)
			}
		})
	}
}

// convolution looks for the kernel that gives the row's parameters, then for a
// stride and a padding that give its output.
func (s *seeker) convolution(kind string) *found {
	out := s.b.ours(s.r.out, s.first)
	if len(s.in) != 1 || len(s.in[0]) < 2 || len(out) != len(s.in[0]) {
		return nil
	}
	in := s.in[0]
	plain := sliding{kind: kind, filters: out[0].N, stride: layer.SizeOf(1), dilation: layer.SizeOf(1), padding: layer.PaddingOf(0)}
	for _, plain.bias = range []layer.Switch{true, false} {
		for _, plain.groups = range s.groups(in[0].N, out[0].N) {
			for _, plain.kernel = range s.sizes(s.r.kernel, 3, 1, 5, 7, 2, 4, 11, 9, 6, 8, 10, 12, 16, 14, 32) {
				if f := s.moves(plain); f != nil {
					return f
				}
			}
		}
	}
	return nil
}

// groups are those to be tried: the stated ones, else one, else one a channel.
func (s *seeker) groups(in, out int64) []int64 {
	switch {
	case s.r.groups != "":
		n, _ := strconv.ParseInt(s.r.groups, 10, 64) // 0, which no layer has, if it is no number
		return []int64{n}
	case in > 1 && out%in == 0:
		return []int64{1, in}
	}
	return []int64{1}
}

// sizes are the kernels to be tried: the stated one, else square ones, the usual
// first.
func (s *seeker) sizes(stated string, usual ...int64) []layer.Size {
	if stated != "" {
		size := layer.SizeOf(1)
		if size.Parse(stated) != nil {
			return nil
		}
		return []layer.Size{size}
	}
	all := make([]layer.Size, len(usual))
	for i, n := range usual {
		all[i] = layer.SizeOf(n)
	}
	return all
}

// moves tries strides and paddings.
func (s *seeker) moves(plain sliding) *found {
	if !s.counts(plain) {
		return nil
	}
	o := plain
	for _, stride := range []int64{1, 2, 3, 4, 5, 8, 16} {
		o.stride = layer.SizeOf(stride)
		if s.b.t.keras() {
			rule := layer.PadSame
			if o.kind == "conv" {
				rule = layer.PadKeras
			}
			for _, padding := range []string{layer.PadValid, rule} {
				o.padding = layer.PaddingRule(padding)
				if f := s.try(true)(o.layer()); f != nil {
					return f
				}
			}
			continue
		}
		for _, o.padding = range append([]layer.Padding{half(o.kernel)}, explicit(0, 1, 2, 3, 4, 5)...) {
			if f := s.try(true)(o.layer()); f != nil {
				return f
			}
			if o.kind == "convtranspose" {
				more := o
				more.outPad = 1
				if f := s.try(true)(more.layer()); f != nil {
					return f
				}
			}
		}
	}
	for _, d := range []int64{2, 4, 6, 12, 18, 24, 36} {
		o = plain
		o.padding, o.dilation = layer.PaddingOf(d), layer.SizeOf(d)
		if f := s.try(true)(o.layer()); f != nil {
			return f
		}
	}
	return nil
}

// counts reports whether a convolution has the row's parameters, wherever it
// moves to.
func (s *seeker) counts(o sliding) bool {
	row := *s.r
	row.out = nil
	only := *s
	only.r = &row
	x := append(tensor.Shape{}, s.in[0]...)
	for i := range x[1:] {
		x[i+1].N = tensor.Unknown
	}
	only.in = []tensor.Shape{x}
	return only.try(false)(o.layer()) != nil
}

// half is half of a kernel, rounded down, on each side.
func half(kernel layer.Size) layer.Padding {
	n := make([]int64, kernel.Len())
	for i := range n {
		n[i] = kernel.At(i) / 2
	}
	return layer.PaddingOf(n...)
}

func explicit(cells ...int64) []layer.Padding {
	all := make([]layer.Padding, len(cells))
	for i, n := range cells {
		all[i] = layer.PaddingOf(n)
	}
	return all
}

// picture looks for a first convolution that sees a picture of a usual size, with
// three channels or one.
func (s *seeker) picture() *found {
	out := s.b.ours(s.r.out, true)
	if len(out) != 3 || !out.Known() {
		return nil
	}
	for _, channels := range []int64{3, 1} {
		for _, side := range []int64{224, 32, 28, 299, 227, 256, 64, 96, 128, 150, 160, 192, 300, 320, 331, 384, 480, 512, 520, 600} {
			if side < out[1].N {
				continue
			}
			s.enter = tensor.Of(channels, side, side)
			s.in = []tensor.Shape{s.enter}
			if f := s.convolution("conv"); f != nil && side <= 8*out[1].N {
				return f
			}
		}
	}
	return nil
}

func (s *seeker) embedding() *found {
	d, n := s.width(true), s.count()
	if d < 1 || n < d || n%d != 0 {
		return nil
	}
	return s.try(false)(layer.EmbeddingKind.With(func(l *layer.Embedding) { l.Table = layer.ExtentsOf(n/d, d) }))
}

// pool looks for a window that gives the row's output.
func (s *seeker) pool(kind string) *found {
	paddings := explicit(0, 1, 2, 3)
	if s.b.t.keras() {
		paddings = []layer.Padding{layer.PaddingRule(layer.PadValid), layer.PaddingRule(layer.PadSame)}
	}
	with := func(set func(p *layer.Pool)) (layer.Layer, error) {
		if kind == "avgpool" {
			return layer.AvgPoolKind.With(func(l *layer.AvgPool) { set(&l.Pool) })
		}
		return layer.MaxPoolKind.With(func(l *layer.MaxPool) { set(&l.Pool) })
	}
	for _, kernel := range s.sizes(s.r.kernel, 2, 3, 5, 7, 4, 8, 6) {
		for _, stride := range []layer.Size{kernel, layer.SizeOf(2), layer.SizeOf(1), layer.SizeOf(3), layer.SizeOf(4)} {
			for _, padding := range paddings {
				for _, ceil := range []layer.Switch{false, true} {
					if ceil && layer.Switch(s.b.t.keras()) {
						continue
					}
					f := s.try(true)(with(func(p *layer.Pool) {
						p.Kernel, p.Stride, p.Padding, p.Ceil = kernel, stride, padding, ceil
					}))
					if f != nil {
						return f
					}
				}
			}
		}
	}
	return nil
}

// recurrent tries as many layers and directions as are usual.
func (s *seeker) recurrent(family string) *found {
	width := s.width(true)
	if width < 1 {
		return nil
	}
	kinds := []layer.Typed[*layer.Recurrent]{recurrentKinds[strings.TrimSuffix(family, "cell")]}
	if family == "bidirectional" {
		kinds = []layer.Typed[*layer.Recurrent]{layer.LSTMKind, layer.GRUKind, layer.RNNKind}
	}
	for _, kind := range kinds {
		for _, both := range []bool{false, true} {
			hidden := width
			if both {
				if hidden = width / 2; width%2 != 0 {
					continue
				}
			} else if family == "bidirectional" {
				continue
			}
			for layers := int64(1); layers <= 6; layers++ {
				plain := func(l *layer.Recurrent) {
					l.Hidden, l.Layers.N, l.Bidirectional = layer.WidthOf(hidden), layers, layer.Switch(both)
					l.Last, l.Cell = layer.Switch(s.b.t.keras() && len(s.r.out) == 1), layer.Switch(strings.HasSuffix(family, "cell"))
				}
				if f := s.recurrentOf(kind, plain); f != nil {
					return f
				}
			}
		}
	}
	return nil
}

// recurrentKinds are the recurrent kinds by their family.
var recurrentKinds = map[string]layer.Typed[*layer.Recurrent]{"lstm": layer.LSTMKind, "gru": layer.GRUKind, "rnn": layer.RNNKind}

// recurrentOf tries a recurrent layer as it is, without biases, and a GRU in the
// first paper's form.
func (s *seeker) recurrentOf(kind layer.Typed[*layer.Recurrent], plain func(*layer.Recurrent)) *found {
	variants := []func(l *layer.Recurrent){func(*layer.Recurrent) {}, func(l *layer.Recurrent) { l.Bias = false }}
	if kind == layer.GRUKind {
		variants = append(variants, func(l *layer.Recurrent) { l.ResetAfter = false })
	}
	for _, variant := range variants {
		l, err := kind.With(func(l *layer.Recurrent) {
			plain(l)
			variant(l)
		})
		if f := s.try(false)(l, err); f != nil {
			return f
		}
	}
	return nil
}

// padded looks for as many cells on both sides, or one more behind.
func (s *seeker) padded() *found {
	out := s.b.ours(s.r.out, s.first)
	if len(s.in) != 1 || len(out) != len(s.in[0]) || len(out) < 2 || len(out) > 4 {
		return nil
	}
	var sides [][2]int64
	for i := range out[1:] {
		add := out[i+1].N - s.in[0][i+1].N
		if !out[i+1].Known() || !s.in[0][i+1].Known() || add < 0 {
			return nil
		}
		sides = append(sides, [2]int64{add / 2, add - add/2})
	}
	return s.try(true)(layer.PadKind.With(func(l *layer.Pad) { l.Sides = layer.SidesOf(sides...) }))
}
