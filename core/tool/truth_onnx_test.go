package tool

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/tool/source"
)

// onnxTruth lists the models, and the operator tests, with the numbers stored in
// them. Of an operator that has weights, the inputs after the first are those.
func onnxTruth(t *testing.T) (files []truthFile) {
	for _, r := range truth.CSV(t, "onnx.csv") {
		name := r["file"]
		f := truthFile{path: "onnx/" + name, format: "ONNX", reader: "onnx", ours: countOnnx,
			total: trueCount(r["init_elements_float"]).Add(trueCount(r["constant_node_elements_float"])).Add(trueCount(r["constantofshape_elements"]))}
		more := trueCount(r["extra_graph_input_elements"])
		if strings.HasPrefix(name, "backend") {
			f.format = "ONNX operator test"
			op, _, _ := strings.Cut(r["ops"], ":")
			if strings.Contains(r["ops"], "Gemm") {
				op = "Gemm" // after a Constant
			}
			if !onnxWeighted[op] {
				more = num.Of(0)
			}
		}
		off := onnxTruthOff[name]
		if f.total = f.total.Add(more).Sub(num.Of(off.elements)); off.elements != 0 {
			f.remark = fmt.Sprintf("the truth less %d: %s", off.elements, off.why)
		}
		f.check = func(t *testing.T, _ *source.Result, report *count.Report) {
			if macs := r["macs_conv_gemm_matmul"]; macs != "" && f.format == "ONNX" && macs != report.Totals.MACs.String() {
				t.Errorf("%s: %s MACs, want %s", name, report.Totals.MACs, macs)
			}
		}
		files = append(files, f)
	}
	return files
}

// onnxWeighted are operators whose inputs after the first are weights.
var onnxWeighted = map[string]bool{
	"Conv": true, "ConvTranspose": true, "DeformConv": true, "Gemm": true, "PRelu": true, "RNN": true, "LSTM": true, "GRU": true, "BatchNormalization": true,
	"GroupNormalization": true, "InstanceNormalization": true, "LayerNormalization": true, "RMSNormalization": true,
}

// onnxTruthOff are the floats that a file holds and a network does not have, or the
// other way round: elements of onnx.csv to be taken off, and why.
var onnxTruthOff = map[string]struct {
	elements int64
	why      string
}{
	"onnx_light_densenet121.onnx":  {150528, "data_0, the picture, stands behind the weights in the list of inputs"},
	"onnx_light_inception_v1.onnx": {150528, "data_0, the picture"},
	"onnx_light_squeezenet.onnx":   {150528, "data_0, the picture"},
	"onnx_light_vgg19.onnx":        {150528, "data_0, the picture"},
	"winml_SqueezeNet_fp16.onnx":   {150528, "data_0, the picture"},
	"onnx_light_resnet50.onnx":     {1, "a stored number that no node uses"},
	"onnx_light_zfnet512.onnx":     {1, "a stored number that no node uses"},

	"ort_superresolution_prepost_op18.onnx": {10, "the bounds of 5 Clips"},

	"torch_export/mobilenet_v2_noweights.onnx":                             {70, "the bounds of 35 Clips, relu6 here"},
	"torch_export/convnext_tiny_noweights.onnx":                            {100, "√2, 1, ½ of 18 GELUs, 2 and ε of 23 layer norms"},
	"torch_export/vit_b_16_noweights.onnx":                                 {86, "√2, 1, ½ of 12 GELUs, 2 and ε of 25 layer norms"},
	"backend_node/test_basic_deform_conv_with_padding.onnx":                {128, "the offsets are values"},
	"backend_node/test_basic_deform_conv_without_padding.onnx":             {32, "the offsets are values"},
	"backend_node/test_deform_conv_with_mask_bias.onnx":                    {32 + 16, "the offsets and the mask are values"},
	"backend_node/test_deform_conv_with_multiple_offset_groups.onnx":       {64, "the offsets are values"},
	"backend_node/test_lstm_with_peepholes.onnx":                           {2 + 6 + 6, "the lengths and both states are values"},
	"backend_node/test_gemm_default_scalar_bias.onnx":                      {-1, "c is a single number, which the truth does not count"},
	"backend_pytorch/pytorch-operator_test_operator_non_float_params.onnx": {-4, "its weights are whole numbers"},
	// The truth counts what is stored. The exporter stores equal tensors once, and
	// new scales and variances are all ones, shifts and means all zeros
	// (features.denseblock1.denselayer1.norm1 and 30 more). The network has
	// 7,978,856 parameters; conv0 and 58 conv1 have their batch norm in a bias,
	// which are 7,488 less, and 62 batch norms keep 68,672 statistics: 8,040,040.
	"torch_export/densenet121_noweights.onnx": {8005096 - 8040040, "equal tensors are stored once; the truth is wrong"},
}
