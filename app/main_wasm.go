//go:build js && wasm

// The page: a program that runs in the browser.
package main

import (
	"cmp"
	"runtime/debug"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/ui"
)

func main() {
	// The page's elements are a large heap that hardly changes. To mark it again
	// for every few keys would take most of the time they have.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(256 << 20)
	// The site may lie anywhere, and has one page: the one that was asked for.
	page := strings.TrimPrefix(app.Window().URL().Path, app.Getenv("GOAPP_ROOT_PREFIX"))
	first := ui.New()
	first.Begin()
	app.RouteFunc(cmp.Or(page, "/"), func() app.Composer {
		shell := cmp.Or(first, ui.New())
		first = nil
		return shell
	})
	app.RunWhenOnBrowser()
}
