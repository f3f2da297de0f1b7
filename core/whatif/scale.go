package whatif

import (
	"slices"
	"strconv"
	"strings"

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

// widthOf returns the width that a layer which multiplies by weights declares for its
// output, nil if it declares none.
func widthOf(l layer.Layer) *layer.Width {
	switch l.Kind().Group {
	case layer.GroupConv, layer.GroupDense, layer.GroupRecurrent:
		return layer.OutWidth(l)
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

// width proposes the network narrower or wider. Small widths do not always follow: the
// multiple of 8 next to them may be larger, or that of another multiplier. Who asks for a
// multiplier gets it all the same.
func (p *plan) width(m Ratio, asked bool) {
	s, fixed := newScaler(p.model, p.report)
	if fixed != "" {
		return
	}
	model, r := s.at(m)
	p.done += 2 * p.size
	c := &Change{Kind: Width, Say: catalog.Say(catalog.WhatWidth, m.text()),
		Choice: Choice{catalog.ChoiceWidth, m.text()}, Model: model, Before: p.figures, After: FiguresOf(r)}
	more := c.Params(count.PyTorch).Cmp(num.Int{})
	if !asked && (more > 0) != (m.Num > m.Den) {
		return
	}
	for _, other := range p.found {
		if other.Kind == Width && sameFigures(other.After, c.After) {
			return
		}
	}
	p.queue = append(p.queue, queued{c, r})
}

func sameFigures(a, b *Figures) bool {
	return a.Params(true).Equal(b.Params(true)) && a.MACs.Equal(b.MACs) && a.Peak.Equal(b.Peak)
}

// inputs proposes other sizes of the input.
func (p *plan) inputs() {
	for _, m := range inputRatios {
		p.input(m.text(), func(sides []int64) []int64 { return scaledSides(sides, m) })
	}
}

// input proposes other sides of the input, of each of them if there are several: those
// that it has times a number, unless that is "".
func (p *plan) input(by string, to func(sides []int64) []int64) bool {
	model, ok := resized(p.model, to)
	if !ok {
		return false
	}
	was, now := firstInput(p.model), firstInput(model)
	say := catalog.Say(catalog.WhatInput, by, was, now)
	if by == "" {
		say = catalog.Say(catalog.WhatInputOf, now, was)
	}
	p.offer(&Change{Kind: Input, Say: say, Choice: Choice{catalog.ChoiceInput, sidesOf(now)}, Model: model})
	return true
}

// of returns n times the ratio, halves up.
func (r Ratio) of(n int64) int64 { return (2*n*r.Num + r.Den) / (2 * r.Den) }

// scaledSides returns sides times a ratio.
func scaledSides(sides []int64, by Ratio) []int64 {
	all := make([]int64, len(sides))
	for i, n := range sides {
		all[i] = by.of(n)
	}
	return all
}

// sidesOf returns the sides of a shape: 160, if they are all one; 160×120.
func sidesOf(shape string) string {
	_, sides, _ := strings.Cut(shape, "×")
	if first, rest, _ := strings.Cut(sides, "×"); strings.ReplaceAll(rest, "×"+first, "") == first {
		return first
	}
	return sides
}

// resized returns the model with other sides of all its inputs; false if one has none, or
// they are not known.
func resized(m arch.Model, to func(sides []int64) []int64) (arch.Model, bool) {
	found, ok := false, true
	m = m.EachLeaf(func(n *arch.Leaf) {
		in, is := layer.InputKind.As(n.Layer)
		if !is {
			return
		}
		e := in.Shape
		shape := make([]int64, e.Len())
		for i := range shape {
			shape[i] = e.At(i)
			ok = ok && (i == 0 || shape[i] > 0 && shape[i] <= mostWidth)
		}
		if ok = ok && len(shape) > 2 && len(shape) <= layer.MaxSpatial+1; !ok {
			return
		}
		sides := to(shape[1:])
		if ok = len(sides) == len(shape)-1 && least(sides) > 0; !ok {
			return
		}
		l, err := layer.InputKind.With(func(in *layer.Input) { in.Shape = layer.ExtentsOf(append(shape[:1], sides...)...) })
		if ok = err == nil; ok {
			n.Layer, found = l, true
		}
	})
	return m, ok && found
}

// inputSize returns how many values the inputs of a network have together.
func inputSize(m arch.Model) num.Int {
	all := num.Int{}
	m.Walk(func(n arch.Node) {
		leaf, ok := n.(*arch.Leaf)
		if !ok {
			return
		}
		if in, is := layer.InputKind.As(leaf.Layer); is {
			size := num.Of(1)
			for i := range in.Shape.Len() {
				size = size.Times(in.Shape.At(i))
			}
			all = all.Add(size)
		}
	})
	return all
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

// depth proposes another number of repetitions.
func (p *plan) depth(n *arch.Repeat, times int64) {
	if times >= 1 && times <= arch.MaxTimes {
		p.offer(&Change{Kind: Depth, Row: n.Head().ID, Say: catalog.Say(catalog.WhatDepth, grouped(times), grouped(n.Times)),
			Choice: choice(catalog.ChoiceDepth, times), Model: p.model.SetTimes(n.Head().ID, times)})
	}
}
