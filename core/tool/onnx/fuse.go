package onnx

import (
	"math"
	"paramstack/core/tool/onnx/onnxpb"
	"slices"
)

// fuse makes one node of the many that exporters write for layers which their
// opset has no operator for: GELU, layer norm, SiLU, Mish and hard swish. A group
// is one layer only where nothing else uses what is inside it.
func (c *onnxNet) fuse() {
	u := &fuser{onnxNet: c, by: map[string]*onnxpb.Node{}, gone: map[*onnxpb.Node]bool{}, new: map[*onnxpb.Node]*onnxpb.Node{}}
	for _, n := range c.order {
		for _, o := range n.Out {
			u.by[o] = n
		}
	}
	for _, n := range c.order {
		if n.Domain != "" || len(n.Out) != 1 || len(n.In) == 0 || u.gone[n] {
			continue
		}
		switch n.Op {
		case "Erf", "Tanh":
			u.gelu(n)
		case "Div":
			u.layerNorm(n)
		case "Mul":
			u.gated(n)
			u.rmsNorm(n)
		}
	}
	var order []*onnxpb.Node
	for _, n := range c.order {
		if fused := u.new[n]; fused != nil {
			order = append(order, fused)
		} else if !u.gone[n] {
			order = append(order, n)
		}
	}
	c.order = order
	c.countUsers()
}

type fuser struct {
	*onnxNet
	by   map[string]*onnxpb.Node
	gone map[*onnxpb.Node]bool
	new  map[*onnxpb.Node]*onnxpb.Node // what stands where a group ended
}

// made is the node of an operator that makes a value, nil if another does.
func (u *fuser) made(name, op string) *onnxpb.Node {
	if n := u.by[name]; n != nil && n.Op == op && n.Domain == "" && !u.gone[n] && len(n.In) > 0 && len(n.Out) == 1 {
		return n
	}
	return nil
}

// next is the node of an operator with two inputs that alone uses a value, and its
// other input.
func (u *fuser) next(name, op string) (*onnxpb.Node, string) {
	n := u.only(name)
	if n == nil || n.Op != op || n.Domain != "" || len(n.In) != 2 || len(n.Out) != 1 || u.gone[n] {
		return nil, ""
	}
	return n, other(n, name)
}

func other(n *onnxpb.Node, name string) string {
	if len(n.In) != 2 {
		return ""
	}
	if n.In[0] == name {
		return n.In[1]
	}
	return n.In[0]
}

// is reports whether a value is one number, nearly v.
func (u *fuser) is(name string, v float64) bool {
	k := u.values[name]
	if k == nil {
		return false
	}
	x, ok := k.konst.scalar()
	return ok && math.Abs(x-v) <= 1e-3*math.Abs(v)
}

// times returns the other input of the product that makes a value, if one is
// nearly v; of a division the first, if the second is nearly 1/v.
func (u *fuser) times(name string, v float64) (*onnxpb.Node, string) {
	if n := u.made(name, "Mul"); n != nil && len(n.In) == 2 {
		for i := range 2 {
			if u.is(n.In[i], v) {
				return n, n.In[1-i]
			}
		}
	}
	if n := u.made(name, "Div"); n != nil && len(n.In) == 2 && u.is(n.In[1], 1/v) {
		return n, n.In[0]
	}
	return nil, ""
}

// become puts one node where the last of a group stands. All but the last must
// have no other user than the group, which the caller has seen to by name.
func (u *fuser) become(last *onnxpb.Node, op string, in []string, attrs map[string]*onnxpb.Attr, group ...*onnxpb.Node) {
	for _, n := range append(group, last) {
		u.gone[n] = true
	}
	if attrs == nil {
		attrs = map[string]*onnxpb.Attr{}
	}
	u.new[last] = &onnxpb.Node{Name: last.Name, Op: op, In: in, Out: last.Out, Attrs: attrs}
	u.by[last.Out[0]] = u.new[last]
}

// inner reports whether the users of a node's output are all in the group.
func (u *fuser) inner(n *onnxpb.Node, group ...*onnxpb.Node) bool {
	if u.ends[n.Out[0]] {
		return false
	}
	for _, user := range u.users[n.Out[0]] {
		if !slices.Contains(group, user) {
			return false
		}
	}
	return true
}

