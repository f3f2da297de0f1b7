package importer

import (
	"fmt"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// onnx is a model of ONNX (onnx.ai), of any opset. Its weights are passed over, in
// the file or beside it.
var onnx = Format{
	Name: "onnx", Label: "ONNX", Exts: []string{".onnx"},
	Detect: func(head []byte, _ *File) bool { return startsOnnx(head) },
	Import: func(f *File) (*Result, error) {
		m, err := readOnnx(f)
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
func convertOnnx(f *File, m *onnxModel) (*onnxNet, error) {
	nodes, err := m.inlined()
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
	c.values, c.infos, c.ends = map[string]*onnxValue{}, map[string]onnxInfo{}, map[string]bool{}
	c.byName, c.asked = map[string]int{}, map[string]int{}
	c.shapes, c.skip = map[string]tensor.Shape{}, map[*onnxNode]bool{}
	c.opaque, c.folded = map[string]int{}, map[string]int{}
	g := c.m.graph
	c.g.Name = ""
	for _, list := range [][]onnxInfo{g.infos, g.inputs, g.outputs} {
		for _, v := range list {
			if v.dims != nil {
				c.infos[v.name] = v
			}
		}
	}
	for _, v := range g.outputs {
		c.ends[v.name] = true
	}
	for _, t := range g.stored {
		c.values[t.name] = &onnxValue{name: t.name, konst: c.keep(t, false)}
	}
	if err := c.sort(); err != nil {
		return err
	}
	c.countUsers()
	c.enter()
	if err := c.missing(); err != nil {
		return err
	}
	var rest []*onnxNode
	for _, n := range c.order {
		if n.op == "Shape" || n.op == "Size" || !c.fold(n) {
			rest = append(rest, n)
		}
	}
	c.order = rest
	c.fuse()
	for i, n := range c.order {
		if i%256 == 0 {
			if err := c.f.step(1); err != nil {
				return err
			}
		}
		if len(c.g.Nodes) > 4*MaxNodes {
			return diag.New(catalog.ImportTooManyNodes, len(c.g.Nodes), MaxNodes)
		}
		c.node(n)
	}
	return nil
}

func (c *onnxNet) node(n *onnxNode) {
	if c.skip[n] || c.fold(n) {
		return
	}
	op := onnxOps[n.op]
	if n.domain != "" && n.domain != "com.microsoft" || n.domain == "com.microsoft" && !microsoft[n.op] {
		op = nil
	}
	if len(n.out) == 0 || n.out[0] == "" && n.op != "LSTM" && n.op != "GRU" && n.op != "RNN" {
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
	c.users = map[string][]*onnxNode{}
	for _, n := range c.order {
		for _, in := range n.uses() {
			c.users[in] = append(c.users[in], n)
		}
	}
}

// uses returns the names of all values that a node needs.
func (n *onnxNode) uses() []string {
	all := n.in
	for _, a := range n.attrs {
		if a.g == nil {
			continue
		}
		for _, m := range a.g.nodes {
			all = append(slices.Clip(all), m.uses()...)
		}
	}
	return all
}

// sort puts nodes behind those whose outputs they use. Names that nobody makes are
// left to missing, those of inner graphs to them.
func (c *onnxNet) sort() error {
	by := map[string]int{}
	for i, n := range c.order {
		for _, o := range n.out {
			if _, twice := by[o]; o != "" && !twice {
				by[o] = i
			}
		}
	}
	waits := make([]int, len(c.order))
	feeds := make([][]int, len(c.order))
	var ready []int
	for i, n := range c.order {
		for _, in := range n.uses() {
			if k, ok := by[in]; ok && (k != i || slices.Contains(n.in, in)) && c.values[in] == nil {
				waits[i]++
				feeds[k] = append(feeds[k], i)
			}
		}
		if waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	var order []*onnxNode
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
		for _, o := range n.out {
			made[o] = true
		}
	}
	for _, n := range c.order {
		for _, in := range n.in {
			if in != "" && !made[in] && c.values[in] == nil {
				return diag.New(catalog.ImportNoInput, layer.Quote(scopeName(n)), layer.Quote(in))
			}
		}
	}
	return nil
}

// enter makes layers of what enters the network. In files that leave out their
// weights these stand among the inputs: what is used as a convolution's kernel is
// one, and then all others but the first are.
func (c *onnxNet) enter() {
	var inputs []onnxInfo
	for _, v := range c.m.graph.inputs {
		if c.values[v.name] == nil {
			inputs = append(inputs, v)
		}
	}
	bare := false
	for _, v := range inputs {
		bare = bare || c.isWeight(v)
	}
	c.n = 1
	first := true
	for i, v := range inputs {
		if bare && i > 0 && v.dims != nil && isFloat(v.typ) && !slices.Contains(v.dims, -1) && (c.isWeight(v) || !c.isData(v)) {
			k := c.keep(&onnxTensor{name: v.name, typ: v.typ, dims: v.dims, ext: true}, false)
			c.values[v.name] = &onnxValue{name: v.name, konst: k}
			c.guess++
			continue
		}
		c.input(v, first)
		first = false
	}
}

// weightAt are the inputs that are learned, whoever gives them.
var weightAt = map[string][]int{
	"Conv": {1, 2}, "ConvTranspose": {1, 2}, "DeformConv": {1, 3}, "Gemm": {1, 2}, "BatchNormalization": {1, 2, 3, 4},
	"InstanceNormalization": {1, 2}, "LayerNormalization": {1, 2}, "GroupNormalization": {1, 2}, "RMSNormalization": {1},
	"LSTM": {1, 2, 3, 7}, "GRU": {1, 2, 3}, "RNN": {1, 2, 3}, "PRelu": {1},
}

func (c *onnxNet) isWeight(v onnxInfo) bool {
	for _, n := range c.users[v.name] {
		if n.domain != "" {
			continue
		}
		for _, i := range weightAt[n.op] {
			if i < len(n.in) && n.in[i] == v.name {
				return true
			}
		}
	}
	return false
}

// isData reports whether an input is what a layer works on, or a state.
func (c *onnxNet) isData(v onnxInfo) bool {
	for _, n := range c.users[v.name] {
		if at := weightAt[n.op]; at != nil && n.domain == "" && slices.Contains(n.in, v.name) && !c.isWeight(v) {
			return true
		}
	}
	return false
}

// input makes a layer of one input. The first that has a batch says how large it
// is; sizes that the file names instead of telling are a batch of one.
func (c *onnxNet) input(v onnxInfo, first bool) {
	x := &onnxValue{name: v.name, batch: noBatch}
	dims := v.dims
	if p := c.plan; p >= 0 && p < len(dims) && len(dims) > 1 && (p == 0 || len(dims) == 3) {
		n := max(dims[p], 1)
		if dims[p] < 0 {
			c.assumed = true
		}
		if first {
			c.n = n
		}
		if n == c.n || dims[p] < 0 {
			x.batch = p
			dims = slices.Delete(slices.Clone(dims), p, p+1)
		}
	}
	shape := joinInts(dims)
	if len(dims) == 0 {
		shape = "1"
		if v.dims == nil {
			shape = "?"
		}
	}
	l, err := build("input", "shape", shape)
	if err != nil { // no extents, or too many
		l, _ = build("input", "shape", "?")
	}
	r, _ := layer.Apply(l, nil)
	name := c.called(&onnxNode{name: v.name}, made{})
	c.push(Node{Name: name, Layer: l}, r.Out)
	x.node, x.sample = name, r.Out
	if v.dims != nil && len(dims) == 0 {
		x = x.laidOut(v.name, tensor.Shape{}, x.batch, false)
	}
	c.values[v.name] = x
}

// finish makes the stack, and says what was done.
func (c *onnxNet) finish() (*Result, error) {
	r := &Result{}
	for _, v := range c.m.graph.outputs {
		if x := c.values[v.name]; x != nil && x.konst == nil && c.g.Out == "" {
			if s := c.settle(x); s != nil {
				c.g.Out = s.node
			}
		}
	}
	model, err := c.g.Stack()
	if err != nil {
		return nil, err
	}
	r.Model = model
	r.note(false, catalog.ImportOnnxTaken, len(c.m.graph.nodes), len(c.g.Nodes))
	if len(c.folded) > 0 {
		r.note(false, catalog.ImportOnnxFolded, counted(c.folded))
	}
	if len(c.opaque) > 0 {
		r.note(true, catalog.ImportOpaque, counted(c.opaque))
	}
	if c.assumed {
		r.note(false, catalog.ImportOnnxBatch)
	} else if c.plan != 0 || c.n > 1 {
		r.note(true, catalog.ImportOnnxNoBatch)
	}
	if c.guess > 0 {
		r.note(true, catalog.ImportOnnxBare, c.guess)
	}
	if c.merged > 0 {
		r.note(true, catalog.ImportOnnxMerged, c.merged)
	}
	if c.states > 0 {
		r.note(true, catalog.ImportOnnxStates, c.states)
	}
	c.unused(r)
	if bad := c.differing(); len(bad) > 0 {
		r.note(true, catalog.ImportOnnxDiffers, strings.Join(bad[:min(len(bad), 3)], ", "), len(bad))
	}
	return r, nil
}

// counted lists words with how often they came, the most frequent first.
func counted(of map[string]int) string {
	words := make([]string, 0, len(of))
	for w := range of {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		if of[a] != of[b] {
			return of[b] - of[a]
		}
		return strings.Compare(a, b)
	})
	for i, w := range words {
		if words[i] = wordOf(w); of[w] > 1 {
			words[i] += fmt.Sprintf(" ×%d", of[w])
		}
	}
	const most = 20
	if len(words) > most {
		words = append(words[:most], "…")
	}
	return strings.Join(words, ", ")
}

// unused says which stored numbers are in no layer: scales of quantised tensors,
// options, and what nothing uses.
func (c *onnxNet) unused(r *Result) {
	var scales, spare num.Int
	var spares int
	for _, s := range c.stored {
		switch {
		case s.scale:
			scales = scales.Add(s.elements())
		case !s.used && s.float && !s.constant:
			spare = spare.Add(s.elements())
			spares++
		}
	}
	if !scales.IsZero() {
		r.note(false, catalog.ImportOnnxScales, scales.Grouped())
	}
	if spares > 0 {
		r.note(true, catalog.ImportOnnxSpare, spares, spare.Grouped())
	}
}

// differing lists the values whose shape the file says otherwise than it follows
// from the layers.
func (c *onnxNet) differing() []string {
	var bad []string
	for _, list := range [][]onnxInfo{c.m.graph.infos, c.m.graph.outputs} {
		for _, v := range list {
			x := c.values[v.name]
			if x == nil || x.konst != nil || v.dims == nil || x.sample == nil {
				continue
			}
			have := x.dims(c.n)
			same := len(have) == len(v.dims)
			for i := 0; same && i < len(have); i++ {
				same = have[i] < 0 || v.dims[i] < 0 || have[i] == v.dims[i]
			}
			if !same {
				bad = append(bad, fmt.Sprintf("%s %s≠%s", layer.Quote(v.name), tensor.Of(have...), tensor.Of(v.dims...)))
			}
		}
	}
	return bad
}
