package torch

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
)

// A stored is one tensor that a file holds, by what is said of it.
type stored struct {
	name    string // features.0.weight
	shape   tensor.Shape
	whole   bool                  // its numbers are whole: nothing that is learned
	short   bool                  // its numbers have 8 bits of a real number: a quantised weight
	buffer  bool                  // it is said to be one
	counted bool                  // only its number of elements is known
	frozen  bool                  // it is said not to be trained
	packed  bool                  // its shape is that of the weights packed in it
	read    func(most int) []byte // its bytes, nil if there are more; nil: they are elsewhere
	same    string                // the name of a tensor before it that it is the same as; "" if it is its own
}

// leafName returns the last part of a name, and module all before it.
func (s *stored) leafName() string { return s.name[strings.LastIndexByte(s.name, '.')+1:] }

func (s *stored) module() string { return s.name[:max(strings.LastIndexByte(s.name, '.'), 0)] }

// bufferNames are what torch.nn and well-known models call tensors that are not
// learned.
var bufferNames = map[string]bool{"running_mean": true, "running_var": true, "num_batches_tracked": true, "position_ids": true,
	"relative_position_index": true, "relative_coords_table": true, "attn_mask": true, "inv_freq": true, "masked_bias": true}

// isBuffer reports whether a tensor is stored and not learned. Whole numbers have
// no gradient (torch.Tensor.requires_grad), unless they are weights made small.
func (s *stored) isBuffer() bool {
	return s.buffer || bufferNames[s.leafName()] || s.isMask() ||
		s.whole && !s.packed && !strings.HasSuffix(s.leafName(), "weight")
}

// isMask reports whether a tensor is the mask of causal attention, which GPT-2's files
// call a bias: [1, 1, n, n].
func (s *stored) isMask() bool {
	x := s.shape
	return s.leafName() == "bias" && len(x) == 4 && x[0].N == 1 && x[1].N == 1 && x[2].N == x[3].N && x[2].N > 1
}

// A tensorNet writes tensors as layers: those of one module together. What a file
// of tensors does not hold (strides, wiring, activations) stays unknown. It keeps the
// tensors, the statements so far and what was inferred, for the notes.
type tensorNet struct {
	*planner
	in      tensor.Shape
	body    []arch.Node
	labelOf map[string]string // of what a tensor became part, by the tensor's name
	// declared are the tensors of layers, by their labels.
	declared map[string][]layer.Weight
	kinds    map[string]bool // what became layers of kinds of their own
	raw      int             // groups that stayed opaque
	whole    bool
	shared   map[string]bool
	modules  []string // the groups, in order
	rawOnly  bool     // nothing is taken for a layer
}

// tensorStack turns tensors, in the order of a file, into a stack. Whatever layers
// they are taken for, the stack counts to the sum of the tensors: if it did not, they
// would stay tensors.
func tensorStack(tensors []*stored, format string) (*source.Result, error) {
	unprefix(tensors)
	markForms(tensors)
	tensors, copies := withoutCopies(tensors)
	tensors, trained := withoutTraining(tensors)
	markBuffers(tensors)
	ways, open := unpacked(tensors)
	n, err := readTensors(tensors, false)
	if err == nil && !n.addsUp(tensors) {
		n, err = readTensors(tensors, true)
	}
	if err != nil {
		return nil, err
	}
	n.notes(tensors, format)
	if len(copies) > 0 {
		n.r.AddNote(false, catalog.ImportTensorCopies, graph.Listed(copies))
	}
	if len(trained) > 0 {
		n.r.AddNote(false, catalog.ImportTrainingTensors, graph.Listed(trained))
	}
	if len(ways) > 0 {
		n.r.AddNote(false, catalog.ImportPacked, strings.Join(ways, "; "))
	}
	if len(open) > 0 {
		n.r.AddNote(true, catalog.ImportPackedOpen, graph.Listed(open))
	}
	return n.r, nil
}

