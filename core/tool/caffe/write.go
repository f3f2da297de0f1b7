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
	"paramstack/core/tool/vocab"
)

// Writer writes a deploy prototxt: the network as it answers, for BVLC's Caffe and
// what reads its files. Permute is of the SSD branch; OpenCV knows it too.
var Writer = target.Writer{
	ID: "caffe", Label: catalog.ExportCaffe, Ext: ".prototxt",
	Write: func(n *target.Network) (string, []*diag.Diag) {
		m, d := newModel(n)
		if d != nil {
			return "", []*diag.Diag{d}
		}
		return m.text(), m.problems
	},
}

// A node is one layer of the file.
type node struct {
	name, class   string
	bottoms, tops []string
	options       string // written out: convolution_param { … }
	blobs         int    // how many it learns
	comment       string
	op            int
}

type model struct {
	net      *target.Network
	flat     *oplist.List
	nodes    []*node
	names    *names.Set
	tops     []string // of each op
	made     map[int][]*node
	shared   map[int]bool // ops whose layer is used again
	problems []*diag.Diag
}

func newModel(n *target.Network) (*model, *diag.Diag) {
	f, d := oplist.Of(n)
	if d != nil {
		return nil, d
	}
	m := &model{net: n, flat: f, names: names.NewSet(names.Joined), tops: make([]string, len(f.Ops)),
		made: map[int][]*node{}, shared: map[int]bool{}}
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

func (m *model) problem(d *diag.Diag, o *oplist.Op) {
	d.Node = o.Row.ID
	m.problems = target.AddOnce(m.problems, d)
}

// A chain is what one layer is in Caffe: layers, each on top of the one before it.
type chain struct {
	m     *model
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
func (m *model) add(i int) {
	o := &m.flat.Ops[i]
	c := &chain{m: m, o: o, i: i, in: o.Row.In, out: o.Row.Out}
	if len(c.in) > 0 {
		c.x = c.in[0]
	}
	for _, in := range o.Inputs {
		if in >= 0 {
			c.from = append(c.from, m.tops[in])
		}
	}
	c.cur = c.from
	write := writers()[o.Layer.Kind()]
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
		c.emitType("NoCounterpart_"+o.Layer.Kind().Name, "")
		m.nodes[len(m.nodes)-1].comment = d.Say.In(catalog.English)
	}
	m.tops[i] = ""
	if len(c.cur) > 0 {
		m.tops[i] = c.cur[0]
	}
}

// emit adds a layer on top of the chain, of the type that a kind has in Caffe; m
// may be nil.
func (c *chain) emit(k *layer.Kind, m message) bool {
	row, options := vocab.Caffe().Of(k), ""
	if m != nil {
		options = write(row.Message, m)
	}
	return c.emitType(row.Class(2), options)
}

// emitType adds a layer on top of the chain. The last one must have the op's name, so
// that its value is found by it: names are given when the next one comes.
func (c *chain) emitType(class, options string) bool {
	name := c.o.Name
	if c.count > 0 {
		name += "_" + strings.ToLower(class)
	}
	name = c.m.names.Free(name)
	c.count++
	n := &node{name: name, class: class, bottoms: c.cur, tops: []string{name}, options: options, op: c.i}
	c.m.nodes = append(c.m.nodes, n)
	c.m.made[c.i] = append(c.m.made[c.i], n)
	c.cur = n.tops
	return true
}

// learns notes how many tensors the layer that was added last has.
func (c *chain) learns(blobs int) bool {
	c.m.nodes[len(c.m.nodes)-1].blobs = blobs
	return true
}

// text writes the file.
func (m *model) text() string {
	var b strings.Builder
	b.WriteString("# " +
		target.OneLine(target.SizeSentence(m.net, count.Style{Biases: true}, tensor.Shape.String)) +
		"\n# Written by paramstack.\nname: " + quoted(target.OneLine(m.net.Title())) + "\n")
	position := map[int]int{}
	for _, n := range m.nodes {
		o := &m.flat.Ops[n.op]
		at := position[n.op]
		position[n.op]++
		if n.comment != "" {
			b.WriteString("# " + target.OneLine(n.comment) + "\n")
		}
		b.WriteString("layer {\n  name: " + quoted(n.name) + "\n  type: " + quoted(n.class) + "\n")
		for _, s := range n.bottoms {
			b.WriteString("  bottom: " + quoted(s) + "\n")
		}
		for _, s := range n.tops {
			b.WriteString("  top: " + quoted(s) + "\n")
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
				parts = append(parts, "name: "+quoted(m.made[owner][at].name+"_"+strconv.Itoa(k)))
			}
			if o.Frozen || n.class == "BatchNorm" {
				parts = append(parts, "lr_mult: 0", "decay_mult: 0")
			}
			if len(parts) > 0 {
				b.WriteString("  param { " + strings.Join(parts, " ") + " }\n")
			}
		}
		if n.options != "" {
			b.WriteString("  " + n.options + "\n")
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// quoted writes a string of the text format of protocol buffers.
func quoted(s string) string {
	return `"` + escapes.Replace(s) + `"`
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
