package onnx

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/tool/onnx/onnxpb"
)

// fuse is the pass that makes one node of the groups that the table of fusions
// names. It begins at the end, so that the longest group is found first.
func fuse(g network) (network, error) {
	u := fuser{network: g, demand: g.demand(), producers: map[string]*node{}, gone: map[*node]bool{}}
	for _, n := range g.nodes {
		for _, o := range n.Out {
			u.producers[o] = n
		}
	}
	instead := map[*node]*node{}
	for _, n := range slices.Backward(g.nodes) {
		if u.gone[n] || len(n.Out) != 1 {
			continue
		}
		for _, r := range rulesAt[n.Op] {
			if m, ok := u.match(r.pattern, n.Out[0], match{}); ok && u.closed(m.group, n) {
				for _, inner := range m.group {
					u.gone[inner] = true
				}
				fused := r.node(n, m)
				instead[n], u.producers[n.Out[0]] = fused, fused
				break
			}
		}
	}
	g.nodes = nil
	for _, n := range u.nodes {
		if fused := instead[n]; fused != nil {
			g.nodes = append(g.nodes, fused)
		} else if !u.gone[n] {
			g.nodes = append(g.nodes, n)
		}
	}
	return g, nil
}

type fuser struct {
	network
	demand
	producers map[string]*node // of values
	gone      map[*node]bool
}

// A match is what the names of a pattern mean so far.
type match struct {
	group []*node
	x     string
	eps   *float64
	table [2]string // G and B
	axes  []int64   // of all means
	ones  int64     // how many
}

// match reports whether a pattern fits what makes a value.
func (u *fuser) match(p pattern, value string, m match) (match, bool) {
	switch {
	case p.op == "Scale":
		if m, ok := u.match(pattern{op: "Mul", args: p.args}, value, m); ok {
			return m, true
		}
		by := pattern{word: "number", number: 1 / p.args[0].number}
		return u.match(pattern{op: "Div", args: []pattern{p.args[1], by}}, value, m)
	case p.op != "":
		return u.node(p, value, m)
	case p.word == "x":
		if u.consts[value] != nil || m.x != "" && m.x != value {
			return m, false
		}
		m.x = value
		return m, true
	case p.word == "G", p.word == "B":
		k := u.consts[value]
		m.table[strings.Index("GB", p.word)] = value
		return m, k != nil && (elementsOf(k.dims).Cmp(single) > 0 || len(k.roots) == 1 && k.roots[0].perhaps())
	case p.word == "any":
		return m, true
	case p.word == "same":
		n := u.producers[value]
		return m, u.consts[value] != nil || n != nil && n.Op == "Shape" && n.In[0] == m.x
	case p.word == "ones", p.word == "zeros":
		k := u.consts[value]
		if k == nil || m.ones != 0 && m.ones != int64(len(k.data)) {
			return m, false
		}
		m.ones = int64(len(k.data))
		return m, k.repeats(map[string]float64{"ones": 1, "zeros": 0}[p.word])
	}
	v, ok := u.consts[value].scalar()
	if p.word == "eps" {
		m.eps = &v
		return m, ok
	}
	return m, ok && math.Abs(v-p.number) <= 1e-3*math.Abs(p.number)
}

// node fits a pattern to the node that makes a value.
func (u *fuser) node(p pattern, value string, m match) (match, bool) {
	n := u.producers[value]
	if n == nil || n.Op != p.op || n.Domain != "" || u.gone[n] || len(n.Out) != 1 {
		return m, false
	}
	if len(n.In) < len(p.args) || len(n.In) > 2 && len(p.args) == 2 {
		return m, false
	}
	if p.op == "ReduceMean" {
		axes, ok := numbersIn(n, "axes", 1, inputAt(u.constants(n), 1))
		if !ok || len(axes) == 0 || n.Int("keepdims", 1) == 0 || m.axes != nil && !slices.Equal(axes, m.axes) {
			return m, false
		}
		m.axes = axes
	}
	if p.op == "InstanceNormalization" {
		eps := n.Real("epsilon", 1e-5)
		m.eps = &eps
	}
	m.group = append(slices.Clip(m.group), n)
	in := n.In[:len(p.args)]
	if fit, ok := u.inputs(p.args, in, m); ok || p.op != "Add" && p.op != "Mul" {
		return fit, ok
	}
	return u.inputs(p.args, []string{in[1], in[0]}, m)
}

