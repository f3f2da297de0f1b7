package importer

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// torchFile is what torch.save writes: since PyTorch 1.6 a zip archive with a
// pickle of everything but the numbers (data.pkl), before that several pickles one
// behind the other (torch/serialization.py). TorchScript's archives are alike.
// The numbers are never read, and nothing that the pickle names is called.
var torchFile = Format{
	Name: "torch", Label: "PyTorch (.pt, .pth, .bin)", Exts: []string{".pt", ".pth", ".ckpt", ".bin"},
	Detect: func(head []byte, f *File) bool {
		if bytes.HasPrefix(head, legacyMagic) {
			return true
		}
		if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
			return false
		}
		z, err := openZip(f)
		return err == nil && entry(z, "data.pkl") != nil
	},
	Import: func(f *File) (*Result, error) {
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
		if err := f.step(0.5); err != nil {
			return nil, err
		}
		return checkpoint(root)
	},
}

// legacyMagic is how files from before PyTorch 1.6 begin: a pickle of the number
// 0x1950a86a20f9469cfc6c.
var legacyMagic = []byte("\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.")

// openZip reads the directory of an archive, which must not be larger than a
// structure may be.
func openZip(f *File) (*zip.Reader, error) {
	return zip.NewReader(&budget{at: f.At, left: MaxText}, f.Size)
}

// A budget lets so many bytes be read.
type budget struct {
	at   io.ReaderAt
	left int64
}

// ReadAt implements io.ReaderAt.
func (b *budget) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, diag.New(catalog.ImportTooLarge, num.Of(MaxText).Grouped(), num.Of(MaxText).Grouped())
	}
	return b.at.ReadAt(p, at)
}

// entry returns the entry of a name in the archive's outer folder, nil if there
// is none.
func entry(z *zip.Reader, name string) *zip.File {
	for _, e := range z.File {
		if path.Base(e.Name) == name && strings.Count(e.Name, "/") <= 1 {
			return e
		}
	}
	return nil
}

func zipPickle(f *File) (any, error) {
	z, err := openZip(f)
	if err != nil {
		return nil, err
	}
	e := entry(z, "data.pkl")
	if e == nil {
		return nil, diag.New(catalog.ImportNoTensors)
	}
	r, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxText+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxText {
		return nil, diag.New(catalog.ImportTooLarge, num.Of(MaxText).Grouped(), num.Of(MaxText).Grouped())
	}
	v, _, err := unpickle(data, torchCall)
	return v, err
}

// legacyPickle reads the fourth pickle: before it stand the magic number, a
// version and what machine it was. How long it is is not told, so more and more
// of the file is read until it ends.
func legacyPickle(f *File) (any, error) {
	for size := int64(1 << 16); ; size *= 8 {
		size = min(size, f.Size, MaxText)
		data, err := f.Read(0, size)
		if err != nil {
			return nil, err
		}
		at := 0
		var v any
		for range 4 {
			var n int
			if v, n, err = unpickle(data[at:], torchCall); err != nil {
				break
			}
			at += n
		}
		if err == nil || size == min(f.Size, MaxText) {
			return v, err
		}
	}
}

// A pyTensor is what a pickle tells of a tensor.
type pyTensor struct {
	stored
	storage string // which of the archive's, and from where on
	param   bool   // a torch.nn.Parameter
	grad    bool   // it is trained; a state dictionary says so of none
}

