package summary

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// An opener looks for layers with an input of their own.
type opener struct{ slider }

// begin looks for a layer with an input of its own, where its row states enough:
// the input of a dense layer follows from its parameters, and a first convolution
// mostly sees a picture.
func (s *opener) begin(opens bool) *match {
	if s.r.again || !s.r.known && s.r.window.in == 0 {
		return nil
	}
	s.in, s.as, s.before = nil, usual, nil
	out := s.out()
	switch s.is.kind {
	case layer.LinearKind.Kind():
		return s.dense()
	case layer.EmbeddingKind.Kind():
		if len(out) == 2 {
			s.enter(out[:1])
			return s.embedding()
		}
	case layer.ConvKind.Kind():
		if opens {
			return s.picture()
		}
	case layer.ConvLSTMKind.Kind():
		if opens {
			return s.film()
		}
	case layer.FlattenKind.Kind():
		if len(out) == 1 {
			s.enter(out)
			return s.likely(layer.FlattenKind.New(), nil)
		}
	case layer.LSTMKind.Kind(), layer.GRUKind.Kind(), layer.RNNKind.Kind():
		if s.is.form == whole {
			return s.sequence()
		}
	}
	return nil
}

// enter sets the input that is tried.
func (s *opener) enter(x tensor.Shape) { s.input, s.in = x, []tensor.Shape{x} }

func (s *opener) dense() *match {
	if in := s.r.window.in; in > 0 {
		s.enter(tensor.Of(in))
		if m := s.likely(s.linear(true)); m != nil {
			return m
		}
		return s.likely(s.linear(false))
	}
	out, n := s.features(), s.r.count()
	if out < 1 || n < 2*out || n%out != 0 {
		return nil
	}
	s.enter(tensor.Of(n/out - 1))
	if x := slices.Clone(s.out()); len(x) > 1 && len(x) <= layer.MaxSpatial+1 {
		x[len(x)-1].N = n/out - 1
		s.enter(x)
	}
	return s.likely(layer.LinearKind.With(func(l *layer.Linear) { l.Features = layer.WidthOf(out) }))
}

// sequence looks for the features of a recurrent layer's input.
func (s *opener) sequence() *match {
	out := s.out()
	if len(out) == 0 {
		return nil
	}
	features := s.perFeature()
	if features < 1 {
		return nil
	}
	x := tensor.Of(tensor.Unknown, features)
	if len(out) == 2 {
		x[0] = out[0]
	}
	s.enter(x)
	m := s.recurrent()
	if m != nil {
		m.guessed = true
	}
	return m
}

// film infers the input of a first ConvLSTM2D: frames of one or three channels mostly, as
// large as its output or, without padding, of a size that is more usual.
func (s *opener) film() *match {
	s.as = film
	out := s.out()
	if len(out) < 3 {
		return nil
	}
	frame, steps := out[len(out)-3:], tensor.Dim{N: tensor.Unknown}
	if len(out) == 4 {
		steps = out[0]
	}
	var best *match
	least := 0.0
	for _, channels := range []int64{1, 3, 2, 4, 8, 16, 32, 64} {
		for _, side := range sides {
			for _, more := range []int64{0, side - 1} {
				x := tensor.Shape{steps, {N: channels}, frame[1], frame[2]}
				cost := 0.0
				for i := 2; i < 4; i++ {
					if x[i].Known() {
						x[i].N += more
						cost = max(cost, unusualSize(x[i].N, channels, 2))
					}
				}
				if best != nil && cost >= least {
					continue
				}
				s.enter(x)
				if m := s.convLSTM(); m != nil {
					best, least = m, cost
				}
			}
		}
		if best != nil {
			break
		}
	}
	return best
}
