package count

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// remark notes what is worth knowing of a layer among others. Nothing is wrong with
// it, so remarks are no problems. It runs once all is counted.
func (r *Report) remark() {
	r.cancelled(r.Rows)
	r.most()
	r.reused()
}

func (r *Row) remark(key catalog.Key, args ...any) *diag.Diag {
	d := &diag.Diag{Severity: diag.Note, Node: r.ID, Say: catalog.Say(key, args...)}
	r.Remarks = append(r.Remarks, d)
	return d
}

// cancelled remarks a bias whose layer is followed by a batch norm alone: the norm
// subtracts the mean of each channel, and any constant in it.
func (r *Report) cancelled(rows []*Row) {
	for i, row := range rows {
		r.cancelled(row.Children)
		if i+1 == len(rows) || !row.CentredBy(rows[i+1]) {
			continue
		}
		for k := range row.Weights {
			w := &row.Weights[k]
			if n, ok := w.Count(); ok && w.Class == layer.ClassBias && !w.Shared() {
				row.remark(catalog.RemarkCancelled, rows[i+1].Name, n.Grouped()).On("bias").
					AddFix(diag.Fix{Op: diag.SetField, Field: "bias", Value: "off"})
			}
		}
	}
}

// CentredBy reports whether the row that follows subtracts the mean of each channel of
// what this one outputs, to it alone, so that a constant in them has no effect. The
// channels of a batch norm come first; those of a dense layer come last.
func (r *Row) CentredBy(next *Row) bool {
	kind := r.Kind()
	if kind == nil || r.Form != FormLeaf || r.Users != "" || next.Kind() != layer.BatchNormKind.Kind() {
		return false
	}
	return kind.Group == layer.GroupConv || kind.Group == layer.GroupDense && len(r.Out) == 1
}

// most remarks a dense layer that has most of the parameters of a network with
// convolutions.
func (r *Report) most() {
	t := &r.Totals
	if t.Groups[layer.GroupConv].Weights.IsZero() || t.ParamsAtLeast {
		return
	}
	all := PyTorch.Params(t.Counts)
	layers(r.Rows, once, func(row *Row, own Counts, times num.Int) {
		if row.Kind().Group != layer.GroupDense {
			return
		}
		if share := PyTorch.Params(own).Mul(times).Share(all); share > 0.5 {
			row.remark(catalog.RemarkMost, num.Percent(share), num.Percent(own.MACs.Mul(times).Share(t.MACs)))
		}
	})
}

// reused remarks tensors that other layers, or later uses of the same one, have too.
func (r *Report) reused() {
	shares := false
	layers(r.Rows, once, func(row *Row, _ Counts, _ num.Int) { shares = shares || row.SharesWith != 0 })
	if !shares {
		return
	}
	uses, owners := map[arch.ID]num.Int{}, map[arch.ID]bool{} // elements that later uses have of an owner's
	layers(r.Rows, once, func(row *Row, _ Counts, times num.Int) {
		if row.SharesWith == 0 {
			owners[row.ID] = true
			return
		}
		var n num.Int
		for i := range row.Weights {
			w := &row.Weights[i]
			if c, ok := w.Count(); ok && w.Shared() && w.Class.Learnable() {
				n = n.Add(c)
			}
		}
		owner := row.SharesWith
		if !owners[owner] || owners[row.ID] {
			owner = row.ID // a later use of the same layer, maybe in a block
		}
		uses[owner] = uses[owner].Add(n.Mul(times))
	})
	layers(r.Rows, once, func(row *Row, own Counts, times num.Int) {
		if u := uses[row.ID]; row.SharesWith == 0 && !u.IsZero() {
			mine := PyTorch.Params(own).Mul(times)
			row.remark(catalog.RemarkReused, mine.Grouped(), mine.Add(u).Grouped())
		}
	})
}
