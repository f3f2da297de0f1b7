package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// lesson returns what an edit teaches, nil if nothing much. The first lesson of the
// blog post shows when the picture's size changes: no convolution's parameters
// change, all the work does, and a dense layer after a flatten may grow.
func lesson(before, after *count.Report, style count.Style) *catalog.Message {
	if before == nil {
		return nil
	}
	from, to := picture(before), picture(after)
	if from == nil || to == nil || len(from) != len(to) || from.Equal(to) || from[0].N != to[0].N {
		return nil
	}
	old, fresh := params(before, style), params(after, style)
	var convs num.Int // every repetition counts
	same := true
	var dense *count.Row
	after.Leaves(func(r *count.Row, times num.Int) {
		was, known := old[r.ID]
		switch r.Kind().Group {
		case layer.GroupConv:
			convs = convs.Add(times)
			same = same && known && was.Equal(fresh[r.ID])
		case layer.GroupDense:
			if dense == nil && known && !was.Equal(fresh[r.ID]) {
				dense = r
			}
		}
	})
	if convs.IsZero() || !same {
		return nil
	}
	all := convs.Grouped()
	var m catalog.Message
	switch {
	case dense == nil:
		m = catalog.Say(catalog.LessonPicture, side(from), side(to), all)
	case dense.Counts.ParamsAtLeast:
		m = catalog.Say(catalog.LessonPictureBroken, side(from), side(to), all)
	default:
		m = catalog.Say(catalog.LessonPictureDense, side(from), side(to), all, dense.Name,
			old[dense.ID].Grouped(), fresh[dense.ID].Grouped())
	}
	return &m
}

// params returns the parameters of each layer, those of all its repetitions together.
func params(r *count.Report, style count.Style) map[arch.ID]num.Int {
	sums := map[arch.ID]num.Int{}
	r.Leaves(func(row *count.Row, times num.Int) {
		sums[row.ID] = sums[row.ID].Add(style.Params(row.Counts).Mul(times))
	})
	return sums
}

// picture returns the shape of the first input that has spatial extents.
func picture(r *count.Report) tensor.Shape {
	for _, row := range r.Rows {
		if row.Form == count.FormLeaf && row.Kind().Group == layer.GroupInput && len(row.Out) > 1 {
			return row.Out
		}
	}
	return nil
}

// side returns the spatial extents: 224×224.
func side(s tensor.Shape) string { return s[1:].String() }
