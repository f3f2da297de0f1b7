package trace

import (
	"math"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// torchModule is torch.
func (p *Program) torchModule() *eval.Module {
	if m := p.modules["torch"]; m != nil {
		return m
	}
	m := eval.NewModule("torch")
	add := func(f *eval.Builtin) { m.Attrs.Put(f.Name, f) }
	for key, do := range ops {
		name, sig, _ := strings.Cut(key, " ")
		add(torchFunction(name, sig, do))
	}
	for _, f := range classFunctions() {
		if _, has := m.Attrs.Get(f.Name); !has {
			add(f)
		}
	}
	for _, f := range kernelFunctions() {
		add(f)
	}
	for _, name := range quiet {
		if _, has := m.Attrs.Get(name); !has && name != "cuda" && name != "cpu" {
			add(quietOp(name))
		}
	}
	for _, name := range strings.Fields("randn rand zeros ones empty") {
		add(eval.NewBuiltin(name,
			"*size out? dtype? device? requires_grad? names? generator? memory_format? layout? pin_memory?",
			func(in *eval.Interp, v []eval.Value) eval.Value {
				args := rest(v[0])
				if len(args) == 1 && eval.IsNone(args[0]) {
					return constant()
				}
				t := constant(sizes(in, args)...)
				n := elements(in, t.dims)
				if d, ok := v[2].(*dtype); ok {
					t.dtype = d.name
				}
				if n <= 16 && (name == "zeros" || name == "ones") {
					t.data = slices.Repeat([]float64{map[string]float64{"ones": 1}[name]}, int(n))
				}
				return t
			}))
	}
	for _, name := range strings.Fields("zeros_like ones_like empty_like rand_like randn_like full_like randint_like") {
		add(eval.NewBuiltin(name, "input *rest **more", func(in *eval.Interp, v []eval.Value) eval.Value {
			t := tensorOf(in, v[0])
			c := t.with(slices.Clone(t.dims))
			if t.batch >= 0 {
				c.batch, c.lead = t.batch, t.lead
			}
			return c
		}))
	}
	add(eval.NewBuiltin("full", "size value **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		t := constant(sizes(in, v[:1])...)
		elements(in, t.dims)
		if len(t.dims) == 0 || product(t.dims) == 1 {
			t.data = []float64{number(v[1], 0)}
		}
		return t
	}))
	add(eval.NewBuiltin("randint", "low high? size? **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		size := v[2]
		if eval.IsNone(size) {
			if size = v[1]; eval.IsNone(size) {
				if size, _ = v[3].(*eval.Dict).Get("size"); size == nil {
					return constant(1)
				}
			}
		}
		t := constant(sizes(in, []eval.Value{size})...)
		elements(in, t.dims)
		t.dtype = "int64"
		return t
	}))
	add(eval.NewBuiltin("arange", "a b? step? **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		from, to, step := 0.0, number(v[0], 0), number(v[2], 1)
		if !eval.IsNone(v[1]) {
			from, to = to, number(v[1], 0)
		}
		t := counted(in, from, step, (to-from)/step)
		if _, float := v[0].(float64); !float {
			t.dtype = "int64"
		}
		return t
	}))
	add(eval.NewBuiltin("linspace", "a b steps **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		n := whole(in, v[2])
		a, b := number(v[0], 0), number(v[1], 0)
		return counted(in, a, (b-a)/float64(max(n-1, 1)), float64(n))
	}))
	for _, name := range []string{"tensor", "as_tensor", "from_numpy", "FloatTensor", "LongTensor", "IntTensor",
		"Tensor"} {
		add(eval.NewBuiltin(name, "data *size **more", func(in *eval.Interp, v []eval.Value) eval.Value {
			if n, ok := v[0].(int64); ok && (len(rest(v[1])) > 0 || name == "Tensor") {
				t := constant(append([]int64{n}, sizes(in, rest(v[1]))...)...)
				elements(in, t.dims)
				return t
			}
			t := p.literal(v[0])
			if name == "LongTensor" {
				t.dtype = "int64"
			}
			return t
		}))
	}
	m.Attrs.Put("Tensor", tensorClass)
	add(eval.NewBuiltin("eye", "n m? **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		n := whole(in, v[0])
		return constant(n, wholeOr(p, v[1], n))
	}))
	for _, name := range []string{"cat", "concat", "concatenate"} {
		add(eval.NewBuiltin(name, "tensors dim? axis?", func(in *eval.Interp, v []eval.Value) eval.Value {
			if eval.IsNone(v[1]) {
				v[1] = v[2]
			}
			return p.cat(list(in, v[0]), wholeOr(p, v[1], 0))
		}))
	}
	add(eval.NewBuiltin("stack", "tensors dim?", func(in *eval.Interp, v []eval.Value) eval.Value {
		ts := list(in, v[0])
		d := wholeOr(p, v[1], 0)
		for i, t := range ts {
			ts[i] = p.unsqueeze(t, d)
		}
		return p.cat(ts, d)
	}))
	for name, d := range map[string]int64{"hstack": 1, "vstack": 0, "dstack": 2} {
		add(eval.NewBuiltin(name, "tensors", func(in *eval.Interp,
			v []eval.Value) eval.Value {
			return p.cat(list(in, v[0]), d)
		}))
	}
	add(eval.NewBuiltin("einsum", "rule *tensors", func(in *eval.Interp, v []eval.Value) eval.Value {
		all := rest(v[1])
		if len(all) == 1 {
			if _, ok := all[0].(*Tensor); !ok {
				all = in.Items(all[0])
			}
		}
		return p.einsum(in.Str(v[0]), list(in, eval.NewList(all...)))
	}))
	add(eval.NewBuiltin("baddbmm", "input a b **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		return p.elementwise("+", tensorOf(in, v[0]), p.matmul(tensorOf(in, v[1]), tensorOf(in, v[2])))
	}))
	add(eval.NewBuiltin("addmm", "input a b **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		return p.elementwise("+", tensorOf(in, v[0]), p.matmul(tensorOf(in, v[1]), tensorOf(in, v[2])))
	}))
	add(eval.NewBuiltin("outer", "a b", func(in *eval.Interp, v []eval.Value) eval.Value {
		a, b := tensorOf(in, v[0]), tensorOf(in, v[1])
		return p.elementwise("*", p.unsqueeze(a, 1), p.unsqueeze(b, 0))
	}))
	add(eval.NewBuiltin("where", "cond a? b?", func(in *eval.Interp, v []eval.Value) eval.Value {
		a, b := optional(in, v[1]), optional(in, v[2])
		if a == nil || b == nil {
			return p.same(tensorOf(in, v[0]), "")
		}
		return p.elementwise("+", a, b)
	}))
	add(eval.NewBuiltin("meshgrid", "*tensors indexing?", func(in *eval.Interp, v []eval.Value) eval.Value {
		all := rest(v[0])
		if len(all) == 1 {
			if _, ok := all[0].(*Tensor); !ok {
				all = in.Items(all[0])
			}
		}
		var dims []int64
		for _, x := range all {
			dims = append(dims, product(tensorOf(in, x).dims))
		}
		t := eval.NewTuple()
		for range all {
			c := constant(dims...)
			c.dtype = tensorOf(in, all[0]).dtype
			t.Items = append(t.Items, c)
		}
		elements(in, dims)
		return t
	}))
	for _, name := range strings.Fields("no_grad enable_grad inference_mode set_grad_enabled autocast") {
		add(eval.NewRaw(name, func(in *eval.Interp, a eval.Args) eval.Value {
			if len(a.Pos) == 1 {
				if _, ok := a.Pos[0].(*eval.Function); ok {
					return a.Pos[0]
				}
			}
			return noGrad
		}))
	}
	for _, name := range strings.Fields(`manual_seed set_default_dtype set_num_threads
		set_float32_matmul_precision save load seed`) {
		add(eval.NewRaw(name, func(*eval.Interp,
			eval.Args) eval.Value {
			return &eval.Unknown{Name: "torch." + name + "()"}
		}))
	}
	add(passThrough("compile"))
	add(eval.NewRaw("device", func(in *eval.Interp, a eval.Args) eval.Value { return "cpu" }))
	add(eval.NewBuiltin("is_tensor", "x", func(_ *eval.Interp, v []eval.Value) eval.Value {
		_, ok := v[0].(*Tensor)
		return ok
	}))
	add(eval.NewBuiltin("Size", "dims?", func(in *eval.Interp,
		v []eval.Value) eval.Value {
		return eval.Ints(sizes(in, v[:1])...)
	}))
	add(eval.NewBuiltin("broadcast_shapes", "*shapes", func(in *eval.Interp, v []eval.Value) eval.Value {
		out := constant()
		for _, s := range rest(v[0]) {
			out = p.broadcast("broadcast", out, constant(sizes(in, []eval.Value{s})...))
		}
		return eval.Ints(out.dims...)
	}))
	for name, kind := range map[string]string{"float32": "float32", "float": "float32", "float16": "float32",
		"half": "float32", "bfloat16": "float32",
		"float64": "float32", "double": "float32", "int64": "int64", "long": "int64", "int32": "int64",
		"int": "int64", "bool": "bool", "uint8": "int64", "int8": "int64", "complex64": "float32"} {
		m.Attrs.Put(name, &dtype{kind})
	}
	for name, v := range map[string]eval.Value{"pi": 3.141592653589793, "inf": math.Inf(1), "newaxis": nil,
		"strided":       "strided",
		"channels_last": "channels_last", "contiguous_format": "contiguous_format",
		"preserve_format": "preserve_format", "__version__": "2.1.0"} {
		m.Attrs.Put(name, v)
	}
	m.Missing = func(in *eval.Interp, name string) eval.Value {
		switch name {
		case "nn", "utils", "cuda", "backends", "jit", "autograd", "amp", "onnx", "fft", "linalg", "distributed",
			"fx", "hub", "optim", "special":
			return importModule(in, "torch."+name)
		}
		return p.unknownFunction("torch", name)
	}
	return m
}

