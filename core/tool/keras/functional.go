package keras

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// A callIndex is one call of a layer of a functional model: their numbers.
type callIndex struct{ layer, call int }

// A schedule runs the calls of a functional model, each when its inputs are ready,
// otherwise in the order of the file.
type schedule struct {
	*builder
	m     *model
	base  map[string]int
	ready []callIndex
	waits map[callIndex]int
	feeds map[tensorKey][]callIndex // output 0 is all of a call
	out   map[tensorKey][]value     // likewise
}

// functional calls the layers of a functional model.
func (b *builder) functional(m *model, in []value, s scope) ([]value, error) {
	f := &schedule{builder: b, m: m, base: m.bases(), waits: map[callIndex]int{}, feeds: map[tensorKey][]callIndex{},
		out: map[tensorKey][]value{}}
	fed := map[tensorKey]value{}
	for i, r := range m.inputs {
		if i < len(in) {
			fed[r.tensorKey] = in[i]
		}
	}
	if err := f.plan(); err != nil {
		return nil, err
	}
	for len(f.ready) > 0 {
		next := f.ready[0]
		f.ready = f.ready[1:]
		l := m.layers[next.layer]
		given, err := f.inputs(l, next.call)
		if err != nil {
			return nil, err
		}
		key := tensorKey{l.name, next.call, 0}
		if v, ok := fed[key]; ok {
			f.out[key] = []value{v}
		} else if f.out[key], err = b.call(l, next.layer, given, s); err != nil {
			return nil, err
		}
		f.wake(key)
	}
	for i, l := range m.layers {
		for u := range max(len(l.uses), 1) {
			if f.waits[callIndex{i, u}] > 0 {
				return nil, diag.New(catalog.ImportCycle, layer.Quote(l.path))
			}
		}
	}
	var out []value
	for _, r := range m.outputs {
		v, err := f.get(r)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// of names the call whose output a tensor is.
func (f *schedule) of(r tensorRef) tensorKey {
	return tensorKey{r.layer, max(r.call-f.base[r.layer], 0), 0}
}

// plan finds out what each call waits for.
func (f *schedule) plan() error {
	for i, l := range f.m.layers {
		if len(l.uses) == 0 && l.class.name != inputLayer && !l.class.isSource() || f.m.index[l.name] != i {
			f.journal.unused = append(f.journal.unused, l.path)
			continue
		}
		for u := range max(len(l.uses), 1) {
			this := callIndex{i, u}
			var missing *diag.Diag
			if len(l.uses) > 0 {
				l.uses[u].each(func(r tensorRef) {
					if at, ok := f.m.index[r.layer]; !ok || f.of(r).call >= max(len(f.m.layers[at].uses), 1) {
						missing = diag.New(catalog.ImportNoInput, layer.Quote(l.path), layer.Quote(r.layer))
						return
					}
					f.waits[this]++
					f.feeds[f.of(r)] = append(f.feeds[f.of(r)], this)
				})
			}
			if missing != nil {
				return missing
			}
			if f.waits[this] == 0 {
				f.ready = append(f.ready, this)
			}
		}
	}
	return nil
}

// get returns an output of a call.
func (f *schedule) get(r tensorRef) (value, error) {
	all := f.out[f.of(r)]
	switch {
	case len(all) == 0:
		return value{}, diag.New(catalog.ImportNoInput, layer.Quote(f.m.name), layer.Quote(r.layer))
	case r.output < len(all):
		return all[r.output], nil
	}
	return f.extraOutput(all[0], r, f.m.shapes[r.tensorKey])
}

// inputs returns the inputs of a call. Of recurrent layers the first tensor is the
// input and the others are states; those and masks have no weights and change no
// shape.
func (f *schedule) inputs(l *layerConfig, use int) (inputs, error) {
	given := inputs{named: map[string][]value{}}
	if len(l.uses) == 0 {
		return given, nil
	}
	u := l.uses[use]
	if l.class.reading != nil && l.class.first && len(u.args) > 1 {
		u.args = u.args[:1]
		f.journal.states = append(f.journal.states, l.path)
	}
	take := func(refs []tensorRef) (all []value, err error) {
		for _, r := range refs {
			v, err := f.get(r)
			if err != nil {
				return nil, err
			}
			all = append(all, v)
		}
		return all, nil
	}
	var err error
	if given.args, err = take(u.args); err != nil {
		return given, err
	}
	for _, name := range slices.Sorted(maps.Keys(u.named)) {
		switch name {
		case "mask", "initial_state", "attention_mask", "training", "use_causal_mask", "query_mask", "value_mask", "key_mask":
			f.journal.states = append(f.journal.states, l.path)
		default:
			if given.named[name], err = take(u.named[name]); err != nil {
				return given, err
			}
		}
	}
	return given, nil
}

// wake readies the calls that waited for one alone.
func (f *schedule) wake(key tensorKey) {
	for _, next := range f.feeds[key] {
		if f.waits[next]--; f.waits[next] == 0 {
			at, _ := slices.BinarySearchFunc(f.ready, next, func(a, b callIndex) int {
				return cmp.Or(a.layer-b.layer, a.call-b.call)
			})
			f.ready = slices.Insert(f.ready, at, next)
		}
	}
}

// bases returns for each layer the number of its first call. A model in a model
// has one before it was called, which links its input to its output
// (get_network_config in keras/engine/functional.py): its calls are counted from 1.
func (m *model) bases() map[string]int {
	least := map[string]int{}
	see := func(r tensorRef) {
		if n, seen := least[r.layer]; !seen || r.call < n {
			least[r.layer] = r.call
		}
	}
	for _, l := range m.layers {
		for u := range l.uses {
			l.uses[u].each(see)
		}
	}
	for _, r := range m.outputs {
		see(r)
	}
	for name, n := range least {
		if at, ok := m.index[name]; !ok || m.layers[at].model == nil || n < 1 {
			delete(least, name)
		} else {
			least[name] = 1
		}
	}
	return least
}

// extraOutput is a further output of a layer that has one here: the state of a
// recurrent layer. It has no weights.
func (b *builder) extraOutput(v value, r tensorRef, shape []int64) (value, error) {
	var out tensor.Shape
	if len(shape) > 0 {
		out = tensor.Of(shape...)
	}
	number := strconv.Itoa(r.output)
	node, err := b.Add(graph.Node{
		Name: r.layer + "/" + number, Inputs: []string{v.node},
		Layer: graph.Opaque("output_"+number, []tensor.Shape{}, nil, out),
	})
	b.journal.opaque = append(b.journal.opaque, r.layer+"/"+number)
	return value{node, asIs(len(shape))}, err
}
