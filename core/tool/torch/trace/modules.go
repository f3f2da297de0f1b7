package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tool/pysource/eval"
)

// importModule returns PyTorch's modules, and those of libraries around it.
func importModule(in *eval.Interp, name string) eval.Value {
	p := programOf(in)
	if m := p.modules[name]; m != nil {
		return m
	}
	var m *eval.Module
	switch name {
	case "torch":
		m = p.torchModule()
	case "torch.nn":
		m = p.nnModule()
	case "torch.nn.functional":
		m = p.functionalModule()
	case "torch.nn.init", "torch.nn.utils", "torch.nn.parallel", "torch.utils.checkpoint",
		"torch.nn.utils.parametrizations",
		"torch.nn.utils.weight_norm":
		m = p.passingModule(name)
	case "torch.utils", "torch.cuda", "torch.backends", "torch.jit", "torch.autograd", "torch.amp", "torch.onnx",
		"torch.fft", "torch.linalg",
		"torch.distributed", "torch.fx", "torch.hub", "torch.optim", "torch.utils.data", "torch.cuda.amp",
		"torch.special":
		m = p.quietModule(name)
	case "torch.nn.modules", "torch.nn.modules.utils", "torch.nn.modules.batchnorm", "torch.nn.modules.conv",
		"torch.nn.parameter",
		"torch.nn.modules.module", "torch.nn.modules.normalization":
		m = p.nnModule()
	case "torchinfo", "torchsummary", "pytorch_model_summary", "torchsummaryX", "torchscan":
		m = eval.NewModule(name, summaryFunction)
	case "thop", "ptflops", "fvcore.nn":
		m = p.profileModule(name)
	case "numpy", "numpy.random":
		m = p.numpy(name)
	case "torchvision", "timm":
		m = p.quietModule(name)
	case "einops", "einops.layers.torch", "einops.layers":
		m = p.einopsModule(name)
	case "pytorch_lightning", "lightning", "lightning.pytorch":
		m = p.lightning(name)
	}
	if m == nil {
		if preludeOf(name) != "" {
			m = p.preludeModule(name)
		}
	}
	if m == nil {
		return nil
	}
	p.modules[name] = m
	return m
}

func (p *Program) nnModule() *eval.Module {
	if m := p.modules["torch.nn"]; m != nil {
		return m
	}
	m := eval.NewModule("torch.nn",
		eval.NewBuiltin("Parameter", "data? requires_grad?", func(in *eval.Interp, v []eval.Value) eval.Value {
			in.Charge(8)
			if eval.IsNone(v[0]) {
				return newParameter(constant(0))
			}
			t := newParameter(tensorOf(in, v[0]))
			t.store.frozen = !truth(in, v[1], true)
			return t
		}))
	m.Attrs.Put("UninitializedParameter", eval.NewRaw("UninitializedParameter", func(in *eval.Interp,
		_ eval.Args) eval.Value {
		return newParameter(constant(0))
	}))
	for _, c := range []*eval.Class{moduleClass, sequentialClass, moduleListClass, moduleDictClass,
		parameterListClass, parameterDictClass} {
		m.Attrs.Put(c.Name, c)
	}
	m.Missing = func(in *eval.Interp, name string) eval.Value {
		switch name {
		case "functional", "init", "utils", "parallel", "modules", "parameter":
			return importModule(in, "torch.nn."+name)
		case "DataParallel", "DistributedDataParallel":
			return eval.NewBuiltin(name, "module *rest **names", func(_ *eval.Interp,
				v []eval.Value) eval.Value {
				return v[0]
			})
		case "_reverse_repeat_tuple", "_pair", "_single", "_triple":
			n := map[string]int{"_single": 1, "_triple": 3}[name]
			return eval.NewBuiltin(name, "x", func(in *eval.Interp, v []eval.Value) eval.Value {
				if _, ok := v[0].(int64); ok {
					return spread(v[0], max(n, 2))
				}
				return v[0]
			})
		}
		if strings.HasSuffix(name, "Loss") || name == "CosineEmbeddingLoss" {
			return lossClass(name)
		}
		if strings.HasPrefix(name, "Transformer") {
			if v, ok := p.prelude().Attrs.Get(name); ok {
				return v
			}
		}
		if c := p.leafClass(name); c != nil {
			return c
		}
		return nil
	}
	return m
}

