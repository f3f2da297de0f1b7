//go:build interop

package keras

import (
	"encoding/json"
	"os"
	"os/exec"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/target"
	"path/filepath"
	"strings"
	"testing"
)

// A tfjsJob is one network for tfjs_run.mjs.
type tfjsJob struct {
	ID, File string
	Params   string             // as Keras counts
	Shapes   map[string][]int64 // of each layer's output in Keras' order, without batch
}

// tfjsJobOf writes a network as Keras JSON; false if TensorFlow.js has no such
// layer, and why.
func tfjsJobOf(t *testing.T, dir, id string, n *target.Network) (tfjsJob, string) {
	out, problems := writeJSON(n)
	if errors := tooltest.ErrorsOf(problems); len(errors) > 0 {
		return tfjsJob{}, errors[0].Error()
	}
	for _, d := range problems {
		if d.Say.Key == catalog.ExportGroups {
			return tfjsJob{}, "TensorFlow.js knows no groups"
		}
		if d.Say.Key == catalog.ExportNoOutput {
			return tfjsJob{}, "a layer leads to no output"
		}
	}
	if strings.Contains(out, `"reset_after": true`) {
		return tfjsJob{}, "TensorFlow.js has no GRU that resets after"
	}
	if strings.Contains(out, `"Resizing"`) {
		return tfjsJob{}, "TensorFlow.js' Resizing forgets the batch in its output shape"
	}
	for _, class := range []string{"Subtract", "GroupNormalization", "DepthwiseConv1D", "SeparableConv1D", "Conv1DTranspose", "Cropping1D", "ZeroPadding1D", "ZeroPadding3D", "UpSampling1D", "GlobalAveragePooling3D", "SpatialDropout2D", "ConvLSTM1D"} {
		if strings.Contains(out, `"`+class+`"`) {
			return tfjsJob{}, "TensorFlow.js has no " + class
		}
	}
	job := tfjsJob{ID: id, File: filepath.Join(dir, id+".keras.json"), Shapes: map[string][]int64{}}
	if err := os.WriteFile(job.File, []byte(out), 0o644); err != nil {
		t.Fatal(err)
	}
	job.Params = n.Report.Totals.Shown(count.Style{Biases: true, Keras: true}).String()
	f, _ := oplist.Of(n)
	m := &modelJSON{net: n, flat: f, byName: map[string]*layerNode{}, uses: make([]blockUse, len(f.Ops)), values: make([]held, len(f.Ops)), layers: map[int][]string{}}
	sequences := entersAsSequences(n)
	for i := range f.Ops {
		m.add(i, sequences)
		if m.uses[i].call > 0 {
			continue // a second use: the layer has several outputs
		}
		job.Shapes[m.uses[i].name] = numbersOf(m.values[i].order.theirs(f.Ops[i].Row.Out))
	}
	return job, ""
}

// TestTFJS loads exported Keras JSON in TensorFlow.js, and compares its
// countParams() and the output shape of every layer with ours.
func TestTFJS(t *testing.T) {
	t.Parallel()
	dir := tooltest.Interop(t)
	jobs := tooltest.ZooJobs(t, "TensorFlow.js", func(id string, n *target.Network) (tfjsJob, string) {
		return tfjsJobOf(t, dir, id, n)
	})
	for i, c := range jsonKinds {
		file, problems := text.Parse(c)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", c, problems[0])
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model)}
		job, why := tfjsJobOf(t, dir, "keras-kind"+num.Of(int64(i)).String(), n)
		if job.ID = c; why != "" {
			t.Errorf("%s: %s", c, why)
			continue
		}
		jobs = append(jobs, job)
	}
	data, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "tfjs.json")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("testdata/tfjs_run.mjs")
	if err != nil {
		t.Fatal(err)
	}
	// Node finds packages from where a script lies.
	here := filepath.Join(dir, "tfjs_run.mjs")
	if err := os.WriteFile(here, script, 0o644); err != nil {
		t.Fatal(err)
	}
	tooltest.Run(t, exec.Command("node", "--max-old-space-size=8000", here, file))
}

// jsonKinds are small networks with the kinds that TensorFlow.js knows, and with
// the options that change how they are written.
var jsonKinds = []string{
	"input 3x9x11; conv 8 k3; conv 8 k3x1 s1x2 p1x0; conv 8 k2 psame; conv 8 k3 s2 padding=keras-same nobias; conv 16 k3 p1 g8; depthwise 3 m2 psame; separable 6 k3 psame",
	"input 3x20; conv 8 k3 d2; relu; maxpool 2; avgpool 2; globalavgpool flat; linear 3",
	"input 3x6x7x8; conv 8 k3; bn; maxpool 2 s1; relu6",
	"input 4x9x9; convtranspose 6 k3 s2 psame; convtranspose 6 k4 s2 p1; convtranspose 6 k3 pvalid; convtranspose 6 k4 s2 p2 nobias; convtranspose 6 k3 s2 p1",
	"input 4x11x11; relu; maxpool 3 s2 p1; maxpool 3 s2 ceil; avgpool 2 s1 p1; upsample 2; maxpool 3 s1 p1; upsample 2 interpolation=bilinear",
	"input 8x12x12; adaptiveavgpool 3x4; mean 2x3; linear 4 nobias; leakyrelu 0.2; elu; sigmoid; tanh; selu; gelu; silu; softplus; softsign; mish; hardsigmoid; hardswish; identity; scale 0.3; softmax",
	"input 5x7; rnn 4 layers=2 bidirectional; lstm 6; lstm 4 bidirectional merge=sum; lstm 4 bidirectional last; linear 2",
	"input 5x7; rnn 4 nonlinearity=relu nobias; gru 3 resetbefore; layernorm; lstm 5 last; repeatvector 3; permute 2x1; linear 6",
	"input 2x3x8x9; convlstm 4 k3 psame; convlstm 5 k3 s2 nobias; convlstm 2 k2 last; bn; globalmaxpool",
	"input 6; embedding 50x8; dropout; flatten; reshape 4x3x4; conv 2 k1; prelu; prelu 2; prelu each; squeeze; flatten start=2; matmul { | permute 2x1 }",
	"input 4x6x6; bn noscale nobias; dropout; alphadropout; gaussiandropout; gaussiannoise; stochasticdepth 0.2; layernorm over=channels; layernorm 6x6; pad 1; pad 2x0x0; crop 1+0; pad -1; pad 1; channelshuffle 2; pixelshuffle 2; chunk 2 dim=2; slice from=1 dim=3",
	"input 4x6x6; concat { conv 3 k1 | maxpool 3 s1 p1 | }; mul { | globalavgpool; conv 11 k1; sigmoid }; max { | relu }; min { | relu }; average { | tanh }; chunk 3; side { | flatten; linear 3 }; linear 5; concat dim=2 { | }",
	"a: input 8; b: input 8; t: linear 4; from @a; again @t; add @t; repeat 3 shared { linear 4; relu }; repeat 2 { add { linear 4 | } }; u: linear 4; linear 4 shares @u",
}
