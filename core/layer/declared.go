package layer

import (
	"strconv"

	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// What a layer declares that it receives: in_features of a printed Linear, the channels
// that a [yolo] section reads. It is kept where it does not fit, or is not known to.

// declared returns a field for what a layer declares that it receives.
func declared(at func(Layer) *Whole) Field {
	return Field{Name: "in", Role: RoleIn, At: func(l Layer) Value { return at(l) }}
}

// notDeclared returns the value of a layer that takes what comes.
func notDeclared() Whole { return Whole{-1, 1, num.MaxExtent} }

// misfits reports whether a layer is known to receive another number than it declares.
func misfits(in Whole, x tensor.Dim) bool { return !in.Unset() && x.Known() && x.N != in.N }

// refit adds the remedies of a misfit: to change the layer that outputs the number, and
// to take what comes.
func refit(d *diag.Diag, in Whole, received tensor.Shape, x tensor.Dim) *diag.Diag {
	if x.From != 0 && (x.Written.IsSet() || len(received) == 1) { // not a side of a map
		d.AddFix(diag.Fix{Op: diag.SetSource, Node: x.From, Value: strconv.FormatInt(in.N, 10)})
	}
	return d.On("in").AddFix(diag.Fix{Op: diag.Clear, Field: "in", Value: strconv.FormatInt(x.N, 10)})
}

// Fits returns the layer without what it declares that it receives, and whether it did
// and receives just that: then there is nothing more to say.
func Fits(l Layer, in []tensor.Shape) (Layer, bool) {
	f := l.Kind().Field("in")
	if f == nil || f.At(l).Unset() || len(in) == 0 || len(in[0]) == 0 {
		return l, false
	}
	x := in[0][len(in[0])-1]
	if l.Kind().Group != GroupDense {
		x = in[0][0]
	}
	if f.Text(l) != strconv.FormatInt(x.N, 10) {
		return l, false
	}
	free := Clone(l)
	Reset(f, free)
	return free, true
}
