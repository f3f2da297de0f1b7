package editor

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"paramstack/app/kept"
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/text"
)

// A store is the storage of a browser, with room for a number of bytes.
type store struct {
	items map[string]string
	room  int
}

func (s *store) Keys() []string                     { return slices.Sorted(maps.Keys(s.items)) }
func (s *store) Get(key string) (v string, ok bool) { v, ok = s.items[key]; return v, ok }
func (s *store) Remove(key string)                  { delete(s.items, key) }
func (s *store) Set(key, value string) bool {
	used := len(value)
	for k, v := range s.items {
		if k != key {
			used += len(v)
		}
	}
	if used > s.room {
		return false
	}
	s.items[key] = value
	return true
}

// A tab is a page that is open, with all that app/ui does about keeping.
type tab struct {
	walker
	keeper *kept.Keeper
}

// A browserModel is some tabs on one storage. It notes what people made, in its own
// way: from what is on the page, not from what is asked to be kept.
type browserModel struct {
	*rand.Rand
	t      *testing.T
	store  *store
	clock  int64
	opened int
	tabs   []*tab
	made   map[made]content
	joint  map[content]bool // some page went on with it
	edited map[content]bool // something was made of it
	steps  []string
}

// A made is the nth network of one page.
type made struct {
	keeper *kept.Keeper
	n      int
}

type content struct{ text, draft string }

func contentOf(s State) content {
	c := content{text: s.Doc.Text}
	if s.Doc.Draft != nil {
		c.draft = s.Doc.Draft.Text
	}
	return c
}

func (b *browserModel) open() *tab {
	b.opened++
	k := kept.New(b.store, fmt.Sprint("page", b.opened), func() int64 { b.clock++; return b.clock })
	t := &tab{walker: walker{b.Rand, New(Prefs{})}, keeper: k}
	t.s = play(t.s, WorksRead{k.All(), true})
	return t
}

// send sends a message, and carries out what is asked for about keeping.
func (b *browserModel) send(t *tab, m Msg) {
	before, was := t.s.Doc, contentOf(t.s)
	next, effects := Update(t.s, m)
	t.s = next
	now := contentOf(t.s)
	// What somebody types over their own text takes its place. Nothing else does. Undo may
	// lead to another network with the same text.
	if _, typed := m.(TypeText); was.draft != "" && now.draft != was.draft && !typed && t.s.Doc.Work == before.Work {
		if _, ended := m.(EndEdit); !ended {
			b.t.Fatalf("%T%+v drops the text %q", m, m, was.draft)
		}
	}
	b.note(t, before, was, effects)
	for _, e := range effects {
		switch e := e.(type) {
		case Keep:
			t.keeper.Keep(e.N, e.Work)
		case KeepApart:
			t.keeper.Apart(e.N, e.Work)
		case Continue:
			t.keeper.Continue(e.N, e.Work)
		case ReadWorks:
			b.flush(t)
			t.s = play(t.s, WorksRead{Works: t.keeper.All()})
		case EraseWorks:
			works := slices.DeleteFunc(slices.Clone(e.Works), func(w kept.Work) bool { return w.Sealed })
			t.keeper.Erase(works)
			b.forget(works)
			t.s = play(t.s, WorksRead{Works: t.keeper.All()})
		case RestoreWorks:
			t.keeper.Restore(e.Works)
		}
	}
}

// note notes what people made by now.
func (b *browserModel) note(t *tab, before Doc, was content, effects []Effect) {
	for _, e := range effects {
		if e, ok := e.(Continue); ok {
			b.joint[content{e.Work.Text, e.Work.Draft}] = true
		}
	}
	now := contentOf(t.s)
	if now != was && t.s.Doc.Work == before.Work {
		b.edited[was] = true
	}
	if t.s.Doc.Kept && (t.s.Doc.Work != before.Work || now != was) {
		at := made{t.keeper, t.s.Doc.Work}
		if old, ok := b.made[at]; ok && old != now {
			b.edited[old] = true
		}
		b.made[at] = now
	}
}

// succeeded reports whether a network is kept no more because another page, that went
// on with it, made something of it.
func (b *browserModel) succeeded(at made, c content) bool {
	return b.joint[c] && b.edited[c] && !b.shown(at)
}

