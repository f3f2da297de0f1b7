package onnx

import (
	"math"
	"paramstack/core/tool/onnx/onnxpb"
	"slices"
	"strconv"
)

func (c *onnxNet) split(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	sizes, ok := c.intsIn(n, "split", 1)
	if x == nil || x.sample == nil {
		return false
	}
	axis, fits := x.axis(n.Int("axis", 0))
	at, fits2 := x.at(n.Int("axis", 0))
	if !fits || !fits2 {
		return false
	}
	if !ok { // computed while running: as the file says
		sizes = nil
		for _, o := range n.Out {
			told := c.infos[o].Dims
			if axis >= len(told) {
				return false
			}
			sizes = append(sizes, told[axis])
		}
	}
	c.spend(c.constIn(n, 1))
	parts := int64(len(n.Out))
	size := x.sample[at].N
	equal := sizes == nil
	if sizes != nil {
		equal = int64(len(sizes)) == parts && !slices.ContainsFunc(sizes, func(s int64) bool { return s != sizes[0] })
	}
	return c.try(func() bool {
		from := int64(0)
		for i := range n.Out {
			if n.Out[i] == "" {
				continue
			}
			tail := "." + strconv.Itoa(i)
			switch {
			case parts == 1:
				c.tally(c.folded, n.Op)
				c.set(n, 0, x)
			case equal:
				v := c.put(n, made{kind: "chunk", pairs: []string{"chunks", itoa(parts), "part", strconv.Itoa(i), "dim", strconv.Itoa(at + 1)}, in: []*onnxValue{x}, tail: tail})
				if v == nil {
					return false
				}
				c.set(n, i, v)
			case i >= len(sizes) || size < 0 || sizes[i] < 1 || from+sizes[i] > size:
				return false
			case !c.cut(n, i, x, at, from, from+sizes[i], 1, tail):
				return false
			}
			if sizes != nil && i < len(sizes) {
				from += sizes[i]
			}
		}
		return true
	})
}

// cut makes output i the part from up to to of sample dimension at.
func (c *onnxNet) cut(n *onnxpb.Node, i int, x *onnxValue, at int, from, to, step int64, tail string) bool {
	if x.sample == nil {
		return false
	}
	if size := x.sample[at].N; size >= 0 && to >= size || to == math.MaxInt64 {
		to = 0 // up to the end
	}
	if to < 0 && from >= 0 && to+1 == 0 && x.sample[at].N < 0 {
		return false
	}
	if to == 0 && from == 0 && step == 1 {
		c.tally(c.folded, n.Op)
		c.set(n, i, x)
		return true
	}
	v := c.put(n, made{kind: "slice", in: []*onnxValue{x}, tail: tail,
		pairs: []string{"from", itoa(from), "to", itoa(to), "step", itoa(step), "dim", strconv.Itoa(at + 1)}})
	c.set(n, i, v)
	return v != nil
}

func (c *onnxNet) slice(n *onnxpb.Node) bool {
	x := c.live(n, 0)
	starts, ok := c.intsIn(n, "starts", 1)
	ends, ok2 := c.intsIn(n, "ends", 2)
	axes, ok3 := c.intsIn(n, "axes", 3)
	var steps []int64
	ok4 := true
	if n.Has(4) {
		steps, ok4 = c.constIn(n, 4).ints()
	}
	if x == nil || x.sample == nil || !ok || !ok2 || !ok3 || !ok4 || len(starts) != len(ends) {
		return false
	}
	if axes == nil {
		for i := range starts {
			axes = append(axes, int64(i))
		}
	}
	if len(axes) != len(starts) || steps != nil && len(steps) != len(starts) {
		return false
	}
	for i := 1; i < len(n.In); i++ {
		c.spend(c.constIn(n, i))
	}
	return c.try(func() bool {
		v := x
		for i, a := range axes {
			step := int64(1)
			if steps != nil {
				step = steps[i]
			}
			if p, ok := v.axis(a); ok && p == v.batch {
				if first, k := slicePlaces(c.n, starts[i], ends[i], step); k != c.n || first != 0 || step != 1 {
					return false
				}
				continue
			}
			at, ok := v.at(a)
			if !ok || step < 1 {
				return false
			}
			from, to := starts[i], ends[i]
			if n := v.sample[at].N; n >= 0 {
				first, k := slicePlaces(n, from, to, step)
				if k < 1 {
					return false
				}
				from, to = first, min(first+(k-1)*step+1, n)
			}
			part := *n
			part.Out = n.Out[:1]
			tail := ""
			if i > 0 {
				tail = "." + strconv.Itoa(i)
			}
			if !c.cut(&part, 0, v, at, from, to, step, tail) {
				return false
			}
			v = c.values[n.Out[0]]
		}
		if len(axes) == 0 || v == x {
			c.tally(c.folded, n.Op)
			c.set(n, 0, x)
		}
		return true
	})
}