var lossBase = eval.NewClass("_Loss", moduleClass)

// lossClass is a loss: it has no weights, and its value no shape.
func lossClass(name string) *eval.Class {
	c := eval.NewClass(name, lossBase)
	c.Attrs.Put("__init__", eval.NewRaw("__init__", func(in *eval.Interp, a eval.Args) eval.Value { return nil }))
	c.Attrs.Put("forward", eval.NewRaw("forward", func(*eval.Interp, eval.Args) eval.Value { return constant() }))
	return c
}

func (p *Program) functionalModule() *eval.Module {
	m := eval.NewModule("torch.nn.functional", append(classFunctions(), kernelFunctions()...)...)
	for key, do := range ops {
		name, sig, _ := strings.Cut(key, " ")
		if _, has := m.Attrs.Get(name); !has {
			m.Attrs.Put(name, torchFunction(name, sig, do))
		}
	}
	add := func(f *eval.Builtin) { m.Attrs.Put(f.Name, f) }
	add(eval.NewBuiltin("pad", "input pad mode? value?", func(in *eval.Interp, v []eval.Value) eval.Value {
		mode, _ := v[2].(string)
		return p.pad(tensorOf(in, v[0]), sizes(in, v[1:2]), mode)
	}))
	add(eval.NewBuiltin("normalize", "input **more", func(in *eval.Interp,
		v []eval.Value) eval.Value {
		return p.same(tensorOf(in, v[0]), "normalize")
	}))
	add(eval.NewBuiltin("scaled_dot_product_attention", "q k v **more", func(in *eval.Interp,
		v []eval.Value) eval.Value {
		return p.attend(tensorOf(in, v[0]), tensorOf(in, v[1]), tensorOf(in, v[2]))
	}))
	add(eval.NewBuiltin("one_hot", "input num_classes?", func(in *eval.Interp, v []eval.Value) eval.Value {
		t := tensorOf(in, v[0])
		return p.record("one_hot", nil, t.with(append(append([]int64{}, t.dims...), whole(in, v[1]))), t)
	}))
	add(eval.NewBuiltin("cosine_similarity", "a b dim? eps?", func(in *eval.Interp, v []eval.Value) eval.Value {
		a, b := tensorOf(in, v[0]), tensorOf(in, v[1])
		out := p.broadcast("cosine", a, b)
		at := out.axis(in, v[2], 1)
		n, _ := out.dim(at)
		out.dims = append(out.dims[:at:at], out.dims[at+1:]...)
		if out.batch > at {
			out.batch--
		}
		l, err := layer.CosineKind.With(func(l *layer.Cosine) { l.Dim.N = n })
		if err != nil {
			l = nil
		}
		return p.join("cosine", l, out, a, b)
	}))
	add(eval.NewBuiltin("affine_grid", "theta size **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		t, size := tensorOf(in, v[0]), sizes(in, v[1:2])
		if len(size) < 3 {
			in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(size))
		}
		dims := append(append([]int64{size[0]}, size[2:]...), int64(len(size)-2))
		return p.record("affine_grid", nil, t.with(dims), t)
	}))
	add(eval.NewBuiltin("grid_sample", "input grid **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		t, g := tensorOf(in, v[0]), tensorOf(in, v[1])
		out := t.with(append(append([]int64{}, t.dims[:2]...), g.dims[1:len(g.dims)-1]...))
		return p.record("grid_sample", nil, out, t, g)
	}))
	m.Missing = func(in *eval.Interp, name string) eval.Value {
		if strings.HasSuffix(name, "loss") || strings.Contains(name, "cross_entropy") || name == "kl_div" {
			return eval.NewRaw(name, func(*eval.Interp, eval.Args) eval.Value { return constant() })
		}
		for _, q := range quiet {
			if q == name {
				return quietOp(name)
			}
		}
		return p.unknownFunction("F", name)
	}
	return m
}

