package why_test

import (
	"fmt"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/text"
	"paramstack/core/why"
)

func parsed(src string) []arch.Node {
	nodes, problems := text.ParseNodes(src)
	if len(problems) > 0 {
		panic(problems[0].Say.Key)
	}
	return nodes
}

func noBias(row *count.Row, w *layer.Weight, n int64) int64 {
	if isBias(row, w) {
		return 0
	}
	return learnable(w, n)
}

// of weighs what is of groups; kept otherwise.
func factor(times func(row *count.Row, w *layer.Weight, n int64) (int64, bool)) func(*count.Row, *layer.Weight,
	int64) int64 {
	return func(row *count.Row, w *layer.Weight, n int64) int64 {
		if v, ok := times(row, w, n); ok {
			return v
		}
		return learnable(w, n)
	}
}

func prod(w *layer.Weight, role layer.Role) int64 {
	p := int64(1)
	for i := range w.Factors {
		if w.Factors[i].Role == role {
			p *= w.Factors[i].N
		}
	}
	return p
}

func onceIn(groups ...layer.Group) func(*count.Row, *layer.Weight, int64) int64 {
	return factor(func(row *count.Row, w *layer.Weight, n int64) (int64, bool) {
		return 1, isBias(row, w) && group(row, groups...)
	})
}

func unit(by, per int64, digits int, name string) func(int64) string {
	return func(n int64) string {
		return fmt.Sprintf("%.*f %s", digits, float64(n*by)/float64(per), name)
	}
}

