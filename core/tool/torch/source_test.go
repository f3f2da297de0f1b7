package torch

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// sourceOf returns a file with a source.
func sourceOf(name, src string) *source.File {
	return &source.File{Name: name, Size: int64(len(src)), At: bytes.NewReader([]byte(src))}
}

// TestPrograms reads programs in the styles of tutorials, courses and repositories,
// and compares their networks with those that PyTorch 1.13 makes of them
// (testdata/programs/truth.py).
func TestPrograms(t *testing.T) {
	table, err := os.ReadFile("testdata/programs/programs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for line := range strings.Lines(string(table)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 {
			t.Fatalf("%q", line)
		}
		all++
		src, err := os.ReadFile("testdata/programs/" + f[0] + ".py")
		if err != nil {
			t.Fatal(err)
		}
		file := sourceOf("pasted.txt", string(src))
		if head := src[:min(len(src), source.HeadSize)]; !SourceReader.Detect(head, file) {
			t.Errorf("%s is not recognised", f[0])
		}
		r, err := readSource(file)
		if err != nil {
			t.Errorf("%s: %v", f[0], err)
			continue
		}
		for _, n := range r.Notes {
			if k := n.Say.Key; k == catalog.SourceNotFollowed || k == catalog.SourceDiffers || k == catalog.SourceProblem {
				t.Errorf("%s: %s", f[0], n.Say.In(catalog.English))
			}
		}
		got := count.Of(r.Model).Totals
		for i, have := range []num.Int{got.Params(true), got.Trainable(), got.Stats} {
			want, _ := strconv.ParseInt(f[i+1], 10, 64)
			if !have.Equal(num.Of(want)) {
				t.Errorf("%s: %s %s, want %d\n%s", f[0], [3]string{"parameters", "trainable", "in buffers"}[i], have, want, text.Format(r.Model))
			}
		}
	}
	if all < 35 {
		t.Errorf("only %d programs", all)
	}
}

// TestFaultyPrograms holds the error of programs that PyTorch would not run either: its
// line and what it says.
func TestFaultyPrograms(t *testing.T) {
	for _, c := range []struct {
		name string
		line int
		key  catalog.Key
	}{
		{"bad_syntax", 3, catalog.PythonExpected}, {"bad_indent", 5, catalog.PythonIndent}, {"bad_bracket", 4, catalog.PythonBracket},
		{"bad_name", 3, catalog.PythonNoName}, {"bad_class", 2, catalog.PythonNoAttr}, {"bad_argument", 8, catalog.PythonTooMany},
		{"bad_string", 2, catalog.PythonUnclosedString}, {"bad_loop", 4, catalog.PythonMemory},
		{"bad_recursion", 3, catalog.PythonRecursion}, {"bad_groups", 2, catalog.TorchLayer},
	} {
		src, err := os.ReadFile("testdata/programs/" + c.name + ".py")
		if err != nil {
			t.Fatal(err)
		}
		r, err := readSource(sourceOf(c.name+".py", string(src)))
		d, _ := err.(*diag.Diag)
		if d == nil {
			t.Errorf("%s is read: %v", c.name, r)
			continue
		}
		say, _ := d.Say.Args[len(d.Say.Args)-1].(catalog.Message)
		if say.Key != c.key || d.Say.Args[0] != any(c.line) {
			t.Errorf("%s: %v; want %s in line %d", c.name, d, c.key, c.line)
		}
	}
}

