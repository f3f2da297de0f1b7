package exporter

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
)

// A spell is how a layer is written in code: modules one behind another, a
// function, or a module that is called in a way of its own.
type spell struct {
	parts []*call
	fn    string // {m} is the module, {x} the first input, {all} all of them; "": {m}({all})
}

func (sp spell) expr() expr {
	if len(sp.parts) == 1 {
		return sp.parts[0]
	}
	s := &sequence{}
	for _, c := range sp.parts {
		s.items = append(s.items, c)
	}
	return s
}

func nn(fn string, args ...arg) spell { return spell{parts: []*call{{fn: "nn." + fn, args: args}}} }

// function is a layer that is no module.
func function(format string, args ...any) spell { return spell{fn: fmt.Sprintf(format, args...)} }

// A torchLayer is one layer to be written in PyTorch.
type torchLayer struct {
	w    *torchCode
	row  *count.Row
	kind *layer.Kind
	in   []tensor.Shape
	x    tensor.Shape // the first of in
	out  tensor.Shape
}

// helper uses a class of torch_helpers.py.
func (t *torchLayer) helper(name string, args ...arg) spell {
	t.w.helpers[name] = true
	return spell{parts: []*call{{fn: name, args: args}}}
}

// dims is how many spatial dimensions the first input has.
func (t *torchLayer) dims() int { return len(t.x) - 1 }

// d is the name of a class for that many: Conv → Conv2d.
func (t *torchLayer) d(class string) string { return class + strconv.Itoa(t.dims()) + "d" }

