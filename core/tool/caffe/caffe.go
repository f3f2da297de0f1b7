package caffe

import (
	"bytes"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// Reader is Caffe's network as text: NetParameter of caffe.proto, with its three
// generations of layers, and those of its forks.
var Reader = source.Reader{
	ID: "caffe", Label: "Caffe prototxt", Exts: []string{".prototxt"},
	Detect: func(head []byte, f *source.File) bool { return startsCaffe(head) },
	Read: func(f *source.File) (*source.Result, error) {
		c, err := readCaffe(f)
		if err != nil {
			return nil, err
		}
		r, err := c.Stack()
		if err != nil {
			return nil, err
		}
		return r, c.others(f, r)
	},
}

// readCaffe reads a file as the graph of its TEST phase.
func readCaffe(f *source.File) (*caffeNet, error) {
	data, err := f.All()
	if err != nil {
		return nil, err
	}
	// Numbers of weights that were written as text are not kept.
	net, err := prototext.Parse(string(data), f.Progress, func(in, name string) bool {
		return in == "blobs" && (strings.HasSuffix(name, "data") || strings.HasSuffix(name, "diff"))
	})
	if err != nil {
		return nil, err
	}
	c := newCaffe(string(data), net, caffeState{phase: "TEST"})
	return c, c.read(f.Progress)
}

// newCaffe begins to read a network in one of its states.
func newCaffe(src string, net *prototext.Message, s caffeState) *caffeNet {
	own := net.Sub("state")
	return &caffeNet{Builder: graph.NewBuilder(), src: src, net: net, state: s, level: own.Whole("level", 0), stages: own.Strs("stage"), blobs: map[string]string{}, gives: map[string]int{},
		sources: map[string]*caffeSource{}, norms: map[string]*caffeLayer{}, owners: map[string]string{}, judged: map[string]bool{}}
}

// startsCaffe reports whether a text begins with a field of a NetParameter that
// says the file is one: a layer, or an input or a name before one.
func startsCaffe(head []byte) bool {
	layers := false
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		n := 0
		for n < len(line) && prototext.IsWord(line[n]) {
			n++
		}
		word, rest := string(line[:n]), bytes.TrimLeft(line[n:], " \t")
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		field := len(rest) > 0 && (rest[0] == ':' || rest[0] == '{')
		switch word {
		case "layer", "layers":
			return field || len(rest) == 0
		case "name", "input", "input_dim", "input_shape", "state", "force_backward", "debug_info":
			if !layers && !field {
				return false
			}
			layers = true
			// All on one line, as hand-written ones are.
			if i := bytes.Index(rest, []byte("layer")); i > 0 && bytes.ContainsAny(rest[i:], "{") {
				return true
			}
		default:
			if !layers {
				return false
			}
		}
	}
	return false
}

// A caffeNet is the state of reading one.
type caffeNet struct {
	graph.Builder
	src     string
	net     *prototext.Message
	state   caffeState
	level   int64 // those that the file names itself
	stages  []string
	blobs   map[string]string       // a blob's name → the node that gives its value now; "" if left out
	gives   map[string]int          // a blob's name → the last layer that gives it
	sources map[string]*caffeSource // blobs that enter, made nodes when something takes them
	norms   map[string]*caffeLayer  // nodes of batch norms that wait for their scale
	owners  map[string]string       // a shared tensor's name → the node that has it
	judged  map[string]bool         // nodes whose value a layer that was left out takes
}

// A caffeLayer is one layer as the file has it, of any generation.
type caffeLayer struct {
	name, typ   string
	key         string // the type without its spelling: innerproduct
	bottom, top []string
	msg         *prototext.Message
	flat        bool // of the first generation: options stand beside the name
	at          int
	uses        []int // how many layers take each top before it is written over
	out         bool  // of another state
	trains      bool  // in the TRAIN phase it takes part
}

// param returns the message with a layer's options.
func (l *caffeLayer) param(name string) *prototext.Message {
	if l.flat {
		return l.msg
	}
	return l.msg.Sub(name)
}

func (c *caffeNet) read(step func(float64) error) error {
	c.Graph.Name = c.net.Str("name")
	layers, err := c.layers()
	if err != nil {
		return err
	}
	c.inputs()
	c.enterable(layers)
	for i := range layers {
		l := &layers[i]
		if l.out {
			if l.trains {
				c.NoteAbout(catalog.ImportOtherPhase, l.name)
			} else {
				c.NoteAbout(catalog.ImportOtherStage, l.name)
			}
			continue
		}
		if err := c.layer(l, i); err != nil {
			line, _ := text.Position(c.src, l.at)
			return diag.New(catalog.ImportInLayer, layer.Quote(l.name), line, source.AsDiag(err).Say)
		}
		if i%100 == 99 {
			if err := step(1); err != nil {
				return err
			}
		}
	}
	c.prune()
	return nil
}

// layer makes nodes of a layer and says which values they give.
func (c *caffeNet) layer(l *caffeLayer, at int) error {
	switch {
	case isCaffeData(l.key):
		return nil
	case isCaffeMeasure(l):
		c.leave(l)
		return nil
	}
	var in []string
	for _, b := range l.bottom {
		node, err := c.value(l, b, at)
		if err != nil {
			return err
		}
		if node != "" {
			in = append(in, node)
		}
	}
	if len(in) == 0 && len(l.bottom) > 0 { // it works on what a loss gives
		c.leave(l)
		return nil
	}
	if f := caffeLayers[l.key]; f != nil && (len(in) > 0 || l.key == "parameter") {
		return f(c, l, in)
	}
	return c.unknown(l, in)
}

