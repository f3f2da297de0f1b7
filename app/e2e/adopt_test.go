//go:build !js

package e2e

import (
	"os"
	"slices"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
)

// watchBuilt marks all elements that the build drew, before the program starts.
const watchBuilt = `document.addEventListener("DOMContentLoaded", () => {
	for (const e of document.querySelectorAll("#page, #page *")) e.built = true;
});`

// fresh has the program draw all of the page by itself.
const fresh = `Object.defineProperty(window, "goappFound", { get: () => () => null, set: () => {} });`

// drawn is the page as it is, a line for each element and text, attributes in order.
const drawn = `(() => {
	const lines = [];
	const visit = (n) => {
		if (n.id === "announce") return; // is written when nothing happens for a while
		if (n.id === "picture-view") return; // picture.js draws it
		if (n.nodeType === 3) { if (n.data) lines.push("text " + n.data); return; }
		// Which option the build selected is an attribute, which one is selected now is not.
		const all = [...n.attributes].filter((a) => a.name !== "selected").map((a) => a.name + "=" + (a.value === "true" ? "" : a.value)).sort();
		// Each visit has a key of its own.
		lines.push([n.localName, ...all, n.value ?? "", n.checked ?? "", n.selected ?? ""].join(" ").replace(/paramstack\.kept\/[\w-]+/g, "kept"));
		n.childNodes.forEach(visit);
		lines.push("end of " + n.localName);
	};
	visit(document.getElementById("page"));
	return lines;
})()`

// TestAdopted opens the page with what the build drew and without it: the program takes
// over what is there, and shows the same.
func TestAdopted(t *testing.T) {
	for _, c := range []struct {
		name, fragment, language, stored string
		most                             int // elements that may be made, those of the diagram aside: web/picture.js moves them
	}{
		{"as built", "", "en-US", "", 0},
		{"another network", "#" + cardOf(t, "resnet-152").Link, "en-US", "", -1},
		{"another language", "", "ko-KR", "", 4},
		{"nothing in it", "#1.i3x8x8~end", "en-US", "", -1},
		{"work of an earlier visit", "", "en-US", "1.i3x32x32~c4k5_nobias~end", 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			open := func(script string) *page {
				p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
				p.emulateLanguage(c.language)
				if c.stored != "" {
					script += `if (origin !== "null") localStorage.setItem("paramstack.work", ` + quote(c.stored) + `);`
				}
				call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
				p.visit(c.fragment)
				p.wait("the text", `document.getElementById("text").value !== ""`)
				return p
			}
			p := open(watchBuilt)
			made := eval[[]string](p, `[...document.querySelectorAll("#page, #page :not(#picture-view *)")].filter((e) => !e.built).map((e) => e.outerHTML)`)
			all := eval[int](p, `document.querySelectorAll("#page, #page *").length`)
			t.Logf("%d of %d elements were made", len(made), all)
			if c.most >= 0 && len(made) > c.most {
				t.Errorf("%d elements were made, of %d that were there: %q", len(made), all, made)
			}
			got, want := eval[[]string](p, drawn), eval[[]string](open(fresh), drawn)
			for i := range max(len(got), len(want)) {
				if i >= len(got) || i >= len(want) || got[i] != want[i] {
					t.Fatalf("line %d of %d and %d: the page shows\n%q, drawn afresh it is\n%q", i, len(got), len(want),
						slices.Concat(got[min(i, len(got)):], []string{"nothing"})[0], slices.Concat(want[min(i, len(want)):], []string{"nothing"})[0])
				}
			}
		})
	}
}

// What the program puts on the page is made in one call: elements of their namespaces with
// attributes and properties, texts that are never markup, and markup.
func TestMade(t *testing.T) {
	p := open(t, "")
	got := eval[[]string](p, `(() => {
		const nodes = goappMake(["div", "2", "title", "a/b", ".hidden", "true", "#text", "/", "svg http://www.w3.org/2000/svg", "1",
			"viewBox", "0 0 1 1", "/", "#text", "", "#markup", "<i>i</i>", "input", "2", ".value", "<b>", ".disabled", "", "/", "/"].join("\x1f"));
		return [nodes[0].outerHTML, nodes.map((n) => n.nodeName).join(" "), nodes[5].value, nodes[2].namespaceURI];
	})()`)
	want := []string{
		`<div title="a/b" hidden="">/<svg viewBox="0 0 1 1"></svg><i>i</i><input></div>`,
		"DIV #text svg #text I INPUT", "<b>", "http://www.w3.org/2000/svg",
	}
	if !slices.Equal(got, want) {
		t.Errorf("made: %q, want %q", got, want)
	}

	// What divides the words of the call may be in a text that is opened.
	if wrong := eval[any](p, `paramstack.load("# net: a\x1fb\u2028<i>\ninput 3x8x8\nconv 4 k3\n")`); wrong != nil {
		t.Fatal(wrong)
	}
	p.wait("the layer", `document.querySelectorAll("#stack [data-node]").length === 2`)
}
