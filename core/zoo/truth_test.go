package zoo_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/zoo"
)

// torchNames are the presets that torchvision has, by its names.
var torchNames = map[string]string{
	"alexnet-torchvision": "alexnet", "vgg-16": "vgg16",
	"resnet-18": "resnet18", "resnet-50": "resnet50", "resnet-152": "resnet152",
}

// A line is what one layer is compared by.
type line struct{ kind, out, params, buffers, macs string }

func (l line) String() string {
	return fmt.Sprintf("%s → %s, %s parameters, %s buffers, %s MACs", l.kind, l.out, l.params, l.buffers, l.macs)
}

// TestTorchvisionLayers compares with torchvision's networks run in PyTorch,
// row by row: every layer that holds a tensor or multiplies.
func TestTorchvisionLayers(t *testing.T) {
	totals := map[string]truth.Record{}
	for _, r := range truth.CSV(t, "torch_layers_index.csv") {
		totals[r["model"]] = r
	}
	for id, model := range torchNames {
		t.Run(id, func(t *testing.T) {
			var want []line
			for _, r := range truth.CSV(t, "torch_layers/"+model+".csv") {
				if r["params"] != "0" || r["buffers"] != "0" || r["macs"] != "0" {
					out := strings.ReplaceAll(strings.TrimPrefix(r["output"], "1x"), "x", "×")
					want = append(want, line{r["type"], out, r["params"], r["buffers"], r["macs"]})
				}
			}
			all := report(t, id)
			var got []line
			for _, r := range unroll(all.Rows) {
				if c := r.Counts; r.Form == count.FormLeaf && (len(r.Weights) > 0 || !c.MACs.IsZero()) {
					got = append(got, line{r.Kind().Torch, r.Out.String(), c.Params(true).String(), c.Buffers().String(), c.MACs.String()})
				}
			}
			compare(t, got, want)
			sum := totals[model]
			if sum["params"] != all.Totals.Params(true).String() || sum["buffer_elements"] != all.Totals.Buffers().String() ||
				sum["conv_linear_macs"] != all.Totals.MACs.String() {
				t.Errorf("in all %s parameters, %s buffers, %s MACs; torchvision %v", all.Totals.Params(true), all.Totals.Buffers(), all.Totals.MACs, sum)
			}
			t.Logf("%s: %d layers with tensors or MACs, equal: %v", model, len(want), !t.Failed())
		})
	}
}

func compare(t *testing.T, got, want []line) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Fatalf("row %d is missing: %v", i+1, want[i])
		case i >= len(want):
			t.Fatalf("row %d is too many: %v", i+1, got[i])
		case got[i] != want[i]:
			t.Errorf("row %d: %v\nwant    %v", i+1, got[i], want[i])
		}
	}
}

// TestCaffeLayers compares with Caffe's deploy files run by OpenCV: every layer,
// those without parameters too, in order. Flatten is ours alone: Caffe's inner
// product flattens by itself.
func TestCaffeLayers(t *testing.T) {
	const bvlc = "prototxt/bvlc_caffe/"
	files := map[string]string{"alexnet-2012": bvlc + "bvlc_alexnet_deploy.prototxt", "googlenet": bvlc + "bvlc_googlenet_deploy.prototxt"}
	totals, layers := truth.CSV(t, "prototxt_opencv.csv"), truth.CSV(t, "prototxt_opencv_layers.csv")
	for id, file := range files {
		t.Run(id, func(t *testing.T) {
			var want []line
			for _, r := range layers {
				if r["file"] == file && r["type"] != "Input" {
					out := strings.ReplaceAll(strings.TrimPrefix(r["output_nchw"], "1x"), "x", "×")
					want = append(want, line{r["type"], out, r["blob_elements"], "0", ""})
				}
			}
			all := report(t, id)
			var got []line
			for _, r := range unroll(all.Rows) {
				if k := r.Kind().Caffe; k != "Input" && k != "Flatten" {
					got = append(got, line{k, r.Out.String(), r.Counts.Params(true).String(), "0", ""})
				}
			}
			compare(t, got, want)
			for _, r := range totals {
				if r["file"] != file {
					continue
				}
				if r["status"] != "ok" || r["blob_elements_total"] != all.Totals.Params(true).String() || r["macs_conv_fc_deconv"] != all.Totals.MACs.String() {
					t.Errorf("in all %s parameters, %s MACs; OpenCV %v", all.Totals.Params(true), all.Totals.MACs, r)
				}
			}
			t.Logf("%s: %d layers, equal: %v", file, len(want), !t.Failed())
		})
	}
}

// TestConvnetBurden compares memory with Samuel Albanie's convnet-burden, which
// rounds to whole MiB (written MB) and counts what is stored, batch norm's
// statistics among it, and every output once, ReLU in place. Its ResNet-50 and
// -152 have the paper's stride.
func TestConvnetBurden(t *testing.T) {
	burden := map[string]truth.Record{}
	for _, r := range truth.CSV(t, "convnet_burden.csv") {
		burden[r["model"]] = r
	}
	for _, c := range []struct {
		id, name         string
		params, features bool
	}{
		{"alexnet-2012", "alexnet", true, false}, // 3 MB fits only if the LRNs' outputs are left out
		{"vgg-16", "vgg-vd-16", true, true},
		{"googlenet", "googlenet", false, false}, // 51 MB is with the auxiliary heads: 13,378,280 · 4 bytes
		{"resnet-18", "resnet18", true, true},
		{"resnet-50", "resnet-50", true, true},
		{"resnet-152", "resnet-152", true, true},
	} {
		r := count.Of(parse(t, paperVersion(zoo.ByID(c.id).Text))).Totals
		for _, m := range []struct {
			what, published string
			ours            num.Int
			compared        bool
		}{
			{"parameters", burden[c.name]["param_mem"], r.Params(true).Add(r.Stats), c.params},
			{"features", burden[c.name]["feature_mem"], r.Outputs, c.features},
		} {
			mib := tensor.Float32.Bytes(m.ours).Float() / (1 << 20)
			var published float64
			if _, err := fmt.Sscanf(m.published, "%g MB", &published); err != nil {
				t.Fatal(err)
			}
			t.Logf("%-12s %-10s %7.2f MiB, published %s", c.id, m.what, mib, m.published)
			if m.compared && math.Round(mib) != published {
				t.Errorf("%s: %s take %.2f MiB, published %s", c.id, m.what, mib, m.published)
			}
		}
	}
}

// The published figure of GoogLeNet with its auxiliary heads, which the sentence
// about it states, is OpenCV's of the training file.
func TestGoogLeNetWithHeads(t *testing.T) {
	for _, r := range truth.CSV(t, "prototxt_opencv.csv") {
		if r["file"] == "prototxt/bvlc_caffe/bvlc_googlenet_train_val.prototxt" {
			stated := integer(r["blob_elements_total"]).Grouped()
			for _, lang := range []catalog.Lang{catalog.English, catalog.Korean} {
				if s := lang.In(zoo.ByID("googlenet").Why); !strings.Contains(s, stated) {
					t.Errorf("%s is not in %q", stated, s)
				}
			}
		}
	}
}
