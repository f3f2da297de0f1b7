package pycode

import (
	"strings"
)

// MaxLines is how long code may become: a repeat whose turns are not alike is
// written turn by turn.
const MaxLines = 20_000

// A chunk is one class or function of a file of helpers.
type chunk struct{ Name, Text string }

// Chunks divides a file of Python's where two empty lines stand, the head left out.
func Chunks(file string) []chunk {
	var all []chunk
	for _, text := range strings.Split(file, "\n\n\n")[1:] {
		head, _, _ := strings.Cut(text, "\n")
		name := strings.TrimPrefix(strings.TrimPrefix(head, "class "), "def ")
		name = name[:strings.IndexAny(name, "(:")]
		all = append(all, chunk{name, strings.TrimRight(text, "\n") + "\n"})
	}
	return all
}
