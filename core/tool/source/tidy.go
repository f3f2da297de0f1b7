package source

import (
	"strings"
)

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

// unfenced returns the longest part between fences.
func unfenced(lines []string) []string {
	var longest []string
	open := -1
	for i, l := range lines {
		if !strings.HasPrefix(strings.TrimSpace(l), "```") {
			continue
		}
		if open >= 0 && i-open > len(longest) {
			longest = lines[open:i]
		}
		if open >= 0 {
			open = -1
		} else {
			open = i + 1
		}
	}
	if open >= 0 && len(lines)-open > len(longest) { // cut off before its end
		longest = lines[open:]
	}
	if longest == nil {
		return lines
	}
	return longest
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
