package why

// Numbers of networks are no random ones: parameters and operations are multiples of 64, of 512
// and more, since widths are. What a search explains is therefore measured among the numbers that
// are multiples of what the typed one is a multiple of.

// mostLattice bounds how coarse the numbers are that a typed one is compared with: parameters
// have biases and norms, each operation is done at many positions.
var mostLattice = [MACs + 1]int64{Params: 64, MACs: 4096}

// lattice returns the power of two that an exact number is a multiple of.
func (s *search) lattice(of Quantity) int64 {
	if !s.number.Exact() || s.number.Decimal.Lo == 0 {
		return 1
	}
	v := s.number.Decimal.Lo
	return min(v&-v, mostLattice[of])
}

// width returns how many numbers of a window one value covers: all between it and the next
// on the lattice of the typed number, if it is on it.
func (s *search) width(g *target, w *window, v int64) float64 {
	if l := s.lattice(g.of); v%l == 0 {
		return max(w.width, float64(l))
	}
	return w.width
}

// likely is how many there may be of what is any number, where so many would explain too much:
// the classes of a data set.
const likely = 1000

// explained returns the share of the numbers around the typed one that an unknown explains of
// which one more adds slope, and up to which it is looked for.
func (s *search) explained(g *target, o *option, slope int64) (share float64, most int64) {
	w := s.window(g)
	slope = max(slope, -slope)
	// Of the multiples of a divisor of slope, every slope / divisor-th is one of its values.
	share = w.width * float64(gcd(slope, g.want.Lo)) / float64(slope)
	if share > maxShare/4 && o.most > likely {
		return share * min(1, likely*float64(slope)/w.size), likely
	}
	return share, o.most
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
