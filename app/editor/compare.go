package editor

import (
	"maps"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/count"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// A Comparison is the sheet that compares networks: first another one is chosen, then both
// are shown, and further ones can be added.
type Comparison struct {
	Query   string // of the search among the published networks
	Wrong   string // why a text is no network, or which of a link's could not be read
	Steps   []Step // of the history
	Adding  bool   // a further network is chosen
	Nets    []*Contender
	At      int // of them, which is compared with the first row by row
	Result  *compare.Result
	Names   []string // what they are called
	ByMACs  bool     // the rows are ranked by multiply-accumulates instead of parameters
	Flipped map[int]bool
	More    bool   // all lines are drawn
	Copied  int    // characters of the link that was copied; 0 for none
	Manual  string // the link, where it could not be copied
	Linked  bool   // it came from a link of both, which is still in the address
	View    *CompareView
}

// Messages about comparing.
type (
	// OpenCompare asks what the network shown is to be compared with.
	OpenCompare struct{}
	// CompareFind is a keystroke in the search, CompareCard a published network.
	CompareFind struct{ Query string }
	CompareCard struct{ ID string }
	// CompareWork is a network of the reader's, CompareBack the one shown so many
	// steps ago.
	CompareWork struct{ Key string }
	CompareBack struct{ Steps int }
	// CompareText is a stack text or a link.
	CompareText struct{ Text string }
	// CompareAdd asks for a further network; CompareDrop takes one out, CompareChoose has
	// one compared with the first row by row.
	CompareAdd    struct{}
	CompareDrop   struct{ At int }
	CompareChoose struct{ At int }
	// CompareSwap changes which is the first; CompareBy what rows are ranked by.
	CompareSwap struct{}
	CompareBy   struct{ MACs bool }
	// CompareFold opens or closes a line that represents several, CompareMore shows all.
	CompareFold struct{ Line int }
	CompareMore struct{}
	// ShareCompare copies the link of all.
	ShareCompare struct{}
)

// CompareTextID is the id of the field for a text.
const CompareTextID = "compare-text"

func (OpenCompare) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.Open = Open{Compare: &Comparison{}}
	return s.chooseCompared()
}

// chooseCompared shows what can be compared.
func (s State) chooseCompared() (State, []Effect) {
	s.Open.Compare.Steps = s.comparedSteps()
	effects := []Effect{Focus{ElementID: CompareClose}}
	if s.Cards == nil {
		effects = append(effects, FetchCards{})
	}
	return s, effects
}

// comparing changes the sheet, if it is open.
func (s State) comparing(change func(c *Comparison)) (State, []Effect) {
	if s.Open.Compare == nil {
		return s, nil
	}
	c := *s.Open.Compare
	change(&c)
	if c.Result != nil {
		c.View = s.compareView(&c)
	}
	s.Open.Compare = &c
	return s, nil
}

func (m CompareFind) apply(s State) (State, []Effect) {
	return s.comparing(func(c *Comparison) { c.Query = m.Query })
}

func (m CompareCard) apply(s State) (State, []Effect) {
	model, ok := s.published(m.ID)
	if !ok {
		return s, nil
	}
	return s.compareWith(model)
}

func (m CompareWork) apply(s State) (State, []Effect) {
	for _, w := range s.Works {
		if w.Key == m.Key {
			return CompareText{w.Text}.apply(s)
		}
	}
	return s, nil
}

// The network of before is the first, what was made of it the second.
func (m CompareBack) apply(s State) (State, []Effect) {
	n := len(s.History.Past) - m.Steps
	if n < 0 || m.Steps < 1 {
		return s, nil
	}
	was := s.History.Past[n].Model
	before, now := s.networkName(was), s.networkName(s.Doc.Model)
	old := &Contender{Stack: compare.Counted(was)}
	if c := s.Open.Compare; c != nil && c.Adding {
		old.called = s.Words(catalog.CompareStep, m.Steps) + ": " + before
		return s.compared(append(slices.Clip(c.Nets), old), len(c.Nets))
	}
	shown := s.contender()
	if was.Name == s.Doc.Model.Name {
		old.called, shown.called = s.Words(catalog.CompareBefore, before), s.Words(catalog.CompareNow, now)
	}
	return s.compared([]*Contender{old, shown}, 1)
}

func (m CompareText) apply(s State) (State, []Effect) {
	model, bad := s.ReadStack(m.Text)
	if bad != nil {
		s, _ = s.comparing(func(c *Comparison) {
			c.Wrong = bad.Say.In(s.Prefs.Lang)
			if bad.Line > 0 {
				c.Wrong = s.Words(catalog.ComparePlace, bad.Line, bad.Column, bad.Say)
			}
		})
		return s, []Effect{Focus{ElementID: CompareTextID}}
	}
	return s.compareWith(model)
}

func (m CompareBy) apply(s State) (State, []Effect) {
	return s.comparing(func(c *Comparison) { c.ByMACs = m.MACs })
}

func (m CompareFold) apply(s State) (State, []Effect) {
	return s.comparing(func(c *Comparison) {
		flipped := maps.Clone(c.Flipped)
		if flipped == nil {
			flipped = map[int]bool{}
		}
		flipped[m.Line] = !flipped[m.Line]
		c.Flipped = flipped
	})
}

func (CompareMore) apply(s State) (State, []Effect) {
	return s.comparing(func(c *Comparison) { c.More = true })
}

// networkName returns what a network is called in the reader's language.
func (s State) networkName(m arch.Model) string {
	if net := zoo.Match(m); net != nil {
		if key := net.Title(); key != "" {
			return s.Words(key)
		}
		return net.Name
	}
	if m.Name == "" {
		return s.Words(catalog.Untitled)
	}
	return m.Name
}

// A Step is a network of the history that can be compared with.
type Step struct {
	Back   int // steps ago
	Name   string
	Params string
}

// fewSteps is how many steps of the history are offered.
const fewSteps = 6

// comparedSteps are the networks of before the last edits, latest first.
func (s State) comparedSteps() []Step {
	var steps []Step
	past := s.History.Past
	for back := 1; back <= len(past) && len(steps) < fewSteps; back++ {
		m := past[len(past)-back].Model
		if text.Format(m) == s.Doc.Text {
			continue
		}
		totals := count.Of(m).Totals
		params := atLeast(totals.ParamsAtLeast) + s.Prefs.Style().Params(totals.Counts).Grouped()
		steps = append(steps, Step{back, s.networkName(m), params})
	}
	return steps
}

// ComparedCards are the published networks that the search finds.
func (s State) ComparedCards() []*zoo.Card { return s.search(s.Open.Compare.Query) }

// CompareFile is what came of a file while the sheet asks for a network.
type CompareFile struct{ Read Msg }

func (m CompareFile) apply(s State) (State, []Effect) {
	if s.Open.Compare == nil {
		return m.Read.apply(s)
	}
	switch read := m.Read.(type) {
	case LoadText:
		return CompareText{read.Text}.apply(s)
	case ReadDone:
		s.Job = nil
		if read.Error == "" {
			return CompareText{read.Text}.apply(s)
		}
		return s.comparing(func(c *Comparison) { c.Wrong = read.Error })
	default:
		return m.Read.apply(s)
	}
}
