package summary

import (
	"strings"
	"sync"

	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/vocab"
)

// families are the classes that are looked for, by what they are: PyTorch's and
// Keras' in lower case and without 1d, 2d, 3d, with the name of their kind.
var families = sync.OnceValue(func() map[string]string {
	m := map[string]string{
		// Layers around or inside another one, and what becomes of weights that no
		// kind has.
		"timedistributed": "linear", "bidirectional": "bidirectional", "normalization": "normalization",
		"lstmcell": "lstmcell", "grucell": "grucell", "rnncell": "rnncell", "simplernncell": "rnncell",
		"spatialdropout": "dropout", // the same where sizes and counts are all there is
	}
	for _, table := range []*vocab.Table{vocab.Torch(), vocab.Keras()} {
		for _, row := range table.Rows {
			if row.Preset != nil || !readable(row.Kind) {
				continue // more than the kind, or not enough in a table
			}
			for _, class := range row.Classes {
				name := plainName(strings.Replace(class, "#", "2", 1))
				if m[name] == "" {
					m[name] = row.Kind.Name
				}
			}
		}
	}
	return m
})

// readable reports whether a table states enough to find a layer of a kind.
func readable(k *layer.Kind) bool {
	switch k {
	case layer.ConvKind.Kind(), layer.ConvTransposeKind.Kind(), layer.DepthwiseKind.Kind(), layer.SeparableKind.Kind(),
		layer.LinearKind.Kind(), layer.BatchNormKind.Kind(), layer.LayerNormKind.Kind(), layer.EmbeddingKind.Kind(), layer.PReLUKind.Kind(),
		layer.MaxPoolKind.Kind(), layer.AvgPoolKind.Kind(), layer.AdaptiveAvgPoolKind.Kind(), layer.AdaptiveMaxPoolKind.Kind(),
		layer.GlobalAvgPoolKind.Kind(), layer.GlobalMaxPoolKind.Kind(), layer.FlattenKind.Kind(), layer.ReshapeKind.Kind(),
		layer.LSTMKind.Kind(), layer.GRUKind.Kind(), layer.RNNKind.Kind(), layer.AddKind.Kind(), layer.ConcatKind.Kind(), layer.MulKind.Kind(),
		layer.AverageKind.Kind(), layer.SubKind.Kind(), layer.MaximumKind.Kind(), layer.InputKind.Kind(), layer.PadKind.Kind(), layer.UpsampleKind.Kind(),
		layer.DropoutKind.Kind(), layer.AlphaDropoutKind.Kind(), layer.GaussianNoiseKind.Kind(), layer.StochasticDepthKind.Kind():
		return true
	}
	return k.Group == layer.GroupActivation && !k.Learns
}

// A found is a layer that gives what a row says.
type found struct {
	layer  layer.Layer
	enter  tensor.Shape // an input to begin before it; nil: none
	before []helper     // layers between, that tables do not show
	guess  bool         // options were taken that the table does not tell
	first  bool         // its value has a sequence's channels first
}

type helper struct {
	name  string
	layer layer.Layer
}

// A seeker looks for the layer of one row.
type seeker struct {
	b      *tabler
	r      *tableRow
	in     []tensor.Shape
	before []helper
	first  bool
	enter  tensor.Shape
}

// find returns the layer of a row, nil if none gives what it says.
func (b *tabler) find(r *tableRow, family string, inputs []string) *found {
	if family == "" || r.again && learnsOf(family) {
		return nil
	}
	s := &seeker{b: b, r: r}
	for _, name := range inputs {
		s.in = append(s.in, b.Shapes[name])
	}
	if len(inputs) > 0 {
		s.first = b.seq[inputs[0]]
	}
	if b.t.keras() && len(s.in) == 1 && len(s.in[0]) == 2 {
		s.turn(slides[family], inputs)
	}
	if f := s.of(family); f != nil {
		return f
	}
	// Forward flattens maps before dense layers without a module.
	if family == "linear" && len(s.in) == 1 && len(s.in[0]) > 1 {
		flat := layer.ByName("flatten").New()
		if res, d := layer.Apply(flat, s.in); d == nil {
			inner := *s
			inner.in, inner.before = []tensor.Shape{res.Out}, append(s.before, helper{"flatten", flat})
			if f := inner.of(family); f != nil {
				return f
			}
		}
	}
	return nil
}

func learnsOf(family string) bool {
	k := layer.ByName(family)
	return k == nil || k.Learns
}

// slides are the families that slide over a sequence, and want its channels first.
var slides = map[string]bool{"conv": true, "convtranspose": true, "depthwise": true, "separable": true, "maxpool": true, "avgpool": true,
	"globalavgpool": true, "globalmaxpool": true, "bn": true, "pad": true, "upsample": true}

// turned are the families that want the features last.
var turned = map[string]bool{"linear": true, "lstm": true, "gru": true, "rnn": true, "bidirectional": true, "layernorm": true, "flatten": true, "reshape": true}

