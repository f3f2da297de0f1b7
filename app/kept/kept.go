// Package kept keeps the networks that people made, each as an item of its own in a
// storage that it shares: with other tabs, with older and newer versions of the page,
// with other pages of the same host. It knows no browser; app/browser has the storage.
//
// What holds, whatever the others do:
//
//   - A page overwrites an item only if that is as this page last read or wrote it.
//     Otherwise the network gets an item of its own: two tabs that began with one
//     network end with two.
//   - An item that this version cannot read is neither overwritten nor removed.
//   - Nothing is removed in silence: Keep returns what had to make room.
package kept

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A Storage keeps texts by their keys, as the local storage of a browser does.
type Storage interface {
	Keys() []string
	Get(key string) (value string, ok bool)
	// Set reports whether the value is kept: a storage may be full, or forbidden.
	Set(key, value string) bool
	Remove(key string)
}

// A Work is a network that somebody made.
type Work struct {
	Key    string // of its item; "" before it has one
	Time   int64  // when it was kept last, in milliseconds since 1970
	Name   string // its title, "" if it has none
	Text   string // the network as stack text
	Sent   string // how it was counted by who sent it; "" if as its reader prefers
	Draft  string // what was in the text pane while that could not be read; "" otherwise
	Sealed bool   // it is there, but this version cannot read it

	raw string // of a sealed one: all of its item
}

// Prefix begins the keys of all items.
const Prefix = "paramstack.kept/"

// version begins the value of every item that this version writes. Another one is
// left as it is.
const version = "1"

// The most that is kept, of which the storage may have less: browsers give a host
// about five million characters, for all of its pages together.
const (
	MostWorks = 200
	MostBytes = 2 << 20
	share     = MostBytes / MostWorks
)

// encode writes a work as the value of its item: a line with its version, time, the
// number of bytes of its text, how it was sent and its name, then text and draft.
func (w *Work) encode() string {
	if w.Sealed {
		return w.raw
	}
	name := strings.ReplaceAll(w.Name, "\n", " ")
	return strings.Join([]string{version, strconv.FormatInt(w.Time, 10), strconv.Itoa(len(w.Text)), w.Sent, name}, " ") +
		"\n" + w.Text + w.Draft
}

// decode reads the value of an item.
func decode(key, value string) Work {
	sealed := Work{Key: key, Sealed: true, raw: value}
	head, body, ok := strings.Cut(value, "\n")
	parts := strings.SplitN(head, " ", 5)
	if !ok || len(parts) < 5 || parts[0] != version {
		if len(parts) > 1 { // newer versions have their time there, too
			sealed.Time, _ = strconv.ParseInt(parts[1], 10, 64)
		}
		return sealed
	}
	time, err1 := strconv.ParseInt(parts[1], 10, 64)
	size, err2 := strconv.Atoi(parts[2])
	if err1 != nil || err2 != nil || size < 0 || size > len(body) {
		return sealed
	}
	return Work{Key: key, Time: time, Sent: parts[3], Name: parts[4], Text: body[:size], Draft: body[size:]}
}

// same reports whether two works hold the same, be it kept at different times.
func (w *Work) same(v *Work) bool {
	return w.Name == v.Name && w.Text == v.Text && w.Draft == v.Draft && w.Sent == v.Sent && w.Sealed == v.Sealed
}

// A Keeper keeps the works of one page that is open. The page numbers its works; where
// each is kept is the keeper's business.
type Keeper struct {
	storage Storage
	page    string         // begins the keys of this page, and of no other
	now     func() int64   // in milliseconds since 1970
	made    int            // how many keys
	keys    map[int]string // of the page's works
	last    map[int]string // the value of its item that the page last read or wrote
	waiting []*waiting
	freed   bool // there may be room for what was refused
	room    int  // how much may be written before all is counted again
}

// A waiting is a work that is yet to be written, or for which there was no room.
type waiting struct {
	n       int
	work    Work
	refused bool
}

// New returns the keeper of a page. Its name is different from that of every other
// page that was ever opened.
func New(s Storage, page string, now func() int64) *Keeper {
	return &Keeper{storage: s, page: page, now: now, keys: map[int]string{}, last: map[int]string{}}
}

// All returns the works that are kept, the latest first.
func (k *Keeper) All() []Work {
	var found []*Work // sorted by pointers, as all that is long: a sort of values is a copy of the code
	for _, key := range k.storage.Keys() {
		if !strings.HasPrefix(key, Prefix) {
			continue
		}
		if value, ok := k.storage.Get(key); ok {
			w := decode(key, value)
			found = append(found, &w)
		}
	}
	slices.SortStableFunc(found, func(a, b *Work) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(b.Key, a.Key))
	})
	var works []Work
	for _, w := range found {
		works = append(works, *w)
	}
	return works
}

// Continue makes a work that was kept the nth of this page: the page shows it as it
// is given here.
func (k *Keeper) Continue(n int, w Work) {
	if w.Key != "" && !w.Sealed {
		k.keys[n], k.last[n] = w.Key, w.encode()
	}
}

