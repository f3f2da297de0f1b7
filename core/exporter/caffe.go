package exporter

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// caffe writes a deploy prototxt: the network as it answers, for BVLC's Caffe and
// what reads its files. Permute is of the SSD branch; OpenCV knows it too.
var caffe = Format{
	Name: "caffe", Label: catalog.ExportCaffe, Ext: ".prototxt",
	Write: func(n *Net) (string, []*diag.Diag) {
		m, d := newCaffeModel(n)
		if d != nil {
			return "", []*diag.Diag{d}
		}
		return m.text(), m.problems
	},
}

// A caffeNode is one layer of the file.
type caffeNode struct {
	name, class   string
	bottoms, tops []string
	params        []string // written out: convolution_param { … }
	blobs         int      // how many it learns
	comment       string
	op            int
}

type caffeModel struct {
	net      *Net
	flat     *flat
	nodes    []*caffeNode
	names    *names
	tops     []string // of each op
	made     map[int][]*caffeNode
	shared   map[int]bool // ops whose layer is used again
	problems []*diag.Diag
}

func newCaffeModel(n *Net) (*caffeModel, *diag.Diag) {
	f, d := n.flatten()
	if d != nil {
		return nil, d
	}
	m := &caffeModel{net: n, flat: f, names: newNames(""), tops: make([]string, len(f.ops)), made: map[int][]*caffeNode{}, shared: map[int]bool{}}
	for i := range f.ops {
		if t := f.ops[i].twin; t >= 0 {
			m.shared[t] = true
		}
	}
	for i := range f.ops {
		m.add(i)
	}
	return m, nil
}

func (m *caffeModel) problem(d *diag.Diag, o *op) {
	d.Node = o.row.ID
	m.problems = fileOnce(m.problems, d)
}

// A caffeLayer is one layer being said in Caffe: a chain of layers, each on top
// of the one before it.
type caffeLayer struct {
	m     *caffeModel
	o     *op
	i     int
	in    []tensor.Shape
	x     tensor.Shape
	out   tensor.Shape
	from  []string // the tops that enter
	cur   []string // the bottoms of the next layer
	count int
}

// add writes one op.
func (m *caffeModel) add(i int) {
	o := &m.flat.ops[i]
	c := &caffeLayer{m: m, o: o, i: i, in: o.row.In, out: o.row.Out}
	if len(c.in) > 0 {
		c.x = c.in[0]
	}
	for _, in := range o.inputs {
		if in >= 0 {
			c.from = append(c.from, m.tops[in])
		}
	}
	c.cur = c.from
	write := caffeLayers()[o.layer.Kind().Name]
	ok := write != nil && !o.row.Broken() && !o.unknown()
	if ok {
		before := len(m.nodes)
		if ok = write(c, o.layer); !ok {
			m.nodes = m.nodes[:before]
		}
	}
	if o.shares >= 0 {
		m.problem(diag.New(catalog.ExportNoTie, o.row.Name, m.flat.ops[o.shares].name, catalog.ExportCaffe), o)
	}
	if !ok {
		d := missingKeras(o.row, o.layer.Kind(), catalog.ExportCaffe)
		m.problem(d, o)
		c.cur = c.from
		c.say("NoCounterpart_" + o.layer.Kind().Name)
		m.nodes[len(m.nodes)-1].comment = d.Say.In(catalog.English)
	}
	m.tops[i] = ""
	if len(c.cur) > 0 {
		m.tops[i] = c.cur[0]
	}
}

// say adds a layer on top of the chain. The last one must have the op's name, so
// that its value is found by it: names are given when the next one comes.
func (c *caffeLayer) say(class string, params ...string) bool {
	name := c.o.name
	if c.count > 0 {
		name += "_" + strings.ToLower(class)
	}
	name = c.m.names.free(name)
	c.count++
	n := &caffeNode{name: name, class: class, bottoms: c.cur, tops: []string{name}, op: c.i}
	for _, p := range params {
		if p != "" {
			n.params = append(n.params, p)
		}
	}
	c.m.nodes = append(c.m.nodes, n)
	c.m.made[c.i] = append(c.m.made[c.i], n)
	c.cur = n.tops
	return true
}

// learns says how many tensors the layer said last has.
func (c *caffeLayer) learns(blobs int) bool {
	c.m.nodes[len(c.m.nodes)-1].blobs = blobs
	return true
}

// text writes the file.
func (m *caffeModel) text() string {
	var b strings.Builder
	b.WriteString("# " + oneLine(m.net.summary(false)) + "\n# Written by paramstack.\nname: " + protoText(oneLine(m.net.title())) + "\n")
	position := map[int]int{}
	for _, n := range m.nodes {
		o := &m.flat.ops[n.op]
		at := position[n.op]
		position[n.op]++
		if n.comment != "" {
			b.WriteString("# " + oneLine(n.comment) + "\n")
		}
		b.WriteString("layer {\n  name: " + protoText(n.name) + "\n  type: " + protoText(n.class) + "\n")
		for _, s := range n.bottoms {
			b.WriteString("  bottom: " + protoText(s) + "\n")
		}
		for _, s := range n.tops {
			b.WriteString("  top: " + protoText(s) + "\n")
		}
		owner := -1
		if o.twin >= 0 {
			owner = o.twin
		} else if m.shared[n.op] {
			owner = n.op
		}
		for k := range n.blobs {
			var parts []string
			if owner >= 0 && at < len(m.made[owner]) {
				parts = append(parts, "name: "+protoText(m.made[owner][at].name+"_"+strconv.Itoa(k)))
			}
			if o.frozen || n.class == "BatchNorm" {
				parts = append(parts, "lr_mult: 0", "decay_mult: 0")
			}
			if len(parts) > 0 {
				b.WriteString("  param { " + strings.Join(parts, " ") + " }\n")
			}
		}
		for _, p := range n.params {
			b.WriteString("  " + p + "\n")
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// protoText writes a string of the text format of protocol buffers.
func protoText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// block writes a message; empty parts are left out.
func message(name string, parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return name + " { " + strings.Join(all, " ") + " }"
}

// field writes a number unless it is the default.
func field(name string, n, omit int64) string {
	if n == omit {
		return ""
	}
	return name + ": " + whole(n)
}

// twoSides writes a number of each side: one if they are equal.
func twoSides(name, suffix string, at func(int) int64, omit int64) string {
	if at(0) == at(1) {
		return field(name+suffix, at(0), omit)
	}
	return name + "_h: " + whole(at(0)) + " " + name + "_w: " + whole(at(1))
}

func protoBool(name string, on, omit bool) string {
	if on == omit {
		return ""
	}
	return name + ": " + strconv.FormatBool(on)
}

func protoReal(name string, v, omit float64) string {
	if v == omit {
		return ""
	}
	r := layer.AnyReal(v)
	return name + ": " + r.Text()
}

// dims writes a shape behind the batch, which stays as it is.
func protoDims(s tensor.Shape, batch string) string {
	parts := []string{"dim: " + batch}
	for _, d := range s {
		parts = append(parts, "dim: "+whole(d.N))
	}
	return message("shape", parts...)
}
