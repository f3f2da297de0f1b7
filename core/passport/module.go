package passport

import (
	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A module is what the rules look at: a layer as PyTorch runs it.
type module struct {
	kind      *layer.Kind
	layer     layer.Layer
	in, out   num.Int // elements of the first input, and of the output
	rank      int     // of the first input, without the batch
	outRank   int
	between   num.Int // elements between the two convolutions of a separable one
	first     num.Int // elements of the weights of its first
	put       num.Int // elements that the module returns, of which a recurrent one keeps the last step
	padded    num.Int // of a local response norm: its input with channels for the window at the edges
	steps     num.Int // of a recurrent layer
	where     num.Int // positions of the output: all extents but the channels
	rows      num.Int // all extents but the last
	others    num.Int // of a softmax: all extents but its own
	weight    num.Int // elements of the weights, shared ones too
	bias      num.Int
	all       num.Int // both
	own       num.Int // of them, those that are not another layer's
	named     num.Int // elements of tensors that are called weight and bias
	floats    num.Int // elements of tables in float32
	mul       num.Int // multiply-accumulates
	is        bool    // it is a module of torch.nn, not a function
	same      bool    // PyTorch's padding="same"
	uneven    bool    // it pads one side more, which takes a module of its own
	fewer     bool    // a pool with fewer positions than the input gives rounded up
	gamma     bool    // it has γ
	again     bool    // it is a module that was called before
	container bool    // it has modules inside, which are not called
	parts     bool    // it has modules inside that are called, others in each library
	ruled     bool    // thop has a rule for its class
	frozen    bool
	affine    bool // it has γ or β
}

func moduleOf(row *count.Row) *module {
	m := &module{kind: row.Kind(), layer: layerOf(row)}
	if len(row.In) > 0 {
		m.rank = len(row.In[0])
		m.in, _ = row.In[0].Elements()
	}
	m.out, _ = row.Out.Elements()
	m.outRank = len(row.Out)
	m.where, m.rows = num.Of(1), num.Of(1)
	for i := range row.Out {
		if i > 0 {
			m.where = m.where.Times(max(row.Out[i].N, 0))
		}
		if i < len(row.Out)-1 {
			m.rows = m.rows.Times(max(row.Out[i].N, 0))
		}
	}
	if leaf, ok := row.Node.(*arch.Leaf); ok {
		m.frozen = leaf.Frozen
	}
	for i := range row.Weights {
		w := &row.Weights[i]
		n, _ := w.Count()
		switch w.Class {
		case layer.ClassWeight:
			m.weight, m.gamma = m.weight.Add(n), true
		case layer.ClassBias:
			m.bias = m.bias.Add(n)
		case layer.ClassCounter:
			if w.Name == "relative_coords_table" && !w.Shared() {
				m.floats = m.floats.Add(n)
			}
			continue
		default:
			continue
		}
		m.affine = true
		if !w.Shared() {
			m.own = m.own.Add(n)
		}
		if w.Name == "weight" || w.Name == "bias" || m.of(layer.SeparableKind.Kind()) {
			m.named = m.named.Add(n)
		}
	}
	m.all = m.weight.Add(m.bias)
	m.mul, _ = row.MACs.Value()
	if l, ok := m.layer.(*layer.Softmax); ok {
		m.others = num.Of(1)
		for i := range row.Out {
			if int64(i) != l.Dim.N-1 && int64(i) != int64(len(row.Out))+l.Dim.N {
				m.others = m.others.Times(max(row.Out[i].N, 0))
			}
		}
	}
	if l, ok := m.layer.(*layer.LRN); ok && len(row.In) == 1 && len(row.In[0]) > 0 {
		c := row.In[0][0].N
		m.padded = num.Of(c + l.Size.N - 1).Mul(m.where)
	}
	m.is = isModule(m.kind)
	m.container, m.parts = m.inside()
	m.put = m.out
	var slide *layer.Slide
	switch l := m.layer.(type) {
	case *layer.Conv:
		slide = &l.Slide
	case *layer.Depthwise:
		slide = &l.Slide
	case *layer.ConvTranspose:
		m.uneven = cropped(l, row.In)
	case *layer.MaxPool:
		m.pool(&l.Pool, &l.Dilation, row)
	case *layer.AvgPool:
		m.pool(&l.Pool, nil, row)
	case *layer.Separable:
		slide = &l.Slide
		if len(row.Weights) > 0 && len(row.Weights[0].Shape) > 0 {
			m.between = m.where.Times(max(row.Weights[0].Shape[0], 0))
			m.first, _ = row.Weights[0].Count()
		}
	}
	m.same = slide != nil && slide.Padding.Rule == layer.PadSame && slide.Stride == layer.SizeOf(1) &&
		(slide.Mode.Word == "" || slide.Mode.Word == "zeros")
	if l, ok := m.layer.(*layer.Recurrent); ok && len(row.In) > 0 {
		m.steps = num.Of(1)
		for i := range row.In[0][:max(len(row.In[0])-1, 0)] {
			m.steps = m.steps.Times(max(row.In[0][i].N, 0))
		}
		m.put = m.steps.Times(max(l.Proj.N, 0))
		if l.Proj.N == 0 {
			m.put = m.steps.Times(l.Hidden.Value())
		}
		if l.Bidirectional {
			m.put = m.put.Times(2)
		}
	}
	m.ruled = m.hasThopRule()
	if !m.is {
		m.named = num.Int{} // a tensor that hangs on the module around it
	}
	return m
}

func layerOf(row *count.Row) layer.Layer {
	switch n := row.Node.(type) {
	case *arch.Leaf:
		return n.Layer
	case *arch.Branch:
		return n.Join
	}
	return layer.IdentityKind.Kind().Default()
}

// pool looks at a pool's windows: whether PyTorch pads it by a module of its own in front, since
// one side gets more cells than the other, and whether it has fewer positions than
// ⌈(in + padding − kernel) / stride⌉ + 1.
func (m *module) pool(p *layer.Pool, dilation *layer.Size, row *count.Row) {
	stride := &p.Stride
	if stride.Unset() {
		stride = &p.Kernel
	}
	for i := 0; len(row.In) > 0 && i < len(row.Out)-1; i++ {
		in, by, kernel := row.In[0][i+1].N, max(stride.At(i), 1), p.Kernel.At(i)
		if dilation != nil {
			kernel = layer.Reach(kernel, dilation.At(i))
		}
		before, after, ok := p.Padding.Around(i, in, kernel, by)
		m.uneven = m.uneven || !ok || before != after
		m.fewer = m.fewer || (in+before+after-kernel+by-1)/by+1 != row.Out[i+1].N
	}
}

// cropped reports whether PyTorch cuts cells off the output of a transposed convolution: what
// the rule "same" takes away is not the same on both sides.
func cropped(l *layer.ConvTranspose, in []tensor.Shape) bool {
	for i := 0; l.Padding.Rule == layer.PadSame && len(in) > 0 && i < len(in[0])-1; i++ {
		if n := layer.Reach(l.Kernel.At(i), l.Dilation.At(i)) - l.Stride.At(i); n < 0 || n%2 != 0 {
			return true
		}
	}
	return false
}
