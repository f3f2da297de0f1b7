package why

import (
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/num"
	"paramstack/core/passport"
)

// A print is a number of elements or bytes that a tool prints for the network as it is,
// which no combination of options need give: what its layers put out, its state_dict.
type print struct {
	tool  passport.Tool
	label catalog.Key
	rule  catalog.Key
	value int64
	of    Quantity // Params or Bytes
	mib   bool     // the tool's MB is 2²⁰ bytes
	si    bool     // it is 10⁶
	shown Range    // what it is rounded to on the screen
	line  string   // all that the tool prints, if that has words which no other has
}

// printsOf lists what the passport has of a network, and what each tool rounds its
// operations to; counting has the operations themselves.
func printsOf(r *count.Report) (all []print, macs [passport.Tools]screen) {
	entries := passport.Of(r)
	for i := range entries {
		e := &entries[i]
		p := print{tool: e.Tool, rule: e.Rule, of: Params}
		add := func(f *passport.Figure) {
			v, ok := f.Value.Int64()
			if !f.Known || !ok || v <= 0 || v > limit/4 {
				return
			}
			p := p
			p.label, p.value = f.Label, v
			p.shown = onScreen(f).Range
			p.line = lineOf(f)
			if f.Bytes {
				p.of = Bytes
				p.mib, p.si = e.Tool != passport.Torchinfo, e.Tool == passport.Torchinfo || e.Tool == passport.PyTorch
			}
			all = append(all, p)
			if e.Tool == passport.Keras && !f.Bytes {
				// Keras writes the bytes behind each of its three numbers.
				p.of, p.value, p.mib = Bytes, 4*v, true
				all = append(all, p)
			}
		}
		add(&e.Params)
		for k := range e.Sizes {
			add(&e.Sizes[k])
		}
		macs[e.Tool] = onScreen(&e.Compute)
	}
	return all, macs
}

// A screen is what a tool rounds a figure to, and the digits that it writes: who quotes
// 0.314G does not write 314M.
type screen struct {
	Range
	digits, line string
}

// is reports whether a number was copied from there.
func (c *screen) is(n *Number) bool {
	return c.Range == n.Decimal && strings.Contains(n.Typed, c.digits)
}

// onScreen returns what a tool rounds a figure to, nothing if it prints all digits.
func onScreen(f *passport.Figure) screen {
	if n, _ := Read(f.Shown); n != nil && !n.Exact() {
		end := strings.LastIndexAny(f.Shown, "0123456789") + 1
		from := strings.LastIndexFunc(f.Shown[:end], func(r rune) bool { return r != '.' && (r < '0' || r > '9') }) + 1
		return screen{n.Decimal, f.Shown[from:end], lineOf(f)}
	}
	return screen{}
}

// lineOf returns what a tool prints, "" if it has no words by which the tool is known.
func lineOf(f *passport.Figure) string {
	if strings.Contains(f.Shown, ": ") || strings.HasSuffix(f.Shown, "Mac") {
		return f.Shown
	}
	return ""
}

// The least digits of a rounded number that is looked for among what tools print, unless it
// is to the letter what one writes, and what it costs that a number is one of those. The
// conventions that everybody meets come before it; a line that was copied whole before those.
const (
	printDigits = 3
	costPrint   = 19
	costBytes   = 13 // of a number that states to be bytes
	costUnsaid  = 33 // of one that could be
)

// is reports whether a typed number is what the tool prints, and what that costs.
func (p *print) is(n *Number) (cost int, ok bool) {
	switch {
	case p.of == Params && (n.Quantity == Unknown || n.Quantity == Params):
		cost = costPrint
	case p.of == Bytes && n.Quantity == Bytes:
		cost = costBytes
	case p.of == Bytes && n.Quantity == Unknown && n.Exact():
		cost = costUnsaid
	default:
		return 0, false
	}
	switch {
	case n.Exact():
		return cost, n.Decimal.Has(p.value)
	case n.Digits < printDigits && n.Decimal != p.shown:
		return 0, false
	case p.of == Params || p.si && n.Decimal.Has(p.value):
		return cost, n.Decimal.Has(p.value)
	case n.Binary == nil: // MiB
		return cost, n.Decimal.Has(p.value)
	}
	return cost, p.mib && n.Binary.Has(p.value)
}

// printed is the name of the term of such a number.
const printed = "printed"

