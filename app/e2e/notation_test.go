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
