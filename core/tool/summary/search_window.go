package summary

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A slider looks for layers that move a kernel over their input.
type slider struct{ search }

// A slide is what is tried of a layer that moves a kernel over its input.
type slide struct {
	kernel   []int64
	stride   int64
	padding  layer.Padding
	dilation int64
}

func (w *slide) set(to *layer.Slide) {
	to.Kernel, to.Stride, to.Padding = layer.SizeOf(w.kernel...), layer.SizeOf(w.stride), w.padding
	to.Dilation = layer.SizeOf(max(w.dilation, 1))
}

// A filter is what is tried of a convolution beside how it moves.
type filter struct {
	channels int64
	groups   int64
	bias     bool
	outPad   int64
}

// layer makes a convolution of the row's kind.
func (s *slider) sliding(f filter, w slide) (layer.Layer, error) {
	conv := func(l *layer.Conv) {
		w.set(&l.Slide)
		l.Filters, l.Groups.N, l.Bias = layer.WidthOf(f.channels), f.groups, layer.Switch(f.bias)
	}
	switch s.is.kind {
	case layer.ConvTransposeKind.Kind():
		return layer.ConvTransposeKind.With(func(l *layer.ConvTranspose) {
			conv(&l.Conv)
			if f.outPad > 0 {
				l.OutPad = layer.SizeOf(f.outPad)
			}
		})
	case layer.DepthwiseKind.Kind():
		return layer.DepthwiseKind.With(func(l *layer.Depthwise) { w.set(&l.Slide); l.Bias = layer.Switch(f.bias) })
	case layer.SeparableKind.Kind():
		return layer.SeparableKind.With(func(l *layer.Separable) {
			w.set(&l.Slide)
			l.Filters, l.Bias = layer.WidthOf(f.channels), layer.Switch(f.bias)
		})
	default:
		return layer.ConvKind.With(conv)
	}
}

// sides are the sides of square kernels that are tried, the usual first.
var sides = []int64{3, 1, 5, 7, 2, 4, 11, 9, 6, 8, 10, 12, 16, 14, 32}

// kernels are those to be tried: the stated one, else square ones.
func (s *slider) kernels() (kernels [][]int64) {
	if s.r.window.kernel != nil {
		return [][]int64{s.r.window.kernel}
	}
	for _, side := range sides {
		kernels = append(kernels, []int64{side})
	}
	return kernels
}

// groups are those to be tried: the stated ones, else one, else one a channel.
func (s *slider) groups(in, out int64) []int64 {
	switch {
	case s.r.window.groups > 0:
		return []int64{s.r.window.groups}
	case in > 1 && out%in == 0:
		return []int64{1, in}
	}
	return []int64{1}
}

// convolution looks for the kernel that has the row's parameters, then for a
// stride and a padding that give its output.
func (s *slider) convolution() *match {
	out := s.out()
	if len(s.in) != 1 || len(s.in[0]) < 2 || len(out) != len(s.in[0]) {
		return nil
	}
	biases := []bool{true, false}
	if s.t.layout == consoleLayout {
		biases = biases[1:] // it shows none
	}
	for _, groups := range s.groups(s.in[0][0].N, out[0].N) {
		for _, bias := range biases {
			for _, kernel := range s.kernels() {
				f := filter{channels: out[0].N, groups: groups, bias: bias}
				if !s.counts(f, kernel) {
					continue
				}
				if m := s.moves(f, kernel); m != nil {
					return m
				}
			}
		}
	}
	return nil
}

// counts reports whether a convolution has the row's parameters, wherever it
// moves to.
func (s *slider) counts(f filter, kernel []int64) bool {
	r := *s.r
	r.out = nil
	only := *s
	only.r = &r
	x := slices.Clone(s.in[0])
	for i := range x[1:] {
		x[i+1].N = tensor.Unknown
	}
	only.in = []tensor.Shape{x}
	return only.certain(s.sliding(f, slide{kernel: kernel, stride: 1, padding: layer.PaddingOf(0)})) != nil
}

// paddings are those to be tried with a kernel, the usual first.
func (s *slider) paddings(kernel []int64) []layer.Padding {
	if s.t.keras() {
		rule := layer.PadSame
		if s.is.is(layer.ConvKind.Kind()) {
			rule = layer.PadKeras
		}
		return []layer.Padding{layer.PaddingRule(layer.PadValid), layer.PaddingRule(rule)}
	}
	half := make([]int64, len(kernel))
	for i, k := range kernel {
		half[i] = k / 2
	}
	all := []layer.Padding{layer.PaddingOf(half...)}
	for p := int64(0); p <= 5; p++ {
		all = append(all, layer.PaddingOf(p))
	}
	return all
}

