package torch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
	"paramstack/core/tool/torch/pickle"
)

// networkKeys are the names under which checkpoints keep the network, the likeliest
// first: those of PyTorch's tutorials, Lightning, timm, fairseq, ultralytics,
// OpenMMLab, DeepSpeed and Detectron.
var networkKeys = []string{"state_dict", "model_state_dict", "model", "net", "network", "model_state",
	"net_state_dict", "params", "module", "weights",
	"generator", "params_ema", "ema", "model_ema", "ema_state_dict", "state_dict_ema", "model_ema_state_dict"}

// A part is an entry of a checkpoint that holds a network, or a part of one.
type part struct {
	name    string
	value   any
	tensors []*stored // those in it
	outline []string  // of a part that may be a copy, or have one: outlineOf its tensors
}

// A choice is what of a checkpoint is the network.
type choice struct {
	network any
	names   []string // of the entries it is made of
	more    []part   // other networks beside it
	left    []string // what only training needs
	err     error
}

// checkpoint makes a stack of what a file holds: a dictionary of tensors, one
// inside another beside the optimizer's, or modules as they were.
func checkpoint(root any, budget *source.Budget) (*source.Result, error) {
	ch := choose(root, budget, 0)
	if ch.err != nil {
		return nil, ch.err
	}
	c := newCollector(budget)
	c.collect("", ch.network, 0)
	left := append(ch.left, c.left...)
	switch {
	case c.err != nil:
		return nil, c.err
	case len(c.tensors) == 0 && len(left) > 0:
		return nil, diag.New(catalog.ImportTrainingOnly, graph.Listed(left))
	case len(c.tensors) == 0:
		return nil, diag.New(catalog.ImportNoTensors)
	}
	r, err := tensorStack(c.finish(), "PyTorch")
	if err != nil {
		return nil, err
	}
	if len(left) > 0 {
		r.AddNote(false, catalog.ImportCheckpoint, cmp.Or(strings.Join(ch.names, ", "), "*"), graph.Listed(left))
	}
	for _, p := range ch.more {
		c := newCollector(budget)
		if c.collect("", p.value, 0); c.err != nil {
			return nil, c.err
		}
		other, err := tensorStack(c.finish(), "PyTorch")
		if err != nil {
			return nil, err
		}
		r.More = append(r.More, source.Another{State: p.name, Model: other.Model})
		r.AddNote(false, catalog.ImportNetworkMore, p.name)
	}
	return r, nil
}

// maxNested is how deep a network may be in dictionaries.
const maxNested = 8

// choose decides what of a value is the network. A dictionary whose values are
// tensors is one, unless a network is in it under a name that trainers use: then
// its tensors are figures of the training, such as the loss.
func choose(v any, budget *source.Budget, depth int) choice {
	d := entries(v)
	if d == nil || depth > maxNested || isOptimizer(d) {
		return choice{network: v}
	}
	var ch choice
	var loose, parts []part
	best := len(networkKeys)
	for i, k := range d.Keys {
		name, ok := keyOf(k)
		if !ok {
			continue
		}
		p := part{name: name, value: d.Values[i]}
		t, isTensor := p.value.(*pyTensor)
		if !isTensor {
			c := newCollector(budget)
			if c.collect("", p.value, 0); c.err != nil {
				return choice{err: c.err}
			}
			p.tensors = c.tensors
		}
		switch {
		case isTensor && !slices.Contains(momentNames, p.name) && (len(t.shape) > 0 || !isTrainingState(p.name)):
			loose = append(loose, p)
		case isTensor, len(p.tensors) == 0, isTrainingState(p.name):
			ch.left = append(ch.left, p.name)
		default:
			if rank := slices.Index(networkKeys, strings.ToLower(p.name)); rank >= 0 {
				best = min(best, rank)
			}
			parts = append(parts, p)
		}
	}
	if len(parts) > 0 && !slices.ContainsFunc(loose, part.isOfNetwork) {
		for _, p := range loose { // figures beside networks, such as the best score
			ch.left = append(ch.left, p.name)
		}
		loose = nil
	}
	switch {
	case best < len(networkKeys):
		at := slices.IndexFunc(parts, func(p part) bool { return strings.ToLower(p.name) == networkKeys[best] })
		inner := choose(parts[at].value, budget, depth+1)
		for _, p := range loose {
			ch.left = append(ch.left, p.name)
		}
		for i := range parts {
			p := parts[i]
			switch {
			case i == at:
			case p.isCopy(&parts[at]), !slices.ContainsFunc(p.tensors,
				func(t *stored) bool { return strings.HasSuffix(t.leafName(), "weight") }):
				ch.left = append(ch.left, p.name)
			default:
				ch.more = append(ch.more, p)
			}
		}
		return choice{inner.network, []string{parts[at].name}, append(ch.more, inner.more...), append(ch.left, inner.left...), inner.err}
	case len(loose) > 0: // a state dictionary, in the order of the file
		kept := &pickle.Dict{}
		left := map[string]bool{}
		for _, name := range ch.left {
			left[name] = true
		}
		for i, k := range d.Keys {
			if name, ok := keyOf(k); ok && !left[name] {
				kept.Keys, kept.Values = append(kept.Keys, k), append(kept.Values, d.Values[i])
			}
		}
		ch.network = kept
		ch.left = slices.DeleteFunc(ch.left, func(name string) bool { return !isTrainingState(name) })
		return ch
	case len(parts) == 1 && holdsNetwork(parts[0].value):
		inner := choose(parts[0].value, budget, depth+1)
		inner.left = append(ch.left, inner.left...)
		return inner
	}
	return ch.together(parts)
}

