package arch_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/layer"
)

// leaf makes a convolution with a label; nodes are named by their labels below.
func leaf(label string) arch.Node {
	return arch.NewLeaf(arch.Head{Label: label}, layer.ByName("conv").New(), false)
}

func head(label string) arch.Head { return arch.Head{Label: label} }

// sample is a b rep{ c br{ d | @b: e | } f } g.
func sample() arch.Model {
	join := layer.ByName("add").New()
	return arch.New("sample", []arch.Node{
		leaf("a"), leaf("b"),
		arch.NewRepeat(head("rep"), 3, []arch.Node{
			leaf("c"),
			arch.NewBranch(head("br"), join, []arch.Path{
				{Body: []arch.Node{leaf("d")}}, {From: "b", Body: []arch.Node{leaf("e")}}, {},
			}),
			leaf("f"),
		}, []string{"tail of rep"}),
		leaf("g"),
	}, []string{"tail"})
}

// show writes a model in a line.
func show(m arch.Model) string { return strings.TrimSpace(showBody(m.Body)) }

func showBody(body []arch.Node) string {
	var b strings.Builder
	for _, n := range body {
		name := n.Head().Label
		if name == "" {
			name = "·"
		}
		b.WriteString(name)
		switch n := n.(type) {
		case *arch.Repeat:
			fmt.Fprintf(&b, "×%d{%s}", n.Times, showBody(n.Body))
		case *arch.Branch:
			b.WriteString("(")
			for i, p := range n.Paths {
				if i > 0 {
					b.WriteString("|")
				}
				if p.From != "" {
					b.WriteString("@" + p.From + " ")
				}
				b.WriteString(showBody(p.Body))
			}
			b.WriteString(")")
		}
		b.WriteString(" ")
	}
	return strings.TrimSpace(b.String())
}

// id returns the ID of the node with a label.
func id(m arch.Model, label string) arch.ID {
	var found arch.ID
	m.Walk(func(n arch.Node) {
		if n.Head().Label == label {
			found = n.Head().ID
		}
	})
	return found
}

// ids returns every ID of nodes and paths, in the order of the text.
func ids(m arch.Model) []arch.ID {
	var all []arch.ID
	m.Walk(func(n arch.Node) {
		all = append(all, n.Head().ID)
		if b, ok := n.(*arch.Branch); ok {
			for _, p := range b.Paths {
				all = append(all, p.ID)
			}
		}
	})
	return all
}

// sound checks that every ID is used once.
func sound(t *testing.T, m arch.Model) {
	t.Helper()
	seen := map[arch.ID]bool{}
	for _, i := range ids(m) {
		if i == 0 || seen[i] {
			t.Fatalf("ID %d occurs twice or is 0 in %s", i, show(m))
		}
		seen[i] = true
	}
}

const whole = "a b rep×3{c br(d|@b e|) f} g"

