package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// An Activation is a function applied to each value by itself, without
// parameters. They differ in name and in constants, which do not count, so one
// type and one table serve them all.
type Activation struct {
	kind *Kind
	// A and B are the function's constants; the kind's fields name them.
	A, B   Real
	Choice Choice
}

// Kind implements Layer.
func (l *Activation) Kind() *Kind { return l.kind }

// Apply implements Layer: the shape stays. Constants that PyTorch refuses are
// refused (ATen/native/Activation.cpp, torch/nn/modules/activation.py).
func (l *Activation) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	r, a, b := Result{Out: in[0]}, l.A.V, l.B.V
	switch {
	case l.kind == celu && a == 0:
		return r, l.refuse("alpha", "1", catalog.NeedsNonZero, l.kind.Name, catalog.FieldName("alpha"))
	case l.kind == softshrink && a < 0:
		return r, l.refuse("lambda", "0.5", catalog.NeedsNotNegative, l.kind.Name, catalog.FieldName("lambda"))
	case l.kind == hardtanh && a >= b:
		return r, l.refuse("high", (&Real{V: a + 1}).Text(), catalog.NeedsAbove, l.kind.Name, catalog.FieldName("high"))
	case l.kind == rrelu && a > b:
		return r, l.refuse("upper", l.A.Text(), catalog.NeedsAbove, l.kind.Name, catalog.FieldName("upper"))
	}
	return r, nil
}

// refuse says what is wrong with a constant, with one that is right.
func (l *Activation) refuse(field, instead string, key catalog.Key, args ...any) *diag.Diag {
	return diag.New(key, args...).On(field).AddFix(diag.Fix{Op: diag.SetField, Field: field, Value: instead})
}

func constA(l Layer) Value { return &l.(*Activation).A }
func constB(l Layer) Value { return &l.(*Activation).B }

// activation describes one function: its names here and elsewhere, and its
// constants with their defaults in torch.nn.
func activation(k Kind, a, b float64) *Kind {
	kind := &k
	kind.Group, kind.InPlace = GroupActivation, true
	kind.New = func() Layer { return &Activation{kind: kind, A: AnyReal(a), B: AnyReal(b)} }
	return kind
}

// oneConstant is the field list of a function with one constant, written without a name.
func oneConstant(name string) []Field { return []Field{{Name: name, Main: true, At: constA}} }

// twoConstants is the field list of a function with two constants.
func twoConstants(a, b string) []Field { return []Field{{Name: a, At: constA}, {Name: b, At: constB}} }

