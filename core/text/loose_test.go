package text_test

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/text"
)

// TestTried reads what people try before they know the notation as what it can
// only mean.
func TestTried(t *testing.T) {
	for tried, means := range map[string]string{
		"conv 20 3x3":                     "conv 20 k3",
		"conv 20 3":                       "conv 20 k3",
		"conv 20 1x7 same":                "conv 20 k1x7 psame",
		"conv 3x3 64":                     "conv 64 k3",
		"conv 64 3 s2 valid":              "conv 64 k3 s2 pvalid",
		"conv 20 3p1":                     "conv 20 k3 p1",
		"conv 48*2 3":                     "conv 48*2 k3",
		"maxpool 3 2":                     "maxpool 3 s2",
		"maxpool 2x2 2x2":                 "maxpool 2 s2",
		"convtranspose 8 2 s2":            "convtranspose 8 k2 s2",
		"convlstm 8 3 same":               "convlstm 8 k3 psame",
		"input 1 28 28":                   "input 1x28x28",
		"3x160x96; conv 8 k3":             "input 3x160x96; conv 8 k3",
		"1x40x24 conv 6 k5":               "input 1x40x24; conv 6 k5",
		"3 × 48 × 48; relu":               "input 3x48x48; relu",
		"name small; 3x48x48; relu":       "name small; input 3x48x48; relu",
		"100 -> 50 -> 7":                  "input 100; linear 50; linear 7",
		"96-48-12-3":                      "input 96; linear 48; linear 12; linear 3",
		"100 → 50 relu → 7 softmax":       "input 100; linear 50; relu; linear 7; softmax",
		"100 -> 50 -> tanh -> 7":          "input 100; linear 50; tanh; linear 7",
		"conv 12 (5,5) relu":              "conv 12 k5; relu",
		"conv 12 (5, 3) same":             "conv 12 k5x3 psame",
		"Conv2D(12, 5)(h)":                "conv 12 k5",
		"pointwise 40":                    "conv 40 k1",
		"5x5x64":                          "conv 64 k5 p2",
		"pointwise conv 40 relu":          "conv 40 k1; relu",
		"input (3, 224, 224)":             "input 3x224x224",
		"input 3,224,224":                 "input 3x224x224",
		"input 1 28 28; conv 8 3x3":       "input 1x28x28; conv 8 k3",
		"input None x 28 x 28 x 1":        "input ?x28x28x1",
		"input (None, 28, 28, 1)":         "input ?x28x28x1",
		"input Nx3x32x32":                 "input ?x3x32x32",
		"input -1x3x32x32":                "input ?x3x32x32",
		"input (batch_size, 3, 32, 32)":   "input ?x3x32x32",
		"input 28x28 grayscale":           "input 1x28x28",
		"input RGB 224 x 224":             "input 3x224x224",
		"input 3@224x224":                 "input 3x224x224",
		"input 3 channels, 224×224":       "input 3x224x224",
		"input: 3x224x224":                "input 3x224x224",
		"Input shape: (3, 224, 224)":      "input 3x224x224",
		"input shape=(3, 224, 224)":       "input 3x224x224",
		"input = 3x224x224 as image":      "image: input 3x224x224",
		"input: conv 8 k3":                "input: conv 8 k3",
		"dense 12 relu":                   "linear 12; relu",
		"dense 12 activation=relu":        "linear 12; relu",
		"dense 12 activation relu nobias": "linear 12 nobias; relu",
		"dense 12 relu frozen":            "linear 12 frozen; relu",
		"fc: dense 12 relu":               "fc: linear 12; relu",
		"conv 8 k3 leakyrelu 0.2":         "conv 8 k3; leakyrelu 0.2",
		"conv 8 k3 bn relu maxpool 2":     "conv 8 k3; bn; relu; maxpool 2",
		"conv 8 k3 relu bn":               "conv 8 k3; relu; bn",
		"linear 10 softmax":               "linear 10; softmax",
		"repeat 2 { conv 8 3 relu }":      "repeat 2 { conv 8 k3; relu }",
		"add { conv 8 3 relu | }":         "add { conv 8 k3; relu | }",

		"conv 64, 3x3":                                                 "conv 64 k3",
		"conv 64, 3x3, stride 2, same":                                 "conv 64 k3 s2 psame",
		"conv 64 k 3, s 2, p 1":                                        "conv 64 k3 s2 p1",
		"conv 64 kernel_size=3 strides=2":                              "conv 64 k3 s2",
		"conv 64 filters of 5x5":                                       "conv 64 k5",
		"conv 64@5x5; conv: 32 filters, 3×3":                           "conv 64 k5; conv 32 k3",
		"conv 3x3x64":                                                  "conv 64 k3",
		"input 3x8x8; conv 3 64 3; conv 64 -> 32 k3":                   "input 3x8x8; conv 64 k3; conv 32 k3",
		"3x3 conv, 64; 3x3 conv, 128, /2":                              "conv 64 k3 p1; conv 128 k3 s2 p1",
		"conv1  7x7, 64, stride 2":                                     "conv 64 k7 s2 p3",
		"input layer: 784 neurons; hidden layer 128 neurons; 10 units": "input 784; linear 128; linear 10",
		"input 3x8x8; MaxPooling2D(); AveragePooling2D(3)":             "input 3x8x8; maxpool 2; avgpool 3",
		"a: 7x7, 64, stride 2":                                         "a: conv 64 k7 s2 p3",
		"1x1 conv, 256, batch norm, relu":                              "conv 256 k1; bn; relu",
		"conv3-64\nconv1-256\nmaxpool\tk2\nFC-4096\nsoft-max":          "conv 64 k3 p1; conv 256 k1; maxpool 2; linear 4096; softmax",
		"2x2 max-pool, stride 2; max pool 3/2":                         "maxpool 2; maxpool 3 s2",
		"global average pooling, 1000-d fc, softmax":                   "globalavgpool; linear 1000; softmax",
		"conv 64 k3 -> relu → maxpool 2 + dropout 25%":                 "conv 64 k3; relu; maxpool 2; dropout 0.25",
		"dense 10, softmax; fc 5, activation=relu":                     "linear 10; softmax; linear 5; relu",
		"linear 10 without bias; batch normalization":                  "linear 10 nobias; bn",
		"input 9; embedding 1000 64; embedding 50, 8":                  "input 9; embedding 1000x64; embedding 50x8",
		"input 20x128; lstm 128 64; gru 64, 32":                        "input 20x128; lstm 64; gru 32",
		"lstm 128 64":                                                  "input ?x128; lstm 64",
		"input 7x5; bilstm 9":                                          "input 7x5; lstm 9 bidirectional",
		"linear 784 100; linear 100 → 10":                              "input 784; linear 100; linear 10",
		"input 64x8x8; bn 64":                                          "input 64x8x8; bn",
		"input 20x64; multi-head attention 8":                          "input 20x64; attention 8",
		"Linear(784, 100) # the first":                                 "input 784; linear 100 # the first",

		"Conv2d(3, 64, 3)": "input 3x?x?; conv 64 k3",
		"Conv2d(3, 64, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))":                                                           "input 3x?x?; conv 64 k3 s2 p1",
		"input 3x32x32\nnn.Conv2d(3, 6, 5),\nnn.ReLU(),\nnn.MaxPool2d(2, 2)":                                                         "input 3x32x32; conv 6 k5; relu; maxpool 2 s2",
		"input 1x28x28\nnn.Conv2d(1, 9, 3, bias=False)\nnn.BatchNorm2d(9)\nnn.ReLU(inplace=True)\nnn.Flatten()\nnn.Linear(6084, 10)": "input 1x28x28; conv 9 k3 nobias; bn; relu; flatten; linear 10 in=6084",
		"input 784; nn.Linear(780, 10)":                            "input 784; linear 10 in=780",
		"Linear(784,100)\nLinear(200,10)":                          "input 784; linear 100; linear 10 in=200",
		"nn.Linear(784, 10)":                                       "input 784; linear 10",
		"nn.LSTM(5, 9, num_layers=2, bidirectional=True)":          "input ?x5; lstm 9 l2 bidirectional",
		"nn.Embedding(1000, 64)":                                   "embedding 1000x64",
		"input 30\nDense(12, activation=\"relu\")":                 "input 30; linear 12; relu",
		"input 7x5\nLSTM(9)":                                       "input 7x5; lstm 9 last",
		"input 7x5\nLSTM(9, return_sequences=True)":                "input 7x5; lstm 9",
		"Conv2D(32, 3, activation='relu', input_shape=(28,28,1))":  "input 1x28x28; conv 32 k3; relu",
		"input 3x32x32; Conv2D(8, (3, 3), padding='same')":         "input 3x32x32; conv 8 k3 psame",
		"input 3x32x32; Conv2D(8, 3, strides=2, padding=\"same\")": "input 3x32x32; conv 8 k3 s2 padding=keras-same",
		"input 3x32x32; MaxPooling2D((2, 2))":                      "input 3x32x32; maxpool 2",
		"input 3x32x32; layers.Dropout(0.25)":                      "input 3x32x32; dropout 0.25",
		"input 3x32x32; conv2d(3, 64, 3)":                          "input 3x32x32; conv 64 k3",
		"input 3x32x32; conv2d(64, 3)":                             "input 3x32x32; conv 64 k3",
		"input 5; dense(4)":                                        "input 5; linear 4",
	} {
		file, problems := text.Parse(tried)
		if len(problems) > 0 {
			t.Errorf("%q: %v", tried, problems)
			continue
		}
		want, problems := text.Parse(means)
		if len(problems) > 0 {
			t.Fatalf("%q: %v", means, problems)
		}
		if got, want := text.Format(file.Model), text.Format(want.Model); got != want {
			t.Errorf("%q is read as\n%swant\n%s", tried, got, want)
		}
		same(t, file.Model)
		for id, span := range file.Spans {
			if span.Start < 0 || span.End < span.Start || span.End > len(tried) {
				t.Errorf("%q: node %d is at %v", tried, id, span)
			}
		}
	}
}

