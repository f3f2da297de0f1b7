package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
)

// Stages draw a long stack bit by bit: the chunks in sight at once, so that the
// page keeps up with the keys, and those beyond it, once the keys rest, in slices
// between the frames. A stack of a few chunks is always drawn as a whole. The page
// is whole all the while; only what is drawn lags behind.
type stages struct {
	shown    []*editor.Run // what each chunk was drawn with last
	from, to int           // the chunks being drawn
	cursor   int           // and one more: the cursor's, wherever it is, as a field in it may be waited for
	late     int           // the first chunk that is not what it should be, -1 if all are
	timer    *time.Timer
	sight    sight
}

// Sight is which chunks are in the viewport. To ask has the page laid out, so it is
// asked between the frames and remembered.
type sight struct {
	from, to int
	known    bool
}

func (s *sight) look() (from, to int) {
	if !s.known {
		s.from, s.to = browser.InSight(".chunk")
		s.known = true
	}
	return s.from, s.to
}

const (
	fewChunks = 18                     // as many are drawn at once
	slice     = 6                      // how many chunks follow at a time
	rest      = 200 * time.Millisecond // until the first of them: longer than between two keys
	pause     = 2 * time.Millisecond   // between them, for keys and frames
	breath    = 24 * time.Millisecond  // until a frame has gone by
)

// aim chooses what is drawn after a change: all, if rows have come, gone or
// moved; else what is in sight, and the cursor's row.
func (c *Shell) aim(before *editor.Page) {
	page, s := c.state.Page, &c.stages
	chunks := len(page.Runs)
	s.from, s.to = 0, chunks
	if chunks > fewChunks && len(s.shown) == chunks && page.SameRows(before) {
		s.from, s.to = s.sight.look()
	}
	s.sight.known = false // rows may become higher
	s.cursor = -1
	if n := page.Find(c.state.View.Cursor); n >= 0 {
		s.cursor = n / editor.RunRows
	}
}

// run returns what to draw a chunk with: its rows, or for now what it has been
// drawn with already.
func (s *stages) run(i int, rows *editor.Run) *editor.Run {
	switch {
	case s.shown[i] == rows:
	case i >= s.from && i < s.to, i == s.cursor:
		s.shown[i] = rows
	case s.late < 0:
		s.late = i
	}
	return s.shown[i]
}

// begin starts a drawing of n chunks.
func (s *stages) begin(n int) {
	s.late = -1
	if len(s.shown) != n {
		s.shown = make([]*editor.Run, n)
		s.from, s.to = 0, n
	}
}

// later asks for the chunks left out to be drawn soon.
func (c *Shell) later(wait time.Duration) {
	s := &c.stages
	if s.timer != nil {
		s.timer.Stop()
	}
	if s.late >= 0 {
		s.timer = time.AfterFunc(wait, c.catchUp)
	}
}

// catchUp draws the next of the chunks left out.
func (c *Shell) catchUp() {
	c.ctx.Dispatcher().Dispatch(app.Dispatch{Mode: app.Next, Source: c, Function: func(ctx app.Context) {
		s := &c.stages
		if s.late < 0 {
			return
		}
		s.from, s.to = s.late, s.late+slice
		c.Update()
		c.draw(ctx)
		c.later(pause)
	}})
}

// afterFrame does what the frame just drawn need not wait for.
func (c *Shell) afterFrame() {
	if len(c.state.Page.Runs) > fewChunks {
		c.stages.sight.look() // for the next key
	}
	if c.paneDue {
		c.paneDue = false
		c.writeText()
	}
}

// lookAt draws at once what has come into sight.
func (c *Shell) lookAt() {
	c.stages.sight.known = false
	if c.stages.late >= 0 {
		c.do(func() {})
	}
}
