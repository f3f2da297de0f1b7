package zoo_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/zoo"
)

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
	ran := map[string]bool{}
	for _, n := range zoo.All() {
		if n.Torch == "" || totals[n.Torch] == nil {
			continue
		}
		if sum := totals[n.Torch]; n.Params != sum["params"] && !strings.Contains(n.Text, "\ninput "+sum["input_chw"]+"\n") {
			continue // weights for a picture of another size, with longer tables
		}
		ran[n.Torch] = true
		t.Run(n.ID, func(t *testing.T) {
			var want []line
			sum := totals[n.Torch]
			params, buffers := integer(sum["params"]), integer(sum["buffer_elements"])
			for _, r := range truth.CSV(t, "torch_layers/"+n.Torch+".csv") {
				if functional(r) && strings.HasPrefix(strings.ToLower(r["module"]), "aux") && !strings.Contains(n.Text, ": side {") {
					// The truth has heads that this network is written without.
					params, buffers = params.Sub(integer(r["params"])), buffers.Sub(integer(r["buffers"]))
				}
				if !functional(r) && (r["params"] != "0" || r["buffers"] != "0" || r["macs"] != "0") {
					want = append(want, line{torchType(r["type"]), shapeOf(r["output"]), r["params"], r["buffers"], r["macs"]})
				}
			}
			all := count.Of(parse(t, n.Text))
			var got []line
			for _, r := range unroll(count.Of(parse(t, answering(n))).Rows) {
				got = append(got, modulesIn(r)...)
				if c := r.Counts; r.Form == count.FormLeaf && called(r) && (len(r.Weights) > 0 || !c.MACs.IsZero()) {
					got = append(got, line{className(r), r.Out.String(), c.Params(true).String(), c.Buffers().String(), c.MACs.String()})
				}
			}
			compare(t, got, want)
			if got := all.Totals.Params(true); !got.Equal(params) {
				t.Errorf("in all %s parameters, torchvision %s", got, params)
			}
			if got := all.Totals.Buffers(); !got.Equal(buffers) {
				t.Errorf("in all %s buffers, torchvision %s", got, buffers)
			}
			t.Logf("%s: %d layers with tensors or MACs, equal: %v", n.Torch, len(want), !t.Failed())
		})
	}
	t.Logf("%d of %d networks compared", len(ran), len(totals))
}

// inTraining are the networks whose heads torchvision runs in training only, by the
// lines that do: it publishes their parameters with those of the heads, but
// measures MACs, and calls layers, without.
var inTraining = map[string]string{
	"googlenet-torchvision-heads": "torchvision/models/googlenet.py, _forward: if self.aux1 is not None: if self.training: aux1 = self.aux1(x)",
	"inception-v3-heads":          "torchvision/models/inception.py, _forward: if self.AuxLogits is not None: if self.training: aux = self.AuxLogits(x)",
}

// answering returns the text of a network as it answers: heads that are for
// training are off.
func answering(n zoo.Net) string {
	if inTraining[n.ID] == "" {
		return n.Text
	}
	return strings.ReplaceAll(n.Text, ": side {", ": side off {")
}

// functional reports whether a row of the truth is no call of a module: its
// parameters are used by the module around it, so that order and output are
// not known. The totals have them.
// MViT's positions are a module of free tensors, which are layers of their own here.
func functional(r truth.Record) bool {
	return strings.Contains(r["type"], "(not called as leaf)") || r["type"] == "PositionalEncoding"
}

// called reports whether PyTorch calls a module for a row, and not a function of
// the module around it.
func called(r *count.Row) bool {
	switch r.Kind().Name {
	case "param", "attention", "windowattention", "multiscaleattention", "layerscale":
		return false
	}
	return true
}

// torchType is the class of torch.nn that a class of torchvision derives from.
func torchType(s string) string {
	switch s {
	case "Conv3DSimple", "Conv3DNoTemporal", "Conv2Plus1D":
		return "Conv3d"
	case "LayerNorm2d":
		return "LayerNorm"
	case "NonDynamicallyQuantizableLinear":
		return "Linear"
	}
	return s
}

// className is the class of torch.nn of a row: Conv3d where there are three
// spatial dimensions.
func className(r *count.Row) string {
	name := r.Kind().Torch
	if s, ok := strings.CutSuffix(name, "2d"); ok && len(r.In) > 0 {
		return fmt.Sprintf("%s%dd", s, len(r.In[0])-1)
	}
	return name
}

