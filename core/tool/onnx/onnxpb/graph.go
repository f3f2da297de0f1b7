package onnxpb

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
)

func (r *reader) graph(p wireField, nest int) (*Graph, error) {
	if nest > MaxNest {
		return nil, errNest
	}
	g := &Graph{}
	info := func(to *[]Info, p wireField) error {
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
			g.Name, err = r.text(p)
		case 5:
			err = r.stored(g, p)
		case 11:
			err = info(&g.Inputs, p)
		case 12:
			err = info(&g.Outputs, p)
		case 13:
			err = info(&g.Infos, p)
		case 15: // sparse_initializer: its values, as a tensor of its dims
			err = r.sparse(g, p)
		}
		return err
	})
	return g, err
}

func (r *reader) stored(g *Graph, p wireField) error {
	t, err := r.tensor(p)
	if err == nil {
		g.Stored = append(g.Stored, t)
	}
	return err
}

func (r *reader) sparse(g *Graph, p wireField) error {
	var dims []int64
	var t *Tensor
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
		t.Data, t.Dims = nil, dims
		g.Stored = append(g.Stored, t)
	}
	return err
}

func (r *reader) node(g *Graph, p wireField, nest int) error {
	if r.nodes++; r.nodes > MaxNodes {
		return diag.New(catalog.ImportTooManyNodes, r.nodes, MaxNodes)
	}
	if err := r.keep(64); err != nil {
		return err
	}
	n := &Node{Attrs: map[string]*Attr{}}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		if p.typ != protowire.BytesType {
			return nil
		}
		var s string
		switch p.num {
		case 1:
			s, err = r.text(p)
			n.In = append(n.In, s)
		case 2:
			s, err = r.text(p)
			n.Out = append(n.Out, s)
		case 3:
			n.Name, err = r.text(p)
		case 4:
			n.Op, err = r.text(p)
		case 5:
			err = r.attr(n, p, nest)
		case 7:
			n.Domain, err = r.text(p)
		}
		if err == nil {
			err = r.keep(16)
		}
		return err
	})
	if n.Domain == "ai.onnx" {
		n.Domain = ""
	}
	g.Nodes = append(g.Nodes, n)
	return err
}

func (r *reader) attr(n *Node, p wireField, nest int) error {
	a := &Attr{}
	var name string
	if err := r.keep(64); err != nil {
		return err
	}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		switch p.num {
		case 2:
			a.Float = math.Float32frombits(uint32(p.v))
			return nil
		case 3:
			a.Int = int64(p.v)
			return nil
		case 7:
			a.Floats, err = r.floats(a.Floats, p)
			return err
		case 8:
			a.Ints, err = r.whole(a.Ints, p)
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
				a.Str, err = r.text(p)
			}
		case 5:
			a.Tensor, err = r.tensor(p)
		case 6:
			a.Graph, err = r.graph(p, nest+1)
		case 21:
			a.Ref, err = r.text(p)
		case 22: // sparse_tensor
			g := &Graph{}
			if err = r.sparse(g, p); err == nil && len(g.Stored) > 0 {
				a.Tensor = g.Stored[0]
			}
		}
		return err
	})
	n.Attrs[name] = a
	return err
}

func (r *reader) floats(to []float32, p wireField) ([]float32, error) {
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
func (r *reader) info(p wireField) (Info, error) {
	var v Info
	if err := r.keep(64); err != nil {
		return v, err
	}
	dim := func(p wireField) error {
		n := int64(-1)
		err := r.message(p.at, p.end, func(p wireField) (err error) {
			if p.num == 1 && p.typ == protowire.VarintType {
				n = int64(p.v)
			}
			return nil
		})
		if n < -1 || n > num.MaxExtent {
			n = -1
		}
		if len(v.Dims) > 64 {
			return errWire
		}
		v.Dims = append(v.Dims, n)
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
		v.Dims = []int64{}
		return r.message(p.at, p.end, inner(1, dim))
	}
	tensor := func(p wireField) error {
		return r.message(p.at, p.end, func(p wireField) error {
			if p.num == 1 && p.typ == protowire.VarintType {
				v.Type = int64(p.v)
			}
			return inner(2, shape)(p)
		})
	}
	err := r.message(p.at, p.end, func(p wireField) (err error) {
		switch {
		case p.num == 1 && p.typ == protowire.BytesType:
			v.Name, err = r.text(p)
		case p.num == 2 && p.typ == protowire.BytesType:
			err = r.message(p.at, p.end, inner(1, tensor))
		}
		return err
	})
	return v, err
}
