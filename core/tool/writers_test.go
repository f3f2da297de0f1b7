package tool

import (
	"paramstack/core/catalog"
	"testing"
)

// TestFormats wants a name in both languages for every format.
func TestFormats(t *testing.T) {
	for _, f := range Writers {
		if !catalog.Has(f.Label) || f.Ext == "" || ByName(f.ID) == nil {
			t.Errorf("%s is half described", f.ID)
		}
	}
}