// isOfNetwork reports whether a tensor beside dictionaries can be one of a network: it
// has dimensions, or the name of a parameter.
func (p part) isOfNetwork() bool {
	t, ok := p.value.(*pyTensor)
	return !ok || len(t.shape) > 0 || strings.Contains(p.name, ".") || isParameter([]*stored{{name: p.name}})
}

// holdsNetwork reports whether a dictionary has an entry under a name that trainers use
// for their network.
func holdsNetwork(v any) bool {
	d := entries(v)
	return d != nil && slices.ContainsFunc(d.Keys, func(k any) bool {
		name, _ := keyOf(k)
		return slices.Contains(networkKeys, strings.ToLower(name))
	})
}

// together makes one network of the entries of a checkpoint that names none of them:
// but for copies of others, and for adversaries, which are networks of their own.
func (ch choice) together(parts []part) choice {
	kept := slices.Clone(parts)
	if len(parts) <= mostParts {
		kept = kept[:0]
		for i := range parts {
			p := &parts[i]
			copied := false
			for k := range parts {
				copied = copied || !parts[k].namedCopy() && p.isCopy(&parts[k])
			}
			if copied {
				ch.left = append(ch.left, p.name)
			} else {
				kept = append(kept, *p)
			}
		}
		if slices.ContainsFunc(kept, part.judges) || haveWord(kept, "d") && haveWord(kept, "g") {
			ch.network, ch.names, ch.more = kept[0].value, []string{kept[0].name}, append(ch.more, kept[1:]...)
			return ch
		}
	}
	together := &pickle.Dict{}
	for _, p := range kept {
		together.Keys, together.Values = append(together.Keys, p.name), append(together.Values, p.value)
		ch.names = append(ch.names, p.name)
	}
	ch.network = together
	return ch
}

// entries returns the entries of a dictionary, or the attributes of an object that
// is no module; nil if a value is neither.
func entries(v any) *pickle.Dict {
	switch v := v.(type) {
	case *pickle.Dict:
		return v
	case *pickle.Object:
		state := attributes(v)
		switch {
		case v.Scripted() || state != nil && isModule(state):
		case state != nil:
			return state
		case len(v.Items.Keys) > 0:
			return &v.Items
		}
	}
	return nil
}

// attributes returns the attributes of an object, nil if it has none.
func attributes(o *pickle.Object) *pickle.Dict {
	state := o.State
	if t, ok := state.(*pickle.Tuple); ok && len(t.Items) == 2 { // __dict__ and slots
		state = t.Items[0]
	}
	d, _ := state.(*pickle.Dict)
	return d
}

// isModule reports whether attributes are those of a torch.nn.Module.
func isModule(state *pickle.Dict) bool {
	return state.Get("_parameters") != nil || state.Get("_modules") != nil
}

