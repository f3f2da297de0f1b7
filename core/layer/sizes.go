package layer

import (
	"math"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// Sides are counts of cells before and after each dimension: 1 all around, 1x2
// for height and width, 1+2x3+4 for top 1, bottom 2, left 3 and right 4. With one
// entry more than there are spatial dimensions the first is for the channels.
// The zero Sides is "not given".
type Sides struct {
	n uint8
	v [MaxSpatial + 1][2]int64
	// Least is the smallest number allowed.
	Least int64
}

// At returns the cells before and after extent j of a sample of a rank.
func (s Sides) At(j, rank int) (before, after int64) {
	if s.n == 1 {
		j = min(j, 1) - 1
	} else {
		j -= rank - int(s.n)
	}
	if j < 0 {
		return 0, 0
	}
	return s.v[j][0], s.v[j][1]
}

// fits refuses another number of entries than x has extents.
func (s Sides) fits(field string, x tensor.Shape) *diag.Diag {
	if n := int(s.n); n != 1 && n != len(x) && n != len(x)-1 {
		return diag.New(catalog.WrongEntries, catalog.FieldName(field), n, len(x)-1).On(field)
	}
	return nil
}

// Text implements Value.
func (s *Sides) Text() string {
	n, end := held(s.n, len(s.v))
	var b strings.Builder
	for i, v := range s.v[:n] {
		if i > 0 {
			b.WriteByte('x')
		}
		b.WriteString(strconv.FormatInt(v[0], 10))
		if v[1] != v[0] {
			b.WriteByte('+')
			b.WriteString(strconv.FormatInt(v[1], 10))
		}
	}
	return b.String() + end
}

// Unset implements Value.
func (s *Sides) Unset() bool { return s.n == 0 }

// Parse implements Value.
func (s *Sides) Parse(text string) *diag.Diag {
	fresh := Sides{Least: s.Least}
	parts := strings.Split(strings.ReplaceAll(text, "×", "x"), "x")
	if len(parts) > len(fresh.v) {
		return diag.New(catalog.TooManyExtents, Quote(text), len(fresh.v))
	}
	for i, part := range parts {
		before, after, two := strings.Cut(part, "+")
		if !two {
			after = before
		}
		for j, one := range [2]string{before, after} {
			digits, negative := strings.CutPrefix(one, "-")
			n, fault := num.ParseWhole(digits)
			if fault != num.ParsedOK {
				return numberFault(fault, text, catalog.WantSides)
			}
			if negative {
				n = -n
			}
			if n < s.Least || n > math.MaxInt32 {
				return diag.New(catalog.OutOfRange, Quote(text), num.Of(s.Least).Grouped(), num.Of(math.MaxInt32).Grouped())
			}
			fresh.v[i][j] = n
		}
	}
	fresh.n = uint8(len(parts))
	*s = fresh
	return nil
}

// Reals are one decimal number for each spatial dimension; a single one applies to
// all of them. The zero Reals is "not given".
type Reals struct {
	n uint8
	v [MaxSpatial]float64
	// Above and Below bound the numbers; neither is allowed itself.
	Above, Below float64
}

// At returns the number for spatial dimension i.
func (r Reals) At(i int) float64 {
	if r.n == 1 {
		return r.v[0]
	}
	return r.v[i]
}

// Text implements Value.
func (r *Reals) Text() string {
	n, end := held(r.n, len(r.v))
	parts := make([]string, n)
	for i := range parts {
		parts[i] = (&Real{V: r.v[i]}).Text()
	}
	return strings.Join(parts, "x") + end
}

// Unset implements Value.
func (r *Reals) Unset() bool { return r.n == 0 }

// Parse implements Value. Equal numbers are kept as one: 2x2 is 2.
func (r *Reals) Parse(text string) *diag.Diag {
	fresh := Reals{Above: r.Above, Below: r.Below}
	parts := strings.Split(strings.ReplaceAll(text, "×", "x"), "x")
	if len(parts) > MaxSpatial {
		return diag.New(catalog.TooManyExtents, Quote(text), MaxSpatial)
	}
	uniform := true
	for i, part := range parts {
		one := AnyReal(0)
		if d := one.Parse(part); d != nil {
			return diag.New(catalog.BadValue, Quote(text), catalog.WantReals)
		}
		if one.V <= r.Above || one.V >= r.Below {
			return diag.New(catalog.NotBetween, Quote(text), (&Real{V: r.Above}).Text(), (&Real{V: r.Below}).Text())
		}
		fresh.v[i] = one.V
		uniform = uniform && one.V == fresh.v[0]
	}
	fresh.n = uint8(len(parts))
	if uniform {
		fresh = Reals{n: 1, v: [MaxSpatial]float64{fresh.v[0]}, Above: r.Above, Below: r.Below}
	}
	*r = fresh
	return nil
}

// fits refuses another number of entries than the input has spatial dimensions.
func (r Reals) fits(field string, dims int) *diag.Diag {
	if n := int(r.n); n > 1 && n != dims {
		return diag.New(catalog.WrongEntries, catalog.FieldName(field), n, dims).On(field)
	}
	return nil
}