// turn puts a permute before a layer that wants a sequence the other way round.
func (s *seeker) turn(first bool, inputs []string) {
	if first == s.first || !first && !turned[s.r.family()] {
		return
	}
	l, err := layer.PermuteKind.With(func(l *layer.Permute) { l.Dims = layer.WholesOf(2, 1) })
	if err != nil {
		return
	}
	s.before = append(s.before, helper{"permute", l})
	x := s.in[0]
	s.in = []tensor.Shape{{x[1], x[0]}}
	s.first = first
}

// try compares what a layer gives with the row. It takes what a maker of a kind
// returns: a layer that cannot be is not the one.
func (s *seeker) try(guess bool) func(layer.Layer, error) *found {
	return func(l layer.Layer, err error) *found {
		if err != nil {
			return nil
		}
		return s.compare(l, guess)
	}
}

// compare returns a layer that gives what the row states, else nil.
func (s *seeker) compare(l layer.Layer, guess bool) *found {
	for _, x := range s.in {
		if x == nil {
			return nil
		}
	}
	if len(s.in) == 0 {
		return nil
	}
	res, d := layer.Apply(l, s.in)
	if d != nil && d.Severity == diag.Error || res.Out == nil {
		return nil
	}
	if want := s.b.ours(s.r.out, s.first); want != nil && !matches(res.Out, want) {
		return nil
	}
	learned, stats := learnedBy(l, s.in)
	n := learned
	if s.b.t.keras() {
		n = n.Add(stats)
	} else {
		for _, w := range res.Weights {
			if c, ok := w.Count(); ok && w.TorchOnly {
				n = n.Add(c)
			}
		}
	}
	if s.r.told && !n.Equal(s.r.params) {
		return nil
	}
	guess = guess || !s.r.told && l.Kind().Learns
	return &found{layer: l, guess: guess, before: s.before, first: s.first && len(res.Out) == 2, enter: s.enter}
}

// matches reports whether a layer gives what a table says: the same, or more
// where the table leaves it open.
func matches(ours, want tensor.Shape) bool {
	if len(ours) != len(want) {
		return false
	}
	for i := range want {
		if want[i].Known() && ours[i].N != want[i].N {
			return false
		}
	}
	return true
}

// width returns the channels, or features, that a row gives.
func (s *seeker) width(last bool) int64 {
	out := s.b.ours(s.r.out, s.first)
	switch {
	case len(out) == 0:
		return tensor.Unknown
	case last:
		return out[len(out)-1].N
	default:
		return out[0].N
	}
}

// begin looks for a layer with an input of its own, where its row tells enough:
// the input of a dense layer follows from its parameters, and a first convolution
// mostly sees a picture.
func (b *tabler) begin(r *tableRow, family string) *found {
	if r.again || !r.told {
		return nil
	}
	s := &seeker{b: b, r: r}
	switch family {
	case "linear":
		out, n := s.width(true), s.count()
		if out < 1 || n < 2*out || n%out != 0 {
			return nil
		}
		s.enter = tensor.Of(n/out - 1)
		s.in = []tensor.Shape{s.enter}
		x := append(tensor.Shape{}, s.b.ours(s.r.out, false)...)
		if len(x) > 1 && len(x) <= 4 {
			x[len(x)-1].N = n/out - 1
			s.enter, s.in = x, []tensor.Shape{x}
		}
		return s.try(true)(layer.LinearKind.With(func(l *layer.Linear) { l.Features = layer.WidthOf(out) }))
	case "embedding":
		out := s.b.ours(s.r.out, false)
		if len(out) == 2 {
			s.enter = out[:1]
			s.in, s.first = []tensor.Shape{s.enter}, false
			return s.embedding()
		}
	case "conv":
		if len(s.b.Graph.Nodes) == 0 {
			return s.picture()
		}
	case "flatten":
		if out := b.ours(r.out, false); len(out) == 1 {
			s.enter, s.in = out, []tensor.Shape{out}
			return s.compare(layer.FlattenKind.New(), true)
		}
	case "lstm", "gru", "rnn":
		return s.sequence(family)
	}
	return nil
}

// sequence looks for the features of a recurrent layer's input: its parameters
// grow by as many with each of them.
func (s *seeker) sequence(kind string) *found {
	out := s.b.ours(s.r.out, false)
	if len(out) == 0 {
		return nil
	}
	var n [2]int64
	for i := range n {
		l, err := recurrentKinds[kind].With(func(l *layer.Recurrent) { l.Hidden = layer.WidthOf(s.width(true)) })
		if err != nil {
			return nil
		}
		learned, _ := learnedBy(l, []tensor.Shape{tensor.Of(tensor.Unknown, int64(i+1))})
		n[i], _ = learned.Int64()
	}
	each := n[1] - n[0]
	if each < 1 || (s.count()-n[0])%each != 0 || s.count() < n[0] {
		return nil
	}
	features := (s.count()-n[0])/each + 1
	s.enter = tensor.Of(tensor.Unknown, features)
	if len(out) == 2 {
		s.enter[0] = out[0]
	}
	s.in = []tensor.Shape{s.enter}
	if f := s.recurrent(kind); f != nil {
		f.guess = true
		return f
	}
	return nil
}

// count returns the row's parameters, 0 where they are beyond counting.
func (s *seeker) count() int64 {
	n, ok := s.r.params.Int64()
	if !ok || n > num.MaxExtent {
		return 0
	}
	return n
}
