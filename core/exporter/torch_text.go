package exporter

import (
	_ "embed"
	"sort"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
)

//go:embed torch_helpers.py
var torchHelpers string

// text writes the whole program: helpers, classes, the network.
func (w *torchCode) text() string {
	top := w.scope(w.net.Model.Name)
	top.top = true
	value := top.flow(w.net.Report.Rows, "x", "x")
	w.blocks = append(w.blocks, top.b)
	top.give(append([]string{value}, top.outputs...)...)
	if len(w.inputs) == 0 {
		w.inputs = []string{"x"}
	}

	taken := newNames(pythonWords + " Missing")
	for name := range w.helpers {
		taken.taken[name] = true
	}
	name := taken.class(orNetwork(w.net.Model.Name))
	all := append(classes(w.blocks[:len(w.blocks)-1], func(wish string) string { return taken.class(wish + "Block") }), &class{name: name, first: top.b, uses: []*block{top.b}})
	for _, i := range top.b.inits {
		if i.e != nil {
			i.e.values(func(*arg) {}) // inner classes know their parameters now
		}
	}

	var b strings.Builder
	b.WriteString(w.net.docstring(false) + "\nimport torch\n")
	if w.needsF() {
		b.WriteString("import torch.nn.functional as F\n")
	}
	b.WriteString("from torch import nn\n")
	if w.helpers["torchvision"] {
		b.WriteString("from torchvision.ops import DeformConv2d\n")
	}
	for _, chunk := range chunks(torchHelpers) {
		if w.helpers[chunk.name] {
			b.WriteString("\n\n" + chunk.text)
		}
	}
	for i, c := range all {
		inputs := []string{"x"}
		if i == len(all)-1 {
			inputs = w.inputs
		}
		b.WriteString("\n\n")
		c.write(&b, inputs)
	}
	return b.String()
}

func orNetwork(name string) string {
	if identifier(name) == "n" {
		return "Network"
	}
	return name
}

// needsF reports whether the code calls torch.nn.functional.
func (w *torchCode) needsF() bool {
	for name := range w.helpers {
		for _, c := range chunks(torchHelpers) {
			if c.name == name && strings.Contains(c.text, "F.") {
				return true
			}
		}
	}
	found := false
	w.eachForward(func(line string) { found = found || strings.Contains(line, "F.pad(") })
	return found
}

func (w *torchCode) eachForward(f func(line string)) {
	for _, b := range w.blocks {
		for _, line := range b.forward {
			f(line)
		}
	}
}

// A chunk is one class or function of a file of helpers.
type chunk struct{ name, text string }

// chunks divides a file of Python's where two empty lines stand, the head left out.
func chunks(file string) []chunk {
	var all []chunk
	for _, text := range strings.Split(file, "\n\n\n")[1:] {
		head, _, _ := strings.Cut(text, "\n")
		name := strings.TrimPrefix(strings.TrimPrefix(head, "class "), "def ")
		name = name[:strings.IndexAny(name, "(:")]
		all = append(all, chunk{name, strings.TrimRight(text, "\n") + "\n"})
	}
	return all
}

// write writes the class.
func (c *class) write(b *strings.Builder, inputs []string) {
	b.WriteString("class " + c.name + "(nn.Module):\n    def __init__(self")
	for _, p := range c.params {
		b.WriteString(", " + p.name)
	}
	b.WriteString("):\n        super().__init__()\n")
	for _, i := range c.first.inits {
		if i.e == nil {
			b.WriteString("        " + strings.ReplaceAll(i.text, "{}", i.name) + "\n")
			continue
		}
		b.WriteString("        self." + i.name + " = ")
		write(b, i.e, "        ", false)
		b.WriteByte('\n')
	}
	b.WriteString("\n    def forward(self, " + strings.Join(inputs, ", ") + "):\n")
	for _, line := range c.first.forward {
		b.WriteString("        " + line + "\n")
	}
}

// write writes an expression; what does not fit in a line goes over several.
// Inside a list a sequence is opened, since the list is one already.
func write(b *strings.Builder, e expr, indent string, inside bool) {
	switch e := e.(type) {
	case *call:
		b.WriteString(e.text())
	case *times:
		if e.n == 1 {
			write(b, e.e, indent, inside)
			return
		}
		if !inside {
			b.WriteString("nn.Sequential(")
		}
		b.WriteString("*[")
		write(b, e.e, indent, false)
		b.WriteString(" for _ in range(" + strconv.FormatInt(e.n, 10) + ")]")
		if !inside {
			b.WriteString(")")
		}
	case *sequence:
		if len(e.items) == 1 {
			write(b, e.items[0], indent, inside)
			return
		}
		b.WriteString("nn.Sequential(")
		if e.loop {
			if loop := e.comprehension(); loop != "" {
				b.WriteString(loop + ")")
				return
			}
		}
		b.WriteByte('\n')
		for _, item := range e.items {
			b.WriteString(indent + "    ")
			write(b, item, indent+"    ", e.loop)
			b.WriteString(",\n")
		}
		b.WriteString(indent + ")")
	}
}

