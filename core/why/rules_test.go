package why_test

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/passport"
	"paramstack/core/text"
	"paramstack/core/why"
)

// TestEveryRule makes operations by every rule of every network, on the network itself, on
// another size of its input and with other classes, and asks for them: the first reason has the
// rule, or another one of the same number.
func TestEveryRule(t *testing.T) {
	asked, right := map[string]int{}, map[string]int{}
	for _, id := range []string{"alexnet-torchvision", "vgg-16", "resnet-18", "resnet-50", "mobilenet-v2", "squeezenet-1-0"} {
		m := network(t, id)
		f := why.New(m, count.Of(m), count.PyTorch)
		src := text.Format(m)
		for _, v := range []struct{ kind, from, to string }{
			{"plain", "", ""}, {"in-size", "224x224", "256x256"}, {"in-size", "224x224", "320x320"},
			{"in-size", "224x224", "208x208"}, {"in-size", "224x224", "512x1024"}, {"classes", "linear 1000", "linear 10"},
			{"in-channels", "input 3x", "input 1x"},
		} {
			if v.from != "" && strings.Count(src, v.from) != 1 {
				continue
			}
			file, problems := text.Parse(strings.Replace(src, v.from, v.to, 1))
			if len(problems) > 0 {
				continue
			}
			r := count.Of(file.Model)
			beside, macs := passport.BesideOf(r), r.Totals.MACs
			ask := func(kind, want string, n num.Int) {
				number, d := why.Read(n.String() + kind)
				if d != nil {
					t.Fatal(d)
				}
				a := f.Find(number)
				key := strings.TrimSpace(v.kind + " " + want + kind)
				asked[key]++
				ok := len(a.Reasons) > 0
				if ok {
					got := names(a.Reasons[0])
					ok = v.kind == "plain" || strings.Contains(got, v.kind)
					ok = ok && (want == "" || strings.Contains(got, want) || strings.Contains(got, "ops-") ||
						strings.Contains(got, "tool-"))
				}
				if ok {
					right[key]++
				} else {
					t.Logf("%s %s %s%s", id, key, n.Grouped(), list(a))
				}
			}
			for _, unit := range []string{" MACs", " FLOPs"} {
				switch unit {
				case " FLOPs":
					ask(unit, "flops", macs.Times(2))
				default:
					if v.kind != "plain" {
						ask(unit, "", macs)
					}
				}
				for k := range passport.Rules {
					n, ok := beside.Of(k)
					by := int64(1)
					if k.Doubled() || unit == " FLOPs" && k == passport.BiasesToo {
						by = 2
					}
					if v.kind != "plain" && (k == passport.ActivationsToo || k == passport.NormsToo) ||
						unit == " MACs" && k.Doubled() {
						continue
					}
					if ok && !n.IsZero() {
						ask(unit, "ops-"+k.ID(), macs.Times(by).Add(n))
					}
				}
				if v.kind == "plain" {
					ask(unit, "training-step", macs.Times(3))
				}
			}
		}
	}
	all, good := 0, 0
	for k, n := range asked {
		all, good = all+n, good+right[k]
		if right[k] < n {
			t.Logf("%-40s %d of %d", k, right[k], n)
		}
	}
	t.Logf("%d of %d", good, all)
	if good*100 < all*98 {
		t.Errorf("%d of %d are known", good, all)
	}
}
