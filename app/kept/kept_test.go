package kept

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A shelf is a storage with room for a number of bytes.
type shelf struct {
	items map[string]string
	room  int
}

func newShelf(room int) *shelf { return &shelf{map[string]string{}, room} }

func (s *shelf) Keys() (keys []string) {
	for k := range s.items {
		keys = append(keys, k)
	}
	return keys
}

func (s *shelf) Get(key string) (string, bool) { v, ok := s.items[key]; return v, ok }

func (s *shelf) Set(key, value string) bool {
	used := len(key) + len(value)
	for k, v := range s.items {
		if k != key {
			used += len(k) + len(v)
		}
	}
	if used > s.room {
		return false
	}
	s.items[key] = value
	return true
}

func (s *shelf) Remove(key string) { delete(s.items, key) }

// page opens a page on a shelf; each moment has a time of its own.
func (s *shelf) page(name string) *Keeper {
	clock := int64(1000 * len(name))
	return New(s, name, func() int64 { clock++; return clock })
}

// put keeps a work at once.
func put(k *Keeper, n int, w Work) Result { k.Keep(n, w); return k.Flush() }

// erase erases the work with a key.
func erase(k *Keeper, key string) {
	for _, w := range k.All() {
		if w.Key == key {
			old := w
			old.Text += "before"
			k.Erase([]Work{old}) // as it was listed once
			k.Erase([]Work{w})
		}
	}
}

