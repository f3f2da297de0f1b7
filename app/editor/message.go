package editor

// A Msg is something that happened: a click, a key, a link opened. Its apply
// returns the state after it, and what is to be done outside; both are in the
// file of the message's subject. What has no apply is no message, so none can be
// forgotten.
type Msg interface {
	apply(State) (State, []Effect)
}

// Update returns the state after a message, and what is to be done outside.
// It is pure: the same state and message return the same result.
func Update(s State, m Msg) (State, []Effect) {
	next, effects := m.apply(s)
	if s.Frame.Embed != EmbedNone {
		next, effects = s.onlyRead(m, next, effects)
	}
	next = next.collect(m)
	next.Page = next.page(next.Page)
	// The title follows from the page, whatever the message: an edit, undo, a language.
	if title := next.Page.Summary.Title; s.Page != nil && title != s.Page.Summary.Title {
		effects = append(effects, SetTitle{title})
	}
	if s.Page != nil {
		effects = saying(next.did(m, &s), effects)
	}
	return next, effects
}
