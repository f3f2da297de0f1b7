package torch

import (
	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/text"
	"paramstack/core/tool/target"
	"paramstack/core/tool/vocab"
	"strings"
	"testing"
)

// TestTorchSaysEveryKind wants a way, or a reason, for every kind.
func TestTorchSaysEveryKind(t *testing.T) {
	none := map[string]string{
		"opaque": "what it does is not known",
	}
	said := map[string]bool{}
	for _, k := range layer.Kinds {
		switch {
		case torchLayers()[k.Name] != nil, vocab.Torch().Of(k) != nil, none[k.Name] != "":
		case k.Takes == layer.TakesNone, k.Joins() && (k.Takes == layer.TakesFirst || k.Takes == layer.TakesLabel):
		default:
			t.Errorf("PyTorch code cannot write %s: it needs a row in core/tool/vocab/torch_rows.go, or a function in write_table.go", k.Name)
		}
	}
	for _, c := range tooltest.EveryKind() {
		file, problems := text.Parse(c)
		for _, p := range problems {
			t.Errorf("%s: %v", c, p)
		}
		m := file.Model
		for _, p := range count.Of(m).Problems {
			if p.Severity == 0 {
				t.Errorf("%s: %v", c, p)
			}
		}
		m.Walk(func(n arch.Node) {
			switch n := n.(type) {
			case *arch.Leaf:
				said[n.Layer.Kind().Name] = true
			case *arch.Branch:
				said[n.Join.Kind().Name] = true
			}
		})
		code, diags := Writer.Write(&target.Network{Model: m, Report: count.Of(m)})
		if len(diags) > 0 || strings.Contains(code, "Missing") {
			t.Errorf("%s: %v", c, diags)
		}
	}
	for _, k := range layer.Kinds {
		if !said[k.Name] && none[k.Name] == "" && k.Name != "deformconv" { // torchvision is not at hand
			t.Errorf("%s cannot be tried behind a usual input: give it an example in tooltest.Kinds (core/internal/tooltest/kinds.go)", k.Name)
		}
	}
}

// TestTorchSide wants a value that leaves on the side to be what it was there.
func TestTorchSide(t *testing.T) {
	code, problems := Writer.Write(tooltest.NetFrom(t, "input 4x6; side { | | relu }; linear 5"))
	if len(problems) > 0 || !strings.Contains(code, "side = x\n") || !strings.Contains(code, "return x, side, c\n") {
		t.Errorf("%v\n%s", problems, code)
	}
}
