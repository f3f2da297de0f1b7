package keras

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/keras/hdf5/hdf5test"
	"paramstack/core/tool/source"
)

// smallH5 is a model with a layer of its author's own.
func smallH5(newer bool) []byte {
	return hdf5test.File(newer, func(w *hdf5test.Writer) int {
		mine := w.Group(map[string]int{"m": w.Group(map[string]int{"kernel:0": w.Dataset(5, 6), "moving_mean:0": w.Dataset(6)}, nil)}, nil)
		dense := w.Group(map[string]int{"d": w.Group(map[string]int{"kernel:0": w.Dataset(6, 2), "bias:0": w.Dataset(2)}, nil)}, nil)
		return w.Group(map[string]int{
			"model_weights":     w.Group(map[string]int{"m": mine, "d": dense}, nil),
			"optimizer_weights": w.Group(map[string]int{"m": w.Dataset(100, 100)}, nil),
		}, map[string]string{"keras_version": "2.4.0", "model_config": kseq(kin("i", "5"), kl("Mine", "m", ""), kl("Dense", "d", `"units":2`))})
	})
}

func weightsH5() []byte {
	return hdf5test.File(false, func(w *hdf5test.Writer) int {
		vars := func(shapes ...[]int) int {
			m := map[string]int{}
			for i, s := range shapes {
				m[fmt.Sprint(i)] = w.Dataset(s...)
			}
			return w.Group(map[string]int{"vars": w.Group(m, nil)}, nil)
		}
		return w.Group(map[string]int{
			"layers":    w.Group(map[string]int{"mine": vars([]int{5, 6}), "mine_1": vars([]int{6, 7}, []int{7}), "dense": vars([]int{7, 2}, []int{2})}, nil),
			"optimizer": vars([]int{100}),
		}, nil)
	})
}

func archiveOf(files map[string][]byte, method uint16) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"metadata.json", "config.json", "model.weights.h5"} {
		if data, ok := files[name]; ok {
			f, _ := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
			f.Write(data)
		}
	}
	z.Close()
	return b.Bytes()
}

func smallArchive(method uint16) []byte {
	mine := func(name string) string {
		return `{"module":null,"class_name":"Mine","registered_name":"p>Mine","config":{"name":"` + name + `"}}`
	}
	return archiveOf(map[string][]byte{
		"metadata.json": []byte(`{"keras_version": "3.5.0"}`), "model.weights.h5": weightsH5(),
		"config.json": []byte(kseq(kl("InputLayer", "i", `"batch_shape":[null,5]`), mine("a"), mine("b"), kl("Dense", "d", `"units":2`))),
	}, method)
}

func TestHDF5(t *testing.T) {
	const shallow = "i5;m:opaque type=Mine weights=5x6 buffers=6 out=6;d:l2"
	const three = "i5;a:opaque type=Mine weights=5x6;b:opaque type=Mine weights=6x7,7 out=7;d:l2"
	for _, c := range []struct {
		name   string
		data   []byte
		want   string
		params string
	}{
		{"older.h5", smallH5(false), shallow, "50"},
		{"newer.h5", smallH5(true), shallow, "50"},
		{"stored.keras", smallArchive(zip.Store), three, "95"},
		{"packed.keras", smallArchive(zip.Deflate), three, "95"},
		{"weights.h5", weightsH5(), "", "95"},
	} {
		res, _, problem := tooltest.Open(tooltest.File(c.name, c.data), readers...)
		if problem != nil {
			t.Errorf("%s: %v", c.name, problem)
			continue
		}
		got := compactOf(res)
		if total := count.Of(res.Model).Totals; c.want != "" && got != c.want || total.Shown(style).String() != c.params || total.ParamsAtLeast {
			t.Errorf("%s: %v parameters\ngot  %s\nwant %s", c.name, total.Shown(style), got, c.want)
			for _, n := range res.Notes {
				t.Log(n.Say.In(catalog.English))
			}
		}
	}
}

// A hole is a file of which only the beginning can be read.
type hole struct {
	head []byte
	size int64
	read int64
}

func (h *hole) ReadAt(b []byte, at int64) (int, error) {
	h.read += int64(len(b))
	clear(b)
	if at < int64(len(h.head)) {
		copy(b, h.head[at:])
	}
	return len(b), nil
}

