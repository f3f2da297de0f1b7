package graph

import (
	"slices"
	"strings"
	"unicode"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/text"
	"paramstack/core/tool/names"
	"paramstack/core/tool/source"
)

// A Graph is a network as most tools write it: named nodes that name their inputs.
// Stack converts it to statements.
type Graph struct {
	Name  string
	Nodes []Node
	Out   string // the node whose value is the network's; "": the last that nothing uses
}

// A Node is one layer of a graph. A node with several inputs is of a kind that
// joins; one of a kind that takes none has none.
type Node struct {
	Name   string // unique
	Layer  layer.Layer
	Inputs []string
	Frozen bool
	Shares string // the node whose weights it uses, "" if it has its own
	Note   string // a comment after the statement
	Keep   bool   // its name is worth a label although nothing refers to it
	Origin string // the line of the program that made it, see arch.Head
}

// A chain is a sequence of statements, each fed by the one before it; the value of
// a node feeds the first.
type chain struct {
	start int // the node whose value enters; -1: a source comes first
	body  []arch.Node
	end   int    // the node whose value comes out
	depth int    // of its blocks
	refs  []int  // nodes that must come before it
	into  *chain // the chain it became a path of
}

// root is the chain that a chain is part of now.
func (c *chain) root() *chain {
	for c.into != nil {
		c = c.into
	}
	return c
}

type stacker struct {
	g         *Graph
	byName    map[string]int
	users     []int // how many places use a node's value
	labels    []string
	chains    []*chain // of each node that ends one
	order     []int
	reference map[int]bool // nodes that are referred to by label
}

// MaxInputs bounds the inputs, and the outputs, of a layer.
const MaxInputs = 500

// maxNest is how deep branches are nested before labels take over.
const maxNest = 24

// Stack writes the graph as statements in order. Where paths fork and meet again
// they become a branch; every other edge becomes a label and a reference.
func (g *Graph) Stack() (arch.Model, error) {
	if len(g.Nodes) > source.MaxNodes {
		return arch.Model{}, diag.New(catalog.ImportTooManyNodes, len(g.Nodes), source.MaxNodes)
	}
	s := &stacker{g: g, byName: map[string]int{}, reference: map[int]bool{}}
	for i, n := range g.Nodes {
		s.byName[n.Name] = i
	}
	s.users = make([]int, len(g.Nodes))
	for _, n := range g.Nodes {
		for _, in := range n.Inputs {
			k, ok := s.byName[in]
			if !ok {
				return arch.Model{}, diag.New(catalog.ImportNoInput, layer.Quote(n.Name), layer.Quote(in))
			}
			s.users[k]++
		}
	}
	if err := s.sort(); err != nil {
		return arch.Model{}, err
	}
	s.name()
	s.chains = make([]*chain, len(g.Nodes))
	for _, i := range s.order {
		s.add(i)
	}
	body := s.emit()
	ownByFirst(body)
	return arch.New(g.Name, s.unlabel(body), nil), nil
}

// ownByFirst makes the layer that comes first the owner of shared weights: in a
// stack it may be another layer than in the file.
func ownByFirst(body []arch.Node) {
	leaves := map[string]*arch.Leaf{}
	users := map[string]*arch.Leaf{} // the first user of weights whose owner comes later
	var walk func(body []arch.Node)
	walk = func(body []arch.Node) {
		for _, n := range body {
			switch n := n.(type) {
			case *arch.Leaf:
				label := n.Head().Label
				leaves[label] = n
				if before := users[label]; before != nil && n.Shares == "" {
					n.Shares = before.Head().Label
				}
				if n.Shares != "" && leaves[n.Shares] == nil && users[n.Shares] == nil {
					users[n.Shares], n.Shares = n, ""
				} else if before := users[n.Shares]; n.Shares != "" && leaves[n.Shares] == nil {
					n.Shares = before.Head().Label
				}
			case *arch.Branch:
				for _, p := range n.Paths {
					walk(p.Body)
				}
			}
		}
	}
	walk(body)
}

