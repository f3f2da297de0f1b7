package layer

import (
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A Side goes on with its first path; the others end in outputs of their own,
// such as the auxiliary classifiers of GoogLeNet. Where they are not Counted
// they are left out of all numbers, as in a network that only answers.
type Side struct{ Counted Switch }

var side = &Kind{
	Name: "side", Group: GroupJoin, Takes: TakesFirst, InPlace: true,
	New: func() Layer { return &Side{Counted: true} },
	Fields: []Field{
		{Name: "counted", Off: "off", At: func(l Layer) Value { return &l.(*Side).Counted }},
	},
}

// SideKind makes layers of type *Side.
var SideKind = Typed[*Side]{&side}

// Kind implements Layer.
func (l *Side) Kind() *Kind { return side }

// Apply implements Layer: the first path, as it is.
func (l *Side) Apply(in []tensor.Shape) (Result, *diag.Diag) { return Result{Out: in[0]}, nil }

// A From continues from a label, wherever that is: from @enc1.
type From struct{}

var from = &Kind{
	Name: "from", Group: GroupJoin, Takes: TakesLabel, InPlace: true,
	New: func() Layer { return &From{} },
}

// FromKind makes layers of type *From.
var FromKind = Typed[*From]{&from}

// Kind implements Layer.
func (l *From) Kind() *Kind { return from }

// Apply implements Layer.
func (l *From) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if len(in) != 1 {
		return Result{}, wrongPaths(from, 1, in)
	}
	return Result{Out: in[0]}, nil
}
