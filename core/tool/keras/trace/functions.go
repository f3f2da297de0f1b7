package trace

import (
	"slices"
	"strings"

	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// A function is one of TensorFlow, of keras.ops or of the backend: its parameters, and
// what it does.
type function struct {
	sig string
	do  func(p *Program, v []eval.Value) eval.Value
}

// unary are functions that keep the shape of their first argument, by all their names.
var unary = strings.Fields(`abs square sqrt rsqrt log log1p sign negative neg sin cos exp_m1 floor ceil round clip
	clip_by_value dropout stop_gradient l2_normalize normalize is_nan isnan logical_not erf reciprocal cumsum sort tan
	atan arctan expm1 exp logit digamma lgamma nan_to_num
	local_response_normalization lrn`)

// unchanged are functions whose result has the numbers of their argument.
var unchanged = strings.Fields(`cast identity convert_to_tensor constant_of asarray array check_numerics
	ensure_shape ascontiguousarray to_float cast_to_floatx`)

// functions are by name; several names may have one.
var functions = map[string]function{}

func define(names, sig string, do func(p *Program, v []eval.Value) eval.Value) {
	for name := range strings.FieldsSeq(names) {
		functions[name] = function{sig, do}
	}
}

func init() {
	t := func(p *Program, v eval.Value) *Tensor {
		if x := p.tensorOf(v); x != nil {
			return x
		}
		return &Tensor{dtype: "float32"}
	}
	for _, name := range unary {
		define(name, "x *rest **names", func(p *Program, v []eval.Value) eval.Value {
			return p.pointwise(name, t(p, v[0]))
		})
	}
	for _, name := range unchanged {
		define(name, "x *rest **names", func(p *Program, v []eval.Value) eval.Value {
			if _, ok := listItems(v[0]); ok {
				return t(p, v[0])
			}
			return v[0]
		})
	}
	for name, op := range map[string]string{"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "truediv": "/",
		"pow": "**", "power": "**", "maximum": "maximum", "minimum": "minimum", "bias_add": "+", "sub": "-", "mul": "*",
		"div": "/", "divide_no_nan": "/", "floordiv": "//", "mod": "%", "squared_difference": "SquaredDifference",
		"logical_and": "LogicalAnd", "logical_or": "LogicalOr", "equal": "Equal", "not_equal": "NotEqual",
		"greater": "Greater", "less": "Less", "greater_equal": "GreaterEqual", "less_equal": "LessEqual"} {
		define(name, "a b *rest **names", func(p *Program, v []eval.Value) eval.Value {
			return p.binary(op, t(p, v[0]), t(p, v[1]))
		})
	}
	for name, class := range map[string]string{"mean": "Mean", "max": "Max", "sum": "Sum", "min": "Min", "prod": "Prod",
		"std": "Std", "var": "Variance", "variance": "Variance", "any": "Any", "all": "All", "logsumexp": "LogSumExp",
		"norm": "Norm"} {
		do := func(p *Program, v []eval.Value) eval.Value {
			if n, ok := p.ofNumbers(class, v[0]); ok {
				return n
			}
			keep := v[2]
			if eval.IsNone(keep) {
				keep = v[3]
			}
			return p.reduced(class, t(p, v[0]), v[1], !eval.IsNone(keep) && p.in.Truth(keep))
		}
		sig := "x axis? keepdims? keep_dims? *rest **names"
		define(name+" reduce_"+name, sig, do)
		if name == "norm" {
			define(name, "x ord? axis? keepdims? *rest **names", func(p *Program, v []eval.Value) eval.Value {
				return p.reduced(class, t(p, v[0]), v[2], !eval.IsNone(v[3]) && p.in.Truth(v[3]))
			})
		}
	}
	define("argmax argmin", "x axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.reduced("ArgMax", t(p, v[0]), v[1], false)
	})
	define("reshape", "x shape *rest **names", func(p *Program, v []eval.Value) eval.Value {
		dims, ok := extents(p.in, v[1])
		if !ok {
			return p.step("ops.Reshape", nil, &Tensor{dtype: "float32"}, t(p, v[0]))
		}
		return p.reshape(t(p, v[0]), dims)
	})
	define("transpose permute_dimensions", "x axes? perm? **names", func(p *Program, v []eval.Value) eval.Value {
		axes := v[1]
		if eval.IsNone(axes) {
			axes = v[2]
		}
		var perm []int64
		if all, ok := listItems(axes); ok {
			for _, a := range all {
				n, _ := wholeOf(a)
				perm = append(perm, n)
			}
		}
		return p.transpose(t(p, v[0]), perm)
	})
	define("concat concatenate", "values axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		axis := v[1]
		if eval.IsNone(axis) {
			axis = int64(0)
		}
		return p.concat(p.tensorsAndConstants(v[0]), axis)
	})
	define("stack", "values axis? **names", func(p *Program, v []eval.Value) eval.Value {
		all := p.tensorsAndConstants(v[0])
		if len(all) == 0 || !all[0].ranked {
			return p.step("ops.Stack", nil, &Tensor{dtype: "float32"}, all...)
		}
		at := axisOf(v[1], 0, len(all[0].dims)+1)
		dims := slices.Insert(slices.Clone(all[0].dims), max(at, 0), int64(len(all)))
		return p.step("ops.Stack", nil, ranked(dims), all...)
	})
	define("expand_dims", "x axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.expanded(t(p, v[0]), v[1])
	})
	define("squeeze", "x axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.squeezed(t(p, v[0]), v[1])
	})
	define("split", "x parts? axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		parts := v[1]
		if d, ok := v[4].(*eval.Dict); ok && eval.IsNone(parts) {
			for _, name := range []string{"num_or_size_splits", "indices_or_sections"} {
				if x, ok := d.Get(name); ok {
					parts = x
				}
			}
		}
		return p.split(t(p, v[0]), parts, v[2], 0)
	})
	define("unstack", "x num? axis? **names", func(p *Program, v []eval.Value) eval.Value {
		x := t(p, v[0])
		at := axisOf(v[2], 0, len(x.dims))
		if at < 0 || x.dims[at] < 0 || x.dims[at] > 64 {
			return &eval.Unknown{Name: "unstack()"}
		}
		l := eval.NewList()
		for i := range x.dims[at] {
			key := eval.NewTuple()
			for range at {
				key.Items = append(key.Items, &eval.Slice{})
			}
			l.Items = append(l.Items, x.Item(p.in, eval.NewTuple(append(key.Items, i)...)))
		}
		return l
	})
	define("matmul dot batch_dot", "a b transpose_a? transpose_b? axes? **names", func(p *Program,
		v []eval.Value) eval.Value {
		ta := !eval.IsNone(v[2]) && p.in.Truth(v[2])
		return p.matmul(t(p, v[0]), t(p, v[1]), ta, !eval.IsNone(v[3]) && p.in.Truth(v[3]))
	})
	define("einsum", "rule *rest **names", func(p *Program, v []eval.Value) eval.Value {
		rule, _ := v[0].(string)
		return p.einsum(rule, p.tensorsAndConstants(v[1]))
	})
	define("shape", "x *rest **names", func(p *Program, v []eval.Value) eval.Value {
		if x := t(p, v[0]); x.ranked {
			return dynamic(x.dims)
		}
		return &eval.Unknown{Name: "shape()"}
	})
	define("int_shape", "x", func(p *Program, v []eval.Value) eval.Value { return shapeValue(t(p, v[0]).dims) })
	define("rank ndim", "x", func(p *Program, v []eval.Value) eval.Value { return int64(len(t(p, v[0]).dims)) })
	define("flatten batch_flatten", "x", func(p *Program, v []eval.Value) eval.Value {
		return p.reshape(t(p, v[0]), []int64{unknown, unknown})
	})
	define("zeros ones random_normal random_uniform truncated_normal empty randn rand random_sample normal uniform",
		"shape? *rest **names", func(p *Program, v []eval.Value) eval.Value { return p.filled(v[0], v[1], v[2]) })
	define("fill full", "shape value? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.filled(v[0], eval.NewTuple(), v[3])
	})
	define("zeros_like ones_like", "x *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return same(t(p, v[0]))
	})
	define("range arange", "start limit? delta? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		limits := eval.NewTuple()
		for _, x := range append([]eval.Value{v[0]}, named(v[1:3], v[4], "start", "limit", "stop", "delta", "step")...) {
			if !eval.IsNone(x) {
				limits.Items = append(limits.Items, x)
			}
		}
		out := ranked([]int64{unknown})
		out.dtype = "int32"
		n := make([]int64, len(limits.Items))
		for i, x := range limits.Items {
			var ok bool
			if n[i], ok = wholeOf(x); !ok {
				return out
			}
		}
		switch len(n) {
		case 1:
			out.dims[0] = max(n[0], 0)
		case 2:
			out.dims[0] = max(n[1]-n[0], 0)
		case 3:
			if n[2] > 0 {
				out.dims[0] = max((n[1]-n[0]+n[2]-1)/n[2], 0)
			}
		}
		return out
	})
	define("broadcast_to tile repeat repeat_elements", "x shape? axis? *rest **names", func(p *Program,
		v []eval.Value) eval.Value {
		return p.widened(t(p, v[0]), v[1], v[2])
	})
	define("pad", "x paddings? mode? constant_values? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		pads := v[1]
		if d, ok := v[5].(*eval.Dict); ok && eval.IsNone(pads) {
			pads, _ = d.Get("pad_width")
		}
		return p.padded(t(p, v[0]), pads, v[2], v[3])
	})
	define("gather take embedding_lookup", "params indices? *rest **names", func(p *Program,
		v []eval.Value) eval.Value {
		x, i := t(p, v[0]), t(p, v[1])
		if !x.ranked || !i.ranked || len(x.dims) == 0 {
			return p.step("ops.Gather", nil, &Tensor{dtype: "float32"}, x, i)
		}
		return p.step("ops.Gather", nil, ranked(slices.Concat(i.dims, x.dims[1:])), x, i)
	})
	define("one_hot", "x depth? num_classes? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		x := t(p, v[0])
		n, ok := wholeOf(v[1])
		if !ok {
			n, _ = wholeOf(v[2])
		}
		return p.step("ops.OneHot", nil, &Tensor{dims: append(slices.Clone(x.dims), n), ranked: x.ranked}, x)
	})
	define("where select", "c a? b?", func(p *Program, v []eval.Value) eval.Value {
		if eval.IsNone(v[1]) {
			return &eval.Unknown{Name: "where()"}
		}
		return p.binary("Where", t(p, v[1]), t(p, v[2]))
	})
	define("resize resize_bilinear resize_nearest_neighbor resize_images upsample", "images size? *rest **names",
		func(p *Program, v []eval.Value) eval.Value { return p.resized(t(p, v[0]), v[1], v[3]) })
	define("extract_patches", "images sizes? strides? rates? padding? size? *rest **names", func(p *Program,
		v []eval.Value) eval.Value {
		return p.patches(t(p, v[0]), v)
	})
	kernels()
	define("space_to_depth depth_to_space", "x block_size? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		x := t(p, v[0])
		return p.step("ops.SpaceDepth", nil, &Tensor{dtype: x.dtype}, x)
	})
	define("softmax log_softmax", "x axis? *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return p.activated("softmax", t(p, v[0]))
	})
	define("map_fn vectorized_map scan", "f x *rest **names", func(p *Program, v []eval.Value) eval.Value {
		return &eval.Unknown{Name: "map_fn()"}
	})
}

