package editor

import "paramstack/core/link"

// A Paper is what is on paper besides the page: where the network can be opened again.
type Paper struct {
	Link string
	Code link.QR // of it; no side, if the link is too long for one
}

// paperWide is how wide the diagram is on paper, in its units: of A4 between its margins
// one is a quarter of a millimetre then, and the letters have 8 points.
const paperWide = 720

// Messages about printing.
type (
	// Print puts the page on paper, with the link of the network.
	Print struct{ Link string }
	// Printed takes it from there.
	Printed struct{}
)

func (m Print) apply(s State) (State, []Effect) {
	code, _ := link.QROf(m.Link)
	s.Frame.Paper = &Paper{Link: m.Link, Code: code}
	s.Frame.Canvas.Paper = true
	return s, nil
}

func (Printed) apply(s State) (State, []Effect) {
	s.Frame.Paper, s.Frame.Canvas.Paper = nil, false
	return s, nil
}

// PaperFragment returns what the link on paper holds: what is printed.
func (s State) PaperFragment() string {
	if c := s.Open.Compare; c != nil && c.Result != nil {
		return s.comparedFragment()
	}
	return s.Fragment()
}
