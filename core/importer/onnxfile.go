package importer

import (
	"errors"
	"math"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// What a file holds, as far as a network needs it (onnx/onnx.proto). Field
// numbers stand beside the fields they fill.

type onnxModel struct {
	producer string
	opset    int64 // of the operators of ONNX itself
	graph    *onnxGraph
	funcs    map[string]*onnxGraph // functions of the file, by domain and name
}

type onnxGraph struct {
	name    string
	nodes   []*onnxNode
	stored  []*onnxTensor // initializers
	inputs  []onnxInfo
	outputs []onnxInfo
	infos   []onnxInfo // value_info
	attrs   []string   // of a function: the attributes it takes
}

type onnxNode struct {
	name, op, domain string
	in, out          []string
	attrs            map[string]*onnxAttr
}

type onnxAttr struct {
	i      int64
	f      float32
	s      string
	ints   []int64
	floats []float32
	t      *onnxTensor
	g      *onnxGraph
	ref    string // in a function: the attribute of the caller that stands here
}

// An onnxInfo is the name, type and shape of a value. Extents that are not
// numbers are −1, and nil is no shape at all.
type onnxInfo struct {
	name string
	typ  int64
	dims []int64
	// said is what the first extent is called where it is not a number.
	said string
}

// An onnxTensor is a stored tensor: its shape, and where its elements lie.
type onnxTensor struct {
	name  string
	typ   int64
	dims  []int64
	parts []wireField // raw_data or packed data, by field number
	loose []float64   // elements written one by one, the first few
	ext   bool        // its data are in another file
}

// Types of elements (TensorProto.DataType).
const (
	onnxFloat, onnxUint8, onnxInt8, onnxUint16, onnxInt16, onnxInt32, onnxInt64  = 1, 2, 3, 4, 5, 6, 7
	onnxString, onnxBool, onnxFloat16, onnxDouble, onnxUint32, onnxUint64        = 8, 9, 10, 11, 12, 13
	onnxComplex64, onnxComplex128, onnxBfloat16, onnxFloat8First, onnxFloat8Last = 14, 15, 16, 17, 20
	onnxUint4, onnxInt4, onnxFloat4                                              = 21, 22, 23
)

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

// How much a file may say.
const (
	mostOnnxNodes = 10 * MaxNodes // before shape arithmetic is folded away
	mostOnnxNest  = 8             // graphs in attributes of graphs
	smallTensor   = 1024          // elements that shape arithmetic may have
)

var errOnnxNest = errors.New("graphs nest too deep")

type onnxReader struct {
	wire
	nodes int
}

// readOnnx reads the structure of a model.
func readOnnx(f *File) (*onnxModel, error) {
	r := &onnxReader{wire: wire{f: f}}
	m := &onnxModel{funcs: map[string]*onnxGraph{}}
	err := r.message(0, f.Size, func(p wireField) (err error) {
		switch {
		case p.typ != protowire.BytesType:
		case p.num == 2:
			m.producer, err = r.text(p)
		case p.num == 7:
			m.graph, err = r.graph(p, 0)
		case p.num == 8:
			err = r.opset(m, p)
		case p.num == 25:
			err = r.function(m, p)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if m.graph == nil {
		return nil, diag.New(catalog.ImportNoLayers, "ONNX")
	}
	return m, nil
}

func (r *onnxReader) opset(m *onnxModel, p wireField) error {
	var domain string
	var version int64
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		switch {
		case p.num == 1 && p.typ == protowire.BytesType:
			domain, err = r.text(p)
		case p.num == 2:
			version = int64(p.v)
		}
		return err
	})
	if domain == "" || domain == "ai.onnx" {
		m.opset = version
	}
	return err
}

func (r *onnxReader) function(m *onnxModel, p wireField) error {
	g := &onnxGraph{}
	var domain string
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		if p.typ != protowire.BytesType {
			return nil
		}
		var s string
		switch p.num {
		case 1:
			g.name, err = r.text(p)
		case 4:
			s, err = r.text(p)
			g.inputs = append(g.inputs, onnxInfo{name: s})
		case 5:
			s, err = r.text(p)
			g.outputs = append(g.outputs, onnxInfo{name: s})
		case 7:
			err = r.node(g, p, 0)
		case 10:
			domain, err = r.text(p)
		}
		return err
	})
	m.funcs[domain+"/"+g.name] = g
	return err
}

