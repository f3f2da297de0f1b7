package derive

import (
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A reasoner collects what is to be said of one row.
type reasoner struct {
	*Explainer
	row   *count.Row
	layer layer.Layer
	kind  *layer.Kind
	all   []catalog.Message
}

// say adds a sentence. Its arguments are texts, so that the many calls stay small.
func (r *reasoner) say(key catalog.Key, args ...string) {
	all := make([]any, len(args))
	for i, a := range args {
		all[i] = a
	}
	r.all = append(r.all, catalog.Say(key, all...))
}

func grouped(n int64) string { return num.Of(n).Grouped() }

// why returns the reasons for the numbers of a row.
func (e *Explainer) why(row *count.Row) []catalog.Message {
	r := &reasoner{Explainer: e, row: row, kind: row.Kind()}
	switch n := row.Node.(type) {
	case *arch.Leaf:
		r.layer = n.Layer
	case *arch.Branch:
		r.layer = n.Join
	}
	if r.kind == nil || row.Form != count.FormLeaf && row.Form != count.FormBranch {
		r.block()
		return r.all
	}
	if row.Form == count.FormBranch {
		r.paths()
	}
	if key := catalog.Reason(r.kind.Name); catalog.Has(key) {
		r.say(key)
	}
	if len(row.Weights) == 0 {
		r.none()
		return r.all
	}
	r.depth()
	switch r.kind.Group {
	case layer.GroupConv:
		r.convolution()
	case layer.GroupDense:
		r.dense()
	case layer.GroupRecurrent:
		r.recurrent()
	case layer.GroupAttention:
		r.attention()
	case layer.GroupNorm:
		r.norm()
	case layer.GroupTable:
		r.table()
	}
	r.share()
	return r.all
}

// none says why a layer has no parameters, unless the reason of its kind did.
func (r *reasoner) none() {
	key := catalog.ReasonNone(r.kind.Group.Name())
	if len(r.all) == 0 && catalog.Has(key) && !r.row.Counts.ParamsAtLeast {
		r.say(key)
	}
}

// option returns a hyper-parameter of the row's layer, nil if its kind has none of that
// name and type.
func option[V any](r *reasoner, name string) *V {
	if f := r.kind.Field(name); f != nil {
		v, _ := f.At(r.layer).(any).(*V)
		return v
	}
	return nil
}

// on reports whether a switch is on, off whether it is there and off.
func (r *reasoner) on(name string) bool {
	s := option[layer.Switch](r, name)
	return s != nil && bool(*s)
}

func (r *reasoner) off(name string) bool {
	s := option[layer.Switch](r, name)
	return s != nil && !bool(*s)
}

// number returns a hyper-parameter that is a whole number, 0 if it is none.
func (r *reasoner) number(name string) int64 {
	if n := option[layer.Whole](r, name); n != nil {
		return n.N
	}
	if n := option[layer.Width](r, name); n != nil {
		return n.Value()
	}
	return 0
}

// depth says where the channels come from, where the block that the formula names did
// not choose their number but concatenates.
func (r *reasoner) depth() {
	done := map[diag.NodeID]bool{}
	for i := range r.row.Weights {
		for _, f := range r.row.Weights[i].Factors {
			if f.Role != layer.RoleIn || f.Dim == nil || len(f.Dim.Parts) > 0 || done[f.Dim.From] {
				continue
			}
			done[f.Dim.From] = true
			if sum := r.concatenated(f.Dim); sum != "" {
				r.say(catalog.ReasonConcat, r.report.Name(f.Dim.From), sum)
			}
		}
	}
}

// concatenated writes an extent as the sum of what a block concatenates: 64 + 32 = 96;
// "" if none does.
func (r *reasoner) concatenated(d *tensor.Dim) string {
	source := r.report.Row(d.From)
	if source == nil || source.Form != count.FormBranch || !d.Known() {
		return ""
	}
	var parts []string
	sum := int64(0)
	for _, in := range source.In {
		if len(in) == 0 || !in[0].Known() {
			return ""
		}
		sum += in[0].N
		parts = append(parts, grouped(in[0].N))
	}
	if sum != d.N || len(parts) < 2 {
		return ""
	}
	return strings.Join(parts, " + ") + " = " + grouped(sum)
}

// weight returns the first tensor that is neither bias nor buffer, nil if there is none.
func (r *reasoner) weight() *layer.Weight {
	for i := range r.row.Weights {
		if w := &r.row.Weights[i]; w.Class == layer.ClassWeight {
			return w
		}
	}
	return nil
}

// bias says why a layer that may have a bias has none.
func (r *reasoner) bias() {
	if !r.off("bias") || len(r.row.Out) == 0 {
		return
	}
	if next := r.places[r.row].after; next != nil && r.row.CentredBy(next) {
		r.say(catalog.ReasonNoBiasNorm, next.Name)
		return
	}
	at := 0
	if r.kind.Group.OnLast() {
		at = len(r.row.Out) - 1
	}
	if d := r.row.Out[at]; d.Known() {
		r.say(catalog.ReasonNoBias, grouped(d.N))
	}
}

// notable is the share of a network's parameters from which it is said.
const notable = 0.1

// share says how much of the network the layer is.
func (r *reasoner) share() {
	t := r.report.Totals
	times := r.places[r.row].times
	own := r.row.Counts
	if r.row.Form == count.FormBranch {
		own = r.row.Own
	}
	if t.ParamsAtLeast || t.MACsAtLeast || t.MACs.IsZero() {
		return
	}
	for _, d := range r.row.Remarks {
		if d.Say.Key == catalog.RemarkMost {
			return // it says the same
		}
	}
	share := r.style.Params(own).Mul(times).Share(r.style.Params(t.Counts))
	if share < notable || share >= 1 {
		return
	}
	r.say(catalog.ReasonShare, num.Percent(share), num.Percent(own.MACs.Mul(times).Share(t.MACs)))
}

// product writes the numbers of factors: 27·27.
func product(t layer.Term) string { return joined(t, "·") }

// size writes them as sides: 27×27.
func size(t layer.Term) string { return joined(t, "×") }

func joined(t layer.Term, sign string) string {
	parts := make([]string, len(t))
	for i := range t {
		parts[i] = tensor.Dim{N: t[i].N}.String()
	}
	return strings.Join(parts, sign)
}

// of returns the factors of a role.
func of(t layer.Term, role layer.Role) layer.Term {
	var found layer.Term
	for i := range t {
		if t[i].Role == role {
			found = append(found, t[i])
		}
	}
	return found
}

// ones reports whether every factor is 1.
func ones(t layer.Term) bool {
	for i := range t {
		if t[i].N != 1 {
			return false
		}
	}
	return true
}
