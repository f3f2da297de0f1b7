package caffe

import (
	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
)

// Parts of a value: slices, chunks and crops.

func writeParts(all map[*layer.Kind]writer) {
	writes(all, layer.SliceKind, func(c *chain, v *layer.Slice) bool {
		at := oplist.Axis(v.Dim.N, len(c.x))
		n := c.x[at-1].N
		place := func(i int64) int64 {
			if i < 0 {
				i += n
			}
			return min(max(i, 0), n)
		}
		to := n
		if v.To.N != 0 {
			to = place(v.To.N)
		}
		return v.Step.N == 1 && c.part(at, n, place(v.From.N), to)
	})
	writes(all, layer.ChunkKind, func(c *chain, v *layer.Chunk) bool {
		at := oplist.Axis(v.Dim.N, len(c.x))
		n := c.x[at-1].N
		size := max((n+v.Chunks.N-1)/v.Chunks.N, 1)
		return c.part(at, n, v.Part.N*size, min((v.Part.N+1)*size, n))
	})
	writes(all, layer.CropKind, func(c *chain, v *layer.Crop) bool {
		for j := range c.x {
			before, after := v.Sides.At(j, len(c.x))
			if n := c.x[j].N; (before != 0 || after != 0) && !c.part(int64(j+1), n, before, n-after) {
				return false
			}
		}
		return c.count > 0 || c.power(1, 0)
	})
}

// part adds a part of one dimension: one top of a Slice, the others silenced.
func (c *chain) part(at, n, from, to int64) bool {
	o := &sliceOptions{axis: at}
	tops, keep := 1, 0
	if from > 0 {
		o.points, keep = append(o.points, from), 1
		tops++
	}
	if to < n {
		o.points = append(o.points, to)
		tops++
	}
	if tops == 1 {
		return c.power(1, 0) // all of it
	}
	c.emit(layer.ChunkKind.Kind(), o)
	node := c.m.nodes[len(c.m.nodes)-1]
	node.tops = nil
	var rest []string
	for i := range tops {
		name := node.name
		if i != keep {
			name = c.m.names.Free(node.name + "_rest")
			rest = append(rest, name)
		}
		node.tops = append(node.tops, name)
	}
	c.cur = rest
	c.emitType("Silence", "")
	c.m.nodes[len(c.m.nodes)-1].tops = nil
	c.cur = []string{node.name}
	return true
}
