package link

import "strings"

// A Counting is how the sender of a link counted, which changes the numbers that the
// network has. The zero Counting is PyTorch's, with biases: its links have no letters.
// It is written as letters after the version, each at most once, in this order:
//
//	1b.i3x32x32~c4k5~end     b: biases do not count
//	1k.i3x32x32~c4k5~n~end   k: as Keras counts; 1bk. is both
type Counting struct {
	NoBiases bool
	Keras    bool
}

func (c Counting) letters() string {
	var s string
	if c.NoBiases {
		s = "b"
	}
	if c.Keras {
		s += "k"
	}
	return s
}

// Word returns the counting as a word, which is never empty: "-" if it has no letters.
func (c Counting) Word() string { return "-" + c.letters() }

// CountingOf returns the counting of a word; false if it is none.
func CountingOf(word string) (c Counting, ok bool) {
	letters, ok := strings.CutPrefix(word, "-")
	if ok {
		c, letters = readLetters(letters)
	}
	return c, ok && letters == ""
}

// readLetters reads the letters that a fragment has after its version, and returns
// what follows them.
func readLetters(s string) (c Counting, rest string) {
	s, c.NoBiases = strings.CutPrefix(s, "b")
	s, c.Keras = strings.CutPrefix(s, "k")
	return c, s
}