// sort orders the nodes so that inputs come first, else as the file has them.
func (s *stacker) sort() error {
	needs := make([][]int, len(s.g.Nodes))
	for i, n := range s.g.Nodes {
		for _, in := range n.Inputs {
			needs[i] = append(needs[i], s.byName[in])
		}
	}
	var stuck int
	if s.order, stuck = Order(needs); stuck >= 0 {
		return diag.New(catalog.ImportCycle, layer.Quote(s.g.Nodes[stuck].Name))
	}
	return nil
}

// name assigns every node a label that is valid in the stack text.
func (s *stacker) name() {
	free := names.NewSet(names.DashedTo(text.MaxLabel))
	s.labels = make([]string, len(s.g.Nodes))
	for _, i := range s.order {
		s.labels[i] = free.Free(Label(s.g.Nodes[i].Name))
	}
}

// Label makes a label that is valid in the stack text from any name.
func Label(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case unicode.IsLetter(r) && r != unicode.ReplacementChar, r >= '0' && r <= '9', r == '_', r == '-', r == '.':
			if b.Len() == 0 && !unicode.IsLetter(r) {
				b.WriteByte('n')
			}
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() >= text.MaxLabel-4 {
			break
		}
	}
	if b.Len() == 0 {
		return "n"
	}
	return b.String()
}

// add appends a node to the chain of its input, or joins chains in it.
func (s *stacker) add(i int) {
	n := &s.g.Nodes[i]
	switch {
	case len(n.Inputs) == 0:
		s.chains[i] = &chain{start: -1, body: []arch.Node{s.leaf(i)}, end: i}
	case len(n.Inputs) == 1 && (!n.Layer.Kind().Joins() || n.Layer.Kind().Takes == layer.TakesPathsOrOne):
		c := s.open(s.byName[n.Inputs[0]])
		c.body, c.end = append(c.body, s.leaf(i)), i
		s.chains[i] = c // shared weights imply no order, see ownByFirst
	default:
		s.join(i)
	}
}

// open returns the chain that continues from a node's value: its own if nothing
// else uses the value, else a new one.
func (s *stacker) open(i int) *chain {
	if s.users[i] == 1 && s.chains[i] != nil && s.chains[i].end == i {
		return s.chains[i]
	}
	return &chain{start: i, end: i}
}

// join makes a branch of the chains that meet in a node. A path that begins with a
// parameter of its own is part of the branch as it is.
func (s *stacker) join(i int) {
	n := &s.g.Nodes[i]
	paths := make([]*chain, len(n.Inputs))
	first := -1 // of those that begin with a value
	depth, forks, same := 0, 0, true
	for k, in := range n.Inputs {
		paths[k] = s.open(s.byName[in])
		depth = max(depth, paths[k].depth)
		if paths[k].free() {
			continue
		}
		if forks++; first < 0 {
			first = k
		}
		same = same && paths[k].start >= 0 && paths[k].start == paths[first].start && !slices.Contains(paths[:k], paths[k])
	}
	if forks > 1 && same && depth < maxNest {
		s.nest(i, paths, paths[first].start, forks, depth+1)
		return
	}
	// Each path but the first comes by its label.
	first = max(first, 0)
	c := paths[first]
	branch := make([]arch.Path, len(n.Inputs))
	for k, p := range paths {
		switch from := s.byName[n.Inputs[k]]; {
		case k == first: // the current value
		case p.free() && p.depth < maxNest && !slices.Contains(paths[:k], p):
			branch[k].Body = p.body
			c.refs = append(c.refs, p.refs...)
			c.depth = max(c.depth, p.depth+1)
			p.into = c
		default:
			s.reference[from] = true
			branch[k].From = s.labels[from]
			c.refs = append(c.refs, from)
		}
	}
	if c.start >= 0 && len(c.body) == 0 {
		c.end = c.start
	}
	c.body = append(c.body, arch.NewBranch(s.head(i), n.Layer, branch))
	c.depth, c.end = max(c.depth, 1), i
	s.chains[i] = c
}

