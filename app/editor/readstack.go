package editor

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// An Unread is why a text is no network: the place in it, and the sentence. A line of 0
// is the text as a whole.
type Unread struct {
	Line, Column int
	Say          catalog.Message
}

// ReadStack reads a network as people name it in one text: as stack text, as a link or
// what follows its #, or by the ID of a published network of the menu, and of the
// gallery once that is known. Of a link of two networks it is the first.
func (s State) ReadStack(src string) (arch.Model, *Unread) {
	if m, ok := s.published(strings.TrimSpace(src)); ok {
		return m, nil
	}
	if fragment, ok := fragmentIn(src); ok {
		m, d := link.Decode(fragment)
		if d != nil {
			return m, &Unread{Say: d.Say}
		}
		return settled(m), nil
	}
	file, problems := text.Parse(src)
	if d := firstError(problems); d != nil {
		line, column := place(src, d)
		return arch.Model{}, &Unread{line, column, d.Say}
	}
	if len(file.Model.Body) == 0 {
		return arch.Model{}, &Unread{Say: catalog.Say(catalog.CompareEmpty)}
	}
	return settled(file.Model), nil
}

// published returns the published network with an ID.
func (s State) published(id string) (arch.Model, bool) {
	if net := zoo.ByID(id); net != nil {
		return net.Model(), true
	}
	i := slices.IndexFunc(s.Cards, func(c zoo.Card) bool { return c.ID == id })
	if i < 0 {
		return arch.Model{}, false
	}
	m, d := link.Decode(s.Cards[i].Link)
	return m, d == nil
}

// fragmentIn returns the fragment of a text that is a link and nothing else.
func fragmentIn(src string) (string, bool) {
	src = strings.TrimSpace(src)
	if strings.ContainsAny(src, " \t\n") {
		return "", false
	}
	if _, fragment, ok := strings.Cut(src, "#"); ok {
		return fragment, link.Is(fragment) || link.IsNewer(fragment)
	}
	return src, link.Is(src)
}

// settled is a model as the page shows it: without declarations that are fulfilled.
func settled(m arch.Model) arch.Model {
	if free, ok := count.Of(m).Settled(m); ok {
		return free
	}
	return m
}
