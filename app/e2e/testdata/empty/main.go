// An empty page of go-app, as its documentation begins one: what the time until
// paramstack can be used is compared with. Built for js/wasm it is the page's program,
// natively it writes the static site around it into a directory.
package main

import (
	"log"
	"os"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

type empty struct{ app.Compo }

func (empty) Render() app.UI { return app.Div().ID("page").Text("empty") }

// OnMount marks the page as usable once it was drawn, as paramstack does.
func (empty) OnMount(ctx app.Context) {
	ctx.Defer(func(app.Context) {
		app.Window().Get("performance").Call("mark", "paramstack-ready")
		app.Window().Get("document").Get("documentElement").Call("setAttribute", "data-ready", "true")
	})
}

func main() {
	app.Route("/", &empty{})
	app.RunWhenOnBrowser()
	icon := app.Icon{Default: "/web/icon.png", Large: "/web/icon.png", SVG: "/web/icon.png"}
	if err := app.GenerateStaticWebsite(os.Args[1], &app.Handler{Name: "empty", Icon: icon, Version: "1"}); err != nil {
		log.Fatal(err)
	}
}
