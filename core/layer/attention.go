package layer

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// MultiHead is what the kinds of attention share.
type MultiHead struct {
	Heads   Width
	Bias    Switch // of all projections
	OutBias Choice // of the last one, where it differs (proj_bias in torchvision)
}

// What out_bias may be.
const BiasSame = "same"

func newMultiHead() MultiHead {
	return MultiHead{Bias: true, OutBias: Choice{BiasSame, []string{BiasSame, "on", "off"}}}
}

func multiHeadFields(at func(Layer) *MultiHead) []Field {
	return []Field{
		{Name: "heads", Main: true, Need: true, Role: RoleLanes, At: func(l Layer) Value { return &at(l).Heads }},
		{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &at(l).Bias }},
		{Name: "out_bias", Role: RoleBias, At: func(l Layer) Value { return &at(l).OutBias }},
	}
}

// outBias reports whether the last projection has a bias.
func (m *MultiHead) outBias() bool {
	return m.OutBias.Word == "on" || m.OutBias.Word == BiasSame && bool(m.Bias)
}

// divides refuses heads that do not divide the features, and offers the nearest
// that do.
func (m *MultiHead) divides(features int64) *diag.Diag {
	n := m.Heads.Value()
	if features < 0 || features%n == 0 {
		return nil
	}
	return offer(diag.New(catalog.HeadsUneven, n, features), "heads", n, features)
}

// offer adds the divisors of a number next to n as remedies.
func offer(d *diag.Diag, field string, n, of int64) *diag.Diag {
	for _, v := range nearestDivisors(n, of, of) {
		d.AddFix(diag.Fix{Op: diag.SetField, Field: field, Value: strconv.FormatInt(v, 10)})
	}
	return d.On(field)
}

// An Attention is torch.nn.MultiheadAttention on samples [L, E] (dimensions
// before these two are a batch of sequences). With one input it is
// self-attention; with two the first asks and the second is key and value, with
// three they are query, key and value. Like Keras' MultiHeadAttention it may be
// given the size of a head, and like today's language models fewer heads for key
// and value than for the query.
type Attention struct {
	MultiHead
	KV       Whole // heads of key and value; 0: as many as Heads
	HeadDim  Whole // 0: features / Heads
	Window   Whole // how many keys a query looks at; 0: all
	BiasKV   Switch
	ZeroAttn Switch
	Causal   Switch // masks, and changes no number
	Dropout  Real
}

var attention = &Kind{
	Name: "attention", Alias: "at", Also: []string{"mha", "multiheadattention"}, Group: GroupAttention, Learns: true,
	Takes: TakesPathsOrOne,
	New: func() Layer {
		none := Whole{0, 0, num.MaxExtent}
		return &Attention{MultiHead: newMultiHead(), KV: none, HeadDim: none, Window: none, Dropout: Real{0, 0, 1}}
	},
	Fields: append(multiHeadFields(func(l Layer) *MultiHead { return &l.(*Attention).MultiHead }),
		Field{Name: "kv_heads", Short: "kv", At: func(l Layer) Value { return &l.(*Attention).KV }},
		Field{Name: "head_dim", Short: "hd", At: func(l Layer) Value { return &l.(*Attention).HeadDim }},
		Field{Name: "window", Short: "w", At: func(l Layer) Value { return &l.(*Attention).Window }},
		Field{Name: "add_bias_kv", Off: "biaskv", At: func(l Layer) Value { return &l.(*Attention).BiasKV }},
		Field{Name: "add_zero_attn", Off: "zeroattn", At: func(l Layer) Value { return &l.(*Attention).ZeroAttn }},
		Field{Name: "causal", Off: "causal", At: func(l Layer) Value { return &l.(*Attention).Causal }},
		Field{Name: "dropout", At: func(l Layer) Value { return &l.(*Attention).Dropout }}),
	Torch: "MultiheadAttention", Keras: "MultiHeadAttention", // ONNX: its Attention has no projections
}

// AttentionKind makes layers of type *Attention.
var AttentionKind = Typed[*Attention]{&attention}

// Kind implements Layer.
func (l *Attention) Kind() *Kind { return attention }

