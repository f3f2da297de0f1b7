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

// A reading is another shape that an input was probably meant to have.
type reading struct {
	shapes []layer.Extents // the likeliest first
	batch  bool            // the shape was written with the batch; else with its channels elsewhere
	open   bool            // its channels are unknown
}

// order warns of inputs whose shape was probably meant otherwise, channels last or
// with the batch, and offers that one: at the input, and at the first layer that
// fails for it.
func (c *counter) order(m arch.Model) {
	for i, n := range m.Body {
		leaf, ok := n.(*arch.Leaf)
		if !ok || !layer.InputKind.Is(leaf.Layer) {
			continue
		}
		other := otherReading(leaf.Layer.(*layer.Input).Shape, m.Body[i+1:])
		if other.shapes == nil {
			continue
		}
		c.offer(m, n.Head().ID, other)
	}
}

// offer warns at an input that it has another reading.
func (c *counter) offer(m arch.Model, id arch.ID, other reading) {
	row, d := c.report.Row(id), (&diag.Diag{Severity: diag.Warning}).On("shape")
	for i := range other.shapes {
		d.AddFix(diag.Fix{Op: diag.SetField, Field: "shape", Value: other.shapes[i].Text()})
	}
	key := catalog.ChannelsLast
	if len(row.Out) == 2 {
		key = catalog.NoChannels
	}
	d.Say = catalog.Say(key, row.Out.String(), row.Out[0].String(), row.Out[1:].String(), d.Fixes[0].Value)
	if other.batch {
		d.Say = catalog.Say(catalog.BatchFirst, row.Out.String(), d.Fixes[0].Value)
	} else if other.open {
		d.Say = catalog.Say(catalog.OpenChannels, row.Out.String(), d.Fixes[0].Value, d.Fixes[1].Value)
	}
	failed, errors := c.report.errors()
	c.problem(row, d)
	// It comes before what follows from it.
	all := c.report.Problems
	copy(all[1:], all[:len(all)-1])
	all[0] = row.Problems[len(row.Problems)-1]
	if failed == nil {
		return
	}
	// The remedy of the failure is the other reading, if that has fewer.
	in := layer.InputKind.New()
	in.Shape = other.shapes[0]
	if _, fewer := countModel(m.SetLayer(id, in)).report.errors(); fewer < errors {
		fix := d.Fixes[0]
		fix.Node = id
		failed.Fixes = []diag.Fix{fix}
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

// otherReading returns how the shape of an input before a body was probably meant;
// no shapes if it was meant as it is.
func otherReading(e layer.Extents, body []arch.Node) reading {
	use, sides := firstUse(body)
	switch {
	case use == useMap && e.Len() == 3 && large(e, 0, 1) && colours(e.At(2)):
		return reading{shapes: []layer.Extents{e.LastFirst()}}
	case use == useMap && e.Len() == 3 && e.At(0) < 0 && e.At(1) > 0 && e.At(2) > 0:
		grey, colour := layer.ExtentsOf(1, e.At(1), e.At(2)), layer.ExtentsOf(3, e.At(1), e.At(2))
		return reading{shapes: []layer.Extents{grey, colour}, open: true}
	case use == useMap && e.Len() == 2 && large(e, 0) && e.At(0) == e.At(1):
		return reading{shapes: []layer.Extents{layer.ExtentsOf(1, e.At(0), e.At(1))}}
	case (use == useMap && sides < 3 || use == useAll) && e.Len() == 4:
		return reading{shapes: pictures(e), batch: true}
	case use == useSteps && e.Len() == 3,
		(use == useTable || use == useFeatures && flat(body)) && e.Len() == 2 && batch(e.At(0)):
		return reading{shapes: []layer.Extents{e.Rest()}, batch: true}
	}
	return reading{}
}

// pictures returns what a shape of three spatial dimensions is as a batch of
// pictures, nil if it is more likely a film or a volume: those have few channels and
// many frames or slices.
func pictures(e layer.Extents) []layer.Extents {
	switch last := e.Rest().LastFirst(); {
	case large(e, 1, 2) && colours(e.At(3)):
		if n := e.At(0); n >= leastSide {
			return []layer.Extents{last, e.LastFirst()} // or a film in Keras' order
		}
		return []layer.Extents{last}
	case large(e, 2, 3) && (colours(e.At(1)) || !colours(e.At(0))):
		return []layer.Extents{e.Rest()}
	}
	return nil
}

// large reports whether all these extents are those of pictures.
func large(e layer.Extents, at ...int) bool {
	for _, i := range at {
		if e.At(i) < leastSide {
			return false
		}
	}
	return true
}

// colours reports whether an extent may be the channels of a picture.
func colours(n int64) bool { return n >= 1 && n <= mostColours }

// batch reports whether an extent looks like the size of a batch: left open, one, or
// a power of two.
func batch(n int64) bool { return n < 2 || n >= leastSide && n&(n-1) == 0 }

// A use is what the first layer that looks at the order of a sample takes it for.
type use uint8

const (
	useOther    use = iota
	useMap          // a window slides over it
	useSteps        // a step after another
	useFeatures     // a matrix
	useTable        // row numbers of a table
	useAll          // all of it in a row
)

// firstUse returns what a body takes its input for, and of how many sides a kernel is
// that is written with all of them; 0 if it is not.
func firstUse(body []arch.Node) (is use, sides int) {
	for _, n := range body {
		switch n := n.(type) {
		case *arch.Repeat:
			return firstUse(n.Body)
		case *arch.Branch:
			for _, p := range n.Paths {
				if p.From != "" {
					continue
				}
				if is, sides = firstUse(p.Body); is != useOther {
					return is, sides
				}
			}
			return useOther, 0
		case *arch.Leaf:
			k := n.Layer.Kind()
			switch k.Group {
			case layer.GroupActivation, layer.GroupNorm:
				continue
			case layer.GroupDense:
				return useFeatures, 0
			case layer.GroupRecurrent:
				return useSteps, 0
			case layer.GroupTable:
				return useTable, 0
			case layer.GroupShape:
				if layer.FlattenKind.Is(n.Layer) {
					return useAll, 0
				}
			case layer.GroupConv, layer.GroupPool:
				f := k.Field("kernel")
				switch {
				case f != nil:
					return useMap, strings.Count(f.Text(n.Layer), "x") + 1
				case k.Group == layer.GroupConv, strings.HasPrefix(k.Name, "global"), strings.HasPrefix(k.Name, "adaptive"):
					return useMap, 0
				}
				return useOther, 0
			}
			if k != layer.PadKind.Kind() && (!k.InPlace || k.Group == layer.GroupShape) {
				return useOther, 0
			}
		}
	}
	return useOther, 0
}

// flat reports whether a body is a plain network of dense layers, whose sample is a
// list of features.
func flat(body []arch.Node) bool {
	for _, n := range body {
		leaf, ok := n.(*arch.Leaf)
		if !ok {
			return false
		}
		switch k := leaf.Layer.Kind(); k.Group {
		case layer.GroupDense, layer.GroupActivation:
		default:
			if !layer.BatchNormKind.Is(leaf.Layer) && !k.InPlace {
				return false
			}
		}
	}
	return true
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
