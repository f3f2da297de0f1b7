package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A WindowAttention is self-attention inside windows, with a learned bias for
// each distance within one. Which one says Version:
//
//   - v1 and v2: torchvision's ShiftedWindowAttention and V2 of Swin
//     (models/swin_transformer.py; video/swin_transformer.py in three
//     dimensions), on a sample [H, W, C], filled up to whole windows. v2 computes
//     the bias by a small network from the distances, and learns a scale a head.
//   - maxvit: RelativePositionalMultiHeadAttention (models/maxvit.py), on a
//     sample that is divided already: [windows, positions, C].
type WindowAttention struct {
	MultiHead
	Window  Size
	Shift   Size // moves the windows, and changes no number
	Version Choice
}

// The versions, and the width of v2's network (hard-coded in torchvision).
const (
	Swin1     = "v1"
	swin2     = "v2"
	maxvit    = "maxvit"
	biasWidth = 512
)

var windowAttention = &Kind{
	Name: "windowattention", Alias: "wa", Also: []string{"shiftedwindowattention"}, Group: GroupAttention, Learns: true,
	New: func() Layer {
		shift := SizeOf(0)
		shift.Least = 0
		return &WindowAttention{MultiHead: newMultiHead(), Window: Size{Least: 1}, Shift: shift,
			Version: Choice{Swin1, []string{Swin1, swin2, maxvit}}}
	},
	Fields: append(multiHeadFields(func(l Layer) *MultiHead { return &l.(*WindowAttention).MultiHead }),
		Field{Name: "window", Short: "w", Need: true, Role: RoleKernel,
			At: func(l Layer) Value { return &l.(*WindowAttention).Window }},
		Field{Name: "shift", At: func(l Layer) Value { return &l.(*WindowAttention).Shift }},
		Field{Name: "version", At: func(l Layer) Value { return &l.(*WindowAttention).Version }}),
}

// WindowAttentionKind makes layers of type *WindowAttention.
var WindowAttentionKind = Typed[*WindowAttention]{&windowAttention}

// Kind implements Layer.
func (l *WindowAttention) Kind() *Kind { return windowAttention }

// Apply implements Layer. The names are torchvision's. MACs are both projections
// and both products at every position, those filled in included, and v2's small
// network once for each distance; it is how torchvision's _ops come about.
func (l *WindowAttention) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	last := len(x) - 1
	if last < 1 {
		return Result{Out: x}, diag.New(catalog.NeedsSequence, x.String())
	}
	sides, d := l.sides(x)
	if d == nil {
		d = l.divides(x[last].N)
	}
	if d != nil {
		return Result{Out: x}, d
	}
	c := &x[last]
	heads := headCount(l.Heads.Value(), "heads")
	w := l.table(sides, heads)
	qkv, proj := "qkv", "proj"
	if l.Version.Word == maxvit {
		qkv, proj = "to_qkv", "merge"
	}
	three := Term{{N: 3, Role: RoleConst, Says: catalog.FactorQKV}}
	features := Term{{N: c.N, Role: RoleOut, Dim: c, Says: catalog.FactorAllFeatures}}
	w = append(w, declare(qkv+".weight", ClassWeight, []int64{extent(join(three, features)), c.N}, three, inputs(c), features))
	if l.Bias {
		w = append(w, declare(qkv+".bias", ClassBias, []int64{extent(join(three, features))}, three, features))
	}
	w = append(w, declare(proj+".weight", ClassWeight, []int64{c.N, c.N}, inputs(c), features))
	if l.outBias() {
		w = append(w, declare(proj+".bias", ClassBias, []int64{c.N}, features))
	}
	rows, seen, window := l.partition(x, sides)
	r := Result{Out: x, Weights: w, Window: window, MACs: Sum{
		join(three, rows, inputs(c), features), join(products, rows, seen, features), join(rows, inputs(c), features)}}
	if l.Version.Word == swin2 {
		hidden := Factor{N: biasWidth, Role: RoleConst, Says: catalog.FactorHidden}
		d := distances(sides)
		r.MACs = append(r.MACs, join(d, Term{dimensions(sides), hidden}), join(d, Term{hidden, heads}))
	}
	return r, nil
}

