package arch_test

import (
	"testing"

	"paramstack/core/arch"
	"paramstack/core/layer"
)

func kind(name string) arch.Node { return arch.NewLeaf(arch.Head{}, layer.ByName(name).New(), false) }

// conv returns a convolution with so many filters.
func conv(filters string) arch.Node {
	k := layer.ByName("conv")
	l, _ := layer.With(k.New(), k.Main(), filters)
	return arch.NewLeaf(arch.Head{}, l, false)
}

func model(nodes ...arch.Node) arch.Model { return arch.New("m", nodes, nil) }

// TestMatch types in the text pane: every node that is still there keeps its ID.
func TestMatch(t *testing.T) {
	old := model(conv("64"), kind("relu"), conv("128"), kind("relu"), kind("flatten"))
	o := ids(old)
	const fresh = 0 // a new ID
	for _, c := range []struct {
		name string
		now  arch.Model
		want []arch.ID
	}{
		{"nothing", model(conv("64"), kind("relu"), conv("128"), kind("relu"), kind("flatten")), o},
		{"one number changed", model(conv("64"), kind("relu"), conv("12"), kind("relu"), kind("flatten")), o},
		{"a layer at the top", model(kind("bn"), conv("64"), kind("relu"), conv("128"), kind("relu"), kind("flatten")),
			[]arch.ID{fresh, o[0], o[1], o[2], o[3], o[4]}},
		{"a layer in between", model(conv("64"), kind("bn"), kind("relu"), conv("128"), kind("relu"), kind("flatten")),
			[]arch.ID{o[0], fresh, o[1], o[2], o[3], o[4]}},
		{"a layer gone", model(conv("64"), conv("128"), kind("relu"), kind("flatten")), []arch.ID{o[0], o[2], o[3], o[4]}},
		{"another kind", model(conv("64"), kind("tanh"), conv("128"), kind("relu"), kind("flatten")),
			[]arch.ID{o[0], fresh, o[2], o[3], o[4]}},
		{"all gone", model(), nil},
		{"all new", model(kind("linear")), []arch.ID{fresh}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := old.Match(c.now)
			sound(t, got)
			g := ids(got)
			if len(g) != len(c.want) {
				t.Fatalf("IDs %v, want %v", g, c.want)
			}
			known := map[arch.ID]bool{}
			for _, i := range o {
				known[i] = true
			}
			for i := range g {
				if g[i] != c.want[i] && (c.want[i] != fresh || known[g[i]]) {
					t.Errorf("IDs %v, want %v (0: a new one); before %v", g, c.want, o)
					break
				}
			}
			if !arch.Same(got, c.now) {
				t.Error("matching changed what the model says")
			}
			// What is added later must not take an ID of the old model either:
			// undo would bring both together.
			_, later := got.Insert(arch.Place{}, kind("dropout"))
			if known[later[0]] {
				t.Errorf("the next node takes the old ID %d", later[0])
			}
		})
	}
}

// Inside blocks IDs are kept as well, those of paths among them.
func TestMatchBlocks(t *testing.T) {
	old := sample()
	now := sample()
	if got := old.Match(now); !equalIDs(ids(got), ids(old)) {
		t.Errorf("IDs %v, want %v", ids(got), ids(old))
	}
	more, _ := now.Insert(arch.Place{Anchor: id(now, "d"), Side: arch.After}, leaf("x"))
	got := old.Match(more)
	sound(t, got)
	for _, label := range []string{"a", "b", "rep", "c", "br", "d", "e", "f", "g"} {
		if id(got, label) != id(old, label) {
			t.Errorf("%s had ID %d, now %d", label, id(old, label), id(got, label))
		}
	}
	if got := old.Match(now.SetTimes(id(now, "rep"), 9)); !equalIDs(ids(got), ids(old)) {
		t.Error("another number of repetitions changes IDs")
	}
	if len(got.Find(id(got, "rep")).(*arch.Repeat).Tail) == 0 {
		t.Error("matching lost a comment")
	}
}

func equalIDs(a, b []arch.ID) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestSame(t *testing.T) {
	a := sample()
	if !arch.Same(a, sample()) {
		t.Error("a model is not the same as itself")
	}
	join := layer.ByName("concat").New()
	for name, b := range map[string]arch.Model{
		"name":   arch.New("other", a.Body, nil),
		"turns":  a.SetTimes(id(a, "rep"), 4),
		"label":  a.SetLabel(id(a, "a"), "z"),
		"frozen": a.SetFrozen(id(a, "a"), true),
		"join":   a.SetLayer(id(a, "br"), join),
		"layer":  a.SetLayer(id(a, "a"), layer.ByName("relu").New()),
		"paths":  first1(a.AddPath(id(a, "br"))),
		"fewer":  a.Delete(id(a, "g")),
	} {
		if arch.Same(a, b) || arch.Same(b, a) {
			t.Errorf("models that differ in %s are the same", name)
		}
	}
}
