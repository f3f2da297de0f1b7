package editor

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/compare"
	"paramstack/core/link"
)

// A Contender is a network that is compared with others.
type Contender struct {
	compare.Stack
	called string // what it is called here, "" for its name
}

// contender is the network of the page.
func (s State) contender() *Contender {
	return &Contender{Stack: compare.Stack{Model: s.Doc.Model, Report: s.Doc.Report}}
}

// compareWith compares the network shown with another, or adds that to those that are
// compared.
func (s State) compareWith(m arch.Model) (State, []Effect) {
	nets := []*Contender{s.contender()}
	if c := s.Open.Compare; c != nil && c.Adding {
		nets = slices.Clip(c.Nets)
	}
	return s.compared(append(nets, &Contender{Stack: compare.Counted(m)}), len(nets))
}

// compared shows networks beside each other, and one of them row by row with the first.
func (s State) compared(nets []*Contender, at int) (State, []Effect) {
	a, b := nets[0].Stack, nets[at].Stack
	c := &Comparison{Nets: nets, At: at, Names: s.contenderNames(nets), Result: compare.Of(a, b)}
	if was := s.Open.Compare; was != nil {
		c.Linked = was.Linked
		if slices.Equal(nets, was.Nets) {
			c.View = was.View // what is drawn stays
		}
	}
	// Where the parameters are the same, what differs is seen in the work.
	of, to := a.Report.Totals.Counts, b.Report.Totals.Counts
	c.ByMACs = s.Prefs.Style().Params(of).Equal(s.Prefs.Style().Params(to)) && !of.MACs.Equal(to.MACs)
	c.View = s.compareView(c)
	s.Open = Open{Compare: c}
	return s, []Effect{Focus{ElementID: CompareClose}}
}

// contenderNames returns what networks are called, each otherwise.
func (s State) contenderNames(nets []*Contender) []string {
	names := make([]string, len(nets))
	times := map[string]int{}
	for i, n := range nets {
		if names[i] = n.called; names[i] == "" {
			names[i] = s.networkName(n.Model)
		}
		times[names[i]]++
	}
	if len(nets) == 2 && names[0] == names[1] {
		return []string{s.Words(catalog.CompareFirst, names[0]), s.Words(catalog.CompareSecond, names[1])}
	}
	for i, name := range names {
		if times[name] > 1 {
			names[i] = name + " (" + strconv.Itoa(i+1) + ")"
		}
	}
	return names
}

// CanAdd reports whether a further network can be compared.
func (c *Comparison) CanAdd() bool { return len(c.Nets) < link.MaxSet }

func (CompareAdd) apply(s State) (State, []Effect) {
	if c := s.Open.Compare; c == nil || c.Result == nil || !c.CanAdd() {
		return s, nil
	}
	s, _ = s.comparing(func(c *Comparison) { c.Adding, c.Query, c.Wrong = true, "", "" })
	return s.chooseCompared()
}

func (m CompareDrop) apply(s State) (State, []Effect) {
	c := s.Open.Compare
	if c == nil || len(c.Nets) < 3 || m.At < 0 || m.At >= len(c.Nets) {
		return s, nil
	}
	at := c.At
	if m.At < at || at == len(c.Nets)-1 {
		at = max(at-1, 1)
	}
	s, _ = s.compared(append(slices.Clone(c.Nets[:m.At]), c.Nets[m.At+1:]...), at)
	return s, []Effect{Focus{ElementID: "compare-add"}}
}

func (m CompareChoose) apply(s State) (State, []Effect) {
	c := s.Open.Compare
	if c == nil || m.At < 1 || m.At >= len(c.Nets) {
		return s, nil
	}
	return s.recompared(c.Nets, m.At)
}

// The one that is compared with the first becomes the first.
func (CompareSwap) apply(s State) (State, []Effect) {
	c := s.Open.Compare
	if c == nil || c.Result == nil {
		return s, nil
	}
	nets := slices.Clone(c.Nets)
	nets[0], nets[c.At] = nets[c.At], nets[0]
	return s.recompared(nets, c.At)
}

// recompared compares the same networks in another way: what is chosen stays.
func (s State) recompared(nets []*Contender, at int) (State, []Effect) {
	macs := s.Open.Compare.ByMACs
	s, _ = s.compared(nets, at)
	return s.comparing(func(c *Comparison) { c.ByMACs = macs })
}

// ComparedTitle names what is compared: both, or the first and how many others there are.
func (s State) ComparedTitle() string {
	names := s.Open.Compare.Names
	if len(names) == 2 {
		return s.Words(catalog.CompareNames, names[0], names[1])
	}
	return names[0] + " + " + strconv.Itoa(len(names)-1)
}

func (ShareCompare) apply(s State) (State, []Effect) {
	c := s.Open.Compare
	if c == nil || c.Result == nil {
		return s, nil
	}
	return s, []Effect{CopyLink{Title: s.ComparedTitle(), Fragment: s.comparedFragment()}}
}

func (s State) comparedFragment() string {
	var models []arch.Model
	for _, n := range s.Open.Compare.Nets {
		models = append(models, n.Model)
	}
	return s.SetFragment(models...)
}

// visitSet shows the first network of a link of several, compared with the others.
func (m LoadLink) visitSet(s State) (State, []Effect) {
	set, d := link.DecodeSet(m.Fragment)
	if d != nil {
		return s.say(ToneBad, d.Say), []Effect{WriteLink{Model: s.Doc.Model, Counting: s.Prefs.linked()}}
	}
	s, effects := s.visited(settled(set.Models[0]), set.Counting)
	if m.AtBoot {
		s.History = History{}
	}
	if len(set.Models) == 1 {
		return s.say(ToneBad, lostOnes(set.Lost)), effects
	}
	if s.Frame.Embed != EmbedNone {
		return s, effects
	}
	// The address keeps all of them, until the sheet is closed.
	effects = slices.DeleteFunc(effects, func(e Effect) bool { _, is := e.(WriteLink); return is })
	nets := []*Contender{s.contender()}
	for _, other := range set.Models[1:] {
		nets = append(nets, &Contender{Stack: compare.Counted(settled(other))})
	}
	s, more := s.compared(nets, 1)
	c := s.Open.Compare
	c.Linked = true
	if len(set.Lost) > 0 {
		c.Wrong = lostOnes(set.Lost).In(s.Prefs.Lang)
	}
	return s, append(effects, more...)
}

// lostOnes states which networks of a link cannot be read, and why the first of them.
func lostOnes(lost []link.Lost) catalog.Message {
	places := make([]string, len(lost))
	for i, l := range lost {
		places[i] = strconv.Itoa(l.Place)
	}
	return catalog.Say(catalog.CompareLost, strings.Join(places, ", "), lost[0].Why.Say)
}
