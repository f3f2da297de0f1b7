package trace

import (
	"maps"
	"slices"
	"strings"

	"paramstack/core/tool/pysource/eval"
)

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
