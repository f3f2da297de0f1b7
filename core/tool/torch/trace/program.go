// Package trace runs PyTorch programs as far as their networks: with tensors that
// know their shapes, and modules that know their parameters. It gives the evaluator
// of Python (core/tool/pysource/eval) the modules of PyTorch, finds the network that a
// program makes, and records its forward pass as a graph.
package trace

import (
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/choose"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/pysource/syntax"
	"paramstack/core/tool/vocab"
)

// A Program is a program that runs.
type Program struct {
	in      *eval.Interp
	main    []*eval.Module // of the reader's files, in order
	modules map[string]*eval.Module
	leaves  map[string]*eval.Class
	own     *eval.Module // the prelude
	// networks are those of torchvision.models.
	networks []*eval.Module
	rec      *recorder
	// fragment is the self of statements outside of any class.
	fragment *eval.Object
	running  int            // modules that run
	begun    []*eval.Object // whose constructors began
	// helper returns the layer that a class of the program is, nil: it is none.
	helper func(class string, args []vocab.Arg) layer.Layer
	// helpers are the layers of objects that are one.
	helpers map[*eval.Object]layer.Layer
	calls   []call
	misfit  misfit
	// sequenceFirst: a recurrent layer without batch_first had the batch first.
	sequenceFirst bool
}

// A call is a network that the program itself calls, or states the input of.
type call struct {
	module *eval.Object
	inputs []*Tensor
	args   *eval.Args // all arguments, with those inputs among them; nil: the inputs alone
	stated bool       // shapes of a summary
}

// Options are what a reader chose, and whose program it is.
type Options struct {
	choose.Options
	// Helper returns the layer that a class of the program is, with the arguments that an
	// object was made with: of code that paramstack wrote. nil: it is none.
	Helper func(class string, args []vocab.Arg) layer.Layer
}

func programOf(in *eval.Interp) *Program { return in.Host.(*Program) }

func init() {
	moduleMethods()
	containers()
	tensorMethods()
}

// Run runs files as programs, the last that no other imports as the main one.
func Run(files []*eval.File, o Options) (*Program, error) {
	in := eval.New(files)
	p := &Program{in: in, modules: map[string]*eval.Module{}, leaves: map[string]*eval.Class{}}
	in.Host, in.Import, in.Step, in.Fallback, in.Base = p, importModule, o.Step, fallback, baseOf
	if p.helper = o.Helper; p.helper != nil {
		p.helpers, in.Made = map[*eval.Object]layer.Layer{}, p.madeHelper
	}
	var err error
	if p.main, err = in.RunAll(files); err != nil {
		return nil, err
	}
	return p, nil
}

// baseOf returns the base of a class whose bases are unknown: a module, if it has a
// forward pass, as the models of other libraries are.
func baseOf(d *syntax.ClassDef) *eval.Class {
	for _, s := range d.Body {
		if f, ok := s.(*syntax.FuncDef); ok && f.Name == "forward" {
			return moduleClass
		}
	}
	return nil
}

// Close ends what the program left running.
func (p *Program) Close() { p.in.Close() }

// called notes a call that the program makes by itself.
func (p *Program) called(o *eval.Object, a eval.Args) {
	if p.running > 0 {
		return
	}
	// Tensors within lists are inputs only where there are no others: a state that is
	// passed along is none.
	inputs := tensorsOf(p.in, a, false)
	if len(inputs) == 0 {
		inputs = tensorsOf(p.in, a, true)
	}
	const most = 200
	if len(inputs) > 0 && len(p.calls) < most {
		p.calls = append(p.calls, call{module: o, inputs: inputs, args: &a})
	}
}

// tensorsOf lists the tensors among arguments, with those in lists or without.
func tensorsOf(in *eval.Interp, a eval.Args, nested bool) []*Tensor {
	var all []*Tensor
	replaced(in, a, nested, func(t *Tensor) eval.Value {
		all = append(all, t)
		return t
	})
	return all
}

// replaced returns arguments with other values for their tensors.
func replaced(in *eval.Interp, a eval.Args, nested bool, other func(*Tensor) eval.Value) eval.Args {
	var one func(v eval.Value, depth int) eval.Value
	each := func(all []eval.Value, depth int) []eval.Value {
		made := make([]eval.Value, len(all))
		for i, v := range all {
			made[i] = one(v, depth)
		}
		return made
	}
	one = func(v eval.Value, depth int) eval.Value {
		const deepest = 3
		switch x := v.(type) {
		case *Tensor:
			return other(x)
		case *eval.List:
			if nested && depth < deepest {
				return eval.NewList(each(x.Items, depth+1)...)
			}
		case *eval.Tuple:
			if nested && depth < deepest && x.Class == nil {
				return eval.NewTuple(each(x.Items, depth+1)...)
			}
		case *eval.Dict:
			if nested && depth < deepest {
				d := eval.NewDict()
				x.Each(func(k, v eval.Value) { d.Put(k, one(v, depth+1)) })
				return d
			}
		}
		return v
	}
	return eval.Args{Pos: each(a.Pos, 0), Names: a.Names, Named: each(a.Named, 0)}
}

