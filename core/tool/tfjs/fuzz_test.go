package tfjs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/source"
)

// What is broken is refused with a sentence, or read as far as it can be.
func TestRefuses(t *testing.T) {
	for src, want := range map[string]catalog.Key{
		`{"format": "graph-model", "modelTopology": {"node": [{"name": 7}]}}`: catalog.ImportBroken,
		`{"format": "graph-model", "modelTopology": {"node": []}}`:            catalog.ImportNoLayers,
		`{"format": "graph-model", "modelTopology": {"node": [
			{"name": "a", "op": "Relu", "input": ["b"]}, {"name": "b", "op": "Relu", "input": ["a"]}]}}`: catalog.ImportCycle,
		`{"format": "graph-model", "modelTopology": {"node": [{"name": "a", "op": "Relu"}]},
			"weightsManifest": [{"weights": [{"name": "w", "shape": [-4]}]}]}`: catalog.ImportOnnxShape,
	} {
		if _, d := Reader.Open(file([]byte(src))); d == nil || d.Say.Key != want {
			t.Errorf("%s: %v, want %s", src, d, want)
		}
	}
}

// A model of Keras' layers is none, nor is a manifest alone; a graph is one also
// without the word for it, and where its nodes come last.
func TestDetect(t *testing.T) {
	long := `"weightsManifest": [{"paths": ["` + strings.Repeat("a", 2*source.HeadSize) + `"]}], `
	for src, want := range map[string]bool{
		`{"format": "layers-model", "modelTopology": {"class_name": "Sequential"}}`:     false,
		`{"modelTopology": {"model_config": {"class_name": "Sequential"}}}`:             false,
		`[{"paths": [], "weights": [{"name": "w", "shape": []}]}]`:                      false,
		`{` + long + `"modelTopology": {"model_config": {"class_name": "Sequential"}}}`: false,
		`{"modelTopology": {"node": [{"name": "x", "op": "Placeholder"}]}}`:             true,
		"\ufeff" + ` {"format":"graph-model"}`:                                          true,
		`{` + long + `"modelTopology": {"node": [{"name": "x", "op": "Placeholder"}]}}`: true,
	} {
		if got := Reader.Detect([]byte(src)[:min(len(src), source.HeadSize)], file([]byte(src))); got != want {
			t.Errorf("%.80s: %v", src, got)
		}
	}
}

// Strings of attributes are in base64, but not in all files, and some words look like
// it; shapes may be missing.
func TestPlain(t *testing.T) {
	src := `{"modelTopology": {"node": [
		{"name": "x", "op": "Placeholder", "attr": {"shape": {"shape": {"dim": [{"size": 1}, {"size": 6}, {"size": 6}, {"size": 2}]}}}},
		{"name": "w", "op": "Const", "attr": {"value": {"tensor": {"tensorShape": {"dim": [{"size": 3}, {"size": 3}, {"size": 2}, {"size": 4}]}}}}},
		{"name": "y", "op": "Conv2D", "input": ["^x", "x:0", "w"], "attr": {"padding": {"s": "SAME"}, "data_format": {"s": [78, 72, 87, 67]},
			"strides": {"list": {"i": [1, 2, 2, 1]}}}}]},
		"weightsManifest": [{"weights": [{"name": "w", "shape": [3, 3, 2, 4], "dtype": "float32", "quantization": {"dtype": "uint8"}}]}]}`
	want := "input 2x6x6\ny: conv 4 k3 s2 pkeras-same nobias\n\nparameters 72, statistics 0, MACs 648\n"
	if got := reading(t, []byte(src)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A reader that gives up stops.
func TestCancelled(t *testing.T) {
	f := file(model(t, "x = Placeholder 1x4\ny = Relu x"))
	f.Step = func(float64) bool { return false }
	if _, d := Reader.Open(f); d == nil || d.Say.Key != catalog.ImportCancelled {
		t.Error(d)
	}
}

// Whatever a file states, reading it does not panic, and what is read can be written
// and counted. The corpus is the models of testdata and what came of them.
func FuzzGraphModel(f *testing.F) {
	cases, _ := filepath.Glob("testdata/*.txt")
	for _, name := range cases {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		src, _, _ := strings.Cut(string(b), "-- becomes --\n")
		_, src, _ = strings.Cut(src, "-- model --\n")
		f.Add(model(f, src))
	}
	f.Fuzz(func(t *testing.T, b []byte) { tooltest.ReadAny(t, &Reader, b) })
}