// unknownFunction is a function that is unknown, and misspelt perhaps.
func (p *Program) unknownFunction(module, name string) eval.Value {
	if strings.HasPrefix(name, "__") {
		return nil
	}
	f := eval.NewRaw(name, func(in *eval.Interp, a eval.Args) eval.Value {
		return p.unknownCall(module+"."+name, a)
	})
	f.Unsure = true
	return f
}

// noGrad is a context that is a decorator too.
var noGrad = eval.NewBuiltin("no_grad", "f?", func(_ *eval.Interp, v []eval.Value) eval.Value {
	if eval.IsNone(v[0]) {
		return nil
	}
	return v[0]
})

// unknownCall is a function that is not known: on the values of a network it is an
// opaque layer, whose output is taken to have the shape of the first.
func (p *Program) unknownCall(name string, a eval.Args) eval.Value {
	var ts []*Tensor
	for _, v := range append(slices.Clone(a.Pos), a.Named...) {
		if t, ok := v.(*Tensor); ok {
			ts = append(ts, t)
		}
	}
	if len(ts) == 0 || !anyLive(ts) || p.rec == nil {
		if len(ts) > 0 {
			return ts[0].with(slices.Clone(ts[0].dims))
		}
		return &eval.Unknown{Name: name + "()"}
	}
	p.rec.strange[name] = true
	return p.record(lastPart(name), nil, ts[0].with(slices.Clone(ts[0].dims)), ts...)
}

