//go:build interop

package keras

import (
	"fmt"
	"os"
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/target"
	"path/filepath"
	"strings"
	"testing"
)

// An event is a layer that code must call next, and the shape it must return,
// without the batch; none: any.
type event struct {
	Class string
	Shape []int64
}

// A job is one network for keras_run.py.
type job struct {
	ID, File       string
	Params, Frozen string // as Keras counts
	Events         []event
	Outputs        [][]int64
}

// eventsOf lists what code does, of the network written out.
func eventsOf(n *target.Network) ([]event, [][]int64) {
	f, _ := oplist.Of(n)
	var all []event
	values := make([]held, len(f.Ops))
	back := factsOf(n).back
	sides := func(s tensor.Shape, v held) []int64 {
		return numbersOf(v.order.theirs(s))
	}
	for i := range f.Ops {
		o := &f.Ops[i]
		if o.Layer.Kind().Takes == layer.TakesNone {
			class := "Table"
			values[i].order = asIs(len(o.Row.Out))
			if o.Layer.Kind().Group == layer.GroupInput {
				class, values[i].order = "Input", inputOrder(o.Row.Out, entersAsSequences(n))
			}
			all = append(all, event{class, sides(o.Row.Out, values[i])})
			continue
		}
		ins := make([]held, len(o.Inputs))
		for k, in := range o.Inputs {
			ins[k] = values[in]
		}
		sp, _ := counterpartOf(o.Name, o.Row, o.Layer, ins, true)
		values[i] = sp.out
		for _, before := range sp.before {
			for _, c := range before {
				all = append(all, event{Class: c.class})
			}
		}
		var did []event
		if sp.fn != "" {
			did = append(did, event{Class: "op"})
		}
		for _, c := range sp.chain {
			if back[o.Row.ID] || o.Shares >= 0 && back[f.Ops[o.Shares].Row.ID] {
				c.class = reversibleEmbedding
			}
			did = append(did, event{Class: c.class})
		}
		if len(did) > 0 {
			did[len(did)-1].Shape = sides(o.Row.Out, sp.out)
		}
		all = append(all, did...)
	}
	var outputs [][]int64
	for _, o := range f.Outputs {
		outputs = append(outputs, sides(f.Ops[o].Row.Out, values[o]))
	}
	return all, outputs
}

// jobOf writes a network as code into a folder; false if it cannot be expressed,
// and why.
func jobOf(t *testing.T, dir, id string, n *target.Network) (job, string) {
	code, problems := CodeWriter.Write(n)
	if errors := tooltest.ErrorsOf(problems); len(errors) > 0 {
		if !strings.Contains(code, "raise NotImplementedError(") {
			t.Errorf("%s: no error is in the place of %v", id, errors[0])
		}
		return job{}, errors[0].Error()
	}
	for _, d := range problems {
		if d.Say.Key == catalog.ExportNoOutput {
			return job{}, d.Error()
		}
	}
	j := job{ID: id, File: filepath.Join(dir, id+".keras.py")}
	if err := os.WriteFile(j.File, []byte(code), 0o644); err != nil {
		t.Fatal(err)
	}
	style := count.Style{Keras: true, Biases: true}
	var frozen num.Int
	n.Report.Leaves(func(row *count.Row, times num.Int) {
		if leaf, ok := row.Node.(*arch.Leaf); ok && (leaf.Frozen || row.Kind().Name == "buffer") {
			frozen = frozen.Add(row.Counts.Shown(style).Mul(times))
		}
	})
	j.Params, j.Frozen = n.Report.Totals.Shown(style).String(), frozen.String()
	j.Events, j.Outputs = eventsOf(n)
	return j, ""
}

// TestKeras runs exported code in a substitute for Keras 3 (keras_run.py): the
// parameters, every layer's output shape, and the outputs must be ours.
func TestKeras(t *testing.T) {
	t.Parallel()
	dir := tooltest.Interop(t)
	jobs := tooltest.ZooJobs(t, "Keras", func(id string, n *target.Network) (job, string) { return jobOf(t, dir, id, n) })
	kinds := append(append([]string{}, jsonKinds...), codeKinds...)
	must := len(kinds)
	for i, c := range append(kinds, tooltest.Kinds...) {
		file, problems := text.Parse(c)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", c, problems[0])
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model)}
		job, why := jobOf(t, dir, fmt.Sprintf("keras-code-kind%d", i), n)
		if job.ID = c; why == "" {
			jobs = append(jobs, job)
		} else if i < must {
			t.Errorf("%s: %s", c, why)
		}
	}
	hostile := hostileNet(t)
	hostile.Model = arch.New(hostile.Model.Name, hostile.Model.Body[:4], nil) // the last one cannot be expressed
	hostile.Report = count.Of(hostile.Model)
	job, why := jobOf(t, dir, "hostile", hostile)
	if why != "" {
		t.Error(why)
	}
	tooltest.RunPython(t, dir, "keras_run.py", append(jobs, job))
}

