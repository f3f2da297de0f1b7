//go:build !js

package e2e

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
)

const blockSource = `import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width, zz):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)
        self.head = nn.Linear(width, zz)

    def forward(self, x):
        x = self.conv(x).mean((2, 3))
        return self.head(x)
`

const netSource = `from block import Block

def small(zz):
    return Block(4, zz)
`

// opened is what paramstack.open answers.
type opened struct {
	Networks, Notices []string
	Problems          []struct {
		Line, Column int
		Text         string
	}
}

// script opens files by the hook.
func (p *page) script(args string) opened {
	p.t.Helper()
	var o opened
	if err := json.Unmarshal([]byte(eval[string](p, "paramstack.open("+args+").then(JSON.stringify)")), &o); err != nil {
		p.t.Fatal(err)
	}
	return o
}

func sourceFile(name, text string) string {
	return `{name: ` + quote(name) + `, text: ` + quote(text) + `}`
}

// TestProgram opens Python source that makes no network, chooses what it makes, and
// follows a layer to its line.
func TestProgram(t *testing.T) {
	p := open(t, "")
	p.setViewport(1440, 900, false)
	const params = 4*28 + 4*5 + 5
	// Dropped together: one imports the other.
	eval[any](p, `(() => {
		const files = new DataTransfer();
		files.items.add(new File([`+quote(netSource)+`], "net.py"));
		files.items.add(new File([`+quote(blockSource)+`], "block.py"));
		for (const name of ["dragover", "drop"])
			document.body.dispatchEvent(new DragEvent(name, {bubbles: true, cancelable: true, dataTransfer: files}));
	})()`)
	p.wait("what the program defines", `document.querySelectorAll(".sheet.program [data-call]").length === 2`)
	p.shot("choose")
	p.click(`.sheet.program [data-call="small(zz=)"]`)
	if caret := eval[int](p, `document.activeElement.selectionStart`); caret != len("small(zz=") {
		t.Errorf("the caret is at %d", caret)
	}
	p.typeKeys("x")
	p.press("enter")
	p.wait("the error beside the field", `document.querySelector("#program-error")?.innerText.includes("column")`)
	p.wantTotal("params", "60965224")
	p.shot("refused")
	p.press("backspace")
	p.typeKeys("5")
	p.press("enter")
	p.wait("the sheet to close", `!document.querySelector(".sheet")`)
	p.wantTotal("params", strconv.Itoa(params))
	p.noticed("small(zz=5)")
	p.shot("made")
	eval[any](p, `document.querySelector('[data-kind="conv"] .kind').click()`)
	p.wait("the line of the convolution", `document.querySelector(".origin")?.textContent === "block.py:6: self.conv = nn.Conv2d(3, width, 3)"`)
	p.shot("origin")
	// The line leads back to the sheet, which has what was made.
	p.click(".origin")
	p.wait("the expression", `document.querySelector("#program-expression")?.value === "small(zz=5)"`)
	p.press("escape")

	// The same by a notebook, and by pasting.
	book, _ := json.Marshal(map[string]any{"nbformat": 4, "cells": []any{
		map[string]any{"cell_type": "markdown", "source": []string{"# A network"}},
		map[string]any{"cell_type": "code", "source": blockSource},
		map[string]any{"cell_type": "code", "source": []string{"net = Block(2, 7)\n", "net"}}}})
	p.upload("book.ipynb", string(book))
	p.noticed("book.ipynb")
	p.wantTotal("params", strconv.Itoa(2*28+2*7+7))
	p.pasteEvent(blockSource + "\nnet = Block(8, 9)\n")
	p.wantTotal("params", strconv.Itoa(8*28+8*9+9))

	// What cannot be followed keeps its parameters, and the place is stated.
	p.upload("half.py", strings.Replace(blockSource, "self.conv(x)", "self.cnov(x)", 1)+"\nnet = Block(8, 9)\n")
	p.noticed("Line 10")
	p.wantTotal("params", strconv.Itoa(8*28+8*9+9))
	p.shot("half")
}

// shot keeps a picture where they are asked for, on a wide screen and on a phone, in
// both languages.
func (p *page) shot(name string) {
	if os.Getenv("PARAMSTACK_SHOTS") == "" {
		return
	}
	p.screenshot("program-" + name)
	p.setViewport(390, 844, true)
	p.screenshot("program-" + name + "-phone")
	p.setViewport(1440, 900, false)
}

// TestOpenHook opens files of several formats by paramstack.open, and passes it what it
// does not take.
func TestOpenHook(t *testing.T) {
	p := open(t, "")
	o := p.script("[" + sourceFile("net.py", netSource) + ", " + sourceFile("block.py", blockSource) + `], {expression: "small(5)", input: "3x16x16"}`)
	if len(o.Networks) != 1 || len(o.Notices) == 0 || len(o.Problems) != 0 {
		t.Errorf("of source: %+v", o)
	}
	p.wantTotal("params", strconv.Itoa(4*28+4*5+5))
	if out := eval[string](p, `document.querySelector('[data-kind="input"]').dataset.out`); out != "3x16x16" {
		t.Errorf("the input is %s", out)
	}
	o = p.script("[" + sourceFile("a.stack", "name A\ninput 3x8x8\n") + ", " + sourceFile("half.prototxt", prototxt) + "]")
	if strings.Join(o.Networks, ", ") != "A, Half known" || len(o.Problems) != 0 {
		t.Errorf("of a stack and a prototxt: %+v", o)
	}
	for args, at := range map[string][2]int{
		"[" + sourceFile("bad.py", "import torch\nx = (1,\n") + "]":               {2, 5},
		"[" + sourceFile("bad.stack", "input 3x8x8\nconv 4 q7\n") + "]":           {2, 8},
		"[" + sourceFile("net.py", blockSource) + `], {expression: "Block(1 2)"}`: {1, 9},
		"[" + sourceFile("noise.bin", "\x01\x02\x03\x04") + "]":                   {0, 1},
		"[{name: 'e.onnx', bytes: new Uint8Array([0, 1, 2, 255])}]":               {0, 1},
		"":                               {0, 1},
		"null":                           {0, 1},
		"[]":                             {0, 1},
		"[null]":                         {0, 1},
		"[{name: 3, text: 'x'}]":         {0, 1},
		"[{name: 'a.py', text: 'x'}], 7": {0, 1},
		"[{name: 'a.py', text: 'x'}], {expression: 3}": {0, 1},
		"[{get name() { throw 1 }}]":                   {0, 1},
		"new Proxy([], {get() { throw 1 }})":           {0, 1},
	} {
		o := p.script(args)
		if len(o.Problems) != 1 || len(o.Networks) != 0 || o.Problems[0].Text == "" {
			t.Errorf("%s: %+v", args, o)
			continue
		}
		if q := o.Problems[0]; q.Line != at[0] || q.Column != at[1] {
			t.Errorf("%s: at %d:%d, want %v: %s", args, q.Line, q.Column, at, q.Text)
		}
	}
	if name := p.script("[" + sourceFile("a.stack", "name B\ninput 3x8x8\n") + "]").Networks; len(name) != 1 || name[0] != "B" {
		t.Errorf("after all that: %q", name)
	}
}
