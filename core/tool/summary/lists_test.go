package summary

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// logged writes lines as Caffe logs them.
func logged(lines ...string) string {
	return "I0102 10:11:12.123456  1234 net.cpp:84] " + strings.Join(lines, "\nI0102 10:11:12.123456  1234 net.cpp:84] ") + "\n"
}

// TestLists reads what Lightning, fvcore and Caffe print of a network: each row with its
// number, once, and no rounded number as an exact one.
func TestLists(t *testing.T) {
	const head = "  | Name  | Type   | Params | Mode \n----------------------------------------\n"
	for name, c := range map[string]struct{ table, want string }{
		"Lightning":           {head + "0 | conv1 | Conv2d | 912    | train\n1 | fc    | Linear | 305    | train\n---\n1.2 K     Trainable params\n0         Non-trainable params\n1.2 K     Total params\n", "1,217 conv1:opaque type=Conv2d weights=912 buffers=none;fc:opaque type=Linear weights=305 buffers=none"},
		"Lightning, rounded":  {head + "0 | conv1 | Conv2d | 912    | train\n1 | fc    | Linear | 3.0 K  | train\n---\n3.9 K     Total params\n", "≥3,862 conv1:opaque type=Conv2d weights=912 buffers=none;fc:opaque type=Linear weights=2950,? buffers=none"},
		"Lightning, one open": {head + "0 | conv1 | Conv2d | 912    | train\n1 | fc    | Linear | 3.0 K  | train\n---\n3,922     Total params\n", "3,922 conv1:opaque type=Conv2d weights=912 buffers=none;fc:opaque type=Linear weights=3010 buffers=none"},
		"Lightning, nested":   {"  | Name  | Type       | Params\n---\n0 | net   | Sequential | 1.2 K\n1 | net.0 | Conv2d     | 912\n2 | net.1 | Linear     | 305\n3 | loss  | MSELoss    | 0\n---\n", "1,217"},
		"Lightning, rich":     {"┏━━━┳━━━━━━━┳━━━━━━━━┳━━━━━━━━┓\n┃   ┃ Name  ┃ Type   ┃ Params ┃\n┡━━━╇━━━━━━━╇━━━━━━━━╇━━━━━━━━┩\n│ 0 │ conv1 │ Conv2d │    912 │\n└───┴───────┴────────┴────────┘\nTrainable params: 912\nTotal params: 912\n", "912"},
		"Lightning, shapes":   {"  | Name  | Type   | Params | In sizes       | Out sizes\n---\n0 | conv1 | Conv2d | 60     | [1, 1, 28, 28] | [1, 6, 26, 26]\n1 | fc    | Linear | 8.1 K  | [1, 4056]      | [1, 2]\n---\n", "8,174 i1x28x28;conv1:c6k3;f;fc:l2"},

		"fvcore":         {"| name     | #elements or shape   |\n|:---------|:---------------------|\n| model    | 76                   |\n|  a       |  72                  |\n|   a.conv |   72                 |\n|  b       |  4                   |\n", "76"},
		"fvcore's flops": {"| module   | #parameters or shape   | #flops     |\n|:---------|:-----------------------|:-----------|\n| model    | 25.557M                | 4.145G     |\n|  conv1   |  9.408K                |  0.118G    |\n|  layer1  |  0.216M                |  0.69G     |\n", "≥224,908"},

		"Caffe": {logged("Creating Layer data", "data -> data", "Top shape: 64 1 28 28 (50176)", "Memory required for data: 200704", "Creating Layer conv1", "conv1 <- data", "conv1 -> conv1",
			"Top shape: 64 20 24 24 (737280)", "Creating Layer relu1", "relu1 <- conv1", "relu1 -> conv1 (in-place)", "Top shape: 64 20 24 24 (737280)", "Creating Layer pool1", "pool1 <- conv1", "pool1 -> pool1",
			"Top shape: 64 20 12 12 (184320)", "Creating Layer norm1", "norm1 <- pool1", "norm1 -> norm1", "Top shape: 64 20 12 12 (184320)", "pool1 does not need backward computation.", "Creating Layer again"),
			"≥0 i1x28x28;conv1:opaque type=Conv2d buffers=none out=20x24x24;relu1:r;pool1:m2s2;norm1:opaque type=norm1 weights=none buffers=none out=20x12x12"},
		"Caffe, joined": {logged("Creating Layer data", "data -> data", "Top shape: 1 4 8 8 (256)", "Creating Layer pool1", "pool1 <- data", "pool1 -> pool1", "Top shape: 1 4 4 4 (64)",
			"Creating Layer pool2", "pool2 <- data", "pool2 -> pool2", "Top shape: 1 4 4 4 (64)", "Creating Layer sum", "sum <- pool1", "sum <- pool2", "sum -> sum", "Top shape: 1 4 4 4 (64)"), "0"},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(c.table)), readers...)
		if d != nil {
			t.Errorf("%s: %v\n%s", name, d, c.table)
			continue
		}
		k := count.Of(r.Model).Totals
		got := k.Params(true).Grouped()
		if k.ParamsAtLeast {
			got = "≥" + got
		}
		_, layers, _ := strings.Cut(text.Compact(r.Model), ";")
		number, want, _ := strings.Cut(c.want, " ")
		if got != number || want != "" && layers != want {
			t.Errorf("%s: %s %s, want %s", name, got, layers, c.want)
		}
	}
}
