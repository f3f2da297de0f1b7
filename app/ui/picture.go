package ui

import (
	"net/url"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/picture"
)

// Acts of the diagram.
const (
	actDiagram act = "diagram" // opens or closes it
	actTab     act = "tab"     // chooses what a narrow screen shows
	actDetail  act = "detail"
	actBars    act = "bars"
	actLog     act = "log" // those bars

	actLabel   act = "label" // of an exported diagram
	actCaption act = "caption"
	actGround  act = "ground"
	actMarks   act = "marks"
	actPage    act = "page"
	actPixels  act = "pixels"
)

// diagramDeeds is what they do.
var diagramDeeds = []deed{
	{act: actDiagram, click: func(c *Shell, _ target) { c.post(editor.ShowDiagram{On: c.state.Prefs.NoDiagram}) }},
	{act: actTab, click: func(c *Shell, t target) { c.post(editor.ChooseTab{Diagram: t.number("tab") == 1}) }},
	{act: actDetail, send: editor.DetailDiagram{}},
	{act: actBars, send: editor.BarDiagram{}},
	{act: actLog, send: editor.BarDiagram{Log: true}},
	{act: actLabel, click: func(c *Shell, t target) { c.post(editor.FlipLabel{Label: picture.Labels(t.number("label"))}) }},
	{act: actCaption, click: func(c *Shell, _ target) {
		c.post(editor.FlipCaption{Link: browser.Link(c.state.Fragment())})
	}},
	{act: actGround, send: editor.FlipGround{}},
	{act: actMarks, send: editor.FlipMarks{}},
	{act: actPage, send: editor.FlipPage{}},
	{act: actParts, click: func(c *Shell, t target) { c.post(editor.EmbedParts{Parts: editor.Embed(t.number("parts"))}) }},
	{act: actHeight, click: func(c *Shell, t target) { c.post(editor.EmbedHeight{Pixels: t.number("height")}) }},
	{act: actPixels, click: func(c *Shell, t target) { c.post(editor.SavePixels{Times: t.number("times")}) }},
}

// diagram is the network in proportion, above the rows. What is in it is written by
// web/picture.js, which moves what was there before: go-app would make it again.
func (c *Shell) diagram() app.UI {
	canvas := c.state.Frame.Canvas
	if c.state.Prefs.NoDiagram && !canvas.Phone && !canvas.Paper && c.state.Frame.Embed == editor.EmbedNone {
		return box("section", "diagram closed",
			button(actDiagram, "pill", c.say(catalog.UIDiagramOpen), app.Text(c.say(catalog.UIDiagramOpen))).
				Attr("aria-expanded", "false"))
	}
	view := el("div").ID("picture-view").Class("picture-view").Attr("tabindex", "-1")
	if d := c.state.Page.Diagram; d != nil && !app.IsClient {
		view = view.Body(app.Raw(d.SVG))
	}
	zoom := func(to, label string, text string) app.UI {
		return el("button").Attr("type", "button").Class("pill").Attr("data-zoom", to).
			Attr("aria-label", label).Title(label).Text(text)
	}
	head := []app.UI{said("h2", "", c.say(catalog.UIDiagram)), el("span").Class("grow"),
		c.diagramPill(actBars, catalog.UIDiagramBars, canvas.Bars)}
	if canvas.Bars {
		head = append(head, c.diagramPill(actLog, catalog.UIDiagramLog, canvas.Log))
	}
	head = append(head,
		c.diagramPill(actDetail, catalog.UIDiagramDetail, canvas.Full),
		box("span", "zooms",
			zoom("out", c.say(catalog.UIZoomOut), "−"),
			zoom("fit", c.say(catalog.UIZoomFit), c.say(catalog.UIZoomFit)),
			zoom("in", c.say(catalog.UIZoomIn), "+"),
		),
		button(actDiagram, "tool close-diagram", c.say(catalog.UIDiagramClose), icon("close")).Attr("aria-expanded", "true"))
	return el("section").Class("diagram").Attr("aria-label", c.say(catalog.UIDiagram)).Body(
		box("div", "diagram-head", head...),
		view,
	)
}

func (c *Shell) diagramPill(a act, label catalog.Key, on bool) app.UI {
	return press(a, "pill").Attr("aria-pressed", word(on)).Text(c.say(label))
}

