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
	w    *program
	row  *count.Row
	kind *layer.Kind
	in   []tensor.Shape
	x    tensor.Shape // the first of in
	out  tensor.Shape
}

// helper uses a class of torch_helpers.py.
func (t *torchLayer) helper(name string, args ...pycode.Arg) layerCode {
	t.w.helpers[name] = true
	return layerCode{modules: []*pycode.Call{{Func: name, Args: args}}}
}

// dims is how many spatial dimensions the first input has.
func (t *torchLayer) dims() int { return len(t.x) - 1 }

// d is the name of a class for that many: Conv → Conv2d.
func (t *torchLayer) d(class string) string { return class + strconv.Itoa(t.dims()) + "d" }

// code returns the code of a layer, or of an error in its place.
func (w *program) code(row *count.Row, l layer.Layer) layerCode {
	k := l.Kind()
	missing := func(d *diag.Diag) layerCode {
		w.problem(row, d)
		w.helpers["Missing"] = true
		return layerCode{modules: []*pycode.Call{{Func: "Missing", Args: []pycode.Arg{pycode.Pos("what", pycode.Quoted(d.Say.In(catalog.English)))}}}}
	}
	if row.Broken() {
		return missing(diag.New(catalog.ExportLayerBroken, row.Name))
	}
	for _, x := range row.In {
		if x == nil {
			return missing(diag.New(catalog.ExportUnknownShape, row.Name, w.label()))
		}
	}
	t := &torchLayer{w: w, row: row, kind: k, in: row.In, x: row.In[0], out: row.Out}
	code, ok := layerCode{}, false
	if write := torchLayers()[k.Name]; write != nil {
		code, ok = write(t, l)
	} else if k.Group == layer.GroupActivation && k.Torch != "" {
		code, ok = t.activation(l), true
	}
	if !ok {
		return missing(diag.New(catalog.ExportNoCounterpart, row.Name, k.Name, w.label()))
	}
	if frozen(row) {
		for _, c := range code.modules {
			c.Behind = ".requires_grad_(False)"
		}
	}
	return code
}

func (w *program) label() catalog.Key { return catalog.ExportTorch }

// activation writes a function with the constants that are not the default.
func (t *torchLayer) activation(l layer.Layer) layerCode {
	var args []pycode.Arg
	for i := range t.kind.Fields {
		f := &t.kind.Fields[i]
		if _, ok := f.At(l).(*layer.Choice); ok {
			args = append(args, pycode.Named(f.Name, pycode.Quoted(f.Text(l)), pycode.Quoted(f.Text(t.kind.Default()))))
			continue
		}
		args = append(args, pycode.Pos(f.Name, f.Text(l)))
	}
	same := t.kind.Name != "threshold" // it has no defaults
	for i := range t.kind.Fields {
		same = same && t.kind.Fields[i].IsDefault(l)
	}
	if same {
		args = nil
	}
	return nn(t.kind.Torch, args...)
}

// extentOf writes an extent, "" where it cannot be told.
func extentOf(d tensor.Dim) string {
	if !d.Known() {
		return ""
	}
	return strconv.FormatInt(d.N, 10)
}

// sized writes one number for each spatial dimension, one alone if all are equal.
func sized(dims int, at func(i int) int64) string {
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

// padded writes the cells before and after as torch.nn.functional.pad takes them,
// the last dimension first.
func padded(before, after []int64) string {
	var items []string
	for i := len(before) - 1; i >= 0; i-- {
		items = append(items, pycode.Whole(before[i]), pycode.Whole(after[i]))
	}
	return pycode.Tuple(items...)
}

// fill is a module that adds cells around a map.
func (t *torchLayer) fill(before, after []int64, value string) *pycode.Call {
	fn := "nn." + t.d("ConstantPad")
	args := []pycode.Arg{pycode.Pos("padding", padded(before, after)), pycode.Pos("value", value)}
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
	c := &pycode.Call{Func: "nn." + t.d("Conv"), Args: []pycode.Arg{
		pycode.Pos("in_channels", extentOf(t.x[0])), pycode.Pos("out_channels", out),
		pycode.Named("kernel_size", sized(t.dims(), s.Kernel.At), ""), pycode.Named("stride", sized(t.dims(), s.Stride.At), "1"),
	}}
	padding := pycode.Named("padding", "0", "0")
	parts := []*pycode.Call{c}
	if s.Padding.Rule == layer.PadSame && s.Stride == layer.SizeOf(1) {
		padding.Value = pycode.Quoted("same")
	} else {
		before, after, ok := oplist.Around(&s.Padding, t.x, s.Kernel, s.Stride, s.Dilation)
		if !ok {
			return layerCode{}, false
		}
		if oplist.Equal(before, after) {
			padding.Value = sized(t.dims(), func(i int) int64 { return before[i] })
		} else {
			if mode := s.Mode.Word; mode != "" && mode != "zeros" {
				return layerCode{}, false
			}
			parts = []*pycode.Call{t.fill(before, after, "0"), c}
		}
	}
	c.Args = append(c.Args, padding, pycode.Named("dilation", sized(t.dims(), s.Dilation.At), "1"),
		pycode.Named("groups", groups, "1"), pycode.Named("bias", bias, "True"))
	if s.Mode.Word != "" {
		c.Args = append(c.Args, pycode.Named("padding_mode", pycode.Quoted(s.Mode.Word), pycode.Quoted("zeros")))
	}
	lazily(c, t.x[0])
	return layerCode{modules: parts}, true
}

// pool writes a pool. Rounding up and padding rules become padding and ceil_mode,
// if those give the same positions.
func (t *torchLayer) pool(class string, p *layer.Pool, dilation layer.Size, more ...pycode.Arg) (layerCode, bool) {
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
		if fill || class == "LPPool" {
			return layerCode{}, false
		}
		return t.filledPool(class, p, stride, before, after, more)
	}
	args := t.window(p, stride)
	if class != "LPPool" {
		args = append(args, pycode.Named("padding", sized(t.dims(), func(i int) int64 { return before[i] }), "0"))
	}
	on := layer.Switch(ceil)
	args = append(args, pycode.Named("ceil_mode", pycode.Bool(on), "False"))
	return nn(t.d(class), append(args, more...)...), true
}

// window are a pool's kernel and stride.
func (t *torchLayer) window(p *layer.Pool, stride layer.Size) []pycode.Arg {
	args := []pycode.Arg{pycode.Named("kernel_size", sized(t.dims(), p.Kernel.At), ""), pycode.Named("stride", "None", "None")}
	if sized(t.dims(), stride.At) != args[0].Value {
		args[1].Value = sized(t.dims(), stride.At)
	}
	return args
}

// filledPool writes a pool whose windows PyTorch's own padding does not give:
// cells are added first, which no maximum is taken of, and no mean.
func (t *torchLayer) filledPool(class string, p *layer.Pool, stride layer.Size, before, after []int64, more []pycode.Arg) (layerCode, bool) {
	if class == "MaxPool" {
		code := nn(t.d(class), append(t.window(p, stride), more...)...)
		code.modules = append([]*pycode.Call{t.fill(before, after, `float("-inf")`)}, code.modules...)
		return code, true
	}
	if p.Padding.Rule != layer.PadSame {
		return layerCode{}, false
	}
	code := t.helper("AvgPoolSame", pycode.Pos("pool", plainCall("nn."+t.d(class), t.window(p, stride))), pycode.Pos("padding", padded(before, after)))
	return code, true
}

// frozen reports whether a row is a layer that is not trained.
func frozen(row *count.Row) bool {
	n, ok := row.Node.(*arch.Leaf)
	return ok && n.Frozen
}
