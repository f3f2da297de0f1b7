package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// Texts are what a script passes: texts, and perhaps a list of texts at the end.
type Texts struct {
	All  []string
	List int  // how many of them come before the list; -1 if there is none
	OK   bool // nothing else was passed
}

// ExportTexts makes a function callable by other scripts that takes texts: name(text,
// text, …) or name(text, [text, …]). Arguments at the end that are undefined count as
// none. A list that it returns may have further properties.
func ExportTexts(object, name string, f func(t Texts) (result any, more map[string]any)) {
	window().Get(object).Set(name, app.FuncOf(func(_ app.Value, args []app.Value) any {
		for len(args) > 0 && isUndefined(args[len(args)-1]) {
			args = args[:len(args)-1]
		}
		t := Texts{List: -1, OK: true}
		if n := len(args) - 1; n >= 0 && window().Get("Array").Call("isArray", args[n]).Truthy() {
			list := args[n]
			t.List, args = n, args[:n:n]
			// A property that throws when it is read would end the program: copies are plain.
			t.OK = try(func() {
				list = window().Call("structuredClone", list)
				for i := range list.Length() {
					args = append(args, list.Index(i))
				}
			})
		}
		for _, a := range args {
			s, isText := stringOf(a)
			t.All, t.OK = append(t.All, s), t.OK && isText
		}
		result, more := f(t)
		if more == nil {
			return result
		}
		array := app.ValueOf(result)
		for key, v := range more {
			array.Set(key, v)
		}
		return native(array)
	}))
}

// isUndefined reports whether a value is undefined. Go does not know all types of
// JavaScript, and asking for the type of a BigInt is a fault.
func isUndefined(v app.Value) (is bool) {
	defer func() { is = recover() == nil && is }()
	return v.IsUndefined()
}