func (r *onnxReader) graph(p wireField, nest int) (*onnxGraph, error) {
	if nest > mostOnnxNest {
		return nil, errOnnxNest
	}
	g := &onnxGraph{}
	info := func(to *[]onnxInfo, p wireField) error {
		v, err := r.info(p)
		*to = append(*to, v)
		return err
	}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		if p.typ != protowire.BytesType {
			return nil
		}
		switch p.num {
		case 1:
			err = r.node(g, p, nest)
		case 2:
			g.name, err = r.text(p)
		case 5:
			err = r.stored(g, p)
		case 11:
			err = info(&g.inputs, p)
		case 12:
			err = info(&g.outputs, p)
		case 13:
			err = info(&g.infos, p)
		case 15: // sparse_initializer: its values, as a tensor of its dims
			err = r.sparse(g, p)
		}
		return err
	})
	return g, err
}

func (r *onnxReader) stored(g *onnxGraph, p wireField) error {
	t, err := r.tensor(p)
	if err == nil {
		g.stored = append(g.stored, t)
	}
	return err
}

func (r *onnxReader) sparse(g *onnxGraph, p wireField) error {
	var dims []int64
	var t *onnxTensor
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		switch {
		case p.num == 1 && p.typ == protowire.BytesType:
			t, err = r.tensor(p)
		case p.num == 3:
			dims, err = r.whole(dims, p)
		}
		return err
	})
	if err == nil && t != nil {
		t.parts, t.loose = nil, nil
		t.dims = dims
		g.stored = append(g.stored, t)
	}
	return err
}

func (r *onnxReader) node(g *onnxGraph, p wireField, nest int) error {
	if r.nodes++; r.nodes > mostOnnxNodes {
		return diag.New(catalog.ImportTooManyNodes, r.nodes, mostOnnxNodes)
	}
	if err := r.keep(64); err != nil {
		return err
	}
	n := &onnxNode{attrs: map[string]*onnxAttr{}}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		if p.typ != protowire.BytesType {
			return nil
		}
		var s string
		switch p.num {
		case 1:
			s, err = r.text(p)
			n.in = append(n.in, s)
		case 2:
			s, err = r.text(p)
			n.out = append(n.out, s)
		case 3:
			n.name, err = r.text(p)
		case 4:
			n.op, err = r.text(p)
		case 5:
			err = r.attr(n, p, nest)
		case 7:
			n.domain, err = r.text(p)
		}
		if err == nil {
			err = r.keep(16)
		}
		return err
	})
	if n.domain == "ai.onnx" {
		n.domain = ""
	}
	g.nodes = append(g.nodes, n)
	return err
}

func (r *onnxReader) attr(n *onnxNode, p wireField, nest int) error {
	a := &onnxAttr{}
	var name string
	if err := r.keep(64); err != nil {
		return err
	}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		switch p.num {
		case 2:
			a.f = math.Float32frombits(uint32(p.v))
			return nil
		case 3:
			a.i = int64(p.v)
			return nil
		case 7:
			a.floats, err = r.floats(a.floats, p)
			return err
		case 8:
			a.ints, err = r.whole(a.ints, p)
			return err
		}
		if p.typ != protowire.BytesType {
			return nil
		}
		switch p.num {
		case 1:
			name, err = r.text(p)
		case 4:
			if p.end-p.at <= leastWindow { // longer ones are code and data of others
				a.s, err = r.text(p)
			}
		case 5:
			a.t, err = r.tensor(p)
		case 6:
			a.g, err = r.graph(p, nest+1)
		case 21:
			a.ref, err = r.text(p)
		case 22: // sparse_tensor
			g := &onnxGraph{}
			if err = r.sparse(g, p); err == nil && len(g.stored) > 0 {
				a.t = g.stored[0]
			}
		}
		return err
	})
	n.attrs[name] = a
	return err
}

