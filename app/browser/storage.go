package browser

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Local is the local storage of the page, which tabs and visits share. Where it is
// forbidden, boot.js puts one in its place that lasts as long as the page.
type Local struct{}

// Keys lists all keys, those of other pages of the host too.
func (Local) Keys() (keys []string) {
	try(func() {
		storage := window().Get("localStorage")
		for i := range storage.Length() {
			if key := text(storage.Call("key", i)); key != "" {
				keys = append(keys, key)
			}
		}
	})
	return keys
}

// Get returns the value of a key.
func (Local) Get(key string) (value string, ok bool) {
	try(func() {
		v := window().Get("localStorage").Call("getItem", key)
		value, ok = text(v), v.Type() == app.TypeString
	})
	return value, ok
}

// Set keeps a value, and reports whether there was room for it.
func (Local) Set(key, value string) bool {
	return try(func() { window().Get("localStorage").Call("setItem", key, value) })
}

// Remove removes a key.
func (Local) Remove(key string) {
	try(func() { window().Get("localStorage").Call("removeItem", key) })
}

// KeyLeft is where a page that is left has what the next one in its tab goes on with: a
// key of the session's storage.
const KeyLeft = "paramstack.left"

// Leave keeps something for the page that comes after this one in the same tab, if it
// has one of two addresses: that before the page was left, which is what a reload
// loads, or the one now. "" is nothing.
func Leave(before, now, left string) {
	try(func() {
		storage := window().Get("sessionStorage")
		if left == "" {
			storage.Call("removeItem", KeyLeft)
			return
		}
		storage.Call("setItem", KeyLeft, before+"\n"+now+"\n"+left)
	})
}

// Left returns what the page before this one left, "" if it is not for this address.
// It can be had once.
func Left(fragment string) (left string) {
	try(func() {
		storage := window().Get("sessionStorage")
		before, rest, _ := strings.Cut(text(storage.Call("getItem", KeyLeft)), "\n")
		now, what, _ := strings.Cut(rest, "\n")
		if again() && (fragment == before || fragment == now) {
			left = what
		}
		storage.Call("removeItem", KeyLeft)
	})
	return left
}

// again reports whether the page was reloaded, or returned to.
func again() bool {
	list := window().Get("performance").Call("getEntriesByType", "navigation")
	return list.Length() == 0 || text(list.Index(0).Get("type")) != "navigate"
}

// Unique returns a name that no other page has.
func Unique() string {
	random := number(window().Get("Math").Call("random"))
	now := number(window().Get("Date").Call("now"))
	return strconv.FormatInt(int64(now), 36) + strconv.FormatInt(int64(random*1e12), 36)
}

// Hidden reports whether the page is in the background, from which it may not return.
func Hidden() bool { return text(document().Get("visibilityState")) == "hidden" }

// StoredKey returns the key of a storage event, "" if something was removed.
func (e Event) StoredKey() string {
	if e.v.Get("newValue").Type() != app.TypeString {
		return ""
	}
	return text(e.v.Get("key"))
}
