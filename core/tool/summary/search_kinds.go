package summary

import (
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// layer looks for a layer of the row's class, the usual one first.
func (s *search) layer() *match {
	out := s.out()
	switch s.is.kind {
	case nil:
		switch s.is.form {
		case twoWay:
			return s.recurrent()
		case eachFrame:
			return (&slider{*s}).frames()
		}
		return nil
	case layer.ConvLSTMKind.Kind():
		return (&slider{*s}).convLSTM()
	case layer.AttentionKind.Kind():
		return s.attention()
	case layer.ConvKind.Kind(), layer.ConvTransposeKind.Kind(), layer.DepthwiseKind.Kind(), layer.SeparableKind.Kind():
		return (&slider{*s}).convolution()
	case layer.MaxPoolKind.Kind(), layer.AvgPoolKind.Kind():
		return s.pool()
	case layer.LSTMKind.Kind(), layer.GRUKind.Kind(), layer.RNNKind.Kind():
		return s.recurrent()
	case layer.LinearKind.Kind():
		if m := s.certain(s.linear(true)); m != nil {
			return m
		}
		return s.certain(s.linear(false))
	case layer.BatchNormKind.Kind():
		return s.batchNorm()
	case layer.PReLUKind.Kind():
		if m := s.certain(layer.PReLUKind.With(func(l *layer.PReLU) { l.Slopes = layer.WidthOf(s.r.count()) })); m != nil {
			return m
		}
		return s.certain(layer.PReLUKind.With(func(l *layer.PReLU) { l.Each = true }))
	case layer.EmbeddingKind.Kind():
		if len(s.in) == 1 && len(s.in[0]) == 1 {
			return s.embedding()
		}
		return nil
	case layer.AdaptiveAvgPoolKind.Kind():
		return s.adaptive(layer.AdaptiveAvgPoolKind)
	case layer.AdaptiveMaxPoolKind.Kind():
		return s.adaptive(layer.AdaptiveMaxPoolKind)
	case layer.GlobalAvgPoolKind.Kind():
		return s.global(layer.GlobalAvgPoolKind)
	case layer.GlobalMaxPoolKind.Kind():
		return s.global(layer.GlobalMaxPoolKind)
	case layer.ReshapeKind.Kind():
		s.as = first
		if x := s.out(); x != nil {
			return s.likely(layer.ReshapeKind.With(func(l *layer.Reshape) { l.Sizes = layer.ExtentsOf(extents(x)...) }))
		}
		return nil
	case layer.ConcatKind.Kind():
		for dim := len(out); dim >= 1 && len(s.in) > 1; dim-- {
			if m := s.certain(layer.ConcatKind.With(func(l *layer.Concat) { l.Dim.N = int64(dim) })); m != nil {
				return m
			}
		}
		return nil
	case layer.AddKind.Kind(), layer.MulKind.Kind(), layer.AverageKind.Kind(), layer.SubKind.Kind(), layer.MaximumKind.Kind():
		if len(s.in) < 2 {
			return nil
		}
	case layer.PadKind.Kind():
		return s.pad()
	case layer.UpsampleKind.Kind():
		for _, by := range []float64{2, 4, 3, 8} {
			if m := s.certain(layer.UpsampleKind.With(func(l *layer.Upsample) { l.Ratio = layer.RealsOf(by) })); m != nil {
				return m
			}
		}
		return nil
	}
	return s.certain(s.is.kind.New(), nil)
}

func (s *search) linear(bias bool) (layer.Layer, error) {
	return layer.LinearKind.With(func(l *layer.Linear) { l.Features, l.Bias = layer.WidthOf(s.features()), layer.Switch(bias) })
}

func (s *search) batchNorm() *match {
	for _, affine := range []layer.Affine{{On: true, Scale: true, Bias: true}, {On: true, Bias: true},
		{On: true, Scale: true}, {Scale: true, Bias: true}} {
		if m := s.certain(layer.BatchNormKind.With(func(l *layer.BatchNorm) { l.Affine = affine })); m != nil {
			return m
		}
	}
	return nil
}

func (s *search) embedding() *match {
	d, n := s.features(), s.r.count()
	if d < 1 || n < d || n%d != 0 {
		return nil
	}
	return s.certain(layer.EmbeddingKind.With(func(l *layer.Embedding) { l.Table = layer.ExtentsOf(n/d, d) }))
}

func (s *search) adaptive(kind layer.Typed[*layer.AdaptivePool]) *match {
	out := s.out()
	if len(out) < 2 {
		return nil
	}
	return s.certain(kind.With(func(l *layer.AdaptivePool) { l.Size = layer.ExtentsOf(extents(out[1:])...) }))
}

func (s *search) global(kind layer.Typed[*layer.GlobalPool]) *match {
	s.as = usual
	if m := s.certain(kind.With(func(l *layer.GlobalPool) { l.Flat = true })); m != nil {
		return m
	}
	return s.certain(kind.New(), nil)
}

// pad looks for as many cells on both sides, or one more behind.
func (s *search) pad() *match {
	out := s.out()
	if len(s.in) != 1 || len(out) != len(s.in[0]) || len(out) < 2 || len(out) > layer.MaxSpatial+1 {
		return nil
	}
	var sides [][2]int64
	for i, x := range s.in[0][1:] {
		added := out[i+1].N - x.N
		if !out[i+1].Known() || !x.Known() || added < 0 {
			return nil
		}
		sides = append(sides, [2]int64{added / 2, added - added/2})
	}
	return s.likely(layer.PadKind.With(func(l *layer.Pad) { l.Sides = layer.SidesOf(sides...) }))
}

// mostLayers is how many layers of a recurrent one are tried.
const mostLayers = 6

// recurrent tries as many layers and directions as are usual.
func (s *search) recurrent() *match {
	width := s.features()
	if width < 1 {
		return nil
	}
	kinds := []layer.Typed[*layer.Recurrent]{layer.LSTMKind, layer.GRUKind, layer.RNNKind}
	directions := []bool{false, true}
	if s.is.form == twoWay {
		directions = directions[1:]
	}
	for _, kind := range kinds {
		if s.is.kind != nil && s.is.kind != kind.Kind() {
			continue
		}
		for _, both := range directions {
			hidden := width
			if both {
				if hidden = width / 2; width%2 != 0 {
					continue
				}
			}
			for layers := int64(1); layers <= mostLayers; layers++ {
				with := func(more func(*layer.Recurrent)) *match {
					return s.certain(kind.With(func(l *layer.Recurrent) {
						l.Hidden, l.Layers.N, l.Bidirectional = layer.WidthOf(hidden), layers, layer.Switch(both)
						l.Last = layer.Switch(s.t.keras() && len(s.r.out) == 1)
						l.Cell = s.is.form == oneStep
						more(l)
					}))
				}
				if m := with(func(*layer.Recurrent) {}); m != nil {
					return m
				}
				if m := with(func(l *layer.Recurrent) { l.Bias = false }); m != nil {
					return m
				}
				if kind != layer.GRUKind {
					continue
				}
				if m := with(func(l *layer.Recurrent) { l.ResetAfter = false }); m != nil {
					return m
				}
			}
		}
	}
	return nil
}

// perFeature looks for the features of a recurrent layer's input: its parameters
// grow by as many with each of them.
func (s *search) perFeature() int64 {
	var n [2]int64
	for i := range n {
		l := s.is.kind.New().(*layer.Recurrent)
		l.Hidden = layer.WidthOf(s.features())
		learned, _ := learnedBy(l, []tensor.Shape{tensor.Of(tensor.Unknown, int64(i+1))})
		n[i], _ = learned.Int64()
	}
	each := n[1] - n[0]
	if each < 1 || (s.r.count()-n[0])%each != 0 || s.r.count() < n[0] {
		return 0
	}
	return (s.r.count()-n[0])/each + 1
}

// attention looks for the size of the heads, all together: Keras' projections are of
// features by heads and back, each with a bias, so how many heads there are changes
// no number.
func (s *search) attention() *match {
	if len(s.in) == 0 || len(s.in[0]) != 2 {
		return nil
	}
	e := s.in[0][1].N
	for _, bias := range []bool{true, false} {
		over, by := s.r.count()-e, 4*e+3
		if !bias {
			over, by = s.r.count(), 4*e
		}
		if e < 1 || over < by || over%by != 0 {
			continue
		}
		m := s.likely(layer.AttentionKind.With(func(l *layer.Attention) {
			l.Heads, l.HeadDim.N, l.Bias = layer.WidthOf(1), over/by, layer.Switch(bias)
		}))
		if m != nil {
			return m
		}
	}
	return nil
}
