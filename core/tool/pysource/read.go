package pysource

import (
	"errors"
	"regexp"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource/choose"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/source"
)

// A Ran is a program of a framework that has run.
type Ran interface {
	Choices() []choose.Choice
	Main() []*eval.Module // of the reader's files, in order
	Problems() []*eval.Problem
	Guesses() []eval.Guess
	Skipped() []eval.Skip
	// SoFar is what a constructor had made when it failed: the network's name, its
	// parameters, 0 where none failed, and the names of its parts.
	SoFar() (name string, params num.Int, made []string)
}

// A Made is a network of a program as it is read.
type Made struct {
	Result     *source.Result
	Name       string
	Expression string // that was evaluated, "": none
	Input      string // of one sample, as in source.Options
}

// A Making reads one of the networks that a program makes.
type Making func() (*Made, error)

// Makings lists how the networks of a program are read: what it has, each by read.
func Makings[N any](all []*N, read func(*N) (*Made, error)) []Making {
	var makings []Making
	for _, n := range all {
		makings = append(makings, func() (*Made, error) { return read(n) })
	}
	return makings
}

// Result makes the result of a program that has run: its networks, the likeliest first,
// what else could be made of it, and what is to be known of both. The problem is why
// there is none.
func (s *Sources) Result(f *source.File, p Ran, networks func() ([]Making, *eval.Problem, error)) (*source.Result, error) {
	expression := strings.TrimSpace(f.Options.Expression)
	program := &source.Program{Made: expression, Input: f.Options.Input}
	for _, c := range p.Choices() {
		program.Choices = append(program.Choices, source.Choice{Name: c.Name, Needs: c.Needs, Call: c.Call()})
	}
	choose := &source.Result{Program: program}
	all, problem, err := networks()
	if err != nil {
		return choose, Ended(err)
	}
	var r *source.Result
	var first error
	for _, make := range all {
		m, err := make()
		switch {
		case err != nil && first == nil:
			first = err
		case err != nil:
		case r == nil:
			r = m.Result
			r.Program = program
			if program.Made = m.Expression; m.Input != "" {
				program.Input = m.Input
			}
		case len(m.Result.Model.Body) > 0:
			r.More = append(r.More, source.Another{State: m.Name, Model: m.Result.Model})
			r.AddNote(false, catalog.ImportNetworkMore, m.Name)
		}
	}
	switch {
	case r == nil && first != nil:
		return choose, first
	case r == nil:
		return choose, s.noNetwork(p, problem, expression)
	}
	s.note(r, p)
	return r, nil
}

// note adds what is to be known of how a program ran: branches and loops that depend on
// what is unknown, and statements that failed.
func (s *Sources) note(r *source.Result, p Ran) {
	for _, g := range p.Guesses() {
		taken := catalog.SourceFalse
		if g.Taken {
			taken = catalog.SourceTrue
		}
		r.AddNote(true, catalog.SourceBranch, s.Line(g.At), taken)
	}
	for _, l := range p.Skipped() {
		r.AddNote(true, catalog.SourceSkipped, s.Line(l.At), l.Name)
	}
	const most = 5
	noted := 0
	least := count.Of(r.Model).Totals.ParamsAtLeast
	for _, q := range p.Problems() {
		if q.Say.Key == catalog.PythonUnknownValue && !least {
			continue // what is unknown matters to no layer
		}
		if noted++; noted > most {
			break
		}
		r.AddNote(true, catalog.SourceProblem, s.Located(q))
	}
}

// others are frameworks whose programs look like Python of those that are read.
var others = regexp.MustCompile(`(?m)^\s*(?:import|from) (flax|jax|haiku|equinox|mxnet|paddle|mindspore|chainer|tinygrad|` +
	`mlx|oneflow|jittor|theano|lasagne|caffe2|tflearn|sonnet|sklearn)\b`)

// noNetwork says why a program has none: what went wrong, or what could be chosen.
func (s *Sources) noNetwork(p Ran, problem *eval.Problem, expression string) error {
	if problem == nil && len(p.Problems()) > 0 {
		problem = p.Problems()[len(p.Problems())-1]
	}
	if len(p.Choices()) == 0 {
		for _, f := range s.Files {
			if m := others.FindStringSubmatch(f.Text); m != nil && of(others.ReplaceAllString(f.Text, "")) != Keras {
				return diag.New(catalog.SourceOther, m[1])
			}
		}
	}
	if problem != nil {
		say := s.Located(problem)
		if name, params, made := p.SoFar(); !params.IsZero() {
			say = catalog.Say(catalog.SourceSoFar, say, name, params.Grouped(), graph.Listed(made))
		}
		return &diag.Diag{Say: say}
	}
	if expression != "" {
		return diag.New(catalog.SourceExpression, expression)
	}
	if name, value := choose.UnknownNetwork(p.Main()); value != "" {
		return diag.New(catalog.SourceUnknown, name, value)
	}
	var names []string
	for _, c := range p.Choices() {
		names = append(names, c.Name+"("+strings.Join(c.Needs, ", ")+")")
	}
	if len(names) > 0 {
		return diag.New(catalog.SourceChoose, strings.Join(names, ", "))
	}
	return diag.New(catalog.SourceNothing)
}

// Ended returns the error of a program that was run as readers of files return it.
func Ended(err error) error {
	if errors.Is(err, eval.ErrCancelled) {
		return source.ErrCancelled
	}
	return err
}

// OptionsOf reads what a reader of a program chose.
func OptionsOf(f *source.File) (choose.Options, error) {
	input, err := sample(f.Options.Input)
	return choose.Options{Expression: strings.TrimSpace(f.Options.Expression), Input: input,
		Step: func() bool { return f.Progress(0) == nil }}, err
}

// sample reads the input that a reader chose, as the stack has it: channels first. nil
// is that nothing was chosen.
func sample(text string) ([]int64, error) {
	if text = strings.TrimSpace(text); text == "" {
		return nil, nil
	}
	e := layer.Extents{Most: layer.MaxSpatial + 1}
	if d := e.Parse(text); d != nil {
		return nil, d
	}
	sizes := make([]int64, e.Len())
	for i := range sizes {
		sizes[i] = e.At(i)
	}
	return sizes, nil
}

// InputText writes the inputs of a network; an extent that is unknown is unknown.
func InputText(inputs [][]int64, unknown string) string {
	parts := make([]string, len(inputs))
	for i, x := range inputs {
		ns := make([]string, len(x))
		for k, d := range x {
			if ns[k] = unknown; d >= 0 {
				ns[k] = num.Of(d).String()
			}
		}
		parts[i] = strings.Join(ns, "×")
	}
	return strings.Join(parts, ", ")
}
