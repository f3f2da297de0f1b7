package importer

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A trace is a graph that grows layer by layer, inputs first, and knows the shape
// of every value: files in which a size follows from the layers before need it.
type trace struct {
	g      Graph
	r      Result
	index  map[string]int           // of a node
	shapes map[string]tensor.Shape  // of its output, nil: unknown
	tried  map[string]int           // how often a name was wanted
	told   map[catalog.Key][]string // what notes are about
}

func newTrace() trace {
	return trace{index: map[string]int{}, shapes: map[string]tensor.Shape{}, tried: map[string]int{}, told: map[catalog.Key][]string{}}
}

// add appends a node and returns its name, made different where it is taken.
func (t *trace) add(n Node) (string, error) {
	if len(t.g.Nodes) >= MaxNodes {
		return "", diag.New(catalog.ImportTooManyNodes, ">"+num.Of(MaxNodes).Grouped(), num.Of(MaxNodes).Grouped())
	}
	for base := n.Name; ; n.Name = base + "-" + strconv.Itoa(t.tried[base]) {
		if _, taken := t.index[n.Name]; !taken && n.Name != "" {
			break
		}
		t.tried[base]++
	}
	t.index[n.Name] = len(t.g.Nodes)
	t.g.Nodes = append(t.g.Nodes, n)
	t.shapes[n.Name] = t.apply(n.Layer, n.Inputs)
	return n.Name, nil
}

// apply returns what a layer gives for the values of nodes.
func (t *trace) apply(l layer.Layer, inputs []string) tensor.Shape {
	in := make([]tensor.Shape, len(inputs))
	for i, name := range inputs {
		in[i] = t.shapes[name]
		if in[i] == nil && !l.Kind().Alone {
			return nil
		}
	}
	if len(in) == 0 && !l.Kind().Source {
		return nil
	}
	r, _ := layer.Apply(l, in)
	return r.Out
}

// node returns a node to be changed; its shape must stay.
func (t *trace) node(name string) *Node { return &t.g.Nodes[t.index[name]] }

// rename gives a node that nothing takes yet another name, if that is free.
func (t *trace) rename(old, new string) string {
	i, ok := t.index[old]
	if _, taken := t.index[new]; taken || !ok {
		return old
	}
	t.g.Nodes[i].Name = new
	t.index[new], t.shapes[new] = i, t.shapes[old]
	delete(t.index, old)
	delete(t.shapes, old)
	return new
}

// dim returns extent i of a node's output, tensor.Unknown where it cannot be told.
func (t *trace) dim(name string, i int) int64 {
	if s := t.shapes[name]; i >= 0 && i < len(s) {
		return s[i].N
	}
	return tensor.Unknown
}

// tell remembers what a note is about. Layers of one note are told of together.
func (t *trace) tell(key catalog.Key, name string) { t.told[key] = append(t.told[key], name) }

// say makes the notes.
func (t *trace) say() {
	for _, n := range []struct {
		key   catalog.Key
		doubt bool
	}{
		{catalog.ImportInputOpen, true}, {catalog.ImportGuessedColor, true}, {catalog.ImportNobodyGives, true}, {catalog.ImportOpaque, true},
		{catalog.ImportPartlyFrozen, true}, {catalog.ImportPartlyShared, true}, {catalog.ImportOtherFunction, true},
		{catalog.ImportOtherPhase, false}, {catalog.ImportOtherStage, false}, {catalog.ImportLeftOut, false}, {catalog.ImportScaleMerged, false}, {catalog.ImportCropFixed, false},
	} {
		if names := t.told[n.key]; len(names) > 0 {
			slices.Sort(names)
			t.r.note(n.doubt, n.key, listed(slices.Compact(names)))
		}
	}
}

// stack makes the result of the graph.
func (t *trace) stack() (*Result, error) {
	m, err := t.g.Stack()
	if err != nil {
		return nil, err
	}
	t.r.Model = m
	t.say()
	return &t.r, nil
}

// An unknown says what a file tells of a layer that paramstack has no kind for.
type unknown struct {
	Type             string
	Out              tensor.Shape
	Weights, Buffers []tensor.Shape
	Told             bool  // Weights and Buffers are all it has; else there may be more
	MACs             int64 // counted if Told
}

// layer returns an opaque layer.
func (u unknown) layer() layer.Layer {
	l := layer.ByName("opaque").New().(*layer.Opaque)
	l.Type = layer.WordOf(u.Type)
	if len(u.Out) > 0 {
		// A shape that the notation cannot hold stays unknown.
		_ = l.Out.Parse(strings.ReplaceAll(u.Out.String(), "×", "x"))
	}
	if u.Told || len(u.Weights) > 0 {
		l.Weights = layer.TensorsOf(u.Weights...)
	}
	if len(u.Buffers) > 0 {
		l.Buffers = layer.TensorsOf(u.Buffers...)
	}
	if u.Told && u.MACs >= 0 {
		l.MACs.N = u.MACs
	}
	return l
}

// knownSizes reports whether all of some sizes can be told and are none of them 0.
func knownSizes(n ...int64) bool {
	for _, v := range n {
		if v < 1 || v > num.MaxExtent {
			return false
		}
	}
	return true
}

// sized returns a tensor's shape; one that cannot be told, or is empty, is one
// unknown extent.
func sized(n ...int64) tensor.Shape {
	if !knownSizes(n...) {
		return tensor.Of(tensor.Unknown)
	}
	return tensor.Of(n...)
}

// listed lists the first few names for a sentence.
func listed(all []string) string {
	const most = 6
	var b strings.Builder
	for i, n := range all {
		if i == most {
			b.WriteString(", … (+" + strconv.Itoa(len(all)-most) + ")")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(layer.Quote(n))
	}
	return b.String()
}

// decimal writes a number as fields read it.
func decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// crossed writes sizes as fields read them: 3x3.
func crossed(n ...int64) string {
	parts := make([]string, len(n))
	for i, v := range n {
		parts[i] = strconv.FormatInt(v, 10)
	}
	return strings.Join(parts, "x")
}
