package tool_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/internal/tooltest"
	"paramstack/core/tool"
)

// TestHostileTexts reads texts and JSON that were made to exhaust their readers, in
// each format that is text: names, lists and references again and again, rows without
// end, and layers that use each other.
func TestHostileTexts(t *testing.T) {
	lines := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i) + "\n")
		}
		return b.String()
	}
	joined := func(n int, item func(i int) string) string {
		return strings.ReplaceAll(strings.TrimSpace(lines(n, item)), "\n", ",")
	}
	long := strings.Repeat("n", 20_000)
	data := "input: \"data\" input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32\n"
	net := "[net]\nwidth=64\nheight=64\nchannels=3\n[convolutional]\nfilters=8\nsize=3\nstride=1\npad=1\n"
	table := "----------------------------------------------------------------\n        Layer (type)               Output Shape         Param #\n" +
		"================================================================\n"
	keras := func(layers string, last string) string {
		return `{"class_name":"Model","config":{"layers":[{"class_name":"InputLayer","name":"i","config":{"name":"i",` +
			`"batch_input_shape":[null,8]},"inbound_nodes":[]},` + layers + `],"input_layers":[["i",0,0]],"output_layers":[["` + last + `",0,0]]}}`
	}
	dense := `{"class_name":"Dense","config":{"units":8}}`
	for name, text := range map[string]string{
		"caffe names.prototxt": data + lines(50, func(i int) string {
			return fmt.Sprintf(`layer { name: "c%d" type: "ReLU" bottom: "%s" top: "%s" }`, i, long, long)
		}),
		"caffe slices.prototxt": data + lines(40, func(i int) string {
			return fmt.Sprintf(`layer { name: "s%d" type: "Slice" bottom: "data" %s }`, i, strings.ReplaceAll(lines(400, func(j int) string {
				return fmt.Sprintf(`top: "s%d_%d"`, i, j)
			}), "\n", " "))
		}),
		"caffe doubled.prototxt": data + lines(3000, func(i int) string {
			in := "data"
			if i > 0 {
				in = fmt.Sprint("e", i-1)
			}
			return fmt.Sprintf(`layer { name: "e%d" type: "Concat" bottom: "%s" bottom: "%s" top: "e%d" }`, i, in, in, i)
		}),
		"caffe stages.prototxt": data + lines(300, func(i int) string {
			return fmt.Sprintf(`layer { name: "c%d" type: "ReLU" bottom: "data" top: "c%d" %s }`, i, i, strings.ReplaceAll(
				lines(50, func(j int) string { return fmt.Sprintf(`include { stage: "s%d" }`, j) }), "\n", " "))
		}),
		"caffe depth.prototxt": strings.Repeat("layer { ", 3000),
		"darknet routes.cfg":   net + strings.Repeat("[route]\nlayers="+strings.TrimSuffix(strings.Repeat("-1,", 400), ",")+"\n", 300),
		"darknet doubled.cfg":  net + strings.Repeat("[route]\nlayers=-1,-1\n", 5000),
		"darknet anchors.cfg":  net + "[yolo]\nanchors=" + strings.Repeat("10,", 200_000) + "1\nclasses=80\nnum=9\n",
		"darknet options.cfg":  net + strings.Repeat("filters=8\n", 200_000),
		"summary rows.txt":     table + lines(6000, func(i int) string { return fmt.Sprintf("            Conv2d-%d     [-1, 64, 224, 224]   36,928", i+1) }),
		"summary extents.txt":  table + "            Conv2d-1 [" + strings.Repeat("-1, ", 3000) + "64]   1,792\n",
		"summary digits.txt":   table + "            Conv2d-1 [-1, 64, 224, 224]   " + strings.Repeat("9", 60_000) + "\n",
		"summary bars.txt":     strings.Repeat(strings.Repeat("|", 100)+"\n", 2000),
		"keras wrappers.json":  `{"class_name":"Sequential","config":{"layers":[` + strings.Repeat(`{"class_name":"TimeDistributed","config":{"layer":`, 2000) + dense + strings.Repeat("}}", 2000) + "]}}",
		"keras depth.json":     `{"class_name":"Sequential","config":{"layers":[` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "]}}",
		"keras references.json": keras(joined(60, func(k int) string {
			in := "i"
			if k > 0 {
				in = fmt.Sprint("a", k-1)
			}
			return fmt.Sprintf(`{"class_name":"Add","name":"a%d","config":{"name":"a%d"},"inbound_nodes":[[%s]]}`, k, k,
				joined(400, func(int) string { return fmt.Sprintf(`["%s",0,0,{}]`, in) }))
		}), "a59"),
		"keras calls.json": keras(fmt.Sprintf(`{"class_name":"Dense","name":"a","config":{"name":"a","units":8},"inbound_nodes":[[["i",0,0,{}]],%s]}`,
			joined(6000, func(k int) string { return fmt.Sprintf(`[["a",%d,0,{}]]`, k) })), "a"),
		"keras manifest.json": `[{"weights":[` + joined(200, func(i int) string {
			return fmt.Sprintf(`{"name":"%s%d","shape":[8,8],"dtype":"float32"}`, strings.Repeat("/", 2000), i)
		}) + "]}]",
		"tfjs nodes.json": `{"format":"graph-model","modelTopology":{"node":[{"name":"x","op":"Placeholder","attr":{"shape":{"shape":{"dim":[{"size":"1"},{"size":"8"}]}}}},` +
			joined(5000, func(i int) string {
				in := "x"
				if i > 0 {
					in = fmt.Sprint("c", i-1)
				}
				return fmt.Sprintf(`{"name":"c%d","op":"AddV2","input":["%s","%s"],"attr":{}}`, i, in, in)
			}) + `]},"weightsManifest":[]}`,
		"tfjs inputs.json": `{"format":"graph-model","modelTopology":{"node":[{"name":"x","op":"Placeholder","attr":{}},` +
			joined(200, func(i int) string {
				return fmt.Sprintf(`{"name":"c%d","op":"ConcatV2","input":[%s],"attr":{}}`, i, joined(400, func(int) string { return `"x"` }))
			}) + `]},"weightsManifest":[]}`,
		"stack again.stack": "input 8\na0: linear 8\n" + lines(60, func(i int) string {
			return fmt.Sprintf("repeat 1 as a%d { again @a%d; again @a%d }", i+1, i, i)
		}),
		"stack comments.stack": strings.Repeat("# a\n", 200_000) + "input 8\nlinear 8\n",
		"stack wrong.stack":    "input 8\n" + strings.Repeat("xyzzy 7\n", 20_000),
		"link.txt":             "#1." + strings.Repeat("r~", 300_000) + "end",
		"link cut.txt":         "#1z" + strings.Repeat("A", 500_000),
	} {
		tooltest.Hostile(t, name, []byte(text), tool.Readers...)
	}
}
