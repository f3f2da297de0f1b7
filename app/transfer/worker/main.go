//go:build js && wasm

// The worker: it answers the page's messages, one after another.
//
//	{id, op: "import", file, lang}                            → {id, done}…, {id, text, more, format, notes, doubt, error}
//	{id, op: "formats", lang}                                 → {id, formats: [{name, label, ext}]}
//	{id, op: "export", format, text, keras, biases, flat, lang} → {id, text, problems, error}
package main

import (
	"io"
	"syscall/js"
	"time"

	"paramstack/app/transfer"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/tool/source"
)

func main() {
	self := js.Global()
	self.Set("paramstackAnswer", js.FuncOf(func(_ js.Value, args []js.Value) any {
		answer(args[0])
		return nil
	}))
	self.Call("paramstackReady")
	select {}
}

func answer(m js.Value) {
	id, lang := m.Get("id").Int(), catalog.ByTag(m.Get("lang").String())
	reply := map[string]any{"id": id}
	switch m.Get("op").String() {
	case "import":
		r := transfer.Import(open(id, m.Get("file")), lang)
		reply["text"], reply["more"], reply["format"], reply["notes"], reply["doubt"], reply["error"] = r.Text, list(r.More), r.Format, list(r.Notes), r.Doubt, r.Error
	case "formats":
		var formats []any
		for _, f := range transfer.Formats(lang) {
			formats = append(formats, map[string]any{"name": f.Name, "label": f.Label, "ext": f.Ext, "prose": f.Prose})
		}
		reply["formats"] = formats
	case "export":
		style := count.Style{Biases: m.Get("biases").Bool(), Flat: m.Get("flat").Bool(), Keras: m.Get("keras").Bool()}
		w := transfer.Export(m.Get("format").String(), m.Get("text").String(), style, lang)
		reply["text"], reply["problems"], reply["error"] = w.Text, list(w.Problems), w.Error
	}
	js.Global().Call("postMessage", reply)
}

func list(s []string) []any {
	all := make([]any, len(s))
	for i := range s {
		all[i] = s[i]
	}
	return all
}

// open makes a File of the browser's, which is read in pieces where it lies.
func open(id int, file js.Value) *source.File {
	last := time.Now()
	return &source.File{
		Name: file.Get("name").String(),
		Size: int64(file.Get("size").Float()),
		At:   &blob{v: file, reader: js.Global().Get("FileReaderSync").New()},
		Step: func(done float64) bool {
			if now := time.Now(); now.Sub(last) > 60*time.Millisecond {
				last = now
				js.Global().Call("postMessage", map[string]any{"id": id, "done": done})
			}
			return true // who gives up ends the worker
		},
	}
}

// A blob reads a Blob as an io.ReaderAt. Small reads are served from the piece
// read last: each call to the browser costs.
type blob struct {
	v, reader js.Value
	at        int64
	piece     []byte
}

const pieceSize = 256 << 10

func (b *blob) ReadAt(p []byte, off int64) (int, error) {
	if off < b.at || off+int64(len(p)) > b.at+int64(len(b.piece)) {
		if err := b.load(off, max(int64(len(p)), pieceSize)); err != nil {
			return 0, err
		}
	}
	n := 0
	if from := off - b.at; from >= 0 && from < int64(len(b.piece)) {
		n = copy(p, b.piece[from:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (b *blob) load(off, size int64) (err error) {
	defer func() {
		if fault := recover(); fault != nil { // a file that has gone or changed
			err = io.ErrUnexpectedEOF
		}
	}()
	data := js.Global().Get("Uint8Array").New(b.reader.Call("readAsArrayBuffer", b.v.Call("slice", off, off+size)))
	n := data.Length()
	if cap(b.piece) < n || cap(b.piece) > 4*pieceSize && n <= pieceSize {
		b.piece = make([]byte, n)
	}
	b.at, b.piece = off, b.piece[:n]
	js.CopyBytesToGo(b.piece, data)
	return nil
}
