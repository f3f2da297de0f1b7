//go:build js && wasm

package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// native returns a value as a function of ours returns it to JavaScript.
func native(v app.Value) any { return app.JSValue(v) }
