package torch

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestListing reads lists of parameters as people print them.
func TestListing(t *testing.T) {
	const two = "i2x?x?;c1:c4k3;i36;fc:l5"
	for name, c := range map[string]struct{ src, want, params string }{
		"name and size":        {"c1.weight torch.Size([4, 2, 3, 3])\nc1.bias torch.Size([4])\nfc.weight torch.Size([5, 36])\nfc.bias torch.Size([5])\n", two, "261"},
		"colon and brackets":   {"c1.weight: [4, 2, 3, 3]\nc1.bias: [4]\nfc.weight: [5, 36]\nfc.bias: [5]", two, "261"},
		"tuples":               {"('c1.weight', torch.Size([4, 2, 3, 3]))\n('c1.bias', torch.Size([4]))\n('fc.weight', torch.Size([5, 36]))\n('fc.bias', torch.Size([5]))", two, "261"},
		"numel behind":         {"c1.weight torch.Size([4, 2, 3, 3]) 72\nc1.bias torch.Size([4]) 4\nfc.weight torch.Size([5, 36]) 180\nfc.bias torch.Size([5]) 5\nTotal: 261", two, "261"},
		"the tutorial's":       {"Model structure: Net(...)\n\nLayer: c1.weight | Size: torch.Size([4, 2, 3, 3]) | Values : tensor([[0.1]])\nLayer: c1.bias | Size: torch.Size([4]) | Values : tensor([0.1])\n", "i2x?x?;c1:c4k3", "76"},
		"tabs":                 {"c1.weight\ttorch.Size([4, 2, 3, 3])\nc1.bias\ttorch.Size([4])", "i2x?x?;c1:c4k3", "76"},
		"a norm":               {"n.weight torch.Size([6])\nn.bias torch.Size([6])\nn.running_mean torch.Size([6])\nn.running_var torch.Size([6])\nn.num_batches_tracked torch.Size([])", "", "12"},
		"PrettyTable":          {"+-----------+------------+\n|  Modules  | Parameters |\n+-----------+------------+\n| c1.weight |     72     |\n|  c1.bias  |     4      |\n| fc.weight |   1,180    |\n+-----------+------------+\nTotal Trainable Params: 1256", "", "1256"},
		"a short PrettyTable":  {"+-----------+------------+\n|  Modules  | Parameters |\n+-----------+------------+\n| p.weight  |   1,024    |\n|  p.bias   |     32     |\n+-----------+------------+\nTotal Trainable Params: 1056", "", "1056"},
		"arrows":               {"c1.weight -> torch.Size([4, 2, 3, 3])\nn1.weight -> torch.Size([4])\nn1.bias -> torch.Size([4])", "", "80"},
		"types between":        {"c1.weight\tF32\t[4, 2, 3, 3]\nc1.bias\tF32\t[4]\nfc.weight\tBF16\t[5, 36]\nfc.bias\tI8\t[5]", two, "261"},
		"types and devices":    {"c1.weight torch.float32 cuda:0 torch.Size([4, 2, 3, 3])\nc1.bias torch.float32 cuda:0 torch.Size([4])", "i2x?x?;c1:c4k3", "76"},
		"a class between":      {"c1.weight <class 'torch.nn.parameter.Parameter'> torch.Size([4, 2, 3, 3])\nc1.bias <class 'torch.nn.parameter.Parameter'> torch.Size([4])", "i2x?x?;c1:c4k3", "76"},
		"shapes first":         {"torch.Size([4, 2, 3, 3]) c1.weight\ntorch.Size([4]) c1.bias", "i2x?x?;c1:c4k3", "76"},
		"counts first":         {"72 c1.weight\n4 c1.bias", "", "76"},
		"pairs of counts":      {"('c1.weight', 72)\n('c1.bias', 4)", "", "76"},
		"crosses":              {"c1.weight 4x2x3x3\nc1.bias 4\nfc.weight 5×36\nfc.bias 5", two, "261"},
		"a comma's values":     {"c1.weight,\"(4, 2, 3, 3)\",72\nc1.bias,\"(4,)\",4", "i2x?x?;c1:c4k3", "76"},
		"lines of their own":   {"c1.weight\ntorch.Size([4, 2, 3, 3])\nc1.bias\ntorch.Size([4])", "i2x?x?;c1:c4k3", "76"},
		"a header's JSON":      {"{\n \"c1.weight\": {\"dtype\":\"F32\",\"shape\":[4, 2, 3, 3],\"data_offsets\":[0,288]},\n \"c1.bias\": {\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[288,304]}\n}", "i2x?x?;c1:c4k3", "76"},
		"names in words":       {"Parameter name: c1.weight, shape: torch.Size([4, 2, 3, 3])\nParameter name: c1.bias, shape: torch.Size([4])", "i2x?x?;c1:c4k3", "76"},
		"TensorFlow":           {"c1/kernel:0 (3,3,2,4)\nc1/bias:0 (4,)\nfc/kernel:0 (36, 5)\nfc/bias:0 (5,)", two, "261"},
		"TensorFlow's lists":   {"[<tf.Variable 'c1/kernel:0' shape=(3, 3, 2, 4) dtype=float32>,\n <tf.Variable 'c1/bias:0' shape=(4,) dtype=float32>]", "i2x?x?;c1:c4k3", "76"},
		"Keras' variables":     {"<KerasVariable shape=(3, 3, 2, 4), dtype=float32, path=c1/kernel>\n<KerasVariable shape=(4,), dtype=float32, path=c1/bias>", "i2x?x?;c1:c4k3", "76"},
		"TensorFlow's norm":    {"n/gamma:0 (6,)\nn/beta:0 (6,)\nn/moving_mean:0 (6,)\nn/moving_variance:0 (6,)", "", "12"},
		"fvcore":               {"| name         | #elements or shape   |\n|:-------------|:---------------------|\n| model        | 76                   |\n|  c1          |  76                  |\n|   c1.weight  |   (4, 2, 3, 3)       |\n|   c1.bias    |   (4,)               |", "i2x?x?;c1:c4k3", "76"},
		"fvcore's flops":       {"| module      | #parameters or shape   | #flops   |\n|:------------|:-----------------------|:---------|\n| model       | 76                     | 0.1M     |\n|  c1         |  76                    |  0.1M    |\n|   c1.weight |   (4, 2, 3, 3)         |          |\n|   c1.bias   |   (4,)                 |          |", "i2x?x?;c1:c4k3", "76"},
		"a Sequential's":       {"0.weight torch.Size([4, 2, 3, 3])\n0.bias torch.Size([4])", "i2x?x?;n0:c4k3", "76"},
		"numbered":             {"1. c1.weight torch.Size([4, 2, 3, 3])\n2. c1.bias torch.Size([4])", "i2x?x?;c1:c4k3", "76"},
		"a Sequential's sizes": {"0.weight 72\n0.bias 4", "", "76"},
		"lines before planes":  {"a.weight (4, 2, 3)\na.bias (4,)\nb.weight (8, 4, 3, 3)\nb.bias (8,)", "i2x?;a:c4k3;i4x?x?;b:c8k3", "324"},
		"with numbers":         {"('c1.weight', Parameter containing:\ntensor([[[[ 0.1, -0.2],\n          [ 1e-4,  nan]]],\n\n\n        [[[ 0., 1.],\n          [ 2.,  3.]]]], requires_grad=True))\n('c1.bias', Parameter containing:\ntensor([0.1, 0.2], device='cuda:0', requires_grad=True))", "i1x?x?;c1:c2k2", "10"},
		"numbers below a name": {"fc.weight\nParameter containing:\ntensor([[ 0.1, 0.2, 3.],\n        [ 0.4, 0.5, 0.6]], requires_grad=True)\nfc.bias\nParameter containing:\ntensor([0.1, 0.2], requires_grad=True)", "i3;fc:l2", "8"},
		"a dictionary":         {"OrderedDict([('fc.weight', tensor([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])), ('fc.bias', tensor([0.1, 0.2]))])", "i3;fc:l2", "8"},
		"NumPy's numbers":      {"{'fc.weight': array([[0.1, 0.2, 0.3],\n       [0.4, 0.5, 0.6]], dtype=float32), 'fc.bias': array([0.1, 0.2], dtype=float32)}", "i3;fc:l2", "8"},
		"of device meta":       {"fc.weight tensor(..., device='meta', size=(2, 3))\nfc.bias tensor(..., device='meta', size=(2,))", "i3;fc:l2", "8"},
		"a prompt":             {">>> for n, p in net.named_parameters(): print(n, p.shape)\n...\nc1.weight torch.Size([4, 2, 3, 3])\nc1.bias torch.Size([4])", "i2x?x?;c1:c4k3", "76"},
		"DataParallel":         {"module.fc.weight torch.Size([5, 36])\nmodule.fc.bias torch.Size([5])", "i36;fc:l5", "185"},
	} {
		r, format, d := tooltest.Open(tooltest.File("x.txt", []byte(c.src)), &FileReader, &PrintReader, &ListingReader)
		if d != nil || format.ID != "torch-list" {
			t.Errorf("%s: %v, %v", name, format, d)
			continue
		}
		_, got, _ := strings.Cut(text.Compact(r.Model), ";")
		if k := count.Of(r.Model).Totals; k.Params(true).String() != c.params || k.ParamsAtLeast || c.want != "" && got != c.want {
			t.Errorf("%s: %s %s, want %s %s", name, k.Params(true), got, c.params, c.want)
		}
	}
	for name, src := range map[string]string{
		"prose":  "the weight [1, 2] is one\nand another line follows\nand one more",
		"a call": "print(a.weight)\nx = f(b)",
		"counts": "apples 3\npears 4",
	} {
		if _, format, _ := tooltest.Open(tooltest.File("x.txt", []byte(src)), &ListingReader); format != nil {
			t.Errorf("%s is read as a list of parameters", name)
		}
	}
}

