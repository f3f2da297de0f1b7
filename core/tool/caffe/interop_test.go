//go:build interop

package caffe

import (
	"os"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/tool/target"
	"path/filepath"
	"strings"
	"testing"
)

// A caffeJob is one network for caffe_run.py.
type caffeJob struct {
	ID, File string
	Inputs   [][]int64
	Blobs    map[string][][]int64 // of each layer that has some
	Shapes   map[string][]int64   // of each op's value
	Elements string               // of all blobs together
}

func caffeJobOf(t *testing.T, dir, id string, n *target.Network) (caffeJob, string) {
	m, d := newModel(n)
	if d != nil {
		return caffeJob{}, d.Error()
	}
	if errors := tooltest.ErrorsOf(m.problems); len(errors) > 0 {
		return caffeJob{}, errors[0].Error()
	}
	job := caffeJob{ID: id, File: filepath.Join(dir, id+".prototxt"), Blobs: map[string][][]int64{}, Shapes: map[string][]int64{}}
	// OpenCV's schema calls what caffe.proto has as round_mode by another name.
	source := strings.ReplaceAll(m.text(), "round_mode: FLOOR", "ceil_mode: false")
	if err := os.WriteFile(job.File, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	taken := map[int]int{}
	total := int64(0)
	for _, node := range m.nodes {
		o := &m.flat.Ops[node.op]
		var shapes [][]int64
		for _, w := range o.Row.Weights {
			if stat := w.Class == layer.ClassStat || w.Class == layer.ClassCounter; node.class == "BatchNorm" && stat || node.class != "BatchNorm" && !stat {
				shape := w.Shape
				switch {
				case len(shape) == 0:
					shape = []int64{1}
				case node.class == "Embed":
					shape = []int64{shape[0], shape[1]}
				case node.class == "Scale" && len(shape) > 1:
					shape = shape[:1]
				}
				shapes = append(shapes, shape)
			}
		}
		if node.class != "BatchNorm" {
			shapes = shapes[min(taken[node.op], len(shapes)):]
			taken[node.op] += node.blobs
		}
		if node.blobs > 0 {
			job.Blobs[node.name] = shapes[:node.blobs]
			for _, s := range shapes[:node.blobs] {
				n := int64(1)
				for _, v := range s {
					n *= v
				}
				if o.Reuses < 0 {
					total += n
				}
			}
		}
	}
	job.Elements = num.Of(total).String()
	for i, o := range m.flat.Ops {
		shape := []int64{1}
		for _, d := range o.Row.Out {
			shape = append(shape, d.N)
		}
		if o.Layer.Kind().Group == layer.GroupInput {
			job.Inputs = append(job.Inputs, shape)
		}
		if m.tops[i] != "" {
			job.Shapes[m.tops[i]] = shape
		}
	}
	// Batch norm's counter is one number in Caffe too.
	c := n.Report.Totals
	if want := c.Params(true).Add(c.Buffers()).String(); want != job.Elements {
		t.Errorf("%s: the blobs hold %s numbers, the layers %s", id, job.Elements, want)
	}
	return job, ""
}

// TestOpenCV loads exported prototxts, with blobs of the shapes that our layers
// declare, in OpenCV's dnn, which refuses blobs that do not suit a layer, and
// wants the output shape of every layer to be ours.
func TestOpenCV(t *testing.T) {
	t.Parallel()
	dir := tooltest.Interop(t)
	jobs := tooltest.ZooJobs(t, "OpenCV", func(id string, n *target.Network) (caffeJob, string) {
		job, why := caffeJobOf(t, dir, id, n)
		if why == "" && n.Report.Totals.Params(true).Float() > 250e6 {
			why = "its blobs are too large for one file"
		}
		return job, why
	})
	for i, c := range caffeKinds {
		file, problems := text.Parse(c)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", c, problems[0])
		}
		job, why := caffeJobOf(t, dir, "caffe-kind"+num.Of(int64(i)).String(), &target.Network{Model: file.Model, Report: count.Of(file.Model)})
		if job.ID = c; why != "" {
			t.Errorf("%s: %s", c, why)
			continue
		}
		jobs = append(jobs, job)
	}
	tooltest.RunPython(t, dir, "caffe_run.py", jobs)
}

// caffeKinds are small networks with the kinds that Caffe knows.
var caffeKinds = []string{
	"input 3x9x11; conv 8 k3; conv 8 k3x1 s1x2 p1x0; conv 8 k3 psame; conv 16 k3 p1 g8; depthwise 3 m2 psame; separable 6 k3 psame; conv 4 k3 p2 d2 nobias",
	"input 4x9x9; convtranspose 6 k3 s2 p1; convtranspose 6 k4 s2 psame; convtranspose 6 k4 s2 p1 g2 nobias",
	"input 4x12x12; maxpool 3 s2; maxpool 3 s2 p1; maxpool 2 ceil",
	"input 4x13x13; maxpool 3 s2 ceil; avgpool 2; maxpool 2 s1; adaptiveavgpool 1; flatten; linear 3 nobias; softmax",
	"input 8x6x6; bn; bn noaffine; bn nobias; lrn 3; prelu; prelu 8; leakyrelu 0.1; elu; sigmoid; tanh; relu6; hardswish; hardsigmoid; silu; dropout; stochasticdepth 0.2; layerscale over=channels bias; scale 0.3",
	"input 4x6x6; add { relu | tanh }; crop 1+0x0+1; mul { | globalavgpool; conv 4 k1; sigmoid }; max { | relu }; concat { | conv 2 k1 }; channelshuffle 2; concat { chunk 2 | chunk 2 part=1 }; permute 2x3x1; reshape 5x30; linear 5",
	"input 4x6x6; t: conv 4 k3 p1; again @t; repeat 2 shared { conv 4 k1 frozen; relu }; side { | globalavgpool flat; linear 2 }; concat dim=2 { | }",
}