// forget notes that works are gone by somebody's say, or were said to be.
func (b *browserModel) forget(works []kept.Work) {
	for _, w := range works {
		maps.DeleteFunc(b.made, func(_ made, c content) bool { return c == content{w.Text, w.Draft} })
	}
}

// forgetItems notes that the items of works are gone, whatever a page that went on with
// one of them still shows: it may have been written over just before.
func (b *browserModel) forgetItems(works []kept.Work) {
	maps.DeleteFunc(b.made, func(at made, c content) bool {
		own, _ := kept.Return(at.keeper.Leave(at.n, kept.Work{Text: c.text, Draft: c.draft}))
		return slices.ContainsFunc(works, func(w kept.Work) bool { return w.Key == own.Key })
	})
}

// shown reports whether a network is on the page of a tab.
func (b *browserModel) shown(at made) bool {
	return slices.ContainsFunc(b.tabs, func(t *tab) bool { return t.keeper == at.keeper && t.s.Doc.Kept && t.s.Doc.Work == at.n })
}

// flush writes what waits, as app/ui does after a pause.
func (b *browserModel) flush(t *tab) {
	before := maps.Clone(b.store.items)
	defer func() {
		for _, other := range b.tabs {
			if other != t && !maps.Equal(before, b.store.items) {
				b.send(other, KeptElsewhere{})
				b.flush(other)
			}
		}
	}()
	r := t.keeper.Flush()
	if len(r.Removed) > 0 {
		next, _ := Update(t.s, MadeRoom{r.Removed})
		if !strings.Contains(notice(next), fmt.Sprint(len(r.Removed))) {
			b.t.Fatalf("what was removed is not said: %s", notice(next))
		}
		b.forget(r.Removed)
		b.forgetItems(r.Removed)
	}
	if len(r.Refused) == 0 {
		return
	}
	if next, _ := Update(t.s, StoreFull{}); !strings.Contains(notice(next), "is not saved") {
		b.t.Fatalf("that the storage is full is not said: %s", notice(next))
	}
	// An equal network may be in the storage, as an item of its own: that does not keep
	// this one, whatever becomes of it.
	for _, n := range r.Refused {
		delete(b.made, made{t.keeper, n})
	}
}

// reload leaves a page and opens the next in its tab.
func (b *browserModel) reload(i int) {
	t := b.tabs[i]
	b.flush(t)
	left := ""
	if t.s.Doc.Kept {
		left = t.keeper.Leave(t.s.Doc.Work, t.s.work())
	}
	fresh := b.open()
	b.tabs[i] = fresh
	if left == "" {
		b.send(fresh, LoadLink{t.s.Fragment(), true})
		return
	}
	w, ok := kept.Return(left)
	if !ok {
		b.t.Fatalf("what was left cannot be read: %q", left)
	}
	b.send(fresh, Resume{w})
	if got, want := contentOf(fresh.s), contentOf(t.s); got != want {
		b.t.Fatalf("after a reload there is\n%+v\nthere was\n%+v", got, want)
	}
}

// there is what the storage holds.
func (b *browserModel) there() map[content]bool {
	there := map[content]bool{}
	for _, w := range kept.New(b.store, "", nil).All() {
		there[content{w.Text, w.Draft}] = true
	}
	return there
}

// law checks that everything that people made is kept.
func (b *browserModel) law(after string) {
	for _, t := range b.tabs {
		b.flush(t)
	}
	there := b.there()
	for at, c := range b.made {
		if !there[c] && !b.succeeded(at, c) {
			b.t.Fatalf("after %s, network %d of a page is not kept:\n%+v\nthere is\n%+v\nsteps:\n%s", after, at.n, c, there, strings.Join(b.steps[max(0, len(b.steps)-15):], "\n"))
		}
	}
	if b.store.items[kept.Prefix+"later"] != later {
		b.t.Fatalf("after %s, what a newer version kept is gone", after)
	}
}

const later = "2 0 what a newer version kept"

