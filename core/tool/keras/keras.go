package keras

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/keras/hdf5"
	"paramstack/core/tool/source"
)

// Reader reads what Keras and TensorFlow.js write of their models: to_json() of
// Keras 1 to 3, model.json of TensorFlow.js and its manifest of weights, .keras
// archives, and HDF5 files with a model or with weights alone. Of JSON and zip
// the parsers are Go's own; that of HDF5 is hdf5.go.
var Reader = source.Reader{
	ID: "keras", Label: "Keras", Exts: []string{".keras", ".h5", ".hdf5"},
	Detect: func(head []byte, f *source.File) bool {
		switch {
		case bytes.HasPrefix(head, []byte(hdf5.Signature)), isArchive(head, f):
			return true
		}
		text := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
		has := func(s string) bool { return bytes.Contains(text, []byte(s)) }
		switch {
		case len(text) == 0:
			return false
		case text[0] == '"': // a string that json.dump wrote again
			return has(`\"class_name\"`) && has(`\"config\"`)
		case text[0] == '{':
			return has(`"modelTopology"`) || has(`"weightsManifest"`) || has(`"class_name"`) &&
				(has(`"config"`) || has(`"module"`))
		}
		return text[0] == '[' && has(`"weights"`) && has(`"shape"`)
	},
	Read: func(f *source.File) (*source.Result, error) {
		r, err := read(f)
		if r != nil {
			r.Keras = true
		}
		return r, err
	},
}

// read reads any of the forms.
func read(f *source.File) (*source.Result, error) {
	head, err := f.Read(0, min(f.Size, source.HeadSize))
	switch {
	case err != nil:
		return nil, err
	case bytes.HasPrefix(head, []byte("PK")):
		return readArchive(f)
	case bytes.HasPrefix(head, []byte(hdf5.Signature)):
		return readHDF5(f)
	}
	text, err := f.All()
	if err != nil {
		return nil, err
	}
	if err := f.Progress(0.1); err != nil {
		return nil, err
	}
	return readJSON(f, text, nil)
}

// A modelFile is any of the JSON forms. In TensorFlow.js the model is inside
// modelTopology, and where it was converted, inside its model_config.
type modelFile struct {
	serialized
	Topology *struct {
		serialized
		Model json.RawMessage `json:"model_config"`
	} `json:"modelTopology"`
	Model    json.RawMessage `json:"model_config"`
	Manifest []shards        `json:"weightsManifest"`
}

// shards is an entry of a manifest: the tensors in some files of weights.
type shards struct {
	Weights []struct {
		Name  string  `json:"name"`
		Shape []int64 `json:"shape"`
		DType string  `json:"dtype"`
	} `json:"weights"`
}

// readJSON reads a model from JSON, or a manifest of weights alone. store holds
// weights read from elsewhere, or is nil.
func readJSON(f *source.File, text []byte, store *weightStore) (*source.Result, error) {
	model, store, err := parseJSON(text, store, f.Budget())
	switch {
	case err != nil:
		return nil, err
	case hasLayers(model.Config):
		m, err := parseModel(f, model, store)
		if err != nil {
			return nil, err
		}
		return newBuilder(f, store).read(m)
	case store != nil && len(store.tensors) > 0:
		return readTensors(store, model.Class)
	}
	return nil, diag.New(catalog.ImportNoLayers, "Keras")
}

// parseJSON finds the model in any of the JSON forms, and the shapes of the
// weights: a manifest in the file comes before store.
func parseJSON(text []byte, store *weightStore, budget *source.Budget) (*serialized, *weightStore, error) {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	for range 3 { // a string that was written as JSON again
		var s string
		if len(text) == 0 || text[0] != '"' || json.Unmarshal(text, &s) != nil {
			break
		}
		text = []byte(s)
	}
	text = plainNumbers(text)
	var j modelFile
	if len(text) > 0 && text[0] == '[' {
		if err := json.Unmarshal(text, &j.Manifest); err != nil {
			return nil, nil, mistyped(err, "weightsManifest", "")
		}
	} else if err := json.Unmarshal(text, &j); err != nil {
		return nil, nil, mistyped(err, "JSON", "")
	}
	if j.Manifest != nil {
		store = &weightStore{budget: budget}
		for _, shards := range j.Manifest {
			for _, w := range shards.Weights {
				store.add(w.Name, w.Shape, strings.HasPrefix(w.DType, "float") || w.DType == "complex64" || w.DType == "")
			}
		}
		if err := store.index(); err != nil {
			return nil, nil, err
		}
	}
	model, inside := &j.serialized, j.Model
	if j.Topology != nil {
		model, inside = &j.Topology.serialized, j.Topology.Model
	}
	if len(inside) > 0 && string(inside) != "null" {
		var s string
		if json.Unmarshal(inside, &s) == nil {
			inside = plainNumbers([]byte(s))
		}
		version := model.Version
		model = &serialized{Version: version}
		if err := json.Unmarshal(inside, model); err != nil {
			return nil, nil, mistyped(err, "model_config", "")
		}
	}
	if model.isModelClass() {
		if wrong := model.check(model.Name); wrong != nil {
			return nil, nil, wrong
		}
	}
	if model.Class != "" && !hasLayers(model.Config) && (store == nil || len(store.tensors) == 0) {
		// One layer alone, or a class of its author's own: a Sequential of it.
		one, err := json.Marshal(model)
		if err != nil {
			return nil, nil, diag.New(catalog.ImportBroken, err.Error())
		}
		model = &serialized{Class: "Sequential", Config: slices.Concat([]byte(`{"layers":[`), one, []byte(`]}`))}
	}
	return model, store, nil
}

