package pysource

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	// cellPrompt is how IPython and notebooks mark what was typed, and what came out.
	cellPrompt = regexp.MustCompile(`^(In|Out) ?\[ ?(?:\d+|\*)? ?\]:[ \t]?(.*)$`)
	// cellMore is how IPython marks the lines that follow.
	cellMore = regexp.MustCompile(`^ *\.{3,}: ?(.*)$`)
	// topLevel is a line that only Python has, outside of any block.
	topLevel = regexp.MustCompile(`(?m)^(?:import \w[\w.]*(?: as \w+)?\s*$|from [\w.]+ import |def \w+\(.*|class \w+.*:\s*$)`)
	// numbered is a line with its number before it, as listings print them.
	numbered = regexp.MustCompile(`^[ \t]*(\d{1,5})(?: ?[:.|│]|[ \t]|$)(.*)$`)
)

// plain blanks what is not Python where a source is pasted from a shell, a notebook or
// a listing: prompts, what was printed, magic, numbers of lines. Lines keep their
// numbers.
func plain(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	lines = unnumbered(lines)
	switch {
	case isSession(lines, isPrompt):
		typed(lines)
	case isSession(lines, cellPrompt.MatchString):
		typedInCells(lines)
	}
	for i, l := range lines {
		if trimmed := strings.TrimLeft(l, " \t"); strings.HasPrefix(trimmed, "%") || strings.HasPrefix(trimmed, "!") {
			lines[i] = l[:len(l)-len(trimmed)] + "pass"
		}
	}
	return strings.Join(lines, "\n")
}

func isPrompt(l string) bool { return l == ">>>" || strings.HasPrefix(l, ">>> ") }

// isSession reports whether lines are what a shell shows: some have its prompt, and the
// others, which are what was printed, have no Python. A file with prompts in its
// documentation is none.
func isSession(lines []string, prompt func(string) bool) bool {
	found := false
	for _, l := range lines {
		if prompt(l) {
			found = true
			if m := cellPrompt.FindStringSubmatch(l); m != nil && m[2] == "" {
				return true // its code is below it, as it is
			}
		} else if topLevel.MatchString(l) {
			return false
		}
	}
	return found
}

// typed leaves what follows the prompts of Python.
func typed(lines []string) {
	for i, l := range lines {
		switch {
		case strings.HasPrefix(l, ">>> "), strings.HasPrefix(l, "... "):
			lines[i] = l[4:]
		default:
			lines[i] = ""
		}
	}
}

// typedInCells leaves what follows the prompts of IPython: on their line and those
// marked as more of it, or, copied from a notebook, on all lines up to the next prompt.
func typedInCells(lines []string) {
	below := false // the prompt has a line of its own
	for i, l := range lines {
		prompt, more := cellPrompt.FindStringSubmatch(l), cellMore.FindStringSubmatch(l)
		switch {
		case prompt != nil && prompt[1] == "In":
			lines[i], below = prompt[2], strings.TrimSpace(prompt[2]) == ""
		case prompt != nil:
			lines[i], below = "", false
		case more != nil:
			lines[i] = more[1]
		case !below:
			lines[i] = ""
		}
	}
}

// unnumbered takes the numbers away from lines that all have them, one more each.
func unnumbered(lines []string) []string {
	next, count := -1, 0
	code := make([]string, len(lines))
	for i, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		m := numbered.FindStringSubmatch(l)
		if m == nil {
			return lines
		}
		n, _ := strconv.Atoi(m[1])
		if next >= 0 && n != next {
			return lines
		}
		next = n + 1
		count++
		code[i] = m[2]
	}
	const least = 3
	if count < least {
		return lines
	}
	shift := -1 // a blank or two part the number from a line without an indent
	for _, l := range code {
		if t := strings.TrimLeft(l, " \t"); t != "" && (shift < 0 || len(l)-len(t) < shift) {
			shift = len(l) - len(t)
		}
	}
	for i, l := range code {
		code[i] = l[min(max(shift, 0), len(l)):]
	}
	return code
}
