package why

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// Usual sizes of vocabularies (GPT-2's padded to 64, BERT's cased and multilingual ones, what
// tutorials cut theirs to …) and of contexts (514: RoBERTa's, which begins at 2).
var (
	commonWords = []int64{50257, 50304, 30522, 32000, 10000, 20000, 30000, 28996, 5000, 50265, 50000, 1000, 2000,
		8000,
		16000, 21128, 25000, 32128, 40000, 100000, 119547, 128256, 151936, 250002}
	commonLengths = []int64{512, 1024, 128, 256, 2048, 64, 100, 514, 1026, 2050, 4096, 8192}
)

// sequences are the edits of recurrent layers, tables and attention.
func (s *sight) sequences(m arch.Model) []option {
	return append(append(s.recurrent(), s.tables(m)...), s.attention()...)
}

// recurrent are those of recurrent layers, all of them at once.
func (s *sight) recurrent() []option {
	var o []option
	var first *layer.Recurrent
	every := func(name string, cost int, say catalog.Message, set func(*layer.Recurrent) bool) {
		c := change{}
		for i := range s.leaves {
			if l, ok := s.leaves[i].leaf.Layer.(*layer.Recurrent); ok {
				l = layer.Clone(l).(*layer.Recurrent)
				if set(l) {
					c[s.leaves[i].id] = l
				}
			}
		}
		if len(c) > 0 {
			o = append(o, option{name: name, slots: slotBody, where: regionBody | regionHead | regionDense,
				cost: cost,
				say:  func(int64) catalog.Message { return say }, edit: c.in})
		}
	}
	for i := range s.leaves {
		if l, ok := s.leaves[i].leaf.Layer.(*layer.Recurrent); ok && first == nil {
			first = l
		}
	}
	if first == nil || bool(first.Cell) {
		return nil
	}
	for _, on := range []layer.Switch{true, false} {
		key, name := catalog.WhyBidirectional, "bidirectional"
		if !on {
			key, name = catalog.WhyOneDirection, "one-direction"
		}
		every(name, 13, catalog.Say(key), func(l *layer.Recurrent) bool {
			was := l.Bidirectional
			l.Bidirectional = on
			return was != on
		})
	}
	for n := int64(1); n <= 6; n++ {
		every("rnn-layers", 16, catalog.Say(catalog.WhyRNNLayers, n, first.Layers.N), func(l *layer.Recurrent) bool {
			was := l.Layers.N
			l.Layers.N = n
			return was != n
		})
	}
	if s.weighted() > small {
		return o
	}
	for i := range s.leaves {
		l, ok := s.leaves[i].leaf.Layer.(*layer.Recurrent)
		if !ok {
			continue
		}
		for _, n := range commonWidths {
			if n == l.Hidden.Value() {
				continue
			}
			o = append(o, option{name: "width", listed: true, alone: true, slots: slotBody,
				where: regionBody | regionHead | regionDense, cost: 30,
				say:  s.wide(s.leaves[i].id, l.Hidden.Value(), n),
				edit: change{s.leaves[i].id: withWidth(l, n)}.in})
		}
	}
	return o
}

// wide states another width of a layer.
func (s *sight) wide(id arch.ID, now, n int64) func(int64) catalog.Message {
	name := s.report.Name(id)
	return func(int64) catalog.Message {
		return catalog.Say(catalog.WhyWidth, name, num.Of(n).Grouped(), num.Of(now).Grouped())
	}
}

