//go:build !js

package e2e

import (
	"encoding/json"
	"strings"
	"testing"
)

// A compared is what paramstack.compare returns.
type compared struct {
	Totals map[string]comparedNumber
	Rows   []struct {
		Mark, Kind   string
		A, B         *string
		Params, MACs comparedNumber
		Changed      []struct{ Name, A, B string }
		Factors      []struct{ Role, A, B string }
	}
	A, B    struct{ Name, Text string }
	Link    string
	Problem *struct {
		Of, Line, Column int
		Text             string
	}
}

type comparedNumber struct{ A, B, Difference, Factor string }

func (p *page) compare(args string) compared {
	p.t.Helper()
	var c compared
	if err := json.Unmarshal([]byte(eval[string](p, "JSON.stringify(paramstack.compare("+args+"))")), &c); err != nil {
		p.t.Fatal(err)
	}
	return c
}

// TestCompareHook compares networks from a script, in all forms that one can be named.
func TestCompareHook(t *testing.T) {
	p := open(t, "")
	c := p.compare(`"alexnet-2012", "alexnet-torchvision"`)
	if n := c.Totals["params"]; n.A != "60965224" || n.B != "61100840" || n.Difference != "135616" || n.Factor != "1.00222" {
		t.Errorf("the totals are %+v", n)
	}
	if n := c.Totals["peak"]; number(t, n.A) < 290_400 || number(t, n.B) == 0 {
		t.Errorf("the peaks are %+v", n)
	}
	params, macs := int64(0), int64(0)
	for _, row := range c.Rows {
		params, macs = params+number(t, row.Params.Difference), macs+number(t, row.MACs.Difference)
		if row.Mark == "=" && row.Params.Difference != "0" || !strings.Contains("=~−+", row.Mark) {
			t.Errorf("a row is %+v", row)
		}
	}
	if params != number(t, c.Totals["params"].Difference) || macs != number(t, c.Totals["macs"].Difference) {
		t.Errorf("the rows differ by %d and %d", params, macs)
	}
	if row := c.Rows[1]; row.Mark != "~" || row.Kind != "conv" || len(row.Changed) != 2 || row.Changed[1].Name != "padding" ||
		row.Factors[0].Role != "out" || row.Factors[0].B != "64" {
		t.Errorf("the first convolution is %+v", row)
	}
	if lrn := c.Rows[3]; lrn.Mark != "−" || lrn.A == nil || lrn.B != nil {
		t.Errorf("what is in the first only is %+v", lrn)
	}
	// The network shown, with a text and with links.
	if c := p.compare(`"input 3x8x8; conv 4 k3"`); c.A.Name != "AlexNet 2012" || c.B.Text != "input 3x8x8\nconv 4 k3\n" {
		t.Errorf("the network shown is not the first: %+v, %+v", c.A, c.B)
	}
	if c := p.compare(`"#1.i3x8x8~c4k3~end", paramstack.link()`); c.Totals["params"].A != "112" || c.B.Name != "AlexNet 2012" {
		t.Errorf("links are read as %+v, %+v", c.Totals["params"], c.B.Name)
	}
	if c := p.compare(quote(c.Link) + `, "toy"`); c.A.Name != "AlexNet 2012" {
		t.Errorf("the link of a pair is read as %s", c.A.Name)
	}
	for args, want := range map[string]struct{ of, line int }{
		`"toy", "input 3x8x8\nblah 3"`: {2, 2}, `"cnv", "toy"`: {1, 1}, `"", "toy"`: {1, 0},
		``: {0, 0}, `1, 2`: {0, 0}, `"toy", "toy", "toy"`: {0, 0}, `10n, {}`: {0, 0}, `"toy", null`: {0, 0},
	} {
		if c := p.compare(args); c.Problem == nil || c.Problem.Of != want.of || c.Problem.Line != want.line || c.Problem.Text == "" {
			t.Errorf("compare(%s): %+v", args, c.Problem)
		}
	}
	p.wantTotal("params", "60965224")
}
