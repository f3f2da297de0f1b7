package torch

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// printCases are models as people print and paste them, with what PyTorch counts in
// them: parameters, and statistics and counters of norms.
var printCases = []struct{ name, print, want, counts string }{
	{"a norm with its activation", `Stem(
  (conv): Conv2d(2, 6, kernel_size=(3, 3), stride=(2, 2), bias=False)
  (bn): BatchNormAct2d(
    6, eps=0.001, momentum=0.1, affine=True, track_running_stats=True
    (drop): Identity()
    (act): SiLU(inplace=True)
  )
)`, "input 2x?x?; conv: conv 6 k3 s2 nobias; bn: bn eps=0.001; identity; silu", "120 13"},
	{"a group norm with its activation", `Stem(
  (stem): StdConv2d(3, 8, kernel_size=(3, 3), stride=(1, 1), bias=False)
  (norm): GroupNormAct(
    4, 8, eps=1e-05, affine=True
    (drop): Identity()
    (act): ReLU(inplace=True)
  )
)`, "input 3x?x?; stem: conv 8 k3 nobias; norm: groupnorm 4; identity; relu", "232 0"},
	{"a blank before the bracket", `Net(
  (conv): Conv2d(1, 5, kernel_size=(3, 3), stride=(1, 1))
  (pool): SelectAdaptivePool2d (pool_type=avg, flatten=Flatten(start_dim=1, end_dim=-1))
  (fc): Linear(in_features=5, out_features=2, bias=True)
)`, "input 1x?x?; conv: conv 5 k3; globalavgpool; flatten; fc: linear 2", "62 0"},
	{"a pool that keeps its positions", `Net(
  (conv): Conv2d(1, 5, kernel_size=(3, 3), stride=(1, 1))
  (pool): SelectAdaptivePool2d(pool_type=max, flatten=Identity())
  (fc): Conv2d(5, 2, kernel_size=(1, 1), stride=(1, 1))
)`, "input 1x?x?; conv: conv 5 k3; adaptivemaxpool 1; fc: conv 2 k1", "62 0"},
	{"two pools in one", `Net(
  (conv): Conv2d(1, 5, kernel_size=(3, 3), stride=(1, 1))
  (pool): SelectAdaptivePool2d (pool_type=catavgmax, flatten=Flatten(start_dim=1, end_dim=-1))
  (fc): Linear(in_features=10, out_features=2, bias=True)
)`, "input 1x?x?; conv: conv 5 k3; pool: opaque type=SelectAdaptivePool2d weights=none buffers=none; input 10; fc: linear 2", "72 0"},
	{"PyTorch 0.3", `Net (
  (features): Sequential (
    (0): Conv2d(1, 4, kernel_size=(3, 3), stride=(1, 1))
    (1): ReLU (inplace)
  )
  (a): Linear (12 -> 5)
  (b): Linear (5 -> 2)
)`, "input 1x?x?; features.0: conv 4 k3; relu; flatten; a: linear 5 in=12; b: linear 2", "117 0"},
	{"a class called LSTM", `LSTM(
  (lstm): LSTM(5, 7, batch_first=True)
  (fc): Linear(in_features=7, out_features=2, bias=True)
)`, "input ?x5; lstm: lstm 7; fc: linear 2", "408 0"},
	{"classes called Linear and Conv2d", `Net(
  (a): Conv2d(
    (conv): Conv2d(1, 2, kernel_size=(1, 1), stride=(1, 1))
    (bn): BatchNorm2d(2, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
  )
  (b): RNN(
    (cell): Linear(in_features=2, out_features=3, bias=False)
  )
)`, "input 1x?x?; a.conv: conv 2 k1; a.bn: bn; input 2; b.cell: linear 3 nobias", "14 5"},
	{"a convolution that pads itself", `Net(
  (conv): Conv2dSame(3, 2, kernel_size=(3, 3), stride=(2, 2), bias=False)
)`, "input 3x?x?; conv: conv 2 k3 s2 pkeras-same nobias", "54 0"},
	{"weights in four and in eight bits", `Net(
  (k): Linear4bit(in_features=6, out_features=6, bias=False)
  (v): Linear8bitLt(in_features=6, out_features=2, bias=True)
)`, "input 6; k: linear 6 nobias; v: linear 2", "50 0"},
	{"LoRA of PEFT", `PeftModel(
  (q): lora.Linear4bit(
    (base_layer): Linear4bit(in_features=8, out_features=8, bias=False)
    (lora_dropout): ModuleDict(
      (default): Dropout(p=0.05, inplace=False)
    )
    (lora_A): ModuleDict(
      (default): Linear(in_features=8, out_features=2, bias=False)
    )
    (lora_B): ModuleDict(
      (default): Linear(in_features=2, out_features=8, bias=False)
    )
    (lora_embedding_A): ParameterDict()
    (lora_embedding_B): ParameterDict()
    (lora_magnitude_vector): ModuleDict()
  )
)`, "input 8; add {;   q.base_layer: linear 8 nobias; |;   dropout 0.05;   q.lora_A.default: linear 2 nobias;   q.lora_B.default: linear 8 nobias; }", "96 0"},
	{"LoRA of PEFT 0.4", `Net(
  (q): Linear(
    in_features=8, out_features=8, bias=True
    (lora_dropout): ModuleDict(
      (default): Identity()
    )
    (lora_A): ModuleDict(
      (default): Linear(in_features=8, out_features=2, bias=False)
    )
    (lora_B): ModuleDict(
      (default): Linear(in_features=2, out_features=8, bias=False)
    )
    (lora_embedding_A): ParameterDict()
    (lora_embedding_B): ParameterDict()
  )
)`, "input 8; add {;   q: linear 8; |;   identity;   q.lora_A.default: linear 2 nobias;   q.lora_B.default: linear 8 nobias; }", "104 0"},
	{"figures of fvcore", "Net(\n  #params: 0.1K, #flops: 0.5K\n  (a): Linear(\n    in_features=3, out_features=2, bias=True\n    #params: 8, #flops: 6\n  )\n  (r): ReLU()\n)", "input 3; a: linear 2; relu", "8 0"},
	{"indented", "    Small(\n      (a): Conv2d(3, 2, kernel_size=(5, 5), stride=(1, 1))\n      (r): ReLU()\n    )", "input 3x?x?; a: conv 2 k5; relu", "152 0"},
	{"in a fence, quoted", "> ```\r\n> Small(\r\n>   (a): Linear(in_features=3, out_features=2, bias=True)\r\n> )\r\n> ```\r\n", "input 3; a: linear 2", "8 0"},
	{"in a comment, wrapped", "# Small(\n#   (a): Conv2d(3, 2, kernel_size=(5, 5), stride=(1, 1),\n# padding=(2, 2), bias=False)\n# )", "input 3x?x?; a: conv 2 k5 p2 nobias", "150 0"},
	{"in one line", "Net( (b): Sequential( (0): Linear(in_features=3, out_features=2, bias=True) (1): ReLU() ) (c): Linear(in_features=2, out_features=2, bias=True) )", "input 3; b.0: linear 2; relu; c: linear 2", "14 0"},
	{"one layer, kernel without blanks", ">>> Conv2d(3, 20, kernel_size=(3,3))", "input 3x?x?; conv 20 k3", "560 0"},
}

