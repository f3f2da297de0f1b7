package layer

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Recurrent is torch.nn.RNN, LSTM or GRU on a sample [L, features], or one of
// their cells, which does one step, on a sample [features]. The three differ in
// how many gates they have, each with weights of its own, and in an option.
type Recurrent struct {
	kind          *Kind
	gates         int64
	Hidden        Width
	Layers        Whole // one on top of another
	Bidirectional Switch
	Bias          Switch
	Last          Switch // gives only the last output (Keras' return_sequences=False)
	Cell          Switch
	Merge         Choice // how the two directions are joined (Keras' Bidirectional)
	Dropout       Real
	Proj          Whole  // LSTM: the hidden state is made this small; 0: it is not
	Nonlinearity  Choice // RNN
	ResetAfter    Switch // GRU: PyTorch's form; off is the first paper's
}

// How the directions may be joined: side by side, or into one of the same size.
const mergeConcat = "concat"

// mostLayers bounds the layers stacked on top of one another.
const mostLayers = 256

// recurrent describes one of the kinds.
func recurrent(k Kind, gates int64, option ...Field) *Kind {
	kind := &k
	kind.Group, kind.Learns = GroupRecurrent, true
	kind.New = func() Layer {
		return &Recurrent{
			kind: kind, gates: gates, Layers: Whole{1, 1, mostLayers}, Bias: true, ResetAfter: true,
			Merge: Choice{mergeConcat, []string{mergeConcat, "sum", "mul", "ave"}}, Dropout: Real{0, 0, 1},
			Proj: Whole{0, 0, num.MaxExtent}, Nonlinearity: Choice{"tanh", []string{"tanh", "relu"}},
		}
	}
	at := func(l Layer) *Recurrent { return l.(*Recurrent) }
	kind.Fields = append([]Field{
		{Name: "hidden", Main: true, Need: true, Role: RoleOut, At: func(l Layer) Value { return &at(l).Hidden }},
		{Name: "layers", Short: "l", At: func(l Layer) Value { return &at(l).Layers }},
		{Name: "bidirectional", Off: "bidirectional", At: func(l Layer) Value { return &at(l).Bidirectional }},
		{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &at(l).Bias }},
		{Name: "last", Off: "last", At: func(l Layer) Value { return &at(l).Last }},
		{Name: "cell", Off: "cell", At: func(l Layer) Value { return &at(l).Cell }},
		{Name: "merge", At: func(l Layer) Value { return &at(l).Merge }},
		{Name: "dropout", At: func(l Layer) Value { return &at(l).Dropout }},
	}, option...)
	return kind
}

var (
	rnn = recurrent(Kind{Name: "rnn", Also: []string{"simplernn"}, Torch: "RNN", Keras: "SimpleRNN", Caffe: "RNN",
		ONNX: "RNN"}, 1,
		Field{Name: "nonlinearity", At: func(l Layer) Value { return &l.(*Recurrent).Nonlinearity }})
	lstm = recurrent(Kind{Name: "lstm", Torch: "LSTM", Keras: "LSTM", Caffe: "LSTM", ONNX: "LSTM"}, 4,
		Field{Name: "proj", Role: RoleOut, At: func(l Layer) Value { return &l.(*Recurrent).Proj }})
	gru = recurrent(Kind{Name: "gru", Torch: "GRU", Keras: "GRU", ONNX: "GRU"}, 3,
		Field{Name: "reset_after", Off: "resetbefore", At: func(l Layer) Value { return &l.(*Recurrent).ResetAfter }})
)

// The kinds, each with the type of its layers.
var (
	RNNKind  = Typed[*Recurrent]{&rnn}
	LSTMKind = Typed[*Recurrent]{&lstm}
	GRUKind  = Typed[*Recurrent]{&gru}
)

// Kind implements Layer.
func (l *Recurrent) Kind() *Kind { return l.kind }

