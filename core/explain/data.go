package explain

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// What does not fit is the data, the labels or a checkpoint: the network is changed for
// them, or they for it.

// built explains a model that was built for samples of another shape. Keras' shapes begin
// with the batch and end with the channels.
func built(want, got []int64) *Error {
	if len(want) < 2 || len(got) < 2 {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainBuilt, write(want[1:]), write(got[1:]))}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int { return is(layer.InputKind.Is(layerOf(row))) })
		if at < 0 {
			return nil
		}
		d := &diag.Diag{Node: n.leaves[at].ID}
		shape := got[1:]
		if len(shape) > 1 {
			shape = first(got)
		}
		if n.leaves[at].Out.Equal(tensor.Of(shape...)) || elements(shape) < 1 {
			return d
		}
		in := layer.ExtentsOf(shape...)
		return d.AddFix(diag.Fix{Op: diag.SetField, Field: "shape", Value: in.Text()})
	}
	return e
}

// differ explains paths whose outputs differ along a dimension: of a concat, or a sum.
func differ(concat bool, a, b []int64) *Error {
	for i := range a {
		switch {
		case i >= len(b) || a[i] == b[i]:
		case concat:
			return joined(catalog.Say(catalog.ExplainConcat, a[i], b[i]), layer.ConcatKind.Kind())
		default:
			return joined(catalog.Say(catalog.ExplainAdd, a[i], b[i]), layer.AddKind.Kind())
		}
	}
	return nil
}

// class explains the number of a class for which there is no output.
func class(n int64) *Error {
	if n < 1 {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainClass, n, n+1)}
	e.find = func(net *network) *diag.Diag { return net.last(n + 1) }
	return e
}

// last marks the last dense layer, which is to have at least so many outputs.
func (n *network) last(features int64) *diag.Diag {
	last := -1
	for i, row := range n.leaves {
		if layer.LinearKind.Is(layerOf(row)) {
			last = i
		}
	}
	d := n.blame(last, 0, 0, 0)
	if d != nil && features > 1 && layerOf(n.leaves[last]).(*layer.Linear).Features.Value() < features {
		d.AddFix(diag.Fix{Op: diag.SetField, Field: "features", Value: strconv.FormatInt(features, 10)})
	}
	return d
}

// samples explains an output with more rows than there are labels: samples were cut in
// pieces by a view.
func samples(rows, labels int64) *Error {
	if rows < 1 || labels < 1 || rows == labels {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainSamples, rows, labels)}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int {
			return is(row.Kind() == layer.FlattenKind.Kind() || row.Kind() == layer.ReshapeKind.Kind())
		}), 0, 0, 0)
	}
	return e
}

// equal explains two sizes that must be equal.
func equal(a, b int64) *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainEqual, a, b)}
	e.find = func(n *network) *diag.Diag {
		for _, pair := range [][2]int64{{a, b}, {b, a}} {
			if d := n.dense(pair[0], pair[1], 0); d != nil {
				return d
			}
		}
		at := n.best(func(row *count.Row) int {
			l, ok := layerOf(row).(*layer.Linear)
			return is(ok && (l.Features.Value() == a || l.Features.Value() == b))
		})
		return n.blame(at, 0, 0, 0)
	}
	return e
}

// arranged explains values that cannot be arranged in a shape.
func arranged(n int64, shape []int64) *Error {
	size := elements(shape)
	if n < 1 || size < 1 {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainArranged, n, write(shape), size)}
	e.find = func(net *network) *diag.Diag {
		return net.blame(net.best(func(row *count.Row) int {
			return 2*is(row.Kind() == layer.ReshapeKind.Kind()) + is(layer.InputKind.Is(layerOf(row)))
		}), 0, 0, 0)
	}
	return e
}

// elements multiplies the known extents of a shape, 0 if that is too large to mean anything.
func elements(shape []int64) int64 {
	n := int64(1)
	for _, e := range shape {
		if e > 0 {
			n *= min(e, 1<<31)
		}
		if n > 1<<31 {
			return 0
		}
	}
	return n
}

