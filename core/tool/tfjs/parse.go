package tfjs

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// A network is the operators of a graph and what it stores.
type network struct {
	nodes    []*node
	stored   []*stored // in the manifest's order
	consts   map[string]*constant
	declared map[string][]int64 // shapes of inputs and outputs by the signature
	outputs  []string
	read     int // operators that the file has
}

// A node is an operator: inputs are values, name:k for output k > 0.
type node struct {
	name, op string
	in       []string
	attrs    map[string]attr
	title    string // what the file calls it, if that is not its name
}

// A stored tensor is an entry of the manifest.
type stored struct {
	name  string
	dims  []int64
	float bool
	inner bool // no operator of the main graph has that name
}

// A constant is a value that does not depend on what enters.
type constant struct {
	dims  []int64 // nil: unknown
	data  []int64 // nil: unknown, as nearly always
	roots []*stored
}

// jsonFile is model.json, with the fields of all its generations.
type jsonFile struct {
	Topology struct {
		Node []jsonNode `json:"node"`
	} `json:"modelTopology"`
	Manifest []struct {
		Weights []struct {
			Name  string `json:"name"`
			Shape []whole
			DType string `json:"dtype"`
		} `json:"weights"`
	} `json:"weightsManifest"`
	Signature jsonSignature `json:"signature"`
	Metadata  struct {
		Signature jsonSignature `json:"signature"`
	} `json:"userDefinedMetadata"`
}

type jsonNode struct {
	Name  string          `json:"name"`
	Op    string          `json:"op"`
	Input []string        `json:"input"`
	Attr  map[string]attr `json:"attr"`
}

type jsonSignature struct {
	Inputs  map[string]jsonInfo `json:"inputs"`
	Outputs jsonInfos           `json:"outputs"`
}

type jsonInfo struct {
	Name  string     `json:"name"`
	Shape *jsonShape `json:"tensorShape"`
}

// jsonInfos are the outputs in the file's order, of which the first is the main one.
type jsonInfos []jsonInfo

// UnmarshalJSON reads an object in its order.
func (list *jsonInfos) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return err
	}
	for d.More() {
		if _, err := d.Token(); err != nil {
			return err
		}
		var v jsonInfo
		if err := d.Decode(&v); err != nil {
			return err
		}
		*list = append(*list, v)
	}
	return nil
}

type jsonShape struct {
	Dim []struct {
		Size whole `json:"size"`
	} `json:"dim"`
	Unknown bool `json:"unknownRank"`
}

// dims returns the extents, nil if not even their number is known.
func (s *jsonShape) dims() []int64 {
	if s == nil || s.Unknown || len(s.Dim) > source.MaxDims {
		return nil
	}
	d := make([]int64, len(s.Dim))
	for i, v := range s.Dim {
		if d[i] = int64(v.Size); d[i] < 1 || d[i] > num.MaxExtent {
			d[i] = -1
		}
	}
	return d
}

// A whole number is written as a number, or as a string of one.
type whole int64

// UnmarshalJSON reads either.
func (w *whole) UnmarshalJSON(text []byte) error {
	n, err := strconv.ParseInt(strings.Trim(string(text), `"`), 10, 64)
	if string(text) == "null" {
		return nil
	}
	*w = whole(n)
	return err
}

// A real number is written as a number, or as a word for one that is none.
type real struct {
	v     float64
	given bool
}

// UnmarshalJSON reads either; NaN and infinity are not given.
func (r *real) UnmarshalJSON(text []byte) error {
	r.given = json.Unmarshal(text, &r.v) == nil && string(text) != "null"
	return nil
}

// words are a string, in base64 or plain, or the codes of its letters.
type words string

// UnmarshalJSON reads any of them.
func (w *words) UnmarshalJSON(text []byte) error {
	var s string
	if json.Unmarshal(text, &s) != nil {
		var codes []int
		if err := json.Unmarshal(text, &codes); err != nil {
			return err
		}
		for _, c := range codes {
			s += string(rune(c))
		}
		*w = words(s)
		return nil
	}
	if plain, err := base64.StdEncoding.DecodeString(s); err == nil && isPlain(plain) {
		s = string(plain)
	}
	*w = words(s)
	return nil
}

