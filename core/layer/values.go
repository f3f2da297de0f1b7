package layer

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Width is a count of channels or features, as written: 96 or 48*2.
type Width struct{ num.Product }

// Text implements Value.
func (w *Width) Text() string { return w.String() }

// Unset implements Value.
func (w *Width) Unset() bool { return !w.IsSet() }

// Parse implements Value.
func (w *Width) Parse(s string) *diag.Diag {
	p, fault := num.ParseProduct(s)
	if fault != num.ParsedOK {
		return numberFault(fault, s, catalog.WantWidth)
	}
	w.Product = p
	return nil
}

// numberFault says what is wrong with a number.
func numberFault(fault num.ParseFault, got string, want catalog.Key) *diag.Diag {
	switch fault {
	case num.TooLarge:
		return diag.New(catalog.NumberTooLarge, Quote(got), num.Of(num.MaxExtent).Grouped())
	case num.TooMany:
		return diag.New(catalog.TooManyFactors, Quote(got), num.MaxFactors)
	case num.NotPositive:
		return diag.New(catalog.NotPositive, Quote(got))
	default:
		return diag.New(catalog.BadValue, Quote(got), want)
	}
}

// Quote returns what was received, shortened so that a sentence can hold it.
func Quote(s string) string {
	const most = 40
	r := []rune(s)
	if len(r) > most {
		s = string(r[:most]) + "…"
	}
	return "‘" + s + "’"
}

// A Whole is a whole number with bounds; below them it is "not given".
type Whole struct{ N, Min, Max int64 }

// Text implements Value.
func (w *Whole) Text() string { return strconv.FormatInt(w.N, 10) }

// Unset implements Value.
func (w *Whole) Unset() bool { return w.N < w.Min }

// Parse implements Value.
func (w *Whole) Parse(s string) *diag.Diag {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return diag.New(catalog.BadValue, Quote(s), catalog.WantWhole)
	}
	if n < w.Min || n > w.Max {
		return diag.New(catalog.OutOfRange, Quote(s), num.Of(w.Min).Grouped(), num.Of(w.Max).Grouped())
	}
	w.N = n
	return nil
}

// MaxSpatial is how many spatial dimensions a layer can have.
const MaxSpatial = 3

// A Size is one whole number for each spatial dimension; a single number applies to
// all of them. The zero Size is "not given".
type Size struct {
	n uint8
	v [MaxSpatial]int64
	// Least is the smallest number allowed: 1 for kernels and strides, 0 for padding.
	Least int64
}

// At returns the number for spatial dimension i.
func (s Size) At(i int) int64 {
	if s.n == 1 {
		return s.v[0]
	}
	return s.v[i]
}

// Fits reports whether s can serve so many spatial dimensions.
func (s Size) Fits(dims int) bool { return s.n <= 1 || int(s.n) == dims }

// Len returns how many numbers were written.
func (s Size) Len() int { return int(s.n) }

// Text implements Value.
func (s *Size) Text() string {
	n, end := held(s.n, len(s.v))
	var b strings.Builder
	for i := range s.v[:n] {
		if i > 0 {
			b.WriteByte('x')
		}
		b.WriteString(strconv.FormatInt(s.v[i], 10))
	}
	return b.String() + end
}

// Unset implements Value.
func (s *Size) Unset() bool { return s.n == 0 }

// Parse implements Value. Equal numbers are kept as one: 3x3 is 3.
func (s *Size) Parse(text string) *diag.Diag {
	parts := strings.FieldsFunc(text, isCross)
	fresh := Size{Least: s.Least}
	if len(parts) == 0 || len(parts) > MaxSpatial || strings.Join(parts, "x") != strings.ReplaceAll(text, "×", "x") {
		return diag.New(catalog.BadValue, Quote(text), catalog.WantSize)
	}
	for i, p := range parts {
		n, fault := num.ParseWhole(p)
		if fault != num.ParsedOK {
			return numberFault(fault, text, catalog.WantSize)
		}
		if n < s.Least || n > math.MaxInt32 {
			return diag.New(catalog.OutOfRange, Quote(text), num.Of(s.Least).Grouped(), num.Of(math.MaxInt32).Grouped())
		}
		fresh.v[i] = n
	}
	fresh.n = uint8(len(parts))
	if fresh.uniform() {
		fresh = Size{n: 1, v: [MaxSpatial]int64{fresh.v[0]}, Least: s.Least}
	}
	*s = fresh
	return nil
}

func (s Size) uniform() bool {
	for i := 1; i < int(s.n); i++ {
		if s.v[i] != s.v[0] {
			return false
		}
	}
	return s.n > 0
}

func isCross(r rune) bool { return r == 'x' || r == '×' }

// A Padding is a Size of cells added on both sides, or a rule.
type Padding struct {
	Size
	Rule  string // "", or one of Rules
	Rules string // the rules that the kind knows, divided by a comma and a space
}

// The padding rules. Where PyTorch has a rule of that name it is PyTorch's, and
// where only Keras has one, Keras'.
const (
	PadSame   = "same"       // as many positions as the input has, divided by the stride
	PadValid  = "valid"      // none
	PadKeras  = "keras-same" // Keras' same, where PyTorch has another
	PadCausal = "causal"     // all before, so that no output looks ahead
)

