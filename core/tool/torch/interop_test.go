//go:build interop

package torch

import (
	"fmt"
	"os"
	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/tool/target"
	"paramstack/core/zoo"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// An event is what a forward pass is expected to do next: "m" a module, "f" a
// function, and the shape of what it gives without the batch; none: any.
type event struct {
	Type  string
	Shape []int64
	Name  string
}

// events lists what a forward pass does, every turn of every repeat.
func events(w *program, rows []*count.Row) []event {
	whole := func(call string) bool { // what a module gives is what the layer gives
		return call == "{m}({x})[0]" || call == "{m}({x}.contiguous())"
	}
	var all []event
	shape := func(s tensor.Shape) []int64 {
		n := make([]int64, len(s))
		for i := range s {
			n[i] = s[i].N
		}
		return n
	}
	spelled := func(row *count.Row, l layer.Layer) {
		code := w.code(row, l)
		for i := range code.modules {
			e := event{Type: "m", Name: row.Name}
			if i == len(code.modules)-1 && (code.call == "" || whole(code.call)) {
				e.Shape = shape(row.Out)
			}
			all = append(all, e)
		}
		one := row.Form == count.FormBranch && len(row.In) == 1 && len(code.modules) == 0 // a + alone does nothing
		if code.call != "" && code.call != "{x}" && !whole(code.call) && !one {
			all = append(all, event{"f", shape(row.Out), row.Name})
		}
	}
	for _, row := range rows {
		switch row.Form {
		case count.FormLeaf:
			l := row.Node.(*arch.Leaf).Layer
			switch {
			case l.Kind().Takes != layer.TakesNone:
				spelled(row, l)
			case l.Kind().Group != layer.GroupInput:
				all = append(all, event{"f", shape(row.Out), row.Name})
			}
		case count.FormTurn:
			one := events(w, row.Children)
			for range row.Turns() {
				all = append(all, one...)
			}
		default:
			all = append(all, events(w, row.Children)...)
			if b, ok := row.Node.(*arch.Branch); ok && row.Form == count.FormBranch && b.Join.Kind().Takes != layer.TakesFirst && b.Join.Kind().Takes != layer.TakesLabel {
				spelled(row, b.Join)
			}
		}
	}
	return all
}

// A torchJob is one network for torch_run.py.
type torchJob struct {
	ID, File, Class            string
	Inputs                     [][]int64
	Batch                      int64 // how many samples at once, if it is real
	Indices                    int64 // the inputs are whole numbers below this; 0: they are not
	Helpers                    []string
	Params, Trainable, Buffers string
	Events                     []event
	Open                       bool // extents were left open: that it runs is all that can be compared
	Real                       bool // a real forward pass, not only shapes
}

// torchJobOf writes a network as code into a folder.
func torchJobOf(t *testing.T, dir, id string, n *target.Network) (torchJob, bool) {
	w := newProgram(n)
	text := w.text()
	if len(w.problems) > 0 {
		t.Errorf("%s: %v", id, w.problems[0])
		return torchJob{}, false
	}
	file := filepath.Join(dir, id+".py")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	w.helpers["DeformConv2d"] = true // of torchvision, watched as our own
	job := torchJob{ID: id, File: file, Batch: 1, Events: events(w, n.Report.Rows)}
	job.Class = text[strings.LastIndex(text, "\nclass ")+7:]
	job.Class = job.Class[:strings.Index(job.Class, "(")]
	for name := range w.helpers {
		job.Helpers = append(job.Helpers, name)
	}
	total := n.Report.Totals
	job.Params, job.Trainable, job.Buffers = total.Params(true).String(), total.Trainable().String(), total.Buffers().String()
	n.Report.Leaves(func(row *count.Row, _ num.Int) {
		switch k := row.Kind(); {
		case k.Takes == layer.TakesNone && k.Group == layer.GroupInput:
			var in []int64
			for _, d := range row.Out {
				in = append(in, d.N)
			}
			job.Inputs = append(job.Inputs, in)
		case strings.HasPrefix(k.Name, "embedding") && job.Indices == 0:
			job.Indices = row.Weights[0].Shape[0]
		}
	})
	return job, true
}

// TestTorch runs what is exported in real PyTorch: the parameters, the buffers,
// and the output shape of every layer in one forward pass at the stated input.
// The smallest network of every family is computed; the others, whose weights
// would not all fit into memory and time, propagate their shapes through
// PyTorch's meta device, which runs the same code without values.
func TestTorch(t *testing.T) {
	t.Parallel()
	dir := tooltest.Interop(t)
	var jobs []torchJob
	smallest := map[string]int{}
	macs := map[int]float64{}
	for _, z := range zoo.All() {
		n := tooltest.NetOf(z)
		job, ok := torchJobOf(t, dir, z.ID, n)
		if !ok {
			continue
		}
		i := len(jobs)
		jobs = append(jobs, job)
		macs[i] = n.Report.Totals.MACs.Float()
		if old, ok := smallest[z.Family]; (!ok || macs[i] < macs[old]) && macs[i] < 5e10 {
			smallest[z.Family] = i
		}
	}
	for _, i := range smallest {
		jobs[i].Real = true
	}
	sort.SliceStable(jobs, func(i, j int) bool { return jobs[i].Real && !jobs[j].Real })
	tooltest.RunPython(t, dir, "torch_run.py", jobs)
}

// TestTorchKinds runs a small network for every kind and option in real PyTorch.
func TestTorchKinds(t *testing.T) {
	dir := tooltest.Interop(t)
	var jobs []torchJob
	for i, c := range tooltest.Kinds {
		file, problems := text.Parse(c)
		if len(problems) > 0 {
			t.Errorf("%s: %v", c, problems[0])
			continue
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model)}
		job, ok := torchJobOf(t, dir, fmt.Sprintf("kind%d", i), n)
		job.ID = strings.Join(strings.Fields(c), " ")
		job.Real = true
		if ok {
			jobs = append(jobs, job)
		}
	}
	tooltest.RunPython(t, dir, "torch_run.py", jobs)
}
