package torch

import (
	"fmt"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/vocab"
)

// A layerCode is a layer in code: modules one behind another, a function, or a
// module that is called in a way of its own.
type layerCode struct {
	modules []*pycode.Call
	call    string // how forward calls it: {m} is the module, {x} the first input, {all} all of them; "": {m}({all})
}

func (code layerCode) expr() pycode.Expr {
	if len(code.modules) == 1 {
		return code.modules[0]
	}
	s := &pycode.Sequence{}
	for _, c := range code.modules {
		s.Items = append(s.Items, c)
	}
	return s
}

func nn(fn string, args ...pycode.Arg) layerCode {
	return layerCode{modules: []*pycode.Call{{Func: "nn." + fn, Args: args}}}
}

// function is a layer that is no module.
func function(format string, args ...any) layerCode {
	return layerCode{call: fmt.Sprintf(format, args...)}
}

// A torchLayer is one layer to be written in PyTorch.
type torchLayer struct {
	w     *program
	row   *count.Row
	kind  *layer.Kind
	words *vocab.Row // the class that it is written as, nil if torch.nn has none
	in    []tensor.Shape
	x     tensor.Shape // the first of in
	out   tensor.Shape
}

// as returns the layer to be written as the class of another kind.
func (t *torchLayer) as(k *layer.Kind) *torchLayer {
	other := *t
	other.words = vocab.Torch().Of(k)
	return &other
}

// class is the name of the layer's class for so many spatial dimensions.
func (t *torchLayer) class(dims int) string { return "nn." + t.words.Class(dims) }

// module is the layer as a use of its class.
func (t *torchLayer) module(args ...pycode.Arg) layerCode {
	return layerCode{modules: []*pycode.Call{{Func: t.class(t.dims()), Args: args}}}
}

// positional is the argument for a field, by its place.
func (t *torchLayer) positional(field, value string) pycode.Arg {
	return pycode.Pos(t.words.Sets(field).Name, value)
}

// keyword is the argument for a field, by its name. It is left out where the field
// has its default, which is PyTorch's.
func (t *torchLayer) keyword(field, value string) pycode.Arg {
	k := t.words.Kind
	return pycode.Named(t.words.Sets(field).Name, value, pycode.Field(k.Field(field).At(k.Default())))
}

// stated is the argument that states an extent of the input.
func (t *torchLayer) stated(value string) pycode.Arg { return pycode.Pos(t.words.States().Name, value) }

// helper uses a class of torch_helpers.py.
func (t *torchLayer) helper(name string, args ...pycode.Arg) layerCode {
	t.w.helpers[name] = true
	return layerCode{modules: []*pycode.Call{{Func: name, Args: args}}}
}

// dims is how many spatial dimensions the first input has.
func (t *torchLayer) dims() int { return len(t.x) - 1 }

// code returns the code of a layer, or of an error in its place.
func (w *program) code(row *count.Row, l layer.Layer) layerCode {
	k := l.Kind()
	missing := func(d *diag.Diag) layerCode {
		w.problem(row, d)
		w.helpers["Missing"] = true
		return layerCode{modules: []*pycode.Call{{Func: "Missing",
			Args: []pycode.Arg{pycode.Pos("what", pycode.Quoted(d.Say.In(catalog.English)))}}}}
	}
	if row.Broken() {
		return missing(diag.New(catalog.ExportLayerBroken, row.Name))
	}
	for _, x := range row.In {
		if x == nil {
			return missing(diag.New(catalog.ExportUnknownShape, row.Name, w.label()))
		}
	}
	t := &torchLayer{w: w, row: row, kind: k, words: vocab.Torch().Of(k), in: row.In, x: row.In[0], out: row.Out}
	code, ok := layerCode{}, false
	if write := torchLayers()[k.Name]; write != nil {
		code, ok = write(t, l)
	} else if t.words != nil {
		code, ok = t.byWords(l), true
	}
	if !ok {
		return missing(diag.New(catalog.ExportNoCounterpart, row.Name, k.Name, w.label()))
	}
	if isFrozen(row) {
		for _, c := range code.modules {
			c.Behind = ".requires_grad_(False)"
		}
	}
	return code
}

