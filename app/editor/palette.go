package editor

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/text"
)

// A Palette is the list of layers to add, being searched.
type Palette struct {
	At    arch.Place
	Query string
	Index int
	enter tensor.Shape // what enters there, nil if nothing does or it is unknown
}

// Messages about the palette.
type (
	// OpenPalette opens the choice of what to add, at a row (below it, inside it)
	// or at the end.
	OpenPalette struct{ Row Key }
	// Search is a keystroke in the palette; Pick moves in its list.
	Search struct{ Query string }
	Pick   struct{ By int }
)

func (m OpenPalette) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	at := s.placeAt(m.Row)
	s.Open = Open{Palette: &Palette{At: at, enter: s.entering(at)}}
	return s, []Effect{Focus{ElementID: PaletteSearch}}
}

func (m Search) apply(s State) (State, []Effect) {
	if p := s.Open.Palette; p != nil {
		s.Open.Palette = &Palette{At: p.At, Query: m.Query, enter: p.enter}
	}
	return s, nil
}

func (m Pick) apply(s State) (State, []Effect) {
	if p, n := s.Open.Palette, len(s.Items()); p != nil && n > 0 {
		s.Open.Palette = &Palette{p.At, p.Query, ((p.Index+m.By)%n + n) % n, p.enter}
	}
	return s, nil
}

// An Item is something that can be added: a layer with plausible values, or a
// block.
type Item struct {
	ID    string // the kind's name, or the block's
	Group layer.Group
	Doc   catalog.Key
	Text  string   // what is inserted, as stack text
	Find  []string // further words it is found by
}

// AsWritten is the ID of the item that adds what was written instead of searched.
const AsWritten = "as-written"

// itemOf returns the item for a query that is stack text, such as conv 6 k5; tanh. Words
// alone are searched for: batch norm is what a layer is called.
func itemOf(query string) (Item, bool) {
	src := strings.TrimSpace(query)
	if !strings.ContainsAny(src, " ;") || !strings.ContainsAny(src, "0123456789;{") || len(src) > mostWritten {
		return Item{}, false
	}
	nodes, problems := text.ParseNodes(src)
	if len(nodes) == 0 || firstError(problems) != nil {
		return Item{}, false
	}
	it := Item{ID: AsWritten, Group: layer.GroupJoin, Doc: catalog.UIAsWritten, Text: src}
	if leaf, ok := nodes[0].(*arch.Leaf); ok {
		it.Group = leaf.Layer.Kind().Group
	}
	return it, true
}

// mostWritten is how much text, in bytes, is read at each key of a search.
const mostWritten = 2000

// items are all things that can be added, in palette order.
var items = sync.OnceValue(makeItems)

func makeItems() []Item {
	list := make([]Item, 0, len(layer.Kinds)+1)
	for _, k := range layer.Kinds {
		list = append(list, Item{ID: k.Name, Group: k.Group, Doc: catalog.KindDoc(k.Name), Text: least(k),
			Find: append([]string{k.Torch, k.Keras, k.Caffe, k.ONNX}, append(k.Also, called(k.Name)...)...)})
	}
	return append(list, Item{ID: "repeat", Group: layer.GroupJoin, Doc: catalog.KindDoc("repeat"),
		Text: "repeat 2 { relu }", Find: called("repeat")})
}

// called returns further words by which people look for a kind, in every language.
func called(kind string) []string {
	key := catalog.KindFind(kind)
	if !catalog.Has(key) {
		return nil
	}
	return strings.Split(catalog.English.In(key)+", "+catalog.Korean.In(key), ", ")
}

// least writes a layer with the least it needs.
func least(k *layer.Kind) string {
	text := k.Name
	for i := range k.Fields {
		switch f := &k.Fields[i]; {
		case !f.Need:
		case f.Main:
			text += " " + layer.Example(f)
		default:
			text += " " + f.Name + "=" + layer.Example(f)
		}
	}
	if k.Joins() && k.Takes != layer.TakesPathsOrOne {
		text += " { | }"
	}
	return text
}

// Items returns what the palette lists for its query: what is called so first, then
// names that begin with it, other names, explanations in the reader's language, and
// those in the other. Without a query what fits what enters comes first, and an input last.
// A query that is stack text is added as it is.
func (s State) Items() []Item {
	p := s.Open.Palette
	if p == nil {
		return nil
	}
	ranks := make([][]Item, ranksOfItems)
	q := plainWord(p.Query)
	for _, it := range items() {
		r := it.order(p.enter)
		if q != "" {
			r = it.rank(q, s.Prefs.Lang)
		}
		if r >= 0 {
			ranks[r] = append(ranks[r], it.fitted(p.enter))
		}
	}
	if it, ok := itemOf(p.Query); ok {
		ranks[0] = slices.Insert(ranks[0], 0, it)
	}
	return slices.Concat(ranks...)
}

// ranksOfItems is how many ranks there are.
const ranksOfItems = 5

// order returns the rank of an item without a query.
func (it Item) order(x tensor.Shape) int {
	first := layer.GroupInput
	switch {
	case len(x) == 1:
		first = layer.GroupDense
	case x != nil:
		first = layer.GroupConv
	}
	switch it.Group {
	case first:
		return 0
	case layer.GroupInput:
		return 2
	}
	return 1
}

// rank returns the rank of an item for what is looked for, -1 if it is another.
func (it Item) rank(q string, lang catalog.Lang) int {
	known := -1
	for _, name := range append(it.Find, it.ID) {
		switch name = plainWord(name); {
		case name == q:
			return 0
		case strings.Contains(name, q):
			known = 2
		}
	}
	if strings.HasPrefix(it.ID, q) {
		return 1
	}
	if known > 0 {
		return known
	}
	for n, in := range [...]catalog.Lang{lang, 1 - lang} {
		words := in.In(it.Doc) + " " + in.In(it.Group.Label())
		if strings.Contains(strings.ToLower(words), q) || long(q) && strings.Contains(plainWord(words), q) {
			return 3 + n
		}
	}
	return -1
}

// plainWord returns a word as it is compared: in small letters and without blanks,
// which Korean may have in 완전 연결 and people leave out.
func plainWord(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// long reports whether a word without its blanks is looked for across blanks: a short
// one in Latin letters would be found between two words.
func long(q string) bool { return len(q) > 5 }
