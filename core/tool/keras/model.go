package keras

import (
	"bytes"
	"encoding/json"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/source"
)

// kerasJSON is one object of Keras' serialisation: a model or a layer. The name
// stands beside the config in functional models, else in it.
type kerasJSON struct {
	Class      string          `json:"class_name"`
	Name       string          `json:"name"`
	Module     *string         `json:"module"`
	Registered *string         `json:"registered_name"`
	Config     json.RawMessage `json:"config"`
	Inbound    json.RawMessage `json:"inbound_nodes"`
	Build      struct {
		Input json.RawMessage `json:"input_shape"`
	} `json:"build_config"`
	Version string `json:"keras_version"`
}

// A kerasLayer is one layer of a model, or a model in a model.
type kerasLayer struct {
	class  string
	name   string
	path   string // the names of the models around it, and its own
	config kerasOptions
	uses   []kerasUse
	given  []int64     // the input it was built for, without the batch, in Keras' order; nil: not told
	model  *kerasModel // of a model in a model
	stored string      // where Keras 3 keeps its weights
	custom bool        // no class of Keras
}

// A kerasModel is a Sequential, or a functional model.
type kerasModel struct {
	name       string
	layers     []*kerasLayer
	functional bool
	inputs     []kerasRef
	outputs    []kerasRef
	given      []int64 // as kerasLayer's
	frozen     bool
	index      map[string]int // of a layer by name
	next       map[string][]*kerasLayer
	told       map[kerasKey][]int64 // shapes of tensors, where Keras 3 writes them
}

// kerasParse is how far the parsing of a file has got.
type kerasParse struct {
	layers int
	store  *kerasStore
}

// isModel reports whether a config holds layers: a list of them (Sequential in
// Keras 1 and 2), or under a name.
func isModel(config json.RawMessage) bool {
	config = bytes.TrimSpace(config)
	if len(config) == 0 {
		return false
	}
	var c struct {
		Layers []json.RawMessage `json:"layers"`
	}
	return config[0] == '[' || json.Unmarshal(config, &c) == nil && c.Layers != nil
}

// model parses a model and those in it.
func (p *kerasParse) model(j *kerasJSON, path, stored string, depth int) (*kerasModel, error) {
	var c struct {
		Name       string          `json:"name"`
		Trainable  *bool           `json:"trainable"`
		Layers     []kerasJSON     `json:"layers"`
		Inputs     json.RawMessage `json:"input_layers"`
		Outputs    json.RawMessage `json:"output_layers"`
		BuildShape json.RawMessage `json:"build_input_shape"`
	}
	if wrong := j.check(path); wrong != nil && j.isModelClass() {
		return nil, wrong
	}
	var err error
	if config := bytes.TrimSpace(j.Config); len(config) > 0 && config[0] == '[' {
		err = json.Unmarshal(config, &c.Layers)
	} else {
		err = json.Unmarshal(config, &c)
	}
	if err != nil {
		return nil, mistyped(err, j.Class, "config")
	}
	if depth > maxKerasDepth {
		return nil, diag.New(catalog.ImportKerasDeep, layer.Quote(path), maxKerasDepth)
	}
	if p.layers += len(c.Layers); p.layers > source.MaxNodes {
		return nil, diag.New(catalog.ImportTooManyNodes, ">"+num.Of(source.MaxNodes).Grouped(), num.Of(source.MaxNodes).Grouped())
	}
	m := &kerasModel{
		name: c.Name, functional: c.Inputs != nil || c.Outputs != nil || j.isModelClass() && j.Class != "Sequential", frozen: c.Trainable != nil && !*c.Trainable,
		inputs: tensorsOf(c.Inputs), outputs: tensorsOf(c.Outputs),
		index: map[string]int{}, next: map[string][]*kerasLayer{}, told: map[kerasKey][]int64{},
	}
	if m.given = withoutBatch(c.BuildShape); m.given == nil {
		m.given = withoutBatch(j.Build.Input)
	}
	taken := map[string]int{}
	for i := range c.Layers {
		l, err := p.layer(&c.Layers[i], path, stored, taken, depth)
		if err != nil {
			return nil, err
		}
		if _, twice := m.index[l.name]; !twice {
			m.index[l.name] = i
		}
		m.layers = append(m.layers, l)
		for u := range l.uses {
			l.uses[u].each(func(r kerasRef) {
				m.next[r.layer] = append(m.next[r.layer], l)
				if len(r.shape) > 0 {
					m.told[r.kerasKey] = r.shape[1:]
				}
			})
		}
	}
	return m, nil
}

// layer parses one layer.
func (p *kerasParse) layer(j *kerasJSON, path, stored string, taken map[string]int, depth int) (*kerasLayer, error) {
	l := &kerasLayer{class: j.Class, name: j.Name, uses: usesOf(j.Inbound), given: withoutBatch(j.Build.Input)}
	switch config := bytes.TrimSpace(j.Config); {
	case len(config) > 0 && config[0] == '{':
		if err := json.Unmarshal(config, &l.config); err != nil {
			return nil, mistyped(err, j.Class, "config")
		}
	case len(config) > 0 && string(config) != "null" && !isModel(config) && !j.isModelClass():
		return nil, j.wrong(j.Name, "config", config, "{…}")
	}
	if name := l.config.text("name"); l.name == "" {
		l.name = name
	}
	if l.name == "" {
		l.name = snake(j.Class)
	}
	l.path = l.name
	if path != "" {
		l.path = path + "/" + l.name
	}
	l.class = strings.TrimPrefix(l.class, "Addons>") // tensorflow-addons
	for _, version := range []string{"V1", "V2"} {   // TensorFlow 1: BatchNormalizationV1
		if plain := strings.TrimSuffix(l.class, version); kerasClasses[l.class].empty() && !kerasClasses[plain].empty() {
			l.class = plain
		}
	}
	if j.Module != nil {
		l.custom = !isKerasModule(*j.Module)
		if strings.Contains(*j.Module, ".ops") { // keras.ops: an operation, maybe with the name of a layer
			l.class = "ops." + l.class
		}
	} else if j.Registered != nil {
		l.custom = true
	}
	l.stored = p.store.place(stored, l, taken)
	if _, wrapper := kerasClasses[l.class]; !wrapper && (isModel(j.Config) || j.isModelClass()) {
		m, err := p.model(j, l.path, l.stored, depth+1)
		if err != nil {
			return nil, err
		}
		l.model, l.custom = m, false
	}
	return l, nil
}

// each calls f with every tensor of a call.
func (u *kerasUse) each(f func(kerasRef)) {
	for _, r := range u.args {
		f(r)
	}
	for _, by := range u.by {
		for _, r := range by {
			f(r)
		}
	}
}

// tensorsOf reads input_layers or output_layers: one tensor, a list or a
// dictionary.
func tensorsOf(v json.RawMessage) []kerasRef {
	u := kerasUse{by: map[string][]kerasRef{}}
	u.refs(v, "outputs", 0)
	return u.by["outputs"]
}

// withoutBatch reads a shape and drops its first extent, nil if there is none.
func withoutBatch(v json.RawMessage) []int64 {
	n, ok := sizesOf(v)
	if v = bytes.TrimSpace(v); !ok || len(n) == 0 || v[0] != '[' {
		return nil
	}
	return n[1:]
}

// snake writes the name of a class as Keras 3 names its layers: MaxPooling2D is
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
		if c == '_' || lower(c) || c >= '0' && c <= '9' {
			b.WriteByte(c)
		}
	}
	return b.String()
}
