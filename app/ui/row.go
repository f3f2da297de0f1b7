package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

func itoa(n int) string { return strconv.Itoa(n) }

// A chunk is a run of rows, redrawn only when one of them changed.
type chunk struct {
	app.Compo

	Run  *editor.Run
	Lang catalog.Lang
	Stop editor.Key // the row that Tab stops at, "" if none of these

	Waits bool // its rows come later: it has their room

	kept []*view // as drawn last; rows that look the same keep their pointer
}

// A view is a row as drawn. go-app compares the values of two pointers field by
// field: the serial number, which comes first and is never used twice, ends the
// comparison. A Run has one for the same reason.
type view struct {
	serial int
	editor.RowView
	bars *bars // where the row's share is drawn
}

var serials int

func serial() int {
	serials++
	return serials
}

func (c *chunk) Render() app.UI {
	if c.Waits {
		return el("div").Class("chunk").Attr("role", "none").Body(el("div").Attr("role", "none"))
	}
	kept := make([]*view, len(c.Run.Rows))
	rows := make([]app.UI, len(c.Run.Rows))
	for i := range c.Run.Rows {
		v := &c.Run.Rows[i]
		if i < len(c.kept) && c.kept[i].keep(v) {
			kept[i] = c.kept[i]
		} else {
			kept[i] = &view{serial: serial(), RowView: *v}
		}
		rows[i] = &row{View: kept[i], Lang: c.Lang, Stop: v.Key == c.Stop}
	}
	c.kept = kept
	return el("div").Class("chunk").Attr("role", "none").Body(el("div").Attr("role", "none").Body(rows...))
}

// A row is one block of the stack. It has no handlers: the page listens once for
// all and finds out by data-act what was meant.
type row struct {
	app.Compo

	View *view
	Lang catalog.Lang
	Stop bool
}

func (r *row) Render() (drawn app.UI) {
	defer func() {
		if fault := recover(); fault != nil {
			drawn = said("div", "row wreck", r.Lang.In(catalog.UIWreck))
		}
	}()
	return r.draw()
}

func (r *row) draw() app.UI {
	v, f := r.View, r.View.Facts
	tab := "-1"
	if v.Cursor || r.Stop {
		tab = "0"
	}
	li := el("div").
		ID(v.Key.ElementID()).
		Class(r.class()).
		Attr("role", "row").
		Attr("aria-level", itoa(v.Depth+1)).
		Attr("tabindex", tab).
		Attr("aria-label", r.sentence()).
		Attr("data-node", string(v.Key)).
		Attr("data-kind", f.Kind).
		Attr("data-out", f.OutExact).
		Attr("data-params", f.Params).
		Attr("data-macs", f.MACsRaw)
	if v.Times != "1" {
		li = li.Attr("data-times", v.Times)
	}
	if v.Cursor {
		li = li.Attr("aria-current", "true")
		if v.Reasons != nil {
			li = li.Attr("aria-describedby", reasonsID(v.Key))
		}
	}
	if v.Fold != editor.FoldNone {
		li = li.Attr("aria-expanded", word(v.Fold == editor.FoldOpen))
	}
	body := make([]app.UI, 0, 10)
	body = append(body, r.lead(), r.what(), r.shape(), r.formula(), &bars{View: v})
	if problems := r.problems(); problems != nil {
		body = append(body, problems)
	}
	if v.Cursor {
		body = append(body, r.details())
	}
	body = append(body, r.plus())
	return li.Body(body...)
}

// formNames and severityNames are what style sheets call them.
var (
	formNames = [...]string{count.FormLeaf: "leaf", count.FormRepeat: "repeat", count.FormTurn: "turn",
		count.FormBranch: "branch", count.FormPath: "path"}
	severityNames = [...]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "note"}
)

func (r *row) class() string {
	v, f := r.View, r.View.Facts
	bad := false
	for i := range f.Problems {
		bad = bad || f.Problems[i].Severity == diag.Error
	}
	return classes("row f-"+formNames[f.Form]+" g-"+f.Group.Name()+" d"+itoa(min(v.Depth, 9)),
		"quiet", f.Quiet && f.Form == count.FormLeaf && f.Value == "" &&
			f.MACs == "", "sel", v.Selected, "cur", v.Cursor, "src", v.Source, "bad", bad,
		"closed", v.Fold == editor.FoldClosed, "dragged", v.Dragged,
		"drop-before", v.Drop == editor.DropBefore, "drop-after", v.Drop == editor.DropAfter)
}

// sentence is the row in words, for screen readers.
func (r *row) sentence() string {
	v, f := r.View, r.View.Facts
	say := r.Lang.In
	parts := make([]string, 0, 8)
	if f.Name != "" && f.Name != f.Title {
		parts = append(parts, f.Name)
	}
	parts = append(parts, f.Title)
	for i := range f.Chips {
		if c := &f.Chips[i]; !c.Default {
			parts = append(parts, chipName(c))
		}
	}
	if f.Out != "" {
		parts = append(parts, say(catalog.UIRowOut, f.Out))
	}
	if f.Value != "" {
		parts = append(parts, say(catalog.UIRowParams, f.Value))
	} else {
		parts = append(parts, say(catalog.UIRowNone))
	}
	if v.Times != "1" {
		parts = append(parts, say(catalog.UITimes, v.Times))
	}
	for i := range f.Problems {
		if p := &f.Problems[i]; p.Severity != diag.Note {
			parts = append(parts, p.Text)
		}
	}
	return strings.Join(parts, ", ")
}

