package onnx

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/onnx/onnxpb"
)

// opaque makes a layer of a node that has no rules here: with the weights that the
// file declares for it and the shape it states.
func (c conversion) opaque() {
	c.count(c.counts.opaque, c.Op)
	var in []*value
	attrs, open := attrTensors(c.node)
	held := append(inside(c, c.node, map[string]*constant{}, 0), attrs...)
	for i := range c.In {
		if k := c.constant(i); k != nil {
			held = append(held, holding{k, roleAt(c.node, i)})
		}
	}
	taken := map[string]bool{}
	for i, name := range c.Uses() { // what inner graphs use enters too
		v := c.value(name)
		if v == nil || v.fixed != nil || i >= len(c.In) && taken[name] {
			continue
		}
		taken[name] = true
		s := c.settle(v)
		if s == nil {
			s = c.settle(v.base) // in the extents it has
		}
		if s != nil {
			in = append(in, s)
		}
	}
	if len(in) == 0 {
		// Nothing enters: a table of random numbers, a constant too large to compute.
		for i, o := range c.Out {
			info := c.stated[o]
			c.bindConstant(i, &constant{dims: info.Dims, float: onnxpb.IsFloat(info.Type), roots: rootsOf(held)})
		}
		return
	}
	own := declared(c, held)
	own.open = open
	for i, name := range c.Out {
		if i > 0 && !c.needed(i) || name == "" {
			continue
		}
		v := &value{name: name, batch: noBatch}
		if info, stated := c.stated[name]; stated {
			c.fits(v, info, in)
		} else if i == 0 {
			infer(c, v)
		}
		n := graph.Node{Name: c.freeName(c.node, draft{}), Layer: unknown(c, v.sample, own), Keep: len(own.stored) > 0}
		for _, x := range in {
			n.Inputs = append(n.Inputs, x.node)
		}
		r, _ := layer.Apply(n.Layer, nil)
		c.Push(n, r.Out)
		for _, s := range own.stored {
			graph.Put(&c.Builder, c.owners, s, n.Name)
		}
		if v.node, v.sample = n.Name, r.Out; r.Out == nil {
			v.batch = noBatch
		}
		c.bind(i, v)
		own = holdings{}
	}
}

// side makes a layer of its own of output i, without weights.
func side(c conversion, i int, name, kind string) {
	conversion{c.lowering, &node{Name: c.Name + "." + name, Op: c.Op + kind, In: c.In[:1], Out: c.Out[i : i+1]}}.opaque()
}

// unknown is an opaque layer with a sample, which may be unknown.
func unknown(c conversion, sample tensor.Shape, own holdings) layer.Layer {
	weights := listed(own.weights)
	if own.open {
		weights = nil
	}
	l := graph.Opaque(c.Op, weights, listed(own.buffers), sample).(*layer.Opaque)
	if !multiplies[c.Op] && len(own.stored) == 0 && c.Domain == "" {
		l.MACs.N = 0
	}
	return l
}

// holdings are the stored tensors that an opaque layer declares.
type holdings struct {
	weights, buffers []tensor.Shape
	stored           []*stored
	open             bool // it has others, which are unknown
}

// maxListed is how many tensors an opaque layer lists one by one.
const maxListed = 500

// listed are tensors as a layer lists them. Very many become one that is as large.
func listed(shapes []tensor.Shape) []tensor.Shape {
	if len(shapes) <= maxListed {
		return append([]tensor.Shape{}, shapes...) // none is not unknown
	}
	var sum num.Int
	for _, s := range shapes {
		n, ok := s.Elements()
		if !ok {
			return []tensor.Shape{tensor.Of(tensor.Unknown)}
		}
		sum = sum.Add(n)
	}
	n, ok := sum.Int64()
	if !ok || n > num.MaxExtent {
		n = tensor.Unknown
	}
	return []tensor.Shape{tensor.Of(n)}
}

// A holding is a constant that a node has, and what it is there.
type holding struct {
	constant *constant
	role     role
}

// declared returns the tensors that no layer has yet: tables of numbers are
// weights, of bytes too where these are quantised; single numbers, statistics, and
// what the exporter computed are buffers.
func declared(c conversion, held []holding) (own holdings) {
	seen := map[*stored]bool{}
	for _, h := range held {
		for _, r := range h.constant.roots {
			if seen[r] {
				continue
			}
			seen[r] = true
			c.use(r)
			if c.owners[r] != "" || c.scales[r] || h.role == option || h.role == scaling || r.elements().IsZero() {
				continue
			}
			many := r.elements().Cmp(single) > 0
			if !r.float && !(many && r.byte && (h.role == learned || h.role == foreign)) {
				continue
			}
			shape := tensor.Of(shortened(r.dims)...)
			computed := h.role != learned && c.isComputed(r)
			if h.role == statistic || computed || !many && !(r.perhaps() && isNamed(r)) {
				own.buffers = append(own.buffers, shape)
			} else {
				own.weights = append(own.weights, shape)
			}
			own.stored = append(own.stored, r)
		}
	}
	return own
}

// fits sets the shape of a value that the file states, with the batch at the place
// where an input has it.
func (l *lowering) fits(v *value, info onnxpb.Info, in []*value) {
	dims := info.Dims
	for _, x := range in {
		if p := x.batch; p >= 0 && p < len(dims) && (dims[p] == l.batch.size || dims[p] < 0) && v.batch == noBatch {
			v.batch = p
			dims = slices.Delete(slices.Clone(dims), p, p+1)
		}
	}
	v.sample = tensor.Of(dims...)
}

func rootsOf(held []holding) []*stored {
	var all []*stored
	for _, h := range held {
		for _, r := range h.constant.roots {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// shortened makes dims short enough for a stack text: the first extents as one.
func shortened(dims []int64) []int64 {
	for len(dims) > layer.MaxRank {
		n := num.Of(dims[0]).Times(dims[1])
		one, ok := n.Int64()
		if !ok || one > num.MaxExtent {
			return []int64{tensor.Unknown}
		}
		dims = append([]int64{one}, dims[2:]...)
	}
	return dims
}