// TestPrintsOfPeople reads them all.
func TestPrintsOfPeople(t *testing.T) {
	for _, c := range printCases {
		r, format, d := tooltest.Open(tooltest.File("model.txt", []byte(c.print)), readers...)
		if d != nil {
			t.Errorf("%s: %s", c.name, d.Say.In(catalog.English))
			continue
		}
		_, got, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text.Format(r.Model)), "\n", "; "), "; ")
		k := count.Of(r.Model).Totals
		counts := fmt.Sprint(k.Params(true), " ", k.Stats.Add(k.Counters))
		if format.ID != "torch-print" || got != c.want || counts != c.counts || k.ParamsAtLeast {
			t.Errorf("%s: %s, at least: %v\n%s\nwant %s\n%s", c.name, counts, k.ParamsAtLeast, got, c.counts, c.want)
		}
	}
}

// TestPrintOfHiddenWeights wants a total that is a minimum where a print does not
// have all weights: a parametrization takes the layer's.
func TestPrintOfHiddenWeights(t *testing.T) {
	for name, print := range map[string]string{
		"a parametrization": "ParametrizedLinear(\n  in_features=4, out_features=4, bias=True\n  (parametrizations): ModuleDict(\n    (weight): ParametrizationList(\n      (0): LoRAParametrization()\n    )\n  )\n)",
		"packed":            "Net(\n  (a): DynamicQuantizedLinear(in_features=4, out_features=4, dtype=torch.qint8, qscheme=torch.per_tensor_affine)\n)",
		"a scale":           "Net(\n  (a): ScaledStdConv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n)",
	} {
		r, _, d := tooltest.Open(tooltest.File("model.txt", []byte(print)), readers...)
		if d != nil {
			t.Errorf("%s: %v", name, d)
		} else if !count.Of(r.Model).Totals.ParamsAtLeast {
			t.Errorf("%s: exact:\n%s", name, text.Format(r.Model))
		}
	}
}

