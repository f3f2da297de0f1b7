package summary

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// TestTableRows reads tables written by hand.
func TestTableRows(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"Keras 3": {`Model: "sequential"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ conv2d (Conv2D)                 │ (None, 26, 26, 32)     │           320 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ max_pooling2d (MaxPooling2D)    │ (None, 13, 13, 32)     │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ flatten (Flatten)               │ (None, 5408)           │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense (Dense)                   │ (None, 10)             │        54,090 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 54,410 (212.54 KB)
 Trainable params: 54,410 (212.54 KB)
 Non-trainable params: 0 (0.00 B)
`, "name sequential; input 1x28x28; conv2d: conv 32 k3 pvalid; max_pooling2d: maxpool 2 s2 pvalid; flatten: flatten; dense: linear 10"},
		"torchsummary": {`----------------------------------------------------------------
        Layer (type)               Output Shape         Param #
================================================================
            Conv2d-1         [-1, 64, 112, 112]           9,408
       BatchNorm2d-2         [-1, 64, 112, 112]             128
         MaxPool2d-3           [-1, 64, 56, 56]               0
            Conv2d-4          [-1, 256, 56, 56]          16,384
            Mystery-5          [-1, 9, 56, 56]          12
================================================================
Total params: 25,932
`, "name x; input 3x224x224; conv 64 k7 s2 p3 nobias; bn; maxpool 2 s2; conv 256 k1 nobias; opaque type=Mystery weights=12 buffers=none out=9x56x56"},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(c.table)), readers...)
		if d != nil {
			t.Errorf("%s: %v", name, d)
			continue
		}
		if s := strings.ReplaceAll(strings.TrimSpace(text.Format(r.Model)), "\n", "; "); s != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, s, c.want)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add("Layer (type:depth-idx)                   Output Shape              Param #\n====\nNet                                      [1, 10]                   --\n├─Conv2d: 1-1                            [1, 8, 30, 30]            224\n├─Linear: 1-2                            [1, 10]                   (72,010)\n│    └─weight                                                      └─72,000\n====\nTotal params: 72,234\n")
	f.Add("Model: \"m\"\nLayer (type)                    Output Shape         Param #     Connected to                     \n====\ninput_1 (InputLayer)            [(None, 8, 8, 3)]    0                                            \n____\nconv (Conv2D)                   (None, 6, 6, 4)      112         input_1[0][0]                    \n____\nconcatenate (Concatenate)       (None, 6, 6, 8)      0           conv[0][0]                       \n                                                                 conv[0][0]                       \n====\nTotal params: 112\nNon-trainable params: 112\n")
	f.Add("        Layer (type)               Output Shape         Param #\n====\n            Conv2d-1           [-1, 10, 24, 24]             260\n         Dropout2d-3             [-1, 20, 8, 8]               0\n====\n")
	f.Add("      module name  input shape output shape     params memory(MB)\n0           conv1    3 224 224   10 220 220      760.0       1.85\n1             fc1        56180           50  2809050.0       0.00\ntotal                                        2815340.0\n")
	f.Add("┃ Layer (type)         ┃ Output Shape      ┃    Param # ┃\n┡━━━╇━━━┩\n│ lstm (LSTM)          │ (None, 5, 16)     │      1,600 │\n├──┼──┤\n│ conv1d (Conv1D)      │ (None, 3, 4)      │        196 │\n└──┴──┘\n")
	f.Add("Layer     Type      Output Shape      Param #    Trainable\n====\nconv2d    Conv2d    (1, 8, 30, 30)    224        True\n====\n")
	f.Add("Layer (type) Output Shape Param # ================== a (Conv2D) (None, 30, 30, 4) 112 _________________ f (Flatten) (None, 3600) 0 ================== Total params: 112")
	f.Add("            Kernel Shape     Output Shape  Params Mult-Adds\nLayer\n0_c1       [1, 4, 5, 5]  [1, 4, 24, 24]   104.0   57.6k\n1_c2       [4, 6, 5, 5]    [1, 6, 8, 8]   606.0   38.4k\n2_f           [96, 500]        [1, 500]   48.5k   48.0k\nTotal params         49.21k\n")
	f.Add("layer     filters    size              input                output\n   0 conv     16  3 x 3 / 2   64 x  64 x   3   ->    32 x  32 x  16 0.001 BFLOPs\n   1 max          2 x 2 / 2    32 x  32 x  16   ->    16 x  16 x  16\n")
	f.Add("┃ Layer (type) ┃ Output Shape ┃ Param # ┃\n┡━╇━╇━┩\n│ i (InputLayer) │ (None, 5, 12, 12, 3) │ 0 │\n│ t (TimeDistributed) │ (None, 5, 12, 12, 4) │ 304 │\n│ q (ConvLSTM2D) │ (None, 12, 12, 2) │ 4… │\n│ m (MultiHeadAttention) │ (None, 9, 16) │ 2160 │\n")
	f.Add("Layer (type)         Output Shape         Param #    Trainable\n===\n                     16 x 4 x 28 x 28\nConv2d                                    40         True\nReLU\nAdaptiveAvgPool2d\n")
	f.Add("  | Name  | Type   | Params\n---\n0 | net | Sequential | 3.9 K\n1 | net.0 | Conv2d | 912\n---\n3.9 K  Total params\n")
	f.Add("| name | #elements or shape |\n|:--|:--|\n| model | 34.6K |\n|  fc1 | 30.8K |\n")
	f.Add("I0102 10:11:12.1  1 net.cpp:84] Creating Layer conv1\nI0102 10:11:12.1  1 net.cpp:406] conv1 <- data\nI0102 10:11:12.1  1 net.cpp:380] conv1 -> conv1\nI0102 10:11:12.1  1 net.cpp:129] Top shape: 64 20 24 24 (737280)\n")
	f.Add("├─Sequential: 1-1  [1, 5, 13, 13]  --\n│    └─Conv2d: 2-1  [1, 5, 26, 26]  50\n│    ...\n├─Linear: 1-2  [1, 7]\n")
	f.Add("Layer (type)  Output Shape  Param #\n===\nm (Functional)  (None, 2)  30\n|¯¯¯|\n| a (InputLayer)  [(None, 6)]  0 |\n| c (Dense)  (None, 3)  2,1… |\n¯¯¯\n")
	f.Fuzz(func(t *testing.T, s string) { tooltest.Check(t, tooltest.File("x.txt", []byte(s)), readers...) })
}

