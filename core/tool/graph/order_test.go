package graph

import (
	"slices"
	"testing"
)

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		needs [][]int
		order []int
		stuck int
	}{
		{nil, nil, -1},
		{[][]int{{}, {0}, {1}}, []int{0, 1, 2}, -1},
		{[][]int{{2}, {}, {1}}, []int{1, 2, 0}, -1},
		{[][]int{{}, {}, {0, 0}, {}}, []int{0, 1, 2, 3}, -1}, // as in the file where nothing forces another order
		{[][]int{{3}, {}, {}, {}}, []int{1, 2, 3, 0}, -1},
		{[][]int{{0}}, nil, 0},
		{[][]int{{}, {2}, {1}, {0}}, []int{0, 3}, 1},
	} {
		if order, stuck := Order(c.needs); !slices.Equal(order, c.order) || stuck != c.stuck {
			t.Errorf("%v is ordered %v, stuck at %d; want %v, %d", c.needs, order, stuck, c.order, c.stuck)
		}
	}
}
