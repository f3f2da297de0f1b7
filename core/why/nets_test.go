package why

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// TestNets compares the tally of every network in the file with that of the zoo, or of
// our own text, counted now.
func TestNets(t *testing.T) {
	var b strings.Builder
	for _, n := range zoo.All() {
		b.WriteString(netLine(t, n.ID, n.Name, n.Family, n.Text))
	}
	for _, n := range owns() {
		b.WriteString(netLine(t, n.id, n.name, n.family, n.text()))
	}
	if *tooltest.Update {
		if err := os.WriteFile("nets.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != netsFile {
		t.Error("nets.txt is not what the zoo counts now: go test ./core/why -run Nets -update")
	}
}

func netLine(t *testing.T, id, name, family, src string) string {
	file, problems := text.Parse(src)
	if len(problems) > 0 {
		t.Fatalf("%s: %v\n%s", id, problems[0], src)
	}
	r := count.Of(file.Model)
	tally, ok := tallyOf(r)
	if !ok {
		t.Fatalf("%s cannot be counted", id)
	}
	wide, ends := int64(0), int64(0)
	seen := look(file.Model, r)
	for _, l := range seen.leaves {
		if l.id == headOf(r) {
			_, wide = widthOf(l.leaf.Layer)
		}
	}
	for _, id := range seen.ends(file.Model, wide)[1:] {
		in := r.Row(id).In[0]
		ends += in[len(in)-1].N + 1
	}
	var cells []string
	b := Brother{wide: wide, tally: tally}
	for p, n := range tally {
		usual := false
		for _, u := range usually {
			if int(u.part) == p {
				usual = u.is(&b) == n
				if !usual {
					cells = append(cells, fmt.Sprintf("%d:%s", p, strconv.FormatInt(n, 36)))
				}
				usual = true
			}
		}
		if n != 0 && !usual && needed(part(p)) {
			cells = append(cells, fmt.Sprintf("%d:%s", p, strconv.FormatInt(n, 36)))
		}
	}
	more := ""
	if ends > 0 {
		more = fmt.Sprintf("\t%d", ends)
	}
	return fmt.Sprintf("%s\t%s\t%s\t%d\t%s%s\n", id, name, family, wide, strings.Join(cells, " "), more)
}
