package choose

import (
	"slices"

	"paramstack/core/tool/pysource/eval"
)

// Options are what a reader chose.
type Options struct {
	Expression string      // what to make; "": what the program makes
	Input      []int64     // of one sample, in the order of the framework; nil: what the program states
	Step       func() bool // is called now and then, and ends the program if it returns false
}

// A Walk finds the networks of a program that has run. N is a network as a framework
// follows it: its calls, or its graph.
type Walk[N any] struct {
	In    *eval.Interp
	Scope *eval.Module // the names with which expressions are evaluated
	// Root returns the network that a value is, nil if it is none; Empty reports that one
	// which a guess made is not worth following.
	Root  func(v eval.Value) *eval.Object
	Empty func(root *eval.Object) bool
	// Made lists what the program itself has made, the likeliest first. Loose is what it
	// has where no value of it is a network, nil if nothing.
	Made  func() []*eval.Object
	Loose func() *N
	// Follow follows a network; Shows reports whether there is anything in it then.
	Follow func(root *eval.Object) (*N, error)
	Shows  func(n *N) bool
	// Note notes the expression that made a network, and whether its arguments were assumed.
	Note func(n *N, expression string, assumed bool)
}

// The most networks of a program that are followed, and expressions that are tried.
const (
	mostNetworks    = 6
	mostExpressions = 20
)

// Networks returns the networks that the program makes, the one that is meant most
// likely first; or of those that it defines, as choices lists them, the one that can be
// made; or that of an expression, if there is one. The problem says why there is none.
func (w *Walk[N]) Networks(expression string, main []*eval.Module, choices []Choice) ([]*N, *eval.Problem, error) {
	if expression != "" {
		n, problem, err := w.try(expression, false, func(*eval.Object) bool { return false })
		if n == nil {
			return nil, problem, err
		}
		return []*N{n}, nil, err
	}
	var all []*N
	for _, root := range w.Made() {
		n, err := w.Follow(root)
		if err != nil {
			return nil, nil, err
		}
		if w.Shows(n) {
			all = append(all, n)
		}
		if len(all) == mostNetworks {
			break
		}
	}
	if len(all) > 0 {
		return all, nil, nil
	}
	if n := w.Loose(); n != nil {
		return []*N{n}, nil, nil
	}
	return w.defined(main, choices)
}

// defined makes a network of what the program only defines.
func (w *Walk[N]) defined(main []*eval.Module, choices []Choice) ([]*N, *eval.Problem, error) {
	var why *eval.Problem
	expressions, assumed := Expressions(main, choices)
	for _, e := range expressions[:min(len(expressions), mostExpressions)] {
		n, problem, err := w.try(e, assumed[e], w.Empty)
		switch {
		case err != nil:
			return nil, nil, err
		case n != nil && w.Shows(n):
			return []*N{n}, nil, nil
		case why == nil:
			why = problem
		}
	}
	return nil, why, nil
}

// try follows the network that an expression makes; nil if it makes none, or an empty one.
func (w *Walk[N]) try(expression string, assumed bool, empty func(*eval.Object) bool) (*N, *eval.Problem, error) {
	w.In.Restart()
	v, problem, err := w.In.Eval(w.Scope, expression)
	if err != nil || problem != nil {
		return nil, problem, err
	}
	root := w.Root(v)
	if root == nil || empty(root) {
		return nil, nil, nil
	}
	n, err := w.Follow(root)
	if n != nil {
		w.Note(n, expression, assumed)
	}
	return n, nil, err
}

// Roots lists networks, the one that is meant most likely first: what the program called
// last, else what it bound last. What is part of another is none.
func Roots(called, bound []*eval.Object, part func(o *eval.Object) bool) []*eval.Object {
	var roots []*eval.Object
	for _, all := range [][]*eval.Object{called, bound} {
		for _, o := range slices.Backward(all) {
			if !part(o) && !slices.Contains(roots, o) {
				roots = append(roots, o)
			}
		}
	}
	return roots
}
