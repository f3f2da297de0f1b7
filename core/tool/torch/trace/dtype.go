package trace

import (
	"math"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/eval"
)

// list returns the numbers of a constant as lists.
func (t *Tensor) list(in *eval.Interp) eval.Value {
	if len(t.data) == 0 && product(t.dims) > 0 {
		return &eval.Unknown{Name: "tensor.tolist()"}
	}
	if len(t.dims) == 0 {
		v, _ := t.scalar()
		return v
	}
	l := eval.NewList()
	it := t.Iterate(in)
	for {
		v, ok := it.Next()
		if !ok {
			return l
		}
		l.Items = append(l.Items, v.(*Tensor).list(in))
	}
}

// Iterate implements eval.Iterated.
func (t *Tensor) Iterate(in *eval.Interp) *eval.Iter {
	if len(t.dims) == 0 {
		in.Raise(eval.TypeError, catalog.PythonNotIterable, "tensor")
	}
	i := int64(0)
	return &eval.Iter{Next: func() (eval.Value, bool) {
		if i >= t.dims[0] {
			return nil, false
		}
		i++
		in.Charge(4)
		in.Work(4)
		return programOf(in).selected(t, 0, i-1), true
	}}
}

// Len implements eval.Sized.
func (t *Tensor) Len(in *eval.Interp) int64 {
	if len(t.dims) == 0 {
		in.Raise(eval.TypeError, catalog.PythonNoLen, "tensor")
	}
	return t.dims[0]
}

// Item implements eval.Indexed.
func (t *Tensor) Item(in *eval.Interp, key eval.Value) eval.Value { return programOf(in).index(t, key) }

// SetItem implements eval.IndexAssigned: a tensor into which a value is written that
// follows from the input follows from it too, by a step without weights.
func (t *Tensor) SetItem(in *eval.Interp, key, v eval.Value) {
	t.data = nil
	p := programOf(in)
	x, ok := v.(*Tensor)
	if p.rec == nil || !ok || !x.live() {
		return
	}
	from := []*Tensor{x}
	if t.live() {
		c := *t
		from = []*Tensor{&c, x}
	}
	out := t.with(slices.Clone(t.dims))
	if part := p.part(t, key); t.batch < 0 && x.batch >= 0 {
		if at := x.batch + len(part) - len(x.dims); at >= 0 && at < len(part) && t.dims[part[at]] == x.dims[x.batch] {
			out.batch, out.lead = part[at], x.lead
		}
	}
	*t = *p.record("write", nil, out, from...)
}

// part lists the dimensions of a tensor that t[key] has.
func (p *Program) part(t *Tensor, key eval.Value) []int {
	keys := []eval.Value{key}
	if tuple, ok := key.(*eval.Tuple); ok {
		keys = tuple.Items
	}
	var dims []int
	at := 0
	for i, k := range keys {
		switch k.(type) {
		case *eval.EllipsisType:
			for to := len(t.dims) - uses(keys[i+1:]); at < to; at++ {
				dims = append(dims, at)
			}
		case *eval.Slice, *eval.List, *Tensor:
			dims = append(dims, at)
			at++
		case nil:
		default:
			at++
		}
	}
	for ; at < len(t.dims); at++ {
		dims = append(dims, at)
	}
	return dims
}

// A dtype is torch.float32 and the like.
type dtype struct{ name string }

func tensorMethods() {
	c := tensorClass
	for key, do := range ops {
		name, sig, _ := strings.Cut(key, " ")
		c.Attrs.Put(name, eval.NewBuiltin(name, "input "+sig, func(in *eval.Interp, v []eval.Value) eval.Value {
			return do(programOf(in), tensorOf(in, v[0]), v[1:])
		}))
	}
	for _, name := range quiet {
		c.Attrs.Put(name, quietOp(name))
	}
	for _, f := range classFunctions() {
		if _, has := c.Attrs.Get(f.Name); !has {
			c.Attrs.Put(f.Name, f)
		}
	}
	for _, k := range c.Attrs.Keys() { // relu_ does in place what relu does
		if name, _ := k.(string); !strings.HasSuffix(name, "_") {
			if _, has := c.Attrs.Get(name + "_"); !has {
				do, _ := c.Attrs.Get(name)
				c.Attrs.Put(name+"_", do)
			}
		}
	}
	c.Attrs.Put("backward", eval.NewRaw("backward", func(*eval.Interp, eval.Args) eval.Value { return nil }))
}

// quietOp is an operation on each element.
func quietOp(name string) *eval.Builtin {
	dt := map[string]string{"long": "int64", "int": "int64", "bool": "bool", "float": "float32"}[name]
	return eval.NewRaw(name, func(in *eval.Interp, a eval.Args) eval.Value {
		if len(a.Pos) == 0 {
			if x, ok := a.Get("input"); ok {
				a.Pos = []eval.Value{x}
			} else {
				return nil
			}
		}
		p := programOf(in)
		t := tensorOf(in, a.Pos[0])
		if (name == "to" || name == "type") && len(a.Pos) > 1 {
			if d, ok := a.Pos[1].(*dtype); ok {
				dt = d.name
			}
		}
		out := p.same(t, "")
		out.data = t.data
		out.data = mapped(name, t.data)
		if strings.HasSuffix(name, "_") { // in place
			t.data = nil
			return t
		}
		if dt != "" {
			out.dtype = dt
		}
		return out
	})
}

// mapped applies a function to the numbers of a small constant; nil if it is not one
// that is worked out.
func mapped(name string, data []float64) []float64 {
	var f func(float64) float64
	switch name {
	case "to", "float", "double", "cpu", "cuda", "contiguous", "detach", "clone", "type", "half", "type_as", "numpy":
		return data
	case "int", "long":
		f = math.Trunc
	default:
		f = map[string]func(float64) float64{"abs": math.Abs, "neg": func(x float64) float64 { return -x },
			"sqrt": math.Sqrt,
			"log":  math.Log, "log2": math.Log2, "floor": math.Floor, "ceil": math.Ceil, "round": math.RoundToEven,
			"trunc":  math.Trunc,
			"square": func(x float64) float64 { return x * x }}[name]
	}
	if f == nil || data == nil {
		return nil
	}
	out := make([]float64, len(data))
	for i, x := range data {
		out[i] = f(x)
	}
	return out
}

// Show implements eval.Shown.
func (d *dtype) Show(*eval.Interp) string { return "torch." + d.name }

// Hash implements eval.Hashed.
func (d *dtype) Hash() any { return "torch." + d.name }

// Operate implements eval.Operand.
func (d *dtype) Operate(_ *eval.Interp, sign string, other eval.Value, _ bool) (eval.Value, bool) {
	o, ok := other.(*dtype)
	switch sign {
	case "==":
		return ok && o.name == d.name, true
	case "!=":
		return !ok || o.name != d.name, true
	}
	return nil, false
}

// Attr implements eval.Attributed.
func (d *dtype) Attr(_ *eval.Interp, name string) (eval.Value, bool) {
	return !isWhole(d.name), name == "is_floating_point"
}