// texts lists what is kept, sorted.
func (k *Keeper) texts() string {
	var list []string
	for _, w := range k.All() {
		list = append(list, w.Name+":"+w.Text+w.Draft)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestRoundTrip(t *testing.T) {
	for _, w := range []Work{
		{}, {Name: "A net", Sent: "-bk", Text: "input 3x8x8\n"}, {Text: "input 1\n", Draft: "input 1\ncon"}, {Name: "이름 # 1 2 3", Text: "한글\n", Draft: "\n\n"},
	} {
		w.Key, w.Time = Prefix+"x", 17
		if got := decode(w.Key, w.encode()); got != w {
			t.Errorf("%+v is read as %+v", w, got)
		}
	}
	for _, value := range []string{"", "1", "2 9 x", "2 99 0 name\ntext", "1 1 5  name\nabc", "1 1 -1  name\nabc", "1 x 1  n\nabc", "\n\n", "1 1 99999999999999999999  n\nabc", "1 1 1 n\nabc"} {
		w := decode(Prefix+"x", value)
		if !w.Sealed || w.encode() != value {
			t.Errorf("%q is read as %+v", value, w)
		}
	}
}

// Two pages that show one network do not overwrite each other's.
func TestTwoPages(t *testing.T) {
	s := newShelf(1 << 20)
	a, b := s.page("a"), s.page("bb")
	put(a, 1, Work{Text: "one"})
	w := b.All()[0]
	b.Continue(1, w)
	put(a, 1, Work{Text: "two"})
	put(b, 1, Work{Text: "three"})
	put(a, 1, Work{Text: "four"})
	put(b, 1, Work{Text: "five"})
	if got := a.texts(); got != ":five :four" {
		t.Errorf("kept: %s", got)
	}
	// A page that did nothing meanwhile keeps what it shows besides.
	c := s.page("ccc")
	for _, w := range c.All() {
		if w.Text == "five" {
			c.Continue(1, w)
		}
	}
	c.Apart(1, Work{Text: "five"})
	c.Flush()
	put(b, 1, Work{Text: "six"})
	c.Apart(1, Work{Text: "five"})
	c.Flush()
	if got := a.texts(); got != ":five :four :six" {
		t.Errorf("kept: %s", got)
	}
	erase(c, c.keys[1])
	c.Apart(1, Work{Text: "five"})
	put(b, 1, Work{Text: "five"})
	if got := a.texts(); got != ":five :four" {
		t.Errorf("kept: %s", got)
	}
	// What was erased elsewhere is kept again when it is worked on.
	erase(b, a.keys[1])
	put(a, 1, Work{Text: "six"})
	if got := a.texts(); got != ":five :six" {
		t.Errorf("kept: %s", got)
	}
}

// What another version kept stays as it is.
func TestSealed(t *testing.T) {
	s := newShelf(400)
	const later = "7 99999 what this version cannot know"
	s.items[Prefix+"later"], s.items["other"] = later, "another page's"
	a := s.page("a")
	for i := range 50 {
		put(a, i+1, Work{Text: fmt.Sprint("input ", i)})
		a.Continue(99, a.All()[0])
		put(a, 99, Work{Text: fmt.Sprint("over ", i)})
	}
	if s.items[Prefix+"later"] != later || s.items["other"] != "another page's" {
		t.Errorf("%q", s.items)
	}
	a.Erase([]Work{{Key: "other"}})
	a.Erase([]Work{decode("other", s.items["other"])})
	works := a.All()
	i := slices.IndexFunc(works, func(w Work) bool { return w.Sealed })
	a.Erase(works[i : i+1])
	a.Restore(works[i : i+1])
	if s.items[Prefix+"later"] != later || s.items["other"] == "" {
		t.Errorf("erased and restored: %q", s.items)
	}
}

// When there is no room, the oldest works without a name go, and that is reported;
// named ones stay, and where it does not help nothing goes.
func TestFull(t *testing.T) {
	s := newShelf(600)
	a := s.page("a")
	put(a, 1, Work{Name: "named", Text: strings.Repeat("n", 100)})
	put(a, 2, Work{Text: strings.Repeat("a", 100)})
	put(a, 3, Work{Text: strings.Repeat("b", 100)})
	r := put(a, 4, Work{Text: strings.Repeat("c", 250)})
	if len(r.Refused) != 0 || len(r.Removed) != 1 || r.Removed[0].Text[0] != 'a' {
		t.Errorf("refused %v, removed %+v", r.Refused, r.Removed)
	}
	before := a.texts()
	if r = put(a, 5, Work{Text: strings.Repeat("d", 590)}); len(r.Refused) == 0 || len(r.Removed) != 0 || a.texts() != before {
		t.Errorf("refused %v, removed %+v, there is %s", r.Refused, r.Removed, a.texts())
	}
	// What is there stays as it was when its successor has no room.
	if r = put(a, 1, Work{Name: "named", Text: strings.Repeat("m", 590)}); len(r.Refused) == 0 || a.texts() != before {
		t.Errorf("refused %v, there is %s", r.Refused, a.texts())
	}
}

// What there was no room for is kept as soon as works were erased, here or on another
// page; nothing is removed for it.
func TestRefused(t *testing.T) {
	s := newShelf(600)
	a, b := s.page("a"), s.page("bb")
	put(a, 1, Work{Name: "old", Text: strings.Repeat("o", 200)})
	put(a, 2, Work{Text: strings.Repeat("u", 200)})
	long := strings.Repeat("n", 450)
	if r := put(a, 3, Work{Name: "new", Text: long}); !slices.Equal(r.Refused, []int{3}) {
		t.Fatalf("refused %v", r.Refused)
	}
	before := a.texts()
	if r := a.Flush(); len(r.Refused)+len(r.Removed) != 0 || a.texts() != before {
		t.Errorf("refused %v, removed %v, there is %s", r.Refused, r.Removed, a.texts())
	}
	erase(a, a.keys[1]) // that is too little, and the unnamed one stays
	if r := a.Flush(); len(r.Refused)+len(r.Removed) != 0 || a.texts() != ":"+strings.Repeat("u", 200) {
		t.Errorf("refused %v, removed %v, there is %s", r.Refused, r.Removed, a.texts())
	}
	erase(b, a.keys[2])
	a.Apart(1, Work{Name: "old", Text: strings.Repeat("o", 200)})
	if r := a.Flush(); len(r.Refused)+len(r.Removed) != 0 || a.texts() != "new:"+long {
		t.Errorf("refused %v, removed %v, there is %s", r.Refused, r.Removed, a.texts())
	}
	// Only the latest of a work is waited with.
	put(b, 1, Work{Text: strings.Repeat("x", 590)})
	put(b, 1, Work{Text: "short"})
	erase(b, a.keys[3])
	b.Flush()
	if got := b.texts(); got != ":short" {
		t.Errorf("there is %s", got)
	}
}

// The limits of our own hold in a storage without any.
func TestLimits(t *testing.T) {
	s := newShelf(1 << 40)
	a := s.page("a")
	removed := 0
	for i := range MostWorks + 10 {
		removed += len(put(a, i+1, Work{Text: fmt.Sprint(i)}).Removed)
	}
	if n := len(a.All()); n != MostWorks || removed != 10 {
		t.Errorf("%d works are kept, %d were removed", n, removed)
	}
	if r := put(a, 999, Work{Text: strings.Repeat("x", MostBytes)}); len(r.Refused) == 0 || len(r.Removed) != 0 {
		t.Errorf("a work that leaves room for no other: refused %v, %d removed", r.Refused, len(r.Removed))
	}
}

// A page that is left hands what it shows to the next in its tab.
func TestLeave(t *testing.T) {
	s := newShelf(1 << 20)
	a := s.page("a")
	put(a, 1, Work{Text: "one"})
	left, ok := Return(a.Leave(1, Work{Text: "one", Draft: "on"}))
	if !ok || left.Draft != "on" || left.Key != a.keys[1] {
		t.Fatalf("left %+v", left)
	}
	for _, kept := range []Work{{Text: "one"}, {Text: "two"}} {
		b := s.page("bbb")
		left, _ := Return(a.Leave(1, Work{Text: "one"}))
		put(a, 1, kept)
		b.Continue(1, left)
		put(b, 1, Work{Text: "three"})
	}
	if got := a.texts(); got != ":three :three :two" {
		t.Errorf("kept: %s", got)
	}
	if w, ok := Return(New(newShelf(0), "c", nil).Leave(1, Work{Text: "no room"})); !ok || w.Text != "no room" || w.Key != "" {
		t.Errorf("without room: %+v", w)
	}
	if _, ok := Return("nonsense"); ok {
		t.Error("nonsense is returned to")
	}
}
