package vocab_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/vocab"
)

func Example() {
	row, dims := vocab.Torch().Class("Conv2d")
	made, err := vocab.Torch().Make(row, []vocab.Arg{
		{Value: int64(3)}, {Value: int64(64)},
		{Name: "kernel_size", Value: []vocab.Value{int64(7), int64(7)}}, {Name: "bias", Value: false}, {Name: "dtype", Value: "float32"},
	})
	conv := made.Layer.(*layer.Conv)
	fmt.Println(dims, conv.Filters.Text(), conv.Kernel.Text(), bool(conv.Bias), "takes", made.In, made.Unknown, err)
	fmt.Println(vocab.Torch().Of(layer.ConvKind.Kind()).Class(3))
	// Output:
	// 2 64 7 false takes 3 [] <nil>
	// Conv3d
}

func TestClassWithoutNumber(t *testing.T) {
	for class, want := range map[string]string{
		"Conv1d": "conv 1", "Conv2dSame": "conv 2", "BatchNormAct2d": "bn 2", "Linear4bit": "linear -1", "Conv3DSimple": "conv 3", "LSTMCell": "lstm -1", "BatchNorm3d": "bn 3",
		"AdaptiveAvgPool2d": "adaptiveavgpool 2", "Softmax2d": "softmax -1", "LayerNorm2d": "layernorm -1", "Conv4d": "", "d": "", "2d": "",
	} {
		got := ""
		if row, dims := vocab.Torch().Class(class); row != nil {
			got = fmt.Sprint(row.Kind.Name, " ", dims)
		}
		if got != want {
			t.Errorf("%s is %q, want %q", class, got, want)
		}
	}
}

// tables are all tables, with the name that a kind itself has in each.
var tables = map[string]struct {
	table *vocab.Table
	name  func(*layer.Kind) string
}{
	"PyTorch": {vocab.Torch(), func(k *layer.Kind) string { return k.Torch }},
	"Keras":   {vocab.Keras(), func(k *layer.Kind) string { return k.Keras }},
	"Caffe":   {vocab.Caffe(), func(k *layer.Kind) string { return k.Caffe }},
	"Darknet": {vocab.Darknet(), func(*layer.Kind) string { return "" }}, // no kind states its own
}

// TestRows wants a row for every kind with a name in the tool, and rows that speak
// of fields that there are.
func TestRows(t *testing.T) {
	for tool, c := range tables {
		for _, k := range layer.Kinds {
			row := c.table.Of(k)
			if name := c.name(k); name != "" && (row == nil || !strings.EqualFold(row.Class(2), name)) {
				t.Errorf("%s: no row writes %s as %s", tool, k.Name, name)
			}
		}
		for _, r := range c.table.Rows {
			stated := false
			seen := map[string]bool{}
			for _, p := range r.Params {
				stated = stated || p.Use == vocab.States
				if seen[p.Name] {
					t.Errorf("%s: %v has %s twice", tool, r.Classes, p.Name)
				}
				seen[p.Name] = true
				if f := r.Kind.Field(p.Field); (p.Use == vocab.Sets || p.Use == vocab.Extends) && (f == nil || f.Name != p.Field) {
					t.Errorf("%s: %v: %s has no field %q", tool, r.Classes, r.Kind.Name, p.Field)
				}
			}
			if stated != (r.In != vocab.NoAxis) {
				t.Errorf("%s: %v states an extent of the input without its axis, or the other way", tool, r.Classes)
			}
			presetCanonical(t, tool, r)
		}
	}
}

// presetCanonical wants what is preset to be as if it had been read from its text.
func presetCanonical(t *testing.T, tool string, r *vocab.Row) {
	if r.Preset == nil {
		return
	}
	l, changed := r.Kind.New(), false
	r.Preset(l)
	for i := range r.Kind.Fields {
		f := &r.Kind.Fields[i]
		if f.Text(l) == "" || f.IsDefault(l) {
			continue
		}
		changed = true
		read := r.Kind.New()
		if d := f.At(read).Parse(f.Text(l)); d != nil {
			t.Errorf("%s: %v presets %s: %v", tool, r.Classes, f.Name, d)
			continue
		}
		alone := layer.Clone(l)
		for j := range r.Kind.Fields {
			if j != i {
				layer.Reset(&r.Kind.Fields[j], alone)
			}
		}
		if !layer.Equal(alone, read) {
			t.Errorf("%s: %v presets %s otherwise than its text reads", tool, r.Classes, f.Name)
		}
	}
	if !changed && r.Kind != layer.SoftmaxKind.Kind() { // Softmax2d's is the default
		t.Errorf("%s: %v presets nothing", tool, r.Classes)
	}
}

