package editor

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/zoo"
)

// A Gallery is the sheet of all published networks, being searched.
type Gallery struct {
	Query  string
	Sort   CardOrder
	Failed bool // the networks could not be had
}

// A CardOrder is how the gallery's networks are sorted.
type CardOrder uint8

// The orders.
const (
	ByFamily CardOrder = iota // as the zoo lists them
	ByYear
	ByParams
	ByMACs
	CardOrders // how many there are
)

// Label returns the order's name.
func (o CardOrder) Label() catalog.Key {
	return [CardOrders]catalog.Key{catalog.UIByFamily, catalog.UIByYear, catalog.UIByParams, catalog.UIByMACs}[o]
}

// Messages about the gallery.
type (
	// OpenGallery shows all published networks.
	OpenGallery struct{}
	// FindCard is a keystroke in its search, SortCards a click on an order.
	FindCard  struct{ Query string }
	SortCards struct{ Order CardOrder }
	// CardsLoaded brings the gallery's file; OK is false if it could not be had.
	CardsLoaded struct {
		File string
		OK   bool
	}
	// LoadCard shows a network of the gallery.
	LoadCard struct{ ID string }
)

func (OpenGallery) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.Open = Open{Gallery: &Gallery{}}
	effects := []Effect{Focus{ElementID: GallerySearch}}
	if s.Cards == nil {
		effects = append(effects, FetchCards{})
	}
	return s, effects
}

func (m FindCard) apply(s State) (State, []Effect) {
	if g := s.Open.Gallery; g != nil {
		s.Open.Gallery = &Gallery{Query: m.Query, Sort: g.Sort, Failed: g.Failed}
	}
	return s, nil
}

func (m SortCards) apply(s State) (State, []Effect) {
	if g := s.Open.Gallery; g != nil && m.Order < CardOrders {
		s.Open.Gallery = &Gallery{Query: g.Query, Sort: m.Order, Failed: g.Failed}
	}
	return s, nil
}

func (m CardsLoaded) apply(s State) (State, []Effect) {
	if m.OK {
		s.Cards = zoo.ReadFile(m.File)
	}
	if g := s.Open.Gallery; g != nil && len(s.Cards) == 0 {
		s.Open.Gallery = &Gallery{Query: g.Query, Sort: g.Sort, Failed: true}
	}
	return s.waited()
}

func (m LoadCard) apply(s State) (State, []Effect) {
	i := slices.IndexFunc(s.Cards, func(c zoo.Card) bool { return c.ID == m.ID })
	if i < 0 {
		return s.say(ToneBad, catalog.Say(catalog.NoticeNoPreset, m.ID)), nil
	}
	model, d := link.Decode(s.Cards[i].Link)
	if d != nil {
		return s.say(ToneBad, d.Say), nil
	}
	s = s.replaceAll(model)
	s.Doc.Card = &s.Cards[i]
	return s, append(s.opened(true), s.focusCursor()...)
}

// CardName returns what a network of the gallery is called in the reader's
// language.
func (s State) CardName(c *zoo.Card) string {
	if key := catalog.PresetName(c.ID); catalog.Has(key) {
		return s.Words(key)
	}
	return c.Name
}

// Found returns the cards that the gallery lists: those in which every word of
// the query occurs, in its order.
func (s State) Found() []*zoo.Card {
	g := s.Open.Gallery
	if g == nil {
		return nil
	}
	found := s.search(g.Query)
	switch g.Sort {
	case ByYear:
		slices.SortStableFunc(found, func(a, b *zoo.Card) int { return a.Year - b.Year })
	case ByParams:
		slices.SortStableFunc(found, func(a, b *zoo.Card) int { return a.Params.Cmp(b.Params) })
	case ByMACs:
		slices.SortStableFunc(found, func(a, b *zoo.Card) int { return a.MACs.Cmp(b.MACs) })
	}
	return found
}

// search returns the published networks in which every word of a query occurs.
func (s State) search(query string) []*zoo.Card {
	words := strings.Fields(strings.ToLower(query))
	found := make([]*zoo.Card, 0, len(s.Cards))
	for i := range s.Cards {
		c := &s.Cards[i]
		text := strings.ToLower(strings.Join([]string{c.Name, s.CardName(c), c.ID, c.Family, c.Source,
			s.Words(c.Task.Label()), strconv.Itoa(c.Year)}, " "))
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			found = append(found, c)
		}
	}
	return found
}
