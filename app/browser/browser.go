// Package browser is the only code that touches the window: events, address,
// clipboard, files, storage, focus. It uses go-app's JavaScript values, so that it
// also builds natively, where it does nothing.
package browser

import (
	"runtime"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

func window() app.Value   { return app.Window() }
func document() app.Value { return app.Window().Get("document") }
func root() app.Value     { return document().Get("documentElement") }

// try calls f and reports whether JavaScript let it. An exception there arrives
// here as a panic; a fault of our own stays one.
func try(f func()) (ok bool) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case runtime.Error:
			panic(r)
		default:
			ok = false
		}
	}()
	f()
	return true
}

// text returns a JavaScript string, "" for anything else.
func text(v app.Value) string {
	s, _ := stringOf(v)
	return s
}

// stringOf returns a JavaScript string; false for anything else. Go does not know all
// types of JavaScript, and asking for the type of a BigInt is a fault.
func stringOf(v app.Value) (s string, ok bool) {
	if v == nil {
		return "", false
	}
	defer func() {
		if recover() != nil {
			s, ok = "", false
		}
	}()
	if v.Type() != app.TypeString {
		return "", false
	}
	return v.String(), true
}

func number(v app.Value) float64 {
	if v == nil || v.Type() != app.TypeNumber {
		return 0
	}
	return v.Float()
}

// once returns a function for JavaScript that is released after its first call,
// together with the others of its set: of the ends of a promise only one comes.
func once(set *[]app.Func, f func(app.Value)) app.Func {
	fn := app.FuncOf(func(_ app.Value, args []app.Value) any {
		var arg app.Value = app.Undefined()
		if len(args) > 0 {
			arg = args[0]
		}
		f(arg)
		for _, fn := range *set {
			fn.Release()
		}
		return nil
	})
	*set = append(*set, fn)
	return fn
}

// settle waits for a promise.
func settle(promise app.Value, done func(v app.Value, ok bool)) {
	var set []app.Func
	yes := once(&set, func(v app.Value) { done(v, true) })
	no := once(&set, func(v app.Value) { done(v, false) })
	promise.Call("then", yes, no)
}

// Media reports whether a media query holds.
func Media(query string) bool {
	ok := false
	try(func() { ok = window().Call("matchMedia", query).Get("matches").Truthy() })
	return ok
}

// Language returns the language the browser prefers, as a BCP 47 tag.
func Language() string { return text(window().Get("navigator").Get("language")) }

// Soon calls f in another task of the browser's. A timer of Go's would not do: one that
// has expired is seen to before Go returns to the browser.
func Soon(f func()) {
	if !app.IsClient {
		f()
		return
	}
	var call app.Func
	call = app.FuncOf(func(app.Value, []app.Value) any {
		call.Release()
		f()
		return nil
	})
	window().Call("setTimeout", call)
}

// Yield ends the browser's task here, and goes on in another.
func Yield() {
	next := make(chan struct{})
	Soon(func() { close(next) })
	<-next
}

// Drawn marks for style sheets and boot.js that the page can be used, whatever of a long
// network follows. With a link, the diagram that the build drew is another network's.
func Drawn() {
	if old := ByID("picture"); old.OK() && !root().Get("dataset").Get("link").IsUndefined() {
		old.v.Call("remove")
	}
	window().Get("performance").Call("mark", "paramstack-ready")
	root().Get("offsetHeight") // what moves from now on is seen to move; what is there is not
	root().Get("dataset").Set("drawn", "true")
}

// Ready marks for scripts that all of it is there.
func Ready() { root().Get("dataset").Set("ready", "true") }

// Mark sets an attribute of the document's root element, or removes it if the
// value is empty.
func Mark(name, value string) {
	if value == "" {
		root().Call("removeAttribute", name)
		return
	}
	root().Call("setAttribute", name, value)
}

// Title sets the document's title.
func Title(s string) { document().Set("title", s) }

// Reload reloads the page.
func Reload() { window().Get("location").Call("reload") }

// A Function is one that other scripts call. Text is its argument if that is a text.
type Function func(text string, isText bool) any

// Export makes functions callable by other scripts, as properties of one global
// object.
func Export(name string, functions map[string]Function) {
	object := map[string]any{}
	window().Set(name, app.ValueOf(object))
	target := window().Get(name)
	for key, f := range functions {
		target.Set(key, app.FuncOf(func(_ app.Value, args []app.Value) any {
			if len(args) == 0 {
				return f("", false)
			}
			return f(stringOf(args[0]))
		}))
	}
}