// tabs choose on a narrow screen whether rows or diagram are shown.
func (c *Shell) tabs() app.UI {
	chosen := c.state.Frame.Canvas.Tab
	tab := func(n string, label catalog.Key, on bool) app.UI {
		return press(actTab, "tab").Attr("data-tab", n).
			Attr("aria-pressed", word(on)).Text(c.say(label))
	}
	return el("div").Class("tabs").Attr("role", "group").Attr("aria-label", c.say(catalog.UIDiagramTabs)).Body(
		tab("0", catalog.UIStack, !chosen), tab("1", catalog.UIDiagram, chosen))
}

// drawn is what web/picture.js was last asked to show, and what it is yet to show.
type drawn struct {
	serial int
	cursor editor.Key
	rows   *editor.Page  // with which it was last in step, or was to follow
	timer  *time.Timer   // until the next drawing
	took   time.Duration // the last one
}

// followRows has the diagram follow the rows, which have just been drawn. While somebody
// types it does so after the frame, and once for keys that come faster than it can be
// drawn: a key is answered in its own frame, and at most half of the time goes to the
// diagram. What else is done, if there are other rows then, changes both together;
// paper waits for nothing.
func (c *Shell) followRows(typing bool) {
	d, page := &c.drawn, c.state.Page
	typing = (typing || page.SameRows(d.rows)) && c.state.Frame.Paper == nil
	d.rows = page
	if d.timer != nil {
		d.timer.Stop()
	}
	switch {
	case !page.DiagramLate():
		c.showDiagram()
	case typing:
		d.timer = time.AfterFunc(breath+max(pause, d.took), c.drawDiagram)
	default:
		c.drawDiagram()
	}
}

// drawDiagram draws the diagram of what the rows show.
func (c *Shell) drawDiagram() {
	start := time.Now()
	c.update(editor.DrawDiagram{})
	c.showDiagram()
	c.drawn.took = time.Since(start)
}

// showDiagram brings the diagram on the page to what the state has.
func (c *Shell) showDiagram() {
	now, d := c.state.Page.Diagram, &c.drawn
	cursor := c.state.View.Cursor
	switch {
	case now == nil:
		d.serial, d.cursor = 0, ""
	case now.Serial != d.serial:
		d.serial, d.cursor = now.Serial, cursor
		browser.ShowPicture(now.SVG, string(cursor))
	case cursor != d.cursor:
		d.cursor = cursor
		browser.ShowPicture("", string(cursor))
	}
}

// measure reports how large the diagram may be, when that has changed.
func (c *Shell) measure() {
	width, high, phone := browser.PictureRoom()
	if at := c.state.Frame.Canvas; width > 0 && (at.Width != width || at.High != high || at.Phone != phone) {
		c.post(editor.FitDiagram{Width: width, High: high, Phone: phone})
	}
}

// labelNames are what each label of an exported diagram is called.
var labelNames = [...]struct {
	label picture.Labels
	name  catalog.Key
}{
	{picture.LabelShapes, catalog.PictureShapes}, {picture.LabelKernels, catalog.PictureKernels},
	{picture.LabelFormulas, catalog.PictureFormulas}, {picture.LabelCounts, catalog.PictureCounts},
}

// drawingOptions are how a diagram is exported, nil for another format.
func (c *Shell) drawingOptions() app.UI {
	sheet := c.state.Open.Export
	switch sheet.Chosen {
	case "embed":
		return c.embedOptions()
	case "svg", "tikz":
	default:
		return nil
	}
	d := sheet.Drawing
	var body []app.UI
	pill := func(a act, name catalog.Key, on bool) app.HTMLElem {
		return press(a, "pill").Attr("aria-pressed", word(on)).Text(c.say(name))
	}
	for _, l := range labelNames {
		body = append(body, pill(actLabel, l.name, d.Without&l.label == 0).Attr("data-label", itoa(int(l.label))))
	}
	body = append(body, pill(actCaption, catalog.PictureWithCaption, d.Caption), pill(actMarks, catalog.PictureMarks, d.Marks),
		pill(actPage, catalog.PicturePage, d.Page))
	if sheet.Chosen == "svg" {
		body = append(body, pill(actGround, catalog.PictureWhite, !d.Clear), el("span").Class("grow"))
		for _, n := range [...]string{"1", "2", "4"} {
			body = append(body, press(actPixels, "pill").
				Attr("data-times", n).Text("PNG "+n+"×"))
		}
		body = append(body, press(actPixels, "pill").
			Attr("data-times", "0").Text(c.say(catalog.PictureCopy)))
	}
	if sheet.Chosen == "svg" {
		body = append(body, el("img").Class("preview").Attr("alt", c.say(catalog.UIDiagram)).
			Attr("src", "data:image/svg+xml,"+url.PathEscape(sheet.Text)))
	}
	return box("div", "drawing", body...)
}