func TestMake(t *testing.T) {
	whole := func(n ...int64) vocab.Value {
		var list []vocab.Value
		for _, v := range n {
			list = append(list, v)
		}
		return list
	}
	torch, keras := vocab.Torch(), vocab.Keras()
	for _, c := range []struct {
		table *vocab.Table
		class string
		args  []vocab.Arg
		want  string
	}{
		{torch, "Embedding", []vocab.Arg{{Value: int64(100)}, {Value: int64(8)}, {Name: "padding_idx", Value: int64(0)}}, "table=100x8"},
		{torch, "ZeroPad2d", []vocab.Arg{{Value: whole(1, 2, 3, 4)}}, "sides=3+4x1+2"},
		{torch, "AdaptiveAvgPool2d", []vocab.Arg{{Name: "output_size", Value: []vocab.Value{nil, int64(7)}}}, "size=?x7"},
		{torch, "LSTMCell", []vocab.Arg{{Value: int64(3)}, {Value: int64(5)}, {Value: false}}, "hidden=5 bias=off cell=on in=3"},
		{torch, "Conv2dSame", []vocab.Arg{{Value: int64(3)}, {Value: int64(5)}, {Value: int64(3)}}, "filters=5 kernel=3 padding=keras-same in=3"},
		{torch, "MultiheadAttention", []vocab.Arg{{Value: int64(64)}, {Value: int64(8)}}, "heads=8 in=64"},
		{torch, "Linear", []vocab.Arg{{Name: "in_features", Value: "n"}, {Name: "out_features", Value: int64(10)}, {Name: "stripes", Value: true}}, "features=10 unknown=[2]"},
		{torch, "Conv2d", []vocab.Arg{{Value: int64(3)}, {Value: int64(5)}}, "conv requires a value for kernel, such as 3."},
		{torch, "Dropout", []vocab.Arg{{Value: 0.25}, {Value: true}}, "p=0.25 unknown=[1]"},
		{keras, "Dense", []vocab.Arg{{Value: int64(10)}, {Name: "bias", Value: false}}, "features=10 bias=off"},
		{keras, "Conv1D", []vocab.Arg{{Value: int64(8)}, {Value: int64(3)}, {Name: "padding", Value: "same"}, {Name: "activation", Value: "relu"}}, "filters=8 kernel=3 padding=keras-same unknown=[3]"},
		{keras, "AvgPool2D", nil, "kernel=2"},
		{keras, "LSTM", []vocab.Arg{{Name: "units", Value: int64(5)}, {Name: "return_sequences", Value: true}}, "hidden=5"},
		{keras, "GRU", []vocab.Arg{{Name: "output_dim", Value: int64(5)}}, "hidden=5 last=on"},
		{keras, "BatchNormalization", []vocab.Arg{{Name: "momentum", Value: 0.9}}, "eps=0.001"},
		{keras, "LeakyReLU", nil, "slope=0.3"},
		{keras, "Dropout", []vocab.Arg{{Name: "rate", Value: 7.0}}, ""},
		{keras, "GlobalMaxPool1D", nil, "flat=on"},
	} {
		row, _ := c.table.Class(c.class)
		made, err := c.table.Make(row, c.args)
		var got []string
		if err != nil {
			got = append(got, err.Error())
		} else {
			for i := range row.Kind.Fields {
				if f := &row.Kind.Fields[i]; !f.IsDefault(made.Layer) {
					got = append(got, f.Name+"="+f.Text(made.Layer))
				}
			}
			if made.In != tensor.Unknown {
				got = append(got, fmt.Sprint("in=", made.In))
			}
			if len(made.Unknown) > 0 {
				got = append(got, fmt.Sprint("unknown=", made.Unknown))
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.class, s, c.want)
		}
	}
}

// TestCanonical wants older spellings under the names of today.
func TestCanonical(t *testing.T) {
	row, _ := vocab.Keras().Class("Convolution2D")
	got := row.Canonical(map[string]vocab.Value{"nb_filter": int64(4), "nb_row": int64(3), "nb_col": int64(5), "filters": nil, "name": "c", "border_mode": "same"})
	for name, want := range map[string]string{"filters": "4", "kernel_size": "3x5", "padding": "same", "name": "c", "nb_filter": "", "strides": ""} {
		if text := vocab.Text(got[name]); text != want {
			t.Errorf("%s is %q, want %q", name, text, want)
		}
	}
}