func TestEdits(t *testing.T) {
	path := func(m arch.Model, i int) arch.ID {
		return m.Find(id(m, "br")).(*arch.Branch).Paths[i].ID
	}
	add := layer.ByName("add").New()
	for _, c := range []struct {
		name string
		edit func(arch.Model) arch.Model
		want string
	}{
		{"insert before", func(m arch.Model) arch.Model {
			return first(m.Insert(arch.Place{Anchor: id(m, "a"), Side: arch.Before}, leaf("x")))
		}, "x " + whole},
		{"insert two after, deep", func(m arch.Model) arch.Model {
			return first(m.Insert(arch.Place{Anchor: id(m, "d"), Side: arch.After}, leaf("x"), leaf("y")))
		}, "a b rep×3{c br(d x y|@b e|) f} g"},
		{"insert into a repeat", func(m arch.Model) arch.Model {
			return first(m.Insert(arch.Place{Anchor: id(m, "rep")}, leaf("x")))
		}, "a b rep×3{c br(d|@b e|) f x} g"},
		{"insert into an empty path", func(m arch.Model) arch.Model {
			return first(m.Insert(arch.Place{Anchor: path(m, 2)}, leaf("x")))
		}, "a b rep×3{c br(d|@b e|x) f} g"},
		{"insert at the end", func(m arch.Model) arch.Model { return first(m.Insert(arch.Place{}, leaf("x"))) }, whole + " x"},
		{"insert beside what is gone", func(m arch.Model) arch.Model {
			return first(m.Insert(arch.Place{Anchor: 999, Side: arch.Before}, leaf("x")))
		}, whole + " x"},
		{"delete one", func(m arch.Model) arch.Model { return m.Delete(id(m, "a")) }, "b rep×3{c br(d|@b e|) f} g"},
		{"delete several", func(m arch.Model) arch.Model { return m.Delete(id(m, "g"), id(m, "e"), id(m, "c")) }, "a b rep×3{br(d|@b |) f}"},
		{"delete a block and what is in it", func(m arch.Model) arch.Model { return m.Delete(id(m, "rep"), id(m, "d")) }, "a b g"},
		{"delete nothing", func(m arch.Model) arch.Model { return m.Delete(999) }, whole},
		{"duplicate", func(m arch.Model) arch.Model { return first(m.Duplicate(id(m, "a"), id(m, "g"))) }, "a · b rep×3{c br(d|@b e|) f} g ·"},
		{"duplicate a block", func(m arch.Model) arch.Model { return first(m.Duplicate(id(m, "br"))) }, "a b rep×3{c br(d|@b e|) ·(·|@b ·|) f} g"},
		{"duplicate a block and what is in it", func(m arch.Model) arch.Model {
			return first(m.Duplicate(id(m, "br"), id(m, "d")))
		}, "a b rep×3{c br(d|@b e|) ·(·|@b ·|) f} g"},
		{"duplicate what refers to itself", func(m arch.Model) arch.Model {
			m = first(m.Insert(arch.Place{Anchor: path(m, 2)}, arch.NewBranch(head(""), add, []arch.Path{{From: "c"}, {From: "b"}})))
			return first(m.Duplicate(id(m, "rep")))
		}, "a b rep×3{c br(d|@b e|·(@c |@b )) f} ·×3{c-2 ·(·|@b ·|·(@c-2 |@b )) ·} g"},
		{"move", func(m arch.Model) arch.Model {
			return m.Move(arch.Place{Anchor: id(m, "c"), Side: arch.Before}, id(m, "g"))
		}, "a b rep×3{g c br(d|@b e|) f}"},
		{"move several in the order of the text", func(m arch.Model) arch.Model {
			return m.Move(arch.Place{Anchor: path(m, 2)}, id(m, "g"), id(m, "a"))
		}, "b rep×3{c br(d|@b e|a g) f}"},
		{"move a block into itself", func(m arch.Model) arch.Model {
			return m.Move(arch.Place{Anchor: id(m, "d"), Side: arch.After}, id(m, "rep"))
		}, whole},
		{"move a block into its own path", func(m arch.Model) arch.Model {
			return m.Move(arch.Place{Anchor: path(m, 2)}, id(m, "br"))
		}, whole},
		{"move beside itself", func(m arch.Model) arch.Model {
			return m.Move(arch.Place{Anchor: id(m, "b"), Side: arch.After}, id(m, "b"))
		}, whole},
		{"move a block with what is in it", func(m arch.Model) arch.Model {
			return m.Move(arch.Place{Anchor: id(m, "a"), Side: arch.Before}, id(m, "rep"), id(m, "d"))
		}, "rep×3{c br(d|@b e|) f} a b g"},
		{"shift up", func(m arch.Model) arch.Model { return m.Shift(-1, id(m, "g")) }, "a b g rep×3{c br(d|@b e|) f}"},
		{"shift down", func(m arch.Model) arch.Model { return m.Shift(+1, id(m, "a")) }, "b a rep×3{c br(d|@b e|) f} g"},
		{"shift at the top", func(m arch.Model) arch.Model { return m.Shift(-1, id(m, "a")) }, whole},
		{"shift at the bottom", func(m arch.Model) arch.Model { return m.Shift(+1, id(m, "g")) }, whole},
		{"shift several up", func(m arch.Model) arch.Model { return m.Shift(-1, id(m, "rep"), id(m, "b"), id(m, "c")) }, "b rep×3{c br(d|@b e|) f} a g"},
		{"shift several down", func(m arch.Model) arch.Model { return m.Shift(+1, id(m, "a"), id(m, "b")) }, "rep×3{c br(d|@b e|) f} a b g"},
		{"shift several at the top", func(m arch.Model) arch.Model { return m.Shift(-1, id(m, "a"), id(m, "b")) }, whole},
		{"shift several out of a repeat", func(m arch.Model) arch.Model { return m.Shift(+1, id(m, "br"), id(m, "f")) }, "a b rep×3{c} br(d|@b e|) f g"},
		{"shift out of a repeat, up", func(m arch.Model) arch.Model { return m.Shift(-1, id(m, "c")) }, "a b c rep×3{br(d|@b e|) f} g"},
		{"shift out of a repeat, down", func(m arch.Model) arch.Model { return m.Shift(+1, id(m, "f")) }, "a b rep×3{c br(d|@b e|)} f g"},
		{"shift out of a path", func(m arch.Model) arch.Model { return m.Shift(+1, id(m, "e")) }, "a b rep×3{c br(d|@b |) e f} g"},
		{"wrap", func(m arch.Model) arch.Model { return first1(m.Wrap(2, id(m, "a"), id(m, "b"))) }, "·×2{a b} rep×3{c br(d|@b e|) f} g"},
		{"wrap in any order", func(m arch.Model) arch.Model { return first1(m.Wrap(2, id(m, "f"), id(m, "br"))) }, "a b rep×3{c ·×2{br(d|@b e|) f}} g"},
		{"wrap what is apart", func(m arch.Model) arch.Model { return first1(m.Wrap(2, id(m, "a"), id(m, "g"))) }, whole},
		{"wrap in different blocks", func(m arch.Model) arch.Model { return first1(m.Wrap(2, id(m, "b"), id(m, "c"))) }, whole},
		{"wrap nothing", func(m arch.Model) arch.Model { return first1(m.Wrap(2)) }, whole},
		{"wrap twice the same", func(m arch.Model) arch.Model { return first1(m.Wrap(2, id(m, "a"), id(m, "a"))) }, "·×2{a} b rep×3{c br(d|@b e|) f} g"},
		{"wrap a block and what is in it", func(m arch.Model) arch.Model {
			return first1(m.Wrap(2, id(m, "b"), id(m, "rep"), id(m, "c"), id(m, "e")))
		}, "a ·×2{b rep×3{c br(d|@b e|) f}} g"},
		{"wrap in a branch", func(m arch.Model) arch.Model { return first1(m.WrapBranch(add, id(m, "a"), id(m, "b"))) }, "·(a b|) rep×3{c br(d|@b e|) f} g"},
		{"unwrap a repeat", func(m arch.Model) arch.Model { return m.Unwrap(id(m, "rep")) }, "a b c br(d|@b e|) f g"},
		{"unwrap a branch", func(m arch.Model) arch.Model { return m.Unwrap(id(m, "br")) }, "a b rep×3{c d e f} g"},
		{"unwrap a leaf", func(m arch.Model) arch.Model { return m.Unwrap(id(m, "a")) }, whole},
		{"rename, with its references", func(m arch.Model) arch.Model { return m.SetLabel(id(m, "b"), "stem") }, "a stem rep×3{c br(d|@stem e|) f} g"},
		{"take a label away", func(m arch.Model) arch.Model { return m.SetLabel(id(m, "a"), "") }, "· b rep×3{c br(d|@b e|) f} g"},
		{"rename a block", func(m arch.Model) arch.Model { return m.SetLabel(id(m, "br"), "join") }, "a b rep×3{c join(d|@b e|) f} g"},
		{"rename what is gone", func(m arch.Model) arch.Model { return m.SetLabel(999, "x") }, whole},
		{"turns", func(m arch.Model) arch.Model { return m.SetTimes(id(m, "rep"), 7) }, "a b rep×7{c br(d|@b e|) f} g"},
		{"turns of a leaf", func(m arch.Model) arch.Model { return m.SetTimes(id(m, "a"), 7) }, whole},
		{"another path for what has none", func(m arch.Model) arch.Model { return first1(m.AddPath(id(m, "a"))) }, whole},
		{"another path", func(m arch.Model) arch.Model { return first1(m.AddPath(id(m, "br"))) }, "a b rep×3{c br(d|@b e||) f} g"},
		{"one path less", func(m arch.Model) arch.Model { return m.DeletePath(path(m, 1)) }, "a b rep×3{c br(d|) f} g"},
		{"the last path stays", func(m arch.Model) arch.Model {
			for range 5 {
				m = m.DeletePath(path(m, 0))
			}
			return m
		}, "a b rep×3{c br() f} g"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := sample()
			before, frozen := show(m), sample()
			got := c.edit(m)
			if show(got) != c.want {
				t.Errorf("gives %s\nwant  %s", show(got), c.want)
			}
			sound(t, got)
			if show(m) != before || !reflect.DeepEqual(m, frozen) {
				t.Error("the old model was changed")
			}
			if got.Name != m.Name || !slices.Equal(got.Tail, m.Tail) {
				t.Error("the name or the comments were lost")
			}
		})
	}
}

