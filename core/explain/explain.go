// Package explain reads the error messages that PyTorch and Keras print when
// shapes do not fit, says in a sentence what they mean, and finds the layer of a
// network that they are about.
package explain

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// An Error is an error message that was understood.
type Error struct {
	Say  catalog.Message
	find func(*network) *diag.Diag // nil: it is about no layer
}

// MaxText is how much of a text is looked at: a message with its traceback.
const MaxText = 64 << 10

// Read looks for an error message in a text; nil if it knows none.
func Read(text string) *Error {
	if len(text) > MaxText {
		text = text[len(text)-MaxText:] // the message comes last
	}
	raised := raised(text)
	text = plain.Replace(strings.Join(strings.Fields(text), " "))
	for _, m := range messages {
		if n, ok := match(m.pattern, text); ok {
			if e := m.explain(n); e != nil {
				return e
			}
		}
	}
	if e := keys(text); e != nil {
		return e
	}
	if raised {
		return &Error{Say: catalog.Say(catalog.ExplainOther)}
	}
	return nil
}

// plain takes away what Markdown and print put around numbers: torch.Size([3, 4]) is
// [3, 4].
var plain = strings.NewReplacer("torch.Size([", "[", "])", "]", "`", "", "**", "", "×", "x")

// raised reports whether a line begins like the message of an exception of Python.
func raised(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(line, " \t>*E")
		if strings.HasPrefix(line, "Traceback (most recent call last)") {
			return true
		}
		class, _, says := strings.Cut(line, ": ")
		class = class[strings.LastIndexByte(class, '.')+1:]
		if says && (strings.HasSuffix(class, "Error") || strings.HasSuffix(class, "Exception")) && !strings.Contains(class, " ") {
			return true
		}
	}
	return false
}

// In returns what the message says about a network: a warning at the layer that it
// is about, with the remedy if a layer can be changed for it; nil if the network
// has no such layer.
func (e *Error) In(r *count.Report) *diag.Diag {
	if e.find == nil {
		return nil
	}
	n := &network{}
	r.Leaves(func(row *count.Row, _ num.Int) { n.leaves = append(n.leaves, row) })
	n.rows = r.Rows
	d := e.find(n)
	if d != nil {
		d.Severity, d.Say = diag.Warning, e.Say
	}
	return d
}

func first(s []int64) []int64 {
	if len(s) < 2 {
		return nil
	}
	// Keras: batch, height, width, channels.
	return append([]int64{s[len(s)-1]}, s[1:len(s)-1]...)
}

func write(s []int64) string { return tensor.Of(s...).String() }

// product explains a matrix that does not fit: rows × got features meet a layer
// of want × out.
func product(rows, got, want, out int64) *Error {
	if got < 1 || want < 1 || got == want {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainProduct, want, got, out)}
	if unflat := got <= 64 && want%got == 0 && rows*got%want == 0; unflat {
		e.Say = catalog.Say(catalog.ExplainFlatten, want, got)
	}
	e.find = func(n *network) *diag.Diag { return n.dense(got, want, out) }
	return e
}

// channels explains a convolution that receives other channels than its weight is for.
func channels(weight, input []int64, want, got int64) *Error {
	if len(weight) < 3 || want == got {
		return nil
	}
	filters := weight[0]
	e := &Error{Say: catalog.Say(catalog.ExplainChannels, filters, want, got)}
	if len(input) > 2 && input[len(input)-1] == want {
		e.Say = catalog.Say(catalog.ExplainChannelsLast, want, write(input))
	}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int {
			f := row.Kind().Field("filters")
			if f == nil || f.Text(layerOf(row)) != strconv.FormatInt(filters, 10) || kernelOf(row) != weight[2] {
				return 0
			}
			return 1 + is(received(row, 0) == got || received(row, 0) == want)
		})
		return n.blame(at, 0, got, want)
	}
	return e
}

// kernel explains a window that is larger than its map.
func kernel(size, input []int64) *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainKernel, write(size), write(input))}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int {
			for _, d := range row.Problems {
				if d.Say.Key == catalog.WindowTooLarge {
					return 3
				}
			}
			return is(received(row, 1) > 0 && received(row, 1) <= input[0] && kernelOf(row) == size[0])
		})
		d := n.blame(at, 0, 0, 0)
		if d != nil && len(n.leaves[at].Problems) == 0 && n.leaves[at].Kind().Field("padding") != nil {
			d.AddFix(diag.Fix{Op: diag.SetField, Field: "padding", Value: strconv.FormatInt(size[0]/2, 10)})
		}
		return d
	}
	return e
}

