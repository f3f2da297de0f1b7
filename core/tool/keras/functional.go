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

// kerasInputs are the tensors of one call.
type kerasInputs struct {
	args []kerasValue
	by   map[string][]kerasValue
}

// A kerasTurn is one call of a layer of a functional model: their numbers.
type kerasTurn struct{ layer, use int }

// A kerasFlow goes through the calls of a functional model, each when its inputs
// are there, else in the order of the file.
type kerasFlow struct {
	*kerasNet
	m     *kerasModel
	base  map[string]int
	ready []kerasTurn
	waits map[kerasTurn]int
	feeds map[kerasKey][]kerasTurn  // output 0 stands for all of a call
	gives map[kerasKey][]kerasValue // likewise
}

// functional calls the layers of a functional model.
func (k *kerasNet) functional(m *kerasModel, in []kerasValue, a kerasAround) ([]kerasValue, error) {
	f := &kerasFlow{kerasNet: k, m: m, base: m.bases(), waits: map[kerasTurn]int{}, feeds: map[kerasKey][]kerasTurn{}, gives: map[kerasKey][]kerasValue{}}
	fed := map[kerasKey]kerasValue{}
	for i, r := range m.inputs {
		if i < len(in) {
			fed[r.kerasKey] = in[i]
		}
	}
	if err := f.plan(); err != nil {
		return nil, err
	}
	for len(f.ready) > 0 {
		turn := f.ready[0]
		f.ready = f.ready[1:]
		l := m.layers[turn.layer]
		given, err := f.inputs(l, turn.use)
		if err != nil {
			return nil, err
		}
		key := kerasKey{l.name, turn.use, 0}
		if v, ok := fed[key]; ok {
			f.gives[key] = []kerasValue{v}
		} else if f.gives[key], err = k.call(l, turn.layer, given, a); err != nil {
			return nil, err
		}
		f.wake(key)
	}
	for i, l := range m.layers {
		for u := range max(len(l.uses), 1) {
			if f.waits[kerasTurn{i, u}] > 0 {
				return nil, diag.New(catalog.ImportCycle, layer.Quote(l.path))
			}
		}
	}
	var out []kerasValue
	for _, r := range m.outputs {
		v, err := f.get(r)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// of names the call that gives a tensor.
func (f *kerasFlow) of(r kerasRef) kerasKey {
	return kerasKey{r.layer, max(r.node-f.base[r.layer], 0), 0}
}

// plan finds out what each call waits for.
func (f *kerasFlow) plan() error {
	for i, l := range f.m.layers {
		if len(l.uses) == 0 && l.class != "InputLayer" || f.m.index[l.name] != i {
			f.unused = append(f.unused, l.path)
			continue
		}
		for u := range max(len(l.uses), 1) {
			turn := kerasTurn{i, u}
			var missing *diag.Diag
			if len(l.uses) > 0 {
				l.uses[u].each(func(r kerasRef) {
					if at, ok := f.m.index[r.layer]; !ok || f.of(r).node >= max(len(f.m.layers[at].uses), 1) {
						missing = diag.New(catalog.ImportNoInput, layer.Quote(l.path), layer.Quote(r.layer))
						return
					}
					f.waits[turn]++
					f.feeds[f.of(r)] = append(f.feeds[f.of(r)], turn)
				})
			}
			if missing != nil {
				return missing
			}
			if f.waits[turn] == 0 {
				f.ready = append(f.ready, turn)
			}
		}
	}
	return nil
}

// get returns a tensor that a call gave.
func (f *kerasFlow) get(r kerasRef) (kerasValue, error) {
	all := f.gives[f.of(r)]
	switch {
	case len(all) == 0:
		return kerasValue{}, diag.New(catalog.ImportNoInput, layer.Quote(f.m.name), layer.Quote(r.layer))
	case r.tensor < len(all):
		return all[r.tensor], nil
	}
	return f.part(all[0], r, f.m.told[r.kerasKey])
}

// inputs returns what a call is given. Of recurrent layers the first tensor is the
// input and the others are states; those and masks have no weights and change no
// shape.
func (f *kerasFlow) inputs(l *kerasLayer, use int) (kerasInputs, error) {
	given := kerasInputs{by: map[string][]kerasValue{}}
	if len(l.uses) == 0 {
		return given, nil
	}
	u := l.uses[use]
	if kerasClasses[l.class].first && len(u.args) > 1 {
		u.args = u.args[:1]
		f.states = append(f.states, l.path)
	}
	take := func(refs []kerasRef) (all []kerasValue, err error) {
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
	for _, name := range slices.Sorted(maps.Keys(u.by)) {
		switch name {
		case "mask", "initial_state", "attention_mask", "training", "use_causal_mask", "query_mask", "value_mask", "key_mask":
			f.states = append(f.states, l.path)
		default:
			if given.by[name], err = take(u.by[name]); err != nil {
				return given, err
			}
		}
	}
	return given, nil
}

// wake readies the calls that waited for one alone.
func (f *kerasFlow) wake(key kerasKey) {
	for _, next := range f.feeds[key] {
		if f.waits[next]--; f.waits[next] == 0 {
			at, _ := slices.BinarySearchFunc(f.ready, next, func(a, b kerasTurn) int {
				return cmp.Or(a.layer-b.layer, a.use-b.use)
			})
			f.ready = slices.Insert(f.ready, at, next)
		}
	}
}

// bases returns for each layer the number of its first call. A model in a model
// has one before it was called, which links its input to its output
// (get_network_config in keras/engine/functional.py): its calls are counted from 1.
func (m *kerasModel) bases() map[string]int {
	least := map[string]int{}
	see := func(r kerasRef) {
		if n, seen := least[r.layer]; !seen || r.node < n {
			least[r.layer] = r.node
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

// part is a further output of a layer that gives one here: the state of a
// recurrent layer. It has no weights.
func (k *kerasNet) part(v kerasValue, r kerasRef, told []int64) (kerasValue, error) {
	var out tensor.Shape
	if len(told) > 0 {
		out = tensor.Of(told...)
	}
	node, err := k.Add(graph.Node{
		Name: r.layer + "/" + strconv.Itoa(r.tensor), Inputs: []string{v.node},
		Layer: graph.Opaque("output_"+strconv.Itoa(r.tensor), []tensor.Shape{}, nil, out),
	})
	k.opaque = append(k.opaque, r.layer+"/"+strconv.Itoa(r.tensor))
	return kerasValue{node, asWritten(len(told))}, err
}