// Printed reports whether a reason is a number of its own, which a tool prints or which is no
// number of parameters: it starts with that number, not with the network's.
func (r *Reason) Printed() bool { return r.apart }

// tryPrints looks at what tools print.
func (s *search) tryPrints(cost int) {
	for i := range s.prints {
		if c, ok := s.prints[i].is(s.number); ok && c == cost {
			s.print(&s.prints[i], cost)
		}
	}
}

// print keeps that a tool prints the number.
func (s *search) print(p *print, cost int) {
	v := num.Of(p.value)
	s.keep(Reason{Start: v, Number: v, Quantity: p.of, cost: cost, apart: true, Terms: []Term{{Name: printed,
		Say: catalog.Say(catalog.WhyPrinted, p.tool.Name(), catalog.Say(p.label), catalog.Say(p.rule))}}})
}

// dropPrinted leaves out that a tool prints a number which is explained: by what it counts.
func (s *search) dropPrinted() {
	if len(s.found) < 2 || s.found[0].Terms[0].Name == printed {
		return
	}
	first := s.found[0]
	s.found = slices.DeleteFunc(s.found, func(r Reason) bool {
		return r.Terms[0].Name == printed && r.Quantity == first.Quantity && r.Number.Equal(first.Number)
	})
}

// tryLines looks at lines of tools that were copied whole.
func (s *search) tryLines(targets []target) {
	if s.number.Exact() {
		return // whose number it is matters more
	}
	for i := range s.prints {
		if p := &s.prints[i]; p.line == s.number.Typed {
			s.print(p, 0)
		}
	}
	for k := range s.all {
		o := &s.all[k]
		if o.slots&slotTool == 0 || s.macs[o.tool].line != s.number.Typed {
			continue
		}
		for i := range targets {
			if g := &targets[i]; g.of == MACs && g.by == 1 && !g.alone && !g.reread() && !g.cut() {
				if t, ok := s.tally(g.of, []int16{int16(k)}, 0); ok && g.want.Has(g.value(&t)) {
					s.answer(g, []int16{int16(k)}, 0, g.value(&t), 0)
					break
				}
			}
		}
	}
}

// usual are options that come together: who writes a network of PyTorch in Keras has biases
// in the convolutions unless they are switched off, and takes the classifier off with one
// argument.
var usual = [...][]string{
	{"conv-bias-on", "stats-on"},
	{"stats-on", "head-off"},
	{"conv-bias-on", "stats-on", "head-off"},
	{"stats-on", "dense-off"},
	{"conv-bias-on", "stats-on", "dense-off"},
}

// costUsual is what the first of the usual sets costs for a rounded number.
const costUsual = 14

// usualSets are the sets that apply to the network, and each tool's operations: what
// people copy from a screen. The page that counts as Keras has the statistics already.
func (f *Finder) usualSets() []hypothesis {
	at := map[string]int16{}
	var all []hypothesis
	for i := range f.all {
		o := &f.all[i]
		at[o.name] = int16(i) + 1
		if o.slots&slotTool != 0 {
			h := none
			h.options[0], h.cost = int16(i), costUsual
			all = append(all, h)
		}
	}
next:
	for i, set := range usual {
		h, n := none, 0
		h.cost = costUsual + i
		for _, name := range set {
			if name == "stats-on" && f.style.Keras {
				continue
			}
			if at[name] == 0 {
				continue next
			}
			h.options[n], n = at[name]-1, n+1
		}
		all = append(all, h)
	}
	return all
}

// tryUsual looks at the usual sets in the way of a target. They are few, so that a number
// of three digits is explained by them without being forced.
func (s *search) tryUsual(g *target, c, cost int) {
	if s.number.Exact() || s.number.Digits < printDigits || g.alone || g.reread() && g.of == MACs || g.cut() {
		return
	}
	for i := range s.together {
		h := &s.together[i]
		if h.cost != c {
			continue
		}
		n := 0
		for n < most && h.options[n] >= 0 {
			n++
		}
		if o := &s.all[h.options[0]]; o.slots&slotTool != 0 &&
			(g.of != MACs || g.by != 1 || !s.macs[o.tool].is(s.number)) {
			continue // not to the letter what the tool writes
		}
		if t, ok := s.tally(g.of, h.options[:n], 0); ok && g.want.Has(g.value(&t)) {
			s.answer(g, h.options[:n], 0, g.value(&t), cost)
		}
	}
}
