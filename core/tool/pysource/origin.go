package pysource

import (
	"strconv"
	"strings"

	"paramstack/core/tool/pysource/eval"
)

// Origins writes places of a program for people.
type Origins map[string][]string // the lines of each file

// OriginsOf returns the origins of what files make.
func OriginsOf(files []*eval.File) Origins {
	o := Origins{}
	for _, f := range files {
		o[f.Name] = strings.Split(f.Text, "\n")
	}
	return o
}

// mostOrigin is how many letters of a line are shown.
const mostOrigin = 160

// At returns a place as arch.Head has it: the file, the number of the line, and the
// line. It is "" for what no file of the reader has.
func (o Origins) At(p eval.Place) string {
	lines := o[p.File]
	if p.Line < 1 || p.Line > len(lines) {
		return ""
	}
	line := []rune(strings.TrimSpace(lines[p.Line-1]))
	if len(line) > mostOrigin {
		line = append(line[:mostOrigin:mostOrigin], '…')
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ": " + string(line)
}
