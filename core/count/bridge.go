package count

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// bridged returns the problem of a join whose paths end in unequal shapes with layers
// that make the first two which differ equal: the projection of a residual connection,
// a crop or padding. d itself may be shared.
func bridged(d *diag.Diag, n *arch.Branch, shapes []tensor.Shape) *diag.Diag {
	if d.Say.Key != catalog.AddMismatch && d.Say.Key != catalog.ConcatMismatch {
		return d
	}
	adds := d.Say.Key == catalog.AddMismatch
	if concat, ok := n.Join.(*layer.Concat); ok && concat.Dim.N != 1 {
		return d // not along the channels
	}
	fixed := *d
	for i := 1; i < len(shapes); i++ {
		if _, wrong := layer.Apply(n.Join, []tensor.Shape{shapes[0], shapes[i]}); wrong == nil {
			continue
		}
		from, to := i, 0
		if changes(n.Paths[0], shapes[0], n.Paths[i], shapes[i]) {
			from, to = 0, i
		}
		for _, text := range bridges(shapes[from], shapes[to], adds) {
			fixed.AddFix(diag.Fix{Op: diag.AppendToPath, Node: n.Paths[from].ID, Path: from + 1, Value: text})
		}
		break
	}
	return &fixed
}

// changes reports whether the first of two paths is the one to change: the one that
// passes its input on, else the one whose map is larger.
func changes(a arch.Path, of tensor.Shape, b arch.Path, and tensor.Shape) bool {
	if empty := len(a.Body) == 0; empty != (len(b.Body) == 0) {
		return empty
	}
	return len(of) == len(and) && len(of) > 1 && of[len(of)-1].N > and[len(and)-1].N
}

// bridges returns layers, as stack text, each of which makes one shape of another. A
// concatenation may keep the channels as they are.
func bridges(from, to tensor.Shape, channels bool) []string {
	switch {
	case len(from) == 0 || len(to) == 0 || !from[0].Known() || !to[0].Known():
		return nil
	case !comparable(from, to):
		return nil
	case len(from) != len(to):
		return reshaped(from, to, channels)
	case !channels && from.Timed():
		return nil
	case len(from) == 1 || from.Timed() && from[0].N == to[0].N:
		last := len(to) - 1
		return []string{"linear " + to[last].String()}
	case from.Timed() || len(from) > layer.MaxSpatial+1:
		return nil
	}
	var list []string
	width := to[0]
	if !channels {
		width = from[0]
	}
	if stride, ok := strideTo(from, to); ok && (channels || stride != "") {
		list = append(list, "conv "+width.String()+" k1"+stride)
	}
	if !channels || from[0].N == to[0].N {
		list = append(list, framed(from, to)...)
	}
	return list
}

// comparable reports whether it is known how two shapes differ: what is unknown of one
// is unknown of the other, and taken to be equal.
func comparable(from, to tensor.Shape) bool {
	if len(from) != len(to) {
		return from.Known() && to.Known()
	}
	for i := range from {
		if from[i].Known() != to[i].Known() {
			return false
		}
	}
	return true
}

// reshaped returns how a map becomes a vector, or a vector a map of one position, which
// is stretched where values are joined one by one.
func reshaped(from, to tensor.Shape, stretched bool) []string {
	switch n, _ := from.Elements(); {
	case len(to) == 1 && n.String() == to[0].String():
		return []string{"flatten"}
	case len(to) == 1 && from[0].N == to[0].N:
		return []string{"globalavgpool flat"}
	case len(from) == 1 && stretched && from[0].N == to[0].N:
		return []string{"reshape " + from.String() + strings.Repeat("x1", len(to)-1)}
	}
	return nil
}

// strideTo returns the stride, as stack text, with which a kernel of 1 makes the sides
// of one map those of another: ⌊(n − 1) / s⌋ + 1. "" is a stride of 1.
func strideTo(from, to tensor.Shape) (string, bool) {
	strides := make([]string, 0, layer.MaxSpatial)
	equal := true
	for i := range from[1:] {
		n, m := from[i+1].N, to[i+1].N
		s := int64(1)
		if m > 1 {
			s = (n - 1) / (m - 1)
		} else if m == 1 {
			s = max(n, 1)
		}
		if s < 1 || (n-1)/s+1 != m {
			return "", false
		}
		strides = append(strides, strconv.FormatInt(s, 10))
		equal = equal && strides[i] == strides[0]
	}
	switch {
	case equal && strides[0] == "1":
		return "", true
	case equal:
		return " s" + strides[0], true
	}
	return " s" + strings.Join(strides, "x"), true
}

// framed returns the crop or the padding that makes the sides of one map those of
// another, as even as it can be; none if some sides are too long and some too short.
func framed(from, to tensor.Shape) []string {
	kind, sides := "", make([]string, len(from)-1)
	for i := range sides {
		d := to[i+1].N - from[i+1].N
		name := "pad"
		if d < 0 {
			name, d = "crop", -d
		}
		if d != 0 && kind != "" && name != kind || d > max(from[i+1].N, 0) {
			return nil
		}
		if d != 0 {
			kind = name
		}
		sides[i] = strconv.FormatInt(d/2, 10)
		if d%2 != 0 {
			sides[i] += "+" + strconv.FormatInt(d-d/2, 10)
		}
	}
	if kind == "" {
		return nil
	}
	text := strings.Join(sides, "x")
	for i := range sides {
		if sides[i] != sides[0] {
			return []string{kind + " " + text}
		}
	}
	return []string{kind + " " + sides[0]}
}
