package zoo_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/internal/truth"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

func parse(t testing.TB, src string) arch.Model {
	t.Helper()
	file, problems := text.Parse(src)
	for _, d := range problems {
		t.Fatalf("parse: %v in\n%s", d, src)
	}
	return file.Model
}

func report(t testing.TB, id string) *count.Report {
	t.Helper()
	n := zoo.ByID(id)
	if n == nil {
		t.Fatalf("there is no preset %q", id)
	}
	return count.Of(parse(t, n.Text))
}

// TestPublished compares every network with its published totals.
func TestPublished(t *testing.T) {
	differ, all := 0, zoo.All()
	t.Logf("%-22s %15s %15s %10s   %18s %18s %10s", "network", "parameters", "published", "difference", "MACs", "published", "difference")
	for i := range all {
		n := &all[i]
		r := count.Of(parse(t, n.Text))
		for _, d := range r.Problems {
			if d.Severity != diag.Note {
				t.Errorf("%s: %s: %v", n.ID, r.Name(d.Node), d)
			}
		}
		if r.Totals.ParamsAtLeast || r.Totals.MACsAtLeast || r.Totals.OutputsAtLeast {
			t.Errorf("%s is not counted altogether", n.ID)
		}
		params, macs := r.Totals.Params(true), count.Of(parse(t, answering(*n))).Totals.MACs
		if n.Keras != "" {
			params = params.Add(r.Totals.Stats) // Keras counts them
		}
		p, m := difference(params, n.Params), difference(macs, n.MACs)
		if n.GMACs != "" {
			m = near(macs, n.GMACs)
		}
		t.Logf("%-22s %15s %15s %10s   %18s %18s %10s", n.ID, params.Grouped(), grouped(n.Params), p, macs.Grouped(), grouped(n.MACs)+n.GMACs, m)
		if p != "0" && p != "–" || m != "0" && m != "–" {
			differ++
			t.Errorf("%s differs from what is published", n.ID)
		}
		if n.Weights && !r.Totals.Biases.IsZero() {
			t.Errorf("%s is said to leave out biases, but has some", n.ID)
		}
	}
	t.Logf("%d networks, %d differ", len(all), differ)
	readme, err := os.ReadFile(filepath.Join(truth.Root(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if stated := fmt.Sprintf("%d published networks", len(all)); !strings.Contains(string(readme), stated) {
		t.Errorf("README.md does not state %q", stated)
	}
}

// near returns "0" where ours rounds to the published figure of 10⁹, or is within
// 0.1 % of it.
func near(ours num.Int, published string) string {
	g, err := strconv.ParseFloat(published, 64)
	if err != nil {
		return published
	}
	if off := math.Abs(ours.Float()/1e9 - g); off <= 0.0005 || off <= 0.001*g {
		return "0"
	}
	return fmt.Sprintf("%.3f", ours.Float()/1e9-g)
}

// difference returns ours − published, "–" if nothing is published.
func difference(ours num.Int, published string) string {
	if published == "" {
		return "–"
	}
	return ours.Sub(integer(published)).Grouped()
}

func integer(s string) num.Int {
	var n int64
	if _, err := fmt.Sscan(s, &n); err != nil {
		panic(err)
	}
	return num.Of(n)
}

func grouped(s string) string {
	if s == "" {
		return "–"
	}
	return integer(s).Grouped()
}

// TestDescribed refuses a half-described network.
func TestDescribed(t *testing.T) {
	ids, names, texts := map[string]bool{}, map[string]bool{}, map[string]string{}
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for i, n := range zoo.All() {
		preset := i < len(zoo.Presets)
		if !id.MatchString(n.ID) || ids[n.ID] || names[n.Name] || n.Name == "" || n.Family == "" || (n.Source == "") == (n.Remark == "") {
			t.Errorf("%q is half-described, or not the only one of its name", n.ID)
		}
		ids[n.ID], names[n.Name] = true, true
		if n.Params == "" && n.Remark == "" {
			t.Errorf("%s has no published number of parameters", n.ID)
		}
		if (preset || n.Why != "") && !catalog.Has(n.Why) {
			t.Errorf("%s does not say why its number is what it is", n.ID)
		}
		m := parse(t, n.Text)
		if !strings.HasPrefix(n.Text, "name ") || m.Name == "" {
			t.Errorf("%s does not begin with its name", n.ID)
		}
		if other := texts[text.Compact(m)]; other != "" {
			t.Errorf("%s and %s are the same", n.ID, other)
		}
		texts[text.Compact(m)] = n.ID
		if !preset {
			continue
		}
		if zoo.ByID(n.ID) == nil || zoo.ByID(n.ID).Name != n.Name {
			t.Errorf("ByID does not find %s", n.ID)
		}
		if got := zoo.Match(m); got == nil || got.ID != n.ID {
			t.Errorf("Match does not find %s", n.ID)
		}
		if zoo.Match(m.Delete(m.Body[0].Head().ID)) != nil {
			t.Errorf("Match finds %s in what is another network", n.ID)
		}
	}
	if zoo.ByID("") != nil || zoo.ByID("no-such-net") != nil {
		t.Error("ByID finds what there is not")
	}
	if zoo.Presets[0].ID != "alexnet-2012" {
		t.Errorf("the page opens with %s", zoo.Presets[0].ID)
	}
}

// The numbers that the sentences state are those of the networks.
func TestWhy(t *testing.T) {
	whole := func(n num.Int) string { return n.Grouped() }
	total := func(id string) num.Int { return report(t, id).Totals.Params(true) }
	group := func(id string, g layer.Group) count.Counts { return report(t, id).Totals.Groups[g] }
	row := func(id, name string) num.Int {
		var found num.Int
		report(t, id).Leaves(func(r *count.Row, _ num.Int) {
			if r.Name == name {
				found = r.Counts.Params(true)
			}
		})
		return found
	}
	weights := func(id, name string) num.Int {
		var found num.Int
		report(t, id).Leaves(func(r *count.Row, _ num.Int) {
			if r.Name == name {
				found = r.Counts.Weights
			}
		})
		return found
	}
	dense := func(id string) num.Int { return group(id, layer.GroupDense).Params(true) }
	for _, c := range []struct {
		id   string
		says []string
	}{
		{"toy", []string{"5·5·3·4 = " + whole(row("toy", "conv1")), "5·5·4·10 = " + whole(row("toy", "conv2"))}},
		{"alexnet-2012", []string{whole(weights("alexnet-2012", "linear1")),
			fmt.Sprintf("%.0f %%", 100*dense("alexnet-2012").Share(total("alexnet-2012")))}},
		{"alexnet-post", []string{whole(row("alexnet-post", "linear1")), whole(weights("alexnet-2012", "linear1")),
			fmt.Sprintf("%.2f", row("alexnet-post", "linear1").Float()/weights("alexnet-2012", "linear1").Float())}},
		{"alexnet-ungrouped", []string{whole(total("alexnet-ungrouped").Sub(total("alexnet-2012")))}},
		{"alexnet-torchvision", []string{whole(dense("alexnet-torchvision")), whole(dense("alexnet-2012"))}},
		{"lenet-5", []string{whole(row("lenet-5", "conv2")), whole(row("lenet-5", "conv3"))}},
		{"vgg-16", []string{whole(group("vgg-16", layer.GroupConv).Params(true)), whole(weights("vgg-16", "linear1")),
			fmt.Sprintf("%.0f %%", 100*group("vgg-16", layer.GroupConv).MACs.Share(report(t, "vgg-16").Totals.MACs))}},
		{"resnet-18", []string{whole(row("resnet-18", "linear1"))}},
		{"resnet-50", []string{whole(report(t, "resnet-50").Totals.Stats), whole(report(t, "resnet-50").Totals.Counters),
			report(t, "resnet-50").Totals.MACs.Short(), count.Of(parse(t, paperVersion(zoo.ByID("resnet-50").Text))).Totals.MACs.Short()}},
		{"resnet-152", []string{whole(oneRepetition(t, "resnet-152", "conv4.x")),
			fmt.Sprintf("%.0f", report(t, "resnet-152").Totals.MACs.Float()/report(t, "alexnet-2012").Totals.MACs.Float())}},
	} {
		for _, lang := range []catalog.Lang{catalog.English, catalog.Korean} {
			sentence := strings.ReplaceAll(lang.In(zoo.ByID(c.id).Why), "\u00a0", " ") // a number keeps its unit
			for _, s := range c.says {
				if !strings.Contains(sentence, s) {
					t.Errorf("%s does not say %s in %s: %s", c.id, s, lang.Tag(), sentence)
				}
			}
		}
	}
	if total("resnet-152").Cmp(total("alexnet-2012")) >= 0 {
		t.Error("ResNet-152 does not have fewer parameters than AlexNet")
	}
	if ratio := total("alexnet-2012").Float() / total("googlenet").Float(); ratio < 8.5 || ratio > 9 {
		t.Errorf("GoogLeNet is %.2f times smaller than AlexNet, not nearly nine", ratio)
	}
}

// oneRepetition returns the parameters of one repetition.
func oneRepetition(t *testing.T, id, label string) num.Int {
	for _, r := range report(t, id).Rows {
		if r.Name == label {
			return count.Sum(r.Children[0].Children).Params(true)
		}
	}
	t.Fatalf("%s has no %s", id, label)
	return num.Int{}
}

// With the pool that the post leaves out, the first dense layer is AlexNet's.
func TestMissingPool(t *testing.T) {
	r := count.Of(parse(t, strings.Replace(zoo.ByID("alexnet-post").Text, "flatten", "maxpool 3 s2\nflatten", 1)))
	if want := "60954656"; r.Totals.Params(true).String() != want { // weights of the 2012 net, conventions
		t.Errorf("with the third pool it has %s weights, want %s", r.Totals.Params(true), want)
	}
}

// paperVersion moves the stride of a bottleneck to its first 1×1, as the paper and
// Caffe have it, instead of its 3×3.
func paperVersion(torchvision string) string {
	stride := regexp.MustCompile(`(conv \d+ k1)( nobias; bn; relu\s+conv \d+ k3) s2`)
	return stride.ReplaceAllString(torchvision, "$1 s2$2")
}

// TestReceptiveField compares with Araujo, Norris, Sim: Computing Receptive
// Fields of Convolutional Neural Networks, Distill 2019, whose ResNets have the
// paper's stride; MACs of that version: conventions, golden numbers.
func TestReceptiveField(t *testing.T) {
	for _, c := range []struct {
		id    string
		paper bool
		want  int64
		macs  string
	}{
		{"alexnet-2012", false, 195, ""},
		{"alexnet-torchvision", false, 195, ""},
		{"vgg-16", false, 212, ""},
		{"resnet-50", true, 483, "3857973248"},
		{"resnet-152", true, 1507, ""},
	} {
		src := zoo.ByID(c.id).Text
		if c.paper {
			src = paperVersion(src)
		}
		totals := count.Of(parse(t, src)).Totals
		if f := totals.Receptive; f == nil || f.Size[0] != c.want || f.Size[1] != c.want {
			t.Errorf("%s sees %v, want %d", c.id, f, c.want)
		}
		if c.macs != "" && totals.MACs.String() != c.macs {
			t.Errorf("%s with the paper's stride has %s MACs, want %s", c.id, totals.MACs, c.macs)
		}
		if published := zoo.ByID(c.id).Params; totals.Params(true).String() != published {
			t.Errorf("%s with the paper's stride has %s parameters", c.id, totals.Params(true))
		}
	}
}

// TestPictureSize doubles every picture: no convolution's parameters change, and
// the total only where a dense layer reads the map.
func TestPictureSize(t *testing.T) {
	input := regexp.MustCompile(`input (\d+)x(\d+)x(\d+)`)
	for i := range zoo.Presets {
		n := &zoo.Presets[i]
		large := input.ReplaceAllStringFunc(n.Text, func(s string) string {
			var c, h, w int
			fmt.Sscanf(s, "input %dx%dx%d", &c, &h, &w)
			return fmt.Sprintf("input %dx%dx%d", c, 2*h, 2*w)
		})
		before, after := convolutions(count.Of(parse(t, n.Text))), convolutions(count.Of(parse(t, large)))
		if before == "" || before != after {
			t.Errorf("%s: convolutions with %s parameters, on the double picture %s", n.ID, before, after)
		}
	}
}

func convolutions(r *count.Report) string {
	var b strings.Builder
	r.Leaves(func(row *count.Row, times num.Int) {
		if row.Kind().Group == layer.GroupConv {
			fmt.Fprintf(&b, "%s %s ×%s, ", row.Name, row.Counts.Params(true), times)
		}
	})
	return b.String()
}

// TestSums adds up what a reader would: the column of numbers, the families, the
// rows times their repetitions.
func TestSums(t *testing.T) {
	for i := range zoo.Presets {
		n := &zoo.Presets[i]
		r := count.Of(parse(t, n.Text))
		var column, macs, outputs num.Int
		for _, s := range unroll(r.Rows) {
			column = column.Add(s.Counts.Params(true))
			if s.Form == count.FormLeaf {
				macs = macs.Add(s.Counts.MACs)
			}
		}
		byRow, groups := count.Sum(r.Rows), count.Counts{}
		for _, g := range r.Totals.Groups {
			groups.Weights = groups.Weights.Add(g.Params(true))
			outputs = outputs.Add(g.Outputs)
		}
		for what, sum := range map[string]num.Int{"column": column, "rows": byRow.Params(true), "families": groups.Weights} {
			if !sum.Equal(r.Totals.Params(true)) {
				t.Errorf("%s: parameters by %s %s, in all %s", n.ID, what, sum, r.Totals.Params(true))
			}
		}
		if !macs.Equal(r.Totals.MACs) || !byRow.MACs.Equal(r.Totals.MACs) {
			t.Errorf("%s: MACs by row %s, in all %s", n.ID, macs, r.Totals.MACs)
		}
		if !byRow.Outputs.Equal(r.Totals.Outputs) {
			t.Errorf("%s: outputs by row %s, in all %s", n.ID, byRow.Outputs, r.Totals.Outputs)
		}
	}
}

// unroll returns the leaves, and the joins of branches, in the order they run, each
// repetition separately.
func unroll(rows []*count.Row) []*count.Row {
	var all []*count.Row
	for _, r := range rows {
		if r.Form == count.FormLeaf {
			all = append(all, r)
			continue
		}
		inner := unroll(r.Children)
		for range r.Turns() {
			all = append(all, inner...)
		}
		if r.Form == count.FormBranch {
			join := *r
			join.Counts = count.Counts{} // what is inside has been listed
			all = append(all, &join)
		}
	}
	return all
}
