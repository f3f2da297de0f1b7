package graph

import "slices"

// Order sorts nodes so that each comes after those it takes something from, else as they
// are in the file. needs lists the latter for each, one more than once if it is taken more
// than once. stuck is the first node that waits for itself in the end, −1 if none does.
func Order(needs [][]int) (order []int, stuck int) {
	waits, feeds := make([]int, len(needs)), make([][]int, len(needs))
	var ready []int // a heap would do; files are nearly in order already
	for i, from := range needs {
		waits[i] = len(from)
		for _, k := range from {
			feeds[k] = append(feeds[k], i)
		}
		if len(from) == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		i := ready[0]
		ready = ready[1:]
		order = append(order, i)
		for _, k := range feeds[i] {
			if waits[k]--; waits[k] == 0 {
				at, _ := slices.BinarySearch(ready, k)
				ready = slices.Insert(ready, at, k)
			}
		}
	}
	return order, slices.IndexFunc(waits, func(w int) bool { return w > 0 })
}
