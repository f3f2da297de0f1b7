package count

import (
	"math"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A ReceptiveField is that of one output cell: how many input cells it can see
// along each spatial dimension, how far apart neighbours' fields are, and where
// the first one is centred (Araujo, Norris and Sim, "Computing Receptive
// Fields of Convolutional Neural Networks", Distill 2019).
type ReceptiveField struct {
	Dims  int
	Size  [layer.MaxSpatial]int64
	Jump  [layer.MaxSpatial]int64
	Start [layer.MaxSpatial]float64
	Whole bool // some layer before looks at the whole map at once
	// All are the dimensions along which it sees all of the input, which is Extent long.
	All    [layer.MaxSpatial]bool
	Extent [layer.MaxSpatial]int64
}

// mostField is where sizes stop being tracked.
const mostField = 1 << 50

func entryField(in tensor.Shape) *ReceptiveField {
	f := &ReceptiveField{Dims: min(max(len(in)-1, 0), layer.MaxSpatial)}
	for i := 0; i < f.Dims; i++ {
		f.Size[i], f.Jump[i], f.Start[i], f.Extent[i] = 1, 1, 0.5, in[i+1].N
	}
	return f
}

// through returns the field after a window: r += (k_eff−1)·j, start += ((k_eff−1)/2
// − p)·j, j *= s.
func (f *ReceptiveField) through(w *layer.Window, in tensor.Shape) *ReceptiveField {
	if f == nil || w == nil {
		return f
	}
	g := *f
	if w.Global {
		g.Whole = true
		for i := 0; i < g.Dims && len(in) == g.Dims+1; i++ {
			if !in[i+1].Known() {
				return nil
			}
			g.Size[i] += (in[i+1].N - 1) * g.Jump[i]
		}
	} else {
		if len(w.Dims) != g.Dims {
			return nil
		}
		for i, d := range w.Dims {
			if d.Whole && !g.All[i] {
				if g.Extent[i] < 1 {
					return nil
				}
				g.All[i], g.Size[i], g.Start[i] = true, g.Extent[i], float64(g.Extent[i])/2
			}
			if g.All[i] {
				continue // it cannot see more
			}
			if d.Reach >= mostField/g.Jump[i] || d.Stride >= mostField/g.Jump[i] {
				return nil
			}
			g.Size[i] += (d.Reach - 1) * g.Jump[i]
			g.Start[i] += (float64(d.Reach-1)/2 - float64(d.Pad)) * float64(g.Jump[i])
			g.Jump[i] *= d.Stride
		}
	}
	for i := 0; i < g.Dims; i++ {
		if g.Size[i] < 0 || g.Size[i] > mostField {
			return nil
		}
	}
	return &g
}

// unite widens the field along one dimension to what either of two sees: paths may
// be shifted against each other.
func (f *ReceptiveField) unite(other *ReceptiveField, d int) {
	if other.All[d] {
		f.All[d], f.Size[d], f.Start[d] = true, other.Size[d], other.Start[d]
	} else if !f.All[d] {
		low := min(f.Start[d]-float64(f.Size[d])/2, other.Start[d]-float64(other.Size[d])/2)
		high := max(f.Start[d]+float64(f.Size[d])/2, other.Start[d]+float64(other.Size[d])/2)
		f.Size[d], f.Start[d] = int64(math.Ceil(high-low)), (low+high)/2
	}
	f.Jump[d] = max(f.Jump[d], other.Jump[d])
}

// widest returns the field of a value joined from several.
func widest(fields []*ReceptiveField) *ReceptiveField {
	var g *ReceptiveField
	for i, f := range fields {
		switch {
		case f == nil:
			return nil
		case i == 0:
			c := *f
			g = &c
		case f.Dims != g.Dims:
			return nil
		default:
			for d := 0; d < g.Dims; d++ {
				g.unite(f, d)
			}
			g.Whole = g.Whole || f.Whole
		}
	}
	return g
}

// again returns the field after as many more equal repetitions, given the field before
// and after one: the size grows by the same amount each time while the jump stays.
func (f *ReceptiveField) again(before *ReceptiveField, turns int64) *ReceptiveField {
	if f == nil || before == nil || turns == 0 || f.Dims != before.Dims {
		return f
	}
	g := *f
	for i := 0; i < g.Dims; i++ {
		grow := f.Size[i] - before.Size[i]
		if f.Jump[i] != before.Jump[i] || (grow > 0 && turns > mostField/grow) {
			return nil
		}
		g.Size[i] += grow * turns
		g.Start[i] += (f.Start[i] - before.Start[i]) * float64(turns)
	}
	return &g
}