// free reports whether a chain begins with a parameter: nothing enters it, so it
// may be placed wherever it is used.
func (c *chain) free() bool {
	if c.start >= 0 || c.into != nil || len(c.body) == 0 {
		return false
	}
	leaf, ok := c.body[0].(*arch.Leaf)
	return ok && leaf.Layer.Kind().Takes == layer.TakesNone && leaf.Layer.Kind().Group != layer.GroupInput
}

// nest makes a branch of paths of which so many begin with the same value.
func (s *stacker) nest(i int, paths []*chain, fork, forks, depth int) {
	n := &s.g.Nodes[i]
	branch := make([]arch.Path, len(paths))
	var refs []int
	for k, p := range paths {
		branch[k].Body = p.body
		refs = append(refs, p.refs...)
	}
	// All the paths are one user of the value now.
	s.users[fork] -= forks - 1
	c := s.open(fork)
	c.body = append(c.body, arch.NewBranch(s.head(i), n.Layer, branch))
	c.refs = append(c.refs, refs...)
	c.depth, c.end = max(c.depth, depth), i
	s.chains[i] = c
	for _, p := range paths {
		p.into = c
	}
}

func (s *stacker) head(i int) arch.Head {
	h := arch.Head{After: s.g.Nodes[i].Note, Origin: s.g.Nodes[i].Origin}
	h.Label = s.labels[i] // taken away again where nothing refers to it
	return h
}

func (s *stacker) leaf(i int) arch.Node {
	n := &s.g.Nodes[i]
	leaf := arch.NewLeaf(s.head(i), n.Layer, n.Frozen)
	if k, ok := s.byName[n.Shares]; ok && n.Shares != "" {
		leaf.Shares = s.labels[k]
		s.reference[k] = true
	}
	return leaf
}

// emit writes the chains one after another, each after those it needs; the one with
// the network's output is last.
func (s *stacker) emit() []arch.Node {
	var last *chain
	if out, ok := s.byName[s.g.Out]; ok && s.chains[out] != nil {
		last = s.chains[out].root()
	}
	var body []arch.Node
	current := -1
	done := map[*chain]bool{}
	var write func(c *chain)
	write = func(c *chain) {
		if done[c] {
			return
		}
		done[c] = true
		needs := c.refs
		if c.start >= 0 {
			// The start last: the chain may go on from it without a word.
			needs = append(slices.Clone(needs), c.start)
		}
		for _, i := range needs {
			if before := s.chains[i].root(); before != c {
				write(before)
			}
		}
		if c.start >= 0 && c.start != current {
			s.reference[c.start] = true
			body = append(body, arch.NewBranch(arch.Head{}, layer.ByName("from").New(), []arch.Path{{From: s.labels[c.start]}}))
		}
		body = append(body, c.body...)
		current = c.end
	}
	for _, i := range s.order {
		if c := s.chains[i].root(); c != last {
			write(c)
		}
	}
	if last != nil {
		write(last)
	}
	return body
}

// unlabel removes the labels that nothing refers to, unless they are names to keep.
func (s *stacker) unlabel(body []arch.Node) []arch.Node {
	keep := map[string]bool{}
	var shared func(body []arch.Node)
	shared = func(body []arch.Node) {
		for _, n := range body {
			switch n := n.(type) {
			case *arch.Leaf:
				keep[n.Shares] = true
			case *arch.Branch:
				for _, p := range n.Paths {
					shared(p.Body)
				}
			}
		}
	}
	shared(body)
	for i := range s.g.Nodes {
		if s.reference[i] || s.g.Nodes[i].Keep {
			keep[s.labels[i]] = true
		}
	}
	return arch.Relabel(body, func(label string) string {
		if keep[label] {
			return label
		}
		return ""
	})
}