// text writes a call on one line.
func (c *call) text() string {
	fn := c.fn
	if c.inner != nil {
		fn = c.inner.class.name
	}
	var items []string
	if c.lead != "" {
		items = append(items, c.lead)
	}
	for _, a := range c.args {
		v := a.value
		if a.param != "" {
			v = a.param
		} else if a.omit != "" && a.value == a.omit {
			continue
		}
		if a.named {
			v = a.name + "=" + v
		}
		items = append(items, v)
	}
	if c.last != "" {
		items = append(items, c.last)
	}
	s := fn + "(" + strings.Join(items, ", ") + ")"
	for _, name := range c.without {
		s = "without(" + s + ", " + quoted(name) + ")"
	}
	return s + c.behind
}

// comprehension writes the turns of a repeat as a loop, if all are uses of one
// class or all are equal; "" if they are not.
func (s *sequence) comprehension() string {
	var rows [][]string
	var first *call
	for _, item := range s.items {
		t, ok := item.(*times)
		if !ok {
			return ""
		}
		c, ok := t.e.(*call)
		if !ok || t.n > 64 || c.inner == nil || first != nil && c.inner.class != first.inner.class {
			return ""
		}
		if first == nil {
			first = c
		}
		values := make([]string, len(c.args))
		for i, a := range c.args {
			values[i] = a.value
			if a.param != "" {
				values[i] = a.param
			}
		}
		for range t.n {
			rows = append(rows, values)
		}
	}
	if len(rows) < 4 {
		return ""
	}
	fn := first.inner.class.name
	// Arguments that never change stay in the call; the others run.
	var vars, fixed []string
	var columns []int
	for i := range rows[0] {
		same := true
		for _, r := range rows {
			same = same && r[i] == rows[0][i]
		}
		if same {
			fixed = append(fixed, rows[0][i])
			continue
		}
		name := first.inner.class.params[i].name
		fixed = append(fixed, name)
		vars, columns = append(vars, name), append(columns, i)
	}
	call := fn + "(" + strings.Join(fixed, ", ") + ")"
	switch len(vars) {
	case 0:
		return "*[" + call + " for _ in range(" + strconv.Itoa(len(rows)) + ")]"
	case 1:
		var values []string
		for _, r := range rows {
			values = append(values, r[columns[0]])
		}
		return "*[" + call + " for " + vars[0] + " in " + series(values) + "]"
	default:
		var values []string
		for _, r := range rows {
			var one []string
			for _, i := range columns {
				one = append(one, r[i])
			}
			values = append(values, tuple(one...))
		}
		return "*[" + call + " for " + strings.Join(vars, ", ") + " in " + tuple(values...) + "]"
	}
}

// series writes numbers as a range if they are one.
func series(values []string) string {
	n := make([]int64, len(values))
	for i, v := range values {
		var err error
		if n[i], err = strconv.ParseInt(v, 10, 64); err != nil {
			return tuple(values...)
		}
	}
	step := n[1] - n[0]
	for i := 1; i < len(n); i++ {
		if n[i]-n[i-1] != step || step <= 0 {
			return tuple(values...)
		}
	}
	return "range(" + values[0] + ", " + strconv.FormatInt(n[len(n)-1]+step, 10) + ", " + strconv.FormatInt(step, 10) + ")"
}

// title is the network's name, or a word for one without.
func (n *Net) title() string {
	if n.Model.Name != "" {
		return n.Model.Name
	}
	return catalog.English.In(catalog.ExportUntitled)
}

// docstring is the head of a program: what the network is, and how large.
func (n *Net) docstring(keras bool) string {
	title := strings.NewReplacer(`"`, "'", `\`, `\\`).Replace(oneLine(n.title()))
	by := "Written by paramstack."
	if keras {
		by = "Written by paramstack, for Keras 3."
	}
	return `"""` + title + ".\n\n" + n.summary(keras) + "\n" + by + "\n\"\"\"\n"
}

// summary is one line that says how large the network is, for the head of code.
// Keras counts statistics among the parameters.
func (n *Net) summary(keras bool) string {
	t := n.Report.Totals
	least := func(b bool) string {
		if b {
			return "at least "
		}
		return ""
	}
	of := ""
	if keras && !t.Stats.IsZero() {
		of = " (" + t.Stats.Grouped() + " of them statistics)"
	}
	return least(t.ParamsAtLeast) + t.Shown(count.Style{Keras: keras, Biases: true}).Grouped() + " parameters" + of + ", " +
		least(t.MACsAtLeast) + t.MACs.Grouped() + " multiply-accumulates for one sample" + n.inputs(keras) + "."
}

// inputs lists the shapes of what enters.
func (n *Net) inputs(keras bool) string {
	seen := map[string]bool{}
	var shapes []string
	n.Report.Leaves(func(row *count.Row, _ num.Int) {
		shape := row.Out.String()
		if keras {
			shape = kerasShape(row.Out, kerasValue{order: inputOrder(row.Out, n.sequences())})
		}
		if row.Kind().Source && row.Kind().Keras == "InputLayer" && !seen[shape] {
			seen[shape] = true
			shapes = append(shapes, shape)
		}
	})
	sort.Strings(shapes)
	if len(shapes) == 0 {
		return ""
	}
	return " of " + strings.Join(shapes, " and ")
}
