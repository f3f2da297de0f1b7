package keras

import (
	"bytes"
	"encoding/json"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
)

// JSONWriter writes the architecture as to_json() of Keras 2 does: Functional,
// channels last. Keras 2 and 3 and TensorFlow.js read it.
var JSONWriter = target.Writer{
	ID: "keras-json", Label: catalog.ExportKerasJSON, Ext: ".json",
	Write: func(n *target.Network) (string, []*diag.Diag) { return writeJSON(n) },
}

// A blockUse is one call of a layer, for those that call upon its value.
type blockUse struct {
	name string
	call int
}

func (u blockUse) node() any { return []any{u.name, u.call, 0, map[string]any{}} }

func (u blockUse) end() any { return []any{u.name, u.call, 0} }

// A layerNode is one layer of the file with all its calls.
type layerNode struct {
	class, name string
	config      []arg
	calls       []any
}

type modelJSON struct {
	net      *target.Network
	flat     *oplist.List
	nodes    []*layerNode
	byName   map[string]*layerNode
	uses     []blockUse       // of each op
	values   []held           // of each op
	layers   map[int][]string // the layers of each op
	problems []*diag.Diag
	inputs   []any
}

func writeJSON(n *target.Network) (string, []*diag.Diag) {
	f, d := oplist.Of(n)
	m := &modelJSON{net: n, flat: f, byName: map[string]*layerNode{}, uses: make([]blockUse, len(f.Ops)),
		values: make([]held, len(f.Ops)), layers: map[int][]string{}}
	if d != nil {
		return "", []*diag.Diag{d}
	}
	sequences := entersAsSequences(n)
	for i := range f.Ops {
		m.add(i, sequences)
	}
	for _, o := range f.Unreached() {
		m.problem(onRow(diag.Warn(catalog.ExportNoOutput, o.Row.Name), o))
	}
	outputs := []any{}
	for _, o := range f.Outputs {
		if o >= 0 {
			outputs = append(outputs, m.uses[o].end())
		}
	}
	return m.text(outputs), m.problems
}

func (m *modelJSON) problem(d *diag.Diag) {
	m.problems = target.AddOnce(m.problems, d)
}

// add writes one op.
func (m *modelJSON) add(i int, sequences bool) {
	o := &m.flat.Ops[i]
	if o.Layer.Kind().Takes == layer.TakesNone && o.Layer.Kind().Group == layer.GroupInput {
		m.input(i, sequences)
		return
	}
	ins := make([]held, len(o.Inputs))
	from := make([]blockUse, len(o.Inputs))
	ok := !o.Unknown()
	for k, in := range o.Inputs {
		if in >= 0 {
			ins[k], from[k] = m.values[in], m.uses[in]
			ok = ok && k < len(o.Row.In) && len(ins[k].order) == len(o.Row.In[k]) // not after what is unknown
		}
	}
	var sp counterpart
	if ok {
		sp, ok = counterpartOf(o.Name, o.Row, o.Layer, ins, false)
	}
	if o.Shares >= 0 {
		m.problem(onRow(diag.New(catalog.ExportNoTie, o.Row.Name, m.flat.Ops[o.Shares].Name, catalog.ExportKerasJSON), o))
	}
	if !ok {
		m.problem(oplist.Missing(o.Row, o.Layer.Kind(), catalog.ExportKerasJSON))
		// A class that no reader knows, so that none mistakes it for another layer.
		sp = counterpart{chain: []chainCall{{class: "NoCounterpart_" + o.Layer.Kind().Name}},
			out: held{order: asIs(len(o.Row.Out))}}
		sp.before = make([][]chainCall, len(ins))
	}
	if sp.warn != nil {
		m.problem(onRow(sp.warn, o))
	}
	for k := range from {
		for j, c := range sp.before[k] {
			from[k] = m.call(&c, o.Name+"_order"+strconv.Itoa(k+1)+suffix(j), []blockUse{from[k]}, false)
		}
	}
	if o.Reuses >= 0 && o.Layer.Kind().Learns {
		m.values[i], m.uses[i] = sp.out, m.again(o, sp, from)
		return
	}
	results := make([]blockUse, len(sp.chain))
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
		name := o.Name
		if j < len(sp.chain)-1 {
			name += "_" + camelToSnake(c.class)
		}
		results[j] = m.call(c, name, inputs, o.Frozen)
		m.layers[i] = append(m.layers[i], results[j].name)
	}
	m.values[i], m.uses[i] = sp.out, results[len(results)-1]
}

func suffix(j int) string {
	if j == 0 {
		return ""
	}
	return "_" + strconv.Itoa(j)
}

func onRow(d *diag.Diag, o *oplist.Op) *diag.Diag {
	d.Node = o.Row.ID
	return d
}

