// Package onnxpb reads the bytes of an ONNX file: a protobuf message, of which the
// weights are passed over. It knows no layers.
package onnxpb

import (
	"errors"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

// A Model is what a file holds, as far as a network needs it (onnx/onnx.proto).
type Model struct {
	Opset int64 // version of ONNX's own operators
	Graph *Graph
	Funcs map[string]*Graph // functions of the file, by domain/name
}

// A Graph is the body of a model, of a function, or of a branch or loop.
type Graph struct {
	Name    string
	Nodes   []*Node
	Stored  []*Tensor // initializers
	Inputs  []Info
	Outputs []Info
	Infos   []Info // value_info
}

// A Node is one operator with the names of its inputs and outputs; "" is one that
// is left out. The domain of ONNX itself is "".
type Node struct {
	Name, Op, Domain string
	In, Out          []string
	Attrs            map[string]*Attr
}

// An Attr is the value of an attribute, in the field of its type.
type Attr struct {
	Int    int64
	Float  float32
	Str    string
	Ints   []int64
	Floats []float32
	Tensor *Tensor
	Graph  *Graph
	Ref    string // in a function: the attribute of the caller that is meant
}

// An Info is the name, type and shape of a value. Extents that are not numbers
// are −1; nil is no shape at all.
type Info struct {
	Name string
	Type int64
	Dims []int64
}

// Types of elements (TensorProto.DataType).
const (
	Float, Uint8, Int8, Uint16, Int16, Int32, Int64          = 1, 2, 3, 4, 5, 6, 7
	String, Bool, Float16, Double, Uint32, Uint64            = 8, 9, 10, 11, 12, 13
	Complex64, Complex128, Bfloat16, Float8First, Float8Last = 14, 15, 16, 17, 20
	Uint4, Int4, Float4                                      = 21, 22, 23
)

// How much a file may hold.
const (
	MaxNodes = 10 * source.MaxNodes // before shape arithmetic is folded away
	MaxNest  = 8                    // graphs in attributes of graphs
	Small    = 1024                 // elements of a tensor that are read
)

var errNest = errors.New("graphs nest too deep")

type reader struct {
	wire
	nodes int
}

// Read reads the structure of a model, and the elements of small tensors.
func Read(f *source.File) (*Model, error) {
	r := &reader{wire: wire{f: f}}
	m := &Model{Funcs: map[string]*Graph{}}
	err := r.message(0, f.Size, func(p wireField) (err error) {
		switch {
		case p.typ != protowire.BytesType:
		case p.num == 7:
			m.Graph, err = r.graph(p, 0)
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
	if m.Graph == nil {
		return nil, diag.New(catalog.ImportNoLayers, "ONNX")
	}
	return m, nil
}

func (r *reader) opset(m *Model, p wireField) error {
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
		m.Opset = version
	}
	return err
}

func (r *reader) function(m *Model, p wireField) error {
	g := &Graph{}
	var domain string
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		if p.typ != protowire.BytesType {
			return nil
		}
		var s string
		switch p.num {
		case 1:
			g.Name, err = r.text(p)
		case 4:
			s, err = r.text(p)
			g.Inputs = append(g.Inputs, Info{Name: s})
		case 5:
			s, err = r.text(p)
			g.Outputs = append(g.Outputs, Info{Name: s})
		case 7:
			err = r.node(g, p, 0)
		case 10:
			domain, err = r.text(p)
		}
		return err
	})
	m.Funcs[domain+"/"+g.Name] = g
	return err
}

// Starts reports whether a file begins as a ModelProto does: with fields it
// has, of the types they have, and the version of its format first among them.
func Starts(head []byte) bool {
	const varint, bytes = protowire.VarintType, protowire.BytesType
	types := map[protowire.Number]protowire.Type{1: varint, 2: bytes, 3: bytes, 4: bytes, 5: varint, 6: bytes,
		7: bytes, 8: bytes, 14: bytes, 20: bytes, 25: bytes, 26: bytes}
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
