package eval

import (
	"errors"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

// A Place is a place in a file.
type Place struct {
	File string
	syntax.Pos
}

// A Problem is why a program cannot go on, and where: the innermost place of the
// reader's files first.
type Problem struct {
	At    Place
	Class string // of the exception: ValueError; "" for a limit
	Say   catalog.Message
	Trace []Place // the calls that led there, the innermost first
}

func (p *Problem) Error() string { return p.Say.In(catalog.English) }

// raised is an exception on its way. Evaluation panics with it, as text/template
// does: an error can come from every node, and try is the only place that looks.
type raised struct {
	exc     *Object
	problem *Problem
}

// limit ends a program that may not go on; no except holds it.
type limit struct{ problem *Problem }

// ErrCancelled is returned by Run if Step refused.
var ErrCancelled = errors.New("cancelled")

// cancelled is the panic of a program that was cancelled.
type cancelled struct{}

// stopped is the panic of a generator that nobody asks any more.
type stopped struct{}

// The exceptions of Python.
var (
	BaseException      = NewClass("BaseException")
	Exception          = NewClass("Exception", BaseException)
	ArithmeticError    = NewClass("ArithmeticError", Exception)
	ZeroDivisionError  = NewClass("ZeroDivisionError", ArithmeticError)
	OverflowError      = NewClass("OverflowError", ArithmeticError)
	AssertionError     = NewClass("AssertionError", Exception)
	AttributeError     = NewClass("AttributeError", Exception)
	ImportError        = NewClass("ImportError", Exception)
	ModuleNotFound     = NewClass("ModuleNotFoundError", ImportError)
	LookupError        = NewClass("LookupError", Exception)
	IndexError         = NewClass("IndexError", LookupError)
	KeyError           = NewClass("KeyError", LookupError)
	NameError          = NewClass("NameError", Exception)
	UnboundLocalError  = NewClass("UnboundLocalError", NameError)
	OSError            = NewClass("OSError", Exception)
	FileNotFoundError  = NewClass("FileNotFoundError", OSError)
	RuntimeError       = NewClass("RuntimeError", Exception)
	NotImplementedErr  = NewClass("NotImplementedError", RuntimeError)
	RecursionError     = NewClass("RecursionError", RuntimeError)
	StopIteration      = NewClass("StopIteration", Exception)
	TypeError          = NewClass("TypeError", Exception)
	ValueError         = NewClass("ValueError", Exception)
	Warning            = NewClass("Warning", Exception)
	UserWarning        = NewClass("UserWarning", Warning)
	DeprecationWarning = NewClass("DeprecationWarning", Warning)
	FutureWarning      = NewClass("FutureWarning", Warning)
	RuntimeWarning     = NewClass("RuntimeWarning", Warning)
	SystemExit         = NewClass("SystemExit", BaseException)
	KeyboardInterrupt  = NewClass("KeyboardInterrupt", BaseException)
)

var exceptions = []*Class{BaseException, Exception, ArithmeticError, ZeroDivisionError, OverflowError, AssertionError,
	AttributeError, ImportError, ModuleNotFound, LookupError, IndexError, KeyError, NameError, UnboundLocalError,
	OSError,
	FileNotFoundError, RuntimeError, NotImplementedErr, RecursionError, StopIteration, TypeError, ValueError, Warning,
	UserWarning, DeprecationWarning, FutureWarning, RuntimeWarning, SystemExit, KeyboardInterrupt}

// Raise raises an exception with a sentence.
func (in *Interp) Raise(class *Class, key catalog.Key, args ...any) {
	say := catalog.Say(key, syntax.Clipped(args)...)
	exc := NewObject(class)
	exc.Attrs.Put("args", NewTuple(say.In(catalog.English)))
	panic(&raised{exc, &Problem{in.Here(), class.Name, say, in.Trace()}})
}

// Forbid ends the program: a limit is reached.
func (in *Interp) Forbid(key catalog.Key, args ...any) {
	panic(&limit{&Problem{in.Here(), "", catalog.Say(key, args...), in.Trace()}})
}

// raise raises an exception of the source.
func (in *Interp) raise(exc *Object) {
	text := in.Str(exc)
	say := catalog.Say(catalog.PythonRaised, exc.Class.Name, clip(text))
	if text == "" {
		say = catalog.Say(catalog.PythonRaisedBare, exc.Class.Name)
	}
	panic(&raised{exc, &Problem{in.Here(), exc.Class.Name, say, in.Trace()}})
}

// clip shortens a text for a message.
func clip(s string) string {
	const most = 300
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Protect calls f and returns the problem that ended it, nil if none did. Go's own
// panics pass.
func (in *Interp) Protect(f func()) (p *Problem, err error) {
	frames, depth, at := in.frames, in.depth, in.at
	defer func() {
		switch e := recover().(type) {
		case nil:
			return
		case *raised:
			p = e.problem
		case *limit:
			p = e.problem
			in.ended = true
		case cancelled:
			err = ErrCancelled
			in.ended = true
		default:
			panic(e)
		}
		in.frames, in.depth, in.at = frames, depth, at
	}()
	f()
	return nil, nil
}