// readTensors makes a network of weights alone.
func readTensors(store *weightStore, class string) (*source.Result, error) {
	if store.broken != nil {
		return nil, store.broken
	}
	t := graph.NewBuilder()
	if len(store.tensors) > 0 {
		if err := store.network(&t); err != nil {
			return nil, err
		}
	}
	if class != "" {
		t.Result.AddNote(true, catalog.ImportKerasNoModel, layer.Quote(class))
	}
	t.Result.AddNote(true, catalog.ImportKerasTensors, len(store.tensors), max(len(t.Graph.Nodes)-1, 0))
	return t.Stack()
}

// parseModel parses a model whose layers are known.
func parseModel(f *source.File, j *serialized, store *weightStore) (*model, error) {
	p := parser{store: store}
	m, err := p.model(j, "", "", 0)
	if err != nil {
		return nil, err
	}
	return m, f.Progress(0.3)
}

// read makes the network of a model.
func (b *builder) read(m *model) (*source.Result, error) {
	out, err := b.run(m, nil, scope{})
	if err != nil {
		return nil, err
	}
	if !isGivenName(m.name) {
		b.Graph.Name = m.name
	}
	used := map[string]bool{}
	for _, n := range b.Graph.Nodes {
		for _, in := range n.Inputs {
			used[in] = true
		}
	}
	ends := 0
	for _, v := range out { // the first that nothing else uses
		if !used[v.node] {
			if ends++; ends == 1 {
				b.Graph.Out = v.node
			}
		}
	}
	if ends > 1 {
		b.Result.AddNote(false, catalog.ImportKerasOutputs, ends, layer.Quote(b.Graph.Out))
	}
	r, err := b.Stack()
	if err == nil {
		b.report(r)
	}
	return r, err
}

// isGivenName reports whether a name is Keras' own: model_1. The file's name is
// better.
func isGivenName(name string) bool {
	kind, number, _ := strings.Cut(name, "_")
	return slices.Contains([]string{"model", "sequential", "functional"}, kind) && strings.Trim(number, "0123456789") == ""
}

// report notes what was taken, what is opaque and what was inferred, and whether the
// weights in the file are as many as those of the network.
func (b *builder) report(r *source.Result) {
	r.AddNote(false, catalog.ImportKerasRead, b.journal.layers)
	if b.journal.acting > 0 {
		r.AddNote(false, catalog.ImportKerasBehind, b.journal.acting)
	}
	if b.journal.permuted > 0 {
		r.AddNote(false, catalog.ImportKerasPermuted, b.journal.permuted)
	}
	for _, list := range []struct {
		doubt bool
		key   catalog.Key
		names []string
	}{
		{false, catalog.ImportKerasOpaque, b.journal.opaque},
		{true, catalog.ImportKerasHidden, b.journal.hidden},
		{true, catalog.ImportKerasGuessed, b.journal.inferred},
		{false, catalog.ImportKerasStates, b.journal.states},
		{true, catalog.ImportKerasUnfed, b.journal.unfed},
		{true, catalog.ImportKerasUnused, b.journal.unused},
	} {
		if len(list.names) > 0 {
			r.AddNote(list.doubt, list.key, graph.Listed(unique(list.names)))
		}
	}
	switch {
	case b.store == nil:
	case b.store.broken != nil:
		r.AddNote(true, catalog.ImportKerasUnread, source.AsDiag(b.store.broken).Say)
	default:
		have, t := b.store.total(), count.Of(r.Model).Totals
		ours := count.Keras.Params(t.Counts)
		if have.Equal(ours) && !t.ParamsAtLeast {
			r.AddNote(false, catalog.ImportKerasChecked, have.Grouped())
		} else {
			r.AddNote(true, catalog.ImportKerasTotal, have.Grouped(), ours.Grouped())
		}
	}
}

// unique returns names without those that came before.
func unique(names []string) []string {
	seen := map[string]bool{}
	var all []string
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			all = append(all, n)
		}
	}
	return all
}

// plainNumbers makes null of NaN and Infinity, which Python writes and JSON does
// not know.
func plainNumbers(text []byte) []byte {
	if !bytes.Contains(text, []byte("NaN")) && !bytes.Contains(text, []byte("Infinity")) {
		return text
	}
	out := make([]byte, 0, len(text))
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if quoted && c == '\\' && i+1 < len(text) {
			out = append(out, c, text[i+1])
			i++
			continue
		}
		if c == '"' {
			quoted = !quoted
		}
		replaced := false
		for _, word := range []string{"-Infinity", "Infinity", "NaN"} {
			if !quoted && bytes.HasPrefix(text[i:], []byte(word)) {
				out, i, replaced = append(out, "null"...), i+len(word)-1, true
				break
			}
		}
		if !replaced {
			out = append(out, c)
		}
	}
	return out
}