// spell writes a layer, or an error in its place.
func (w *torchCode) spell(row *count.Row, l layer.Layer) spell {
	k := l.Kind()
	missing := func(d *diag.Diag) spell {
		w.problem(row, d)
		w.helpers["Missing"] = true
		return spell{parts: []*call{{fn: "Missing", args: []arg{pos("what", quoted(d.Say.In(catalog.English)))}}}}
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
	sp, ok := spell{}, false
	if write := torchLayers()[k.Name]; write != nil {
		sp, ok = write(t, l)
	} else if k.Group == layer.GroupActivation && k.Torch != "" {
		sp, ok = t.activation(l), true
	}
	if !ok {
		return missing(diag.New(catalog.ExportNoCounterpart, row.Name, k.Name, w.label()))
	}
	if frozen(row) {
		for _, c := range sp.parts {
			c.behind = ".requires_grad_(False)"
		}
	}
	return sp
}

func (w *torchCode) label() catalog.Key { return catalog.ExportTorch }

// activation writes a function with the constants that are not the default.
func (t *torchLayer) activation(l layer.Layer) spell {
	var args []arg
	for i := range t.kind.Fields {
		f := &t.kind.Fields[i]
		if _, ok := f.At(l).(*layer.Choice); ok {
			args = append(args, named(f.Name, quoted(f.Text(l)), quoted(f.Text(t.kind.Default()))))
			continue
		}
		args = append(args, pos(f.Name, f.Text(l)))
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

// number writes an extent, "" where it cannot be told.
func number(d tensor.Dim) string {
	if !d.Known() {
		return ""
	}
	return strconv.FormatInt(d.N, 10)
}

func whole(n int64) string { return strconv.FormatInt(n, 10) }

func yes(b layer.Switch) string {
	if b {
		return "True"
	}
	return "False"
}

// sized writes one number for each spatial dimension, one alone if all are equal.
func sized(dims int, at func(i int) int64) string {
	items := make([]string, dims)
	same := true
	for i := range items {
		items[i] = whole(at(i))
		same = same && items[i] == items[0]
	}
	if same {
		return items[0]
	}
	return tuple(items...)
}

// around returns the cells before and after every spatial dimension.
func around(p *layer.Padding, x tensor.Shape, kernel, stride, dilation layer.Size) (before, after []int64, ok bool) {
	for i := 0; i < len(x)-1; i++ {
		b, a, fine := p.Around(i, x[i+1].N, dilation.At(i)*(kernel.At(i)-1)+1, stride.At(i))
		if !fine {
			return nil, nil, false
		}
		before, after = append(before, b), append(after, a)
	}
	return before, after, true
}

// padded writes the cells before and after as torch.nn.functional.pad takes them,
// the last dimension first.
func padded(before, after []int64) string {
	var items []string
	for i := len(before) - 1; i >= 0; i-- {
		items = append(items, whole(before[i]), whole(after[i]))
	}
	return tuple(items...)
}

// fill is a module that adds cells around a map.
func (t *torchLayer) fill(before, after []int64, value string) *call {
	fn := "nn." + t.d("ConstantPad")
	args := []arg{pos("padding", padded(before, after)), pos("value", value)}
	if value == "0" && t.dims() == 2 {
		fn, args = "nn.ZeroPad2d", args[:1]
	}
	return &call{fn: fn, args: args}
}

// lazily makes a module find out by itself what its input has, where that is
// unknown.
func lazily(c *call, channels tensor.Dim) *call {
	if channels.Known() {
		return c
	}
	c.fn = strings.Replace(c.fn, "nn.", "nn.Lazy", 1)
	c.args = c.args[1:]
	return c
}

// sliding writes a convolution of a Slide with its padding, which may be a module
// of its own in front.
func (t *torchLayer) sliding(s *layer.Slide, out, groups, bias string) (spell, bool) {
	c := &call{fn: "nn." + t.d("Conv"), args: []arg{
		pos("in_channels", number(t.x[0])), pos("out_channels", out),
		named("kernel_size", sized(t.dims(), s.Kernel.At), ""), named("stride", sized(t.dims(), s.Stride.At), "1"),
	}}
	padding := named("padding", "0", "0")
	parts := []*call{c}
	if s.Padding.Rule == layer.PadSame && s.Stride == layer.SizeOf(1) {
		padding.value = quoted("same")
	} else {
		before, after, ok := around(&s.Padding, t.x, s.Kernel, s.Stride, s.Dilation)
		if !ok {
			return spell{}, false
		}
		if equal(before, after) {
			padding.value = sized(t.dims(), func(i int) int64 { return before[i] })
		} else {
			if mode := s.Mode.Word; mode != "" && mode != "zeros" {
				return spell{}, false
			}
			parts = []*call{t.fill(before, after, "0"), c}
		}
	}
	c.args = append(c.args, padding, named("dilation", sized(t.dims(), s.Dilation.At), "1"),
		named("groups", groups, "1"), named("bias", bias, "True"))
	if s.Mode.Word != "" {
		c.args = append(c.args, named("padding_mode", quoted(s.Mode.Word), quoted("zeros")))
	}
	lazily(c, t.x[0])
	return spell{parts: parts}, true
}

func equal(a, b []int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// pool writes a pool. Rounding up and padding rules become padding and ceil_mode,
// if those give the same positions.
func (t *torchLayer) pool(class string, p *layer.Pool, dilation layer.Size, more ...arg) (spell, bool) {
	stride := p.Stride
	if stride.Unset() {
		stride = p.Kernel
	}
	before, after, ok := around(&p.Padding, t.x, p.Kernel, stride, dilation)
	if !ok {
		return spell{}, false
	}
	ceil := bool(p.Ceil) || bool(p.Caffe)
	for i := range before {
		ceil = ceil || after[i] > before[i]
	}
	fits, fill := true, false
	for i := range before {
		x, size, s := t.x[i+1].N, dilation.At(i)*(p.Kernel.At(i)-1)+1, stride.At(i)
		if !t.x[i+1].Known() {
			continue
		}
		n := (x+2*before[i]-size)/s + 1
		if ceil {
			if n = (x+2*before[i]-size+s-1)/s + 1; (n-1)*s >= x+before[i] {
				n--
			}
		}
		fits = fits && n == t.out[i+1].N && 2*before[i] <= p.Kernel.At(i)
		after[i] = max((t.out[i+1].N-1)*s+size-x-before[i], 0)
		fill = fill || after[i] >= size // a window that sees nothing
	}
	if !fits {
		if fill || class == "LPPool" {
			return spell{}, false
		}
		return t.filledPool(class, p, stride, before, after, more)
	}
	args := t.window(p, stride)
	if class != "LPPool" {
		args = append(args, named("padding", sized(t.dims(), func(i int) int64 { return before[i] }), "0"))
	}
	on := layer.Switch(ceil)
	args = append(args, named("ceil_mode", yes(on), "False"))
	return nn(t.d(class), append(args, more...)...), true
}

// window are a pool's kernel and stride.
func (t *torchLayer) window(p *layer.Pool, stride layer.Size) []arg {
	args := []arg{named("kernel_size", sized(t.dims(), p.Kernel.At), ""), named("stride", "None", "None")}
	if sized(t.dims(), stride.At) != args[0].value {
		args[1].value = sized(t.dims(), stride.At)
	}
	return args
}

// filledPool writes a pool whose windows PyTorch's own padding does not give:
// cells are added first, which no maximum is taken of, and no mean.
func (t *torchLayer) filledPool(class string, p *layer.Pool, stride layer.Size, before, after []int64, more []arg) (spell, bool) {
	if class == "MaxPool" {
		sp := nn(t.d(class), append(t.window(p, stride), more...)...)
		sp.parts = append([]*call{t.fill(before, after, `float("-inf")`)}, sp.parts...)
		return sp, true
	}
	if p.Padding.Rule != layer.PadSame {
		return spell{}, false
	}
	sp := t.helper("AvgPoolSame", pos("pool", plainCall("nn."+t.d(class), t.window(p, stride))), pos("padding", padded(before, after)))
	return sp, true
}

// frozen reports whether a row is a layer that is not trained.
func frozen(row *count.Row) bool {
	n, ok := row.Node.(*arch.Leaf)
	return ok && n.Frozen
}
