package trace

import (
	"strings"

	"paramstack/core/tool/pysource/eval"
)

// mapFunctions are functions of maps of features: padding, sizes, patches.
func mapFunctions() {
	define("pad", "x paddings? mode? constant_values? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		pads := v[1]
		if d, ok := v[5].(*eval.Dict); ok && eval.IsNone(pads) {
			pads, _ = d.Get("pad_width")
		}
		return p.padded(tensorArg(p, v[0]), pads, v[2], v[3])
	})
	define("resize resize_bilinear resize_nearest_neighbor resize_images upsample", "images size? *rest **names",
		func(p *Program, v []eval.Value) eval.Value { return p.resized(tensorArg(p, v[0]), v[1], v[3]) })
	define("extract_patches", "images sizes? strides? rates? padding? size? *rest **names", func(p *Program,
		v []eval.Value) eval.Value {
		return p.patches(tensorArg(p, v[0]), v)
	})
	define("space_to_depth depth_to_space", "x block_size? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		x := tensorArg(p, v[0])
		return p.step("ops.SpaceDepth", nil, &Tensor{dtype: x.dtype}, x)
	})
}

// padded adds zeros around a tensor.
func (p *Program) padded(t *Tensor, pads, mode, constant eval.Value) *Tensor {
	all, ok := listItems(pads)
	if !ok || !t.ranked || len(all) != len(t.dims) {
		return p.step("ops.Pad", nil, &Tensor{dtype: t.dtype}, t)
	}
	out := same(t)
	sides := []any{}
	for i, v := range all {
		pair, ok := extents(p.in, v)
		if !ok || len(pair) != 2 {
			return p.step("ops.Pad", nil, &Tensor{dtype: t.dtype}, t)
		}
		if out.dims[i] >= 0 {
			out.dims[i] += pair[0] + pair[1]
		}
		sides = append(sides, []any{pair[0], pair[1]})
	}
	edge := func(i int) bool { pair := sides[i].([]any); return pair[0] == int64(0) && pair[1] == int64(0) }
	word, _ := mode.(string)
	n := len(sides)
	value, isNumber := constant.(float64)
	config := map[string]any{"padding": sides[min(1, n):max(n-1, 1)]}
	if n >= 4 && n <= 5 && edge(0) && edge(n-1) && (word == "" || strings.EqualFold(word, "constant")) {
		if isNumber && value < 0 {
			config["paramstack_low"] = true
		}
		return p.step("ZeroPadding"+string(rune('0'+n-2))+"D", config, out, t)
	}
	return p.step("ops.Pad", nil, out, t)
}

// resized is a map of another size.
func (p *Program) resized(t *Tensor, size, names eval.Value) *Tensor {
	out := same(t)
	dims, ok := extents(p.in, size)
	if !ok || len(dims) != 2 || len(t.dims) != 4 || dims[0] < 0 || dims[1] < 0 {
		if len(out.dims) == 4 {
			out.dims[1], out.dims[2] = unknown, unknown
		}
		return p.step("ops.Resize", nil, out, t)
	}
	out.dims[1], out.dims[2] = dims[0], dims[1]
	config := map[string]any{"height": dims[0], "width": dims[1], "interpolation": "bilinear"}
	if d, ok := names.(*eval.Dict); ok {
		for _, name := range []string{"method", "interpolation"} {
			if m, ok := d.Get(name); ok {
				if s, ok := m.(string); ok {
					config["interpolation"] = s
				}
			}
		}
	}
	return p.step("Resizing", config, out, t)
}

// patches cuts a map into patches, each in a row.
func (p *Program) patches(t *Tensor, v []eval.Value) *Tensor {
	side := func(x eval.Value) (int64, int64) {
		d, ok := extents(p.in, x)
		switch {
		case !ok:
			return unknown, unknown
		case len(d) == 4:
			return d[1], d[2]
		case len(d) == 2:
			return d[0], d[1]
		case len(d) == 1:
			return d[0], d[0]
		}
		return unknown, unknown
	}
	sizes := v[1]
	if eval.IsNone(sizes) {
		sizes = v[5]
	}
	h, w := side(sizes)
	sh, sw := side(v[2])
	if eval.IsNone(v[2]) {
		sh, sw = h, w
	}
	if len(t.dims) != 4 || h <= 0 || w <= 0 || sh <= 0 || sw <= 0 || t.dims[3] < 0 {
		return p.step("ops.ExtractPatches", nil, &Tensor{dtype: t.dtype}, t)
	}
	out := same(t)
	word, _ := v[4].(string)
	for i, k := range [][2]int64{{h, sh}, {w, sw}} {
		switch n := t.dims[i+1]; {
		case n < 0:
		case strings.EqualFold(word, "same"):
			out.dims[i+1] = (n + k[1] - 1) / k[1]
		default:
			out.dims[i+1] = max((n-k[0])/k[1]+1, 0)
		}
	}
	out.dims[3] = product([]int64{h, w, t.dims[3]})
	return p.step("ops.ExtractPatches", nil, out, t)
}

// kernels are the functions of tf.nn that slide over a map: pools are layers, and
// convolutions have their weights as an argument.
func kernels() {
	spatial := func(p *Program, v eval.Value) any {
		d, ok := extents(p.in, v)
		switch {
		case !ok || len(d) == 0:
			return nil
		case len(d) == 4:
			return []any{d[1], d[2]}
		case len(d) == 1:
			return []any{d[0], d[0]}
		}
		return shapeConfig(d)[1:]
	}
	for name, class := range map[string]string{"max_pool": "MaxPooling2D", "max_pool2d": "MaxPooling2D",
		"avg_pool": "AveragePooling2D", "avg_pool2d": "AveragePooling2D", "average_pool": "AveragePooling2D",
		"pool2d": "MaxPooling2D"} {
		define(name, "x ksize? strides? padding? pool_size? *rest **names", func(p *Program, v []eval.Value) eval.Value {
			t := p.tensorOf(v[0])
			if t == nil {
				return &eval.Unknown{Name: name}
			}
			size := v[1]
			if eval.IsNone(size) {
				size = v[4]
			}
			config := map[string]any{}
			for key, x := range map[string]eval.Value{"pool_size": size, "strides": v[2]} {
				if s := spatial(p, x); s != nil && !eval.IsNone(x) {
					config[key] = s
				}
			}
			if s, ok := v[3].(string); ok {
				config["padding"] = strings.ToLower(s)
			}
			return p.apply(&Layer{Class: class, Name: snake(class), Config: config, Learns: true}, []*Tensor{t}, nil)
		})
	}
	define("conv2d convolution conv", "x filters? strides? padding? *rest **names", func(p *Program,
		v []eval.Value) eval.Value {
		t, w := p.tensorOf(v[0]), p.tensorOf(v[1])
		if t == nil || w == nil || len(t.dims) != 4 || len(w.dims) != 4 {
			return &eval.Unknown{Name: "conv2d()"}
		}
		config := map[string]any{"filters": w.dims[3], "kernel_size": []any{w.dims[0], w.dims[1]}, "use_bias": false}
		if s := spatial(p, v[2]); s != nil && !eval.IsNone(v[2]) {
			config["strides"] = s
		}
		if s, ok := v[3].(string); ok {
			config["padding"] = strings.ToLower(s)
		}
		l := &Layer{Class: "Conv2D", Name: "conv2d", Config: config, Learns: true}
		if w.weight != nil { // the weight is the layer's
			l.Name, l.Learns = w.weight.Name, !w.weight.Frozen
			return p.apply(l, []*Tensor{t}, nil)
		}
		return p.apply(l, []*Tensor{t}, nil)
	})
}
