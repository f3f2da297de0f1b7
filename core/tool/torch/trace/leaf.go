package trace

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
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
		made, _ = layer.Apply(l.layer, ins)
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

// forward runs a layer of torch.nn.
func (p *Program) forward(o *eval.Object, x eval.Value, rest []eval.Value) eval.Value {
	l, ok := o.Native.(*leaf)
	if !ok {
		p.in.Raise(eval.RuntimeError, catalog.TorchNoInit, o.Class.Name)
	}
	switch l.layer.(type) {
	case *layer.Recurrent:
		return p.recurrent(o, l, x, rest)
	case *layer.Attention:
		return p.attention(o, l, x, rest)
	}
	t := tensorOf(p.in, x)
	if l.layer.Kind().Takes >= layer.TakesPaths && len(rest) > 0 {
		return p.joined(o, l, t, tensorOf(p.in, rest[0]))
	}
	p.check(o, l, t)
	t = p.batched(t, l.dims)
	out := p.applied(l.layer, t, o.Class.Name)
	return p.recordLeaf(o, l.layer, out, t)
}

// batched takes the first dimension of a constant for its batch, as modules do.
// dims are the spatial dimensions that the module works on, −1: any.
func (p *Program) batched(t *Tensor, dims int) *Tensor {
	if t.batch >= 0 || len(t.dims) < 2 || t.live() || dims > 0 && len(t.dims) == dims+1 ||
		p.rec != nil && t.store != nil && t.dims[0] != 1 {
		return t
	}
	c := *t
	c.batch, c.lead = 0, 1
	return &c
}

// check raises PyTorch's error where an input has another size than the layer was
// made for.
func (p *Program) check(o *eval.Object, l *leaf, t *Tensor) {
	spatial := l.dims > 0 && l.row.In == vocab.First
	if spatial && l.row.Kind != layer.BatchNormKind.Kind() && (len(t.dims) < l.dims+1 || len(t.dims) > l.dims+2) ||
		spatial && len(t.dims) < 2 {
		p.in.Raise(eval.RuntimeError, catalog.TorchRank, o.Class.Name, l.dims+2, shapeText(t.dims))
	}
	if l.in < 0 || len(t.dims) == 0 {
		return
	}
	at := len(t.dims) - 1
	if l.row.In == vocab.First {
		at = 1
		if l.dims > 0 && len(t.dims) == l.dims+1 && l.row.Kind != layer.BatchNormKind.Kind() {
			at = 0
		}
	}
	if at < len(t.dims) && t.dims[at] != l.in {
		p.misfit = misfit{at: at, want: l.in, got: t.dims[at], dense: l.row.In == vocab.Last}
		p.in.Raise(eval.RuntimeError, catalog.TorchMisfit, o.Class.Name, l.in, t.dims[at], shapeText(t.dims))
	}
}

// A misfit is a layer that gets another size than it was made for: the input that
// was chosen may have the wrong size.
type misfit struct {
	at        int
	want, got int64
	dense     bool
}

func shapeText(dims []int64) string {
	parts := make([]string, len(dims))
	for i, d := range dims {
		parts[i] = strconv.FormatInt(d, 10)
	}
	return strings.Join(parts, "×")
}

// applied returns the output of a layer that keeps the batch where it is: by the
// layer's own rule on one sample.
func (p *Program) applied(l layer.Layer, t *Tensor, what string) *Tensor {
	at := t.sample()
	spatial := l.Kind().Group == layer.GroupConv || l.Kind().Group == layer.GroupPool
	merged := t.batch >= 0 && t.lead > 1
	if merged && !pointwise(l) { // the merged batch is one to a layer of maps
		at = append(append([]int64(nil), t.dims[:t.batch]...), t.dims[t.batch+1:]...)
	}
	_ = spatial
	r, d := layer.Apply(l, []tensor.Shape{tensor.Of(at...)})
	if d != nil && d.Severity == diag.Error || r.Out == nil {
		if d == nil {
			d = diag.New(catalog.OpaqueOutput)
		}
		p.misfit.dense = true // another size may fit
		p.in.Raise(eval.RuntimeError, catalog.TorchApplies, what, shapeText(t.dims), d.Say)
	}
	dims := make([]int64, len(r.Out))
	for i := range r.Out {
		dims[i] = r.Out[i].N
	}
	out := t.with(dims)
	if t.batch >= 0 && (t.lead == 1 || merged && !pointwise(l)) {
		b := min(t.batch, len(dims))
		out.dims = append(append(append([]int64(nil), dims[:b]...), t.dims[t.batch]), dims[b:]...)
		out.batch = b
	} else if t.batch >= 0 {
		out.dims[t.batch] = t.dims[t.batch]
	}
	return out
}

