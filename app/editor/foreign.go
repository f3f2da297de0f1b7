package editor

import (
	"strings"

	"paramstack/core/text"
)

// StackExt ends the names of files of stack text, which the page reads itself.
const StackExt = ".stack"

// Foreign reports whether a text that was pasted is no stack text but looks like
// a file of another tool.
func Foreign(src string) bool {
	if len(src) < 12 {
		return false
	}
	_, problems := text.Parse(src)
	return firstError(problems) != nil && looksForeign(src)
}

// marks are what texts of other tools have in them: JSON, prototxt, Darknet's
// configuration, a printed module, a printed table.
var marks = []string{"\"class_name\"", "\"modelTopology\"", "layer {", "layers {", "layer{", "layers{", "[net]", "[convolutional]", "(0): ", "): Conv", "): Linear",
	"Layer (type", "module name", "Param #", "\"weightsManifest\"", "\"paramstack report"}

func looksForeign(src string) bool {
	for _, mark := range marks {
		if strings.Contains(src, mark) {
			return true
		}
	}
	return false
}
