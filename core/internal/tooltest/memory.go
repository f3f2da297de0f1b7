package tooltest

import (
	"runtime/metrics"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

// MostMade is how many bytes the reading of a small file, or the writing of a small
// network, may allocate in all. It is what a browser on a phone still has, and far
// more than any network of that size needs; a reader that multiplies what it is given
// without spending the budget of its file (source.Budget) needs many times more.
const MostMade = 300 << 20

// Bounded calls f and fails if it allocates more than MostMade bytes. Other
// goroutines are counted too, so tests that use it do not run in parallel.
func Bounded(t testing.TB, what string, f func()) {
	t.Helper()
	before := allocated()
	f()
	if made := allocated() - before; made > MostMade {
		t.Errorf("%s: %d MB were allocated, more than %d", what, made>>20, MostMade>>20)
	}
}

// allocated returns how many bytes the program has allocated since it began.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// Hostile reads a file that was made to exhaust its reader, and counts what comes of
// it: it must be refused in words, or take no more memory than MostMade. It returns
// why it was refused, nil if it was read.
func Hostile(t *testing.T, name string, data []byte, readers ...*source.Reader) *diag.Diag {
	t.Helper()
	var d *diag.Diag
	Bounded(t, name, func() {
		var r *source.Result
		if r, _, d = Open(File(name, data), readers...); d == nil {
			count.Of(r.Model)
		}
	})
	if d != nil && (d.Say.In(catalog.English) == "" || d.Say.In(catalog.Korean) == "") {
		t.Errorf("%s: an error without words", name)
	}
	t.Logf("%s: %d bytes: %v", name, len(data), d)
	return d
}
