package picture

import (
	"cmp"
	"math"

	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A matrix is one tensor of weights as an area: cols wide and rows high, one
// parameter a unit.
type matrix struct {
	key        string
	row        *count.Row
	family     layer.Group
	cols, rows float64
	n          num.Int
	groups     int  // blocks on the diagonal of the ungrouped matrix; 1 for the whole
	comb       bool // more groups than are drawn as blocks
	shared     bool // another layer's, where it is counted
	unknown    bool
	highest    float64 // that it is drawn, in units; 0 for tallest
}

// matricesOf returns the tensors of a layer that count as parameters.
func matricesOf(l placed, style count.Style) []matrix {
	var all []matrix
	for i := range l.row.Weights {
		w := &l.row.Weights[i]
		if !style.Counts(w) {
			continue
		}
		m := matrixOf(w)
		m.key, m.row, m.family = l.key, l.row, l.row.Kind().Group
		all = append(all, m)
	}
	if len(l.row.Weights) == 0 && ownOf(l.row).ParamsAtLeast {
		all = append(all, matrix{key: l.key, row: l.row, family: l.row.Kind().Group, unknown: true,
			cols: 1, rows: 1, groups: 1})
	}
	return all
}

// matrixOf lays a tensor out: as high as the layer has outputs, as wide as each of
// them has weights.
func matrixOf(w *layer.Weight) matrix {
	m := matrix{cols: 1, rows: 1, groups: 1, shared: w.Shared()}
	n, ok := w.Count()
	if !ok {
		m.unknown = true
		return m
	}
	m.n = n
	groups, outputs, last := int64(1), 0, 1.0
	for i := range w.Factors {
		f := &w.Factors[i]
		n := float64(f.N)
		switch f.Role {
		case layer.RoleLanes:
			groups = f.N
			continue
		case layer.RoleOut, layer.RoleBias, layer.RoleChannels:
			m.rows *= n
			outputs++
		default:
			m.cols *= n
		}
		last = n
	}
	if outputs != 1 && len(w.Factors) > 1 {
		// A table, or a matrix between equals: its last extent is how high it is.
		m.cols, m.rows = m.cols*m.rows/max(last, 1), last
	}
	switch {
	case groups > 1 && groups <= MaxTowers && m.cols > 1:
		m.groups = int(groups)
	case groups > 1:
		m.rows *= float64(groups)
		m.comb = true
	}
	return m
}

// The sides of areas.
const (
	largestSide = 200.0 // of the square that the largest layer would be
	tallest     = 300.0 // a higher area is laid out wider, a wider one higher:
	widest      = 600.0 // as many units, so the number is still the area
	unknownArea = 24.0
	apart       = 2.0 // units between the areas of one layer
)

// size returns the sides of a matrix at a scale.
func (m *matrix) size(scale float64) (w, h float64) {
	if m.unknown {
		return unknownArea, unknownArea
	}
	w, h = m.cols*scale, m.rows*scale
	if m.groups > 1 {
		return w * float64(m.groups), h * float64(m.groups)
	}
	if n := math.Ceil(h / cmp.Or(m.highest, tallest)); n > 1 {
		w, h = w*n, h/n
	}
	if n := math.Ceil(w / widest); n > 1 {
		w, h = w/n, h*n
	}
	return w, h
}

// An area is what a column shows in the weights panel: matrices with their places.
type area struct {
	matrices []matrix
	at       []Point
	w, h     float64
}

// mostAreas is how many areas a column shows one by one.
const mostAreas = 48

// areaOf arranges the weights of a column's layers at a scale: those of a layer in a
// line, those of a block in lines like words, so many times wider than a square.
func areaOf(c *column, all []matrix, scale, wide float64) area {
	a := area{matrices: all, at: make([]Point, len(all))}
	limit := math.Inf(1)
	if c.folded > 0 {
		total, most := 0.0, 0.0
		for i := range all {
			w, h := all[i].size(scale)
			total += (w + apart) * (h + apart)
			most = max(most, w)
		}
		limit = max(math.Sqrt(total)*1.15*wide, most)
	}
	x, y, line := 0.0, 0.0, 0.0
	for i := range all {
		w, h := all[i].size(scale)
		if x > 0 && x+w > limit+0.01 {
			x, y, line = 0, y+line+apart, 0
		}
		a.at[i] = Point{x, y}
		a.w, line = max(a.w, x+w), max(line, h)
		x += w + apart
	}
	a.h = y + line
	return a
}

// lump adds up what a block has too many areas of to show one by one: first its
// vectors, then, if there are still too many, everything.
func lump(c *column, all []matrix) []matrix {
	if c.folded == 0 {
		return all
	}
	kept := all[:0:0]
	var vectors num.Int
	family := c.family
	for _, m := range all {
		if m.cols == 1 && !m.shared && !m.unknown {
			vectors = vectors.Add(m.n)
			if m.family == layer.GroupNorm {
				family = m.family // norms have as many as biases, or more
			}
			continue
		}
		kept = append(kept, m)
	}
	if len(kept) > mostAreas {
		var rest num.Int
		for _, m := range kept[mostAreas-1:] {
			if !m.shared {
				rest = rest.Add(m.n)
			}
		}
		kept = append(kept[:mostAreas-1:mostAreas-1], square(c, rest, c.family))
	}
	if !vectors.IsZero() {
		kept = append(kept, square(c, vectors, family))
	}
	return kept
}

func square(c *column, n num.Int, family layer.Group) matrix {
	side := math.Sqrt(n.Float())
	return matrix{key: c.key, row: c.row, family: family, cols: side, rows: side, n: n, groups: 1}
}
