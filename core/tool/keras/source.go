package keras

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/keras/trace"
	"paramstack/core/tool/pysource"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/source"
	"paramstack/core/tool/target"
	"paramstack/core/tool/vocab"
	"paramstack/core/zoo"
)

// SourceReader is the Python source of a model of Keras or tf.keras: it is run, with
// tensors that have shapes and no numbers. What its layers do is read as it is from
// files of Keras: by their configurations.
var SourceReader = source.Reader{
	ID: "keras-source", Label: "Keras source", Exts: []string{".py"},
	Detect: func(head []byte, f *source.File) bool { return pysource.Detect(head, f) == pysource.Keras },
	Read: func(f *source.File) (*source.Result, error) {
		r, err := readSource(f)
		if r != nil {
			r.Keras = true
		}
		return r, err
	},
}

// ownMark is in the first lines of the code that paramstack writes.
const ownMark = "Written by paramstack, for Keras"

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
	for _, file := range s.Files {
		options.Own = options.Own || strings.Contains(file.Text, ownMark)
	}
	if n := len(options.Input); n > 2 {
		options.Input = numbersOf(channelsLast(n).theirs(tensor.Of(options.Input...)))
	}
	p, err := trace.Run(s.Files, sourceRules, options)
	if err != nil {
		return nil, pysource.Ended(err)
	}
	defer p.Close()
	return s.Result(f, p, func() ([]pysource.Making, *eval.Problem, error) {
		all, problem, err := p.Networks(options)
		if stop, ok := err.(*trace.Stopped); ok {
			return nil, stop.Problem, nil
		}
		return pysource.Makings(all, func(n *trace.Network) (*pysource.Made, error) {
			r, err := networkResult(f, n, s)
			if err != nil {
				return nil, err
			}
			m := &pysource.Made{Result: r, Name: n.Name, Expression: n.Made}
			if len(n.Input) > 0 {
				m.Input = crossed(n.Input[0])
			}
			return m, nil
		}), problem, err
	})
}

// networkResult makes the result of one network.
func networkResult(f *source.File, n *trace.Network, s *pysource.Sources) (*source.Result, error) {
	m, err := modelOf(n, s)
	if err != nil {
		return nil, err
	}
	r, err := newBuilder(f, nil).read(m)
	if err != nil {
		return nil, err
	}
	r.Model = arch.New(r.Model.Name, graph.Fold(r.Model.Body), nil)
	if n.Problem != nil {
		r.AddNote(true, catalog.SourceListed, s.Located(n.Problem))
	}
	if n.Problem == nil && len(n.Input) > 0 {
		if n.Chosen {
			r.AddNote(true, catalog.SourceInput, pysource.InputText(n.Input, "None"))
		} else if n.Data {
			r.AddNote(true, catalog.SourceData, pysource.InputText(n.Input, "None"))
		}
	}
	switch {
	case n.Assumed:
		r.AddNote(true, catalog.SourceAssumed, n.Made)
	case n.Made != "":
		r.AddNote(false, catalog.SourceMade, n.Made)
	}
	return r, nil
}

// crossed writes an input as the stack has it, channels first; "" if an extent is
// unknown.
func crossed(shape []int64) string {
	o := asIs(len(shape))
	if len(shape) > 2 {
		o = channelsLast(len(shape))
	}
	sizes := o.ours(shape)
	if slices.ContainsFunc(sizes, func(n int64) bool { return n < 0 }) {
		return ""
	}
	return graph.Crossed(sizes...)
}

// modelOf is a network that a program makes as a functional model of a file.
func modelOf(n *trace.Network, sources *pysource.Sources) (*model, error) {
	m := newModel()
	m.functional, m.name = true, n.Name
	x := trace.NewIndex(n.Calls)
	ref := func(t *trace.Tensor) (tensorRef, bool) {
		c, out := t.From()
		if c == nil {
			return tensorRef{}, false
		}
		number, ok := x.Number(c)
		r := tensorRef{tensorKey: tensorKey{x.Name(c.Layer), number, out}}
		return r, ok
	}
	refs := func(all []*trace.Tensor) (found []tensorRef) {
		for _, t := range all {
			if r, ok := ref(t); ok {
				found = append(found, r)
			}
		}
		return found
	}
	for _, l := range x.Layers {
		c, err := layerConfigOf(l, x.Name(l))
		if err != nil {
			return nil, err
		}
		if c.origin = sources.Origin(l.At); c.origin == "" {
			c.origin = sources.Origin(x.Uses[l][0].At)
		}
		for number, call := range x.Uses[l] {
			if len(call.Args)+len(call.Named) > 0 {
				u := callRefs{args: refs(call.Args), named: map[string][]tensorRef{}}
				for name, all := range call.Named {
					u.named[name] = refs(all)
				}
				c.uses = append(c.uses, u)
			}
			for out, t := range call.Outs {
				if s := t.Shape(); s != nil {
					m.shapes[tensorKey{c.name, number, out}] = s
				}
			}
		}
		m.add(c)
	}
	m.outputs = refs(n.Outputs)
	return m, nil
}

