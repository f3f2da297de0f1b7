package passport_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/passport"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// figures are a network's figures by tool and by what testdata/printed.csv calls them.
func figures(r *count.Report) map[[2]string]passport.Figure {
	labels := map[catalog.Key]string{catalog.PassportInputSize: "input", catalog.PassportPassSize: "pass",
		catalog.PassportParamsSize: "bytes", catalog.PassportLayersSize: "pass", catalog.PassportTotalSize: "total",
		catalog.PassportTrainable: "trainable", catalog.PassportFrozen: "frozen", catalog.PassportStateDict: "state_dict",
		catalog.PassportTable: "table"}
	all := map[[2]string]passport.Figure{}
	for _, e := range passport.Of(r) {
		id := e.Tool.ID()
		all[[2]string{id, "params"}], all[[2]string{id, "macs"}] = e.Params, e.Compute
		for _, f := range e.Sizes {
			all[[2]string{id, labels[f.Label]}] = f
		}
	}
	return all
}

// otherwise is what torchvision's code writes as a function, where a module of torch.nn would count
// so much more: GoogLeNet's activations, the last pools of MobileNet v2, MNASNet and ShuffleNet,
// the last activation and pool of DenseNet.
var otherwise = map[[3]string]int64{
	{"densenet121", "ptflops", "macs"}:            50176 + 50176,
	{"densenet121", "ptflops-0.6", "macs"}:        50176 + 50176,
	{"densenet121", "thop", "macs"}:               50176 + 1024,
	{"googlenet", "ptflops", "macs"}:              3226160,
	{"googlenet", "ptflops-0.6", "macs"}:          3226160,
	{"mobilenet_v2", "ptflops", "macs"}:           62720,
	{"mobilenet_v2", "ptflops-0.6", "macs"}:       62720,
	{"mobilenet_v2", "thop", "macs"}:              62720 + 1280,
	{"mnasnet1_0", "ptflops", "macs"}:             2 * 62720,
	{"mnasnet1_0", "ptflops-0.6", "macs"}:         62720,
	{"mnasnet1_0", "thop", "macs"}:                62720 + 1280,
	{"mnasnet1_0", "fvcore", "macs"}:              62720,
	{"shufflenet_v2_x1_0", "ptflops", "macs"}:     2 * 50176,
	{"shufflenet_v2_x1_0", "ptflops-0.6", "macs"}: 50176,
	{"shufflenet_v2_x1_0", "thop", "macs"}:        50176 + 1024,
	{"shufflenet_v2_x1_0", "fvcore", "macs"}:      50176,
}

