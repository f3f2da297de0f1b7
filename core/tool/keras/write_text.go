package keras

import (
	_ "embed"
	"strings"
	"sync"

	"paramstack/core/count"
	"paramstack/core/tensor"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
)

//go:embed keras_helpers.py
var helperCode string

// helper reports whether a layer is one of keras_helpers.py.
func helper(class string) bool { return helperNames()[class] }

var helperNames = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, c := range pycode.Chunks(helperCode) {
		all[c.Name] = true
	}
	return all
})

// text writes the whole program: helpers, functions, the network.
func (w *program) text() string {
	taken := pycode.NewNames("inputs outputs model")
	for _, b := range append(w.blocks, w.top.block) {
		for name := range b.Locals { // a function may not hide another
			taken.Take(name)
		}
	}
	for name := range helperNames() {
		taken.Take(name)
	}
	all := pycode.Classes(w.blocks, func(preferred string) string {
		return pycode.FreeIdentifier(taken, strings.TrimSuffix(preferred, "block")+"_block")
	})
	for _, i := range w.top.block.Inits {
		if i.E != nil {
			i.E.Values(func(*pycode.Arg) {}) // functions know their parameters now
		}
	}

	var b strings.Builder
	b.WriteString(pycode.Docstring(w.net, sizeSentence(w.net), "Written by paramstack, for Keras 3.") +
		"\nimport keras\nfrom keras import layers\n")
	for _, chunk := range pycode.Chunks(helperCode) {
		if w.helpers[chunk.Name] {
			b.WriteString("\n\n" + chunk.Text)
		}
	}
	for _, c := range all {
		b.WriteString("\n\ndef " + c.Name + "(x")
		for _, p := range c.Params {
			b.WriteString(", " + p.Name)
		}
		b.WriteString(", name):\n")
		for i := range c.First.Inits {
			(*statement)(&c.First.Inits[i]).print(&b, "    ")
		}
	}
	if len(all)+len(w.helpers) > 0 {
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	w.finish()
	for i := range w.top.block.Inits {
		(*statement)(&w.top.block.Inits[i]).print(&b, "")
	}
	return b.String()
}

// finish writes the last lines of the program: the outputs, and the model.
func (w *program) finish() {
	outputs := strings.Join(w.outputs, ", ")
	if len(w.outputs) > 1 {
		outputs = "[" + outputs + "]"
	} else if last := w.top.last(); last != nil && last.assigns(outputs) && !w.top.held(outputs) {
		outputs = "outputs"
		last.Target = outputs
	}
	inputs := strings.Join(w.inputs, ", ")
	if len(w.inputs) != 1 {
		inputs = "[" + inputs + "]"
	}
	name := strings.ToLower(layerName(w.net.Model.Name, "network"))
	w.top.block.Inits = append(w.top.block.Inits,
		pycode.Init{Text: "\nmodel = keras.Model(" + inputs + ", " + outputs + ", name=" + pycode.Quoted(name) + ")"})
}

// wide is how long a line may be before the arguments of its call get one of
// their own.
const wide = 100

// print writes a statement of a function.
func (i *statement) print(b *strings.Builder, indent string) {
	indent += strings.Repeat("    ", i.Deep)
	if i.Loop != "" {
		b.WriteString(indent + i.Loop + "\n")
		indent += "    "
	}
	head, code := indent, ""
	switch {
	case i.Return:
		head += "return "
	case i.Target != "":
		head += i.Target + " = "
	}
	if e, ok := i.E.(*pycode.Call); ok {
		code = e.Text()
		if open := strings.IndexByte(code, '('); len(head+code+i.Text) > wide && len(code) > open+2 {
			code = code[:open+1] + "\n" + indent + "    " + code[open+1:len(code)-1] + "\n" + indent + ")"
		}
	}
	b.WriteString(head + code + i.Text)
	if i.Note != "" {
		b.WriteString("  # " + i.Note)
	}
	b.WriteByte('\n')
}

// sizeSentence states how large the network is as Keras counts and orders shapes.
func sizeSentence(n *target.Network) string {
	sequences := entersAsSequences(n)
	return target.SizeSentence(n, count.Style{Keras: true, Biases: true}, func(s tensor.Shape) string {
		return shapeText(s, held{order: inputOrder(s, sequences)})
	})
}
