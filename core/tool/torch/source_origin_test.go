package torch

import (
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/tool/source"
)

func programFile(name, src string) *source.File {
	return &source.File{Name: name, Size: int64(len(src)), At: strings.NewReader(src)}
}

const small = `import torch
from torch import nn
import torch.nn.functional as F

class Small(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(
            3,
            width,
            3)
        self.fc = nn.Linear(width * 6 * 6, 10)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        return self.fc(x.flatten(1))

net = Small(4)
net(torch.randn(1, 3, 8, 8))
`

// Every node of a network from source has the line that made it: a module the line of
// its constructor, a function the line of its call.
func TestOrigins(t *testing.T) {
	r, d := SourceReader.Open(programFile("small.py", small))
	if d != nil {
		t.Fatal(d)
	}
	want := map[string]string{
		"conv": "small.py:8: self.conv1 = nn.Conv2d(", "relu": "small.py:15: x = F.relu(self.conv1(x))",
		"flatten": "small.py:16: return self.fc(x.flatten(1))", "linear": "small.py:12: self.fc = nn.Linear(width * 6 * 6, 10)",
	}
	r.Model.Walk(func(n arch.Node) {
		kind := n.(*arch.Leaf).Layer.Kind().Name
		if got := n.Head().Origin; got != want[kind] {
			t.Errorf("%s comes from %q, want %q", kind, got, want[kind])
		}
		delete(want, kind)
	})
	if len(want) > 0 {
		t.Errorf("not in the stack: %v", want)
	}
}

// A forward pass that cannot be followed leaves the modules, each with its line.
func TestOriginsOfModules(t *testing.T) {
	src := strings.Replace(small, "x = F.relu(self.conv1(x))", "x = F.relu(self.conv2(x))", 1)
	r, d := SourceReader.Open(programFile("small.py", src))
	if d != nil {
		t.Fatal(d)
	}
	found := 0
	r.Model.Walk(func(n arch.Node) {
		switch o := n.Head().Origin; {
		case strings.HasPrefix(o, "small.py:8: "), strings.HasPrefix(o, "small.py:12: "):
			found++
		}
	})
	if found != 2 {
		t.Errorf("%d of 2 layers have their line", found)
	}
}

// What a program defines can be chosen, whether it makes a network itself or not; what
// is chosen is made, in a file that is tidied too.
func TestChoose(t *testing.T) {
	src := strings.ReplaceAll(small[:strings.Index(small, "net =")], "width", "zz")
	r, d := SourceReader.Open(programFile("small.py", src))
	if d == nil || r == nil || r.Program == nil || len(r.Program.Choices) != 1 {
		t.Fatalf("a class that needs an argument: %+v, %v", r, d)
	}
	if c := r.Program.Choices[0]; c.Name != "Small" || len(c.Needs) != 1 || c.Needs[0] != "zz" || c.Call != "Small(zz=)" {
		t.Errorf("it offers %+v", c)
	}
	f := programFile("small.py", strings.ReplaceAll(src, "\n", "\r\n"))
	f.Options = source.Options{Expression: "Small(zz=5)", Input: "3x8x8"}
	if r, d = SourceReader.Open(source.Tidy(f)); d != nil {
		t.Fatal(d)
	}
	if p := r.Program; p.Made != "Small(zz=5)" || p.Input != "3x8x8" || len(p.Choices) != 1 {
		t.Errorf("it states %+v", p)
	}
	f.Options.Expression = "Small(zz=5, 3 4)"
	if r, d = SourceReader.Open(f); d == nil || r == nil || r.Program == nil {
		t.Errorf("an expression that is none gives %+v", r)
	}
	t.Log(d.Say.In(0))
}
