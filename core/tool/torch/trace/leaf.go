package trace

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

// A leaf is a module of torch.nn that is one layer of the stack.
type leaf struct {
	row   *vocab.Row
	layer layer.Layer
	args  []vocab.Arg
	dims  int             // spatial dimensions, −1: any
	own   map[string]bool // the names of its parameters and buffers
	in    int64           // the extent of the input that the constructor states, tensor.Unknown: none
	at    eval.Place      // where it was made
}

// leafClasses are the classes of torch.nn by their names, made from the vocabulary.
func (p *Program) leafClass(name string) *eval.Class {
	if c := p.leaves[name]; c != nil {
		return c
	}
	row, dims := vocab.Torch().Class(name)
	if row == nil || len(row.Params) == 0 && row.Kind.Group == layer.GroupOther {
		return nil
	}
	if own, lazy := strings.CutPrefix(name, "Lazy"); lazy {
		c := p.lazyClass(name, own, row)
		p.leaves[name] = c
		return c
	}
	c := eval.NewClass(name, moduleClass)
	var sig []string
	for _, q := range row.Params {
		sig = append(sig, q.Name+"?")
	}
	for _, more := range []string{"inplace", "device", "dtype", "bias", "padding_mode", "batch_first", "dropout"} {
		if !strings.Contains(" "+strings.Join(sig, " ")+" ", " "+more+"? ") {
			sig = append(sig, more+"?")
		}
	}
	c.Method("__init__", strings.Join(sig, " ")+" **more", func(in *eval.Interp, v []eval.Value) eval.Value {
		p.makeLeaf(v[0].(*eval.Object), name, row, dims, v[1:])
		return nil
	})
	forward := "input other? *rest **names"
	switch {
	case row.Kind == layer.AttentionKind.Kind():
		forward = "query key? value? *rest **names"
	case row.Kind.Takes >= layer.TakesPaths:
		forward = "input1 input2? *rest **names"
	}
	c.Method("forward", forward, func(in *eval.Interp, v []eval.Value) eval.Value {
		var rest []eval.Value
		for _, x := range v[2 : len(v)-2] {
			if !eval.IsNone(x) {
				rest = append(rest, x)
			}
		}
		return p.forward(v[0].(*eval.Object), v[1], rest)
	})
	p.leaves[name] = c
	return c
}

// pairs are arguments that PyTorch keeps as one number for each dimension.
var pairs = map[string]bool{"kernel_size": true, "stride": true, "padding": true, "dilation": true,
	"output_padding": true}

// usualArgs are the defaults of arguments that programs ask a module for.
var usualArgs = map[string]eval.Value{"stride": int64(1), "padding": int64(0), "dilation": int64(1),
	"groups":       int64(1),
	"padding_mode": "zeros", "eps": 1e-5, "momentum": 0.1, "affine": true, "track_running_stats": true, "p": 0.5,
	"inplace": false, "output_padding": int64(0), "num_layers": int64(1), "batch_first": false,
	"bidirectional":      false,
	"elementwise_affine": true, "dropout": 0.0, "ceil_mode": false, "start_dim": int64(1), "end_dim": int64(-1)}

// makeLeaf gives a module its attributes and weights.
func (p *Program) makeLeaf(o *eval.Object, class string, row *vocab.Row, dims int, v []eval.Value) {
	o.Attrs.Put("training", true)
	p.in.Charge(100) // a module is a kilobyte or two
	l := &leaf{row: row, dims: dims, in: tensor.Unknown, at: p.in.Here()}
	for i := range row.Params {
		q := &row.Params[i]
		if v[i] == eval.Value(eval.Absent) {
			if usual, ok := usualArgs[q.Name]; ok {
				v := usual
				if pairs[q.Name] && dims > 0 && row.Kind.Group == layer.GroupConv {
					v = spread(usual, dims)
				}
				o.Attrs.Put(q.Name, v)
			} else {
				o.Attrs.Put(q.Name, nil)
			}
			continue
		}
		l.args = append(l.args, vocab.Arg{Name: q.Name, Value: p.plain(v[i], q.Name)})
		shown := v[i]
		if n, ok := shown.(int64); ok && pairs[q.Name] && dims > 0 && row.Kind.Group == layer.GroupConv {
			shown = spread(n, dims)
		}
		o.Attrs.Put(q.Name, shown)
	}
	if s, ok := o.Attrs.Get("normalized_shape"); ok {
		if n, ok := s.(int64); ok {
			o.Attrs.Put("normalized_shape", eval.Ints(n))
		}
	}
	if layer.MaxPoolKind.Kind() == row.Kind || row.Kind.Name == "avgpool" {
		if s, _ := o.Attrs.Get("stride"); s == nil || s == eval.Value(int64(1)) && !given(l.args, "stride") {
			k, _ := o.Attrs.Get("kernel_size")
			o.Attrs.Put("stride", k)
		}
	}
	l.args = tidyArgs(row, l.args)
	made, err := vocab.Torch().Make(row, l.args)
	if err != nil {
		p.raise(err)
	}
	l.layer, l.in = made.Layer, made.In
	o.Native = l
	p.weights(o, l, class)
}

func given(args []vocab.Arg, name string) bool {
	for _, a := range args {
		if a.Name == name {
			return true
		}
	}
	return false
}

