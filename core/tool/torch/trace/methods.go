package trace

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tool/pysource/eval"
)

// An op is a function of torch that is a method of tensors too: its first argument is
// the tensor.
type op func(p *Program, t *Tensor, v []eval.Value) eval.Value

// ops are by name and parameters behind the tensor.
var ops = map[string]op{
	"view *dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		if d, ok := first(v[0]).(*dtype); ok {
			c := p.same(t, "")
			c.dtype = d.name
			return c
		}
		return p.reshape(t, sizes(p.in, rest(v[0])))
	},
	"reshape *dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reshape(t, sizes(p.in,
			rest(v[0])))
	},
	"view_as other": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reshape(t, tensorOf(p.in,
			v[0]).dims)
	},
	"reshape_as other": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reshape(t, tensorOf(p.in,
			v[0]).dims)
	},
	"flatten start_dim? end_dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.flatten(t, wholeOr(p, v[0], 0), wholeOr(p, v[1], -1))
	},
	"ravel": func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return p.flatten(t, 0, -1) },
	"unflatten dim sizes": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[0], 0)
		dims := append(slices.Clone(t.dims[:at]), sizes(p.in, v[1:2])...)
		return p.reshape(t, append(dims, t.dims[at+1:]...))
	},
	"permute *dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.permute(t, sizes(p.in,
			rest(v[0])))
	},
	"transpose a b": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.transpose(t, whole(p.in, v[0]), whole(p.in, v[1]))
	},
	"swapaxes a b": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.transpose(t, whole(p.in, v[0]), whole(p.in, v[1]))
	},
	"t": func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return p.transpose(t, 0, -1) },
	"view_as_complex": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		if n := len(t.dims); n == 0 || t.dims[n-1] != 2 {
			p.in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), "… × 2")
		}
		out := t.with(slices.Clone(t.dims[:len(t.dims)-1]))
		out.dtype = "complex64"
		return p.record("view_as_complex", nil, out, t)
	},
	"view_as_real": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		out := t.with(append(slices.Clone(t.dims), 2))
		out.dtype = "float32"
		return p.record("view_as_real", nil, out, t)
	},
	"polar angle": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		out := p.same(t, "")
		out.dtype = "complex64"
		return out
	},
	"argsort *rest **more": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		out := t.with(slices.Clone(t.dims))
		out.dtype = "int64"
		return p.record("argsort", nil, out, t)
	},
	"take_along_dim index *rest **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.record("take_along_dim", nil, t.with(slices.Clone(tensorOf(p.in, v[0]).dims)), t)
	},
	"is_contiguous **more": func(*Program, *Tensor, []eval.Value) eval.Value { return true },
	"is_complex":           func(_ *Program, t *Tensor, _ []eval.Value) eval.Value { return t.dtype == "complex64" },
	"moveaxis from to": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.movedim(t, p.dimsOf(v[0]), p.dimsOf(v[1]))
	},
	"swapdims a b": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.transpose(t, whole(p.in, v[0]), whole(p.in, v[1]))
	},

	"mv other": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.matmul(t, tensorOf(p.in, v[0])) },
	"movedim from to": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.movedim(t, p.dimsOf(v[0]), p.dimsOf(v[1]))
	},
	"squeeze dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.squeeze(t,
			p.dimsOf(v[0]))
	},
	"squeeze_ dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.squeeze(t,
			p.dimsOf(v[0]))
	},
	"unsqueeze dim": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.unsqueeze(t, whole(p.in,
			v[0]))
	},
	"unsqueeze_ dim": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.unsqueeze(t, whole(p.in,
			v[0]))
	},
	"expand *dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.expand(t, sizes(p.in,
			rest(v[0])))
	},
	"expand_as other": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.expand(t, tensorOf(p.in,
			v[0]).dims)
	},
	"broadcast_to dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.expand(t, sizes(p.in,
			v[:1]))
	},
	"repeat *dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.repeat(t, sizes(p.in,
			rest(v[0])))
	},
	"tile *dims": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.repeat(t, sizes(p.in,
			rest(v[0])))
	},
	"repeat_interleave n dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], 0)
		times := slices.Repeat([]int64{1}, len(t.dims))
		if len(times) > 0 {
			times[at] = wholeOr(p, v[0], 1)
		}
		return p.repeat(t, times)
	},
	"chunk chunks dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at, n := t.axis(p.in, v[1], 0), whole(p.in, v[0])
		return p.parts(t, at, cuts(p, t.dims[at], (t.dims[at]+max(n, 1)-1)/max(n, 1)))
	},
	"split size dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], 0)
		if n, ok := wholeOf(v[0]); ok {
			return p.parts(t, at, cuts(p, t.dims[at], n))
		}
		each := sizes(p.in, v[:1])
		sum := int64(0)
		for _, n := range each {
			sum += max(n, 0)
		}
		if sum != t.dims[at] {
			p.in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(each))
		}
		return p.parts(t, at, each)
	},
	"tensor_split indices dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], 0)
		if n, ok := wholeOf(v[0]); ok {
			return p.parts(t, at, cuts(p, t.dims[at], (t.dims[at]+max(n, 1)-1)/max(n, 1)))
		}
		var each []int64
		from := int64(0)
		for _, to := range append(sizes(p.in, v[:1]), t.dims[at]) {
			each = append(each, max(min(to, t.dims[at])-from, 0))
			from = max(min(to, t.dims[at]), from)
		}
		return p.parts(t, at, each)
	},
	"unbind dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[0], 0)
		l := eval.NewTuple()
		for i := range min(t.dims[at], 2000) {
			l.Items = append(l.Items, p.selected(t, at, i))
		}
		return l
	},
	"narrow dim start length": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at, from := t.axis(p.in, v[0], 0), whole(p.in, v[1])
		return p.slice(t, at, &eval.Slice{From: from, To: from + whole(p.in, v[2])})
	},
	"select dim index": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.selected(t, t.axis(p.in, v[0], 0), whole(p.in, v[1]))
	},
	"roll shifts dims?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		shifts, dims := p.dimsOf(v[0]), p.dimsOf(v[1])
		var at []int64
		for _, d := range dims {
			n, _ := t.dim(axis(p.in, d, len(t.dims)))
			at = append(at, n)
		}
		l, err := layer.RollKind.With(func(l *layer.Roll) {
			l.Shifts, l.Dims = layer.WholesOf(shifts...),
				layer.WholesOf(at...)
		})
		if err != nil {
			l = nil
		}
		return p.record("roll", l, t.with(slices.Clone(t.dims)), t)
	},
	"matmul other": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.matmul(t,
			tensorOf(p.in, v[0]))
	},
	"mm other": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.matmul(t,
			tensorOf(p.in, v[0]))
	},
	"bmm other": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.matmul(t,
			tensorOf(p.in, v[0]))
	},
	"softmax dim? dtype? **more": func(p *Program, t *Tensor,
		v []eval.Value) eval.Value {
		return p.softmax("softmax", t, v[0])
	},
	"log_softmax dim? dtype? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.softmax("logsoftmax", t, v[0])
	},
	"softmin dim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.softmax("softmin", t,
			v[0])
	},
	"exp": func(p *Program, t *Tensor,
		_ []eval.Value) eval.Value {
		return p.activation(layer.ExpKind.Kind().Name, t, nil)
	},
	"glu dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[0], -1)
		out := t.with(slices.Clone(t.dims))
		out.dims[at] /= 2
		n, _ := t.dim(at)
		l, err := layer.GLUKind.With(func(l *layer.GLU) { l.Dim.N = n })
		if err != nil {
			l = nil
		}
		return p.record("glu", l, out, t)
	},
	"mean dim? keepdim? dtype?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("mean",
			t, v)
	},
	"sum dim? keepdim? dtype?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("sum", t,
			v)
	},
	"amax dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("amax",
			t, v)
	},
	"amin dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("amin",
			t, v)
	},
	"std dim? keepdim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("std", t,
			v)
	},
	"var dim? keepdim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("var", t,
			v)
	},
	"logsumexp dim? keepdim?": func(p *Program, t *Tensor,
		v []eval.Value) eval.Value {
		return p.reduced("logsumexp", t, v)
	},
	"prod dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("prod",
			t, v)
	},
	"argmax dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("argmax",
			t, v)
	},
	"argmin dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("argmin",
			t, v)
	},
	"all dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("all", t,
			v)
	},
	"any dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("any", t,
			v)
	},
	"norm p? dim? keepdim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.reduced("norm", t, v[1:])
	},
	"max dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.extreme("amax", t, v) },
	"min dim? keepdim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.extreme("amin", t, v) },
	"topk k dim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], -1)
		out := t.with(slices.Clone(t.dims))
		out.dims[at] = whole(p.in, v[0])
		out = p.record("topk", nil, out, t)
		return eval.NewTuple(out, out)
	},
	"sort dim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		out := p.same(t, "sort")
		return eval.NewTuple(out, out)
	},
	"diff n? dim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[1], -1)
		out := t.with(slices.Clone(t.dims))
		out.dims[at] = max(out.dims[at]-1, 0)
		if len(t.dims) == 1 && len(t.data) == int(t.dims[0]) {
			for i := 1; i < len(t.data); i++ {
				out.data = append(out.data, t.data[i]-t.data[i-1])
			}
		}
		return p.record("diff", nil, out, t)
	},
	"cumsum dim **more": func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return p.same(t, "cumsum") },
	"where a? b?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		if eval.IsNone(v[1]) {
			return p.same(t, "")
		}
		return p.elementwise("+", tensorOf(p.in, v[0]), tensorOf(p.in, v[1]))
	},
	"gather dim index": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		i := tensorOf(p.in, v[1])
		out := t.with(slices.Clone(i.dims))
		return p.record("gather", nil, out, t)
	},
	"index_select dim index": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.gather(t, t.axis(p.in, v[0], 0), v[1])
	},
	"size dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		if eval.IsNone(v[0]) {
			return eval.Ints(t.dims...)
		}
		return t.dims[t.axis(p.in, v[0], 0)]
	},
	"dim":      func(_ *Program, t *Tensor, _ []eval.Value) eval.Value { return int64(len(t.dims)) },
	"numel":    func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return elements(p.in, t.dims) },
	"nelement": func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return elements(p.in, t.dims) },
	"item": func(_ *Program, t *Tensor, _ []eval.Value) eval.Value {
		if n, ok := t.scalar(); ok {
			return n
		}
		return &eval.Unknown{Name: "tensor.item()"}
	},
	"tolist": func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return t.list(p.in) },
	"requires_grad_ on?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		if t.store != nil {
			t.store.frozen = !truth(p.in, v[0], true)
		}
		return t
	},
	"is_floating_point": func(_ *Program, t *Tensor, _ []eval.Value) eval.Value { return !isWhole(t.dtype) },
	"add other **more":  binary("+"), "add_ other **more": binary("+"), "sub other **more": binary("-"),
	"mul other":  binary("*"),
	"mul_ other": binary("*"), "div other **more": binary("/"), "divide other **more": binary("/"),
	"multiply other": binary("*"), "div_ other": binary("/"), "pow other": binary("**"),
	"eq other": binary("=="), "ne other": binary("!="), "lt other": binary("<"), "gt other": binary(">"),
	"le other": binary("<="),
	"ge other": binary(">="), "logical_and other": binary("=="), "logical_or other": binary("=="),
	"true_divide other":  binary("/"),
	"floor_divide other": binary("//"), "remainder other": binary("%"),
	"maximum other": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.pairOf("max", t, v[0]) },
	"minimum other": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.pairOf("min", t, v[0]) },
	"unfold dim size step": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at, size, step := t.axis(p.in, v[0], 0), whole(p.in, v[1]), max(whole(p.in, v[2]), 1)
		out := t.with(append(slices.Clone(t.dims), size))
		out.dims[at] = max((t.dims[at]-size)/step+1, 0)
		return p.record("unfold", nil, out, t)
	},
	"new_zeros *dims": made, "new_ones *dims": made, "new_empty *dims": made,
	"new_full dims *rest": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return constant(sizes(p.in,
			v[:1])...)
	},
	"new_tensor data **names": func(p *Program, t *Tensor, v []eval.Value) eval.Value { return p.literal(v[0]) },
}