// TestKerasLarge: what follows the structure of a file is not read.
func TestKerasLarge(t *testing.T) {
	h := &hole{head: smallH5(false), size: 4 << 30}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, problem := tooltest.Open(&source.File{Name: "large.h5", Size: h.size, At: h}, readers...)
	runtime.ReadMemStats(&after)
	if problem != nil || h.read > 1<<20 {
		t.Errorf("%v, %d bytes read", problem, h.read)
	}
	t.Logf("4 GB of HDF5: %d bytes read, %d bytes of memory", h.read, after.TotalAlloc-before.TotalAlloc)
}

// TestKerasHostile: files that lie are refused, in words.
func TestKerasHostile(t *testing.T) {
	deep := kl("Dense", "d", `"units":1`)
	for range 40 {
		deep = kseq(deep)
	}
	twice := kfn("i", "d", kin("i", "2"), kl("Dense", "d", `"units":2`, "i"))
	for range 16 { // each model calls the one inside twice: 65,536 layers
		twice = kfn("i", "m:2", kin("i", "2"), knested(twice, "m", "i", "m:1,0"))
	}
	cycle := hdf5test.File(false, func(w *hdf5test.Writer) int { return w.Group(map[string]int{"a": hdf5test.First}, nil) })
	bomb := archiveOf(map[string][]byte{"metadata.json": []byte(`{"keras_version":"3"}`), "config.json": bytes.Repeat([]byte(" "), source.MaxText+1)}, zip.Deflate)
	for _, c := range []struct {
		name string
		data []byte
		want catalog.Key
	}{
		{"deep.json", []byte(deep), catalog.ImportKerasDeep},
		{"nested.json", []byte(`{"class_name":"Sequential","config":` + strings.Repeat("[", 100_000)), catalog.ImportBroken},
		{"twice.json", []byte(twice), catalog.ImportTooManyNodes},
		{"circle.json", []byte(kfn("x", "b", kin("x", "4"), kl("Dense", "a", `"units":2`, "b"), kl("Dense", "b", `"units":2`, "a"))), catalog.ImportCycle},
		{"missing.json", []byte(kfn("x", "a", kin("x", "4"), kl("Dense", "a", `"units":2`, "y"))), catalog.ImportNoInput},
		{"call.json", []byte(kfn("x", "a", kin("x", "4"), kl("Dense", "a", `"units":2`, "x:7,0"))), catalog.ImportNoInput},
		{"empty.json", []byte(kfn("x", "", kin("x", "4"))), catalog.ImportKerasLayer},
		{"none.json", []byte(`{"class_name":"Sequential","config":[]}`), catalog.ImportNoLayers},
		{"cut.h5", smallH5(false)[:300], catalog.ImportCutOff},
		{"cut.keras", smallArchive(zip.Store)[:200], catalog.ImportBroken},
		{"circle.h5", cycle, ""},
		{"bomb.keras", bomb, catalog.ImportTooMuch},
		{"config.keras", archiveOf(map[string][]byte{"metadata.json": []byte(`{"keras_version":"3"}`)}, zip.Store), catalog.ImportKerasNoConfig},
	} {
		_, _, problem := tooltest.Open(tooltest.File(c.name, c.data), readers...)
		if problem == nil || c.want != "" && problem.Say.Key != c.want {
			t.Errorf("%s: %v, want %s", c.name, problem, c.want)
		}
	}
}

// TestKerasCancelled: the reader may give up at any time.
func TestKerasCancelled(t *testing.T) {
	for _, data := range [][]byte{smallH5(false), smallArchive(zip.Store), []byte(kseq(kin("i", "4"), kl("Dense", "d", `"units":3`)))} {
		for left := range 3 {
			f := tooltest.File("x.keras", data)
			f.Step = func(float64) bool { left--; return left >= 0 }
			if _, _, problem := tooltest.Open(f, readers...); problem != nil && problem.Say.Key != catalog.ImportCancelled {
				t.Errorf("%v", problem)
			}
		}
	}
	f := tooltest.File("x.h5", smallH5(false))
	f.At = unreadable{}
	if _, _, problem := tooltest.Open(f, readers...); problem == nil || problem.Say.Key != catalog.ImportUnreadable {
		t.Errorf("%v", problem)
	}
}

type unreadable struct{}

func (unreadable) ReadAt([]byte, int64) (int, error) { return 0, errors.Join(io.ErrUnexpectedEOF) }
