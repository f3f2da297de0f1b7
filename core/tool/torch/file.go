package torch

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
	"paramstack/core/tool/archive"
	"paramstack/core/tool/source"
	"paramstack/core/tool/torch/pickle"
	"paramstack/core/tool/torch/safetensors"
)

// FileReader is what torch.save writes: since PyTorch 1.6 a zip archive with a
// pickle of everything but the numbers (data.pkl), before that several pickles one
// after the other (torch/serialization.py). TorchScript's archives are alike. The
// numbers are never read, and nothing that the pickle names is called.
var FileReader = source.Reader{
	ID: "torch", Label: "PyTorch (.pt, .pth, .bin)", Exts: []string{".pt", ".pth", ".ckpt", ".bin"},
	Detect: func(head []byte, f *source.File) bool {
		if bytes.HasPrefix(head, legacyMagic) {
			return true
		}
		if !bytes.HasPrefix(head, []byte(archive.Signature)) {
			return false
		}
		a, err := archive.Open(f)
		return err == nil && a.Find(isPickle) != nil
	},
	Read: func(f *source.File) (*source.Result, error) {
		head, err := f.Read(0, min(f.Size, int64(len(legacyMagic))))
		if err != nil {
			return nil, err
		}
		var root any
		if bytes.Equal(head, legacyMagic) {
			root, err = legacyPickle(f)
		} else {
			root, err = zipPickle(f)
		}
		if err != nil {
			return nil, err
		}
		if err := f.Progress(0.5); err != nil {
			return nil, err
		}
		return checkpoint(root, f.Budget())
	},
}

// SafetensorsReader is a file of named tensors and nothing else.
var SafetensorsReader = source.Reader{
	ID: "safetensors", Label: "safetensors", Exts: []string{".safetensors"},
	Detect: safetensors.Is,
	Read: func(f *source.File) (*source.Result, error) {
		tensors, err := safetensors.Read(f)
		if err != nil {
			return nil, err
		}
		all := make([]*stored, len(tensors))
		for i, t := range tensors {
			all[i] = &stored{name: t.Name, shape: t.Shape, whole: t.Whole, short: t.Short, read: func(most int) []byte {
				if t.Size > int64(most) {
					return nil
				}
				b, err := f.Read(t.At, t.Size)
				if err != nil {
					return nil
				}
				return b
			}}
		}
		return tensorStack(all, "safetensors")
	},
}

// legacyMagic is how files from before PyTorch 1.6 begin: a pickle of the number
// 0x1950a86a20f9469cfc6c.
var legacyMagic = []byte("\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.")

// isPickle reports whether an entry of an archive is the pickle, in the archive's
// outer folder.
func isPickle(name string) bool {
	return path.Base(name) == "data.pkl" && strings.Count(name, "/") <= 1
}

func zipPickle(f *source.File) (any, error) {
	a, err := archive.Open(f)
	if err != nil {
		return nil, err
	}
	e := a.Find(isPickle)
	if e == nil {
		return nil, diag.New(catalog.ImportNoTensors)
	}
	data, err := e.Bytes()
	if err != nil {
		return nil, err
	}
	v, _, err := pickle.Load(data, f.Budget(), caller{f.Budget()}.call)
	return v, err
}

// legacyPickle reads the fourth pickle: before it are the magic number, a version
// and what machine it was. Its length is unknown, so more and more of the file is
// read until it ends.
func legacyPickle(f *source.File) (any, error) {
	for size := int64(1 << 16); ; size *= 8 {
		size = min(size, f.Size, source.MaxText)
		data, err := f.Read(0, size)
		if err != nil {
			return nil, err
		}
		at := 0
		var v any
		for range 4 {
			var n int
			if v, n, err = pickle.Load(data[at:], f.Budget(), caller{f.Budget()}.call); err != nil {
				break
			}
			at += n
		}
		if err == nil || size == min(f.Size, source.MaxText) {
			return v, err
		}
	}
}

// A pyTensor is what a pickle states of a tensor.
type pyTensor struct {
	stored
	storage string // which of the archive's, from where on, and in which shape; "" if it is unknown
	param   bool   // a torch.nn.Parameter
	grad    bool   // it is trained; a state dictionary says so of none
}

