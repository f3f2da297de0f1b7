package trace

import (
	"slices"
	"strings"

	"paramstack/core/tool/pysource/eval"
)

// place returns where in Keras a module is: "" of keras itself, layers, backend. Of
// Keras 1 and 2 the layers are in modules of their own too.
func place(name string) (at string, ok bool) {
	name = strings.TrimPrefix(name, "tensorflow.python.")
	for _, own := range []string{"tensorflow.compat.v1.keras", "tensorflow.compat.v2.keras", "tensorflow.contrib.keras",
		"tensorflow.keras", "tf_keras", "keras"} {
		if rest, found := strings.CutPrefix(name, own); found && (rest == "" || rest[0] == '.') {
			at = strings.TrimPrefix(rest, ".")
			at = strings.TrimPrefix(strings.TrimPrefix(at, "api."), "src.")
			at = strings.TrimPrefix(strings.TrimPrefix(at, "_v2.keras."), "python.keras.")
			return strings.TrimPrefix(at, "preprocessing_experimental."), true
		}
	}
	return "", false
}

// importModule returns the modules of Keras and TensorFlow.
func importModule(in *eval.Interp, name string) eval.Value {
	p := programOf(in)
	if m := p.modules[name]; m != nil {
		return m
	}
	var m *eval.Module
	if at, ok := place(name); ok {
		m = p.kerasModule(name, at)
	} else {
		switch name {
		case "tensorflow", "tensorflow.compat.v1", "tensorflow.compat.v2":
			m = p.tensorflow(name)
		case "tensorflow.nn", "tensorflow.math", "tensorflow.linalg", "tensorflow.image", "tensorflow.random":
			m = p.functionModule(name)
		case "numpy":
			if p.numpy {
				return nil
			}
			m = p.numpyModule()
		}
	}
	if m == nil {
		return nil
	}
	p.modules[name] = m
	return m
}

// kerasModule is a module of Keras by its place.
func (p *Program) kerasModule(name, at string) *eval.Module {
	top, rest, _ := strings.Cut(at, ".")
	switch top {
	case "":
		m := p.quiet(name)
		m.Attrs.Put("Model", modelClass)
		m.Attrs.Put("Sequential", seqClass)
		m.Attrs.Put("Layer", layerClass)
		m.Attrs.Put("Input", inputFunction)
		m.Attrs.Put("Variable", variableFunction)
		m.Attrs.Put("KerasTensor", tensorClass)
		m.Attrs.Put("__version__", "3.5.0")
		return m
	case "models", "engine", "legacy":
		m := p.layersModule(name)
		for _, f := range []string{"clone_model"} {
			m.Attrs.Put(f, eval.NewBuiltin(f, "model *rest **names", func(in *eval.Interp, v []eval.Value) eval.Value {
				return in.Copy(v[0], true)
			}))
		}
		for _, f := range []string{"load_model", "model_from_json"} {
			m.Attrs.Put(f, eval.NewRaw(f, func(*eval.Interp, eval.Args) eval.Value { return &eval.Unknown{Name: f + "()"} }))
		}
		return m
	case "layers":
		return p.layersModule(name)
	case "backend", "ops", "activations":
		return p.functionModule(name)
	case "applications":
		if rest == "" || !strings.Contains(rest, ".") {
			return p.applications(name)
		}
	case "datasets":
		if rest != "" {
			return p.dataset(name, rest)
		}
	}
	if !around[at] {
		return nil
	}
	return p.quiet(name)
}

// around are the modules of Keras in which there is no layer.
var around = func() map[string]bool {
	all := map[string]bool{}
	for at := range strings.FieldsSeq(`utils utils.np_utils utils.vis_utils utils.data_utils utils.generic_utils optimizers
		optimizers.schedules optimizers.legacy losses metrics callbacks preprocessing preprocessing.image
		preprocessing.sequence preprocessing.text regularizers initializers constraints datasets wrappers saving random
		mixed_precision experimental estimator distribute objectives datasets.imdb datasets.reuters
		datasets.boston_housing datasets.california_housing applications.imagenet_utils visualize_util`) {
		all[at] = true
	}
	return all
}()