// readTensors writes the groups of tensors one behind the other; raw: none is taken
// for a layer.
func readTensors(tensors []*stored, raw bool) (*tensorNet, error) {
	n := &tensorNet{planner: newPlanner(), labelOf: map[string]string{}, kinds: map[string]bool{}, shared: map[string]bool{}, rawOnly: raw}
	n.declared = map[string][]layer.Weight{}
	groups := map[string][]*stored{}
	for _, t := range tensors {
		if slices.ContainsFunc(t.shape, func(d tensor.Dim) bool { return d.N == 0 }) {
			n.noted.strange[t.name+" "+t.shape.String()] = true
			continue
		}
		m := t.module()
		switch {
		case t.same != "":
			m = "=" + t.name // apart from the others
		case m == "" && strings.HasPrefix(t.name, "weight"), m == "" && strings.HasPrefix(t.name, "bias"):
			m = "layer" // one layer that was saved by itself
		case m == "":
			m = "=" + t.name
		}
		if groups[m] == nil {
			n.modules = append(n.modules, m)
		}
		groups[m] = append(groups[m], t)
	}
	if err := source.TooMany(len(n.modules)); err != nil {
		return nil, err
	}
	for _, m := range n.modules {
		path, apart := strings.CutPrefix(m, "=")
		if t := groups[m][0]; apart && t.same != "" && groups[t.module()] == nil {
			path = cmp.Or(t.module(), path)
		}
		n.group(path, groups[m])
	}
	n.r.Model = arch.New("", n.body, nil)
	return n, nil
}

// addsUp reports whether the stack counts to what the tensors hold, learned and not.
func (n *tensorNet) addsUp(tensors []*stored) bool {
	var learned, buffers num.Int
	for _, t := range tensors {
		size, ok := t.shape.Elements()
		switch {
		case !ok:
			return true // what it holds is unknown, and the total says so
		case t.same != "":
		case t.isBuffer():
			buffers = buffers.Add(size)
		default:
			learned = learned.Add(size)
		}
	}
	k := count.Of(n.r.Model).Totals
	return k.Params(true).Equal(learned) && k.Buffers().Equal(buffers) && !k.ParamsAtLeast
}

// notes says what was read, what was inferred and what is missing.
func (n *tensorNet) notes(tensors []*stored, format string) {
	n.r.AddNote(false, catalog.ImportTensors, num.Of(int64(len(tensors))).Grouped(), num.Of(int64(len(n.modules))).Grouped())
	n.r.AddNote(true, catalog.ImportTensorsOnly, format)
	if len(n.kinds) > 0 {
		n.r.AddNote(true, catalog.ImportTensorKinds, graph.Listed(slices.Sorted(maps.Keys(n.kinds))))
	}
	if n.raw > 0 {
		n.r.AddNote(false, catalog.ImportTensorGroups, num.Of(int64(n.raw)).Grouped())
	}
	if n.whole {
		n.r.AddNote(true, catalog.ImportWholeNumbers)
	}
	if len(n.shared) > 0 {
		n.r.AddNote(false, catalog.ImportSameTensors, graph.Listed(slices.Sorted(maps.Keys(n.shared))))
	}
	if len(n.noted.strange) > 0 {
		n.r.AddNote(false, catalog.ImportEmptyTensors, graph.Listed(slices.Sorted(maps.Keys(n.noted.strange))))
	}
}

// unprefix takes away what DataParallel and others put before every name.
func unprefix(tensors []*stored) {
	for _, prefix := range []string{"module.", "_orig_mod.", "state_dict."} {
		all := len(tensors) > 0
		for _, t := range tensors {
			all = all && strings.HasPrefix(t.name, prefix)
		}
		for _, t := range tensors {
			if all {
				t.name, t.same = strings.TrimPrefix(t.name, prefix), strings.TrimPrefix(t.same, prefix)
			}
		}
	}
}

// markForms marks what torch.nn.utils keeps beside a weight that it stores in another
// form, weight_orig: the vectors u and v of spectral_norm, the mask of prune. The
// parametrizations of spectral_norm call the vectors _u and _v.
func markForms(tensors []*stored) {
	formed := map[string]bool{}
	for _, t := range tensors {
		if base, is := strings.CutSuffix(t.name, "_orig"); is {
			formed[base] = true
		}
	}
	for _, t := range tensors {
		leaf := t.leafName()
		if parametrized := strings.Contains("."+t.name, ".parametrizations."); parametrized && (leaf == "_u" || leaf == "_v") {
			t.buffer = true
		}
		for _, form := range []string{"_u", "_v", "_mask"} {
			if base, is := strings.CutSuffix(t.name, form); is && formed[base] {
				t.buffer = true
			}
		}
	}
}