// TestListingDictionaries reads dictionaries in a dictionary as a checkpoint: two
// networks stay two, an optimizer is none.
func TestListingDictionaries(t *testing.T) {
	for src, want := range map[string]string{
		"{'netG': OrderedDict([('fc.weight', tensor([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]])), ('fc.bias', tensor([0.1, 0.2]))]), 'netD': OrderedDict([('fc.weight', tensor([[1., 2.]])), ('fc.bias', tensor([0.]))])}":                            "8 netD 3",
		"{'netG': OrderedDict([('main.0.weight', torch.Size([9, 5, 4, 4]))]), 'netD': OrderedDict([('main.0.weight', torch.Size([6, 3, 4, 4]))])}":                                                                                            "720 netD 288",
		"{'epoch': 3, 'model_state_dict': {'fc.weight': tensor([[0.1, 0.2]]), 'fc.bias': tensor([0.1])}, 'optimizer': {'state': {0: {'exp_avg': tensor([[0.1, 0.2]])}}, 'param_groups': [{'lr': 0.001}]}}":                                    "3",
		"{'actor': {'l.weight': torch.Size([4, 8]), 'l.bias': torch.Size([4])}, 'critic': {'l.weight': torch.Size([1, 8]), 'l.bias': torch.Size([1])}}":                                                                                       "36 critic 9",
		"{'fc.weight': tensor([[0.1, 0.2, ..., 0.5], ..., [0.1, 0.2, ..., 0.5]]), 'fc.bias': tensor([0.1, 0.2])}":                                                                                                                             "2 at least",
		"('fc.bias', Parameter containing:\ntensor([0.1, 0.2], requires_grad=True))\n('fc.weight', Parameter containing:\ntensor([[0.1, 0.2, 0.3],\n        [0.4":                                                                             "2 at least",
		"{'state_dict': OrderedDict([('l.weight', tensor([[1.0, 2.0]], device='cuda:0')), ('l.bias', tensor([0.5], device='cuda:0'))]), 'optimizer': {'state': {0: {'momentum_buffer': tensor([[1.0, 2.0]])}}, 'param_groups': [{'lr': 1}]}}": "3",
	} {
		r, format, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &FileReader, &PrintReader, &ListingReader)
		if d != nil {
			t.Errorf("%v, %v: %s", format, d, src)
			continue
		}
		k := count.Of(r.Model).Totals
		got := k.Params(true).String()
		if k.ParamsAtLeast {
			got += " at least"
		}
		for _, m := range r.More {
			got += " " + m.State + " " + count.Of(m.Model).Totals.Params(true).String()
		}
		if got != want {
			t.Errorf("%s, want %s: %s", got, want, src)
		}
	}
}

