// Package trace runs programs of Keras and tf.keras as far as their networks: with
// tensors that know their shapes, and layers that know their configuration. It gives
// the evaluator of Python (core/tool/pysource/eval) the modules of Keras and
// TensorFlow, finds the network that a program makes, and returns it as the calls of
// its layers. What a layer does to a shape, and how many weights it has, it asks the
// reader of Keras' files (Reader): there is one rule for both.
package trace

import (
	"encoding/json"
	"maps"
	"paramstack/core/num"

	"paramstack/core/tool/pysource/choose"
	"paramstack/core/tool/pysource/eval"
)

// A Reader is what core/tool/keras knows of layers.
type Reader struct {
	// Known reports whether a class is one of keras.layers, and how many extents its
	// input has without the batch (0: any).
	Known func(class string) (rank int, known bool)
	// Params lists the arguments of a class in order, nil if they are not known.
	Params func(class string) []string
	// Shape returns the output of a layer for its inputs, without the batch in Keras'
	// order: nil if it is unknown. The error says what is wrong with the layer.
	Shape func(l *Layer, in *Call) ([]int64, error)
	// Application returns the source of a network of keras.applications, "" if it is
	// not known here.
	Application func(name string) string
}

// A Program is a program that runs.
type Program struct {
	in      *eval.Interp
	main    []*eval.Module // of the reader's files, in order
	modules map[string]*eval.Module
	classes map[string]*eval.Class // of leaves
	reader  Reader
	names   map[string]int // how many layers have a name of Keras' own
	tape    []*Call        // all calls that follow from an input
	made    int            // of those, for the network that is followed
	within  []*eval.Object // custom layers and models that are running
	scope   string         // their names
	shapes  map[string]shape
	latest  *Tensor // the last that follows from an input
	hints   []hint
	data    [][]int64     // shapes of the datasets that the program loads
	numpy   bool          // numpy is being imported
	own     bool          // the program was written by paramstack: its helpers are kinds
	doing   int           // layers of the program that run
	nested  int           // lists around what becomes a configuration
	root    *eval.Object  // the network that is followed
	failed  *eval.Problem // why it could not be
}

// A shape is what Reader.Shape answered.
type shape struct {
	dims []int64
	err  error
}

// A hint is a model that the program itself trains or calls, and the shapes of its
// inputs without the batch, where they are known.
type hint struct {
	model  *eval.Object
	inputs [][]int64
}

// Options are what a reader chose, and whose program it is.
type Options struct {
	choose.Options
	Own bool // the program was written by paramstack
}

func programOf(in *eval.Interp) *Program { return in.Host.(*Program) }

func init() {
	layerMethods()
	modelMethods()
	tensorMethods()
	shapeMethods()
}

// Run runs files as programs, the last that no other imports as the main one.
func Run(files []*eval.File, r Reader, o Options) (*Program, error) {
	in := eval.New(files)
	p := &Program{in: in, modules: map[string]*eval.Module{}, classes: map[string]*eval.Class{}, reader: r,
		names: map[string]int{}, shapes: map[string]shape{}, own: o.Own}
	in.Host, in.Import, in.Step, in.Fallback = p, importModule, o.Step, fallback
	var err error
	if p.main, err = in.RunAll(files); err != nil {
		return nil, err
	}
	return p, nil
}

// Close ends what the program left running.
func (p *Program) Close() { p.in.Close() }

// Problems returns what was wrong with statements of the program.
func (p *Program) Problems() []*eval.Problem { return p.in.Problems }

// Guesses returns the branches that depended on what is unknown.
func (p *Program) Guesses() []eval.Guess { return p.in.Guesses }

// Main returns the modules of the reader's files.
func (p *Program) Main() []*eval.Module { return p.main }

// Skipped returns the loops over what is unknown.
func (p *Program) Skipped() []eval.Skip { return p.in.Skipped }

// SoFar is nothing: the layers that were called until a program failed are a network.
func (p *Program) SoFar() (name string, params num.Int, made []string) { return "", params, nil }

// note records what is wrong with a layer, and lets the program go on.
func (p *Program) note(q *eval.Problem) {
	const most = 50
	for _, other := range p.in.Problems {
		if other.At == q.At {
			return
		}
	}
	if len(p.in.Problems) < most {
		p.in.Problems = append(p.in.Problems, q)
	}
}

// A Layer is a layer of Keras: one of its own classes, or one that the program
// defines and that has weights of its own.
type Layer struct {
	Class   string
	Name    string
	Config  map[string]any // as get_config() returns it
	Ops     bool           // an operation, not a class of keras.layers
	Custom  bool           // no class of Keras: Weights are its weights
	Weights []*Weight
	Learns  bool // trainable
	Rank    int  // of its input without the batch, 0: any
	At      eval.Place

	Hidden bool // its weights are not known

	given   bool // the name is the program's
	named   bool // it has that of an attribute
	of      *eval.Object
	first   *Call      // its first call with a value that follows from an input
	result  eval.Value // what it returned, of a layer of the program
	entered []*Tensor
}

// JSON returns the configuration as Keras writes it.
func (l *Layer) JSON() string {
	c := maps.Clone(l.Config)
	if !l.Learns {
		c["trainable"] = false
	}
	text, err := json.Marshal(c)
	if err != nil {
		return "{}"
	}
	return string(text)
}

// Given reports whether the layer's name is in the program.
func (l *Layer) Given() bool { return l.given || l.named || l.Ops }

// A Weight is a weight that a layer or a model of the program adds itself.
type Weight struct {
	Name   string
	Shape  []int64
	Frozen bool // not trainable

	node  *Call  // that brings it
	dense *Layer // a dense layer that has it
}

// A Call is a call of a layer.
type Call struct {
	Layer *Layer
	Args  []*Tensor
	Named map[string][]*Tensor
	Outs  []*Tensor
	Scope string // the names of the models and layers of the program around it
	At    eval.Place

	Name   string
	within []*eval.Object // those
	number int
}

// inputs lists all tensors of a call.
func (c *Call) inputs(f func(*Tensor)) {
	for _, t := range c.Args {
		f(t)
	}
	for _, all := range c.Named {
		for _, t := range all {
			f(t)
		}
	}
}
