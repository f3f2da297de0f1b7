package darknet

import (
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Darknet's layers with weights.

// emitNormed adds a layer that learns, with batch_normalize after it: Darknet's
// biases are the norm's β then, and its scales γ, so the layer itself has none.
func emitNormed[L layer.Layer](l *lowering, s *section, kind layer.Typed[L], shares []string,
	set func(made L, bias layer.Switch)) error {
	norm := s.flag("batch_normalize") || s.flag("cbn")
	made, err := kind.With(func(v L) { set(v, layer.Switch(!norm)) })
	if err != nil {
		return err
	}
	of := func(i int) string {
		if i < len(shares) {
			return shares[i]
		}
		return ""
	}
	if err := l.add([]string{l.now}, made, of(0)); err != nil || !norm {
		return err
	}
	return l.add([]string{l.now}, layer.BatchNormKind.New(), of(1))
}

// slide sets how a layer's kernel moves.
func (w *window) slide(s *layer.Slide) {
	s.Kernel, s.Stride, s.Padding = layer.SizeOf(w.size), layer.SizeOf(w.stride[:]...), layer.PaddingOf(w.pad)
}

// readConv is a convolution, batch norm and activation (parse_convolutional). With
// antialiasing the stride is that of a blur after it, whose numbers are fixed.
func readConv(l *lowering, s *section) error {
	if err := l.asMap(); err != nil {
		return err
	}
	o := s.convOptions()
	over := o.stride
	if o.blur {
		o.stride = [2]int64{1, 1}
	}
	var shares []string
	if o.shares != "" {
		at, err := l.place(o.shares)
		if err != nil {
			return err
		}
		shares = l.own[at]
	}
	if err := emitNormed(l, s, layer.ConvKind, shares, func(v *layer.Conv, bias layer.Switch) {
		o.slide(&v.Slide)
		v.Filters, v.Dilation, v.Groups.N, v.Bias = layer.WidthOf(o.filters), layer.SizeOf(o.dilation), o.groups, bias
	}); err != nil {
		return err
	}
	if err := l.activate(s, "logistic"); err != nil || !o.blur {
		return err
	}
	l.NoteAbout(catalog.ImportShownAs, l.at)
	return emit(l, layer.AvgPoolKind, func(v *layer.AvgPool) { // goes where a blur goes
		v.Kernel, v.Stride, v.Padding = layer.SizeOf(3), layer.SizeOf(over[:]...), layer.PaddingOf(1)
	})
}

func readDeconv(l *lowering, s *section) error {
	if err := l.asMap(); err != nil {
		return err
	}
	w := s.windowOf(1)
	stride := s.whole("stride", 1)
	w.stride = [2]int64{stride, stride}
	if err := emitNormed(l, s, layer.ConvTransposeKind, nil, func(v *layer.ConvTranspose, bias layer.Switch) {
		w.slide(&v.Slide)
		v.Filters, v.Bias = layer.WidthOf(s.whole("filters", 1)), bias
	}); err != nil {
		return err
	}
	return l.activate(s, "logistic")
}

func readConnected(l *lowering, s *section) error {
	if len(l.x()) != 1 {
		if err := emit(l, layer.FlattenKind, nil); err != nil {
			return err
		}
	}
	if err := emitNormed(l, s, layer.LinearKind, nil, func(v *layer.Linear, bias layer.Switch) {
		v.Features, v.Bias = layer.WidthOf(s.whole("output", 1)), bias
	}); err != nil {
		return err
	}
	return l.activate(s, "logistic")
}

// readLocal is a convolution with kernels of its own at each place (make_local_layer).
func readLocal(l *lowering, s *section) error {
	if err := l.asMap(); err != nil {
		return err
	}
	n, size, stride := s.whole("filters", 1), s.whole("size", 1), s.whole("stride", 1)
	u := graph.Unknown{Type: s.typ, Complete: true, MACs: tensor.Unknown}
	to := [2]int64{tensor.Unknown, tensor.Unknown}
	for i := range to {
		in := l.extent(i + 1)
		if s.flag("pad") {
			in--
		} else {
			in -= size
		}
		if l.extent(i+1) > 0 && in >= 0 && stride > 0 {
			to[i] = in/stride + 1
		}
	}
	u.Out = tensor.Of(n, to[0], to[1])
	u.Weights = []tensor.Shape{graph.Sized(to[0], to[1], n, l.extent(0), size, size), graph.Sized(n, to[0], to[1])}
	if c, ok := u.Weights[0].Elements(); ok {
		if v, fits := c.Int64(); fits && graph.KnownSizes(v) {
			u.MACs = v // each weight is used once
		}
	}
	if err := l.addHere(u); err != nil {
		return err
	}
	return l.activate(s, "logistic")
}

// addGate adds a dense or convolutional part of a recurrent layer: a matrix and
// biases, with batch_normalize scales and two statistics.
func addGate(u *graph.Unknown, norm bool, out int64, sides ...int64) {
	c := graph.Sized(out)
	u.Weights = append(u.Weights, graph.Sized(append([]int64{out}, sides...)...), c)
	if norm {
		u.Weights = append(u.Weights, c)
		u.Buffers = append(u.Buffers, c, c)
	}
}

// readRecurrent is rnn, gru or lstm: dense layers for each gate, from the input and
// from the state, each with biases (make_rnn_layer, make_gru_layer, make_lstm_layer).
func readRecurrent(l *lowering, s *section) error {
	in, o := l.elements(), s.recurrentOptions()
	u := graph.Unknown{Type: s.typ, Complete: true, MACs: tensor.Unknown, Out: tensor.Of(o.output)}
	if s.typ == "rnn" {
		addGate(&u, o.norm, o.hidden, in)
		addGate(&u, o.norm, o.hidden, o.hidden)
		addGate(&u, o.norm, o.output, o.hidden)
		return l.addHere(u)
	}
	for range map[string]int{"gru": 3, "lstm": 4}[s.typ] {
		addGate(&u, o.norm, o.output, in)
		addGate(&u, o.norm, o.output, o.output)
	}
	return l.addHere(u)
}

// readConvRecurrent is crnn or conv_lstm: the same with convolutions
// (make_crnn_layer, make_conv_lstm_layer).
func readConvRecurrent(l *lowering, s *section) error {
	if err := l.asMap(); err != nil {
		return err
	}
	o := s.convRecurrentOptions()
	lane := func(c int64) int64 {
		if c < 0 {
			return c
		}
		return c / o.groups
	}
	c := l.extent(0)
	u := graph.Unknown{Type: s.typ, Complete: true, MACs: tensor.Unknown}
	if s.typ == "crnn" {
		addGate(&u, o.norm, o.hidden, lane(c), o.size, o.size)
		addGate(&u, o.norm, o.hidden, lane(o.hidden), o.size, o.size)
		addGate(&u, o.norm, o.output, lane(o.hidden), o.size, o.size)
	} else {
		for range 4 {
			addGate(&u, o.norm, o.output, lane(c), o.size, o.size)
			addGate(&u, o.norm, o.output, lane(o.output), o.size, o.size)
		}
		if o.peephole {
			for range 3 {
				addGate(&u, o.norm, o.output, lane(o.output), o.size, o.size)
			}
		}
	}
	if made, err := layer.ConvKind.With(func(v *layer.Conv) {
		o.slide(&v.Slide)
		v.Filters = layer.WidthOf(o.output)
	}); err == nil {
		u.Out = l.Apply(made, []string{l.now})
	}
	return l.addHere(u)
}
