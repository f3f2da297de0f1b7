package summary

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
)

const ruler = "\n=================================================================\n"

// keras and keras3 lay rows out as Keras 2 and 3 do; a row is its cells divided by |,
// and ¦ is a bar at the ends of the rows of a model within.
func keras(rows ...string) string {
	var b strings.Builder
	b.WriteString("Layer (type)                     Output Shape              Param #     Connected to" + ruler)
	for _, r := range rows {
		if !strings.Contains(r, "|") {
			b.WriteString(ruler[1:] + r + "\n")
			continue
		}
		for i, cell := range strings.Split(r, "|") {
			cell = strings.ReplaceAll(cell, "¦", "|")
			b.WriteString(cell + strings.Repeat(" ", max(1, []int{33, 26, 12, 30}[i]-len(cell))))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func keras3(rows ...string) string {
	b := "┃ Layer (type) ┃ Output Shape ┃ Param # ┃\n┡━━━╇━━━╇━━━┩\n"
	for _, r := range rows {
		if strings.Contains(r, "|") {
			b += "│ " + strings.ReplaceAll(r, "|", " │ ") + " │\n├───┼───┼───┤\n"
		} else {
			b += "└───┴───┴───┘\n " + r + "\n"
		}
	}
	return b
}

// TestLayouts reads tables as tools print them and people paste them: the layers and
// the parameters as the tool counts them, ≥ where the table does not state all.
func TestLayouts(t *testing.T) {
	for name, c := range map[string]struct{ table, want, note string }{
		// Numbers that a narrow column has cut off are unknown.
		"cut, from the total":   {keras3("a (Dense)|(None, 2500)|7,502…", "b (Dense)|(None, 3)|7,503", "Total params: 7,510,003 (28 MB)"), "7,510,003 i3000;l2500;l3", ""},
		"cut, no total":         {keras3("a (Dense)|(None, 2500)|7,502…", "b (Dense)|(None, 3)|7,503"), "≥7,509,503 opaque type=Dense weights=7502000,? buffers=none out=2500;l3", "rounded or cut off"},
		"cut, behind an input":  {keras3("i (InputLayer)|(None, 3000)|0", "a (Dense)|(None, 2500)|7,5…", "b (Dense)|(None, 3)|7,503"), "7,510,003 i3000;l2500;l3", ""},
		"cut twice":             {keras3("a (Mystery)|(None, 9)|1,2…", "b (Mystery)|(None, 9)|3,0…", "Total params: 9,999"), "≥4,200 opaque type=Mystery weights=1200,? buffers=none out=9;opaque type=Mystery weights=3000,? buffers=none out=9", "2 rows"},
		"cut, does not add up":  {keras3("a (Mystery)|(None, 9)|1,2…", "Total params: 9,999"), "≥1,200 opaque type=Mystery weights=1200,? buffers=none out=9", "1 rows"},
		"of the optimizer":      {keras3("i (InputLayer)|(None, 8)|0", "a (Dense)|(None, 4)|36", "Total params: 110 (440 B)", "Optimizer params: 74 (296 B)"), "36 i8;l4", "36 + 74 = 110"},
		"of the optimizer, cut": {keras3("a (Dense)|(None, 4)|3…", "Total params: 110 (440 B)", "Optimizer params: 74 (296 B)"), "36 i8;l4", "36 + 74 = 110"},

		// Inputs and windows that the table does not state.
		"wide, in steps":   {"Layer (type)  Output Shape  Param #" + ruler + "Conv2d-1  [-1, 48, 55, 55]  17,472\nReLU-2  [-1, 48, 55, 55]  0\nMaxPool2d-3  [-1, 48, 27, 27]  0\nConv2d-4  [-1, 96, 27, 27]  115,296\n", "132,768 i3x224x224;c48k11s4p2;r;m2s2;c96k5p2", "3×224×224"},
		"film, open":       {keras("a (ConvLSTM2D)|(None, None, 32, 32, 6)|1,536", "b (ConvLSTM2D)|(None, 32, 32, 4)|1,456"), "2,992", "?×1×32×32"},
		"film, valid":      {keras("a (ConvLSTM2D)|(None, 9, 62, 62, 5)|1,460"), "1,460 i9x3x64x64;convlstm5k3pvalid", "9×3×64×64"},
		"digits":           {keras("a (Conv2D)|(None, 26, 26, 7)|70"), "70 i1x28x28;c7k3pvalid", "1×28×28"},
		"colors, padded":   {keras("a (Conv2D)|(None, 32, 32, 7)|532"), "532 i3x32x32;c7k5pkeras-same", "3×32×32"},
		"half":             {keras("a (Conv2D)|(None, 112, 112, 8)|1184"), "1,184 i3x224x224;c8k7s2pkeras-same", "3×224×224"},
		"as the others":    {keras("a (Conv2D)|(None, 28, 28, 6)|156", "p (AveragePooling2D)|(None, 14, 14, 6)|0", "b (Conv2D)|(None, 10, 10, 16)|2416"), "2,572 i1x32x32;c6k5pvalid;a2s2pvalid;c16k5pvalid", ""},
		"as others padded": {keras("a (Conv2D)|(None, 28, 28, 6)|156", "p (AveragePooling2D)|(None, 14, 14, 6)|0", "b (Conv2D)|(None, 14, 14, 16)|2416"), "2,572 i1x28x28;c6k5pkeras-same;a2s2pvalid;c16k5pkeras-same", ""},
		"no bias":          {keras("a (Conv2D)|(None, 62, 62, 4)|108"), "108 i3x64x64;c4k3pvalid nobias", ""},
		"a line":           {keras("a (Conv1D)|(None, 126, 8)|32", "b (Conv1D)|(None, 124, 8)|200"), "232 i1x128;c8k3pvalid;c8k3pvalid", "1×128"},
		"of six sensors":   {keras("a (Conv1D)|(None, 128, 8)|152", "p (MaxPooling1D)|(None, 64, 8)|0", "b (Conv1D)|(None, 64, 4)|100"), "252 i6x128;c8k3pkeras-same;m2s2pvalid;c4k3pkeras-same", "6×128"},
		"a line in torch":  {"Layer (type) Output Shape Param #" + ruler + "Conv1d-1 [-1, 4, 100] 16\nReLU-2 [-1, 4, 100] 0\nConv1d-3 [-1, 4, 100] 16\n", "32 i1x100;c4k3p1;r;c4k1 nobias", ""},
		"pool of three":    {keras("i (InputLayer)|(None, 24, 24, 2)|0", "p (MaxPooling2D)|(None, 8, 8, 2)|0"), "0 i2x24x24;m3s3pvalid", ""},
		"pool of all":      {keras("i (InputLayer)|(None, 7, 7, 2)|0", "p (AveragePooling2D)|(None, 1, 1, 2)|0"), "0 i2x7x7;a7s7pvalid", ""},
		"pools of two":     {keras("i (InputLayer)|(None, 30, 30, 2)|0", "p (MaxPooling2D)|(None, 15, 15, 2)|0", "q (MaxPooling2D)|(None, 7, 7, 2)|0"), "0 i2x30x30;m2s2pvalid;m2s2pvalid", ""},

		"a sequence":        {keras("i (InputLayer)|(None, 20, 4)|0", "c (Conv1D)|(None, 18, 6)|78", "p (MaxPooling1D)|(None, 9, 6)|0", "l (LSTM)|(None, 5)|240"), "318 i4x20;c6k3pvalid;m2s2pvalid;permute2x1;lstm5 last", ""},
		"as PyTorch counts": {keras("i (InputLayer)|(None, 9, 4)|0", "g (LSTM)|(None, 3)|96"), "96 i9x4;lstm3 last", "96 parameters. As PyTorch counts, they are 108"},

		// Wrapped rows, shared layers, films.
		"wrapped name":    {keras("i (InputLayer)|[(None, 6, 6, 2)]|0", "a_rather_long_name_of_a_laye|(None, 2)|0", "r (GlobalMaxPooling2D)|"), "0 i2x6x6;gm flat", ""},
		"wrapped class":   {keras("i (InputLayer)|[(None, 6, 6, 2)]|0", "n (BatchNormalizati|(None, 6, 6, 2)|8", "on)|"), "8 i2x6x6;b", ""},
		"wrapped shape":   {keras("i (InputLayer)|[(None, None, None,|0", "|2)]", "a (Conv2D)|(None, None, None,|57", "|3)"), "57 i2x?x?;c3k3pvalid", ""},
		"wrapped in bars": {keras3("i|(None, 6, 6,|0", "(InputLayer)|2)|", "n|(None, 6, 6,|8", "(BatchNormalizatio…|2)|"), "8 i2x6x6;b", ""},
		"shared dense":    {keras("a (InputLayer)|(None, 5)|0", "b (InputLayer)|(None, 5)|0", "d (Dense)|(None, 4)|24|a[0][0]", "|||b[0][0]", "s (Subtract)|(None, 4)|0|d[0][0]", "|||d[1][0]", "o (Dense)|(None, 1)|5|s[0][0]"), "29", "repeated uses"},
		"shared model":    {keras("a (InputLayer)|(None, 5)|0", "b (InputLayer)|(None, 5)|0", "m (Functional)|(None, 4)|77|a[0][0]", "|||b[0][0]", "s (Subtract)|(None, 4)|0|m[1][0]", "|||m[2][0]"), "77", "repeated uses"},
		"shared twice":    {keras("a (InputLayer)|(None, 9, 9, 1)|0", "b (InputLayer)|(None, 9, 9, 1)|0", "c (Conv2D)|(None, 7, 7, 2)|20|a[0][0]", "|||b[0][0]", "j (Concatenate)|(None, 7, 7, 4)|0|c[0][0]", "|||c[1][0]"), "20", ""},
		"quoted feeders":  {keras("a (InputLayer)|(None, 5)|0|[]", "d (Dense)|(None, 5)|30|['a[0][0]']", "s (Add)|(None, 5)|0|['a[0][0]',", "|||'d[0][0]']"), "30 i5;s:add{|d:l5}", ""},
		"film":            {keras("i (InputLayer)|(None, 5, 12, 12, 3)|0", "q (ConvLSTM2D)|(None, 5, 12, 12, 4)|1024", "r (ConvLSTM2D)|(None, 12, 12, 2)|440"), "1,464 i5x3x12x12;convlstm4k3psame;convlstm2k3psame last", ""},
		"film, normed":    {keras("i (InputLayer)|(None, 5, 12, 12, 3)|0", "q (ConvLSTM2D)|(None, 5, 10, 10, 4)|1024", "n (BatchNormalization)|(None, 5, 10, 10, 4)|16"), "1,040 i5x3x12x12;convlstm4k3pvalid;permute2x1x3x4;b", ""},
		"each frame":      {keras("i (InputLayer)|(None, 5, 12, 12, 3)|0", "t (TimeDistributed)|(None, 5, 12, 12, 4)|304", "p (TimeDistributed)|(None, 5, 6, 6, 4)|0", "f (TimeDistributed)|(None, 5, 144)|0", "l (LSTM)|(None, 6)|3624"), "3,928 i3x5x12x12;c4k1x5x5pkeras-same;m1x2x2s1x2x2pvalid;permute2x1x3x4;f start=2;lstm6 last", ""},
		"each step":       {keras("i (InputLayer)|(None, 7, 5)|0", "t (TimeDistributed)|(None, 7, 2)|12"), "12 i7x5;l2", ""},
		"attention":       {keras("i (InputLayer)|(None, 9, 16)|0", "m (MultiHeadAttention)|(None, 9, 16)|2160|i[0][0]", "|||i[0][0]", "n (LayerNormalization)|(None, 9, 16)|32|m[0][0]"), "2,192 i9x16;at1hd32;ln", ""},

		// Which rows are not trained.
		"two of four frozen":  {keras("i (InputLayer)|(None, 4)|0", "a (Dense)|(None, 5)|25", "b (Dense)|(None, 6)|36", "c (Dense)|(None, 7)|49", "d (Dense)|(None, 2)|16", "Total params: 126", "Trainable params: 65", "Non-trainable params: 61"), "126 i4;l5 frozen;l6 frozen;l7;l2", ""},
		"no telling":          {keras("i (InputLayer)|(None, 4)|0", "a (Dense)|(None, 4)|20", "b (Dense)|(None, 4)|20", "Total params: 40", "Trainable params: 20", "Non-trainable params: 20"), "40 i4;l4;l4", "trainable parameters"},
		"statistics, and one": {keras("i (InputLayer)|(None, 4)|0", "a (Dense)|(None, 3)|15", "n (BatchNormalization)|(None, 3)|12", "c (Dense)|(None, 2)|8", "Total params: 35", "Trainable params: 14", "Non-trainable params: 21"), "35 i4;l3 frozen;b;l2", ""},

		// Blanks collapsed, Windows lines, TensorFlow.js.
		"single blanks":      {"Layer (type) Output Shape Param #" + ruler + "a (Conv2D) (None, 30, 30, 4) 112\nf (Flatten) (None, 3600) 0\nd (Dense) (None, 10) 36,010\n", "36,122 i3x32x32;c4k3pvalid;f;l10", ""},
		"single, feeders":    {"Layer (type) Output Shape Param # Connected to" + ruler + "i (InputLayer) [(None, 4)] 0 []\na (Dense) (None, 4) 20 ['i[0][0]']\ns (Add) (None, 4) 0 ['i[0][0]', 'a[0][0]']\n", "20 i4;s:add{|a:l4}", ""},
		"single, torch":      {"Layer (type) Output Shape Param #" + ruler + "Conv2d-1 [-1, 4, 30, 30] 112\nReLU-2 [-1, 4, 30, 30] 0\n", "112 i3x32x32;c4k3;r", ""},
		"no ends of lines":   {"Layer (type) Output Shape Param # ================== a (Conv2D) (None, 30, 30, 4) 112 _________________ f (Flatten) (None, 3600) 0 ________________ d (Dense) (None, 10) 36,010 ================== Total params: 36,122 Trainable params: 36,122", "36,122 i3x32x32;c4k3pvalid;f;l10", ""},
		"no ends, no rulers": {"Layer (type) Output Shape Param # ==================== Conv2d-1 [-1, 4, 30, 30] 112 ReLU-2 [-1, 4, 30, 30] 0 MaxPool2d-3 [-1, 4, 15, 15] 0 ==================== Total params: 112", "112 i3x32x32;c4k3;r;m2s2", ""},
		"windows":            {strings.ReplaceAll(keras("a (Conv2D)|(None, 26, 26, 7)|70", "Total params: 70"), "\n", "\r\n"), "70 i1x28x28;c7k3pvalid", ""},
		"TensorFlow.js":      {"Layer (type)                 Output shape              Param #   " + ruler + "conv2d_Conv2D1 (Conv2D)      [null,26,26,8]            80        \nflatten_Flatten1 (Flatten)   [null,5408]               0         " + ruler + "Total params: 80\n", "80 i1x28x28;c8k3pvalid;f", ""},

		// Other tools.
		"fastai, groups":        {"Layer (type)         Output Shape         Param #    Trainable" + ruler + "                     8 x 6 x 14 x 14\nConv2d                                    60         True\nReLU\n                     8 x 5\nAdaptiveAvgPool2d\nFlatten\nLinear                                    35         True\n" + ruler + "Total params: 95\n", "95 i1x28x28;c6k3s2p1;r;g;f;l5", ""},
		"fastai":                {"Layer (type)         Output Shape         Param #    Trainable" + ruler + "                     16 x 4 x 28 x 28\nConv2d                                    40         True\nBatchNorm2d                               8          False\nReLU\n                     16 x 4 x 14 x 14\nMaxPool2d\n" + ruler + "Total params: 48\n", "48 i1x28x28;c4k3p1;b frozen;r;m2s2", ""},
		"torchsummaryX":         {ruler[1:] + "            Kernel Shape     Output Shape  Params Mult-Adds\nLayer\n0_c1        [3, 8, 3, 3]   [1, 8, 30, 30]   224.0   194.4k\n1_r                    -   [1, 8, 30, 30]     NaN       NaN\n2_f           [7200, 10]          [1, 10]  72.01k     72.0k\n----\n                     Totals\nTotal params         72.234k\n", "72,234", ""},
		"torchsummaryX, pooled": {ruler[1:] + "            Kernel Shape     Output Shape  Params Mult-Adds\nLayer\n0_c1       [1, 4, 5, 5]  [1, 4, 24, 24]   104.0   57.6k\n1_c2       [4, 6, 5, 5]    [1, 6, 8, 8]   606.0   38.4k\n2_f           [96, 500]        [1, 500]   48.5k   48.0k\n----\n                     Totals\nTotal params         49.21k\n", "49,210 i1x28x28;c4k5;m2s2;c6k5;m2s2;f;l500", "after pooling by two"},
		"Paddle":                {ruler[1:] + " Layer (type)       Input Shape          Output Shape         Param #    " + ruler + "   Conv2D-1       [[1, 3, 32, 32]]     [1, 5, 30, 30]          140      \n    ReLU-1        [[1, 5, 30, 30]]     [1, 5, 30, 30]           0       \n  BatchNorm2D-1   [[1, 5, 30, 30]]     [1, 5, 30, 30]          20       \n   Linear-1          [[1, 4500]]            [1, 2]            9,002      " + ruler + "Total params: 9,162\nTrainable params: 9,152\n", "9,152 i3x32x32;c5k3;r;b;f;l2", "9,162"},
		"Darknet":               {"layer     filters    size              input                output\n   0 conv     16  3 x 3 / 2   64 x  64 x   3   ->    32 x  32 x  16 0.001 BFLOPs\n   1 max          2 x 2 / 2    32 x  32 x  16   ->    16 x  16 x  16\n", "≥432 i3x64x64;c16k3s2p1 nobias;m2s2;opaque type=biases_and_norms weights=? buffers=none out=16x16x16", "without biases"},
		"Darknet, joined":       {"layer     filters    size              input                output\n    0 conv      8  3 x 3 / 1    64 x  64 x   3   ->    64 x  64 x   8  0.002 BFLOPs\n    1 conv     16  3 x 3 / 2    64 x  64 x   8   ->    32 x  32 x  16  0.002 BFLOPs\n    2 conv      8  1 x 1 / 1    32 x  32 x  16   ->    32 x  32 x   8  0.000 BFLOPs\n    3 conv     16  3 x 3 / 1    32 x  32 x   8   ->    32 x  32 x  16  0.002 BFLOPs\n    4 res    1                  32 x  32 x  16   ->    32 x  32 x  16\n    5 upsample            2x    32 x  32 x  16   ->    64 x  64 x  16\n    6 route  5 0\n    7 conv     27  1 x 1 / 1    64 x  64 x  24   ->    64 x  64 x  27  0.005 BFLOPs\n    8 yolo\n    9 route  6\n   10 avg                      64 x  64 x  24   ->    24\n   11 connected                              24  ->     5\n", "≥3,421", "minimum"},
		"Darknet, parts":        {"   layer   filters  size/strd(dil)      input                output\n   0 conv     32       3 x 3/ 2    416 x 416 x   3 ->  208 x 208 x  32 0.075 BF\n   1 route  0 \t\t                       1/2 ->  208 x 208 x  16 \n   2 conv     16       3 x 3/ 1    208 x 208 x  16 ->  208 x 208 x  16 0.199 BF\n   3 Shortcut Layer: 1,  wt = 0, wn = 0, outputs: 208 x 208 x  16 0.003 BF\n   4 route  3 0 \t                           ->  208 x 208 x  48 \n   5 conv      4       1 x 1/ 1    208 x 208 x  48 ->  208 x 208 x   4 0.199 BF\n", "≥3,360", "minimum"},
		"Ultralytics":           {"                 from  n    params  module                                  arguments\n  0                  -1  1       928  ultralytics.nn.modules.conv.Conv        [3, 32, 3, 2]\n  1            [-1, 4]  1         0  ultralytics.nn.modules.conv.Concat      [1]\n", "928 opaque type=Conv weights=928 buffers=none;opaque type=Concat weights=none buffers=none", ""},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(c.table)), readers...)
		if d != nil {
			t.Errorf("%s: %v\n%s", name, d, c.table)
			continue
		}
		k := count.Of(r.Model).Totals
		style := count.Style{Biases: true, Keras: strings.Contains(c.table, "(None,")}
		got := k.Shown(style).Grouped()
		if k.ParamsAtLeast {
			got = "≥" + got
		}
		readAs(t, name, r, got, c.want, c.note)
	}
}

// bare is a compact text without its name, and without labels that nothing refers to.
func bare(src string) string {
	_, src, _ = strings.Cut(src, ";")
	if strings.Contains(src, "{") {
		return src
	}
	var all []string
	for _, s := range strings.Split(src, ";") {
		all = append(all, s[strings.LastIndexByte(s, ':')+1:])
	}
	return strings.TrimSpace(strings.Join(all, ";"))
}
