package importer

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/text"
)

func fileOf(name string, data []byte) *File {
	return &File{Name: name, Size: int64(len(data)), At: bytes.NewReader(data)}
}

// openings are the sizes that files leave open: those of the data sets that the
// examples of Caffe are for.
var openings = map[string]string{
	"bvlc_caffe/cifar10_cifar10_full_train_test.prototxt":            "3x32x32",
	"bvlc_caffe/cifar10_cifar10_quick_train_test.prototxt":           "3x32x32",
	"bvlc_caffe/cifar10_cifar10_full_sigmoid_train_test_bn.prototxt": "3x32x32",
	"bvlc_caffe/mnist_lenet_train_test.prototxt":                     "1x28x28",
	"bvlc_caffe/siamese_mnist_siamese_train_test.prototxt":           "2x28x28", // two digits
	"bvlc_caffe/mnist_mnist_autoencoder.prototxt":                    "1x28x28",
	"bvlc_caffe/hdf5_classification_nonlinear_train_val.prototxt":    "4", // features of examples/hdf5_classification
	"bvlc_caffe/hdf5_classification_train_val.prototxt":              "4",
}

// corrected are totals that the truth does not have, or has wrong, with the
// reason. Tracked: the channels of each value were followed through the file by a
// script apart, and the products of the convolutions' options summed.
var corrected = map[string]struct{ total, reason string }{
	"bvlc_caffe/cifar10_cifar10_full_train_test.prototxt":            {"89578", "as cifar10_full.prototxt"},
	"bvlc_caffe/cifar10_cifar10_quick_train_test.prototxt":           {"145578", "as cifar10_quick.prototxt"},
	"bvlc_caffe/cifar10_cifar10_full_sigmoid_train_test_bn.prototxt": {"89709", "89,578 − 128 biases + 65 + 65 + 129 of batch norms"},
	"bvlc_caffe/mnist_lenet_train_test.prototxt":                     {"431080", "as lenet.prototxt"},
	"bvlc_caffe/siamese_mnist_siamese_train_test.prototxt":           {"431102", "as mnist_siamese.prototxt: the halves share"},
	"bvlc_caffe/mnist_mnist_autoencoder.prototxt":                    {"2837314", "2·(784·1000 + 1000·500 + 500·250 + 250·30) + 4,314 biases"},
	"bvlc_caffe/hdf5_classification_nonlinear_train_val.prototxt":    {"282", "4·40 + 40 + 40·2 + 2"},
	"bvlc_caffe/hdf5_classification_train_val.prototxt":              {"10", "4·2 + 2"},
	"bvlc_caffe/pycaffe_linreg.prototxt":                             {"140", "2·(3·2·10 + 10)"},
	"netscope/fasterRCNN_AlexNet.prototxt":                           {"59294751", "the truth lacks fc6, fc7, cls_score, bbox_pred behind roi_pool_conv5: 37,752,832 + 16,781,312 + 86,037 + 344,148"},
	"netscope/fasterRCNN_ResNet.prototxt":                            {"30448100", "the truth lacks fc1000, cls_score, bbox_pred: 2,049,000 + 21,021 + 84,084"},
	"netscope/fasterRCNN_VGG.prototxt":                               {"137078239", "the truth lacks fc6, fc7, cls_score, bbox_pred: 102,764,544 + 16,781,312 + 86,037 + 344,148"},
	"netscope/fasterRCNN_ZynqNet.prototxt":                           {"8109503", "the truth lacks cls_score, bbox_pred: 774,165 + 3,096,660"},
	"netscope/googlenet.prototxt":                                    {"6998552", "as bvlc_googlenet deploy; tracked"},
	"netscope/inceptionv3.prototxt":                                  {"23834662", "tracked"},
	"netscope/inceptionv3_orig.prototxt":                             {"23834662", "tracked"},
	"netscope/inceptionv4.prototxt":                                  {"42774717", "tracked"},
	"netscope/inceptionv4_resnet.prototxt":                           {"31694524", "tracked"},
	"netscope/sq11b2a_e3.prototxt":                                   {"3729352", "tracked"},
	"netscope/squeezenet.prototxt":                                   {"1248424", "as squeezenet_v1.0 deploy; tracked"},
	"netscope/squeezenet_v11.prototxt":                               {"1235496", "as squeezenet_v1.1 deploy; tracked"},
	"netscope/vgg-16.prototxt":                                       {"138357544", "published"},
	"netscope/zynqnet.prototxt":                                      {"2528800", "tracked"},
}