// quiet is a module around a network: of what is in it nothing matters here but other
// modules.
func (p *Program) quiet(name string) *eval.Module {
	m := eval.NewModule(name)
	m.Missing = func(in *eval.Interp, attr string) eval.Value {
		if strings.HasPrefix(attr, "__") {
			return nil
		}
		if at, _ := place(name); at == "" || name == "tensorflow" {
			switch attr {
			case "layers", "models", "backend", "ops", "activations", "applications", "datasets", "utils", "optimizers",
				"losses", "metrics", "callbacks", "preprocessing", "regularizers", "initializers", "constraints",
				"random", "saving", "engine", "mixed_precision", "experimental":
				if v := importModule(in, name+"."+attr); v != nil {
					return v
				}
			}
		}
		switch attr {
		case "saving", "utils", "preprocessing", "mnist", "cifar10", "cifar100", "fashion_mnist", "imdb", "reuters",
			"boston_housing":
			if v := importModule(in, name+"."+attr); v != nil {
				return v
			}
		case "clear_session", "set_seed", "set_random_seed", "set_image_data_format", "set_floatx", "plot_model",
			"set_memory_growth", "set_global_policy", "enable_eager_execution", "run_functions_eagerly":
			return eval.NewRaw(attr, func(*eval.Interp, eval.Args) eval.Value { return nil })
		case "image_data_format":
			return eval.NewRaw(attr, func(*eval.Interp, eval.Args) eval.Value { return "channels_last" })
		case "to_categorical", "normalize":
			return eval.NewRaw(attr, func(in *eval.Interp, a eval.Args) eval.Value {
				return &eval.Unknown{Name: attr + "()"}
			})
		}
		return &eval.Unknown{Name: name + "." + attr}
	}
	return m
}

// layersModule has all classes of layers; one that is not known is opaque.
func (p *Program) layersModule(name string) *eval.Module {
	m := eval.NewModule(name)
	m.Attrs.Put("Model", modelClass)
	m.Attrs.Put("Sequential", seqClass)
	m.Attrs.Put("Functional", modelClass)
	m.Attrs.Put("Layer", layerClass)
	m.Attrs.Put("Input", inputFunction)
	m.Attrs.Put("Wrapper", layerClass)
	m.Missing = func(in *eval.Interp, attr string) eval.Value {
		if attr == "" || strings.HasPrefix(attr, "__") {
			return nil
		}
		switch attr {
		case "InputSpec", "deserialize", "serialize":
			return eval.NewRaw(attr, func(*eval.Interp, eval.Args) eval.Value { return &eval.Unknown{Name: attr} })
		case "experimental", "preprocessing", "core", "convolutional", "normalization", "advanced_activations",
			"embeddings", "recurrent", "wrappers", "pooling", "noise", "base_layer", "topology", "training", "input_layer":
			return importModule(in, name+"."+attr)
		case "merge": // of Keras 1
			return p.joinFunction(attr, "Merge")
		}
		if join := joinFunctions[attr]; join != "" {
			return p.joinFunction(attr, join)
		}
		if attr[0] >= 'A' && attr[0] <= 'Z' {
			return p.leafClass(attr)
		}
		return &eval.Unknown{Name: name + "." + attr}
	}
	return m
}

// joinFunctions are the functions of keras.layers that join tensors.
var joinFunctions = map[string]string{"add": "Add", "concatenate": "Concatenate", "multiply": "Multiply",
	"average": "Average", "maximum": "Maximum", "minimum": "Minimum", "subtract": "Subtract", "dot": "Dot"}

func (p *Program) joinFunction(name, class string) *eval.Builtin {
	return eval.NewRaw(name, func(in *eval.Interp, a eval.Args) eval.Value {
		inputs := first(a.Pos)
		named := eval.Args{}
		for i, n := range a.Names {
			if n == "inputs" {
				inputs = a.Named[i]
			} else {
				named.Names, named.Named = append(named.Names, n), append(named.Named, a.Named[i])
			}
		}
		if len(a.Pos) > 1 {
			named.Pos = a.Pos[1:]
		}
		return in.Call(in.Call(p.leafClass(class), named), eval.Positional(inputs))
	})
}

// variableFunction is tf.Variable: a weight, once a layer has it.
var variableFunction = eval.NewBuiltin("Variable", "value? trainable? *rest **names", func(in *eval.Interp,
	v []eval.Value) eval.Value {
	p := programOf(in)
	w := &Weight{Name: "variable"}
	value := v[0]
	if d, ok := v[3].(*eval.Dict); ok {
		if s, ok := d.Get("name"); ok {
			if n, ok := s.(string); ok {
				w.Name = n
			}
		}
		if x, ok := d.Get("initial_value"); ok {
			value = x
		}
	}
	if _, unknown := value.(*eval.Unknown); unknown || eval.IsNone(value) {
		return &eval.Unknown{Name: "Variable()"}
	}
	w.Frozen = !eval.IsNone(v[1]) && !in.Truth(v[1])
	t := p.tensorOf(value)
	if t == nil {
		return &eval.Unknown{Name: "Variable()"}
	}
	w.Shape = slices.Clone(t.dims)
	in.Charge(8)
	return &Tensor{dims: slices.Clone(t.dims), ranked: t.ranked, weight: w, dtype: "float32"}
})

