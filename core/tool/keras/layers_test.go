package keras

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// style is how Keras counts.
var style = count.Style{Keras: true, Biases: true}

// TestKerasLayers compares every layer with what TensorFlow.js computed for it: the
// output shape, the parameters and those that are trained. Files without rows there
// are listed, with what replaces them.
func TestKerasLayers(t *testing.T) {
	nets, absent := map[string]*readModel{}, map[string]int{}
	layers, differ := 0, 0
	for _, r := range truth.CSV(t, "keras_tfjs_layers.csv") {
		name := r["file"]
		if nets[name] == nil {
			data := truth.Read(t, "keras_json/"+name)
			if data == nil {
				absent[name]++
				continue
			}
			nets[name] = readFile(t, name, data)
		}
		net := nets[name]
		out, ok := net.first[r["layer"]]
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
				n, _ := own.Shown(style).Int64()
				params += n
				n, _ = own.Trainable().Sub(own.Twins).Int64()
				trained += n
			}
		}
		if fmt.Sprint(params) != r["params"] || fmt.Sprint(trained) != r["trainable_params"] {
			differ++
			t.Errorf("%s: %s (%s): %d parameters, %d trained; true %s, %s", name, r["layer"], r["class"], params, trained, r["params"], r["trainable_params"])
		}
		want := shapeIn(json.RawMessage(r["output_shape"]))
		if got := net.shape(out[len(out)-1]); !got.Equal(tensor.Of(want[1:]...)) {
			t.Errorf("%s: %s (%s): %v, true %v", name, r["layer"], r["class"], got, want[1:])
			differ++
		}
	}
	not := map[string]int{}
	for _, f := range truth.CSV(t, "keras_json.csv") {
		name := f["file"]
		switch {
		case nets[name] != nil, len(absent) > 0:
		case nets[name+".config.json"] != nil:
			not["compared by the config in it: "+f["kind"]]++
		case f["kind"] == "tfjs-manifest-only", strings.HasSuffix(name, ".weights.h5"):
			not["weights alone: "+f["kind"]]++
		default:
			not["TensorFlow.js cannot load it: "+f["kind"]]++
		}
	}
	truth.Absent(t, len(absent))
	t.Logf("%d layers of %d files: the output shape and the counts of each compared, %d differ; files not compared: %s", layers, len(nets), differ, tooltest.Tallied(not))
}

// A readModel is a network with the rows of its report by node.
type readModel struct {
	*builder
	result *source.Result
	report *count.Report
	rows   map[string]*count.Row
}

// readFile reads a model and keeps the name of every node.
func readFile(t *testing.T, name string, data []byte) *readModel {
	t.Helper()
	file := tooltest.File(name, data)
	j, store, err := parseJSON(data, nil, file.Budget())
	if err != nil {
		t.Fatalf("%s: %v", name, source.AsDiag(err))
	}
	m, err := parseModel(file, j, store)
	if err != nil {
		t.Fatalf("%s: %v", name, source.AsDiag(err))
	}
	k := newBuilder(file, store)
	res, err := k.read(m)
	if err != nil {
		t.Fatalf("%s: %v", name, source.AsDiag(err))
	}
	for i := range k.Graph.Nodes {
		k.Graph.Nodes[i].Keep = true
	}
	stack, err := k.Graph.Stack()
	if err != nil {
		t.Fatalf("%s: %v", name, source.AsDiag(err))
	}
	run := &readModel{builder: k, result: res, report: count.Of(stack), rows: map[string]*count.Row{}}
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
	for _, n := range k.Graph.Nodes {
		run.rows[n.Name] = byLabel[graph.Label(n.Name)]
	}
	return run
}

// shape returns the output shape of a node, in Keras' order.
func (r *readModel) shape(v value) tensor.Shape {
	row := r.rows[v.node]
	if row == nil {
		return nil
	}
	return v.order.theirs(row.Out)
}
