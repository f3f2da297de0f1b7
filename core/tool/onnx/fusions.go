package onnx

// A fusion is a group of nodes that exporters write for a layer without an operator
// in their opset, and the operator it becomes.
//
// A pattern is the last node of the group, in brackets with its inputs: numbers are
// constants of about that value; x is the value that enters, the same wherever it
// is named; eps is any number; G and B are stored tables; ones and zeros are tables
// of nothing else; same is the shape of x, and any is any value. Scale is a product
// with a number, or a division by its reciprocal. Inputs of Add and Mul match in
// either order. A group becomes one layer only if nothing else uses what is inside
// it.
type fusion struct{ pattern, becomes string }

// fusions come with the longest pattern of a kind first: the scale and shift after
// a norm belong to it.
var fusions = func() []fusion {
	rows := []fusion{
		{"(Mul x (Sigmoid x))", "Swish x"},
		{"(Mul x (HardSigmoid x))", "HardSwish x"},
		{"(Mul x (Tanh (Softplus x)))", "Mish x"},
		{"(Scale 1/6 (Mul x (Clip (Add x 3))))", "HardSwish x"},
		{"(Mul x (Scale 1/6 (Clip (Add x 3))))", "HardSwish x"},
	}
	for _, gate := range []fusion{
		{"(Add 1 (Erf (Scale 0.70710678 x)))", "Gelu x approximate=none"},
		{"(Add 1 (Tanh (Scale 0.79788456 (Add x (Scale 0.044715 (Pow x 3))))))", "Gelu x approximate=tanh"},
	} {
		rows = append(rows,
			fusion{"(Scale 0.5 (Mul x " + gate.pattern + "))", gate.becomes},
			fusion{"(Mul (Scale 0.5 x) " + gate.pattern + ")", gate.becomes},
			fusion{"(Mul x (Scale 0.5 " + gate.pattern + "))", gate.becomes})
	}
	const centred = "(Sub x (ReduceMean x))"
	root := func(of string) []string {
		mean := func(square string) string { return "(Sqrt (Add eps (ReduceMean " + square + ")))" }
		return []string{mean("(Pow " + of + " 2)"), mean("(Mul " + of + " " + of + ")")}
	}
	for _, r := range root(centred) {
		norm := "(Div " + centred + " " + r + ")"
		rows = append(rows, fusion{"(Add B (Mul G " + norm + "))", "LayerNormalization x G B"},
			fusion{"(Mul G " + norm + ")", "LayerNormalization x G"}, fusion{norm, "LayerNormalization x"})
	}
	for _, r := range root("x") {
		for _, norm := range []string{"(Div x " + r + ")", "(Mul x (Reciprocal " + r + "))"} {
			rows = append(rows, fusion{"(Mul G " + norm + ")", "RMSNormalization x G"}, fusion{norm, "RMSNormalization x"})
		}
	}
	// PyTorch's group norm before opset 18: a group is a channel of an instance norm.
	const grouped = "(Reshape (InstanceNormalization (Reshape x any) ones zeros) same)"
	return append(rows,
		fusion{"(Add 0 (Mul 1 " + grouped + "))", "GroupNormalization x"},
		fusion{"(Add B (Mul G " + grouped + "))", "GroupNormalization x G B"},
		fusion{grouped, "GroupNormalization x"})
}()