func torchFunction(name, sig string, do op) *eval.Builtin {
	return eval.NewBuiltin(name, "input "+sig, func(in *eval.Interp, v []eval.Value) eval.Value {
		return do(programOf(in), tensorOf(in, v[0]), v[1:])
	})
}

// passingModule has functions that return their first argument: initializers, and
// what changes how weights are computed and not how many there are.
func (p *Program) passingModule(name string) *eval.Module {
	m := eval.NewModule(name)
	m.Missing = func(_ *eval.Interp, attr string) eval.Value {
		if strings.HasPrefix(attr, "__") {
			return nil
		}
		if name == "torch.utils.checkpoint" && (attr == "checkpoint" || attr == "checkpoint_sequential") {
			return eval.NewRaw(attr, func(in *eval.Interp, a eval.Args) eval.Value {
				if len(a.Pos) == 0 {
					return nil
				}
				return in.Call(a.Pos[0], eval.Args{Pos: a.Pos[1:]})
			})
		}
		if attr == "calculate_gain" {
			return eval.NewRaw(attr, func(*eval.Interp, eval.Args) eval.Value { return 1.0 })
		}
		if name == "torch.nn.utils" && (attr == "parametrizations" || attr == "rnn" || attr == "weight_norm" && false) {
			return p.passingModule(name + "." + attr)
		}
		if attr == "weight_norm" || attr == "spectral_norm" {
			return eval.NewBuiltin(attr, "module name? *rest **more", func(in *eval.Interp, v []eval.Value) eval.Value {
				p.reweighed(attr, v[0])
				return v[0]
			})
		}
		return eval.NewRaw(attr, func(in *eval.Interp, a eval.Args) eval.Value {
			if len(a.Pos) > 0 {
				return a.Pos[0]
			}
			return nil
		})
	}
	return m
}

// reweighed adds what a reparametrization of a module's weight adds: weight norm a
// length for each output, spectral norm the two vectors of its power iteration.
func (p *Program) reweighed(how string, v eval.Value) {
	o := isModule(v)
	if o == nil {
		return
	}
	w, ok := attr(o, "weight", nil).(*Tensor)
	if !ok || w.store == nil || len(w.dims) == 0 {
		return
	}
	add := func(name string, learned bool, dims ...int64) {
		t := constant(dims...)
		t.store = &storage{dims: t.dims, learned: learned, buffer: !learned}
		o.Attrs.Put(name, t)
	}
	if how == "weight_norm" {
		dims := slices.Repeat([]int64{1}, len(w.dims))
		dims[0] = w.dims[0]
		add("weight_g", true, dims...)
		return
	}
	add("weight_u", false, w.dims[0])
	add("weight_v", false, product(w.dims[1:]))
}

// quietModule has what is around a network: nothing in it matters here, and what its
// functions return is unknown.
func (p *Program) quietModule(name string) *eval.Module {
	m := eval.NewModule(name)
	m.Missing = func(in *eval.Interp, attr string) eval.Value {
		if strings.HasPrefix(attr, "__") {
			return nil
		}
		switch attr {
		case "is_available", "is_initialized", "is_scripting", "is_tracing", "is_autocast_enabled":
			return eval.NewRaw(attr, func(*eval.Interp, eval.Args) eval.Value { return false })
		case "device_count", "get_rank":
			return eval.NewRaw(attr, func(*eval.Interp, eval.Args) eval.Value { return int64(0) })
		case "get_world_size":
			return eval.NewRaw(attr, func(*eval.Interp, eval.Args) eval.Value { return int64(1) })
		case "Variable":
			return passThrough(attr)
		case "script", "script_method", "ignore", "export", "unused", "wrap", "compile":
			return passThrough(attr)
		case "trace":
			return eval.NewBuiltin(attr, "model x **more", func(_ *eval.Interp, v []eval.Value) eval.Value {
				p.hint(v[0], v[1])
				return v[0]
			})
		}
		if name == "torch.onnx" && attr == "export" {
			return eval.NewBuiltin(attr, "model x *rest **more", func(_ *eval.Interp, v []eval.Value) eval.Value {
				p.hint(v[0], v[1])
				return nil
			})
		}
		if name == "torch.hub" && attr == "load" || name == "timm" && attr == "create_model" {
			return eval.NewRaw(attr, func(in *eval.Interp, a eval.Args) eval.Value {
				at := len(a.Pos) - 1 // the repository comes before the name
				if at < 0 || name == "torch.hub" && (at < 1 || !strings.HasPrefix(in.Str(a.Pos[0]), "pytorch/vision")) {
					return &eval.Unknown{Name: name + "." + attr + "()"}
				}
				return p.loaded(name+"."+attr, in.Str(a.Pos[min(at, 1)]), a)
			})
		}
		if inner := importModule(in, name+"."+attr); inner != nil {
			return inner
		}
		return &eval.Unknown{Name: name + "." + attr}
	}
	return m
}

