package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
)

// Stages draw a long stack bit by bit: the chunks in sight at once, so that the
// page keeps up with the keys, and those beyond it in slices between the frames.
// A stack of a few chunks is always drawn as a whole.
type stages struct {
	shown    []*run // what each chunk was drawn with last
	from, to int    // the chunks being drawn
	late     int    // the first chunk that is not what it should be, -1 if all are
	timer    *time.Timer
}

const (
	fewChunks = 12                    // as many are drawn at once
	slice     = 4                     // how many chunks follow at a time
	breath    = 24 * time.Millisecond // until the first of them: a frame has gone by
	pause     = 2 * time.Millisecond  // between them, for keys and frames
)

// aim chooses what is drawn after a change: all, if rows have come, gone or
// moved; else what is in sight.
func (c *Shell) aim(before *editor.Page) {
	page, s := c.state.Page, &c.stages
	s.from, s.to = 0, len(page.Chunks)
	if len(page.Chunks) > fewChunks && len(s.shown) == len(page.Chunks) && page.SameRows(before) {
		s.from, s.to = browser.InSight(".chunk")
	}
}

// run returns what to draw a chunk with: its rows, or for now what it has been
// drawn with already.
func (s *stages) run(i int, rows []editor.RowView) *run {
	switch was := s.shown[i]; {
	case was != nil && &was.rows[0] == &rows[0] && len(was.rows) == len(rows):
	case i >= s.from && i < s.to:
		s.shown[i] = &run{serial(), rows}
	case s.late < 0:
		s.late = i
	}
	return s.shown[i]
}

// begin starts a drawing of n chunks.
func (s *stages) begin(n int) {
	s.late = -1
	if len(s.shown) != n {
		s.shown = make([]*run, n)
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

// lookAt draws at once what has been scrolled into sight.
func (c *Shell) lookAt() {
	if c.stages.late >= 0 {
		c.do(func() {})
	}
}
