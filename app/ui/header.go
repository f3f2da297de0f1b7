package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/zoo"
)

func (c *Shell) header() app.UI {
	return box("header", "top",
		box("span", "logo", app.Text("param"), said("b", "", "·"), app.Text("stack")),
		c.presets(),
		c.tool("gallery", "named"),
		el("span").Class("grow"),
		box("span", "tools", c.tool("undo", ""), c.tool("redo", "")),
		press(actMenu, "tool menu-button").
			Attr("aria-label", c.say(catalog.UIMenu)).Attr("aria-expanded", word(c.state.Frame.Menu)).Body(icon("menu")),
		el("span").Class(classes("menu", "open", c.state.Frame.Menu)).Body(append([]app.UI{
			c.tool("new", "named"),
			c.tool("recent", "named"),
			button(actImport, "tool named", c.say(catalog.UIImport), icon("import"), said("span", "", c.say(catalog.UIImport))).
				Title(c.say(catalog.UIImportHint)),
			c.tool("export", "named"),
			c.tool("download", "named"),
			c.langTool(),
			c.themeTool(),
			c.tool("help", "named"),
		}, c.asked("tool named ask", "menu-")...)...),
		c.tool("share", "primary"),
	)
}

// tool is the button of a command.
func (c *Shell) tool(id, class string) app.UI {
	cmd := editor.ByID(id)
	label := c.say(cmd.Label)
	body := []app.UI{icon(id)}
	if class != "" {
		body = append(body, said("span", "", label))
	}
	b := button(actCommand, "tool "+class, withKeys(label, cmd.Keys), body...).ID(id).Attr("data-cmd", id).
		Attr("aria-label", label)
	return off(b, !cmd.On(c.state))
}

func (c *Shell) langTool() app.UI {
	other, tag := "한국어", "ko"
	if c.state.Prefs.Lang == catalog.Korean {
		other, tag = "English", "en"
	}
	return button(actCommand, "tool lang", other, app.Text(other)).ID("lang").Attr("data-cmd", "lang").Attr("lang", tag)
}

func (c *Shell) themeTool() app.UI {
	label := c.say(catalog.UIThemeNow, c.state.Prefs.Theme.Label())
	return button(actCommand, "tool named", label, icon("theme"), said("span", "", label)).ID("theme").Attr("data-cmd", "theme")
}

// galleryOption is the value of the list's last line, which opens the gallery.
const galleryOption = "*"

// openedOption begins the values of networks that came from files, workOption those
// of the reader's own; recentOption opens the sheet of these.
const (
	openedOption = "opened "
	workOption   = "work "
	recentOption = "works"
)

// presets is the list of published networks, by family, in the zoo's order.
func (c *Shell) presets() app.UI {
	current := c.state.Doc.Preset
	option := func(value, label string) app.UI {
		o := el("option").Attr("value", value).Text(label)
		if app.IsClient || value == current {
			o = o.Attr("selected", value == current)
		}
		return o
	}
	var families []string
	nets := map[string][]app.UI{}
	for i := range zoo.Presets {
		n := &zoo.Presets[i]
		if nets[n.Family] == nil {
			families = append(families, n.Family)
		}
		nets[n.Family] = append(nets[n.Family], option(n.ID, c.title(n)))
	}
	// The option of a network of one's own is always there, so that the list
	// keeps its shape; it can only be come to by editing.
	own := c.state.Page.Summary.Title
	if current != "" {
		own = c.say(catalog.UIOwn)
	}
	body := []app.UI{option("", own)}
	for _, f := range families {
		if len(nets[f]) == 1 {
			body = append(body, nets[f]...)
			continue
		}
		body = append(body, el("optgroup").Attr("label", f).Body(nets[f]...))
	}
	if opened := c.state.Opened; len(opened) > 0 {
		files := make([]app.UI, len(opened))
		for i, o := range opened {
			files[i] = option(openedOption+itoa(i), o.Name)
		}
		body = append(body, el("optgroup").Attr("label", c.say(catalog.UIOpened)).Body(files...))
	}
	if recent := c.recentOptions(option); len(recent) > 0 {
		body = append(body, el("optgroup").Attr("label", c.say(catalog.CmdRecent)).Body(recent...))
	}
	body = append(body, option(galleryOption, c.say(catalog.UIAllNetworks)))
	return box("span", "preset",
		el("select").ID("preset").Attr(does(actPreset)).Attr("aria-label", c.say(catalog.UINetwork)).Body(body...))
}

// intro is the network's name, where its numbers are published, and why they are
// what they are.
func (c *Shell) intro() app.UI {
	s := &c.state
	head := []app.UI{c.heading()}
	net := zoo.ByID(s.Doc.Preset)
	if card := s.Doc.Card; card != nil && s.Doc.Preset == "" {
		return c.cardIntro(card)
	}
	if net != nil && net.Year > 0 && !strings.Contains(s.Page.Summary.Title, itoa(net.Year)) {
		head = append(head, said("span", "year", itoa(net.Year)))
	}
	if n := s.Page.Issues; n > 0 {
		head = append(head, press(actCommand, "issues").
			Attr("data-cmd", "problem").Title(withKeys(c.say(catalog.CmdProblem), editor.ByID("problem").Keys)).
			Body(icon("warn"), said("span", "", c.say(catalog.UIIssues, n)), icon("down")))
	}
	if net = zoo.ByID(s.Doc.Began); net != nil && s.Doc.Preset == "" {
		head = append(head, said("span", "year", c.say(catalog.UIBegan, c.title(net))))
	}
	body := []app.UI{box("div", "title", head...)}
	// The note stays while the network is edited, so that the stack does not jump,
	// but then it is about another network.
	if net != nil {
		edited := s.Doc.Preset == ""
		note := make([]app.UI, 0, 3)
		if edited {
			note = append(note, said("b", "original", c.say(catalog.UIOriginal)))
		}
		note = append(note, said("span", "", c.say(net.Why)+" "), box("cite", "", c.source(net)...))
		body = append(body, el("p").Class(classes("note why", "edited", edited)).Body(note...))
	}
	return box("div", "intro", body...)
}