// functionModule has functions of tensors.
func (p *Program) functionModule(name string) *eval.Module {
	m := p.quiet(name)
	other := m.Missing
	m.Missing = func(in *eval.Interp, attr string) eval.Value {
		if f := functionOf(attr); f != nil {
			return f
		}
		switch attr {
		case "epsilon":
			return eval.NewRaw(attr, func(*eval.Interp, eval.Args) eval.Value { return 1e-7 })
		case "nn", "image", "numpy", "math", "linalg", "random":
			return p.functionModule(name + "." + attr)
		case "variable":
			return variableFunction
		case "get":
			return eval.NewBuiltin(attr, "x", func(_ *eval.Interp, v []eval.Value) eval.Value { return v[0] })
		}
		return other(in, attr)
	}
	return m
}

// tensorflow is tf.
func (p *Program) tensorflow(name string) *eval.Module {
	m := p.functionModule(name)
	other := m.Missing
	m.Attrs.Put("Variable", variableFunction)
	m.Attrs.Put("Tensor", tensorClass)
	m.Attrs.Put("Module", layerClass)
	m.Attrs.Put("newaxis", nil)
	m.Attrs.Put("__version__", "2.16.1")
	for _, dtype := range []string{"float32", "float16", "float64", "int32", "int64", "uint8", "string"} {
		m.Attrs.Put(dtype, dtype)
	}
	m.Attrs.Put("bool", "bool")
	m.Attrs.Put("constant", eval.NewBuiltin("constant", "value *rest **names", func(_ *eval.Interp,
		v []eval.Value) eval.Value {
		if t := p.tensorOf(v[0]); t != nil {
			return t
		}
		return v[0]
	}))
	m.Attrs.Put("TensorShape", eval.NewBuiltin("TensorShape", "dims", func(in *eval.Interp, v []eval.Value) eval.Value {
		if dims, ok := extents(in, v[0]); ok {
			return shapeValue(dims)
		}
		return v[0]
	}))
	m.Attrs.Put("function", eval.NewRaw("function", func(_ *eval.Interp, a eval.Args) eval.Value {
		if f := first(a.Pos); f != nil {
			return f
		}
		return eval.NewBuiltin("function", "f", func(_ *eval.Interp, v []eval.Value) eval.Value { return v[0] })
	}))
	m.Missing = func(in *eval.Interp, attr string) eval.Value {
		switch attr {
		case "keras":
			return importModule(in, name+".keras")
		case "nn", "math", "linalg", "image", "random":
			return p.functionModule(name + "." + attr)
		}
		return other(in, attr)
	}
	return m
}

// fallback is what names mean in a snippet without its imports.
func fallback(in *eval.Interp, name string) eval.Value {
	p := programOf(in)
	switch name {
	case "tf", "tensorflow":
		return importModule(in, "tensorflow")
	case "keras":
		return importModule(in, "keras")
	case "layers", "models", "applications", "datasets", "regularizers", "initializers", "optimizers", "losses",
		"ops", "activations", "callbacks", "backend":
		return importModule(in, "keras."+name)
	case "K":
		return importModule(in, "keras.backend")
	case "np":
		return in.Module("numpy")
	case "math", "functools", "itertools", "collections", "copy":
		return in.Module(name)
	case "Input":
		return inputFunction
	case "Model":
		return modelClass
	case "Sequential":
		return seqClass
	case "Layer":
		return layerClass
	case "mnist", "cifar10", "cifar100", "fashion_mnist":
		return importModule(in, "keras.datasets."+name)
	}
	if join := joinFunctions[name]; join != "" {
		return p.joinFunction(name, join)
	}
	if name == "merge" {
		return p.joinFunction(name, "Merge")
	}
	_, known := p.reader.Known(name)
	if _, placed := unplaced[name]; (known || placed) && name[0] >= 'A' && name[0] <= 'Z' {
		return p.leafClass(name)
	}
	if p.reader.Application != nil && name[0] >= 'A' && name[0] <= 'Z' && p.reader.Application(name) != "" {
		return p.application(name)
	}
	return nil
}