func made(p *Program, t *Tensor, v []eval.Value) eval.Value {
	dims := sizes(p.in, rest(v[0]))
	elements(p.in, dims)
	return p.like(t, dims)
}

// like returns a constant; it has a batch where its first size is that of a value's.
func (p *Program) like(_ *Tensor, dims []int64) *Tensor { return constant(dims...) }

// quiet are methods that change no shape and leave no trace.
var quiet = strings.Fields(`contiguous to float half double cuda cpu bfloat16 type detach clone type_as int long bool data_ptr
	abs neg negative sqrt rsqrt square log log2 log10 log1p sin cos tan erf floor ceil round trunc sign reciprocal clamp clamp_
	clip clamp_min clamp_min_ clamp_max_ clamp_max nan_to_num masked_fill masked_fill_ tril triu zero_ fill_ normal_ uniform_
	bernoulli bernoulli_ detach_
	trunc_normal_ copy_ flip requires_grad retain_grad
	numpy exp_ expm1 sigmoid_ tanh_ logical_not isnan isinf atan index_fill
	scatter scatter_ scatter_add index_copy cummax lerp atan2 addcmul addcdiv conj real
	bitwise_not exponential_ random_ pin_memory
	cumprod renorm gather_ div__ deg2rad rad2deg
	softmax_ heaviside fix frac absolute acos acosh asin asinh atanh sinh cosh erfc erfinv exp2 float_power fmod
	i0 digamma lgamma logit masked_scatter positive sgn sinc xlogy byte short isfinite index_add index_put cross astype
	logical_xor scatter_reduce renorm hypot cummin logcumsumexp rot90 fliplr flipud nextafter ldexp`)

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