// TestNothingIsLost tries anything in two tabs, with reloads, a tab that is closed or
// opened twice, and a storage that is full or not: all networks and texts that people
// made are kept, until they are typed over, undone or erased, or it is said that they
// are not.
func TestNothingIsLost(t *testing.T) {
	walks, steps := 20, 250
	if testing.Short() {
		walks = 8
	}
	messages := slices.Concat(edits, others)
	typing := []func(*walker) Msg{
		func(w *walker) Msg { return TypeText{w.text()} },
		func(w *walker) Msg { return TypeText{w.s.Doc.Pane + pick(w, "c", "\n", "#", "relu\n")} },
		func(w *walker) Msg { return Undo{} },
		func(w *walker) Msg { return Redo{} },
		func(w *walker) Msg { return LoadPreset{pick(w, "toy", "lenet-5")} },
		func(w *walker) Msg { return SetField{2, pick(w, "kernel", "filters"), pick(w, "1", "3", "5")} },
		func(w *walker) Msg { return SetField{2, LabelField, pick(w, "a", "b")} },
		func(w *walker) Msg { return Clear{} },
		func(w *walker) Msg { return OpenRecent{} },
		func(w *walker) Msg {
			if len(w.s.Works) == 0 {
				return LoadFirst{}
			}
			k := w.s.Works[w.IntN(len(w.s.Works))]
			if m, problems := text.Parse(k.Text); !k.Sealed && firstError(problems) == nil && w.IntN(3) == 0 {
				return LoadLink{link.Encode(m.Model), false} // back
			}
			if w.IntN(6) == 0 {
				return EraseWork{k.Key}
			}
			return OpenWork{k.Key}
		},
		func(w *walker) Msg { return RestoreErased{} },
		func(w *walker) Msg { return Delete{} },
	}
	for n := range walks {
		room := []int{1 << 30, 1 << 30, 6000, 1500}[n%4]
		b := &browserModel{Rand: rand.New(rand.NewPCG(seed, uint64(n))), t: t, store: &store{map[string]string{kept.Prefix + "later": later}, room}, made: map[made]content{}, joint: map[content]bool{}, edited: map[content]bool{}}
		b.tabs = []*tab{b.open(), b.open()}
		for range steps {
			i := b.IntN(2)
			tab := b.tabs[i]
			var what string
			switch b.IntN(30) {
			case 0:
				b.reload(i)
				what = "a reload"
			case 1: // the tab is duplicated: both show the same
				b.flush(b.tabs[1-i]) // it is closed
				b.reload(i)
				twin := b.open()
				if s := b.tabs[i].s; s.Doc.Kept {
					w, _ := kept.Return(b.tabs[i].keeper.Leave(s.Doc.Work, s.work()))
					b.tabs[1-i] = twin
					b.send(twin, Resume{w})
				}
				b.tabs[1-i] = twin
				what = "a twin"
			case 2:
				b.flush(tab)
				what = "a pause"
			case 3:
				b.store.room = []int{room, 0, room / 2, 1 << 30}[b.IntN(4)]
				what = "other room"
			default:
				m := pick(&tab.walker, typing...)(&tab.walker)
				if b.IntN(4) == 0 {
					m = pick(&tab.walker, messages...)(&tab.walker)
				}
				switch m.(type) {
				case WorksRead, Resume: // what is there is the model's business
					continue
				}
				b.send(tab, m)
				if len(tab.s.Doc.Text) > 2000 {
					b.send(tab, LoadPreset{"toy"})
				}
				what = fmt.Sprintf("%T%+v", m, m)
			}
			b.steps = append(b.steps, fmt.Sprintf("%d %.80q: work %d own %v", i, what, b.tabs[i].s.Doc.Work, b.tabs[i].s.Doc.Kept))
			if b.IntN(3) == 0 {
				b.law(what)
			}
		}
		b.law("all")
	}
}

