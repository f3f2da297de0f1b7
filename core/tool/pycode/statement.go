package pycode

import (
	"strconv"
	"strings"
)

// A Statement is one statement of a function's body: an *Assign, a *Return or a
// *Loop. Code decides on statements, and prints them once.
type Statement interface {
	// print writes the lines, each after an indent.
	print(b *strings.Builder, indent string)
}

// An Assign binds a variable to the value of an expression.
type Assign struct {
	Target, Value string
	Note          string // a comment after it, "" for none
}

// A Return ends a function with values.
type Return struct {
	Values []string
	Note   string
}

// A Loop runs its body so many times.
type Loop struct {
	Times int64
	Body  []Statement
}

func (a *Assign) print(b *strings.Builder, indent string) {
	b.WriteString(indent + a.Target + " = " + a.Value + note(a.Note) + "\n")
}

func (r *Return) print(b *strings.Builder, indent string) {
	b.WriteString(indent + "return " + strings.Join(r.Values, ", ") + note(r.Note) + "\n")
}

func (l *Loop) print(b *strings.Builder, indent string) {
	b.WriteString(indent + "for _ in range(" + strconv.FormatInt(l.Times, 10) + "):\n")
	PrintBody(b, l.Body, indent+"    ")
}

func note(s string) string {
	if s == "" {
		return ""
	}
	return "  # " + s
}

// PrintBody writes statements, each line after an indent.
func PrintBody(b *strings.Builder, body []Statement, indent string) {
	for _, s := range body {
		s.print(b, indent)
	}
}
