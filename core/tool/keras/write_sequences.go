package keras

import (
	"fmt"

	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
)

func writeReduce(k *layerWriter, l layer.Layer) bool {
	r := l.(*layer.Reduce)
	all := map[int64]bool{}
	for i := range r.Dims.Len() {
		all[oplist.Axis(r.Dims.At(i), len(k.x))] = true
	}
	if k.kind.Name == "mean" && k.dims() >= 1 && k.dims() <= 3 && len(all) == k.dims() && !all[1] {
		return writeGlobalPool(k, layer.GlobalAvgPoolKind.Kind(), !bool(r.Keep)) // the mean of every position of a map
	}
	k.asRows()
	k.counterpart.out.order = asIs(len(k.out))
	axes := pycode.Tuple(pycode.Each(r.Dims.Len(), func(i int) int64 { return oplist.Axis(r.Dims.At(i), len(k.x)) })...)
	return k.function(fmt.Sprintf("keras.ops.%s({0}, axis=%s, keepdims=%s)", k.kind.Name, axes, pycode.Bool(r.Keep)))
}

func writeRecurrent(k *layerWriter, l layer.Layer) bool {
	r := l.(*layer.Recurrent)
	if r.Cell || r.Proj.N > 0 {
		return false
	}
	k.asRows()
	k.counterpart.out.order = asIs(len(k.out))
	for i := int64(0); i < r.Layers.N; i++ {
		args := []arg{{"units", r.Hidden.Value()}}
		if k.kind.Name == "rnn" {
			args = append(args, arg{"activation", r.Nonlinearity.Word})
		}
		args = append(args, arg{"use_bias", bool(r.Bias)}, arg{"return_sequences", !bool(r.Last) || i < r.Layers.N-1})
		if k.kind.Name == "gru" {
			args = append(args, arg{"reset_after", bool(r.ResetAfter)})
		}
		c := chainCall{class: classOf(k.kind, 0), args: args}
		if r.Bidirectional {
			inner := c
			c = chainCall{class: "Bidirectional", inner: &inner, args: []arg{{"merge_mode", r.Merge.Word}}}
		}
		k.chain = append(k.chain, c)
		if r.Dropout.V > 0 && i < r.Layers.N-1 {
			k.like(layer.DropoutKind.Kind(), arg{"rate", r.Dropout.V})
		}
	}
	return true
}

func writeGroupNorm(k *layerWriter, groups int64, eps float64, a layer.Affine) bool {
	return k.like(layer.GroupNormKind.Kind(), arg{"groups", groups}, arg{"epsilon", eps},
		arg{"center", bool(a.On && a.Bias)}, arg{"scale", bool(a.On && a.Scale)})
}

func writeLayerNorm(k *layerWriter, l layer.Layer) bool {
	n := l.(*layer.LayerNorm)
	over := max(n.Shape.Len(), 1)
	if n.Over.Word == "channels" {
		k.asMap()
	} else if over > 1 || !k.ins[0].order.featuresLast() {
		k.asRows()
	}
	axis := any(int64(-1))
	if over > 1 {
		axes := pycode.List{}
		for i := over; i > 0; i-- {
			axes = append(axes, int64(-i))
		}
		axis = axes
	}
	args := []arg{{"axis", axis}, {"epsilon", n.Eps.V}}
	if k.kind.Name == "rmsnorm" {
		return k.code && bool(n.Affine.On) && k.own(args...)
	}
	return k.own(append(args, arg{"center", bool(n.Affine.On && n.Affine.Bias)},
		arg{"scale", bool(n.Affine.On && n.Affine.Scale)})...)
}

// writeHardSigmoid writes relu6(x + 3) / 6.
func writeHardSigmoid(k *layerWriter) bool {
	return k.like(layer.ScaleKind.Kind(), arg{"scale", 1.0}, arg{"offset", 3.0}) &&
		k.like(layer.ReLUKind.Kind(), arg{"max_value", 6.0}) &&
		k.like(layer.ScaleKind.Kind(), arg{"scale", 1.0 / 6}, arg{"offset", 0.0})
}

func writeAttention(k *layerWriter, l layer.Layer) bool {
	a := l.(*layer.Attention)
	if !k.code || a.KV.N > 0 || a.Window.N > 0 || bool(a.BiasKV) || bool(a.ZeroAttn) || a.OutBias.Word != "same" ||
		a.HeadDim.N == 0 && !k.x[len(k.x)-1].Known() {
		return false
	}
	for i := range k.ins {
		k.arrange(i, asIs(len(k.in[i])))
	}
	size := a.HeadDim.N
	if size == 0 {
		size = k.x[len(k.x)-1].N / a.Heads.Value()
	}
	on := "{0}, {0}"
	switch len(k.ins) {
	case 2:
		on = "{0}, {1}"
	case 3:
		on = "{0}, {2}, {1}" // query, value, key
	}
	if a.Causal {
		on += ", use_causal_mask=True"
	}
	args := []arg{{"num_heads", a.Heads.Value()}, {"key_dim", size}, {"use_bias", bool(a.Bias)}, {"dropout", a.Dropout.V}}
	if len(k.x) > 2 {
		args = append(args, arg{"attention_axes", int64(len(k.x) - 1)}) // not over what is before the sequence
	}
	k.chain = append(k.chain, chainCall{class: classOf(k.kind, 0), args: args, on: on})
	return true
}

func writePReLU(k *layerWriter, l layer.Layer) bool {
	p := l.(*layer.PReLU)
	k.asMap()
	var shared pycode.List
	for axis := range k.ins[0].order {
		dim := k.ins[0].order.at(axis)
		one := dim > 0 || p.Slopes.Value() == 1 // one slope for all, or one a channel
		if bool(p.Each) || !p.Shared.Unset() {
			one = false
			for i := range p.Shared.Len() {
				one = one || int(axisOf(p.Shared.At(i), len(k.x)))-1 == dim
			}
		}
		if one {
			shared = append(shared, int64(axis+1))
		}
	}
	var args []arg
	if len(shared) > 0 {
		args = []arg{{"shared_axes", shared}}
	}
	return k.own(args...)
}
