package keras

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// Models that are not written as Keras writes them are refused: taken as a layer
// of unknown class, a broken model would look like a network of one layer.

// What belongs where, as it would be written.
const (
	configLike = `{"layers": [{"class_name": …, "config": {…}}, …]}`
	layersLike = `[{"class_name": …, "config": {…}}, …]`
	layerLike  = `{"class_name": …, "config": {…}}`
)

// isModelClass reports whether an object's class is one of Keras' own models, all
// of which list their layers.
func (j *serialized) isModelClass() bool {
	return slices.Contains([]string{"Sequential", "Functional", "Model"}, j.Class) &&
		(j.Module == nil || isKerasModule(*j.Module))
}

// isKerasModule reports whether a class comes from Keras itself.
func isKerasModule(module string) bool {
	return slices.ContainsFunc([]string{"keras", "tf_keras", "tensorflow", "builtins"},
		func(p string) bool { return strings.HasPrefix(module, p) })
}

// check reports what is wrong with a model's config: neither a list of layers, as a
// Sequential of Keras 1 and 2 has, nor an object with one. A nil means nothing is.
func (j *serialized) check(path string) *diag.Diag {
	place, layers := "config", bytes.TrimSpace(j.Config)
	if !isList(layers) || j.Class != "Sequential" {
		var c map[string]json.RawMessage
		if len(layers) == 0 || layers[0] != '{' || json.Unmarshal(layers, &c) != nil {
			return j.wrong(path, place, layers, configLike)
		}
		place, layers = "config.layers", bytes.TrimSpace(c["layers"])
	}
	var list []json.RawMessage
	if !isList(layers) || json.Unmarshal(layers, &list) != nil {
		return j.wrong(path, place, layers, layersLike)
	}
	for i, raw := range list {
		var l map[string]json.RawMessage
		at := fmt.Sprintf("%s[%d]", place, i)
		if json.Unmarshal(raw, &l) != nil || l == nil {
			return j.wrong(path, at, raw, layerLike)
		}
		var class string
		if json.Unmarshal(l["class_name"], &class) != nil || class == "" {
			return j.wrong(path, at+".class_name", l["class_name"], `"Dense"`)
		}
	}
	return nil
}

func isList(v json.RawMessage) bool { return len(v) > 0 && v[0] == '[' }

// wrong reports what is at a place of an object and what should be.
func (j *serialized) wrong(path, place string, received json.RawMessage, like string) *diag.Diag {
	who := j.Class
	if path != "" {
		who += " " + layer.Quote(path)
	}
	if len(received) == 0 {
		return diag.New(catalog.ImportKerasAbsent, who, place, like)
	}
	return diag.New(catalog.ImportKerasShape, who, place, layer.Quote(string(received)), like)
}

// mistyped reports where in an object a value is of another type than Keras
// writes there; other errors are those of JSON itself.
func mistyped(err error, who, place string) *diag.Diag {
	var e *json.UnmarshalTypeError
	if !errors.As(err, &e) {
		return diag.New(catalog.ImportBroken, err.Error())
	}
	like := map[string]string{"string": `"…"`, "bool": "true", "slice": "[…]", "struct": "{…}",
		"map": "{…}"}[e.Type.Kind().String()]
	if like == "" {
		like = "1"
	}
	field := strings.ReplaceAll(e.Field, "serialized.", "")
	return diag.New(catalog.ImportKerasShape, who, strings.Trim(place+"."+field, "."), e.Value, like)
}
