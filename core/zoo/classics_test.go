package zoo_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/layer"
)

// TestONNXLayers compares with Caffe2's ZFNet as its ONNX file has it: every node
// in order. Flatten is a Reshape there, and dropout was taken out.
func TestONNXLayers(t *testing.T) {
	var want []line
	for _, r := range truth.CSV(t, "onnx_nodes.csv") {
		if r["file"] == "onnx_light_zfnet512.onnx" && r["op"] != "ConstantOfShape" && r["op"] != "Reshape" {
			want = append(want, line{r["op"], shapeOf(r["output_shapes"]), r["weight_elements"], "0", ""})
		}
	}
	all := count.Of(parse(t, netOf(t, "zfnet-512").Text))
	var got []line
	for _, r := range unroll(all.Rows) {
		if k := r.Kind(); k.Group != layer.GroupInput && k.ONNX != "Flatten" && k.ONNX != "Dropout" {
			got = append(got, line{k.ONNX, r.Out.String(), r.Counts.Params(true).String(), "0", ""})
		}
	}
	compare(t, got, want)
	t.Logf("%d nodes, equal: %v", len(want), !t.Failed())
}

// TestUNetLayers compares with the paper's figure 1, which has the size of every
// map, and the parameters that Keras' summary states for it.
func TestUNetLayers(t *testing.T) {
	want := strings.Fields(`570:640 568:36928 282:73856 280:147584 138:295168 136:590080 66:1180160 64:2359808 30:4719616 28:9438208
		56:2097664 54:4719104 52:2359808 104:524544 102:1179904 100:590080 200:131200 198:295040 196:147584 392:32832 390:73792 388:36928 388:130`)
	i := 0
	for _, r := range unroll(count.Of(parse(t, netOf(t, "u-net").Text)).Rows) {
		if len(r.Weights) == 0 {
			continue
		}
		if got := fmt.Sprintf("%s:%s", r.Out[1].String(), r.Counts.Params(true)); i >= len(want) || got != want[i] {
			t.Errorf("layer %d, %s: %s, want %v", i+1, r.Name, got, want[min(i, len(want)-1)])
		}
		i++
	}
	if i != len(want) {
		t.Errorf("%d layers with parameters, want %d", i, len(want))
	}
}
