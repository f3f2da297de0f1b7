package derive

import (
	"testing"

	"paramstack/core/count"
	"paramstack/core/zoo"
)

// BenchmarkExplain is what an edit costs more while an explanation is open, on the
// network of the zoo with the most rows.
func BenchmarkExplain(b *testing.B) {
	var r *count.Report
	for _, z := range zoo.All() {
		if c := count.Of(z.Model()); r == nil || len(rowsOf(c.Rows)) > len(rowsOf(r.Rows)) {
			r = c
		}
	}
	rows := rowsOf(r.Rows)
	b.ReportMetric(float64(len(rows)), "rows")
	for b.Loop() {
		New(r, count.PyTorch).Of(rows[len(rows)/2])
	}
}