func first(v eval.Value) eval.Value {
	if t, ok := v.(*eval.Tuple); ok && len(t.Items) > 0 {
		return t.Items[0]
	}
	return nil
}

func rest(v eval.Value) []eval.Value { return v.(*eval.Tuple).Items }

func wholeOr(p *Program, v eval.Value, or int64) int64 {
	if eval.IsNone(v) {
		return or
	}
	return whole(p.in, v)
}

// cuts divides n in parts of a size.
func cuts(p *Program, n, size int64) []int64 {
	const most = 4000
	if size < 1 || n/size > most {
		p.in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
	}
	var each []int64
	for n > 0 {
		each = append(each, min(size, n))
		n -= size
	}
	return each
}

func (p *Program) reduced(name string, t *Tensor, v []eval.Value) eval.Value {
	if o, ok := v[0].(*dtype); ok || len(t.dims) == 0 {
		_ = o
		return p.reduce(name, t, nil, false)
	}
	return p.reduce(name, t, p.dimsOf(v[0]), truth(p.in, v[1], false))
}

// extreme is max and min: over all, along a dimension with the places, or of two.
func (p *Program) extreme(name string, t *Tensor, v []eval.Value) eval.Value {
	if o, ok := v[0].(*Tensor); ok {
		return p.pairOf(strings.TrimPrefix(name, "a"), t, o)
	}
	if eval.IsNone(v[0]) {
		return p.reduce(name, t, nil, false)
	}
	out := p.reduce(name, t, p.dimsOf(v[0]), truth(p.in, v[1], false))
	places := out.with(out.dims)
	places.dtype, places.node = "int64", out.node
	return eval.NewTuple(out, places)
}