func (w *program) label() catalog.Key { return catalog.ExportTorch }

// byWords writes a layer whose arguments are its fields: those that must be given
// by their place, the others by name. Constants of a function are written all or
// none.
func (t *torchLayer) byWords(l layer.Layer) layerCode {
	var args []pycode.Arg
	_, constants := l.(*layer.Activation)
	same := t.kind.Name != "threshold" // it has no defaults
	for i := range t.words.Params {
		f := t.kind.Field(t.words.Params[i].Field)
		if f == nil || t.words.Params[i].Field == "" { // no field of ours
			continue
		}
		value := pycode.Field(f.At(l))
		same = same && f.IsDefault(l)
		switch _, number := f.At(l).(*layer.Real); {
		case constants && number:
			args = append(args, pycode.Pos(f.Name, value))
		case f.Need:
			args = append(args, t.positional(f.Name, value))
		default:
			args = append(args, t.keyword(f.Name, value))
		}
	}
	if constants && same {
		args = nil
	}
	return t.module(args...)
}

// extentCode writes an extent, "" where it is unknown.
func extentCode(d tensor.Dim) string {
	if !d.Known() {
		return ""
	}
	return strconv.FormatInt(d.N, 10)
}

// sizeCode writes one number for each spatial dimension, one alone if all are equal.
func sizeCode(dims int, at func(i int) int64) string {
	items := make([]string, dims)
	same := true
	for i := range items {
		items[i] = pycode.Whole(at(i))
		same = same && items[i] == items[0]
	}
	if same {
		return items[0]
	}
	return pycode.Tuple(items...)
}

// sidesCode writes the cells before and after as torch.nn.functional.pad takes them,
// the last dimension first.
func sidesCode(before, after []int64) string {
	var items []string
	for i := len(before) - 1; i >= 0; i-- {
		items = append(items, pycode.Whole(before[i]), pycode.Whole(after[i]))
	}
	return pycode.Tuple(items...)
}

// fill is a module that adds cells around a map.
func (t *torchLayer) fill(before, after []int64, value string) *pycode.Call {
	fn := t.as(layer.PadKind.Kind()).class(t.dims())
	args := []pycode.Arg{pycode.Pos("padding", sidesCode(before, after)), pycode.Pos("value", value)}
	if value == "0" && t.dims() == 2 {
		fn, args = "nn.ZeroPad2d", args[:1]
	}
	return &pycode.Call{Func: fn, Args: args}
}

// lazily makes a module find out by itself what its input has, where that is
// unknown.
func lazily(c *pycode.Call, channels tensor.Dim) *pycode.Call {
	if channels.Known() {
		return c
	}
	c.Func = strings.Replace(c.Func, "nn.", "nn.Lazy", 1)
	c.Args = c.Args[1:]
	return c
}

// sliding writes a convolution of a Slide with its padding, which may be a module
// of its own in front.
func (t *torchLayer) sliding(s *layer.Slide, out, groups, bias string) (layerCode, bool) {
	t = t.as(layer.ConvKind.Kind())
	c := &pycode.Call{Func: t.class(t.dims()), Args: []pycode.Arg{
		t.stated(extentCode(t.x[0])), t.positional("filters", out),
		t.keyword("kernel", sizeCode(t.dims(), s.Kernel.At)), t.keyword("stride", sizeCode(t.dims(), s.Stride.At)),
	}}
	padding := t.keyword("padding", "0")
	parts := []*pycode.Call{c}
	if s.Padding.Rule == layer.PadSame && s.Stride == layer.SizeOf(1) {
		padding.Value = pycode.Quoted("same")
	} else {
		before, after, ok := oplist.Around(&s.Padding, t.x, s.Kernel, s.Stride, s.Dilation)
		if !ok {
			return layerCode{}, false
		}
		if oplist.Equal(before, after) {
			padding.Value = sizeCode(t.dims(), func(i int) int64 { return before[i] })
		} else {
			if mode := s.Mode.Word; mode != "" && mode != "zeros" {
				return layerCode{}, false
			}
			parts = []*pycode.Call{t.fill(before, after, "0"), c}
		}
	}
	c.Args = append(c.Args, padding, t.keyword("dilation", sizeCode(t.dims(), s.Dilation.At)),
		t.keyword("groups", groups), t.keyword("bias", bias))
	if s.Mode.Word != "" {
		c.Args = append(c.Args, t.keyword("mode", pycode.Quoted(s.Mode.Word)))
	}
	lazily(c, t.x[0])
	return layerCode{modules: parts}, true
}