// moves tries strides and paddings.
func (s *slider) moves(f filter, kernel []int64) *match {
	strides := []int64{1, 2, 3, 4, 5, 8, 16}
	if s.r.window.stride > 0 {
		strides = []int64{s.r.window.stride}
	}
	for _, stride := range strides {
		for _, padding := range s.paddings(kernel) {
			w := slide{kernel: kernel, stride: stride, padding: padding}
			if m := s.likely(s.sliding(f, w)); m != nil {
				return m
			}
			if s.is.is(layer.ConvTransposeKind.Kind()) && !s.t.keras() {
				longer := f
				longer.outPad = 1
				if m := s.likely(s.sliding(longer, w)); m != nil {
					return m
				}
			}
		}
	}
	for _, d := range []int64{2, 4, 6, 12, 18, 24, 36} {
		if m := s.likely(s.sliding(f, slide{kernel: kernel, stride: 1, padding: layer.PaddingOf(d), dilation: d})); m != nil {
			return m
		}
	}
	return nil
}

// convLSTM looks for the kernel of the input and of the state, which is the same.
func (s *slider) convLSTM() *match {
	f := s.out()
	if len(f) < 3 || len(s.in) != 1 || len(s.in[0]) != 4 {
		return nil
	}
	filters := f[len(f)-3].N // T×C×H×W, or the last picture alone
	for _, side := range sides {
		for _, stride := range []int64{1, 2} {
			for _, rule := range []string{layer.PadSame, layer.PadValid} {
				w := slide{kernel: []int64{side}, stride: stride, padding: layer.PaddingRule(rule)}
				m := s.likely(layer.ConvLSTMKind.With(func(l *layer.ConvLSTM) {
					w.set(&l.Slide)
					l.Filters, l.Last = layer.WidthOf(filters), len(f) == 3
				}))
				if m != nil {
					return m
				}
			}
		}
	}
	return nil
}

// frames looks for the layer that Keras' TimeDistributed applies to each picture of a
// film, or to each step of a sequence: a convolution or a pool whose kernel has one
// picture, a flatten behind the time, or a dense layer.
func (s *slider) frames() *match {
	if len(s.in) != 1 {
		return nil
	}
	x, out := s.in[0], s.out()
	switch {
	case len(x) == 4 && len(out) == 4 && s.as == usual:
		return s.eachPicture(out)
	case len(x) == 4 && len(out) == 2:
		inner := *s
		if s.as == usual {
			turn, err := layer.PermuteKind.With(func(l *layer.Permute) { l.Dims = layer.WholesOf(2, 1, 3, 4) })
			if err != nil {
				return nil
			}
			inner.before, inner.as = append(s.before, turn), film
			inner.in = []tensor.Shape{{x[1], x[0], x[2], x[3]}}
		}
		return inner.certain(layer.FlattenKind.With(func(l *layer.Flatten) { l.Start.N = 2 }))
	}
	if m := s.certain(s.linear(true)); m != nil {
		return m
	}
	return s.certain(s.linear(false))
}

// eachPicture looks for a convolution or a pool over the pictures of a film C×T×H×W.
func (s *slider) eachPicture(out tensor.Shape) *match {
	inner := *s
	inner.is = meaning{kind: layer.ConvKind.Kind()}
	if s.r.known && s.r.params.IsZero() {
		inner.is = meaning{kind: layer.MaxPoolKind.Kind()}
	}
	for _, side := range sides {
		for _, stride := range []int64{1, 2, 3, 4} {
			for _, padding := range inner.paddings(nil)[:2] {
				var m *match
				if inner.is.is(layer.MaxPoolKind.Kind()) {
					m = inner.likely(pooling(inner.is.kind,
						layer.Pool{Kernel: layer.SizeOf(1, side, side), Stride: layer.SizeOf(1, side, side), Padding: padding}))
				} else {
					m = inner.likely(layer.ConvKind.With(func(l *layer.Conv) {
						l.Filters, l.Kernel, l.Stride, l.Padding = layer.WidthOf(out[0].N),
							layer.SizeOf(1, side, side), layer.SizeOf(1, stride, stride), padding
					}))
				}
				if m != nil {
					return m
				}
			}
		}
	}
	return nil
}

// pooling makes a pool of a kind.
func pooling(kind *layer.Kind, p layer.Pool) (layer.Layer, error) {
	if kind == layer.MaxPoolKind.Kind() {
		return layer.MaxPoolKind.With(func(l *layer.MaxPool) { l.Pool = p })
	}
	return layer.AvgPoolKind.With(func(l *layer.AvgPool) { l.Pool = p })
}
