package pycode

import (
	"strings"
)

// MaxLines is how long code may become: a repeat whose repetitions are not
// alike is written one by one.
const MaxLines = 20_000

// A Chunk is one class or function of a file of helpers.
type Chunk struct{ Name, Text string }

// Chunks divides a Python file at two empty lines, without its head.
func Chunks(file string) []Chunk {
	var all []Chunk
	for _, text := range strings.Split(file, "\n\n\n")[1:] {
		head, _, _ := strings.Cut(text, "\n")
		name := strings.TrimPrefix(strings.TrimPrefix(head, "class "), "def ")
		name = name[:strings.IndexAny(name, "(:")]
		all = append(all, Chunk{name, strings.TrimRight(text, "\n") + "\n"})
	}
	return all
}
