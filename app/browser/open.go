package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// An Opening is what a script asks to be opened.
type Opening struct {
	Files             []File
	Expression, Input string
}

// ExportOpen makes a function callable by other scripts that opens files and returns a
// promise: name(files, {expression, input}), where files is a list of {name, text} or
// {name, bytes}. ok is false where the arguments are others.
func ExportOpen(object, name string, open func(o Opening, ok bool, done func(result map[string]any))) {
	window().Get(object).Set(name, app.FuncOf(func(_ app.Value, args []app.Value) any {
		start := app.FuncOf(func(_ app.Value, ends []app.Value) any {
			o, ok := openingOf(args)
			open(o, ok, func(result map[string]any) { ends[0].Invoke(result) })
			return nil
		})
		defer start.Release() // a promise calls it at once
		return native(window().Get("Promise").New(start))
	}))
}

// openingOf reads the arguments. Anything may be among them: a property that throws when
// it is read would end the program, so that copies are read, which are plain.
func openingOf(args []app.Value) (o Opening, ok bool) {
	held := try(func() {
		plain := make([]app.Value, len(args))
		for i, a := range args {
			plain[i] = window().Call("structuredClone", a)
		}
		if len(plain) == 0 || !window().Get("Array").Call("isArray", plain[0]).Truthy() {
			return
		}
		for i := range plain[0].Length() {
			f, known := fileOf(plain[0].Index(i))
			if !known {
				return
			}
			o.Files = append(o.Files, f)
		}
		ok = len(o.Files) > 0
		if len(plain) > 1 && !plain[1].IsUndefined() && !plain[1].IsNull() {
			ok = ok && option(plain[1], "expression", &o.Expression) && option(plain[1], "input", &o.Input)
		}
	})
	return o, ok && held
}

// option reads a text that may be missing.
func option(from app.Value, name string, to *string) bool {
	if from.Type() != app.TypeObject {
		return false
	}
	v := from.Get(name)
	*to = text(v)
	return v.Type() == app.TypeString || v.IsUndefined() || v.IsNull()
}

// fileOf makes a file of a {name, text} or {name, bytes}.
func fileOf(v app.Value) (f File, ok bool) {
	if v.Type() != app.TypeObject || v.Get("name").Type() != app.TypeString {
		return f, false
	}
	content := v.Get("text")
	switch bytes := v.Get("bytes"); {
	case content.Type() == app.TypeString:
	case bytes.Type() == app.TypeObject && window().Get("ArrayBuffer").Call("isView", bytes).Truthy():
		content = bytes
	default:
		return f, false
	}
	parts := window().Get("Array").New()
	parts.Call("push", content)
	file := window().Get("File").New(parts, text(v.Get("name")))
	return File{text(file.Get("name")), number(file.Get("size")), file}, true
}
