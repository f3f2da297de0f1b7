package torch

import (
	_ "embed"
	"strconv"
	"strings"

	"paramstack/core/count"
	"paramstack/core/tensor"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
)

//go:embed torch_helpers.py
var torchHelpers string

// text writes the whole program: helpers, classes, the network.
func (w *program) text() string {
	top := w.scope(w.net.Model.Name)
	top.at.top = true
	value := top.flow(w.net.Report.Rows, "x", "x")
	w.blocks = append(w.blocks, top.class)
	top.returns(append([]string{value}, top.outputs...)...)
	if len(w.inputs) == 0 {
		w.inputs = []string{"x"}
	}

	taken := pycode.NewNames("Missing")
	for name := range w.helpers {
		taken.Take(name)
	}
	name := pycode.FreeClass(taken, pycode.OrNetwork(w.net.Model.Name))
	all := append(pycode.Classes(w.blocks[:len(w.blocks)-1], func(wish string) string { return pycode.FreeClass(taken, wish+"Block") }), &pycode.Class{Name: name, First: top.class, Uses: []*pycode.Block{top.class}})
	for _, i := range top.class.Inits {
		if i.E != nil {
			i.E.Values(func(*pycode.Arg) {}) // inner classes know their parameters now
		}
	}

	var b strings.Builder
	b.WriteString(pycode.Docstring(w.net, target.SizeSentence(w.net, count.Style{Biases: true}, tensor.Shape.String), "Written by paramstack.") + "\nimport torch\n")
	if w.needsF() {
		b.WriteString("import torch.nn.functional as F\n")
	}
	b.WriteString("from torch import nn\n")
	if w.helpers["torchvision"] {
		b.WriteString("from torchvision.ops import DeformConv2d\n")
	}
	for _, chunk := range pycode.Chunks(torchHelpers) {
		if w.helpers[chunk.Name] {
			b.WriteString("\n\n" + chunk.Text)
		}
	}
	for i, c := range all {
		inputs := []string{"x"}
		if i == len(all)-1 {
			inputs = w.inputs
		}
		b.WriteString("\n\n")
		writeClass(c, &b, inputs)
	}
	return b.String()
}

// needsF reports whether the code calls torch.nn.functional.
func (w *program) needsF() bool {
	for _, c := range pycode.Chunks(torchHelpers) {
		if w.helpers[c.Name] && strings.Contains(c.Text, "F.") {
			return true
		}
	}
	return w.usesF
}

// writeClass writes a class.
func writeClass(c *pycode.Class, b *strings.Builder, inputs []string) {
	b.WriteString("class " + c.Name + "(nn.Module):\n    def __init__(self")
	for _, p := range c.Params {
		b.WriteString(", " + p.Name)
	}
	b.WriteString("):\n        super().__init__()\n")
	for _, i := range c.First.Inits {
		if i.E == nil {
			b.WriteString("        " + strings.ReplaceAll(i.Text, "{}", i.Name) + "\n")
			continue
		}
		b.WriteString("        self." + i.Name + " = ")
		writeExpr(b, i.E, "        ", false)
		b.WriteByte('\n')
	}
	b.WriteString("\n    def forward(self, " + strings.Join(inputs, ", ") + "):\n")
	pycode.PrintBody(b, c.First.Forward, "        ")
}

// writeExpr writes an expression; what does not fit in a line goes over several.
// Inside a list a sequence is opened, since the list is one already.
func writeExpr(b *strings.Builder, e pycode.Expr, indent string, inside bool) {
	switch e := e.(type) {
	case *pycode.Call:
		b.WriteString(e.Text())
	case *pycode.Times:
		if e.N == 1 {
			writeExpr(b, e.E, indent, inside)
			return
		}
		if !inside {
			b.WriteString("nn.Sequential(")
		}
		b.WriteString("*[")
		writeExpr(b, e.E, indent, false)
		b.WriteString(" for _ in range(" + strconv.FormatInt(e.N, 10) + ")]")
		if !inside {
			b.WriteString(")")
		}
	case *pycode.Sequence:
		if len(e.Items) == 1 {
			writeExpr(b, e.Items[0], indent, inside)
			return
		}
		b.WriteString("nn.Sequential(")
		if e.Loop {
			if loop := e.Comprehension(); loop != "" {
				b.WriteString(loop + ")")
				return
			}
		}
		b.WriteByte('\n')
		for _, item := range e.Items {
			b.WriteString(indent + "    ")
			writeExpr(b, item, indent+"    ", e.Loop)
			b.WriteString(",\n")
		}
		b.WriteString(indent + ")")
	}
}