// terms are the ways in which numbers differ, by learn.md and by what people ask.
var terms = []twist{
	{terms: "bias-off", weigh: noBias},
	{terms: "bias-twice", weigh: factor(func(row *count.Row, w *layer.Weight, n int64) (int64, bool) {
		return 2 * n,
			isBias(row, w)
	})},
	{terms: "bias-once-dense", weigh: onceIn(layer.GroupDense)},
	{terms: "bias-once-conv", weigh: onceIn(layer.GroupConv)},
	{terms: "bias-once", weigh: onceIn(layer.GroupConv, layer.GroupDense)},
	{terms: "bias-conv-off", weigh: only(func(row *count.Row, w *layer.Weight) bool {
		return !isBias(row, w) ||
			!group(row, layer.GroupConv)
	})},
	{terms: "norm-off", weigh: only(func(row *count.Row, _ *layer.Weight) bool {
		return !group(row,
			layer.GroupNorm)
	})},
	{terms: "norm-half", weigh: only(func(row *count.Row, w *layer.Weight) bool {
		return !group(row, layer.GroupNorm) || w.Class == layer.ClassWeight
	})},
	{terms: "stats-on", weigh: func(row *count.Row, w *layer.Weight, n int64) int64 {
		if w.Class == layer.ClassStat {
			return n
		}
		return learnable(w, n)
	}},
	{terms: "buffers-on", weigh: func(row *count.Row, w *layer.Weight, n int64) int64 {
		if !w.Class.Learnable() {
			return n
		}
		return learnable(w, n)
	}},
	{terms: "conv-dense-only", weigh: only(func(row *count.Row, _ *layer.Weight) bool {
		return group(row,
			layer.GroupConv, layer.GroupDense)
	})},
	{terms: "conv-only", weigh: only(func(row *count.Row, _ *layer.Weight) bool {
		return group(row,
			layer.GroupConv)
	})},
	{terms: "dense-only", weigh: only(func(row *count.Row, _ *layer.Weight) bool { return isDense(row) })},
	{terms: "no-tables", weigh: only(func(row *count.Row,
		_ *layer.Weight) bool {
		return row.Kind().Name != "embedding"
	})},
	{terms: "no-tables-free", weigh: only(func(row *count.Row, _ *layer.Weight) bool {
		return !group(row,
			layer.GroupTable)
	})},
	{terms: "no-free", weigh: only(func(row *count.Row, _ *layer.Weight) bool {
		return row.Kind().Name == "embedding" || !group(row, layer.GroupTable)
	})},
	{terms: "tied-twice", weigh: func(_ *count.Row, w *layer.Weight, n int64) int64 {
		if w.Class.Learnable() {
			return n
		}
		return 0
	}},
	{terms: "depth-forgotten", weigh: factor(func(row *count.Row, w *layer.Weight, n int64) (int64, bool) {
		return n / max(1, prod(w, layer.RoleIn)), group(row, layer.GroupConv) && w.Class == layer.ClassWeight
	})},
	{terms: "kernel-forgotten", weigh: factor(func(row *count.Row, w *layer.Weight, n int64) (int64, bool) {
		area := int64(1)
		for i := 2; i < len(w.Shape); i++ {
			area *= w.Shape[i]
		}
		return n / area, group(row, layer.GroupConv) && w.Class == layer.ClassWeight
	})},
	{terms: "area-counted", weigh: factor(func(row *count.Row, w *layer.Weight, n int64) (int64, bool) {
		area := int64(1)
		for _, s := range row.Out[min(1, len(row.Out)):] {
			area *= s.N
		}
		return n * area, group(row, layer.GroupConv) && w.Class == layer.ClassWeight
	})},
	{terms: "optimizer-adam", sum: func(n int64) int64 { return 3*n + 2 }},
	{terms: "optimizer-adam", sum: func(n int64) int64 { return 3 * n }},
	{terms: "optimizer-momentum", sum: func(n int64) int64 { return 2 * n }},
	{terms: "optimizer-momentum", sum: func(n int64) int64 { return 2*n + 2 }},
	{terms: "classes", edit: classes(10)}, {terms: "classes", edit: classes(2)}, {terms: "classes",
		edit: classes(100)},
	{terms: "classes", edit: classes(37)}, {terms: "classes", edit: classes(6)}, {terms: "classes",
		edit: classes(1000)},
	{terms: "classes", edit: classes(21843)}, {terms: "classes", edit: classes(8631)},
	{terms: "head-off", edit: without(func(n *subject) []*count.Row {
		if h := n.head(); h != nil && isDense(h) {
			return []*count.Row{h}
		}
		return nil
	})},
	{terms: "dense-off", edit: without(func(n *subject) []*count.Row {
		if _, d := n.tail(); len(d) > 1 {
			return d
		}
		return nil
	})},
	{terms: "head", kind: "head-gap", edit: retop("globalavgpool; flatten; linear 10")},
	{terms: "head", kind: "head-gap", edit: retop("globalavgpool; flatten; linear 5")},
	{terms: "head", kind: "head-gap-dense", edit: retop("globalavgpool; flatten; linear 256; linear 10")},
	{terms: "head", kind: "head-gap-dense", edit: retop("globalavgpool; flatten; linear 1024; linear 2")},
	{terms: "head", kind: "head-gap-dense", edit: retop("globalavgpool; flatten; linear 128; linear 1")},
	{terms: "head", kind: "head-gap-dense", edit: retop("globalavgpool; flatten; linear 512; linear 6")},
	{terms: "head", kind: "head-flat", edit: retop("flatten; linear 10")},
	{terms: "head", kind: "head-flat", edit: retop("flatten; linear 2")},
	{terms: "head", kind: "head-flat-dense", edit: retop("flatten; linear 256; linear 10")},
	{terms: "head", kind: "head-flat-dense", edit: retop("flatten; linear 256; linear 1")},
	{terms: "head", kind: "head-flat-dense", edit: retop("flatten; linear 128; linear 3")},
	{terms: "in-channels", edit: sides(1)}, {terms: "in-channels", edit: sides(3)}, {terms: "in-channels",
		edit: sides(4)},
	{terms: "in-size", edit: sides(0, 224, 224)}, {terms: "in-size", edit: sides(0, 32, 32)},
	{terms: "in-size", edit: sides(0, 128, 128)}, {terms: "in-size", edit: sides(0, 256, 256)},
	{terms: "in-size", edit: sides(0, 150, 150)}, {terms: "in-size", edit: sides(0, 64, 64)}, {terms: "in-size",
		edit: sides(0, 28, 28)},
	{terms: "groups-off", edit: each(func(n *subject, row *count.Row) layer.Layer {
		c, ok := convOf(row)
		if !ok || c.Groups.N == 1 || c.Groups.N == row.In[0][0].N {
			return nil
		}
		c.Groups.N = 1
		return c
	})},
	{terms: "depthwise-full", edit: each(func(n *subject, row *count.Row) layer.Layer {
		c, ok := convOf(row)
		if !ok || c.Groups.N == 1 || c.Groups.N != row.In[0][0].N {
			return nil
		}
		c.Groups.N = 1
		return c
	})},
	{terms: "conv-bias-on", edit: each(func(n *subject, row *count.Row) layer.Layer {
		c, ok := convOf(row)
		if !ok || bool(c.Bias) {
			return nil
		}
		c.Bias = true
		return c
	})},
	{terms: "norm-add", edit: normAfter(true)}, {terms: "norm-add-nobias", edit: normAfter(false)},
	{terms: "stem-3x3", edit: func(n *subject) (arch.Model, bool) {
		for _, row := range n.rows() {
			if c, ok := convOf(row); ok {
				if c.Kernel.At(0) != 7 {
					return n.model, false
				}
				c.Kernel, c.Stride, c.Padding = layer.SizeOf(3), layer.SizeOf(1), layer.PaddingOf(1)
				return n.model.SetLayer(row.ID, c), true
			}
		}
		return n.model, false
	}},
	{terms: "pool-off", edit: without(func(n *subject) []*count.Row {
		var last *count.Row
		for _, r := range n.top() {
			if layer.MaxPoolKind.Is(leafOf(r)) || layer.AvgPoolKind.Is(leafOf(r)) {
				last = r
			}
		}
		if last == nil {
			return nil
		}
		return []*count.Row{last}
	})},
	{terms: "pool-add", edit: func(n *subject) (arch.Model, bool) {
		flat, dense := n.tail()
		if flat == nil || len(dense) == 0 || len(flat.In[0]) < 3 || flat.In[0][1].N < 2 {
			return n.model, false
		}
		m, _ := n.model.Insert(arch.Place{Anchor: flat.ID, Side: arch.Before}, parsed("maxpool 2")...)
		return m, true
	}},
	{terms: "repetitions", edit: times(1)}, {terms: "repetitions", edit: times(-1)},
	{terms: "side-on", edit: sideHeads(true)}, {terms: "side-off", edit: sideHeads(false)},
	{terms: "bidirectional", edit: each(func(n *subject, row *count.Row) layer.Layer {
		l, ok := leafOf(row).(*layer.Recurrent)
		if !ok || bool(l.Bidirectional) {
			return nil
		}
		l = layer.Clone(l).(*layer.Recurrent)
		l.Bidirectional = true
		return l
	})},
	{terms: "rnn-layers", edit: each(func(n *subject, row *count.Row) layer.Layer {
		l, ok := leafOf(row).(*layer.Recurrent)
		if !ok {
			return nil
		}
		l = layer.Clone(l).(*layer.Recurrent)
		l.Layers.N++
		return l
	})},
	{terms: "rnn-one-bias", weigh: factor(func(row *count.Row, w *layer.Weight, n int64) (int64, bool) {
		return 0,
			w.TorchOnly
	})},
	{terms: "vocabulary", edit: vocabulary(30000)}, {terms: "vocabulary",
		edit: vocabulary(50304)}, {terms: "vocabulary", edit: vocabulary(32000)},
	{terms: "positions", edit: positions(2048)}, {terms: "positions", edit: positions(128)},
	{terms: "attn-bias-off", edit: each(func(n *subject, row *count.Row) layer.Layer {
		l, ok := leafOf(row).(*layer.Attention)
		if !ok || !bool(l.Bias) {
			return nil
		}
		l = layer.Clone(l).(*layer.Attention)
		l.Bias = false
		return l
	})},
	{terms: "bytes-4", say: unit(4, 1e6, 1, "MB"), of: why.Bytes, sum: func(n int64) int64 { return n }},
	{terms: "bytes-4 binary", say: unit(4, 1<<20, 1, "MB"), of: why.Bytes}, {terms: "bytes-4", say: unit(4, 1<<20,
		1, "MiB"), of: why.Bytes},
	{terms: "bytes-2", say: unit(2, 1e6, 1, "MB"), of: why.Bytes}, {terms: "bytes-1", say: unit(1, 1e6, 2, "MB"),
		of: why.Bytes},
	{terms: "bytes-12", say: unit(12, 1e6, 1, "MB"), of: why.Bytes}, {terms: "bytes-16", say: unit(16, 1e6, 1,
		"MB"), of: why.Bytes},
	{terms: "flops", of: why.FLOPs, say: unit(2, 1e9, 2, "GFLOPs")}, {terms: "macs", of: why.FLOPs, say: unit(1,
		1e9, 2, "GFLOPs")},
	{terms: "same", of: why.MACs}, {terms: "flops", of: why.FLOPs, sum: func(n int64) int64 { return 2 * n }},
	{terms: "macs in-size", of: why.MACs, edit: sides(0, 224, 224)}, {terms: "macs in-size", of: why.MACs,
		edit: sides(0, 299, 299)},
	{terms: "macs in-size", of: why.MACs, edit: sides(0, 256, 256)}, {terms: "macs in-size", of: why.MACs,
		edit: sides(0, 640, 640)},
	{terms: "macs in-size", of: why.MACs, edit: sides(0, 32, 32)}, {terms: "in-size", of: why.MACs, edit: sides(0,
		320, 320), say: unit(1, 1e9, 2, "GMACs")},
	{terms: "flops in-size", of: why.FLOPs, edit: sides(0, 256, 256), say: unit(2, 1e9, 2, "GFLOPs")},
	{terms: "macs conv-only", of: why.MACs, macs: func(row *count.Row, n int64) int64 {
		if group(row, layer.GroupConv) {
			return n
		}
		return 0
	}},
	{terms: "macs batch", of: why.MACs, sum: func(n int64) int64 { return 8 * n }},
	{terms: "macs batch", of: why.MACs, sum: func(n int64) int64 { return 32 * n }},
	{terms: "macs stride-first", of: why.MACs, edit: each(func(n *subject,
		row *count.Row) layer.Layer {
		return nil
	})},
}