// counted returns from, from+step, … n of them.
func counted(in *eval.Interp, from, step, n float64) *Tensor {
	if n != n || n > 1<<31 || n < 0 {
		in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
	}
	count := int64(n)
	if float64(count) < n {
		count++
	}
	t := constant(count)
	if count <= maxData {
		t.data = make([]float64, count)
		for i := range t.data {
			t.data[i] = from + step*float64(i)
		}
	}
	return t
}

// literal is torch.tensor of numbers.
func (p *Program) literal(v eval.Value) *Tensor {
	switch x := v.(type) {
	case *Tensor:
		return x.with(slices.Clone(x.dims))
	case *eval.Unknown:
		return constant(1)
	}
	t := constant()
	t.dtype = "int64"
	var read func(v eval.Value, depth int)
	read = func(v eval.Value, depth int) {
		switch x := v.(type) {
		case *eval.List, *eval.Tuple:
			items := p.in.Items(x)
			if depth == len(t.dims) && len(t.dims) < 16 {
				t.dims = append(t.dims, int64(len(items)))
			}
			for _, item := range items {
				read(item, depth+1)
			}
		case float64:
			t.dtype = "float32"
			t.data = append(t.data, x)
		default:
			t.data = append(t.data, number(x, 0))
		}
	}
	read(v, 0)
	if int64(len(t.data)) != product(t.dims) || len(t.data) > maxData {
		t.data = nil
	}
	return t
}

// list returns the tensors of a list.
func list(in *eval.Interp, v eval.Value) []*Tensor {
	var ts []*Tensor
	for _, x := range in.Items(v) {
		in.Work(eachWork)
		ts = append(ts, tensorOf(in, x))
	}
	return ts
}

// creationOps make other tensors.
var creationOps = map[string]op{
	"new_zeros *dims": made,
	"new_ones *dims":  made,
	"new_empty *dims": made,
	"new_full dims *rest": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return constant(sizes(p.in, v[:1])...)
	},
	"new_tensor data **names": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.literal(v[0]) },
	"polar angle": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		out := p.same(t, "")
		out.dtype = "complex64"
		return out
	},
}

func made(p *Program, t *Tensor, v []eval.Value) eval.Value {
	dims := sizes(p.in, rest(v[0]))
	elements(p.in, dims)
	return p.like(t, dims)
}

// like returns a constant; it has a batch where its first size is that of a value's.
func (p *Program) like(_ *Tensor, dims []int64) *Tensor { return constant(dims...) }
