package trace

import (
	"math"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/eval"
)

// Operate implements eval.Operand.
func (t *Tensor) Operate(in *eval.Interp, op string, other eval.Value, right bool) (eval.Value, bool) {
	p := programOf(in)
	switch op {
	case "u-", "u+", "u~", "abs":
		return p.same(t, ""), true
	case "in", "not in", "is", "is not":
		return nil, false
	}
	var o *Tensor
	switch x := other.(type) {
	case *Tensor:
		o = x
	case int64, float64, bool:
		o = tensorOf(in, x)
	case *eval.Unknown:
		return p.same(t, ""), true
	case nil:
		if op == "==" || op == "!=" {
			return op == "!=", true
		}
		return nil, false
	default:
		return nil, false
	}
	a, b := t, o
	if right {
		a, b = o, t
	}
	if op == "@" {
		return p.matmul(a, b), true
	}
	return p.elementwise(op, a, b), true
}

// same is an operation on each element: the value keeps its shape. A kind "" leaves
// no trace in the stack, which has no arithmetic with constants.
func (p *Program) same(t *Tensor, name string) *Tensor {
	out := t.derived(slices.Clone(t.dims))
	out.data = nil
	if !t.live() {
		return out
	}
	if name == "" {
		out.node, out.pending = p.nodeOrPending(t)
		return out
	}
	return p.record(name, nil, out, t)
}

func (p *Program) nodeOrPending(t *Tensor) (string, func()) {
	if t.pending != nil && p.rec != nil {
		p.nodeOf(t)
	}
	return t.node, nil
}

// broadcast returns the shape that two tensors stretch to.
func (p *Program) broadcast(op string, a, b *Tensor) *Tensor {
	rank := max(len(a.dims), len(b.dims))
	out := &Tensor{dims: make([]int64, rank), batch: -1, lead: 1, dtype: a.dtype}
	for i := range rank {
		x, y := int64(1), int64(1)
		if k := i - rank + len(a.dims); k >= 0 {
			x = a.dims[k]
		}
		if k := i - rank + len(b.dims); k >= 0 {
			y = b.dims[k]
		}
		switch {
		case x == y, y == 1:
			out.dims[i] = x
		case x == 1:
			out.dims[i] = y
		default:
			p.misfit = misfit{dense: true}
			p.in.Raise(eval.RuntimeError, catalog.TorchBroadcast, op, shapeText(a.dims), shapeText(b.dims))
		}
	}
	for _, t := range []*Tensor{b, a} {
		if t.batch >= 0 {
			at := t.batch + rank - len(t.dims)
			if out.dims[at] == t.dims[t.batch] {
				out.batch, out.lead = at, t.lead
			} else if t.samples() == 1 { // one sample against many entries
				out.batch, out.lead = at, out.dims[at]
			}
		}
	}
	return out
}

// elementwise works a op b out.
func (p *Program) elementwise(op string, a, b *Tensor) *Tensor {
	out := p.broadcast(op, a, b)
	if a.dtype == "float32" || b.dtype == "float32" {
		out.dtype = "float32"
	}
	compares := strings.Contains("== != < > <= >=", op)
	if compares {
		out.dtype = "bool"
	}
	out.data = computed(op, a, b, out)
	learned := func(t *Tensor) bool { return t.store != nil && t.store.learned }
	if !a.live() && !b.live() && !(p.rec != nil && learned(a) && learned(b) && !compares) {
		for _, t := range []*Tensor{a, b} {
			if t.store != nil && !compares && slices.Equal(t.dims, out.dims) {
				out.store = t.store
			}
		}
		return out
	}
	if compares {
		out.node = ""
		if a.live() {
			out.node, _ = p.nodeOrPending(a)
		} else {
			out.node, _ = p.nodeOrPending(b)
		}
		return out
	}
	// A constant that is not learned leaves no trace.
	for _, pair := range [][2]*Tensor{{a, b}, {b, a}} {
		x, c := pair[0], pair[1]
		if x.live() && !c.live() && (c.store == nil || !c.store.learned && !c.store.buffer) &&
			slices.Equal(x.dims, out.dims) {
			out.node, _ = p.nodeOrPending(x)
			return out
		}
	}
	if p.rec == nil {
		return p.record(op, nil, out, a, b)
	}
	if op == "*" || op == "/" {
		for _, pair := range [][2]*Tensor{{a, b}, {b, a}} {
			if scaled := p.layerScale(pair[0], pair[1], out); scaled != nil {
				return scaled
			}
		}
	}
	kind := map[string]layer.Layer{"+": layer.AddKind.New(), "-": layer.SubKind.New(), "*": layer.MulKind.New()}[op]
	name := map[string]string{"+": "add", "-": "sub", "*": "mul", "/": "div"}[op]
	if name == "" {
		name = "pow"
	}
	return p.join(name, kind, out, a, b)
}

