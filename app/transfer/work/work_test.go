package work

import (
	"io"
	"slices"
	"strings"
	"testing"

	"paramstack/app/transfer"
	"paramstack/core/count"
	"paramstack/core/tool"
	"paramstack/core/tool/source"
)

const stack = "name Two\ninput 3x8x8\nconv 4 k3\nrelu\nflatten\nlinear 10\n"

func file(name, content string) *source.File {
	return &source.File{Name: name, Size: int64(len(content)), At: strings.NewReader(content)}
}

// TestFormats compares the page's list with what the worker writes.
func TestFormats(t *testing.T) {
	var want []transfer.Format
	for _, w := range tool.Writers {
		want = append(want, transfer.Format{Name: w.ID, Label: w.Label, Ext: w.Ext, Prose: w.Prose})
	}
	if !slices.Equal(transfer.Formats, want) {
		t.Errorf("the page lists\n%+v\nthe worker writes\n%+v", transfer.Formats, want)
	}
}

// TestDo writes a network in every format of the list, and reads back what the readers of
// all tools know.
func TestDo(t *testing.T) {
	formats := transfer.Formats
	read := 0
	for _, f := range formats {
		w := Do(transfer.WriteFormat{Format: f.Name, Text: stack, Style: count.Style{Biases: true}}, nil).(transfer.Written)
		if w.Error != "" || w.Text == "" {
			t.Errorf("%s: %q, %s", f.Name, w.Text, w.Error)
			continue
		}
		if r := Do(transfer.ReadFile{}, file("net"+f.Ext, w.Text)).(transfer.FileRead); r.Error == "" {
			read++
			if r.Format == "" || !strings.Contains(r.Text, "conv 4 k3") {
				t.Errorf("%s comes back as %s:\n%s", f.Name, r.Format, r.Text)
			}
		}
	}
	if read < 3 {
		t.Errorf("only %d of %d formats could be read again", read, len(formats))
	}
}

// A style travels with the request: Keras counts what PyTorch does not.
func TestStyle(t *testing.T) {
	total := func(s count.Style) string {
		return Do(transfer.WriteFormat{Format: "json", Text: "input 3x8x8; bn", Style: s}, nil).(transfer.Written).Text
	}
	if total(count.Style{Biases: true, Keras: true}) == total(count.Style{Biases: true}) {
		t.Error("the report is the same in both styles")
	}
}

// broken fails as a reader with a fault of its own would.
type broken struct{ io.ReaderAt }

func (broken) ReadAt([]byte, int64) (int, error) { panic("a fault") }

// TestBad checks that what cannot be done is answered and never ends the worker.
func TestBad(t *testing.T) {
	for name, r := range map[string]transfer.Reply{
		"an empty file":     Do(transfer.ReadFile{}, file("a.onnx", "")),
		"noise":             Do(transfer.ReadFile{}, file("a.bin", "\x00\x01\x02 no network")),
		"a fault":           Do(transfer.ReadFile{}, &source.File{Name: "a.onnx", Size: 100, At: broken{}}),
		"an unknown format": Do(transfer.WriteFormat{Format: "papyrus", Text: stack}, nil),
		"a broken text":     Do(transfer.WriteFormat{Format: "json", Text: "conv"}, nil),
	} {
		var why string
		switch r := r.(type) {
		case transfer.FileRead:
			why = r.Error + r.Text
		case transfer.Written:
			why = r.Error + r.Text
		}
		if why == "" || strings.Contains(why, "conv") && name != "a broken text" {
			t.Errorf("%s is answered by %+v", name, r)
		}
	}
}

// A program is read with what imports it, with what was chosen, and with the lines that
// made its layers.
func TestProgram(t *testing.T) {
	parts := "from torch import nn\n\nclass Part(nn.Module):\n    def __init__(self, zz):\n        super().__init__()\n" +
		"        self.fc = nn.Linear(8, zz)\n\n    def forward(self, x):\n        return self.fc(x)\n"
	f := file("net.py", "from parts import Part\nimport torch.nn as nn\n\ndef make(yy):\n    return nn.Sequential(Part(yy), nn.ReLU())\n")
	f.Beside = []*source.File{file("parts.py", strings.ReplaceAll(parts, "\n", "\r\n"))}
	r := Do(transfer.ReadFile{}, f).(transfer.FileRead)
	if r.Error == "" || len(r.Choices) < 2 {
		t.Errorf("nothing is chosen: %+v", r)
	}
	for _, c := range []transfer.Choice{{Shown: "make(yy)", Call: "make(yy=)"}, {Shown: "Part(zz)", Call: "Part(zz=)"}} {
		if !slices.Contains(r.Choices, c) {
			t.Errorf("it offers %+v, not %+v", r.Choices, c)
		}
	}
	r = Do(transfer.ReadFile{Expression: "make(3)", Input: "8"}, f).(transfer.FileRead)
	if r.Error != "" || r.Expression != "make(3)" || r.Input != "8" || !strings.Contains(r.Text, "linear 3") {
		t.Fatalf("make(3) gives %+v", r)
	}
	if !slices.Contains(r.Origins, "parts.py:6: self.fc = nn.Linear(8, zz)") {
		t.Errorf("the layers come from %q", r.Origins)
	}
	r = Do(transfer.ReadFile{Expression: "make(3 3)"}, f).(transfer.FileRead)
	if len(r.Problems) != 1 || r.Problems[0].Line != 1 || r.Problems[0].Column != 8 || r.Problems[0].Text != r.Error {
		t.Errorf("make(3 3) gives %+v", r)
	}
}
