package explain

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// What a layer or a loss refuses by rules of its own.

// padded explains a pool with more padding than half of its kernel.
func padded(pad, kernel, dilation int64) *Error {
	if kernel < 1 || kernel > 1<<31 || dilation < 1 || dilation > 1<<31 {
		return nil
	}
	most := (dilation*(kernel-1) + 1) / 2
	e := &Error{Say: catalog.Say(catalog.ExplainPad, pad, kernel, most)}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int {
			if row.Kind().Group != layer.GroupPool || kernelOf(row) != kernel {
				return 0
			}
			f := row.Kind().Field("padding")
			return 1 + is(f != nil && f.Text(layerOf(row)) == strconv.FormatInt(pad, 10))
		})
		d := n.blame(at, 0, 0, 0)
		if d != nil && n.leaves[at].Kind().Field("padding") != nil {
			d.AddFix(diag.Fix{Op: diag.SetField, Field: "padding", Value: strconv.FormatInt(most, 10)})
		}
		return d
	}
	return e
}

// reflected explains a reflection of more cells than there are.
func reflected(pad []int64, dim int64, input []int64) *Error {
	if dim < 0 || dim >= int64(len(input)) || len(pad) == 0 {
		return nil
	}
	most, size := pad[0], input[dim]
	for _, p := range pad {
		most = max(most, p)
	}
	e := &Error{Say: catalog.Say(catalog.ExplainReflect, most, most)}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int {
			reflects := row.Kind().Field("mode")
			if reflects == nil || reflects.Text(layerOf(row)) != "reflect" {
				return 0
			}
			return 1 + is(received(row, -1) == size || received(row, -2) == size) + 2*is(row.Broken())
		}), 0, 0, 0)
	}
	return e
}

// hidden explains a first state of another shape than the recurrent layer's.
func hidden(want, got []int64) *Error {
	if len(want) == 0 || len(got) == 0 {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainHidden, write(want), write(got))}
	size := want[len(want)-1]
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int {
			f := row.Kind().Main()
			return is(row.Kind().Group == layer.GroupRecurrent) *
				(1 + is(f != nil && f.Text(layerOf(row)) == strconv.FormatInt(size, 10)))
		}), 0, 0, 0)
	}
	return e
}

// target explains labels for another output: the loss takes its dimension 1 as classes.
func target(want, got []int64) *Error {
	if len(want) == 0 {
		return nil
	}
	return &Error{Say: catalog.Say(catalog.ExplainTarget, write(want), write(got))}
}

// oneHot explains labels that are vectors where the loss expects numbers of classes.
func oneHot() *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainOneHot)}
	e.find = func(n *network) *diag.Diag { return n.last(0) }
	return e
}

// asserted explains a number that is out of range, which a GPU does not name.
func asserted() *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainAssert)}
	e.find = func(n *network) *diag.Diag { return n.last(0) }
	return e
}

// tuple explains a layer that receives all that a recurrent one returns.
func tuple() *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainTuple)}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int { return is(row.Kind().Group == layer.GroupRecurrent) }), 0, 0, 0)
	}
	return e
}

// undefined explains an input of unknown channels.
func undefined() *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainUndefined)}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int {
			in, ok := layerOf(row).(*layer.Input)
			return is(ok && in.Shape.Len() > 0 && in.Shape.At(0) < 0)
		}), 0, 0, 0)
	}
	return e
}

// normalized explains a layer norm for other features.
func normalized(shape, input []int64) *Error {
	if len(shape) == 0 || len(input) == 0 {
		return nil
	}
	want, got := shape[len(shape)-1], input[len(input)-1]
	e := &Error{Say: catalog.Say(catalog.ExplainAxis, want, got, write(input))}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int {
			return is(layer.LayerNormKind.Is(layerOf(row))) * (1 + is(received(row, -1) == got))
		})
		return n.at(at, -1, got, want)
	}
	return e
}

// of explains what a layer of a kind refuses: one that is marked already, else the first.
func of(say catalog.Message, kind *layer.Kind) *Error {
	e := &Error{Say: say}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int { return is(row.Kind() == kind) * (1 + is(row.Broken())) }), 0, 0, 0)
	}
	return e
}

// depth explains TensorFlow's refusal of a convolution, by input channels and those of
// the filter. One built for pictures of another number of channels is the usual case.
func depth(got, want int64) *Error {
	if got < 0 || want < 1 {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainDepth, want, got)}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int {
			return is(row.Kind().Group == layer.GroupConv) * is(received(row, 0) == want || received(row, 0) == got)
		})
		return n.at(at, 0, got, want)
	}
	return e
}