// again calls the layers of an op once more.
func (m *modelJSON) again(o *oplist.Op, sp counterpart, from []blockUse) blockUse {
	names := m.layers[o.Reuses]
	if len(names) != len(sp.chain) || !oplist.SameWeights(o.Row, m.flat.Ops[o.Reuses].Row) {
		m.problem(m.cannotReuse(o))
		return blockUse{o.Name, 0}
	}
	for j, name := range names {
		node := m.byName[name]
		if !sameArgs(node.config[1:], configOf(&sp.chain[j], false)) {
			m.problem(m.cannotReuse(o))
		}
		node.calls = append(node.calls, nodesOf(from))
		from = []blockUse{{name, len(node.calls) - 1}}
	}
	return from[0]
}

// cannotReuse states that an op cannot be another use of the layer that it is.
func (m *modelJSON) cannotReuse(o *oplist.Op) *diag.Diag {
	if first := m.flat.Ops[o.Reuses].Row; first.ID != o.Row.ID {
		return onRow(diag.New(catalog.ExportNoTie, o.Row.Name, first.Name, catalog.ExportKerasJSON), o)
	}
	return onRow(diag.New(catalog.ExportUsedAgain, o.Row.Name, catalog.ExportKerasJSON), o)
}

func sameArgs(a, b []arg) bool {
	x, _ := json.Marshal(jsonArgs(a))
	y, _ := json.Marshal(jsonArgs(b))
	return bytes.Equal(x, y)
}

func nodesOf(from []blockUse) []any {
	nodes := []any{}
	for _, u := range from {
		nodes = append(nodes, u.node())
	}
	return nodes
}

// call writes a layer of the file.
func (m *modelJSON) call(c *chainCall, name string, from []blockUse, frozen bool) blockUse {
	for n := 2; m.byName[name] != nil; n++ {
		name = name + "_" + strconv.Itoa(n)
	}
	node := &layerNode{class: c.class, name: name, config: append([]arg{{"name", name}}, configOf(c, frozen)...)}
	node.calls = append(node.calls, nodesOf(from))
	m.nodes = append(m.nodes, node)
	m.byName[name] = node
	return blockUse{name, 0}
}

// configOf are the arguments of a layer as its config holds them.
func configOf(c *chainCall, frozen bool) []arg {
	config := []arg{{"trainable", !frozen}}
	if c.inner != nil {
		inner := &layerNode{class: c.inner.class, name: camelToSnake(c.inner.class),
			config: append([]arg{{"name", camelToSnake(c.inner.class)}}, configOf(c.inner, frozen)...)}
		config = append(config, arg{"layer", jsonArgs{{"class_name", inner.class}, {"config", jsonArgs(inner.config)}}})
	}
	return append(config, c.args...)
}

// writeInput writes where samples enter, in Keras' order.
func (m *modelJSON) input(i int, sequences bool) {
	o := &m.flat.Ops[i]
	order := inputOrder(o.Row.Out, sequences)
	dtype := "float32"
	for _, other := range m.flat.Ops {
		if other.Layer.Kind().Keras == "Embedding" && len(other.Inputs) == 1 && other.Inputs[0] == i {
			dtype = "int32"
		}
	}
	shape := append(pycode.List{nil}, shapeOf(o.Row.Out, order)...)
	node := &layerNode{class: inputLayer, name: o.Name,
		config: []arg{{"batch_input_shape", shape}, {"dtype", dtype}, {"sparse", false}, {"name", o.Name}}}
	m.nodes = append(m.nodes, node)
	m.byName[o.Name] = node
	m.uses[i], m.values[i] = blockUse{o.Name, 0}, held{order: order}
	m.inputs = append(m.inputs, m.uses[i].end())
}

// jsonArgs is an object whose names stay in order.
type jsonArgs []arg

// MarshalJSON implements json.Marshaler.
func (a jsonArgs) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, arg := range a {
		if i > 0 {
			b.WriteString(", ")
		}
		b.Write(target.Marshal(arg.name))
		b.WriteString(": ")
		b.Write(target.Marshal(arg.value))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (m *modelJSON) text(outputs []any) string {
	var b bytes.Buffer
	b.WriteString(`{"class_name": "Functional", "config": {"name": `)
	b.Write(target.Marshal(pycode.Identifier(pycode.OrNetwork(m.net.Model.Name))))
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
		b.Write(target.Marshal(jsonArgs{{"class_name", node.class}, {"config", jsonArgs(node.config)},
			{"name", node.name}, {"inbound_nodes", calls}}))
	}
	b.WriteString("\n], \"input_layers\": ")
	if m.inputs == nil {
		m.inputs = []any{}
	}
	b.Write(target.Marshal(m.inputs))
	b.WriteString(`, "output_layers": `)
	b.Write(target.Marshal(outputs))
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