// join records a layer that takes two values, laid out with as many dimensions each.
func (p *Program) join(name string, l layer.Layer, out *Tensor, from ...*Tensor) *Tensor {
	rank := len(out.sample())
	all := p.aligned(from, out)
	for i, t := range all {
		if n := rank - len(t.sample()); n > 0 && t.live() {
			dims := append(slices.Repeat([]int64{1}, n), t.sample()...)
			wide := constant(dims...)
			reshaped, err := layer.ReshapeKind.With(func(l *layer.Reshape) { l.Sizes = layer.ExtentsOf(dims...) })
			if err == nil {
				node := p.nodeOf(t)
				all[i] = p.put(graph.Node{Name: p.rec.name("view"), Layer: reshaped, Inputs: []string{node}}, wide)
			}
		}
	}
	return p.record(name, l, out, all...)
}

// layerScale records x·γ with a learned γ for each channel or feature as one layer.
func (p *Program) layerScale(x, g, out *Tensor) *Tensor {
	if !x.live() || g.live() || g.store == nil || !g.store.learned || !slices.Equal(x.dims, out.dims) {
		return nil
	}
	dims := append(slices.Repeat([]int64{1}, len(x.dims)-len(g.dims)), g.dims...)
	at := -1
	for i, d := range dims {
		if d > 1 {
			if at >= 0 {
				return nil
			}
			at = i
		}
	}
	if at < 0 || at == x.batch || dims[at] != x.dims[at] || product(g.store.dims) != dims[at] || p.rec.owners[g.store] != "" {
		return nil
	}
	n, ok := x.dim(at)
	last := at == len(dims)-1
	if !ok || !last && n != 1 {
		return nil
	}
	l, err := layer.LayerScaleKind.With(func(l *layer.LayerScale) {
		if !last {
			l.Over.Word = "channels"
		}
	})
	if err != nil {
		return nil
	}
	s := g.store
	s.used = true
	name := s.path
	if name == "" {
		name = p.rec.name("scale")
	}
	p.put(graph.Node{Name: name, Layer: l, Inputs: []string{p.nodeOf(x)}, Frozen: s.frozen, Keep: true}, out)
	p.rec.owners[s] = out.node
	return out
}

// computed works with the numbers of small constants.
func computed(op string, a, b, out *Tensor) []float64 {
	n := int(product(out.dims))
	if a.data == nil || b.data == nil || n > maxData ||
		len(a.data) != 1 && len(a.data) != n || len(b.data) != 1 && len(b.data) != n {
		return nil
	}
	data := make([]float64, n)
	for i := range data {
		x, y := a.data[min(i, len(a.data)-1)], b.data[min(i, len(b.data)-1)]
		switch op {
		case "+":
			data[i] = x + y
		case "-":
			data[i] = x - y
		case "*":
			data[i] = x * y
		case "/":
			data[i] = x / y
		case "//":
			data[i] = math.Floor(x / y)
		case "%":
			data[i] = x - y*math.Floor(x/y)
		case "**":
			data[i] = math.Pow(x, y)
		default:
			is := map[string]bool{"==": x == y, "!=": x != y, "<": x < y, ">": x > y, "<=": x <= y, ">=": x >= y}[op]
			if is {
				data[i] = 1
			}
		}
	}
	return data
}

// maxData bounds the constants whose numbers are kept.
const maxData = 4096

// matmul is torch.matmul.
func (p *Program) matmul(a, b *Tensor) *Tensor {
	in := p.in
	if len(a.dims) == 0 || len(b.dims) == 0 {
		in.Raise(eval.RuntimeError, catalog.TorchMatmul, shapeText(a.dims), shapeText(b.dims))
	}
	inner := b.dims[max(len(b.dims)-2, 0)]
	if a.dims[len(a.dims)-1] != inner {
		p.misfit = misfit{want: inner, got: a.dims[len(a.dims)-1], dense: true}
		in.Raise(eval.RuntimeError, catalog.TorchMatmul, shapeText(a.dims), shapeText(b.dims))
	}
	if len(a.dims) == 1 || len(b.dims) == 1 {
		out := a.with(slices.Clone(a.dims[:len(a.dims)-1]))
		if len(a.dims) == 1 {
			out = b.with(append(slices.Clone(b.dims[:max(len(b.dims)-2, 0)]), b.dims[len(b.dims)-1:]...))
			if len(b.dims) == 1 {
				out.dims = nil
			}
		}
		if out.batch >= len(out.dims) {
			out.batch = -1
		}
		return p.record("matmul", nil, out, a, b)
	}
	// One matrix that is learned is a dense layer without biases.
	if a.live() && !b.live() && b.store != nil && b.store.learned && len(b.dims) == 2 &&
		product(b.store.dims) == product(b.dims) {
		return p.dense(a, b, nil, b.dims[1])
	}
	lead := p.broadcast("@", a.with(a.dims[:len(a.dims)-2]).cut(), b.with(b.dims[:len(b.dims)-2]).cut())
	out := lead
	out.dims = append(out.dims, a.dims[len(a.dims)-2], b.dims[len(b.dims)-1])
	if a.batch >= len(a.dims)-2 { // rows are samples
		out.batch, out.lead = a.batch+len(out.dims)-len(a.dims), a.lead
		if a.batch == len(a.dims)-1 {
			out.batch, out.lead = -1, 1
		}
	}
	return p.join("matmul", layer.MatMulKind.New(), out, a, b)
}

