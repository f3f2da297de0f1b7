package text

import (
	"strings"
	"unicode/utf8"
)

// Position returns the line and the column (in characters) of a byte offset,
// both from 1. An offset outside of src is its nearest end.
func Position(src string, offset int) (line, column int) {
	offset = min(max(offset, 0), len(src))
	before := src[:offset]
	line = strings.Count(before, "\n") + 1
	start := strings.LastIndexByte(before, '\n') + 1
	return line, utf8.RuneCountInString(before[start:]) + 1
}
