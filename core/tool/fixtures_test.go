package tool

import (
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
)

// TestFixtures reads small files that PyTorch, TensorFlow.js, the HDF5 library and
// the author of a prototxt wrote, and compares with what PyTorch, TensorFlow.js and
// OpenCV count in them. A figure that the file's form does not have is left out.
func TestFixtures(t *testing.T) {
	layers := truth.FixtureLayers(t)
	files, figures := 0, 0
	shapes := tally{}
	for _, f := range truth.Fixtures(t) {
		name := f["file"]
		files++
		r, reader, d := Read(tooltest.File(filepath.Base(name), truth.Fixture(t, name)))
		if d != nil {
			t.Errorf("%s: %s", name, d.Say.In(catalog.English))
			continue
		}
		if reader.ID != f["reader"] {
			t.Errorf("%s is read as %s", name, reader.ID)
		}
		readsAgain(t, name, r.Model)
		report := count.Of(r.Model)
		k := report.Totals
		params, trainable := k.Params(true), k.Trainable()
		if reader.ID == "keras" {
			params, trainable = k.Shown(kerasStyle), trainable.Sub(k.Twins)
		}
		for _, c := range []struct {
			what string
			ours num.Int
		}{{"params", params}, {"trainable", trainable}, {"stats", k.Stats}, {"counters", k.Counters}, {"macs", k.MACs}} {
			want := f[c.what]
			if off, ok := fixturesOff[name+" "+c.what]; ok {
				want = off.count
			}
			if want != "" {
				if figures++; c.ours.String() != want {
					t.Errorf("%s: %s %s, in %s %s", name, c.what, c.ours, f["made_by"], want)
				}
			}
		}
		if k.ParamsAtLeast {
			t.Errorf("%s: its parameters are known only in part", name)
		}
		noErrors(t, name, report)
		if rows := layers[name]; reader.ID == "torch-print" {
			shapes.compare(t, name, r.Model, f["input"], rows)
		}
	}
	t.Logf("%d files that other tools wrote, %d figures compared; shapes of layers of printed models: %d equal, %d not known, %d differ",
		files, figures, shapes.equal, shapes.unknown, shapes.differ)
	if files == 0 || shapes.equal == 0 {
		t.Error("nothing was compared")
	}
}

// fixturesOff are figures in which a file has other numbers than its network.
var fixturesOff = map[string]struct{ count, why string }{
	"onnx/attention.onnx stats": {"1", "the scale of the queries, ½, is a stored number"},
}

// TestFixturesAreSmall keeps the repository light, and every file in its table.
func TestFixturesAreSmall(t *testing.T) {
	listed, total := map[string]bool{}, 0
	for _, f := range truth.Fixtures(t) {
		listed[f["file"]] = true
	}
	names, err := filepath.Glob("testdata/fixtures/*/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		name = strings.TrimPrefix(filepath.ToSlash(name), "testdata/fixtures/")
		size := len(truth.Fixture(t, name))
		total += size
		if !listed[name] || size > 50<<10 {
			t.Errorf("%s: %d bytes, listed: %v", name, size, listed[name])
		}
	}
	if len(names) != len(listed) || total > 1500<<10 {
		t.Errorf("%d files of %d bytes, %d listed", len(names), total, len(listed))
	}
}