// caffeTruth lists the prototxts, with what OpenCV makes of them; the statistics of
// batch norms and the multiplications are checked too.
func caffeTruth(t *testing.T) (files []truthFile) {
	for _, r := range truth.CSV(t, "prototxt_opencv.csv") {
		name := strings.TrimPrefix(r["file"], "prototxt/")
		f := truthFile{path: r["file"], format: "Caffe prototxt", reader: "caffe", total: trueCount(r["blob_elements_total"]), ours: countAll, input: openings[name]}
		if c, ok := corrected[name]; ok {
			f.total, f.remark = trueCount(c.total), c.reason
			if r["status"] == "ok" {
				t.Errorf("%s: the truth is said to be right", name)
			}
		} else if r["status"] != "ok" {
			f.remark = "OpenCV: " + r["status"]
		}
		f.check = func(t *testing.T, _ *Result, report *count.Report) {
			if b := r["batchnorm_blobs"]; b != "" && report.Totals.Buffers().String() != b {
				t.Errorf("%s: buffers of %s, want %s", name, report.Totals.Buffers(), b)
			}
			if macs := r["macs_conv_fc_deconv"]; macs != "" && report.Totals.MACs.String() != macs {
				t.Errorf("%s: %s MACs, want %s", name, report.Totals.MACs, macs)
			}
		}
		files = append(files, f)
	}
	return files
}

// widen writes the sizes of the input.
func widen(t *testing.T, m arch.Model, shape string) arch.Model {
	t.Helper()
	src := text.Format(m)
	for _, open := range []string{"input ?x?x?\n", "input ?\n"} {
		src = strings.ReplaceAll(src, open, "input "+shape+"\n")
	}
	f, problems := text.Parse(src)
	if len(problems) > 0 {
		t.Fatalf("%v", problems[0])
	}
	return f.Model
}

// TestCaffeLayers compares each layer's output and elements with what OpenCV
// makes of the same files, and says what could not be compared, and why.
func TestCaffeLayers(t *testing.T) {
	dir := truth.Dir(t)
	status := map[string]string{}
	for _, r := range truth.CSV(t, "prototxt_opencv.csv") {
		status[r["file"]] = r["status"]
	}
	files := map[string][]truth.Record{}
	for _, r := range truth.CSV(t, "prototxt_opencv_layers.csv") {
		files[r["file"]] = append(files[r["file"]], r)
	}
	layers, shapes, counts, differ, not := 0, 0, 0, 0, map[string]int{}
	for file, why := range status {
		if why != "ok" {
			why, _, _ = strings.Cut(why, " (")
			if n := len(files[file]); n > 0 {
				not["in files of which the truth has no shapes, "+why] += n
			} else {
				not["files of which the truth has no layers, "+why]++
			}
			continue
		}
		have := caffeRows(t, filepath.Join(dir, file))
		var norm *count.Row
		for _, r := range files[file] {
			layers++
			// Names that stand twice have a number in the truth, and another way here.
			row := have[Label(strings.ReplaceAll(r["layer"], "#dup", "-"))]
			merged := row == nil && r["type"] == "Scale"
			if merged {
				row = norm // it has become the batch norm's γ and β
			}
			if row == nil {
				not["no row of its own here: "+r["type"]]++
				if r["blob_elements"] != "0" && r["blob_elements"] != "" {
					t.Errorf("%s: %s (%s) is missing", file, r["layer"], r["type"])
				}
				continue
			}
			own := row.Counts
			if row.Form == count.FormBranch {
				own = row.Own
			}
			got := own.Params(true)
			if r["type"] == "BatchNorm" {
				norm, got = row, row.Counts.Buffers()
			}
			if r["blob_elements"] != "" {
				counts++
				if got.String() != r["blob_elements"] {
					differ++
					t.Errorf("%s: %s (%s): %s elements, want %s", file, r["layer"], r["type"], got, r["blob_elements"])
				}
			}
			out := caffeOut(r)
			if out == "" {
				not["no shape in the truth: "+r["type"]]++
				continue
			}
			shapes++
			if got := strings.ReplaceAll(row.Out.String(), "×", "x"); got != out {
				differ++
				t.Errorf("%s: %s (%s): %s, want %s", file, r["layer"], r["type"], got, out)
			}
		}
	}
	t.Logf("%d layers: %d output shapes and %d counts of elements compared, %d differ; shapes not compared: %s", layers, shapes, counts, differ, tallied(not))
}

// caffeRows reads a prototxt with every layer kept, and returns its rows by label.
func caffeRows(t *testing.T, path string) map[string]*count.Row {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := readCaffe(fileOf(filepath.Base(path), data))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for i := range c.g.Nodes {
		c.g.Nodes[i].Keep = true
	}
	res, err := c.stack()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	have := map[string]*count.Row{}
	collect(count.Of(res.Model).Rows, have)
	return have
}

// caffeOut is the output of a layer of the truth without its batch, "" if it has
// none.
func caffeOut(r truth.Record) string {
	_, out, _ := strings.Cut(r["output_nchw"], "x")
	switch {
	case r["error"] != "":
		return ""
	case r["type"] == "DetectionOutput":
		return "1x?x7" // OpenCV says 200, keep_top_k: as many at most
	}
	return out
}

func collect(rows []*count.Row, into map[string]*count.Row) {
	for _, r := range rows {
		if r.Node != nil && r.Node.Head().Label != "" && (r.Form == count.FormLeaf || r.Form == count.FormBranch) {
			into[r.Node.Head().Label] = r
		}
		collect(r.Children, into)
	}
}
