package derive

import (
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/zoo"
)

// TestClaims holds what sentences claim of another layer against that layer, applied to
// the same inputs: without groups, with a bias, behind a smaller map, without the pool
// before it, in the other framework.
func TestClaims(t *testing.T) {
	checked := map[catalog.Key]int{}
	hold := func(r *count.Report) {
		e := New(r, count.PyTorch)
		for _, row := range rowsOf(r.Rows) {
			for _, m := range e.Of(row).Why {
				claimed, actual, ok := claim(row, m)
				if !ok {
					continue
				}
				checked[m.Key]++
				if claimed != actual {
					t.Errorf("%s: %s is %s: %s", row.Name, claimed, actual, m.In(catalog.English))
				}
			}
		}
	}
	for _, z := range zoo.All() {
		hold(count.Of(z.Model()))
	}
	for _, source := range tooltest.EveryKind() {
		hold(tooltest.NetFrom(t, source).Report)
	}
	for _, key := range []catalog.Key{catalog.ReasonGroups, catalog.ReasonDepthwise, catalog.ReasonNoBias, catalog.ReasonMap,
		catalog.ReasonPooled, catalog.ReasonTwoBiases, catalog.ReasonFour, catalog.ReasonKept, catalog.ReasonConcat,
		catalog.ReasonPositions, catalog.ReasonEntries, catalog.ReasonRows, catalog.ReasonSeparable} {
		if checked[key] == 0 {
			t.Errorf("no %s was checked", key)
		}
	}
	t.Log(checked)
}

// claim returns a number that a sentence claims and the one that is so; ok is false for
// sentences without one.
func claim(row *count.Row, m catalog.Message) (claimed, actual string, ok bool) {
	said := func(n int) string { return m.Args[n].(string) }
	switch m.Key {
	case catalog.ReasonGroups, catalog.ReasonDepthwise:
		if row.Kind().Field("groups") == nil {
			return "", "", false
		}
		return said(len(m.Args) - 1), weightsOf(row, "groups", "1"), true
	case catalog.ReasonNoBias:
		l := with(row, "bias", "on")
		result, _ := layer.Apply(l, row.In)
		n, _ := result.Weights[len(result.Weights)-1].Count()
		return said(0), n.Grouped(), result.Weights[len(result.Weights)-1].Class == layer.ClassBias
	case catalog.ReasonMap:
		return said(4), weightsBehind(row, said(3)), true
	case catalog.ReasonPooled:
		return said(3), weightsBehind(row, said(2)), true
	case catalog.ReasonTwoBiases:
		return said(0), count.PyTorch.Params(row.Counts).Sub(count.Keras.Params(row.Counts)).Grouped(), true
	case catalog.ReasonKept:
		keras, torch := count.Keras.Params(row.Counts), count.PyTorch.Params(row.Counts)
		return said(1) + " " + said(2), keras.Grouped() + " " + torch.Grouped(), true
	case catalog.ReasonFour:
		var all num.Int
		for _, w := range row.Weights {
			if n, _ := w.Count(); w.Class == layer.ClassWeight && len(w.Shape) == 2 && !strings.Contains(w.Name, "bias") &&
				!strings.Contains(w.Name, "cpb") {
				all = all.Add(n)
			}
		}
		return said(2), all.Grouped(), true
	case catalog.ReasonConcat:
		left, right, _ := strings.Cut(said(1), " = ")
		var sum num.Int
		for _, part := range strings.Split(left, " + ") {
			sum = sum.Add(parsed(part))
		}
		return right, sum.Grouped(), true
	case catalog.ReasonPositions, catalog.ReasonEntries, catalog.ReasonRows:
		macs, _ := row.MACs.Value()
		product, value, isProduct := strings.Cut(said(2), " = ")
		if !isProduct {
			return said(2), macs.Grouped(), true
		}
		all := num.Of(1)
		for _, f := range strings.Split(product, "·") {
			all = all.Mul(parsed(f))
		}
		return value + " " + all.Grouped(), macs.Grouped() + " " + macs.Grouped(), true
	case catalog.ReasonSeparable:
		full, err := layer.ConvKind.With(func(l *layer.Conv) {
			l.Filters, l.Kernel = layer.WidthOf(row.Out[0].N), layer.SizeOf(row.Weights[0].Shape[2:]...)
			l.Bias = false
		})
		if err != nil {
			return said(2), err.Error(), true
		}
		result, _ := layer.Apply(full, []tensor.Shape{append(tensor.Of(row.In[0][0].N), tensor.Of(99, 99)...)})
		n, _ := result.Weights[0].Count()
		return said(2), n.Grouped(), true
	}
	return "", "", false
}

func parsed(s string) num.Int {
	n, _ := num.Parse(strings.ReplaceAll(s, ",", ""))
	return n
}

// with returns the row's layer with another hyper-parameter.
func with(row *count.Row, field, value string) layer.Layer {
	var l layer.Layer
	switch n := row.Node.(type) {
	case *arch.Leaf:
		l = n.Layer
	case *arch.Branch:
		l = n.Join
	}
	changed, d := layer.With(l, l.Kind().Field(field), value)
	if d != nil {
		panic(d)
	}
	return changed
}

// weightsOf counts the first tensor of the row's layer with another hyper-parameter.
func weightsOf(row *count.Row, field, value string) string {
	result, _ := layer.Apply(with(row, field, value), row.In)
	n, _ := result.Weights[0].Count()
	return n.Grouped()
}

// weightsBehind counts the weights of the row's layer behind a flattened map: 3×3×256.
func weightsBehind(row *count.Row, sides string) string {
	n := int64(1)
	for _, side := range strings.Split(sides, "×") {
		v, _ := parsed(side).Int64()
		n *= v
	}
	result, _ := layer.Apply(row.Node.(*arch.Leaf).Layer, []tensor.Shape{tensor.Of(n)})
	all, _ := result.Weights[0].Count()
	return all.Grouped()
}
