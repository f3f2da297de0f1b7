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

// WholeOf returns a value as a whole number, as Python takes one where it needs an
// index: no float, and of the objects of a host those that have Whole.
func WholeOf(v Value) (int64, bool) {
	switch x := v.(type) {
	case int64:
		return x, true
	case bool:
		if x {
			return 1, true
		}
		return 0, true
	case interface{ Whole(*Interp) (int64, bool) }:
		return x.Whole(nil)
	case *Object:
		n, ok := x.Native.(int64)
		return n, ok
	}
	return 0, false
}