func (p *Program) movedim(t *Tensor, from, to []int64) *Tensor {
	n := len(t.dims)
	order := make([]int64, n)
	for i := range order {
		order[i] = -1
	}
	used := make([]bool, n)
	for i, f := range from {
		if i < len(to) {
			a := axis(p.in, f, n)
			order[axis(p.in, to[i], n)] = int64(a)
			used[a] = true
		}
	}
	next := 0
	for i := range order {
		if order[i] < 0 {
			for next < n && used[next] {
				next++
			}
			order[i] = int64(next)
			next++
		}
	}
	return p.permute(t, order)
}

// repeat lays copies side by side.
func (p *Program) repeat(t *Tensor, times []int64) *Tensor {
	shift := len(times) - len(t.dims)
	if shift < 0 {
		p.in.Raise(eval.RuntimeError, catalog.TorchReshape, shapeText(t.dims), shapeText(times))
	}
	dims := append(slices.Repeat([]int64{1}, shift), t.dims...)
	for i := range dims {
		if times[i] < 0 || times[i] > 1<<30 {
			p.in.Raise(eval.RuntimeError, catalog.TorchTooLarge)
		}
		dims[i] *= times[i]
	}
	elements(p.in, dims)
	out := t.derived(dims)
	if out.batch >= 0 {
		out.batch += shift
	}
	return p.moved(t, out, "repeat", func() (layer.Layer, error) { return nil, nil }, true)
}

// Attr implements eval.Attributed.
func (t *Tensor) Attr(in *eval.Interp, name string) (eval.Value, bool) {
	p := programOf(in)
	switch name {
	case "shape":
		return eval.Ints(t.dims...), true
	case "ndim":
		return int64(len(t.dims)), true
	case "dtype":
		return &dtype{t.dtype}, true
	case "device":
		return "cpu", true
	case "is_cuda", "is_sparse", "is_quantized", "is_meta":
		return false, true
	case "requires_grad":
		return t.store != nil && t.store.learned && !t.store.frozen, true
	case "grad":
		return nil, true
	case "data":
		return t, true
	case "is_leaf":
		return true, true
	case "T", "mT":
		if name == "T" && len(t.dims) != 2 {
			order := make([]int64, len(t.dims))
			for i := range order {
				order[i] = int64(len(order) - 1 - i)
			}
			return p.permute(t, order), true
		}
		return p.transpose(t, -2, -1), true
	}
	return nil, false
}

// SetAttr implements eval.Assigned.
func (t *Tensor) SetAttr(in *eval.Interp, name string, v eval.Value) bool {
	if name == "requires_grad" && t.store != nil {
		t.store.frozen = !in.Truth(v)
	}
	return true
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