// layerConfigOf is a layer of a program as a layer of a file.
func layerConfigOf(l *trace.Layer, name string) (*layerConfig, error) {
	s := serialized{Class: l.Class, Name: name, Config: json.RawMessage(l.JSON())}
	if l.Ops {
		module := "keras.ops"
		if l.Class == trace.Variable || l.Class == trace.Constant {
			module = "keras.layers"
		}
		s.Module = &module
	}
	p := parser{}
	c, err := p.layer(&s, "", "", map[string]int{}, 0)
	if err != nil {
		return nil, err
	}
	c.unnamed = !l.Given()
	if c.custom = l.Custom; l.Custom && !l.Hidden {
		c.own = &ownWeights{}
		for _, w := range l.Weights {
			if slices.Contains(w.Shape, tensor.Unknown) {
				c.own = nil
				break
			}
			if s := tensor.Of(w.Shape...); w.Frozen {
				c.own.frozen = append(c.own.frozen, s)
			} else {
				c.own.learned = append(c.own.learned, s)
			}
		}
	}
	return c, nil
}

// ownWeights are the weights of a layer that a program defines.
type ownWeights struct{ learned, frozen []tensor.Shape }

// sourceRules is what programs ask of the reader of files.
var sourceRules = trace.Reader{
	Known: func(class string) (int, bool) {
		c := classNamed(class)
		return c.rank(), c.reading != nil
	},
	Params: func(class string) []string {
		row, _ := vocab.Keras().Class(class)
		if row == nil {
			return nil
		}
		names := make([]string, len(row.Params))
		for i := range row.Params {
			names[i] = row.Params[i].Name
		}
		return names
	},
	Shape:       callShape,
	Application: applicationCode,
}

// callShape returns the output of one call of a layer: that of a model which is the
// layer alone, on inputs of the same shapes.
func callShape(l *trace.Layer, call *trace.Call) ([]int64, error) {
	c, err := layerConfigOf(l, "layer")
	if err != nil || c.custom {
		return nil, err
	}
	m := newModel()
	m.functional = true
	u := callRefs{named: map[string][]tensorRef{}}
	enter := func(t *trace.Tensor) tensorRef {
		name := "in" + strconv.Itoa(len(m.layers))
		values := map[string]vocab.Value{}
		if shape := t.Shape(); shape != nil {
			batched := []vocab.Value{nil}
			for _, d := range shape {
				batched = append(batched, d)
			}
			values["batch_shape"] = batched
		}
		in := &layerConfig{class: classNamed(inputLayer), name: name, path: name, options: newOptions(inputLayer, values)}
		m.layers, m.index[name] = append(m.layers, in), len(m.layers)
		return tensorRef{tensorKey: tensorKey{layer: name}}
	}
	for _, t := range call.Args {
		u.args = append(u.args, enter(t))
	}
	for name, all := range call.Named {
		for _, t := range all {
			u.named[name] = append(u.named[name], enter(t))
		}
	}
	c.uses = []callRefs{u}
	m.add(c)
	m.outputs = []tensorRef{{tensorKey: tensorKey{layer: c.name}}}
	b := newBuilder(nil, nil)
	out, err := b.run(m, nil, scope{})
	if err != nil {
		return nil, err
	}
	for _, note := range b.Result.Notes {
		if note.Say.Key == catalog.ImportKerasLayer && len(note.Say.Args) == 3 {
			if say, ok := note.Say.Args[2].(catalog.Message); ok {
				return nil, &diag.Diag{Say: say}
			}
		}
	}
	for _, n := range b.Graph.Nodes {
		var d *diag.Diag
		if _, err := b.weights(n); errors.As(err, &d) && d.Severity == diag.Error {
			return nil, d
		}
	}
	s := b.sizes(out[0])
	if s == nil || b.Shapes[out[0].node] == nil { // that of an unknown layer is not known
		return nil, nil
	}
	return numbersOf(s), nil
}

// applicationIDs are the networks of keras.applications that the zoo has in the form
// of another tool, with the same weights.
var applicationIDs = map[string]string{
	"VGG16": "vgg-16", "VGG19": "vgg-19", "MobileNetV2": "mobilenet-v2", "MobileNetV3Large": "mobilenet-v3-large",
	"MobileNetV3Small": "mobilenet-v3-small", "DenseNet121": "densenet-121", "DenseNet169": "densenet-169",
	"DenseNet201": "densenet-201", "ConvNeXtTiny": "convnext-tiny", "ConvNeXtSmall": "convnext-small",
	"ConvNeXtBase": "convnext-base", "ConvNeXtLarge": "convnext-large",
}

// applications are the zoo's networks by what keras.applications calls them.
var applications = sync.OnceValue(func() map[string]*zoo.Net {
	all := map[string]*zoo.Net{}
	nets, byID := zoo.All(), map[string]*zoo.Net{}
	for i := range nets {
		if byID[nets[i].ID] = &nets[i]; nets[i].Keras != "" {
			all[nets[i].Keras] = &nets[i]
		}
	}
	for name, id := range applicationIDs {
		all[name] = byID[id]
	}
	return all
})

// applicationCode is a network of keras.applications as code, "" if the zoo does not
// have it.
func applicationCode(name string) string {
	n := applications()[name]
	if n == nil {
		return ""
	}
	m := n.Model()
	code, _ := CodeWriter.Write(&target.Network{Model: m, Report: count.Of(m)})
	return code
}