// tidyArgs leaves out what is a default in PyTorch and no value of a field.
func tidyArgs(row *vocab.Row, args []vocab.Arg) []vocab.Arg {
	var kept []vocab.Arg
	for _, a := range args {
		switch {
		case a.Value == nil, a.Name == "padding_mode" && a.Value == "zeros":
			continue
		case a.Name == "padding" && a.Value == "valid":
			a.Value = int64(0)
		case a.Name == "mode" && row.Kind == layer.UpsampleKind.Kind() && (a.Value == "trilinear" || a.Value == "linear"):
			a.Value = "bilinear"
		case a.Name == "approximate" && a.Value == "none":
			continue
		}
		kept = append(kept, a)
	}
	return kept
}

func spread(v eval.Value, dims int) eval.Value {
	t := eval.NewTuple()
	for range dims {
		t.Items = append(t.Items, v)
	}
	return t
}

// raise raises what the layer says is wrong with its arguments.
func (p *Program) raise(err error) {
	if d, ok := err.(*diag.Diag); ok {
		p.in.Raise(eval.ValueError, catalog.TorchLayer, d.Say)
	}
	p.in.Raise(eval.ValueError, catalog.TorchLayer, err.Error())
}

// plain returns an argument as the vocabulary has values.
func (p *Program) plain(v eval.Value, name string) vocab.Value {
	switch x := v.(type) {
	case nil, bool, int64, string:
		return x
	case float64:
		return x
	case *eval.List, *eval.Tuple:
		all := []vocab.Value{}
		for _, item := range p.in.Items(x) {
			all = append(all, p.plain(item, name))
		}
		return all
	case *eval.Object:
		switch n := x.Native.(type) {
		case int64, string, float64:
			return n
		}
	case *Tensor:
		if n, ok := x.scalar(); ok {
			return n
		}
	case *eval.Unknown:
		if name == "device" || name == "dtype" {
			return nil
		}
		p.in.Raise(eval.TypeError, catalog.TorchUnknownArg, name, x.Name)
	}
	return nil
}

// weights makes the parameters and buffers that the layer declares on an input of
// the stated size.
func (p *Program) weights(o *eval.Object, l *leaf, class string) {
	sample := l.entry()
	var made layer.Result
	if sample != nil || l.layer.Kind().Takes == layer.TakesNone {
		ins := []tensor.Shape{sample}
		if l.layer.Kind().Name == "bilinear" {
			a, _ := o.Attrs.Get("in1_features")
			b, _ := o.Attrs.Get("in2_features")
			ins = []tensor.Shape{tensor.Of(whole(p.in, a)), tensor.Of(whole(p.in, b))}
		}
		var d *diag.Diag
		if made, d = layer.Apply(l.layer, ins); d != nil && d.Severity == diag.Error && l.in > 0 &&
			l.layer.Kind().Learns {
			p.raise(d) // its arguments do not go together
		}
	}
	l.own = map[string]bool{}
	for _, w := range made.Weights {
		p.in.Charge(8)
		l.own[w.Name] = true
		t := constant(w.Shape...)
		t.store = &storage{dims: t.dims, learned: w.Class.Learnable(), buffer: !w.Class.Learnable()}
		for _, d := range w.Shape {
			if d < 0 {
				t.dims = nil
			}
		}
		if w.Class == layer.ClassCounter {
			t.dtype, t.store.counter = "int64", true
		}
		o.Attrs.Put(w.Name, t)
	}
	for _, name := range []string{"weight", "bias"} {
		if _, has := o.Attrs.Get(name); !has || l.layer.Kind().Learns && !declares(made.Weights, name) {
			if l.layer.Kind().Learns || name == "bias" && l.row.Param("bias") != nil {
				o.Attrs.Put(name, nil)
			}
		}
	}
}

func declares(all []layer.Weight, name string) bool {
	for _, w := range all {
		if w.Name == name {
			return true
		}
	}
	return false
}

// entry returns the shape of an input that a layer states, with what it leaves open
// unknown.
func (l *leaf) entry() tensor.Shape {
	n := l.in
	if n > num.MaxExtent {
		return nil
	}
	switch {
	case l.layer.Kind() == layer.ConvTransposeKind.Kind(), l.dims > 0 && l.row.In == vocab.First:
		x := tensor.Shape{{N: n}}
		for range max(l.dims, 1) {
			x = append(x, tensor.Dim{N: tensor.Unknown})
		}
		return x
	case l.layer.Kind().Group == layer.GroupTable:
		return tensor.Of(tensor.Unknown)
	case l.layer.Kind().Group == layer.GroupAttention, l.layer.Kind().Group == layer.GroupRecurrent && !l.cell():
		return tensor.Of(tensor.Unknown, n)
	}
	switch norm := l.layer.(type) {
	case *layer.LayerNorm:
		if norm.Over.Word == "channels" {
			return tensor.Of(norm.Shape.At(0), tensor.Unknown, tensor.Unknown)
		}
		x := tensor.Shape{}
		for i := range norm.Shape.Len() {
			x = append(x, tensor.Dim{N: norm.Shape.At(i)})
		}
		if len(x) > 0 {
			return x
		}
	case *layer.PReLU:
		return tensor.Of(tensor.Unknown)
	}
	return tensor.Of(n)
}

func (l *leaf) cell() bool {
	r, ok := l.layer.(*layer.Recurrent)
	return ok && bool(r.Cell)
}
