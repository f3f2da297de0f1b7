package torch

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/pysource"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/source"
	"paramstack/core/tool/torch/trace"
)

// SourceReader is the Python source of a PyTorch model: it is run, with tensors that
// have shapes and no numbers. Where the forward pass cannot be followed, the modules
// that the constructor made are listed as those of print(model) are.
var SourceReader = source.Reader{
	ID: "torch-source", Label: "PyTorch source", Exts: []string{".py"},
	Detect: func(head []byte, f *source.File) bool { return pysource.Detect(head, f) == pysource.Torch },
	Read:   readSource,
}

// written is the head of code that paramstack wrote, with the shape of one sample.
var written = regexp.MustCompile(`\A"""[^"]* for one sample of (\d{1,9}(?:×\d{1,9}){0,3})\.\nWritten by paramstack\.`)

func readSource(f *source.File) (*source.Result, error) {
	files, err := pysource.Files(f)
	if err != nil {
		return nil, err
	}
	options := trace.Options{Expression: strings.TrimSpace(f.Options.Expression),
		Step: func() bool { return f.Progress(0) == nil }}
	if s := strings.TrimSpace(f.Options.Input); s != "" {
		e := layer.Extents{Most: layer.MaxSpatial + 1}
		if d := e.Parse(s); d != nil {
			return nil, d
		}
		for i := range e.Len() {
			options.Input = append(options.Input, e.At(i))
		}
	}
	if found := written.FindStringSubmatch(files[0].Text); found != nil && options.Input == nil {
		// The sizes of the input in the head of our own code.
		for d := range strings.SplitSeq(found[1], "×") {
			n, _ := strconv.ParseInt(d, 10, 64)
			options.Input = append(options.Input, n)
		}
	}
	p, err := trace.Run(files, options)
	if err != nil {
		return nil, pysource.Ended(err)
	}
	defer p.Close()
	program := &source.Program{Made: options.Expression, Input: f.Options.Input}
	for _, c := range p.Choices() {
		program.Choices = append(program.Choices, source.Choice{Name: c.Name, Needs: c.Needs, Call: c.Call()})
	}
	choose := &source.Result{Program: program}
	all, problem, err := p.Networks(options)
	if err != nil {
		return choose, pysource.Ended(err)
	}
	several := len(files) > 1
	if len(all) == 0 || all[0] == nil {
		return choose, noNetwork(p, problem, options.Expression, several)
	}
	origins := pysource.OriginsOf(files)
	r, err := networkResult(all[0], several, origins)
	if err != nil {
		return choose, err
	}
	program.Made = all[0].Made
	if len(all[0].Input) > 0 {
		program.Input = strings.ReplaceAll(inputText(all[0].Input[:1]), "×", "x")
	}
	r.Program = program
	for _, n := range all[1:] {
		other, err := networkResult(n, several, origins)
		if err == nil && len(other.Model.Body) > 0 {
			r.More = append(r.More, source.Another{State: n.Name, Model: other.Model})
			r.AddNote(false, catalog.ImportNetworkMore, n.Name)
		}
	}
	pysource.NoteGuesses(r, p.Guesses())
	for _, s := range p.Skipped() {
		r.AddNote(true, catalog.SourceSkipped, s.At.Line, s.Name)
	}
	const most = 5
	for i, q := range p.Problems() {
		if i == most {
			break
		}
		r.AddNote(true, catalog.SourceProblem, q.Located(several))
	}
	return r, nil
}

// noNetwork says why a program has none: what went wrong, or what could be chosen.
func noNetwork(p *trace.Program, problem *eval.Problem, expression string, several bool) error {
	if problem == nil && len(p.Problems()) > 0 {
		problem = p.Problems()[len(p.Problems())-1]
	}
	if problem != nil {
		say := problem.Located(several)
		return &diag.Diag{Say: say}
	}
	if expression != "" {
		return diag.New(catalog.SourceExpression, expression)
	}
	var names []string
	for _, c := range p.Choices() {
		names = append(names, c.Name+"("+strings.Join(c.Needs, ", ")+")")
	}
	if name, value := p.UnknownNetwork(); value != "" {
		return diag.New(catalog.SourceUnknown, name, value)
	}
	if len(names) > 0 {
		return diag.New(catalog.SourceChoose, strings.Join(names, ", "))
	}
	return diag.New(catalog.SourceNothing)
}

// networkResult makes the result of one network.
func networkResult(n *trace.Network, several bool, origins pysource.Origins) (*source.Result, error) {
	var r *source.Result
	if n.Builder != nil {
		n.Builder.Graph.Name = n.Name
		for i := range n.Builder.Graph.Nodes {
			node := &n.Builder.Graph.Nodes[i]
			node.Origin = origins.At(n.Lines[node.Name])
		}
		var err error
		if r, err = n.Builder.Stack(); err != nil {
			return nil, err
		}
		r.Model = arch.New(r.Model.Name, graph.Fold(r.Model.Body), nil)
		if len(n.Opaque) > 0 {
			r.AddNote(true, catalog.SourceOpaque, graph.Listed(slices.Sorted(maps.Keys(n.Opaque))))
		}
		if len(n.Unused) > 0 {
			r.AddNote(false, catalog.SourceUnused, graph.Listed(n.Unused))
		}
		if n.Inferred && len(n.Input) > 0 {
			r.AddNote(true, catalog.SourceInput, inputText(n.Input))
		}
	} else {
		root := &module{class: n.Name, times: 1}
		modulesOf(root, n.Modules(), origins)
		var err error
		if r, err = planTorch(root); err != nil {
			return nil, err
		}
		if n.Problem != nil {
			r.AddNote(true, catalog.SourceNotFollowed, n.Problem.Located(several))
		}
	}
	made, _ := n.Totals()
	if n.Incomplete() {
		if n.Builder != nil { // what is unknown is listed, and makes the total a minimum
			n.Builder = nil
			return networkResult(n, several, origins)
		}
	} else if counted := count.Of(r.Model).Totals; !counted.Params(true).Equal(made) {
		if n.Builder != nil { // the modules, one by one, may be counted where the steps are not
			n.Builder = nil
			return networkResult(n, several, origins)
		}
		r.AddNote(true, catalog.SourceDiffers, made.Grouped(), counted.Params(true).Grouped())
	}
	switch {
	case n.Assumed:
		r.AddNote(true, catalog.SourceAssumed, n.Made)
	case n.Made != "":
		r.AddNote(false, catalog.SourceMade, n.Made)
	}
	return r, nil
}

func inputText(inputs [][]int64) string {
	parts := make([]string, len(inputs))
	for i, x := range inputs {
		ns := make([]string, len(x))
		for k, d := range x {
			ns[k] = strconv.FormatInt(d, 10)
		}
		parts[i] = strings.Join(ns, "×")
	}
	return strings.Join(parts, ", ")
}

// modulesOf copies the modules that a constructor made, as print(model) shows them.
func modulesOf(m *module, from trace.Tree, origins pysource.Origins) {
	m.class, m.origin = from.Class, origins.At(from.At)
	for _, a := range from.Args {
		m.args = append(m.args, argument{a, a.Name})
	}
	m.own = from.Own
	for _, k := range from.Kids {
		kid := &module{name: k.Name, path: joinPath(m.path, k.Name), times: 1}
		modulesOf(kid, k, origins)
		m.kids = append(m.kids, kid)
	}
}
