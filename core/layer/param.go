package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A Param is a free tensor: a class token, a table of positions or of relative
// biases (torch.nn.Parameter), or a constant that is stored and not learned
// (register_buffer). It takes no input: what it gives is itself.
type Param struct {
	kind  *Kind
	Shape Extents
}

func newParam(name string, also ...string) *Kind {
	kind := &Kind{
		Name: name, Also: also, Group: GroupTable, Learns: true, Takes: TakesNone, InPlace: true,
		Fields: []Field{
			{Name: "shape", Main: true, Need: true, Role: RoleSpatial, At: func(l Layer) Value { return &l.(*Param).Shape }},
		},
	}
	kind.New = func() Layer { return &Param{kind, Extents{Most: MaxRank}} }
	return kind
}

var (
	param  = newParam("param", "parameter")
	buffer = newParam("buffer")
)

// The kinds, each with the type of its layers.
var (
	ParamKind  = Typed[*Param]{&param}
	BufferKind = Typed[*Param]{&buffer}
)

// Kind implements Layer.
func (l *Param) Kind() *Kind { return l.kind }

// Apply implements Layer.
func (l *Param) Apply([]tensor.Shape) (Result, *diag.Diag) {
	out := l.Shape.shape()
	w := table("weight", ClassWeight, out, "shape")
	if l.kind == buffer {
		w.Class = ClassStat
	}
	return Result{Out: out, Weights: []Weight{w}}, nil
}

// table declares a tensor whose sides are written in a field of the layer.
func table(name string, class Class, sides tensor.Shape, field string) Weight {
	w := Weight{Name: name, Class: class, Factors: make(Term, len(sides)), Shape: make([]int64, len(sides))}
	for i := range sides {
		w.Shape[i] = sides[i].N
		w.Factors[i] = Factor{N: sides[i].N, Role: RoleOut, Says: catalog.FactorSide, Field: field, Dim: &sides[i]}
	}
	return w
}
