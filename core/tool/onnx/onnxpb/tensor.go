package onnxpb

import (
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A Tensor is a stored tensor. Only small ones that lie in the file have their
// elements at hand.
type Tensor struct {
	Name string
	Type int64
	Dims []int64
	Data []float64 // nil: too many, elsewhere, or of a type that is not read
	Mask bool      // it has −∞ among its first elements, as what is added to hide others

	packed []wireField // raw_data or packed data, by field number
	loose  []float64   // elements written one by one, the first few
}

// IsFloat reports whether a type is one of numbers that are no whole numbers.
func IsFloat(typ int64) bool {
	switch typ {
	case Float, Float16, Double, Complex64, Complex128, Bfloat16, Float4:
		return true
	}
	return typ >= Float8First && typ <= Float8Last
}

// IsByte reports whether a type is one of whole numbers of at most eight bits.
func IsByte(typ int64) bool {
	return typ == Uint8 || typ == Int8 || typ == Uint4 || typ == Int4
}

// tensor reads where a tensor's elements lie, not what they are.
func (r *reader) tensor(p wireField) (*Tensor, error) {
	t := &Tensor{Dims: []int64{}}
	if err := r.keep(64); err != nil {
		return nil, err
	}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		switch p.num {
		case 1:
			t.Dims, err = r.whole(t.Dims, p)
		case 2:
			t.Type = int64(p.v)
		case 4, 5, 7, 9, 10, 11:
			switch {
			case p.typ == protowire.BytesType:
				if len(t.packed) < 8 {
					t.packed = append(t.packed, p)
				}
			case len(t.loose) <= Small:
				t.loose = append(t.loose, numberOf(p.num, p.v))
			}
		case 8:
			t.Name, err = r.text(p)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, d := range t.Dims {
		if d < 0 || d > num.MaxExtent || len(t.Dims) > 64 {
			return nil, diag.New(catalog.ImportOnnxShape, layer.Quote(t.Name), num.Of(d).Grouped())
		}
	}
	t.Data = r.elements(t)
	t.Mask = slices.Contains(r.begin(t), math.Inf(-1))
	t.packed, t.loose = nil, nil
	return t, r.keep(8 * int64(len(t.Data)))
}

// numberOf is an element of a data field of a tensor.
func numberOf(of protowire.Number, v uint64) float64 {
	switch of {
	case 4:
		return float64(math.Float32frombits(uint32(v)))
	case 10:
		return math.Float64frombits(v)
	case 11:
		return float64(v)
	case 5:
		return float64(int32(v))
	default:
		return float64(int64(v))
	}
}

// elements reads the elements of a small tensor, nil where there are too many or
// they are elsewhere.
func (r *reader) elements(t *Tensor) []float64 {
	n := int64(1)
	for _, d := range t.Dims {
		if n *= d; n > Small || n < 0 {
			return nil
		}
	}
	all := t.loose
	for _, p := range t.packed {
		if p.end-p.at > 16*Small {
			return nil
		}
		b, err := r.peek(p)
		if err != nil {
			return nil
		}
		all = append(all, t.unpack(p.num, b)...)
	}
	if int64(len(all)) != n {
		return nil
	}
	if t.Type == Float16 || t.Type == Bfloat16 {
		for _, p := range t.packed {
			if p.num == 5 { // int32_data hold the bits
				return nil
			}
		}
	}
	return all
}

// begin returns the first elements of a tensor, all that are at hand.
func (r *reader) begin(t *Tensor) []float64 {
	if t.Data != nil || !IsFloat(t.Type) || len(t.packed) == 0 {
		return t.Data
	}
	p := t.packed[0]
	p.end = min(p.end, p.at+8*Small)
	b, err := r.peek(p)
	if err != nil {
		return nil
	}
	return t.unpack(p.num, b)
}

// unpack reads raw_data, which are little-endian elements, or a packed field.
func (t *Tensor) unpack(of protowire.Number, b []byte) []float64 {
	var all []float64
	width := map[int64]int{
		Float: 4, Int32: 4, Uint32: 4, Int64: 8, Uint64: 8, Double: 8,
		Uint8: 1, Int8: 1, Bool: 1, Int16: 2, Uint16: 2, Float16: 2, Bfloat16: 2,
	}[t.Type]
	switch of {
	case 4:
		width = 4
	case 10:
		width = 8
	case 9:
	default:
		width = 0
		for len(b) > 0 {
			v, n := protowire.ConsumeVarint(b)
			if n < 0 {
				return nil
			}
			all, b = append(all, numberOf(of, v)), b[n:]
		}
	}
	for ; width > 0 && len(b) >= width; b = b[width:] {
		var v uint64
		for i := width - 1; i >= 0; i-- {
			v = v<<8 | uint64(b[i])
		}
		all = append(all, t.element(of, v))
	}
	return all
}

// element is one element by its bits.
func (t *Tensor) element(of protowire.Number, v uint64) float64 {
	if of != 9 {
		return numberOf(of, v)
	}
	switch t.Type {
	case Float:
		return float64(math.Float32frombits(uint32(v)))
	case Double:
		return math.Float64frombits(v)
	case Bfloat16:
		return float64(math.Float32frombits(uint32(v) << 16))
	case Float16:
		return binary16(uint16(v))
	case Int8:
		return float64(int8(v))
	case Int16:
		return float64(int16(v))
	case Int32:
		return float64(int32(v))
	case Int64:
		return float64(int64(v))
	default:
		return float64(v)
	}
}

// binary16 reads a number of 16 bits (IEEE 754 binary16).
func binary16(b uint16) float64 {
	sign, exp, frac := 1-2*float64(b>>15), int(b>>10&31), float64(b&1023)
	switch exp {
	case 0:
		return sign * math.Ldexp(frac, -24)
	case 31:
		if frac != 0 {
			return math.NaN()
		}
		return math.Inf(int(sign))
	default:
		return sign * math.Ldexp(1024+frac, exp-25)
	}
}
