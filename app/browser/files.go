package browser

import (
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

// MaxFile is the largest file that is read, in bytes.
const MaxFile = 1 << 20

// A File is a file that a person chose or dropped.
type File struct {
	Name string
	Size float64
	v    app.Value
}

// Files returns the files of a field.
func (e El) Files() []File {
	if !e.OK() {
		return nil
	}
	return files(e.v.Get("files"))
}

// Files returns the files that were dropped.
func (e Event) Files() []File {
	transfer := e.v.Get("dataTransfer")
	if !transfer.Truthy() {
		return nil
	}
	return files(transfer.Get("files"))
}

func files(list app.Value) []File {
	if !list.Truthy() {
		return nil
	}
	out := make([]File, list.Length())
	for i := range out {
		f := list.Index(i)
		out[i] = File{text(f.Get("name")), number(f.Get("size")), f}
	}
	return out
}

// Read reads a file as text.
func (f File) Read(done func(text string, ok bool)) {
	asked := try(func() {
		settle(f.v.Call("text"), func(v app.Value, ok bool) { done(text(v), ok) })
	})
	if !asked {
		done("", false)
	}
}

// Fetch gets a file of the site as text.
func Fetch(path string, done func(text string, ok bool)) {
	asked := try(func() {
		settle(window().Call("fetch", path), func(v app.Value, ok bool) {
			if !ok || !v.Get("ok").Truthy() {
				done("", false)
				return
			}
			settle(v.Call("text"), func(v app.Value, ok bool) { done(text(v), ok) })
		})
	})
	if !asked {
		done("", false)
	}
}

// Download saves a text as a file.
func Download(name, content string) {
	try(func() {
		blob := window().Get("Blob").New([]any{content}, map[string]any{"type": "text/plain;charset=utf-8"})
		url := window().Get("URL").Call("createObjectURL", blob)
		a := document().Call("createElement", "a")
		a.Set("href", url)
		a.Set("download", name)
		document().Get("body").Call("appendChild", a)
		a.Call("click")
		a.Call("remove")
		time.AfterFunc(30*time.Second, func() { window().Get("URL").Call("revokeObjectURL", url) })
	})
}