// pointwise reports whether a layer looks at the last dimension at most, so that it
// may have others before it.
func pointwise(l layer.Layer) bool {
	switch l.Kind().Group {
	case layer.GroupDense, layer.GroupTable, layer.GroupActivation, layer.GroupAttention:
		return true
	}
	switch n := l.(type) {
	case *layer.LayerNorm:
		return n.Over.Word != "channels"
	case *layer.Dropout:
		return true
	}
	return l.Kind().Name == "identity" || l.Kind().Name == "rmsnorm"
}

// stripped returns a layer without the weights that the program has taken away.
func stripped(l layer.Layer, o *eval.Object) layer.Layer {
	has := func(name string) layer.Switch {
		v, set := o.Attrs.Get(name)
		return layer.Switch(!set || v != nil)
	}
	w, b := has("weight"), has("bias")
	switch x := l.(type) {
	case *layer.BatchNorm:
		if bool(x.Affine.On) && bool(!w && x.Affine.Scale || !b && x.Affine.Bias) {
			c := *x
			c.Affine.Scale, c.Affine.Bias = x.Affine.Scale && w, x.Affine.Bias && b
			return &c
		}
	case *layer.LayerNorm:
		if bool(x.Affine.On) && bool(!w && x.Affine.Scale || !b && x.Affine.Bias) {
			c := *x
			c.Affine.Scale, c.Affine.Bias = x.Affine.Scale && w, x.Affine.Bias && b
			return &c
		}
	case *layer.Conv:
		if bool(x.Bias && !b) {
			c := *x
			c.Bias = false
			return &c
		}
	case *layer.Linear:
		if bool(x.Bias && !b) {
			c := *x
			c.Bias = false
			return &c
		}
	}
	return l
}

// recordLeaf adds the node of a module. One that runs again shares its weights.
func (p *Program) recordLeaf(o *eval.Object, l layer.Layer, out *Tensor, from ...*Tensor) *Tensor {
	r := p.rec
	if r == nil || !anyLive(from) {
		return out
	}
	n := graph.Node{Name: r.paths[o], Layer: stripped(l, o)}
	for _, t := range from {
		n.Inputs = append(n.Inputs, p.nodeOf(t))
	}
	if n.Name == "" {
		n.Name = strings.ToLower(o.Class.Name)
	}
	return p.putOwned(n, o, out)
}

// putOwned adds a node that has the parameters of a module.
func (p *Program) putOwned(n graph.Node, o *eval.Object, out *Tensor) *Tensor {
	r := p.rec
	learns := n.Layer == nil || n.Layer.Kind().Learns
	var own []*storage
	frozen, trained := false, false
	for _, c := range parts(o) {
		l, _ := o.Native.(*leaf)
		if c.tensor == nil || l != nil && !l.own[c.name] {
			continue // one that the program has added is none of the layer's
		}
		s := c.tensor.store
		own = append(own, s)
		s.used = true
		if s.learned {
			frozen, trained = frozen || s.frozen, trained || !s.frozen
		}
	}
	n.Frozen = learns && frozen && !trained
	n.Keep = learns && strings.Trim(n.Name, "0123456789.") != ""
	for _, s := range own {
		if node := r.owners[s]; node != "" && learns {
			n.Shares = node
			break
		}
	}
	if first := r.nodes[o]; first != "" && learns {
		n.Shares = first
	}
	p.put(n, out, own...)
	if l, ok := o.Native.(*leaf); ok { // the line that made it has its widths
		r.lines[out.node] = l.at
	}
	if r.nodes[o] == "" {
		r.nodes[o] = out.node
	}
	for _, s := range own {
		if r.owners[s] == "" {
			r.owners[s] = out.node
		}
	}
	return out
}
