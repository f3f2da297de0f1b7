package torch

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestPrintHeads reads a print with the heads of loggers, numbers of lines and remarks
// at each line: the model is the same.
func TestPrintHeads(t *testing.T) {
	const print = "Net(\n  (a): Conv2d(3, 6, kernel_size=(3, 3), stride=(1, 1))\n  (r): ReLU()\n  (b): Sequential(\n    (0): Linear(in_features=6, out_features=2, bias=True)\n  )\n)"
	const want = "i3x?x?;a:c6k3;r;i6;b.0:l2"
	each := func(f func(i int, line string) string) string {
		lines := strings.Split(print, "\n")
		for i := range lines {
			lines[i] = f(i, lines[i])
		}
		return strings.Join(lines, "\n")
	}
	all := map[string]string{}
	for _, head := range []string{"INFO:root:", "INFO:root: ", "2024-01-02 10:11:12,123 INFO ", "[1,0]<stdout>:", "[rank0]: ", "0: ", "> ", "# ", "// ", "    ",
		"2024-01-02T10:11:12.123Z ", "[01/02 10:11:12 detectron2]: ", "2024-01-02 10:11:12 | INFO | __main__:33 | ", "(Worker pid=1234) ", "\x1b[32mINFO\x1b[0m: ", "[2024] train.py:33: "} {
		all[head] = each(func(_ int, line string) string { return head + line })
	}
	for _, form := range []string{"%: ", "%  ", "%\t", "% | ", "%. ", "%) ", "10:11:%,123 DEBUG "} {
		all[form] = each(func(i int, line string) string {
			return strings.Replace(form, "%", strings.Repeat("1", 1+i/4)+"2", 1) + line
		})
	}
	for _, remark := range []string{"  # of the stem", "  // 168", " <-- here", "  <- fails", "# no blank", " - the first"} {
		all[remark] = each(func(i int, line string) string {
			if strings.HasSuffix(line, ")") {
				return line + remark
			}
			return line
		})
	}
	for _, before := range []string{"model = ", "INFO:root:", "INFO:root:Model: ", "<pre>", "Architecture: ", ">>> print(net)\n", "Model:\n"} {
		all[before] = before + print
	}
	all["</pre>"] = print + "</pre>"
	all["repr"] = "'" + strings.ReplaceAll(print, "\n", `\n`) + "'"
	for name, src := range all {
		r, format, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &PrintReader)
		if d != nil {
			t.Errorf("%q: %v %v\n%s", name, format, d, src)
			continue
		}
		_, got, _ := strings.Cut(text.Compact(r.Model), ";")
		if k := count.Of(r.Model).Totals; got != want || k.ParamsAtLeast || k.Params(true).String() != "182" || len(r.More) > 0 {
			t.Errorf("%q: %s, want %s\n%s", name, got, want, src)
		}
	}
}

// TestPrintsOnOneLine reads models that follow each other without the end of a line.
func TestPrintsOnOneLine(t *testing.T) {
	const a = "A(\n  (f): Linear(in_features=3, out_features=2, bias=True)\n)"
	const b = "B(\n  (f): Linear(in_features=3, out_features=4, bias=True)\n)"
	for _, src := range []string{a + b, a + " " + b, a + "\n" + b, a + ", " + b, strings.ReplaceAll(a+b, "\n", " ")} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &PrintReader)
		if d != nil {
			t.Errorf("%q: %v", src, d)
			continue
		}
		if n := count.Of(r.Model).Totals.Params(true).String(); n != "8" || len(r.More) != 1 || count.Of(r.More[0].Model).Totals.Params(true).String() != "16" {
			t.Errorf("%q: %s parameters and %d more", src, n, len(r.More))
		}
	}
}

