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
	next.Page = next.draw(s.Page)
	return next, effects
}
