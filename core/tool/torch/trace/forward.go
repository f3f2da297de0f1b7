package trace

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/vocab"
)

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
	if p.rec != nil && !t.live() && l.layer.Kind().Group == layer.GroupTable {
		c := *t // positions, which are the same for every sample
		if c.batch < 0 && len(c.dims) > 1 && c.dims[0] == 1 {
			c.batch, c.lead = 0, 1
		}
		c.node = p.nodeOf(&c)
		t = &c
	}
	batched := p.batched(t, l.dims)
	out := p.recordLeaf(o, l.layer, p.applied(l.layer, batched, o.Class.Name), batched)
	if p.rec == nil && t.batch < 0 { // nothing depends on which dimension it was
		out.batch, out.lead = -1, 1
	}
	return out
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
