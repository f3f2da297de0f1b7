//go:build interop && !js

package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/websocket"
)

// A firefox is a Firefox with one page, driven by WebDriver BiDi
// (https://w3c.github.io/webdriver-bidi): a command a message, answered by its number.
type firefox struct {
	t       *testing.T
	ws      *websocket.Conn
	context string // of the page
	asked   int
}

var listening = regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)

// openFirefox starts a Firefox with a profile of its own; make interop-tools installs it.
func openFirefox(t *testing.T) *firefox {
	t.Helper()
	path, err := exec.LookPath("firefox-esr")
	if err != nil {
		if path, err = exec.LookPath("firefox"); err != nil {
			t.Fatal("no Firefox is here: make interop-tools")
		}
	}
	const origin = "http://127.0.0.1"
	cmd := exec.Command(path, "--headless", "--no-remote", "--profile", t.TempDir(), "--remote-debugging-port", "0",
		"--remote-allow-origins", origin, "about:blank")
	cmd.Env = append(os.Environ(), "LANG=en_US.UTF-8", "LANGUAGE=en_US")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stderr)
		for lines.Scan() {
			if m := listening.FindStringSubmatch(lines.Text()); m != nil {
				address <- m[1]
			}
		}
	}()
	f := &firefox{t: t}
	select {
	case a := <-address:
		if f.ws, err = websocket.Dial(a+"/session", "", origin); err != nil {
			t.Fatal(err)
		}
	case <-time.After(3 * patience):
		t.Fatal("Firefox does not listen")
	}
	f.call("session.new", map[string]any{"capabilities": map[string]any{}})
	var tree struct{ Contexts []struct{ Context string } }
	f.answer(f.call("browsingContext.getTree", map[string]any{}), &tree)
	f.context = tree.Contexts[0].Context
	return f
}

// call sends a command and returns its result.
func (f *firefox) call(method string, params map[string]any) json.RawMessage {
	f.t.Helper()
	f.asked++
	if err := websocket.JSON.Send(f.ws, map[string]any{"id": f.asked, "method": method, "params": params}); err != nil {
		f.t.Fatal(err)
	}
	for {
		var m struct {
			ID             int
			Type           string
			Result         json.RawMessage
			Error, Message string
		}
		_ = f.ws.SetReadDeadline(time.Now().Add(3 * patience))
		if err := websocket.JSON.Receive(f.ws, &m); err != nil {
			f.t.Fatalf("%s: %v", method, err)
		}
		switch {
		case m.ID != f.asked: // an event
		case m.Type == "error":
			f.t.Fatalf("%s: %s: %s", method, m.Error, m.Message)
		default:
			return m.Result
		}
	}
}

func (f *firefox) answer(result json.RawMessage, v any) {
	f.t.Helper()
	if err := json.Unmarshal(result, v); err != nil {
		f.t.Fatal(err)
	}
}

// visit loads an address and waits until the page can be used.
func (f *firefox) visit(url string) {
	f.t.Helper()
	f.call("browsingContext.navigate", map[string]any{"context": f.context, "url": "about:blank", "wait": "complete"})
	f.call("browsingContext.navigate", map[string]any{"context": f.context, "url": url, "wait": "complete"})
	f.wait(`document.documentElement.dataset.ready === "true"`)
}

// eval returns the text that an expression comes to.
func (f *firefox) eval(js string) string {
	f.t.Helper()
	s, fault := f.try(js)
	if fault != "" {
		f.t.Fatalf("%s: %s", js, fault)
	}
	return s
}

// try returns the text that an expression comes to, or why it does not.
func (f *firefox) try(js string) (s, fault string) {
	f.t.Helper()
	var r struct {
		Type             string
		Result           struct{ Value any }
		ExceptionDetails struct{ Text string }
	}
	f.answer(f.call("script.evaluate", map[string]any{"expression": "String(" + js + ")", "awaitPromise": true,
		"target": map[string]any{"context": f.context}}), &r)
	if r.Type != "success" {
		return "", r.Type + ": " + r.ExceptionDetails.Text
	}
	s, _ = r.Result.Value.(string)
	return s, ""
}

// wait waits until an expression is true.
func (f *firefox) wait(js string) {
	f.t.Helper()
	deadline := time.Now().Add(3 * patience)
	for tick := time.NewTicker(50 * time.Millisecond); ; <-tick.C {
		// A fault is a page between two documents: try again.
		if s, _ := f.try("!!(" + js + ")"); s == "true" {
			return
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("waited for %s; the notice is %q", js, f.eval(`document.querySelector("#notice")?.innerText`))
		}
	}
}

// keys types, one key after another; \ue007 is Enter, as WebDriver has it.
func (f *firefox) keys(s string) {
	f.t.Helper()
	var actions []map[string]any
	for _, r := range s {
		for _, kind := range []string{"keyDown", "keyUp"} {
			actions = append(actions, map[string]any{"type": kind, "value": string(r)})
		}
	}
	f.call("input.performActions", map[string]any{"context": f.context,
		"actions": []any{map[string]any{"type": "key", "id": "keys", "actions": actions}}})
}

func (f *firefox) wantTotal(value string) {
	f.t.Helper()
	f.wait(`document.querySelector('[data-total="params"]').dataset.value === ` + quote(value))
}

// TestFirefox starts the page in Firefox, edits, shares, imports and reloads.
func TestFirefox(t *testing.T) {
	f := openFirefox(t)
	url := host(t, os.DirFS(siteDir)) + "repo/"
	f.visit(url)
	f.wantTotal("60965224")

	// Editing, by a field and in the text pane.
	f.eval(`(document.querySelector('[data-kind="conv"] .chip.out').click(), 0)`)
	f.wait(`document.activeElement.matches("input.field")`)
	f.keys("97\ue007")
	f.wait(`document.querySelector('[data-kind="conv"] .chip.out')?.innerText.includes("97")`)
	edited := f.eval(`document.querySelector('[data-total="params"]').dataset.value`)
	f.eval(`(document.querySelector("#text").focus(), document.querySelector("#text").setSelectionRange(1e6, 1e6))`)
	f.keys("con")
	f.wait(`document.querySelector(".out-of-step")`)
	typed := f.eval(`document.querySelector("#text").value`)

	// What was made is there after a reload, and in the list.
	f.call("browsingContext.reload", map[string]any{"context": f.context, "wait": "complete"})
	f.wait(`document.documentElement.dataset.ready === "true"`)
	f.wantTotal(edited)
	f.wait(`document.querySelector("#text").value === ` + quote(typed))

	// Sharing.
	f.eval(`(navigator.clipboard.writeText = async (s) => { window.copied = s; }, document.querySelector("#share").click())`)
	f.wait(`window.copied === paramstack.link()`)
	link := f.eval("window.copied")
	f.visit(url + smallLink)
	f.wantTotal("104")
	f.visit(link)
	f.wantTotal(edited)

	// Importing: a file of another tool, by the worker.
	f.eval(`(() => {
		const files = new DataTransfer();
		files.items.add(new File(["[net]\nwidth=8\nheight=8\nchannels=3\n[convolutional]\nfilters=4\nsize=3\nactivation=linear\n"], "net.cfg"));
		const el = document.querySelector("#import-file");
		el.files = files.files;
		el.dispatchEvent(new Event("change", {bubbles: true}));
	})()`)
	f.wantTotal("112")
	if said := f.eval(`document.querySelector("#notice").innerText`); !strings.Contains(said, "net.cfg") {
		t.Errorf("it says %q", said)
	}
}