// passThrough is a decorator, or a factory of one.
func passThrough(name string) *eval.Builtin {
	return eval.NewRaw(name, func(in *eval.Interp, a eval.Args) eval.Value {
		if len(a.Pos) > 0 {
			return a.Pos[0]
		}
		return eval.NewBuiltin(name, "f", func(_ *eval.Interp, v []eval.Value) eval.Value { return v[0] })
	})
}

// summaryFunction is that of torchinfo and torchsummary: it states the input.
var summaryFunction = eval.NewBuiltin("summary", "model input_size? input_data? *rest **more", func(in *eval.Interp,
	v []eval.Value) eval.Value {
	p := programOf(in)
	switch x := v[1].(type) {
	case *Tensor:
		p.hint(v[0], x)
	case *eval.Tuple, *eval.List:
		items := in.Items(x)
		if len(items) == 0 {
			return nil
		}
		var all []*Tensor
		if _, ok := items[0].(int64); ok {
			items = []eval.Value{x}
		}
		for _, item := range items {
			if t, ok := item.(*Tensor); ok {
				all = append(all, t)
				continue
			}
			all = append(all, constant(sizes(in, []eval.Value{item})...))
		}
		p.stated(v[0], all)
	}
	if !eval.IsNone(v[2]) {
		p.hint(v[0], v[2])
	}
	return nil
})

func (p *Program) profileModule(name string) *eval.Module {
	m := p.quietModule(name)
	m.Attrs.Put("profile", eval.NewBuiltin("profile", "model inputs? **more", func(_ *eval.Interp,
		v []eval.Value) eval.Value {
		p.hint(v[0], v[1])
		return eval.NewTuple(&eval.Unknown{Name: "macs"}, &eval.Unknown{Name: "params"})
	}))
	m.Attrs.Put("get_model_complexity_info", eval.NewBuiltin("get_model_complexity_info", "model size **more",
		func(in *eval.Interp, v []eval.Value) eval.Value {
			p.stated(v[0], []*Tensor{constant(sizes(in, v[1:2])...)})
			return eval.NewTuple(&eval.Unknown{Name: "macs"}, &eval.Unknown{Name: "params"})
		}))
	return m
}

// lightning has LightningModule, which is a module.
func (p *Program) lightning(name string) *eval.Module {
	m := p.quietModule(name)
	c := eval.NewClass("LightningModule", moduleClass)
	for _, quiet := range []string{"save_hyperparameters", "log", "log_dict", "print", "manual_backward", "freeze",
		"unfreeze"} {
		c.Attrs.Put(quiet, eval.NewRaw(quiet, func(*eval.Interp, eval.Args) eval.Value { return nil }))
	}
	c.Getter("hparams", func(*eval.Interp, eval.Value) eval.Value { return &eval.Unknown{Name: "hparams"} })
	c.Getter("device", func(*eval.Interp, eval.Value) eval.Value { return "cpu" })
	m.Attrs.Put("LightningModule", c)
	return m
}
