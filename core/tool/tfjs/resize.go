package tfjs

import (
	"slices"

	"paramstack/core/layer"
)

// pad adds cells; how many follows from the window behind it, which would else lose
// its edge: as many as SAME needs, which gives the size that exporters mean.
func pad(c conversion) bool {
	x, ok := c.live(0)
	s, k := c.Shapes[x.node], c.constant(1)
	if !ok || len(s) < 2 || k == nil {
		return false
	}
	if x, ok = toFirst(c, x); !ok {
		return false
	}
	s = c.Shapes[x.node]
	dims := len(s) - 1
	before, after := make([]int64, dims), make([]int64, dims)
	if len(k.data) == 2*(dims+2) {
		for i := range dims {
			before[i], after[i] = k.data[2*(i+1)], k.data[2*(i+1)+1]
		}
		return c.result(padding(before, after), []value{x})
	}
	if more := channelsJoined(c) - s[0].N; more > 0 && s[0].Known() {
		c.infer()
		before, after = append(before, 0), append([]int64{more}, after...)
		return c.result(padding(before, after), []value{x})
	}
	kernel := windowBehind(c)
	if len(kernel) != dims || slices.Max(kernel) < 2 || slices.Max(kernel) > 1<<10 {
		return false
	}
	for i, n := range kernel {
		before[i] = (n - 1) / 2
		after[i] = n - 1 - before[i]
	}
	c.infer()
	return c.result(padding(before, after), []value{x})
}

// windowBehind returns the kernel of the one operator that takes the output, if that
// pads nothing itself.
func windowBehind(c conversion) []int64 {
	n := c.only(c.name)
	if n == nil || n.text("padding") != "VALID" || len(n.in) == 0 {
		return nil
	}
	if size := n.ints("ksize"); len(size) > 2 {
		return size[1 : len(size)-1]
	}
	if len(n.in) > 1 && (n.op == "Conv2D" || n.op == "DepthwiseConv2dNative" || n.op == "Conv3D") {
		if k := c.values[n.in[1]].fixed; k != nil && len(k.dims) > 2 {
			return k.dims[:len(k.dims)-2]
		}
	}
	return nil
}

// resize stretches a map to a size that is stored, or is that of what it is joined
// with, or of the network's output.
func resize(mode string) operation {
	return func(c conversion) bool {
		x, ok := c.live(0)
		if s := c.Shapes[x.node]; !ok || len(s) != 3 {
			return false
		}
		if x, ok = toFirst(c, x); !ok {
			return false
		}
		s := c.Shapes[x.node]
		to := partner(c)
		if k := c.constant(1); k != nil && len(k.data) == 2 {
			to = k.data
		}
		if len(to) != 2 || to[0] < 1 || to[1] < 1 {
			return false
		}
		return c.result(layerOf(layer.UpsampleKind, func(l *layer.Upsample) {
			l.Mode.Word = mode
			l.Align = layer.Switch(c.attrs["align_corners"].B && mode == "bilinear")
			if s[1].N > 0 && s[2].N > 0 && to[0]%s[1].N == 0 && to[1]%s[2].N == 0 {
				l.Ratio = layer.RealsOf(float64(to[0]/s[1].N), float64(to[1]/s[2].N))
			} else {
				l.Size = layer.ExtentsOf(to...)
			}
		}), []value{x})
	}
}

// partner returns the size of a map that the output meets before its size changes.
func partner(c conversion) []int64 {
	ways, seen := []string{c.name}, map[string]bool{}
	for len(ways) > 0 && len(seen) < 32 {
		name := ways[0]
		ways = ways[1:]
		if d := c.declared[name]; len(d) == 4 && d[1] > 0 && d[2] > 0 {
			return d[1:3]
		}
		for _, n := range c.users[name] {
			if seen[n.name] {
				continue
			}
			seen[n.name] = true
			if joins[n.op] || n.op == "ConcatV2" {
				for _, in := range n.in {
					v := c.values[in]
					if s := c.Shapes[v.node]; v.fixed == nil && in != name && len(s) == 3 && c.first[v.node] &&
						s[1].Known() && s[2].Known() && s[1].N > 1 {
						return []int64{s[1].N, s[2].N}
					}
				}
			}
			keeps := n.text("padding") == "SAME" &&
				!slices.ContainsFunc(n.ints("strides"), func(s int64) bool { return s != 1 }) &&
				(n.op == "Conv2D" || n.op == "DepthwiseConv2dNative")
			if keeps || passing[n.op] || keepsShape[n.op] || joins[n.op] || n.op == "ConcatV2" {
				ways = append(ways, n.name)
			}
		}
	}
	return nil
}
