// Package summary reads the tables that people print of their networks, and
// writes one as torchinfo does.
//
// A text goes through three passes: readTable makes rows of lines (layout.go), a
// search finds the layer that has just what a row states (search.go), and a
// builder joins the layers to a network (build.go).
package summary

import (
	"paramstack/core/tool/source"
)

// Reader is what people print of their networks: the summaries of torchinfo,
// torchsummary (pytorch-summary), torch-scan, torchstat and Keras. A row states a
// layer's class, its output and how many parameters it has.
var Reader = source.Reader{
	ID: "table", Label: "summary (torchinfo, torchsummary, Keras)",
	Detect: func(head []byte, _ *source.File) bool {
		text := unwrapped(string(head))
		if l, _ := headless(text); l != nil {
			return true
		}
		// The shapes of fvcore's rows are read with those of other lists of tensors.
		return hasHeader(text) && !shapeRow.MatchString(text)
	},
	Read: func(f *source.File) (*source.Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		t, err := readTable(string(data))
		if err != nil {
			return nil, err
		}
		if err := f.Progress(0.3); err != nil {
			return nil, err
		}
		r, err := t.network()
		if r != nil {
			r.Keras = t.keras()
		}
		return r, err
	},
}
