package tool

import (
	"paramstack/core/text"

	"bytes"
	"fmt"
	"maps"
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/source"
	"paramstack/core/tool/target"
	"paramstack/core/zoo"
	"slices"
	"sort"
	"strings"
	"testing"
	"text/tabwriter"
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

// A trip is what came of writing all networks of the zoo in one format and reading
// them again.
type trip struct {
	format        target.Writer
	said, differ  int
	apart         []string            // networks of which only the totals were compared
	cannot        map[string][]string // what the format cannot express → networks
	cannotBe, all int
}

// TestRoundTrips writes every network of the zoo in every format that has a reader,
// reads it, and checks that layers and numbers are the same. The table lists what
// each format can express, and what it cannot, with the reasons.
func TestRoundTrips(t *testing.T) {
	formats := []target.Writer{{ID: "text", Ext: ".stack", Write: func(n *target.Network) (string, []*diag.Diag) { return text.Format(n.Model), nil }}}
	for _, name := range []string{"json", "keras-json", "caffe"} {
		f := WriterByID(name)
		if f == nil {
			t.Fatalf("no format %s", name)
		}
		formats = append(formats, *f)
	}
	trips := make([]trip, len(formats))
	for _, z := range zoo.All() {
		n := tooltest.NetOf(z)
		for i := range formats {
			trips[i].format = formats[i]
			trips[i].take(t, z.ID, n)
		}
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 1, 2, ' ', 0)
	fmt.Fprintln(w, "format\tnetworks\tcan be said\tsame rows and totals\tsame totals, rows told otherwise\tdiffer\tcannot be said")
	for _, k := range trips {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\n", k.format.ID, k.all, k.said, k.said-len(k.apart)-k.differ, len(k.apart), k.differ, k.cannotBe)
	}
	w.Flush()
	for _, k := range trips {
		if len(k.apart) > 0 {
			fmt.Fprintf(&table, "%s tells a layer as several, so that rows cannot be compared one by one: %s\n", k.format.ID, strings.Join(k.apart, " "))
		}
		for _, why := range slices.Sorted(maps.Keys(k.cannot)) {
			fmt.Fprintf(&table, "%s: %s keeps %d networks out, as %s\n", k.format.ID, why, len(k.cannot[why]), strings.Join(k.cannot[why][:min(3, len(k.cannot[why]))], ", "))
		}
	}
	t.Logf("\n%s", &table)
}

// run writes a network and reads it again.
func (k *trip) take(t *testing.T, id string, n *target.Network) {
	t.Helper()
	k.all++
	out, problems := k.format.Write(n)
	if errors := tooltest.ErrorsOf(problems); len(errors) > 0 {
		k.cannotBe++
		why := map[string]bool{}
		for _, d := range errors {
			reason := string(d.Say.Key)
			if d.Say.Key == catalog.ExportNoCounterpart {
				reason = fmt.Sprint(d.Say.Args[1])
			}
			why[reason] = true
		}
		for reason := range why {
			if k.cannot == nil {
				k.cannot = map[string][]string{}
			}
			k.cannot[reason] = append(k.cannot[reason], id)
		}
		return
	}
	k.said++
	result, _, d := Read(&source.File{Name: id + k.format.Ext, Size: int64(len(out)), At: strings.NewReader(out)})
	what := k.format.ID + ": " + id
	if d != nil {
		k.differ++
		t.Errorf("%s: %v", what, d)
		return
	}
	again := count.Of(result.Model)
	own := k.format.ID == "text" || k.format.ID == "json"
	if !own && split(n.Report, k.format.ID) {
		k.apart = append(k.apart, id)
	}
	switch {
	case !sameTotals(t, what, n.Report, again):
		k.differ++
	case own && text.Format(result.Model) != text.Format(n.Model):
		k.differ++
		t.Errorf("%s: another stack text when it is read again", what)
	case own && !bytes.Equal(target.Marshal(n.Report.Record("", n.Style)), target.Marshal(again.Record("", n.Style))):
		k.differ++
		t.Errorf("%s: another report when it is read again", what)
	case !own && !split(n.Report, k.format.ID) && !sameRows(t, what, n.Report, again):
		k.differ++
	}
}

// sameTotals compares totals as Keras and PyTorch count them.
func sameTotals(t *testing.T, what string, want, got *count.Report) bool {
	t.Helper()
	a, b := want.Totals, got.Totals
	same := func(x, y num.Int) bool { return x.Equal(y) }
	if !same(a.Params(true), b.Params(true)) || !same(a.Stats, b.Stats) || !same(a.MACs, b.MACs) || !same(a.Frozen, b.Frozen) || a.ParamsAtLeast != b.ParamsAtLeast {
		t.Errorf("%s: %s parameters, %s statistics, %s MACs; read again %s, %s, %s", what,
			a.Params(true), a.Stats, a.MACs, b.Params(true), b.Stats, b.MACs)
		return false
	}
	return true
}

// sameRows compares layers.
func sameRows(t *testing.T, what string, want, got *count.Report) bool {
	t.Helper()
	x, y := usedRows(want), usedRows(got)
	for i := range max(len(x), len(y)) {
		if i >= len(x) || i >= len(y) || x[i] != y[i] {
			t.Errorf("%s: %d layers, read again %d; the first that differs: %s, read again %s", what, len(x), len(y), at(x, i), at(y, i))
			return false
		}
	}
	return true
}

// split reports whether a format writes one of the layers as several: recurrent
// layers on top of one another in Keras, separable convolutions in Caffe. Only the
// totals can be compared then.
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