// lesson is what the last edit taught.
func (c *Shell) lesson() app.UI {
	lesson := c.state.Doc.Lesson
	if lesson == nil {
		return el("div").Class("notice none")
	}
	return el("div").Class("lesson").Attr("role", "status").Body(
		said("span", "", lesson.In(c.state.Prefs.Lang)),
		button(actLesson, "tool", c.say(catalog.CmdClose), icon("close")))
}

// title is what a published network is called.
func (c *Shell) title(n *zoo.Net) string {
	if key := n.Title(); key != "" {
		return c.say(key)
	}
	return n.Name
}

// source writes where numbers are published, and the total that is; addresses in
// it become links.
func (c *Shell) source(n *zoo.Net) []app.UI {
	body := []app.UI{app.Text(c.say(catalog.UISource) + ": ")}
	s := n.Source
	if n.Remark != "" {
		s = c.say(n.Remark)
	}
	s = strings.TrimSuffix(s, ".") + "."
	if params, ok := num.Parse(n.Params); ok {
		s += " " + c.say(catalog.UIPublished, params.Grouped())
	}
	for i, w := range strings.Split(s, " ") {
		if i > 0 {
			body = append(body, app.Text(" "))
		}
		if strings.HasPrefix(w, "https://") {
			url := strings.TrimRight(w, ".,;)")
			name, _, _ := strings.Cut(strings.TrimPrefix(url, "https://"), "/")
			body = append(body, el("a").Attr("href", url).Attr("rel", "noopener").Text(name), app.Text(w[len(url):]))
			continue
		}
		body = append(body, app.Text(w))
	}
	return body
}

// notice is the present message, with the actions it offers.
func (c *Shell) notice() app.UI {
	n := c.state.Notice
	role, class := "status", "notice none"
	var body []app.UI
	if n != nil {
		class = "notice " + [...]string{"info", "good", "bad"}[n.Tone]
		if n.Tone == editor.ToneBad {
			role = "alert"
		}
		body = append(body, said("span", "said", n.Say.In(c.state.Prefs.Lang)))
		if len(n.Details) > 0 {
			lines := make([]app.UI, len(n.Details))
			for i, d := range n.Details {
				lines[i] = said("li", "", d)
			}
			body = append(body, box("ul", "details-list", lines...))
		}
		for i, a := range n.Actions {
			class := "plain"
			if i == 0 {
				class = "primary"
			}
			body = append(body, press(actNotice, class).
				Attr("data-index", itoa(i)).Text(c.say(a.Label)))
		}
		body = append(body, button(actDismiss, "tool", c.say(catalog.CmdClose), icon("close")))
	}
	return el("div").ID("notice").Class(class).Attr("role", role).Body(body...)
}

// toolbar has the buttons for how the stack is shown.
func (c *Shell) toolbar() app.UI {
	p := c.state.Prefs
	layout := "C×H×W"
	if p.Layout != 0 {
		layout = "H×W×C"
	}
	view := func(id string) app.UI {
		cmd := editor.ByID(id)
		label := c.say(cmd.Label)
		return button(actCommand, "tool", withKeys(label, cmd.Keys), icon(id)).Attr("data-cmd", id)
	}
	framework := "PyTorch"
	if p.Keras {
		framework = "Keras"
	}
	body := []app.UI{
		prefButton(prefKeras, "pill word").
			Attr("aria-label", c.say(catalog.UIFramework)+": "+framework).Title(c.say(catalog.UIFrameworkHint)).Text(framework),
		c.pill(prefBiases, c.say(catalog.UIBiases), "", !p.NoBiases),
		c.pill(prefFlat, c.say(catalog.UIFlat), c.say(catalog.UIFlatHint), p.Flat),
		prefButton(prefLayout, "pill word").
			Attr("aria-label", c.say(catalog.UILayout)+": "+layout).Title(c.say(catalog.UILayout)).Text(layout),
	}
	body = append(body, view("find"))
	if c.state.View.Find != nil {
		body = append(body, c.findBar())
	}
	if c.state.Page.Foldable() && c.state.View.Order == editor.ByText {
		body = append(body,
			el("span").Class("grow"),
			press(actCommand, "pill").Attr("data-cmd", "unroll").
				Attr("aria-pressed", word(c.state.View.Unroll)).
				Title(withKeys(c.say(catalog.CmdUnroll), editor.ByID("unroll").Keys)).
				Text(c.say(catalog.UITurns)),
			view("fold-all"), view("open-all"))
	}
	return el("div").Class("toolbar").Attr("role", "toolbar").Attr("aria-label", c.say(catalog.UIViewOf)).Body(body...)
}

// pill is a switch for how things are shown.
func (c *Shell) pill(p pref, label, hint string, on bool) app.UI {
	return prefButton(p, "pill").
		Attr("aria-pressed", word(on)).Title(hint).Text(label)
}