// ofNumbers reduces a list of whole numbers, such as a shape; false if it is none.
func (p *Program) ofNumbers(class string, v eval.Value) (eval.Value, bool) {
	items, ok := listItems(v)
	op := map[string]string{"Prod": "*", "Sum": "+"}[class]
	if !ok || op == "" || len(items) == 0 {
		return nil, false
	}
	out := items[0]
	for i, item := range items {
		if _, whole := wholeOf(item); !whole {
			return nil, false
		}
		if i > 0 {
			out = p.in.Binary(op, out, item)
		}
	}
	return out, true
}

// named fills what is absent by names.
func named(v []eval.Value, more eval.Value, names ...string) []eval.Value {
	all := slices.Clone(v)
	if d, ok := more.(*eval.Dict); ok {
		for _, name := range names {
			if x, ok := d.Get(name); ok && name != "dtype" {
				all = append(all, x)
			}
		}
	}
	return all
}

// tensorsAndConstants lists tensors, and the numbers among them.
func (p *Program) tensorsAndConstants(v eval.Value) []*Tensor {
	var all []*Tensor
	items, ok := listItems(v)
	if !ok {
		items = []eval.Value{v}
	}
	for _, item := range items {
		if t := p.tensorOf(item); t != nil {
			all = append(all, t)
		}
	}
	return all
}

