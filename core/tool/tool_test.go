package tool

import (
	"slices"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/tool/source"
	"paramstack/core/tool/target"
)

// TestTools checks that every reader and writer of a tool is listed, and that every
// format has a name in both languages.
func TestTools(t *testing.T) {
	ids := map[string]bool{}
	var readers []*source.Reader
	var writers []*target.Writer
	for _, tool := range Tools {
		if ids[tool.ID] || len(tool.Readers)+len(tool.Writers) == 0 {
			t.Errorf("%s is listed twice, or does nothing", tool.ID)
		}
		ids[tool.ID] = true
		readers, writers = append(readers, tool.Readers...), append(writers, tool.Writers...)
	}
	for _, r := range readers {
		if !slices.Contains(Readers, r) {
			t.Errorf("nobody asks %s whether a file is its own", r.ID)
		}
	}
	if len(readers) != len(Readers) {
		t.Errorf("%d readers of tools, %d are asked", len(readers), len(Readers))
	}
	for _, w := range writers {
		if !slices.Contains(Writers, w) {
			t.Errorf("%s is not in the menu", w.ID)
		}
	}
	for _, w := range Writers {
		if !catalog.Has(w.Label) || w.Ext == "" || WriterByID(w.ID) != w {
			t.Errorf("%s is half described", w.ID)
		}
	}
}
