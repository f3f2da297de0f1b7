package trace

import (
	"math"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
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

// elementOps join two tensors number by number.
var elementOps = map[string]op{
	"add other **more":    binary("+"),
	"add_ other **more":   binary("+"),
	"sub other **more":    binary("-"),
	"mul other":           binary("*"),
	"mul_ other":          binary("*"),
	"div other **more":    binary("/"),
	"divide other **more": binary("/"),
	"multiply other":      binary("*"),
	"div_ other":          binary("/"),
	"pow other":           binary("**"),
	"eq other":            binary("=="),
	"ne other":            binary("!="),
	"lt other":            binary("<"),
	"gt other":            binary(">"),
	"le other":            binary("<="),
	"ge other":            binary(">="),
	"logical_and other":   binary("=="),
	"logical_or other":    binary("=="),
	"true_divide other":   binary("/"),
	"floor_divide other":  binary("//"),
	"remainder other":     binary("%"),
	"maximum other":       func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.pairOf("max", t, v[0]) },
	"minimum other":       func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.pairOf("min", t, v[0]) },
}

func binary(sign string) op {
	return func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.elementwise(sign, t, tensorOf(p.in, v[0]))
	}
}

// pairOf is the larger, or the smaller, of two values at each place.
func (p *Program) pairOf(kind string, t *Tensor, other eval.Value) *Tensor {
	o := tensorOf(p.in, other)
	out := p.broadcast(kind, t, o)
	return p.join(kind, layer.ByName(kind).New(), out, t, o)
}
