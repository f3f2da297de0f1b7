package passport

import (
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A Tool is one way of counting.
type Tool uint8

// The tools.
const (
	PyTorch Tool = iota
	Torchinfo
	Torchsummary
	Keras
	Ptflops
	PtflopsBefore // before it counted functions
	Thop
	Fvcore
	Netscope
	Tools // how many there are
)

// Name returns what a tool is called, the same in all languages, with the version whose
// rules these are.
func (t Tool) Name() string {
	return [Tools]string{"PyTorch", "torchinfo 1.8", "torchsummary 1.5", "Keras 3", "ptflops 0.7.5", "ptflops 0.6", "thop 0.1.1",
		"fvcore 0.1.5", "Netscope"}[t]
}

// ID returns a stable name, for scripts.
func (t Tool) ID() string {
	return [Tools]string{"pytorch", "torchinfo", "torchsummary", "keras", "ptflops", "ptflops-0.6", "thop", "fvcore",
		"netscope"}[t]
}

// A Figure is a number that a tool prints.
type Figure struct {
	Label   catalog.Key // what it is
	Value   num.Int
	Shown   string   // as the tool prints it
	Missing []string // the layers by which it is unknown
	Bytes   bool     // the value is bytes
	Known   bool
}

// An Entry is one tool's figures.
type Entry struct {
	Tool    Tool
	Params  Figure
	Compute Figure // MACs, whatever the tool calls them; unset where it counts none
	Sizes   []Figure
	Rule    catalog.Key
}

// Of counts a network as every tool does.
func Of(r *count.Report) []Entry {
	s := sumsOf(r)
	all := make([]Entry, 0, Tools)
	for t := Tool(0); t < Tools; t++ {
		all = append(all, s.entry(t))
	}
	return all
}

// AllMACs returns what each tool counts of operations: 0 where it counts none, or the rule
// here does not reproduce it.
func AllMACs(r *count.Report) [Tools]num.Int {
	s := sumsOf(r)
	for t := range s.macs {
		if !s.counted(Tool(t)) {
			s.macs[t] = num.Int{}
		}
	}
	return s.macs
}

// sums are the tools' sums over the layers of a network.
type sums struct {
	totals  count.Counts
	macs    [Tools]num.Int
	params  [Tools]num.Int
	missing [Tools][]string // kinds that the rule here does not reproduce
	known   bool            // all shapes and weights are

	torchinfoOut, summaryOut num.Int // elements of outputs
	summaryTrained           num.Int
	input                    num.Int
}

func (s *sums) counted(t Tool) bool { return s.known && len(s.missing[t]) == 0 }

// sumsOf adds up what each tool counts of each layer.
func sumsOf(r *count.Report) *sums {
	s := &sums{totals: r.Totals.Counts}
	c := &s.totals
	s.known = !c.ParamsAtLeast && !c.MACsAtLeast && !c.OutputsAtLeast
	r.Layers(func(row *count.Row, times num.Int) { s.layer(row, times) })
	return s
}

// layer adds one layer, so many times.
func (s *sums) layer(row *count.Row, times num.Int) {
	kind := row.Kind()
	m := moduleOf(row)
	if layer.InputKind.Kind() == kind {
		s.input = s.input.Add(m.out.Mul(times))
	}
	for t := Tool(0); t < Tools; t++ {
		if n, ok := m.macs(t); ok {
			s.macs[t] = s.macs[t].Add(n.Mul(times))
		} else if !slices.Contains(s.missing[t], kind.Name) {
			s.missing[t] = append(s.missing[t], kind.Name)
		}
	}
	s.params[Torchsummary] = s.params[Torchsummary].Add(m.named.Mul(times))
	if !m.frozen {
		s.summaryTrained = s.summaryTrained.Add(m.named.Mul(times))
	}
	if m.ruled {
		s.params[Thop] = s.params[Thop].Add(m.own.Mul(times))
	}
	s.params[Netscope] = s.params[Netscope].Add(m.netscope().Mul(times))
	if m.is && !m.container {
		s.summaryOut = s.summaryOut.Add(m.out.Mul(times))
		if !m.all.IsZero() {
			s.torchinfoOut = s.torchinfoOut.Add(m.out.Mul(times))
		}
	}
}

// A module is what the rules look at: a layer as PyTorch runs it.
type module struct {
	kind      *layer.Kind
	layer     layer.Layer
	in, out   num.Int // elements of the first input, and of the output
	padded    num.Int // of a local response norm: its input with channels for the window at the edges
	where     num.Int // positions of the output: all extents but the channels
	rows      num.Int // all extents but the last
	weight    num.Int // elements of the weights, shared ones too
	bias      num.Int
	all       num.Int // both
	own       num.Int // of them, those that are not another layer's
	named     num.Int // elements of tensors that are called weight and bias
	mul       num.Int // multiply-accumulates
	is        bool    // it is a module of torch.nn, not a function
	container bool    // it has modules inside
	ruled     bool    // thop has a rule for its class
	frozen    bool
	affine    bool // it has γ or β
}

func moduleOf(row *count.Row) module {
	m := module{kind: row.Kind(), layer: layerOf(row)}
	if len(row.In) > 0 {
		m.in, _ = row.In[0].Elements()
	}
	m.out, _ = row.Out.Elements()
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
			m.weight = m.weight.Add(n)
		case layer.ClassBias:
			m.bias = m.bias.Add(n)
		default:
			continue
		}
		m.affine = true
		if !w.Shared() {
			m.own = m.own.Add(n)
		}
		if w.Name == "weight" || w.Name == "bias" {
			m.named = m.named.Add(n)
		}
	}
	m.all = m.weight.Add(m.bias)
	m.mul, _ = row.MACs.Value()
	if l, ok := m.layer.(*layer.LRN); ok && len(row.In) == 1 && len(row.In[0]) > 0 {
		c := row.In[0][0].N
		m.padded = num.Of(c + l.Size.N - 1).Mul(m.where)
	}
	m.is = isModule(m.kind)
	m.container = m.kind.Group == layer.GroupAttention
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
