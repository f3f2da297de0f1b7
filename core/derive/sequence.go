package derive

import (
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// recurrent says what the gates are, and what layers, directions and biases multiply.
func (r *reasoner) recurrent() {
	gates := r.factorOf(catalog.FactorGates)
	if layers := r.number("layers"); layers > 1 {
		if below := r.factorOf(catalog.FactorBelow); below != nil {
			r.say(catalog.ReasonLayers, grouped(layers), grouped(below.N))
		}
	}
	if r.on("bidirectional") {
		r.say(catalog.ReasonDirections)
	}
	if steps := first(r.row.In); len(steps) > 1 && steps[0].Known() && steps[0].N > 1 {
		r.say(catalog.ReasonSteps, grouped(steps[0].N))
	}
	if twins := r.row.Counts.Twins; !twins.IsZero() {
		r.say(catalog.ReasonTwoBiases, twins.Grouped())
	} else if r.on("reset_after") && !r.off("bias") {
		r.say(catalog.ReasonResetAfter)
	} else if r.off("bias") && gates != nil {
		r.say(catalog.ReasonNoBiases)
	}
}

// factorOf returns the first factor that says a sentence, nil if there is none.
func (r *reasoner) factorOf(says catalog.Key) *layer.Factor {
	for i := range r.row.Weights {
		for k := range r.row.Weights[i].Factors {
			if f := &r.row.Weights[i].Factors[k]; f.Says == says {
				return f
			}
		}
	}
	return nil
}

// attention says that neither heads nor length change the number of weights, and what
// fewer heads for key and value save.
func (r *reasoner) attention() {
	x := first(r.row.In)
	if len(x) < 2 || !x[len(x)-1].Known() {
		return
	}
	e := x[len(x)-1].N
	heads, kv := r.number("heads"), r.number("kv_heads")
	switch all := r.factorOf(catalog.FactorAllFeatures); {
	case kv > 0 && kv < heads:
		r.say(catalog.ReasonKeyHeads, grouped(kv), grouped(heads))
	case all != nil && all.N == e && heads > 0:
		if square := num.Of(e).Times(e); r.packed() {
			r.say(catalog.ReasonFour, grouped(e), square.Grouped(), square.Times(4).Grouped())
		}
		r.say(catalog.ReasonHeads, grouped(heads), grouped(e/heads), grouped(e))
	}
	for _, term := range r.row.MACs {
		seen := seenBy(term)
		if seen == nil {
			continue
		}
		if n, ok := term.Value(); ok {
			r.say(catalog.ReasonLength, n.Grouped(), grouped(seen.N))
		}
		break
	}
	if r.off("bias") {
		r.say(catalog.ReasonNoBiases)
	}
}

// packed reports whether one matrix has the projections of query, key and value, which
// then receive inputs of the same width.
func (r *reasoner) packed() bool {
	for i := range r.row.Weights {
		w := &r.row.Weights[i]
		if w.Class == layer.ClassWeight && len(w.Factors) > 0 && w.Factors[0].Says == catalog.FactorQKV {
			return true
		}
	}
	return false
}

// seenBy returns how many keys a query is compared with, nil if the term is no product
// of queries and keys.
func seenBy(t layer.Term) *layer.Factor {
	products := false
	for i := range t {
		products = products || t[i].Says == catalog.FactorProducts
		if products && (t[i].Says == catalog.FactorKeys || t[i].Says == catalog.FactorPooled) && t[i].N > 0 {
			return &t[i]
		}
	}
	return nil
}

// norm says what is learned and what is kept.
func (r *reasoner) norm() {
	learned, kept := num.Int{}, num.Int{}
	tensors := 0
	for i := range r.row.Weights {
		w := &r.row.Weights[i]
		n, ok := w.Count()
		switch {
		case !ok:
			return
		case w.Class.Learnable():
			learned, tensors = learned.Add(n), tensors+1
		case w.Class == layer.ClassStat:
			kept = kept.Add(n)
		}
	}
	if tensors == 2 {
		half := r.row.Weights[0].Factors
		r.say(catalog.ReasonScaleShift, value(half), learned.Grouped())
	}
	if x := first(r.row.In); len(x) > 2 && r.row.Weights[0].Factors != nil && len(r.row.Weights[0].Factors) == 1 {
		places := x[1:]
		if r.row.OverLast() {
			places = x[:len(x)-1]
		}
		r.say(catalog.ReasonSamePlaces, extents(places))
	}
	switch {
	case !kept.IsZero():
		r.say(catalog.ReasonKept, kept.Grouped(), learned.Add(kept).Grouped(), learned.Grouped())
	case r.kind.Field("eps") != nil:
		r.say(catalog.ReasonNotKept)
	}
}

// table says that a row of a table is looked up.
func (r *reasoner) table() {
	w := &r.row.Weights[0]
	if r.kind.Field("table") != nil && len(w.Factors) == 2 && w.Factors[0].N > 0 && w.Factors[1].N > 0 {
		r.say(catalog.ReasonTable, grouped(w.Factors[0].N), grouped(w.Factors[1].N))
	}
}
