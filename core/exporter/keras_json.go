package exporter

import (
	"bytes"
	"encoding/json"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// kerasJSON writes the architecture as to_json() of Keras 2 does: Functional,
// channels last. Keras 2 and 3 and TensorFlow.js read it.
var kerasJSON = Format{
	Name: "keras-json", Label: catalog.ExportKerasJSON, Ext: ".json",
	Write: func(n *Net) (string, []*diag.Diag) { return n.kerasJSON() },
}

// A kerasUse is one call of a layer, for those that call upon its value.
type kerasUse struct {
	name string
	call int
}

func (u kerasUse) node() any { return []any{u.name, u.call, 0, map[string]any{}} }
func (u kerasUse) end() any  { return []any{u.name, u.call, 0} }

// A kerasNode is one layer of the file with all its calls.
type kerasNode struct {
	class, name string
	config      []kerasArg
	calls       []any
}

type kerasModel struct {
	net      *Net
	flat     *flat
	nodes    []*kerasNode
	byName   map[string]*kerasNode
	uses     []kerasUse       // of each op
	values   []kerasValue     // of each op
	made     map[int][]string // the layers of each op
	problems []*diag.Diag
	inputs   []any
}

func (n *Net) kerasJSON() (string, []*diag.Diag) {
	f, d := n.flatten()
	m := &kerasModel{net: n, flat: f, byName: map[string]*kerasNode{}, uses: make([]kerasUse, len(f.ops)), values: make([]kerasValue, len(f.ops)), made: map[int][]string{}}
	if d != nil {
		return "", []*diag.Diag{d}
	}
	sequences := n.sequences()
	for i := range f.ops {
		m.add(i, sequences)
	}
	for _, o := range f.unreached() {
		m.problem(onRow(diag.Warn(catalog.ExportNoOutput, o.row.Name), o))
	}
	outputs := []any{}
	for _, o := range f.outputs {
		if o >= 0 {
			outputs = append(outputs, m.uses[o].end())
		}
	}
	return m.text(outputs), m.problems
}

func (m *kerasModel) problem(d *diag.Diag) {
	m.problems = fileOnce(m.problems, d)
}

// add writes one op.
func (m *kerasModel) add(i int, sequences bool) {
	o := &m.flat.ops[i]
	if o.layer.Kind().Source && o.layer.Kind().Group == layer.GroupInput {
		m.input(i, sequences)
		return
	}
	ins := make([]kerasValue, len(o.inputs))
	from := make([]kerasUse, len(o.inputs))
	ok := !o.unknown()
	for k, in := range o.inputs {
		if in >= 0 {
			ins[k], from[k] = m.values[in], m.uses[in]
		}
	}
	var sp kerasSpell
	if ok {
		sp, ok = spellKeras(o.name, o.row, o.layer, ins, false)
	}
	if o.shares >= 0 {
		m.problem(onRow(diag.New(catalog.ExportNoTie, o.row.Name, m.flat.ops[o.shares].name, catalog.ExportKerasJSON), o))
	}
	if !ok {
		m.problem(missingKeras(o.row, o.layer.Kind(), catalog.ExportKerasJSON))
		// A class that no reader knows, so that none takes it for another layer.
		sp = kerasSpell{chain: []kerasCall{{class: "NoCounterpart_" + o.layer.Kind().Name}}, out: kerasValue{order: plain(len(o.row.Out))}}
		sp.before = make([][]kerasCall, len(ins))
	}
	if sp.warn != nil {
		m.problem(onRow(sp.warn, o))
	}
	for k := range from {
		for j, c := range sp.before[k] {
			from[k] = m.call(&c, o.name+"_order"+strconv.Itoa(k+1)+suffix(j), nil, []kerasUse{from[k]}, false)
		}
	}
	if o.twin >= 0 && o.layer.Kind().Learns {
		m.values[i], m.uses[i] = sp.out, m.again(o, sp, from)
		return
	}
	results := make([]kerasUse, len(sp.chain))
	for j := range sp.chain {
		c := &sp.chain[j]
		inputs := from
		if j > 0 {
			inputs = results[j-1 : j]
		}
		if c.from != nil {
			inputs = nil
			for _, at := range c.from {
				if at < 0 {
					inputs = append(inputs, from...)
				} else {
					inputs = append(inputs, results[at])
				}
			}
		}
		name := o.name
		if j < len(sp.chain)-1 {
			name += "_" + camelToSnake(c.class)
		}
		results[j] = m.call(c, name, nil, inputs, o.frozen)
		m.made[i] = append(m.made[i], results[j].name)
	}
	m.values[i], m.uses[i] = sp.out, results[len(results)-1]
}

func suffix(j int) string {
	if j == 0 {
		return ""
	}
	return "_" + strconv.Itoa(j)
}

func onRow(d *diag.Diag, o *op) *diag.Diag {
	d.Node = o.row.ID
	return d
}

// again calls the layers of an op once more.
func (m *kerasModel) again(o *op, sp kerasSpell, from []kerasUse) kerasUse {
	names := m.made[o.twin]
	if len(names) != len(sp.chain) || !sameWeights(o.row, m.flat.ops[o.twin].row) {
		m.problem(onRow(diag.New(catalog.ExportNoTie, o.row.Name, m.flat.ops[o.twin].name, catalog.ExportKerasJSON), o))
		return kerasUse{o.name, 0}
	}
	for j, name := range names {
		node := m.byName[name]
		if !sameArgs(node.config[1:], configOf(&sp.chain[j], false)) {
			m.problem(onRow(diag.New(catalog.ExportNoTie, o.row.Name, m.flat.ops[o.twin].name, catalog.ExportKerasJSON), o))
		}
		node.calls = append(node.calls, nodesOf(from))
		from = []kerasUse{{name, len(node.calls) - 1}}
	}
	return from[0]
}

func sameArgs(a, b []kerasArg) bool {
	x, _ := json.Marshal(jsonArgs(a))
	y, _ := json.Marshal(jsonArgs(b))
	return bytes.Equal(x, y)
}

func nodesOf(from []kerasUse) []any {
	nodes := []any{}
	for _, u := range from {
		nodes = append(nodes, u.node())
	}
	return nodes
}

// call writes a layer of the file.
func (m *kerasModel) call(c *kerasCall, name string, _ any, from []kerasUse, frozen bool) kerasUse {
	for n := 2; m.byName[name] != nil; n++ {
		name = name + "_" + strconv.Itoa(n)
	}
	node := &kerasNode{class: c.class, name: name, config: append([]kerasArg{{"name", name}}, configOf(c, frozen)...)}
	node.calls = append(node.calls, nodesOf(from))
	m.nodes = append(m.nodes, node)
	m.byName[name] = node
	return kerasUse{name, 0}
}

// configOf are the arguments of a layer as its config holds them.
func configOf(c *kerasCall, frozen bool) []kerasArg {
	config := []kerasArg{{"trainable", !frozen}}
	if c.inner != nil {
		inner := &kerasNode{class: c.inner.class, name: camelToSnake(c.inner.class), config: append([]kerasArg{{"name", camelToSnake(c.inner.class)}}, configOf(c.inner, frozen)...)}
		config = append(config, kerasArg{"layer", jsonArgs{{"class_name", inner.class}, {"config", jsonArgs(inner.config)}}})
	}
	return append(config, c.args...)
}

// input writes where samples enter, in Keras' order.
func (m *kerasModel) input(i int, sequences bool) {
	o := &m.flat.ops[i]
	order := inputOrder(o.row.Out, sequences)
	dtype := "float32"
	for _, other := range m.flat.ops {
		if other.layer.Kind().Keras == "Embedding" && len(other.inputs) == 1 && other.inputs[0] == i {
			dtype = "int32"
		}
	}
	shape := append(list{nil}, shapeOf(o.row.Out, order)...)
	node := &kerasNode{class: "InputLayer", name: o.name, config: []kerasArg{{"batch_input_shape", shape}, {"dtype", dtype}, {"sparse", false}, {"name", o.name}}}
	m.nodes = append(m.nodes, node)
	m.byName[o.name] = node
	m.uses[i], m.values[i] = kerasUse{o.name, 0}, kerasValue{order: order}
	m.inputs = append(m.inputs, m.uses[i].end())
}

// jsonArgs is an object whose names stay in order.
type jsonArgs []kerasArg

// MarshalJSON implements json.Marshaler.
func (a jsonArgs) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, arg := range a {
		if i > 0 {
			b.WriteString(", ")
		}
		b.Write(marshal(arg.name))
		b.WriteString(": ")
		b.Write(marshal(arg.value))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (m *kerasModel) text(outputs []any) string {
	var b bytes.Buffer
	b.WriteString(`{"class_name": "Functional", "config": {"name": `)
	b.Write(marshal(identifier(orNetwork(m.net.Model.Name))))
	b.WriteString(`, "trainable": true, "layers": [`)
	for i, node := range m.nodes {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n")
		calls := node.calls
		if calls == nil {
			calls = []any{}
		}
		b.Write(marshal(jsonArgs{{"class_name", node.class}, {"config", jsonArgs(node.config)}, {"name", node.name}, {"inbound_nodes", calls}}))
	}
	b.WriteString("\n], \"input_layers\": ")
	if m.inputs == nil {
		m.inputs = []any{}
	}
	b.Write(marshal(m.inputs))
	b.WriteString(`, "output_layers": `)
	b.Write(marshal(outputs))
	b.WriteString("}, \"keras_version\": \"2.15.0\", \"backend\": \"tensorflow\"}\n")
	return b.String()
}

// camelToSnake writes ZeroPadding2D as zero_padding2d.
func camelToSnake(s string) string {
	var b []byte
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			if i > 0 && s[i-1] >= 'a' && s[i-1] <= 'z' {
				b = append(b, '_')
			}
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return string(b)
}
