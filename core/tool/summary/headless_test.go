package summary

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// TestPartsOfTables reads tables of which a part is missing: their header, their end,
// rows that somebody left out. What is missing makes the total a minimum, or the
// stated total shows how much it is.
func TestPartsOfTables(t *testing.T) {
	const head = "==========================================================================================\n" +
		"Layer (type:depth-idx)                   Output Shape              Param #\n" +
		"==========================================================================================\n"
	const top = "Net                                      [1, 7]                    --\n"
	rows := []string{
		"├─Sequential: 1-1                        [1, 5, 13, 13]            --\n",
		"│    └─Conv2d: 2-1                       [1, 5, 26, 26]            50\n",
		"│    └─ReLU: 2-2                         [1, 5, 26, 26]            --\n",
		"│    └─MaxPool2d: 2-3                    [1, 5, 13, 13]            --\n",
		"├─Linear: 1-2                            [1, 7]                    5,922\n",
	}
	const end = "==========================================================================================\n" +
		"Total params: 5,972\nTrainable params: 5,972\nNon-trainable params: 0\n"
	const whole = "i1x28x28;c5k3;r;m2s2;f;l7"
	all := strings.Join(rows, "")
	for name, c := range map[string]struct{ table, want, note string }{
		"whole":                  {head + top + all + end, "5,972 " + whole, ""},
		"no end":                 {head + top + all, "5,972 " + whole, "without totals"},
		"no totals":              {head + top + all + end[:91], "5,972 " + whole, ""},
		"a row cut in its shape": {head + top + strings.Join(rows[:4], "") + "├─Linear: 1-2                            [1, ", "≥50 i1x28x28;c5k3;r;m2s2;opaque type=Linear buffers=none", ""},
		"a row cut behind it":    {head + top + strings.Join(rows[:4], "") + "├─Linear: 1-2                            [1, 7]    ", "≥50 i1x28x28;c5k3;r;m2s2;opaque type=Linear buffers=none out=7", ""},
		"no header":              {top + all + end, "5,972 " + whole, ""},
		"from the middle":        {strings.Join(rows[3:], "") + end, "5,972 opaque type=rows_left_out weights=50 buffers=none;opaque type=MaxPool2d weights=none buffers=none out=5x13x13;f;l7", "difference"},
		"a middle with all":      {strings.Join(rows[1:], "") + end, "5,972 " + whole, ""},
		"a middle, no total":     {strings.Join(rows[3:], ""), "≥5,922 opaque type=rows_left_out weights=? buffers=none;opaque type=MaxPool2d weights=none buffers=none out=5x13x13;f;l7", "unknown"},
		"two shapes": {"├─Conv2d: 1-1    [1, 1, 28, 28]    [1, 5, 26, 26]    50    33,800\n├─ReLU: 1-2    [1, 5, 26, 26]    [1, 5, 26, 26]    --    --\n",
			"≥50 opaque type=rows_left_out weights=? buffers=none;i1x28x28;c5k3;r", ""},
		"dots":          {head + top + rows[0] + "│    ...\n" + rows[4] + end, "5,972 opaque type=Sequential weights=none buffers=none out=5x13x13;opaque type=rows_left_out weights=50 buffers=none;i845;l7", "difference"},
		"dots, counted": {head + top + rows[0] + rows[1] + "... (2 more rows)\n" + rows[4] + end, "5,972", "difference"},
		"dots in cells": {head + top + rows[0] + rows[1] + "│    └─...                                ...                       ...\n" + rows[4] + end, "5,972", "difference"},
		"omitted":       {head + top + rows[0] + "[truncated]\n" + rows[4], "≥5,922", "unknown"},

		"torchsummary, middle": {"             ReLU-3           [-1, 6, 10, 10]               0\n           Linear-4                    [-1, 2]           1,202\n====\nTotal params: 1,252\n",
			"1,252 opaque type=rows_left_out weights=50 buffers=none;opaque type=ReLU weights=none buffers=none out=6x10x10;f;l2", ""},
		"torchsummary, no header": {"           Conv2d-1           [-1, 5, 26, 26]              50\n             ReLU-2           [-1, 5, 26, 26]               0\n", "50 i1x28x28;c5k3;r", ""},
		"Keras 2, middle":         {" dense (Dense)               (None, 16)                272       \n                                                                 \n dense_1 (Dense)             (None, 4)                 68        \n=====\nTotal params: 440\n", "440", "difference"},
		"Keras 3, middle":         {"├──┼──┼──┤\n│ dense (Dense)   │ (None, 16)   │  272 │\n├──┼──┼──┤\n│ dense_1 (Dense) │ (None, 4)    │   68 │\n└──┴──┴──┘\n", "≥340", "unknown"},
		"Keras 2, no header":      {" input_1 (InputLayer)        [(None, 16)]              0         \n dense_1 (Dense)             (None, 4)                 68        \n=====\nTotal params: 68\n", "68 i16;l4", ""},
		"Keras 3, narrow":         {"┏━━┳━━┳━━┓\n┃              ┃ Output    ┃ Param ┃\n┃ Layer (type) ┃ Shape     ┃     # ┃\n┡━━╇━━╇━━┩\n│ i            │ (None, 7) │     0 │\n│ (InputLayer) │           │       │\n├──┼──┼──┤\n│ d (Dense)    │ (None, 3) │    24 │\n└──┴──┴──┘\n", "24 i7;l3", ""},
		"Keras 3, header cut":     {"┏━━┳━━┳━━┓\n┃ Layer (t… ┃ Outpu… ┃ Par… ┃\n┡━━╇━━╇━━┩\n│ i (InputLayer) │ (None, 7) │     0 │\n├──┼──┼──┤\n│ d (Dense)    │ (None, 3) │    24 │\n└──┴──┴──┘\n", "24 i7;l3", ""},
		"unbuilt":                 {keras3("d (Dense)|?|0 (unbuilt)", "e (Dense)|?|0 (unbuilt)", "Total params: 0 (0.00 B)"), "≥0", ""},
		"unused":                  {keras("d (Dense)|multiple|unused", "e (Dense)|multiple|36", "Total params: 36"), "≥36", ""},
		"rounded":                 {keras("i (InputLayer)|(None, 784)|0", "d (Dense)|(None, 64)|50.2K", "x (Mystery)|(None, 64)|1.2M"), "≥1,200,240 i784;l64;opaque type=Mystery weights=1150000,? buffers=none out=64", "with biases where both"},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(c.table)), readers...)
		if d != nil {
			t.Errorf("%s: %v\n%s", name, d, c.table)
			continue
		}
		k := count.Of(r.Model).Totals
		got := count.Keras.Params(k.Counts).Grouped()
		if k.ParamsAtLeast {
			got = "≥" + got
		}
		readAs(t, name, r, got, c.want, c.note)
	}
	for name, src := range map[string]string{
		"prose":      "the layer (Dense) has\n(None, 3) outputs\nand that is 12 of them",
		"an array":   "x = [1, 2]\ny = [3, 4]\nz-1 [3, 4] 5\n",
		"three rows": "a (B)\nc (D)\ne (F)\n",
	} {
		if _, format, _ := tooltest.Open(tooltest.File("x.txt", []byte(src)), readers...); format != nil {
			t.Errorf("%s is read as a table", name)
		}
	}
}

// readAs compares what was read of a case with what is wanted: the number of parameters
// and, if the case states them, the layers; and a part of its notes.
func readAs(t *testing.T, name string, r *source.Result, number, want, note string) {
	t.Helper()
	wanted, layers, _ := strings.Cut(want, " ")
	if have := bare(text.Compact(r.Model)); number != wanted || layers != "" && layers != have {
		t.Errorf("%s: %s %s, want %s", name, number, have, want)
	}
	var notes strings.Builder
	for _, n := range r.Notes {
		notes.WriteString(n.Say.In(catalog.English))
	}
	if !strings.Contains(notes.String(), note) {
		t.Errorf("%s: no note %q in %s", name, note, &notes)
	}
}