// tables are the edits of the vocabulary, and of how many positions are learned.
func (s *sight) tables(m arch.Model) []option {
	var o []option
	length := int64(0)
	var inputs []arch.ID
	for i := range s.leaves {
		l := &s.leaves[i]
		if in, ok := layer.InputKind.As(l.leaf.Layer); ok && in.Shape.Len() == 1 {
			inputs, length = append(inputs, l.id), in.Shape.At(0)
		}
	}
	words := false
	for i := range s.leaves {
		l := &s.leaves[i]
		if len(l.row.Weights) == 0 || len(l.row.Weights[0].Shape) != 2 || l.row.SharesWith != 0 {
			continue
		}
		id, now, wide := l.id, l.row.Weights[0].Shape[0], l.row.Weights[0].Shape[1]
		with := func(n int64) layer.Layer { return withTable(l.leaf.Layer, n, wide) }
		if with(now) == nil || now < 16 {
			continue
		}
		if positional := now == length || layer.ParamKind.Is(l.leaf.Layer); positional && length > 0 &&
			now >= length {
			for _, n := range commonLengths {
				if n == now {
					continue
				}
				say := catalog.Say(catalog.WhyPositions, num.Of(n).Grouped(), num.Of(now).Grouped())
				o = append(o, option{name: "positions", listed: true, alone: true, slots: slotSize, cost: 14,
					say: func(int64) catalog.Message { return say },
					edit: func(m arch.Model, _ int64) arch.Model {
						set := change{id: with(n)}
						for _, in := range inputs {
							if leaf, ok := m.Find(in).(*arch.Leaf); ok {
								x := layer.Clone(leaf.Layer).(*layer.Input)
								x.Shape = withExtents(x.Shape, n-(now-length))
								set[in] = x
							}
						}
						return set.in(m, 0)
					}, swap: &swap{set: change{id: with(n)}}, elements: true})
			}
			continue
		}
		if words || !layer.EmbeddingKind.Is(l.leaf.Layer) {
			continue
		}
		words = true
		ends := []arch.ID(nil)
		for k := range s.leaves {
			if _, w := widthOf(s.leaves[k].leaf.Layer); w == now && s.leaves[k].id == s.head {
				ends = append(ends, s.head)
			}
		}
		set := func(m arch.Model, n int64) change {
			c := change{id: with(n)}
			for _, end := range ends {
				if leaf, ok := m.Find(end).(*arch.Leaf); ok {
					c[end] = withWidth(leaf.Layer, n)
				}
			}
			return c
		}
		o = append(o, option{name: "vocabulary", slots: slotHead, where: regionHead, cost: 11, values: commonWords,
			now:  now,
			free: 24, most: 1 << 19,
			plausible: func(n int64) bool { return n >= 500 && (n%1000 == 0 || n%64 == 0) },
			say: func(n int64) catalog.Message {
				return catalog.Say(catalog.WhyVocabulary, num.Of(n).Grouped(), num.Of(now).Grouped())
			},
			edit: func(m arch.Model, n int64) arch.Model { return set(m, n).in(m, 0) },
			swap: &swap{set: set(m, now+1)}})
	}
	return o
}

// withTable returns a table or a free tensor with other rows, nil for other layers.
func withTable(l layer.Layer, rows, wide int64) layer.Layer {
	switch l := layer.Clone(l).(type) {
	case *layer.Embedding:
		l.Table = withExtents(l.Table, rows, wide)
		return l
	case *layer.Param:
		if l.Shape.Len() == 2 {
			l.Shape = withExtents(l.Shape, rows, wide)
			return l
		}
	}
	return nil
}

// withExtents returns other extents with the same bounds.
func withExtents(e layer.Extents, n ...int64) layer.Extents {
	fresh := layer.ExtentsOf(n...)
	fresh.Most = e.Most
	return fresh
}

// attention are the biases that attention has or has not.
func (s *sight) attention() []option {
	every := func(name string, key catalog.Key, set func(*layer.MultiHead)) []option {
		c := change{}
		for i := range s.leaves {
			l := layer.Clone(s.leaves[i].leaf.Layer)
			var heads *layer.MultiHead
			switch l := l.(type) {
			case *layer.Attention:
				heads = &l.MultiHead
			case *layer.WindowAttention:
				heads = &l.MultiHead
			default:
				continue
			}
			if bool(heads.Bias) {
				set(heads)
				c[s.leaves[i].id] = l
			}
		}
		if len(c) == 0 {
			return nil
		}
		return []option{{name: name, slots: slotTwin, cost: 14, say: says(key), edit: c.in, swap: &swap{set: c}}}
	}
	return append(every("attn-bias-off", catalog.WhyAttnBiasOff, func(h *layer.MultiHead) {
		h.Bias,
			h.OutBias.Word = false, "off"
	}),
		every("qkv-bias-off", catalog.WhyQKVBiasOff, func(h *layer.MultiHead) {
			h.Bias, h.OutBias.Word = false,
				"on"
		})...)
}
