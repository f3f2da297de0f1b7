package source

import (
	"regexp"
	"slices"
	"strings"
)

// pythonProgram is a line at which a program begins something.
var pythonProgram = regexp.MustCompile(
	`(?m)^(?:import \w[\w.]*(?: as \w+)?\s*$|from [\w.]+ import |def \w+\(.*|class \w+.*:\s*$)`)

// maxTidy is how large a text is that is tidied.
const maxTidy = 4 << 20

// Tidy returns a file without what a text collects where people paste it: quotes (>)
// before every line, a fence (```) around it, an indent of all lines, other ends of
// lines, blanks that do not break, boxes in letters of Windows; and in UTF-8, if it is in
// UTF-16. A file that is no text, or has none of them, is returned as it is.
func Tidy(f *File) *File {
	f = inUTF8(f)
	head, err := f.Read(0, min(f.Size, HeadSize))
	if err != nil || f.Size > maxTidy || !isText(head, f) {
		return f
	}
	data, err := f.All()
	if err != nil {
		return f
	}
	text := string(data)
	tidy := strings.TrimPrefix(text, "\ufeff")
	if !strings.Contains(tidy, "\n") {
		tidy = strings.ReplaceAll(tidy, "\r", "\n")
	}
	tidy = strings.ReplaceAll(tidy, "\u00a0", " ")
	lines := strings.Split(boxes(tidy), "\n")
	lines = unindented(unfenced(unquoted(lines)))
	if tidy = strings.Join(lines, "\n"); tidy == text {
		return f
	}
	return f.instead(tidy)
}

// instead returns the file with another text.
func (f *File) instead(text string) *File {
	t := f.Part(f.Name, int64(len(text)), strings.NewReader(text))
	t.Beside, t.Options = f.Beside, f.Options
	return t
}

// unquoted takes away the mark of a quotation, if every line has it.
func unquoted(lines []string) []string {
	var plain []string
	quoted := 0
	for _, l := range lines {
		rest, ok := strings.CutPrefix(strings.TrimLeft(l, " "), ">")
		switch {
		case strings.TrimSpace(l) == "":
			plain = append(plain, "")
			continue
		case !ok || strings.HasPrefix(rest, ">>"): // >>> is Python's
			return lines
		}
		quoted++
		plain = append(plain, strings.TrimPrefix(rest, " "))
	}
	if quoted < 2 {
		return lines
	}
	return plain
}

// pythonFences are what is behind a fence around Python.
var pythonFences = []string{"python", "python3", "py", "pycon", "ipython", "ipython3"}

// A fenced is a part between fences.
type fenced struct {
	from, to int // its lines
	python   bool
}

// unfenced returns the longest part between fences. Where that is Python it returns all
// such parts, each on the lines that it has, since a page has a program in pieces.
// Fences in the documentation of a program are no fences.
func unfenced(lines []string) []string {
	var all []fenced
	open, python := -1, false
	var outside strings.Builder
	for i, l := range lines {
		word, ok := strings.CutPrefix(strings.TrimSpace(l), "```")
		switch {
		case !ok && open < 0:
			outside.WriteString(l + "\n")
		case ok && open >= 0:
			all, open = append(all, fenced{open, i, python}), -1
		case ok:
			word, _, _ = strings.Cut(strings.ToLower(strings.TrimLeft(word, "` {.")), " ")
			open, python = i+1, slices.Contains(pythonFences, strings.TrimRight(word, "}"))
		}
	}
	if open >= 0 { // cut off before its end
		all = append(all, fenced{open, len(lines), python})
	}
	if len(all) == 0 || pythonProgram.MatchString(outside.String()) {
		return lines
	}
	longest := fenced{}
	for i, f := range all {
		all[i].python = f.python || pythonProgram.MatchString(strings.Join(lines[f.from:f.to], "\n"))
		if f.to-f.from > longest.to-longest.from {
			longest = all[i]
		}
	}
	if !longest.python {
		return lines[longest.from:longest.to]
	}
	parts := make([]string, len(lines))
	for _, f := range all {
		if f.python {
			copy(parts[f.from:f.to], unindented(lines[f.from:f.to]))
		}
	}
	return parts
}

// unindented takes away the indent that all lines have.
func unindented(lines []string) []string {
	indent := -1
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if n := len(l) - len(strings.TrimLeft(l, " \t")); indent < 0 || n < indent {
			indent = n
		}
	}
	if indent <= 0 {
		return lines
	}
	plain := make([]string, len(lines))
	for i, l := range lines {
		plain[i] = l[min(indent, len(l)):]
	}
	return plain
}
