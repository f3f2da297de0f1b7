// Package ui draws an editor.State and converts what people do to editor.Msgs.
// There is one component with state, the Shell; everything else is a function, or a
// component with values only where skipping a redraw pays.
//
// An event has one way, and each step knows only the next:
//
//	browser.On      one listener for the whole page
//	events.go       what was meant: by the element's act, acts.go, or the key, keys.go
//	Shell.post      one drawing for each event
//	editor.Update   the message's apply, then the page of the new state: all rows
//	Shell.Render    draws the page; a row, row.go, only if it has changed
//	Shell.perform   what the message asked to be done outside, once it is drawn
package ui

import (
	"fmt"
	"sync"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/app/kept"
	"paramstack/core/catalog"
)

// A Shell is the page. It holds the state, which is all that the page shows, and
// carries out its effects. What else it holds is about doing so: what waits for
// the frame, what the pointer and the worker are in the middle of, what was drawn.
type Shell struct {
	app.Compo

	state    editor.State
	taking   sync.Mutex // held while a message is applied to the state
	begun    bool
	lang     catalog.Lang // while none is known
	ctx      app.Context
	address  browser.Address
	keeper   *kept.Keeper // of the reader's networks, which wait for a pause
	resting  browser.Rest
	full     bool            // it was said that the storage is
	leaving  bool            // the page may be about to go
	leftAt   string          // the fragment of the address then
	pending  []editor.Effect // requested before there was an element to run them on
	worker   browser.Worker
	queue    []reading
	reading  *reading         // that the worker is at, nil if none
	programs [][]browser.File // Python source that was opened, to be read again
	hand     hand             // what the pointer is in the middle of
	paneDue  bool             // the text pane is yet to be written
	typing   typing           // what is in it is yet to be read
	drawing  bool
	browsing bool // the list of networks is gone through by its keys
	stages   stages
	top      *shown         // the header
	drawn    drawn          // the diagram
	opener   string         // the id of what had the focus before a sheet was opened
	asking   *time.Timer    // the number that is yet to be explained
	variants *editor.Finder // of the network that a number was asked of last
}

// New returns the page.
func New() *Shell { return &Shell{} }

// In returns the page in a language, for readers who have chosen none.
func In(lang catalog.Lang) *Shell { return &Shell{lang: lang} }

// Begin makes the state before the page is there, and lets the browser do what waits
// before and after it: what a page does to begin is more than one task should take.
func (c *Shell) Begin() {
	browser.Yield()
	c.begin()
	browser.Yield()
}

// OnInit makes the state before anything is drawn, so that the first drawing is
// already in the reader's language and of the network in the address.
func (c *Shell) OnInit() { c.begin() }

func (c *Shell) begin() {
	if c.begun {
		return
	}
	c.begun = true
	prefs := editor.Prefs{Lang: c.lang}
	if app.IsClient {
		prefs = loadPrefs()
	}
	c.state = editor.New(prefs)
	c.pending = append(c.pending, c.state.Opening()...)
	if !app.IsClient {
		c.update(editor.DrawDiagram{}) // it is there before the program is
		return
	}
	c.state.Frame.Embed, c.state.Frame.Base = askedEmbed(), browser.Link("")
	if width, high, phone := browser.PictureRoom(); width > 0 {
		c.update(editor.FitDiagram{Width: width, High: high, Phone: phone})
	}
	c.keeper, c.resting.Pause = newKeeper(), keepPause
	fragment := browser.Fragment()
	if c.state.Frame.Embed != editor.EmbedNone {
		if fragment != "" {
			c.update(editor.LoadLink{Fragment: fragment, AtBoot: true})
		}
		return // what the reader works on is not the other page's
	}
	if work, ok := kept.Return(browser.Left(fragment)); ok {
		c.update(editor.Resume{Work: work})
		return
	}
	if fragment != "" {
		c.update(editor.LoadLink{Fragment: fragment, AtBoot: true})
		if n := c.state.Notice; n == nil || n.Tone != editor.ToneBad {
			return // the link is what was asked for
		}
	}
	c.update(editor.WorksRead{Works: c.keeper.All(), Offer: true})
}

