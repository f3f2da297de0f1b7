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

		"Conv2d(3, 64, 3)": "input 3x?x?; conv 64 k3",
		"Conv2d(3, 64, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1))":                                                           "input 3x?x?; conv 64 k3 s2 p1",
		"input 3x32x32\nnn.Conv2d(3, 6, 5),\nnn.ReLU(),\nnn.MaxPool2d(2, 2)":                                                         "input 3x32x32; conv 6 k5; relu; maxpool 2 s2",
		"input 1x28x28\nnn.Conv2d(1, 9, 3, bias=False)\nnn.BatchNorm2d(9)\nnn.ReLU(inplace=True)\nnn.Flatten()\nnn.Linear(6084, 10)": "input 1x28x28; conv 9 k3 nobias; bn; relu; flatten; linear 10",
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
		"conv 20 3 2":                           {catalog.TextThirdValue, "conv 20 k3 s2"},
		"maxpool 3 2 1":                         {catalog.TextThirdValue, "maxpool 3 s2"},
		"dense 10 rleu":                         {catalog.TextUnknownOption, "features"},
		"dense 10 activation=rleu":              {catalog.TextUnknownKind, "rleu"},
		"relu 3":                                {catalog.TextNoMain, ""},
		"conv 64 k3 add":                        {catalog.TextUnknownOption, ""},
		"input 3x32x32; nn.Conv2d(16, 8, 3)":    {catalog.TextCallReceives, "receive 16, but the layer before it outputs 3"},
		"input 784; nn.Linear(780, 10)":         {catalog.TextCallReceives, "780"},
		"nn.Conv2d(3, 64, 3, padding_mode='x')": {catalog.TextCall, "conv 64 k3"},
		"Conv2d(3, 64, 3":                       {catalog.BadValue, "(3,"},
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
