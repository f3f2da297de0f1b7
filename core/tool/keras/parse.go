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
	"paramstack/core/tool/vocab"
)

// serialized is one object of Keras' serialisation: a model or a layer. The name
// is beside the config in functional models, else in it.
type serialized struct {
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

// A layerConfig is one layer of a model, or a model in a model.
type layerConfig struct {
	class   class
	name    string
	path    string // the names of the models around it, and its own
	options *options
	uses    []callRefs
	built   []int64     // the input it was built for, without the batch, in Keras' order; nil: unknown
	model   *model      // of a model in a model
	stored  string      // where Keras 3 keeps its weights
	custom  bool        // no class of Keras
	unnamed bool        // its name is Keras' own
	origin  string      // the line of the program that made it, see arch.Head
	own     *ownWeights // of a class that a program defines; nil: its weights are unknown
}

// A model is a Sequential, or a functional model.
type model struct {
	name       string
	layers     []*layerConfig
	functional bool
	inputs     []tensorRef
	outputs    []tensorRef
	built      []int64 // as layerConfig's
	frozen     bool
	index      map[string]int // of a layer by name
	next       map[string][]*layerConfig
	shapes     map[tensorKey][]int64 // of tensors, where Keras 3 writes them
}

func newModel() *model {
	return &model{index: map[string]int{}, next: map[string][]*layerConfig{}, shapes: map[tensorKey][]int64{}}
}

// A parser is how far the parsing of a file has got.
type parser struct {
	layers int
	store  *weightStore
}

// maxDepth is how deep models, and lists of tensors, may nest.
const maxDepth = 32

// hasLayers reports whether a config holds layers: a list of them (Sequential in
// Keras 1 and 2), or under a name.
func hasLayers(config json.RawMessage) bool {
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
func (p *parser) model(j *serialized, path, stored string, depth int) (*model, error) {
	var c struct {
		Name       string          `json:"name"`
		Trainable  *bool           `json:"trainable"`
		Layers     []serialized    `json:"layers"`
		Inputs     json.RawMessage `json:"input_layers"`
		Outputs    json.RawMessage `json:"output_layers"`
		BuildShape json.RawMessage `json:"build_input_shape"`
	}
	if wrong := j.check(path); wrong != nil && j.isModelClass() {
		return nil, wrong
	}
	var err error
	if config := bytes.TrimSpace(j.Config); isList(config) {
		err = json.Unmarshal(config, &c.Layers)
	} else {
		err = json.Unmarshal(config, &c)
	}
	if err != nil {
		return nil, mistyped(err, j.Class, "config")
	}
	if depth > maxDepth {
		return nil, diag.New(catalog.ImportKerasDeep, layer.Quote(path), maxDepth)
	}
	if p.layers += len(c.Layers); p.layers > source.MaxNodes {
		return nil, diag.New(catalog.ImportTooManyNodes, ">"+num.Of(source.MaxNodes).Grouped(), num.Of(source.MaxNodes).Grouped())
	}
	m := newModel()
	m.name, m.frozen = c.Name, c.Trainable != nil && !*c.Trainable
	m.functional = c.Inputs != nil || c.Outputs != nil || j.isModelClass() && j.Class != "Sequential"
	m.inputs, m.outputs = tensorsOf(c.Inputs), tensorsOf(c.Outputs)
	if m.built = shapeOfJSON(c.BuildShape); m.built == nil {
		m.built = shapeOfJSON(j.Build.Input)
	}
	taken := map[string]int{}
	for i := range c.Layers {
		l, err := p.layer(&c.Layers[i], path, stored, taken, depth)
		if err != nil {
			return nil, err
		}
		m.add(l)
	}
	return m, nil
}

// add appends a layer and links it to those whose tensors it uses.
func (m *model) add(l *layerConfig) {
	if _, twice := m.index[l.name]; !twice {
		m.index[l.name] = len(m.layers)
	}
	m.layers = append(m.layers, l)
	for u := range l.uses {
		l.uses[u].each(func(r tensorRef) {
			m.next[r.layer] = append(m.next[r.layer], l)
			if len(r.shape) > 0 {
				m.shapes[r.tensorKey] = r.shape[1:]
			}
		})
	}
}

// after returns the layers that use the output of one.
func (m *model) after(l *layerConfig) []*layerConfig {
	if m.functional {
		return m.next[l.name]
	}
	if at := m.index[l.name]; at+1 < len(m.layers) {
		return m.layers[at+1 : at+2]
	}
	return m.next[l.name]
}

// layer parses one layer.
func (p *parser) layer(j *serialized, path, stored string, taken map[string]int, depth int) (*layerConfig, error) {
	l := &layerConfig{name: j.Name, uses: callsOf(j.Inbound), built: shapeOfJSON(j.Build.Input)}
	name := j.className()
	l.class = classNamed(name)
	l.options = newOptions(name, nil)
	switch config := bytes.TrimSpace(j.Config); {
	case len(config) > 0 && config[0] == '{':
		var err error
		if l.options, err = optionsOf(name, config); err != nil {
			return nil, mistyped(err, j.Class, "config")
		}
	case len(config) > 0 && string(config) != "null" && !hasLayers(config) && !j.isModelClass():
		return nil, j.wrong(j.Name, "config", config, "{…}")
	}
	if l.name == "" {
		l.name = l.options.text("name")
	}
	if l.name == "" {
		l.name = snake(j.Class)
	}
	if l.path = l.name; path != "" {
		l.path = path + "/" + l.name
	}
	if j.Module != nil {
		l.custom = !isKerasModule(*j.Module)
	} else if j.Registered != nil {
		l.custom = true
	}
	l.stored = p.store.place(stored, l, taken)
	if l.class.reading == nil && (hasLayers(j.Config) || j.isModelClass()) {
		m, err := p.model(j, l.path, l.stored, depth+1)
		if err != nil {
			return nil, err
		}
		l.model, l.custom = m, false
	}
	return l, nil
}

// className is the class of a layer as it is known here: without the prefixes and
// suffixes of those who saved it, and an operation of keras.ops, which may have the
// name of a layer, with one.
func (j *serialized) className() string {
	name := strings.TrimPrefix(j.Class, "Addons>") // tensorflow-addons
	for _, version := range []string{"V1", "V2"} { // TensorFlow 1: BatchNormalizationV1
		if plain := strings.TrimSuffix(name, version); classNamed(name).reading == nil && classNamed(plain).reading != nil {
			name = plain
		}
	}
	if j.Module != nil && strings.Contains(*j.Module, ".ops") {
		name = operation + name
	}
	return name
}

// shapeOfJSON reads a shape with the batch, nil if there is none.
func shapeOfJSON(raw json.RawMessage) []int64 {
	v, _ := decoded(raw)
	return withoutBatch(v)
}

// snake is the name of a class as Keras names its layers, of a file that may hold anything.
func snake(class string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, vocab.SnakeCase(class))
}

// tensorsOf reads input_layers or output_layers: one tensor, a list or a
// dictionary.
func tensorsOf(v json.RawMessage) []tensorRef {
	u := callRefs{named: map[string][]tensorRef{}}
	u.collect(v, "outputs", 0)
	return u.named["outputs"]
}

// indexOf reads the number of a call or of an output.
func indexOf(raw json.RawMessage) (int, bool) {
	v, _ := decoded(raw)
	n, ok := wholeOf(v)
	return int(n), ok && n >= 0 && n <= source.MaxNodes
}

// shapeIn reads a shape with its batch.
func shapeIn(raw json.RawMessage) []int64 {
	v, _ := decoded(raw)
	n, _ := sizesOf(v)
	return n
}
