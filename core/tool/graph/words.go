package graph

import (
	"strconv"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// Extents writes extents as the stack text does.
func Extents(s tensor.Shape) string { return strings.ReplaceAll(s.String(), "×", "x") }

// Listed lists the first few names for a sentence.
func Listed(all []string) string {
	const most = 6
	var b strings.Builder
	for i, n := range all {
		if i == most {
			b.WriteString(", … (+" + strconv.Itoa(len(all)-most) + ")")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(layer.Quote(n))
	}
	return b.String()
}

// Crossed writes sizes as fields read them: 3x3.
func Crossed(n ...int64) string {
	parts := make([]string, len(n))
	for i, v := range n {
		parts[i] = strconv.FormatInt(v, 10)
	}
	return strings.Join(parts, "x")
}
