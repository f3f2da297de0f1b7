package summary

import (
	"regexp"
	"strings"
)

var (
	rulerInside = regexp.MustCompile(`[=_─]{10,}`)
	rowInside   = regexp.MustCompile(`([\])] +[\d,]+) +(\S+ \(\w+\) +[\[(]|\S+-\d+ +\[)`)
	totalInside = regexp.MustCompile(` ((?:Total|Trainable|Non-trainable) params:)`)
)

// divided puts the ends of lines back into a table that was pasted without them.
func divided(text string) string {
	if strings.Count(strings.TrimSpace(text), "\n") > 1 || !rulerInside.MatchString(text) {
		return text
	}
	text = rulerInside.ReplaceAllString(text, "\n$0\n")
	text = rowInside.ReplaceAllString(text, "$1\n$2")
	text = rowInside.ReplaceAllString(text, "$1\n$2") // rows that share what divides them
	lines := strings.Split(totalInside.ReplaceAllString(text, "\n$1"), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// plainColumns divides a line by blanks where tabs or Markdown's bars do, as a
// spreadsheet, a web page or a README has it.
func plainColumns(line string) (plain string, divided bool) {
	line = strings.TrimRight(line, " \t\r\n")
	if strings.Contains(line, "\t") {
		return strings.ReplaceAll(line, "\t", "   "), true
	}
	if strings.HasPrefix(line, "|") && strings.HasSuffix(line, "|") && strings.Contains(strings.Trim(line, "|"), "|") {
		return strings.TrimSpace(strings.ReplaceAll(line, "|", "   ")), true
	}
	return line, false
}

// elided is a line that the author of a text wrote for rows that he left out; statesShape
// is in lines that are rows.
var (
	elided = regexp.MustCompile(`^[\s│|├└─\[(<{#:*]*(?:(?:\.\.\.|…|⋮|\. \. \.).{0,80}|` +
		`(?:truncated|omitted|snip|snipped|skipped)[\])>} ]*)$`)
	statesShape = regexp.MustCompile(`[\[(](?:None|null|-?\d+),`)
)

// hasHeader reports whether a text has the header of a table.
func hasHeader(text string) bool {
	for line := range strings.Lines(text) {
		if layoutOf(line) != nil {
			return true
		}
	}
	return false
}
