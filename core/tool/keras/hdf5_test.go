package keras

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/source"
)

// An h5Writer writes small HDF5 files for tests: in the form that h5py writes by
// default (superblock 0), or in the newer one (superblock 2, object headers 2).
type h5Writer struct {
	bytes.Buffer
	newer bool
}

func le(n, size int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(n))
	return b[:size]
}

// put appends blocks and returns the address of the first.
func (w *h5Writer) put(blocks ...[]byte) int {
	for w.Len()%8 != 0 {
		w.WriteByte(0)
	}
	at := w.Len()
	w.Write(slices.Concat(blocks...))
	return at
}

// object writes an object header with messages of a kind each.
func (w *h5Writer) object(messages map[int][][]byte) int {
	var body []byte
	n := 0
	for _, kind := range []int{hdf5Dataspace, hdf5DataType, hdf5SymbolTable, hdf5Link, hdf5Attribute} {
		for _, data := range messages[kind] {
			n++
			if w.newer {
				body = slices.Concat(body, le(kind, 1), le(len(data), 2), []byte{0}, data)
				continue
			}
			data = append(data, make([]byte, (8-len(data)%8)%8)...)
			body = slices.Concat(body, le(kind, 2), le(len(data), 2), []byte{0, 0, 0, 0}, data)
		}
	}
	if w.newer {
		return w.put([]byte("OHDR\x02\x02"), le(len(body), 4), body, []byte{0, 0, 0, 0})
	}
	return w.put([]byte{1, 0}, le(n, 2), le(1, 4), le(len(body), 4), le(0, 4), body)
}

func (w *h5Writer) dataset(shape ...int) int {
	space := []byte{1, byte(len(shape)), 0, 0, 0, 0, 0, 0}
	for _, n := range shape {
		space = append(space, le(n, 8)...)
	}
	return w.object(map[int][][]byte{hdf5Dataspace: {space}, hdf5DataType: {{0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0}}})
}

// group writes a group of named objects with text attributes.
func (w *h5Writer) group(members map[string]int, attributes map[string]string) int {
	messages := map[int][][]byte{}
	for name, value := range attributes {
		heap := w.put([]byte("GCOL\x01\x00\x00\x00"), le(32+(len(value)+7)&^7+16, 8), le(1, 2), le(1, 2), le(0, 4), le(len(value), 8), []byte(value), make([]byte, (8-len(value)%8)%8), make([]byte, 16))
		typ := append([]byte{0x19, 1, 0, 0, 16, 0, 0, 0}, 0x13, 0, 0, 0, 1, 0, 0, 0)
		data := slices.Concat(le(len(value), 4), le(heap, 8), le(1, 4))
		pad := func(b []byte) []byte { return append(b, make([]byte, (8-len(b)%8)%8)...) }
		if w.newer {
			messages[hdf5Attribute] = append(messages[hdf5Attribute], slices.Concat([]byte{3, 0}, le(len(name)+1, 2), le(len(typ), 2), le(4, 2), []byte{0}, []byte(name+"\x00"), typ, []byte{2, 0, 0, 0}, data))
		} else {
			messages[hdf5Attribute] = append(messages[hdf5Attribute], slices.Concat([]byte{1, 0}, le(len(name)+1, 2), le(len(typ), 2), le(8, 2), pad([]byte(name+"\x00")), pad(typ), make([]byte, 8), data))
		}
	}
	var names []string
	for n := range members {
		names = append(names, n)
	}
	slices.Sort(names)
	heap, entries := make([]byte, 8), []byte{}
	for _, n := range names {
		if w.newer {
			messages[hdf5Link] = append(messages[hdf5Link], slices.Concat([]byte{1, 0}, le(len(n), 1), []byte(n), le(members[n], 8)))
			continue
		}
		entries = slices.Concat(entries, le(len(heap), 8), le(members[n], 8), make([]byte, 24))
		heap = append(heap, n+"\x00"...)
	}
	if !w.newer {
		data := w.put(heap)
		local := w.put([]byte("HEAP\x00\x00\x00\x00"), le(len(heap), 8), le(0, 8), le(data, 8))
		node := w.put([]byte("SNOD\x01\x00"), le(len(names), 2), entries)
		tree := w.put([]byte("TREE\x00\x00\x01\x00"), bytes.Repeat([]byte{255}, 16), le(0, 8), le(node, 8), le(8, 8))
		messages[hdf5SymbolTable] = [][]byte{append(le(tree, 8), le(local, 8)...)}
	}
	return w.object(messages)
}

// newH5 writes a file whose root is what f makes.
func newH5(newer bool, f func(w *h5Writer) int) []byte {
	w := &h5Writer{newer: newer}
	w.Write(make([]byte, 96))
	root := f(w)
	head := slices.Concat([]byte(hdf5Signature), []byte{0, 0, 0, 0, 0, 8, 8, 0}, le(4, 2), le(16, 2), le(0, 4), le(0, 8), bytes.Repeat([]byte{255}, 8), le(w.Len(), 8), bytes.Repeat([]byte{255}, 8), le(0, 8), le(root, 8))
	if newer {
		head = slices.Concat([]byte(hdf5Signature), []byte{2, 8, 8, 0}, le(0, 8), bytes.Repeat([]byte{255}, 8), le(w.Len(), 8), le(root, 8))
	}
	b := w.Bytes()
	copy(b, head)
	return append(b, make([]byte, 64)...)
}