// hint notes the input of a network: a tensor, or several.
func (p *Program) hint(model, x eval.Value) {
	o := isModule(model)
	if o == nil {
		return
	}
	var inputs []*Tensor
	switch x := x.(type) {
	case *Tensor:
		inputs = append(inputs, x)
	case *eval.Tuple, *eval.List:
		for _, item := range p.in.Items(x) {
			if t, ok := item.(*Tensor); ok {
				inputs = append(inputs, t)
			}
		}
	}
	if len(inputs) > 0 {
		p.calls = append(p.calls, call{module: o, inputs: inputs})
	}
}

// stated notes the shapes of a summary: with the batch (torchinfo) or without.
func (p *Program) stated(model eval.Value, inputs []*Tensor) {
	if o := isModule(model); o != nil {
		p.calls = append(p.calls, call{module: o, inputs: inputs, stated: true})
	}
}

// A Network is a network that a program makes.
type Network struct {
	Name    string
	Builder *graph.Builder // nil: its forward pass could not be followed
	Root    *eval.Object
	Lines   map[string]eval.Place
	Opaque  map[string]bool
	Strange map[string]bool // functions that are unknown: their outputs are taken to be like their inputs
	Input   [][]int64       // of one sample
	// Inferred: the program does not state the input.
	Inferred bool
	Problem  *eval.Problem // why it could not be followed
	Made     string        // the expression that was added to make it: Net(3, 10)
	Assumed  bool          // its arguments were assumed
	Unused   []string      // modules with parameters that forward does not use
}

// Main returns the modules of the reader's files.
func (p *Program) Main() []*eval.Module { return p.main }

// SoFar returns the module with the most parameters of those that were begun, and the
// names of its parts: where a constructor fails, it is what was made until then.
func (p *Program) SoFar() (name string, params num.Int, made []string) {
	var best *eval.Object
	for _, o := range p.begun {
		if all, _ := (&Network{Root: o}).Totals(); all.Cmp(params) > 0 {
			best, params = o, all
		}
	}
	if best == nil {
		return "", params, nil
	}
	for _, c := range parts(best) {
		made = append(made, c.name)
	}
	return best.Class.Name, params, made
}

// Problems returns what was wrong with statements of the program.
func (p *Program) Problems() []*eval.Problem { return p.in.Problems }

// Skipped returns the loops over what is unknown.
func (p *Program) Skipped() []eval.Skip { return p.in.Skipped }

// Guesses returns the branches that depended on what is unknown.
func (p *Program) Guesses() []eval.Guess { return p.in.Guesses }

// fallback is what names mean in a snippet without its imports.
func fallback(in *eval.Interp, name string) eval.Value {
	switch name {
	case "torch", "torchvision", "timm", "einops":
		return importModule(in, name)
	case "self": // a part of a constructor
		p := programOf(in)
		if p.fragment == nil {
			p.fragment = eval.NewObject(eval.NewClass("Module", moduleClass))
			p.fragment.Attrs.Put("training", true)
		}
		return p.fragment
	case "nn":
		return importModule(in, "torch.nn")
	case "models":
		return importModule(in, "torchvision.models")
	case "F":
		return importModule(in, "torch.nn.functional")
	case "math", "functools", "itertools", "collections", "copy":
		return in.Module(name)
	case "np":
		return in.Module("numpy")
	case "OrderedDict", "namedtuple", "defaultdict":
		return in.GetAttr(in.Module("collections"), name)
	case "partial":
		return in.GetAttr(in.Module("functools"), name)
	case "Optional", "List", "Tuple", "Union", "Dict", "Callable", "Any", "Sequence", "Type":
		return in.GetAttr(in.Module("typing"), name)
	case "Tensor", "Module", "Sequential", "ModuleList", "ModuleDict", "Parameter":
		if name == "Tensor" {
			return tensorClass
		}
		return in.GetAttr(importModule(in, "torch.nn"), name)
	}
	p := programOf(in)
	if c := p.leafClass(name); c != nil {
		return c
	}
	switch name {
	case "ResNet", "BasicBlock", "Bottleneck", "AlexNet", "DenseNet", "MobileNetV2", "SqueezeNet":
		return p.networkOf(name)
	}
	if strings.ContainsAny(name, "0123456789") || name == "alexnet" || name == "googlenet" {
		if _, unknown := p.networkOf(name).(*eval.Unknown); !unknown {
			return p.networkOf(name)
		}
	}
	return nil
}
