package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
)

// Bars are a row's part of the whole, parameters above, MACs below. Every edit
// changes them in every row, and often nothing else there: so they can be redrawn
// without their row.
type bars struct {
	app.Compo

	View *view
}

func (b *bars) Render() app.UI {
	v := b.View
	v.bars = b
	if v.Bar < 0 && v.BarMACs < 0 {
		return el("div").Class("share")
	}
	return el("div").Class("share").Attr("aria-hidden", "true").Body(
		svg("svg").Body(
			svg("rect", "width", percent(v.Bar), "height", "6", "rx", "2"),
			svg("rect", "y", "8", "width", percent(v.BarMACs), "height", "3", "rx", "1.5"),
		),
		said("small", "", v.Share),
	)
}

// keep reports whether a row as drawn will do for what is to be drawn now. If its
// share alone is another, it is noted, and drawn by redrawBars.
func (v *view) keep(now *editor.RowView) bool {
	if v.RowView == *now {
		return true
	}
	same := *now
	same.Share, same.Bar, same.BarMACs = v.Share, v.Bar, v.BarMACs
	if same != v.RowView || v.bars == nil || !v.bars.Mounted() {
		return false
	}
	v.RowView = *now
	stale = append(stale, v.bars)
	return true
}

// stale are the bars to redraw.
var stale []*bars

// fewBars is how many are drawn at once: go-app holds 4,096 messages, and waits
// for ever with one more.
const fewBars = 1000

func redrawBars(draw func()) {
	for len(stale) > 0 {
		now := stale[:min(len(stale), fewBars)]
		stale = stale[len(now):]
		for _, b := range now {
			if b.Mounted() {
				b.Update()
			}
		}
		draw()
	}
}
