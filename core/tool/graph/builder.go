package graph

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/names"
	"paramstack/core/tool/source"
)

// A Builder is a graph that grows layer by layer, inputs first, and knows the shape
// of every value: files in which a size follows from the layers before need it.
type Builder struct {
	Graph  Graph
	Result source.Result
	Index  map[string]int           // of a node
	Shapes map[string]tensor.Shape  // of its output, nil: unknown
	next   map[string]int           // the number that may make a name another next
	about  map[catalog.Key][]string // the subjects of each note

	journal journal
	trying  int // how many Trys run
}

func NewBuilder() Builder {
	return Builder{Index: map[string]int{}, Shapes: map[string]tensor.Shape{}, next: map[string]int{},
		about: map[catalog.Key][]string{}}
}

// Add appends a node and returns its name, with a number added if the name is
// taken.
func (t *Builder) Add(n Node) (string, error) {
	if len(t.Graph.Nodes) >= source.MaxNodes {
		return "", diag.New(catalog.ImportTooManyNodes, ">"+num.Of(source.MaxNodes).Grouped(), num.Of(source.MaxNodes).Grouped())
	}
	base := n.Name
	n.Name, t.next[base] = names.Find(base, max(t.next[base], 1), names.Dashed, func(name string) bool {
		_, taken := t.Index[name]
		return !taken && name != ""
	})
	t.Push(n, t.Apply(n.Layer, n.Inputs))
	return n.Name, nil
}

// Push appends a node whose name is free and whose shape is known to the caller.
func (t *Builder) Push(n Node, out tensor.Shape) {
	Put(t, t.Index, n.Name, len(t.Graph.Nodes))
	Put(t, t.Shapes, n.Name, out)
	Set(t, &t.Graph.Nodes, append(t.Graph.Nodes, n))
}

// Apply returns the output shape of a layer on the values of nodes, nil if unknown.
func (t *Builder) Apply(l layer.Layer, inputs []string) tensor.Shape {
	in := make([]tensor.Shape, len(inputs))
	for i, name := range inputs {
		in[i] = t.Shapes[name]
		if in[i] == nil && l.Kind().Takes != layer.TakesPathsOrOne {
			return nil
		}
	}
	if len(in) == 0 && l.Kind().Takes != layer.TakesNone {
		return nil
	}
	r, _ := layer.Apply(l, in)
	return r.Out
}

// Node returns a node to be changed; its shape must stay.
func (t *Builder) Node(name string) *Node { return &t.Graph.Nodes[t.Index[name]] }

// Rename renames a node that has no users yet, if the new name is free, and returns
// its name.
func (t *Builder) Rename(old, new string) string {
	i, ok := t.Index[old]
	if _, taken := t.Index[new]; taken || !ok {
		return old
	}
	t.Graph.Nodes[i].Name = new
	t.Index[new], t.Shapes[new] = i, t.Shapes[old]
	delete(t.Index, old)
	delete(t.Shapes, old)
	return new
}

// Dim returns extent i of a node's output, tensor.Unknown if it is not known.
func (t *Builder) Dim(name string, i int) int64 {
	if s := t.Shapes[name]; i >= 0 && i < len(s) {
		return s[i].N
	}
	return tensor.Unknown
}

// NoteAbout records the subject of a note. There is one note for all its subjects.
func (t *Builder) NoteAbout(key catalog.Key, name string) { t.about[key] = append(t.about[key], name) }

// addNotes adds the collected notes to the result.
func (t *Builder) addNotes() {
	for _, n := range []struct {
		key   catalog.Key
		doubt bool
	}{
		{catalog.ImportInputOpen, true}, {catalog.ImportGuessedColor, true}, {catalog.ImportNobodyGives,
			true}, {catalog.ImportOpaque, true},
		{catalog.ImportPartlyFrozen, true}, {catalog.ImportPartlyShared, true}, {catalog.ImportOtherFunction, true},
		{catalog.ImportShownAs, false}, {catalog.ImportOtherPhase, false}, {catalog.ImportOtherStage,
			false}, {catalog.ImportLeftOut, false}, {catalog.ImportScaleMerged, false}, {catalog.ImportCropFixed, false},
	} {
		if names := t.about[n.key]; len(names) > 0 {
			slices.Sort(names)
			t.Result.AddNote(n.doubt, n.key, Listed(slices.Compact(names)))
		}
	}
}

// Stack makes the result of the graph.
func (t *Builder) Stack() (*source.Result, error) {
	m, err := t.Graph.Stack()
	if err != nil {
		return nil, err
	}
	t.Result.Model = m
	t.addNotes()
	return &t.Result, nil
}
