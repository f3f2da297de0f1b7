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
	return [Tools]string{"PyTorch", "torchinfo 1.8.0", "torchsummary 1.5.1", "Keras 3", "ptflops 0.7.5", "ptflops 0.6.9",
		"thop 0.1.1", "fvcore 0.1.5", "Netscope"}[t]
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
	trained [Tools]num.Int  // of the parameters
	missing [Tools][]string // kinds that the rule here does not reproduce
	stops   []string        // kinds at which torchsummary stops with an error
	tuples  []string        // kinds whose several outputs it multiplies with each other
	sized   []string        // kinds whose output PyTorch's code makes larger before it is cut
	parts   []string        // kinds that are written with other modules by each library
	known   bool            // all shapes and weights are

	torchinfoOut, summaryOut num.Int // elements of outputs
	leaves                   num.Int // parameters of modules that have no modules inside
	floats                   num.Int // of the counters, those of 4 bytes
	input, inputs            num.Int // elements of all inputs, and their product
	rank                     int     // of the inputs
	ragged                   bool    // they have different ones, of which torchsummary makes one array
	indices                  bool    // the inputs are whole numbers of 8 bytes
}

func (s *sums) counted(t Tool) bool { return s.known && len(s.missing[t]) == 0 }

// sumsOf adds up what each tool counts of each layer.
func sumsOf(r *count.Report) *sums {
	s := &sums{totals: r.Totals.Counts, inputs: num.Of(1)}
	c := &s.totals
	s.known = !c.ParamsAtLeast && !c.MACsAtLeast && !c.OutputsAtLeast
	all := count.PyTorch.Of(s.totals)
	s.params[Torchinfo], s.trained[Torchinfo] = all.Params, all.Trainable
	r.Layers(func(row *count.Row, times num.Int) {
		m := moduleOf(row)
		if row.SharesWith != 0 && row.SharesAll() {
			owner := r.Row(row.SharesWith) // a layer, or a block that is repeated or comes again
			m.again = owner == nil || owner.Form != count.FormLeaf || owner.Kind() == m.kind
			if owner != nil && owner.Form == count.FormLeaf {
				m.frozen = owner.Node.(*arch.Leaf).Frozen
			}
		}
		s.layer(m, times)
	})
	return s
}

// layer adds one layer, so many times.
func (s *sums) layer(m *module, times num.Int) {
	list := func(all *[]string) {
		if !slices.Contains(*all, m.kind.Name) {
			*all = append(*all, m.kind.Name)
		}
	}
	params := func(t Tool, n num.Int) {
		s.params[t] = s.params[t].Add(n)
		if !m.frozen {
			s.trained[t] = s.trained[t].Add(n)
		}
	}
	switch {
	case m.of(layer.InputKind.Kind()):
		s.input, s.inputs = s.input.Add(m.out.Mul(times)), s.inputs.Mul(m.out)
		if s.rank != 0 && s.rank != m.outRank {
			s.ragged = true
		}
		s.rank = m.outRank
	case m.of(layer.EmbeddingKind.Kind(), layer.EmbeddingBagKind.Kind()):
		s.indices = true
		list(&s.stops)
	case m.of(layer.LSTMKind.Kind()):
		list(&s.stops)
	case m.container, m.kind.Group == layer.GroupRecurrent:
		list(&s.tuples)
	}
	if m.parts {
		list(&s.parts)
	}
	if m.uneven {
		list(&s.sized)
	}
	for t := Tool(0); t < Tools; t++ {
		if n, ok := m.macs(t); ok {
			s.macs[t] = s.macs[t].Add(n.Mul(times))
		} else {
			list(&s.missing[t])
		}
	}
	s.floats = s.floats.Add(m.floats.Mul(times))
	params(Torchsummary, m.named.Mul(times))
	params(Netscope, m.netscope().Mul(times))
	if m.is && !m.again {
		params(Torchinfo, m.all.Sub(m.own).Mul(times)) // each module has them, one tensor or not
		if !m.container {
			s.leaves = s.leaves.Add(m.all.Mul(times))
		}
		if m.ruled {
			params(Thop, m.all.Mul(times))
		}
	}
	if m.is && !m.container {
		s.summaryOut = s.summaryOut.Add(m.out.Add(m.between).Mul(times))
		if !m.all.IsZero() {
			s.torchinfoOut = s.torchinfoOut.Add(m.put.Add(m.between).Mul(times))
		}
	}
}
