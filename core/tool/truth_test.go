package tool

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// A truthFile is a file of the truth that has a true count.
type truthFile struct {
	path   string // under the folder of truths
	format string // as the table calls it
	reader string // the Format that is to read it
	total  num.Int
	ours   func(*count.Totals) num.Int // what of ours its tool counts
	remark string                      // where the figure of the truth is not taken as it is
	// unstated is how many elements no line of the file states: our total is
	// smaller by them and marked as a lower bound. The remark names them.
	unstated int64
	input    string // sizes of the input that the file leaves open
	check    func(t *testing.T, r *source.Result, report *count.Report)
}

// What tools count.
func countTorch(k *count.Totals) num.Int { return k.Params(true) }

func countKeras(k *count.Totals) num.Int { return k.Shown(kerasStyle) }

func countAll(k *count.Totals) num.Int { return k.Params(true).Add(k.Buffers()) }

// countOnnx leaves out the counter of batch norm, which no exporter writes.
func countOnnx(k *count.Totals) num.Int { return k.Params(true).Add(k.Stats) }

// truthless are files of the truth without a count, and why.
var truthless = map[string]string{
	"summaries/torch-scan/README.md_1.txt":                                   "a report of FLOPs by module, no table of layers",
	"keras_json/keras3/keras_pre_pr22362_nested_container.keras.config.json": "a class of its author's own without layers or weights; the archive beside it has them",
}

// truthFiles lists every file with a true count, format by format.
func truthFiles(t *testing.T) []truthFile {
	return slices.Concat(kerasTruth(t), caffeTruth(t), onnxTruth(t), safetensorsTruth(t), printTruth(t), tableTruth(t))
}

// A truthTally sums up the files of one format.
type truthTally struct {
	files, absent, equal, unstated, clear int
	opaque                                map[string]int
}

func (k *truthTally) String() string {
	unstated := ""
	if k.unstated > 0 {
		unstated = fmt.Sprintf(", %d do not tell all (≥)", k.unstated)
	}
	if k.absent > 0 {
		unstated += fmt.Sprintf(", %d are not here", k.absent)
	}
	return fmt.Sprintf("%d files, %d equal, %d differ%s; %d open without any opaque layer", k.files, k.equal, k.files-k.absent-k.equal-k.unstated, unstated, k.clear)
}

func (k *truthTally) add(o *truthTally) {
	k.files, k.absent = k.files+o.files, k.absent+o.absent
	k.equal, k.unstated, k.clear = k.equal+o.equal, k.unstated+o.unstated, k.clear+o.clear
	if k.opaque == nil {
		k.opaque = map[string]int{}
	}
	for kind, n := range o.opaque {
		k.opaque[kind] += n
	}
}

// TestTruth reads every file of the truth and compares its total with the true
// one; what else is known of the file its format checks. The table, of all files
// and by format, is written with -v. The files are not part of the repository:
// those that are not here are counted, and TestFixtures compares files that are.
func TestTruth(t *testing.T) {
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 1, 2, ' ', 0)
	fmt.Fprintln(w, "file\tformat\ttrue\tours\tdifference\topaque\tremark")
	var formats []string
	by, seen := map[string]*truthTally{}, map[string]bool{}
	for _, f := range truthFiles(t) {
		if seen[f.path] {
			t.Errorf("%s is listed twice", f.path)
		}
		seen[f.path] = true
		k := by[f.format]
		if k == nil {
			k = &truthTally{}
			by[f.format], formats = k, append(formats, f.format)
		}
		one := f.compare(t, w)
		k.add(&one)
	}
	w.Flush()
	t.Logf("\n%s", &table)
	var all truthTally
	var sums strings.Builder
	for _, name := range formats {
		fmt.Fprintf(&sums, "%s: %s; opaque: %s\n", name, by[name], tooltest.Tallied(by[name].opaque))
		all.add(by[name])
	}
	t.Logf("\n%sall: %s, %d kinds are opaque", &sums, &all, len(all.opaque))
	walkTruth(t, seen)
}

// compare reads a file and writes its line of the table.
func (f *truthFile) compare(t *testing.T, w *tabwriter.Writer) (k truthTally) {
	t.Helper()
	k.files = 1
	data := truth.Read(t, f.path)
	if data == nil {
		k.absent = 1
		return k
	}
	r, format, d := Read(tooltest.File(filepath.Base(f.path), data))
	if d != nil {
		t.Errorf("%s: %s", f.path, d.Say.In(catalog.English))
		return k
	}
	if format.ID != f.reader {
		t.Errorf("%s is read as %s", f.path, format.ID)
	}
	readsAgain(t, f.path, r.Model)
	if f.input != "" {
		r.Model = widen(t, r.Model, f.input)
	}
	report := count.Of(r.Model)
	ours, shown := f.ours(&report.Totals), ""
	difference := f.total.Sub(ours)
	if report.Totals.ParamsAtLeast {
		shown = "≥ "
	}
	switch {
	case f.unstated == 0 && difference.IsZero() && !report.Totals.ParamsAtLeast:
		k.equal = 1
	case f.unstated > 0 && difference.Equal(num.Of(f.unstated)) && report.Totals.ParamsAtLeast:
		k.unstated = 1
	default:
		t.Errorf("%s: %s%s, true %s (%s)", f.path, shown, ours, f.total, f.remark)
	}
	if k.opaque = opaques(r.Model); len(k.opaque) == 0 {
		k.clear = 1
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s%s\t%s\t%s\t%s\n", f.path, f.format, f.total, shown, ours, difference, tooltest.Tallied(k.opaque), f.remark)
	if f.check != nil {
		f.check(t, r, report)
	}
	return k
}

// walkTruth fails for files with a fact that nobody compared.
func walkTruth(t *testing.T, seen map[string]bool) {
	t.Helper()
	for name := range truth.Hashes(t) {
		switch {
		case truthless[name] != "":
			t.Logf("%s has no true count: %s", name, truthless[name])
		case !seen[name]:
			t.Errorf("%s is compared with nothing", name)
		}
	}
}

// readsAgain writes a model as stack text and reads it: the text is the same, and
// so is its network.
func readsAgain(t testing.TB, name string, m arch.Model) {
	t.Helper()
	src := text.Format(m)
	again, problems := text.Parse(src)
	switch {
	case len(problems) > 0:
		t.Errorf("%s: its text does not parse: %v\n%.300s", name, problems[0], src)
	case text.Format(again.Model) != src:
		t.Errorf("%s: its text changes when it is read again", name)
	}
}

// opaques counts the opaque layers of a model by their types.
func opaques(m arch.Model) map[string]int {
	found := map[string]int{}
	m.Walk(func(n arch.Node) {
		var l layer.Layer
		switch n := n.(type) {
		case *arch.Leaf:
			l = n.Layer
		case *arch.Branch:
			l = n.Join
		}
		if o, is := l.(*layer.Opaque); is {
			found[cmp.Or(o.Type.Text(), "tensors alone")]++
		}
	})
	return found
}

// trueCount reads a figure of the truth; none is 0.
func trueCount(s string) num.Int {
	n, _ := num.Parse(s)
	return n
}
