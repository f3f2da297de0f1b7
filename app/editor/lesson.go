package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// lesson says what an edit teaches, nil if nothing much. The blog post's first
// lesson is felt by changing the picture's size: no convolution's parameters
// move, all the work does, and a dense layer behind a flatten may grow.
func lesson(before, after *count.Report) *catalog.Message {
	if before == nil {
		return nil
	}
	from, to := picture(before), picture(after)
	if from == nil || to == nil || len(from) != len(to) || from.Equal(to) || from[0].N != to[0].N {
		return nil
	}
	old := map[arch.ID]count.Counts{}
	before.Leaves(func(r *count.Row, _ num.Int) { old[r.ID] = r.Counts })
	convs, same := 0, true
	var dense *count.Row
	after.Leaves(func(r *count.Row, _ num.Int) {
		was, known := old[r.ID]
		switch r.Kind().Group {
		case layer.GroupConv:
			convs++
			same = same && known && was.Params(true).Equal(r.Counts.Params(true))
		case layer.GroupDense:
			if dense == nil && known && !was.Params(true).Equal(r.Counts.Params(true)) {
				dense = r
			}
		}
	})
	if convs == 0 || !same {
		return nil
	}
	var m catalog.Message
	switch {
	case dense == nil:
		m = catalog.Say(catalog.LessonPicture, side(from), side(to), convs)
	case dense.Counts.ParamsAtLeast:
		m = catalog.Say(catalog.LessonPictureBroken, side(from), side(to), convs)
	default:
		m = catalog.Say(catalog.LessonPictureDense, side(from), side(to), convs, dense.Name,
			old[dense.ID].Params(true).Grouped(), dense.Counts.Params(true).Grouped())
	}
	return &m
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