func first(m arch.Model, _ []arch.ID) arch.Model { return m }
func first1(m arch.Model, _ arch.ID) arch.Model  { return m }

// IDs are what selections, folds and focus hold on to: edits keep them, and new
// nodes get new ones even after others are gone.
func TestIDs(t *testing.T) {
	m := sample()
	sound(t, m)
	after, inserted := m.Insert(arch.Place{}, leaf("x"))
	if len(inserted) != 1 || after.Find(inserted[0]).Head().Label != "x" || m.Find(inserted[0]) != nil {
		t.Error("Insert does not return the ID of what it inserted")
	}
	_, again := after.Delete(inserted[0]).Insert(arch.Place{}, leaf("y"))
	if again[0] == inserted[0] {
		t.Error("the ID of a deleted node is used again")
	}
	moved := m.Move(arch.Place{Anchor: id(m, "a"), Side: arch.Before}, id(m, "rep"))
	for _, label := range []string{"a", "b", "rep", "c", "br", "d", "e", "f", "g"} {
		if id(moved, label) != id(m, label) {
			t.Errorf("moving changed the ID of %s", label)
		}
	}
	doubled, copies := m.Duplicate(id(m, "rep"))
	if len(copies) != 1 || doubled.Find(copies[0]) == nil || m.Find(copies[0]) != nil {
		t.Errorf("Duplicate returns %v", copies)
	}
	wrapped, block := m.Wrap(2, id(m, "a"), id(m, "b"))
	if _, ok := wrapped.Find(block).(*arch.Repeat); !ok {
		t.Errorf("Wrap returns %d", block)
	}
	if _, none := m.Wrap(2, id(m, "a"), id(m, "g")); none != 0 {
		t.Errorf("a refused Wrap returns %d", none)
	}
	skip, block := m.WrapBranch(layer.ByName("add").New(), id(m, "g"))
	if b, ok := skip.Find(block).(*arch.Branch); !ok || len(b.Paths) != 2 || b.Paths[0].ID == b.Paths[1].ID {
		t.Errorf("WrapBranch returns %d", block)
	}
	wider, path := m.AddPath(id(m, "br"))
	if p := wider.Find(id(m, "br")).(*arch.Branch).Paths; p[len(p)-1].ID != path {
		t.Errorf("AddPath returns %d", path)
	}
}

