package onnx

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// Reader is a model of ONNX (onnx.ai), of any opset. Its weights are passed over, in
// the file or beside it.
var Reader = source.Reader{
	ID: "onnx", Label: "ONNX", Exts: []string{".onnx"},
	Detect: func(head []byte, _ *source.File) bool { return onnxpb.Starts(head) },
	Read: func(f *source.File) (*source.Result, error) {
		m, err := onnxpb.Read(f)
		if err != nil {
			return nil, err
		}
		c, err := convertOnnx(f, m)
		if err != nil {
			return nil, err
		}
		return c.finish()
	},
}

var one = num.Of(1)

// Where the batch stands in what enters the network: first, as nearly always;
// second, as recurrent layers have it; or nowhere, where the whole tensor is the
// sample.
var onnxPlans = []int{0, 1, noBatch}

// convertOnnx makes layers of a model, with the batch where fewest of them are
// opaque.
func convertOnnx(f *source.File, m *onnxpb.Model) (*onnxNet, error) {
	nodes, err := inlined(m)
	if err != nil {
		return nil, err
	}
	var best *onnxNet
	for _, plan := range onnxPlans {
		c := &onnxNet{f: f, m: m, plan: plan, order: slices.Clone(nodes)}
		if err := c.run(); err != nil {
			return nil, err
		}
		if best == nil || c.strangers() < best.strangers() {
			best = c
		}
		if best.strangers() == 0 {
			break
		}
	}
	return best, nil
}

// strangers returns how many layers are opaque.
func (c *onnxNet) strangers() int {
	n := 0
	for _, k := range c.opaque {
		n += k
	}
	return n
}

func (c *onnxNet) run() error {
	c.values, c.infos, c.ends = map[string]*onnxValue{}, map[string]onnxpb.Info{}, map[string]bool{}
	c.byName, c.asked = map[string]int{}, map[string]int{}
	c.shapes, c.skip = map[string]tensor.Shape{}, map[*onnxpb.Node]bool{}
	c.opaque, c.folded = map[string]int{}, map[string]int{}
	g := c.m.Graph
	c.g.Name = ""
	for _, list := range [][]onnxpb.Info{g.Infos, g.Inputs, g.Outputs} {
		for _, v := range list {
			if v.Dims != nil {
				c.infos[v.Name] = v
			}
		}
	}
	for _, v := range g.Outputs {
		c.ends[v.Name] = true
	}
	for _, t := range g.Stored {
		c.values[t.Name] = &onnxValue{name: t.Name, konst: c.keep(t, false)}
	}
	if err := c.sort(); err != nil {
		return err
	}
	c.countUsers()
	c.enter()
	if err := c.missing(); err != nil {
		return err
	}
	var rest []*onnxpb.Node
	for _, n := range c.order {
		if n.Op == "Shape" || n.Op == "Size" || !c.fold(n) {
			rest = append(rest, n)
		}
	}
	c.order = rest
	c.fuse()
	for i, n := range c.order {
		if i%256 == 0 {
			if err := c.f.Progress(1); err != nil {
				return err
			}
		}
		if len(c.g.Nodes) > 4*source.MaxNodes {
			return diag.New(catalog.ImportTooManyNodes, len(c.g.Nodes), source.MaxNodes)
		}
		c.node(n)
	}
	return nil
}

// node makes layers of one node. What it does may be undone until the next.
func (c *onnxNet) node(n *onnxpb.Node) {
	c.undo = c.undo[:0]
	if c.skip[n] || c.fold(n) {
		return
	}
	op := onnxOps[n.Op]
	if n.Domain != "" && n.Domain != "com.microsoft" || n.Domain == "com.microsoft" && !microsoft[n.Op] {
		op = nil
	}
	if len(n.Out) == 0 || n.Out[0] == "" && n.Op != "LSTM" && n.Op != "GRU" && n.Op != "RNN" {
		op = nil
	}
	if op == nil || !c.try(func() bool { return op(c, n) }) {
		c.opaqueNode(n)
	}
}

// microsoft are operators of ONNX Runtime that are what their name says.
var microsoft = map[string]bool{"Gelu": true, "FastGelu": true, "QuickGelu": true, "QuantizeLinear": true, "DequantizeLinear": true, "MatMulNBits": true, "MatMulIntegerToFloat": true}

// countUsers finds the nodes that use each value, also those whose inner graphs do.
func (c *onnxNet) countUsers() {
	c.users = map[string][]*onnxpb.Node{}
	for _, n := range c.order {
		for _, in := range n.Uses() {
			c.users[in] = append(c.users[in], n)
		}
	}
}

// sort puts nodes behind those whose outputs they use. Names that nobody makes are
// left to missing, those of inner graphs to them.
func (c *onnxNet) sort() error {
	by := map[string]int{}
	for i, n := range c.order {
		for _, o := range n.Out {
			if _, twice := by[o]; o != "" && !twice {
				by[o] = i
			}
		}
	}
	waits := make([]int, len(c.order))
	feeds := make([][]int, len(c.order))
	var ready []int
	for i, n := range c.order {
		for _, in := range n.Uses() {
			if k, ok := by[in]; ok && (k != i || slices.Contains(n.In, in)) && c.values[in] == nil {
				waits[i]++
				feeds[k] = append(feeds[k], i)
			}
		}
		if waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	var order []*onnxpb.Node
	for len(ready) > 0 {
		i := ready[0]
		ready = ready[1:]
		order = append(order, c.order[i])
		for _, k := range feeds[i] {
			if waits[k]--; waits[k] == 0 {
				at, _ := slices.BinarySearch(ready, k)
				ready = slices.Insert(ready, at, k)
			}
		}
	}
	for i, w := range waits {
		if w > 0 {
			return diag.New(catalog.ImportCycle, layer.Quote(scopeName(c.order[i])))
		}
	}
	c.order = order
	return nil
}

// missing refuses nodes that use what is not in the file.
func (c *onnxNet) missing() error {
	made := map[string]bool{}
	for _, n := range c.order {
		for _, o := range n.Out {
			made[o] = true
		}
	}
	for _, n := range c.order {
		for _, in := range n.In {
			if in != "" && !made[in] && c.values[in] == nil {
				return diag.New(catalog.ImportNoInput, layer.Quote(scopeName(n)), layer.Quote(in))
			}
		}
	}
	return nil
}
