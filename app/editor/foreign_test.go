package editor

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"paramstack/core/count"
	"paramstack/core/text"
	"paramstack/core/tool"
	"paramstack/core/tool/source"
	"paramstack/core/tool/stackfile"
	"paramstack/core/tool/target"
	"paramstack/core/zoo"
)

// TestForeign distinguishes a pasted file of another tool from a stack being typed.
func TestForeign(t *testing.T) {
	for src, want := range map[string]bool{
		"input 3x8x8\nconv 4 k3": false, "conv 4 k": false, "": false, "just some words here": false,
		"{\"class_name\": \"Sequential\"}": true, "layer {\n  name: \"conv1\"\n}": true, "Net(\n  (0): Conv2d(3, 4)\n)": true, "[net]\nwidth=416": true,
		// Several lines that no reader knows are a foreign file; a stack being
		// typed is not.
		"def forward(self, x):\n    return x": true, "conv1.weight torch.Size([6, 1, 5, 5])\nconv1.bias torch.Size([6])": true, "  | Name | Type\n0 | a    | Conv2d": true,
		"input 3x8x8\nconv 4 q7\n": false, "c1: conv 4 k3 z\nrelu": false, "# mine\n\nlinear ten": false, "relu\nconw 3": false, "repeat 2 {\nconv": false,
	} {
		if Foreign(src) != want {
			t.Errorf("%q is foreign: %v", src, !want)
		}
	}
}

// TestForeignAgrees requires of every text we have that what a reader knows is
// foreign, and a stack text with a mistake is not: of the fixtures of all packages,
// whatever they hold, and of presets written in every format.
func TestForeignAgrees(t *testing.T) {
	foreign, own := 0, 0
	check := func(name, src string) {
		_, problems := text.Parse(src)
		if firstError(problems) == nil || len(src) < 12 || !utf8.ValidString(src) || strings.Contains(src, "\x00") {
			return // a stack text, or nothing that can be pasted
		}
		// Without a name, so that only what is in it counts.
		reader, _ := source.Find(&source.File{Size: int64(len(src)), At: strings.NewReader(src)}, tool.Readers)
		known := reader != nil
		if reader == &stackfile.Reader && !strings.Contains(src, `"paramstack report`) {
			known = false // our own text, with a mistake in it: the text pane reports that
		}
		if !Foreign(src) && known {
			t.Errorf("%s is not foreign, but %s reads it\n%.200s", name, reader.ID, src)
		}
		if Foreign(src) && reader == &stackfile.Reader && !known {
			t.Errorf("%s is a stack text with a mistake, and foreign\n%.200s", name, src)
		}
		if known {
			foreign++
		} else {
			own++
		}
	}
	err := filepath.WalkDir("../../core", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "testdata") || filepath.Ext(path) == ".py" || strings.Contains(path, "/fuzz/") {
			return err // no fixtures: scripts that make them, and what fuzzing found
		}
		data, err := os.ReadFile(path)
		check(path, string(data))
		for i, part := range strings.Split(string(data), "\n-- ") { // the files of an archive
			if _, part, ok := strings.Cut(part, "\n"); ok && i > 0 {
				check(path+" "+part[:min(len(part), 20)], part)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"toy", "lenet-5", "alexnet-2012", "resnet-18"} {
		file, _ := text.Parse(zoo.ByID(id).Text)
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model), Style: count.Style{Biases: true}}
		for _, w := range tool.Writers {
			src, _ := w.Write(n)
			check(id+" as "+w.ID, src)
		}
	}
	t.Log(foreign, "texts are foreign,", own, "are not")
	if foreign < 10 || own < 5 {
		t.Errorf("only %d texts are foreign, %d others", foreign, own)
	}
}
