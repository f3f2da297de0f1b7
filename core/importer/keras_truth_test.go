package importer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/tensor"
)

// kerasUntold are files of the truth that tell neither layers nor weights: their
// total must say that it is none.
var kerasUntold = map[string]string{
	"keras3/keras_pre_pr22362_nested_container.keras.config.json": "a class of its author's own, without layers or weights",
}

// kerasStyle is how Keras counts.
var kerasStyle = count.Style{Keras: true, Biases: true}

// TestKerasTruth compares every Keras file of the truth with the weights in it.
func TestKerasTruth(t *testing.T) {
	dir := truth.Dir(t)
	total, trained := map[string]string{}, map[string]string{}
	for _, r := range truth.CSV(t, "keras_json.csv") {
		total[r["file"]], trained[r["file"]] = r["params_from_weights"], r["params_trainable_by_name"]
	}
	for _, r := range truth.CSV(t, "keras_tfjs_summary.csv") {
		if r["status"] == "ok" {
			trained[r["file"]] = r["trainable"]
			total[r["file"]] = cmp.Or(total[r["file"]], r["total_params"])
		}
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 1, 2, ' ', 0)
	fmt.Fprintln(w, "file\tformat\ttrue\tours\tdifference\ttrained\tours\topaque\tremark")
	files, clear, opaque := 0, 0, map[string]int{}
	err := filepath.WalkDir(filepath.Join(dir, "keras_json"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(filepath.Join(dir, "keras_json"), path)
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		res, format, problem := Import(fileOf(filepath.Base(name), data))
		if problem != nil {
			t.Errorf("%s: %v", name, problem)
			return nil
		}
		files++
		report := count.Of(res.Model)
		ours := report.Totals.Shown(kerasStyle)
		unknown := map[string]int{}
		res.Model.Walk(func(n arch.Node) {
			if l, ok := n.(*arch.Leaf); ok && l.Layer.Kind().Name == "opaque" {
				unknown[cmp.Or(l.Layer.Kind().Field("type").Text(l.Layer), "tensors alone")]++
			}
		})
		if len(unknown) == 0 {
			clear++
		}
		for kind, n := range unknown {
			opaque[kind] += n
		}
		remark, difference := "", "0"
		if want := trained[name]; want != "" && report.Totals.Trainable().Sub(report.Totals.Twins).String() != want {
			if remark = kerasTrained[name]; remark == "" {
				t.Errorf("%s: %v trained, true %s", name, report.Totals.Trainable(), want)
			}
		}
		switch {
		case kerasUntold[name] != "":
			if remark = kerasUntold[name]; !report.Totals.ParamsAtLeast {
				t.Errorf("%s: counted as %v, though it tells no weights", name, ours)
			}
		case ours.String() != total[name] || report.Totals.ParamsAtLeast:
			difference = "!"
			t.Errorf("%s: %v, true %s", name, ours, total[name])
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%v\t%s\t%s\t%v\t%s\t%s\n", name, format.Name, cmp.Or(total[name], "≥ 0"), ours, difference,
			cmp.Or(trained[name], "–"), report.Totals.Trainable(), tallied(unknown), remark)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Flush()
	t.Logf("\n%s%d files, %d without any opaque layer; opaque: %s", &table, files, clear, tallied(opaque))
}

// kerasTrained are totals of trained elements that the truth has otherwise.
var kerasTrained = map[string]string{
	"tfjs_manifest/face-api_ssd_mobilenetv1_model-weights_manifest.json": "the truth takes 20 whole numbers of the graph for trained",
}

func tallied(m map[string]int) string {
	var all []string
	for _, kind := range slices.Sorted(maps.Keys(m)) {
		all = append(all, fmt.Sprintf("%s ×%d", kind, m[kind]))
	}
	return cmp.Or(strings.Join(all, ", "), "–")
}

// TestKerasLayers compares every layer with what TensorFlow.js made of it: the
// output shape, the parameters and those that are trained.
func TestKerasLayers(t *testing.T) {
	dir := truth.Dir(t)
	nets := map[string]*kerasRun{}
	layers, shapes := 0, 0
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
			t.Errorf("%s: %s (%s): %d parameters, %d trained; true %s, %s", name, r["layer"], r["class"], params, trained, r["params"], r["trainable_params"])
		}
		want, _ := sizesOf(json.RawMessage(r["output_shape"]))
		if got := net.shape(out[len(out)-1]); !got.Equal(tensor.Of(want[1:]...)) {
			t.Errorf("%s: %s (%s): %v, true %v", name, r["layer"], r["class"], got, want[1:])
			continue
		}
		shapes++
	}
	t.Logf("%d layers of %d files, %d output shapes equal", layers, len(nets), shapes)
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
