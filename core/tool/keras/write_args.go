package keras

import (
	"strings"

	"paramstack/core/tool/pycode"
	"paramstack/core/tool/vocab"
)

// constructor is the call that constructs a layer of the chain. Keras' defaults are
// left out.
func constructor(c *chainCall, frozen bool, name string) *pycode.Call {
	e := &pycode.Call{Func: "layers." + c.class}
	if helper(c.class) {
		e.Func = c.class
	}
	if name != "" {
		e.Last = "name=" + name
	}
	if c.inner != nil {
		e.Args = append(e.Args, pycode.Pos("layer", constructor(c.inner, false, "").Text()))
	}
	row := signature(c.class)
	values := map[string]string{}
	for i, a := range c.args {
		code := pycode.Arg{Name: a.name, Value: argCode(&a), Named: i >= row.Unnamed}
		values[a.name] = code.Value
		if p := row.Param(a.name); p != nil && !p.Stated {
			if code.Omit = values[p.Like]; p.Default != nil {
				code.Omit = pycode.Literal(p.Default)
			}
		}
		e.Args = append(e.Args, code)
	}
	if frozen {
		e.Args = append(e.Args, pycode.Named("trainable", "False", ""))
	}
	return e
}

// signature is how a class is called: the vocabulary's row, or that of a wrapper or
// a helper.
func signature(class string) *vocab.Row {
	if row, _ := vocab.Keras().Class(class); row != nil {
		return row
	}
	if row := otherSignatures[class]; row != nil {
		return row
	}
	return &vocab.Row{Unnamed: 1}
}

// otherSignatures are those of classes that are no kind: a wrapper, and the helpers
// of keras_helpers.py.
var otherSignatures = map[string]*vocab.Row{
	"Bidirectional": {Unnamed: 1, Params: []vocab.Param{{Name: "merge_mode", Default: "concat"}}},
	"LayerScale":    {Unnamed: 1, Params: []vocab.Param{{Name: "use_bias", Default: false}}},
	"LocalResponseNorm": {Unnamed: 1, Params: []vocab.Param{
		{Name: "alpha", Default: 0.0001}, {Name: "beta", Default: 0.75}, {Name: "k", Default: int64(1)}}},
	reversibleEmbedding: {Unnamed: 2},
}

// reversibleEmbedding is a table that also leads back from features to words.
const reversibleEmbedding = "ReversibleEmbedding"

// argCode writes an argument's value, one number where all are equal.
func argCode(a *arg) string {
	l, ok := a.value.(pycode.List)
	if !ok {
		return pycode.Literal(a.value)
	}
	switch a.name {
	case "kernel_size", "strides", "pool_size", "dilation_rate", "size":
		return oneOf(l)
	case "padding", "cropping":
		cells := make(pycode.List, len(l))
		for i, side := range l {
			if cells[i] = side; isPair(side) {
				if p := oneOf(side.(pycode.List)); !strings.HasPrefix(p, "(") {
					cells[i] = side.(pycode.List)[0]
				}
			}
		}
		for i := range cells {
			if _, pair := cells[i].(pycode.List); pair {
				return pycode.Literal(l) // all of them in full
			}
		}
		return oneOf(cells)
	}
	return pycode.Literal(l)
}

func isPair(v any) bool { l, ok := v.(pycode.List); return ok && len(l) == 2 }

func oneOf(l pycode.List) string {
	for _, v := range l {
		if v != l[0] {
			return pycode.Literal(l)
		}
	}
	return pycode.Literal(l[0])
}

// short is what the name of a layer ends with that only prepares another one.
func short(class string) string {
	switch {
	case strings.HasPrefix(class, "ZeroPadding"):
		return "pad"
	case strings.HasPrefix(class, "Cropping"):
		return "crop"
	default:
		return camelToSnake(class)
	}
}
