package torch

import (
	"strconv"

	"paramstack/core/layer"
	"paramstack/core/tool/pycode"
)

func torchBatchNorm(t *torchLayer, l layer.Layer) (layerCode, bool) {
	b := l.(*layer.BatchNorm)
	class, affine, track := "BatchNorm", "True", "True"
	if t.kind.Name == "instancenorm" {
		class, affine, track = "InstanceNorm", "False", "False"
	}
	dims := max(t.dims(), 1)
	if t.kind.Name == "instancenorm" && t.dims() < 1 {
		return layerCode{}, false
	}
	code := nn(class+strconv.Itoa(dims)+"d", pycode.Pos("num_features", extentOf(t.x[0])), pycode.Named("eps", b.Eps.Text(), "1e-05"), pycode.Named("momentum", b.Momentum.Text(), "0.1"),
		pycode.Named("affine", pycode.Bool(b.Affine.On), affine), pycode.Named("track_running_stats", pycode.Bool(b.Track), track))
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
		shape = []string{extentOf(t.x[0])}
	} else {
		shape = []string{extentOf(t.x[len(t.x)-1])}
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
	args := []pycode.Arg{pycode.Pos("normalized_shape", value), pycode.Named("eps", n.Eps.Text(), "1e-05"), pycode.Named("elementwise_affine", pycode.Bool(n.Affine.On), "True")}
	switch {
	case t.kind.Name == "rmsnorm":
		if n.Over.Word == "channels" {
			args = append(args, pycode.Named("channels", "True", ""))
		}
		return t.helper("RMSNorm", args...), true
	case n.Over.Word == "channels":
		return t.without(t.helper("LayerNorm2d", args...), n.Affine), len(shape) == 1
	default:
		return t.without(nn("LayerNorm", args...), n.Affine), true
	}
}

func torchSoftmax(t *torchLayer, l layer.Layer) (layerCode, bool) {
	return nn(t.kind.Torch, pycode.Named("dim", pycode.Whole(l.(*layer.Softmax).Dim.N), "")), true
}

// torchDropout is a way to disturb values: a class of torch.nn or a helper; "" is
// the one for whole channels.
func torchDropout(class string) func(*torchLayer, layer.Layer) (layerCode, bool) {
	return func(t *torchLayer, l layer.Layer) (layerCode, bool) {
		p := l.(*layer.Dropout).P.Text()
		switch {
		case class == "":
			return nn(t.d("Dropout"), pycode.Named("p", p, "0.5")), t.dims() >= 1 && t.dims() <= 3
		case t.kind.Torch == "":
			return t.helper(class, pycode.Pos("p", p)), true
		default:
			return nn(class, pycode.Named("p", p, "0.5")), true
		}
	}
}
