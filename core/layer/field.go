package layer

import (
	"fmt"
	"reflect"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
)

// A Field is one hyper-parameter of a kind: its names, and where it lies in the
// layer. The text, the link, the editor and the importers all read and write
// hyper-parameters through Fields.
type Field struct {
	Name  string // long name, as PyTorch writes it: kernel, stride
	Short string // in stack text: k3; "" if only the long name is written
	Role  Role   // the colour of its chip
	Main  bool   // written first, without a name
	Need  bool   // must be given: it has no default
	Like  string // a plausible value, for a field that must be given and whose role does not imply one
	Off   string // for switches: the word that says the switch is not at its default (nobias, ceil)

	// At returns where the value lies.
	At func(Layer) Value
}

// A Value is where one hyper-parameter lies in a layer. The types are in
// values.go: Width, Whole, Size, Padding, Switch, Real, Choice, Extents; and in
// lists.go: Wholes, Word, Tensors; and in sizes.go: Sides, Reals.
type Value interface {
	// Text writes the value in the notation of the stack text.
	Text() string
	// Parse reads it; the value is unchanged when it cannot be read.
	Parse(s string) *diag.Diag
	// Unset reports whether it is the value "not given".
	Unset() bool
}

// Label returns the key of the field's name.
func (f *Field) Label() catalog.Key { return catalog.FieldName(f.Name) }

// Doc returns the key of the sentence that explains it.
func (f *Field) Doc() catalog.Key { return catalog.FieldDoc(f.Name) }

// Text returns the field of l as written, "" if it is not given.
func (f *Field) Text(l Layer) string {
	v := f.At(l)
	if v.Unset() {
		return ""
	}
	return v.Text()
}

// IsDefault reports whether the field of l has its default.
func (f *Field) IsDefault(l Layer) bool {
	return sameValue(f.At(l), f.At(l.Kind().Default()))
}

// sameValue compares two values of one field without reflection: it runs for
// every field of every layer whenever a text is written.
func sameValue(a, b Value) bool {
	switch a := a.(type) {
	case *Width:
		return *a == *b.(*Width)
	case *Whole:
		return a.N == b.(*Whole).N
	case *Size:
		return *a == *b.(*Size)
	case *Padding:
		return *a == *b.(*Padding)
	case *Switch:
		return *a == *b.(*Switch)
	case *Real:
		return a.V == b.(*Real).V
	case *Choice:
		return a.Word == b.(*Choice).Word
	case *Extents:
		return *a == *b.(*Extents)
	case *Wholes:
		return *a == *b.(*Wholes)
	case *Word:
		return *a == *b.(*Word)
	case *Tensors:
		return a.text == b.(*Tensors).text
	case *Sides:
		return *a == *b.(*Sides)
	case *Reals:
		return *a == *b.(*Reals)
	default:
		panic(fmt.Sprintf("layer: unknown value %T", a))
	}
}

// IsSwitch reports whether the field is on or off.
func (f *Field) IsSwitch() bool { return f.Off != "" }

// Choices returns the words the field accepts, nil if it is not a choice.
func (f *Field) Choices(k *Kind) []string {
	if c, ok := f.At(k.New()).(*Choice); ok {
		return c.Of
	}
	return nil
}

// signs are those of formulas for those of the notation.
var signs = strings.NewReplacer("x", "×", "*", "·")

// Say writes the field of l as people say it: stride 4, 2 groups, no bias. What
// is known by its place needs no name, unless named: 11×11, kernel 11×11. dims is
// how many spatial dimensions the layer works on.
func (f *Field) Say(l Layer, dims int, lang catalog.Lang, named bool) string {
	label, value := lang.In(f.Label()), f.Text(l)
	switch f.At(l).(type) {
	case *Choice, *Word: // as they are written
	default:
		value = signs.Replace(value)
	}
	switch {
	case f.IsSwitch() && value == "on":
		return label
	case f.IsSwitch():
		return lang.In(catalog.ChipNo, label)
	case value == "":
		if key := catalog.FieldUnset(f.Name); catalog.Has(key) {
			return lang.In(key)
		}
		return lang.In(catalog.ChipUnset, label)
	case f.Role == RoleKernel:
		if !strings.Contains(value, "×") {
			value = strings.TrimSuffix(strings.Repeat(value+"×", dims), "×")
		}
		if !named {
			return value
		}
	case f.Role == RoleLanes && value != "1":
		return lang.In(catalog.ChipCount, value, label)
	case f.Main && f.Role != RoleNone && !named:
		return value
	}
	return label + " " + value
}

// IsShown reports whether the field of l says something that its default does not.
func (f *Field) IsShown(l Layer) bool { return !f.IsDefault(l) || f.Main && f.Text(l) != "" }

// Clone returns a copy of l that may be changed.
func Clone(l Layer) Layer {
	old := reflect.ValueOf(l).Elem()
	fresh := reflect.New(old.Type())
	fresh.Elem().Set(old)
	return fresh.Interface().(Layer)
}

// With returns a copy of l with one field read from s, or what is wrong with s.
func With(l Layer, f *Field, s string) (Layer, *diag.Diag) {
	fresh := Clone(l)
	if d := f.At(fresh).Parse(s); d != nil {
		return l, d.On(f.Name)
	}
	return fresh, nil
}

// Equal reports whether a and b are of one kind with the same hyper-parameters.
func Equal(a, b Layer) bool {
	if a == b {
		return true
	}
	if a.Kind() != b.Kind() {
		return false
	}
	k := a.Kind()
	for i := range k.Fields {
		if f := &k.Fields[i]; !sameValue(f.At(a), f.At(b)) {
			return false
		}
	}
	return true
}

// Reset gives a field of l its default. l must be a Clone.
func Reset(f *Field, l Layer) {
	fresh := f.At(l.Kind().New())
	reflect.ValueOf(f.At(l)).Elem().Set(reflect.ValueOf(fresh).Elem())
}
