package trace

import (
	"strings"

	"paramstack/core/tool/pysource/eval"
)

// An op is a function of torch that is a method of tensors too: its first argument is
// the tensor.
type op func(p *Program, t *Tensor, v []eval.Value) eval.Value

// ops are by name and parameters behind the tensor.
var ops = joined(viewOps, partOps, reductionOps, orderOps, productOps, elementOps, activationOps, creationOps,
	factOps)

// joined returns the entries of several tables.
func joined(tables ...map[string]op) map[string]op {
	all := map[string]op{}
	for _, table := range tables {
		for key, do := range table {
			if all[key] != nil {
				panic("trace: two methods " + key)
			}
			all[key] = do
		}
	}
	return all
}

// factOps return what is known of a tensor.
var factOps = map[string]op{
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
	"tolist":               func(p *Program, t *Tensor, _ []eval.Value) eval.Value { return t.list(p.in) },
	"is_contiguous **more": func(*Program, *Tensor, []eval.Value) eval.Value { return true },
	"is_complex":           func(_ *Program, t *Tensor, _ []eval.Value) eval.Value { return t.dtype == "complex64" },
	"is_floating_point":    func(_ *Program, t *Tensor, _ []eval.Value) eval.Value { return !isWhole(t.dtype) },
	"requires_grad_ on?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		if t.store != nil {
			t.store.frozen = !truth(p.in, v[0], true)
		}
		return t
	},
}

// quiet are methods that change no shape and leave no trace.
var quiet = strings.Fields(`contiguous to float half double cuda cpu bfloat16 type detach clone type_as int
	long bool data_ptr abs neg negative sqrt rsqrt square log log2 log10 log1p sin cos tan erf floor ceil round
	trunc sign reciprocal clamp clamp_ clip clamp_min clamp_min_ clamp_max_ clamp_max nan_to_num masked_fill
	masked_fill_ tril triu zero_ fill_ normal_ uniform_ bernoulli bernoulli_ detach_ trunc_normal_ copy_ flip
	requires_grad retain_grad numpy exp_ expm1 sigmoid_ tanh_ logical_not isnan isinf atan index_fill scatter
	scatter_ scatter_add index_copy cummax lerp atan2 addcmul addcdiv conj real bitwise_not exponential_ random_
	pin_memory cumprod renorm gather_ div__ deg2rad rad2deg softmax_ heaviside fix frac absolute acos acosh asin
	asinh atanh sinh cosh erfc erfinv exp2 float_power fmod i0 digamma lgamma logit masked_scatter positive sgn sinc
	xlogy byte short isfinite index_add index_put cross astype logical_xor scatter_reduce hypot cummin logcumsumexp
	rot90 fliplr flipud nextafter ldexp`)

// first returns the first of the arguments that a parameter *rest collects, nil if there is none.
func first(v eval.Value) eval.Value {
	if t, ok := v.(*eval.Tuple); ok && len(t.Items) > 0 {
		return t.Items[0]
	}
	return nil
}

// rest returns the arguments that a parameter *rest collects.
func rest(v eval.Value) []eval.Value { return v.(*eval.Tuple).Items }

// wholeOr returns an argument as a whole number, or its default.
func wholeOr(p *Program, v eval.Value, or int64) int64 {
	if eval.IsNone(v) {
		return or
	}
	return whole(p.in, v)
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