// sides returns the sides of a window, one for each dimension of the map.
func (l *WindowAttention) sides(x tensor.Shape) ([]int64, *diag.Diag) {
	dims := len(x) - 1
	if l.Version.Word == maxvit {
		dims = 2
	} else if dims > MaxSpatial {
		return nil, diag.New(catalog.NeedsMap, x.String())
	}
	for _, f := range []struct {
		name string
		size Size
	}{{"window", l.Window}, {"shift", l.Shift}} {
		if d := fits(f.name, f.size, dims); d != nil {
			return nil, d
		}
	}
	sides, area, span := make([]int64, dims), []int64{}, []int64{l.Heads.Value()}
	for i := range sides {
		sides[i] = l.Window.At(i)
		area = append(area, sides[i], sides[i])
		span = append(span, 2*sides[i]-1)
	}
	// Both tables must be countable: every pair of positions, every distance.
	for _, n := range [][]int64{area, span} {
		if _, ok := product(tensor.Of(n...)); !ok {
			return nil, tooLarge("window", n...)
		}
	}
	if p, want := x[len(x)-2], extent(seenOf(sides)); l.Version.Word == maxvit && p.Known() && p.N != want {
		return nil, diag.New(catalog.WindowPositions, l.Window.Text(), want, p.N, x.String()).On("window")
	}
	return sides, nil
}

// partition returns the positions that are computed, how many of them each sees,
// and the window for the receptive field. In three dimensions torchvision makes
// the window as small as a smaller map; in two it fills the map up.
func (l *WindowAttention) partition(x tensor.Shape, sides []int64) (rows, seen Term, window *Window) {
	if l.Version.Word == maxvit {
		return rowsOf(x[:len(x)-1]), seenOf(sides), &Window{}
	}
	sides = append([]int64(nil), sides...)
	rows = rowsOf(x[:len(sides)])
	window = &Window{Dims: make([]WindowDim, len(sides))}
	for i := range rows {
		n := rows[i].N
		if len(sides) == MaxSpatial && n > 0 && n < sides[i] {
			sides[i] = n
		}
		if n > 0 && n%sides[i] != 0 {
			rows[i] = Factor{N: n + sides[i] - n%sides[i], Role: RoleSpatial, Field: "window", Says: catalog.FactorFilled}
		}
		window.Dims[i] = WindowDim{Reach: sides[i], Stride: 1, Pad: (sides[i] - 1) / 2}
	}
	return rows, seenOf(sides), window
}

// seenOf returns how many positions a window has, side by side.
func seenOf(sides []int64) Term {
	t := make(Term, len(sides))
	for i, n := range sides {
		t[i] = Factor{N: n, Role: RoleKernel, Axis: uint8(i), Of: uint8(len(sides)), Field: "window", Says: catalog.FactorWindow}
	}
	return t
}

// distances returns how many there are within a window: 2w−1 each way.
func distances(sides []int64) Term {
	t := seenOf(sides)
	for i := range t {
		t[i].N, t[i].Says = 2*t[i].N-1, catalog.FactorDistances
	}
	return t
}

func dimensions(sides []int64) Factor {
	return Factor{N: int64(len(sides)), Role: RoleConst, Says: catalog.FactorDimensions}
}

// table declares what the bias comes from: a number for each distance and head,
// or v2's network; and the buffers that say which distance each pair has.
func (l *WindowAttention) table(sides []int64, heads Factor) []Weight {
	area, span := seenOf(sides), distances(sides)
	n := extent(area)
	index := declare("relative_position_index", ClassCounter, []int64{n * n}, area, area)
	if l.Version.Word != swin2 {
		if l.Version.Word == maxvit {
			index.Shape = []int64{n, n}
		}
		return []Weight{
			declare("relative_position_bias_table", ClassWeight, []int64{extent(span), heads.N}, span, Term{heads}), index}
	}
	hidden := Term{{N: biasWidth, Role: RoleConst, Says: catalog.FactorHidden}}
	coords := declare("relative_coords_table", ClassCounter, []int64{1}, span, Term{dimensions(sides)})
	for _, f := range coords.Factors {
		coords.Shape = append(coords.Shape, f.N)
	}
	return []Weight{
		declare("logit_scale", ClassWeight, []int64{heads.N, 1, 1}, Term{heads}),
		declare("cpb_mlp.0.weight", ClassWeight, []int64{biasWidth, int64(len(sides))}, Term{dimensions(sides)}, hidden),
		declare("cpb_mlp.0.bias", ClassBias, []int64{biasWidth}, hidden),
		declare("cpb_mlp.2.weight", ClassWeight, []int64{heads.N, biasWidth}, hidden, Term{heads}),
		coords, index,
	}
}
