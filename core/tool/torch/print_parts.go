package torch

import (
	"regexp"
	"strconv"
	"strings"
)

// Parts of a print: one whose beginning or end was cut off, and modules in a list, in a
// dictionary or by line, as loops over children() and named_children() print them.

// opened returns the modules that were open before a text began, outermost first: those
// that it closes and does not open. Nil if it begins with a tree of its own.
func opened(lines []string) (open []*module) {
	first := -1
	for i, line := range lines {
		if found := printRoot.FindStringSubmatch(line); found != nil && found[2] == "" {
			return nil
		}
		if isWhole(line) {
			first = i
			break
		}
	}
	if first < 0 {
		return nil
	}
	depth, least := 0, -1
	for _, line := range lines[first:] {
		switch {
		case line == ")":
			depth--
			least = min(least, depth)
		case strings.HasSuffix(line, "(") && (printLine.MatchString(line) || printRoot.MatchString(line)):
			depth++
		}
	}
	for range min(-least, maxModuleDepth) {
		m := &module{class: "Module", times: 1}
		if len(open) > 0 {
			outer := open[len(open)-1]
			outer.kids = append(outer.kids, m)
		}
		open = append(open, m)
	}
	open[len(open)-1].leaveOut()
	return open
}

// isWhole reports whether a line is a module of torch.nn with all its arguments, which no
// other text has.
func isWhole(line string) bool {
	found := printLine.FindStringSubmatch(line)
	return found != nil && isLayer(found[3]) && strings.HasSuffix(found[4], ")") && balance(line) == 0
}

// closeAll ends the modules that a text left open: what it lacks is one more module.
func closeAll(open []*module) *module {
	open[len(open)-1].leaveOut()
	for i := len(open) - 1; i >= 0; i-- {
		open[i].split()
	}
	return open[0]
}

var (
	// "conv1 Conv2d(…)", "0 -> Conv2d(…)", "('fc', Linear(…))", and in a list or a
	// dictionary "Conv2d(…)", "'fc': Linear(…)".
	listedModuleLine = regexp.MustCompile(`^(?:\(?['"]?([\w.]{1,100})['"]?(?: ?->| ?:|,)? +)?([A-Za-z_][\w.]{0,100})\((.*)\)$`)
	entryBefore      = regexp.MustCompile(`^(?:OrderedDict\(|dict_values\(|odict_values\(|ModuleList\()?[\[{](.*)[\]}]\)?$`)
)

// inTree writes modules in a list, in a dictionary or by line as a tree, and returns a text
// that has none as it is.
func inTree(text string) string {
	trimmed := strings.TrimSpace(text)
	items, class := strings.Split(trimmed, "\n"), "ModuleList"
	if m := entryBefore.FindStringSubmatch(strings.ReplaceAll(trimmed, "\n", " ")); m != nil {
		items = splitTop(m[1], ',')
		if strings.Contains(trimmed[:len(trimmed)-len(m[1])], "{") {
			class = "ModuleDict"
		}
	} else if len(items) < 2 {
		return text
	}
	var b strings.Builder
	b.WriteString(class + "(\n")
	n := 0
	for _, item := range items {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		if strings.HasPrefix(item, "('") || strings.HasPrefix(item, `("`) {
			item = strings.TrimSuffix(item, ")")
		}
		m := listedModuleLine.FindStringSubmatch(item)
		if m == nil || !isLayer(m[2][strings.LastIndexByte(m[2], '.')+1:]) || strings.Contains(m[3], "): ") ||
			balance(m[3]) != 0 {
			return text
		}
		name := m[1]
		if name == "" {
			name = strconv.Itoa(n)
		}
		b.WriteString("  (" + name + "): " + m[2] + "(" + m[3] + ")\n")
		n++
	}
	if n == 0 {
		return text
	}
	return b.String() + ")\n"
}