// isPlain distinguishes a decoded word from one that only looks like base64, as
// SAME does.
func isPlain(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// An attr is an attribute of an operator, with a field for each form that AttrValue of
// TensorFlow has.
type attr struct {
	S     words      `json:"s"`
	I     whole      `json:"i"`
	F     real       `json:"f"`
	B     bool       `json:"b"`
	Shape *jsonShape `json:"shape"`
	List  struct {
		S     []words      `json:"s"`
		I     []whole      `json:"i"`
		Shape []*jsonShape `json:"shape"`
	} `json:"list"`
	Tensor *struct {
		Shape   *jsonShape `json:"tensorShape"`
		Content string     `json:"tensorContent"`
		Ints    []whole    `json:"intVal"`
	} `json:"tensor"`
}

func (n *node) text(name string) string { return string(n.attrs[name].S) }

func (n *node) ints(name string) []int64 {
	var v []int64
	for _, i := range n.attrs[name].List.I {
		v = append(v, int64(i))
	}
	return v
}

// real returns a number that may be left out.
func (n *node) real(name string, or float64) float64 {
	if f := n.attrs[name].F; f.given {
		return f.v
	}
	return or
}

// parse reads model.json.
func parse(text []byte) (network, error) {
	g := network{consts: map[string]*constant{}, declared: map[string][]int64{}}
	var j jsonFile
	if err := json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &j); err != nil {
		return g, diag.New(catalog.ImportBroken, err.Error())
	}
	byName := map[string]*stored{}
	for _, group := range j.Manifest {
		for _, w := range group.Weights {
			s := &stored{name: w.Name, dims: make([]int64, len(w.Shape)), inner: true,
				float: strings.HasPrefix(w.DType, "float") || w.DType == "complex64" || w.DType == ""}
			for i, d := range w.Shape {
				if s.dims[i] = int64(d); d < 0 || int64(d) > num.MaxExtent || len(w.Shape) > source.MaxDims {
					return g, diag.New(catalog.ImportOnnxShape, strconv.Quote(w.Name), int64(d))
				}
			}
			if byName[w.Name] == nil {
				byName[w.Name] = s
				g.stored = append(g.stored, s)
			}
		}
	}
	for _, n := range j.Topology.Node {
		switch s := byName[n.Name]; {
		case n.Op == "Const":
			g.consts[n.Name] = constantOf(n, s)
		default:
			g.nodes = append(g.nodes, &node{name: n.Name, op: n.Op, in: inputsOf(n.Input), attrs: n.Attr})
		}
		if s := byName[n.Name]; s != nil {
			s.inner = false
		}
	}
	g.read = len(g.nodes)
	for _, sig := range []jsonSignature{j.Signature, j.Metadata.Signature} {
		for _, v := range sig.Inputs {
			g.declared[plainName(v.Name)] = v.Shape.dims()
		}
		for _, v := range sig.Outputs {
			g.declared[plainName(v.Name)] = v.Shape.dims()
			g.outputs = append(g.outputs, plainName(v.Name))
		}
	}
	return g, nil
}

// constantOf is a Const: its tensor is in the manifest, in files without one in the
// node itself.
func constantOf(n jsonNode, s *stored) *constant {
	c := &constant{}
	t := n.Attr["value"].Tensor
	if t != nil {
		c.dims = t.Shape.dims()
		if t.Shape == nil { // one number
			c.dims = []int64{}
		}
		for _, v := range t.Ints {
			c.data = append(c.data, int64(v))
		}
		raw, err := base64.StdEncoding.DecodeString(t.Content)
		for ; err == nil && len(raw) >= 4 && len(raw) <= 4*64; raw = raw[4:] {
			c.data = append(c.data, int64(int32(binary.LittleEndian.Uint32(raw))))
		}
	}
	if s != nil {
		c.dims, c.roots = s.dims, []*stored{s}
	}
	if n := num.Of(1); len(c.data) > 0 {
		for _, d := range c.dims {
			n = n.Times(max(d, 0))
		}
		if c.dims == nil || !n.Equal(num.Of(int64(len(c.data)))) || s != nil && s.float {
			c.data = nil
		}
	}
	return c
}

// inputsOf returns the values that enter, without the operators that must only run
// before.
func inputsOf(names []string) []string {
	var in []string
	for _, name := range names {
		if !strings.HasPrefix(name, "^") {
			in = append(in, plainName(name))
		}
	}
	return in
}

// plainName is a value's name as inputs refer to it.
func plainName(name string) string { return strings.TrimSuffix(name, ":0") }

// sort puts operators behind those whose outputs they take.
func (g *network) sort() error {
	byName := map[string]int{}
	for i, n := range g.nodes {
		byName[n.name] = i
	}
	needs := make([][]int, len(g.nodes))
	for i, n := range g.nodes {
		for _, in := range n.in {
			name, _, _ := strings.Cut(in, ":")
			if k, ok := byName[name]; ok && g.nodes[k].op != "NextIteration" { // the way back of a loop
				needs[i] = append(needs[i], k)
			}
		}
	}
	order, stuck := graph.Order(needs)
	if stuck >= 0 {
		return diag.New(catalog.ImportCycle, strconv.Quote(g.nodes[stuck].name))
	}
	sorted := make([]*node, len(order))
	for i, k := range order {
		sorted[i] = g.nodes[k]
	}
	g.nodes = sorted
	return nil
}
