//go:build !js

package e2e

import (
	"fmt"
	"testing"
)

// TestChannelsLast offers the other reading of an input as a button at its row.
func TestChannelsLast(t *testing.T) {
	for _, lang := range []string{"en", "ko"} {
		p := open(t, "")
		if lang == "ko" {
			p.click("#lang")
		}
		p.click("#text")
		p.press("ctrl+a")
		p.paste("input 32x32x3\nconv 18 k5\nrelu\n")
		p.wantKinds("input conv relu")
		p.wait("the remedy at the input", `document.querySelector('[data-kind="input"] [data-act="fix"]')`)
		p.wait("the remedy at the layer that fails", `document.querySelector('[data-kind="conv"] [data-act="fix"]')`)
		p.screenshot("channels-last-" + lang)
		p.click(`[data-kind="conv"] [data-act="fix"]`)
		p.wait("the total", `document.querySelector('[data-total="params"]').dataset.value === "1368"`)
		p.wait("the text to follow", `document.querySelector("#text").value.startsWith("input 3x32x32")`)
	}
}

// TestErrorMessage explains a pasted error message and marks the layer.
func TestErrorMessage(t *testing.T) {
	for _, lang := range []string{"en", "ko"} {
		p := open(t, "")
		if lang == "ko" {
			p.click("#lang")
		}
		p.click("#text")
		p.press("ctrl+a")
		p.paste("input 32x6x6\nflatten\nlinear 1152\nlinear 10\n")
		p.wantKinds("input flatten linear linear")
		eval[any](p, fmt.Sprintf(`(() => {
			const data = new DataTransfer();
			data.setData("text/plain", %q);
			document.querySelector("#text").dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: data}));
		})()`, "RuntimeError: mat1 and mat2 shapes cannot be multiplied (16x1152 and 980x10)"))
		p.noticed("980")
		p.wantKinds("input flatten linear linear")
		p.wait("the mark", `document.querySelector('[data-kind="linear"] [data-act="fix"]')`)
		p.screenshot("error-message-" + lang)
		p.click(`[data-kind="linear"] [data-act="fix"]`)
		p.wait("the remedy", `document.querySelector("#text").value.includes("linear 980")`)
	}
}

// TestShapeAsShown reads what is typed into the input's chip in the order that the page
// shows, also where Keras' counting changed that, and builds on it by hand (case 05).
func TestShapeAsShown(t *testing.T) {
	for _, c := range []struct{ pref, typed, text, params string }{
		{"layout", "28x28x1", "input 1x28x28", "640"},
		{"keras", "40x30x2", "input 2x40x30", "1216"},
	} {
		p := open(t, "")
		p.click(`[data-cmd="new"]`)
		p.wantKinds("input")
		p.click(`[data-pref="` + c.pref + `"]`)
		p.wait("channels last", `document.querySelector('[data-kind="input"] [data-field="shape"]').textContent.endsWith("×3")`)
		p.click(`[data-kind="input"] [data-field="shape"]`)
		p.focused(`[data-kind="input"] input`)
		p.press("ctrl+a")
		p.typeKeys(c.typed)
		p.press("enter")
		p.wait("the text", `document.querySelector("#text").value.startsWith("`+c.text+`")`)
		p.press("a")
		p.focused("#palette-search")
		p.typeKeys("conv")
		p.press("enter")
		p.wantKinds("input conv")
		p.wait("the total", `document.querySelector('[data-total="params"]').dataset.value === "`+c.params+`"`)
	}
}
