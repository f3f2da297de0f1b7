package ui

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// What is prerendered must be constant, in English, and hold nothing that
// go-app would write into HTML wrongly: it quotes attributes as Go does.
func TestPrerender(t *testing.T) {
	shell := New()
	d := app.NewServerTester(shell)
	defer d.Close()
	d.Consume()
	html := app.HTMLString(shell)
	for _, want := range []string{`id="stack"`, `data-node=`, `data-total="params"`, `id="preset"`, `id="text"`, "34,944", "60,965,224"} {
		if !strings.Contains(html, want) {
			t.Errorf("the prerendered page lacks %s", want)
		}
	}
	for _, not := range []string{`="false"`, `\"`, `\u`, "style="} {
		for i := strings.Index(html, not); i >= 0; i = -1 {
			if not == `="false"` && strings.HasPrefix(html[max(0, i-13):], "aria-") {
				continue
			}
			t.Logf("near %q", html[max(0, i-80):min(len(html), i+40)])
			if not != `="false"` {
				t.Errorf("the prerendered page has %s", not)
			}
		}
	}
	for _, attr := range []string{"disabled", "selected", "hidden", "checked"} {
		if strings.Contains(html, " "+attr+`="false"`) {
			t.Errorf("prerendered %s=\"false\" counts as true", attr)
		}
	}
}

// TestReadme: the first formula of README.md is on the page that opens, since whoever
// comes from there looks for it.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	formula := regexp.MustCompile("`(\\d+·[^`]* = [\\d,]+)`").FindSubmatch(readme)
	if formula == nil {
		t.Fatal("README.md has no formula")
	}
	shell := New()
	d := app.NewServerTester(shell)
	defer d.Close()
	d.Consume()
	if html := app.HTMLString(shell); !strings.Contains(html, string(formula[1])) {
		t.Errorf("the page that opens has no %s", formula[1])
	}
}

// TestEdited: what a published network's paragraph states is marked as the original's
// as soon as the network is another.
func TestEdited(t *testing.T) {
	shell := New()
	d := app.NewServerTester(shell)
	defer d.Close()
	marked := func() bool {
		shell.Update()
		d.Consume()
		html := app.HTMLString(shell)
		if !strings.Contains(html, shell.say(catalog.WhyAlexNet2012)[:40]) {
			t.Error("the paragraph is gone")
		}
		return strings.Contains(html, shell.say(catalog.UIOriginal))
	}
	if marked() {
		t.Error("the original is marked as edited")
	}
	shell.update(editor.SetField{ID: 2, Field: "filters", Value: "64"})
	if !marked() {
		t.Error("the edited network is not marked")
	}
	shell.update(editor.Undo{})
	if marked() {
		t.Error("the mark stays after undo")
	}
}

func TestFault(t *testing.T) {
	shell := New()
	d := app.NewServerTester(shell)
	defer d.Close()
	before := shell.state.Doc.Text
	shell.update(struct{ editor.Msg }{}) // a message without apply
	if n := shell.state.Notice; n == nil || n.Tone != editor.ToneBad || shell.state.Doc.Text != before {
		t.Errorf("a fault must be shown and change nothing: %+v", n)
	}
}

// TestReportStyle checks that paramstack.report() counts as the page does, with any
// preferences.
func TestReportStyle(t *testing.T) {
	shell := New()
	d := app.NewServerTester(shell)
	defer d.Close()
	seen := map[string]bool{}
	for _, m := range []editor.Msg{
		editor.LoadText{Source: "test", Text: "input 3x8x8; conv 4 k3; bn; flatten; lstm 5; linear 10"},
		editor.SetBiases{}, editor.SetBiases{Count: true}, editor.SetKeras{On: true}, editor.SetFlat{On: true},
	} {
		shell.update(m)
		report := shell.report()
		totals := report["totals"].(map[string]any)
		raw := shell.state.Page.Summary.Raw
		for name, want := range map[string]string{
			"params": raw.Params, "weights": raw.Weights, "biases": raw.Biases, "trainable": raw.Trainable, "buffers": raw.Buffers, "macs": raw.MACs,
		} {
			if totals[name] != want {
				t.Errorf("after %#v the report has %v %s, the page %s", m, totals[name], name, want)
			}
		}
		for _, r := range report["rows"].([]any) {
			r := r.(map[string]any)
			row := shell.state.Page.Row(editor.Key(itoa(r["id"].(int))))
			formula := ""
			for _, p := range row.Facts.Formula {
				formula += p.Text
			}
			if r["params"] != row.Facts.Params || r["formula"] != formula {
				t.Errorf("after %#v %v is %v = %v, on the page %s = %s", m, r["name"], r["formula"], r["params"], formula, row.Facts.Params)
			}
			seen[formula] = true
		}
	}
	// Keras counts the statistics of batch norm.
	if !seen["4 + 4"] || !seen["4 + 4 + 4 + 4"] {
		t.Errorf("the styles make no difference: %v", seen)
	}
}

func TestNudge(t *testing.T) {
	for _, c := range []struct {
		in   string
		by   int64
		want string
		ok   bool
	}{
		{"3", 1, "4", true}, {"11x11", 1, "12x12", true}, {"1x7", -1, "0x6", true}, {"0", -1, "0", false},
		{"48*2", 1, "48*2", false}, {"same", 1, "same", false}, {"", 1, "", false},
	} {
		if got, ok := nudge(c.in, c.by); got != c.want || ok != c.ok {
			t.Errorf("nudge(%q, %d) = %q, %v, want %q, %v", c.in, c.by, got, ok, c.want, c.ok)
		}
	}
}

func TestKeyLabel(t *testing.T) {
	for in, want := range map[string]string{
		"ctrl+shift+z": "Ctrl Shift Z", "alt+up": "Alt ↑", "?": "?", "f1": "F1", "delete": "Del", "backspace": "⌫", "a": "A",
		"shift+f10": "Shift F10", "shift+f2": "Shift F2", "f8": "F8", "f": "F", "contextmenu": "≣",
	} {
		if got := keyLabel(in); got != want {
			t.Errorf("keyLabel(%q) = %q, want %q", in, got, want)
		}
	}
}

// Every command's button and every group's title needs its icon and its words.
func TestWords(t *testing.T) {
	for _, id := range append([]string{"undo", "redo", "new", "share", "download", "help", "fold-all", "open-all"}, rowCommands...) {
		if icons[id] == "" {
			t.Errorf("no icon for %s", id)
		}
		if c := editor.ByID(id); c == nil || !catalog.Has(c.Label) {
			t.Errorf("no command or label for %s", id)
		}
	}
}