// leave leaves a layer out, and with it what it gives.
func (c *caffeNet) leave(l *caffeLayer) {
	c.NoteAbout(catalog.ImportLeftOut, l.name)
	for _, b := range l.bottom {
		c.judged[c.blobs[b]] = true
	}
	for _, t := range l.top {
		c.blobs[t] = ""
	}
}

// prune takes layers away that prepared what a loss compares with: nothing that
// learns stands before them, and nothing is left that takes their value. Where nothing learns at all they are
// the network.
func (c *caffeNet) prune() {
	learned, users, any := map[string]bool{}, map[string]int{}, false
	for _, n := range c.Graph.Nodes {
		learned[n.Name] = n.Layer.Kind().Learns
		any = any || learned[n.Name]
		for _, in := range n.Inputs {
			learned[n.Name] = learned[n.Name] || learned[in]
			users[in]++
		}
	}
	for i := len(c.Graph.Nodes) - 1; i >= 0 && any; i-- {
		n := &c.Graph.Nodes[i]
		if !c.judged[n.Name] || learned[n.Name] || users[n.Name] > 0 {
			continue
		}
		c.NoteAbout(catalog.ImportLeftOut, n.Name)
		for _, in := range n.Inputs {
			c.judged[in] = true
			users[in]--
		}
		n.Layer = nil
	}
	c.Graph.Nodes = slices.DeleteFunc(c.Graph.Nodes, func(n graph.Node) bool { return n.Layer == nil })
}

// put adds a layer of a kind that gives the first value.
func (c *caffeNet) put(l *caffeLayer, in []string, kind string, pairs ...string) error {
	made, err := graph.Build(kind, pairs...)
	if err != nil {
		return err
	}
	return c.give(l, in, made)
}

// give adds a layer that gives the first value.
func (c *caffeNet) give(l *caffeLayer, in []string, made layer.Layer) error {
	n := graph.Node{Name: l.name, Layer: made, Inputs: in, Keep: made.Kind().Learns}
	if made.Kind().Joins() && made.Kind().Takes != layer.TakesPathsOrOne && len(in) == 1 {
		c.alias(l, in[0]) // a join of one value is the value
		return nil
	}
	name, err := c.Add(n)
	if err != nil {
		return err
	}
	c.alias(l, name)
	return nil
}

// alias says that a layer's values are those of a node.
func (c *caffeNet) alias(l *caffeLayer, node string) {
	for _, t := range l.top {
		c.blobs[t] = node
	}
}

// before adds a layer that stands before l, named after it.
func (c *caffeNet) before(l *caffeLayer, in []string, kind string, pairs ...string) ([]string, error) {
	made, err := graph.Build(kind, pairs...)
	if err != nil {
		return nil, err
	}
	name, err := c.Add(graph.Node{Name: l.name + "/" + kind, Layer: made, Inputs: in})
	return []string{name}, err
}

// unknown keeps a layer of a type without a kind. Its weights are those that the
// file holds; types of which Caffe or a fork says so have none.
func (c *caffeNet) unknown(l *caffeLayer, in []string) error {
	u := graph.Unknown{Type: l.typ, Complete: caffeWeightless(l)}
	if slices.Contains(caffeSameShape, l.key) && len(in) > 0 {
		u.Out = c.Shapes[in[0]]
	}
	l.msg.All("blobs", func(f *prototext.Field) {
		var dims []int64
		for _, d := range f.Msg.Sub("shape").Strs("dim") {
			dims = append(dims, caffeWhole(d))
		}
		if len(dims) == 0 {
			for _, side := range []string{"num", "channels", "height", "width"} {
				dims = append(dims, f.Msg.Whole(side, 1))
			}
		}
		u.Weights = append(u.Weights, graph.Sized(dims...))
	})
	return c.keep(l, in, u)
}

// keep adds an opaque layer. Values but the first, of which nothing is known, are
// opaque layers of their own.
func (c *caffeNet) keep(l *caffeLayer, in []string, u graph.Unknown) error {
	if u.Type == "" {
		u.Type = "layer"
	}
	c.NoteAbout(catalog.ImportOpaque, u.Type)
	if len(in) == 0 {
		// Nothing enters, and an opaque layer is no source.
		node, err := c.enter(l.name, nil)
		if err != nil {
			return err
		}
		in = []string{node}
	}
	if err := c.give(l, in, u.Layer()); err != nil || len(l.top) < 2 {
		return err
	}
	first := c.blobs[l.top[0]]
	for _, t := range l.top[1:] {
		node, err := c.Add(graph.Node{Name: t, Layer: graph.Unknown{Type: u.Type, Complete: true}.Layer(), Inputs: []string{first}})
		if err != nil {
			return err
		}
		c.blobs[t] = node
	}
	return nil
}

// rank returns how many dimensions a value has with its batch; 0: unknown.
func (c *caffeNet) rank(node string) int {
	if s := c.Shapes[node]; s != nil {
		return len(s) + 1
	}
	return 0
}

// axis returns an axis as PyTorch numbers it: 0 is the batch. A negative one
// stays where the rank is unknown.
func (c *caffeNet) axis(node string, axis int64) int64 {
	if r := int64(c.rank(node)); axis < 0 && r > 0 && axis+r >= 0 {
		return axis + r
	}
	return axis
}

// channels returns the extent that a layer has numbers for.
func (c *caffeNet) channels(node string) int64 {
	if c.Shapes[node] == nil {
		return tensor.Unknown
	}
	return c.Dim(node, 0)
}
