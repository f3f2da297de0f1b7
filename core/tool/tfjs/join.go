package tfjs

import (
	"slices"
	"strconv"

	"paramstack/core/layer"
	"paramstack/core/tool/graph"
)

func (c conversion) put(node string, first bool) { graph.Put(&c.Builder, c.first, node, first) }

func (c conversion) assign(name string, v value) { graph.Put(&c.Builder, c.values, name, v) }

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// shortest returns a number of 32 bits with as few digits as determine it.
func shortest(v float64) float64 {
	x, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', -1, 32), 64)
	if err != nil {
		return v
	}
	return x
}

// sample returns the extents of a constant as they meet a value's sample, aligned at
// the file's last axis.
func (c conversion) sample(k *constant, x value) ([]int64, bool) {
	s := c.Shapes[x.node]
	dims := slices.Clone(k.dims)
	if len(dims) == len(s)+1 && dims[0] == 1 {
		dims = dims[1:]
	}
	if len(dims) > len(s) || len(s) == 0 {
		return nil, false
	}
	dims = append(slices.Repeat([]int64{1}, len(s)-len(dims)), dims...)
	if c.first[x.node] {
		dims = append(dims[len(dims)-1:], dims[:len(dims)-1]...)
	}
	return dims, true
}

// joined is an operator that joins its inputs value by value. A single number that
// is stored changes nothing that counts.
func joined(kind layer.Typed[*layer.Elementwise]) operation {
	return func(c conversion) bool {
		var in []value
		fixed := -1
		for i := range c.node.in {
			v, ok := c.in(i)
			if !ok {
				return false
			}
			if v.fixed != nil {
				if fixed >= 0 {
					return false
				}
				fixed = i
			}
			in = append(in, v)
		}
		switch {
		case fixed >= 0 && len(in) == 2:
			return withStored(c, kind, in, fixed)
		case fixed >= 0 || len(in) == 0:
			return false
		case len(in) == 1:
			return c.leaveOut(in[0])
		}
		in, ok := c.alongside(in)
		return ok && c.result(kind.New(), in)
	}
}

// divided is a product where it divides by what is stored, since that is kept as one.
func divided(c conversion) bool {
	_, ok := c.live(0)
	return ok && c.constant(1) != nil && joined(layer.MulKind)(c)
}

// alongside gives values their channels at one place; false if their ranks differ.
func (c conversion) alongside(in []value) ([]value, bool) {
	first := false
	for _, v := range in {
		if len(c.Shapes[v.node]) != len(c.Shapes[in[0].node]) {
			return nil, false
		}
		first = first || c.first[v.node]
	}
	out := slices.Clone(in)
	for i := range out {
		if c.Shapes[out[i].node] == nil || !first {
			continue
		}
		var ok bool
		if out[i], ok = toFirst(c, out[i]); !ok {
			return nil, false
		}
	}
	return out, true
}

// withStored joins a value with a stored one: one number for each channel is a layer
// of its own if it multiplies, else a parameter.
func withStored(c conversion, kind layer.Typed[*layer.Elementwise], in []value, fixed int) bool {
	x, k := in[1-fixed], in[fixed].fixed
	learned := slices.ContainsFunc(k.roots, func(r *stored) bool { return r.float && !r.single() })
	if !learned {
		return c.leaveOut(x)
	}
	dims, ok := c.sample(k, x)
	if !k.whole() || !ok {
		return false
	}
	s := c.Shapes[x.node]
	if channels := k.dims[len(k.dims)-1]; kind == layer.MulKind {
		at, over := len(s)-1, "last"
		if c.first[x.node] {
			at, over = 0, "channels"
		}
		if n, _ := k.roots[0].elements().Int64(); n == channels && n == s[at].N {
			of := []*constant{k}
			add, b := biasBehind(c, channels)
			if add != nil {
				of = append(of, b)
			}
			return c.result(layerOf(layer.LayerScaleKind, func(l *layer.LayerScale) {
				l.Over.Word, l.Bias = over, layer.Switch(add != nil)
			}), []value{x}, of...) && absorb(c, add)
		}
	}
	param := layerOf(layer.ParamKind, func(l *layer.Param) { l.Shape = layer.ExtentsOf(dims...) })
	if param == nil {
		return false
	}
	var others []*constant
	others = append(others, k)
	p, ok := c.push(graph.Node{Name: c.name + "/stored", Layer: param}, others, c.first[x.node])
	if !ok {
		return false
	}
	in = slices.Clone(in)
	in[fixed] = p
	v, ok := c.emit(kind.New(), in)
	return ok && c.bind(ordered(c, v, c.first[x.node]))
}

