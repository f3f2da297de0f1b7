package browser

import (
	"maps"
	"slices"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/transfer"
)

// A Worker is a program that runs beside the page: web/transfer.js. It is loaded
// with the first request.
type Worker struct {
	v     app.Value
	hears app.Func
	last  int
	asked map[int]pending
}

// A pending is a request that was not yet answered.
type pending struct {
	request transfer.Request
	files   []File
	answer  func(transfer.Reply)
}

// Ask sends a request to the worker, with files or without. answer is called for
// each reply: those of transfer.Progress, and then the last one.
func (w *Worker) Ask(r transfer.Request, files []File, answer func(transfer.Reply)) {
	if w.v == nil && !w.start() {
		answer(transfer.Failed{Why: "Worker"})
		return
	}
	w.last++
	w.asked[w.last] = pending{r, files, answer}
	m := window().Get("Object").New()
	m.Set("id", w.last)
	m.Set("request", transfer.EncodeRequest(r))
	list := window().Get("Array").New()
	for _, f := range files {
		list.Call("push", f.v)
	}
	m.Set("files", list)
	w.v.Call("postMessage", m)
}

func (w *Worker) start() bool {
	ok := try(func() { w.v = window().Get("Worker").New("web/transfer.js") })
	if !ok {
		w.v = nil
		return false
	}
	w.asked = map[int]pending{}
	w.hears = app.FuncOf(func(_ app.Value, args []app.Value) any {
		w.hear(args[0])
		return nil
	})
	w.v.Set("onmessage", w.hears)
	w.v.Set("onerror", w.hears)
	return true
}

// hear passes an answer to its request. Without an id the worker itself failed, to
// load or at its work: all pending requests fail, and the next one starts a new
// worker.
func (w *Worker) hear(event app.Value) {
	data := event.Get("data")
	id := 0
	if data.Truthy() {
		id = int(number(data.Get("id")))
	}
	if id == 0 {
		failed := transfer.Failed{Why: text(event.Get("message"))}
		if data.Truthy() {
			failed = transfer.Failed{Why: text(data.Get("error")), Died: data.Get("died").Truthy()}
		}
		for _, p := range w.end() {
			p.answer(failed)
		}
		return
	}
	answer := w.asked[id].answer
	reply, err := transfer.DecodeReply(text(data.Get("reply")))
	if err != nil {
		reply = transfer.Failed{Why: err.Error()}
	}
	if _, going := reply.(transfer.Progress); !going {
		delete(w.asked, id)
	}
	if answer != nil {
		answer(reply)
	}
}

// Stop ends the worker, and the reading of files, at once. What else it was asked
// for is asked of a new one: the page waits for it.
func (w *Worker) Stop() {
	for _, p := range w.end() {
		if p.files == nil {
			w.Ask(p.request, nil, p.answer)
		}
	}
}

// end ends the worker and returns what it did not answer, the oldest first.
func (w *Worker) end() []pending {
	if w.v == nil {
		return nil
	}
	w.v.Call("terminate")
	w.v.Set("onmessage", nil)
	w.v.Set("onerror", nil)
	w.hears.Release()
	var left []pending
	for _, id := range slices.Sorted(maps.Keys(w.asked)) {
		left = append(left, w.asked[id])
	}
	w.v, w.asked = nil, nil
	return left
}

// NewFile makes a file of a text, as if it had been chosen.
func NewFile(name, content string) (f File, ok bool) {
	ok = try(func() {
		f = File{Name: name, Size: float64(len(content)), v: window().Get("File").New([]any{content}, name)}
	})
	return f, ok
}
