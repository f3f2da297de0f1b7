package summary

import (
	"strconv"

	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// families are classes by what they are, in lower case and without 1d, 2d, 3d.
var families = func() map[string]string {
	m := map[string]string{
		"conv": "conv", "convtranspose": "convtranspose", "depthwiseconv": "depthwise", "separableconv": "separable",
		"linear": "linear", "dense": "linear", "timedistributed": "linear", "nondynamicallyquantizablelinear": "linear",
		"batchnorm": "bn", "batchnormalization": "bn", "syncbatchnorm": "bn", "layernorm": "layernorm", "layernormalization": "layernorm",
		"embedding": "embedding", "maxpool": "maxpool", "maxpooling": "maxpool", "avgpool": "avgpool", "averagepooling": "avgpool",
		"adaptiveavgpool": "adaptiveavgpool", "adaptivemaxpool": "adaptivemaxpool", "globalaveragepooling": "globalavgpool", "globalmaxpooling": "globalmaxpool",
		"flatten": "flatten", "reshape": "reshape", "lstm": "lstm", "gru": "gru", "rnn": "rnn", "simplernn": "rnn",
		"bidirectional": "bidirectional", "lstmcell": "lstmcell", "grucell": "grucell", "rnncell": "rnncell",
		"add": "add", "concatenate": "concat", "multiply": "mul", "average": "average", "subtract": "sub", "maximum": "max",
		"inputlayer": "input", "dropout": "dropout", "spatialdropout": "dropout", "alphadropout": "alphadropout", "gaussiannoise": "gaussiannoise",
		"zeropadding": "pad", "upsampling": "upsample", "prelu": "prelu", "normalization": "normalization", "stochasticdepth": "stochasticdepth",
	}
	for _, k := range layer.Kinds {
		if k.Group != layer.GroupActivation || k.Learns {
			continue
		}
		for _, name := range []string{k.Torch, k.Keras} {
			if name = plainName(name); name != "" && m[name] == "" {
				m[name] = k.Name
			}
		}
	}
	return m
}()

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
	l, err := graph.Build("permute", "dims", "2x1")
	if err != nil {
		return
	}
	s.before = append(s.before, helper{"permute", l})
	x := s.in[0]
	s.in = []tensor.Shape{{x[1], x[0]}}
	s.first = first
}

// try builds a layer and compares what it gives with the row.
func (s *seeker) try(guess bool, kind string, pairs ...string) *found {
	l, err := graph.Build(kind, pairs...)
	if err != nil {
		return nil
	}
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
			if c, ok := w.Count(); ok && w.Torch {
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
		return s.try(true, "linear", "features", strconv.FormatInt(out, 10))
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
			return s.try(true, "flatten")
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
		l, err := graph.Build(kind, "hidden", strconv.FormatInt(s.width(true), 10))
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
