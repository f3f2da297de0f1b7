package torch

import (
	"fmt"
	"strconv"
	"strings"

	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/vocab"
)

// recognise returns the layer whose tensors these are, nil where several could
// be. The weights of convolutions are [out, in/groups, k…], of dense layers
// [out, in] (torch.nn), and of GPT-2's Conv1D [in, out]; batch norm has its
// statistics.
func (n *tensorNet) recognise(path string, tensors []*stored) *unit {
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
		return n.made("bn", vocab.First, by["running_mean"], "scale", graph.OnOff(w != nil), "bias", graph.OnOff(b != nil))
	case by["weight_hh_l0"] != nil:
		return n.recurrent(by)
	case rest > 0 || w == nil:
		return nil
	case len(w) >= 3 && len(w) <= 5 && (b == nil || len(b) == 1 && b[0].N == w[0].N):
		return n.convolution(w, b)
	case len(w) == 2 && b == nil && tabled(path):
		u := n.made("embedding", vocab.NoAxis, tensor.Of(tensor.Unknown), "table", graph.Extents(w))
		return u
	case len(w) == 2 && (b == nil || len(b) == 1 && b[0].N == w[0].N):
		return n.made("linear", vocab.Last, w[1:], "features", w[0].String(), "bias", graph.OnOff(b != nil))
	case len(w) == 2 && len(b) == 1 && b[0].N == w[1].N:
		return n.made("linear", vocab.Last, w[:1], "features", w[1].String())
	case len(w) == 1 && (b == nil || len(b) == 1 && b[0].N == w[0].N) && normed(path):
		if len(n.in) > 1 && n.in[0].N == w[0].N && n.in[len(n.in)-1].N != w[0].N {
			return nil // of the channels: which kind of norm is not told
		}
		kind := "layernorm"
		if b == nil {
			kind = "rmsnorm"
		}
		return n.made(kind, vocab.Last, w, "normalized", w[0].String())
	}
	return nil
}

// made builds a layer for an input, nil if that cannot be.
func (n *tensorNet) made(kind string, at vocab.Axis, enter tensor.Shape, pairs ...string) *unit {
	l, err := graph.Build(kind, pairs...)
	if err != nil {
		return nil
	}
	u := &unit{layer: l, at: at, n: tensor.Unknown, dims: -1, enter: enter}
	if at == vocab.First {
		u.n = enter[0].N
	} else if at == vocab.Last {
		u.n = enter[len(enter)-1].N
	}
	return u
}

// convolution returns a convolution. The number of groups is not in the file: a
// kernel of one channel, behind as many as divide its own, is a depthwise one.
func (n *tensorNet) convolution(w, b tensor.Shape) *unit {
	groups, in := int64(1), w[1].N
	if len(n.in) == len(w)-1 && in == 1 && n.in[0].N > 1 && w[0].N%n.in[0].N == 0 {
		groups, in = n.in[0].N, n.in[0].N
	}
	enter := tensor.Shape{{N: in}}
	for range w[2:] {
		enter = append(enter, tensor.Dim{N: tensor.Unknown})
	}
	u := n.made("conv", vocab.First, enter, "filters", w[0].String(), "kernel", graph.Extents(w[2:]),
		"groups", strconv.FormatInt(groups, 10), "bias", graph.OnOff(b != nil))
	if u != nil {
		u.dims = len(w) - 2 // a kernel of one extent behind a film is no kernel of three
	}
	return u
}

// recurrent returns an RNN, LSTM or GRU: weight_hh_l0 is [gates·hidden, hidden].
func (n *tensorNet) recurrent(by map[string]tensor.Shape) *unit {
	hh, ih := by["weight_hh_l0"], by["weight_ih_l0"]
	if len(hh) != 2 || len(ih) != 2 || hh[1].N < 1 || by["weight_hr_l0"] != nil {
		return nil
	}
	kind := map[int64]string{1: "rnn", 3: "gru", 4: "lstm"}[hh[0].N/hh[1].N]
	layers := 1
	for by[fmt.Sprintf("weight_hh_l%d", layers)] != nil {
		layers++
	}
	if kind == "" || layers > 256 {
		return nil
	}
	return n.made(kind, vocab.Last, tensor.Shape{{N: tensor.Unknown}, ih[1]}, "hidden", hh[1].String(), "layers", strconv.Itoa(layers),
		"bidirectional", graph.OnOff(by["weight_hh_l0_reverse"] != nil), "bias", graph.OnOff(by["bias_hh_l0"] != nil))
}

// tabled and normed tell by the name what a tensor's shape does not: a table
// that is looked up from a matrix, a norm from any other row of numbers.
func tabled(path string) bool {
	last := path[strings.LastIndexByte(path, '.')+1:]
	return strings.Contains(last, "emb") || last == "wte" || last == "wpe" || last == "shared"
}

func normed(path string) bool {
	last := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
	return strings.Contains(last, "norm") || strings.HasPrefix(last, "ln")
}
