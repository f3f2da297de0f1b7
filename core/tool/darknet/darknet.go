package darknet

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// Reader is Darknet's .cfg: sections, of which each is a layer that takes the
// one before (parser.c of pjreddie/darknet and of its fork by AlexeyAB).
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
		d := &darknetNet{Builder: graph.NewBuilder()}
		if err := d.read(string(data), f.Progress); err != nil {
			return nil, err
		}
		return d.Stack()
	},
}

// A darknetSection is one layer as the file has it.
type darknetSection struct {
	typ     string
	line    int
	options map[string]string // the first of a name counts
}

// str returns an option, other if it is not there.
func (s *darknetSection) str(name, other string) string {
	if v, ok := s.options[name]; ok {
		return v
	}
	return other
}

// whole returns an option as C's atoi reads it.
func (s *darknetSection) whole(name string, other int64) int64 {
	v, ok := s.options[name]
	if !ok {
		return other
	}
	return darknetWhole(v)
}

func darknetWhole(v string) int64 {
	n := 0
	for n < len(v) && (v[n] >= '0' && v[n] <= '9' || n == 0 && (v[n] == '-' || v[n] == '+')) {
		n++
	}
	i, err := strconv.ParseInt(v[:n], 10, 64)
	if err != nil && n > 1 { // too large: what takes it says so
		return math.MaxInt64
	}
	return i
}

// A darknetNet is the state of reading one.
type darknetNet struct {
	graph.Builder
	values []string   // the node that gives the value of each layer
	own    [][]string // the nodes of each layer that learn
	now    string     // the current value's node, "" before the first
	at     string     // the layer's name
}

func (d *darknetNet) read(src string, step func(float64) error) error {
	var sections []*darknetSection
	number := 0
	for line := range strings.Lines(src) {
		number++
		line = strings.Map(func(r rune) rune {
			if r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\ufeff' {
				return -1
			}
			return r
		}, line)
		switch {
		case line == "" || line[0] == '#' || line[0] == ';' || line[0] == 0:
		case line[0] == '[':
			if len(sections) > source.MaxNodes {
				return diag.New(catalog.ImportTooManyNodes, ">"+num.Of(source.MaxNodes).Grouped(), num.Of(source.MaxNodes).Grouped())
			}
			typ, _, _ := strings.Cut(line[1:], "]")
			sections = append(sections, &darknetSection{typ: typ, line: number, options: map[string]string{}})
		case len(sections) == 0:
			return diag.New(catalog.ImportNoSection, number)
		default:
			name, value, _ := strings.Cut(line, "=")
			if n := strings.IndexAny(value, "#;"); n >= 0 { // Darknet knows no comments there, people do
				value = value[:n]
			}
			o := sections[len(sections)-1].options
			if _, twice := o[name]; !twice {
				o[name] = value
			}
		}
	}
	for i, s := range sections {
		if i%100 == 99 {
			if err := step(float64(i) / float64(len(sections))); err != nil {
				return err
			}
		}
		if s.typ == "net" || s.typ == "network" {
			if i == 0 {
				if err := d.enter(s); err != nil {
					return err
				}
			}
			continue
		}
		if d.now == "" {
			if err := d.enter(&darknetSection{}); err != nil {
				return err
			}
		}
		d.at = "l" + strconv.Itoa(len(d.values))
		d.own = append(d.own, nil)
		if err := d.layer(s); err != nil {
			return diag.New(catalog.ImportInLayer, layer.Quote("["+s.typ+"] "+strconv.Itoa(len(d.values))), s.line, source.AsDiag(err).Say)
		}
		d.close()
	}
	return nil
}

// close names the node that gives the layer's value after the layer, since others
// refer to it, and files it.
func (d *darknetNet) close() {
	if strings.HasPrefix(d.now, d.at+"_") {
		old := d.now
		d.now = d.Builder.Rename(old, d.at)
		for i, n := range d.own[len(d.values)] {
			if n == old {
				d.own[len(d.values)][i] = d.now
			}
		}
	}
	d.values = append(d.values, d.now)
}

// enter adds the input that [net] tells: a picture, or so many numbers.
func (d *darknetNet) enter(s *darknetSection) error {
	c, h, w := s.whole("channels", 0), s.whole("height", 0), s.whole("width", 0)
	shape := graph.Crossed(c, h, w)
	switch in := s.whole("inputs", 0); {
	case c > 0 && h > 0 && w > 0:
	case in > 0:
		shape = graph.Crossed(in)
	default:
		shape = "?x?x?"
		d.NoteAbout(catalog.ImportInputOpen, "[net]")
	}
	made, err := graph.Build("input", "shape", shape)
	if err != nil {
		return err
	}
	d.now, err = d.Add(graph.Node{Name: "input", Layer: made})
	return err
}