// torchCall makes the tensors that a pickle of PyTorch makes (torch/_utils.py).
func torchCall(f pyGlobal, args []any) (any, bool) {
	switch {
	case f.name == "_rebuild_parameter" || f.name == "_rebuild_parameter_with_state":
		if len(args) > 0 {
			if t, ok := args[0].(*pyTensor); ok {
				p := *t
				p.param = true
				if grad, ok := at(args, 1).(bool); ok {
					p.frozen = !grad
				}
				return &p, true
			}
		}
	case f.name == "_rebuild_from_type_v2": // func, type, args, state
		g, ok1 := at(args, 0).(pyGlobal)
		inner, ok2 := at(args, 2).(*pyTuple)
		if ok1 && ok2 && g.name != f.name {
			return torchCall(g, inner.items)
		}
	case f.name == "_rebuild_meta_tensor_no_storage": // dtype, size, stride, requires_grad
		return newTensor(nil, 0, at(args, 1), at(args, 0))
	case f.name == "_rebuild_tensor" || f.name == "_rebuild_tensor_v2" || f.name == "_rebuild_tensor_v3" || f.name == "_rebuild_qtensor":
		offset, _ := at(args, 1).(int64)
		t, ok := newTensor(at(args, 0), offset, at(args, 2), nil)
		if ok && f.name == "_rebuild_qtensor" {
			t.(*pyTensor).whole = true
		}
		if ok && f.name == "_rebuild_tensor_v2" {
			t.(*pyTensor).grad, _ = at(args, 4).(bool)
		}
		return t, ok
	case f.module == "torch._utils" && strings.HasPrefix(f.name, "_rebuild_"): // sparse, nested: what it holds is not told
		return &pyTensor{stored: stored{shape: tensor.Of(tensor.Unknown)}}, true
	}
	return nil, false
}

func at(items []any, i int) any {
	if i >= len(items) {
		return nil
	}
	return items[i]
}

// newTensor makes a tensor of its storage, ('storage', FloatStorage, '0', 'cpu', 64),
// and its size.
func newTensor(storage any, offset int64, size, dtype any) (any, bool) {
	var extents []any
	switch s := size.(type) {
	case *pyTuple:
		extents = s.items
	case *pyList:
		extents = s.items
	case *pyObject: // torch.Size((64, 3))
		if t, ok := at(s.args, 0).(*pyTuple); ok {
			extents = t.items
		}
	default:
		return nil, false
	}
	t := &pyTensor{stored: stored{shape: tensor.Shape{}}}
	for _, e := range extents {
		n, ok := e.(int64)
		if !ok || n < 0 {
			n = tensor.Unknown
		}
		if t.shape = append(t.shape, tensor.Dim{N: n}); len(t.shape) > 64 {
			return nil, false
		}
	}
	kind := ""
	if g, ok := dtype.(pyGlobal); ok {
		kind = g.name
	}
	if ref, ok := storage.(*pyRef); ok {
		if id, ok := ref.id.(*pyTuple); ok {
			if g, ok := at(id.items, 1).(pyGlobal); ok {
				kind = g.name
			}
			t.storage = fmt.Sprint(at(id.items, 2), "@", offset, t.shape)
		}
	}
	for _, w := range []string{"Long", "Int", "Short", "Char", "Byte", "Bool", "int", "bool"} {
		t.whole = t.whole || strings.HasPrefix(kind, w)
	}
	return t, true
}

// nets are the names under which checkpoints keep the network, the likeliest
// first, and others those of what trains it.
var nets = []string{"state_dict", "model_state_dict", "model", "net", "network", "model_state", "params", "module", "weights", "generator", "params_ema", "ema", "model_ema", "state_dict_ema"}

// checkpoint makes a stack of what a file holds: a dictionary of tensors, one
// inside another beside the optimizer's, or modules as they were.
func checkpoint(root any) (*Result, error) {
	c := &collector{seen: map[any]bool{}, by: map[string]string{}}
	var taken, left []string
	if d, ok := root.(*pyDict); ok && !direct(d) {
		for _, name := range nets {
			v := d.get(name)
			if v == nil || len(taken) > 0 {
				continue
			}
			if c.collect("", v, 0); len(c.tensors) > 0 {
				taken = append(taken, name)
			}
		}
		for i, k := range d.keys {
			name := fmt.Sprint(k)
			if slices.Contains(taken, name) {
				continue
			}
			if len(taken) > 0 || training(name) {
				left = append(left, name)
				continue
			}
			c.collect(name, d.values[i], 0)
		}
		if len(taken) == 0 {
			taken = []string{"*"}
		}
	} else {
		c.collect("", root, 0)
	}
	if c.err != nil {
		return nil, c.err
	}
	if len(c.tensors) == 0 {
		return nil, diag.New(catalog.ImportNoTensors)
	}
	for _, s := range c.still {
		s.frozen = s.frozen || c.trained
	}
	r, err := tensorStack(c.tensors, "PyTorch")
	if err == nil && len(left) > 0 {
		r.note(false, catalog.ImportCheckpoint, strings.Join(taken, ", "), listed(left))
	}
	return r, err
}