// Apply implements Layer. Each layer and direction has weight_ih [gates·hidden,
// inputs], weight_hh [gates·hidden, hidden], a bias for each and, projected,
// weight_hr [proj, hidden] (torch/nn/modules/rnn.py). Keras keeps one bias,
// unless reset_after needs both. MACs are the weights, once for each position.
func (l *Recurrent) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	hidden := tensor.Dim{N: l.Hidden.Value(), Written: l.Hidden.Product}
	back, directions := hidden, int64(1) // what is fed back, and given to the next layer
	if l.Proj.N > 0 {
		back = tensor.Dim{N: l.Proj.N}
	}
	given := back
	if l.Bidirectional {
		directions = 2
		if l.Merge.Word == mergeConcat {
			given = tensor.Dim{N: 2 * back.N}
		}
	}
	if d := l.fits(x, given.N); d != nil {
		return Result{}, d
	}
	last := len(x) - 1
	out := append(append(make(tensor.Shape, 0, len(x)), x[:last]...), given)
	if l.Last {
		out = out[last:]
	}
	r := Result{Out: out, Window: &Window{Global: true}}
	rows := rowsOf(x[:last])
	from := inputs(&x[last])
	for i := int64(0); i < l.Layers.N; i++ {
		for d := int64(0); d < directions; d++ {
			suffix := "_l" + strconv.FormatInt(i, 10)
			if l.Cell {
				suffix = ""
			}
			if d == 1 {
				suffix += "_reverse"
			}
			l.step(&r, suffix, rows, from, &hidden, &back)
		}
		from = Term{{N: given.N, Role: RoleIn, Dim: &out[len(out)-1], Says: catalog.FactorBelow}}
	}
	return r, nil
}

// step declares the weights of one layer in one direction.
func (l *Recurrent) step(r *Result, suffix string, rows, from Term, hidden, back *tensor.Dim) {
	var gates Term
	if l.gates > 1 {
		gates = Term{{N: l.gates, Role: RoleConst, Says: catalog.FactorGates}}
	}
	wide := l.gates * hidden.N
	to := Term{{N: hidden.N, Role: RoleOut, Field: "hidden", Dim: hidden, Says: catalog.FactorHidden}}
	state := Term{{N: back.N, Role: RoleOut, Field: "hidden", Dim: back, Says: catalog.FactorState}}
	if l.Proj.N > 0 {
		state[0].Field = "proj"
	}
	weights := []Weight{
		declare("weight_ih"+suffix, ClassWeight, []int64{wide, from[0].N}, gates, from, to),
		declare("weight_hh"+suffix, ClassWeight, []int64{wide, back.N}, gates, state, to),
	}
	if l.Bias {
		b := Term{{N: hidden.N, Role: RoleBias, Field: "bias", Dim: hidden, Says: catalog.FactorHidden}}
		second := declare("bias_hh"+suffix, ClassBias, []int64{wide}, gates, b)
		second.TorchOnly = l.kind != gru || !bool(l.ResetAfter)
		weights = append(weights, declare("bias_ih"+suffix, ClassBias, []int64{wide}, gates, b), second)
	}
	if l.Proj.N > 0 {
		weights = append(weights, declare("weight_hr"+suffix, ClassWeight, []int64{back.N, hidden.N}, to, state))
	}
	for _, w := range weights {
		if w.Class == ClassWeight {
			r.MACs = append(r.MACs, join(rows, w.Factors))
		}
	}
	r.Weights = append(r.Weights, weights...)
}

// fits refuses what PyTorch does: a cell is one step of one layer, and a
// projection makes the state smaller.
func (l *Recurrent) fits(x tensor.Shape, given int64) *diag.Diag {
	set := func(d *diag.Diag, field, value string) *diag.Diag {
		return d.On(field).AddFix(diag.Fix{Op: diag.SetField, Field: field, Value: value})
	}
	cell := bool(l.Cell)
	switch {
	case cell && len(x) != 1:
		return set(diag.New(catalog.CellStep, x.String()), "cell", "off")
	case !cell && len(x) == 1:
		return set(diag.New(catalog.NeedsSequence, x.String()), "cell", "on")
	case len(x) < 1 || len(x) > 2:
		return diag.New(catalog.NeedsSequence, x.String())
	case cell && l.Layers.N > 1:
		return set(diag.New(catalog.CellAlone), "layers", "1")
	case cell && bool(l.Bidirectional):
		return set(diag.New(catalog.CellAlone), "bidirectional", "off")
	case cell && l.Proj.N > 0:
		return set(diag.New(catalog.CellAlone), "proj", "0")
	case l.Proj.N >= l.Hidden.Value():
		return set(diag.New(catalog.ProjTooLarge, l.Proj.N, l.Hidden.Value()), "proj", strconv.FormatInt(l.Hidden.Value()-1, 10))
	case given > num.MaxExtent:
		return tooLarge("hidden", 2, given/2)
	}
	return nil
}
