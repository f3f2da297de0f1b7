package torch

import (
	"slices"
	"strconv"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/vocab"
)

// A misfit is a dense layer that takes another number of features than it is given.
type misfit struct {
	label string
	takes int64
	gets  tensor.Shape
}

// misfits reports whether a dense layer that takes another number of features than it
// is given belongs behind it all the same, and notes it: behind a map of unknown size,
// one of a size that gives another number, or a layer that outputs another number. What
// takes the features of an earlier layer is beside this one, and begins with an input
// of its own.
func misfits(p *planner, l *leaf, in tensor.Shape) bool {
	if l.u.at != vocab.Last || l.u.n < 1 || len(in) == 0 || !layer.LinearKind.Is(l.u.layer) || p.rule.strict > 0 {
		return false
	}
	elements, known := in.Elements()
	channels := in[0].N
	switch {
	case len(in) == 1 && !in[0].Known():
		p.noted.unsized = true
		return true
	case len(in) == 1:
		if in[0].N == l.u.n || p.has(l.u.n, l.index) {
			return false
		}
	case known && elements.Equal(num.Of(l.u.n)), channels < 1,
		channels == l.u.n: // a mean over positions, in forward
		return false
	case !known && l.u.n%channels == 0 && l.u.n > channels:
		p.noted.unsized = true
	}
	p.noted.misfits = append(p.noted.misfits, misfit{l.m.describe(), l.u.n, in})
	return true
}

// has reports whether one of the layers before a place receives or outputs a number of
// features, so that one behind it may take them from there.
func (p *planner) has(n int64, before int) bool {
	for _, l := range p.order[:before] {
		if l.u.n == n {
			return true
		}
		if f := l.u.layer.Kind().Main(); f != nil && f.Role == layer.RoleOut && f.Text(l.u.layer) == strconv.FormatInt(n, 10) {
			return true
		}
	}
	return false
}

// declare returns a dense layer that declares its features, flattened what it is given,
// with what flattens it.
func declare(p *planner, l *leaf, in tensor.Shape) (*layerUnit, []arch.Node, tensor.Shape) {
	var body []arch.Node
	if len(in) > 1 {
		body = append(body, arch.NewLeaf(arch.Head{}, layer.ByName("flatten").New(), false))
		flat, _ := layer.Apply(layer.ByName("flatten").New(), []tensor.Shape{in})
		in = flat.Out
		p.noted.flat++
	}
	p.noted.declared++
	u := *l.u
	u.layer = layer.Clone(u.layer)
	u.layer.(*layer.Linear).In.N = u.n
	return &u, body, in
}

// breaks is how often a layer takes another number than it is given.
func (n *noted) breaks() int { return n.inputs + n.declared }

// maxSized is how many layers a network may have whose input's size is looked for.
const maxSized = 500

// sized looks for a usual size of the first input at which a flatten in forward gives
// what the dense layer behind it takes.
func (p *planner) sized(root *module) *planner {
	if len(p.entered) < 2 || len(p.entered) > 4 || p.entered[1].Known() {
		return p
	}
	for _, size := range usualSizes(len(p.entered)-1, p.entered[0].N) {
		if q := planSized(root, size); q.noted.breaks() < p.noted.breaks() && !q.noted.unsized {
			return q
		}
	}
	return p
}

// onMap reports whether a dense layer would take the last extent of a map as its features,
// which at a size that is only tried is a coincidence.
func onMap(p *planner, l *leaf, in tensor.Shape) bool {
	return p.size != nil && len(in) == len(p.size)+1 && layer.LinearKind.Is(l.u.layer)
}

// usualSizes lists sizes of inputs of so many dimensions and channels that people train
// with. Others are not tried: forward may pool as well as flatten, and print
// shows neither.
func usualSizes(dims int, channels int64) (sizes [][]int64) {
	usual := []int64{32, 224, 64, 28, 96, 128, 227, 256, 299, 48, 84, 112, 512, 16, 40, 80, 100, 120, 150, 160,
		192, 200, 240, 300, 320, 384, 416, 448, 640}
	switch {
	case dims == 1:
		usual = []int64{128, 100, 256, 784, 1000, 1024, 64, 32, 50, 187, 200, 300, 500, 512, 2048, 4096, 16000}
	case dims == 3: // films of UCF101 and Kinetics, volumes
		sizes = [][]int64{{16, 112, 112}, {8, 112, 112}, {16, 224, 224}, {32, 224, 224}}
		usual = []int64{32, 64, 128, 28, 16}
	case channels == 1:
		usual = append([]int64{28}, usual...)
	}
	for _, n := range usual {
		sizes = append(sizes, slices.Repeat([]int64{n}, dims))
	}
	return sizes
}

// tied notes which dense layers could have the weights of a table: print does not
// show that a module shares them, as the heads of GPT-2 and BERT do.
func tied(p *planner) {
	for _, table := range p.order {
		e, ok := table.u.layer.(*layer.Embedding)
		if !ok || e.Table.Len() != 2 {
			continue
		}
		for _, head := range p.order {
			l, ok := head.u.layer.(*layer.Linear)
			if !ok || head.u.n != e.Table.At(1) || l.Features.Value() != e.Table.At(0) || p.placed[table.m] == "" {
				continue
			}
			fewer := num.Of(e.Table.At(0)).Mul(num.Of(e.Table.At(1)))
			p.r.AddNote(true, catalog.ImportTied, head.m.describe(), table.m.describe(), fewer.Grouped(),
				"shares @"+p.placed[table.m])
		}
	}
}

// permuted returns the order that a torchvision.ops.Permute puts dimensions in: its
// print does not show it, but what follows requires the channels last, or first.
func permuted(p *planner, l *leaf, in tensor.Shape) (arch.Node, tensor.Shape) {
	if len(in) < 3 || len(in) > 4 {
		return nil, nil
	}
	last, first := []int64{2, 3, 4}[:len(in)-1], []int64{int64(len(in)), 1, 2, 3}[:len(in)]
	last = append(last, 1)
	for _, next := range p.order[l.index+1:] {
		pools := next.u.layer.Kind().Group == layer.GroupPool
		if next.u.n < 0 && !pools {
			continue
		}
		for _, order := range [][]int64{last, first} {
			perm, err := layer.PermuteKind.With(func(l *layer.Permute) { l.Dims = layer.WholesOf(order...) })
			if err != nil {
				return nil, nil
			}
			r, _ := layer.Apply(perm, []tensor.Shape{in})
			if pools && order[0] != 2 || next.u.at == vocab.Last && r.Out[len(in)-1].N == next.u.n &&
				next.u.fits(r.Out) || next.u.at == vocab.First && r.Out[0].N == next.u.n && len(next.u.enter) == len(in) {
				p.noted.guessed["Permute("+graph.Crossed(order...)+")"] = true
				return arch.NewLeaf(arch.Head{}, perm, false), r.Out
			}
		}
		return nil, nil
	}
	return nil, nil
}
