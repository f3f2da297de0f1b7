package text

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"paramstack/core/arch"
	"paramstack/core/layer"
)

func unknownNode(n arch.Node) string { return fmt.Sprintf("text: unknown node %T", n) }

// A style is one way to write a model.
type style uint8

const (
	full    style = iota // for people: a statement a line, names in full, comments
	compact              // as short as the grammar allows, without comments
	linked               // as compact, in the characters that mean nothing in an address
)

// Format writes a model as people read it: one statement a line, blocks
// indented by two spaces, only what differs from the defaults. A text made of
// its own result is the same text.
func Format(m arch.Model) string {
	w := writer{b: make([]byte, 0, 1024)}
	if name := cut(cleanName(m.Name)); name != "" {
		w.b = append(append(append(w.b, "name "...), name...), '\n')
	}
	w.lines(m.Body, 0)
	w.comments(m.Tail, 0)
	return string(w.b)
}

// Compact writes a model in one line and as short as the grammar allows. Comments
// are left out.
func Compact(m arch.Model) string {
	w := writer{style: compact}
	w.named(m)
	w.row(m.Body)
	return string(w.b)
}

// Short writes a model as a link shows it: as Compact, with _ for a space and ~
// for a semicolon, in letters, digits, - and . only. It reports false if the
// model cannot be said so: it has blocks, or a name with other characters.
func Short(m arch.Model) (string, bool) {
	for _, n := range m.Body {
		if _, ok := n.(*arch.Leaf); !ok {
			return "", false
		}
	}
	w := writer{style: linked}
	w.named(m)
	w.row(m.Body)
	for i, c := range w.b {
		switch {
		case isLetter(c), c >= '0' && c <= '9', c == '-', c == '.':
		case c == ' ':
			w.b[i] = '_'
		case c == ';':
			w.b[i] = '~'
		default:
			return "", false
		}
	}
	return string(w.b), true
}

// Long turns what Short made back into a stack text.
func Long(short string) string { return longer.Replace(short) }

var longer = strings.NewReplacer("_", " ", "~", ";")

// Commented reports whether a model has comments, which only Format writes.
func Commented(m arch.Model) bool {
	found := len(m.Tail) > 0
	m.Walk(func(n arch.Node) {
		h := n.Head()
		found = found || len(h.Above) > 0 || h.After != ""
		switch n := n.(type) {
		case *arch.Leaf:
		case *arch.Repeat:
			found = found || len(n.Tail) > 0
		case *arch.Branch:
			for _, p := range n.Paths {
				found = found || len(p.Tail) > 0
			}
		default:
			panic(unknownNode(n))
		}
	})
	return found
}

// Statement writes one statement without its label and its comments; of a block
// only the head.
func Statement(n arch.Node) string {
	w := writer{}
	w.head(n)
	return string(w.b)
}

type writer struct {
	b     []byte
	style style
}

func (w *writer) str(s string)    { w.b = append(w.b, s...) }
func (w *writer) option(s string) { w.b = append(append(w.b, ' '), s...) }

// cut shortens a name to what may be read again.
func cut(name string) string {
	if len(name) > MaxName && utf8.RuneCountInString(name) > MaxName {
		name = strings.TrimSpace(string([]rune(name)[:MaxName]))
	}
	return name
}

// lines writes a body, a statement a line.
func (w *writer) lines(body []arch.Node, indent int) {
	for _, n := range body {
		h := n.Head()
		w.comments(h.Above, indent)
		w.indent(indent)
		if h.Label != "" {
			w.str(h.Label)
			w.str(": ")
		}
		w.head(n)
		switch n := n.(type) {
		case *arch.Leaf:
			w.after(h)
		case *arch.Repeat:
			if n.Of != "" {
				w.after(h)
				continue
			}
			w.str(" {")
			w.after(h)
			w.lines(n.Body, indent+1)
			w.comments(n.Tail, indent+1)
			w.line(indent, "}")
		case *arch.Branch:
			if refsOnly(n) {
				w.after(h)
				continue
			}
			w.str(" {")
			w.after(h)
			for i, p := range n.Paths {
				if i > 0 {
					w.line(indent, "|")
				}
				if p.From != "" {
					w.indent(indent + 1)
					w.b = append(append(append(w.b, '@'), p.From...), '\n')
				}
				w.lines(p.Body, indent+1)
				w.comments(p.Tail, indent+1)
			}
			w.line(indent, "}")
		default:
			panic(unknownNode(n))
		}
	}
}

func (w *writer) indent(n int) {
	for range n {
		w.str("  ")
	}
}

func (w *writer) line(indent int, s string) {
	w.indent(indent)
	w.b = append(append(w.b, s...), '\n')
}

func (w *writer) comments(lines []string, indent int) {
	for _, c := range lines {
		w.indent(indent)
		w.b = append(w.b, '#')
		if c = cleanComment(c); c != "" {
			w.option(c)
		}
		w.b = append(w.b, '\n')
	}
}