// OnMount starts listening.
func (c *Shell) OnMount(ctx app.Context) {
	c.ctx = ctx
	applyPrefs(c.state.Prefs)
	c.listen()
	c.export()
	ctx.Defer(func(ctx app.Context) {
		c.perform()
		c.afterFrame()
		c.settle()
		browser.Drawn()
		c.stages.growing, c.drawn.rows = true, c.state.Page // the diagram is to follow
		c.readWorks()
		c.grow()
	})
}

// OnAppUpdate reports that a newer page waits.
func (c *Shell) OnAppUpdate(ctx app.Context) {
	if ctx.AppUpdateAvailable() {
		c.post(editor.NewVersion{})
	}
}

// post sends a message from outside a drawing: from an event or a promise. The
// page is repainted at once instead of at go-app's next tick.
func (c *Shell) post(m editor.Msg) { c.do(func() { c.update(m) }) }

// do changes something about the page and draws it.
func (c *Shell) do(change func()) { c.draws(change, false) }

// draws is do. typing: more of the kind may follow at once.
func (c *Shell) draws(change func(), typing bool) {
	if c.ctx == nil {
		change()
		return
	}
	c.ctx.Dispatcher().Dispatch(app.Dispatch{Mode: app.Next, Source: c, Function: func(ctx app.Context) {
		c.aim()
		place, page := c.place(), c.state.Page
		change()
		if c.state.Page != page {
			c.stages.whole = true // whichever row is asked for is there
		}
		c.stages.sight.known = false // rows may become higher
		c.Update()
		ctx.Defer(func(app.Context) {
			c.perform()
			c.settle()
			c.refocus(place)
			c.grow()
		})
		c.draw(ctx)
		c.followRows(typing)
		c.later(rest)
		time.AfterFunc(breath, c.afterFrame)
	}})
}

// draw lets go-app draw now. It may not be called while it does.
func (c *Shell) draw(ctx app.Context) {
	d, ok := ctx.Dispatcher().(app.ClientDispatcher)
	if !ok || c.drawing {
		return
	}
	c.drawing = true
	d.Consume()
	redrawBars(d.Consume)
	c.drawing = false
}

// update applies a message. A fault of our own keeps the old state and is reported.
//
// A script's call is a goroutine of its own, which begins while another message may be
// half applied: the collector lets others run. Each waits for the one before it.
func (c *Shell) update(m editor.Msg) {
	switch m.(type) {
	case editor.Look, editor.DrawDiagram:
	default:
		c.readTyped()
	}
	c.taking.Lock()
	defer c.taking.Unlock()
	next, effects, fault := step(c.state, m)
	if fault != "" {
		app.Log("paramstack:", fault)
		next, effects, fault = step(c.state, editor.Failed{Detail: fault})
		if fault != "" {
			c.state = c.state.Broken(fault)
			return
		}
	}
	c.state = next
	c.pending = append(c.pending, effects...)
}

func step(s editor.State, m editor.Msg) (next editor.State, effects []editor.Effect, fault string) {
	defer func() {
		if r := recover(); r != nil {
			fault = fmt.Sprintf("%T: %v", m, r)
		}
	}()
	next, effects = editor.Update(s, m)
	return next, effects, ""
}

// say returns a sentence in the reader's language.
func (c *Shell) say(key catalog.Key, args ...any) string { return c.state.Prefs.Lang.In(key, args...) }

// Render draws the page; what cannot be drawn is reported as text.
func (c *Shell) Render() (drawn app.UI) {
	defer func() {
		if r := recover(); r != nil {
			app.Log("paramstack:", r)
			drawn = c.wreck(fmt.Sprint(r))
		}
	}()
	c.begin()
	if fault := c.state.Frame.Fault; fault != "" {
		return c.wreck(fault)
	}
	f := &c.state.Frame
	return el("div").ID("page").Class(classes("page", "files", f.Files, "on-diagram", f.Canvas.Tab,
		"embedded", f.Embed != editor.EmbedNone)).
		Attr("translate", "no").Body(c.regions()...)
}

