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

// answering is the state in which a network answers.
var answering = state{phase: "TEST"}

// A state is what the rules are asked about (NetState of
// caffe.proto). What the file states as its own phase is not asked: Caffe's tools
// always write the phase themselves.
type state struct {
	phase string // TEST, or TRAIN
	stage string // beside those that the file names, "" for none
}

// String names the state: TRAIN, or "TEST, deploy".
func (s state) String() string {
	if s.stage == "" {
		return s.phase
	}
	return s.phase + ", " + s.stage
}

// phases are the names and numbers of the phases.
var phases = map[string]string{"TRAIN": "TRAIN", "0": "TRAIN", "TEST": "TEST", "1": "TEST"}

// included reports whether a layer takes part in a state (StateMeetsRule and
// FilterNet in net.cpp), at the level and in the stages that the net names.
func (doc *document) included(l *prototext.Message, s state) bool {
	stages := doc.stages
	if s.stage != "" {
		stages = append(slices.Clip(stages), s.stage)
	}
	meets := func(rule *prototext.Message) bool {
		if phase := rule.Str("phase"); phase != "" && phases[phase] != s.phase {
			return false
		}
		if doc.level < rule.Whole("min_level", doc.level) || doc.level > rule.Whole("max_level", doc.level) {
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

// mostStates is how many states of a file are read beside the first.
const mostStates = 4

// states lists the states in which other layers take part than in one: the TRAIN
// phase, and each stage that a rule names, in both.
func (doc *document) states(than state) (others []state) {
	all := []state{{phase: "TRAIN"}}
	doc.eachLayer(func(l *prototext.Field) {
		for _, rules := range []string{"include", "exclude"} {
			l.Msg.All(rules, func(f *prototext.Field) {
				for _, stage := range slices.Concat(f.Msg.Strs("stage"), f.Msg.Strs("not_stage")) {
					if s := (state{"TEST", stage}); stage != "" && len(all) < 2*mostStates && !slices.Contains(all, s) {
						all = append(all, s, state{"TRAIN", stage})
					}
				}
			})
		}
	})
	seen := map[string]bool{doc.taking(than): true}
	for _, s := range all {
		if who := doc.taking(s); !seen[who] && len(others) < mostStates {
			seen[who] = true
			others = append(others, s)
		}
	}
	return others
}

// taking writes which layers take part in a state.
func (doc *document) taking(s state) string {
	var b strings.Builder
	doc.eachLayer(func(l *prototext.Field) {
		if doc.included(l.Msg, s) {
			b.WriteByte('1')
		} else {
			b.WriteByte('0')
		}
	})
	return b.String()
}

// others reads the networks of the other states. Those that add nothing are not
// worth a network of their own.
func (doc *document) others(f *source.File, r *source.Result) error {
	states := doc.states(answering)
	if len(states) == 0 {
		return nil
	}
	have, alike := [][]outlineRow{outline(r.Model)}, []string(nil)
	for _, s := range states {
		l, err := doc.lower(s, f.Progress)
		var other *source.Result
		if err == nil {
			other, err = l.Stack()
		}
		switch {
		case err == source.ErrCancelled:
			return err
		case err != nil:
			r.AddNote(true, catalog.ImportStateUnread, s.String(), source.AsDiag(err).Say)
			continue
		}
		rows := outline(other.Model)
		if len(r.Model.Body) == 0 && len(other.Model.Body) > 0 {
			*r = *other // nothing answers: the file only trains
			r.AddNote(false, catalog.ImportStateOnly, s.String())
			have[0] = rows
			continue
		}
		if slices.ContainsFunc(have, func(h []outlineRow) bool { return within(rows, h) }) {
			alike = append(alike, s.String())
			continue
		}
		have = append(have, rows)
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

// A outlineRow is what of a layer must be the same for it to be no news.
type outlineRow struct {
	text  string
	holds bool // parameters or statistics
}

// outline lists the weights and shapes of a network. Layers that have no
// weights and leave the shape as it is, as dropout, are not in it.
func outline(m arch.Model) (rows []outlineRow) {
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
				rows = append(rows, outlineRow{fmt.Sprintf("%s %s %s %s", k.Name, row.Out, params, buffers), holds})
			}
			walk(row.Children)
		}
	}
	walk(count.Of(m).Rows)
	return rows
}

// within reports whether a network is another one but for layers without weights
// that it lacks: one that detects things ends in a list of them when it answers.
func within(part, all []outlineRow) bool {
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
