package editor

// A Frame is what is around the network.
type Frame struct {
	Menu   bool // the narrow screen's menu is open
	Files  bool // files are being dragged over the page
	Sight  Sight
	Canvas Canvas
	Embed  Embed  // the page is inside another one
	Paper  *Paper // the page is being printed
	Base   string // the page's address without a network
	Fault  string // why the page cannot be drawn, "" while it can
}

// Messages about the frame.
type (
	// ToggleMenu opens or closes the narrow screen's menu, CloseMenu closes it.
	ToggleMenu struct{}
	CloseMenu  struct{}
	// DragFiles reports that files are being dragged over the page, or no more.
	DragFiles struct{ Over bool }
)

func (ToggleMenu) apply(s State) (State, []Effect) {
	s.Frame.Menu = !s.Frame.Menu
	return s, nil
}

func (CloseMenu) apply(s State) (State, []Effect) {
	s.Frame.Menu = false
	return s, nil
}

func (m DragFiles) apply(s State) (State, []Effect) {
	s.Frame.Files = m.Over
	return s, nil
}

// Broken returns the state of a page that cannot go on: Update has failed, and
// failed again on the message about that.
func (s State) Broken(why string) State {
	s.Frame.Fault = why
	return s
}