// filled is a tensor of a shape, whose numbers do not matter: a list of extents, or
// those one by one.
func (p *Program) filled(shape, rest, names eval.Value) *Tensor {
	if d, ok := names.(*eval.Dict); ok {
		for _, name := range []string{"shape", "size"} {
			if s, ok := d.Get(name); ok {
				shape = s
			}
		}
	}
	if n, ok := shape.(int64); ok {
		all := []eval.Value{n}
		if more, ok := rest.(*eval.Tuple); ok {
			for _, x := range more.Items {
				if k, ok := x.(int64); ok {
					all = append(all, k)
				}
			}
		}
		shape = eval.NewTuple(all...)
	}
	if dims, ok := extents(p.in, shape); ok {
		return ranked(dims)
	}
	return &Tensor{dtype: "float32"}
}

// widened repeats a tensor along its dimensions: one that has no batch gets one.
func (p *Program) widened(t *Tensor, by, axis eval.Value) *Tensor {
	if all, ok := listItems(by); ok && t.ranked {
		dims := make([]int64, len(all))
		for i, v := range all {
			n, ok := wholeOf(v)
			if !ok {
				n = unknown
			}
			dims[i] = n
		}
		if len(dims) < len(t.dims) {
			return p.step("ops.Tile", nil, &Tensor{dtype: t.dtype}, t)
		}
		extra := len(dims) - len(t.dims)
		for i, d := range t.dims { // tile counts times, broadcast_to states the extents
			switch {
			case dims[extra+i] < 0:
			case d >= 0 && d != dims[extra+i] && dims[extra+i] == 1:
				dims[extra+i] = d
			}
		}
		if !t.live() {
			c := *t
			c.dims = dims
			return &c
		}
		return p.step("ops.BroadcastTo", nil, ranked(dims), t)
	}
	if !t.live() && axisOf(axis, 0, max(len(t.dims), 1)) == 0 && t.ranked && len(t.dims) > 0 {
		c := *t
		c.dims = slices.Clone(t.dims)
		c.dims[0] = unknown
		return &c
	}
	out := &Tensor{dtype: t.dtype}
	n, ok := wholeOf(by)
	if at := axisOf(axis, 0, max(len(t.dims), 1)); t.ranked && ok && at >= 0 && len(t.dims) > 0 {
		out = same(t)
		if out.dims[at] >= 0 && n >= 0 {
			out.dims[at] = product([]int64{out.dims[at], n})
		}
	}
	return p.step("ops.Repeat", nil, out, t)
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

// functionOf returns a function by its name, nil if there is none.
func functionOf(name string) *eval.Builtin {
	if f, ok := functions[name]; ok {
		return eval.NewBuiltin(name, f.sig, func(in *eval.Interp, v []eval.Value) eval.Value {
			return f.do(programOf(in), v)
		})
	}
	if vocab.KerasFunction(functionName(name)) != nil {
		return eval.NewBuiltin(name, "x *rest **names", func(in *eval.Interp, v []eval.Value) eval.Value {
			p := programOf(in)
			t := p.tensorOf(v[0])
			if t == nil {
				return &eval.Unknown{Name: name}
			}
			return p.activated(name, t)
		})
	}
	return nil
}

// tensorMethods adds what tensors and arrays do.
func tensorMethods() {
	tensorClass.Getter("shape", func(_ *eval.Interp, v eval.Value) eval.Value {
		if t := v.(*Tensor); t.ranked {
			return shapeValue(t.dims)
		}
		return &eval.Unknown{Name: "shape"}
	})
	tensorClass.Getter("dtype", func(_ *eval.Interp, v eval.Value) eval.Value { return v.(*Tensor).dtype })
	tensorClass.Getter("ndim", func(_ *eval.Interp, v eval.Value) eval.Value { return int64(len(v.(*Tensor).dims)) })
	tensorClass.Getter("T", func(in *eval.Interp, v eval.Value) eval.Value {
		return programOf(in).transpose(v.(*Tensor), nil)
	})
	tensorClass.Getter("size", func(_ *eval.Interp, v eval.Value) eval.Value { return product(v.(*Tensor).dims) })
	tensorClass.Method("get_shape", "", func(in *eval.Interp, v []eval.Value) eval.Value {
		return in.GetAttr(v[0], "shape")
	})
	for _, name := range []string{"astype", "copy", "numpy", "assign", "assign_add", "assign_sub", "read_value",
		"set_shape", "take", "batch", "shuffle", "fillna"} {
		tensorClass.Method(name, "*rest **names", func(_ *eval.Interp, v []eval.Value) eval.Value { return v[0] })
	}
	for _, name := range []string{"max", "min", "mean", "sum", "std", "argmax", "item", "tolist"} {
		tensorClass.Method(name, "*rest **names", func(_ *eval.Interp, _ []eval.Value) eval.Value {
			return &eval.Unknown{Name: name + "()"}
		})
	}
	tensorClass.Method("reshape", "*dims **names", func(in *eval.Interp, v []eval.Value) eval.Value {
		items := v[1].(*eval.Tuple)
		var to eval.Value = items
		if len(items.Items) == 1 {
			to = items.Items[0]
		}
		dims, ok := extents(in, to)
		if !ok {
			return &eval.Unknown{Name: "reshape()"}
		}
		return programOf(in).reshape(v[0].(*Tensor), dims)
	})
	tensorClass.Method("flatten", "", func(in *eval.Interp, v []eval.Value) eval.Value {
		return programOf(in).reshape(v[0].(*Tensor), []int64{unknown})
	})
	tensorClass.Method("transpose", "*axes", func(in *eval.Interp, v []eval.Value) eval.Value {
		items := v[1].(*eval.Tuple).Items
		if len(items) == 1 {
			if all, ok := listItems(items[0]); ok {
				items = all
			}
		}
		var perm []int64
		for _, a := range items {
			n, _ := wholeOf(a)
			perm = append(perm, n)
		}
		return programOf(in).transpose(v[0].(*Tensor), perm)
	})
}