// smallH5 is a model with a layer of its author's own.
func smallH5(newer bool) []byte {
	return newH5(newer, func(w *h5Writer) int {
		mine := w.group(map[string]int{"m": w.group(map[string]int{"kernel:0": w.dataset(5, 6), "moving_mean:0": w.dataset(6)}, nil)}, nil)
		dense := w.group(map[string]int{"d": w.group(map[string]int{"kernel:0": w.dataset(6, 2), "bias:0": w.dataset(2)}, nil)}, nil)
		return w.group(map[string]int{
			"model_weights":     w.group(map[string]int{"m": mine, "d": dense}, nil),
			"optimizer_weights": w.group(map[string]int{"m": w.dataset(100, 100)}, nil),
		}, map[string]string{"keras_version": "2.4.0", "model_config": kseq(kin("i", "5"), kl("Mine", "m", ""), kl("Dense", "d", `"units":2`))})
	})
}

func weightsH5() []byte {
	return newH5(false, func(w *h5Writer) int {
		vars := func(shapes ...[]int) int {
			m := map[string]int{}
			for i, s := range shapes {
				m[fmt.Sprint(i)] = w.dataset(s...)
			}
			return w.group(map[string]int{"vars": w.group(m, nil)}, nil)
		}
		return w.group(map[string]int{
			"layers":    w.group(map[string]int{"mine": vars([]int{5, 6}), "mine_1": vars([]int{6, 7}, []int{7}), "dense": vars([]int{7, 2}, []int{2})}, nil),
			"optimizer": vars([]int{100}),
		}, nil)
	})
}

func kerasZip(files map[string][]byte, method uint16) []byte {
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

func smallKeras(method uint16) []byte {
	mine := func(name string) string {
		return `{"module":null,"class_name":"Mine","registered_name":"p>Mine","config":{"name":"` + name + `"}}`
	}
	return kerasZip(map[string][]byte{
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
		{"stored.keras", smallKeras(zip.Store), three, "95"},
		{"packed.keras", smallKeras(zip.Deflate), three, "95"},
		{"weights.h5", weightsH5(), "", "95"},
	} {
		res, _, problem := tooltest.Open(tooltest.File(c.name, c.data), readers...)
		if problem != nil {
			t.Errorf("%s: %v", c.name, problem)
			continue
		}
		got := compactOf(res)
		if total := count.Of(res.Model).Totals; c.want != "" && got != c.want || total.Shown(kerasStyle).String() != c.params || total.ParamsAtLeast {
			t.Errorf("%s: %v parameters\ngot  %s\nwant %s", c.name, total.Shown(kerasStyle), got, c.want)
			for _, n := range res.Notes {
				t.Log(n.Say.In(catalog.English))
			}
		}
	}
}

// A kerasHole is a file with a beginning and nothing behind it.
type kerasHole struct {
	head []byte
	size int64
	read int64
}

func (h *kerasHole) ReadAt(b []byte, at int64) (int, error) {
	h.read += int64(len(b))
	clear(b)
	if at < int64(len(h.head)) {
		copy(b, h.head[at:])
	}
	return len(b), nil
}

// TestKerasLarge: what is behind the structure of a file is not read.
func TestKerasLarge(t *testing.T) {
	h := &kerasHole{head: smallH5(false), size: 4 << 30}
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
	cycle := newH5(false, func(w *h5Writer) int { return w.group(map[string]int{"a": 96}, nil) })
	bomb := kerasZip(map[string][]byte{"metadata.json": []byte(`{"keras_version":"3"}`), "config.json": bytes.Repeat([]byte(" "), source.MaxText+1)}, zip.Deflate)
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
		{"cut.keras", smallKeras(zip.Store)[:200], catalog.ImportBroken},
		{"circle.h5", cycle, ""},
		{"bomb.keras", bomb, catalog.ImportTooLarge},
		{"config.keras", kerasZip(map[string][]byte{"metadata.json": []byte(`{"keras_version":"3"}`)}, zip.Store), catalog.ImportKerasNoConfig},
	} {
		_, _, problem := tooltest.Open(tooltest.File(c.name, c.data), readers...)
		if problem == nil || c.want != "" && problem.Say.Key != c.want {
			t.Errorf("%s: %v, want %s", c.name, problem, c.want)
		}
	}
}

// TestKerasCancelled: the reader may give up at any time.
func TestKerasCancelled(t *testing.T) {
	for _, data := range [][]byte{smallH5(false), smallKeras(zip.Store), []byte(kseq(kin("i", "4"), kl("Dense", "d", `"units":3`)))} {
		for left := range 3 {
			f := tooltest.File("x.keras", data)
			f.Step = func(float64) bool { left--; return left >= 0 }
			if _, _, problem := tooltest.Open(f, readers...); problem != nil && problem.Say.Key != catalog.ImportCancelled {
				t.Errorf("%v", problem)
			}
		}
	}
	f := tooltest.File("x.h5", smallH5(false))
	f.At = kerasBroken{}
	if _, _, problem := tooltest.Open(f, readers...); problem == nil || problem.Say.Key != catalog.ImportUnreadable {
		t.Errorf("%v", problem)
	}
}

type kerasBroken struct{}

func (kerasBroken) ReadAt([]byte, int64) (int, error) { return 0, errors.Join(io.ErrUnexpectedEOF) }