// readers are what the tests of this package read with.
var readers = []*source.Reader{&Reader}

// TestUnseen reads what torchsummary prints of layers whose tensors it does not see.
func TestUnseen(t *testing.T) {
	const src = "----------------------------------------------------------------\n" +
		"        Layer (type)               Output Shape         Param #\n" +
		"================================================================\n" +
		"              LSTM-1  [[-1, 12, 20], [-1, 2, 20]]               0\n" +
		"            Linear-2                [-1, 12, 3]              63\n" +
		"================================================================\nTotal params: 63\n"
	r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), readers...)
	if d != nil {
		t.Fatal(d)
	}
	if k := count.Of(r.Model).Totals; !k.ParamsAtLeast || k.Params(true).String() != "63" {
		t.Errorf("%s, at least: %v\n%s", k.Params(true), k.ParamsAtLeast, text.Compact(r.Model))
	}
}

// TestDividers reads a table whose columns are divided by tabs or by Markdown's bars.
func TestDividers(t *testing.T) {
	for _, src := range []string{
		"Layer (type)\tOutput Shape\tParam #\ninput_1 (InputLayer)\t[(None, 784)]\t0\ndense (Dense)\t(None, 64)\t50240\ndense_1 (Dense)\t(None, 10)\t650\n",
		"| Layer (type) | Output Shape | Param # |\n|---|---|---|\n| input_1 (InputLayer) | [(None, 784)] | 0 |\n| dense (Dense) | (None, 64) | 50240 |\n| dense_1 (Dense) | (None, 10) | 650 |\n",
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), readers...)
		if d != nil {
			t.Errorf("%s: %v", src, d)
			continue
		}
		if k := count.Of(r.Model).Totals; k.ParamsAtLeast || k.Params(true).String() != "50890" {
			t.Errorf("%s\n%s, at least: %v\n%s", src, k.Params(true), k.ParamsAtLeast, text.Compact(r.Model))
		}
	}
}
