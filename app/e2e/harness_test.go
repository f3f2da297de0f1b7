//go:build !js

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"paramstack/app/site"
)

// patience is how long anything on the page may take. The machine may be busy
// with other tests.
const patience = 20 * time.Second

// A page is a tab of its own in a profile of its own.
type page struct {
	t   testing.TB
	ctx context.Context
	url string // of the site, with the slash

	hosts []string // others that may be asked

	stop func() // closes the tab, which the end of the test does too

	mu       sync.Mutex
	faults   []string
	requests []string
	allowed  []string
}

// open opens the built site under /repo/ at a fragment ("" or with its #) and
// waits until it can be used.
func open(t testing.TB, fragment string) *page {
	p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
	p.visit(fragment)
	return p
}

// host serves a site at / and at /repo/ until the test ends, and returns its
// address with the slash.
func host(t testing.TB, files fs.FS) string {
	mux := http.NewServeMux()
	mux.Handle("/", site.Serve(files))
	mux.Handle("/repo/", http.StripPrefix("/repo", site.Serve(files)))
	s := httptest.NewServer(mux)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s.URL + "/"
}

// newPage opens an empty tab for a site at url; visit opens it.
func newPage(t testing.TB, url string) *page {
	t.Helper()
	if browser == nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("none of %s is here; make chromium installs one", strings.Join(browsers, ", "))
		}
		t.Skipf("none of %s is here; make chromium installs one", strings.Join(browsers, ", "))
	}
	p := &page{t: t, url: url}
	ctx, stop := chromedp.NewContext(browser, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	p.ctx, p.stop = ctx, stop
	if err := chromedp.Do(ctx); err != nil {
		stop()
		t.Fatal("opening a tab: ", err)
	}
	t.Cleanup(func() {
		p.settleFaults()
		if t.Failed() {
			p.screenshot("failed-" + strings.ReplaceAll(t.Name(), "/", "-"))
		}
		stop()
	})
	p.setViewport(1280, 900, false)
	return p
}

func (p *page) listen(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		fault := ev.ExceptionDetails.Text
		if x := ev.ExceptionDetails.Exception; x != nil {
			fault += " " + x.Description
		}
		p.faults = append(p.faults, fault)
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeAssert {
			var words []string
			for _, a := range ev.Args {
				words = append(words, string(a.Value)+a.Description)
			}
			p.faults = append(p.faults, "console: "+strings.Join(words, " "))
		}
	case *log.EventEntryAdded: // the browser's own: CSP violations, failed loads
		if ev.Entry.Level == log.EntryLevelError {
			p.faults = append(p.faults, fmt.Sprintf("%s: %s %s", ev.Entry.Source, ev.Entry.Text, ev.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, ev.Request.URL)
	}
}

// allow expects faults with one of these words in them.
func (p *page) allow(words ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowed = append(p.allowed, words...)
}

func (p *page) settleFaults() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		if !slices.ContainsFunc(p.allowed, func(w string) bool { return strings.Contains(f, w) }) {
			p.t.Error("on the page: ", f)
		}
	}
	for _, r := range p.requests {
		if !slices.ContainsFunc(append([]string{p.url, "data:", "blob:", "about:"}, p.hosts...), func(h string) bool { return strings.HasPrefix(r, h) }) {
			p.t.Error("a request to elsewhere: ", r)
		}
	}
}

// asked returns the addresses requested so far, relative to the site.
func (p *page) asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []string
	for _, r := range p.requests {
		list = append(list, strings.TrimPrefix(r, p.url))
	}
	return list
}

// visit loads the site at a fragment and waits until it can be used.
func (p *page) visit(fragment string) {
	p.t.Helper()
	p.load(fragment)
	p.ready()
}

// load loads a path or a fragment of the site and does not wait for the program.
func (p *page) load(path string) {
	p.t.Helper()
	// From another document, so that a change of fragment alone loads too.
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(p.url+path))
}

// reload reloads the page and waits until it can be used.
func (p *page) reload() {
	p.t.Helper()
	p.do(chromedp.Reload())
	p.ready()
}

// ready waits until the page is marked as usable.
func (p *page) ready() {
	p.t.Helper()
	p.wait("the page to be ready", `document.documentElement.dataset.ready === "true"`)
}

// setHash changes the fragment as one does in the address bar.
func (p *page) setHash(fragment string) {
	p.t.Helper()
	eval[any](p, "location.hash = "+quote(fragment))
}

// wait waits until a JavaScript expression is true; what names it in failures.
func (p *page) wait(what, js string) {
	p.t.Helper()
	if !p.until(js) {
		p.t.Fatalf("waited %v for %s:\n%s", patience, what, js)
	}
}

// until tries a JavaScript expression until it is true or patience ends.
func (p *page) until(js string) bool {
	deadline := time.Now().Add(patience)
	tick := time.NewTicker(15 * time.Millisecond)
	defer tick.Stop()
	for {
		// An error is a page between two documents: try again.
		ctx, cancel := context.WithDeadline(p.ctx, deadline)
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+js+")"))
		cancel()
		if err == nil && ok {
			return true
		}
		if time.Now().After(deadline) {
			if err != nil {
				p.t.Log(err)
			}
			return false
		}
		<-tick.C
	}
}

// do runs actions of chromedp.
func (p *page) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// call calls a command of the DevTools protocol.
func call[P, R any](p *page, cmd cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	r, err := chromedp.Call(ctx, cmd, params)
	if err != nil {
		p.t.Fatalf("%s: %v", cmd.Method, err)
	}
	return r
}

// eval returns the value of a JavaScript expression; a promise is waited for.
func eval[T any](p *page, js string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", js, err)
	}
	return v
}

// quote writes a Go string as a JavaScript one.
func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(b)
}

// setViewport sets the size of the window; mobile also makes it a touch screen
// with two pixels for one.
func (p *page) setViewport(w, h int64, mobile bool) {
	p.t.Helper()
	scale := 1.0
	if mobile {
		scale = 2
	}
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: w, Height: h, DeviceScaleFactor: scale, Mobile: mobile})
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: mobile})
}

// emulateColorScheme makes the system "dark" or "light".
func (p *page) emulateColorScheme(scheme string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// emulateLanguage makes the browser request a language, such as "ko-KR", from the
// next visit on.
func (p *page) emulateLanguage(tag string) {
	p.t.Helper()
	agent := eval[string](p, "navigator.userAgent")
	call(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: tag})
}

// screenshot keeps a picture of the window as name.png, in PARAMSTACK_SHOTS or
// among the temporary files, and returns its path.
func (p *page) screenshot(name string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Errorf("screenshot %s: %v", name, err)
		return ""
	}
	dir := os.Getenv("PARAMSTACK_SHOTS")
	if dir == "" {
		dir = filepath.Join(os.TempDir(), "paramstack-shots")
	}
	file := filepath.Join(dir, name+".png")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.t.Error(err)
	}
	if err := os.WriteFile(file, png, 0o644); err != nil {
		p.t.Error(err)
	}
	p.t.Log("picture: ", file)
	return file
}
