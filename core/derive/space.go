package derive

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// convolution says why the size of the map is not in the formula, and what each option
// of a convolution does to it.
func (r *reasoner) convolution() {
	w := r.weight()
	if w == nil {
		return
	}
	r.kernel(w)
	r.groups(w)
	r.steps()
	r.positions()
	r.bias()
}

// kernel says what a kernel of one cell does, and that a dilated one has no more cells.
func (r *reasoner) kernel(w *layer.Weight) {
	sides, in, out := of(w.Factors, layer.RoleKernel), of(w.Factors, layer.RoleIn), of(w.Factors, layer.RoleOut)
	if len(sides) == 0 {
		return
	}
	if ones(sides) && len(in) == 1 && len(out) == 1 && in[0].N > 0 && in[0].Div <= 1 {
		r.say(catalog.ReasonKernel1, size(sides), grouped(in[0].N), grouped(out[0].N))
	}
	spans, dilated := make([]string, len(sides)), false
	dilation := option[layer.Size](r, "dilation")
	for i := range sides {
		d := int64(1)
		if dilation != nil {
			d = max(dilation.At(i), 1)
		}
		spans[i] = strconv.FormatInt(layer.Reach(sides[i].N, d), 10)
		dilated = dilated || d > 1 && sides[i].N > 1
	}
	if dilated {
		r.say(catalog.ReasonDilation, size(sides), strings.Join(spans, "×"))
	}
}

// groups says how many channels a filter sees, and what it would be if it saw all.
func (r *reasoner) groups(w *layer.Weight) {
	lanes := of(w.Factors, layer.RoleLanes)
	n, ok := w.Count()
	if len(lanes) != 1 || !ok || lanes[0].N < 2 || len(r.row.In) == 0 || len(r.row.In[0]) == 0 || !r.row.In[0][0].Known() {
		return
	}
	g, channels := lanes[0].N, num.Of(r.row.In[0][0].N)
	if !channels.Equal(num.Of(g)) {
		each := r.row.In[0][0].N / g
		r.say(catalog.ReasonGroups, grouped(g), grouped(each), channels.Grouped(), n.Times(g).Grouped())
		return
	}
	// The separable kind mixes the channels by a second tensor.
	if len(r.row.MACs) > 1 {
		second := r.row.Weights[1].Factors
		mix, ok := second.Value()
		kernel, _ := of(w.Factors, layer.RoleKernel).Value()
		if out := of(second, layer.RoleOut); ok && len(out) > 0 {
			full := kernel.Mul(channels).Times(out[len(out)-1].N)
			r.say(catalog.ReasonSeparable, n.Grouped(), mix.Grouped(), full.Grouped())
		}
		return
	}
	r.say(catalog.ReasonDepthwise, channels.Grouped(), n.Times(g).Grouped())
}

// steps says that stride and padding are not in the formula, where the map shrinks.
func (r *reasoner) steps() {
	if at := Positions(r.row); len(at) > 0 && at[0].Says == catalog.FactorEntry {
		return // a transposed kernel is applied at the positions of the input, and the map grows
	}
	stride := option[layer.Size](r, "stride")
	if stride == nil {
		return
	}
	for i := range stride.Len() {
		if stride.At(i) != 1 {
			r.say(catalog.ReasonStride, strings.ReplaceAll(stride.Text(), "x", "×"))
			return
		}
	}
}

// positions says that all positions share the weights, and how the computation follows.
func (r *reasoner) positions() {
	if len(r.row.MACs) != 1 {
		if macs, ok := r.row.MACs.Value(); ok && len(r.row.Out) > 1 && r.row.Out.Known() {
			r.say(catalog.ReasonPositions, extents(r.row.Out[1:]), r.total().Grouped(), macs.Grouped())
		}
		return
	}
	at := Positions(r.row)
	macs, ok := r.row.MACs.Value()
	if len(at) == 0 || !ok {
		return
	}
	weights := value(r.row.Weights[0].Factors)
	switch sum := weights + "·" + product(at) + " = " + macs.Grouped(); {
	case at[0].Says == catalog.FactorEntry:
		r.say(catalog.ReasonEntries, size(at), weights, sum)
	case ones(at):
		r.say(catalog.ReasonOnePosition, weights)
	default:
		r.say(catalog.ReasonPositions, size(at), weights, sum)
	}
}

