package compare

import (
	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// tallies are the numbers of the nodes of one network, over all their repetitions.
type tallies map[arch.ID]*Side

// tally adds up what a report has of each node and path. What runs something again has
// the numbers of that run: the rows in it are of nodes that have numbers of their own.
func tally(r *count.Report) tallies {
	t := tallies{}
	t.rows(r.Rows, num.Of(1))
	return t
}

func (t tallies) rows(rows []*count.Row, times num.Int) {
	for _, row := range rows {
		if row.Form == count.FormTurn {
			t.rows(row.Children, times.Times(row.Turns()))
			continue
		}
		s := t[row.ID]
		if s == nil {
			s = &Side{Row: row}
			t[row.ID] = s
		}
		s.Times = s.Times.Add(times)
		s.bound(row)
		switch n := row.Node.(type) {
		case *arch.Leaf:
			s.Own = s.Own.Plus(row.Counts, times)
		case *arch.Repeat:
			if n.Of != "" {
				s.Own = s.Own.Plus(row.Counts, times)
				continue
			}
		case *arch.Branch:
			if row.Form == count.FormBranch {
				s.Own = s.Own.Plus(row.Own, times)
			}
		default:
			panic(unknownNode(n))
		}
		t.rows(row.Children, times)
	}
}

// bound marks the numbers of a block as lower bounds where they are for a reason of its
// own: a join that nothing is known of, repetitions beyond the rows of a report.
func (s *Side) bound(row *count.Row) {
	params, macs, outputs := row.Counts.ParamsAtLeast, row.Counts.MACsAtLeast, row.Counts.OutputsAtLeast
	for _, child := range row.Children {
		c := &child.Counts
		params, macs, outputs = params && !c.ParamsAtLeast, macs && !c.MACsAtLeast, outputs && !c.OutputsAtLeast
	}
	own := &s.Own
	own.ParamsAtLeast, own.MACsAtLeast = own.ParamsAtLeast || params, own.MACsAtLeast || macs
	own.OutputsAtLeast = own.OutputsAtLeast || outputs
}

// depth returns how many channels or features a layer's weights have because it receives
// so many, 0 if that is unknown.
func (t tallies) depth(id arch.ID) int64 {
	s := t[id]
	if s == nil {
		return 0
	}
	for i := range s.Row.Weights {
		for _, f := range s.Row.Weights[i].Factors {
			if f.Role == layer.RoleIn || f.Role == layer.RoleChannels {
				return f.N
			}
		}
	}
	return 0
}

// side returns the side of a row that is an item; nil for none.
func (t tallies) side(it *item) *Side {
	if it == nil {
		return nil
	}
	id := it.node.Head().ID
	if it.path >= 0 {
		id = it.node.(*arch.Branch).Paths[it.path].ID
	}
	s := t[id]
	if s == nil {
		s = &Side{} // not counted: a side head that is off, or beyond the rows of a report
	}
	s.Node, s.Path = it.node, it.path
	return s
}

// same reports whether two layers have the same numbers. How large outputs are is the
// number of no layer alone, and does not count.
func same(a, b count.Counts) bool {
	return a.Weights.Equal(b.Weights) && a.Biases.Equal(b.Biases) && a.Twins.Equal(b.Twins) && a.Frozen.Equal(b.Frozen) &&
		a.Stats.Equal(b.Stats) && a.Counters.Equal(b.Counters) && a.MACs.Equal(b.MACs) &&
		a.ParamsAtLeast == b.ParamsAtLeast && a.MACsAtLeast == b.MACsAtLeast
}