// A caller makes the tensors that a pickle of PyTorch makes (torch/_utils.py).
type caller struct{ budget *source.Budget }

func (c caller) call(f pickle.Global, args []any) (any, bool) {
	switch {
	case f.Name == "_rebuild_parameter" || f.Name == "_rebuild_parameter_with_state":
		if len(args) > 0 {
			if t, ok := args[0].(*pyTensor); ok {
				p := *t
				p.param = true
				if grad, ok := argAt(args, 1).(bool); ok {
					p.frozen = !grad
				}
				return &p, true
			}
		}
	case f.Name == "_rebuild_from_type_v2": // func, type, args, state
		g, ok1 := argAt(args, 0).(pickle.Global)
		inner, ok2 := argAt(args, 2).(*pickle.Tuple)
		if ok1 && ok2 && g.Name != f.Name {
			return c.call(g, inner.Items)
		}
	case f.Name == "_rebuild_meta_tensor_no_storage": // dtype, size, stride, requires_grad
		return c.tensor(nil, 0, argAt(args, 1), argAt(args, 0))
	case f.Name == "_rebuild_tensor" || f.Name == "_rebuild_tensor_v2" || f.Name == "_rebuild_tensor_v3" ||
		f.Name == "_rebuild_qtensor":
		offset, _ := argAt(args, 1).(int64)
		t, ok := c.tensor(argAt(args, 0), offset, argAt(args, 2), nil)
		if ok && f.Name == "_rebuild_qtensor" {
			t.(*pyTensor).whole = true
		}
		if ok && f.Name == "_rebuild_tensor_v2" {
			t.(*pyTensor).grad, _ = argAt(args, 4).(bool)
		}
		return t, ok
	case f.Module == "torch._utils" && strings.HasPrefix(f.Name, "_rebuild_"): // sparse, nested: what it holds is unknown
		return &pyTensor{stored: stored{shape: tensor.Of(tensor.Unknown)}}, true
	}
	return nil, false
}

// What a tensor takes in memory, in bytes: with its storage's name, and for each of
// its dimensions, as a number and in that name.
const (
	tensorSize = 256
	dimSize    = 48
	mostDims   = 64
)

func argAt(items []any, i int) any {
	if i >= len(items) {
		return nil
	}
	return items[i]
}

// tensor makes a tensor of its storage, ('storage', FloatStorage, '0', 'cpu', 64),
// and its size. Once the budget is spent there are none: the pickle's next
// instruction says so.
func (c caller) tensor(storage any, offset int64, size, dtype any) (any, bool) {
	var extents []any
	switch s := size.(type) {
	case *pickle.Tuple:
		extents = s.Items
	case *pickle.List:
		extents = s.Items
	case *pickle.Object: // torch.Size((64, 3))
		if t, ok := argAt(s.Args, 0).(*pickle.Tuple); ok {
			extents = t.Items
		}
	default:
		return nil, false
	}
	if len(extents) > mostDims || c.budget.Spend(catalog.MadeTensors, tensorSize+dimSize*len(extents)) != nil {
		return nil, false
	}
	t := &pyTensor{stored: stored{shape: tensor.Shape{}}}
	for _, e := range extents {
		n, ok := e.(int64)
		if !ok || n < 0 {
			n = tensor.Unknown
		}
		t.shape = append(t.shape, tensor.Dim{N: n})
	}
	kind := ""
	if g, ok := dtype.(pickle.Global); ok {
		kind = g.Name
	}
	if ref, ok := storage.(*pickle.Ref); ok {
		if id, ok := ref.ID.(*pickle.Tuple); ok {
			if g, ok := argAt(id.Items, 1).(pickle.Global); ok {
				kind = g.Name
			}
			if key, ok := argAt(id.Items, 2).(string); ok {
				t.storage = fmt.Sprint(key, "@", offset, t.shape)
			}
		}
	}
	t.short = strings.HasPrefix(kind, "float8") || strings.HasPrefix(kind, "Float8")
	for _, w := range []string{"Long", "Int", "Short", "Char", "Byte", "Bool", "int", "bool"} {
		t.whole = t.whole || strings.HasPrefix(kind, w)
	}
	return t, true
}