// Apply implements Layer. The projections are packed in one in_proj_weight
// [3E, E] where query, key and value have as many features, else they are three
// (torch/nn/modules/activation.py). MACs are the four projections and two
// products of every query with every key: 4·L·E² + 2·L²·E (conventions §5).
func (l *Attention) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	q, k, v, d := queryKeyValue(in)
	if d == nil {
		d = l.fits(&q[len(q)-1])
	}
	if d != nil {
		return Result{Out: in[0]}, d
	}
	last := len(q) - 1
	e, ek, ev := &q[last], &k[last], &v[last]
	inner, kv := l.width(e, l.Heads.Value(), "heads"), l.width(e, l.groups(), "kv_heads")
	packed := l.groups() == l.Heads.Value() && ek.N == e.N && ev.N == e.N

	var w []Weight
	project := func(name string, from *tensor.Dim, width Term, head Term) {
		w = append(w, declare(name, ClassWeight, []int64{extent(append(head, width...)), from.N}, head, inputs(from), width))
	}
	three := Term{{N: 3, Role: RoleConst, Says: catalog.FactorQKV}}
	if packed {
		project("in_proj_weight", e, inner, three)
	} else {
		project("q_proj_weight", e, inner, nil)
		project("k_proj_weight", ek, kv, nil)
		project("v_proj_weight", ev, kv, nil)
	}
	if l.Bias {
		t := append(three, inner...)
		if l.groups() != l.Heads.Value() {
			all := Factor{N: l.Heads.Value() + 2*l.groups(), Role: RoleLanes, Field: "heads", Says: catalog.FactorAllHeads}
			t = Term{all, inner[len(inner)-1]}
		}
		w = append(w, declare("in_proj_bias", ClassBias, []int64{extent(t)}, t))
	}
	if l.BiasKV {
		for _, name := range []string{"bias_k", "bias_v"} {
			w = append(w, declare(name, ClassBias, []int64{1, 1, extent(kv)}, kv))
		}
	}
	w = append(w, declare("out_proj.weight", ClassWeight, []int64{e.N, extent(inner)}, inner,
		Term{{N: e.N, Role: RoleOut, Dim: e}}))
	if l.outBias() {
		b := bias(e)
		b.Name, b.Factors[0].Field = "out_proj.bias", ""
		w = append(w, b)
	}

	rows, keys := rowsOf(q[:last]), rowsOf(k[:last])
	var macs Sum
	if len(in) == 1 && packed {
		macs = Sum{join(three, rows, inputs(e), inner)}
	} else {
		macs = Sum{join(rows, inputs(e), inner), join(keys, inputs(ek), kv), join(keys, inputs(ev), kv)}
	}
	macs = append(macs, join(products, rows, Term{l.seen(&k[last-1])}, inner),
		join(rows, inner, Term{{N: e.N, Role: RoleOut, Dim: e}}))
	window := &Window{Global: l.Window.N == 0}
	return Result{Out: in[0], Weights: w, MACs: macs, Window: window}, nil
}

// products are the two of an attention: queries by keys, their weights by values.
var products = Term{{N: 2, Role: RoleConst, Says: catalog.FactorProducts}}

// queryKeyValue assigns the inputs their roles, and refuses those that do not
// match.
func queryKeyValue(in []tensor.Shape) (q, k, v tensor.Shape, d *diag.Diag) {
	if len(in) > 3 {
		return nil, nil, nil, diag.New(catalog.AttentionPaths, len(in))
	}
	q = in[0]
	k, v = in[min(1, len(in)-1)], in[len(in)-1]
	if len(q) < 2 {
		return nil, nil, nil, diag.New(catalog.NeedsSequence, q.String())
	}
	ok := len(k) == len(q) && len(v) == len(q)
	for i := 0; ok && i < len(q)-1; i++ {
		ok = alike(k[i], v[i]) && (i == len(q)-2 || alike(q[i], k[i]) && alike(q[i], v[i]))
	}
	if !ok {
		return nil, nil, nil, diag.New(catalog.AttentionShapes, q.String(), k.String(), v.String())
	}
	return q, k, v, nil
}

// alike reports whether two extents may be equal.
func alike(a, b tensor.Dim) bool { return a.N == b.N || !a.Known() || !b.Known() }

func (l *Attention) groups() int64 {
	if l.KV.N == 0 {
		return l.Heads.Value()
	}
	return l.KV.N
}

func (l *Attention) fits(e *tensor.Dim) *diag.Diag {
	heads := l.Heads.Value()
	if l.HeadDim.N == 0 {
		if d := l.divides(e.N); d != nil {
			return d
		}
	} else if _, ok := product(tensor.Of(heads, l.HeadDim.N)); !ok {
		return tooLarge("head_dim", heads, l.HeadDim.N)
	}
	if g := l.groups(); heads%g != 0 {
		return offer(diag.New(catalog.KVUneven, g, heads), "kv_heads", g, heads)
	}
	return nil
}

// tooLarge says that a layer would have more of something than can be counted.
func tooLarge(field string, n ...int64) *diag.Diag {
	return diag.New(catalog.FlattenTooLarge, tensor.Of(n...).String()).On(field)
}

// width returns the features of so many heads: those of the query are as many as
// its input has, unless the size of a head is given.
func (l *Attention) width(e *tensor.Dim, n int64, field string) Term {
	if l.HeadDim.N > 0 {
		return Term{headCount(n, field), {N: l.HeadDim.N, Role: RoleOut, Field: "head_dim", Says: catalog.FactorHeadDim}}
	}
	heads := l.Heads.Value()
	if n == heads && l.groups() == heads {
		return Term{{N: e.N, Role: RoleOut, Dim: e, Says: catalog.FactorAllFeatures}}
	}
	one := e.N
	if one > 0 {
		one /= heads
	}
	return Term{headCount(n, field), {N: one, Role: RoleOut, Dim: e, Div: heads, Says: catalog.FactorHeadDim}}
}

func headCount(n int64, field string) Factor {
	return Factor{N: n, Role: RoleLanes, Field: field, Says: catalog.FactorHeads}
}

// seen returns how many keys a query looks at.
func (l *Attention) seen(s *tensor.Dim) Factor {
	f := Factor{N: s.N, Role: RoleSpatial, Dim: s, Says: catalog.FactorKeys}
	if f.N < 0 {
		return f
	}
	for _, more := range []Switch{l.BiasKV, l.ZeroAttn} {
		if more {
			f.N++
			f.Dim = nil // one more than came in
		}
	}
	if w := l.Window.N; w > 0 && w < f.N {
		f = Factor{N: w, Role: RoleSpatial, Field: "window", Says: catalog.FactorKeys}
	}
	return f
}
