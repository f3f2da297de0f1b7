package importer

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/link"
	"paramstack/core/text"
)

// stack is paramstack itself: the stack text, and links in a text file.
var stack = Format{
	Name: "stack", Label: "paramstack", Exts: []string{".stack", ".txt", ".text"},
	Detect: func(head []byte, f *File) bool {
		if strings.HasSuffix(strings.ToLower(f.Name), ".stack") {
			return true
		}
		_, ok := fragment(head)
		return ok || startsStack(head)
	},
	Import: func(f *File) (*Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		if s, ok := fragment(data); ok {
			m, d := link.Decode(s)
			if d != nil {
				return nil, d
			}
			return &Result{Model: m}, nil
		}
		file, problems := text.Parse(string(data))
		for _, d := range problems {
			if d.Severity == diag.Error {
				line, column := 1, 1
				if d.Span != nil {
					line, column = text.Position(string(data), d.Span.Start)
				}
				return nil, diag.New(catalog.ImportTextBad, line, column, d.Say)
			}
		}
		return &Result{Model: file.Model}, nil
	},
}

// fragment returns the fragment of a file that holds a link and nothing else.
func fragment(data []byte) (string, bool) {
	s := strings.TrimSpace(string(data[:min(len(data), link.MaxChars)]))
	if strings.ContainsAny(s, " \n\t") {
		return "", false
	}
	_, s, ok := strings.Cut(s, "#")
	return s, ok && (strings.HasPrefix(s, "1.") || strings.HasPrefix(s, "1z"))
}

// startsStack reports whether a text's first statement is one that stacks begin
// with.
func startsStack(head []byte) bool {
	if !utf8.Valid(head) && len(head) < headSize {
		return false
	}
	for line := range bytes.Lines(head) {
		line = bytes.ToLower(bytes.TrimSpace(line))
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if rest, ok := bytes.CutPrefix(line, []byte("input ")); ok {
			return len(rest) > 0 && (rest[0] == '?' || rest[0] >= '0' && rest[0] <= '9')
		}
		return bytes.HasPrefix(line, []byte("name ")) && !bytes.ContainsAny(line, `:{"`)
	}
	return false
}
