//go:build !js

package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"

	"paramstack/app/site"
	"paramstack/core/catalog"
)

// held serves the built site, but the program only when it is let go.
func held(t *testing.T) (url string, release func()) {
	rest := make(chan struct{})
	files := site.Serve(os.DirFS(siteDir))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/web/app.wasm" {
			select {
			case <-rest:
			case <-r.Context().Done():
			}
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL + "/", func() { close(rest) }
}

// What is clicked, chosen and typed before the program is there is done afterwards; the
// page shows that it is loading, in the reader's language.
func TestEarly(t *testing.T) {
	url, release := held(t)
	p := newPage(t, url)
	p.emulateLanguage("ko-KR")
	p.load("")
	if said := p.text("body"); !strings.Contains(said, catalog.Korean.In(catalog.BootLoading)) || strings.Contains(said, catalog.English.In(catalog.BootLoading)) {
		t.Errorf("while it loads the page says\n%s", said)
	}
	p.choose("#preset", "lenet-5")
	p.choose("#preset", "toy")
	p.click("#lang")
	p.click("#theme")
	if p.attr("html", "lang") != "ko" {
		t.Error("a click was answered by nobody")
	}
	p.screenshot("loading")
	release()
	p.ready()
	p.wantTotal("params", "1300")
	if p.value("#preset") != "toy" || p.attr("html", "lang") != "en" || p.attr("html", "data-theme") != "light" {
		t.Errorf("the network is %s, the language %s, the theme %q", p.value("#preset"), p.attr("html", "lang"), p.attr("html", "data-theme"))
	}
	if said := p.text("body"); strings.Contains(said, catalog.English.In(catalog.BootLoading)) {
		t.Error("the page still says that it loads")
	}
	// From now on a click is done once.
	p.click("#lang")
	p.wait("Korean", `document.documentElement.lang === "ko"`)
}

// What is typed into the text pane meanwhile is the network afterwards.
func TestEarlyText(t *testing.T) {
	url, release := held(t)
	p := newPage(t, url)
	p.load("")
	p.fill("#text", "input 3x32x32\nconv 4 k5 nobias\n")
	p.click(`[data-kind="conv"] .chip`)
	release()
	p.ready()
	p.wantTotal("params", "300")
}

// atOnce does something when the program listens already and is about to mark the page as
// drawn. Between the two the browser may have a task of its own, or may not: this is the
// moment that is always there.
const atOnce = `(() => {
	const mark = performance.mark;
	performance.mark = function (name, ...rest) {
		if (name === "paramstack-ready" && !document.documentElement.dataset.drawn) {
			window.acted = true;
			ACT
		}
		return mark.call(this, name, ...rest);
	};
})()`

// The program listens before all of the page is drawn. What is done then is done once, and
// after what was done before it.
func TestEarlyOnce(t *testing.T) {
	const link = "#1.i3x32x32~c4k5~c10k5~end"
	for _, c := range []struct{ name, before, act, after string }{
		{"a click", "",
			`document.querySelector("#theme").click()`,
			`document.documentElement.dataset.theme === "light"`},
		{"a click on what has text in it", "",
			`document.querySelector('[data-pref="keras"]').click()`,
			`document.querySelector('[data-pref="keras"]').textContent === "Keras"`},
		{"a click before and another", `document.querySelector("#theme").click()`,
			`document.querySelector("#theme").click()`,
			`document.documentElement.dataset.theme === "dark"`},
		{"text before and more of it", `const text = document.querySelector("#text");
				text.value = "input 3x32x32\nconv 4 k5 nobias";
				text.dispatchEvent(new Event("input", { bubbles: true }))`,
			`const text = document.querySelector("#text");
				text.value = "input 3x32x32\nconv 4 k5";
				text.dispatchEvent(new Event("input", { bubbles: true }))`,
			`document.querySelector("[data-total=params]")?.dataset.value === "304"`},
		{"a double click", "",
			`const row = document.querySelector('#stack [data-kind="conv"]');
				for (const name of ["click", "click", "dblclick"]) row.dispatchEvent(new MouseEvent(name, { bubbles: true }))`,
			`document.querySelector("[data-act=edit]") !== null`},
		{"a key", "",
			`document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "?", shiftKey: true, bubbles: true, cancelable: true }))`,
			`document.querySelector("[role=dialog]") !== null`},
	} {
		t.Run(c.name, func(t *testing.T) {
			url, release := held(t)
			p := newPage(t, url)
			call(p, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
				Source: strings.ReplaceAll(atOnce, "ACT", c.act)})
			p.load(link)
			if c.before != "" {
				eval[any](p, "(() => { "+c.before+" })()")
			}
			release()
			p.ready()
			if !eval[bool](p, "window.acted === true") {
				t.Fatal("the program did not come to the moment before the page is drawn")
			}
			p.wait("what was done", c.after)
			// What would be done a second time would have been by now.
			eval[any](p, "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
			if !eval[bool](p, c.after) {
				t.Error("it was done again")
			}
		})
	}
}

