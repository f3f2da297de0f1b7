package why_test

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/passport"
	"paramstack/core/why"
)

// TestPassport asks for each number of the passport, with all its digits and as the tool
// prints it: all of them are explained, first by that tool or by a reason that gives the
// tool's very number.
func TestPassport(t *testing.T) {
	asked, others := 0, 0
	for i, n := range zooNets() {
		if i%5 != 0 && n.ID != "resnet-50" && n.ID != "alexnet-2012" && n.ID != "googlenet" {
			continue
		}
		m := network(t, n.ID)
		r := count.Of(m)
		finder := why.New(m, r, count.PyTorch)
		ask := func(tool passport.Tool, typed string, want num.Int) {
			number, d := why.Read(typed)
			if strings.HasSuffix(typed, ": 0.00") {
				return // of which there is nothing to explain
			}
			if d != nil {
				t.Errorf("%s, %q: %s", n.ID, typed, d.Say.In(catalog.English))
				return
			}
			asked++
			a := ask(finder, number)
			if len(a.Reasons) == 0 {
				t.Errorf("%s, %q:%s", n.ID, typed, list(a))
				return
			}
			// A bare rounded number can be of several tools, or the network's own; the versions of
			// ptflops write alike.
			some := a.Reasons[:1]
			if !number.Exact() && !strings.Contains(typed, ": ") {
				some = a.Reasons
			}
			for x := range some {
				first := &some[x]
				if first.Number.Equal(want) || first.Quantity == why.FLOPs && first.Number.Equal(want.Times(2)) {
					return
				}
				for k := range first.Terms {
					if strings.Contains(first.Terms[k].Say.In(catalog.English), tool.Name()) {
						return
					}
				}
			}
			others++
			if len(some) < len(a.Reasons) || number.Exact() {
				t.Errorf("%s, %s, %q is %s:%s", n.ID, tool.Name(), typed, want.Grouped(), list(a))
			} else {
				t.Logf("%s, %s, %q is %s:%s", n.ID, tool.Name(), typed, want.Grouped(), list(a))
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
				ask(e.Tool, typed, f.Value)
				if f.Shown != "" {
					ask(e.Tool, f.Shown, f.Value)
				}
			}
		}
	}
	if t.Logf("%d numbers, %d explained otherwise", asked, others); others > asked/50 {
		t.Errorf("%d of %d are explained otherwise", others, asked)
	}
	if asked < 1000 {
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
