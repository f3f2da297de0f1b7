package importer

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/tensor"
)

// kerasStyle is how Keras counts.
var kerasStyle = count.Style{Keras: true, Biases: true}

// kerasTruth lists the files of Keras and TensorFlow.js with the weights in them;
// the trained elements are checked too.
func kerasTruth(t *testing.T) (files []truthFile) {
	labels := map[string]string{"h5": "Keras HDF5", "keras-config-json": "Keras JSON", "keras3-zip": ".keras", "tfjs-layers-model": "TensorFlow.js", "tfjs-manifest-only": "TensorFlow.js manifest"}
	index := map[string]int{}
	add := func(name, kind, total string) {
		if labels[kind] == "" {
			t.Errorf("%s is of a new kind, %s", name, kind)
		}
		index[name] = len(files)
		files = append(files, truthFile{path: "keras_json/" + name, format: labels[kind], reader: "keras", total: trueCount(total), ours: countKeras})
	}
	trained := map[string]string{}
	for _, r := range truth.CSV(t, "keras_json.csv") {
		add(r["file"], r["kind"], r["params_from_weights"])
		trained[r["file"]] = r["params_trainable_by_name"]
	}
	for _, r := range truth.CSV(t, "keras_tfjs_summary.csv") {
		if r["status"] != "ok" {
			continue
		}
		trained[r["file"]] = r["trainable"]
		if at, told := index[r["file"]]; !told {
			add(r["file"], "keras-config-json", r["total_params"])
		} else if total := trueCount(r["total_params"]); !total.Equal(files[at].total) {
			t.Errorf("%s: the truth has %s and %s", r["file"], total, files[at].total)
		}
	}
	for name, want := range trained {
		f := &files[index[name]]
		if f.remark = kerasTrained[name]; f.remark != "" || want == "" {
			continue
		}
		f.check = func(t *testing.T, _ *Result, report *count.Report) {
			if got := report.Totals.Trainable().Sub(report.Totals.Twins); got.String() != want {
				t.Errorf("%s: %s trained, true %s", name, got, want)
			}
		}
	}
	return files
}

// TestKerasUntold reads a model that tells neither layers nor weights: its total
// must say that it is none.
func TestKerasUntold(t *testing.T) {
	const name = "keras3/keras_pre_pr22362_nested_container.keras.config.json"
	data, err := os.ReadFile(filepath.Join(truth.Dir(t), "keras_json", name))
	if err != nil {
		t.Fatal(err)
	}
	res, _, problem := Import(fileOf(filepath.Base(name), data))
	if problem != nil {
		t.Fatal(problem)
	}
	if k := count.Of(res.Model).Totals; !k.ParamsAtLeast || !k.Params(true).IsZero() {
		t.Errorf("counted as %s, though it tells no weights", k.Params(true))
	}
}

// kerasTrained are totals of trained elements that the truth has otherwise.
var kerasTrained = map[string]string{
	"tfjs_manifest/face-api_ssd_mobilenetv1_model-weights_manifest.json": "the truth takes 20 whole numbers of the graph for trained",
}

// TestKerasLayers compares every layer with what TensorFlow.js made of it: the
// output shape, the parameters and those that are trained. Files without rows there
// are listed, with what stands for them.
func TestKerasLayers(t *testing.T) {
	dir := truth.Dir(t)
	nets := map[string]*kerasRun{}
	layers, differ := 0, 0
	for _, r := range truth.CSV(t, "keras_tfjs_layers.csv") {
		name := r["file"]
		if nets[name] == nil {
			data, err := os.ReadFile(filepath.Join(dir, "keras_json", name))
			if err != nil {
				t.Fatal(err)
			}
			nets[name] = runKeras(t, name, data)
		}
		net := nets[name]
		out, ok := net.made[r["layer"]]
		if !ok {
			t.Errorf("%s: no layer %s", name, r["layer"])
			differ++
			continue
		}
		layers++
		var params, trained int64
		for _, v := range out {
			if row := net.rows[v.node]; row != nil {
				own := row.Counts
				if row.Form == count.FormBranch {
					own = row.Own
				}
				n, _ := own.Shown(kerasStyle).Int64()
				params += n
				n, _ = own.Trainable().Sub(own.Twins).Int64()
				trained += n
			}
		}
		if fmt.Sprint(params) != r["params"] || fmt.Sprint(trained) != r["trainable_params"] {
			differ++
			t.Errorf("%s: %s (%s): %d parameters, %d trained; true %s, %s", name, r["layer"], r["class"], params, trained, r["params"], r["trainable_params"])
		}
		want, _ := sizesOf(json.RawMessage(r["output_shape"]))
		if got := net.shape(out[len(out)-1]); !got.Equal(tensor.Of(want[1:]...)) {
			t.Errorf("%s: %s (%s): %v, true %v", name, r["layer"], r["class"], got, want[1:])
			differ++
		}
	}
	not := map[string]int{}
	for _, f := range kerasTruth(t) {
		name := strings.TrimPrefix(f.path, "keras_json/")
		switch {
		case nets[name] != nil:
		case nets[name+".config.json"] != nil:
			not["compared by the config in it: "+f.format]++
		case strings.HasSuffix(f.format, "manifest"), strings.HasSuffix(name, ".weights.h5"):
			not["weights alone: "+f.format]++
		default:
			not["TensorFlow.js cannot load it: "+f.format]++
		}
	}
	t.Logf("%d layers of %d files: the output shape and the counts of each compared, %d differ; files not compared: %s", layers, len(nets), differ, tallied(not))
}

// A kerasRun is a network with the rows of its report by node.
type kerasRun struct {
	*kerasNet
	result *Result
	report *count.Report
	rows   map[string]*count.Row
}

// runKeras reads a model and keeps the name of every node.
func runKeras(t *testing.T, name string, data []byte) *kerasRun {
	t.Helper()
	model, store, err := parseKeras(data, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, problem(err))
	}
	k, err := newKerasNet(fileOf(name, data), model, store)
	if err != nil {
		t.Fatalf("%s: %v", name, problem(err))
	}
	res, err := k.read()
	if err != nil {
		t.Fatalf("%s: %v", name, problem(err))
	}
	for i := range k.g.Nodes {
		k.g.Nodes[i].Keep = true
	}
	m, err := k.g.Stack()
	if err != nil {
		t.Fatalf("%s: %v", name, problem(err))
	}
	run := &kerasRun{kerasNet: k, result: res, report: count.Of(m), rows: map[string]*count.Row{}}
	byLabel := map[string]*count.Row{}
	var walk func(rows []*count.Row)
	walk = func(rows []*count.Row) {
		for _, r := range rows {
			if r.Form == count.FormLeaf || r.Form == count.FormBranch {
				byLabel[r.Node.Head().Label] = r
			}
			walk(r.Children)
		}
	}
	walk(run.report.Rows)
	for _, n := range k.g.Nodes {
		run.rows[n.Name] = byLabel[Label(n.Name)]
	}
	return run
}

// shape returns what a node gives, in Keras' order.
func (r *kerasRun) shape(v kerasValue) tensor.Shape {
	row := r.rows[v.node]
	if row == nil || len(row.Out) != len(v.order) {
		return nil
	}
	out := make(tensor.Shape, len(row.Out))
	for i, axis := range v.order {
		out[axis] = row.Out[i]
	}
	return out
}
