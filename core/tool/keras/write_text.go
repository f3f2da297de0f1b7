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
	for _, b := range append(w.blocks, w.top.b) {
		for name := range b.Locals { // a function may not hide another
			taken.Take(name)
		}
	}
	for name := range helperNames() {
		taken.Take(name)
	}
	all := pycode.Classes(w.blocks, func(wish string) string {
		return pycode.FreeIdentifier(taken, strings.TrimSuffix(wish, "block")+"_block")
	})
	for _, i := range w.top.b.Inits {
		if i.E != nil {
			i.E.Values(func(*pycode.Arg) {}) // functions know their parameters now
		}
	}

	var b strings.Builder
	b.WriteString(pycode.Docstring(w.net, sizeSentence(w.net), "Written by paramstack, for Keras 3.") + "\nimport keras\nfrom keras import layers\n")
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
		for _, i := range c.First.Inits {
			writeInit(&i, &b, "    ")
		}
	}
	if len(all)+len(w.helpers) > 0 {
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	w.finish()
	for _, i := range w.top.b.Inits {
		writeInit(&i, &b, "")
	}
	return b.String()
}

// finish writes the last lines of the program: the outputs, and the model.
func (w *program) finish() {
	outputs := strings.Join(w.outputs, ", ")
	last := len(w.top.b.Inits) - 1
	if len(w.outputs) > 1 {
		outputs = "[" + outputs + "]"
	} else if last >= 0 && !w.top.held(outputs) {
		if code, ok := strings.CutPrefix(w.top.b.Inits[last].Text, outputs+" = "); ok {
			outputs = "outputs"
			w.top.b.Inits[last].Text = outputs + " = " + code
		}
	}
	inputs := strings.Join(w.inputs, ", ")
	if len(w.inputs) != 1 {
		inputs = "[" + inputs + "]"
	}
	name := strings.ToLower(layerName(w.net.Model.Name, "network"))
	w.top.b.Inits = append(w.top.b.Inits, pycode.Init{Text: "\nmodel = keras.Model(" + inputs + ", " + outputs + ", name=" + pycode.Quoted(name) + ")"})
}

// wide is how long a line may be before the arguments of its call get one of
// their own.
const wide = 100

// statement writes one statement of a function.
func writeInit(i *pycode.Init, b *strings.Builder, indent string) {
	text := i.Text
	if e, ok := i.E.(*pycode.Call); ok {
		head, _, _ := strings.Cut(text, "{}")
		head = head[strings.LastIndex(head, "\n")+1:]
		code := e.Text()
		_, tail, _ := strings.Cut(text, "{}")
		tail, _, _ = strings.Cut(tail, "  #")
		if open := strings.IndexByte(code, '('); len(indent+head+code+tail) > wide && len(code) > open+2 {
			in := indent + head[:len(head)-len(strings.TrimLeft(head, " "))]
			code = code[:open+1] + "\n" + in + "    " + code[open+1:len(code)-1] + "\n" + in + ")"
			text = strings.ReplaceAll(text, "\n", "\n"+indent)
			b.WriteString(indent + strings.Replace(text, "{}", code, 1) + "\n")
			return
		}
		text = strings.Replace(text, "{}", code, 1)
	}
	b.WriteString(indent + strings.ReplaceAll(text, "\n", "\n"+indent) + "\n")
}

// sizeSentence says how large the network is as Keras counts and orders shapes.
func sizeSentence(n *target.Network) string {
	return target.SizeSentence(n, count.Style{Keras: true, Biases: true}, func(s tensor.Shape) string {
		return shapeText(s, held{order: inputOrder(s, entersAsSequences(n))})
	})
}
