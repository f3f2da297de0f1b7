package exporter

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/importer"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// A used row is what a round trip has to keep: a layer that holds parameters or
// statistics, or multiplies, with its numbers, for each time it is used.
func usedRows(r *count.Report) []string {
	var rows []string
	var walk func(all []*count.Row, times int64)
	walk = func(all []*count.Row, times int64) {
		for _, row := range all {
			if row.Form == count.FormTurn {
				walk(row.Children, times*row.Turns())
				continue
			}
			own := row.Own
			if row.Form == count.FormLeaf {
				own = row.Counts
			}
			if k := row.Kind(); k != nil && !(own.Params(true).IsZero() && own.Stats.IsZero() && own.MACs.IsZero()) && (row.Form == count.FormLeaf || row.Form == count.FormBranch) {
				s := fmt.Sprintf("%s params %s stats %s macs %s", row.Out.String(), own.Params(true), own.Stats, own.MACs)
				for range times {
					rows = append(rows, s)
				}
			}
			walk(row.Children, times)
		}
	}
	walk(r.Rows, 1)
	sort.Strings(rows)
	return rows
}

// TestRoundTrips writes every network of the zoo in every format that can be read
// again, reads it, and wants the same layers with the same numbers.
func TestRoundTrips(t *testing.T) {
	formats := []Format{
		{Name: "text", Ext: ".stack", Write: func(n *Net) (string, []*diag.Diag) { return text.Format(n.Model), nil }},
	}
	for _, name := range []string{"keras-json", "caffe"} {
		if f := ByName(name); f != nil {
			formats = append(formats, *f)
		}
	}
	for _, f := range formats {
		said, cannot := 0, map[string][]string{}
		for _, z := range zoo.All() {
			n := netOf(z)
			out, problems := f.Write(n)
			if errors := errorsOf(problems); len(errors) > 0 {
				why := map[string]bool{}
				for _, d := range errors {
					reason := string(d.Say.Key)
					if d.Say.Key == catalog.ExportNoCounterpart {
						reason = fmt.Sprint("no ", d.Say.Args[1])
					}
					why[reason] = true
				}
				var all []string
				for r := range why {
					all = append(all, r)
				}
				sort.Strings(all)
				cannot[strings.Join(all, ", ")] = append(cannot[strings.Join(all, ", ")], z.ID)
				continue
			}
			said++
			result, _, d := importer.Import(&importer.File{Name: z.ID + f.Ext, Size: int64(len(out)), At: strings.NewReader(out)})
			if d != nil {
				t.Errorf("%s as %s: %v", z.ID, f.Name, d)
				continue
			}
			again := count.Of(result.Model)
			compareReports(t, f.Name, z.ID, n.Report, again)
		}
		t.Logf("%s says %d of %d networks; read again, each has the same layers with the same numbers", f.Name, said, len(zoo.All()))
		var reasons []string
		for why := range cannot {
			reasons = append(reasons, why)
		}
		sort.Strings(reasons)
		for _, why := range reasons {
			t.Logf("  not (%s): %s", why, strings.Join(cannot[why], " "))
		}
	}
}

// compareReports wants the same totals as Keras and PyTorch count, and the same
// layers.
func compareReports(t *testing.T, format, id string, want, got *count.Report) {
	t.Helper()
	what := format + ": " + id
	a, b := want.Totals, got.Totals
	same := func(x, y num.Int) bool { return x.Equal(y) }
	if !same(a.Params(true), b.Params(true)) || !same(a.Stats, b.Stats) || !same(a.MACs, b.MACs) || !same(a.Frozen, b.Frozen) || a.ParamsAtLeast != b.ParamsAtLeast {
		t.Errorf("%s: %s parameters, %s statistics, %s MACs; read again %s, %s, %s", what,
			a.Params(true), a.Stats, a.MACs, b.Params(true), b.Stats, b.MACs)
	}
	if split(want, format) {
		return
	}
	x, y := usedRows(want), usedRows(got)
	for i := range max(len(x), len(y)) {
		if i >= len(x) || i >= len(y) || x[i] != y[i] {
			t.Errorf("%s: %d layers, read again %d; the first that differs: %s, read again %s", what, len(x), len(y), at(x, i), at(y, i))
			return
		}
	}
}

// split reports whether a format says one of the layers as several: recurrent
// layers on top of one another in Keras, separable convolutions in Caffe. Only
// the totals can be compared then.
func split(r *count.Report, format string) bool {
	found := false
	r.Leaves(func(row *count.Row, _ num.Int) {
		if n, ok := row.Node.(*arch.Leaf); ok {
			rec, ok := n.Layer.(*layer.Recurrent)
			_, separable := n.Layer.(*layer.Separable)
			found = found || ok && rec.Layers.N > 1 || separable && format == "caffe"
		}
	})
	return found
}

func at(rows []string, i int) string {
	if i < len(rows) {
		return rows[i]
	}
	return "none"
}
