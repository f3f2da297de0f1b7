package why_test

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/text"
	"paramstack/core/why"
	"paramstack/core/zoo"
)

// network returns a network of the zoo by its ID, or of a stack text.
func network(t testing.TB, src string) arch.Model {
	t.Helper()
	if !strings.Contains(src, "input") {
		for _, n := range zoo.All() {
			if n.ID == src {
				src = n.Text
			}
		}
	}
	file, problems := text.Parse(src)
	for _, d := range problems {
		t.Fatalf("%s in\n%s", d.Say.In(catalog.English), src)
	}
	return file.Model
}

func find(t testing.TB, m arch.Model, style count.Style, typed string) why.Answer {
	t.Helper()
	n, d := why.Read(typed)
	if d != nil {
		t.Fatal(d.Say.In(catalog.English))
	}
	return ask(why.New(m, count.Of(m), style), n)
}

// ask is Find until there is no more.
func ask(f *why.Finder, n *why.Number) why.Answer {
	a := f.Find(n)
	for a.More {
		a = f.Find(n)
	}
	return a
}

func names(r why.Reason) string {
	var all []string
	for _, term := range r.Terms {
		all = append(all, term.Name)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func list(a why.Answer) string {
	var b strings.Builder
	for _, r := range a.Reasons {
		b.WriteString("\n\t" + r.Start.Grouped())
		for _, term := range r.Terms {
			b.WriteString("  [" + term.Name + " " + term.Change.String() + "] ")
		}
		b.WriteString("= " + r.Number.Grouped() + " " + r.Quantity.String())
	}
	if a.Nearest != nil {
		b.WriteString("\n\tnearest " + names(a.Nearest.Reason) + " " + a.Nearest.Reason.Number.Grouped() + ", off by " + a.Nearest.Off.String() + ", " + a.Nearest.Name)
	}
	return b.String()
}

// A claim is a number and the terms of its true reason.
type claim struct{ network, number, terms string }

var claims = []claim{
	{"alexnet-2012", "62,378,344", "groups-off"},
	{"alexnet-2012", "60,954,656", "bias-off"},
	{"alexnet-2012", "233 MiB", "bytes-4"},
	{"resnet-50", "25,636,712", "conv-bias-on stats-on"},
	{"resnet-50", "23.5 M", "head-off"},
	{"resnet-50", "8.2 G", "flops"},
	{"resnet-50", "25,530,472", "norm-fold"},
	{"googlenet", "13,378,280", "network"},
	{"input 1x4\ngru 5", "165", "rnn-two-biases"},
	{"alexnet-2012", "56901000", "classes"},
	{"resnet-50", "24.37M", "binary"},
	// What tools print for it (core/passport/testdata), however people quote it.
	{"resnet-50", "4.13 GMac", "tool-ptflops"},
	{"resnet-50", "4132436968", "tool-ptflops macs"},
	{"resnet-50", "4,121,925,096 MACs", "tool-ptflops-0.6"},
	{"resnet-50", "4111512576", "tool-fvcore macs"},
	{"resnet-50", "4133742592 MACs", "tool-thop"},
	{"resnet-50", "4089238376", "tool-torchinfo macs"},
	{"mobilenet-v2", "327550720", "tool-thop macs"},
}

func TestClaims(t *testing.T) {
	for _, c := range claims {
		a := find(t, network(t, c.network), count.PyTorch, c.number)
		if len(a.Reasons) == 0 || names(a.Reasons[0]) != sorted(c.terms) {
			t.Errorf("%s, %s: want %s, have%s", c.network, c.number, c.terms, list(a))
		} else {
			t.Logf("%s, %s:%s", c.network, c.number, list(a))
		}
	}
}

func zooNets() []zoo.Net { return zoo.All() }
