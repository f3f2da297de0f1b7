package explain

import (
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// A network is the report in which a layer is looked for.
type network struct {
	rows   []*count.Row
	leaves []*count.Row // in the order of the text
}

// best returns which leaf scores highest, the first of equals; -1 if none scores.
func (n *network) best(score func(*count.Row) int) int {
	at, most := -1, 0
	for i, row := range n.leaves {
		if s := score(row); s > most {
			at, most = i, s
		}
	}
	return at
}

// dense finds the fully connected layer of want × out that receives got.
func (n *network) dense(got, want, out int64) *diag.Diag {
	at := n.best(func(row *count.Row) int {
		l, ok := layerOf(row).(*layer.Linear)
		if !ok {
			return 0
		}
		fits := received(row, -1) == got || received(row, -1) == want
		if out == 0 {
			return is(fits)
		}
		return is(l.Features.Value() == out) * (1 + is(fits))
	})
	return n.blame(at, -1, got, want)
}

// blame says that a leaf is what the message is about. Where it receives got along
// an extent and should receive want, the remedy changes where that comes from.
func (n *network) blame(at, extent int, got, want int64) *diag.Diag {
	if at < 0 {
		return nil
	}
	row := n.leaves[at]
	d := &diag.Diag{Node: row.ID}
	if got < 1 || want < 1 || received(row, extent) != got {
		return d
	}
	if extent < 0 && len(row.In[0]) > 2 {
		return d.AddFix(diag.Fix{Op: diag.InsertBefore, Value: layer.FlattenKind.Kind().Name})
	}
	return n.source(d, at, extent, got, want)
}

// at is blame for a layer that takes steps in time.
func (n *network) at(at, extent int, got, want int64) *diag.Diag {
	if at < 0 {
		return nil
	}
	d := &diag.Diag{Node: n.leaves[at].ID}
	if received(n.leaves[at], extent) != got {
		return d
	}
	return n.source(d, at, extent, got, want)
}

// source adds the remedy that changes where an extent of what a leaf receives comes from.
func (n *network) source(d *diag.Diag, at, extent int, got, want int64) *diag.Diag {
	value := strconv.FormatInt(want, 10)
	for i := at - 1; i >= 0; i-- {
		switch l := layerOf(n.leaves[i]).(type) {
		case *layer.Linear:
			if extent < 0 && l.Features.Value() == got {
				return d.AddFix(diag.Fix{Op: diag.SetField, Node: n.leaves[i].ID, Field: "features", Value: value})
			}
		case *layer.Conv:
			if extent == 0 && l.Filters.Value() == got {
				return d.AddFix(diag.Fix{Op: diag.SetField, Node: n.leaves[i].ID, Field: "filters", Value: value})
			}
		case *layer.Input:
			at := extent
			if at < 0 {
				at = l.Shape.Len() - 1
			}
			if l.Shape.At(at) == got {
				shape := ""
				for j := range l.Shape.Len() {
					part := strconv.FormatInt(l.Shape.At(j), 10)
					switch {
					case j == at:
						part = value
					case l.Shape.At(j) < 0:
						part = "?"
					}
					shape += "x" + part
				}
				return d.AddFix(diag.Fix{Op: diag.SetField, Node: n.leaves[i].ID, Field: "shape", Value: shape[1:]})
			}
		default:
			k := n.leaves[i].Kind()
			if k.InPlace || k.Group == layer.GroupNorm || k.Group == layer.GroupPool || k.Name == "dropout" {
				continue
			}
		}
		break
	}
	return d
}

// received returns an extent of what a row receives, from the end if negative; 0
// if there is none.
func received(row *count.Row, extent int) int64 {
	if len(row.In) != 1 {
		return 0
	}
	if extent < 0 {
		extent += len(row.In[0])
	}
	if extent < 0 || extent >= len(row.In[0]) {
		return 0
	}
	return row.In[0][extent].N
}

func layerOf(row *count.Row) layer.Layer { return row.Node.(*arch.Leaf).Layer }

// kernelOf returns the first side of a row's kernel, 0 if it has none.
func kernelOf(row *count.Row) int64 {
	f := row.Kind().Field("kernel")
	if f == nil {
		return 0
	}
	n, _ := number(f.Text(layerOf(row)))
	return n
}

func walk(rows []*count.Row, f func(*count.Row)) {
	for _, row := range rows {
		f(row)
		walk(row.Children, f)
	}
}
