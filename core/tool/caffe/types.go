package caffe

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// Three generations of layers, and which of them take part.

// layers returns the layers of all generations in the order of the file, old
// ones first as Caffe keeps them apart, with what each value is used for.
func (c *caffeNet) layers() ([]caffeLayer, error) {
	var layers []caffeLayer
	for i := range c.net.Fields {
		f := &c.net.Fields[i]
		if f.Msg == nil || f.Name != "layer" && f.Name != "layers" {
			continue
		}
		if len(layers) == source.MaxNodes {
			return nil, diag.New(catalog.ImportTooManyNodes, ">"+num.Of(source.MaxNodes).Grouped(), num.Of(source.MaxNodes).Grouped())
		}
		l := caffeLayer{msg: f.Msg, at: f.At, bottom: f.Msg.Strs("bottom"), top: f.Msg.Strs("top")}
		if len(l.bottom) > graph.MaxInputs || len(l.top) > graph.MaxInputs {
			return nil, diag.New(catalog.ImportTooManyInputs, layer.Quote(f.Msg.Str("name")), graph.MaxInputs)
		}
		if inner := f.Msg.Sub("layer"); inner != nil {
			l.msg, l.flat = inner, true
		}
		l.name, l.typ = l.msg.Str("name"), l.msg.Str("type")
		if l.name == "" && len(l.top) > 0 {
			l.name = l.top[0]
		}
		l.key = caffeKey(l.typ)
		l.out, l.trains = !c.included(f.Msg, c.state), c.included(f.Msg, caffeState{"TRAIN", c.state.stage})
		l.uses = make([]int, len(l.top))
		layers = append(layers, l)
	}
	// Who takes what: in-place layers write a value over, so names are not enough.
	now := map[string]*int{}
	for i := range layers {
		l := &layers[i]
		if l.out {
			continue
		}
		for _, b := range l.bottom {
			if n := now[b]; n != nil {
				*n++
			}
		}
		for k, t := range l.top {
			now[t], c.gives[t] = &l.uses[k], i
		}
	}
	return layers, nil
}

// caffeKey makes one spelling of the names of a type in three generations:
// InnerProduct, INNER_PRODUCT and innerproduct.
func caffeKey(typ string) string {
	key := strings.ToLower(strings.ReplaceAll(typ, "_", ""))
	if new, old := caffeOld[key]; old {
		return new
	}
	return key
}

// caffeOld are types that had another name (UpgradeV0LayerType and
// UpgradeV1LayerType in upgrade_proto.cpp).
var caffeOld = map[string]string{
	"conv": "convolution", "pool": "pooling", "images": "imagedata", "softmaxloss": "softmaxwithloss",
}
