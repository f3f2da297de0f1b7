package zoo

import (
	"fmt"
	"strings"
)

// nasNets are NASNet-A, found by search: a chain of cells, each of which reads
// the two cells before it.
func nasNets() []Net {
	const paper = "Zoph, Vasudevan, Shlens, Le: Learning Transferable Architectures for Scalable Image Recognition, 2017, figure 4"
	mobile := kerasNet("nasnet-mobile", "NASNet-A mobile (4 @ 1056)", "NASNet", 2017, "NASNetMobile", "5326716", paper,
		nasNet{name: "NASNet-A mobile", size: 224, cells: 4, filters: 1056 / 24, stem: 32}.text())
	large := kerasNet("nasnet-large", "NASNet-A large (6 @ 4032)", "NASNet", 2017, "NASNetLarge", "88949818", paper,
		nasNet{name: "NASNet-A large", size: 331, cells: 6, filters: 4032 / 24, stem: 96, skip: true}.text())
	mobile.GMACs, large.GMACs = "0.564", "23.8" // keras.applications.nasnet, after the paper's tables 2 and 3
	return []Net{mobile, large}
}

// A nasNet is a NASNet-A by its numbers: cells in each of three stages, filters of
// the first (a 24th of the last map's channels), filters of the stem, and whether
// the cell after a reduction reads the input of that reduction.
type nasNet struct {
	name                       string
	size, cells, filters, stem int
	skip                       bool
}

// A nasMap is a map that cells hand on: its label, its channels, and how often
// it was halved.
type nasMap struct {
	label    string
	channels int
	level    int
}

func (n nasNet) text() string {
	w := nasWriter{}
	fmt.Fprintf(&w.b, "name %s\ninput 3x%dx%[2]d\nconv %[3]d k3 s2 nobias\nstem: %[4]s\n", n.name, n.size, n.stem, nasBN)
	x := nasMap{label: "stem", channels: n.stem}
	p := x // the first cell reads the stem twice, the second time as it is
	x, p = w.cell("stem1", x, p, n.filters/4, true, true), x
	x, p = w.cell("stem2", x, p, n.filters/2, true, false), x
	for stage := range 3 {
		filters := n.filters << stage
		if stage > 0 {
			reduced := w.cell(fmt.Sprintf("reduce%d", stage), x, p, filters, true, false)
			if !n.skip {
				p = x
			}
			x = reduced
		}
		for i := range n.cells {
			x, p = w.cell(fmt.Sprintf("cell%d", stage*n.cells+i+1), x, p, filters, false, false), x
		}
	}
	w.b.WriteString("relu\n" + kerasTop)
	return w.b.String()
}

const nasBN = "bn eps=0.001 momentum=0.0003"

type nasWriter struct{ b strings.Builder }

// cell writes a normal or a reducing cell, and returns its map. Every cell first
// brings both its inputs to its own number of filters: h from the cell before,
// p from the one before that.
func (w *nasWriter) cell(label string, x, p nasMap, filters int, reduce, first bool) nasMap {
	h, prev := "@"+label+".h", "@"+p.label
	if !first {
		w.b.WriteString(label + ".p: " + pathsOf("from", prev+"\n"+adjusted(x, p, filters)))
		prev = "@" + label + ".p"
	}
	w.b.WriteString(label + ".h: " + pathsOf("from", "@"+x.label+"\n"+project(filters)))
	sep := func(from string, kernel, stride int) string {
		two := func(stride int) string {
			return fmt.Sprintf("relu; separable %d k%d%s psame nobias; %s\n", filters, kernel, strideOf(stride), nasBN)
		}
		return from + "\n" + two(stride) + two(1)
	}
	pool := func(from, kind string, stride int) string {
		return fmt.Sprintf("%s\n%s 3 s%d psame\n", from, kind, stride)
	}
	add := func(a, b string) string { return pathsOf("add", a, b) }
	if !reduce {
		w.b.WriteString(label + ": " + pathsOf("concat",
			prev+"\n",
			add(sep(h, 5, 1), sep(prev, 3, 1)),
			add(sep(prev, 5, 1), sep(prev, 3, 1)),
			add(pool(h, "avgpool", 1), prev+"\n"),
			add(pool(prev, "avgpool", 1), pool(prev, "avgpool", 1)),
			add(sep(h, 3, 1), h+"\n")))
		return nasMap{label, 6 * filters, x.level}
	}
	one, two := "@"+label+".1", "@"+label+".2"
	w.b.WriteString(label + ".1: " + add(sep(h, 5, 2), sep(prev, 7, 2)))
	w.b.WriteString(label + ".2: " + add(pool(h, "maxpool", 2), sep(prev, 7, 2)))
	w.b.WriteString(label + ": " + pathsOf("concat",
		two+"\n",
		add(pool(h, "avgpool", 2), sep(prev, 5, 2)),
		add(two+"\n", pool(one, "avgpool", 1)),
		add(sep(one, 3, 1), pool(h, "maxpool", 2))))
	return nasMap{label, 4 * filters, x.level + 1}
}

func project(filters int) string {
	return fmt.Sprintf("relu; conv %d k1 nobias; %s\n", filters, nasBN)
}

// adjusted brings p to the size of x and to a number of filters. To halve it,
// every other position is taken twice, the second time from one further down
// and right.
func adjusted(x, p nasMap, filters int) string {
	switch {
	case p.level != x.level:
		half := fmt.Sprintf("avgpool 1 s2; conv %d k1 nobias\n", filters/2)
		return "relu\n" + pathsOf("concat", half, "pad 0+1; crop 1+0\n"+half) + nasBN + "\n"
	case p.channels != filters:
		return project(filters)
	default:
		return ""
	}
}
