package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
)

// A Typed is a kind together with the type of its layers, so that Go code makes
// and recognises layers without a word in quotes. Each kind has one, beside it in
// its file: ConvKind, MaxPoolKind, ReLUKind.
//
// It holds where the kind lies and not the kind, so that the compiler lays it out
// and nothing runs when the program starts.
type Typed[L Layer] struct{ kind **Kind }

// Kind returns the kind.
func (t Typed[L]) Kind() *Kind { return *t.kind }

// Is reports whether l is of the kind. A type of Go can serve several kinds.
func (t Typed[L]) Is(l Layer) bool { return l.Kind() == *t.kind }

// As returns l if it is of the kind.
func (t Typed[L]) As(l Layer) (L, bool) {
	if !t.Is(l) {
		var none L
		return none, false
	}
	return l.(L), true
}

// New returns a layer with PyTorch's defaults, which may lack what has none.
func (t Typed[L]) New() L { return (*t.kind).New().(L) }

// With returns a layer with PyTorch's defaults, changed by set. Its values may be
// assigned whole: their bounds, choices and rules are the kind's, whatever set
// leaves in them. A value that is not given (WidthOf(), the empty word of a
// Choice) leaves the default. Every other one is held against what the text of it
// is held against, so With accepts what a person could have written, and nothing
// else. The error is a *diag.Diag that names the field.
func (t Typed[L]) With(set func(L)) (Layer, error) {
	wanted := t.New()
	set(wanted)
	l, d := checked(wanted)
	if d != nil {
		return nil, d
	}
	return l, nil
}

// checked returns a fresh layer with the values of l, each read from its text.
func checked(l Layer) (Layer, *diag.Diag) {
	k := l.Kind()
	fresh := k.New()
	for i := range k.Fields {
		f := &k.Fields[i]
		v, to := f.At(l), f.At(fresh)
		if text := v.Text(); !sameValue(v, to) && given(v) && text != "" {
			if d := to.Parse(text); d != nil {
				return nil, d.On(f.Name)
			}
		}
		if f.Need && to.Unset() {
			return nil, diag.New(catalog.NeedsField, k.Name, f.Label(), Example(f)).On(f.Name)
		}
	}
	return fresh, nil
}

// given reports whether v holds something. A number below its bounds does: it is
// wrong, where an empty list is only not there.
func given(v Value) bool {
	switch v.(type) {
	case *Whole, *Real:
		return true
	default:
		return !v.Unset()
	}
}