// tooSmall explains a pool behind which nothing is left.
func tooSmall(input []int64) *Error {
	if len(input) == 0 {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainTooSmall, write(input))}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int {
			g := row.Kind().Group
			if g != layer.GroupPool && g != layer.GroupConv {
				return 0
			}
			return 2*is(len(row.In) == 1 && row.In[0].Equal(tensor.Of(input...))) + is(row.Broken())
		})
		d := n.blame(at, 0, 0, 0)
		if d != nil && n.leaves[at].Kind().Group == layer.GroupPool {
			d.AddFix(diag.Fix{Op: diag.Remove})
		}
		return d
	}
	return e
}

// axis explains Keras' check of a layer that was built for another shape.
func axis(which, want int64, input []int64) *Error {
	at := which
	if at < 0 {
		at += int64(len(input))
	}
	if at < 0 || at >= int64(len(input)) || input[at] < 1 {
		return nil
	}
	got := input[at]
	e := &Error{Say: catalog.Say(catalog.ExplainAxis, want, got, write(input))}
	e.find = func(n *network) *diag.Diag {
		if len(input) == 2 {
			return n.dense(got, want, 0)
		}
		at := n.best(func(row *count.Row) int {
			return is(row.Kind().Group == layer.GroupConv && (received(row, 0) == got || received(row, 0) == want))
		})
		return n.blame(at, 0, got, want)
	}
	return e
}

// rank explains a tensor with too many or too few dimensions.
func rank(want, got int64, of ...layer.Group) *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainRank, want, got)}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int {
			return is(slices.Contains(of, row.Kind().Group) && len(row.In) == 1 &&
				(int64(len(row.In[0])) == got-1 || row.Broken()))
		}), 0, 0, 0)
	}
	return e
}

// labels explains labels that have another shape than the output.
func labels(label, output []int64) *Error {
	if len(label) == 0 || len(output) == 0 {
		return nil
	}
	want, got := label[len(label)-1], output[len(output)-1]
	e := &Error{Say: catalog.Say(catalog.ExplainLabels, write(label), write(output))}
	if len(label) != len(output) && elements(label) == elements(output) {
		e.Say = catalog.Say(catalog.ExplainColumn, write(label), write(output))
	}
	e.find = func(n *network) *diag.Diag {
		last := -1
		for i, row := range n.leaves {
			if l, ok := layerOf(row).(*layer.Linear); ok && l.Features.Value() == got {
				last = i
			}
		}
		d := n.blame(last, 0, 0, 0)
		if d != nil && want > 1 && len(label) == len(output) { // else it may be the batch
			d.AddFix(diag.Fix{Op: diag.SetField, Field: "features", Value: strconv.FormatInt(want, 10)})
		}
		return d
	}
	return e
}

// joined explains paths that do not fit together.
func joined(say catalog.Message, kind *layer.Kind) *Error {
	e := &Error{Say: say}
	e.find = func(n *network) *diag.Diag {
		var found *count.Row
		walk(n.rows, func(row *count.Row) {
			if row.Form == count.FormBranch && row.Kind() == kind && (found == nil || row.Broken() && !found.Broken()) {
				found = row
			}
		})
		if found == nil {
			return nil
		}
		return &diag.Diag{Node: found.ID}
	}
	return e
}

// norm explains a batch norm for other channels.
func norm(got, want int64) *Error {
	e := &Error{Say: catalog.Say(catalog.ExplainNorm, want, got)}
	e.find = func(n *network) *diag.Diag {
		at := n.best(func(row *count.Row) int {
			return is(layer.BatchNormKind.Is(layerOf(row))) * (2*is(received(row, 0) == got) + is(received(row, 0) == want))
		})
		return n.blame(at, 0, got, want)
	}
	return e
}

// oneValue explains a batch norm that has nothing to average over.
func oneValue(input []int64) *Error {
	if len(input) < 2 {
		return nil
	}
	e := &Error{Say: catalog.Say(catalog.ExplainOneValue, write(input))}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int {
			return is(layer.BatchNormKind.Is(layerOf(row)) && len(row.In) == 1 && row.In[0].Equal(tensor.Of(input[1:]...)))
		}), 0, 0, 0)
	}
	return e
}

// view explains elements that cannot be arranged in a shape.
func view(shape []int64, elements int64) *Error {
	if len(shape) == 0 || shape[len(shape)-1] < 1 {
		return arranged(elements, shape)
	}
	want := shape[len(shape)-1]
	e := &Error{Say: catalog.Say(catalog.ExplainView, elements, want)}
	e.find = func(n *network) *diag.Diag {
		return n.blame(n.best(func(row *count.Row) int {
			return is(row.Kind() == layer.FlattenKind.Kind() || row.Kind() == layer.ReshapeKind.Kind())
		}), 0, 0, 0)
	}
	return e
}

func is(b bool) int {
	if b {
		return 1
	}
	return 0
}
