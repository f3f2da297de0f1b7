package editor

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/tensor"
)

// A Counting is the part of the preferences that numbers follow from, and the order
// of extents that people use with it. A file or a link may come with one: then the
// network is shown as whoever sent it saw it, View.Own keeps what the reader prefers,
// and the next network is counted so again.
type Counting struct {
	NoBiases bool
	Keras    bool
	Layout   tensor.Layout
}

// UseOwn counts a network as the reader prefers instead of as it was sent.
type UseOwn struct{}

func (UseOwn) apply(s State) (State, []Effect) {
	s.Notice = nil
	return s.countOwn().recounted()
}

func (p Prefs) counting() Counting { return Counting{p.NoBiases, p.Keras, p.Layout} }

// as returns the preferences with another counting.
func (p Prefs) as(c Counting) Prefs {
	p.NoBiases, p.Keras, p.Layout = c.NoBiases, c.Keras, c.Layout
	return p
}

// linked returns how a link states what the page counts.
func (p Prefs) linked() link.Counting { return link.Counting{NoBiases: p.NoBiases, Keras: p.Keras} }

// SetFragment returns the link of networks that are compared, counted as the reader does.
func (s State) SetFragment(models ...arch.Model) string {
	return link.EncodeSet(models, s.Prefs.linked())
}

// linkWords are how people call what a link states.
func linkWords(c link.Counting) catalog.Key {
	switch {
	case c.Keras && c.NoBiases:
		return catalog.CountedKerasBare
	case c.Keras:
		return catalog.CountedKeras
	case c.NoBiases:
		return catalog.CountedTorchBare
	default:
		return catalog.CountedTorch
	}
}

// countAs counts as a link states; false if the reader counts so already.
func (s State) countAs(c link.Counting) (State, bool) {
	if s.Prefs.linked() == c {
		return s, false
	}
	as := s.Prefs.counting()
	if as.NoBiases = c.NoBiases; as.Keras != c.Keras {
		as.Keras, as.Layout = c.Keras, layoutOf(c.Keras)
	}
	return s.sent(&as), true
}

// layoutOf returns the order of extents that a framework's users expect.
func layoutOf(keras bool) tensor.Layout {
	if keras {
		return tensor.ChannelsLast
	}
	return tensor.ChannelsFirst
}

// sent counts the network as it was sent, or as the reader prefers if that is nil.
func (s State) sent(as *Counting) State {
	s = s.countOwn()
	if as != nil {
		own := s.Prefs.counting()
		s.View.Own, s.Prefs = &own, s.Prefs.as(*as)
	}
	return s
}

// countOwn counts as the reader prefers.
func (s State) countOwn() State {
	if own := s.View.Own; own != nil {
		s.View.Own, s.Prefs = nil, s.Prefs.as(*own)
	}
	return s
}

// asSent returns how the network was sent if it is counted so, nil if it is counted
// as the reader prefers.
func (s State) asSent() *Counting {
	if s.View.Own == nil {
		return nil
	}
	as := s.Prefs.counting()
	return &as
}

// mine makes a choice of the reader's own, whatever the network came with.
func (s State) mine(choose func(*Counting)) (State, []Effect) {
	now := s.Prefs.counting()
	if own := s.View.Own; own != nil {
		mine := *own
		choose(&mine)
		s.View.Own = &mine
	}
	choose(&now)
	return s.prefer(s.Prefs.as(now))
}

// recounted is to be done after the numbers of a network that stays are others: the
// last step's difference is counted in the same way, and a link in the address states
// how.
func (s State) recounted() (State, []Effect) {
	if s.Doc.from != nil {
		if s.Doc.Change != nil {
			s.Doc.Change = change(s.Doc.from, s.Doc.Report, s.Prefs.Style())
		}
		if s.Doc.Lesson != nil {
			s.Doc.Lesson = lesson(s.Doc.from, s.Doc.Report, s.Prefs.Style())
		}
	}
	return s, []Effect{WriteLink{Model: s.Doc.Model, Counting: s.Prefs.linked(), Only: true}}
}
