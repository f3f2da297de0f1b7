package editor

import (
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
)

// A Palette is the list of layers to add, being searched.
type Palette struct {
	At    arch.Place
	Query string
	Index int
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
	s.Open = Open{Palette: &Palette{At: s.placeAt(m.Row)}}
	return s, []Effect{Focus{ElementID: "palette-search"}}
}

func (m Search) apply(s State) (State, []Effect) {
	if p := s.Open.Palette; p != nil {
		s.Open.Palette = &Palette{At: p.At, Query: m.Query}
	}
	return s, nil
}

func (m Pick) apply(s State) (State, []Effect) {
	if p, n := s.Open.Palette, len(s.Items()); p != nil && n > 0 {
		s.Open.Palette = &Palette{p.At, p.Query, ((p.Index+m.By)%n + n) % n}
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

// items are all things that can be added, in palette order.
var items = makeItems()

func makeItems() []Item {
	starts := map[string]string{
		"input": "input 3x224x224", "conv": "conv 64 k3 p1", "maxpool": "maxpool 2", "avgpool": "avgpool 2",
		"adaptiveavgpool": "adaptiveavgpool 7", "linear": "linear 1000",
		"add": "add { conv 64 k3 p1 | }", "concat": "concat { conv 64 k1 | conv 64 k3 p1 }",
		"mul": "mul { globalavgpool; conv 64 k1; sigmoid | }", "from": "from { }",
	}
	list := make([]Item, 0, len(layer.Kinds)+1)
	for _, k := range layer.Kinds {
		text := starts[k.Name]
		if text == "" {
			text = least(k)
		}
		list = append(list, Item{ID: k.Name, Group: k.Group, Doc: catalog.KindDoc(k.Name), Text: text,
			Find: append([]string{k.Torch, k.Keras, k.Caffe, k.ONNX}, k.Also...)})
	}
	return append(list, Item{ID: "repeat", Group: layer.GroupJoin, Doc: catalog.KindDoc("repeat"),
		Text: "repeat 2 { conv 64 k3 p1; relu }", Find: []string{"loop", "block"}})
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

// Items returns what the palette lists for its query: names that begin with it
// first, then other names, then explanations in the reader's language.
func (s State) Items() []Item {
	if s.Open.Palette == nil {
		return nil
	}
	q := strings.ToLower(strings.TrimSpace(s.Open.Palette.Query))
	if q == "" {
		return items
	}
	var ranks [3][]Item
	for _, it := range items {
		if r := it.rank(q, s.Prefs.Lang); r >= 0 {
			ranks[r] = append(ranks[r], it)
		}
	}
	return append(append(ranks[0], ranks[1]...), ranks[2]...)
}

func (it Item) rank(q string, lang catalog.Lang) int {
	if strings.HasPrefix(it.ID, q) {
		return 0
	}
	for _, name := range append(it.Find, it.ID) {
		if strings.Contains(strings.ToLower(name), q) {
			return 1
		}
	}
	words := lang.In(it.Doc) + " " + lang.In(it.Group.Label())
	if strings.Contains(strings.ToLower(words), q) {
		return 2
	}
	return -1
}
