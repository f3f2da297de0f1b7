package eval

import (
	"path"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

// Limits bound what a program may use.
type Limits struct {
	Steps  int64 // nodes that are evaluated
	Depth  int   // calls within calls
	Memory int64 // values that are made, of about 16 bytes
}

// Usual are the limits of a model file: the largest of torchvision takes a
// fiftieth of them, and a browser reaches them within a second.
var Usual = Limits{Steps: 1_500_000, Depth: 220, Memory: 2_000_000}

// A File is a source of the program.
type File struct {
	Name    string // as the reader knows it: models/unet.py
	Text    string
	module  *Module
	tree    *syntax.Module
	failed  *Problem
	library bool // of a framework: problems in it are where it was called
}

// An Interp runs a program. It is made for one program and not used again.
type Interp struct {
	Limits Limits
	// Step is asked from time to time whether to go on; nil: always.
	Step func() bool
	// Print receives what the program prints; nil: nothing is done with it.
	Print func(line string)
	// Import returns a module of a framework, nil if it is unknown. Name is whole:
	// torch.nn.functional.
	Import func(in *Interp, name string) Value
	// Fallback returns the value of a name that the program does not define: of a
	// snippet without its imports. nil: there is none.
	Fallback func(in *Interp, name string) Value
	// Base returns the base of a class whose bases are all unknown, nil: they stay so.
	Base func(d *syntax.ClassDef) *Class
	// Made is asked whether the framework keeps with what arguments an object of a class of
	// the source was made; nil: never.
	Made func(o *Object, init *Function, a Args)
	// Last is the value of the last statement that was an expression, outside of
	// functions.
	Last Value
	// Host is what the framework keeps for its functions.
	Host any
	// Problems are those of statements that were passed over, in order.
	Problems []*Problem
	// Guesses are branches that depended on what is unknown.
	Guesses []Guess
	// Skipped are loops over what is unknown, in constructors and forward passes.
	Skipped []Skip

	files   []*File
	modules map[string]Value
	std     map[string]func(in *Interp) *Module
	builtin *Dict
	frames  []frame
	at      syntax.Pos
	file    *File
	depth   int
	steps   int64
	memory  int64
	ended   bool // a limit was reached: nothing runs any more
	live    []*Iter
}

// A Guess is a condition that is unknown, and what it was taken to be.
type Guess struct {
	At    Place
	Taken bool
}

// A Skip is a loop that was not run, and over what.
type Skip struct {
	At   Place
	Name string
}

// skipped notes a loop over an unknown value where layers may be missing for it: a
// loop over the batches of a data set is none.
func (in *Interp) skipped(u *Unknown) {
	const most = 50
	for _, f := range in.frames {
		if f.name == "__init__" || f.name == "forward" {
			if s := (Skip{in.Here(), u.Name}); len(in.Skipped) < most && !slices.Contains(in.Skipped, s) {
				in.Skipped = append(in.Skipped, s)
			}
			return
		}
	}
}

type frame struct {
	at   syntax.Pos // of the call
	file *File
	name string
}

// New returns an interpreter with files, of which none has run.
func New(files []*File) *Interp {
	in := &Interp{Limits: Usual, files: files, modules: map[string]Value{}}
	in.std = standard
	in.builtin = builtins(in)
	return in
}

// Here returns the place that is evaluated.
func (in *Interp) Here() Place {
	if in.file == nil {
		return Place{Pos: in.at}
	}
	if in.file.library { // where it was called
		for i := len(in.frames) - 1; i >= 0; i-- {
			if f := in.frames[i]; f.file != nil && !f.file.library {
				return Place{f.file.Name, f.at}
			}
		}
	}
	return Place{in.file.Name, in.at}
}

// Trace returns where the calls were made that led here, the innermost first. What
// is in files of Go is left out.
func (in *Interp) Trace() []Place {
	var all []Place
	for i := len(in.frames) - 1; i >= 0 && len(all) < 20; i-- {
		if f := in.frames[i]; f.file != nil && !f.file.library {
			all = append(all, Place{f.file.Name, f.at})
		}
	}
	return all
}

// tick counts a step.
func (in *Interp) tick() {
	in.steps++
	if in.steps&0xfff == 0 && in.Step != nil && !in.Step() {
		panic(cancelled{})
	}
	if in.steps > in.Limits.Steps {
		in.Forbid(catalog.PythonSteps, in.Limits.Steps)
	}
}

// Work counts n steps of what a framework does by itself: of a walk through a network.
func (in *Interp) Work(n int64) {
	before := in.steps
	if in.steps += n; in.steps > in.Limits.Steps {
		in.Forbid(catalog.PythonSteps, in.Limits.Steps)
	}
	if before>>12 != in.steps>>12 && in.Step != nil && !in.Step() {
		panic(cancelled{})
	}
}

// Charge counts n values that are made.
func (in *Interp) Charge(n int64) {
	if in.memory += n; n < 0 || in.memory > in.Limits.Memory {
		in.Forbid(catalog.PythonMemory)
	}
}

// Steps returns how many steps were made.
func (in *Interp) Steps() int64 { return in.steps }

// Close ends the generators that were left in the middle.
func (in *Interp) Close() {
	for _, it := range in.live {
		if it.close != nil {
			it.close()
		}
	}
	in.live = nil
}

// Run runs a file as the program. A statement of the file that fails is noted in
// Problems, and the names that it would have bound are unknown; the others run all
// the same.
func (in *Interp) Run(f *File) (*Module, error) {
	m := &Module{Name: "__main__", Attrs: NewDict()}
	f.module = m
	if !in.parse(f) {
		in.Problems = append(in.Problems, f.failed)
		return m, nil
	}
	return m, in.statementByStatement(f, m)
}

// RunAll runs files as programs, one after another, but for those that another has
// imported, and returns their modules.
func (in *Interp) RunAll(files []*File) ([]*Module, error) {
	var all []*Module
	for _, f := range files {
		if f.Loaded() != nil {
			continue
		}
		m, err := in.Run(f)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

func (in *Interp) parse(f *File) bool {
	if f.tree == nil && f.failed == nil {
		tree, err := syntax.Parse(f.Text)
		if e, ok := err.(*syntax.Error); ok {
			f.failed = &Problem{At: Place{f.Name, e.At}, Class: "SyntaxError", Say: e.Say}
		}
		f.tree = tree
	}
	return f.failed == nil
}

// statementByStatement runs the statements of a file, each protected.
func (in *Interp) statementByStatement(f *File, m *Module) error {
	e := in.moduleEnv(f, m)
	for _, s := range f.tree.Body {
		if in.ended {
			break
		}
		in.file = f
		problem, err := in.Protect(func() { in.exec(e, s) })
		switch {
		case err != nil:
			return err
		case problem != nil && problem.Class == "SystemExit":
			return nil
		case problem != nil:
			in.Problems = append(in.Problems, problem)
			for name := range boundBy(s) {
				if _, ok := e.vars[name]; !ok {
					e.set(name, &Unknown{name})
				}
			}
		}
	}
	return nil
}

// boundBy returns the names that a statement binds.
func boundBy(s syntax.Stmt) map[string]bool { return syntax.Binds(s) }

func (in *Interp) moduleEnv(f *File, m *Module) *env {
	e := &env{vars: map[string]Value{}, module: m, file: f, scope: &f.tree.Scope}
	e.globals = e
	e.set("__name__", m.Name)
	e.set("__file__", f.Name)
	e.set("__doc__", nil)
	return e
}

// Eval evaluates an expression with the names of a module.
func (in *Interp) Eval(m *Module, src string) (v Value, p *Problem, err error) {
	x, bad := syntax.ParseExpr(src)
	f := &File{Name: "", Text: src, tree: &syntax.Module{}}
	if e, ok := bad.(*syntax.Error); ok {
		return nil, &Problem{At: Place{"", e.At}, Class: "SyntaxError", Say: e.Say}, nil
	}
	e := in.moduleEnv(f, &Module{Name: m.Name, Attrs: m.Attrs})
	e.vars = map[string]Value{}
	m.Attrs.Each(func(k, v Value) {
		if name, ok := k.(string); ok {
			e.vars[name] = v
		}
	})
	in.file = f
	p, err = in.Protect(func() { v = in.eval(e, x) })
	return v, p, err
}

// module imports a module by its whole name; nil if it is unknown.
func (in *Interp) module(name string) Value {
	if v, ok := in.modules[name]; ok {
		return v
	}
	if v := in.ownFile(name); v != nil {
		return v
	}
	if in.Import != nil {
		if v := in.Import(in, name); v != nil {
			in.modules[name] = v
			return v
		}
	}
	if mk := in.std[name]; mk != nil {
		m := mk(in)
		in.modules[name] = m
		return m
	}
	return nil
}

// ownFile imports one of the files of the program.
func (in *Interp) ownFile(name string) Value {
	want := strings.ReplaceAll(name, ".", "/")
	for _, f := range in.files {
		own := f.dotless()
		if f == in.file { // import copy in copy.py means Python's
			continue
		}
		if own != want && !strings.HasSuffix(own, "/"+want) && !strings.HasSuffix(want, "/"+own) {
			continue
		}
		return in.load(f, name)
	}
	return nil
}

// dotless returns the name of a file as a module has it, with slashes.
func (f *File) dotless() string {
	own := strings.TrimSuffix(strings.ReplaceAll(f.Name, `\`, "/"), path.Ext(f.Name))
	return strings.TrimSuffix(own, "/__init__")
}

// beside imports a file by its place: that of the importing file, so many levels up.
func (in *Interp) beside(e *env, level int, name string) Value {
	folder := path.Dir(strings.ReplaceAll(e.file.Name, `\`, "/"))
	for range level - 1 {
		folder = path.Dir(folder)
	}
	want := path.Join(folder, strings.ReplaceAll(name, ".", "/"))
	for _, f := range in.files {
		if f.dotless() == want {
			return in.load(f, name)
		}
	}
	if folder != "." { // the folders are known: another file of the name is another
		return nil
	}
	return in.ownFile(name)
}

// load runs a file as a module, once.
func (in *Interp) load(f *File, name string) Value {
	if f.module != nil {
		return f.module
	}
	m := &Module{Name: name, Attrs: NewDict()}
	f.module = m
	in.modules[strings.ReplaceAll(f.dotless(), "/", ".")] = m
	if !in.parse(f) {
		in.Problems = append(in.Problems, f.failed)
		return m
	}
	file, at, frames := in.file, in.at, in.frames
	err := in.statementByStatement(f, m)
	in.file, in.at, in.frames = file, at, frames
	if err != nil {
		panic(cancelled{})
	}
	return m
}

// Library runs a source that belongs to a framework and returns its module.
func (in *Interp) Library(name, src string) *Module {
	f := &File{Name: name, Text: src, library: true}
	m := &Module{Name: name, Attrs: NewDict()}
	f.module = m
	if in.parse(f) {
		file, at, frames := in.file, in.at, in.frames
		if err := in.statementByStatement(f, m); err != nil {
			panic(cancelled{})
		}
		in.file, in.at, in.frames = file, at, frames
	} else {
		in.Problems = append(in.Problems, f.failed)
	}
	return m
}

// Restart gives a program its steps and memory again, and forgets that a limit was
// reached: what follows is counted by itself.
func (in *Interp) Restart() { in.steps, in.memory, in.ended, in.depth, in.frames = 0, 0, false, 0, nil }

// Loaded returns the module of a file that has run, nil if it has not.
func (f *File) Loaded() *Module { return f.module }

// Module returns a module by its whole name, nil if it is unknown.
func (in *Interp) Module(name string) Value { return in.module(name) }
