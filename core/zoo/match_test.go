package zoo

import (
	"testing"

	"paramstack/core/text"
)

// The quick look at a preset's name finds what the parser reads, and no two are called the
// same: Match reads one preset at most.
func TestNameOf(t *testing.T) {
	seen := map[string]string{}
	for i := range Presets {
		n := &Presets[i]
		file, _ := text.Parse(n.Text)
		name := file.Model.Name
		if got := nameOf(n.Text); got == "" || got != name {
			t.Errorf("%s: called %q at a glance, %q when read", n.ID, got, name)
		}
		if seen[name] != "" {
			t.Errorf("%s and %s are both called %q", seen[name], n.ID, name)
		}
		seen[name] = n.ID
		if m := Match(file.Model); m != n {
			t.Errorf("%s is not matched: %v", n.ID, m)
		}
	}
}
