package zoo_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/link"
	"paramstack/core/zoo"
)

// TestCards reads the gallery's file back: every network is there, and its link
// opens it with the same totals. The longest link and the median are logged.
func TestCards(t *testing.T) {
	file := string(zoo.File())
	cards, all := zoo.ReadFile(file), zoo.All()
	if len(cards) != len(all) {
		t.Fatalf("%d cards of %d networks", len(cards), len(all))
	}
	var lengths []int
	longest := zoo.Card{}
	for i, c := range cards {
		m, d := link.Decode(c.Link)
		if d != nil {
			t.Errorf("%s: %v", c.ID, d)
			continue
		}
		if !arch.Same(m, all[i].Model()) || c.ID != all[i].ID || c.Name != all[i].Name || c.Source != all[i].Source {
			t.Errorf("the card of %s is of another network", all[i].ID)
		}
		r := count.Of(m).Totals
		if !r.Params(true).Equal(c.Params) || !r.MACs.Equal(c.MACs) {
			t.Errorf("%s opens with %s parameters and %s MACs, its card says %s and %s", c.ID, r.Params(true), r.MACs, c.Params, c.MACs)
		}
		sum := 0
		for _, s := range c.Shares {
			sum += s.Permill
		}
		if sum < 990 || sum > 1010 {
			t.Errorf("the shares of %s are %v", c.ID, c.Shares)
		}
		lengths = append(lengths, len(c.Link))
		if len(c.Link) > len(longest.Link) {
			longest = c
		}
	}
	slices.Sort(lengths)
	t.Logf("%d networks in %d bytes; the longest link has %d characters (%s), the median %d",
		len(cards), len(file), len(longest.Link), longest.ID, lengths[len(lengths)/2])
}

// A file of another version does no harm.
func TestReadFile(t *testing.T) {
	good := strings.SplitAfter(string(zoo.File()), "\n")[0]
	for _, bad := range []string{"", "\n", "x\ty\n", strings.Replace(good, "\t", "", 1), strings.Replace(good, "\t2012\t", "\tsoon\t", 1), "<html>not found</html>"} {
		if cards := zoo.ReadFile(bad); len(cards) > 0 {
			t.Errorf("%q is read as %v", bad, cards)
		}
	}
	if cards := zoo.ReadFile("damaged\n" + good); len(cards) != 1 || !reflect.DeepEqual(cards, zoo.ReadFile(good)) {
		t.Errorf("a damaged line takes others with it: %v", cards)
	}
}
