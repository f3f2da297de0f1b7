package tool

import (
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

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
		f.check = func(t *testing.T, _ *source.Result, report *count.Report) {
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
