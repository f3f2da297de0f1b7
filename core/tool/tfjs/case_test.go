package tfjs

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// model writes model.json from lines, as tensorflowjs_converter does: strings are in
// base64, whole numbers are strings, values of constants are not there.
//
//	x = Placeholder -1x8x8x3
//	w = Const 3x3x3x4            a tensor of the manifest; int: of whole numbers
//	y = Conv2D x w strides=1,1,1,1 padding=SAME
//	k = Inner 4x4                a tensor of the manifest alone, as bodies of loops have them
//	out y 1x8x8x4                an output of the signature
func model(t testing.TB, lines string) []byte {
	t.Helper()
	type object = map[string]any
	shape := func(s string) object {
		dims := []object{}
		for _, d := range strings.FieldsFunc(s, func(r rune) bool { return r == 'x' }) {
			dims = append(dims, object{"size": d})
		}
		if s == "?" {
			return object{"unknownRank": true}
		}
		return object{"dim": dims}
	}
	word := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	var nodes, weights []object
	outputs := object{}
	for line := range strings.Lines(lines) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if f[0] == "out" {
			outputs[f[1]] = object{"name": f[1] + ":0", "tensorShape": shape(f[2])}
			continue
		}
		n, attrs, in := object{"name": f[0], "op": f[2]}, object{}, []string{}
		for i, a := range f[3:] {
			name, v, isAttr := strings.Cut(a, "=")
			ints := []string{}
			for _, k := range strings.Split(v, ",") {
				if _, err := strconv.Atoi(k); err == nil {
					ints = append(ints, k)
				}
			}
			switch {
			case f[2] == "Placeholder":
				attrs["shape"] = object{"shape": shape(a)}
			case (f[2] == "Const" || f[2] == "Inner") && i == 0:
				typ, dims, whole := strings.Cut(a, ":")
				w := object{"name": f[0], "dtype": "float32"}
				if whole {
					w["dtype"] = typ + "32"
				} else {
					dims = a
				}
				var list []int
				for _, d := range strings.FieldsFunc(dims, func(r rune) bool { return r == 'x' }) {
					n, _ := strconv.Atoi(d)
					list = append(list, n)
				}
				if w["shape"] = list; list == nil {
					w["shape"] = []int{}
				}
				weights = append(weights, w)
				attrs["value"] = object{"tensor": object{"dtype": "DT_FLOAT", "tensorShape": shape(dims)}}
			case !isAttr:
				in = append(in, a)
			case name == "fused_ops":
				var list []string
				for _, op := range strings.Split(v, ",") {
					list = append(list, word(op))
				}
				attrs[name] = object{"list": object{"s": list}}
			case v == "true":
				attrs[name] = object{"b": true}
			case name == "num" || name == "num_split" || name == "block_size" || name == "axis":
				attrs[name] = object{"i": v}
			case len(ints) > 0 && len(ints) == len(strings.Split(v, ",")):
				attrs[name] = object{"list": object{"i": ints}}
			case strings.Contains(v, "."):
				x, _ := strconv.ParseFloat(v, 64)
				attrs[name] = object{"f": x}
			default:
				attrs[name] = object{"s": word(v)}
			}
		}
		n["attr"] = attrs
		if len(in) > 0 {
			n["input"] = in
		}
		if f[2] != "Inner" {
			nodes = append(nodes, n)
		}
	}
	b, err := json.Marshal(object{"format": "graph-model", "signature": object{"outputs": outputs}, "modelTopology": object{"node": nodes},
		"weightsManifest": []object{{"paths": []string{"group1-shard1of1.bin"}, "weights": weights}}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func file(b []byte) *source.File {
	return &source.File{Name: "model.json", Size: int64(len(b)), At: bytes.NewReader(b)}
}

// Each case of testdata is a graph model and what it becomes: the stack, the counts,
// worked out by hand in its first lines, and the notes.
func TestGraphModels(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(cases) < 10 {
		t.Fatal(cases, err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			src, want, _ := strings.Cut(string(b), "-- becomes --\n")
			_, src, _ = strings.Cut(src, "-- model --\n")
			got := reading(t, model(t, src))
			if got != want {
				if *tooltest.Update {
					b = append(b[:len(b)-len(want)], got...)
					if err := os.WriteFile(name, b, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// reading is what a model becomes.
func reading(t *testing.T, b []byte) string {
	t.Helper()
	if !Reader.Detect(b[:min(len(b), source.HeadSize)], file(b)) {
		t.Error("it is not detected")
	}
	r, d := Reader.Open(file(b))
	if d != nil {
		t.Fatal(d)
	}
	c := count.Of(r.Model)
	least := func(yes bool) string {
		if yes {
			return "≥"
		}
		return ""
	}
	var w strings.Builder
	_, body, _ := strings.Cut(text.Format(r.Model), "\n")
	w.WriteString(body)
	fmt.Fprintf(&w, "\nparameters %s%v, statistics %v, MACs %s%v\n", least(c.Totals.ParamsAtLeast), c.Totals.Params(true), c.Totals.Stats,
		least(c.Totals.MACsAtLeast), c.Totals.MACs)
	for _, n := range r.Notes {
		if n.Say.Key != catalog.ImportOnnxTaken {
			w.WriteString(n.Say.In(catalog.English) + "\n")
		}
	}
	return w.String()
}
