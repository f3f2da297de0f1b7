package ui

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/app/kept"
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/text"
)

// newKeeper returns the keeper of this page. What an earlier version kept becomes one
// of its works; if that cannot be read, a newer one kept it, and it stays where it is.
func newKeeper() *kept.Keeper {
	now := func() int64 { return time.Now().UnixMilli() }
	page := browser.Unique()
	keeper := kept.New(browser.Local{}, page, now)
	if last := browser.Stored(browser.KeyWork); last != "" {
		if model, d := link.Decode(last); d == nil {
			earlier := kept.Work{Key: kept.Prefix + page + "-0", Time: now(), Name: model.Name, Text: text.Format(model)}
			if keeper.Restore([]kept.Work{earlier}) {
				browser.Store(browser.KeyWork, "")
			}
		}
	}
	return keeper
}

// keepPause is how long the next change is waited for before a network is kept, which
// costs little.
const keepPause = 100 * time.Millisecond

// keepNow writes the networks that wait.
func (c *Shell) keepNow() {
	r := c.keeper.Flush()
	if len(r.Removed) > 0 {
		c.post(editor.MadeRoom{Removed: r.Removed})
	}
	if len(r.Refused) > 0 && !c.full {
		c.post(editor.StoreFull{})
	}
	c.full = len(r.Refused) > 0
}

// readWorks reads what is kept.
func (c *Shell) readWorks() {
	c.keepNow()
	c.post(editor.WorksRead{Works: c.keeper.All()})
}

// leave writes what is yet to be written: the page may be about to go. It may be called
// several times; a reload loads the address of before the first.
func (c *Shell) leave() {
	if c.typing.waits != nil {
		c.readTyped()
		c.do(func() {}) // it may only have been hidden
	}
	c.perform()
	if !c.leaving {
		c.leaving, c.leftAt = true, browser.Fragment()
	}
	c.address.Flush()
	c.keepNow()
	left := ""
	if n, work, ok := c.state.Left(); ok {
		left = c.keeper.Leave(n, work)
	}
	browser.Leave(c.leftAt, browser.Fragment(), left)
}

// stay goes on with a page that was not left after all.
func (c *Shell) stay() {
	c.leaving = false
	browser.Leave("", "", "")
}

// fewRecent is how many of the reader's networks are in the list of networks itself.
const fewRecent = 6

// recentOptions are the last of the reader's networks, but for the one shown.
func (c *Shell) recentOptions(option func(value, label string) app.UI) []app.UI {
	var list []app.UI
	for i := range c.state.Works {
		w := &c.state.Works[i]
		if w.Sealed || w.Text == c.state.Doc.Text {
			continue
		}
		if len(list) == fewRecent {
			break
		}
		list = append(list, option(workOption+w.Key, c.state.TitleOf(w)))
	}
	if len(c.state.Works) > 0 {
		list = append(list, option(recentOption, c.say(catalog.CmdRecent)+"…"))
	}
	return list
}

// recent is the sheet of the reader's networks.
func (c *Shell) recent() app.UI {
	s := &c.state
	list := make([]app.UI, len(s.Works))
	for i := range s.Works {
		list[i] = c.kept(&s.Works[i])
	}
	head := []app.UI{said("h2", "", c.say(catalog.CmdRecent))}
	if n := len(s.Open.Recent.Erased); n > 0 {
		head = append(head, el("span").Class("tiny").Attr("role", "status").Text(c.say(catalog.UIErased, n)),
			el("button").Attr("type", "button").ID("recent-restore").Class("plain").Attr(does(actRestore)).
				Text(c.say(catalog.UIRestore)))
	}
	if len(list) > 0 {
		head = append(head, press(actEraseAll, "plain").
			Text(c.say(catalog.UIEraseAll)))
	}
	head = append(head, button(actClose, "tool", c.say(catalog.CmdClose), icon("close")).ID(editor.RecentClose))
	hint := catalog.UIRecentHint
	if len(list) == 0 {
		hint = catalog.UIRecentNone
	}
	return c.sheet("recent", c.say(catalog.CmdRecent),
		box("div", "sheet-head", head...),
		said("p", "tiny recent-hint", c.say(hint)),
		box("ul", "works", list...),
	)
}

// kept is one of the reader's networks: when it was kept, and whether its text is one
// that cannot be read yet.
func (c *Shell) kept(w *kept.Work) app.UI {
	title := c.state.TitleOf(w)
	var about []string
	if w.Time > 0 {
		about = append(about, time.UnixMilli(w.Time).Format("2006-01-02 15:04"))
	}
	if w.Draft != "" {
		about = append(about, c.say(catalog.UIRecentDraft))
	}
	return box("li", "",
		press(actWork, "kept").Attr("data-work", w.Key).Body(
			said("b", "", title), said("span", "tiny", strings.Join(about, " · "))),
		button(actErase, "tool", c.say(catalog.UIErase, title), icon("delete")).Attr("data-work", w.Key),
	)
}
