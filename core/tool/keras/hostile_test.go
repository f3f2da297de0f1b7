package keras

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/keras/hdf5/hdf5test"
)

// TestHostileHDF5 reads files whose groups are named again and again: names are pieces
// of each other, groups are in themselves.
func TestHostileHDF5(t *testing.T) {
	long := strings.Repeat("n", 900)
	for _, newer := range []bool{false, true} {
		for name, build := range map[string]func(w *hdf5test.Writer) int{
			"one group under many names": func(w *hdf5test.Writer) int {
				data := w.Dataset(8, 8)
				members := map[string]int{}
				for i := range 2000 {
					members[fmt.Sprint(long, i)] = data
				}
				return w.Group(members, nil)
			},
			"names that grow": func(w *hdf5test.Writer) int {
				at := w.Dataset(8, 8)
				for i := range 60 {
					members := map[string]int{fmt.Sprint(long[:10], i): at}
					for k := range 200 {
						members[fmt.Sprint("w", k)] = w.Dataset(8, 8)
					}
					at = w.Group(members, nil)
				}
				return at
			},
			"slashes": func(w *hdf5test.Writer) int {
				members := map[string]int{}
				for i := range 500 {
					members[strings.Repeat("/", 990)+fmt.Sprint(i)] = w.Dataset(8, 8)
				}
				return w.Group(members, nil)
			},
			"a long text": func(w *hdf5test.Writer) int {
				return w.Group(map[string]int{"a": w.Dataset(8, 8)}, map[string]string{"model_config": strings.Repeat("[", 60_000)})
			},
		} {
			tooltest.Hostile(t, fmt.Sprint(name, ", newer ", newer, ".h5"), hdf5test.File(newer, build), readers...)
		}
	}
	// A symbol table whose names all begin in the same long text: of the file's size
	// squared.
	suffixes := hdf5test.File(false, func(w *hdf5test.Writer) int {
		members := map[string]int{}
		for i := range 3000 {
			members[strings.Repeat("n", i%1000)+fmt.Sprintf("%04d", i)] = hdf5test.First
		}
		return w.Group(members, nil)
	})
	if d := tooltest.Hostile(t, "circle of names.h5", suffixes, readers...); d != nil && d.Say.Key == catalog.ImportBroken {
		t.Error(d)
	}
}
