package torch

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/archive"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
	"paramstack/core/tool/torch/pickle"
	"paramstack/core/tool/torch/safetensors"
)

// FileReader is what torch.save writes: since PyTorch 1.6 a zip archive with a
// pickle of everything but the numbers (data.pkl), before that several pickles one
// behind the other (torch/serialization.py). TorchScript's archives are alike.
// The numbers are never read, and nothing that the pickle names is called.
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
		return checkpoint(root)
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
			all[i] = &stored{name: t.Name, shape: t.Shape, whole: t.Whole}
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
	v, _, err := pickle.Load(data, torchCall)
	return v, err
}

// legacyPickle reads the fourth pickle: before it stand the magic number, a
// version and what machine it was. Its length is unknown, so more and more
// of the file is read until it ends.
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
			if v, n, err = pickle.Load(data[at:], torchCall); err != nil {
				break
			}
			at += n
		}
		if err == nil || size == min(f.Size, source.MaxText) {
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
func torchCall(f pickle.Global, args []any) (any, bool) {
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
			return torchCall(g, inner.Items)
		}
	case f.Name == "_rebuild_meta_tensor_no_storage": // dtype, size, stride, requires_grad
		return newTensor(nil, 0, argAt(args, 1), argAt(args, 0))
	case f.Name == "_rebuild_tensor" || f.Name == "_rebuild_tensor_v2" || f.Name == "_rebuild_tensor_v3" || f.Name == "_rebuild_qtensor":
		offset, _ := argAt(args, 1).(int64)
		t, ok := newTensor(argAt(args, 0), offset, argAt(args, 2), nil)
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

func argAt(items []any, i int) any {
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
	if g, ok := dtype.(pickle.Global); ok {
		kind = g.Name
	}
	if ref, ok := storage.(*pickle.Ref); ok {
		if id, ok := ref.ID.(*pickle.Tuple); ok {
			if g, ok := argAt(id.Items, 1).(pickle.Global); ok {
				kind = g.Name
			}
			t.storage = fmt.Sprint(argAt(id.Items, 2), "@", offset, t.shape)
		}
	}
	for _, w := range []string{"Long", "Int", "Short", "Char", "Byte", "Bool", "int", "bool"} {
		t.whole = t.whole || strings.HasPrefix(kind, w)
	}
	return t, true
}

// networkKeys are the names under which checkpoints keep the network, the likeliest
// first, and others those of what trains it.
var networkKeys = []string{"state_dict", "model_state_dict", "model", "net", "network", "model_state", "params", "module", "weights", "generator", "params_ema", "ema", "model_ema", "state_dict_ema"}

// checkpoint makes a stack of what a file holds: a dictionary of tensors, one
// inside another beside the optimizer's, or modules as they were.
func checkpoint(root any) (*source.Result, error) {
	c := &collector{seen: map[any]bool{}, by: map[string]string{}}
	var taken, left []string
	if d, ok := root.(*pickle.Dict); ok && !holdsTensors(d) {
		for _, name := range networkKeys {
			v := d.Get(name)
			if v == nil || len(taken) > 0 {
				continue
			}
			if c.collect("", v, 0); len(c.tensors) > 0 {
				taken = append(taken, name)
			}
		}
		for i, k := range d.Keys {
			name := fmt.Sprint(k)
			if slices.Contains(taken, name) {
				continue
			}
			if len(taken) > 0 || isTrainingState(name) {
				left = append(left, name)
				continue
			}
			c.collect(name, d.Values[i], 0)
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
		r.AddNote(false, catalog.ImportCheckpoint, strings.Join(taken, ", "), graph.Listed(left))
	}
	return r, err
}

// holdsTensors reports whether a dictionary holds tensors itself.
func holdsTensors(d *pickle.Dict) bool {
	return slices.ContainsFunc(d.Values, func(v any) bool { _, ok := v.(*pyTensor); return ok })
}

// isTrainingState reports whether a name is that of something that only isTrainingState needs.
func isTrainingState(name string) bool {
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
	case *pickle.Dict, *pickle.List, *pickle.Tuple, *pickle.Object:
		if c.seen[v] {
			return
		}
		c.seen[v] = true
	}
	switch v := v.(type) {
	case *pickle.Dict:
		for i, k := range v.Keys {
			switch k := k.(type) {
			case string:
				c.collect(joinPath(name, k), v.Values[i], depth+1)
			case int64:
				c.collect(joinPath(name, strconv.FormatInt(k, 10)), v.Values[i], depth+1)
			}
		}
	case *pickle.List:
		c.items(name, v.Items, depth)
	case *pickle.Tuple:
		c.items(name, v.Items, depth)
	case *pickle.Object:
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
func (c *collector) object(name string, o *pickle.Object, depth int) {
	state, ok := o.State.(*pickle.Dict)
	if t, two := o.State.(*pickle.Tuple); two && len(t.Items) == 2 { // __dict__ and slots
		state, ok = t.Items[0].(*pickle.Dict)
	}
	if !ok {
		c.collect(name, &o.Items, depth)
		return
	}
	if state.Get("_parameters") == nil && state.Get("_modules") == nil {
		c.collect(name, state, depth)
		return
	}
	c.collect(name, state.Get("_parameters"), depth)
	if d, ok := state.Get("_buffers").(*pickle.Dict); ok {
		for i, k := range d.Keys {
			if t, ok := d.Values[i].(*pyTensor); ok {
				c.add(joinPath(name, fmt.Sprint(k)), t, true)
			}
		}
	}
	c.collect(name, state.Get("_modules"), depth)
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
		c.err = diag.New(catalog.ImportTensorBad, layer.Quote(s.name), catalog.ImportTensorMany)
		return
	}
	if t.storage != "" {
		if first, ok := c.by[t.storage]; ok && !s.isBuffer() {
			s.same = first
		} else if !ok {
			c.by[t.storage] = s.name
		}
	}
	if c.tensors = append(c.tensors, &s); len(c.tensors) > safetensors.MaxTensors {
		c.err = source.TooMany(len(c.tensors))
	}
}