// direct reports whether a dictionary holds tensors itself.
func direct(d *pyDict) bool {
	return slices.ContainsFunc(d.values, func(v any) bool { _, ok := v.(*pyTensor); return ok })
}

// training reports whether a name is that of something that only training needs.
func training(name string) bool {
	name = strings.ToLower(name)
	for _, w := range []string{"optim", "sched", "scaler", "amp", "loss", "epoch", "rng", "hyper", "args", "config", "callbacks"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// A collector gathers tensors with their names.
type collector struct {
	tensors []*stored
	seen    map[any]bool
	by      map[string]string // the first name of a tensor, by its storage
	trained bool              // TorchScript's archives say which are
	still   []*stored         // those of which nothing says that they are
	err     error
}

// collect walks what a pickle made. What was seen is not walked again, so circles
// end.
func (c *collector) collect(name string, v any, depth int) {
	if depth > maxModuleDepth || c.err != nil {
		return
	}
	if t, ok := v.(*pyTensor); ok {
		c.add(name, t, false)
		return
	}
	switch v := v.(type) {
	case *pyDict, *pyList, *pyTuple, *pyObject:
		if c.seen[v] {
			return
		}
		c.seen[v] = true
	}
	switch v := v.(type) {
	case *pyDict:
		for i, k := range v.keys {
			switch k := k.(type) {
			case string:
				c.collect(joinPath(name, k), v.values[i], depth+1)
			case int64:
				c.collect(joinPath(name, strconv.FormatInt(k, 10)), v.values[i], depth+1)
			}
		}
	case *pyList:
		c.items(name, v.items, depth)
	case *pyTuple:
		c.items(name, v.items, depth)
	case *pyObject:
		c.object(name, v, depth)
	}
}

func (c *collector) items(name string, items []any, depth int) {
	for i, item := range items {
		c.collect(joinPath(name, strconv.Itoa(i)), item, depth+1)
	}
}

// object takes a module that was saved as it is: its parameters, its buffers and
// the modules in it (torch.nn.Module.__dict__), or TorchScript's attributes.
func (c *collector) object(name string, o *pyObject, depth int) {
	state, ok := o.state.(*pyDict)
	if t, two := o.state.(*pyTuple); two && len(t.items) == 2 { // __dict__ and slots
		state, ok = t.items[0].(*pyDict)
	}
	if !ok {
		c.collect(name, &o.items, depth)
		return
	}
	if state.get("_parameters") == nil && state.get("_modules") == nil {
		c.collect(name, state, depth)
		return
	}
	c.collect(name, state.get("_parameters"), depth)
	if d, ok := state.get("_buffers").(*pyDict); ok {
		for i, k := range d.keys {
			if t, ok := d.values[i].(*pyTensor); ok {
				c.add(joinPath(name, fmt.Sprint(k)), t, true)
			}
		}
	}
	c.collect(name, state.get("_modules"), depth)
}

func (c *collector) add(name string, t *pyTensor, buffer bool) {
	s := t.stored
	s.name, s.buffer = name, buffer
	c.trained = c.trained || t.grad
	if !t.param && !t.grad {
		c.still = append(c.still, &s)
	}
	if name == "" {
		s.name = "tensor"
	}
	if n, ok := s.shape.Elements(); ok && n.Cmp(num.Of(num.MaxExtent)) > 0 {
		c.err = diag.New(catalog.ImportTensorBad, layer.Quote(s.name), "more numbers than can be")
		return
	}
	if t.storage != "" {
		if first, ok := c.by[t.storage]; ok && !s.isBuffer() {
			s.same = first
		} else if !ok {
			c.by[t.storage] = s.name
		}
	}
	if c.tensors = append(c.tensors, &s); len(c.tensors) > maxTensorsOfFile {
		c.err = tooMany(len(c.tensors))
	}
}