// isOptimizer reports whether a dictionary is what an optimizer keeps
// (torch.optim.Optimizer.state_dict), whatever its name, or what Adam and SGD keep of a
// parameter, or what random numbers go on from: nothing of the network.
func isOptimizer(d *pickle.Dict) bool {
	if d.Get("exp_avg") != nil || d.Get("momentum_buffer") != nil || d.Get("square_avg") != nil {
		for i, k := range d.Keys { // they may lie beside the network
			if name, _ := keyOf(k); entries(d.Values[i]) != nil && !isTrainingState(name) {
				return false
			}
		}
		return true
	}
	return d.Get("param_groups") != nil && d.Get("state") != nil || isRandomState(d)
}

// isRandomState reports whether a dictionary has the states of random numbers, which
// transformers' Trainer keeps in a file of their own (rng_state.pth).
func isRandomState(d *pickle.Dict) bool {
	_, ok := d.Get("cpu").(*pyTensor)
	return ok && (d.Get("python") != nil || d.Get("numpy") != nil)
}

// words divides a name: lr_scheduler, optimizerG and loss.state have two each.
func words(name string) []string {
	var spaced strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(spaced.String(), func(r rune) bool { return !unicode.IsLetter(r) })
}

// isTrainingState reports whether a name is that of something that only training
// needs. The name of a tensor in a network has a dot: none of them is meant.
func isTrainingState(name string) bool {
	all := words(name)
	is := func(these ...string) bool {
		return slices.ContainsFunc(all, func(w string) bool { return slices.Contains(these, w) })
	}
	has := func(part string) bool {
		return slices.ContainsFunc(all, func(w string) bool { return strings.Contains(w, part) })
	}
	switch {
	case slices.Contains(momentNames, name):
		return true
	case strings.Contains(name, "."):
		return false
	case is("opt", "opts", "amp", "rng"), has("optim"), has("sched"), has("scaler"), has("hyper"), has("callback"):
		return true
	}
	return is(trainingWords...) && !is("model", "net", "network", "weights", "ema")
}

// trainingWords are words in the names of what training keeps beside its network.
var trainingWords = strings.Fields(`loss losses criterion epoch epochs args config cfg step steps iter iters iteration iterations lr hub history
metric metrics logger loop loops acc accuracy score fitness`)

// mostParts is how many entries of a checkpoint are compared with each other.
const mostParts = 1000

// keyOf returns the key of an entry as it is in names; false if it is none.
func keyOf(k any) (string, bool) {
	switch k := k.(type) {
	case string:
		return k, true
	case int64:
		return strconv.FormatInt(k, 10), true
	}
	return "", false
}

// isCopy reports whether an entry is another network once more, by its name and
// tensors: the mean of its weights over the training, a teacher or a target.
func (p *part) isCopy(other *part) bool {
	return p.namedCopy() && len(p.tensors) > 0 && slices.Equal(p.outlined(), other.outlined())
}

func (p *part) outlined() []string {
	if p.outline == nil {
		p.outline = outlineOf(p.tensors)
	}
	return p.outline
}

// judges reports whether an entry is named as a network that is trained beside
// another one, to judge it: netD, disc_A, critic. The two are never one network.
func (p part) judges() bool {
	return slices.ContainsFunc(words(p.name), func(w string) bool { return slices.Contains(judgeWords, w) })
}

var judgeWords = strings.Fields("netd dis disc discriminator discriminators critic critics")

func haveWord(parts []part, word string) bool {
	return slices.ContainsFunc(parts, func(p part) bool { return slices.Contains(words(p.name), word) })
}

func (p *part) namedCopy() bool {
	return slices.ContainsFunc(words(p.name), func(w string) bool { return slices.Contains(copyWords, w) })
}

// copyWords are words in the names of copies.
var copyWords = strings.Fields("ema avg average averaged swa teacher target shadow best last old prev previous momentum")

// outlineOf lists the learned tensors of a network, whatever frame is around it.
func outlineOf(tensors []*stored) []string {
	var all []string
	for _, t := range tensors {
		if !t.isBuffer() {
			all = append(all, t.shape.String()+t.leafName())
		}
	}
	slices.Sort(all)
	return all
}
