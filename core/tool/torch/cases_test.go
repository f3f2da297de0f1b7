package torch

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// TestTorchPrintCases reads models written by hand: what the torchvision ones do
// not have.
func TestTorchPrintCases(t *testing.T) {
	for name, c := range map[string]struct{ print, want string }{
		"one layer": {"Conv2d(3, 64, kernel_size=(3, 3), stride=(1, 1))", "name Conv2d; input 3x?x?; conv 64 k3"},
		"a chain that does not fit": {`Net(
  (conv1): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1))
  (conv2): Conv2d(6, 16, kernel_size=(5, 5), stride=(1, 1), padding=same, bias=False)
  (fc1): Linear(in_features=400, out_features=120, bias=True)
)`, "name Net; input 1x?x?; conv1: conv 6 k5; conv2: conv 16 k5 psame nobias; flatten; fc1: linear 120 in=400"},
		"equal blocks told once": {`>>> print(model)
GPT(
  (wte): Embedding(50257, 8)
  (h): ModuleList(
    (0-11): 12 x Block(
      (ln): LayerNorm((8,), eps=1e-05, elementwise_affine=True)
      (fc): Conv1D(nf=32, nx=8)
      (act): NewGELUActivation()
      (out): Conv1D(nf=8, nx=32)
    )
  )
  (lm_head): Linear(in_features=8, out_features=50257, bias=False)
)
>>> `, "name GPT; input ?; wte: embedding 50257x8; h.0-11: repeat 12 {;   h.0-11.ln: layernorm 8;   h.0-11.fc: linear 32;   gelu approximate=tanh;   h.0-11.out: linear 8; }; lm_head: linear 50257 nobias"},
		"equal blocks that do not follow each other": {`Net(
  (0-2): 3 x Linear(in_features=4, out_features=8, bias=True)
)`, "name Net; repeat 3 {;   input 4;   n0-2: linear 8; }"},
		"a residual block of known names": {`Sequential(
  (0): BasicBlock(
    (conv1): Conv2d(8, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
    (bn1): BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
    (relu): ReLU(inplace=True)
    (conv2): Conv2d(8, 8, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), bias=False)
    (bn2): BatchNorm2d(8, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
  )
)`, "name Sequential; input 8x?x?; add {;   n0.conv1: conv 8 k3 p1 nobias;   n0.bn1: bn;   relu;   n0.conv2: conv 8 k3 p1 nobias;   n0.bn2: bn; |; }; relu"},
		"unknown ones, parameters, words of their own": {`Net(
  scale=2, depth=3
  (params): ParameterList(
      (0): Parameter containing: [torch.float32 of size 10x10]
      (1): Parameter containing: [torch.float32 of size 4 (cuda:0)]
  )
  (x): models.Mystery(a=(1, 2), b='(')
  (y): RecursiveScriptModule(original_name=Foo)
  (act): LeakyReLU(negative_slope=0.2, inplace=True)
)`, "name Net; params.0: opaque type=Parameter weights=10x10 buffers=none; params.1: opaque type=Parameter weights=4 buffers=none; x: opaque type=Mystery buffers=none; y: opaque type=Foo buffers=none; input ?; leakyrelu 0.2"},
		"a class used otherwise stays in order": {`BasicBlock(
  (conv1): Conv2d(8, 8, kernel_size=(3, 3), stride=(1, 1))
  (mine): ReLU()
)`, "name BasicBlock; input 8x?x?; conv1: conv 8 k3; relu"},
	} {
		r, format, d := tooltest.Open(tooltest.File("model.txt", []byte(c.print)), readers...)
		if d != nil {
			t.Errorf("%s: %v", name, d)
			continue
		}
		got := strings.ReplaceAll(strings.TrimSpace(text.Format(r.Model)), "\n", "; ")
		if format.ID != "torch-print" || got != c.want {
			t.Errorf("%s, read as %s:\n%s\nwant\n%s", name, format.ID, got, c.want)
		}
	}
}