func normAfter(bias bool) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		m := n.model
		set := map[arch.ID]layer.Layer{}
		for _, row := range n.rows() {
			if layer.BatchNormKind.Is(leafOf(row)) {
				return m, false
			}
			if c, ok := convOf(row); ok && (row != n.head()) {
				c.Bias = layer.Switch(bias)
				set[row.ID] = c
			}
		}
		m = m.SetLayers(set)
		for id := range set {
			m, _ = m.Insert(arch.Place{Anchor: id, Side: arch.After}, parsed("bn")...)
		}
		return m, len(set) > 0
	}
}

func times(by int64) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		var last *count.Row
		for _, r := range n.report.Rows {
			if rep, ok := r.Node.(*arch.Repeat); ok && r.Form == count.FormRepeat && rep.Of == "" && rep.Times > 2 {
				last = r
			}
		}
		if last == nil {
			return n.model, false
		}
		return n.model.SetTimes(last.ID, last.Node.(*arch.Repeat).Times+by), true
	}
}

func sideHeads(on bool) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		set := map[arch.ID]layer.Layer{}
		n.model.Walk(func(node arch.Node) {
			if b, ok := node.(*arch.Branch); ok && len(b.Paths) > 1 {
				if s, ok := layer.SideKind.As(b.Join); ok && s.Counted != layer.Switch(on) {
					s = layer.Clone(s).(*layer.Side)
					s.Counted = layer.Switch(on)
					set[node.Head().ID] = s
				}
			}
		})
		return n.model.SetLayers(set), len(set) > 0
	}
}

