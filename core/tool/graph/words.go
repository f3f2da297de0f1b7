package graph

import (
	"fmt"
	"slices"
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

// Counted lists words with how often they came, the most frequent first.
func Counted(of map[string]int) string {
	words := make([]string, 0, len(of))
	for w := range of {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		if of[a] != of[b] {
			return of[b] - of[a]
		}
		return strings.Compare(a, b)
	})
	for i, w := range words {
		word := layer.WordOf(w)
		if words[i] = word.Text(); of[w] > 1 {
			words[i] += fmt.Sprintf(" ×%d", of[w])
		}
	}
	const most = 20
	if len(words) > most {
		words = append(words[:most], "…")
	}
	return strings.Join(words, ", ")
}