// FuzzSource reads any text as a PyTorch program.
func FuzzSource(f *testing.F) {
	for _, name := range []string{"unet", "gpt", "seq2seq", "rms_llama", "match_config", "own_layer", "prelu_norms"} {
		src, err := os.ReadFile("testdata/programs/" + name + ".py")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Fuzz(func(t *testing.T, src string) {
		r, err := readSource(sourceOf("a.py", src))
		if err == nil {
			count.Of(r.Model)
		}
	})
}

// FuzzMutatedSource reads good programs of which a part is left out, repeated, or replaced
// by a part of another or by any text.
func FuzzMutatedSource(f *testing.F) {
	paths, err := filepath.Glob("testdata/programs/*.py")
	if err != nil || len(paths) < 50 {
		f.Fatal(len(paths), err)
	}
	var programs []string
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		programs = append(programs, string(src))
	}
	f.Add(uint8(1), uint16(100), uint16(8), uint8(0), "")
	f.Add(uint8(20), uint16(300), uint16(0), uint8(1), "10**9")
	f.Add(uint8(40), uint16(500), uint16(30), uint8(2), "")
	f.Add(uint8(60), uint16(700), uint16(90), uint8(3), "x")
	f.Fuzz(func(t *testing.T, which uint8, at, n uint16, how uint8, text string) {
		src, other := programs[int(which)%len(programs)], programs[(int(which)+int(how))%len(programs)]
		from := int(at) % len(src)
		to := min(from+int(n)%400, len(src))
		switch how % 4 {
		case 1:
			text = src[from:to] + text + src[from:to]
		case 2:
			text += other[min(from, len(other)):min(to, len(other))]
		case 3: // only what is there
			text = ""
		}
		r, err := readSource(sourceOf("a.py", src[:from]+text+src[to:]))
		if err == nil {
			count.Of(r.Model)
		}
	})
}

// TestModelsByName makes networks of torchvision.models by their names and compares
// them with torchvision 0.14's: parameters and numbers in buffers.
func TestModelsByName(t *testing.T) {
	table, err := os.ReadFile("testdata/models.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(table)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		r, err := readSource(sourceOf("a.py", "from torchvision import models\nnet = models."+f[0]+"(weights=None)\n"))
		if err != nil {
			t.Errorf("%s: %v", f[0], err)
			continue
		}
		got := count.Of(r.Model).Totals
		if got.Params(true).String() != f[1] || got.Stats.String() != f[2] {
			t.Errorf("%s: %s parameters and %s in buffers, want %s and %s", f[0], got.Params(true), got.Stats, f[1], f[2])
		}
	}
}