// TestPrintsOfSeveral opens every model of a text, each once, and passes over
// optimizers.
func TestPrintsOfSeveral(t *testing.T) {
	print := `Adam (
Parameter Group 0
    lr: 0.001
)
>>> G
Generator(
  (fc): Linear(in_features=4, out_features=8, bias=True)
)
Discriminator(
  (fc): Linear(in_features=8, out_features=1, bias=True)
)
Generator(
  (fc): Linear(in_features=4, out_features=8, bias=True)
)
Adam (
Parameter Group 0
    lr: 0.002
)`
	r, _, d := tooltest.Open(tooltest.File("model.txt", []byte(print)), readers...)
	if d != nil {
		t.Fatal(d)
	}
	said := false
	for _, n := range r.Notes {
		said = said || n.Say.Key == catalog.ImportNetworkMore
	}
	if n := count.Of(r.Model).Totals.Params(true).String(); n != "40" || len(r.More) != 1 || !said {
		t.Fatalf("%s parameters, %d more, said: %v", n, len(r.More), said)
	}
	if n := count.Of(r.More[0].Model).Totals.Params(true).String(); n != "9" || r.More[0].State != "Discriminator" {
		t.Errorf("%s has %s parameters", r.More[0].State, n)
	}
}

// TestPrintFlattens puts in the flatten that forward has, with an input that fits, and
// says so; it notes both numbers where none does.
func TestPrintFlattens(t *testing.T) {
	net := func(layers ...string) string { return "Net(\n  " + strings.Join(layers, "\n  ") + "\n)" }
	conv := func(name string, in, out int) string {
		return fmt.Sprintf("(%s): Conv2d(%d, %d, kernel_size=(5, 5), stride=(1, 1))", name, in, out)
	}
	line := func(name string, in int) string {
		return fmt.Sprintf("(%s): Linear(in_features=%d, out_features=4, bias=True)", name, in)
	}
	const pool = "(pool): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)"
	for name, c := range map[string]struct {
		print, want string
		note        catalog.Key
		params      int
	}{
		"gray images":              {net(conv("a", 1, 6), pool, conv("b", 6, 9), line("d", 9*64)), "input 1x28x28; a: conv 6 k5; maxpool 2 s2; b: conv 9 k5; flatten; d: linear 4", catalog.ImportPrintInput, 26*6 + 151*9 + (9*64+1)*4},
		"colours":                  {net(conv("a", 3, 6), pool, conv("b", 6, 9), line("d", 900)), "input 3x32x32; a: conv 6 k5; maxpool 2 s2; b: conv 9 k5; flatten; d: linear 4", catalog.ImportPrintInput, 76*6 + 151*9 + 901*4},
		"a flatten of its own":     {net(conv("a", 3, 2), "(f): Flatten(start_dim=1, end_dim=-1)", line("d", 2*28*28)), "input 3x32x32; a: conv 2 k5; flatten; d: linear 4", catalog.ImportPrintInput, 76*2 + 1569*4},
		"a line":                   {net("(a): Conv1d(1, 2, kernel_size=(5,), stride=(1,))", line("d", 2*124)), "input 1x128; a: conv 2 k5; flatten; d: linear 4", catalog.ImportPrintInput, 12 + 249*4},
		"pooled in forward":        {net(conv("a", 1, 10), conv("b", 10, 20), line("d", 320)), "input 1x?x?; a: conv 10 k5; b: conv 20 k5; flatten; d: linear 4 in=320", catalog.ImportMisfit, 260 + 5020 + 321*4},
		"no multiple":              {net(conv("a", 1, 6), line("d", 25)), "input 1x?x?; a: conv 6 k5; flatten; d: linear 4 in=25", catalog.ImportMisfit, 156 + 26*4},
		"as many as a map is wide": {net("(a): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2))", line("d", 84)), "input 1x?x?; a: conv 6 k5 p2; flatten; d: linear 4 in=84", catalog.ImportMisfit, 156 + 85*4},
		"another number":           {net(conv("a", 1, 6), "(p): AdaptiveAvgPool2d(output_size=(2, 2))", line("d", 20)), "input 1x?x?; a: conv 6 k5; adaptiveavgpool 2x2; flatten; d: linear 4 in=20", catalog.ImportMisfit, 156 + 21*4},
		"a mean in forward":        {net(conv("a", 1, 6), line("d", 6)), "input 1x?x?; a: conv 6 k5; input 6; d: linear 4", catalog.ImportInputs, 156 + 28},
	} {
		r, _, d := tooltest.Open(tooltest.File("model.txt", []byte(c.print)), readers...)
		if d != nil {
			t.Errorf("%s: %v", name, d)
			continue
		}
		_, got, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text.Format(r.Model)), "\n", "; "), "; ")
		if k := count.Of(r.Model).Totals; got != c.want || k.ParamsAtLeast || k.Params(true).String() != fmt.Sprint(c.params) || !hasNote(r, c.note) {
			t.Errorf("%s: %s parameters, want %d\n%s\nwant %s\n%v", name, k.Params(true), c.params, got, c.want, r.Notes)
		}
		if c.note != catalog.ImportMisfit && hasNote(r, catalog.ImportMisfit) {
			t.Errorf("%s: a misfit is noted: %v", name, r.Notes)
		}
	}
}

