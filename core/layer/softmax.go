package layer

import (
	"math"

	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A Softmax makes the values along one dimension sum to one. The numbering is
// PyTorch's: 0 is the batch, 1 the channels or features.
type Softmax struct {
	kind *Kind
	Dim  Whole
}

// Kind implements Layer.
func (l *Softmax) Kind() *Kind { return l.kind }

// Apply implements Layer.
func (l *Softmax) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if _, ok := axis(l.Dim.N, len(in[0])); !ok && l.Dim.N != 0 {
		return Result{Out: in[0]}, badAxis("dim", l.Dim.N, in[0])
	}
	return Result{Out: in[0]}, nil
}

func newSoftmax(k Kind) *Kind {
	kind := &k
	kind.Group, kind.InPlace = GroupActivation, true
	kind.New = func() Layer { return &Softmax{kind: kind, Dim: Whole{1, math.MinInt8, math.MaxInt8}} }
	kind.Fields = []Field{{Name: "dim", At: func(l Layer) Value { return &l.(*Softmax).Dim }}}
	return kind
}

var (
	softmax = newSoftmax(Kind{Name: "softmax", Alias: "s", Torch: "Softmax", Keras: "Softmax", Caffe: "Softmax",
		ONNX: "Softmax"})
	softmin    = newSoftmax(Kind{Name: "softmin", Torch: "Softmin"})
	logSoftmax = newSoftmax(Kind{Name: "logsoftmax", Torch: "LogSoftmax", ONNX: "LogSoftmax"})
)

// The kinds, each with the type of its layers.
var (
	SoftmaxKind    = Typed[*Softmax]{&softmax}
	SoftminKind    = Typed[*Softmax]{&softmin}
	LogSoftmaxKind = Typed[*Softmax]{&logSoftmax}
)