// PadRules lists every padding rule.
var PadRules = [...]string{PadSame, PadValid, PadKeras, PadCausal}

// Text implements Value.
func (p *Padding) Text() string {
	if p.Rule != "" {
		return p.Rule
	}
	return p.Size.Text()
}

// Unset implements Value.
func (p *Padding) Unset() bool { return p.Rule == "" && p.Size.Unset() }

// Parse implements Value.
func (p *Padding) Parse(s string) *diag.Diag {
	if p.Rules != "" && slices.Contains(strings.Split(p.Rules, ", "), s) {
		*p = Padding{Rule: s, Rules: p.Rules}
		return nil
	}
	size := Size{Least: 0}
	if d := size.Parse(s); d != nil {
		if d.Say.Key == catalog.BadValue && p.Rules != "" {
			return diag.New(catalog.BadValue, Quote(s), catalog.Say(catalog.WantPadding, p.Rules))
		}
		return d
	}
	*p = Padding{Size: size, Rules: p.Rules}
	return nil
}

// A Switch is on or off.
type Switch bool

// Text implements Value.
func (b *Switch) Text() string {
	if *b {
		return "on"
	}
	return "off"
}

// Unset implements Value.
func (b *Switch) Unset() bool { return false }

// Parse implements Value.
func (b *Switch) Parse(s string) *diag.Diag {
	switch strings.ToLower(s) {
	case "on", "true", "yes", "1":
		*b = true
	case "off", "false", "no", "0":
		*b = false
	default:
		return diag.New(catalog.BadValue, Quote(s), catalog.WantSwitch)
	}
	return nil
}

// A Real is a finite decimal number with bounds; below them it is "not given".
type Real struct{ V, Min, Max float64 }

// AnyReal returns a Real without bounds.
func AnyReal(v float64) Real { return Real{v, -math.MaxFloat64, math.MaxFloat64} }

// NoReal returns a Real without bounds that is not given yet.
func NoReal() Real { return AnyReal(math.Inf(-1)) }

// Text implements Value.
func (r *Real) Text() string { return strconv.FormatFloat(r.V, 'g', -1, 64) }

// Unset implements Value.
func (r *Real) Unset() bool { return r.V < r.Min }

// Parse implements Value.
func (r *Real) Parse(s string) *diag.Diag {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || len(s) > 40 {
		return diag.New(catalog.BadValue, Quote(s), catalog.WantReal)
	}
	if v < r.Min || v > r.Max {
		return diag.New(catalog.OutOfRange, Quote(s), (&Real{V: r.Min}).Text(), (&Real{V: r.Max}).Text())
	}
	r.V = v
	return nil
}

// A Choice is one of several words.
type Choice struct {
	Word string
	Of   []string
}

// Text implements Value.
func (c *Choice) Text() string { return c.Word }

// Unset implements Value.
func (c *Choice) Unset() bool { return false }

// Parse implements Value.
func (c *Choice) Parse(s string) *diag.Diag {
	for _, w := range c.Of {
		if w == s {
			c.Word = w
			return nil
		}
	}
	return diag.New(catalog.NotAChoice, Quote(s), strings.Join(c.Of, ", "))
}

// Extents are the sizes of a sample as typed: 3x227x227, with ? for an extent
// that is left open.
type Extents struct {
	n uint8
	v [MaxRank]int64
	// Most is how many numbers are allowed.
	Most int
}

// MaxRank is how many extents a shape may have where one is written.
const MaxRank = 6

// Len returns how many extents were written.
func (e Extents) Len() int { return int(e.n) }

// At returns extent i, or tensor.Unknown where it is left open.
func (e Extents) At(i int) int64 { return e.v[i] }

// LastFirst returns e with the last extent first: 28x28x1 is 1x28x28 channels first.
func (e Extents) LastFirst() Extents {
	if e.n > 1 {
		last := e.v[e.n-1]
		copy(e.v[1:e.n], e.v[:e.n-1])
		e.v[0] = last
	}
	return e
}

// Rest returns e without its first extent.
func (e Extents) Rest() Extents {
	if e.n > 1 {
		copy(e.v[:], e.v[1:e.n])
		e.n--
		e.v[e.n] = 0
	}
	return e
}

// Text implements Value.
func (e *Extents) Text() string {
	n, end := held(e.n, len(e.v))
	return strings.ReplaceAll(tensor.Of(e.v[:n]...).String(), "×", "x") + end
}

// Unset implements Value.
func (e *Extents) Unset() bool { return e.n == 0 }

// Parse implements Value.
func (e *Extents) Parse(s string) *diag.Diag {
	fresh := Extents{Most: e.Most}
	parts := strings.Split(strings.ReplaceAll(s, "×", "x"), "x")
	if len(parts) > e.Most {
		return diag.New(catalog.TooManyExtents, Quote(s), e.Most)
	}
	for i, p := range parts {
		if p == "?" || p == "-1" { // -1 as in torch.reshape
			fresh.v[i] = tensor.Unknown
			continue
		}
		n, fault := num.ParseWhole(p)
		if fault == num.ParsedOK && n == 0 {
			fault = num.NotPositive
		}
		if fault != num.ParsedOK {
			return numberFault(fault, s, catalog.WantExtents)
		}
		fresh.v[i] = n
	}
	fresh.n = uint8(len(parts))
	*e = fresh
	return nil
}