// The last network is offered on the next visit, and may be declined; a damaged link
// is what is spoken of first.
func TestOffer(t *testing.T) {
	toy := kept.Work{Key: "k", Name: "Toy network", Text: play(New(Prefs{}), LoadPreset{"toy"}).Doc.Text}
	sealed := kept.Work{Key: "s", Sealed: true}
	s := play(New(Prefs{}), WorksRead{[]kept.Work{sealed, toy}, true})
	if notice(s) != "Continue with your last network, Toy network?" || len(s.Notice.Actions) != 3 {
		t.Fatalf("%q", notice(s))
	}
	taken, effects := Update(s, s.Notice.Actions[0].Send)
	if c := effect[Continue](t, effects); taken.Doc.Preset != "toy" || taken.Notice != nil || c.Work.Key != "k" {
		t.Errorf("taken: %q, %q, %+v", taken.Doc.Preset, notice(taken), c)
	}
	if back := play(taken, Undo{}); back.Doc.Preset == "toy" || back.Doc.Kept {
		t.Errorf("undone: %q", back.Doc.Preset)
	}
	dropped, effects := Update(s, s.Notice.Actions[1].Send)
	if len(effects) != 0 || dropped.Notice != nil || dropped.Doc.Preset == "toy" || len(dropped.Works) != 2 {
		t.Errorf("declined: %v, %q", effects, notice(dropped))
	}
	shown := kept.Work{Key: "k", Text: s.Doc.Text}
	for what, works := range map[string][]kept.Work{"nothing": nil, "what is shown already": {shown}, "what cannot be read": {sealed}} {
		if s := play(New(Prefs{}), WorksRead{works, true}); s.Notice != nil {
			t.Errorf("%s is offered: %q", what, notice(s))
		}
	}
	damaged := play(New(Prefs{}), LoadLink{Fragment: "1.i3x8x8", AtBoot: true}, WorksRead{[]kept.Work{toy}, true})
	if n := damaged.Notice; n == nil || n.Tone != ToneBad || len(n.Details) != 1 || len(n.Actions) != 2 {
		t.Errorf("after a damaged link the work is offered as %+v", n)
	}
	unnamed := play(New(Prefs{Lang: catalog.Korean}), WorksRead{[]kept.Work{{Key: "k", Text: "input 3x8x8\n"}}, true})
	if !strings.Contains(notice(unnamed), "이름 없는 네트워크") {
		t.Errorf("an unnamed network is offered as %q", notice(unnamed))
	}
}

// A new network offers the one before, and the recent ones if there are any.
func TestBefore(t *testing.T) {
	s := play(New(Prefs{}), LoadPreset{"toy"}, Clear{})
	if !strings.Contains(notice(s), "Toy network") || len(s.Notice.Actions) != 1 || s.Doc.Kept {
		t.Errorf("%q %+v", notice(s), s.Notice)
	}
	if back := play(s, s.Notice.Actions[0].Send); back.Doc.Preset != "toy" {
		t.Errorf("back to %q", back.Doc.Preset)
	}
	if s = play(New(Prefs{}), SetField{2, "kernel", "1"}, Clear{}); len(s.Notice.Actions) != 2 {
		t.Errorf("%+v", s.Notice)
	}
}

// Erased networks can be brought back while the sheet is open.
func TestErase(t *testing.T) {
	works := []kept.Work{{Key: "a", Text: "input 1\n"}, {Key: "b", Text: "input 2\n"}, {Key: "c", Sealed: true}}
	s := play(New(Prefs{}), WorksRead{Works: works})
	if after := play(s, EraseAll{}); len(after.Works) != 3 {
		t.Error("something is erased without the sheet")
	}
	s, effects := Update(play(s, OpenRecent{}), EraseWork{"b"})
	if e := effect[EraseWorks](t, effects); len(s.Works) != 2 || s.Works[1].Key != "c" || len(e.Works) != 1 || e.Works[0].Key != "b" || works[1].Key != "b" {
		t.Errorf("%+v %+v", s.Works, e)
	}
	_, effects = Update(s, RestoreErased{})
	if r := effect[RestoreWorks](t, effects); len(r.Works) != 1 || r.Works[0].Key != "b" {
		t.Errorf("%+v", r)
	}
	s, effects = Update(s, EraseAll{})
	if e := effect[EraseWorks](t, effects); len(s.Works) != 0 || len(e.Works) != 2 {
		t.Errorf("%+v %+v", s.Works, e)
	}
	if s = play(s, OpenWork{"a"}); s.Notice == nil || s.Notice.Tone != ToneBad {
		t.Errorf("what is gone opens: %q", notice(s))
	}
}
