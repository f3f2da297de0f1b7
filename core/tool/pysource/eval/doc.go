// Package eval runs Python source as far as a model file needs it: it evaluates the
// tree of package syntax with values of Go. It opens no file, has no network, no clock
// and no randomness, and bounds steps, depth and memory (Limits). A statement of a
// file that fails is noted (Interp.Problems), what it would have bound is unknown, and
// the next one runs.
//
// # What a framework does
//
// The evaluator knows no framework. A framework (core/tool/torch, core/tool/keras)
// gives Interp.Import a function that returns its modules by their whole names
// ("torch.nn.functional"; a relative import that no file of the program answers is
// asked as it is written, ".ops.misc"), nil for all others. What nobody knows is an
// *Unknown, which can be called, indexed and looped over (no items), and matters only
// where a number is needed of it.
//
// A module is NewModule(name, functions…); what is seldom used can come from
// Module.Missing. Functions are NewBuiltin(name, "x size? *rest **names", do), which
// receives a value for each parameter, Absent where there is none (IsNone covers both),
// or NewRaw, which receives Args. Classes are NewClass(name, bases…) with
// Class.Method, Class.Getter and, for values that are no *Object, Class.Make; the
// source can make subclasses of them. An *Object has Attrs, its attributes in order,
// and Native, where a class of Go keeps its own state (a Copier, if it must be copied
// with the object). Values of other Go types implement what they need of hooks.go:
// Attributed, Callable, Operand, Indexed, Iterated, Truthy, …
//
// The way back is Interp.Call, GetAttr, Items, Truth, Str. Interp.Raise raises an
// exception with a sentence of the catalogue at the place that is evaluated
// (Interp.Here, Interp.Trace); Interp.Forbid ends the program; Interp.Charge counts
// memory. Code that calls the evaluator from outside a program (a forward pass after
// the program has ended) runs in Interp.Protect, which returns the *Problem. A Truthy
// value whose truth depends on data calls Interp.Guessed with what it answers, so that
// the result states which branch was taken.
//
// Values that a framework makes are comparable pointers, or implement Hashed.
//
// # Errors
//
// Exceptions of the program, limits and the end of generators are panics of types of
// this package, as in text/template: any node can fail, and only try looks. They never
// leave Run, Eval and Protect. Generators are coroutines (iter.Pull); Close ends those
// that were left.
package eval
