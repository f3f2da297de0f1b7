//go:build !js

package e2e

import (
	"bytes"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"

	"paramstack/app/site"
	"paramstack/core/catalog"
)

// The same files run under a path and at the root; what a page may not do, the
// harness reports: requests elsewhere, CSP violations, exceptions.
func TestBoots(t *testing.T) {
	for name, path := range map[string]string{"root": "", "path": "repo/", "index": "repo/index.html"} {
		t.Run(name, func(t *testing.T) {
			p := newPage(t, host(t, os.DirFS(siteDir)))
			p.visit(path)
			if !slices.Contains(p.asked(), strings.TrimSuffix(path, "index.html")+"web/app.wasm") {
				t.Errorf("the program came from elsewhere: %v", p.asked())
			}
			if eval[bool](p, `!document.getElementById("app-wasm-loader").hidden`) {
				t.Error("the loader is still there")
			}
			p.worker()
		})
	}
}

func TestNoViolation(t *testing.T) {
	p := open(t, "")
	// The policy is there and works: an inline style is refused.
	p.allow("Content Security Policy", "Content-Security-Policy")
	eval[any](p, `document.body.insertAdjacentHTML("beforeend", "<i id=styled style='color:red'></i>")`)
	if eval[string](p, `document.getElementById("styled").style.color`) != "" {
		t.Error("the Content-Security-Policy lets inline styles through")
	}
}

// go-app's program ends at a fragment with a malformed percent sign.
func TestMalformedFragment(t *testing.T) {
	t.Run("at boot", func(t *testing.T) {
		open(t, "#m=%zz%")
	})
	t.Run("later", func(t *testing.T) {
		p := open(t, "")
		p.setHash("#m=%zz%")
		p.wait("the fragment to be taken away", `!location.hash.includes("%zz")`)
		if !eval[bool](p, `document.getElementById("app-wasm-loader").hidden`) {
			t.Error("the program has stopped: ", p.text("#app-wasm-loader-label"))
		}
		eval[any](p, "history.back()")
		p.wait("the way back", `!location.hash.includes("%")`)
	})
}

// With JavaScript switched off the prerendered page can be read.
func TestReadableWithoutScript(t *testing.T) {
	p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.load("")
	text := p.text("body")
	for _, want := range []string{"AlexNet", "JavaScript", "자바스크립트"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q without JavaScript:\n%s", want, text)
		}
	}
	if p.count("#stack [data-node]") == 0 {
		t.Error("no rows without JavaScript")
	}
}

// Without WebAssembly, or with a program that cannot be loaded, the page explains
// that and stays.
func TestSaysWhyNot(t *testing.T) {
	t.Run("no WebAssembly", func(t *testing.T) {
		p := newPage(t, host(t, change(t, map[string]func(string) string{
			"web/boot.js": func(s string) string { return "delete window.WebAssembly;\n" + s },
		}))+"repo/")
		p.load("")
		p.wait("the reason", `document.documentElement.dataset.failed === "wasm"`)
		if text := p.text("body"); !strings.Contains(text, catalog.English.In(catalog.BootNoWasm)) || !strings.Contains(text, catalog.Korean.In(catalog.BootNoWasm)) || !strings.Contains(text, "AlexNet") {
			t.Errorf("the page says:\n%s", text)
		}
	})
	t.Run("no program", func(t *testing.T) {
		files := siteFiles(t)
		delete(files, "web/app.wasm")
		p := newPage(t, host(t, files)+"repo/")
		p.allow("404", "the program could not be loaded", "service worker")
		p.load("")
		p.wait("the reason", `document.documentElement.dataset.failed === "load"`)
		if text := p.text("body"); !strings.Contains(text, catalog.English.In(catalog.BootFailed)) || !strings.Contains(text, "AlexNet") {
			t.Errorf("the page says:\n%s", text)
		}
	})
}

// A link must not show another network first.
func TestLinkHidesExample(t *testing.T) {
	files := siteFiles(t)
	delete(files, "app.js") // so that the program never comes
	p := newPage(t, host(t, files)+"repo/")
	p.allow("404", "MIME")
	p.load("#x")
	if p.attr("html", "data-link") != "" || !eval[bool](p, `document.documentElement.hasAttribute("data-link")`) {
		t.Error("no data-link with a link in the address")
	}
	if eval[string](p, `getComputedStyle(document.querySelector("#stack [data-node] *")).visibility`) != "hidden" {
		t.Error("the example is shown although a link was opened")
	}
	p.load("")
	if eval[bool](p, `document.documentElement.hasAttribute("data-link")`) {
		t.Error("data-link without a link")
	}
}

// Theme and language are right before the program comes.
func TestFirstPaint(t *testing.T) {
	files := siteFiles(t)
	delete(files, "app.js")
	p := newPage(t, host(t, files)+"repo/")
	p.allow("404", "MIME")
	p.load("")
	eval[any](p, `localStorage.setItem("paramstack.theme", "dark"); localStorage.setItem("paramstack.lang", "ko")`)
	p.load("")
	if theme, lang := p.attr("html", "data-theme"), p.attr("html", "lang"); theme != "dark" || lang != "ko" {
		t.Errorf("theme %q, language %q, want dark, ko", theme, lang)
	}
	eval[any](p, `localStorage.clear()`)
	p.emulateLanguage("ko-KR")
	p.load("")
	if theme, lang := p.attr("html", "data-theme"), p.attr("html", "lang"); theme != "" || lang != "ko" {
		t.Errorf("theme %q, language %q, want none, ko", theme, lang)
	}
}