// TestTorchPrintRefuses gives texts that no model prints.
func TestTorchPrintRefuses(t *testing.T) {
	deep := "Net(\n" + strings.Repeat("(a): Sequential(\n", 300)
	for name, c := range map[string]struct {
		print string
		want  catalog.Key
	}{
		"too deep":       {deep, catalog.ImportTextBad},
		"too many":       {"Net(\n" + strings.Repeat("(a): ReLU()\n", source.MaxNodes) + ")", catalog.ImportTooManyNodes},
		"turns no end":   {"Net(\n  (0-9): 999999999999 x ReLU()\n)", catalog.ImportTextBad},
		"nothing at all": {"Net(\n  (a): Sequential()\n)", catalog.ImportNoLayers},
	} {
		_, _, d := tooltest.Open(tooltest.File("x.txt", []byte(c.print)), readers...)
		if d == nil || d.Say.Key != c.want {
			t.Errorf("%s: %v, want %s", name, d, c.want)
		}
	}
}

// A hole reads as a header with nothing behind it, and refuses to be read there.
type hole struct {
	header []byte
	t      *testing.T
}

func (h hole) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > int64(len(h.header)+source.HeadSize) {
		h.t.Errorf("reads %d bytes at %d, behind the header", len(p), at)
		return 0, io.ErrUnexpectedEOF
	}
	clear(p)
	if at < int64(len(h.header)) {
		copy(p, h.header[at:])
	}
	return len(p), nil
}

// TestSafetensorsLarge opens a file of 2 GB and reads its header alone.
func TestSafetensorsLarge(t *testing.T) {
	header := safe(`{"wte.weight":{"dtype":"F32","shape":[500000,1000],"data_offsets":[0,2000000000]}}`, 0)
	f := &source.File{Name: "large.safetensors", Size: int64(len(header)) + 2_000_000_000, At: hole{header, t}}
	r, _, d := tooltest.Open(f, readers...)
	if d != nil {
		t.Fatal(d)
	}
	if n := count.Of(r.Model).Totals.Params(true).String(); n != "500000000" {
		t.Errorf("%s parameters", n)
	}
}

// TestPickleRefuses runs pickles that are cut off, or that call for more than
// there is. None of them is executed.
func TestPickleRefuses(t *testing.T) {
	for name, pickle := range map[string]string{
		"empty": "", "no end": "\x80\x02}", "empty stack": "R.", "a length of no end": "\x8d\xff\xff\xff\xff\xff\xff\xff\x7f", "unknown": "\xff.",
		"no mark": "t.", "nothing remembered": "h\x05.", "a call": "cos\nsystem\n(X\x04\x00\x00\x00echotR.",
	} {
		_, _, d := tooltest.Open(tooltest.File("x.pt", zipOf([]byte(pickle))), readers...)
		if d == nil {
			t.Errorf("%s is read", name)
		}
	}
	whole := zipOf(pickleOf(lenet))
	for n := range whole { // every file that is cut off somewhere
		tooltest.Open(tooltest.File("x.pt", whole[:n]), readers...)
	}
}

// TestCheckpoint takes the network out of what training saves, and leaves the rest.
func TestCheckpoint(t *testing.T) {
	inner := bytes.TrimSuffix(bytes.TrimPrefix(pickleOf(lenet[:2]), []byte("\x80\x02")), []byte("."))
	other := bytes.ReplaceAll(inner, []byte("q\x01"), []byte("q\x02"))
	pickle := bytes.Join([][]byte{[]byte("\x80\x02}(X\x0a\x00\x00\x00state_dict"), inner, []byte("X\x09\x00\x00\x00optimizer"), other, []byte("X\x05\x00\x00\x00epochK\x05u.")}, nil)
	r, _, d := tooltest.Open(tooltest.File("x.pt", zipOf(pickle)), readers...)
	if d != nil {
		t.Fatal(d)
	}
	if n := count.Of(r.Model).Totals.Params(true).String(); n != "156" {
		t.Errorf("%s parameters:\n%s", n, text.Format(r.Model))
	}
}

