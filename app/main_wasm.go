//go:build js && wasm

// The page: a program that runs in the browser.
package main

import (
	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/ui"
)

func main() {
	// Whatever the path: the site may lie anywhere, and has one page.
	app.RouteWithRegexpFunc(".*", func() app.Composer { return ui.New() })
	app.RunWhenOnBrowser()
}