// TestSeveralFiles reads a program in several files, with relative imports, and one that
// says what to make of it.
func TestSeveralFiles(t *testing.T) {
	file := sourceOf("net/model.py", "import torch.nn as nn\nfrom .parts.blocks import Block\n"+
		"from . import sizes\nclass Net(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n"+
		"        self.b = nn.Sequential(*[Block(sizes.WIDTH) for _ in range(n)])\n    def forward(self, x):\n        return self.b(x)\n")
	file.Beside = []*source.File{sourceOf("net/parts/blocks.py", "from torch import nn\nfrom ..sizes import BIAS\n"+
		"class Block(nn.Module):\n    def __init__(self, w):\n        super().__init__()\n        self.fc = nn.Linear(w, w, bias=BIAS)\n"+
		"    def forward(self, x):\n        return x + self.fc(x)\n"), sourceOf("net/sizes.py", "WIDTH = 12\nBIAS = False\n")}
	file.Options.Expression = "Net(n=3)"
	r, err := readSource(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := text.Format(r.Model); !strings.Contains(got, "b: repeat 3 {") || !strings.Contains(got, "b.fc: linear 12 nobias") {
		t.Errorf("got\n%s", got)
	}
}

// TestNotebook reads the cells of a notebook, without what is for its shell.
func TestNotebook(t *testing.T) {
	file := sourceOf("a.ipynb", `{"cells": [{"cell_type": "markdown", "source": ["# title"]},
 {"cell_type": "code", "source": ["%matplotlib inline\n", "!pip install torch\n", "from torch import nn"]},
 {"cell_type": "code", "source": "net = nn.Sequential(nn.Linear(3, 4),\n  nn.ReLU())"}], "nbformat": 4}`)
	head, _ := file.Read(0, file.Size)
	if !SourceReader.Detect(head, file) {
		t.Error("the notebook is not recognised")
	}
	r, err := readSource(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := count.Of(r.Model).Totals.Params(true).String(); got != "16" {
		t.Errorf("%s parameters, want 16", got)
	}
}

// TestSourceNotes holds what is said of a program whose network the stack shows otherwise.
func TestSourceNotes(t *testing.T) {
	const head = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\nclass Net(nn.Module):\n" +
		"    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 5)\n"
	for _, c := range []struct{ src, params, want string }{
		{head + "    def forward(self, x):\n        return F.rellu(self.fc(x))\n", "25",
			"Functions that are unknown here, or misspelt: ‘F.rellu’. Each became an opaque layer; its output is taken to have the shape of its input."},
		{head + "        self.fc.bias.requires_grad = False\n    def forward(self, x):\n        return self.fc(x)\n", "25",
			"The program does not train 5 parameters; in the stack, where a layer is frozen as a whole, they are 0."},
		{head + "    def forward(self, x):\n        if x.max() > 1:\n            x = self.fc(x)\n        return x * 2\n", "25",
			"The condition in line 9 depends on data; it was taken to be true."},
		{head + "    def forward(self, x):\n        if x.max() > 1:\n            raise ValueError\n        return self.fc(x)\n", "25",
			"The condition in line 9 depends on data; it was taken to be false."},
		{"from torch import nn\nclass RMSNorm(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n" +
			"        self.weight = nn.Parameter(torch.ones(n))\n    def forward(self, x):\n        assert False\n" +
			"net = nn.Sequential(nn.Linear(4, 5), RMSNorm(5))", "30", ""},
		{"from transformers import PreTrainedModel\nfrom torch import nn\nclass Net(PreTrainedModel):\n    def __init__(self, config):\n" +
			"        super().__init__(config)\n        self.fc = nn.Linear(4, 5)\n        self.post_init()\n" +
			"    def forward(self, x):\n        return self.fc(x)\nnet = Net(None)", "25", ""},
	} {
		r, err := readSource(sourceOf("a.py", c.src))
		if err != nil {
			t.Errorf("%s: %v", c.src, err)
			continue
		}
		if got := count.Of(r.Model).Totals.Params(true).String(); got != c.params {
			t.Errorf("%s: %s parameters, want %s", c.src, got, c.params)
		}
		said := c.want == ""
		for _, n := range r.Notes {
			said = said || n.Say.In(catalog.English) == c.want
		}
		if !said {
			t.Errorf("%s: %v, want %q", c.src, r.Notes, c.want)
		}
	}
}

// TestSourceLimits stops programs that ask a large network again and again, and whose
// forward pass never ends.
func TestSourceLimits(t *testing.T) {
	const many = "from torch import nn\nm = nn.Sequential(*[nn.Linear(4, 4) for _ in range(2000)])\n"
	for src, want := range map[string]catalog.Key{
		many + "while True: s = sum(p.numel() for p in m.parameters())":        catalog.PythonSteps,
		many + "while True:\n    for n, p in m.named_parameters(): pass":       catalog.PythonSteps,
		many + "import torch\nx = torch.stack([torch.zeros(3)] * 10**6)":       catalog.PythonSteps,
		many + "m = nn.ModuleList([nn.Conv2d(3, 3, 3) for _ in range(10**9)])": catalog.PythonMemory,
	} {
		r, err := readSource(sourceOf("a.py", src))
		var said []catalog.Message
		if d, ok := err.(*diag.Diag); ok {
			said = append(said, d.Say)
		} else if err == nil {
			for _, n := range r.Notes {
				said = append(said, n.Say)
			}
		}
		found := false
		for _, m := range said {
			for len(m.Args) > 0 {
				inner, ok := m.Args[len(m.Args)-1].(catalog.Message)
				if m = inner; !ok {
					break
				}
				found = found || m.Key == want
			}
		}
		if !found {
			t.Errorf("%s: %v, want %s", src, said, want)
		}
	}
}
