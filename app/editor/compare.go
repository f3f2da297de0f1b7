package editor

import (
	"maps"
	"slices"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/count"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// A Comparison is the sheet that compares two networks: first the other one is chosen,
// then both are shown.
type Comparison struct {
	Query   string // of the search among the published networks
	Wrong   string // why a text is no network
	Steps   []Step // of the history
	Result  *compare.Result
	Names   [2]string // what both are called, "" as long as there is no result
	ByMACs  bool      // the rows are ranked by multiply-accumulates instead of parameters
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
	// CompareSwap changes which is the first; CompareBy what rows are ranked by.
	CompareSwap struct{}
	CompareBy   struct{ MACs bool }
	// CompareFold opens or closes a line that represents several, CompareMore shows all.
	CompareFold struct{ Line int }
	CompareMore struct{}
	// ShareCompare copies the link of both.
	ShareCompare struct{}
)

// CompareTextID is the id of the field for a text.
const CompareTextID = "compare-text"

func (OpenCompare) apply(s State) (State, []Effect) {
	s, _ = s.closeEdit(false)
	s.Open = Open{Compare: &Comparison{Steps: s.comparedSteps()}}
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
	s, effects := s.compared(compare.Counted(s.History.Past[n].Model), s.stack())
	was := s.Open.Compare.Result.A.Model
	if was.Name != s.Doc.Model.Name {
		return s, effects
	}
	s, _ = s.comparing(func(c *Comparison) {
		before, now := s.networkName(was), s.networkName(s.Doc.Model)
		c.Names = [2]string{s.Words(catalog.CompareBefore, before), s.Words(catalog.CompareNow, now)}
	})
	return s, effects
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

func (CompareSwap) apply(s State) (State, []Effect) {
	c := s.Open.Compare
	if c == nil || c.Result == nil {
		return s, nil
	}
	s, _ = s.compared(c.Result.B, c.Result.A)
	return s.comparing(func(fresh *Comparison) { fresh.ByMACs, fresh.Linked = c.ByMACs, c.Linked })
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

func (ShareCompare) apply(s State) (State, []Effect) {
	c := s.Open.Compare
	if c == nil || c.Result == nil {
		return s, nil
	}
	title := s.Words(catalog.CompareNames, c.Names[0], c.Names[1])
	return s, []Effect{CopyLink{Title: title, Fragment: s.comparedFragment()}}
}

func (s State) comparedFragment() string {
	r := s.Open.Compare.Result
	return s.PairFragment(r.A.Model, r.B.Model)
}

// stack is the network shown, for comparing.
func (s State) stack() compare.Stack { return compare.Stack{Model: s.Doc.Model, Report: s.Doc.Report} }

// compareWith compares the network shown with another.
func (s State) compareWith(m arch.Model) (State, []Effect) {
	return s.compared(s.stack(), compare.Counted(m))
}

// compared shows two networks beside each other.
func (s State) compared(a, b compare.Stack) (State, []Effect) {
	c := &Comparison{Result: compare.Of(a, b)}
	for i, m := range []arch.Model{a.Model, b.Model} {
		c.Names[i] = s.networkName(m)
	}
	if c.Names[0] == c.Names[1] {
		c.Names = [2]string{s.Words(catalog.CompareFirst, c.Names[0]), s.Words(catalog.CompareSecond, c.Names[1])}
	}
	// Where the parameters are the same, what differs is seen in the work.
	of, to := a.Report.Totals.Counts, b.Report.Totals.Counts
	c.ByMACs = s.Prefs.Style().Params(of).Equal(s.Prefs.Style().Params(to)) && !of.MACs.Equal(to.MACs)
	c.View = s.compareView(c)
	s.Open = Open{Compare: c}
	return s, []Effect{Focus{ElementID: CompareClose}}
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

// visitPair shows the first network of a link of two, compared with the second.
func (m LoadLink) visitPair(s State) (State, []Effect) {
	a, b, counting, d := link.DecodePair(m.Fragment)
	if d != nil {
		return s.say(ToneBad, d.Say), []Effect{WriteLink{Model: s.Doc.Model, Counting: s.Prefs.linked()}}
	}
	s, effects := s.visited(settled(a), counting)
	if m.AtBoot {
		s.History = History{}
	}
	if s.Frame.Embed != EmbedNone {
		return s, effects
	}
	// The address keeps both, until the sheet is closed.
	effects = slices.DeleteFunc(effects, func(e Effect) bool { _, is := e.(WriteLink); return is })
	s, more := s.compareWith(settled(b))
	s.Open.Compare.Linked = true
	return s, append(effects, more...)
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