// vocabulary sets the first table's rows, and the head's width with them if they are equal.
func vocabulary(k int64) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		set := map[arch.ID]layer.Layer{}
		words := int64(0)
		for _, row := range n.rows() {
			if e, ok := layer.EmbeddingKind.As(leafOf(row)); ok && words == 0 && len(row.Weights) > 0 &&
				row.Weights[0].Shape[0] > 2000 {
				words = row.Weights[0].Shape[0]
				c := layer.Clone(e).(*layer.Embedding)
				c.Table = layer.ExtentsOf(k, row.Weights[0].Shape[1])
				set[row.ID] = c
			}
		}
		if h := n.head(); h != nil && words > 0 {
			if l := layer.Clone(leafOf(h)); l.Kind().Main() != nil {
				if w, ok := l.Kind().Main().At(l).(*layer.Width); ok && w.Value() == words {
					*w = layer.WidthOf(k)
					set[h.ID] = l
				}
			}
		}
		return n.model.SetLayers(set), len(set) > 0
	}
}

// positions sets the table of positions, and the input with it.
func positions(k int64) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		set := map[arch.ID]layer.Layer{}
		for _, row := range n.rows() {
			switch l := layer.Clone(leafOf(row)).(type) {
			case *layer.Input:
				if l.Shape.Len() == 1 {
					l.Shape = layer.ExtentsOf(k)
					set[row.ID] = l
				}
			case *layer.Param:
				if l.Shape.Len() == 2 && l.Shape.At(0) > 100 {
					l.Shape = layer.ExtentsOf(k, l.Shape.At(1))
					set[row.ID] = l
				}
			}
		}
		return n.model.SetLayers(set), len(set) > 1
	}
}