// put adds a layer of a kind behind the current value.
func (d *darknetNet) put(kind string, pairs ...string) error {
	return d.join([]string{d.now}, kind, pairs...)
}

// join adds a layer that takes the values of nodes; of one value there is nothing
// to join.
func (d *darknetNet) join(in []string, kind string, pairs ...string) error {
	made, err := graph.Build(kind, pairs...)
	if err != nil {
		return err
	}
	if made.Kind().Joins() && len(in) == 1 {
		d.now = in[0]
		return nil
	}
	return d.give(in, made, "")
}

func (d *darknetNet) give(in []string, made layer.Layer, shares string) error {
	name, err := d.Add(graph.Node{Name: d.at + "_" + made.Kind().Name, Layer: made, Inputs: in, Shares: shares})
	if err != nil {
		return err
	}
	if i := len(d.own) - 1; made.Kind().Learns && i >= 0 {
		d.own[i] = append(d.own[i], name)
	}
	d.now = name
	return nil
}

// keep adds an opaque layer.
func (d *darknetNet) keep(in []string, u graph.Unknown) error {
	if u.Type == "" {
		u.Type = "section"
	}
	d.NoteAbout(catalog.ImportOpaque, u.Type)
	return d.give(in, u.Layer(), "")
}

// same keeps a layer without weights that keeps the shape.
func (d *darknetNet) same(typ string) error {
	return d.keep([]string{d.now}, graph.Unknown{Type: typ, Complete: true, Out: d.Shapes[d.now]})
}

// places returns the nodes of the layers that an option lists: from 0 on, or
// negative ones from here back.
func (d *darknetNet) places(list string) ([]string, error) {
	var nodes []string
	for _, s := range strings.Split(list, ",") {
		if s == "" {
			continue
		}
		i := darknetWhole(s)
		if i < 0 {
			i += int64(len(d.values))
		}
		if i < 0 || i >= int64(len(d.values)) {
			return nil, diag.New(catalog.ImportBadPlace, layer.Quote(s), len(d.values))
		}
		if nodes = append(nodes, d.values[i]); len(nodes) > graph.MaxInputs {
			return nil, diag.New(catalog.ImportTooManyInputs, d.at, graph.MaxInputs)
		}
	}
	if len(nodes) == 0 {
		return nil, diag.New(catalog.ImportEndsEarly)
	}
	return nodes, nil
}

// darknetActivations are kinds by Darknet's names (activations.c). Others have no
// weights and keep the shape too.
var darknetActivations = map[string][]string{
	"logistic": {"sigmoid"}, "relu": {"relu"}, "elu": {"elu"}, "selu": {"selu"}, "leaky": {"leakyrelu", "slope", "0.1"},
	"tanh": {"tanh"}, "hardtan": {"hardtanh"}, "relu6": {"relu6"}, "swish": {"silu"}, "mish": {"mish"}, "gelu": {"gelu"},
}

// activate adds the activation that closes a layer; other is the default.
func (d *darknetNet) activate(s *darknetSection, other string) error {
	a := s.str("activation", other)
	switch f := darknetActivations[a]; {
	case a == "linear":
		return nil
	case f != nil:
		return d.put(f[0], f[1:]...)
	}
	return d.same("activation." + a)
}

// normed adds a layer that learns, with batch_normalize behind it: Darknet's
// biases are the norm's β then, and its scales γ.
func (d *darknetNet) normed(s *darknetSection, kind string, shares []string, pairs ...string) error {
	norm := s.whole("batch_normalize", 0) != 0 || s.whole("cbn", 0) != 0
	made, err := graph.Build(kind, append(pairs, "bias", graph.OnOff(!norm))...)
	if err != nil {
		return err
	}
	of := func(i int) string {
		if i < len(shares) {
			return shares[i]
		}
		return ""
	}
	if err := d.give([]string{d.now}, made, of(0)); err != nil || !norm {
		return err
	}
	if made, err = graph.Build("bn"); err != nil {
		return err
	}
	return d.give([]string{d.now}, made, of(1))
}

// extent returns extent i of the current value.
func (d *darknetNet) extent(i int) int64 { return d.Dim(d.now, i) }

// elements returns how many numbers the current value has.
func (d *darknetNet) elements() int64 {
	n, ok := d.Shapes[d.now].Elements()
	if v, fits := n.Int64(); ok && fits && graph.KnownSizes(v) {
		return v
	}
	return tensor.Unknown
}