// total is how many weights the layer has, without biases.
func (r *reasoner) total() num.Int { return r.row.Counts.Weights }

func extents(s tensor.Shape) string { return strings.ReplaceAll(s.String(), "x", "×") }

// Positions returns the factors by which the MACs of a layer exceed its first
// tensor; none if they are something else.
func Positions(row *count.Row) layer.Term {
	if len(row.MACs) != 1 || len(row.Weights) == 0 {
		return nil
	}
	macs, w := row.MACs[0], row.Weights[0].Factors
	if len(macs) <= len(w) {
		return nil
	}
	for i := range w {
		if macs[i].N != w[i].N || macs[i].Role != w[i].Role {
			return nil
		}
	}
	return macs[len(w):]
}

// dense says what the inputs of a dense layer are: a map laid in a row, what a global
// pool left, or one of many positions.
func (r *reasoner) dense() {
	w := r.weight()
	if w == nil || len(w.Factors) < 2 {
		return
	}
	in, out := w.Factors[0], w.Factors[len(w.Factors)-1]
	if in.Dim != nil && in.Role == layer.RoleIn {
		if sides := in.Dim.Parts; len(sides) > 1 && in.N > sides[len(sides)-1].N {
			r.flattened(in, out)
		} else if pool := r.pooled(); pool != nil && len(first(r.row.In)) == 1 {
			r.reduced(pool, in, out)
		}
	}
	if at := Positions(r.row); len(at) > 0 && !ones(at) {
		if macs, ok := r.row.MACs.Value(); ok {
			weights := value(w.Factors)
			r.say(catalog.ReasonRows, product(at), weights, weights+"·"+product(at)+" = "+macs.Grouped())
		}
	}
	r.bias()
}

// flattened says that each position of a flattened map has weights, and how many a map
// of half the height and width would need.
func (r *reasoner) flattened(in, out layer.Factor) {
	parts := in.Dim.Parts
	channels := parts[len(parts)-1].N
	whole, half := layer.Term{}, layer.Term{}
	for _, p := range parts[:len(parts)-1] {
		if p.N < 1 {
			return
		}
		whole, half = append(whole, layer.Factor{N: p.N}), append(half, layer.Factor{N: (p.N + 1) / 2})
	}
	last := layer.Factor{N: channels}
	whole, half = append(whole, last), append(half, last)
	r.say(catalog.ReasonMap, grouped(out.N), size(whole), grouped(in.N), size(half),
		value(append(half, out)))
}

// pooled returns the pool that left one position of a map, if only layers that keep
// the number of elements are between.
func (r *reasoner) pooled() *count.Row {
	for row := r.places[r.row].before; row != nil && row.Form == count.FormLeaf; row = r.places[row].before {
		if row.Kind().Group == layer.GroupPool {
			if x := first(row.In); len(x) > 1 && x.Known() && row.Out.Known() && ones(sidesOf(row.Out)) && !ones(sidesOf(x)) {
				return row
			}
			return nil
		}
		a, known := row.Out.Elements()
		b, same := first(row.In).Elements()
		if !known || !same || !a.Equal(b) || len(row.Weights) > 0 {
			return nil
		}
	}
	return nil
}

// sidesOf are the extents of a map behind its channels, as factors.
func sidesOf(s tensor.Shape) layer.Term {
	var t layer.Term
	for i := 1; i < len(s); i++ {
		t = append(t, layer.Factor{N: s[i].N})
	}
	return t
}

func first(in []tensor.Shape) tensor.Shape {
	if len(in) == 0 {
		return nil
	}
	return in[0]
}

// reduced says what a pool of the whole map spares the dense layer.
func (r *reasoner) reduced(pool *count.Row, in, out layer.Factor) {
	n, ok := pool.In[0].Elements()
	if !ok || in.N < 1 {
		return
	}
	r.say(catalog.ReasonPooled, pool.Name, grouped(in.N), pool.In[0].String(), n.Times(out.N).Grouped())
}
