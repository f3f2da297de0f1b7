package text

import (
	"strings"

	"paramstack/core/layer"
)

// firstStatement divides a statement into its first word, behind a label if it has one,
// and what follows it after blanks. It is false of what is no statement.
func firstStatement(line string) (word, rest string, ok bool) {
	if label, after, found := strings.Cut(line, ":"); found && likeLabel(label) {
		line = strings.TrimLeft(after, " ")
	}
	if line == "" || !isLetter(line[0]) {
		return "", "", false
	}
	n := 1
	for n < len(line) && (line[n] >= 'a' && line[n] <= 'z' || line[n] >= '0' && line[n] <= '9') {
		n++
	}
	word, rest = line[:n], line[n:]
	switch {
	case rest == "":
		return word, "", true
	case rest[0] == ' ' || rest[0] == '\t':
		return word, strings.TrimLeft(rest, " \t"), true
	}
	return word, "", rest[0] == ';' || rest[0] == '{'
}

// likeLabel reports whether s looks like a label, or like the name that another tool gave
// a layer.
func likeLabel(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && c != '_' && (i == 0 || (c < '0' || c > '9') && c != '.' && c != '-' && c != '/') {
			return false
		}
	}
	return s != ""
}

// Begins reports whether a text begins like a stack text, whatever mistakes are in
// it: its first statement is of a kind of layer, with a number or an option behind it,
// or one of the words of the notation. Prose, source code and tables of other tools
// do not.
func Begins(src string) bool {
	for line := range strings.Lines(src) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, rest, ok := firstStatement(line)
		if !ok {
			return false
		}
		word = strings.ToLower(word)
		switch k := layer.ByName(word); {
		case word == "name":
			return rest != "" && !strings.ContainsAny(rest, `:{"`)
		case word == "again" || word == "from" || word == "side" || strings.HasPrefix(word, "repeat"):
			return rest == "" || strings.ContainsRune("@0123456789{", rune(rest[0])) || strings.HasPrefix(rest, "off")
		case k == nil:
			return false
		}
		option := strings.Contains(rest, "=") || !strings.ContainsAny(rest, " \t,") && !strings.HasSuffix(rest, ":")
		return rest == "" || option || strings.ContainsRune("0123456789?;{@#-.", rune(rest[0]))
	}
	return false
}
