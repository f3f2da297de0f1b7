package tfjs

import (
	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// finish makes the stack, and adds the notes on what was done.
func (l *lowering) finish() (*source.Result, error) {
	for _, name := range l.outputs {
		if v := l.values[name]; v.node != "" && l.Graph.Out == "" {
			l.Graph.Out = v.node
		}
	}
	spare, elements, err := l.account()
	if err != nil {
		return nil, err
	}
	r, err := l.Stack()
	if err != nil {
		return nil, err
	}
	r.AddNote(false, catalog.ImportOnnxTaken, l.read, len(l.Graph.Nodes))
	if len(l.folded) > 0 {
		r.AddNote(false, catalog.ImportOnnxFolded, graph.Counted(l.folded))
	}
	if len(l.opaques) > 0 {
		r.AddNote(true, catalog.ImportOpaque, graph.Counted(l.opaques))
	}
	if len(l.inferred) > 0 {
		r.AddNote(true, catalog.ImportTfjsInferred, graph.Listed(l.inferred))
	}
	if l.merged > 0 {
		r.AddNote(true, catalog.ImportOnnxMerged, l.merged)
	}
	if spare > 0 {
		r.AddNote(true, catalog.ImportOnnxSpare, spare, elements.Grouped())
	}
	return r, nil
}

// account goes through the manifest. Single numbers, and whole ones, are options; a
// tensor that operators take and no layer declares makes the total a minimum.
func (l *lowering) account() (tensors int, elements num.Int, err error) {
	used := map[*stored]bool{}
	for name, v := range l.values {
		if v.fixed != nil && len(l.users[name]) > 0 {
			for _, r := range v.fixed.roots {
				used[r] = true
			}
		}
	}
	lost := false
	for _, s := range l.stored {
		if !s.float || s.single() || l.owners[s] != "" {
			continue
		}
		tensors, elements = tensors+1, elements.Add(s.elements())
		lost = lost || used[s] || s.inner
	}
	if lost && len(l.Graph.Nodes) > 0 {
		l.count(l.opaques, "Unaccounted")
		unknown := graph.Node{Name: "unaccounted", Layer: graph.Opaque("Unaccounted", nil, nil, nil),
			Inputs: []string{l.Graph.Nodes[0].Name}}
		_, err = l.Add(unknown)
	}
	return tensors, elements, err
}
