//go:build !js

package e2e

import (
	"fmt"
	"slices"
	"strings"
)

// A seen is a row of the stack as shown on the page.
type seen struct {
	Node, Kind, Name, Out, Params, MACs string
	Formula, Value                      string // as shown
}

const seenJS = `[...document.querySelectorAll("#stack [data-node]")].map((r) => {
	const text = (s) => r.querySelector(s)?.textContent ?? "";
	return {Node: r.dataset.node, Kind: r.dataset.kind, Name: text(".name:not(.hint)"), Out: r.dataset.out,
		Params: r.dataset.params, MACs: r.dataset.macs, Formula: text(".formula .terms"), Value: text(".formula .val")};
})`

// rows returns all rows of the stack.
func (p *page) rows() []seen {
	p.t.Helper()
	return eval[[]seen](p, seenJS)
}

// kinds returns what the rows are, in order: "input conv relu".
func (p *page) kinds() string {
	p.t.Helper()
	var list []string
	for _, r := range p.rows() {
		list = append(list, r.Kind)
	}
	return strings.Join(list, " ")
}

// row returns the selector of the row with a layer's name: conv2.
func (p *page) row(name string) string {
	p.t.Helper()
	return `#stack [data-node="` + p.seen(name).Node + `"]`
}

// seen returns the row with a layer's name.
func (p *page) seen(name string) seen {
	p.t.Helper()
	rows := p.rows()
	i := slices.IndexFunc(rows, func(r seen) bool { return r.Name == name })
	if i < 0 {
		p.t.Fatalf("no row called %s in %+v", name, rows)
	}
	return rows[i]
}

// total returns a total, exact.
func (p *page) total(name string) string {
	p.t.Helper()
	return p.attr(`[data-total="`+name+`"]`, "data-value")
}

// wantTotal waits for a total.
func (p *page) wantTotal(name, value string) {
	p.t.Helper()
	if !p.until(fmt.Sprintf(`document.querySelector('[data-total="%s"]')?.dataset.value === %s`, name, quote(value))) {
		p.t.Fatalf("%s are %s, want %s", name, p.total(name), value)
	}
}

// wantKinds waits for rows of certain kinds.
func (p *page) wantKinds(kinds string) {
	p.t.Helper()
	if !p.until(`[...document.querySelectorAll("#stack [data-node]")].map((r) => r.dataset.kind).join(" ") === ` + quote(kinds)) {
		p.t.Fatalf("the rows are\n%s, want\n%s", p.kinds(), kinds)
	}
}

// stack shows a stack text through the page's own API.
func (p *page) stack(text string) {
	p.t.Helper()
	if wrong := eval[any](p, "paramstack.load("+quote(text)+")"); wrong != nil {
		p.t.Fatalf("paramstack.load(%q): %v", text, wrong)
	}
	p.press("escape") // the notice that it was opened
}

// preset shows a published network.
func (p *page) preset(id string) {
	p.t.Helper()
	p.choose("#preset", id)
	p.wait("the preset "+id, `document.querySelector("#preset").value === `+quote(id))
}

// noticed waits until the notice has words in it.
func (p *page) noticed(words string) {
	p.t.Helper()
	if !p.until(`document.querySelector("#notice").innerText.includes(` + quote(words) + `)`) {
		p.t.Fatalf("the notice is %q, want %q", p.text("#notice"), words)
	}
}

// keepsFocus fails if the keyboard has nothing to go on from.
func (p *page) keepsFocus(after string) {
	p.t.Helper()
	if !p.until(`document.activeElement && document.activeElement !== document.body`) {
		p.t.Errorf("after %s the focus is lost", after)
	}
}

// focused waits until the focused element matches a selector.
func (p *page) focused(sel string) {
	p.t.Helper()
	if !p.until(`document.activeElement.matches(` + quote(sel) + `)`) {
		p.t.Fatalf("the focus is on %s, want %s", eval[string](p, `document.activeElement.outerHTML.slice(0, 200)`), sel)
	}
}
