package zoo

import (
	"fmt"
	"strings"
)

// The families write their texts with these: statements are whole lines, and
// what is in a block is indented by two spaces.

// blockOf writes statements as a block: head { body }.
func blockOf(head, body string) string { return head + " {\n" + indented(body) + "}\n" }

// pathsOf writes the paths of a branch as its block: head { a | b }. An empty path
// is the identity.
func pathsOf(head string, bodies ...string) string {
	for i, body := range bodies {
		bodies[i] = indented(body)
	}
	return head + " {\n" + strings.Join(bodies, "|\n") + "}\n"
}

// repeatOf writes a body n times under a label: nothing, itself, or a repeat.
func repeatOf(label string, n int, body string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return label + ": " + body
	}
	return blockOf(fmt.Sprintf("%s: repeat %d", label, n), body)
}

func indented(body string) string {
	if body == "" {
		return ""
	}
	return "  " + strings.ReplaceAll(strings.TrimSuffix(body, "\n"), "\n", "\n  ") + "\n"
}

// divisible rounds a width to a multiple of 8, but not down by more than a tenth
// (torchvision.models._utils._make_divisible; mobilenet.py of the TensorFlow
// models).
func divisible(v float64) int {
	n := max(8, int(v+4)/8*8)
	if float64(n) < 0.9*v {
		n += 8
	}
	return n
}
