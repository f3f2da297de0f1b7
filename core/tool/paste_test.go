package tool

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/tool/source"
)

// program is a network of 55 parameters, and a call of it.
const program = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(10, 5)

    def forward(self, x):
        return self.fc(x)

net = Net()
net(torch.randn(2, 10)).shape
`

// each puts a prompt before each line, another before those that go on.
func each(first, more string) string {
	var b strings.Builder
	for line := range strings.Lines(program) {
		if p := more; line == "\n" {
			b.WriteString(line)
		} else {
			if line[0] != ' ' {
				p = first
			}
			b.WriteString(p + line)
		}
	}
	return b.String()
}

// TestPastedForms reads one program in the forms in which people paste it: out of
// shells, notebooks, pages and listings.
func TestPastedForms(t *testing.T) {
	numbered := func(sep string) string {
		var b strings.Builder
		n := 6
		for line := range strings.Lines(program) {
			n++
			fmt.Fprintf(&b, "%3d%s%s", n, sep, line)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"as it is":        program,
		"a shell":         each(">>> ", "... ") + "torch.Size([2, 5])\n",
		"IPython":         each("In [3]: ", "   ...: ") + "Out[12]: torch.Size([2, 5])\n",
		"notebook":        "In [1]:\n" + program + "Out[1]:\ntorch.Size([2, 5])\n",
		"Windows":         "\ufeff" + strings.ReplaceAll(program, "\n", "\r\n"),
		"tabs":            strings.ReplaceAll(program, "    ", "\t"),
		"indented":        "        " + strings.ReplaceAll(program, "\n", "\n        "),
		"hard blanks":     strings.ReplaceAll(program, " ", "\u00a0"),
		"line numbers":    numbered(" "),
		"numbers, a tab":  numbered("\t"),
		"numbers, a rule": numbered(" | "),
		"magic":           "%matplotlib inline\n!pip install torch\n" + program,
		"Markdown": "# A network\n\nFirst we import the parts:\n\n```python\n" + strings.Replace(program, "\nclass",
			"```\n\nand now the network:\n\n```python\nclass", 1) + "```\n\nThat is from here on a network.\n",
		"fences in its documentation":  "\"\"\"A net.\n\n```python\nnet = Net()\n```\n\"\"\"\n" + program,
		"prompts in its documentation": "\"\"\"A net.\n\n>>> net = Net()\n\"\"\"\n" + program,
	} {
		r, reader, d := Read(&source.File{Name: "pasted.txt", Size: int64(len(text)), At: strings.NewReader(text)})
		if d != nil {
			t.Errorf("%s: %v\n%s", name, d, text)
			continue
		}
		if got := count.Of(r.Model).Totals.Params(true).String(); got != "55" || reader.ID != "torch-source" {
			t.Errorf("%s: %s parameters, read as %s", name, got, reader.ID)
		}
	}
}

// TestPastedNames reads networks that are pasted as their names alone, and parts of
// programs without a word of their framework.
func TestPastedNames(t *testing.T) {
	for text, want := range map[string]string{
		"torchvision.models.resnet18()":    "11689512",
		"model = resnet50(num_classes=10)": "23528522",
		"models.vgg16()":                   "138357544",
		"model = ResNet50(weights=None)":   "25583592", // trained ones
		"def resnet18(**kw):\n    return ResNet(BasicBlock, [2, 2, 2, 2], **kw)":                                         "11689512",
		"from torchvision.models.resnet import Bottleneck, ResNet\nm = ResNet(Bottleneck, [3, 4, 6, 3], num_classes=10)": "23528522",
	} {
		r, _, d := Read(&source.File{Name: "pasted.txt", Size: int64(len(text)), At: strings.NewReader(text)})
		if d != nil {
			t.Errorf("%s: %v", text, d)
			continue
		}
		if got := count.Of(r.Model).Totals.Params(true).String(); got != want {
			t.Errorf("%s: %s parameters, want %s", text, got, want)
		}
	}
}

// TestPastedWrong holds what is said of programs that have no network here.
func TestPastedWrong(t *testing.T) {
	book := `{"cells": [{"cell_type": "code", "source": ["import torch.nn as nn\n"]}, {"cell_type": "markdown", "source": []},
 {"cell_type": "code", "source": []}, {"cell_type": "code", "source": ["x = 1\n", "net = nn.Sequential(nn.Linear(3, y))"]}]}`
	for _, c := range []struct {
		name, text string
		want       string
	}{
		{"a.ipynb", book, "Code cell 3, line 2, column 34: name y is not defined."},
		{"a.py", "import flax.linen as nn\nclass Net(nn.Module):\n  pass\n", "This program uses flax, which is not read here: programs of PyTorch and of Keras are."},
		{"a.txt", "import os\nprint(os.getcwd())\n", "This Python source makes no network that is known here."},
		{"a.txt", "from torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n" +
			"        self.a = nn.Linear(10, 5)\n        self.b = nn.Conv2d(5, 5, 3, groups=2)\nnet = Net()\n",
			"Line 6, column 21: the layer cannot be made: The 5 input channels cannot be divided evenly into 2 groups. " +
				"Up to there Net has 55 parameters: ‘a’."},
	} {
		_, _, d := Read(&source.File{Name: c.name, Size: int64(len(c.text)), At: strings.NewReader(c.text)})
		if d == nil {
			t.Errorf("%s is read", c.text)
			continue
		}
		if got := d.Say.In(catalog.English); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestTensorAsNumber: int() of a tensor drops its fraction, and a range is of whole numbers.
func TestTensorAsNumber(t *testing.T) {
	const with = "import torch\nfrom torch import nn\nwidth = %s\nnet = nn.Sequential(nn.Linear(10, width), nn.ReLU())\n"
	for width, params := range map[string]string{"int(torch.tensor(2.75))": "22", "len(range(torch.tensor(3)))": "33"} {
		src := fmt.Sprintf(with, width)
		r, _, d := Read(&source.File{Name: "pasted.txt", Size: int64(len(src)), At: strings.NewReader(src)})
		if d != nil {
			t.Errorf("%s: %v", width, d)
			continue
		}
		if got := count.Of(r.Model).Totals.Params(true).String(); got != params {
			t.Errorf("%s: %s parameters, want %s", width, got, params)
		}
	}
}
