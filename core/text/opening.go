package text

import "strings"

// The first line of a network may be its input without the word: 3x224x224, 1x28x28 conv
// 20 k5, or a dense network by its widths: 784 -> 128 -> 10, 784-128-10.

// first reports whether nothing but a name is before the statement that is read.
func (p *parser) first() bool { return p.count == 1 || p.named && p.count == 2 }

// opening writes a first line that begins with a shape, and reports whether it can mean
// nothing else; "" if it is no such line.
func (p *parser) opening(src string) (line string, sure bool) {
	src = strings.NewReplacer(" x ", "x", "*", "x").Replace(src)
	shape, rest, _ := strings.Cut(src, " ")
	sides := strings.Split(strings.TrimSuffix(shape, ","), "x")
	for _, s := range sides {
		if !extent(s) {
			return p.widths(src), true
		}
	}
	switch rest = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), "->")); {
	case len(sides) == 1:
		return p.widths(src), true
	case len(sides) > 4, rest != "" && !isLetter(rest[0]), rest != "" && len(sides) < 3:
		return "", false // 7x7, 64, stride 2
	case rest != "" && kindSaid(strings.Fields(rest)[0]) == nil:
		return "", false
	}
	if number(sides[1]) < 8 {
		return "", false // 3x3x64: a kernel and its filters
	}
	line = "input " + strings.Join(sides, "x")
	if sure = len(sides) > 2; !sure {
		line = "input 1x" + strings.Join(sides, "x") // an image, or a sequence
	}
	if rest != "" {
		line += "; " + rest
	}
	return line, sure
}

// widths writes a dense network by its widths, each with an activation behind it or none;
// "" if a line is none.
func (p *parser) widths(src string) string {
	parts := strings.Split(src, "->")
	if len(parts) == 1 && strings.Trim(src, "0123456789-") == "" {
		parts = strings.Split(src, "-")
	}
	if len(parts) < 2 || !extent(strings.TrimSpace(parts[0])) {
		return ""
	}
	lines := []string{"input " + strings.TrimSpace(parts[0])}
	for _, part := range parts[1:] {
		switch part = strings.TrimSpace(part); {
		case part == "":
			return ""
		case extent(strings.Fields(part)[0]):
			lines = append(lines, "linear "+part)
		default:
			lines = append(lines, part)
		}
	}
	return strings.Join(lines, "; ")
}

// extent reports whether a word is a number as extents are written, which no date is.
func extent(s string) bool { return digits(s) && s[0] != '0' }

// isApplied reports whether s is what Keras applies a layer to: (x).
func isApplied(s string) bool {
	name := strings.TrimSuffix(strings.TrimPrefix(s, "("), ")")
	return len(name) == len(s)-2 && isLabel(name)
}

// sized writes sizes in brackets as the notation has them: conv 32 (3, 3) is conv 32 3x3.
// What follows a word is a call's arguments.
func sized(src string) string {
	for from := 0; ; {
		open := strings.IndexByte(src[from:], '(')
		if open < 0 {
			return src
		}
		open += from
		end := strings.IndexByte(src[open:], ')')
		if end < 0 {
			return src
		}
		from = open + 1
		sides := strings.Split(src[open+1:open+end], ",")
		whole := open == 0 || src[open-1] == ' ' || src[open-1] == '='
		for i := range sides {
			sides[i] = strings.TrimSpace(sides[i])
			whole = whole && digits(sides[i])
		}
		if whole && len(sides) > 1 {
			src = src[:open] + strings.Join(sides, "x") + src[open+end+1:]
		}
	}
}
