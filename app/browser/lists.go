package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// ExportList makes a function callable by other scripts that takes one value, which may be
// a number, a BigInt or a text and is read as String() of JavaScript writes it, and returns
// a list that has further properties. ok is false where nothing was passed.
func ExportList(object, name string, f func(value string, ok bool) (list []any, more map[string]any)) {
	window().Get(object).Set(name, app.FuncOf(func(_ app.Value, args []app.Value) any {
		value := ""
		ok := len(args) > 0 && try(func() {
			// What throws when it is written as text would end the program.
			value = text(window().Call("String", args[0]))
		})
		list, more := f(value, ok)
		array := app.ValueOf(list)
		for key, v := range more {
			array.Set(key, v)
		}
		return native(array)
	}))
}
