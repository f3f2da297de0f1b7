//go:build !js

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/network"
	protocol "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// Work is kept, and offered on the next visit: taken or left.
func TestSavedWork(t *testing.T) {
	p := open(t, "")
	p.preset("toy")
	p.click(p.row("conv1") + ` [data-field="filters"]`)
	p.typeKeys("5\n")
	p.wantTotal("params", "1625")

	p.visit("")
	p.wantTotal("params", "60965224") // the page opens as always
	p.noticed("Continue with your last network, Toy network?")
	p.click("#notice .primary")
	p.wantTotal("params", "1625")
	if said := p.text("#notice"); said != "" {
		t.Errorf("taken up, the page still says %q", said)
	}
	p.press("ctrl+z")
	p.wantTotal("params", "60965224")
	p.press("ctrl+shift+z")
	p.wait("the address", `location.hash.length > 1`)

	p.visit("#1.i3x8x8~c4k") // a damaged link is reported, and the work offered besides
	p.noticed("damaged")
	p.noticed("Continue with your last network")

	p.visit("")
	p.noticed("Continue with your last network")
	p.click("#notice .plain") // later
	p.press("h")
	p.click(`[data-act="erase-all"]`)
	p.wait("nothing to be kept", `!document.querySelector(".kept")`)
	p.press("escape")
	p.visit("")
	if said := p.text("#notice"); said != "" {
		t.Errorf("after the work was erased the page says %q", said)
	}
	// A link that was opened to look at is not one's own work.
	p.visit("#1.i3x8x8~c1k1~end")
	p.wantTotal("params", "4")
	p.visit("")
	if kept := p.kept(); kept != "" {
		t.Errorf("looking at a link keeps %q", kept)
	}
	// What was kept by another version, or damaged, is not worth a word.
	eval[any](p, `localStorage.setItem("paramstack.work", "9.nonsense")`)
	p.visit("")
	if said := p.text("#notice"); said != "" {
		t.Errorf("damaged work makes the page say %q", said)
	}
}

// Preferences are kept too: they are not part of the network or of its link.
func TestSavedPrefs(t *testing.T) {
	p := open(t, "")
	p.click("#theme") // light
	p.click("#theme") // dark
	p.click("#lang")
	p.click(`[data-pref="layout"]`)
	p.click(`[data-pref="binary"]`)
	p.click(`[data-pref="biases"]`)
	p.wantTotal("params", "60954656")
	p.reload()
	if theme, lang := p.attr("html", "data-theme"), p.attr("html", "lang"); theme != "dark" || lang != "ko" {
		t.Errorf("after a reload: theme %q, language %q", theme, lang)
	}
	p.wantTotal("params", "60954656")
	if !strings.Contains(p.text(".sizes"), "MiB") || !strings.Contains(p.text(p.row("conv1")+" .shape"), "55×55×96") {
		t.Errorf("sizes %q, shapes %q", p.text(".sizes"), p.text(p.row("conv1")+" .shape"))
	}
}

// Storage that is forbidden, or full, is no error.
func TestNoStorage(t *testing.T) {
	for name, js := range map[string]string{
		"forbidden": `Object.defineProperty(window, "localStorage", {configurable: true, get() { throw new DOMException("no", "SecurityError"); }})`,
		"none":      `Object.defineProperty(window, "localStorage", {configurable: true, value: null})`,
		"full":      `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }`,
	} {
		t.Run(name, func(t *testing.T) {
			p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
			call(p, protocol.AddScriptToEvaluateOnNewDocument, protocol.AddScriptToEvaluateOnNewDocumentParams{Source: js})
			p.visit("")
			p.click("#lang")
			p.wait("Korean", `document.documentElement.lang === "ko"`)
			p.preset("toy")
			p.wantTotal("params", "1300")
			p.wait("the address", `location.hash.includes("toy") || location.hash.length > 1`)
			if said := p.text("#notice"); said != "" {
				t.Errorf("the page says %q", said)
			}
		})
	}
}

// upload chooses a file as one does in the system's dialog.
func (p *page) upload(name, content string) {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		p.t.Fatal(err)
	}
	r := call(p, runtime.Evaluate, runtime.EvaluateParams{Expression: p.find("#import-file")})
	call(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, ObjectID: r.Result.ObjectID})
}

// Files are opened; bad ones are reported, and change nothing.
func TestFiles(t *testing.T) {
	p := open(t, "")
	const good = "name Mine\ninput 3x32x32\nconv 4 k5 nobias\n"
	p.upload("mine.stack", good)
	p.wantTotal("params", "300")
	p.noticed("mine.stack")
	p.press("ctrl+z")
	p.wantTotal("params", "60965224")
	p.upload("mine.stack", good) // the same again
	p.wantTotal("params", "300")

	for _, c := range []struct{ name, content, says string }{
		{"bad.txt", "input 3x32x32\nconf 4\n", "ine 2, column 1"},
		{"empty.txt", "\n\n", "is empty"},
		{"huge.txt", "input 3x8x8\n" + strings.Repeat("# much ado\n", 200_000), "maximum is 1,048,576"},
		{"picture.stack", "\x89PNG\r\n\x1a\n\x00\xff", "line 1, column 1"},
	} {
		p.upload(c.name, c.content)
		p.noticed(c.name)
		p.noticed(c.says)
		p.wantTotal("params", "300")
	}

	// Dropped anywhere on the page.
	drop := `(() => {
		const files = new DataTransfer();
		files.items.add(new File(["input 3x8x8\nconv 2 k1 nobias\n"], "dropped.stack"));
		for (const name of ["dragover", "drop"])
			document.querySelector("h1").dispatchEvent(new DragEvent(name, {bubbles: true, cancelable: true, dataTransfer: files}));
	})()`
	eval[any](p, drop)
	p.wantTotal("params", "6")
	p.noticed("dropped.stack")
	if p.count(".files") > 0 {
		t.Error("the page still waits for the file")
	}

	// And saved: the name and what is in it.
	eval[any](p, `void (URL.createObjectURL = (blob) => { blob.text().then((text) => window.inFile = text); return "blob:x"; },
		HTMLAnchorElement.prototype.click = function () { window.fileName = this.download; })`)
	p.preset("toy")
	p.click(`[data-cmd="download"]`)
	p.wait("the file", "window.fileName && window.inFile")
	if name, text := eval[string](p, "fileName"), eval[string](p, "inFile"); name != "toy-network.stack" || text != p.value("#text") {
		t.Errorf("downloaded as %s:\n%s", name, text)
	}
}

// Readers of Korean see Korean before the program is there, and no English on the way.
func TestKoreanFirst(t *testing.T) {
	p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
	p.emulateLanguage("ko-KR")
	call(p, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*.wasm", Block: true}}})
	p.allow("app.wasm", "Failed to fetch", "paramstack")
	p.load("")
	p.wait("the page in Korean", `document.documentElement.lang === "ko" && !("turning" in document.documentElement.dataset)`)
	for sel, want := range map[string]string{"h1": "GPU 2개", ".toolbar": "편향 포함", ".params": "파라미터", ".append": "층 추가", ".why": "가중치"} {
		if got := p.text(sel); !strings.Contains(got, want) {
			t.Errorf("%s is %q before the program is there, want %q", sel, got, want)
		}
	}
	if n := p.count("#page"); n != 1 {
		t.Errorf("the page is there %d times", n)
	}
	if eval[string](p, `getComputedStyle(document.querySelector("#page")).visibility`) != "visible" {
		t.Error("it cannot be seen")
	}
}
