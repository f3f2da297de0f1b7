// Package darknet reads Darknet's .cfg: sections, each a layer on the output of the
// one before.
package darknet

import (
	"bytes"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// Reader is Darknet's .cfg (parser.c of pjreddie/darknet and of its fork by
// AlexeyAB).
var Reader = source.Reader{
	ID: "darknet", Label: "Darknet cfg", Exts: []string{".cfg"},
	Detect: func(head []byte, f *source.File) bool {
		for line := range bytes.Lines(head) {
			line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
			if len(line) > 0 && line[0] != '#' && line[0] != ';' {
				return bytes.HasPrefix(line, []byte("[net]")) || bytes.HasPrefix(line, []byte("[network]"))
			}
		}
		return false
	},
	Read: func(f *source.File) (*source.Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		sections, err := parse(string(data))
		if err != nil {
			return nil, err
		}
		l := &lowering{Builder: graph.NewBuilder()}
		if err := l.read(sections, f.Progress); err != nil {
			return nil, err
		}
		return l.Stack()
	},
}

// A lowering makes nodes of sections, in their order.
type lowering struct {
	graph.Builder
	values []string   // the node with the value of each layer
	own    [][]string // the nodes of each layer that learn
	now    string     // the current value's node, "" before the first
	at     string     // the layer's name
}

func (l *lowering) read(sections []*section, step func(float64) error) error {
	for i, s := range sections {
		if i%100 == 99 {
			if err := step(float64(i) / float64(len(sections))); err != nil {
				return err
			}
		}
		if isNet(s) {
			if i == 0 {
				if err := l.enter(s.netOptions()); err != nil {
					return err
				}
			}
			continue
		}
		if l.now == "" {
			if err := l.enter(netOptions{}); err != nil {
				return err
			}
		}
		l.at = "l" + strconv.Itoa(len(l.values))
		l.own = append(l.own, nil)
		if err := l.layer(s); err != nil {
			return diag.New(catalog.ImportInLayer, layer.Quote("["+s.typ+"] "+strconv.Itoa(len(l.values))), s.line,
				source.AsDiag(err).Say)
		}
		l.close()
	}
	return nil
}

// close names the node with the layer's value after the layer, since others refer
// to it, and records it.
func (l *lowering) close() {
	if strings.HasPrefix(l.now, l.at+"_") {
		old := l.now
		l.now = l.Builder.Rename(old, l.at)
		for i, n := range l.own[len(l.values)] {
			if n == old {
				l.own[len(l.values)][i] = l.now
			}
		}
	}
	l.values = append(l.values, l.now)
}

// enter adds the input that [net] states: a picture, or so many numbers.
func (l *lowering) enter(o netOptions) error {
	shape := []int64{o.channels, o.height, o.width}
	switch {
	case o.channels > 0 && o.height > 0 && o.width > 0:
	case o.inputs > 0:
		shape = []int64{o.inputs}
	default:
		shape = []int64{tensor.Unknown, tensor.Unknown, tensor.Unknown}
		l.NoteAbout(catalog.ImportInputOpen, "[net]")
	}
	made, err := layer.InputKind.With(func(v *layer.Input) { v.Shape = layer.ExtentsOf(shape...) })
	if err != nil {
		return err
	}
	l.now, err = l.Add(graph.Node{Name: "input", Layer: made})
	return err
}

// emit adds a layer of a kind on the current value.
func emit[L layer.Layer](l *lowering, kind layer.Typed[L], set func(L)) error {
	return emitJoin(l, kind, []string{l.now}, set)
}

// emitJoin adds a layer that joins the values of nodes; one value needs no join.
// Set may be nil.
func emitJoin[L layer.Layer](l *lowering, kind layer.Typed[L], in []string, set func(L)) error {
	if set == nil {
		set = func(L) {}
	}
	made, err := kind.With(set)
	if err != nil {
		return err
	}
	if kind.Kind().Joins() && len(in) == 1 {
		l.now = in[0]
		return nil
	}
	return l.add(in, made, "")
}

func (l *lowering) add(in []string, made layer.Layer, shares string) error {
	name, err := l.Add(graph.Node{Name: l.at + "_" + made.Kind().Name, Layer: made, Inputs: in, Shares: shares})
	if err != nil {
		return err
	}
	if i := len(l.own) - 1; made.Kind().Learns && i >= 0 {
		l.own[i] = append(l.own[i], name)
	}
	l.now = name
	return nil
}

// addOpaque adds a layer that has no kind.
func (l *lowering) addOpaque(in []string, u graph.Unknown) error {
	if u.Type == "" {
		u.Type = "section"
	}
	l.NoteAbout(catalog.ImportOpaque, u.Type)
	return l.add(in, u.Layer(), "")
}

// addHere adds an opaque layer on the current value.
func (l *lowering) addHere(u graph.Unknown) error { return l.addOpaque([]string{l.now}, u) }

// same adds a layer without weights that keeps the shape.
func (l *lowering) same(typ string) error {
	return l.addHere(graph.Unknown{Type: typ, Complete: true, Keeps: true})
}

// place returns the number of the layer that an option names: from 0 on, or a
// negative one from here back.
func (l *lowering) place(s string) (int64, error) {
	i := wholeOf(s)
	if i < 0 {
		i += int64(len(l.values))
	}
	if i < 0 || i >= int64(len(l.values)) {
		return 0, diag.New(catalog.ImportBadPlace, layer.Quote(s), len(l.values))
	}
	return i, nil
}

// places returns the nodes of the layers that an option lists.
func (l *lowering) places(list string) ([]string, error) {
	var nodes []string
	for _, s := range strings.Split(list, ",") {
		if s == "" {
			continue
		}
		i, err := l.place(s)
		if err != nil {
			return nil, err
		}
		if nodes = append(nodes, l.values[i]); len(nodes) > graph.MaxInputs {
			return nil, diag.New(catalog.ImportTooManyInputs, l.at, graph.MaxInputs)
		}
	}
	if len(nodes) == 0 {
		return nil, diag.New(catalog.ImportEndsEarly)
	}
	return nodes, nil
}

// x is the shape of the current value.
func (l *lowering) x() tensor.Shape { return l.Shapes[l.now] }

// extent returns extent i of the current value.
func (l *lowering) extent(i int) int64 { return l.Dim(l.now, i) }

// elements returns how many numbers the current value has.
func (l *lowering) elements() int64 {
	n, ok := l.x().Elements()
	if v, fits := n.Int64(); ok && fits && graph.KnownSizes(v) {
		return v
	}
	return tensor.Unknown
}
