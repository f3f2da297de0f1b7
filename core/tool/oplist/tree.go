package oplist

import (
	"paramstack/core/arch"
	"paramstack/core/layer"
)

// A Tree knows where the labels of a model are used, and so which blocks are
// closed: only a block without references across its border can be a class of its
// own in code.
type Tree struct {
	start, end map[arch.ID]int // where a node or a path begins and ends, in the order of the text
	Labels     map[string]arch.Node
	Used       map[string]bool // labels whose value enters somewhere
	shared     map[string]bool // labels whose weights are used again
	links      [][2]int        // a reference and what it refers to
	ports      []int           // inputs, and outputs on the side
	next       int
}

// NewTree finds the references of a model.
func NewTree(m arch.Model) *Tree {
	t := &Tree{start: map[arch.ID]int{}, end: map[arch.ID]int{}, Labels: map[string]arch.Node{},
		Used: map[string]bool{}, shared: map[string]bool{}}
	type reference struct {
		at    int
		label string
	}
	var refs []reference
	refer := func(at int, label string, set map[string]bool) {
		if label != "" {
			refs = append(refs, reference{at, label})
			set[label] = true
		}
	}
	var walk func(body []arch.Node)
	walk = func(body []arch.Node) {
		for _, n := range body {
			h := n.Head()
			at := t.next
			t.start[h.ID] = at
			t.next++
			if h.Label != "" {
				t.Labels[h.Label] = n
			}
			switch n := n.(type) {
			case *arch.Leaf:
				refer(at, n.Shares, t.shared)
				if n.Layer.Kind().Takes == layer.TakesNone && n.Layer.Kind().Group == layer.GroupInput {
					t.ports = append(t.ports, at)
				}
			case *arch.Repeat:
				refer(at, n.Of, t.shared)
				walk(n.Body)
			case *arch.Branch:
				if n.HasOutputs() {
					t.ports = append(t.ports, at+1) // inside its own block
				}
				for _, p := range n.Paths {
					t.start[p.ID] = t.next
					refer(t.next, p.From, t.Used)
					t.next++
					walk(p.Body)
					t.end[p.ID] = t.next
				}
			default:
				panic(UnknownNode(n))
			}
			t.end[h.ID] = t.next
		}
	}
	walk(m.Body)
	for _, r := range refs {
		if n := t.Labels[r.label]; n != nil {
			t.links = append(t.links, [2]int{r.at, t.start[n.Head().ID]})
		}
	}
	return t
}

// Closed reports whether nothing crosses the border of a block: no reference, no
// input and no output on the side.
func (t *Tree) Closed(id arch.ID) bool {
	from, to := t.start[id]+1, t.end[id]
	inside := func(i int) bool { return from <= i && i < to }
	for _, l := range t.links {
		if inside(l[0]) != inside(l[1]) {
			return false
		}
	}
	for _, p := range t.ports {
		if inside(p) {
			return false
		}
	}
	return true
}

// Alone reports whether a node needs a name of its own in code: its value or its
// weights are used elsewhere, or it uses another's weights.
func (t *Tree) Alone(n arch.Node) bool {
	h := n.Head()
	if leaf, ok := n.(*arch.Leaf); ok && leaf.Shares != "" {
		return true
	}
	return h.Label != "" && (t.Used[h.Label] || t.shared[h.Label])
}

// Escapes reports whether something inside a block is used outside it (a value,
// weights, a side output), or samples enter there.
func (t *Tree) Escapes(id arch.ID) bool {
	from, to := t.start[id]+1, t.end[id]
	inside := func(i int) bool { return from <= i && i < to }
	for _, l := range t.links {
		if inside(l[1]) && !inside(l[0]) {
			return true
		}
	}
	for _, p := range t.ports {
		if inside(p) {
			return true
		}
	}
	return false
}

// Again calls use, which writes a node once more. The labels inside the node mean
// afterwards what they did before: of, what labels mean, is restored.
func Again[V any](node arch.Node, of map[string]V, use func()) {
	type meaning struct {
		label string
		value V
		set   bool
	}
	var before []meaning
	arch.Model{Body: []arch.Node{node}}.Walk(func(n arch.Node) {
		if label := n.Head().Label; label != "" {
			value, set := of[label]
			before = append(before, meaning{label, value, set})
		}
	})
	use()
	for _, m := range before {
		if of[m.label] = m.value; !m.set {
			delete(of, m.label)
		}
	}
}

// Twice returns the nodes that are used more than once with the same weights:
// what is in a shared repeat, and what a label brings back.
func (t *Tree) Twice(m arch.Model) map[arch.ID]bool {
	all := map[arch.ID]bool{}
	var mark func(n arch.Node)
	body := func(nodes []arch.Node) {
		for _, n := range nodes {
			mark(n)
		}
	}
	mark = func(n arch.Node) {
		if all[n.Head().ID] {
			return
		}
		all[n.Head().ID] = true
		switch n := n.(type) {
		case *arch.Leaf:
		case *arch.Repeat:
			body(n.Body)
		case *arch.Branch:
			for _, p := range n.Paths {
				body(p.Body)
			}
		default:
			panic(UnknownNode(n))
		}
	}
	m.Walk(func(n arch.Node) {
		switch n := n.(type) {
		case *arch.Repeat:
			if n.Shared && n.Times > 1 {
				body(n.Body)
			}
			if again := t.Labels[n.Of]; n.Of != "" && again != nil {
				mark(again)
			}
		case *arch.Leaf:
			if owner := t.Labels[n.Shares]; n.Shares != "" && owner != nil {
				mark(owner)
			}
		}
	})
	return all
}
