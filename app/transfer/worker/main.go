//go:build js && wasm

// The worker: it answers the page's messages, one after another. Requests and
// replies are those of app/transfer; a message is {id, request, files} on its way
// here and {id, reply} on its way back.
package main

import (
	"io"
	"syscall/js"
	"time"

	"paramstack/app/transfer"
	"paramstack/app/transfer/work"
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
	id := m.Get("id").Int()
	request, err := transfer.DecodeRequest(m.Get("request").String())
	if err != nil {
		post(id, transfer.Failed{Why: err.Error()})
		return
	}
	var file *source.File
	if list := m.Get("files"); list.Truthy() && list.Length() > 0 {
		file = open(id, list.Index(0))
		for i := 1; i < list.Length(); i++ {
			file.Beside = append(file.Beside, open(id, list.Index(i)))
		}
	}
	post(id, work.Do(request, file))
}

func post(id int, r transfer.Reply) {
	js.Global().Call("postMessage", map[string]any{"id": id, "reply": transfer.EncodeReply(r)})
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
				post(id, transfer.Progress{Done: done})
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