// TestTriedWrong shows the right line for what can mean two things, or nothing.
func TestTriedWrong(t *testing.T) {
	for tried, want := range map[string]struct {
		key  catalog.Key
		says string
	}{
		"conv 20 3 2":                           {catalog.TextLine, "conv 20 k3 s2"},
		"maxpool 3 2 1":                         {catalog.TextLine, "maxpool 3 s2 p1"},
		"dense 10 rleu":                         {catalog.TextUnknownOption, "features"},
		"dense 10 activation=rleu":              {catalog.TextUnknownKind, "rleu"},
		"relu 3":                                {catalog.TextNoMain, ""},
		"conv 64 k3 add":                        {catalog.TextUnknownOption, ""},
		"input 3x32x32; nn.Conv2d(16, 8, 3)":    {catalog.TextCallReceives, "receive 16, but the layer before it outputs 3"},
		"nn.Conv2d(3, 64, 3, padding_mode='x')": {catalog.TextCall, "conv 64 k3"},
		"Conv2d(3, 64, 3":                       {catalog.TextLine, "Conv2d(3, 64, 3)"},
		"input 3x8x8; conv 3 64":                {catalog.TextLine, "as conv 64 k3"},
		"conv 64, 3, 1, 1":                      {catalog.TextLine, "as conv 64 k3 s1 p1"},
		"11x11 conv, 96, /4":                    {catalog.TextLine, "as conv 96 k11 s4 p5"},
		"3x3 max pool, stride 2":                {catalog.TextLine, "as maxpool 3 s2 p1"},
		"output layer: 10":                      {catalog.TextLine, "as linear 10"},
		"pool/2":                                {catalog.TextLine, "as maxpool 2"},
		"average pool, fc 10":                   {catalog.TextLine, "as globalavgpool; linear 10"},
		"[3x3, 64] x 3":                         {catalog.TextLine, "as repeat 3 { conv 64 k3 p1 }"},
		"[3×3, 64; 3×3, 64] × 2":                {catalog.TextLine, "as repeat 2 { add { conv 64 k3 p1; bn; relu; conv 64 k3 p1; bn | }; relu }"},
		"conv-bn-relu 64":                       {catalog.TextLine, "as conv 64 k3; bn; relu"},
		"input 64x8x8; bn 32":                   {catalog.TextCallReceives, "receive 32, but the layer before it outputs 64"},
		"input 7x5; lstm 6 9":                   {catalog.TextLine, "as lstm 9"},
		"input 7x5; nn.LSTM(6, 9)":              {catalog.TextCallReceives, "receive 6, but the layer before it outputs 5"},
		"40x24":                                 {catalog.TextLine, "as input 1x40x24"},
		"2024-01-02":                            {catalog.TextUnknownKind, "2024-01-02"},
		"dropout 300%":                          {catalog.BadValue, "300%"},
		"Foo(3)":                                {catalog.TextUnknownKind, "Foo"},
		"conv 64 relu":                          {catalog.NeedsField, "k3"},
		"nn.MultiheadAttention(512, 8, x)":      {catalog.TextUnknownKind, "Attention"},
	} {
		problems := problemsOf(tried)
		if len(problems) != 1 || problems[0].Say.Key != want.key && !strings.Contains(string(problems[0].Say.Key), "near") || !strings.Contains(problems[0].Error(), want.says) {
			t.Errorf("%q: %v, want %s with %q", tried, problems, want.key, want.says)
		}
	}
}
