package arch_test

import (
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/text"
)

// A node in which nothing differs is the old one; the way down to what differs is new, and
// comments count.
func TestMatchKeeps(t *testing.T) {
	const src = `input 3x32x32
a: conv 64 k3 # first
repeat 3 {
  conv 64 k3 p1
  add { conv 64 k3 p1; relu | }
  # the end
}
relu
linear 10
`
	parse := func(src string) arch.Model {
		file, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatal(problems[0])
		}
		return file.Model
	}
	for _, c := range []struct{ name, now string }{
		{"nothing", src},
		{"a leaf", replace(t, src, "linear 10", "linear 100")},
		{"in a block", replace(t, src, "conv 64 k3 p1; relu", "conv 64 k5 p2; relu")},
		{"how often", replace(t, src, "repeat 3", "repeat 4")},
		{"a comment", replace(t, src, "# first", "# the first")},
		{"the last comment of a block", replace(t, src, "# the end", "# end")},
		{"a label", replace(t, src, "a: conv", "b: conv")},
		{"a layer more", replace(t, src, "relu\nlinear", "relu\nbn\nlinear")},
	} {
		old, fresh := parse(src), parse(c.now)
		got := old.Match(fresh)
		sound(t, got)
		if text.Format(got) != text.Format(fresh) {
			t.Errorf("%s: matched it reads\n%s, not\n%s", c.name, text.Format(got), text.Format(fresh))
		}
		kept := map[arch.ID]arch.Node{}
		old.Walk(func(n arch.Node) { kept[n.Head().ID] = n })
		got.Walk(func(n arch.Node) {
			was := kept[n.Head().ID]
			if was == nil {
				return
			}
			one := func(n arch.Node) string { return text.Format(arch.New("", []arch.Node{n}, nil)) }
			if same := one(was) == one(n); same != (was == n) {
				t.Errorf("%s: of node %d, which is written the same (%v), the old one is kept: %v\n%s", c.name, n.Head().ID, same, was == n, one(n))
			}
		})
	}
}

func replace(t *testing.T, src, old, now string) string {
	t.Helper()
	if strings.Count(src, old) != 1 {
		t.Fatalf("%q is not there once", old)
	}
	return strings.Replace(src, old, now, 1)
}