// Leave writes the nth work of the page, as it is now, for the page that comes after
// it in the same tab. That one goes on with it, even if there was no room to keep it.
func (k *Keeper) Leave(n int, w Work) string {
	w.Key = k.keys[n]
	if was := decode(w.Key, k.last[n]); was.same(&w) {
		w.Time = was.Time
	}
	return w.Key + "\n" + w.encode()
}

// Return reads what Leave wrote; false if there is nothing that can be read.
func Return(left string) (Work, bool) {
	key, value, _ := strings.Cut(left, "\n")
	w := decode(key, value)
	return w, !w.Sealed
}

// A Result is how keeping works ended.
type Result struct {
	Refused []int  // the numbers of those that there was no room for
	Removed []Work // older works without a name, which had to make room
}

// Keep keeps the nth work of the page as it is now, with the next Flush. Until then
// there may be a later one of the same.
func (k *Keeper) Keep(n int, w Work) {
	for _, old := range k.waiting {
		if old.n == n {
			old.work, old.refused = w, false
			return
		}
	}
	k.waiting = append(k.waiting, &waiting{n: n, work: w})
}

// Apart keeps the nth work besides, if another page has written over it: the page
// still shows it as it is here. What was erased stays so until it is worked on.
func (k *Keeper) Apart(n int, w Work) {
	k.freed = true // it may have erased something
	value, there := k.storage.Get(k.keys[n])
	if there && value != k.last[n] {
		k.Keep(n, w)
	}
}

// Flush writes what waits. What there is no room for is written by a later Flush, once
// works were erased.
func (k *Keeper) Flush() Result {
	var all Result
	var refused []*waiting
	for _, w := range k.waiting {
		if again := w.refused; again && !k.freed || !k.keep(w, &all) {
			if w.refused = true; !again {
				all.Refused = append(all.Refused, w.n)
			}
			refused = append(refused, w)
		}
	}
	k.waiting, k.freed = refused, false
	return all
}

// keep writes a work of the page, and reports whether there was room. For one that was
// refused nothing is removed: two pages could make room in turns for ever. Nor does it
// overwrite an item with which the page has gone on as another work since.
func (k *Keeper) keep(w *waiting, r *Result) bool {
	key := k.keys[w.n]
	value, there := "", false
	if key != "" {
		value, there = k.storage.Get(key)
	}
	if there {
		was := decode(key, value)
		switch {
		case was.Sealed || value != k.last[w.n]: // another page has written there since
			key = ""
		case was.same(&w.work):
			return true
		}
	}
	for n := range k.keys {
		if w.refused && n != w.n && k.keys[n] == key {
			key = ""
		}
	}
	for taken := key == ""; taken; _, taken = k.storage.Get(key) {
		k.made++
		key = Prefix + k.page + "-" + strconv.Itoa(k.made)
	}
	w.work.Key, w.work.Time = key, k.now()
	value = w.work.encode()
	if !k.write(key, value, !w.refused, r) {
		return false
	}
	k.keys[w.n], k.last[w.n] = key, value
	return true
}

// write writes an item. If there is no room, works without a name go first, the
// oldest of them first, if any may; those with a name only go when they are erased.
func (k *Keeper) write(key, value string, remove bool, r *Result) bool {
	// Counting reads all that is kept, so it is not done every time.
	if k.room -= max(len(value), share); k.room >= 0 && k.storage.Set(key, value) {
		return true
	}
	var removed, old []Work // what went, and what may go, the oldest last
	count, size := 1, len(value)
	for _, w := range k.All() {
		if w.Key == key {
			continue
		}
		count++
		size += len(w.Text) + len(w.Draft)
		if remove && w.Name == "" && !w.Sealed {
			old = append(old, w)
		}
	}
	if size > MostBytes && len(value) > MostBytes/2 {
		return false // it alone would empty the rest
	}
	for {
		if count <= MostWorks && size <= MostBytes {
			if k.storage.Set(key, value) {
				k.room = min(MostBytes-size, share*(MostWorks-count))
				r.Removed = append(r.Removed, removed...)
				return true
			}
		}
		if len(old) == 0 {
			break
		}
		w := old[len(old)-1]
		old = old[:len(old)-1]
		k.storage.Remove(w.Key)
		removed = append(removed, w)
		count--
		size -= len(w.Text) + len(w.Draft)
	}
	// It did not help: what was removed comes back, where there was room for it.
	for len(removed) > 0 {
		w := removed[len(removed)-1]
		if !k.storage.Set(w.Key, w.encode()) {
			break
		}
		removed = removed[:len(removed)-1]
	}
	r.Removed = append(r.Removed, removed...)
	return false
}

// Erase removes works, as their reader asks: those that are as they were listed.
func (k *Keeper) Erase(works []Work) {
	for i := range works {
		w := &works[i]
		if value, there := k.storage.Get(w.Key); there && strings.HasPrefix(w.Key, Prefix) && value == w.encode() {
			k.storage.Remove(w.Key)
			k.freed = true
		}
	}
}

// Restore brings back works that were erased, and reports whether all are there.
func (k *Keeper) Restore(works []Work) bool {
	all := true
	for i := range works {
		w := &works[i]
		if _, there := k.storage.Get(w.Key); !there {
			all = k.storage.Set(w.Key, w.encode()) && all
		}
	}
	return all
}
