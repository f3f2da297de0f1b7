package summary

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/target"
)

// Writer is a text table in the columns and with the totals that torchinfo
// prints (github.com/TylerYep/torchinfo), for a batch of one. Multiply-adds are
// paramstack's, without biases; torchinfo adds them.
var Writer = target.Writer{
	ID: "summary", Label: catalog.ExportSummary, Ext: ".txt",
	Write: func(n *target.Network) (string, []*diag.Diag) { return torchinfoTable(n), nil },
}

func torchinfoTable(n *target.Network) string {
	lines := n.Lines()
	rows := make([][4]string, 0, len(lines)+1)
	top := [4]string{target.OneLine(n.Title()), "--", "--", "--"}
	if last := n.Report.Rows; len(last) > 0 {
		top[1] = batch(last[len(last)-1].Out)
	}
	rows = append(rows, top)
	for _, l := range lines {
		what := l.Name
		if l.Kind != nil {
			what = className(&l) + " (" + l.Name + ")"
		}
		if !l.Times.Equal(num.Of(1)) {
			what += " ×" + l.Times.String()
		}
		row := [4]string{strings.Repeat("│    ", l.Depth) + "├─" + what, batch(l.Out), "--", "--"}
		if !l.Head {
			if row[2] = target.Amount(count.PyTorch.Params(l.Counts), l.Counts.ParamsAtLeast, num.Int.Grouped,
				"--"); l.Row.SharesWith != 0 && count.PyTorch.Params(l.Counts).IsZero() {
				row[2] = "(recursive)"
			}
			row[3] = target.Amount(l.Counts.MACs, l.Counts.MACsAtLeast, num.Int.Grouped, "--")
		}
		rows = append(rows, row)
	}
	head := [4]string{"Layer (type)", "Output Shape", "Param #", "Mult-Adds"}
	var width [4]int
	for _, r := range append(rows, head) {
		for i, c := range r {
			width[i] = max(width[i], utf8.RuneCountInString(c)+3)
		}
	}
	rule := strings.Repeat("=", width[0]+width[1]+width[2]+width[3]-3) + "\n"
	var b strings.Builder
	print := func(r [4]string) {
		var text strings.Builder
		for i, c := range r {
			text.WriteString(c + strings.Repeat(" ", width[i]-utf8.RuneCountInString(c)))
		}
		b.WriteString(strings.TrimRight(text.String(), " ") + "\n")
	}
	b.WriteString(rule)
	print(head)
	b.WriteString(rule)
	for _, r := range rows {
		print(r)
	}
	b.WriteString(rule)
	t := n.Report.Totals
	parts := count.PyTorch.Of(t.Counts)
	least := func(atLeast bool) string {
		if atLeast {
			return ">= "
		}
		return ""
	}
	fmt.Fprintf(&b, "Total params: %s%s\n", least(t.ParamsAtLeast), parts.Params.Grouped())
	fmt.Fprintf(&b, "Trainable params: %s%s\n", least(t.ParamsAtLeast), parts.Trainable.Grouped())
	fmt.Fprintf(&b, "Non-trainable params: %s\n", parts.Frozen.Grouped())
	unit, macs := scaled(t.MACs)
	fmt.Fprintf(&b, "Total mult-adds%s: %s%s\n", unit, least(t.MACsAtLeast), macs)
	b.WriteString(rule)
	torchinfoMemory(n, &b)
	b.WriteString(rule)
	return b.String()
}

// className is the layer's class in PyTorch for the dimensions it works on, or
// what paramstack calls the kind.
func className(l *target.Line) string {
	class := l.Kind.Torch
	if class == "" {
		class = strings.ToUpper(l.Kind.Name[:1]) + l.Kind.Name[1:]
	}
	if i := strings.LastIndex(class, "2d"); i > 0 && i == len(class)-2 && len(l.In) > 0 {
		class = fmt.Sprintf("%s%dd", class[:i], min(max(len(l.In)-1, 1), 3))
	}
	return class
}

// batch writes a shape with a batch of one in front: [1, 64, 112, 112].
func batch(s tensor.Shape) string {
	if s == nil {
		return "?"
	}
	var b strings.Builder
	b.WriteString("[1")
	for _, d := range s {
		b.WriteString(", " + d.String())
	}
	return b.String() + "]"
}

// memory writes torchinfo's estimate: inputs, twice the outputs of the layers
// that own parameters (values and gradients), and the parameters, four bytes a
// number, in units of 10³ bytes (torchinfo/model_statistics.py).
func torchinfoMemory(n *target.Network, b *strings.Builder) {
	const bytes = 4
	var in, out num.Int
	atLeast := false
	add := func(to *num.Int, s tensor.Shape, times num.Int) {
		elements, ok := s.Elements()
		atLeast = atLeast || !ok
		*to = to.Add(elements.Mul(times))
	}
	n.Report.Layers(func(row *count.Row, times num.Int) {
		if row.Kind() == layer.InputKind.Kind() {
			add(&in, row.Out, times)
			return
		}
		for _, w := range row.Weights {
			if w.Class.Learnable() {
				if row.Kind().Takes != layer.TakesNone {
					add(&out, row.Out, times)
				}
				return
			}
		}
	})
	in, out = in.Times(bytes), out.Times(2*bytes)
	params := count.PyTorch.Params(n.Report.Totals.Counts).Times(bytes)
	least := ""
	if atLeast || n.Report.Totals.ParamsAtLeast {
		least = ">= "
	}
	for _, l := range []struct {
		name string
		n    num.Int
	}{{"Input size", in}, {"Forward/backward pass size", out}, {"Params size", params},
		{"Estimated Total Size", in.Add(out).Add(params)}} {
		f := l.n.Float() / 1e6
		fmt.Fprintf(b, "%s (MB): %s%.2f\n", l.name, least, f)
	}
}

// scaled writes a number as torchinfo does: in units of 10³, 10⁶, 10⁹ or 10¹².
func scaled(n num.Int) (unit, text string) {
	f := n.Float()
	for _, u := range []struct {
		name string
		by   float64
	}{{" (T)", 1e12}, {" (G)", 1e9}, {" (M)", 1e6}, {" (k)", 1e3}} {
		if f >= u.by {
			return u.name, fmt.Sprintf("%.2f", f/u.by)
		}
	}
	return "", n.String()
}
