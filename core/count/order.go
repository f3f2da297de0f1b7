package count

import (
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// Which inputs are likely to have their channels last, or none: pictures have up
// to four channels, and are larger than that.
const (
	mostColours = 4
	leastSide   = 8
)

// order warns of inputs whose shape was probably meant in another order, and
// offers that one: at the input, and at the first layer that fails for it.
func (c *counter) order(m arch.Model) {
	for i, n := range m.Body {
		leaf, ok := n.(*arch.Leaf)
		if !ok || !layer.InputKind.Is(leaf.Layer) || !slides(m.Body[i+1:]) {
			continue
		}
		in, ok := otherOrder(leaf.Layer.(*layer.Input))
		if !ok {
			continue
		}
		row, fix := c.report.Row(n.Head().ID), diag.Fix{Op: diag.SetField, Field: "shape", Value: in.Shape.Text()}
		key, rest := catalog.ChannelsLast, row.Out[1:].String()
		if len(row.Out) == 2 {
			key = catalog.NoChannels
		}
		failed, errors := c.report.errors()
		c.problem(row, diag.Warn(key, row.Out.String(), row.Out[0].String(), rest, fix.Value).On("shape").AddFix(fix))
		// It comes before what follows from it.
		all := c.report.Problems
		copy(all[1:], all[:len(all)-1])
		all[0] = row.Problems[len(row.Problems)-1]
		if failed == nil {
			continue
		}
		// The remedy of the failure is the other reading, if that has fewer.
		if _, fewer := countModel(m.SetLayer(n.Head().ID, in)).report.errors(); fewer < errors {
			fix.Node = n.Head().ID
			failed.Fixes = []diag.Fix{fix}
		}
	}
}

// errors returns the first error of the report, nil if it has none, and how many
// there are.
func (r *Report) errors() (first *diag.Diag, n int) {
	for _, d := range r.Problems {
		if d.Severity == diag.Error {
			if n++; first == nil {
				first = d
			}
		}
	}
	return first, n
}

// otherOrder returns the input as it was probably meant; false if it was meant as
// it is.
func otherOrder(l *layer.Input) (*layer.Input, bool) {
	e := l.Shape
	large := func(i int) bool { return e.At(i) >= leastSide }
	other := layer.InputKind.New()
	switch {
	case e.Len() == 3 && large(0) && large(1) && e.At(2) >= 1 && e.At(2) <= mostColours:
		other.Shape = e.LastFirst()
	case e.Len() == 2 && large(0) && e.At(0) == e.At(1):
		if other.Shape.Parse("1x"+e.Text()) != nil {
			return nil, false
		}
	default:
		return nil, false
	}
	return other, true
}

// slides reports whether the first layer that looks at the order of a sample
// slides a window over it.
func slides(body []arch.Node) bool {
	for _, n := range body {
		switch n := n.(type) {
		case *arch.Repeat:
			return slides(n.Body)
		case *arch.Branch:
			for _, p := range n.Paths {
				if p.From == "" && slides(p.Body) {
					return true
				}
			}
			return false
		case *arch.Leaf:
			k := n.Layer.Kind()
			switch k.Group {
			case layer.GroupActivation, layer.GroupNorm:
				continue
			case layer.GroupConv:
				return true
			case layer.GroupPool:
				return k.Field("kernel") != nil || strings.HasPrefix(k.Name, "global") || strings.HasPrefix(k.Name, "adaptive")
			}
			if k != layer.PadKind.Kind() && (!k.InPlace || k.Group == layer.GroupShape) {
				return false
			}
		}
	}
	return false
}

// timed marks the first extent of what a recurrent layer receives and returns as
// steps in time, so that layouts and norms know where the channels are.
func timed(kind *layer.Kind, in, out tensor.Shape) {
	if kind.Group != layer.GroupRecurrent || len(in) < 2 {
		return
	}
	in[0].Time = true
	if len(out) == len(in) {
		out[0].Time = true
	}
}
