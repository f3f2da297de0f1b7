package caffe

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/names"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/target"
)

// Writer writes a deploy prototxt: the network as it answers, for BVLC's Caffe and
// what reads its files. Permute is of the SSD branch; OpenCV knows it too.
var Writer = target.Writer{
	ID: "caffe", Label: catalog.ExportCaffe, Ext: ".prototxt",
	Write: func(n *target.Network) (string, []*diag.Diag) {
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
	net      *target.Network
	flat     *oplist.List
	nodes    []*caffeNode
	names    *names.Set
	tops     []string // of each op
	made     map[int][]*caffeNode
	shared   map[int]bool // ops whose layer is used again
	problems []*diag.Diag
}

func newCaffeModel(n *target.Network) (*caffeModel, *diag.Diag) {
	f, d := oplist.Of(n)
	if d != nil {
		return nil, d
	}
	m := &caffeModel{net: n, flat: f, names: names.NewSet(names.Joined), tops: make([]string, len(f.Ops)), made: map[int][]*caffeNode{}, shared: map[int]bool{}}
	for i := range f.Ops {
		if t := f.Ops[i].Reuses; t >= 0 {
			m.shared[t] = true
		}
	}
	for i := range f.Ops {
		m.add(i)
	}
	return m, nil
}

func (m *caffeModel) problem(d *diag.Diag, o *oplist.Op) {
	d.Node = o.Row.ID
	m.problems = target.AddOnce(m.problems, d)
}

// A layerWriter is one layer being said in Caffe: a chain of layers, each on top
// of the one before it.
type layerWriter struct {
	m     *caffeModel
	o     *oplist.Op
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
	o := &m.flat.Ops[i]
	c := &layerWriter{m: m, o: o, i: i, in: o.Row.In, out: o.Row.Out}
	if len(c.in) > 0 {
		c.x = c.in[0]
	}
	for _, in := range o.Inputs {
		if in >= 0 {
			c.from = append(c.from, m.tops[in])
		}
	}
	c.cur = c.from
	write := layerWriters()[o.Layer.Kind().Name]
	ok := write != nil && !o.Row.Broken() && !o.Unknown()
	if ok {
		before := len(m.nodes)
		if ok = write(c, o.Layer); !ok {
			m.nodes = m.nodes[:before]
		}
	}
	if o.Shares >= 0 {
		m.problem(diag.New(catalog.ExportNoTie, o.Row.Name, m.flat.Ops[o.Shares].Name, catalog.ExportCaffe), o)
	}
	if !ok {
		d := oplist.Missing(o.Row, o.Layer.Kind(), catalog.ExportCaffe)
		m.problem(d, o)
		c.cur = c.from
		c.say("NoCounterpart_" + o.Layer.Kind().Name)
		m.nodes[len(m.nodes)-1].comment = d.Say.In(catalog.English)
	}
	m.tops[i] = ""
	if len(c.cur) > 0 {
		m.tops[i] = c.cur[0]
	}
}

// say adds a layer on top of the chain. The last one must have the op's name, so
// that its value is found by it: names are given when the next one comes.
func (c *layerWriter) say(class string, params ...string) bool {
	name := c.o.Name
	if c.count > 0 {
		name += "_" + strings.ToLower(class)
	}
	name = c.m.names.Free(name)
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
func (c *layerWriter) learns(blobs int) bool {
	c.m.nodes[len(c.m.nodes)-1].blobs = blobs
	return true
}

// text writes the file.
func (m *caffeModel) text() string {
	var b strings.Builder
	b.WriteString("# " + target.OneLine(target.SizeSentence(m.net, count.Style{Biases: true}, tensor.Shape.String)) + "\n# Written by paramstack.\nname: " + protoText(target.OneLine(m.net.Title())) + "\n")
	position := map[int]int{}
	for _, n := range m.nodes {
		o := &m.flat.Ops[n.op]
		at := position[n.op]
		position[n.op]++
		if n.comment != "" {
			b.WriteString("# " + target.OneLine(n.comment) + "\n")
		}
		b.WriteString("layer {\n  name: " + protoText(n.name) + "\n  type: " + protoText(n.class) + "\n")
		for _, s := range n.bottoms {
			b.WriteString("  bottom: " + protoText(s) + "\n")
		}
		for _, s := range n.tops {
			b.WriteString("  top: " + protoText(s) + "\n")
		}
		owner := -1
		if o.Reuses >= 0 {
			owner = o.Reuses
		} else if m.shared[n.op] {
			owner = n.op
		}
		for k := range n.blobs {
			var parts []string
			if owner >= 0 && at < len(m.made[owner]) {
				parts = append(parts, "name: "+protoText(m.made[owner][at].name+"_"+strconv.Itoa(k)))
			}
			if o.Frozen || n.class == "BatchNorm" {
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
	return name + ": " + strconv.FormatInt(n, 10)
}

// twoSides writes a number of each side: one if they are equal.
func twoSides(name, suffix string, at func(int) int64, omit int64) string {
	if at(0) == at(1) {
		return field(name+suffix, at(0), omit)
	}
	return name + "_h: " + strconv.FormatInt(at(0), 10) + " " + name + "_w: " + strconv.FormatInt(at(1), 10)
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
		parts = append(parts, "dim: "+strconv.FormatInt(d.N, 10))
	}
	return message("shape", parts...)
}