// codeKinds are small networks with what only code can express, and with the
// structures that change how it is written.
var codeKinds = []string{
	"input 4x11x11; maxpool 3 s2 p1; conv 4 k1; maxpool 3 s2 ceil; tanh; maxpool 2 s1 p1; pad 1x2 mode=reflect; pad 1 fill=-2; pad 1+0x0+2",
	"input 4x20; maxpool 3 s2 p1; conv 6 k3 s2 p1; conv 6 k3 padding=causal d2; upsample 2; globalmaxpool",
	"input 3x6x7x8; maxpool 3 s2 p1; conv 4 k3 s2 p1; upsample 2; avgpool 2; globalavgpool",
	"input 5x8; attention 2; attention 4 nobias; attention 2 causal; a: linear 12; attention 4 { @a | linear 6 }; attention 2 { | linear 6 | linear 4 }; attention 2 head_dim=3 dropout=0.1",
	"input 3x5x8; attention 2; layernorm; rmsnorm; select 0; select -1",
	"input 5x8; exp; logsigmoid; celu 0.7; tanhshrink; softshrink 0.3; hardshrink; logsoftmax; gelu approximate=tanh; hardswish; silu; roll 1x-2 dims=1x2; mean 1; sum 1 keepdim",
	"input 4x6x6; lrn; lrn 3 alpha=0.1 k=2; layerscale over=channels; layerscale 0.1 over=channels bias; permute 2x3x1; layernorm; linear 8; permute 3x1x2; conv 4 k1; slice from=1; slice dim=2 step=2 to=-1; chunk 3 part=1; amax 1 keepdim",
	"input 3x8; concat { param 1x8 | }; add { | param 4x8 }; mul { | buffer 4x8 }; add { | p: param 4x8 }; matmul { | permute 2x1 }; matmul transpose { | linear 4 }",
	"input 2x3x4; matmul { | permute 1x3x2 }; matmul transpose { | linear 5; linear 3 }",
	"input 7x6; permute 2x1; conv 4 k3; permute 2x1; linear 3", "input 7x6; permute 2x1; linear 4; permute 2x1",
	"input 4x8x8; repeat 3 { add { conv 4 k3 p1; bn; relu; conv 4 k1 | } ; relu }; repeat 4 { conv 5 k1; relu }; repeat 2 { repeat 3 { conv 5 k1; tanh } }; repeat 2 { conv 6 k1; repeat 2 { add { conv 6 k1; relu; conv 6 k1; relu | } } }",
	"input 4x32x32; t: conv 4 k3 p1; repeat 2 { u: conv 4 k1; add { conv 4 k3 p1 | @u } }; repeat 3 { conv 4 k1; add @t }; repeat 2 { conv 4 k3; maxpool 2 }; s: relu; repeat 3 { s2: conv 4 k1; relu }; add @s2; add @s",
	"input 6x8; repeat 3 { permute 2x1; linear 8; permute 2x1; linear 8 }; repeat 4 { permute 2x1; relu }; repeat 2 { relu; conv 6 k1; maxpool 3 s1 p1; maxpool 2 s1 p1 }",
	"input 4x8x8; repeat 4 shared { conv 4 k3 p1; relu }; tower: repeat 2 { add { conv 4 k1 frozen | }; relu }; again @tower; repeat 2 shared { again @tower }; repeat 3 shared { repeat 2 { conv 4 k1 } }",
	"a: input 4x6; b: input 4x6; linear 3 frozen; add { | @a linear 3 }; repeat 3 { concat dim=2 { | linear 2 } }; repeat 2 { linear 5 }; side { | | relu | linear 2 }; linear 7",
	"input 3x8x8; tower: from { conv 4 k3; in: relu; add { conv 4 k1 | @in } }; x1: globalavgpool; input 3x8x8; again @tower; globalavgpool; sub @x1",
	"input 9; w: embedding 20x6; linear 6; linear 20 nobias shares @w; permute 2x1; relu", "input 9; e: embedding 9x9; permute 2x1; linear 9 nobias shares @e; linear 9 nobias shares @e",
	"input 4x6; s: linear 6; linear 6 shares @s; l: layerscale; layerscale shares @l; from { linear 6 shares @s; relu }",
	"conv: input 4x8x8; conv2: conv 4 k1; conv2_1: repeat 2 { add { conv 4 k1; relu; conv 4 k1 | }; relu; conv 4 k1; relu }; conv2_1_2_conv: conv 4 k3; conv2_1_conv: conv 4 k1; pad: pad 1; maxpool 3 s1 p1; pad 1 fill=2; layers: conv 4 k1; keras: conv 4 k1; x: relu; name: conv 4 k1; add { @layers | @keras | @x | @name }",
}
