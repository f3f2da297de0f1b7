package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
)

// Stages draw a long stack bit by bit: the runs in sight at once, so that the page
// keeps up with the keys, and those beyond it, once the keys rest, in slices between
// the frames. Which those are is the state's: the page's runs change only as they
// are looked at, see editor.Look.
//
// Of a long stack that the page opens with, the first runs are put on it, which fill any
// screen, and the others in slices right after, or before whatever is done to the page.
type stages struct {
	timer   *time.Timer
	sight   sight
	put     int  // runs that follow the first are on the page
	whole   bool // so are all
	growing bool // they are being put there
}

// firstRuns are on the page from the start.
const firstRuns = 6

// waits reports whether the nth run is yet to be put on the page.
func (s *stages) waits(n int) bool { return !s.whole && n >= firstRuns+s.put }

// grow puts the next runs on the page, and marks when all are there. The diagram follows.
func (c *Shell) grow() {
	s := &c.stages
	if !s.growing {
		return
	}
	if !s.waits(len(c.state.Page.Runs) - 1) {
		s.whole, s.growing = true, false
		browser.Ready()
		c.followRows(true)
		return
	}
	browser.Soon(func() {
		c.ctx.Dispatcher().Dispatch(app.Dispatch{Mode: app.Next, Source: c, Function: func(ctx app.Context) {
			s.put += slice
			c.Update()
			c.draw(ctx)
			c.grow()
		}})
	})
}

// Sight is which chunks are in the viewport. Reading that forces a layout, so it is
// read between frames and remembered.
type sight struct {
	editor.Sight
	known bool
}

func (s *sight) look() editor.Sight {
	if !s.known {
		s.From, s.To = browser.InSight(".chunk")
		s.To = max(s.To, s.From+1) // the stack may be below the viewport
		s.known = true
	}
	return s.Sight
}

const (
	slice  = 6                      // how many late runs are drawn at a time
	rest   = 200 * time.Millisecond // until the first of them: longer than between two keys
	pause  = 2 * time.Millisecond   // between them, for keys and frames
	breath = 24 * time.Millisecond  // until a frame has gone by
)

// aim looks at what is in the viewport, before a change.
func (c *Shell) aim() {
	if c.state.Page.Long() {
		c.update(editor.Look{Sight: c.stages.sight.look()})
	}
}

// later schedules the drawing of late runs.
func (c *Shell) later(wait time.Duration) {
	s := &c.stages
	if s.timer != nil {
		s.timer.Stop()
	}
	if c.state.Page.Late() >= 0 {
		s.timer = time.AfterFunc(wait, c.catchUp)
	}
}

// catchUp draws the next of the runs that are late.
func (c *Shell) catchUp() {
	c.ctx.Dispatcher().Dispatch(app.Dispatch{Mode: app.Next, Source: c, Function: func(ctx app.Context) {
		late := c.state.Page.Late()
		if late < 0 {
			return
		}
		c.update(editor.Look{Sight: editor.Sight{From: late, To: late + slice}})
		c.Update()
		c.draw(ctx)
		c.later(pause)
	}})
}

// afterFrame does what the frame just drawn need not wait for.
func (c *Shell) afterFrame() {
	if c.state.Page.Long() {
		c.stages.sight.look() // for the next key
	}
	if c.paneDue {
		c.paneDue = false
		c.writeText()
	}
}

// lookAt draws at once what has scrolled into sight.
func (c *Shell) lookAt() {
	c.stages.sight.known = false
	if c.state.Page.Late() >= 0 {
		c.do(func() {})
	}
}
