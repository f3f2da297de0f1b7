package whatif

import (
	"slices"
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Ratio is a multiplier, exact: Num/Den.
type Ratio struct{ Num, Den int64 }

// text returns a ratio as people write it: 0.75.
func (r Ratio) text() string {
	return strconv.FormatFloat(float64(r.Num)/float64(r.Den), 'g', 4, 64)
}

// mostWidth bounds scaled widths, so that all products here fit a machine word.
const mostWidth = 1 << 20

// widthOf returns the width that a layer declares for its output, nil if it declares
// none: filters, features, hidden states.
func widthOf(l layer.Layer) *layer.Width {
	k := l.Kind()
	switch k.Group {
	case layer.GroupConv, layer.GroupDense, layer.GroupRecurrent:
		if f := k.Main(); f != nil && f.Role == layer.RoleOut {
			w, _ := f.At(l).(*layer.Width)
			return w
		}
	}
	return nil
}

// ends returns the layers whose width is that of an answer: the last of the network and
// of each of its side heads that declare one.
func ends(m arch.Model) map[arch.ID]bool {
	found := map[arch.ID]bool{}
	labelled := map[string]arch.Node{}
	m.Walk(func(n arch.Node) { labelled[n.Head().Label] = n })
	var back func(body []arch.Node, depth int) bool
	node := func(n arch.Node, depth int) bool { return back([]arch.Node{n}, depth) }
	// back marks what answers at the end of a body, and reports whether every way to it
	// has been found.
	back = func(body []arch.Node, depth int) bool {
		for _, n := range slices.Backward(body) {
			switch n := n.(type) {
			case *arch.Leaf:
				if widthOf(n.Layer) != nil || layer.DepthwiseKind.Is(n.Layer) {
					found[n.Head().ID] = true
					return true
				}
			case *arch.Repeat:
				if n.Of != "" && labelled[n.Of] != nil && depth < arch.MaxDepth {
					if node(labelled[n.Of], depth+1) {
						return true
					}
				} else if back(n.Body, depth) {
					return true
				}
			case *arch.Branch:
				all := true
				paths := n.Paths
				if n.HasOutputs() || !n.Joins() && !n.GoesOnFromLabel() {
					paths = paths[:1]
				}
				for _, path := range paths {
					ended := back(path.Body, depth)
					if !ended && path.From != "" && labelled[path.From] != nil && depth < arch.MaxDepth {
						ended = node(labelled[path.From], depth+1)
					}
					all = all && ended
				}
				if all {
					return true
				}
			}
		}
		return false
	}
	back(m.Body, 0)
	m.Walk(func(n arch.Node) {
		if b, ok := n.(*arch.Branch); ok && b.Join.Kind().Takes == layer.TakesFirst {
			for _, path := range b.Paths[1:] {
				back(path.Body, 0)
			}
		}
	})
	return found
}

// A scaler makes networks of other widths: every width w becomes the multiple of 8 next
// to w·m, at least 8, but for those of answers. A convolution with as many groups as
// channels keeps one for each.
type scaler struct {
	model  arch.Model
	ends   map[arch.ID]bool
	deep   map[arch.ID]bool // depthwise: as many groups as channels
	widths []int64          // each that is scaled, once
}

// newScaler returns the scaler of a model; a key is why it has none: there is no width but
// that of the answer, or widths are declared where they cannot be changed with the others
// (in attention, tables, unknown layers), or one is beyond all bounds.
func newScaler(m arch.Model, r *count.Report) (*scaler, catalog.Key) {
	s := &scaler{model: m, ends: ends(m), deep: map[arch.ID]bool{}}
	var fixed catalog.Key
	r.Leaves(func(row *count.Row, _ num.Int) {
		n := row.Node.(*arch.Leaf)
		switch n.Layer.Kind().Group {
		case layer.GroupAttention, layer.GroupTable, layer.GroupOther:
			fixed = catalog.FitNotScalable
		}
		if c, is := layer.ConvKind.As(n.Layer); is && c.Groups.N > 1 && len(row.In) > 0 && len(row.In[0]) > 0 &&
			row.In[0][0].N == c.Groups.N {
			s.deep[row.ID] = true
		}
		if w := widthOf(n.Layer); w != nil && !s.ends[row.ID] && n.Shares == "" {
			if w.Value() > mostWidth {
				fixed = catalog.FitTooWide
			} else if !slices.Contains(s.widths, w.Value()) {
				s.widths = append(s.widths, w.Value())
			}
		}
	})
	if fixed == "" && len(s.widths) == 0 {
		fixed = catalog.FitNoWidths
	}
	return s, fixed
}

// at returns the network at a multiplier, and its report.
func (s *scaler) at(m Ratio) (arch.Model, *count.Report) {
	scaled := s.model.EachLeaf(func(n *arch.Leaf) {
		w := widthOf(n.Layer)
		if w == nil || s.ends[n.Head().ID] || n.Shares != "" {
			return
		}
		l := layer.Clone(n.Layer)
		*widthOf(l) = rescaled(*w, m)
		if s.deep[n.Head().ID] {
			c := l.(*layer.Conv)
			c.Groups.N = round8(c.Groups.N, m.Num, m.Den)
		}
		n.Layer = l
	})
	// Channels that are a sum, of a concatenation, are not always what a width of that
	// size becomes: the groups of a depthwise convolution follow what comes in.
	r := count.Of(scaled)
	for range 8 {
		again := s.regroup(scaled, r)
		if again == nil {
			break
		}
		scaled, r = *again, count.Of(*again)
	}
	if settled, ok := r.Settled(scaled); ok {
		scaled, r = settled, count.Of(settled)
	}
	return scaled, r
}

// rescaled returns a width times a multiplier; one written in lanes keeps them, if they
// divide it.
func rescaled(w layer.Width, m Ratio) layer.Width {
	v := round8(w.Value(), m.Num, m.Den)
	f := w.Factors()
	lanes := int64(1)
	for _, n := range f[1:] {
		lanes *= n
	}
	if v%lanes == 0 {
		return layer.WidthOf(append([]int64{v / lanes}, f[1:]...)...)
	}
	return layer.WidthOf(v)
}

// regroup gives depthwise convolutions as many groups as channels come in, nil if all
// have.
func (s *scaler) regroup(m arch.Model, r *count.Report) *arch.Model {
	wrong := map[arch.ID]int64{}
	r.Leaves(func(row *count.Row, _ num.Int) {
		if s.deep[row.ID] && len(row.In) > 0 && len(row.In[0]) > 0 && row.In[0][0].Known() {
			if c := row.Node.(*arch.Leaf).Layer.(*layer.Conv); c.Groups.N != row.In[0][0].N && wrong[row.ID] == 0 {
				wrong[row.ID] = row.In[0][0].N
			}
		}
	})
	if len(wrong) == 0 {
		return nil
	}
	m = m.EachLeaf(func(n *arch.Leaf) {
		in := wrong[n.Head().ID]
		if in == 0 {
			return
		}
		c := layer.Clone(n.Layer).(*layer.Conv)
		c.Filters, c.Groups.N = layer.WidthOf(in*max(c.Filters.Value()/c.Groups.N, 1)), in
		n.Layer = c
	})
	return &m
}

// The multipliers that are proposed.
var (
	widthRatios = []Ratio{{1, 2}, {3, 4}, {3, 2}, {2, 1}}
	inputRatios = []Ratio{{1, 2}, {2, 1}}
)

// widths proposes the network narrower and wider.
func (p *plan) widths() {
	s, fixed := newScaler(p.model, p.report)
	if fixed != "" {
		return
	}
	for _, m := range widthRatios {
		model, _ := s.at(m)
		worse := catalog.WorseNarrow
		if m.Num > m.Den {
			worse = catalog.WorseWide
		}
		p.offer(Change{Kind: Width, Say: catalog.Say(catalog.WhatWidth, m.text()), Worse: catalog.Say(worse), Model: model})
	}
}

// inputs proposes other sizes of the input.
func (p *plan) inputs() {
	for _, m := range inputRatios {
		model, ok := resized(p.model, m)
		if !ok {
			return
		}
		worse := catalog.WorseSmallInput
		if m.Num > m.Den {
			worse = catalog.WorseLargeInput
		}
		p.offer(Change{Kind: Input, Say: catalog.Say(catalog.WhatInput, m.text(), firstInput(p.model), firstInput(model)),
			Worse: catalog.Say(worse), Model: model})
	}
}

// resized returns the model with the sides of all its inputs times a ratio; false if one
// has none, or they are not known.
func resized(m arch.Model, by Ratio) (arch.Model, bool) {
	any, ok := false, true
	m = m.EachLeaf(func(n *arch.Leaf) {
		in, is := layer.InputKind.As(n.Layer)
		if !is {
			return
		}
		e := in.Shape
		sides := make([]int64, e.Len())
		for i := range sides {
			sides[i] = e.At(i)
			if i > 0 {
				sides[i] = (2*e.At(i)*by.Num + by.Den) / (2 * by.Den)
				ok = ok && e.At(i) > 0 && e.At(i) <= mostWidth && sides[i] > 0
			}
		}
		if len(sides) < 3 || len(sides) > layer.MaxSpatial+1 {
			ok = false
			return
		}
		l, err := layer.InputKind.With(func(in *layer.Input) { in.Shape = layer.ExtentsOf(sides...) })
		if err != nil {
			ok = false
			return
		}
		n.Layer, any = l, true
	})
	return m, ok && any
}

// firstInput returns the shape of the first input as people write it.
func firstInput(m arch.Model) string {
	shape := ""
	m.Walk(func(n arch.Node) {
		if leaf, ok := n.(*arch.Leaf); ok && shape == "" {
			if in, is := layer.InputKind.As(leaf.Layer); is {
				sides := make([]int64, 0, in.Shape.Len())
				for i := range in.Shape.Len() {
					sides = append(sides, in.Shape.At(i))
				}
				shape = tensor.Of(sides...).String()
			}
		}
	})
	return shape
}

// depth proposes a repetition more and one less.
func (p *plan) depth(s *site, n *arch.Repeat) {
	if n.Of != "" {
		return
	}
	for _, by := range []int64{-1, 1} {
		times := n.Times + by
		if times < 1 || times > arch.MaxTimes {
			continue
		}
		worse := catalog.WorseDeep
		if by < 0 {
			worse = catalog.WorseShallow
		}
		p.offer(Change{Kind: Depth, Row: n.Head().ID, Say: catalog.Say(catalog.WhatDepth, times, n.Times),
			Worse: catalog.Say(worse), Model: p.model.SetTimes(n.Head().ID, times)})
	}
}
