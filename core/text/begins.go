package text

import (
	"regexp"
	"strings"

	"paramstack/core/layer"
)

// firstStatement divides a statement into a label, its first word and the rest.
var firstStatement = regexp.MustCompile(`^(?:[A-Za-z_][\w.\-/]*: *)?([A-Za-z][a-z0-9]*)(?:[ \t]+(.*)|[;{].*|)$`)

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
		m := firstStatement.FindStringSubmatch(line)
		if m == nil {
			return false
		}
		word, rest := strings.ToLower(m[1]), m[2]
		switch k := layer.ByName(word); {
		case word == "name":
			return rest != "" && !strings.ContainsAny(rest, `:{"`)
		case word == "again" || word == "from" || word == "side" || strings.HasPrefix(word, "repeat"):
			return rest == "" || strings.ContainsRune("@0123456789{", rune(rest[0])) || strings.HasPrefix(rest, "off")
		case k == nil:
			return false
		}
		option := strings.Contains(rest, "=") || !strings.ContainsAny(rest, " \t,")
		return rest == "" || option || strings.ContainsRune("0123456789?;{@#-.", rune(rest[0]))
	}
	return false
}
