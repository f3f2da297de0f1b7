package torch

import (
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/vocab"
)

// A layerUnit is a layer on its way into a stack, with what its source states of the
// input it takes.
type layerUnit struct {
	layer layer.Layer
	at    vocab.Axis // which extent of the input is stated
	n     int64      // its size; tensor.Unknown: not stated
	dims  int        // spatial dimensions it takes; -1: any
	enter tensor.Shape
	cut   bool // its output does not follow from its input
	// shapeless: it has no weights, and its output is not stated.
	shapeless bool
}

// weightless are leaf classes without parameters whose output their print does
// not state.
var weightless = strings.Fields(`Permute SwapAxes WindowPartition WindowDepartition Lambda Reshape View Transpose Squeeze Unsqueeze
ConstantPad Concat Add Quantize DeQuantize QuantStub DeQuantStub ImageNormalize GeneralizedRCNNTransform AnchorGenerator MultiScaleRoIAlign FractionalMaxPool2d FractionalMaxPool3d
LastLevelMaxPool MaxUnpool1d MaxUnpool2d MaxUnpool3d CosineSimilarity PairwiseDistance NoneType`)

// rowOf returns the row of a class whose print states all that the layer needs, nil
// if there is none.
func rowOf(class string) (row *vocab.Row, dims int) {
	if torchModules[class] != nil || slices.Contains(weightless, class) {
		return nil, -1
	}
	return vocab.Torch().Class(class)
}

// byVocabulary returns the layer of a module whose class the vocabulary has; nil
// if it has not. unknown are the arguments that were not understood. An error says
// why the layer cannot be.
func byVocabulary(m *module) (u *layerUnit, unknown []int, err error) {
	row, dims := rowOf(m.class)
	if row == nil {
		return nil, nil, nil
	}
	made, err := vocab.Torch().Make(row, argValues(m.args))
	if err != nil {
		return nil, made.Unknown, err
	}
	u = &layerUnit{layer: made.Layer, n: made.In, at: row.In, dims: dims}
	if batchNorm := layer.BatchNormKind.Is(u.layer) || layer.InstanceNormKind.Is(u.layer); dims == 1 && batchNorm ||
		layer.SpatialDropoutKind.Is(u.layer) {
		u.dims = -1 // BatchNorm1d takes features as well as sequences
	}
	if n, ok := u.layer.(*layer.LayerNorm); ok && n.Shape.Len() > 0 {
		u.normalizes(n)
	}
	if u.enter == nil {
		u.enter = u.entry()
	}
	return u, made.Unknown, nil
}

// normalizes takes the input of a norm from the extents that it normalizes.
func (u *layerUnit) normalizes(n *layer.LayerNorm) {
	u.at, u.n = vocab.Last, n.Shape.At(n.Shape.Len()-1)
	if n.Over.Word == "channels" {
		u.at, u.dims = vocab.First, 2
	}
	if n.Shape.Len() > 1 {
		for i := range n.Shape.Len() {
			u.enter = append(u.enter, tensor.Dim{N: n.Shape.At(i)})
		}
	}
}

// entry returns the shape of an input made for a unit, nil if nothing is stated.
func (u *layerUnit) entry() tensor.Shape {
	group := u.layer.Kind().Group
	switch {
	case u.n > num.MaxExtent:
		u.n = tensor.Unknown
		return nil
	case u.dims > 0:
		x := make(tensor.Shape, u.dims+1)
		for i := range x {
			x[i].N = tensor.Unknown
		}
		x[0].N = u.n
		return x
	case group == layer.GroupTable: // indices
		return tensor.Of(tensor.Unknown)
	case group == layer.GroupRecurrent && !stepwise(u.layer), group == layer.GroupAttention:
		return tensor.Of(tensor.Unknown, u.n)
	case u.at == vocab.NoAxis:
		return nil
	default:
		return tensor.Of(u.n)
	}
}

// stepwise reports whether a recurrent layer takes one step at a time.
func stepwise(l layer.Layer) bool {
	r, ok := l.(*layer.Recurrent)
	return ok && bool(r.Cell)
}
