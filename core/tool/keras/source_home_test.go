package keras

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/source"
	"paramstack/core/zoo"
)

// rowsOf lists the layers of a report that learn, or that keep buffers, each with its
// output and counts, as often as it is repeated, in a fixed order.
func rowsOf(r *count.Report) []string {
	var all []string
	recurrent := map[string]num.Int{} // several layers may be one with a depth
	r.Leaves(func(row *count.Row, times num.Int) {
		leaf, ok := row.Node.(*arch.Leaf)
		if !ok || row.Counts.Params(true).IsZero() && row.Counts.Stats.IsZero() {
			return
		}
		n, _ := times.Int64()
		for range n {
			kind := row.Kind().Name
			if kind == "depthwise" { // one and the same with as many groups as channels
				kind = "conv"
			}
			if row.Kind().Group == layer.GroupRecurrent {
				recurrent[kind] = recurrent[kind].Add(row.Counts.Params(true))
				continue
			}
			out := numbersOf(row.Out)
			slices.Sort(out) // a map and its rows alike
			all = append(all, fmt.Sprintf("%s →%v %v+%v frozen %v", kind, out, row.Counts.Params(true),
				row.Counts.Stats, leaf.Frozen))
		}
	})
	for kind, sum := range recurrent {
		all = append(all, kind+" "+sum.String())
	}
	slices.Sort(all)
	return all
}

// TestOwnCodeComesHome: the Keras code of a network, read as source, is the network:
// the same layers with the same weights, in the same order, and the same shapes.
func TestOwnCodeComesHome(t *testing.T) {
	home, without := 0, 0
	for _, z := range zoo.All() {
		net := tooltest.NetOf(z)
		code, problems := CodeWriter.Write(net)
		if len(tooltest.ErrorsOf(problems)) > 0 {
			without++
			continue
		}
		f := &source.File{Name: z.ID + ".py", Size: int64(len(code)), At: bytes.NewReader([]byte(code))}
		r, err := SourceReader.Read(f)
		if err != nil {
			t.Errorf("%s: %v", z.ID, err)
			continue
		}
		got := count.Of(r.Model)
		a, b := rowsOf(net.Report), rowsOf(got)
		switch {
		case !r.Keras || got.Totals.ParamsAtLeast:
			t.Errorf("%s: not exact", z.ID)
		case !got.Totals.Params(true).Equal(net.Report.Totals.Params(true)) || !got.Totals.Stats.Equal(net.Report.Totals.Stats):
			t.Errorf("%s: %v and %v, not %v and %v", z.ID, got.Totals.Params(true), got.Totals.Stats, net.Report.Totals.Params(true), net.Report.Totals.Stats)
		case strings.Join(a, "\n") != strings.Join(b, "\n"):
			for i := range min(len(a), len(b)) {
				if a[i] != b[i] {
					t.Errorf("%s: row %d of %d and %d: %s, not %s", z.ID, i, len(b), len(a), b[i], a[i])
					break
				}
			}
			if len(a) != len(b) {
				t.Errorf("%s: %d rows, not %d", z.ID, len(b), len(a))
			}
		default:
			home++
		}
		for _, n := range r.Notes {
			if n.Doubt {
				t.Logf("%s: %s", z.ID, n.Say.In(catalog.English))
			}
		}
	}
	t.Logf("%d networks come home, %d have no Keras code", home, without)
}
