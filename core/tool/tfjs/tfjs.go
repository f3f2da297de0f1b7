// Package tfjs reads graph models of TensorFlow.js: model.json with the operators of
// a frozen TensorFlow graph and the manifest of its weights, as
// tensorflowjs_converter writes it. Models of Keras' layers are Keras'.
//
// The operators of the file are parsed, fused ones are expanded, and each becomes
// layers of a graph. The values of constants are in the files of weights beside
// model.json: axes, paddings and sizes are inferred from what surrounds them, and
// that is noted; where they cannot be, the shape stays unknown.
package tfjs

import (
	"bytes"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

// Reader is a graph model. A graph model is known by its format, or by its nodes.
var Reader = source.Reader{
	ID: "tfjs", Label: "TensorFlow.js",
	Detect: func(head []byte, f *source.File) bool {
		text := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
		if len(text) == 0 || text[0] != '{' || !contains(text, "modelTopology", "weightsManifest", "graph-model") {
			return false
		}
		if contains(text, "class_name", "layers-model") {
			return false
		}
		if isGraph(text) {
			return true
		}
		all, err := f.All() // the nodes come after the manifest, or a long signature
		return err == nil && isGraph(all) && !contains(all, "class_name", "layers-model")
	},
	Read: func(f *source.File) (*source.Result, error) {
		text, err := f.All()
		if err != nil {
			return nil, err
		}
		if err := f.Progress(0.1); err != nil {
			return nil, err
		}
		g, err := parse(text)
		if err != nil {
			return nil, err
		}
		if len(g.nodes) == 0 {
			return nil, diag.New(catalog.ImportNoLayers, "TensorFlow.js")
		}
		l := newLowering(expand(g))
		if err := l.all(f); err != nil {
			return nil, err
		}
		return l.finish()
	},
}

// contains reports whether a text has one of some words in quotes.
func contains(text []byte, words ...string) bool {
	for _, w := range words {
		if bytes.Contains(text, []byte(`"`+w+`"`)) {
			return true
		}
	}
	return false
}

func isGraph(text []byte) bool {
	if contains(text, "graph-model") {
		return true
	}
	_, topology, found := bytes.Cut(text, []byte(`"modelTopology"`))
	return found && contains(topology, "node") && contains(topology, "op")
}