// Keys that are pressed before the program is there are not lost.
func TestEarlyKey(t *testing.T) {
	url, release := held(t)
	p := newPage(t, url)
	p.load("")
	p.press("w")
	release()
	p.ready()
	p.wait("the sheet", `document.querySelector("[role=dialog]") !== null`)
}

// A click on a block of the diagram, which has no method click, is done too, and so is what
// follows it.
func TestEarlyDiagram(t *testing.T) {
	url, release := held(t)
	p := newPage(t, url)
	p.load("")
	key := eval[string](p, `(() => {
		const block = [...document.querySelectorAll("#picture [data-node][role=button]")].at(-1);
		block.dispatchEvent(new MouseEvent("click", { bubbles: true }));
		document.querySelector("#theme").click();
		return block.dataset.node;
	})()`)
	release()
	p.ready()
	p.wait("the row", `document.querySelector("#row-`+key+`[aria-current]")`)
	p.wait("the theme", `document.documentElement.dataset.theme === "light"`)
}

// When the program stops, the page says so without covering what it shows, gives the
// network's text to copy, and can be reloaded.
func TestStopped(t *testing.T) {
	for _, c := range []struct {
		name string
		w, h int64
	}{{"desktop", 1280, 800}, {"phone", 390, 844}} {
		t.Run(c.name, func(t *testing.T) {
			p := open(t, "")
			p.setViewport(c.w, c.h, c.name == "phone")
			p.preset("toy")
			p.press("escape")
			network := p.value("#text")
			eval[any](p, `dispatchEvent(new ErrorEvent("error", {error: new WebAssembly.RuntimeError("unreachable")}))`)
			p.wait("the reason", `document.documentElement.dataset.failed === "stopped"`)
			if said := p.text("#app-wasm-loader"); !strings.Contains(said, catalog.English.In(catalog.BootStopped)) || !strings.Contains(said, "unreachable") {
				t.Errorf("the page says %q", said)
			}
			if got := p.value("#app-wasm-loader textarea"); got != network {
				t.Errorf("the text to copy is %q, not %q", got, network)
			}
			if !eval[bool](p, `(() => {
				scrollTo(0, 0);
				const title = document.querySelector("h1").getBoundingClientRect();
				const banner = document.getElementById("app-wasm-loader").getBoundingClientRect();
				return banner.top === 0 && banner.height > 40 && title.top >= banner.bottom;
			})()`) {
				t.Error("the sentence covers the title")
			}
			p.screenshot("stopped-" + c.name)
			p.click("#app-wasm-loader .boot-acts button")
			p.wait("the page to be loaded again", `!document.documentElement.dataset.failed && document.documentElement.dataset.ready === "true"`)
		})
	}
}

// After one visit everything works without a network, on the page that is open and after a
// reload: what was never used too.
func TestOfflineTools(t *testing.T) {
	s := httptest.NewServer(http.StripPrefix("/repo", site.Serve(os.DirFS(siteDir))))
	defer s.Close()
	p := newPage(t, s.URL+"/repo/")
	p.visit("")
	p.worker()
	p.keptAll()
	s.CloseClientConnections()
	s.Close()

	p.upload("half.prototxt", prototxt)
	p.noticed("half.prototxt")
	p.reload()
	p.preset("lenet-5")
	p.press("escape")
	p.click("#export")
	p.wait("the code", `document.querySelector("#written")?.textContent.includes("nn.Conv2d")`)
	p.press("escape")
	p.click("#gallery")
	p.wait("the gallery", `document.querySelectorAll("[data-card]").length > 100`)
}

// keptAll waits until the service worker keeps what is loaded on demand as well.
func (p *page) keptAll() {
	p.t.Helper()
	p.wait("all files to be kept", `(caches.match(new URL("web/transfer.wasm", location.href)).then((r) => window.keptAll = !!r), window.keptAll)`)
}

// A cache that lost files is made whole by the next visit.
func TestHeals(t *testing.T) {
	p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
	p.visit("")
	p.worker()
	p.keptAll()
	eval[any](p, `caches.keys().then((keys) => Promise.all(keys.map(async (key) => {
		const cache = await caches.open(key);
		for (const file of ["./", "web/app.wasm", "web/paramstack.css"]) await cache.delete(new URL(file, location.href));
	}))).then(() => 0)`)
	p.reload()
	p.wait("the files to be kept again", `(Promise.all(["./", "web/app.wasm", "web/paramstack.css"].map((file) => caches.match(new URL(file, location.href))))
		.then((all) => window.healed = all.every(Boolean)), window.healed)`)
}

// The menu of formats is there before the worker is.
func TestFormatsAtOnce(t *testing.T) {
	files := siteFiles(t)
	delete(files, "web/transfer.wasm")
	p := newPage(t, host(t, files)+"repo/")
	p.allow("404", "transfer", "service worker")
	p.visit("")
	if n := eval[int](p, `(document.querySelector("#export").click(), document.querySelectorAll("[data-format]").length)`); n < 10 {
		t.Errorf("%d formats are there at once", n)
	}
}
