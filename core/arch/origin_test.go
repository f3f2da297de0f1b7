package arch_test

import (
	"slices"
	"testing"

	"paramstack/core/text"
)

// Origins belong to the nodes: edits keep them, a text that is typed keeps those of the
// nodes it does not replace, and no text has them.
func TestOrigins(t *testing.T) {
	src := "input 3x8x8\nconv 4 k3\nrepeat 2 {\nadd { relu | tanh }\n}\nflatten\n"
	file, _ := text.Parse(src)
	lines := []string{"a:1: x", "a:2: conv", "", "a:4: add", "a:5: relu", "a:6: tanh", "a:7: flatten"}
	m, left := file.Model.WithOrigins(append(lines, "b:1: y"))
	if !slices.Equal(m.Origins(), lines) || len(left) != 1 || text.Format(m) != text.Format(file.Model) {
		t.Fatalf("%q, %q left", m.Origins(), left)
	}
	if same, left := m.WithOrigins(lines[:3]); !slices.Equal(same.Origins(), lines) || left != nil {
		t.Errorf("of a list that is too short: %q", same.Origins())
	}
	typed, _ := text.Parse("input 3x8x8\nconv 5 k3\nrepeat 2 {\nadd { relu | tanh }\n}\nrelu\nflatten\n")
	want := slices.Insert(slices.Clone(lines), 6, "")
	if got := m.Match(typed.Model).Origins(); !slices.Equal(got, want) {
		t.Errorf("after typing: %q, want %q", got, want)
	}
}
