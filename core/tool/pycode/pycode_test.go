package pycode_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/tool/pycode"
)

// A block of two convolutions, of so many channels.
func block(channels string) *pycode.Block {
	conv := func() *pycode.Call {
		return &pycode.Call{Func: "nn.Conv2d", Args: []pycode.Arg{pycode.Pos("in_channels", channels), pycode.Pos("out_channels", channels),
			pycode.Named("kernel_size", "3", ""), pycode.Named("stride", "1", "1")}}
	}
	return &pycode.Block{Name: "stage1", Inits: []pycode.Init{{Name: "a", E: conv()}, {Name: "b", E: conv()}},
		Forward: []pycode.Statement{&pycode.Assign{Target: "x", Value: "self.a(x)"}, &pycode.Return{Values: []string{"self.b(x)"}}}}
}

func ExampleClasses() {
	first, second := block("64"), block("128")
	for _, c := range pycode.Classes([]*pycode.Block{first, second}, func(preferred string) string { return preferred + "Block" }) {
		fmt.Println(c.Name, len(c.Uses), c.Params[0].Name, len(c.Params))
		fmt.Println(c.First.Inits[0].E.(*pycode.Call).Text())
	}
	use := &pycode.Call{Inner: second}
	use.Values(func(*pycode.Arg) {})
	fmt.Println(use.Text())
	// Output:
	// stageBlock 2 in_channels 1
	// nn.Conv2d(in_channels, in_channels, kernel_size=3)
	// stageBlock(128)
}

func TestPrintBody(t *testing.T) {
	again := &pycode.Assign{Target: "x", Value: "self.a(x)"}
	var b strings.Builder
	pycode.PrintBody(&b, []pycode.Statement{
		&pycode.Assign{Target: "y", Value: "x + 1", Note: "4×8×8"}, &pycode.Loop{Times: 3, Body: []pycode.Statement{again}}, &pycode.Return{Values: []string{"x", "y"}, Note: "two"},
	}, "\t")
	want := "\ty = x + 1  # 4×8×8\n\tfor _ in range(3):\n\t    x = self.a(x)\n\treturn x, y  # two\n"
	if b.String() != want {
		t.Errorf("printed\n%q, want\n%q", b.String(), want)
	}
}

func TestFill(t *testing.T) {
	for _, c := range []struct{ fn, want string }{
		{"", "self.m(a, b + c)"}, {"{+}", "a + (b + c)"}, {"{m}({x})[0]", "self.m(a)[0]"}, {"{1}.mean()", "(b + c).mean()"},
	} {
		if got := pycode.Fill(c.fn, "self.m", []string{"a", "b + c"}); got != c.want {
			t.Errorf("%q is filled %q, want %q", c.fn, got, c.want)
		}
	}
}
