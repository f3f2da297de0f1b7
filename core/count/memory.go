package count

import (
	"math"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A Memory is what the activations of a model need in inference, for one sample: the
// most elements that are alive at one time, and where.
//
// The rule: layers run in the order of the stack, the paths of a branch one after
// another. A tensor is alive from the layer that makes it up to the last one that uses
// it; while a layer runs, its inputs and its output are alive together. The model's
// input is a tensor like any other, its outputs (those of side heads too) stay alive to
// the end. What a label is used for later keeps it alive. Layers in place and views
// (layer.Holding) make no tensor, except that a layer in place makes one where what it
// would overwrite is still needed. Joins make one: a sum and a concatenation are
// written beside what they join. A repeat is unrolled. Weights, and what a layer needs
// for itself while it runs, are not activations.
type Memory struct {
	Peak    num.Int  // elements
	At      *Row     // the first layer or join at which it is reached; nil if nothing is known
	Alive   []*Alive // the tensors then, in the order in which they were made
	AtLeast bool     // a size is unknown, so the peak is a lower bound
	Steps   []Step   // in the order in which they run, those of a repeat as far as they differ
}

// A Step is a layer or a join that runs, with all that is alive meanwhile.
type Step struct {
	Row      *Row
	Elements num.Int
}

// An Alive is a tensor by the layer that made it.
type Alive struct {
	Row      *Row
	Elements num.Int
}

// maxSteps bounds the steps of a model. Repeats in repeats are unrolled a few times
// each, so only a deep nest of them can come near.
const maxSteps = MaxRows + 50_000

// Memory returns what the activations of the model need in inference.
func (r *Report) Memory() Memory {
	s := schedule{labels: map[string]value{}}
	s.keep(s.body(r.Rows, none))
	m := s.run()
	m.AtLeast = m.AtLeast || s.cut || r.Totals.OutputsAtLeast
	return m
}

// A value is what a statement hands on: the index of the run that made it.
type value int

// none is a value that is not there.
const none value = -1

// A ran is one layer or join that runs: what it takes and makes.
type ran struct {
	row   *Row
	in    []value
	holds layer.Holding
	last  int // the last run that uses what it made; math.MaxInt for outputs of the model

	// times, if it is not 0, makes it no run, but what so many repetitions that are passed
	// over leave behind: an output of the model each.
	times num.Int
}

// A schedule is all runs in order.
type schedule struct {
	runs   []ran
	labels map[string]value
	set    []setLabel
	kept   []value // outputs of the model
	cut    bool    // there are too many
}

// A setLabel is what a label meant before it was set.
type setLabel struct {
	label string
	was   value
	had   bool
}

// add lets a row run on values and returns what it makes.
func (s *schedule) add(row *Row, holds layer.Holding, in ...value) value {
	if len(s.runs) >= maxSteps {
		s.cut = true
		return none
	}
	at := value(len(s.runs))
	s.runs = append(s.runs, ran{row: row, in: in, holds: holds, last: int(at)})
	for _, v := range in {
		if v != none {
			s.runs[v].last = max(s.runs[v].last, int(at))
		}
	}
	return at
}

// keep marks a value as an output of the model.
func (s *schedule) keep(v value) {
	if v != none {
		s.runs[v].last = math.MaxInt
		s.kept = append(s.kept, v)
	}
}

// body runs statements one after another.
func (s *schedule) body(rows []*Row, v value) value {
	for _, row := range rows {
		if s.cut {
			return none
		}
		v = s.node(row, v)
		if label := row.Node.Head().Label; label != "" {
			was, had := s.labels[label]
			s.set = append(s.set, setLabel{label, was, had})
			s.labels[label] = v
		}
	}
	return v
}

func (s *schedule) node(row *Row, v value) value {
	switch row.Form {
	case FormLeaf:
		if row.Kind().Takes == layer.TakesNone {
			return s.add(row, row.Kind().Holds())
		}
		return s.add(row, row.Kind().Holds(), v)
	case FormRepeat:
		if row.Node.(*arch.Repeat).Of != "" {
			return s.again(row, v)
		}
		for _, turns := range row.Children {
			v = s.turns(turns, v)
		}
		return v
	default:
		return s.branch(row, v)
	}
}

// again runs what has a label once more. What it labels inside stays what it was.
func (s *schedule) again(row *Row, v value) value {
	if len(row.Children) == 0 {
		return none
	}
	mark := len(s.set)
	v = s.node(row.Children[0].Children[0], v)
	for i := len(s.set) - 1; i >= mark; i-- {
		if b := s.set[i]; b.had {
			s.labels[b.label] = b.was
		} else {
			delete(s.labels, b.label)
		}
	}
	s.set = s.set[:mark]
	return v
}

func (s *schedule) branch(row *Row, v value) value {
	kind := row.Kind()
	var in []value
	for i, path := range row.Children {
		of := row.Node.(*arch.Branch).Paths[i]
		enters := v
		if of.From != "" {
			enters = none
			if labelled, ok := s.labels[of.From]; ok {
				enters = labelled
			}
		}
		out := s.body(path.Children, enters)
		if kind.Takes == layer.TakesFirst && i > 0 {
			s.keep(out)
			continue
		}
		in = append(in, out)
	}
	return s.add(row, kind.Holds(), in...)
}

// turns runs equal repetitions. The first differs from those that follow, since what
// enters it may be needed elsewhere, and the last, since what it labels may be needed
// later; a label that passes from one repetition to the next takes as many repetitions
// as there are labels until they repeat themselves. All between are one like another,
// but for outputs of the model, of which each makes its own.
func (s *schedule) turns(group *Row, v value) value {
	begins := int64(2 + len(labelsIn(group.Node.(*arch.Repeat).Body)))
	const ends = 2
	n := group.Turns()
	if n <= begins+ends {
		for range n {
			v = s.body(group.Children, v)
		}
		return v
	}
	for range begins - 1 {
		v = s.body(group.Children, v)
	}
	from, kept := value(len(s.runs)), len(s.kept)
	v = s.body(group.Children, v)
	s.pass(from, s.kept[kept:], n-begins-ends)
	for range ends {
		v = s.body(group.Children, v)
	}
	return v
}

// pass adds what repetitions that are passed over leave behind, where the one before
// them began with a run and had these outputs.
func (s *schedule) pass(from value, outputs []value, times int64) {
	var left []value
	for _, v := range outputs {
		for s.runs[v].holds == layer.HoldsView && len(s.runs[v].in) > 0 && s.runs[v].in[0] != none {
			v = s.runs[v].in[0]
		}
		if v >= from && !slices.Contains(left, v) {
			left = append(left, v)
		}
	}
	for _, v := range left {
		n := num.Of(times)
		if !s.runs[v].times.IsZero() {
			n = n.Mul(s.runs[v].times)
		}
		if at := s.add(s.runs[v].row, layer.HoldsAnew); at != none {
			s.runs[at].times = n
			s.keep(at)
		}
	}
}

// A store is memory that the values of one or several runs lie in.
type store struct {
	row         *Row
	elements    num.Int
	made, freed int  // runs; freed is 0 while it is alive
	last        int  // the last run that uses any of its values
	weights     bool // no activations: it has no elements here, and nothing may overwrite it
}

// run lets all run, and adds up what is alive meanwhile.
func (s *schedule) run() Memory {
	m := Memory{Steps: make([]Step, 0, len(s.runs))}
	var alive num.Int
	peak := 0
	stores := make([]*store, 0, len(s.runs))
	of := make([]*store, len(s.runs)) // the store that each value lies in, nil if unknown
	for now := range s.runs {
		r := &s.runs[now]
		st := r.over(now, of)
		if st == nil {
			st = &store{row: r.row, made: now, weights: r.holds == layer.HoldsView && len(r.in) == 0}
			stores = append(stores, st)
			if elements, ok := r.row.Out.Elements(); !st.weights && ok && r.row.Out != nil {
				st.elements = elements
			} else {
				m.AtLeast = m.AtLeast || !st.weights
			}
			if !r.times.IsZero() {
				st.elements = st.elements.Mul(r.times)
			}
			alive = alive.Add(st.elements)
		}
		of[now], st.last = st, max(st.last, r.last)
		if r.times.IsZero() {
			m.Steps = append(m.Steps, Step{r.row, alive})
			if alive.Cmp(m.Peak) > 0 {
				m.Peak, m.At, peak = alive, r.row, now
			}
		}
		for _, v := range append(r.in, value(now)) {
			if v != none && of[v] != nil && of[v].last <= now && of[v].freed == 0 {
				of[v].freed = now + 1
				alive = alive.Sub(of[v].elements)
			}
		}
	}
	for _, st := range stores {
		if st.made <= peak && (st.freed == 0 || st.freed > peak) && !st.elements.IsZero() {
			m.Alive = append(m.Alive, &Alive{st.row, st.elements})
		}
	}
	return m
}

// over returns the store of its input that a run leaves its output in, nil if it needs
// one of its own.
func (r *ran) over(now int, of []*store) *store {
	if len(r.in) == 0 || r.in[0] == none || r.holds == layer.HoldsAnew {
		return nil
	}
	st := of[r.in[0]]
	if r.holds == layer.HoldsInPlace && (st.weights || st.last > now) {
		return nil // what it would overwrite is needed later
	}
	return st
}
