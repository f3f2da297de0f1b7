package torch

import (
	"regexp"
	"strings"
)

// printLines divides a text so that a line opens one module, closes one, or has
// arguments, however it was pasted: indented, quoted, in a comment or a fence, with the
// numbers of lines or the head of a logger, without its line ends, or wrapped in the
// middle of a layer. Lines that are empty are left out, and what is written behind a
// module.
func printLines(text string) []string {
	text = figures.ReplaceAllString(colors.ReplaceAllString(text, ""), "")
	if strings.Contains(text, `\n  (`) && !strings.Contains(text, "\n  (") {
		text = strings.ReplaceAll(text, `\n`, "\n") // repr(str(model)), a field of JSON
	}
	var lines []string
	for _, line := range withoutHeads(strings.Split(text, "\n")) {
		line = strings.TrimSpace(strings.TrimLeft(line, " \t>|#'\""))
		if line == "" || strings.HasPrefix(line, "```") {
			continue
		}
		if n := len(lines); n > 0 && len(lines[n-1]) < maxWrapped && isWrapped(lines[n-1]) &&
			!printedInside.MatchString(line) {
			lines[n-1] += " " + line
			continue
		}
		for len(line) > 0 {
			at := len(line)
			for _, found := range printedInside.FindAllStringIndex(line, -1) {
				if found[0] > 0 {
					at = found[0]
					break
				}
			}
			lines = append(lines, printParts(strings.TrimSpace(line[:at]))...)
			line = line[at:]
		}
	}
	for i := range lines[:max(len(lines)-1, 0)] {
		// model = Net(
		if found := rootBehind.FindString(lines[i]); found != "" && (printLine.MatchString(lines[i+1]) ||
			parameterLine.MatchString(lines[i+1])) && !printLine.MatchString(lines[i]) {
			lines[i] = strings.TrimLeft(found, " :=>")
		}
	}
	return lines
}

var (
	colors     = regexp.MustCompile("\x1b\\[[0-9;]*m")
	rootBehind = regexp.MustCompile(`[ :=>][A-Za-z_][\w.]{0,200} ?\($`)
	opening    = regexp.MustCompile(`[A-Za-z_][\w.]{0,200} ?\($`)
	// openedAlone is a model that begins behind the end of another one: )Net2(
	openedAlone = regexp.MustCompile(`^[A-Za-z_][\w.]{0,200} ?\($`)
	// entered is a model that begins as an entry of a dictionary behind another: 'netD': Net(
	entered = regexp.MustCompile(`^['"][^'"]{1,200}['"]: [A-Za-z_][\w.]{0,200} ?\($`)
	// remark is what is written behind a module: a comment, an arrow to it.
	remark = regexp.MustCompile(`^(?:#|//|<|-|=|\*|;|'|")`)
)

// printParts divides a text with one module at most: the module, what closes those
// around it, and what opens behind them. Remarks are left out.
func printParts(part string) (parts []string) {
	if end := closed(part); end > 0 && printLine.MatchString(part) {
		parts, part = append(parts, part[:end]), strings.TrimSpace(part[end:])
		for strings.HasPrefix(part, ")") {
			parts, part = append(parts, ")"), strings.TrimLeft(part[1:], " ,")
		}
		if openedAlone.MatchString(part) {
			parts = append(parts, part)
		}
		return parts
	}
	if strings.HasPrefix(part, ")") {
		for strings.HasPrefix(part, ")") {
			parts, part = append(parts, ")"), strings.TrimLeft(part[1:], " ,")
		}
		if part != "" && (!remark.MatchString(part) || entered.MatchString(part)) {
			parts = append(parts, part)
		}
		return parts
	}
	closers := 0
	for strings.HasSuffix(part, ")") && balance(part) < 0 {
		part, closers = strings.TrimSpace(strings.TrimSuffix(part, ")")), closers+1
	}
	parts = append(parts, part)
	for range closers {
		parts = append(parts, ")")
	}
	return parts
}

// maxWrapped is how long the text of one layer may be.
const maxWrapped = 2000

// isWrapped reports whether a line opens a layer and ends amid its arguments.
func isWrapped(line string) bool {
	found := printLine.FindStringSubmatch(line)
	return found != nil && found[4] != "" && !remark.MatchString(found[4]) && balance(line) > 0
}

// balance returns how many brackets a text opens more than it closes, besides those in
// quotes.
func balance(s string) int {
	n := 0
	brackets(s, func(_, depth int) bool { n = depth; return true })
	return n
}

// closed returns the end of the arguments of a module, (conv): Conv2d(…), 0 if they are
// open.
func closed(s string) int {
	end, pairs := 0, 0
	brackets(s, func(at, depth int) bool {
		if depth == 0 {
			end, pairs = at+1, pairs+1
		}
		return pairs < 2
	})
	if pairs < 2 {
		return 0
	}
	return end
}

// brackets calls f for each bracket of a text that is not in quotes, with its place and
// how many are open behind it, until f returns false.
func brackets(s string, f func(at, depth int) bool) {
	n, quote := 0, byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case (c == '\'' || c == '"') && strings.IndexByte(s[i+1:], c) >= 0:
			quote = c
			continue
		case c == '(':
			n++
		case c == ')':
			n--
		default:
			continue
		}
		if !f(i, n) {
			return
		}
	}
}

// withoutHeads takes away what is before each line of a model in the same form:
// 12: (numbers of lines), INFO:root:, a time, [1,0]<stdout>:. Digits may differ.
func withoutHeads(lines []string) []string {
	var head string
	n := 0
	for _, line := range lines {
		at := printedInside.FindStringIndex(line)
		if at == nil {
			continue
		}
		before := opening.ReplaceAllString(strings.TrimRight(line[:at[0]], " "), "") // Net( (conv): …
		form := strings.TrimRight(formOf(before), " \t>|#")
		if n++; n == 1 {
			head = form
		}
		for !strings.HasPrefix(form, head) {
			head = head[:len(head)-1]
		}
	}
	if head = strings.TrimRight(head, " \t"); strings.Trim(head, " \t>|#") == "" {
		return lines
	}
	without := make([]string, 0, len(lines))
	for _, line := range lines {
		if end := headEnd(line, head); end > 0 {
			line = line[end:]
		}
		without = append(without, line)
	}
	return without
}

// formOf writes a 0 for each number of a text.
func formOf(s string) string { return numberInside.ReplaceAllString(s, "0") }

var numberInside = regexp.MustCompile(`\d+`)

// headEnd returns where a head of a form ends in a line, 0 if it has none.
func headEnd(line, form string) int {
	at := 0
	for i := 0; i < len(form); i++ {
		switch {
		case at == len(line):
			return 0
		case form[i] == '0' && line[at] >= '0' && line[at] <= '9':
			for at < len(line) && line[at] >= '0' && line[at] <= '9' {
				at++
			}
		case form[i] != line[at]:
			return 0
		default:
			at++
		}
	}
	if strings.HasSuffix(form, "0") && at < len(line) && strings.IndexByte(".:|)", line[at]) >= 0 {
		at++
	}
	return at
}