// TestPrintMisfits marks a dense layer that takes another number of features than it
// is given, at its row and through text and link, and not the head beside another.
func TestPrintMisfits(t *testing.T) {
	line := func(name string, in, out int) string {
		return fmt.Sprintf("  (%s): Linear(in_features=%d, out_features=%d, bias=True)\n", name, in, out)
	}
	for name, c := range map[string]struct{ print, at, says, want string }{
		"one behind another": {"Net(\n" + line("a", 784, 100) + line("b", 200, 10) + ")", "b",
			"declares 200 input features, but receives 100", "input 784; a: linear 100; b: linear 10 in=200"},
		"numbered": {"Sequential(\n" + line("0", 64, 32) + "  (1): ReLU()\n" + line("2", 31, 4) + ")", "n2",
			"declares 31 input features, but receives 32", "input 64; n0: linear 32; relu; n2: linear 4 in=31"},
		"behind a pool": {"Net(\n  (c): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n  (p): AdaptiveAvgPool2d(output_size=(2, 2))\n" + line("fc", 8, 10) + line("g", 33, 2) + ")", "g",
			"declares 33 input features, but receives 10", "input 3x?x?; c: conv 8 k3; adaptiveavgpool 2x2; input 8; fc: linear 10; g: linear 2 in=33"},
		"two heads": {"VAE(\n" + line("enc", 784, 400) + line("mu", 400, 20) + line("logvar", 400, 20) + line("dec", 20, 400) + line("out", 400, 784) + ")", "",
			"", "input 784; enc: linear 400; mu: linear 20; input 400; logvar: linear 20; dec: linear 400; out: linear 784"},
	} {
		r, _, d := tooltest.Open(tooltest.File("model.txt", []byte(c.print)), readers...)
		if d != nil {
			t.Fatalf("%s: %v", name, d)
		}
		_, got, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text.Format(r.Model)), "\n", "; "), "; ")
		if got != c.want {
			t.Errorf("%s:\n%s, want\n%s", name, got, c.want)
		}
		linked, d := link.Decode(link.Encode(r.Model))
		if d != nil {
			t.Fatal(d)
		}
		report, at, says := count.Of(linked), "", ""
		for _, d := range report.Problems {
			at, says = report.Name(d.Node), d.Error()
		}
		if at != c.at || !strings.Contains(says, c.says) {
			t.Errorf("%s: at %q %q, want %q %q", name, at, says, c.at, c.says)
		}
	}
}

