package torch

import (
	"fmt"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/vocab"
)

// recognise returns the layer whose tensors these are, nil where several could
// be. The weights of convolutions are [out, in/groups, k…], of dense layers
// [out, in] (torch.nn), and of GPT-2's Conv1D [in, out]; batch norm has its
// statistics.
func (n *tensorNet) recognise(path string, tensors []*stored) *layerUnit {
	by := map[string]tensor.Shape{}
	for _, t := range tensors {
		by[t.leafName()] = t.shape
	}
	if len(by) != len(tensors) {
		return nil
	}
	w, b := by["weight"], by["bias"]
	rest := len(by)
	for _, name := range []string{"weight", "bias"} {
		if by[name] != nil {
			rest--
		}
	}
	switch {
	case by["running_mean"] != nil && rest == 3 && len(by["running_mean"]) == 1:
		return unitFor(vocab.First, by["running_mean"])(layer.BatchNormKind.With(func(l *layer.BatchNorm) {
			l.Affine.Scale, l.Affine.Bias = w != nil, b != nil
		}))
	case by["weight_hh_l0"] != nil:
		return recurrentUnit(by)
	case rest > 0 || w == nil:
		return nil
	case len(w) >= 3 && len(w) <= 5 && (b == nil || len(b) == 1 && b[0].N == w[0].N):
		return n.convolution(w, b)
	case len(w) == 2 && b == nil && tabled(path):
		return unitFor(vocab.NoAxis, tensor.Of(tensor.Unknown))(layer.EmbeddingKind.With(func(l *layer.Embedding) {
			l.Table = layer.ExtentsOf(w[0].N, w[1].N)
		}))
	case len(w) == 2 && (b == nil || len(b) == 1 && b[0].N == w[0].N):
		return denseUnit(w[1], w[0], b != nil)
	case len(w) == 2 && len(b) == 1 && b[0].N == w[1].N:
		return denseUnit(w[0], w[1], true)
	case len(w) == 1 && (b == nil || len(b) == 1 && b[0].N == w[0].N) && normed(path):
		if len(n.in) > 1 && n.in[0].N == w[0].N && n.in[len(n.in)-1].N != w[0].N {
			return nil // of the channels: which kind of norm is unknown
		}
		kind := layer.LayerNormKind
		if b == nil {
			kind = layer.RMSNormKind
		}
		return unitFor(vocab.Last, w)(kind.With(func(l *layer.LayerNorm) { l.Shape = layer.ExtentsOf(w[0].N) }))
	}
	return nil
}

// unitFor makes a unit of a layer with an input of a shape, nil if the layer cannot be.
func unitFor(at vocab.Axis, enter tensor.Shape) func(l layer.Layer, err error) *layerUnit {
	return func(l layer.Layer, err error) *layerUnit {
		if err != nil {
			return nil
		}
		u := &layerUnit{layer: l, at: at, n: tensor.Unknown, dims: -1, enter: enter}
		switch at {
		case vocab.First:
			u.n = enter[0].N
		case vocab.Last:
			u.n = enter[len(enter)-1].N
		}
		return u
	}
}

// denseUnit returns a denseUnit layer from so many features to so many.
func denseUnit(from, to tensor.Dim, bias bool) *layerUnit {
	return unitFor(vocab.Last, tensor.Shape{from})(layer.LinearKind.With(func(l *layer.Linear) {
		l.Features, l.Bias = layer.WidthOf(to.N), layer.Switch(bias)
	}))
}

// convolution returns a convolution. The number of groups is not in the file: a
// kernel of one channel, behind as many as divide its own, is a depthwise one.
func (n *tensorNet) convolution(w, b tensor.Shape) *layerUnit {
	groups, in := int64(1), w[1].N
	if len(n.in) == len(w)-1 && in == 1 && n.in[0].N > 1 && w[0].N%n.in[0].N == 0 {
		groups, in = n.in[0].N, n.in[0].N
	}
	enter := tensor.Shape{{N: in}}
	for range w[2:] {
		enter = append(enter, tensor.Dim{N: tensor.Unknown})
	}
	kernel := make([]int64, 0, 3)
	for _, d := range w[2:] {
		kernel = append(kernel, d.N)
	}
	u := unitFor(vocab.First, enter)(layer.ConvKind.With(func(l *layer.Conv) {
		l.Filters, l.Kernel, l.Groups.N, l.Bias = layer.WidthOf(w[0].N), layer.SizeOf(kernel...), groups, b != nil
	}))
	if u != nil {
		u.dims = len(w) - 2 // a kernel of one extent behind a film is no kernel of three
	}
	return u
}

// recurrentUnit returns an RNN, LSTM or GRU: weight_hh_l0 is [gates·hidden, hidden].
func recurrentUnit(by map[string]tensor.Shape) *layerUnit {
	hh, ih := by["weight_hh_l0"], by["weight_ih_l0"]
	if len(hh) != 2 || len(ih) != 2 || hh[1].N < 1 || by["weight_hr_l0"] != nil {
		return nil
	}
	kind, ok := map[int64]layer.Typed[*layer.Recurrent]{1: layer.RNNKind, 3: layer.GRUKind, 4: layer.LSTMKind}[hh[0].N/hh[1].N]
	layers := int64(1)
	for by[fmt.Sprintf("weight_hh_l%d", layers)] != nil {
		layers++
	}
	if !ok || layers > 256 {
		return nil
	}
	return unitFor(vocab.Last, tensor.Shape{{N: tensor.Unknown}, ih[1]})(kind.With(func(l *layer.Recurrent) {
		l.Hidden, l.Layers.N = layer.WidthOf(hh[1].N), layers
		l.Bidirectional, l.Bias = by["weight_hh_l0_reverse"] != nil, by["bias_hh_l0"] != nil
	}))
}

// tabled and normed decide by the name what a tensor's shape does not show: a table
// that is looked up from a matrix, a norm from any other row of numbers.
func tabled(path string) bool {
	last := path[strings.LastIndexByte(path, '.')+1:]
	return strings.Contains(last, "emb") || last == "wte" || last == "wpe" || last == "shared"
}

func normed(path string) bool {
	last := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
	return strings.Contains(last, "norm") || strings.HasPrefix(last, "ln")
}
