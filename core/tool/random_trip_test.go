package tool

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/tool/source"
	"paramstack/core/tool/target"
)

// TestRandomTrips writes random networks in every format that can be read again,
// and wants the same numbers; as text, link and report, the same network.
func TestRandomTrips(t *testing.T) {
	said, not := map[string]int{}, map[string]int{}
	for _, o := range []randnet.Options{{}, {Open: 0.3, Opaque: true}} {
		randnet.Hold(t, 80, 40, o, func(source string) string {
			file, problems := text.Parse(source)
			if len(problems) > 0 || randnet.Empty(count.Of(file.Model)) {
				return ""
			}
			n := &target.Network{Model: file.Model, Report: count.Of(file.Model), Style: count.Style{Biases: true}}
			if wrong := linked(n); wrong != "" {
				return "link: " + wrong
			}
			for _, id := range []string{"json", "keras-json", "caffe"} {
				w := WriterByID(id)
				out, problems := w.Write(n)
				if len(tooltest.ErrorsOf(problems)) > 0 {
					not[id]++
					continue
				}
				said[id]++
				if wrong := readBack(n, w.ID, w.Ext, out); wrong != "" {
					return id + ": " + wrong
				}
			}
			return ""
		})
	}
	t.Logf("written and read: %s; cannot be expressed: %s", tooltest.Tallied(said), tooltest.Tallied(not))
}

// linked writes a network as text and as a link, and reads both.
func linked(n *target.Network) string {
	src := text.Format(n.Model)
	for _, written := range []string{src, text.Compact(n.Model)} {
		again, problems := text.Parse(written)
		if len(problems) > 0 {
			return problems[0].Error()
		}
		if text.Format(again.Model) != src {
			return "another text when it is read again"
		}
		if !bytes.Equal(target.Marshal(count.Of(again.Model).Record("", n.Style)), target.Marshal(n.Report.Record("", n.Style))) {
			return "another report when it is read again"
		}
	}
	again, d := link.Decode(link.Encode(n.Model))
	if d != nil {
		return d.Error()
	}
	if text.Format(again) != src {
		return "another network when the link is opened"
	}
	return ""
}

// readBack reads what was written and compares the totals. What comes back may be
// known less exactly, but never more.
func readBack(n *target.Network, id, ext, out string) string {
	result, _, d := Read(&source.File{Name: "random" + ext, Size: int64(len(out)), At: strings.NewReader(out)})
	if d != nil && d.Say.Key == catalog.ImportNoLayers && len(n.Report.Rows) == 1 {
		return "" // an input alone is a network here, and none elsewhere
	}
	if d != nil {
		return "is not read: " + d.Error()
	}
	result.Model.Name = n.Model.Name // a report without one has a title
	a, again := n.Report.Totals, count.Of(result.Model)
	b := again.Totals
	if id == "json" && text.Format(result.Model) != text.Format(n.Model) {
		return "another network when it is read again"
	}
	if !a.ParamsAtLeast && b.ParamsAtLeast && b.Params(true).Cmp(a.Params(true)) <= 0 {
		return ""
	}
	if !a.Params(true).Equal(b.Params(true)) || !a.Stats.Equal(b.Stats) || !a.MACs.Equal(b.MACs) || !a.Frozen.Equal(b.Frozen) || a.ParamsAtLeast && !b.ParamsAtLeast {
		return fmt.Sprintf("totals differ: %s parameters, %s statistics, %s MACs, %s frozen; read again %s, %s, %s, %s", a.Params(true), a.Stats, a.MACs, a.Frozen, b.Params(true), b.Stats, b.MACs, b.Frozen)
	}
	return ""
}