// gelu is ½·x·(1 + erf(x/√2)), or the same with a tanh of a cubic.
func (u *fuser) gelu(n *onnxpb.Node) {
	var x string
	var group []*onnxpb.Node
	if n.Op == "Erf" {
		d, from := u.times(n.In[0], math.Sqrt2/2)
		if d == nil || !u.inner(d, n) {
			return
		}
		x, group = from, []*onnxpb.Node{d, n}
	} else {
		m, sum := u.times(n.In[0], math.Sqrt(2/math.Pi))
		add := u.made(sum, "Add")
		if m == nil || add == nil || len(add.In) != 2 {
			return
		}
		for i := range 2 {
			cube, power := u.times(add.In[i], 0.044715)
			if pow := u.made(power, "Pow"); cube != nil && pow != nil && len(pow.In) == 2 && u.is(pow.In[1], 3) && pow.In[0] == add.In[1-i] &&
				u.inner(pow, cube) && u.inner(cube, add) && u.inner(add, m) && u.inner(m, n) {
				x, group = pow.In[0], []*onnxpb.Node{pow, cube, add, m, n}
			}
		}
		if x == "" {
			return
		}
	}
	plus, one := u.next(n.Out[0], "Add")
	if plus == nil || !u.is(one, 1) {
		return
	}
	mul, with := u.next(plus.Out[0], "Mul")
	if mul == nil {
		return
	}
	group = append(group, plus)
	attrs := map[string]*onnxpb.Attr{"approximate": {Str: map[bool]string{true: "none", false: "tanh"}[n.Op == "Erf"]}}
	if with == x { // x·(1 + …), then halved
		if half, by := u.next(mul.Out[0], "Mul"); half != nil && u.is(by, 0.5) {
			u.become(half, "Gelu", []string{x}, attrs, append(group, mul)...)
		}
		return
	}
	if half, from := u.times(with, 0.5); half != nil && from == x && u.inner(half, mul) {
		u.become(mul, "Gelu", []string{x}, attrs, append(group, half)...)
		return
	}
	if u.is(with, 0.5) { // (1 + …)·½, then x
		if last, by := u.next(mul.Out[0], "Mul"); last != nil && by == x {
			u.become(last, "Gelu", []string{x}, attrs, append(group, mul)...)
		}
	}
}

// root finds √(mean(square) + ε): the nodes, the value that is squared, its axes.
func (u *fuser) root(name string) (group []*onnxpb.Node, of string, axes []int64, eps float64) {
	sqrt := u.made(name, "Sqrt")
	if sqrt == nil {
		return
	}
	add := u.made(sqrt.In[0], "Add")
	if add == nil || len(add.In) != 2 {
		return
	}
	for i := range 2 {
		mean := u.made(add.In[i], "ReduceMean")
		k := u.values[add.In[1-i]]
		if mean == nil || k == nil {
			continue
		}
		e, ok := k.konst.scalar()
		if !ok || mean.Int("keepdims", 1) == 0 {
			continue
		}
		a, ok := u.intsIn(mean, "axes", 1)
		if !ok || len(a) == 0 {
			continue
		}
		square := u.made(mean.In[0], "Pow")
		switch {
		case square != nil && len(square.In) == 2 && u.is(square.In[1], 2):
		default:
			if square = u.made(mean.In[0], "Mul"); square == nil || len(square.In) != 2 || square.In[0] != square.In[1] {
				continue
			}
		}
		if u.inner(square, mean) && u.inner(mean, add) && u.inner(add, sqrt) {
			return []*onnxpb.Node{square, mean, add, sqrt}, square.In[0], a, e
		}
	}
	return
}

// layerNorm is (x − mean)/√(variance + ε), times γ, plus β.
func (u *fuser) layerNorm(n *onnxpb.Node) {
	if len(n.In) != 2 {
		return
	}
	group, centred, axes, eps := u.root(n.In[1])
	if group == nil {
		return
	}
	if centred == n.In[0] && u.made(n.In[0], "Sub") == nil { // nothing was subtracted
		u.scaledBy(n, "RMSNormalization", centred, axes, eps, group)
		return
	}
	sub, second := u.made(n.In[0], "Sub"), u.made(centred, "Sub")
	if sub == nil || second == nil || len(sub.In) != 2 || !slices.Equal(sub.In, second.In) {
		return
	}
	mean := u.made(sub.In[1], "ReduceMean")
	if mean == nil || mean.In[0] != sub.In[0] || mean.Int("keepdims", 1) == 0 {
		return
	}
	if a, ok := u.intsIn(mean, "axes", 1); !ok || !slices.Equal(a, axes) {
		return
	}
	sqrt := group[len(group)-1]
	if !u.inner(mean, sub, second) || !u.inner(sub, n, group[0]) || !u.inner(second, n, group[0]) || !u.inner(sqrt, n) {
		return
	}
	u.scaledBy(n, "LayerNormalization", sub.In[0], axes, eps, append(group, mean, sub, second))
}

