package onnx

import (
	"math"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
)

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
