package target

import (
	"encoding/json"
	"sort"
	"strings"
	"unicode"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// Marshal writes maps, lists, strings, numbers and booleans as JSON.
func Marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps, lists, strings, numbers and booleans cannot fail
	}
	return data
}

// OneLine makes a comment of one line out of any text.
func OneLine(s string) string { return strings.TrimSpace(Unbroken(s)) }

// Unbroken replaces line breaks by blanks.
func Unbroken(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// Title is the network's name, or a word for one without.
func (n *Network) Title() string {
	if n.Model.Name != "" {
		return n.Model.Name
	}
	return catalog.English.In(catalog.ExportUntitled)
}

// SizeSentence is one line that says how large the network is, for the head of
// code. shape writes the shape of an input.
func SizeSentence(n *Network, style count.Style, shape func(tensor.Shape) string) string {
	t := n.Report.Totals
	least := func(b bool) string {
		if b {
			return "at least "
		}
		return ""
	}
	of := ""
	if style.Keras && !t.Stats.IsZero() {
		of = " (" + t.Stats.Grouped() + " of them statistics)"
	}
	return least(t.ParamsAtLeast) + style.Params(t.Counts).Grouped() + " parameters" + of + ", " +
		least(t.MACsAtLeast) + t.MACs.Grouped() + " multiply-accumulates for one sample" + inputShapes(n, shape) + "."
}

// inputShapes lists the shapes of what enters.
func inputShapes(n *Network, write func(tensor.Shape) string) string {
	seen := map[string]bool{}
	var shapes []string
	n.Report.Leaves(func(row *count.Row, _ num.Int) {
		if row.Kind() != layer.InputKind.Kind() {
			return
		}
		if shape := write(row.Out); !seen[shape] {
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