func FuzzTorchPrint(f *testing.F) {
	for _, s := range []string{
		"Net(\n  (a): Conv2d(3, 64, kernel_size=(3, 3), stride=(1, 1), padding=same)\n  (b): Sequential(\n    (0-3): 4 x ReLU()\n  )\n)",
		"BasicBlock(\n  (conv1): Conv2d(8, 8, kernel_size=(3, 3), stride=(1, 1))\n  (bn1): BatchNorm2d(8)\n  (relu): ReLU()\n  (conv2): Conv2d(8, 8, kernel_size=(1, 1))\n  (bn2): BatchNorm2d(8)\n)",
		"X(\n  (attn): ShiftedWindowAttention(\n    (qkv): Linear(in_features=96, out_features=288, bias=True)\n    (proj): Linear(in_features=96, out_features=96, bias=True)\n  )\n  (p): Permute()\n  (n): LayerNorm((96,), eps=1e-05, elementwise_affine=True)\n)",
		"L(\n  (l): LSTM(300, 512, num_layers=2, batch_first=True, dropout=0.5, bidirectional=True)\n  (e): Embedding(10, 3, padding_idx=0)\n  (g): GroupNorm(32, 64, eps=1e-05, affine=True)\n  (z): ZeroPad2d((1, 2, 3, 4))\n  (u): Upsample(scale_factor=2.0, mode='bilinear')\n)",
		"Inception(\n  (branch1): BasicConv2d(\n    (conv): Conv2d(4, 2, kernel_size=(1, 1))\n    (bn): BatchNorm2d(2)\n  )\n  (branch2): ReLU()\n  (branch3): ReLU()\n  (branch4): MaxPool2d(kernel_size=3, stride=1, padding=1, dilation=1, ceil_mode=True)\n)",
		"P(\n  (params): ParameterList(\n    (0): Parameter containing: [torch.float32 of size 10x10]\n  )\n)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if roots, _, err := parsePrint(s); err == nil {
			r, err := planAll(roots)
			if err == nil {
				count.Of(r.Model)
			}
		}
		tooltest.Check(t, tooltest.File("x.txt", []byte(s)), readers...)
	})
}

func FuzzSafetensors(f *testing.F) {
	f.Add(`{"a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"a.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}`, 32)
	f.Add(`{"bn.weight":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"bn.running_mean":{"dtype":"F16","shape":[2],"data_offsets":[4,8]},"bn.running_var":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},"bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[12,20]},"__metadata__":{"format":"pt"}}`, 20)
	f.Add(`{"c.weight":{"dtype":"BF16","shape":[4,1,3,3],"data_offsets":[0,72]},"layers.10.w":{"dtype":"U8","shape":[0],"data_offsets":[72,72]},"layers.9.w":{"dtype":"F4","shape":[1,1,1,1,1,1,1,2],"data_offsets":[72,73]}}`, 73)
	f.Fuzz(func(t *testing.T, header string, more int) {
		tooltest.Check(t, tooltest.File("x.safetensors", safe(header, min(max(more, 0), 1<<16))), readers...)
	})
}

func FuzzTorchFile(f *testing.F) {
	f.Add(pickleOf(lenet), false)
	f.Add(pickleOf(lenet[:2]), true)
	f.Add([]byte("\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01a\x94K\x01\x8c\x01b\x94]\x94(K\x02K\x03eu."), false)
	f.Add([]byte("\x80\x02c__torch__\nNet\n)\x81}(X\x0b\x00\x00\x00_parameters}X\x08\x00\x00\x00_modules}X\x08\x00\x00\x00_buffers}ub."), false)
	f.Add([]byte("c00\n0\n200B\x11\x00\x00\x0000000000000000000c00\n_rebuild_tensor_v2\n(2QC\x00(K\x00(tttR."), false) // 0×?
	f.Add([]byte("(dp0\nS'a'\nI1\nsS'b'\nL2L\ns."), false)
	f.Fuzz(func(t *testing.T, pickle []byte, legacy bool) {
		data := zipOf(pickle)
		if legacy {
			data = bytes.Join([][]byte{legacyMagic, []byte("\x80\x02M\xe9\x03."), []byte("\x80\x02}."), pickle}, nil)
		}
		tooltest.Check(t, tooltest.File("x.pt", data), readers...)
	})
}

// readers are what the tests of this package read with.
var readers = []*source.Reader{&FileReader, &SafetensorsReader, &PrintReader}