// TestPrintGaps reads prints in which modules are left out, by dots or by their
// numbers: the total is a minimum.
func TestPrintGaps(t *testing.T) {
	const first = "(0): Linear(in_features=4, out_features=4, bias=True)\n"
	const last = "(9): Linear(in_features=4, out_features=4, bias=True)\n"
	for src, want := range map[string]string{
		"Sequential(\n  " + first + "  (1)…(8)\n  " + last + ")":                                      "≥40",
		"Sequential(\n  " + first + "  (1) ... (8)\n  " + last + ")":                                  "≥40",
		"Sequential(\n  " + first + "  (1-8): ...\n  " + last + ")":                                   "≥40",
		"Sequential(\n  " + first + "  # (1) to (8) are the same\n  " + last + ")":                    "≥40",
		"Sequential(\n  " + first + "  ⋮\n  " + last + ")":                                            "≥40",
		"Sequential(\n  " + first + "  . . .\n  " + last + ")":                                        "≥40",
		"Sequential(\n  " + first + "  " + last + ")":                                                 "≥40",
		"ModuleList(\n  (0-3): 4 x Linear(in_features=4, out_features=4, bias=True)\n  " + last + ")": "≥100",
		"Sequential(\n  (0)…(9)\n)":                                                                   "≥0",
		"Sequential(\n  (8): ReLU()\n  " + last + ")":                                                 "20",
		"ModuleDict(\n  " + first + "  " + last + ")":                                                 "40",
		"ModuleDict(\n  (a b): Linear(in_features=4, out_features=4)\n)":                              "20",
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &PrintReader)
		if d != nil {
			t.Errorf("%s: %v", src, d)
			continue
		}
		k := count.Of(r.Model).Totals
		got := k.Params(true).String()
		if k.ParamsAtLeast {
			got = "≥" + got
		}
		if got != want {
			t.Errorf("%s: %s, want %s\n%s", src, got, want, text.Compact(r.Model))
		}
	}
}

// TestParametrized reads what torch.nn.utils.parametrizations makes of layers, with what
// PyTorch counts: parameters, and elements of buffers.
func TestParametrized(t *testing.T) {
	wrap := func(class, args, form string) string {
		return "Net(\n  (c): Parametrized" + class + "(\n    " + args + "\n    (parametrizations): ModuleDict(\n      (weight): ParametrizationList(\n        (0): " + form + "()\n      )\n    )\n  )\n  (r): ReLU()\n)"
	}
	for src, want := range map[string]string{
		wrap("Conv1d", "2, 3, kernel_size=(5,), stride=(1,)", "_WeightNorm"):                                                      "36 0 i2x?;c:c3k5;c.parametrizations.weight.0:opaque type=WeightNorm weights=3x1x1 buffers=none keeps;r",
		wrap("Linear", "in_features=4, out_features=5, bias=False", "_WeightNorm"):                                                "25 0 i4;c:l5 nobias;c.parametrizations.weight.0:opaque type=WeightNorm weights=5x1 buffers=none keeps;r",
		wrap("ConvTranspose1d", "6, 4, kernel_size=(2,), stride=(2,)", "_WeightNorm"):                                             "58 0",
		wrap("Conv2d", "3, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1)", "_SpectralNorm"):                                "224 35",
		wrap("Linear", "in_features=4, out_features=4, bias=True", "_Orthogonal"):                                                 "20 16",
		wrap("Linear", "in_features=4, out_features=3, bias=True", "_Orthogonal"):                                                 "15 0",
		wrap("Linear", "in_features=4, out_features=4, bias=True", "Symmetric"):                                                   "≥20 0",
		strings.Replace(wrap("Linear", "in_features=4, out_features=4, bias=True", "_WeightNorm"), "(weight): P", "(bias): P", 1): "≥20 0",
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &PrintReader)
		if d != nil {
			t.Errorf("%s: %v", src, d)
			continue
		}
		k := count.Of(r.Model).Totals
		_, layers, _ := strings.Cut(text.Compact(r.Model), ";")
		got := k.Params(true).String() + " " + k.Buffers().String() + " " + layers
		if k.ParamsAtLeast {
			got = "≥" + got
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s\n%s, want %s", src, got, want)
		}
	}
}

// TestPrintedDictionary reads the networks of a dictionary that was printed: all of them.
func TestPrintedDictionary(t *testing.T) {
	const src = "{'netG': Up(\n  (a): Linear(in_features=5, out_features=7, bias=True)\n), 'netD': Down(\n  (a): Linear(in_features=7, out_features=1, bias=True)\n), \"netE\": Out(\n  (a): Linear(in_features=2, out_features=1, bias=False)\n)}"
	r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &PrintReader)
	if d != nil {
		t.Fatal(d)
	}
	got := count.Of(r.Model).Totals.Params(true).String()
	for _, m := range r.More {
		got += " " + count.Of(m.Model).Totals.Params(true).String()
	}
	if got != "42 8 2" {
		t.Errorf("networks of %s parameters", got)
	}
}
