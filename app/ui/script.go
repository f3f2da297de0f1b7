package ui

import (
	"time"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/count"
)

// export makes window.paramstack, for the console and other scripts. Exact
// numbers are strings, since JavaScript's own end at 2⁵³.
func (c *Shell) export() {
	browser.Export("paramstack", map[string]browser.Function{
		"text":   func(string, bool) any { return c.state.Doc.Text },
		"link":   func(string, bool) any { return browser.Link(c.state.Fragment()) },
		"report": func(string, bool) any { return c.report() },
		"load":   c.load,
		"picture": func(kind string, _ bool) any {
			if text := c.state.ExportDiagram(kind, editor.Drawing{}); text != "" {
				return text
			}
			return nil
		},
		"explain":  c.explain,
		"bench":    func(string, bool) any { return c.bench() },
		"whatifs":  func(string, bool) any { return c.whatifs() },
		"passport": func(string, bool) any { return c.passport() },
	})
	browser.ExportList("paramstack", "why", c.why)
	browser.ExportOptions("paramstack", "fit", c.fit)
	browser.ExportOpen("paramstack", "open", c.open)
	browser.ExportTexts("paramstack", "compare", c.compareTexts)
}

// bench counts the network ten times over and returns the milliseconds of once.
func (c *Shell) bench() float64 {
	const times = 10
	start := time.Now()
	for range times {
		count.Of(c.state.Doc.Model)
	}
	return float64(time.Since(start).Microseconds()) / 1000 / times
}

// load shows a stack text. It returns null, or what is wrong with the text.
func (c *Shell) load(text string, isText bool) any {
	if !isText {
		return c.say(catalog.UINoText)
	}
	c.update(editor.LoadText{Source: c.say(catalog.UIScript), Text: text})
	n := c.state.Notice
	c.do(func() {})
	if n != nil && n.Tone == editor.ToneBad {
		return n.Say.In(c.state.Prefs.Lang)
	}
	return nil
}

// explain returns why a row has its number, a sentence each; null if there is no such row.
func (c *Shell) explain(name string, isText bool) any {
	sentences, ok := c.state.Explain(name)
	if !isText || !ok {
		return nil
	}
	list := make([]any, len(sentences))
	for i, s := range sentences {
		list[i] = s
	}
	return list
}

func (c *Shell) report() map[string]any {
	return c.state.Doc.Report.Record(c.state.Name(), c.state.Prefs.Style())
}
