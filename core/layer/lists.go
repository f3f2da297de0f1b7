package layer

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Wholes is a list of up to MaxRank whole numbers, negative ones too: the
// dimensions 2x3, the steps -3x-3. The zero Wholes is "not given".
type Wholes struct {
	n uint8
	v [MaxRank]int64
}

// Len returns how many numbers were written.
func (w Wholes) Len() int { return int(w.n) }

// At returns number i.
func (w Wholes) At(i int) int64 { return w.v[i] }

// Text implements Value.
func (w *Wholes) Text() string {
	n, end := held(w.n, len(w.v))
	var b strings.Builder
	for i := range w.v[:n] {
		if i > 0 {
			b.WriteByte('x')
		}
		b.WriteString(strconv.FormatInt(w.At(i), 10))
	}
	return b.String() + end
}

// Unset implements Value.
func (w *Wholes) Unset() bool { return w.n == 0 }

// Parse implements Value.
func (w *Wholes) Parse(s string) *diag.Diag {
	var fresh Wholes
	parts := strings.Split(strings.ReplaceAll(s, "×", "x"), "x")
	if len(parts) > MaxRank {
		return diag.New(catalog.TooManyExtents, Quote(s), MaxRank)
	}
	for i, p := range parts {
		n, fault := num.ParseWhole(strings.TrimPrefix(p, "-"))
		if fault == num.ParsedOK && n > math.MaxInt32 {
			return diag.New(catalog.OutOfRange, Quote(s), num.Of(-math.MaxInt32).Grouped(), num.Of(math.MaxInt32).Grouped())
		}
		if fault != num.ParsedOK {
			return numberFault(fault, s, catalog.WantWholes)
		}
		if p[0] == '-' {
			n = -n
		}
		fresh.v[i] = n
	}
	fresh.n = uint8(len(parts))
	*w = fresh
	return nil
}

// axes returns the indices of the dimensions written in w into one sample of x,
// each once.
func (w Wholes) axes(field string, x tensor.Shape) ([]bool, *diag.Diag) {
	set := make([]bool, len(x))
	for i := range w.v[:w.n] {
		at, ok := axis(w.At(i), len(x))
		if !ok {
			return nil, badAxis(field, w.At(i), x)
		}
		set[at] = true
	}
	return set, nil
}

// A Word is a name that another program gave: a class, an operator. It begins
// with a letter and holds letters, digits, and _ - . / only.
type Word struct{ s string }

// maxWord is how many characters a Word may have.
const maxWord = 100

// WordOf returns s with every character that a Word cannot hold made a _, "" if
// nothing is left.
func WordOf(s string) Word {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	s = strings.Map(func(r rune) rune {
		if inWord(r) {
			return r
		}
		return '_'
	}, s)
	if r := []rune(s); len(r) > maxWord {
		s = string(r[:maxWord])
	}
	return Word{s}
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || strings.ContainsRune("_-./", r)
}

// Text implements Value.
func (w *Word) Text() string { return w.s }

// Unset implements Value.
func (w *Word) Unset() bool { return w.s == "" }

// Parse implements Value.
func (w *Word) Parse(s string) *diag.Diag {
	if s == "" || len(s) > utf8.UTFMax*maxWord || WordOf(s).s != s {
		return diag.New(catalog.BadValue, Quote(s), catalog.WantWord)
	}
	w.s = s
	return nil
}

// A Tensors is a list of the shapes of tensors: 64x3x7x7,64. A scalar is [], an
// extent that is not known ?, and no tensors at all are none. The zero Tensors
// is "not given".
type Tensors struct {
	text   string
	shapes []tensor.Shape // never changed
}

const (
	noTensors  = "none"
	scalar     = "[]"
	maxTensors = 1000
)

// TensorsOf returns a list of shapes that can be written: tensors without
// elements are left out, and of a shape of more than MaxRank extents the last are
// multiplied. What is beyond num.MaxExtent is unknown.
func TensorsOf(shapes ...tensor.Shape) Tensors {
	t := Tensors{text: noTensors}
	var texts []string
	for _, s := range shapes {
		s = writable(s)
		if slices.ContainsFunc(s, func(d tensor.Dim) bool { return d.N == 0 }) {
			continue
		}
		text := strings.ReplaceAll(s.String(), "×", "x")
		if len(s) == 0 && s != nil {
			text = scalar
		}
		texts = append(texts, text)
		t.shapes = append(t.shapes, s)
	}
	if len(texts) > 0 {
		t.text = strings.Join(texts, ",")
	}
	return t
}

func writable(s tensor.Shape) tensor.Shape {
	for _, d := range s {
		if d.N > num.MaxExtent {
			return tensor.Of(tensor.Unknown)
		}
	}
	if len(s) <= MaxRank {
		return s
	}
	n, ok := product(s[MaxRank-1:])
	if !ok {
		n = tensor.Unknown
	}
	return append(append(tensor.Shape{}, s[:MaxRank-1]...), tensor.Dim{N: n})
}

// Text implements Value.
func (t *Tensors) Text() string { return t.text }

// Unset implements Value.
func (t *Tensors) Unset() bool { return t.text == "" }

// Parse implements Value.
func (t *Tensors) Parse(s string) *diag.Diag {
	parts := strings.Split(s, ",")
	switch {
	case s == noTensors:
		*t = TensorsOf()
		return nil
	case len(parts) > maxTensors:
		return diag.New(catalog.TooManyExtents, Quote(s), maxTensors)
	}
	shapes := make([]tensor.Shape, len(parts))
	for i, p := range parts {
		if p == scalar {
			shapes[i] = tensor.Shape{}
			continue
		}
		e := Extents{Most: MaxRank}
		if d := e.Parse(p); d != nil {
			if d.Say.Key == catalog.BadValue {
				return diag.New(catalog.BadValue, Quote(s), catalog.WantTensors)
			}
			return d
		}
		shapes[i] = e.shape()
	}
	*t = TensorsOf(shapes...)
	return nil
}
