package keras

import (
	"slices"

	"paramstack/core/tensor"
)

// An order maps the extents of a tensor to Keras' axes, without the batch: extent i
// here is axis order[i] there. Keras has the channels of a map last, here they are
// first. A nil order is unknown.
type order []int

// asIs is the order of a tensor that both have alike: features, sequences.
func asIs(rank int) order {
	o := make(order, rank)
	for i := range o {
		o[i] = i
	}
	return o
}

// ahead is the order in which an axis of Keras comes first here, after lead others.
func ahead(rank, axis, lead int) order {
	o := make(order, 0, rank)
	for i := range rank {
		if i != axis {
			o = append(o, i)
		}
	}
	return slices.Insert(o, min(lead, len(o)), axis)
}

// channelsLast is the order of a map as Keras has it by default.
func channelsLast(rank int) order {
	if rank < 2 {
		return asIs(rank)
	}
	return ahead(rank, rank-1, 0)
}

// film is the order of pictures one after another, each with its channels last.
func film(rank int) order { return ahead(rank, rank-1, 1) }

// at returns the extent here that is an axis of Keras, -1 if there is none.
func (o order) at(axis int) int { return slices.Index(o, axis) }

// moved returns the dims of the permutation, of ours, that leads from o to another
// order: which extents, counted from 1, come one after another.
func (o order) moved(to order) []int64 {
	dims := make([]int64, len(to))
	for i, axis := range to {
		dims[i] = int64(o.at(axis)) + 1
	}
	return dims
}

// axes is the same in Keras: which of its axes, counted from 1, come one after
// another.
func (o order) axes(to order) []int64 {
	dims := make([]int64, len(to))
	for i, axis := range to {
		dims[axis] = int64(o[i]) + 1
	}
	return dims
}

// theirs returns a shape of ours in Keras' order, nil if the ranks differ.
func (o order) theirs(s tensor.Shape) tensor.Shape {
	if len(s) != len(o) {
		return nil
	}
	out := make(tensor.Shape, len(s))
	for i, axis := range o {
		out[axis] = s[i]
	}
	return out
}

// ours returns numbers in Keras' order as they are here.
func (o order) ours(n []int64) []int64 {
	out := make([]int64, len(o))
	for i, axis := range o {
		out[i] = n[axis]
	}
	return out
}

// featuresLast reports whether the last extent is the last axis too.
func (o order) featuresLast() bool { return len(o) > 0 && o[len(o)-1] == len(o)-1 }
