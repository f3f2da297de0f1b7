package torch

import (
	"maps"
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
)

// notes says what was guessed and what is missing.
func notes(p *planner) {
	say := func(doubt bool, key catalog.Key, set map[string]bool, args ...any) {
		if len(set) > 0 {
			p.r.AddNote(doubt, key, append(args, graph.Listed(slices.Sorted(maps.Keys(set))))...)
		}
	}
	say(true, catalog.ImportChained, p.noted.chained)
	if p.noted.inputs > 0 {
		p.r.AddNote(true, catalog.ImportInputs, num.Of(int64(p.noted.inputs)).Grouped())
	}
	if p.noted.flat > 0 {
		p.r.AddNote(false, catalog.ImportFlattened, num.Of(int64(p.noted.flat)).Grouped())
	}
	if p.size != nil {
		p.r.AddNote(true, catalog.ImportPrintInput, p.entered.String())
	}
	for _, m := range p.noted.misfits {
		p.r.AddNote(true, catalog.ImportMisfit, m.label, num.Of(m.takes).Grouped(), m.gets.String())
	}
	tied(p)
	say(true, catalog.ImportHidden, p.noted.hidden)
	say(true, catalog.ImportTorchOpaque, p.noted.opaque)
	say(false, catalog.ImportShapeless, p.noted.shapeless)
	say(true, catalog.ImportGuessed, p.noted.guessed)
	if p.noted.heads {
		p.r.AddNote(true, catalog.ImportHeads)
	}
	say(true, catalog.ImportStrange, p.noted.strange)
}
