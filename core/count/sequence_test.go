package count_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/truth"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A transformerCase is a class of torch.nn that consists of other layers, so that a
// stack is written with theirs.
type transformerCase struct {
	Cls    string             `json:"cls"`
	Args   []int64            `json:"args"`
	Kwargs map[string]any     `json:"kwargs"`
	Inputs [][]int64          `json:"inputs"`
	Output []int64            `json:"output"`
	Params int64              `json:"params"`
	Shapes map[string][]int64 `json:"param_shapes"`
}

// whole returns an option, or PyTorch's default.
func (c transformerCase) whole(name string, otherwise int64) int64 {
	if v, ok := c.Kwargs[name].(float64); ok {
		return int64(v)
	}
	return otherwise
}

// stack writes a case as a stack.
func (c transformerCase) stack() string {
	model, heads := c.whole("d_model", 512), c.whole("nhead", 8)
	if len(c.Args) == 2 {
		model, heads = c.Args[0], c.Args[1]
	}
	part := func(layers string) string { // a residual path and its norm, after or before it
		if c.Kwargs["norm_first"] == true {
			return "add { layernorm; " + layers + " | }\n"
		}
		return "add { " + layers + " | }; layernorm\n"
	}
	dense := part(fmt.Sprintf("linear %d; relu; linear %d", c.whole("dim_feedforward", 2048), model))
	self := part(fmt.Sprintf("attention %d", heads))
	cross := part(fmt.Sprintf("attention %d { | @memory }", heads))
	source := fmt.Sprintf("input %dx%d\n", c.Inputs[0][1], c.Inputs[0][2])
	switch c.Cls {
	case "TransformerEncoderLayer":
		return source + self + dense
	case "TransformerDecoderLayer":
		return fmt.Sprintf("memory: input %dx%d\n", c.Inputs[1][1], c.Inputs[1][2]) + source + self + cross + dense
	default: // Transformer ends each half with a norm
		encoder := fmt.Sprintf("repeat %d {\n%s}\nmemory: layernorm\n", c.whole("num_encoder_layers", 6), self+dense)
		target := fmt.Sprintf("input %dx%d\n", c.Inputs[1][1], c.Inputs[1][2])
		return source + encoder + target + fmt.Sprintf("repeat %d {\n%s}\nlayernorm\n", c.whole("num_decoder_layers", 6), self+cross+dense)
	}
}

// TestTransformers writes torch.nn.TransformerEncoderLayer, TransformerDecoderLayer
// and Transformer with attention, layer norm and dense layers, and compares output,
// parameters, and the shape of every tensor.
func TestTransformers(t *testing.T) {
	var file struct{ Cases []json.RawMessage }
	truth.JSON(t, "torch_layer_cases.json", &file)
	ran := 0
	for _, raw := range file.Cases {
		var c transformerCase
		if !bytes.Contains(raw, []byte(`"Transformer`)) {
			continue // its arguments are of other types
		}
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		ran++
		r := count.Of(parse(t, c.stack()))
		for _, d := range r.Problems {
			t.Errorf("%s(%v, %v): %s: %v", c.Cls, c.Args, c.Kwargs, r.Name(d.Node), d)
		}
		if out := r.Rows[len(r.Rows)-1].Out; !out.Equal(tensor.Of(c.Output[1:]...)) {
			t.Errorf("%s(%v, %v): output %s, PyTorch %v", c.Cls, c.Args, c.Kwargs, out, c.Output)
		}
		if p := r.Totals.Params(true); !p.Equal(num.Of(c.Params)) {
			t.Errorf("%s(%v, %v): %s parameters, PyTorch %d", c.Cls, c.Args, c.Kwargs, p, c.Params)
		}
		var ours, theirs []string
		declared(r.Rows, func(w layer.Weight) { ours = append(ours, fmt.Sprint(w.Shape)) })
		for _, s := range c.Shapes {
			theirs = append(theirs, fmt.Sprint(s))
		}
		slices.Sort(ours)
		slices.Sort(theirs)
		if !slices.Equal(ours, theirs) {
			t.Errorf("%s(%v, %v): tensors %v, PyTorch %v", c.Cls, c.Args, c.Kwargs, ours, theirs)
		}
	}
	if ran != 8 {
		t.Errorf("%d cases ran, there were 8", ran)
	}
}

