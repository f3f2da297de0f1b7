package ui

import (
	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/app/transfer"
	"paramstack/core/catalog"
)

// An opening is what a script asked to be opened: how many readings of it are to come,
// and what came of the others.
type opening struct {
	left                        int
	networks, notices, problems []any
	done                        func(result map[string]any)
}

// openForm is how a script opens files.
const openForm = "paramstack.open([{name, text} | {name, bytes}], {expression, input})"

// open opens files for a script as if they had been dropped.
func (c *Shell) open(o browser.Opening, ok bool, done func(result map[string]any)) {
	all := &opening{done: done}
	if !ok {
		all.problem(transfer.Problem{Column: 1, Text: c.say(catalog.UIOpenBad, openForm)})
		all.end()
		return
	}
	readings := together(o.Files)
	all.left = len(readings)
	for i := range readings {
		readings[i].opening = all
		readings[i].expression, readings[i].input = o.Expression, o.Input
	}
	c.enqueue(readings...)
}

// add notes what the page shows of a reading; so many networks were opened before it.
func (o *opening) add(s *editor.State, before int, problems []transfer.Problem) {
	if o == nil {
		return
	}
	for _, n := range s.Opened[before:] {
		o.networks = append(o.networks, n.Name)
	}
	if n := s.Notice; n != nil {
		lang := s.Prefs.Lang
		said := n.Say.In(lang)
		o.notices = append(o.notices, said)
		for _, d := range n.Details {
			o.notices = append(o.notices, d)
		}
		switch {
		case n.Tone == editor.ToneBad && len(problems) == 0:
			line, column := n.Say.Place()
			problems = []transfer.Problem{{Line: line, Column: column, Text: said}}
		case n.Say.Key == catalog.NoticeLoaded:
			o.networks = append(o.networks, s.Name())
		case n.Say.Key == catalog.ImportCancelled:
			problems = []transfer.Problem{{Column: 1, Text: said}}
		}
	}
	for _, p := range problems {
		o.problem(p)
	}
	if o.left--; o.left == 0 {
		o.end()
	}
}

func (o *opening) problem(p transfer.Problem) {
	o.problems = append(o.problems, map[string]any{"line": p.Line, "column": p.Column, "text": p.Text})
}

func (o *opening) end() {
	list := func(all []any) []any { return append([]any{}, all...) } // an empty list, not null
	o.done(map[string]any{"networks": list(o.networks), "notices": list(o.notices), "problems": list(o.problems)})
}
