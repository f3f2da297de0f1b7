package onnx

import (
	"errors"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
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

// Types of elements (TensorProto.DataType).
const (
	onnxFloat, onnxUint8, onnxInt8, onnxUint16, onnxInt16, onnxInt32, onnxInt64  = 1, 2, 3, 4, 5, 6, 7
	onnxString, onnxBool, onnxFloat16, onnxDouble, onnxUint32, onnxUint64        = 8, 9, 10, 11, 12, 13
	onnxComplex64, onnxComplex128, onnxBfloat16, onnxFloat8First, onnxFloat8Last = 14, 15, 16, 17, 20
	onnxUint4, onnxInt4, onnxFloat4                                              = 21, 22, 23
)

// How much a file may say.
const (
	mostOnnxNodes = 10 * source.MaxNodes // before shape arithmetic is folded away
	mostOnnxNest  = 8                    // graphs in attributes of graphs
	smallTensor   = 1024                 // elements that shape arithmetic may have
)

var errOnnxNest = errors.New("graphs nest too deep")

type onnxReader struct {
	wire
	nodes int
}

// readOnnx reads the structure of a model.
func readOnnx(f *source.File) (*onnxModel, error) {
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