func (r *onnxReader) floats(to []float32, p wireField) ([]float32, error) {
	if p.typ == protowire.Fixed32Type {
		return append(to, math.Float32frombits(uint32(p.v))), r.keep(4)
	}
	b, err := r.bytes(p)
	for err == nil && len(b) >= 4 {
		v, _ := protowire.ConsumeFixed32(b)
		to, b = append(to, math.Float32frombits(v)), b[4:]
	}
	return to, err
}

// tensor reads where a tensor's elements lie, not what they are.
func (r *onnxReader) tensor(p wireField) (*onnxTensor, error) {
	t := &onnxTensor{}
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
func (t *onnxTensor) data(f *File) []float64 {
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

// info reads a ValueInfoProto: name 1, type 2 {tensor_type 1 {elem_type 1,
// shape 2 {dim 1 {dim_value 1, dim_param 2}}}}.
func (r *onnxReader) info(p wireField) (onnxInfo, error) {
	var v onnxInfo
	if err := r.keep(64); err != nil {
		return v, err
	}
	dim := func(p wireField) error {
		n := int64(-1)
		said := ""
		err := r.message(p.at, p.end, func(p wireField) (err error) {
			switch {
			case p.num == 1 && p.typ == protowire.VarintType:
				n = int64(p.v)
			case p.num == 2 && p.typ == protowire.BytesType:
				said, err = r.text(p)
			}
			return err
		})
		if n < -1 || n > num.MaxExtent {
			n = -1
		}
		if len(v.dims) == 0 {
			v.said = strings.TrimSpace(said)
		}
		if len(v.dims) > 64 {
			return errWire
		}
		v.dims = append(v.dims, n)
		return err
	}
	inner := func(want protowire.Number, then func(wireField) error) func(wireField) error {
		return func(p wireField) error {
			if p.num == want && p.typ == protowire.BytesType {
				return then(p)
			}
			return nil
		}
	}
	shape := func(p wireField) error {
		v.dims = []int64{}
		return r.message(p.at, p.end, inner(1, dim))
	}
	tensor := func(p wireField) error {
		return r.message(p.at, p.end, func(p wireField) error {
			if p.num == 1 && p.typ == protowire.VarintType {
				v.typ = int64(p.v)
			}
			return inner(2, shape)(p)
		})
	}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		switch {
		case p.num == 1 && p.typ == protowire.BytesType:
			v.name, err = r.text(p)
		case p.num == 2 && p.typ == protowire.BytesType:
			err = r.message(p.at, p.end, inner(1, tensor))
		}
		return err
	})
	return v, err
}

// startsOnnx reports whether a file begins as a ModelProto does: with fields it
// has, of the types they have, and the version of its format first among them.
func startsOnnx(head []byte) bool {
	const varint, bytes = protowire.VarintType, protowire.BytesType
	types := map[protowire.Number]protowire.Type{1: varint, 2: bytes, 3: bytes, 4: bytes, 5: varint, 6: bytes, 7: bytes, 8: bytes, 14: bytes, 20: bytes, 25: bytes, 26: bytes}
	version, fields := false, 0
	for b := head; len(b) > 0 && fields < 8; fields++ {
		n, typ, k := protowire.ConsumeTag(b)
		if k < 0 || types[n] != typ || n == 5 != (typ == varint) && n != 1 {
			return false
		}
		v, m := protowire.ConsumeVarint(b[k:])
		if m < 0 {
			return false
		}
		b = b[k+m:]
		switch {
		case n == 1:
			version = v >= 1 && v < 100
			if !version {
				return false
			}
		case typ == bytes && v > uint64(len(b)):
			return version && (n == 7 || n == 25 || n == 14 || n == 8)
		case typ == bytes:
			b = b[v:]
		}
	}
	return version && fields > 1
}