// concat lays values side by side: along the axis where they differ, else along the
// channels.
func concat(c conversion) bool {
	n, at := len(c.node.in)-1, len(c.node.in)-1
	from := 0
	if c.op == "Concat" {
		at, from = 0, 1
	}
	if n < 1 {
		return false
	}
	var in []value
	for i := from; i < from+n; i++ {
		v, ok := c.live(i)
		if !ok {
			return false
		}
		in = append(in, v)
	}
	if len(in) == 1 {
		return c.leaveOut(in[0])
	}
	in, ok := c.alongside(in)
	if !ok || c.Shapes[in[0].node] == nil {
		return false
	}
	dim, differ := differing(c, in)
	switch axis := c.constant(at); {
	case axis != nil && len(axis.data) == 1:
		a := axis.data[0]
		if a < 0 {
			a += int64(len(c.Shapes[in[0].node])) + 1
		}
		if dim, ok = place(c, in[0], a); !ok {
			return false
		}
	case differ > 1:
		return false
	case differ == 0:
		if dim = len(c.Shapes[in[0].node]) - 1; c.first[in[0].node] {
			dim = 0
		}
		if dim > 0 || len(c.Shapes[in[0].node]) > 1 {
			c.infer()
		}
	}
	return c.result(layerOf(layer.ConcatKind, func(l *layer.Concat) { l.Dim.N = int64(dim + 1) }), in)
}

// differing returns the dimension where values are not equally large, and how many
// such dimensions there are.
func differing(c conversion, in []value) (dim, n int) {
	for i, d := range c.Shapes[in[0].node] {
		for _, v := range in[1:] {
			if o := c.Shapes[v.node][i]; d.Known() && o.Known() && d.N != o.N {
				dim, n = i, n+1
				break
			}
		}
	}
	return dim, n
}

// reducing makes one value of all along some axes: of a map or a sequence, all
// positions; else what the number of axes leaves.
func reducing(kind layer.Typed[*layer.Reduce]) operation {
	return func(c conversion) bool {
		x, ok := c.live(0)
		s, k := c.Shapes[x.node], c.constant(1)
		if !ok || len(s) == 0 || k == nil || len(k.dims) > 1 {
			return false
		}
		axes, keep, first := int64(1), c.attrs["keep_dims"].B || c.attrs["keepdims"].B, c.first[x.node]
		if len(k.dims) == 1 {
			axes = k.dims[0]
		}
		var dims []int64
		switch {
		case k.data != nil:
			for _, a := range k.data {
				if a < 0 {
					a += int64(len(s)) + 1
				}
				at, ok := place(c, x, a)
				if !ok {
					return false
				}
				dims = append(dims, int64(at+1))
			}
		case first && axes == int64(len(s))-1 && axes > 1:
			for i := range axes {
				dims = append(dims, i+2)
			}
		case len(s) == 2 && axes == 1 && !keep:
			c.infer()
			if dims = []int64{1}; first {
				dims = []int64{2}
			}
		case axes == 1 && keep: // what normalises the features
			c.infer()
			if dims = []int64{int64(len(s))}; first {
				dims = []int64{1}
			}
		default:
			return false
		}
		if len(dims) == len(s) && !keep {
			return false
		}
		slices.Sort(dims)
		pooled := first && len(dims) == len(s)-1 && dims[0] == 2
		var v value
		switch {
		case pooled && kind == layer.MeanKind:
			v, ok = c.emit(layer.GlobalAvgPoolKind.New(), []value{x})
		case pooled && kind == layer.AmaxKind:
			v, ok = c.emit(layer.GlobalMaxPoolKind.New(), []value{x})
		default:
			v, ok = c.emit(layerOf(kind, func(l *layer.Reduce) {
				l.Dims, l.Keep = layer.WholesOf(dims...),
					layer.Switch(keep)
			}), []value{x})
			return ok && c.bind(ordered(c, v, first && (keep || dims[0] != 1)))
		}
		if ok && !keep {
			v, ok = c.emit(layer.FlattenKind.New(), []value{v})
		}
		return ok && c.bind(ordered(c, v, keep))
	}
}
