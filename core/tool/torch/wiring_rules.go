package torch

import (
	"slices"
	"strings"
)

// A wiringStep is one part of the wiring of a class.
type wiringStep struct {
	path     string         // a module in it
	optional bool           // it may be missing
	empty    bool           // it holds no modules
	replaced bool           // a text comes in its place
	text     string         // layers that forward calls as functions, as stack text
	join     string         // a branch with Paths, by the kind that joins it; "res": add and the value itself, if it fits
	paths    [][]wiringStep // of a branch
}

// A wiring is how the modules of a class feed each other.
type wiring struct {
	steps    []wiringStep
	names    []string // the modules that it needs, each at its path
	optional []string // those that may be missing
	all      bool     // one behind the other
}

// wirings are torchRules by class, made at the first use.
var wirings map[string][]*wiring

func wiringsOf(class string) []*wiring {
	if wirings == nil {
		wirings = map[string][]*wiring{}
		for line := range strings.Lines(torchRules) {
			names, rule, _ := strings.Cut(strings.TrimSpace(line), ": ")
			for _, name := range strings.Fields(names) {
				wirings[name] = append(wirings[name], parseRule(rule))
			}
		}
	}
	return wirings[class]
}

// parseRule reads a rule: paths of modules in order, ? behind those that may be
// missing, ~ behind those that must be empty, and - before those for which the
// <stack text> comes; <stack text>; kind{ path | path }.
func parseRule(rule string) *wiring {
	w := &wiring{}
	if rule == "*" {
		w.all = true
		return w
	}
	rest := rule
	w.steps = w.parse(&rest)
	return w
}

func (w *wiring) parse(rest *string) []wiringStep {
	var steps []wiringStep
	for {
		*rest = strings.TrimLeft(*rest, " ")
		s := *rest
		switch {
		case s == "" || s[0] == '}' || s[0] == '|':
			return steps
		case s[0] == '<':
			var text string
			text, *rest, _ = strings.Cut(s[1:], ">")
			steps = append(steps, wiringStep{text: text})
			continue
		}
		end := strings.IndexAny(s, " {}|")
		if end < 0 {
			end = len(s)
		}
		word := s[:end]
		*rest = s[end:]
		if strings.HasPrefix(*rest, "{") {
			st := wiringStep{join: word}
			for sep := "{"; strings.HasPrefix(*rest, sep); sep = "|" {
				*rest = (*rest)[1:]
				st.paths = append(st.paths, w.parse(rest))
			}
			*rest = strings.TrimPrefix(*rest, "}")
			steps = append(steps, st)
			continue
		}
		st := wiringStep{path: word}
		st.path, st.replaced = strings.CutPrefix(st.path, "-")
		st.path, st.optional = strings.CutSuffix(st.path, "?")
		st.path, st.empty = strings.CutSuffix(st.path, "~")
		if st.optional {
			w.optional = append(w.optional, st.path)
		} else if !slices.Contains(w.names, st.path) {
			w.names = append(w.names, st.path)
		}
		steps = append(steps, st)
	}
}

// suits reports whether a module has just the modules that the rule speaks of.
func (w *wiring) suits(m *module) bool {
	if w.all {
		return true
	}
	for _, name := range w.names {
		if m.kid(name) == nil {
			return false
		}
	}
	return w.covers(m, "") && w.empties(w.steps, m)
}

// covers reports whether every module below is spoken of, itself or with a frame
// around it.
func (w *wiring) covers(m *module, prefix string) bool {
	for _, k := range m.kids {
		path := joinPath(prefix, k.name)
		if slices.Contains(w.names, path) || slices.Contains(w.optional, path) {
			continue
		}
		inside := slices.ContainsFunc(w.names, func(n string) bool { return strings.HasPrefix(n, path+".") })
		if !inside || !w.covers(k, path) {
			return false
		}
	}
	return true
}

// empties reports whether modules are empty just where they must be.
func (w *wiring) empties(steps []wiringStep, m *module) bool {
	for _, s := range steps {
		if k := m.kid(s.path); s.empty && (k == nil || len(k.kids) > 0) {
			return false
		}
		for _, path := range s.paths {
			if !w.empties(path, m) {
				return false
			}
		}
	}
	return true
}
