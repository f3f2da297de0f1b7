//go:build !js

package e2e

import (
	"os"
	"testing"
)

// TestPictures takes the screenshots of docs/: make shots. Without PARAMSTACK_SHOTS
// it is skipped.
func TestPictures(t *testing.T) {
	if os.Getenv("PARAMSTACK_SHOTS") == "" {
		t.Skip("PARAMSTACK_SHOTS is not set: make shots makes the pictures of docs/")
	}
	for _, c := range []struct {
		name, preset, scheme, lang string
		w, h                       int64
		phone                      bool
	}{
		{"desktop", "alexnet-post", "light", "en-US", 1440, 900, false},
		{"dark", "resnet-50", "dark", "en-US", 1440, 900, false},
		{"korean", "alexnet-post", "light", "ko-KR", 1440, 900, false},
		{"phone", "lenet-5", "light", "en-US", 390, 844, true},
		{"phone-dark", "alexnet-2012", "dark", "ko-KR", 390, 844, true},
		{"diagram", "alexnet-2012", "light", "en-US", 1440, 900, false},
		{"gallery", "resnet-18", "light", "en-US", 1440, 900, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
			p.setViewport(c.w, c.h, c.phone)
			p.emulateColorScheme(c.scheme)
			p.emulateLanguage(c.lang)
			p.visit("")
			p.choose("#preset", c.preset)
			p.wait("the preset", `document.querySelector("#preset").value === `+quote(c.preset))
			if !c.phone && c.name != "diagram" {
				// A selected row with a factor pointed at: the page at work.
				p.click(`[data-kind="conv"]:nth-of-type(n+5) .kind`)
				p.hover(`.row.cur .formula .f.in`)
				p.wait("the factor's explanation", `document.querySelector(".tip")`)
			}
			if c.name == "gallery" {
				p.click("#gallery")
				p.wait("the networks", `document.querySelectorAll(".card-link").length > 100`)
			}
			// What fades in is to be seen whole.
			eval[any](p, `Promise.allSettled(document.getAnimations().map((a) => a.finished)).then(() => 0)`)
			eval[any](p, `document.fonts.ready.then(() => 0)`)
			p.screenshot(c.name)
		})
	}
}