// pool writes a pool. Rounding up and padding rules become padding and ceil_mode,
// if those give the same positions.
func (t *torchLayer) pool(p *layer.Pool, dilation layer.Size, more ...pycode.Arg) (layerCode, bool) {
	norm := layer.LPPoolKind.Kind() == t.kind
	stride := p.Stride
	if stride.Unset() {
		stride = p.Kernel
	}
	before, after, ok := oplist.Around(&p.Padding, t.x, p.Kernel, stride, dilation)
	if !ok {
		return layerCode{}, false
	}
	ceil := bool(p.Ceil) || bool(p.Caffe)
	for i := range before {
		ceil = ceil || after[i] > before[i]
	}
	fits, fill := true, false
	for i := range before {
		x, size, s := t.x[i+1].N, layer.Reach(p.Kernel.At(i), dilation.At(i)), stride.At(i)
		if !t.x[i+1].Known() {
			continue
		}
		n := layer.Positions(x, 2*before[i], size, s)
		if ceil {
			n = layer.PositionsUp(x, before[i], before[i], size, s, true)
		}
		fits = fits && n == t.out[i+1].N && 2*before[i] <= p.Kernel.At(i)
		after[i] = max((t.out[i+1].N-1)*s+size-x-before[i], 0)
		fill = fill || after[i] >= size // a window that sees nothing
	}
	if !fits {
		if fill || norm {
			return layerCode{}, false
		}
		return t.filledPool(p, stride, before, after, more)
	}
	args := t.window(p, stride)
	if !norm {
		args = append(args, t.keyword("padding", sizeCode(t.dims(), func(i int) int64 { return before[i] })))
	}
	on := layer.Switch(ceil)
	args = append(args, t.keyword("ceil", pycode.Bool(on)))
	return t.module(append(args, more...)...), true
}

// window are a pool's kernel and stride.
func (t *torchLayer) window(p *layer.Pool, stride layer.Size) []pycode.Arg {
	args := []pycode.Arg{t.keyword("kernel", sizeCode(t.dims(), p.Kernel.At)), pycode.Named("stride", "None", "None")}
	if sizeCode(t.dims(), stride.At) != args[0].Value {
		args[1].Value = sizeCode(t.dims(), stride.At)
	}
	return args
}

// filledPool writes a pool whose windows PyTorch's own padding does not give:
// cells are added first, which no maximum is taken of, and no mean.
func (t *torchLayer) filledPool(p *layer.Pool, stride layer.Size, before, after []int64, more []pycode.Arg) (layerCode, bool) {
	if layer.MaxPoolKind.Kind() == t.kind {
		code := t.module(append(t.window(p, stride), more...)...)
		code.modules = append([]*pycode.Call{t.fill(before, after, `float("-inf")`)}, code.modules...)
		return code, true
	}
	if p.Padding.Rule != layer.PadSame {
		return layerCode{}, false
	}
	code := t.helper("AvgPoolSame", pycode.Pos("pool",
		(&pycode.Call{Func: t.class(t.dims()), Args: t.window(p, stride)}).Text()),
		pycode.Pos("padding", sidesCode(before, after)))
	return code, true
}

// isFrozen reports whether a row is a layer that is not trained.
func isFrozen(row *count.Row) bool {
	n, ok := row.Node.(*arch.Leaf)
	return ok && n.Frozen
}
