package onnx

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/source"
)

// An onnxTensor is a stored tensor: its shape, and where its elements lie.
type onnxTensor struct {
	name  string
	typ   int64
	dims  []int64
	parts []wireField // raw_data or packed data, by field number
	loose []float64   // elements written one by one, the first few
	ext   bool        // its data are in another file
}

// isFloat reports whether a type is one of numbers that are no whole numbers.
func isFloat(typ int64) bool {
	switch typ {
	case onnxFloat, onnxFloat16, onnxDouble, onnxComplex64, onnxComplex128, onnxBfloat16, onnxFloat4:
		return true
	}
	return typ >= onnxFloat8First && typ <= onnxFloat8Last
}

// isByte reports whether a type is one of whole numbers of at most eight bits.
func isByte(typ int64) bool {
	return typ == onnxUint8 || typ == onnxInt8 || typ == onnxUint4 || typ == onnxInt4
}

// tensor reads where a tensor's elements lie, not what they are.
func (r *onnxReader) tensor(p wireField) (*onnxTensor, error) {
	t := &onnxTensor{dims: []int64{}}
	if err := r.keep(64); err != nil {
		return nil, err
	}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		switch p.num {
		case 1:
			t.dims, err = r.whole(t.dims, p)
		case 2:
			t.typ = int64(p.v)
		case 4, 5, 7, 9, 10, 11:
			switch {
			case p.typ == protowire.BytesType:
				if len(t.parts) < 8 {
					t.parts = append(t.parts, p)
				}
			case len(t.loose) <= smallTensor:
				t.loose = append(t.loose, onnxNumber(p.num, p.v))
			}
		case 8:
			t.name, err = r.text(p)
		case 14:
			t.ext = p.v == 1
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, d := range t.dims {
		if d < 0 || d > num.MaxExtent || len(t.dims) > 64 {
			return nil, diag.New(catalog.ImportOnnxShape, layer.Quote(t.name), num.Of(d).Grouped())
		}
	}
	return t, nil
}

// onnxNumber is an element of a data field of a tensor.
func onnxNumber(of protowire.Number, v uint64) float64 {
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

// data returns the elements of a small tensor, nil where there are too many or
// they are elsewhere.
func (t *onnxTensor) data(f *source.File) []float64 {
	n := int64(1)
	for _, d := range t.dims {
		if n *= d; n > smallTensor || n < 0 {
			return nil
		}
	}
	all := t.loose
	for _, p := range t.parts {
		if p.end-p.at > 16*smallTensor {
			return nil
		}
		b, err := f.Read(p.at, p.end-p.at)
		if err != nil {
			return nil
		}
		all = append(all, t.unpack(p.num, b)...)
	}
	if int64(len(all)) != n {
		return nil
	}
	if t.typ == onnxFloat16 || t.typ == onnxBfloat16 {
		for _, p := range t.parts {
			if p.num == 5 { // int32_data hold the bits
				return nil
			}
		}
	}
	return all
}

// unpack reads raw_data, which are little-endian elements, or a packed field.
func (t *onnxTensor) unpack(of protowire.Number, b []byte) []float64 {
	var all []float64
	width := map[int64]int{
		onnxFloat: 4, onnxInt32: 4, onnxUint32: 4, onnxInt64: 8, onnxUint64: 8, onnxDouble: 8,
		onnxUint8: 1, onnxInt8: 1, onnxBool: 1, onnxInt16: 2, onnxUint16: 2, onnxFloat16: 2, onnxBfloat16: 2,
	}[t.typ]
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
			all, b = append(all, onnxNumber(of, v)), b[n:]
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
func (t *onnxTensor) element(of protowire.Number, v uint64) float64 {
	if of != 9 {
		return onnxNumber(of, v)
	}
	switch t.typ {
	case onnxFloat:
		return float64(math.Float32frombits(uint32(v)))
	case onnxDouble:
		return math.Float64frombits(v)
	case onnxBfloat16:
		return float64(math.Float32frombits(uint32(v) << 16))
	case onnxFloat16:
		return binary16(uint16(v))
	case onnxInt8:
		return float64(int8(v))
	case onnxInt16:
		return float64(int16(v))
	case onnxInt32:
		return float64(int32(v))
	case onnxInt64:
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