var (
	relu      = activation(Kind{Name: "relu", Alias: "r", Torch: "ReLU", Keras: "ReLU", Caffe: "ReLU", ONNX: "Relu"}, 0, 0)
	relu6     = activation(Kind{Name: "relu6", Torch: "ReLU6"}, 0, 0)
	leakyReLU = activation(Kind{Name: "leakyrelu", Torch: "LeakyReLU", Keras: "LeakyReLU", ONNX: "LeakyRelu",
		Fields: oneConstant("slope")}, 0.01, 0)
	rrelu = activation(Kind{Name: "rrelu", Torch: "RReLU", Fields: twoConstants("lower", "upper")}, 1./8, 1./3)
	elu   = activation(Kind{Name: "elu", Torch: "ELU", Keras: "ELU", Caffe: "ELU", ONNX: "Elu",
		Fields: oneConstant("alpha")}, 1, 0)
	celu       = activation(Kind{Name: "celu", Torch: "CELU", ONNX: "Celu", Fields: oneConstant("alpha")}, 1, 0)
	selu       = activation(Kind{Name: "selu", Torch: "SELU", ONNX: "Selu"}, 0, 0)
	silu       = activation(Kind{Name: "silu", Also: []string{"swish"}, Torch: "SiLU"}, 0, 0)
	mish       = activation(Kind{Name: "mish", Torch: "Mish", ONNX: "Mish"}, 0, 0)
	hardswish  = activation(Kind{Name: "hardswish", Torch: "Hardswish", ONNX: "HardSwish"}, 0, 0)
	sigmoid    = activation(Kind{Name: "sigmoid", Torch: "Sigmoid", Caffe: "Sigmoid", ONNX: "Sigmoid"}, 0, 0)
	hardsig    = activation(Kind{Name: "hardsigmoid", Torch: "Hardsigmoid", ONNX: "HardSigmoid"}, 0, 0)
	logSigmoid = activation(Kind{Name: "logsigmoid", Torch: "LogSigmoid"}, 0, 0)
	tanh       = activation(Kind{Name: "tanh", Torch: "Tanh", Caffe: "TanH", ONNX: "Tanh"}, 0, 0)
	hardtanh   = activation(Kind{Name: "hardtanh", Torch: "Hardtanh", Fields: twoConstants("low", "high")}, -1, 1)
	tanhshrink = activation(Kind{Name: "tanhshrink", Torch: "Tanhshrink"}, 0, 0)
	softplus   = activation(Kind{Name: "softplus", Torch: "Softplus", ONNX: "Softplus",
		Fields: twoConstants("beta", "threshold")}, 1, 20)
	exponential = activation(Kind{Name: "exp", ONNX: "Exp"}, 0, 0)
	softsign    = activation(Kind{Name: "softsign", Torch: "Softsign", ONNX: "Softsign"}, 0, 0)
	softshrink  = activation(Kind{Name: "softshrink", Torch: "Softshrink", Fields: oneConstant("lambda")}, 0.5, 0)
	hardshrink  = activation(Kind{Name: "hardshrink", Torch: "Hardshrink", ONNX: "Shrink", Fields: oneConstant("lambda")}, 0.5, 0)
	threshold   = activation(Kind{Name: "threshold", Also: []string{"thresholdedrelu"}, Keras: "ThresholdedReLU",
		Torch: "Threshold", Fields: twoConstants("threshold", "value")}, 0, 0)
	identity = activation(Kind{Name: "identity", Torch: "Identity", ONNX: "Identity", inference: holding(HoldsView)}, 0, 0)
	gelu     = newGELU()
)

// The kinds, each with the type of its layers.
var (
	ReLUKind        = Typed[*Activation]{&relu}
	ReLU6Kind       = Typed[*Activation]{&relu6}
	LeakyReLUKind   = Typed[*Activation]{&leakyReLU}
	RReLUKind       = Typed[*Activation]{&rrelu}
	ELUKind         = Typed[*Activation]{&elu}
	CELUKind        = Typed[*Activation]{&celu}
	SELUKind        = Typed[*Activation]{&selu}
	GELUKind        = Typed[*Activation]{&gelu}
	SiLUKind        = Typed[*Activation]{&silu}
	MishKind        = Typed[*Activation]{&mish}
	HardswishKind   = Typed[*Activation]{&hardswish}
	SigmoidKind     = Typed[*Activation]{&sigmoid}
	HardsigmoidKind = Typed[*Activation]{&hardsig}
	LogSigmoidKind  = Typed[*Activation]{&logSigmoid}
	TanhKind        = Typed[*Activation]{&tanh}
	HardtanhKind    = Typed[*Activation]{&hardtanh}
	TanhshrinkKind  = Typed[*Activation]{&tanhshrink}
	SoftplusKind    = Typed[*Activation]{&softplus}
	ExpKind         = Typed[*Activation]{&exponential}
	SoftsignKind    = Typed[*Activation]{&softsign}
	SoftshrinkKind  = Typed[*Activation]{&softshrink}
	HardshrinkKind  = Typed[*Activation]{&hardshrink}
	ThresholdKind   = Typed[*Activation]{&threshold}
	IdentityKind    = Typed[*Activation]{&identity}
)

// newGELU is apart since its one option is a word.
func newGELU() *Kind {
	k := activation(Kind{Name: "gelu", Torch: "GELU", ONNX: "Gelu", Fields: []Field{
		{Name: "approximate", At: func(l Layer) Value { return &l.(*Activation).Choice }}}}, 0, 0)
	k.New = func() Layer {
		return &Activation{kind: k, A: AnyReal(0), B: AnyReal(0), Choice: Choice{"none", []string{"none", "tanh"}}}
	}
	return k
}