// shapeOf is the shape of one sample: the truth has a batch of 1.
func shapeOf(s string) string {
	return strings.ReplaceAll(strings.TrimPrefix(s, "1x"), "x", "×")
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
// product flattens its input.
func TestCaffeLayers(t *testing.T) {
	const bvlc = "prototxt/bvlc_caffe/"
	files := map[string]string{
		"alexnet-2012": bvlc + "bvlc_alexnet_deploy.prototxt", "googlenet": bvlc + "bvlc_googlenet_deploy.prototxt",
		"googlenet-heads": bvlc + "bvlc_googlenet_train_val.prototxt", "network-in-network": "prototxt/netscope/nin.prototxt",
	}
	totals, layers := truth.CSV(t, "prototxt_opencv.csv"), truth.CSV(t, "prototxt_opencv_layers.csv")
	for id, file := range files {
		t.Run(id, func(t *testing.T) {
			var want []line
			for _, r := range layers {
				if r["file"] == file && r["type"] != "Input" && r["type"] != "Accuracy" {
					out := strings.ReplaceAll(strings.TrimPrefix(r["output_nchw"], "1x"), "x", "×")
					want = append(want, line{strings.TrimSuffix(r["type"], "WithLoss"), out, r["blob_elements"], "0", ""})
				}
			}
			all := count.Of(parse(t, netOf(t, id).Text))
			var got []line
			for _, r := range unroll(all.Rows) {
				if k := r.Kind().Caffe; k != "Input" && k != "Flatten" && r.Kind().Name != "side" {
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

// netOf returns a network of any family.
func netOf(t *testing.T, id string) zoo.Net {
	t.Helper()
	all := zoo.All()
	i := slices.IndexFunc(all, func(n zoo.Net) bool { return n.ID == id })
	if i < 0 {
		t.Fatalf("there is no network %q", id)
	}
	return all[i]
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
		{"googlenet", "googlenet", false, false}, // its 51 MB are with the auxiliary heads
		{"googlenet-heads", "googlenet", true, true},
		{"resnet-18", "resnet18", true, true},
		{"resnet-50", "resnet-50", true, true},
		{"resnet-152", "resnet-152", true, true},
		{"resnet-34", "resnet34", true, true},
		{"resnet-101", "resnet-101", true, true},
		{"vgg-19", "vgg-vd-19", true, true},
		{"resnext-50-32x4d", "resnext-50-32x4d", true, true},
		{"resnext-101-64x4d", "resnext-101-64x4d", true, true},
		{"densenet-121", "densenet121", true, true},
		{"densenet-161", "densenet161", true, true},
		{"densenet-169", "densenet169", true, true},
		{"densenet-201", "densenet201", true, true},
		{"squeezenet-1-0", "squeezenet1-0", true, false}, // 1 MB more, which the page does not mention
		{"squeezenet-1-1", "squeezenet1-1", true, true},
		{"inception-v3", "inception-v3", true, true},
	} {
		all := zoo.All()
		net := all[slices.IndexFunc(all, func(n zoo.Net) bool { return n.ID == c.id })]
		if net.Family == "ResNet" {
			net.Text = paperVersion(net.Text)
		}
		r := count.Of(parse(t, net.Text)).Totals
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

// TestTorchvisionPublished looks for the network of every entry of torchvision's
// table of weights: one with its parameters, and with its MACs on the pictures they
// were measured on, published in 10⁹ to three digits.
func TestTorchvisionPublished(t *testing.T) {
	nets := map[string][]zoo.Net{}
	for _, n := range zoo.All() {
		nets[n.Torch] = append(nets[n.Torch], n)
	}
	input := regexp.MustCompile(`(?m)^input 3x.*$`)
	entries, models, missing := 0, map[string]bool{}, []string{}
	for _, r := range truth.CSV(t, "torchvision.csv") {
		if r["task"] != "classification" && r["task"] != "segmentation" && r["task"] != "video" {
			continue
		}
		entry := r["weights_enum"] + ", " + r["num_params"] + " parameters"
		i := slices.IndexFunc(nets[r["model"]], func(n zoo.Net) bool { return n.Params == r["num_params"] })
		if i < 0 {
			missing = append(missing, entry)
			continue
		}
		entries++
		models[r["model"]] = true
		model := parse(t, input.ReplaceAllString(answering(nets[r["model"]][i]), "input 3x"+r["ops_input"]))
		if off := near(count.Of(model).Totals.MACs, r["gmacs"]); off != "0" {
			t.Errorf("%s: %s·10⁹ MACs on %s published, ours differ by %s", entry, r["gmacs"], r["ops_input"], off)
		}
	}
	t.Logf("%d entries of %d models compared; there is no network of\n%s", entries, len(models), strings.Join(missing, "\n"))
}
