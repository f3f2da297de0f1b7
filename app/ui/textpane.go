package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// mostLines is how many lines are numbered.
const mostLines = 5000

// textPane is the network in writing. What is in the field is the browser's:
// the page hears of every keystroke and writes only when blocks were edited.
func (c *Shell) textPane() app.UI {
	draft := c.state.Doc.Draft
	area := el("textarea").ID("text").Class("text").Attr(does(actText)).Attr("rows", "14").Attr("wrap", "off").
		Attr("spellcheck", "false").Attr("autocomplete", "off").Attr("autocapitalize", "off").
		Attr("aria-label", c.say(catalog.UIText)).Attr("aria-invalid", word(draft != nil))
	if !app.IsClient {
		area = area.Text(c.state.Doc.Text)
	}
	state := said("span", "in-step", c.say(catalog.UITextGood))
	if draft != nil {
		state = el("span").Class("out-of-step").Title(c.say(catalog.UITextBad)).Text(c.say(catalog.UITextAhead))
	}
	body := []app.UI{
		box("div", "pane-head", said("h2", "", c.say(catalog.UIText)), state),
		c.textProblems(draft),
		box("div", "pane", el("div").ID("gutter").Class("gutter").Attr("aria-hidden", "true").
			Body(c.gutter(draft)...), area),
	}
	return box("section", "card textpane", body...)
}

// gutter is the line numbers; those with an error are marked.
func (c *Shell) gutter(draft *editor.Draft) []app.UI {
	lines := min(strings.Count(c.state.Doc.Pane, "\n")+1, mostLines)
	bad := map[int]bool{}
	if draft != nil {
		for i := range draft.Problems {
			bad[draft.Problems[i].Line] = true
		}
	}
	var body []app.UI
	var b strings.Builder
	for n := 1; n <= lines; n++ {
		if bad[n] {
			body = append(body, app.Text(b.String()), said("b", "", strconv.Itoa(n)))
			b.Reset()
			b.WriteByte('\n')
			continue
		}
		b.WriteString(strconv.Itoa(n))
		b.WriteByte('\n')
	}
	return append(body, app.Text(b.String()))
}

// mostProblems is how many errors of a text are listed.
const mostProblems = 8

// textProblems lists what is wrong with the text, or else explains what the text is for:
// its place is always as high, so that the field does not move under the typist's eyes.
func (c *Shell) textProblems(draft *editor.Draft) app.UI {
	var list []app.UI
	if draft != nil {
		for i := range draft.Problems[:min(len(draft.Problems), mostProblems)] {
			p := &draft.Problems[i]
			list = append(list, box("li", "", el("button").Attr("type", "button").Class("text-problem").
				Attr("data-act", "problem").Attr("data-index", itoa(i)).Body(
				said("span", "at", c.say(catalog.UIPlace, p.Line, p.Column)),
				said("span", "", p.Diag.Say.In(c.state.Prefs.Lang)),
			)))
		}
	}
	if list == nil {
		list = append(list, said("li", "tiny", c.say(catalog.UITextHint)))
	}
	return el("ul").Class("text-problems").Attr("aria-live", "polite").Body(list...)
}

// showProblem moves the caret to an error of the text.
func (c *Shell) showProblem(n int) {
	draft := c.state.Doc.Draft
	if draft == nil || n >= len(draft.Problems) {
		return
	}
	offset := min(draft.Problems[n].Offset, len(draft.Text))
	field := browser.ByID("text")
	at := utf16Len(draft.Text[:offset])
	field.Focus(false)
	field.SetCaret(at, at+1)
	field.Scroll(float64(max(draft.Problems[n].Line-4, 0)) * lineHeight)
}

// lineHeight is that of the text pane in the style sheet, in pixels.
const lineHeight = 20

// utf16Len counts a text as JavaScript does.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// scrolled keeps the line numbers beside their lines, and the stack drawn.
func (c *Shell) scrolled(e browser.Event) {
	c.lookAt()
	if el := e.Target(); el.ID() == "text" {
		browser.ByID("gutter").Scroll(el.Scrolled())
	}
}
