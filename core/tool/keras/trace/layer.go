package trace

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/tool/pysource/eval"
)

// The classes that programs make subclasses of.
var (
	layerClass = eval.NewClass("Layer")
	modelClass = eval.NewClass("Model", layerClass)
	seqClass   = eval.NewClass("Sequential", modelClass)
)

// layerOf returns what is known of a layer, nil if a value is none. A layer of the
// program whose constructor has not called that of Layer is one all the same.
func (p *Program) layerOf(v eval.Value) *Layer {
	o, ok := v.(*eval.Object)
	if !ok || !o.Class.Is(layerClass) {
		return nil
	}
	if m, ok := o.Native.(*model); ok {
		return &m.Layer
	}
	if l, ok := o.Native.(*Layer); ok {
		return l
	}
	l := p.newLayer(o, o.Class.Name)
	l.Custom = true
	if o.Class.Is(modelClass) {
		m := &model{Layer: *l}
		o.Native = m
		return &m.Layer
	}
	o.Native = l
	return l
}

func (p *Program) newLayer(o *eval.Object, class string) *Layer {
	p.in.Charge(16)
	return &Layer{Class: class, Config: map[string]any{}, Learns: true, of: o, At: p.in.Here()}
}

// Copy implements eval.Copier: a deep copy has weights of its own.
func (l *Layer) Copy(_ *eval.Interp, _ func(eval.Value) eval.Value) eval.Value {
	c := *l
	c.first, c.of, c.Config = nil, nil, maps.Clone(l.Config)
	return &c
}

// ownName is the name that Keras gives a layer: conv2d, conv2d_1.
func (p *Program) ownName(class string) string {
	name := snake(class)
	n := p.names[name]
	p.names[name]++
	if n > 0 {
		name += "_" + strconv.Itoa(n)
	}
	return name
}