// rmsNorm is x·(1/√(mean square + ε)), times γ.
func (u *fuser) rmsNorm(n *onnxpb.Node) {
	if len(n.In) != 2 || u.gone[n] {
		return
	}
	for i := range 2 {
		inverse := u.made(n.In[i], "Reciprocal")
		if inverse == nil {
			continue
		}
		group, x, axes, eps := u.root(inverse.In[0])
		if group != nil && x == n.In[1-i] && u.inner(inverse, n) && u.inner(group[len(group)-1], inverse) {
			u.scaledBy(n, "RMSNormalization", x, axes, eps, append(group, inverse))
			return
		}
	}
}

// scaledBy ends a norm with the stored scale and shift behind it, if there are any.
func (u *fuser) scaledBy(n *onnxpb.Node, op, x string, axes []int64, eps float64, group []*onnxpb.Node) {
	attrs := map[string]*onnxpb.Attr{"axis": {Int: slices.Min(axes)}, "axes": {Ints: axes}, "epsilon": {Float: float32(eps)}}
	last, in := n, []string{x, "", ""}
	table := func(name string) bool {
		k := u.values[name]
		return k != nil && k.konst != nil && elementsOf(k.konst.dims).Cmp(one) > 0
	}
	if mul, by := u.next(n.Out[0], "Mul"); mul != nil && table(by) {
		group, last, in[1] = append(group, n), mul, by
		if add, b := u.next(mul.Out[0], "Add"); op == "LayerNormalization" && add != nil && table(b) {
			group, last, in[2] = append(group, mul), add, b
		}
	}
	u.become(last, op, in, attrs, group...)
}

// gated are products of x with a gate of x: SiLU, hard swish, Mish.
func (u *fuser) gated(n *onnxpb.Node) {
	if len(n.In) != 2 {
		return
	}
	for i := range 2 {
		x, gate := n.In[1-i], n.In[i]
		if s := u.made(gate, "Sigmoid"); s != nil && s.In[0] == x && u.inner(s, n) {
			u.become(n, "Swish", []string{x}, nil, s)
			return
		}
		if s := u.made(gate, "HardSigmoid"); s != nil && s.In[0] == x && u.inner(s, n) {
			u.become(n, "HardSwish", []string{x}, nil, s)
			return
		}
		if s := u.made(gate, "Tanh"); s != nil && u.inner(s, n) {
			if p := u.made(s.In[0], "Softplus"); p != nil && p.In[0] == x && u.inner(p, s) {
				u.become(n, "Mish", []string{x}, nil, s, p)
				return
			}
		}
		clip, group := u.made(gate, "Clip"), []*onnxpb.Node{}
		if clip == nil { // the gate is divided by six first
			if d, from := u.times(gate, 1./6); d != nil && u.inner(d, n) {
				clip, group = u.made(from, "Clip"), append(group, d)
			}
		}
		if clip == nil || len(clip.In) == 0 {
			continue
		}
		add := u.made(clip.In[0], "Add")
		if add == nil || len(add.In) != 2 || !slices.Contains(add.In, x) || !u.is(other(add, x), 3) || !u.inner(add, clip) {
			continue
		}
		group = append(group, clip, add)
		if len(group) == 3 {
			if u.inner(clip, group[0]) {
				u.become(n, "HardSwish", []string{x}, nil, group...)
			}
			return
		}
		for _, op := range []string{"Mul", "Div"} {
			last, by := u.next(n.Out[0], op)
			if last != nil && u.inner(clip, n) && (op == "Mul" && u.is(by, 1./6) || op == "Div" && last.In[0] == n.Out[0] && u.is(by, 6)) {
				u.become(last, "HardSwish", []string{x}, nil, append(group, n)...)
				return
			}
		}
	}
}
