package tool

import (
	"path/filepath"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/tool/source"
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
		f.check = func(t *testing.T, _ *source.Result, report *count.Report) {
			if got := report.Totals.Trainable().Sub(report.Totals.Twins); got.String() != want {
				t.Errorf("%s: %s trained, true %s", name, got, want)
			}
		}
	}
	return files
}

// TestKerasUnknown reads a model that declares neither layers nor weights: its
// total must be marked as unknown.
func TestKerasUnknown(t *testing.T) {
	const name = "keras3/keras_pre_pr22362_nested_container.keras.config.json"
	data := truth.Read(t, "keras_json/"+name)
	if data == nil {
		truth.Absent(t, 1)
		return
	}
	res, _, problem := Read(tooltest.File(filepath.Base(name), data))
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
