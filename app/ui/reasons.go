package ui

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
)

// reasonsID is the id of the explanation of a row.
func reasonsID(k editor.Key) string { return "reasons-" + string(k) }

// ask is the button that explains the row's number, in words.
func (r *row) ask() app.UI {
	c := editor.ByID("explain")
	label := r.Lang.In(c.Label)
	b := press(actCommand, "pill explain").Attr("data-cmd", c.ID).
		Attr("aria-expanded", word(r.View.Reasons != nil)).Title(withKeys(label, c.Keys))
	if r.View.Reasons != nil {
		b = b.Attr("aria-controls", reasonsID(r.View.Key))
	}
	return box("div", "ask-row", b.Body(icon("fold"), said("span", "", label)))
}

// reasons is the explanation of the row: each tensor with its factors, and what follows.
func (r *row) reasons(x *editor.Reasons) app.UI {
	body := make([]app.UI, 0, 4)
	paragraphs := func(list []string) {
		for _, s := range list {
			body = append(body, said("p", "", s))
		}
	}
	paragraphs(x.Before)
	if len(x.Tensors) > 0 {
		body = append(body, r.tensors(x.Tensors))
	}
	paragraphs(x.Text)
	if len(x.Kept) > 0 {
		body = append(body, r.tensors(x.Kept))
	}
	return el("section").ID(reasonsID(r.View.Key)).Class("reasons").Attr("role", "region").
		Attr("aria-label", x.Title).Body(body...)
}

// tensors lists tensors. A sentence about a factor lights it when it is pointed at.
func (r *row) tensors(list []editor.ReasonTensor) app.UI {
	items := make([]app.UI, len(list))
	for i := range list {
		t := &list[i]
		head := []app.UI{said("code", "", t.Name), box("span", "terms", r.pieces(t.Formula, false)...)}
		if t.Value != "" {
			head = append(head, said("span", "eq", "="), said("b", "val", t.Value))
		}
		for _, s := range []string{t.Each, t.Role} {
			if s != "" {
				head = append(head, said("span", "tiny", s))
			}
		}
		body := []app.UI{box("div", "tensor", head...)}
		if len(t.Factors) > 0 {
			factors := make([]app.UI, len(t.Factors))
			for k, f := range t.Factors {
				class := "factor"
				if r.View.Hot == f.Token {
					class += " hot"
				}
				factors[k] = el("li").Class(class).Attr(does(actFactor)).Attr("data-token", itoa(f.Token)).Text(f.Text)
			}
			body = append(body, box("ul", "", factors...))
		}
		items[i] = box("li", "", body...)
	}
	return box("ul", "tensors", items...)
}