// pairs are what comes together.
var pairs = [][2]string{
	{"conv-bias-on", "stats-on"}, {"head-off", "stats-on"}, {"classes", "stats-on"}, {"classes", "groups-off"},
	{"classes", "in-channels"}, {"classes", "bias-off"}, {"classes", "stem-3x3"}, {"groups-off", "bias-off"},
	{"in-channels", "stats-on"}, {"classes", "norm-off"}, {"depth-forgotten", "bias-once"}, {"norm-add", "classes"},
	{"kind:head-gap", "stats-on"}, {"kind:head-gap-dense", "stats-on"}, {"kind:head-flat-dense",
		"stats-on"}, {"norm-add", "kind:head-gap"},
	{"pool-off", "bias-off"}, {"tied-twice", "no-free"}, {"classes", "optimizer-adam"}, {"classes", "in-size"},
	{"side-off", "stats-on"}, {"dense-off", "bias-off"}, {"in-size", "in-channels"}, {"classes", "pool-off"},
	{"vocabulary", "positions"}, {"head-off", "bias-off"}, {"classes", "bytes-4 binary"}, {"stats-on",
		"bytes-4 binary"},
	{"norm-add", "in-size"}, {"bidirectional", "rnn-one-bias"}, {"classes", "conv-bias-on"},
}

func byTerms(name string) twist {
	for _, w := range terms {
		if w.terms == name || "kind:"+w.kind == name {
			return w
		}
	}
	panic(name)
}

// equals are the names of what is the same thing on some networks.
var equals = [][]string{
	{"conv-only", "dense-off", "head-off", "norm-off"}, {"dense-only", "row-only",
		"conv-dense-only"}, {"conv-dense-only", "norm-off", "no-tables"},
	{"norm-half", "norm-fold", "bias-all-off"}, {"conv-only", "head-off", "dense-off"}, {"area-counted",
		"macs tool-torchinfo"}, {"in-size", "pool-off", "pool-add", "padding-off"}, {"bias-off pool-off", "network"},
	{"bias-off", "macs"}, // of a dense layer
	{"classes", "vocabulary"}, {"in-size", "positions"}, {"width", "in-channels"}, {"kernel", "in-size",
		"padding-off", "padding-same"},
	{"head", "classes", "in-size", "pool-off"}, {"bias-once depth-forgotten", "bias-once-dense depth-forgotten",
		"bias-once-conv depth-forgotten"},
}