// hasNote reports whether a result has a note.
func hasNote(r *source.Result, key catalog.Key) bool {
	return slices.ContainsFunc(r.Notes, func(n source.Note) bool { return n.Say.Key == key })
}

// TestPrintTied notes a head that may have the weights of a table, and how to say so.
func TestPrintTied(t *testing.T) {
	for print, want := range map[string]bool{
		"LM(\n  (wte): Embedding(50, 6)\n  (lm_head): Linear(in_features=6, out_features=50, bias=False)\n)":                                        true,
		"LM(\n  (lm_head): Linear(in_features=6, out_features=50, bias=True)\n  (wte): Embedding(50, 6, padding_idx=0)\n)":                          true,
		"LM(\n  (wte): Embedding(50, 6)\n  (lm_head): Linear(in_features=6, out_features=49, bias=False)\n)":                                        false,
		"LM(\n  (wte): Embedding(50, 6)\n  (a): Linear(in_features=6, out_features=6, bias=False)\n  (b): Linear(in_features=6, out_features=5)\n)": false,
	} {
		r, _, d := tooltest.Open(tooltest.File("model.txt", []byte(print)), readers...)
		if d != nil || hasNote(r, catalog.ImportTied) != want {
			t.Errorf("%v, want %v: %v\n%s", r.Notes, want, d, print)
		}
	}
}

// TestPrintElided reads prints of which somebody left out a part, and parameters in
// a list of one, which PyTorch prints on one line.
func TestPrintElided(t *testing.T) {
	const head = "Net(\n  (a): Linear(in_features=3, out_features=10, bias=True)\n  "
	for src, want := range map[string]struct {
		params  string
		atLeast bool
	}{
		head + "...\n)": {"40", true},
		head + "…\n  (c): Linear(in_features=10, out_features=2, bias=True)\n)": {"62", true},
		head + "[...]\n)":                {"40", true},
		head + "# ... 10 more\n)":        {"40", true},
		head + "<truncated>\n)":          {"40", true},
		head + "(b): Sequential(...)\n)": {"40", true},
		head + "(ps): ParameterList(  (0): Parameter containing: [torch.float32 of size 3x4])\n)":                            {"52", false},
		head + "(lora_embedding_A): ParameterDict(  (default): Parameter containing: [torch.FloatTensor of size 8x1000])\n)": {"8040", false},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &PrintReader)
		if d != nil {
			t.Errorf("%s: %v", src, d)
			continue
		}
		if k := count.Of(r.Model).Totals; k.Params(true).String() != want.params || k.ParamsAtLeast != want.atLeast {
			t.Errorf("%s: %s, at least: %v; want %s, %v\n%s", src, k.Params(true), k.ParamsAtLeast, want.params, want.atLeast, text.Compact(r.Model))
		}
	}
}

// TestPrintBrackets reads an argument of very many brackets, which takes no longer than
// its text.
func TestPrintBrackets(t *testing.T) {
	src := "Net(\n  (a): Conv2d(" + strings.Repeat("(", 200_000) + strings.Repeat(")", 200_000) + ")\n)"
	if _, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &PrintReader); d != nil {
		t.Log(d)
	}
}
