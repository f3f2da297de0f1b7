package ui

import (
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/text"
	"paramstack/core/why"
)

// why returns what gives a number, for other scripts: a list of reasons, the best first,
// whose properties are the problem of a number that cannot be read, and the nearest where
// nothing gives it.
func (c *Shell) why(number string, ok bool) ([]any, map[string]any) {
	list := []any{}
	n, d := why.Read(number)
	if !ok || d != nil {
		problem := c.say(catalog.WhyEmpty)
		if d != nil {
			problem = d.Say.In(c.state.Prefs.Lang)
		}
		return list, map[string]any{"problem": problem}
	}
	f := c.finder()
	a := f.Find(n)
	for a.More {
		a = f.Find(n)
	}
	for i := range a.Reasons {
		list = append(list, c.reason(&a.Reasons[i]))
	}
	switch {
	case a.Nearest != nil:
	case len(list) == 0:
		return list, map[string]any{"problem": c.say(whyNot(&a))}
	default:
		return list, nil
	}
	near := c.reason(&a.Nearest.Reason)
	near["off"], near["row"], near["block"] = a.Nearest.Off.String(), int(a.Nearest.Row), a.Nearest.Name
	return list, map[string]any{"nearest": near}
}

// finder returns what is known of the variants of the network. It is kept until the
// network or the way of counting is another.
func (c *Shell) finder() *why.Finder {
	c.variants = editor.FinderOf(&c.state, c.variants)
	return c.variants.Finder
}

// reason returns a reason as plain data.
func (c *Shell) reason(r *why.Reason) map[string]any {
	terms := make([]any, len(r.Terms))
	m, edited, gives := c.state.Doc.Model, false, r.Start
	for i := range r.Terms {
		t := &r.Terms[i]
		term := map[string]any{"name": t.Name, "text": t.Say.In(catalog.English), "change": t.Change.String()}
		if t.Net != "" {
			term["network"] = t.Net
		}
		terms[i] = term
		if t.Edit != nil {
			m, edited, gives = t.Edit(m), true, gives.Add(t.Change)
		}
	}
	record := map[string]any{"terms": terms, "start": r.Start.String(), "number": r.Number.String(), "unit": r.Quantity.String()}
	if edited {
		// Edits come before the ways of counting, which no stack has.
		record["stack"], record["gives"] = text.Format(m), gives.String()
	}
	return record
}
