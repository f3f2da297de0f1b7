package hdf5_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/keras/hdf5"
	"paramstack/core/tool/keras/hdf5/hdf5test"
	"paramstack/core/tool/source"
)

// small is a file with an attribute, groups in groups, a second name of a group
// and one that leads back to the root.
func small(newer bool) []byte {
	return hdf5test.File(newer, func(w *hdf5test.Writer) int {
		kernel := w.Group(map[string]int{"kernel:0": w.Dataset(3, 3, 8, 16), "bias:0": w.Dataset(16)}, nil)
		return w.Group(map[string]int{
			"conv": kernel, "more": w.Group(map[string]int{"again": kernel, "scalar": w.Dataset()}, nil), "optimizer": w.Dataset(7),
		}, map[string]string{"backend": "tensorflow", "long": strings.Repeat("ab", 5000)})
	})
}

func file(data []byte) *source.File {
	return &source.File{Name: "x.h5", Size: int64(len(data)), At: bytes.NewReader(data)}
}

// listed returns the datasets of a file, and two attributes.
func listed(data []byte) (list string, backend, long string, err error) {
	f, err := hdf5.Open(file(data))
	if err != nil {
		return "", "", "", err
	}
	root, err := f.Root()
	if err != nil {
		return "", "", "", err
	}
	if backend, err = root.Text("backend"); err != nil {
		return "", "", "", err
	}
	if long, err = root.Text("long"); err != nil {
		return "", "", "", err
	}
	skip := func(path string) bool { return path == "optimizer" }
	err = root.Walk(skip, func(d hdf5.Dataset) { list += fmt.Sprintf("%s%d %v; ", d.Path, d.Shape, d.Float) })
	return list, backend, long, err
}

func TestRead(t *testing.T) {
	for _, newer := range []bool{false, true} {
		got, backend, long, err := listed(small(newer))
		want := "conv/bias:0[16] true; conv/kernel:0[3 3 8 16] true; more/scalar[] true; "
		if err != nil || got != want || backend != "tensorflow" || long != strings.Repeat("ab", 5000) {
			t.Errorf("newer %v: %v\ngot  %s, %s, %d bytes\nwant %s", newer, err, got, backend, len(long), want)
		}
	}
}

func TestMember(t *testing.T) {
	f, err := hdf5.Open(file(small(false)))
	if err != nil {
		t.Fatal(err)
	}
	root, err := f.Root()
	if err != nil {
		t.Fatal(err)
	}
	more, err := root.Member("more")
	if err != nil || more == nil {
		t.Fatal(more, err)
	}
	var paths []string
	if err := more.Walk(func(string) bool { return false }, func(d hdf5.Dataset) { paths = append(paths, d.Path) }); err != nil {
		t.Fatal(err)
	}
	if want := []string{"again/bias:0", "again/kernel:0", "scalar"}; !slices.Equal(paths, want) {
		t.Errorf("got %v, want %v", paths, want)
	}
	if none, err := root.Member("none"); none != nil || err != nil {
		t.Error(none, err)
	}
	if text, err := root.Text("none"); text != "" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// TestCircle: a group that holds itself is walked once.
func TestCircle(t *testing.T) {
	data := hdf5test.File(true, func(w *hdf5test.Writer) int {
		return w.Group(map[string]int{"a": hdf5test.First}, nil) // the root is the first object
	})
	if got, _, _, err := listed(data); got != "" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// TestRefused: what is cut off, or of another version, is refused by name.
func TestRefused(t *testing.T) {
	version := func(n byte) []byte {
		b := small(false)
		b[8] = n
		return b
	}
	for _, c := range []struct {
		name string
		data []byte
		want catalog.Key
	}{
		{"no file", []byte("no HDF5"), catalog.ImportCutOff},
		{"cut", small(false)[:300], catalog.ImportCutOff},
		{"a superblock to come", version(9), catalog.ImportHDF5Form},
	} {
		_, _, _, err := listed(c.data)
		if err == nil || source.AsDiag(err).Say.Key != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// TestMangled: reading ends without a panic, for any bytes.
func TestMangled(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	read, refused := 0, 0
	for range 2000 {
		data := small(random.IntN(2) == 0)
		for range 1 + random.IntN(8) {
			data[random.IntN(len(data))] = byte(random.IntN(256))
		}
		if random.IntN(4) == 0 {
			data = data[:random.IntN(len(data))]
		}
		if _, _, _, err := listed(data); err != nil {
			refused++
		} else {
			read++
		}
	}
	if read == 0 || refused == 0 {
		t.Errorf("%d read, %d refused", read, refused)
	}
}

func FuzzHDF5(f *testing.F) {
	f.Add(small(false))
	f.Add(small(true))
	f.Fuzz(func(t *testing.T, data []byte) { tooltest.Bounded(t, "HDF5", func() { listed(data) }) })
}
