package count

import (
	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// sources completes the remedies of a problem that change the layer before: which field
// of it sets the extent. One that cannot be changed for it is not offered.
func (c *counter) sources(d *diag.Diag) *diag.Diag {
	fixed := *d
	fixed.Fixes = nil
	for _, fix := range d.Fixes {
		if fix.Op == diag.SetSource {
			l := c.leaves[fix.Node]
			if l == nil || l.Shares != "" {
				continue
			}
			f := l.Layer.Kind().Main()
			if f == nil || f.Role != layer.RoleOut && !layer.InputKind.Is(l.Layer) {
				continue
			}
			if in, ok := l.Layer.(*layer.Input); ok {
				if in.Shape.Len() != 1 {
					continue // flattened, or features of each position
				}
			}
			fix.Op, fix.Field = diag.SetField, f.Name
		}
		fixed.AddFix(fix)
	}
	return &fixed
}

// Settled returns the model without the declarations of inputs that are fulfilled, and
// whether there were any: from then on a layer takes what comes.
func (r *Report) Settled(m arch.Model) (arch.Model, bool) {
	any := false
	r.Leaves(func(row *Row, _ num.Int) {
		leaf := row.Node.(*arch.Leaf)
		if free, fits := layer.Fits(leaf.Layer, row.In); fits {
			m, any = m.SetLayer(row.ID, free), true
		}
	})
	return m, any
}