// worker waits until the service worker has everything.
func (p *page) worker() {
	p.t.Helper()
	p.wait("the service worker", `(async () => { window.swActive = (await navigator.serviceWorker.ready).active?.state })(),
		window.swActive === "activated"`)
}

// After one visit the page opens without a network, and leaves alone what
// others keep at the same origin.
func TestOffline(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/repo/", http.StripPrefix("/repo", site.Serve(os.DirFS(siteDir))))
	mux.HandleFunc("/empty", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<!DOCTYPE html><title>another site</title><link rel=icon href=data:,>"))
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	p := newPage(t, s.URL+"/")
	p.load("empty")
	eval[any](p, `Promise.all(["theirs", "app-0", "paramstack-/other/@1", "paramstack-/repo/@old"].map((c) => caches.open(c))).then(() => 0)`)

	p.visit("repo/")
	p.worker()
	p.wait("the old cache to go", `(caches.keys().then((k) => window.cacheNames = k), window.cacheNames && !window.cacheNames.includes("paramstack-/repo/@old"))`)
	names := eval[[]string](p, "caches.keys()")
	for _, want := range []string{"theirs", "app-0", "paramstack-/other/@1"} {
		if !slices.Contains(names, want) {
			t.Errorf("the cache %q of another site was deleted; left are %q", want, names)
		}
	}

	s.CloseClientConnections()
	s.Close()
	p.reload()
	p.visit("repo/?from=elsewhere")
	p.visit("repo/index.html")
}

// A new version is announced, and shown after a reload.
func TestUpdate(t *testing.T) {
	var files atomic.Pointer[fstest.MapFS]
	first := siteFiles(t)
	files.Store(&first)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.StripPrefix("/repo", site.Serve(*files.Load())).ServeHTTP(w, r)
	}))
	defer func() { s.CloseClientConnections(); s.Close() }()
	p := newPage(t, s.URL+"/repo/")
	p.visit("")
	p.worker()
	p.reload() // now the worker has the page
	p.wait("the worker to have the page", "navigator.serviceWorker.controller")

	version := regexp.MustCompile(`@?[0-9a-f]{16}`)
	second := change(t, map[string]func(string) string{
		"app-worker.js": func(s string) string { return version.ReplaceAllString(s, "fedcba9876543210") },
		"index.html":    func(s string) string { return strings.Replace(s, "<title>", "<title>Newer ", 1) },
	})
	files.Store(&second)
	eval[any](p, `(() => { const tell = goappOnUpdate; window.goappOnUpdate = () => { window.announced = true; tell(); }; })()`)
	eval[any](p, `navigator.serviceWorker.ready.then((r) => r.update()).then(() => 0)`)
	p.wait("the update to be announced", "window.announced")
	if eval[bool](p, `document.title.startsWith("Newer")`) {
		t.Error("the page reloaded by itself")
	}
	p.wait("the new worker", `(navigator.serviceWorker.ready.then((r) => window.idle = !r.installing && !r.waiting && r.active.state === "activated"), window.idle)`)
	p.reload()
	if title := string(second["index.html"].Data); !strings.Contains(title, "<title>Newer") ||
		!eval[bool](p, `fetch("./").then((r) => r.text()).then((s) => s.includes("<title>Newer"))`) {
		t.Error("the new version does not come after a reload")
	}
}

func TestBudget(t *testing.T) {
	_, total, err := site.Sizes(os.DirFS(siteDir), false)
	if err != nil {
		t.Fatal(err)
	}
	if total.Gzip > site.Budget {
		t.Errorf("a first visit downloads %d bytes by gzip -9, more than %d; make size says of what", total.Gzip, site.Budget)
	}
}

// The site names no other host and no address of this machine. The program is
// left out: it has all of Go's texts in it.
func TestNamesNoHost(t *testing.T) {
	address := regexp.MustCompile(`https?://[^"'\s)<]+`)
	for name, f := range siteFiles(t) {
		if strings.HasSuffix(name, ".wasm") || strings.HasSuffix(name, ".png") {
			continue
		}
		for _, a := range address.FindAll(f.Data, -1) {
			if !bytes.HasPrefix(a, []byte("http://www.w3.org/")) {
				t.Logf("%s names %s", name, a)
			}
		}
		if bytes.Contains(f.Data, []byte("127.0.0.1")) || bytes.Contains(f.Data, []byte("localhost")) {
			t.Errorf("%s names the machine it was built on", name)
		}
	}
}

// siteFiles returns the built site as files that can be changed.
func siteFiles(t testing.TB) fstest.MapFS {
	files := fstest.MapFS{}
	dir := os.DirFS(siteDir)
	err := fs.WalkDir(dir, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var data []byte
			data, err = fs.ReadFile(dir, p)
			files[p] = &fstest.MapFile{Data: data}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// change returns the built site with some files changed.
func change(t testing.TB, edits map[string]func(string) string) fstest.MapFS {
	files := maps.Clone(siteFiles(t))
	for name, edit := range edits {
		before := string(files[name].Data)
		after := edit(before)
		if after == before {
			t.Fatalf("nothing to change in %s", name)
		}
		files[name] = &fstest.MapFile{Data: []byte(after)}
	}
	return files
}
