package why_test

import (
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/passport"
	"paramstack/core/why"
)

// TestPassport asks for each number of the passport, with all its digits and as the tool
// prints it: all of them are explained.
func TestPassport(t *testing.T) {
	asked := 0
	for i, n := range zooNets() {
		if i%24 != 0 && n.ID != "resnet-50" && n.ID != "alexnet-2012" && n.ID != "googlenet" {
			continue
		}
		m := network(t, n.ID)
		r := count.Of(m)
		finder := why.New(m, r, count.PyTorch)
		ask := func(typed string, want num.Int) {
			number, d := why.Read(typed)
			if d != nil {
				t.Errorf("%s, %q: %s", n.ID, typed, d.Say.In(catalog.English))
				return
			}
			asked++
			a := finder.Find(number)
			if len(a.Reasons) == 0 || number.Exact() && !a.Reasons[0].Number.Equal(want) {
				t.Errorf("%s, %q:%s", n.ID, typed, list(a))
			}
		}
		entries := passport.Of(r)
		for k := range entries {
			e := &entries[k]
			figures := append([]passport.Figure{e.Params, e.Compute}, e.Sizes...)
			for x := range figures {
				f := &figures[x]
				if !f.Known || f.Value.IsZero() {
					continue
				}
				typed := f.Value.String()
				if f.Bytes {
					typed += " bytes"
				}
				ask(typed, f.Value)
				if f.Shown != "" {
					ask(f.Shown, f.Value)
				}
			}
		}
	}
	if asked < 200 {
		t.Errorf("%d numbers", asked)
	}
}

// TestNoneTrained asks of a network that has nothing to train for the states of an
// optimizer.
func TestNoneTrained(t *testing.T) {
	for _, typed := range []string{"332", "990", "992"} {
		for _, r := range find(t, network(t, "input 32\nlinear 10 frozen"), count.PyTorch, typed).Reasons {
			for _, term := range r.Terms {
				if term.Name == "optimizer-adam" || term.Name == "optimizer-momentum" {
					t.Errorf("%s: %s", typed, term.Say.In(catalog.English))
				}
			}
		}
	}
}

// TestGrouped writes a bare number as the page does.
func TestGrouped(t *testing.T) {
	for typed, want := range map[string]string{"25123457": "25,123,457", "25.6M": "25.6M", "25.123.457": "25.123.457"} {
		if n, _ := why.Read(typed); n == nil || n.Grouped() != want {
			t.Errorf("%q: %+v", typed, n)
		}
	}
}
