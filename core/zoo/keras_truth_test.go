package zoo_test

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/zoo"
)

// TestKerasPublished looks for every network of our Keras forms in Keras' own
// table of parameters.
func TestKerasPublished(t *testing.T) {
	published := map[string]string{}
	for _, r := range truth.CSV(t, "keras.csv") {
		if r["precision"] == "exact" {
			published[r["model"]] = r["params"]
		}
	}
	ran := 0
	for _, n := range zoo.All() {
		if n.Keras == "" {
			continue
		}
		ran++
		if published[n.Keras] != n.Params {
			t.Errorf("%s has %s parameters in Keras' table, not %s", n.Keras, published[n.Keras], n.Params)
		}
	}
	t.Logf("%d networks, as in Keras' table", ran)
}

// TestKerasLayers compares with Keras' networks run in TensorFlow.js: every
// layer with weights by class, output and parameters, of which the running
// statistics are not trainable. Keras lists layers by their depth in the graph,
// so paths are interleaved and the rows are compared sorted.
func TestKerasLayers(t *testing.T) {
	nets := map[string]zoo.Net{}
	for _, n := range zoo.All() {
		nets[n.ID] = n
	}
	for _, c := range []struct{ id, file, old, young string }{
		{"mobilenet-v1", "tfjs_layers/tensorspace_mobilenetv1.json", "", ""},
		// Keras before 2.2.3 did not pad before the first pool.
		{"resnet-50-keras", "tfjs_layers/tensorspace_resnet50.json", "maxpool 3 s2 p1", "maxpool 3 s2"},
		{"inception-v3-keras", "tfjs_layers/tensorspace_inceptionv3.json", "", ""},
	} {
		t.Run(c.id, func(t *testing.T) {
			var want, got []line
			sized := true
			for _, r := range truth.CSV(t, "keras_tfjs_layers.csv") {
				if r["file"] == c.file && r["params"] != "0" {
					out, whole := channelsFirst(r["output_shape"])
					sized = sized && whole
					stats := integer(r["params"]).Sub(integer(r["trainable_params"])).String()
					want = append(want, line{r["class"], out, r["trainable_params"], stats, ""})
				}
			}
			for _, r := range unroll(count.Of(parse(t, strings.Replace(nets[c.id].Text, c.old, c.young, 1))).Rows) {
				if r.Form == count.FormLeaf && len(r.Weights) > 0 {
					out := r.Out.String()
					if !sized { // the file leaves the picture's size open
						out, _, _ = strings.Cut(out, "×")
					}
					got = append(got, line{r.Kind().Keras, out, r.Counts.Params(true).String(), stats(r).String(), ""})
				}
			}
			byRow := func(a, b line) int { return strings.Compare(a.String(), b.String()) }
			slices.SortFunc(want, byRow)
			slices.SortFunc(got, byRow)
			compare(t, got, want)
			t.Logf("%s: %d layers with weights, equal: %v", c.file, len(want), !t.Failed())
		})
	}
}

// stats are the buffers that Keras has: its batch norm does not count batches.
func stats(r *count.Row) num.Int {
	var n num.Int
	for _, w := range r.Weights {
		if w.Class == layer.ClassStat {
			c, _ := w.Count()
			n = n.Add(c)
		}
	}
	return n
}

// channelsFirst converts Keras' [null,112,112,64] into 64×112×112, and [null,null,
// null,64] into 64: false, since the sizes are open.
func channelsFirst(s string) (string, bool) {
	sides := strings.Split(strings.Trim(s, "[]"), ",")[1:]
	last := len(sides) - 1
	if slices.Contains(sides, "null") {
		return sides[last], false
	}
	return strings.Join(append([]string{sides[last]}, sides[:last]...), "×"), true
}
