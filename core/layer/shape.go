package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// spatial returns how many spatial dimensions a sample has, if a layer that
// slides a window can take it: C×L, C×H×W or C×D×H×W.
func spatial(in tensor.Shape) (int, *diag.Diag) {
	n := len(in) - 1
	if n < 1 || n > MaxSpatial {
		return 0, mapAgain(in, diag.New(catalog.NeedsImage, in.String()))
	}
	return n, nil
}

// mapAgain adds the remedies for a layer that needs a map and receives a vector: the
// flatten that made it of one goes, or the vector becomes a map of one position.
func mapAgain(in tensor.Shape, d *diag.Diag) *diag.Diag {
	if len(in) != 1 || !in.Known() {
		return d
	}
	if len(in[0].Parts) > 1 {
		d.AddFix(diag.Fix{Op: diag.Remove, Node: in[0].From})
	}
	return d.AddFix(diag.Fix{Op: diag.InsertBefore, Value: "reshape " + in.String() + "x1x1"})
}

// open returns channels followed by so many unknown extents: what is
// known of the output of a layer whose window slides over something unknown.
func open(channels tensor.Dim, dims int) tensor.Shape {
	out := make(tensor.Shape, dims+1)
	out[0] = channels
	for i := 1; i <= dims; i++ {
		out[i].N = tensor.Unknown
	}
	return out
}

// fits refuses a hyper-parameter that has another number of entries than the
// input has spatial dimensions.
func fits(field string, s Size, dims int) *diag.Diag {
	if s.Fits(dims) {
		return nil
	}
	return diag.New(catalog.WrongEntries, catalog.FieldName(field), s.Len(), dims).On(field)
}

// Positions returns how many positions a window takes along one dimension, rounding
// down: ⌊(in + pad − reach)/stride⌋ + 1, reach = dilation·(kernel−1)+1, pad the cells
// on both sides. It is the rule of torch.nn.Conv2d ("Shape") and of Keras' "valid".
func Positions(in, pad, reach, stride int64) int64 {
	if in+pad < reach {
		return 0
	}
	return (in+pad-reach)/stride + 1
}

// PositionsUp is Positions rounding up, as pools do with ceil_mode. PyTorch drops a
// last window that would begin in the padding behind the input; Caffe does if there
// is padding at all (caffe/src/caffe/layers/pooling_layer.cpp).
func PositionsUp(in, before, after, reach, stride int64, drop bool) int64 {
	n := floor(in+before+after-reach+stride-1, stride) + 1
	if drop && (n-1)*stride >= in+before {
		n--
	}
	return n
}

// Reach returns how many positions a kernel spans along one dimension, with the
// gaps that dilation leaves.
func Reach(kernel, dilation int64) int64 { return dilation*(kernel-1) + 1 }

// product multiplies sizes; Unknown if one is unknown, and ok false beyond
// num.MaxExtent.
func product(dims []tensor.Dim) (n int64, ok bool) {
	v := num.Of(1)
	for _, d := range dims {
		if !d.Known() {
			return tensor.Unknown, true
		}
		v = v.Times(d.N)
	}
	if v.Cmp(num.Of(num.MaxExtent)) > 0 {
		return tensor.Unknown, false
	}
	n, _ = v.Int64()
	return n, true
}

// axis turns a dimension in PyTorch's numbering, where 0 is the batch and −1
// the last, into an index into the shape of one sample.
func axis(dim int64, rank int) (int, bool) {
	if dim < 0 {
		dim += int64(rank) + 1
	}
	return int(dim) - 1, dim >= 1 && dim <= int64(rank)
}

// badAxis says that a dimension does not exist.
func badAxis(field string, dim int64, in tensor.Shape) *diag.Diag {
	return diag.New(catalog.NoSuchDim, dim, len(in), in.String()).On(field)
}

// positions appends the extents of out after its channels as factors.
func positions(t Term, out tensor.Shape) Term {
	for i := 1; i < len(out); i++ {
		t = append(t, Factor{N: out[i].N, Role: RoleSpatial, Axis: uint8(i - 1), Of: uint8(len(out) - 1), Dim: &out[i]})
	}
	return t
}

// perChannel declares a tensor with one number for each channel of in.
func perChannel(name string, class Class, in tensor.Shape) Weight {
	at := 0
	if in.Timed() && len(in) > 2 {
		at = 1 // of a film
	}
	return Weight{
		Name: name, Class: class, Shape: []int64{in[at].N},
		Factors: Term{{N: in[at].N, Role: RoleChannels, Dim: &in[at]}},
	}
}

// bias declares one bias for each output channel.
func bias(out *tensor.Dim) Weight {
	return Weight{
		Name: "bias", Class: ClassBias, Shape: []int64{out.N},
		Factors: Term{{N: out.N, Role: RoleBias, Dim: out, Field: "bias"}},
	}
}
