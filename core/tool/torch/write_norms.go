package torch

import (
	"paramstack/core/layer"
	"paramstack/core/tool/pycode"
)

func torchBatchNorm(t *torchLayer, l layer.Layer) (layerCode, bool) {
	b := l.(*layer.BatchNorm)
	if t.kind.Name == "instancenorm" && t.dims() < 1 {
		return layerCode{}, false
	}
	for i := range t.row.Weights { // of a film it is the channels, which are no first extent
		if w := t.row.Weights[i].Shape; len(w) == 1 && t.x[0].Known() && w[0] != t.x[0].N {
			return layerCode{}, false
		}
	}
	code := t.module(t.stated(extentCode(t.x[0])), t.keyword("eps", b.Eps.Text()), t.keyword("momentum", b.Momentum.Text()),
		t.keyword("affine", pycode.Bool(b.Affine.On)), t.keyword("track", pycode.Bool(b.Track)))
	code.modules[0].Func = t.class(max(t.dims(), 1))
	lazily(code.modules[0], t.x[0])
	return t.without(code, b.Affine), true
}

// without takes the scale or the shift away that PyTorch's class always has.
func (t *torchLayer) without(code layerCode, a layer.Affine) layerCode {
	for _, p := range []struct {
		off  bool
		name string
	}{{bool(a.On) && !bool(a.Scale), "weight"}, {bool(a.On) && !bool(a.Bias), "bias"}} {
		if p.off {
			t.w.helpers["without"] = true
			code.modules[0].Without = append(code.modules[0].Without, p.name)
		}
	}
	return code
}

func torchLayerNorm(t *torchLayer, l layer.Layer) (layerCode, bool) {
	n := l.(*layer.LayerNorm)
	var shape []string
	if s := n.Shape; s.Len() > 0 {
		shape = pycode.Each(s.Len(), s.At)
	} else if n.Over.Word == "channels" {
		shape = []string{extentCode(t.x[0])}
	} else {
		shape = []string{extentCode(t.x[len(t.x)-1])}
	}
	value := pycode.Tuple(shape...)
	for _, s := range shape {
		if s == "" || s == "-1" {
			return layerCode{}, false
		}
	}
	if len(shape) == 1 {
		value = shape[0]
	}
	args := []pycode.Arg{pycode.Pos("normalized_shape", value), pycode.Named("eps", n.Eps.Text(), "1e-05"),
		pycode.Named("elementwise_affine", pycode.Bool(n.Affine.On), "True")}
	switch {
	case t.kind.Name == "rmsnorm":
		if n.Over.Word == "channels" {
			args = append(args, pycode.Named("channels", "True", ""))
		}
		return t.helper("RMSNorm", args...), true
	case n.Over.Word == "channels":
		return t.without(t.helper("LayerNorm2d", args...), n.Affine), len(shape) == 1
	default:
		return t.without(t.module(args...), n.Affine), true
	}
}

func torchSoftmax(t *torchLayer, l layer.Layer) (layerCode, bool) {
	return t.module(pycode.Named("dim", pycode.Whole(l.(*layer.Softmax).Dim.N), "")), true
}

// torchDropped is a way to disturb values that only a helper has.
func torchDropped(helper string) func(*torchLayer, layer.Layer) (layerCode, bool) {
	return func(t *torchLayer, l layer.Layer) (layerCode, bool) {
		return t.helper(helper, pycode.Pos("p", l.(*layer.Dropout).P.Text())), true
	}
}
