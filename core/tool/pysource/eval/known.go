package eval

// What tensors of every framework are in Python, by their known elements: none of one that
// depends on data. A tensor of one known element is a number.

// KnownTruth returns whether a tensor is true. What depends on data is taken to be false,
// which is recorded.
func KnownTruth(in *Interp, known []float64) bool {
	if len(known) == 1 {
		return known[0] != 0
	}
	in.Guessed(false)
	return false
}

// KnownWhole returns the whole number that a tensor is, false if it is none or has a
// fraction, which no index or size has.
func KnownWhole(known []float64) (int64, bool) {
	if len(known) == 1 && known[0] == float64(int64(known[0])) {
		return int64(known[0]), true
	}
	return 0, false
}

// KnownNumber returns the number that a tensor is, false if it is none.
func KnownNumber(known []float64) (float64, bool) {
	if len(known) == 1 {
		return known[0], true
	}
	return 0, false
}
