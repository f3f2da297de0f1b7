package tensor

import "paramstack/core/num"

// A DType is an element type by its name and width.
type DType struct {
	Name string
	Bits int64
}

// The element types in which a network's size is shown.
var (
	Float32 = DType{"fp32", 32}
	Float16 = DType{"fp16", 16}
	Int8    = DType{"int8", 8}
)

// DTypes lists them, widest first.
var DTypes = []DType{Float32, Float16, Int8}

// Bytes returns the size of n elements, in bytes.
func (t DType) Bytes(n num.Int) num.Int { return n.Times(t.Bits / 8) }
