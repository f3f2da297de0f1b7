package browser

import (
	"cmp"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

// pause is how long typing must rest before the address and the storage follow.
// Safari throws after 100 replaceState calls in 30 seconds.
const pause = 350 * time.Millisecond

// The keys of the local storage; kept.Prefix begins further ones.
const (
	KeyTheme = "paramstack.theme"
	KeyLang  = "paramstack.lang"
	KeyPrefs = "paramstack.prefs"
	// KeyWork is where earlier versions kept the link of the last network.
	KeyWork = "paramstack.work"
)

// Fragment returns what follows the # of the address.
func Fragment() string { return fragmentOf(text(window().Get("location").Get("href"))) }

// Fragment returns what follows the # of the address that a hashchange went to. The
// page may have written another there since, which was on its way.
func (e Event) Fragment() string { return fragmentOf(text(e.v.Get("newURL"))) }

// fragmentOf returns an address' fragment. A malformed one was taken away by boot.js
// before it could stop the program, and is kept aside.
func fragmentOf(address string) string {
	if raw := text(window().Get("paramstackRawHash")); raw != "" {
		window().Set("paramstackRawHash", "")
		return strings.TrimPrefix(raw, "#")
	}
	_, fragment, _ := strings.Cut(address, "#")
	return fragment
}

// Link returns the full address of a fragment.
func Link(fragment string) string {
	href, _, _ := strings.Cut(text(window().Get("location").Get("href")), "#")
	if fragment == "" {
		return href
	}
	return href + "#" + fragment
}

// most is how long a change waits for the next one at most.
const most = 2 * time.Second

// A Rest waits until changes pause, and not too long where they do not.
type Rest struct {
	Pause time.Duration // a third of a second if it is not set
	timer *time.Timer
	since time.Time // of the first change that waits; zero if none does
	last  time.Time // when there was a pause
}

// Now calls f at once if nothing has changed for a while, and else in the next pause.
func (r *Rest) Now(f func()) {
	if now := time.Now(); r.since.IsZero() && now.Sub(r.last) > r.pause() {
		r.last = now
		f()
		return
	}
	r.Then(f)
}

func (r *Rest) pause() time.Duration { return cmp.Or(r.Pause, pause) }

// Then calls f in the next pause. It is always the same f.
func (r *Rest) Then(f func()) {
	now := time.Now()
	if r.timer == nil {
		r.since = now
		r.timer = time.AfterFunc(r.pause(), func() {
			r.since, r.last = time.Time{}, time.Now()
			f()
		})
		return
	}
	if r.since.IsZero() {
		r.since = now
	}
	r.timer.Reset(max(min(r.pause(), most-now.Sub(r.since)), 0))
}

// An Address writes fragments into the address bar, once typing pauses.
type Address struct {
	fragment string        // written last
	next     func() string // makes the one to be written; nil if there is none
	step     bool          // it becomes a step of the browser's history
	rest     Rest
}

// Own reports whether a fragment is that of the network shown: the page wrote it
// itself, and no other is on its way.
func (a *Address) Own(fragment string) bool { return a.next == nil && fragment == a.fragment }

// Linked reports whether there is a link in the address, or one on its way.
func (a *Address) Linked() bool {
	return a.next != nil || len(text(window().Get("location").Get("hash"))) > 1
}

// Write writes a fragment to the address bar, once typing pauses, and computes it only
// then. step: the browser's Back returns to the one before; that must not wait.
func (a *Address) Write(fragment func() string, step bool) {
	if step {
		a.Flush()
	}
	a.next, a.step = fragment, step
	if step {
		a.Flush()
		return
	}
	a.rest.Then(a.Flush)
}

// Flush writes at once what is about to be written.
func (a *Address) Flush() {
	if a.next == nil {
		return
	}
	call := "replaceState"
	if a.step {
		call = "pushState"
	}
	a.fragment, a.next, a.step = a.next(), nil, false
	if "#"+a.fragment == text(window().Get("location").Get("hash")) {
		return
	}
	history := window().Get("history")
	try(func() { history.Call(call, history.Get("state"), "", Link(a.fragment)) })
}

// Store keeps a value for the next visit; "" removes it. Storage that is
// forbidden or full is no error: the page works without.
func Store(key, value string) {
	try(func() {
		storage := window().Get("localStorage")
		if value == "" {
			storage.Call("removeItem", key)
			return
		}
		storage.Call("setItem", key, value)
	})
}

// Stored returns a value kept on an earlier visit.
func Stored(key string) (value string) {
	try(func() {
		if storage := window().Get("localStorage"); storage.Truthy() {
			value = text(storage.Call("getItem", key))
		}
	})
	return value
}

// Share passes a link to the system's share sheet on touch screens, and to the
// clipboard elsewhere. done is called with whether it was copied, or not at all if
// the share sheet opened.
func Share(title, link string, done func(copied bool)) {
	navigator := window().Get("navigator")
	if navigator.Get("share").Type() == app.TypeFunction && Media("(pointer: coarse)") {
		taken := try(func() {
			settle(navigator.Call("share", map[string]any{"title": title, "url": link}), func(v app.Value, ok bool) {
				if !ok && text(v.Get("name")) != "AbortError" {
					Copy(link, done)
				}
			})
		})
		if taken {
			return
		}
	}
	Copy(link, done)
}

// Copy writes a text to the clipboard.
func Copy(s string, done func(copied bool)) {
	clipboard := window().Get("navigator").Get("clipboard")
	if clipboard.Truthy() {
		asked := try(func() {
			settle(clipboard.Call("writeText", s), func(_ app.Value, ok bool) { done(ok || copyOldWay(s)) })
		})
		if asked {
			return
		}
	}
	done(copyOldWay(s))
}

// copyOldWay copies by selecting a field, for pages without a secure origin.
func copyOldWay(s string) (ok bool) {
	try(func() {
		before := Focused()
		field := document().Call("createElement", "textarea")
		field.Set("value", s)
		field.Call("setAttribute", "class", "offscreen")
		document().Get("body").Call("appendChild", field)
		field.Call("select")
		ok = document().Call("execCommand", "copy").Truthy()
		field.Call("remove")
		if before.OK() && before.v.Get("focus").Type() == app.TypeFunction {
			before.v.Call("focus", map[string]any{"preventScroll": true})
		}
	})
	return ok
}