// after writes the comment behind a statement, and ends its line.
func (w *writer) after(h *arch.Head) {
	if c := cleanComment(h.After); c != "" {
		w.str("  # ")
		w.str(c)
	}
	w.b = append(w.b, '\n')
}

// refsOnly reports whether a branch joins the current value (unless its kind is
// Bare) and labels, which needs no block.
func refsOnly(n *arch.Branch) bool {
	own := len(n.Paths) - len(refs(n)) // paths that are the current value
	for i, p := range n.Paths {
		if len(p.Body) > 0 || len(p.Tail) > 0 || (p.From == "") != (i < own) {
			return false
		}
	}
	return len(n.Paths) > own
}

// refs are the paths of a refsOnly branch that are written as references.
func refs(n *arch.Branch) []arch.Path {
	if n.Join.Kind().Takes == layer.TakesLabel || len(n.Paths) == 0 {
		return n.Paths
	}
	return n.Paths[1:]
}

// named writes the name of a model and what divides it from the rest.
func (w *writer) named(m arch.Model) {
	if name := cut(cleanName(m.Name)); name != "" {
		w.str("name ")
		w.str(name)
		if len(m.Body) > 0 {
			w.b = append(w.b, ';')
		}
	}
}

// row writes a body in one line.
func (w *writer) row(body []arch.Node) {
	for i, n := range body {
		if i > 0 {
			w.b = append(w.b, ';')
		}
		label := n.Head().Label
		if label != "" && w.style == compact {
			w.str(label)
			w.b = append(w.b, ':')
		}
		w.head(n)
		if label != "" && w.style == linked {
			w.option("as ")
			w.str(label)
		}
		switch n := n.(type) {
		case *arch.Leaf:
		case *arch.Repeat:
			if n.Of != "" {
				continue
			}
			w.b = append(w.b, '{')
			w.row(n.Body)
			w.b = append(w.b, '}')
		case *arch.Branch:
			if refsOnly(n) {
				continue
			}
			w.b = append(w.b, '{')
			for i, p := range n.Paths {
				if i > 0 {
					w.b = append(w.b, '|')
				}
				if p.From != "" {
					w.b = append(append(w.b, '@'), p.From...)
					if len(p.Body) > 0 {
						w.b = append(w.b, ' ')
					}
				}
				w.row(p.Body)
			}
			w.b = append(w.b, '}')
		default:
			panic(unknownNode(n))
		}
	}
}

// head writes a statement up to its block.
func (w *writer) head(n arch.Node) {
	switch n := n.(type) {
	case *arch.Leaf:
		w.layer(n.Layer)
		if n.Frozen {
			w.option("frozen")
		}
		if n.Shares != "" {
			w.option("shares @")
			w.str(n.Shares)
		}
	case *arch.Repeat:
		if n.Of != "" {
			w.str("again @")
			w.str(n.Of)
			return
		}
		w.str("repeat")
		if w.style == full {
			w.b = append(w.b, ' ')
		}
		w.b = strconv.AppendInt(w.b, n.Times, 10)
		if n.Shared {
			w.option("shared")
		}
	case *arch.Branch:
		w.layer(n.Join)
		if refsOnly(n) {
			for _, p := range refs(n) {
				w.option("@")
				w.str(p.From)
			}
		}
	default:
		panic(unknownNode(n))
	}
}

// layer writes a layer: its kind, its main value, options with their short
// names where they have one, then switches.
func (w *writer) layer(l layer.Layer) {
	k := l.Kind()
	name := k.Name
	if w.style != full && k.Alias != "" {
		name = k.Alias
	}
	w.str(name)
	glued := false
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Main && !f.IsDefault(l) {
			value := w.value(f, l)
			if glued = w.style != full && glues(k, name, value); !glued && value != "" {
				w.b = append(w.b, ' ')
			}
			w.str(value)
		}
	}
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Main || f.Off != "" || f.IsDefault(l) {
			continue
		}
		value := w.value(f, l)
		switch {
		case value == "":
			continue
		case f.Short != "":
			if !glued {
				w.b = append(w.b, ' ')
			}
			w.str(f.Short)
		default:
			glued = false
			w.option(f.Name)
			if w.style == linked {
				w.b = append(w.b, ' ')
			} else {
				w.b = append(w.b, '=')
			}
		}
		w.str(value)
	}
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Off != "" && !f.IsDefault(l) {
			w.option(f.Off)
		}
	}
}

// value writes the value of a field. In a link a product has an x, and a large
// decimal number no plus.
func (w *writer) value(f *layer.Field, l layer.Layer) string {
	value := f.Text(l)
	if w.style == linked {
		value = strings.ReplaceAll(strings.ReplaceAll(value, "*", "x"), "e+", "e")
	}
	return value
}

// glues reports whether a main value may follow the name of its kind without a
// space, and short options may follow both.
func glues(k *layer.Kind, name, value string) bool {
	if value == "" || isLetter(value[0]) || valueEnd(value, 0) < len(value) {
		return false
	}
	found, at := head(name + value)
	return found == k && at == len(name)
}
