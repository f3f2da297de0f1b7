package graph

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// MaxInputs is how many values a layer may take or give.
const MaxInputs = 500

// Build makes a layer of a kind from fields as the stack text writes them, in
// pairs: build("conv", "filters", "64", "kernel", "3x3"). An empty value leaves
// the default; a field without one must be given.
func Build(kind string, pairs ...string) (layer.Layer, error) {
	k := layer.ByName(kind)
	l := k.New()
	for i := 0; i+1 < len(pairs); i += 2 {
		f := k.Field(pairs[i])
		if f == nil {
			panic("importer: " + kind + " has no field " + pairs[i])
		}
		if pairs[i+1] == "" {
			continue
		}
		// l was made here, so it may be written in place.
		if d := f.At(l).Parse(pairs[i+1]); d != nil {
			return nil, d.On(f.Name)
		}
	}
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Need && f.At(l).Unset() {
			// No text could say such a layer.
			return nil, diag.New(catalog.NeedsField, k.Name, f.Label(), layer.Example(f)).On(f.Name)
		}
	}
	return l, nil
}
