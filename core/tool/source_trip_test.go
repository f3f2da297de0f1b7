package tool

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/source"
	"paramstack/core/zoo"
)

// otherRows are networks of which PyTorch's code says a layer in several steps, with
// the reason; their totals are the same.
var otherRows = map[string]string{
	"nasnet": "a separable convolution with uneven padding is three modules",
	"-keras": "Keras' counter of one number has the size of what it scales",
}

// TestSourceComesHome writes every network of the zoo as PyTorch code and reads the
// code: parameters, buffers and rows are those that the network has.
func TestSourceComesHome(t *testing.T) {
	same := 0
	for _, z := range zoo.All() {
		n := tooltest.NetOf(z)
		code, _ := WriterByID("pytorch").Write(n)
		r, reader, d := Read(&source.File{Name: "pasted.txt", Size: int64(len(code)), At: bytes.NewReader([]byte(code))})
		if d != nil {
			t.Errorf("%s: %v", z.ID, d)
			continue
		}
		if reader.ID != "torch-source" {
			t.Errorf("%s: read as %s", z.ID, reader.ID)
		}
		got := count.Of(r.Model)
		a, b := n.Report.Totals, got.Totals
		if !a.Params(true).Equal(b.Params(true)) {
			t.Errorf("%s: %s parameters, want %s", z.ID, b.Params(true), a.Params(true))
		}
		part := func(s string) bool { return strings.Contains(z.ID, s) }
		if !a.Stats.Equal(b.Stats) {
			t.Errorf("%s: %s numbers in buffers, want %s", z.ID, b.Stats, a.Stats)
		}
		if slices.Equal(usedRows(n.Report), usedRows(got)) {
			same++
			continue
		}
		known := false
		for p := range otherRows {
			known = known || part(p)
		}
		if !known {
			t.Errorf("%s: other rows\n%s\nwant\n%s", z.ID, strings.Join(usedRows(got), "\n"), strings.Join(usedRows(n.Report), "\n"))
		}
	}
	t.Logf("%d of %d networks have the same rows", same, len(zoo.All()))
}
