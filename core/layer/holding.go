package layer

// A Holding is what the output of a kind needs of memory while a network only
// answers (inference).
type Holding uint8

// The holdings.
const (
	HoldsAnew    Holding = iota // a tensor of its own
	HoldsInPlace                // it may overwrite its input: each value follows from the one in its place
	HoldsView                   // none: its values are those of its input, arranged or cut otherwise
)

// Holds returns what the outputs of the kind need of memory in inference. What is in
// place in the usual accounting (InPlace) is so here; kinds where inference differs
// from it have inference set.
//
//   - Activations, softmax and scales overwrite their input, and so does batch norm:
//     its statistics are fixed, so that it is a multiplication and an addition for each
//     value. Norms that measure their input first have a tensor of their own.
//   - Flatten, reshape, permute, squeeze, slice and chunk are views, identity and dropout
//     pass their input on, a side head and from go on with a tensor that is there.
//   - Channel shuffle and pixel shuffle move values to other places, so that they copy.
func (k *Kind) Holds() Holding {
	switch {
	case k.inference != nil:
		return *k.inference
	case !k.InPlace:
		return HoldsAnew
	case k.Group == GroupActivation || k.Group == GroupNorm:
		return HoldsInPlace
	default:
		return HoldsView
	}
}

// holding makes a value of Kind.inference.
func holding(h Holding) *Holding { return &h }
