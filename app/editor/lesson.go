package editor

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// lesson returns what an edit teaches, nil if nothing much.
func lesson(before, after *count.Report, style count.Style) *catalog.Message {
	if before == nil {
		return nil
	}
	from, to := imageOf(before), imageOf(after)
	switch {
	case from == nil || to == nil || len(from) != len(to) || from[0].N != to[0].N:
		return nil
	case from.Equal(to):
		return mapLesson(before, after, style)
	default:
		return pictureLesson(from, to, before, after, style)
	}
}

// pictureLesson is the first lesson of the blog post. It shows when the picture's size
// changes: no convolution's parameters change, all the computation does, and a dense
// layer after a flatten may grow.
func pictureLesson(from, to tensor.Shape, before, after *count.Report, style count.Style) *catalog.Message {
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

// mapLesson is the second, and notices that the advice of a preset was followed: a pool
// added before the flatten makes the dense layer behind it smaller, one removed larger.
func mapLesson(before, after *count.Report, style count.Style) *catalog.Message {
	if pools(before).Equal(pools(after)) {
		return nil
	}
	was, is := firstMap(before), firstMap(after)
	if was == nil || is == nil || was.ID != is.ID || len(was.Out) != len(is.Out) {
		return nil
	}
	from, to := mapOf(was), mapOf(is)
	last := len(from) - 1 // the channels
	if len(from) != len(to) || from.Equal(to) || !from.Known() || !to.Known() || from[last].N != to[last].N {
		return nil
	}
	from, to = from[:last], to[:last]
	old, fresh := style.Params(was.Counts), style.Params(is.Counts)
	if old.IsZero() || fresh.IsZero() {
		return nil
	}
	var m catalog.Message
	switch c := fresh.Cmp(old); {
	case c < 0:
		m = catalog.Say(catalog.LessonMapSmaller, is.Name, from.String(), to.String(),
			old.Grouped(), fresh.Grouped(), ratio(old, fresh))
	case c > 0:
		m = catalog.Say(catalog.LessonMapLarger, is.Name, from.String(), to.String(),
			old.Grouped(), fresh.Grouped(), ratio(fresh, old))
	default:
		return nil
	}
	return &m
}

// ratio writes how many times b is in a, with three significant digits: 4.69.
func ratio(a, b num.Int) string {
	r, digits := a.Float()/b.Float(), 2
	for p := 10.0; r >= p && digits > 0; p *= 10 {
		digits--
	}
	s := strconv.FormatFloat(r, 'f', digits, 64)
	if digits > 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// pools counts the pools of a network, every repetition.
func pools(r *count.Report) (n num.Int) {
	r.Leaves(func(row *count.Row, times num.Int) {
		if row.Kind().Group == layer.GroupPool {
			n = n.Add(times)
		}
	})
	return n
}

// firstMap returns the first dense layer that has a weight for every position of a
// map, nil if there is none.
func firstMap(r *count.Report) *count.Row {
	var found *count.Row
	r.Leaves(func(row *count.Row, _ num.Int) {
		if found == nil && len(row.Weights) > 0 && row.Kind().Group == layer.GroupDense && len(mapOf(row)) > 1 {
			found = row
		}
	})
	return found
}

// mapOf returns the map that was flattened into what a layer receives, its extents in
// the order of a formula.
func mapOf(row *count.Row) tensor.Shape {
	if len(row.In) != 1 || len(row.In[0]) == 0 {
		return nil
	}
	return row.In[0][len(row.In[0])-1].Parts
}

// params returns the parameters of each layer, those of all its repetitions together.
func params(r *count.Report, style count.Style) map[arch.ID]num.Int {
	sums := map[arch.ID]num.Int{}
	r.Leaves(func(row *count.Row, times num.Int) {
		sums[row.ID] = sums[row.ID].Add(style.Params(row.Counts).Mul(times))
	})
	return sums
}

// imageOf returns the shape of the first input that has spatial extents.
func imageOf(r *count.Report) tensor.Shape {
	for _, row := range r.Rows {
		if row.Form == count.FormLeaf && row.Kind().Group == layer.GroupInput && len(row.Out) > 1 {
			return row.Out
		}
	}
	return nil
}

// side returns the spatial extents: 224×224.
func side(s tensor.Shape) string { return s[1:].String() }