// TestRandomEdits makes random edits and undoes them: no edit changes an older
// model.
func TestRandomEdits(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		m := sample()
		history, shown := []arch.Model{m}, []string{show(m)}
		for range 30 {
			all := append(ids(m), 0, 999)
			pick := func() arch.ID { return all[random.IntN(len(all))] }
			at := arch.Place{Anchor: pick(), Side: arch.Side(random.IntN(3))}
			switch random.IntN(10) {
			case 0:
				m, _ = m.Insert(at, leaf(fmt.Sprint("n", random.IntN(99))))
			case 1:
				m = m.Delete(pick())
			case 2:
				m, _ = m.Duplicate(pick(), pick())
			case 3:
				m = m.Move(at, pick(), pick())
			case 4:
				m = m.Shift(2*random.IntN(2)-1, pick())
			case 5:
				m, _ = m.Wrap(2, pick())
			case 6:
				m, _ = m.WrapBranch(layer.ByName("concat").New(), pick())
			case 7:
				m = m.Unwrap(pick())
			case 8:
				m = m.SetLabel(pick(), fmt.Sprint("l", random.IntN(99)))
			case 9:
				m = m.DeletePath(pick())
			}
			sound(t, m)
			history, shown = append(history, m), append(shown, show(m))
		}
		for i := range history {
			if show(history[i]) != shown[i] {
				t.Fatalf("step %d was %s, is %s", i, shown[i], show(history[i]))
			}
		}
	}
}