// group writes the tensors of one module.
func (n *tensorNet) group(path string, tensors []*stored) {
	for len(tensors) > maxOfOne {
		n.group(path, tensors[:maxOfOne])
		tensors = tensors[maxOfOne:]
	}
	var weights, buffers []tensor.Shape
	var still []*stored // those that are not trained
	for _, t := range tensors {
		n.whole = n.whole || t.whole && !bufferNames[t.leafName()]
		if t.isBuffer() {
			buffers = append(buffers, t.shape)
			continue
		}
		if t.frozen || t.whole {
			still = append(still, t)
		}
		weights = append(weights, t.shape)
	}
	if len(still) > 0 && len(still) < len(weights) {
		n.group(path, still)
		n.group(path, slices.DeleteFunc(slices.Clone(tensors), func(t *stored) bool { return slices.Contains(still, t) }))
		return
	}
	frozen := len(still) > 0
	head := arch.Head{Label: n.label(path)}
	for _, t := range tensors {
		n.labelOf[t.name] = head.Label
	}
	if t := tensors[0]; t.same != "" {
		n.share(head, t)
		return
	}
	counted := slices.ContainsFunc(tensors, func(t *stored) bool { return t.counted })
	if u := n.recognise(path, tensors); u != nil && !counted && !n.rawOnly && u.declares(u.enter, weights, buffers) {
		if !u.fits(n.in) || !u.declares(n.in, weights, buffers) {
			if node := inputNode(u.enter); node != nil {
				n.body, n.in = append(n.body, node), u.enter
			}
		}
		r, d := layer.Apply(u.layer, []tensor.Shape{n.in})
		if d == nil || d.Severity != 0 {
			n.kinds[u.layer.Kind().Name] = true
			n.declared[head.Label] = r.Weights
			n.body, n.in = append(n.body, arch.NewLeaf(head, u.layer, frozen)), r.Out
			return
		}
	}
	n.raw++
	// A norm of channels, by whichever name, leaves the value as it is.
	var out tensor.Shape
	if len(n.in) > 1 && len(weights) > 0 && len(weights) <= 2 && len(weights[0]) == 1 && weights[0][0].N == n.in[0].N {
		out = n.in
	}
	made := graph.Opaque(lastWord(path), nonNil(weights), nonNil(buffers), out)
	r, _ := layer.Apply(made, []tensor.Shape{nil})
	n.declared[head.Label] = r.Weights
	n.body = append(n.body, arch.NewLeaf(head, made, frozen))
	n.in = out
}

// share writes a second use of a tensor that is written already.
func (n *tensorNet) share(head arch.Head, t *stored) {
	donor := n.labelOf[t.same]
	weights := []tensor.Shape{t.shape}
	if !slices.ContainsFunc(n.declared[donor], func(w layer.Weight) bool { return tensor.Of(w.Shape...).Equal(t.shape) }) {
		weights, donor = []tensor.Shape{}, "" // laid out in another way there
	}
	leaf := arch.NewLeaf(head, graph.Opaque(lastWord(head.Label), weights, []tensor.Shape{}, nil), false)
	leaf.Shares = donor
	n.shared[t.name+" = "+t.same] = true
	n.body, n.in = append(n.body, leaf), nil
}

// maxOfOne is how many tensors one layer may hold.
const maxOfOne = 500

func nonNil(s []tensor.Shape) []tensor.Shape {
	if s == nil {
		return []tensor.Shape{}
	}
	return s
}

// lastWord names a module by the last part of its path that is no number.
func lastWord(path string) string {
	parts := strings.Split(path, ".")
	for i := len(parts) - 1; i >= 0; i-- {
		if _, err := strconv.Atoi(parts[i]); err != nil {
			return parts[i]
		}
	}
	return "module"
}

// declares reports whether a layer behind a value has just as many elements as the
// file.
func (u *layerUnit) declares(in tensor.Shape, weights, buffers []tensor.Shape) bool {
	r, d := layer.Apply(u.layer, []tensor.Shape{in})
	if d != nil && d.Severity == 0 {
		return false
	}
	var ours, theirs [2]num.Int
	for _, w := range r.Weights {
		n, ok := w.Count()
		if !ok {
			return false
		}
		i := 0
		if !w.Class.Learnable() {
			i = 1
		}
		ours[i] = ours[i].Add(n)
	}
	for i, shapes := range [][]tensor.Shape{weights, buffers} {
		for _, s := range shapes {
			n, ok := s.Elements()
			if !ok {
				return false
			}
			theirs[i] = theirs[i].Add(n)
		}
	}
	return ours[0].Equal(theirs[0]) && ours[1].Equal(theirs[1])
}