// declared calls f for every tensor of rows and of all that is in them, those of
// joins too, once for each repetition.
func declared(rows []*count.Row, f func(layer.Weight)) {
	for _, row := range rows {
		for range row.Turns() {
			for _, w := range row.Weights {
				f(w)
			}
			declared(row.Children, f)
		}
	}
}

// TestSequenceFormulas checks that every number of a formula is explained.
func TestSequenceFormulas(t *testing.T) {
	for _, c := range []struct {
		text, formula, compute string
		keras                  string
		says                   []string // of the formula's numbers, in order; "" is passed over
	}{
		{
			text:    "input 7x300; lstm 512",
			formula: "4·300·512 + 4·512·512 + 4·512 + 4·512",
			compute: "7·4·300·512 + 7·4·512·512",
			keras:   "4·300·512 + 4·512·512 + 4·512",
			says:    []string{"4: gates, each with its own weights.", "300: inputs of each output, from input1.", "512: hidden units.", "", "512: units of the state, fed back at every step."},
		},
		{
			text:    "input 7x4; gru 5 nobias bidirectional",
			formula: "3·4·5 + 3·5·5 + 3·4·5 + 3·5·5",
			compute: "7·3·4·5 + 7·3·5·5 + 7·3·4·5 + 7·3·5·5",
			keras:   "3·4·5 + 3·5·5 + 3·4·5 + 3·5·5",
		},
		{
			text:    "input 5x64; attention 8",
			formula: "3·64·64 + 3·64 + 64·64 + 64",
			compute: "3·5·64·64 + 2·5·5·64 + 5·64·64",
			keras:   "3·64·64 + 3·64 + 64·64 + 64",
			says:    []string{"3: query, key and value, one projection each.", "64: inputs of each output, from input1.", "64: total features of all heads, equal to the number of input features."},
		},
		{
			text:    "input 100x4096; attention 32 kv8 nobias",
			formula: "4096·32·128 + 4096·8·128 + 4096·8·128 + 32·128·4096",
			compute: "100·4096·32·128 + 100·4096·8·128 + 100·4096·8·128 + 2·100·100·32·128 + 100·32·128·4096",
			keras:   "4096·32·128 + 4096·8·128 + 4096·8·128 + 32·128·4096",
			says:    []string{"", "32: heads.", "128: features per head."},
		},
		{
			text:    "input 50x50x96; windowattention 3 w7 nobias",
			formula: "13·13·3 + 3·96·96 + 96·96",
			compute: "3·56·56·96·96 + 2·56·56·7·7·96 + 56·56·96·96",
			keras:   "13·13·3 + 3·96·96 + 96·96",
			says:    []string{"13: relative positions along one side of a window, in both directions.", "", "3: heads."},
		},
	} {
		r := count.Of(parse(t, c.text))
		for _, d := range r.Problems {
			t.Errorf("%s: %v", c.text, d)
		}
		row := r.Rows[len(r.Rows)-1]
		formula := count.Formula(row.Weights, count.Style{Biases: true})
		if got := count.Text(formula); got != c.formula {
			t.Errorf("%s: formula %s, want %s", c.text, got, c.formula)
		}
		if got := count.Text(count.Compute(row.MACs, count.Style{})); got != c.compute {
			t.Errorf("%s: MACs %s, want %s", c.text, got, c.compute)
		}
		if got := count.Text(count.Formula(row.Weights, count.Style{Biases: true, Keras: true})); got != c.keras {
			t.Errorf("%s: formula for Keras %s, want %s", c.text, got, c.keras)
		}
		i := 0
		for _, token := range formula {
			if token.Factor == nil || i == len(c.says) {
				continue
			}
			if got := r.Explain(row, token).In(catalog.English); c.says[i] != "" && got != c.says[i] {
				t.Errorf("%s: says %q, want %q", c.text, got, c.says[i])
			}
			i++
		}
	}
}