// No edit nests blocks deeper than a text may.
func TestDepth(t *testing.T) {
	m := arch.New("deep", []arch.Node{leaf("a"), leaf("b")}, nil)
	last := id(m, "a")
	for i := range arch.MaxDepth + 5 {
		next, block := m.Wrap(2, last)
		if (block != 0) != (i < arch.MaxDepth) {
			t.Fatalf("wrapping %d times gives ID %d", i+1, block)
		}
		if block != 0 {
			m, last = next, block
		}
	}
	if _, block := m.WrapBranch(layer.ByName("add").New(), id(m, "a")); block != 0 {
		t.Error("a branch is wrapped too deep")
	}
	inner := arch.Place{Anchor: id(m, "a"), Side: arch.After}
	before := show(m)
	if got, ids := m.Insert(inner, arch.NewRepeat(head(""), 2, nil, nil)); len(ids) != 0 || show(got) != before {
		t.Error("a block is inserted too deep")
	}
	if got, ids := m.Insert(inner, leaf("x")); len(ids) != 1 || show(got) == before {
		t.Error("a layer is not inserted at the deepest place")
	}
	if got, _ := m.Wrap(2, id(m, "b")); show(got) != before {
		block := got.Body[1].Head().ID
		if moved := got.Move(inner, block); show(moved) != show(got) {
			t.Error("a block is moved too deep")
		}
		if moved := got.Move(inner, id(got, "b")); show(moved) == show(got) {
			t.Error("a layer is not moved to the deepest place")
		}
	}
}

// TestReplace: nodes in the place of others keep their IDs or get new ones, in whatever
// block they are; all else is shared.
func TestReplace(t *testing.T) {
	m := sample()
	ids := map[string]arch.ID{}
	m.Walk(func(n arch.Node) { ids[n.Head().Label] = n.Head().ID })
	d := m.Find(ids["d"]).(*arch.Leaf)
	join := layer.ByName("add").New()
	fresh := m.Replace(map[arch.ID][]arch.Node{
		ids["a"]: {leaf("x"), leaf("y")},
		ids["d"]: {arch.NewBranch(head("d"), join, []arch.Path{{Body: []arch.Node{d.With("", d.Layer)}}, {Body: []arch.Node{leaf("z")}}})},
		ids["f"]: {},
	})
	if got, want := show(fresh), "x y b rep×3{c br(d(·|z)|@b e|)} g"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := show(m), "a b rep×3{c br(d|@b e|) f} g"; got != want {
		t.Errorf("the model itself is %s now, want %s", got, want)
	}
	seen := map[arch.ID]bool{}
	once := func(id arch.ID) {
		if id == 0 || seen[id] {
			t.Errorf("ID %d is there twice, or none", id)
		}
		seen[id] = true
	}
	fresh.Walk(func(n arch.Node) {
		once(n.Head().ID)
		if b, ok := n.(*arch.Branch); ok {
			for _, p := range b.Paths {
				once(p.ID)
			}
		}
	})
	if !seen[ids["d"]] || !seen[ids["b"]] {
		t.Error("a node lost its ID")
	}
	if _, more := fresh.Insert(arch.Place{}, leaf("new")); seen[more[0]] {
		t.Error("the next ID is one that is there")
	}
}
