package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// A Worker is a program that runs beside the page: web/transfer.js. It is loaded
// when it is first asked something.
type Worker struct {
	v     app.Value
	hears app.Func
	last  int
	asked map[int]func(Answer)
}

// An Answer is what the worker says to a question. A question may have several:
// how far it is, and then the last one.
type Answer struct{ v app.Value }

// Done returns how much is done (0 to 1); false for the last answer.
func (a Answer) Done() (float64, bool) {
	v := a.v.Get("done")
	return number(v), v.Type() == app.TypeNumber
}

// Text returns a text of the answer, "" if there is none.
func (a Answer) Text(name string) string { return text(a.v.Get(name)) }

// Is reports whether something is so.
func (a Answer) Is(name string) bool { return a.v.Get(name).Truthy() }

// List returns the things of a list.
func (a Answer) List(name string) []Answer {
	list := a.v.Get(name)
	if !list.Truthy() {
		return nil
	}
	all := make([]Answer, list.Length())
	for i := range all {
		all[i] = Answer{list.Index(i)}
	}
	return all
}

// Texts returns the texts of a list.
func (a Answer) Texts(name string) []string {
	var all []string
	for _, t := range a.List(name) {
		all = append(all, text(t.v))
	}
	return all
}

// Ask asks the worker to do something with what is given: texts, truths and
// Files. answer is called for each answer; one with the text "error" and no
// "done" may come instead of any other.
func (w *Worker) Ask(op string, with map[string]any, answer func(Answer)) {
	if w.v == nil && !w.start(answer) {
		return
	}
	w.last++
	w.asked[w.last] = answer
	m := window().Get("Object").New()
	m.Set("id", w.last)
	m.Set("op", op)
	for name, value := range with {
		if f, ok := value.(File); ok {
			value = f.v
		}
		m.Set(name, value)
	}
	w.v.Call("postMessage", m)
}

func (w *Worker) start(answer func(Answer)) bool {
	ok := try(func() { w.v = window().Get("Worker").New("web/transfer.js") })
	if !ok {
		w.v = nil
		answer(failure("Worker"))
		return false
	}
	w.asked = map[int]func(Answer){}
	w.hears = app.FuncOf(func(_ app.Value, args []app.Value) any {
		w.hear(args[0])
		return nil
	})
	w.v.Set("onmessage", w.hears)
	w.v.Set("onerror", w.hears)
	return true
}

// hear hands an answer to who asked. Without an id it is the worker that failed:
// everybody hears of it, and the next question starts another.
func (w *Worker) hear(event app.Value) {
	data := event.Get("data")
	id := 0
	if data.Truthy() {
		id = int(number(data.Get("id")))
	}
	if id == 0 {
		why := text(event.Get("message"))
		if data.Truthy() {
			why = text(data.Get("error"))
		}
		asked := w.asked
		w.Stop()
		for _, answer := range asked {
			answer(failure(why))
		}
		return
	}
	answer := w.asked[id]
	a := Answer{data}
	if _, going := a.Done(); !going {
		delete(w.asked, id)
	}
	if answer != nil {
		answer(a)
	}
}

// Stop ends the worker, and all it is doing, at once.
func (w *Worker) Stop() {
	if w.v == nil {
		return
	}
	w.v.Call("terminate")
	w.hears.Release()
	w.v, w.asked = nil, nil
}

// failure is the answer of a worker that cannot be had.
func failure(why string) Answer {
	v := window().Get("Object").New()
	v.Set("failed", true)
	v.Set("error", why)
	return Answer{v}
}

// NewFile makes a file of a text, as if it had been chosen.
func NewFile(name, content string) (f File, ok bool) {
	ok = try(func() {
		f = File{Name: name, Size: float64(len(content)), v: window().Get("File").New([]any{content}, name)}
	})
	return f, ok
}
