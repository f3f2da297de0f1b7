package summary

import (
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A match is a layer that has just what a row states.
type match struct {
	layer   layer.Layer
	input   tensor.Shape  // of an input to begin before it; nil: none
	before  []layer.Layer // layers between, that tables do not show
	guessed bool          // it has options that the table does not state
	as      order         // of its value
}

// A search looks for the layer of one row.
type search struct {
	t      *table
	r      *row
	is     meaning
	in     []tensor.Shape
	as     order // of in
	before []layer.Layer
	input  tensor.Shape
}

// find returns the layer of a row behind inputs, nil if none has what it states.
func (s search) find() *match {
	if s.is == (meaning{}) || s.r.again && s.is.learns() {
		return nil
	}
	if !s.r.known && !s.r.inexact() && s.is.learns() && !s.t.countless() {
		return nil // its number was cut away
	}
	if s.t.keras() && len(s.in) == 1 {
		s = s.turned()
	}
	m := s.layer()
	if !s.t.keras() && len(s.in) == 1 && len(s.in[0]) == 3 && (m == nil || unusual(m.layer)) {
		if p := s.pooled(); p != nil {
			return p
		}
	}
	if m != nil {
		return m
	}
	// Forward flattens maps before dense layers without a module.
	if s.is.is(layer.LinearKind.Kind()) && len(s.in) == 1 && len(s.in[0]) > 1 {
		flat := layer.FlattenKind.New()
		if res, d := layer.Apply(flat, s.in); d == nil {
			s.in, s.before = []tensor.Shape{res.Out}, append(s.before, flat)
			return s.layer()
		}
	}
	return nil
}

// unusual reports whether a convolution moves as hardly one does: by more than two
// cells, or with a padding that neither keeps the size nor is none.
func unusual(l layer.Layer) bool {
	c, ok := layer.ConvKind.As(l)
	if !ok {
		return false
	}
	pad := c.Padding.At(0)
	return c.Kernel.At(0) > 1 && (c.Stride.At(0) > 2 || c.Dilation.At(0) > 1 || pad > 0 && pad != c.Kernel.At(0)/2)
}

// pooled looks for the layer behind a pool of two, which forward may call as a
// function, so that the table does not show it: before a plain convolution, or before
// a dense layer that fits no other way.
func (s search) pooled() *match {
	flat := layer.FlattenKind.New()
	if s.is.is(layer.LinearKind.Kind()) {
		if res, d := layer.Apply(flat, s.in); d == nil {
			plain := s
			if plain.in = []tensor.Shape{res.Out}; plain.layer() != nil {
				return nil
			}
		}
	} else if !s.is.is(layer.ConvKind.Kind()) {
		return nil
	}
	pool, err := layer.MaxPoolKind.With(func(l *layer.MaxPool) { l.Kernel, l.Stride = layer.SizeOf(2), layer.SizeOf(2) })
	if err != nil {
		return nil
	}
	res, d := layer.Apply(pool, s.in)
	if d != nil && d.Severity == diag.Error || res.Out == nil {
		return nil
	}
	s.in, s.before = []tensor.Shape{res.Out}, append(s.before, pool)
	if s.is.is(layer.LinearKind.Kind()) {
		if res, d = layer.Apply(flat, s.in); d != nil {
			return nil
		}
		s.in, s.before = []tensor.Shape{res.Out}, append(s.before, flat)
	}
	m := s.layer()
	if m == nil || unusual(m.layer) || layer.ConvKind.Is(m.layer) && m.layer.(*layer.Conv).Stride.At(0) > 1 {
		return nil
	}
	m.guessed = true
	return m
}

// wanted returns the order in which the row's class takes its input: what slides over
// a sequence has its channels first, what takes its features has them last, and a film
// is of pictures one after another. Other classes take any.
func (s *search) wanted() (as order, any bool) {
	switch len(s.in[0]) {
	case 2:
		if s.is.is(layer.ConvKind.Kind(), layer.ConvTransposeKind.Kind(), layer.DepthwiseKind.Kind(), layer.SeparableKind.Kind(),
			layer.MaxPoolKind.Kind(), layer.AvgPoolKind.Kind(), layer.GlobalAvgPoolKind.Kind(), layer.GlobalMaxPoolKind.Kind(),
			layer.BatchNormKind.Kind(), layer.PadKind.Kind(), layer.UpsampleKind.Kind()) {
			return first, false
		}
		last := s.is.form == twoWay || s.is.form == eachFrame || s.is.form == whole &&
			s.is.is(layer.LinearKind.Kind(), layer.LSTMKind.Kind(), layer.GRUKind.Kind(),
				layer.RNNKind.Kind(), layer.LayerNormKind.Kind(), layer.FlattenKind.Kind(), layer.ReshapeKind.Kind(),
				layer.AttentionKind.Kind())
		return usual, !last
	case 4:
		if s.is.is(layer.ConvLSTMKind.Kind()) {
			return film, false
		}
		return usual, !s.is.is(layer.ConvKind.Kind(), layer.BatchNormKind.Kind(), layer.MaxPoolKind.Kind(),
			layer.AvgPoolKind.Kind())
	}
	return usual, true
}

// turned returns the search with a permute before layers that take a sequence or a
// film the other way round.
func (s search) turned() search {
	as, any := s.wanted()
	if any || as == s.as {
		return s
	}
	x := s.in[0]
	dims, turned := []int64{2, 1}, tensor.Shape{x[1], x[0]}
	for i := 2; i < len(x); i++ {
		dims, turned = append(dims, int64(i+1)), append(turned, x[i])
	}
	turn, err := layer.PermuteKind.With(func(l *layer.Permute) { l.Dims = layer.WholesOf(dims...) })
	if err != nil {
		return s
	}
	s.before = append(s.before, turn)
	s.in = []tensor.Shape{turned}
	s.as = as
	return s
}

// certain compares a layer whose options all follow from the row, and likely one
// with options that are common and fit.
func (s *search) certain(l layer.Layer, err error) *match { return s.compare(l, err, false) }
func (s *search) likely(l layer.Layer, err error) *match  { return s.compare(l, err, true) }

// compare returns the match if a layer has the output and the parameters that the
// row states.
func (s *search) compare(l layer.Layer, err error, guessed bool) *match {
	if err != nil || len(s.in) == 0 {
		return nil
	}
	for _, x := range s.in {
		if x == nil {
			return nil
		}
	}
	res, d := layer.Apply(l, s.in)
	if d != nil && d.Severity == diag.Error || res.Out == nil {
		return nil
	}
	if stated := s.out(); stated != nil && !matches(res.Out, stated) {
		return nil
	}
	if !s.r.allows(s.paramsOf(l, res.Weights)) {
		return nil
	}
	as := s.as
	if n := len(res.Out); as == first && n != 2 || as == film && n != 4 {
		as = usual
	}
	return &match{layer: l, guessed: guessed || !s.r.known && l.Kind().Learns, before: s.before, as: as, input: s.input}
}

// paramsOf returns the parameters of a layer as the tool counts them.
func (s *search) paramsOf(l layer.Layer, weights []layer.Weight) num.Int {
	n, stats := learnedBy(l, s.in)
	if s.t.countsStatistics() {
		return n.Add(stats)
	}
	for _, w := range weights {
		if c, ok := w.Count(); ok && w.TorchOnly {
			n = n.Add(c)
		}
	}
	return n
}

// matches reports whether a layer's output is what a table states: the same, or more
// where the table leaves it open.
func matches(ours, stated tensor.Shape) bool {
	if len(ours) != len(stated) {
		return false
	}
	for i := range stated {
		if stated[i].Known() && ours[i].N != stated[i].N {
			return false
		}
	}
	return true
}

// out is the row's output, channels first.
func (s *search) out() tensor.Shape { return s.t.ours(s.r.out, s.as) }

// features is the last extent of the row's output.
func (s *search) features() int64 {
	if out := s.out(); len(out) > 0 {
		return out[len(out)-1].N
	}
	return tensor.Unknown
}

// extents are those of a shape.
func extents(x tensor.Shape) []int64 {
	n := make([]int64, len(x))
	for i, d := range x {
		n[i] = d.N
	}
	return n
}
