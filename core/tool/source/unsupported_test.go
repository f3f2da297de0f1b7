package source_test

import (
	"bytes"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/tool/source"
)

func open(name, data string) *source.File {
	return &source.File{Name: name, Size: int64(len(data)), At: bytes.NewReader([]byte(data))}
}

// TestUnsupported finds out what files are that no reader reads.
func TestUnsupported(t *testing.T) {
	pointer := "version https://git-lfs.github.com/spec/v1\noid sha256:" + strings.Repeat("a", 64) + "\nsize 98304\n"
	for _, c := range []struct{ name, data, want string }{
		{"m.onnx", pointer, "(130 bytes), not the file (98,304 bytes)"},
		{"m.pt", strings.ReplaceAll(pointer, "\n", "\r\n"), "98,304"},
		{"pasted", pointer, "Git LFS pointer"},
		{"m.onnx", "<!DOCTYPE html>\n<html>", "web page"},
		{"m.pt", "\n<html lang=\"en\">", "web page"},
		{"a.txt", "import torch\nprint(1)", "Python"},
		{"a.txt", "def f(x):\n  return x\n", "Python"},
		{"a.txt", "model = keras.Sequential([\n  keras.layers.Dense(3)\n])", "Python"},
		{"a.txt", "x = layers.Conv2D(3, 3)(x)\nfrom a import b", "Python"},
		{"m.py", "# nothing", "Python"},
		{"m.ipynb", `{"cells": [{"cell_type": "code"}]}`, "notebook"},
		{"config.json", `{"architectures": ["BertModel"], "model_type": "bert"}`, "‘bert’"},
		{"model.safetensors.index.json", `{"metadata": {}, "weight_map": {"a": "b"}}`, "index"},
		{"solver.prototxt", "net: \"train.prototxt\"\nbase_lr: 0.01\n", "‘train.prototxt’"},
		{"a.txt", "I0101 10:00:00.000000  1234 net.cpp:150] Setting up conv1\n", "log of Caffe"},
		{"m.tflite", "\x1c\x00\x00\x00TFL3\x00", "Lite"},
		{"saved_model.pb", "\x08\x01\x12\x03\x00\xff", "TensorFlow graph"},
		{"yolo.weights", "\x00\x00\x00\x00\x02\x00\x00\x00\xff", "Darknet"},
		{"m.gguf", "GGUF\x03\x00\x00", "GGUF"},
		{"w.npz", "PK\x03\x04\x00\xff", "NumPy"},
		{"a.txt", "Dear all,\nthis is no network.\n", "neither stack text"},
		{"notes.md", "# Title\nwords", "neither stack text"},
		{"a.png", "\x89PNG\r\n\x1a\n\x00\x00", "an image (PNG)"},
		{"a.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF", "an image (JPEG)"},
		{"paper.pdf", "%PDF-1.5\n%\xe2\xe3", "a document (PDF)"},
		{"a.zip", "PK\x03\x04\x14\x00\x00\xff", "an archive (ZIP)"},
		{"a.tar.gz", "\x1f\x8b\x08\x00\xff", "an archive (gzip)"},
		{"yolo.yaml", "nc: 80\nbackbone:\n  # [from, repeats]\n  - [-1, 1, Conv, [64, 3, 2]]\n", "(Ultralytics)"},
		{"pasted", "nc: 80\r\nbackbone:\r\n  - [-1, 1, Conv, [64, 3, 2]]\r\n", "(Ultralytics)"},
		{"a.yaml", "_BASE_: \"../Base.yaml\"\nMODEL:\n  MASK_ON: False\n", "(Detectron2)"},
		{"train.yml", "batch_size: 32\nepochs: 10\n", "(YAML)"},
		{"requirements.txt", "# needs\nnumpy==1.26.0\ntorch>=2.0\ntimm\n", "Python packages"},
		{"log.csv", "epoch,loss\n1,0.5\n", "table of values"},
		{"a.txt", "https://example.org/model.h5\n", "web address"},
		{"model.xml", "<?xml version=\"1.0\"?>\n<net name=\"m\">", "OpenVINO"},
		{"m.param", "7767517\n3 3\nInput data 0 1 data\n", "ncnn"},
		{"net.cpp", "int main() { return 0; }\n", "source code (C++)"},
		{"a.xyz", "\x00\x01\x02\xff", "not supported. Supported formats"},
	} {
		_, d := source.Find(open(c.name, c.data), nil)
		if d == nil || !strings.Contains(d.Say.In(catalog.English), c.want) {
			t.Errorf("%s %.20q: %v, want %s", c.name, c.data, d, c.want)
		}
		if d != nil && strings.Contains(d.Say.In(catalog.Korean), "(는)") {
			t.Errorf("%s: %s", c.name, d.Say.In(catalog.Korean))
		}
	}
}

// TestTidy removes what texts collect where they are pasted.
func TestTidy(t *testing.T) {
	const want = "Net(\n  (a): ReLU()\n)"
	for name, src := range map[string]string{
		"as it is":    want,
		"indented":    "    Net(\n      (a): ReLU()\n    )",
		"tabs":        "\tNet(\n\t  (a): ReLU()\n\t)",
		"quoted":      "> Net(\n>   (a): ReLU()\n> )",
		"fenced":      "Here it is:\n```\nNet(\n  (a): ReLU()\n)\n```\nthanks",
		"named fence": "```text\nNet(\n  (a): ReLU()\n)\n```",
		"open fence":  "so:\n```\nNet(\n  (a): ReLU()\n)",
		"both":        "> ```\n> Net(\n>   (a): ReLU()\n> )\n> ```",
		"returns":     "Net(\r  (a): ReLU()\r)",
		"no-break":    "Net(\n\u00a0\u00a0(a): ReLU()\n)",
		"mark":        "\ufeff" + want,
	} {
		f := source.Tidy(open("x", src))
		got, err := f.All()
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, same := range []string{">>> print(m)\nNet()", "a\n b", "\x00\n  a", "> one line", ""} {
		if f := open("x", same); source.Tidy(f) != f {
			t.Errorf("%q was changed", same)
		}
	}
}

// TestBoxes puts the boxes of a tree back that a code page of Windows shows as letters, and
// leaves letters as they are.
func TestBoxes(t *testing.T) {
	for shown, want := range map[string]string{
		"â”œâ”€Conv2d: 1-1\nâ”‚    â””â”€ReLU": "├─Conv2d: 1-1\n│    └─ReLU",
		"Γö£ΓöÇConv2d: 1-1\nΓöé    ΓööΓöÇReLU": "├─Conv2d: 1-1\n│    └─ReLU",
		"â\u0094\u009câ\u0094\u0080Linear\nx":  "├─Linear\nx",
		"â”â”â”³â” Layer â”ƒ 12,0â€¦":          "━━┳━ Layer ┃ 12,0…",
		"Γòæ 3 ΓÇª":                   "║ 3 …",
		"un bâtiment â":               "un bâtiment â",
		"Γ(3) is a function, â€™ too": "Γ(3) is a function, ’ too",
	} {
		got, err := source.Tidy(open("x.txt", shown)).All()
		if err != nil || string(got) != want {
			t.Errorf("%q is %q, want %q", shown, got, want)
		}
	}
}
