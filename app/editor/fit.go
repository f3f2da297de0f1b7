package editor

import (
	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/tensor"
)

// What the palette adds fits what enters at its place: a join has paths that end
// alike, a block's layers take what they receive.

// entering returns what enters at a place, nil if nothing does or it is unknown.
func (s State) entering(at arch.Place) tensor.Shape {
	rows := s.Doc.Report.Rows
	if at.Anchor == 0 {
		if len(rows) == 0 {
			return nil
		}
		return rows[len(rows)-1].Out
	}
	row := s.Doc.Report.Row(at.Anchor)
	switch {
	case row == nil:
		return nil
	case at.Side == arch.After:
		return row.Out
	case at.Side == arch.Into && row.Form == count.FormRepeat && len(row.Children) > 0:
		return row.Children[0].Out
	case at.Side == arch.Into && len(row.Children) > 0:
		return row.Out
	case len(row.In) > 0:
		return row.In[0]
	}
	return nil
}

// fitted returns the item with a text that fits what enters.
func (it Item) fitted(x tensor.Shape) Item {
	plain := func(kernel string) string { return alike(x, kernel) }
	switch it.ID {
	case "input":
		it.Text = "input 3x224x224"
	case "conv":
		it.Text = "conv 64 k3 p1"
	case "maxpool", "avgpool":
		it.Text = it.ID + " 2"
	case "adaptiveavgpool":
		it.Text = "adaptiveavgpool 7"
	case "linear":
		it.Text = "linear 1000"
	case "from":
		it.Text = "from { }"
	case "add", "sub", "max", "min", "average":
		it.Text = it.ID + " { " + plain("k3 p1") + " | }"
	case "concat":
		it.Text = "concat { " + plain("k1") + " | " + plain("k3 p1") + " }"
	case "mul":
		pool := ""
		if !flat(x) {
			pool = "globalavgpool; "
		}
		it.Text = "mul { " + pool + plain("k1") + "; sigmoid | }"
	case "matmul":
		it.Text = "matmul transpose { | }"
	case "deformconv":
		it.Text = "deformconv " + width(x) + " k3 p1 { | conv 18 k3 p1 }"
	case "repeat":
		it.Text = "repeat 2 { conv 64 k3 p1; relu }"
		if flat(x) {
			it.Text = "repeat 2 { linear 64; relu }"
		}
	}
	return it
}

// alike returns a layer that returns the shape it receives: a convolution on a map, a
// dense layer on a vector or a sequence.
func alike(x tensor.Shape, kernel string) string {
	if flat(x) {
		return "linear " + width(x)
	}
	return "conv " + width(x) + " " + kernel
}

// flat reports whether a shape is a vector or a sequence of vectors.
func flat(x tensor.Shape) bool { return len(x) == 1 || x.Timed() }

// width returns the channels of a map, or the features of a vector or a sequence, as
// they are written; 64 if they are unknown.
func width(x tensor.Shape) string {
	if len(x) == 0 {
		return "64"
	}
	d := x[0]
	if x.Timed() {
		d = x[len(x)-1]
	}
	switch {
	case !d.Known():
		return "64"
	case !d.Written.IsPlain():
		return d.Written.String()
	}
	return d.String()
}
