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
	s, err := pysource.SourcesOf(f)
	if err != nil {
		return nil, err
	}
	chosen, err := pysource.OptionsOf(f)
	if err != nil {
		return nil, err
	}
	options := trace.Options{Options: chosen}
	if found := written.FindStringSubmatch(s.Files[0].Text); found != nil && options.Input == nil {
		// The sizes of the input in the head of our own code.
		for d := range strings.SplitSeq(found[1], "×") {
			n, _ := strconv.ParseInt(d, 10, 64)
			options.Input = append(options.Input, n)
		}
	}
	if written.MatchString(s.Files[0].Text) {
		options.Helper = helperLayer
	}
	p, err := trace.Run(s.Files, options)
	if err != nil {
		return nil, pysource.Ended(err)
	}
	defer p.Close()
	return s.Result(f, p, func() ([]pysource.Making, *eval.Problem, error) {
		all, problem, err := p.Networks(options)
		return pysource.Makings(all, func(n *trace.Network) (*pysource.Made, error) {
			r, err := networkResult(n, s)
			if err != nil {
				return nil, err
			}
			m := &pysource.Made{Result: r, Name: n.Name, Expression: n.Made}
			if len(n.Input) > 0 {
				m.Input = graph.Crossed(n.Input[0]...)
			}
			return m, nil
		}), problem, err
	})
}

// networkResult makes the result of one network.
func networkResult(n *trace.Network, s *pysource.Sources) (*source.Result, error) {
	var r *source.Result
	if n.Builder != nil {
		n.Builder.Graph.Name = n.Name
		for i := range n.Builder.Graph.Nodes {
			node := &n.Builder.Graph.Nodes[i]
			node.Origin = s.Origin(n.Lines[node.Name])
		}
		var err error
		if r, err = n.Builder.Stack(); err != nil {
			return nil, err
		}
		r.Model = arch.New(r.Model.Name, graph.Fold(r.Model.Body), nil)
		for name := range n.Strange {
			delete(n.Opaque, name[strings.LastIndex(name, ".")+1:])
		}
		if len(n.Strange) > 0 {
			r.AddNote(true, catalog.SourceStrange, graph.Listed(slices.Sorted(maps.Keys(n.Strange))))
		}
		if len(n.Opaque) > 0 {
			r.AddNote(true, catalog.SourceOpaque, graph.Listed(slices.Sorted(maps.Keys(n.Opaque))))
		}
		if len(n.Unused) > 0 {
			r.AddNote(false, catalog.SourceUnused, graph.Listed(n.Unused))
		}
		if n.Inferred && len(n.Input) > 0 {
			r.AddNote(true, catalog.SourceInput, pysource.InputText(n.Input, "?"))
		}
	} else {
		root := &module{class: n.Name, times: 1}
		modulesOf(root, n.Modules(), s)
		var err error
		if r, err = planTorch(root); err != nil {
			return nil, err
		}
		// What stopped it comes first, and says what the plan of a printed model would.
		rest := slices.DeleteFunc(r.Notes, func(n source.Note) bool { return n.Say.Key == catalog.ImportChained })
		r.Notes = nil
		if n.Problem != nil {
			r.AddNote(true, catalog.SourceNotFollowed, s.Located(n.Problem))
		}
		r.Notes = append(r.Notes, rest...)
	}
	made, frozen := n.Totals()
	if n.Incomplete() {
		if n.Builder != nil { // what is unknown is listed, and makes the total a minimum
			n.Builder = nil
			return networkResult(n, s)
		}
	} else if counted := count.Of(r.Model).Totals; !counted.Params(true).Equal(made) {
		if n.Builder != nil { // the modules, one by one, may be counted where the steps are not
			n.Builder = nil
			return networkResult(n, s)
		}
		r.AddNote(true, catalog.SourceDiffers, made.Grouped(), counted.Params(true).Grouped())
	} else if still := made.Sub(counted.Trainable()); !still.Equal(frozen) {
		r.AddNote(true, catalog.SourceFrozen, frozen.Grouped(), still.Grouped())
	}
	switch {
	case n.Assumed:
		r.AddNote(true, catalog.SourceAssumed, n.Made)
	case n.Made != "":
		r.AddNote(false, catalog.SourceMade, n.Made)
	}
	return r, nil
}

// modulesOf copies the modules that a constructor made, as print(model) shows them.
func modulesOf(m *module, from trace.Tree, s *pysource.Sources) {
	m.class, m.origin = from.Class, s.Origin(from.At)
	for _, a := range from.Args {
		m.args = append(m.args, argument{a, a.Name})
	}
	m.own, m.custom = from.Own, from.Custom
	for _, k := range from.Kids {
		kid := &module{name: k.Name, path: joinPath(m.path, k.Name), times: 1}
		modulesOf(kid, k, s)
		m.kids = append(m.kids, kid)
	}
}