func (u *fuser) inputs(args []pattern, in []string, m match) (match, bool) {
	for i, p := range args {
		var ok bool
		if m, ok = u.match(p, in[i], m); !ok {
			return m, false
		}
	}
	return m, true
}

// closed reports whether nothing but the group uses what is inside it.
func (u *fuser) closed(group []*node, last *node) bool {
	for _, n := range group {
		if n == last {
			continue
		}
		if u.returned[n.Out[0]] {
			return false
		}
		for _, user := range u.users[n.Out[0]] {
			if !slices.Contains(group, user) {
				return false
			}
		}
	}
	return true
}

// A pattern is a fusion's, parsed.
type pattern struct {
	op     string
	args   []pattern
	word   string // x, eps, G, B, or "number"
	number float64
}

// A rule is a fusion, parsed.
type rule struct {
	pattern pattern
	op      string
	in      []string // names of the pattern
	attrs   map[string]*onnxpb.Attr
}

// rulesAt are the rules by the operator of their last node.
var rulesAt = func() map[string][]rule {
	at := map[string][]rule{}
	for _, f := range fusions {
		p, _ := parsePattern(strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(f.pattern)))
		r := rule{pattern: p, attrs: map[string]*onnxpb.Attr{}}
		for i, word := range strings.Fields(f.becomes) {
			if name, value, ok := strings.Cut(word, "="); ok {
				r.attrs[name] = &onnxpb.Attr{Str: value}
			} else if i == 0 {
				r.op = word
			} else {
				r.in = append(r.in, word)
			}
		}
		roots := []string{p.op}
		if p.op == "Scale" {
			roots = []string{"Mul", "Div"}
		}
		for _, op := range roots {
			at[op] = append(at[op], r)
		}
	}
	return at
}()

// parsePattern reads one pattern and returns the words after it.
func parsePattern(words []string) (pattern, []string) {
	if words[0] != "(" {
		return atom(words[0]), words[1:]
	}
	p := pattern{op: words[1]}
	words = words[2:]
	for words[0] != ")" {
		var arg pattern
		arg, words = parsePattern(words)
		p.args = append(p.args, arg)
	}
	return p, words[1:]
}

func atom(word string) pattern {
	over, under, _ := strings.Cut(word, "/")
	v, err := strconv.ParseFloat(over, 64)
	if err != nil {
		return pattern{word: word}
	}
	if d, err := strconv.ParseFloat(under, 64); err == nil {
		v /= d
	}
	return pattern{word: "number", number: v}
}

// node is what a group becomes: named as its last node is.
func (r *rule) node(last *node, m match) *node {
	n := &node{Name: last.Name, Op: r.op, Out: last.Out, Attrs: map[string]*onnxpb.Attr{}}
	for name, a := range r.attrs {
		n.Attrs[name] = a
	}
	for _, word := range r.in {
		n.In = append(n.In, map[string]string{"x": m.x, "G": m.table[0], "B": m.table[1]}[word])
	}
	if m.axes != nil {
		n.Attrs["axis"] = &onnxpb.Attr{Int: slices.Min(m.axes)}
		n.Attrs["axes"] = &onnxpb.Attr{Ints: m.axes}
	}
	if m.ones > 0 {
		n.Attrs["num_groups"] = &onnxpb.Attr{Int: m.ones}
	}
	if m.eps != nil {
		n.Attrs["epsilon"] = &onnxpb.Attr{Float: float32(*m.eps)}
	}
	return n
}