// lead is what comes before the row: its grip, and the button that folds it.
func (r *row) lead() app.UI {
	v, f := r.View, r.View.Facts
	body := make([]app.UI, 0, 2)
	grip := el("span").Class("dot")
	if f.Editable {
		grip = grip.Attr(does(actGrip)).Title(r.Lang.In(catalog.UIGrip))
	}
	body = append(body, grip)
	if v.Fold != editor.FoldNone {
		label := catalog.UIFoldIt
		if v.Fold == editor.FoldClosed {
			label = catalog.UIOpenIt
		}
		body = append(body, press(actFold, "fold").Attr("tabindex", "-1").
			Attr("aria-label", r.Lang.In(label)).Attr("aria-expanded", word(v.Fold == editor.FoldOpen)).Body(icon("fold")))
	}
	return el("span").Class("lead").Attr("role", "gridcell").Body(body...)
}

// what is the kind, the name and the hyper-parameters.
func (r *row) what() app.UI {
	v, f := r.View, r.View.Facts
	body := make([]app.UI, 0, 4)
	body = append(body, said("span", "kind", f.Title))
	switch {
	case v.Edit == editor.LabelField:
		body = append(body, r.input(editor.LabelField, r.Lang.In(catalog.UIName), "label"))
	case f.Name != "":
		name := el("span").Class(classes("name", "own", f.Labelled)).Text(f.Name)
		if f.Editable {
			name = name.Attr(does(actName))
		}
		body = append(body, name)
	case v.Cursor && f.Editable:
		body = append(body, el("span").Class("name hint").Attr(does(actName)).Text(r.Lang.In(catalog.UINameHint)))
	}
	if f.Users != "" {
		body = append(body, said("span", "aside users", "→ "+f.Users))
	}
	if f.Tag != "" {
		body = append(body, said("span", "aside", f.Tag))
	}
	if f.Frozen {
		body = append(body, said("span", "tag", r.Lang.In(catalog.UIFrozen)))
	}
	if !f.Editable && f.Doc != "" {
		body = append(body, said("span", "aside", f.Doc))
	}
	if chips := r.chips(); len(chips) > 0 {
		body = append(body, box("span", "chips", chips...))
	}
	return el("div").Class("what").Attr("role", "gridcell").Body(body...)
}

// shape is the row's input and output.
func (r *row) shape() app.UI {
	f := r.View.Facts
	body := make([]app.UI, 0, 2)
	if f.Editable {
		if f.In != "" && f.In != f.Out {
			body = append(body, said("span", "from", f.In))
		}
		if f.Out != "" && f.In != f.Out && f.Group != layer.GroupInput || r.View.Cursor || !f.Quiet {
			body = append(body, said("span", "to", f.Out))
		}
	}
	return el("div").Class("shape").Attr("role", "gridcell").Body(body...)
}

// formula is the number of parameters and how it comes about.
func (r *row) formula() app.UI {
	v, f := r.View, r.View.Facts
	body := make([]app.UI, 0, 4)
	if len(f.Formula) > 0 {
		body = append(body, box("span", "terms", r.pieces(f.Formula, true)...))
		body = append(body, said("span", "eq", "="))
	}
	if f.Value != "" {
		body = append(body, said("b", "val", f.Value))
	}
	if v.Times != "1" && f.Value != "" {
		body = append(body, said("span", "times", "× "+v.Times))
	}
	if v.Other != "" {
		title, tab := catalog.ActCountKeras, "-1"
		if v.Cursor {
			tab = "0"
		}
		if strings.HasPrefix(f.Class, "keras.") {
			title = catalog.ActCountTorch
		}
		body = append(body, prefButton(prefKeras, "other").Attr("tabindex", tab).Title(r.Lang.In(title)).Text(v.Other))
	}
	if v.Hot >= 0 && v.Tip != "" && v.Reasons == nil {
		body = append(body, el("span").Class("tip").ID("tip-"+string(v.Key)).Attr("role", "tooltip").Text(v.Tip))
	}
	return el("div").Class("formula").Attr("role", "gridcell").Body(body...)
}

// pieces draws a formula: each number can be pointed at, signs are plain text.
func (r *row) pieces(pieces []editor.Piece, point bool) []app.UI {
	v := r.View
	body := make([]app.UI, 0, len(pieces))
	signs := "" // one text: two beside each other are one node in the page as built
	plain := func() {
		if signs != "" {
			body = append(body, app.Text(signs))
			signs = ""
		}
	}
	for i := range pieces {
		p := &pieces[i]
		if class := roleClass(p.Role); !point && p.Num && class != "" {
			plain()
			body = append(body, el("span").Class("f "+class).Text(p.Text))
			continue
		}
		if !p.Num || !point {
			signs += p.Text
			continue
		}
		plain()
		class := "f " + roleClass(p.Role)
		if v.Hot == i {
			class += " hot"
		}
		f := el("span").Class(class).Attr(does(actFactor)).Attr("data-token", itoa(i)).Text(p.Text)
		if v.Cursor {
			f = f.Attr("tabindex", "0").Attr("role", "button")
		}
		if v.Hot == i {
			f = f.Attr("aria-describedby", "tip-"+string(v.Key))
		}
		body = append(body, f)
		// A long formula may break after a sign, never inside a number.
		if i+1 < len(pieces) && !pieces[i+1].Num {
			continue
		}
		body = append(body, el("wbr"))
	}
	plain()
	return body
}

// plus is the button between two rows.
func (r *row) plus() app.UI {
	return press(actAdd, "plus").Attr("tabindex", "-1").
		Attr("aria-hidden", "true").
		Title(r.Lang.In(catalog.UIAddHere)).Text("+")
}
