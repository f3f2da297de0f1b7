package graph

import (
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// graph reads "name kind inputs…" lines, with the layer as stack text.
func graph(t *testing.T, lines string) *Graph {
	t.Helper()
	g := &Graph{}
	for line := range strings.Lines(lines) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " = ")
		src, inputs, _ := strings.Cut(rest, " < ")
		if src == "add" || src == "concat" {
			src += " { | }"
		}
		nodes, problems := text.ParseNodes(src)
		if len(nodes) != 1 || len(problems) > 0 {
			t.Fatalf("%q: %v", src, problems)
		}
		inputs, shares, _ := strings.Cut(inputs, " shares ")
		n := Node{Name: name, Inputs: strings.Fields(inputs), Shares: shares}
		switch node := nodes[0].(type) {
		case *arch.Leaf:
			n.Layer = node.Layer
		case *arch.Branch:
			n.Layer = node.Join
		}
		g.Nodes = append(g.Nodes, n)
	}
	return g
}

func TestStack(t *testing.T) {
	for _, c := range []struct{ name, graph, want string }{
		{"a chain", "x = input 3x8x8\na = conv 4 k3 < x\nb = relu < a", "i3x8x8;c4k3;r"},
		{"a skip", "x = input 4x8x8\na = conv 4 k1 < x\nb = relu < a\nj = add < b x\nk = relu < j", "i4x8x8;add{c4k1;r|};r"},
		{"two skips in a row", "x = input 4x8x8\na = bn < x\nj = add < a x\nb = relu < j\nk = add < b j", "i4x8x8;add{b|};add{r|}"},
		{"inception", "x = input 4x8x8\na = conv 1 k1 < x\nb = conv 2 k1 < x\nc = conv 3 k3 p1 < b\nj = concat < a c", "i4x8x8;concat{c1k1|c2k1;c3k3p1}"},
		{"nested", "x = input 4x8x8\na = bn < x\nb = relu < a\nc = add < a b\nj = add < c x", "i4x8x8;add{b;add{|r}|}"},
		{"out of order", "b = relu < a\na = bn < x\nx = input 4x8x8", "i4x8x8;b;r"},
		{"a long skip across a branch", "x = input 4x8x8\ns = bn < x\na = relu < s\nb = add < a s\nc = tanh < b\nj = concat < c s",
			"i4x8x8;b;concat{add{r|};tanh|}"},
		{"crossing", "x = input 4x8x8\na = bn < x\nb = relu < x\nc = add < a b\nd = concat < a b\nj = concat < c d",
			"x:i4x8x8;b:r;from@x;b;concat{add@b|concat@b}"},
		{"two outputs", "x = input 4x8x8\na = bn < x\nb = relu < a\nc = tanh < a", "i4x8x8;a:b;r;from@a;tanh"},
		{"a parameter", "x = input 4x8x8\na = bn < x\np = param 4x1x1\nj = add < p a\nk = relu < j", "i4x8x8;b;add{param4x1x1|};r"},
		{"a parameter used twice", "x = input 4x8x8\np = param 4x8x8\nj = add < x p\nk = add < j p", "p:param4x8x8;i4x8x8;add@p;add@p"},
		{"a parameter among paths", "x = input 4x8x8\na = bn < x\np = param 4x8x8\nj = concat < x a p", "i4x8x8;concat{|b|param4x8x8}"},
		{"halves that share", "x = input 4\ny = input 4\na = linear 3 < x\nr = relu < a\nb = linear 3 < y shares a\nt = tanh < b\nj = add < r t",
			"i4;b:l3;t:tanh;i4;a:l3shares@b;r;add@t"},
		{"halves that share, the second first", "x = input 4\ny = input 4\na = linear 3 < x\nr = relu < a\nb = linear 3 < y shares a\nj = add < b r",
			"i4;a:l3;r:r;i4;l3shares@a;add@r"},
		{"two inputs", "x = input 4x8x8\ny = input 4x8x8\nj = add < x y", "y:i4x8x8;i4x8x8;add@y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := graph(t, c.graph).Stack()
			if err != nil {
				t.Fatal(err)
			}
			got := strings.NewReplacer(" @", "@", "; ", ";", " shares", "shares").Replace(text.Compact(m))
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if r := count.Of(m); len(r.Problems) > 0 {
				t.Errorf("%v", r.Problems[0])
			}
		})
	}
}

func TestStackRefuses(t *testing.T) {
	for lines, want := range map[string]catalog.Key{
		"a = relu < b\nb = relu < a":    catalog.ImportCycle,
		"x = input 3x8x8\na = relu < y": catalog.ImportNoInput,
		"x = input 3x8x8\na = relu < a": catalog.ImportCycle,
	} {
		_, err := graph(t, lines).Stack()
		if d := source.AsDiag(err); err == nil || d.Say.Key != want {
			t.Errorf("%q: %v, want %s", lines, err, want)
		}
	}
}

func TestLabel(t *testing.T) {
	for name, want := range map[string]string{
		"conv1/7x7_s2": "conv1_7x7_s2", "features.0.weight": "features.0.weight", "0": "n0", "": "n", "층 1": "층_1",
		"<b>x</b>": "b_x_b_", strings.Repeat("a", 300): strings.Repeat("a", 60),
	} {
		if got := Label(name); got != want {
			t.Errorf("%.20q becomes %q, want %q", name, got, want)
		}
	}
}