func (c *Shell) regions() []app.UI {
	s := &c.state
	if s.Frame.Embed != editor.EmbedNone {
		return c.embedded()
	}
	var header app.UI
	c.top, header = c.top.section(c.headerKey(), c.header)
	regions := []app.UI{
		el("a").Class("skip-link").Attr("href", "#stack").Attr(does(actSkip)).Text(c.say(catalog.UISkip)),
		header,
		c.ticker(),
		box("main", "main",
			c.tabs(),
			el("section").Class("work").Attr("aria-label", c.say(catalog.UIStack)).Body(
				c.intro(),
				c.toolbar(),
				c.captions(),
				c.stack(),
			),
			el("aside").Class("side").Attr("aria-label", c.say(catalog.UITotals)).Body(
				c.paramsCard(),
				c.questionsCard(),
				c.computeCard(),
				c.textPane(),
			),
			c.diagram(),
		),
		c.paper(),
		el("div").Class("toasts").Attr("role", "region").Attr("aria-label", c.say(catalog.UINotices)).
			Body(c.lesson(), c.job(), c.notice(),
				el("div").ID("announce").Class("offscreen").Attr("role", "status").Attr("aria-live", "polite"),
				el("input").Attr("type", "file").ID("import-file").Class("offscreen").Attr(does(actFile)).Attr("tabindex", "-1").
					Attr("aria-label", c.say(catalog.UIImport)).Attr("multiple", "true")),
		el("div").Class("veil").Attr("aria-hidden", "true").Text(c.say(catalog.UIDropFile)),
	}
	switch {
	case s.Open.Palette != nil:
		regions = append(regions, c.palette())
	case s.Open.Export != nil:
		regions = append(regions, c.exportSheet())
	case s.Open.Program != nil:
		regions = append(regions, c.programSheet())
	case s.Open.Gallery != nil:
		regions = append(regions, c.gallery())
	case s.Open.Row != nil:
		regions = append(regions, c.rowMenu())
	case s.Open.Recent != nil:
		regions = append(regions, c.recent())
	case s.Open.WhatIf != nil:
		regions = append(regions, c.whatIfSheet())
	case s.Open.Why != nil:
		regions = append(regions, c.whySheet())
	case s.Open.Tools != nil:
		regions = append(regions, c.toolsSheet())
	case s.Open.Compare != nil:
		regions = append(regions, c.compareSheet())
	case s.Open.Help:
		regions = append(regions, c.help())
	}
	return regions
}

// wreck is what is shown when the page cannot be drawn: the network as text.
func (c *Shell) wreck(why string) app.UI {
	return el("div").ID("page").Class("page broken").Body(
		said("h1", "", c.say(catalog.UIWreck)),
		said("p", "", c.say(catalog.UIWreckText)),
		el("textarea").ID("text").Attr("readonly", "true").Attr("rows", "20").Text(c.state.Doc.Text),
		box("p", "", press(actReload, "primary").Text(c.say(catalog.ActReload))),
		said("small", "", why),
	)
}

// stack is the list of rows.
func (c *Shell) stack() app.UI {
	page := c.state.Page
	stop := editor.Key("")
	if c.state.View.Cursor == "" && page.Rows > 0 {
		stop = page.Key(0)
	}
	chunks := make([]app.UI, len(page.Runs))
	for i, run := range page.Runs {
		chunks[i] = &chunk{Run: run, Lang: c.state.Prefs.Lang, Waits: c.stages.waits(i)}
		if i == 0 {
			chunks[i].(*chunk).Stop = stop
		}
	}
	grid := el("div").ID("stack").Class("stack").Attr("role", "treegrid").
		Attr("tabindex", "-1").Attr("aria-label", c.say(catalog.UIStack))
	if c.stages.waits(len(chunks) - 1) {
		grid = grid.Attr("aria-busy", "true")
	}
	body := []app.UI{grid.Body(chunks...)}
	if page.Hidden > 0 {
		body = append(body, press(actMore, "more").
			Text(c.say(catalog.UIMore, page.Hidden)))
	}
	if c.state.Blank() {
		body = append(body, c.beginning())
	}
	body = append(body, press(actAppend, "append").Body(
		icon("add"), said("span", "", c.say(catalog.UIAddFirst))))
	return box("div", "stackbox", body...)
}
