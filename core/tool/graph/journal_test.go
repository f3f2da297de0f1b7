package graph

import (
	"testing"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A Try that fails undoes what it wrote, including what a Try inside it achieved;
// what was written before and after it stays.
func TestTry(t *testing.T) {
	b := NewBuilder()
	add := func(name string, in ...string) {
		t.Helper()
		l := layer.Layer(layer.ReLUKind.New())
		if len(in) == 0 {
			var err error
			if l, err = layer.InputKind.With(func(l *layer.Input) { l.Shape = layer.ExtentsOf(3, 4) }); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := b.Add(Node{Name: name, Layer: l, Inputs: in}); err != nil || got != name {
			t.Fatal(got, err)
		}
	}
	add("x")
	votes, total := map[string]int{"kept": 1}, 1
	if b.Try(func() bool {
		add("a", "x")
		Put(&b, votes, "kept", 2)
		if !b.Try(func() bool { add("b", "a"); Put(&b, votes, "new", 1); Set(&b, &total, 5); return true }) {
			t.Error("the inner one fails")
		}
		Set(&b, &total, 6)
		return false
	}) {
		t.Error("it does not fail")
	}
	if len(b.Graph.Nodes) != 1 || len(b.Index) != 1 || len(b.Shapes) != 1 || votes["kept"] != 1 || len(votes) != 1 || total != 1 {
		t.Errorf("left: %v %v %v %v %d", b.Graph.Nodes, b.Index, b.Shapes, votes, total)
	}
	b.Try(func() bool {
		add("a", "x")
		b.Try(func() bool { add("b", "a"); Set(&b, &total, 7); return false })
		add("c", "a")
		return true
	})
	if _, there := b.Index["b"]; there || b.Index["c"] != 2 || total != 1 || !b.Shapes["c"].Equal(tensor.Of(3, 4)) {
		t.Errorf("%v %d %v", b.Index, total, b.Shapes)
	}
	if len(b.journal) != 0 {
		t.Errorf("%d entries are left", len(b.journal))
	}
}
