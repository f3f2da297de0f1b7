//go:build !js

package e2e

import (
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"

	"paramstack/app/site"
)

// The bar shows how much of the program is here, from a host that neither states its
// size nor knows its type; meanwhile the page can be read.
func TestLoader(t *testing.T) {
	program := siteFiles(t)["web/app.wasm"].Data
	rest := make(chan struct{})
	mux := http.NewServeMux()
	mux.Handle("/", site.Serve(os.DirFS(siteDir)))
	mux.HandleFunc("/web/app.wasm", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Write(program[:len(program)/4])
		w.(http.Flusher).Flush()
		select {
		case <-rest:
		case <-r.Context().Done():
		}
		w.Write(program[len(program)/4:])
	})
	s := httptest.NewServer(mux)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	p := newPage(t, s.URL+"/")
	p.load("")
	p.wait("a quarter of the program", `document.getElementById("app-wasm-loader-bar").value === 25`)
	if !strings.Contains(p.text("body"), "AlexNet") {
		t.Error("the page cannot be read while the program comes")
	}
	if eval[float64](p, `document.getElementById("app-wasm-loader").offsetHeight`) > 4 {
		t.Error("the loader covers the page")
	}
	close(rest)
	p.ready()
	if eval[float64](p, `document.getElementById("app-wasm-loader-bar").value`) != 100 {
		t.Error("the bar did not come to its end")
	}
}

// Search engines and ?wasm=false get the prerendered page and no program; a telephone
// whose name only sounds like a search engine's gets it.
func TestReadersOnly(t *testing.T) {
	for _, c := range []struct {
		agent, path string
		program     bool
	}{
		{"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "", false},
		{"Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36", "", true},
		{"", "?wasm=false", false},
	} {
		t.Run(c.agent+c.path, func(t *testing.T) {
			p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
			if c.agent != "" {
				call(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: c.agent})
			}
			if c.program {
				p.visit(c.path)
				return
			}
			p.load(c.path)
			p.wait("the loader to go", `!document.getElementById("app-wasm-loader")`)
			if p.count("#stack [data-node]") == 0 {
				t.Error("there is nothing to read")
			}
			for _, a := range p.asked() {
				if strings.Contains(a, "app.wasm") {
					t.Error("the program was fetched")
				}
			}
		})
	}
}

// The help leads to the licences, in a tab of their own: the page stays as it is.
func TestLicences(t *testing.T) {
	p := open(t, "")
	p.preset("toy")
	p.press("escape")
	p.press("?")
	p.find(".help")
	eval[any](p, `document.querySelector(".help a").scrollIntoView()`)
	p.click(".help a")
	address := p.url + "licenses.txt"
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		tabs := call(p, target.GetTargets, target.GetTargetsParams{}).TargetInfos
		if slices.ContainsFunc(tabs, func(i *target.Info) bool { return i.Type == "page" && i.URL == address }) {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("no tab shows %s", address)
		}
	}
	p.find(".help")
	p.wantTotal("params", "1300")
	text := eval[string](p, `fetch("licenses.txt").then((r) => r.text())`)
	for _, part := range []string{"paramstack", "Go: runtime, standard library and wasm_exec.js", "github.com/maxence-charriere/go-app/v9", "google.golang.org/protobuf"} {
		if !strings.Contains(text, "\n"+part) && !strings.HasPrefix(text, part) {
			t.Errorf("the licence of %s is not there", part)
		}
	}
}
