package count

import (
	"strconv"

	"paramstack/core/arch"
)

// A Within names the repetitions that a row is in, one for each repeat around it.
// By it the rows of one node differ, wherever they are shown.
type Within struct {
	all    string // .2.1
	suffix string // of the key: @2.1; "" if all are the first, so that a row keeps its key when a repeat is unrolled
}

// Nth returns the repetitions inside the nth of one more repeat.
func (w Within) Nth(n int64) Within {
	inner := Within{all: w.all + "." + strconv.FormatInt(n, 10)}
	if n > 1 || w.suffix != "" {
		inner.suffix = "@" + inner.all[1:]
	}
	return inner
}

// Again returns the repetitions inside a second use: its rows are of nodes that have
// rows elsewhere.
func (w Within) Again(id arch.ID) Within {
	inner := Within{all: w.all + ".a" + strconv.Itoa(int(id))}
	inner.suffix = "@" + inner.all[1:]
	return inner
}

// Key returns the key of a node's row: its ID, and after an @ the repetitions it is
// in beyond the first.
func (w Within) Key(id arch.ID) string { return strconv.Itoa(int(id)) + w.suffix }

// TurnKey returns the key of the row above a repetition's rows, where w is
// what is inside the repetition from.
func (w Within) TurnKey(id arch.ID, from int64) string {
	return w.Key(id) + "t" + strconv.FormatInt(from, 10)
}