// TestPrinted compares with what the tools printed for torchvision's networks, which
// testdata/README.md describes. What is unknown here is no error, but there must be little.
func TestPrinted(t *testing.T) {
	file, err := os.Open("testdata/printed.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	nets := map[string]map[[2]string]passport.Figure{}
	for _, n := range zoo.All() {
		if n.Torch != "" && nets[n.Torch] == nil {
			// GoogLeNet was run without its auxiliary heads.
			f, _ := text.Parse(strings.ReplaceAll(n.Text, "side {", "side off {"))
			nets[n.Torch] = figures(count.Of(f.Model))
		}
	}
	compared, unknown := 0, 0
	for _, row := range records[1:] {
		net, tool, figure, want := nets[row[0]], row[1], row[2], row[3]
		if net == nil {
			t.Errorf("the zoo has no %s", row[0])
			continue
		}
		name, mb := strings.CutSuffix(figure, " (MB)")
		f, ok := net[[2]string{tool, name}]
		switch {
		case !ok && (name == "trainable" || name == "frozen"): // all are trained
		case !f.Known:
			unknown++
			t.Logf("%s, %s: %s is unknown here, by %v", row[0], tool, figure, f.Missing)
		case mb:
			compared++
			printed, _ := strconv.ParseFloat(want, 64)
			ours := f.Value.Float() / (1 << 20)
			if name == "pass" || name == "total" { // blocks around the layers come on top
				if ours > printed+0.006 || ours < printed/3 {
					t.Errorf("%s, %s: the layers have %.2f of %s MB", row[0], tool, ours, want)
				}
			} else if strconv.FormatFloat(ours, 'f', 2, 64) != want {
				t.Errorf("%s, %s: %s is %.2f, printed %s", row[0], tool, figure, ours, want)
			}
		default:
			compared++
			n, _ := num.Parse(want)
			n = n.Add(num.Of(otherwise[[3]string{row[0], tool, figure}]))
			if !f.Value.Equal(n) {
				t.Errorf("%s, %s: %s is %s, printed %s (%s)", row[0], tool, figure, f.Value.Grouped(), n.Grouped(), f.Value.Sub(n))
			}
		}
	}
	t.Logf("%d figures compared, %d unknown", compared, unknown)
	if compared < 350 || unknown > compared/10 {
		t.Errorf("%d figures compared, %d unknown", compared, unknown)
	}
}

// own are small networks that were written for it, of layers that the others have not, and
// what the tools printed (testdata/README.md; make interop prints it again).
var own = []struct {
	src  string
	want map[[2]string]string
}{
	{`input 3x16x16
	conv 8 k3 p1; groupnorm 4; relu; convtranspose 4 k2 s2; prelu; avgpool 2; instancenorm; leakyrelu; upsample 2
	bn noaffine; elu; silu; flatten
	linear 10; softmax
	`, map[[2]string]string{
		{"torchinfo", "params"}: "41343", {"torchinfo", "macs"}: "233499", {"torchinfo", "pass"}: "98384",
		{"torchinfo", "bytes"}: "165372", {"torchsummary", "params"}: "41343", {"ptflops", "macs"}: "186388",
		{"ptflops-0.6", "macs"}: "262154", {"thop", "macs"}: "246813", {"thop", "params"}: "41327",
		{"fvcore", "macs"}: "151552",
	}},
	{`input 100x30
	lstm 50 layers=2; layernorm; linear 20
	`, map[[2]string]string{
		{"torchinfo", "params"}: "37920", {"torchinfo", "macs"}: "3681120", {"torchinfo", "pass"}: "96000",
		{"ptflops", "macs"}: "3887000", {"ptflops-0.6", "macs"}: "3880020", {"thop", "macs"}: "3880000",
		{"thop", "params"}: "37920", {"fvcore", "macs"}: "125000",
	}},
	{`input 3x16x16
	conv 8 k3 p1; lrn 5; maxpool 2; flatten
	linear 10
	`, map[[2]string]string{
		{"torchinfo", "macs"}: "62474", {"torchinfo", "pass"}: "16464", {"ptflops", "macs"}: "75786",
		{"ptflops-0.6", "macs"}: "64522", {"thop", "macs"}: "60416", {"fvcore", "macs"}: "60416",
	}},
}

// TestOwn compares with what the tools printed for own networks.
func TestOwn(t *testing.T) {
	for _, c := range own {
		f, problems := text.Parse(c.src)
		if len(problems) > 0 {
			t.Fatal(problems[0].Say.In(catalog.English))
		}
		all := figures(count.Of(f.Model))
		for key, want := range c.want {
			if got := all[key]; !got.Known || got.Value.String() != want {
				t.Errorf("%v is %s (known: %v), printed %s", key, got.Value, got.Known, want)
			}
		}
	}
}

// TestShown writes numbers as the tools do.
func TestShown(t *testing.T) {
	shown := map[string][2]string{}
	for _, n := range zoo.All() {
		if n.ID != "resnet-50" && n.ID != "resnet-50-keras" && n.ID != "alexnet-2012" {
			continue
		}
		for _, e := range passport.Of(count.Of(n.Model())) {
			shown[n.ID+" "+e.Tool.ID()] = [2]string{e.Params.Shown, e.Compute.Shown}
		}
	}
	for key, want := range map[string][2]string{
		"resnet-50 torchinfo":   {"Total params: 25,557,032", "Total mult-adds (G): 4.09"},
		"resnet-50 ptflops":     {"25.56 M", "4.13 GMac"},
		"resnet-50 ptflops-0.6": {"25.56 M", "4.12 GMac"}, // sovrasov/flops-counter.pytorch#76
		"resnet-50 thop":        {"25.56M", "4.13G"},
		"resnet-50 fvcore":      {"25.557M", "4.112G"},
		"resnet-50-keras keras": {"Total params: 25,636,712 (97.80 MB)", ""}, // keras.io's and tutorials' summaries
		"alexnet-2012 netscope": {"60.95M", "726.79M"},
	} {
		if shown[key] != want {
			t.Errorf("%s: %q, want %q", key, shown[key], want)
		}
	}
}
