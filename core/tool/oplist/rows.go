package oplist

import (
	"fmt"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// Missing is the problem of a layer that a format has not, or that is broken.
func Missing(row *count.Row, kind *layer.Kind, format catalog.Key) *diag.Diag {
	d := diag.New(catalog.ExportNoCounterpart, row.Name, kind.Name, format)
	if row.Broken() {
		d = diag.New(catalog.ExportLayerBroken, row.Name)
	}
	d.Node = row.ID
	return d
}

// UnknownNode is what a pass panics with that meets a node of a type it was not
// written for.
func UnknownNode(n arch.Node) string { return fmt.Sprintf("oplist: unknown node %T", n) }

// A Place is where a label was first.
type Place struct {
	Row   *count.Row
	Where string
}

// BlockName is the label of a block, or the name of its kind.
func BlockName(row *count.Row) string {
	if label := row.Node.Head().Label; label != "" {
		return label
	}
	if k := row.Kind(); k != nil {
		return k.Name
	}
	return "repeat"
}

// Learns reports whether a layer in a block does.
func Learns(row *count.Row) bool {
	for _, r := range row.Children {
		if k := r.Kind(); k != nil && k.Learns && r.Form == count.FormLeaf || Learns(r) {
			return true
		}
	}
	return false
}
