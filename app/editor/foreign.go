package editor

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// StackExt ends the names of files of stack text, which the page reads itself.
const StackExt = ".stack"

// marks are what only texts of other tools have in them, and paramstack's own
// reports. They are all that the page itself knows of other formats: their readers
// are as large as the page, and come with the worker, which finds out what a text
// is. A test compares the two.
var marks = []string{
	`"class_name"`, `"modelTopology"`, `"weightsManifest"`, // Keras, TensorFlow.js
	"layer {", "layers {", "layer{", "layers{", // Caffe
	"[net]", "[network]", "[convolutional]", // Darknet
	"(0): ", "): Conv", "): Linear", "Parameter containing:", // a printed PyTorch module
	"Layer (type", "module name", "Param #", // a printed table
	`"paramstack report`, // our own report
}

// Foreign reports whether a text that was pasted is one for the readers of other
// tools, and not a stack text, be it with a mistake in it: it has what only theirs
// have in them, or several lines that do not begin like a stack text. Where no reader
// knows it either, they say what it is.
func Foreign(src string) bool {
	if len(src) < 12 {
		return false
	}
	_, problems := text.Parse(src)
	if firstError(problems) == nil || understood(problems) {
		return false
	}
	for _, mark := range marks {
		if strings.Contains(src, mark) {
			return true
		}
	}
	src = strings.TrimSpace(src)
	if src == "" || strings.ContainsRune("{[(<", rune(src[0])) { // a dictionary, a list
		return src != ""
	}
	return (strings.Contains(src, "\n") || isCode(src)) && !text.Begins(src)
}

// isCode reports whether a single line is an address or a statement of Python.
func isCode(line string) bool {
	for _, begin := range []string{"import ", "from ", "def ", "class ", "self.", "model.", "return "} {
		if strings.HasPrefix(line, begin) {
			return true
		}
	}
	return strings.Contains(line, "://") || strings.Contains(line, " = ") && strings.Contains(line, "(")
}

// understood reports whether most problems are of lines whose meaning is known: they
// have the right line in them.
func understood(problems []*diag.Diag) bool {
	known := 0
	for _, d := range problems {
		if d.Say.Key == catalog.TextLine || d.Say.Key == catalog.TextCallReceives {
			known++
		}
	}
	return 2*known > len(problems)
}
