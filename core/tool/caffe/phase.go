package caffe

import (
	"fmt"
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// One file may hold several networks: the rules of a layer (include, exclude) say
// in which phase, TRAIN or TEST, at which level and in which stages it takes part.
// That of the TEST phase is taken; those that differ from it are read too.

// A caffeState is the state that the rules are asked about (NetState of
// caffe.proto). What the file says of its own phase is not asked: Caffe's tools
// always write the phase themselves.
type caffeState struct {
	phase string // TEST, or TRAIN
	stage string // beside those that the file names, "" for none
}

// String names the state: TRAIN, or "TEST, deploy".
func (s caffeState) String() string {
	if s.stage == "" {
		return s.phase
	}
	return s.phase + ", " + s.stage
}

// caffePhases are the names and numbers of the phases.
var caffePhases = map[string]string{"TRAIN": "TRAIN", "0": "TRAIN", "TEST": "TEST", "1": "TEST"}

// included reports whether a layer takes part in a state (StateMeetsRule and
// FilterNet in net.cpp), at the level and in the stages that the net names.
func (c *caffeNet) included(l *prototext.Message, s caffeState) bool {
	stages := c.stages
	if s.stage != "" {
		stages = append(slices.Clip(stages), s.stage)
	}
	meets := func(rule *prototext.Message) bool {
		if phase := rule.Str("phase"); phase != "" && caffePhases[phase] != s.phase {
			return false
		}
		if c.level < rule.Whole("min_level", c.level) || c.level > rule.Whole("max_level", c.level) {
			return false
		}
		for _, s := range rule.Strs("stage") {
			if !slices.Contains(stages, s) {
				return false
			}
		}
		return !slices.ContainsFunc(rule.Strs("not_stage"), func(s string) bool { return slices.Contains(stages, s) })
	}
	rules, in, excluded := 0, false, false
	l.All("include", func(f *prototext.Field) {
		rules++
		in = in || meets(f.Msg)
	})
	l.All("exclude", func(f *prototext.Field) { excluded = excluded || meets(f.Msg) })
	if rules > 0 {
		return in
	}
	return !excluded
}

// eachLayer calls f with every layer of the file, as it is written.
func (c *caffeNet) eachLayer(f func(l *prototext.Message)) {
	for i := range c.net.Fields {
		if l := &c.net.Fields[i]; l.Msg != nil && (l.Name == "layer" || l.Name == "layers") {
			f(l.Msg)
		}
	}
}

// mostStates is how many states of a file are read beside the first.
const mostStates = 4

// states lists the states in which other layers take part than in this one: the
// TRAIN phase, and each stage that a rule names, in both.
func (c *caffeNet) states() (others []caffeState) {
	all := []caffeState{{phase: "TRAIN"}}
	c.eachLayer(func(l *prototext.Message) {
		for _, rules := range []string{"include", "exclude"} {
			l.All(rules, func(f *prototext.Field) {
				for _, stage := range slices.Concat(f.Msg.Strs("stage"), f.Msg.Strs("not_stage")) {
					if s := (caffeState{"TEST", stage}); stage != "" && len(all) < 2*mostStates && !slices.Contains(all, s) {
						all = append(all, s, caffeState{"TRAIN", stage})
					}
				}
			})
		}
	})
	seen := map[string]bool{c.taking(c.state): true}
	for _, s := range all {
		if who := c.taking(s); !seen[who] && len(others) < mostStates {
			seen[who] = true
			others = append(others, s)
		}
	}
	return others
}

// taking writes which layers take part in a state.
func (c *caffeNet) taking(s caffeState) string {
	var b strings.Builder
	c.eachLayer(func(l *prototext.Message) {
		if c.included(l, s) {
			b.WriteByte('1')
		} else {
			b.WriteByte('0')
		}
	})
	return b.String()
}

// others reads the networks of the other states. Those that add nothing are not
// worth a network of their own.
func (c *caffeNet) others(f *source.File, r *source.Result) error {
	states := c.states()
	if len(states) == 0 {
		return nil
	}
	have, alike := [][]caffeRow{caffeOutline(r.Model)}, []string(nil)
	for _, s := range states {
		o := newCaffe(c.src, c.net, s)
		err := o.read(f.Progress)
		var other *source.Result
		if err == nil {
			other, err = o.Stack()
		}
		switch {
		case err == source.ErrCancelled:
			return err
		case err != nil:
			r.AddNote(true, catalog.ImportStateUnread, s.String(), source.AsDiag(err).Say)
			continue
		}
		outline := caffeOutline(other.Model)
		if len(r.Model.Body) == 0 && len(other.Model.Body) > 0 {
			*r = *other // nothing answers: the file only trains
			r.AddNote(false, catalog.ImportStateOnly, s.String())
			have[0] = outline
			continue
		}
		if slices.ContainsFunc(have, func(h []caffeRow) bool { return within(outline, h) }) {
			alike = append(alike, s.String())
			continue
		}
		have = append(have, outline)
		r.More = append(r.More, source.Another{State: s.String(), Model: other.Model})
		r.AddNote(false, catalog.ImportStateMore, s.String())
		for _, n := range other.Notes {
			if n.Doubt {
				r.AddNote(true, n.Say.Key, n.Say.Args...)
			}
		}
	}
	if len(alike) > 0 {
		r.AddNote(false, catalog.ImportStateAlike, graph.Listed(alike))
	}
	return nil
}

// A caffeRow is what of a layer must be the same for it to be no news.
type caffeRow struct {
	says  string
	holds bool // parameters or statistics
}

// caffeOutline lists the weights and shapes of a network. Layers that have no
// weights and leave the shape as it is, as dropout, are not in it.
func caffeOutline(m arch.Model) (rows []caffeRow) {
	var walk func(all []*count.Row)
	walk = func(all []*count.Row) {
		for _, row := range all {
			own := row.Own
			if row.Form == count.FormLeaf {
				own = row.Counts
			}
			params, buffers := own.Params(true), own.Buffers()
			holds := !params.IsZero() || !buffers.IsZero() || own.ParamsAtLeast
			if k := row.Kind(); k != nil && (!k.InPlace || k.Group == layer.GroupShape || holds) {
				rows = append(rows, caffeRow{fmt.Sprintf("%s %s %s %s", k.Name, row.Out, params, buffers), holds})
			}
			walk(row.Children)
		}
	}
	walk(count.Of(m).Rows)
	return rows
}

// within reports whether a network is another one but for layers without weights
// that it lacks: one that detects things ends in a list of them when it answers.
func within(part, all []caffeRow) bool {
	for _, row := range all {
		switch {
		case len(part) > 0 && part[0] == row:
			part = part[1:]
		case row.holds:
			return false
		}
	}
	return len(part) == 0
}
