package keras

import (
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/keras/hdf5"
	"paramstack/core/tool/source"
)

// A storedTensor is a tensor of a file of weights: its name, with the names of
// layers and models before it, and its shape as Keras has it.
type storedTensor struct {
	name   string
	shape  []int64
	learns bool
}

// A weightStore is the weights that come with a network, by their shapes alone.
// The nil store is none: no weight is known.
type weightStore struct {
	budget  *source.Budget // of the file
	tensors []storedTensor
	three   bool             // the paths of Keras 3: layers/conv2d/vars/0
	within  map[string][]int // tensors by every name on their way; of Keras 3 by every beginning of it
	broken  error            // why some of it could not be read
}

// mostTensors is how many tensors one layer is believed to have; fewer than a
// field holds.
const mostTensors = 900

// statistics are the names of tensors that training does not learn: Keras names
// each weight by its part in the layer. Keras 3 only numbers them.
var statistics = []string{
	"moving_mean", "moving_variance", "moving_var", "running_mean", "running_var", "mean", "variance", "count",
	"renorm_mean", "renorm_stddev", "vector_u", "sn_u", "num_batches_tracked", "seed_generator_state", "iterations",
}

// add adds a tensor. The names of TensorFlow's variables end in :0.
func (s *weightStore) add(name string, shape []int64, float bool) {
	name, _, _ = strings.Cut(name, ":")
	last := path.Base(name)
	s.tensors = append(s.tensors, storedTensor{name, shape, float && !slices.Contains(statistics, last)})
}

// storeOf returns the tensors below a group of an HDF5 file, in f; err is why there is
// no group. An error is only that the reader gave up: what could not be read is
// noted in the store.
func storeOf(f *source.File, group *hdf5.Object, err error) (*weightStore, error) {
	s := &weightStore{budget: f.Budget()}
	if err == nil {
		// The optimizer's state trains the weights and is none of them.
		optimizer := func(path string) bool { return strings.HasPrefix(path, "optimizer") }
		err = group.Walk(optimizer, func(d hdf5.Dataset) { s.add(d.Path, d.Shape, d.Float) })
	}
	if errors.Is(err, source.ErrCancelled) {
		return nil, err
	}
	s.broken = err
	return s, s.index()
}

// index makes the tensors findable. Keras 3 keeps the state of random numbers
// among the weights; it counts it as none (Layer.weights in
// keras/src/layers/layer.py).
func (s *weightStore) index() error {
	s.tensors = slices.DeleteFunc(s.tensors, func(t storedTensor) bool {
		return strings.Contains(t.name, "seed_generator")
	})
	s.within = map[string][]int{}
	s.three = slices.ContainsFunc(s.tensors, func(t storedTensor) bool { return strings.Contains(t.name, "/vars/") })
	for i, t := range s.tensors {
		for at, c := range t.name {
			name := t.name[:at]
			if c != '/' {
				continue
			}
			if !s.three {
				name = path.Base(name)
			}
			if err := s.budget.Spend(catalog.MadeNames, indexSize); err != nil { // a name may be slashes alone
				return err
			}
			if in := s.within[name]; len(in) == 0 || in[len(in)-1] != i {
				s.within[name] = append(in, i)
			}
		}
	}
	return nil
}

// indexSize is about what an entry of the index takes, in bytes.
const indexSize = 64

// total returns how many elements all tensors have.
func (s *weightStore) total() num.Int {
	var sum num.Int
	for _, t := range s.tensors {
		sum = sum.Add(elementsIn(t.shape))
	}
	return sum
}

// elementsIn returns the product of a shape.
func elementsIn(shape []int64) num.Int {
	n := num.Of(1)
	for _, d := range shape {
		n = n.Times(max(d, 0))
	}
	return n
}

// place returns where Keras 3 keeps a layer's weights: by its class and a number
// (_save_container_state in keras/src/saving/saving_lib.py), or by its name.
func (s *weightStore) place(around string, l *layerConfig, taken map[string]int) string {
	key := snake(l.class.name)
	n := taken[key]
	taken[key]++
	if n > 0 {
		key += "_" + strconv.Itoa(n)
	}
	if s != nil && len(s.within[around+"layers/"+key]) == 0 && len(s.within[around+"layers/"+l.name]) > 0 {
		key = l.name
	}
	return around + "layers/" + key + "/"
}

// of returns the tensors of a layer, and whether the file would list any that it
// has: names of layers inside models may be ambiguous.
func (s *weightStore) of(l *layerConfig) (found []storedTensor, sure bool) {
	if s == nil || s.broken != nil {
		return nil, false
	}
	if s.three {
		for _, i := range s.within[strings.TrimSuffix(l.stored, "/")] {
			found = append(found, s.tensors[i])
		}
		return found, true
	}
	if len(s.within[l.name]) > mostTensors {
		return nil, false
	}
	outer, _, nested := strings.Cut(l.path, "/")
	for _, i := range s.within[l.name] {
		if t := s.tensors[i]; !nested || strings.Contains("/"+t.name, "/"+outer+"/") {
			found = append(found, t)
		}
	}
	if nested && len(found) == 0 {
		for _, i := range s.within[l.name] {
			found = append(found, s.tensors[i])
		}
		return found, false
	}
	return found, true
}

// kernel returns how many channels a layer's kernel looks at, tensor.Unknown if
// that is unknown: the last extent but one.
func (s *weightStore) kernel(l *layerConfig) int64 {
	found, _ := s.of(l)
	for _, t := range found {
		if n := len(t.shape); n >= 2 {
			return t.shape[n-2]
		}
	}
	return tensor.Unknown
}

// split returns the shapes of tensors that are learned, and of those that are not.
func split(all []storedTensor) (weights, buffers []tensor.Shape) {
	weights = []tensor.Shape{}
	for _, t := range all {
		if t.learns {
			weights = append(weights, tensor.Of(t.shape...))
		} else {
			buffers = append(buffers, tensor.Of(t.shape...))
		}
	}
	return weights, buffers
}

// network adds a network of tensors whose layers are unknown: one opaque layer for
// each name, one after the other.
func (s *weightStore) network(t *graph.Builder) error {
	groups, count := map[string][]storedTensor{}, map[string]int{}
	var order []string
	for _, tensor := range s.tensors {
		name, _, _ := strings.Cut(path.Dir(tensor.name), "/vars")
		if name == "." {
			name = tensor.name
		}
		n := count[name]
		if count[name]++; n >= mostTensors {
			name += "/" + strconv.Itoa(n/mostTensors)
		}
		if groups[name] == nil {
			order = append(order, name)
		}
		groups[name] = append(groups[name], tensor)
	}
	in, err := layer.InputKind.With(func(in *layer.Input) { in.Shape = layer.ExtentsOf(tensor.Unknown) })
	if err != nil {
		return err
	}
	last, err := t.Add(graph.Node{Name: "input", Layer: in})
	for _, name := range order {
		weights, buffers := split(groups[name])
		if err == nil {
			last, err = t.Add(graph.Node{Name: name, Layer: graph.Opaque("", weights, buffers, nil),
				Inputs: []string{last}, Keep: true})
		}
	}
	return err
}