// cut forgets a batch that is not among the dimensions.
func (t *Tensor) cut() *Tensor {
	if t.batch >= len(t.dims) {
		t.batch, t.lead = -1, 1
	}
	return t
}

// dense records F.linear(x, w, b): a dense layer whose weights are parameters of
// their own, or those of another layer.
func (p *Program) dense(x, w, b *Tensor, features int64) *Tensor {
	out := x.with(append(slices.Clone(x.dims[:len(x.dims)-1]), features))
	l, err := layer.LinearKind.With(func(l *layer.Linear) {
		l.Features, l.Bias = layer.WidthOf(features),
			layer.Switch(b != nil)
	})
	if err != nil {
		l = nil
	}
	return p.owned("linear", l, out, x, w, b)
}

// owned records a function that is called with parameters: a layer that has them.
func (p *Program) owned(name string, l layer.Layer, out, x *Tensor, own ...*Tensor) *Tensor {
	r := p.rec
	if r == nil || !x.live() {
		return out
	}
	n := graph.Node{Name: r.name(name), Layer: l, Inputs: []string{p.nodeOf(x)}}
	for i, t := range own {
		if t == nil {
			continue
		}
		if t.live() || t.store == nil { // a weight that is computed
			n.Layer = nil
			n.Inputs = append(n.Inputs, p.nodeOf(t))
			continue
		}
		t.store.used = true
		if node := r.owners[t.store]; node != "" && i == 0 {
			n.Shares = node
		}
		if i == 0 && t.store.path != "" {
			n.Name, n.Keep = strings.TrimSuffix(t.store.path, ".weight"), true
			n.Frozen = t.store.frozen
		}
	}
	if n.Shares != "" {
		n.Keep = false
		n.Name = r.name(name)
	}
	var stores []*storage
	for _, t := range own {
		if t != nil && t.store != nil {
			stores = append(stores, t.store)
		}
	}
	p.put(n, out, stores...)
	for _, t := range own {
		if t != nil && t.store != nil && r.owners[t.store] == "" {
			r.owners[t.store] = out.node
		}
	}
	return out
}

// einsum is torch.einsum: its shape follows from the letters.
func (p *Program) einsum(rule string, ts []*Tensor) *Tensor {
	in := p.in
	rule = strings.ReplaceAll(rule, " ", "")
	from, to, arrow := strings.Cut(rule, "->")
	terms := strings.Split(from, ",")
	if len(terms) != len(ts) {
		in.Raise(eval.RuntimeError, catalog.TorchEinsum, rule)
	}
	size := map[rune]int64{}
	count := map[rune]int{}
	out := constant()
	var batch rune
	var ellipsis []int64
	dots := false
	for i, term := range terms {
		before, after, has := strings.Cut(term, "...")
		names := []rune(before + after)
		rest := len(ts[i].dims) - len(names)
		if rest < 0 || !has && rest != 0 {
			in.Raise(eval.RuntimeError, catalog.TorchEinsum, rule)
		}
		at := 0
		for k := 0; k <= len(names); k++ {
			if has && k == len([]rune(before)) {
				if dots = true; len(ellipsis) < rest {
					ellipsis = ts[i].dims[at : at+rest]
				}
				if ts[i].batch >= at && ts[i].batch < at+rest {
					batch, out.lead = '.', ts[i].lead
				}
				at += rest
			}
			if k == len(names) {
				break
			}
			d := ts[i].dims[at]
			if old, ok := size[names[k]]; ok && old != d && old != 1 && d != 1 {
				in.Raise(eval.RuntimeError, catalog.TorchEinsum, rule)
			}
			size[names[k]] = max(size[names[k]], d)
			count[names[k]]++
			if ts[i].batch == at {
				batch, out.lead = names[k], ts[i].lead
			}
			at++
		}
	}
	if !arrow {
		for _, c := range from {
			if count[c] == 1 {
				to += string(c)
			}
		}
		r := []rune(to)
		slices.Sort(r)
		to = string(r)
	}
	before, after, has := strings.Cut(to, "...")
	lay := func(names string) {
		for _, c := range names {
			if c == batch {
				out.batch = len(out.dims)
			}
			out.dims = append(out.dims, size[c])
		}
	}
	lay(before)
	if has && dots {
		if batch == '.' {
			out.batch = len(out.dims)
		}
		out.dims = append(out.dims, ellipsis...)
	}
	lay(after)
	if out.batch < 0 {
		out.lead = 1
	}
	macs := num.Of(1)
	for c, n := range size {
		if c != batch {
			macs = macs.Times(n)
		}
	}
	return p.product("einsum", macs, out, ts...)
}

// product records an opaque layer that multiplies and has no weights of its own.
func (p *Program) product(name string, macs num.Int, out *Tensor, from ...*Tensor) *Tensor {
	if p.rec == nil || !anyLive(from) {
		return out
	}
	n, ok := macs.Int64()
	if !ok {
		n = -1
	}
	u := graph.Unknown{Type: name, Out: out.shape(), Complete: true, MACs: n}
	return p.record(name, u.Layer(), out, from...)
}
