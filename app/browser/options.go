package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// ExportOptions makes a function callable by other scripts that takes one object:
// name({key: value}). The values are texts, as String() of JavaScript writes them, so that
// a number, a BigInt and digits are alike. ok is false where the argument is no such
// object.
func ExportOptions(object, name string, f func(options map[string]string, ok bool) any) {
	window().Get(object).Set(name, app.FuncOf(func(_ app.Value, args []app.Value) any {
		options := map[string]string{}
		ok := len(args) > 0 && try(func() {
			// A copy is read, which is plain: a property may throw.
			entries := window().Get("Object").Call("entries", window().Call("structuredClone", args[0]))
			const most = 16
			for i := range min(entries.Length(), most) {
				entry := entries.Index(i)
				value := text(window().Call("String", entry.Get("1")))
				if window().Get("Array").Call("isArray", entry.Get("1")).Bool() {
					value = "[" + value + "]" // String leaves a list of one as what is in it
				}
				options[text(entry.Get("0"))] = value
			}
		})
		return f(options, ok)
	}))
}
