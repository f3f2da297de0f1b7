package vocab

import (
	"strings"
	"sync"

	"paramstack/core/layer"
)

// Torch is the vocabulary of PyTorch: classes of torch.nn, and of torchvision,
// timm and transformers where they are known. Parameters are those of the classes'
// __init__, and as far as extra_repr has them in the same order.
//
// A row of a class that a kind names itself is torchRow(kind, its further classes,
// parameters). A plain activation needs none: its fields are its parameters.
var Torch = sync.OnceValue(func() *Table {
	rows := torchRows()
	have := map[*layer.Kind]bool{}
	for _, r := range rows {
		have[r.Kind] = true
	}
	for _, k := range layer.Kinds {
		if k.Group == layer.GroupActivation && k.Torch != "" && !have[k] {
			var own []Param
			for i := range k.Fields {
				own = append(own, Param{Name: k.Fields[i].Name})
			}
			rows = append(rows, torchRow(k, "", own...))
		}
	}
	return newTable("inplace device dtype", rows)
})

// torchRow is the row of a kind by its own name in torch.nn.
func torchRow(k *layer.Kind, also string, params ...Param) *Row {
	r := &Row{Kind: k, Params: params}
	if k.Torch != "" {
		r.Classes = []string{strings.Replace(k.Torch, "2d", "#d", 1)}
	}
	r.Classes = append(r.Classes, strings.Fields(also)...)
	return r
}

// torchVariant is a row of classes that are a kind with something preset.
func torchVariant(k *layer.Kind, classes string, set func(layer.Layer), params ...Param) *Row {
	return &Row{Kind: k, Classes: strings.Fields(classes), Params: params, Preset: set}
}

// of says which extent of the input a row's argument of Use States is.
func (r *Row) of(in Axis) *Row {
	r.In = in
	return r
}

// over says how many spatial dimensions classes without a number work on.
func (r *Row) over(dims int) *Row {
	r.Dims = dims
	return r
}