// TestListingUnread reads lists in which several tensors share a line, and such that
// state less than all: those are a minimum, and say so.
func TestListingUnread(t *testing.T) {
	for src, want := range map[string]struct {
		params  string
		atLeast bool
	}{
		// fvcore shows modules below a depth by their numbers alone.
		"| model | 1.2K |\n|  a | 1.1K |\n|   a.b | 1.1K |\n|  c | 76 |\n|   c.weight | (4, 2, 3, 3) |\n|   c.bias | (4,) |":       {"76", true},
		"{'c.weight': torch.Size([6, 3, 5, 5]),\n 'c.bias': torch.Size([6])}":                                                      {"456", false},
		"OrderedDict({'c.weight': (6, 3, 5, 5),\n 'c.bias': (6,),\n 'fc.weight': (10, 84)})":                                       {"1296", false},
		"[('c.weight', torch.Size([6, 3, 5, 5])), ('c.bias', torch.Size([6])), ('fc.weight', torch.Size([10, 84]))]":               {"1296", false},
		"{'a.weight': torch.Size([4, 4]), 'a.bias': torch.Size([4]),\n 'b.weight': torch.Size([4, 4]), 'b.bias': torch.Size([4])}": {"40", false},
		"c.weight torch.Size([6, 3, 5,...\nc.bias torch.Size([6])\nfc.weight torch.Size([10, 84])":                                 {"846", true},
		"c.weight torch.Size([4, 4])\n...\nd.weight torch.Size([4, 4])":                                                            {"32", true},
		"c.weight torch.Size([4, 4])\nd.weight torch.Size([4, 4])\n ...]":                                                          {"32", true},
		"c.weight 840\nc.bias 10\nd.weight 1.2K":                                                                                   {"850", true},
		"h.0.attn.bias [1, 1, 8, 8]\nh.0.attn.c_attn.weight [4, 12]\nh.0.attn.c_attn.bias [12]":                                    {"60", false},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &FileReader, &PrintReader, &ListingReader)
		if d != nil {
			t.Errorf("%s: %v", src, d)
			continue
		}
		if k := count.Of(r.Model).Totals; k.Params(true).String() != want.params || k.ParamsAtLeast != want.atLeast {
			t.Errorf("%s: %s, at least: %v; want %s, %v\n%s", src, k.Params(true), k.ParamsAtLeast, want.params, want.atLeast, text.Compact(r.Model))
		}
	}
	if _, _, d := tooltest.Open(tooltest.File("x.txt", []byte(strings.Repeat("l.weight torch.Size([4, 4])\n", 20_001))), &ListingReader); d == nil {
		t.Error("more tensors than can be shown are cut off without a word")
	}
}

// TestFigures reads what ptflops prints: print(model) with figures in it.
func TestFigures(t *testing.T) {
	const src = "Net(\n  1.27 k, 100.000% Params, 80.2 KMac, 100.000% MACs,\n  (c): Conv2d(76, 6.0% Params, 79.0 KMac, 98.5% MACs, 2, 4, kernel_size=(3, 3), stride=(1, 1))\n" +
		"  (r): ReLU(0, 0.000% Params, 4.0 Mac, 0.1% MACs, )\n  (f): Linear(1.2 k, 94.0% Params, 1.2 KMac, 1.4% MACs, in_features=119, out_features=10, bias=True)\n)"
	r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &PrintReader)
	if d != nil {
		t.Fatal(d)
	}
	if got := text.Compact(r.Model); got != "name Net;i2x?x?;c:c4k3;r;f;f:l10 in=119" || count.Of(r.Model).Totals.Params(true).String() != "1276" {
		t.Error(got)
	}
}