// steps explains a recurrent layer for other features.
func steps(want, got int64) *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainSteps, want, got)}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int {
			fits := received(row, -1) == got || received(row, -1) == want
			return is(row.Kind().Group == layer.GroupRecurrent) * (1 + is(fits))
		})
		if at >= 0 && len(n.leaves[at].In) == 1 && len(n.leaves[at].In[0]) > 2 {
			return &diag.Diag{Node: n.leaves[at].ID}
		}
		return n.at(at, -1, got, want)
	}
	return e
}

// refused explains a layer whose own numbers do not fit: one with a field that is marked
// already, else the first that has it.
func refused(say catalog.Message, field string) *Error {
	e := &Error{Say: say}
	if field == "" {
		return e
	}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int {
			f := row.Kind().Field(field)
			if f == nil || field == "groups" && f.Text(layerOf(row)) == "1" {
				return 0
			}
			return 1 + 2*is(row.Broken())
		}), 0, 0, 0)
	}
	return e
}

const copied = "copying a param with shape @ from checkpoint, the shape in current model is @"

// keys explains a checkpoint that has other tensors than the model.
func keys(text string) *Error {
	for _, say := range []struct {
		head string
		key  catalog.Key
	}{
		{"size mismatch for ", ""},
		{"Missing key(s) in state_dict: ", catalog.ExplainMissing},
		{"Unexpected key(s) in state_dict: ", catalog.ExplainUnexpected},
	} {
		_, rest, ok := strings.Cut(text, say.head)
		if !ok {
			continue
		}
		if say.key == "" {
			name, rest, ok := strings.Cut(rest, ": ")
			if n, fits := match(copied, rest); ok && fits {
				return mismatch(name, n[0], n[1])
			}
			continue
		}
		name, _, ok := strings.Cut(strings.TrimLeft(rest, `"' `), `"`)
		if !ok || name == "" || len(name) > 100 || strings.Contains(name, " ") {
			continue
		}
		return missing(say.key == catalog.ExplainMissing, name)
	}
	return nil
}

// missing explains a tensor that only one of model and checkpoint has.
func missing(inModel bool, name string) *Error {
	if !inModel {
		return &Error{Say: catalog.Say(catalog.ExplainUnexpected, name)}
	}
	e := &Error{Say: catalog.Say(catalog.ExplainMissing, name)}
	e.find = func(n *network) *diag.Diag { return n.blame(n.named(name), 0, 0, 0) }
	return e
}

// named returns which leaf owns a tensor of a name; -1 if none is labelled so.
func (n *network) named(tensor string) int {
	i := strings.LastIndexByte(tensor, '.')
	if i < 1 {
		return -1
	}
	return n.best(func(row *count.Row) int { return is(row.Node.Head().Label == tensor[:i]) })
}

// mismatch explains a tensor that has another shape in a checkpoint than in the model.
func mismatch(name string, saved, model []int64) *Error {
	if len(saved) == 0 || len(model) == 0 || len(name) > 100 {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainMismatch, name, write(saved), write(model))}
	e.find = func(n *network) *diag.Diag {
		at := n.named(name)
		if at < 0 {
			at = n.best(func(row *count.Row) int {
				for i := range row.Weights {
					if tensor.Of(row.Weights[i].Shape...).Equal(tensor.Of(model...)) {
						return 1
					}
				}
				return 0
			})
		}
		if at < 0 {
			return nil
		}
		d := &diag.Diag{Node: n.leaves[at].ID}
		f := n.leaves[at].Kind().Main()
		if f == nil || f.Role != layer.RoleOut || saved[0] == model[0] || saved[0] < 1 {
			return d
		}
		return d.AddFix(diag.Fix{Op: diag.SetField, Field: f.Name, Value: strconv.FormatInt(saved[0], 10)})
	}
	return e
}