// snake writes the name of a class as Keras names its layers: MaxPooling2D is
// max_pooling2d (to_snake_case in keras/src/utils/naming.py).
func snake(class string) string {
	var b strings.Builder
	lower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	for i := 0; i < len(class); i++ {
		c := class[i]
		if c >= 'A' && c <= 'Z' {
			if i > 0 && (lower(class[i-1]) || i+1 < len(class) && lower(class[i+1])) {
				b.WriteByte('_')
			}
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return strings.Trim(b.String(), "_")
}

// nameOf is the name of a layer: the program's, else the attribute that holds it in
// the layer that runs, else Keras' own.
func (p *Program) nameOf(o *eval.Object) string {
	l := p.layerOf(o)
	if l.given {
		return l.Name
	}
	if n := len(p.within); n > 0 {
		if name := attributeOf(p.within[n-1], o); name != "" {
			l.named = true
			return name
		}
	}
	if l.Name == "" {
		l.Name = p.ownName(l.Class)
	}
	return l.Name
}

// mostLooked is how many values are looked at for the layers in them.
const mostLooked = 5000

// attributeOf returns the attribute of a layer that holds another: blocks.2 where it is
// in a list.
func attributeOf(parent, child *eval.Object) string {
	if parent.Class.Builtin {
		return ""
	}
	found, looked := "", 0
	var look func(name string, v eval.Value, depth int)
	look = func(name string, v eval.Value, depth int) {
		if looked++; found != "" || depth > 3 || looked > mostLooked {
			return
		}
		switch x := v.(type) {
		case *eval.Object:
			if x == child {
				found = name
			}
		case *eval.List:
			for i, item := range x.Items {
				look(name+"."+strconv.Itoa(i), item, depth+1)
			}
		case *eval.Tuple:
			for i, item := range x.Items {
				look(name+"."+strconv.Itoa(i), item, depth+1)
			}
		case *eval.Dict:
			x.Each(func(k, item eval.Value) {
				if s, ok := k.(string); ok {
					look(name+"."+s, item, depth+1)
				}
			})
		}
	}
	parent.Attrs.Each(func(k, v eval.Value) {
		if name, ok := k.(string); ok {
			look(strings.TrimLeft(name, "_"), v, 0)
		}
	})
	return found
}

// enter makes what runs until leave part of a layer of the program.
func (p *Program) enter(o *eval.Object) (leave func()) {
	scope, within := p.scope, p.within
	if o != p.root {
		name := p.nameOf(o)
		if p.scope = name; scope != "" {
			p.scope = scope + "." + name
		}
	}
	p.within = append(within[:len(within):len(within)], o)
	return func() { p.scope, p.within = scope, within }
}

// options are arguments of all layers that set up what they hold, and no shape.
func ignored(name string) bool {
	for _, end := range []string{"_initializer", "_regularizer", "_constraint", "_init"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	switch name {
	case "dtype", "weights", "init", "seed", "dynamic", "W_regularizer", "b_regularizer", "W_constraint",
		"b_constraint", "implementation", "autocast":
		return true
	}
	return false
}

// common reads the arguments that all layers have; false if it is another.
func (p *Program) common(l *Layer, name string, v eval.Value) bool {
	switch name {
	case "name":
		if s, ok := v.(string); ok && s != "" {
			l.Name, l.given = s, true
		}
	case "trainable":
		l.Learns = eval.IsNone(v) || p.in.Truth(v)
	case "input_shape", "batch_input_shape", "batch_shape":
		if dims, ok := extents(p.in, v); ok {
			if name != "input_shape" && len(dims) > 0 {
				dims = dims[1:]
			}
			l.Config["batch_input_shape"] = shapeConfig(dims)
		}
	default:
		return ignored(name)
	}
	return true
}

func shapeConfig(dims []int64) []any {
	all := []any{nil}
	for _, d := range dims {
		if d < 0 {
			all = append(all, nil)
		} else {
			all = append(all, d)
		}
	}
	return all
}

// entry returns the input shape that a layer states, with the batch; ok is false if it
// states none.
func (l *Layer) entry() (dims []int64, ok bool) {
	if all, ok := l.Config["batch_input_shape"].([]any); ok {
		for _, d := range all {
			n, known := d.(int64)
			if !known {
				n = unknown
			}
			dims = append(dims, n)
		}
		return dims, true
	}
	whole := func(name string) (int64, bool) {
		n, ok := l.Config[name].(int64)
		return n, ok
	}
	length, sequence := whole("input_length")
	if l.Class == "Embedding" {
		if !sequence {
			length = unknown
		}
		return []int64{unknown, length}, true
	}
	if n, ok := whole("input_dim"); ok {
		if sequence {
			return []int64{unknown, length, n}, true
		}
		return []int64{unknown, n}, true
	}
	return nil, false
}

// unplaced are the arguments of classes that the vocabulary does not have in order.
var unplaced = map[string]string{
	"Merge":      "mode concat_axis",
	"Activation": "activation", "Lambda": "function output_shape mask arguments", "TimeDistributed": "layer",
	"Bidirectional": "layer merge_mode", "RNN": "cell return_sequences", "InputLayer": "shape",
	"StackedRNNCells": "cells", "LocallyConnected1D": "filters kernel_size strides padding",
	"LocallyConnected2D": "filters kernel_size strides padding", "Masking": "mask_value",
	"CategoryEncoding": "num_tokens output_mode", "TextVectorization": "max_tokens", "MaxoutDense": "output_dim",
	"Highway": "", "SpectralNormalization": "layer", "WeightNormalization": "layer", "CenterCrop": "height width",
	"RandomCrop": "height width", "ActivityRegularization": "l1 l2", "UnitNormalization": "axis",
	"Dot": "axes normalize", "LSTM": "units activation recurrent_activation use_bias",
	"GRU": "units activation recurrent_activation use_bias", "Attention": "use_scale", "Rescaling": "scale offset",
	"Normalization": "axis mean variance", "ReversibleEmbedding": "input_dim output_dim tie_weights",
}

// leafClass is a class of keras.layers; one that is not known is opaque later.
func (p *Program) leafClass(name string) *eval.Class {
	if c := p.classes[name]; c != nil {
		return c
	}
	c := eval.NewClass(name, layerClass)
	c.Attrs.Put("__init__", eval.NewRaw("__init__", func(in *eval.Interp, a eval.Args) eval.Value {
		if o, ok := first(a.Pos).(*eval.Object); ok {
			p.initLeaf(o, name, eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named})
		}
		return nil
	}))
	c.Attrs.Put("call", eval.NewRaw("call", func(in *eval.Interp, a eval.Args) eval.Value {
		if o, ok := first(a.Pos).(*eval.Object); ok {
			return p.callLeaf(o, eval.Args{Pos: a.Pos[1:], Names: a.Names, Named: a.Named})
		}
		return nil
	}))
	p.classes[name] = c
	return c
}

func first(v []eval.Value) eval.Value {
	if len(v) > 0 {
		return v[0]
	}
	return nil
}

// initLeaf reads the arguments of a layer.
func (p *Program) initLeaf(o *eval.Object, class string, a eval.Args) {
	l := p.newLayer(o, class)
	o.Native = l
	l.Rank, _ = p.reader.Known(class)
	places := p.reader.Params(class)
	if s, ok := unplaced[class]; ok {
		places = strings.Fields(s)
	}
	set := func(name string, v eval.Value) {
		if p.common(l, name, v) || v == nil {
			return
		}
		o.Attrs.Put(name, v)
		if x, ok := p.plain(l, name, v); ok {
			l.Config[name] = x
		}
	}
	pos := a.Pos
	// Keras 1 states the sides of a kernel one by one.
	if strings.HasPrefix(class, "Convolution2D") && len(pos) >= 3 {
		if _, ok := pos[2].(int64); ok {
			pos = append([]eval.Value{pos[0], eval.NewTuple(pos[1], pos[2])}, pos[3:]...)
		}
	}
	for i, v := range pos {
		if i < len(places) {
			set(places[i], v)
		}
	}
	for i, name := range a.Names {
		set(name, a.Named[i])
	}
	if _, stated := l.Config["reset_after"]; !stated && (class == "GRU" || class == "GRUCell") {
		l.Config["reset_after"] = true // as today; files of old versions lack it
	}
	if class == "InputLayer" {
		p.inputLayer(o, l)
	}
}

// activations are arguments that are functions.
var activations = []string{"activation", "recurrent_activation", "function"}

// plain returns an argument as a configuration has it; false if there is nothing to
// keep.
func (p *Program) plain(l *Layer, name string, v eval.Value) (any, bool) {
	switch x := v.(type) {
	case nil, *eval.AbsentType:
		return nil, false
	case bool, int64, string:
		return x, true
	case float64:
		if x != x || x > 1e300 || x < -1e300 {
			return nil, false
		}
		return x, true
	case *eval.List, *eval.Tuple:
		return p.plainList(l, name, x)
	case *eval.Builtin:
		return functionName(x.Name), slices.Contains(activations, name)
	case *eval.Function, *eval.Method:
		return nil, false // it is called
	case *eval.Class:
		return x.Name, slices.Contains(activations, name)
	case *eval.Object:
		if inner := p.layerOf(x); inner != nil {
			return p.serialized(x, inner), true
		}
		switch n := x.Native.(type) {
		case int64, string, float64:
			return n, true
		}
	case *Tensor:
		if n, ok := x.Whole(nil); ok {
			return n, true
		}
		if f, ok := x.Number(nil); ok {
			return f, true
		}
	case *eval.Unknown:
		if slices.Contains(activations, name) {
			return x.Name, true
		}
	}
	return nil, false
}

// mostItems is how many items a list in a configuration may have: more are data.
const mostItems = 64

// plainList returns a list as a configuration has it.
func (p *Program) plainList(l *Layer, name string, v eval.Value) (any, bool) {
	if p.nested++; p.nested > 4 {
		p.nested--
		return nil, false
	}
	defer func() { p.nested-- }()
	items, all := p.in.Items(v), []any{}
	if len(items) > mostItems {
		return nil, false
	}
	p.in.Charge(int64(len(items)))
	for _, item := range items {
		if e, ok := p.plain(l, name, item); ok || item == nil {
			all = append(all, e)
		}
	}
	return all, true
}

// functionName is a function's name as keras.activations has it.
func functionName(name string) string {
	name = strings.ToLower(name[strings.LastIndex(name, ".")+1:])
	if name == "swish" {
		return "silu"
	}
	return name
}

// serialized is a layer within another's configuration.
func (p *Program) serialized(o *eval.Object, l *Layer) map[string]any {
	if l.Name == "" {
		l.Name = p.ownName(l.Class)
	}
	if m, ok := o.Native.(*model); ok {
		if net := p.net(o, m); net != nil {
			return p.serializedModel(l.Name, net)
		}
	}
	config := maps.Clone(l.Config)
	config["name"] = l.Name
	if !l.Learns {
		config["trainable"] = false
	}
	s := map[string]any{"class_name": l.Class, "config": config}
	if l.Custom {
		s["module"] = "program"
	}
	return s
}
