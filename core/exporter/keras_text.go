package exporter

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed keras_helpers.py
var kerasHelpers string

// helper reports whether a layer is one of keras_helpers.py.
func helper(class string) bool { return helperNames()[class] }

var helperNames = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, c := range chunks(kerasHelpers) {
		all[c.name] = true
	}
	return all
})

// text writes the whole program: helpers, functions, the network.
func (w *kerasCode) text() string {
	taken := newNames(pythonWords + " inputs outputs model")
	for _, b := range append(w.blocks, w.top.b) {
		for name := range b.locals { // a function may not hide another
			taken.taken[name] = true
		}
	}
	for name := range helperNames() {
		taken.taken[name] = true
	}
	all := classes(w.blocks, func(wish string) string {
		return taken.identifier(strings.TrimSuffix(wish, "block") + "_block")
	})
	for _, i := range w.top.b.inits {
		if i.e != nil {
			i.e.values(func(*arg) {}) // functions know their parameters now
		}
	}

	var b strings.Builder
	b.WriteString(w.net.docstring(true) + "\nimport keras\nfrom keras import layers\n")
	for _, chunk := range chunks(kerasHelpers) {
		if w.helpers[chunk.name] {
			b.WriteString("\n\n" + chunk.text)
		}
	}
	for _, c := range all {
		b.WriteString("\n\ndef " + c.name + "(x")
		for _, p := range c.params {
			b.WriteString(", " + p.name)
		}
		b.WriteString(", name):\n")
		for _, i := range c.first.inits {
			i.statement(&b, "    ")
		}
	}
	if len(all)+len(w.helpers) > 0 {
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	w.finish()
	for _, i := range w.top.b.inits {
		i.statement(&b, "")
	}
	return b.String()
}

// finish writes the last lines of the program: the outputs, and the model.
func (w *kerasCode) finish() {
	outputs := strings.Join(w.outputs, ", ")
	last := len(w.top.b.inits) - 1
	if len(w.outputs) > 1 {
		outputs = "[" + outputs + "]"
	} else if last >= 0 && !w.top.held(outputs) {
		if code, ok := strings.CutPrefix(w.top.b.inits[last].text, outputs+" = "); ok {
			outputs = "outputs"
			w.top.b.inits[last].text = outputs + " = " + code
		}
	}
	inputs := strings.Join(w.inputs, ", ")
	if len(w.inputs) != 1 {
		inputs = "[" + inputs + "]"
	}
	name := strings.ToLower(layerName(w.net.Model.Name, "network"))
	w.top.b.inits = append(w.top.b.inits, init_{text: "\nmodel = keras.Model(" + inputs + ", " + outputs + ", name=" + quoted(name) + ")"})
}

// wide is how long a line may be before the arguments of its call get one of
// their own.
const wide = 100

// statement writes one statement of a function.
func (i *init_) statement(b *strings.Builder, indent string) {
	text := i.text
	if e, ok := i.e.(*call); ok {
		head, _, _ := strings.Cut(text, "{}")
		head = head[strings.LastIndex(head, "\n")+1:]
		code := e.text()
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
