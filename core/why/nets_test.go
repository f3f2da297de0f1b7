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
	var cells []string
	for p, n := range tally {
		if n != 0 {
			cells = append(cells, fmt.Sprintf("%d:%s", p, strconv.FormatInt(n, 36)))
		}
	}
	wide := int64(0)
	for _, l := range look(file.Model, r).leaves {
		if l.id == headOf(r) {
			_, wide = widthOf(l.leaf.Layer)
		}
	}
	return fmt.Sprintf("%s\t%s\t%s\t%d\t%s\n", id, name, family, wide, strings.Join(cells, " "))
}
