package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// ExportTexts makes a function callable by other scripts that takes texts: name(text,
// text, …). ok is false where one of the arguments is something else; those at the end
// that are undefined count as none.
func ExportTexts(object, name string, f func(texts []string, ok bool) any) {
	window().Get(object).Set(name, app.FuncOf(func(_ app.Value, args []app.Value) any {
		for len(args) > 0 && isUndefined(args[len(args)-1]) {
			args = args[:len(args)-1]
		}
		texts, ok := make([]string, len(args)), true
		for i, a := range args {
			s, isText := stringOf(a)
			texts[i], ok = s, ok && isText
		}
		return f(texts, ok)
	}))
}

// isUndefined reports whether a value is undefined. Go does not know all types of
// JavaScript, and asking for the type of a BigInt is a fault.
func isUndefined(v app.Value) (is bool) {
	defer func() { is = recover() == nil && is }()
	return v.IsUndefined()
}
