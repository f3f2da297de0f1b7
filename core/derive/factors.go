package derive

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/count"
)

// said are the sentences that a layer's explanation has so far.
type said map[string]bool

// first adds a sentence, and reports whether it is new.
func (s said) first(m catalog.Message) bool {
	if m.Key == "" || s[m.In(catalog.English)] {
		return false
	}
	s[m.In(catalog.English)] = true
	return true
}

// A Factor is what a number of a formula is, and which piece of the formula it is; of
// several sides that are explained together the first.
type Factor struct {
	Say   catalog.Message
	Token int
}

// factors explains the numbers of a formula, each sentence once. Sides are explained
// together: 11·11, the height and width.
func (e *Explainer) factors(row *count.Row, tokens []count.Token, so said) []Factor {
	var all []Factor
	var text string
	var key catalog.Key
	var sides []any
	at := 0 // of the first side
	tell := func(m catalog.Message, token int) {
		if so.first(m) {
			all = append(all, Factor{m, token})
		}
	}
	flush := func() {
		if len(sides) > 0 {
			tell(catalog.Say(key, text, List(sides)), at)
		}
		text, key, sides = "", "", nil
	}
	for i, t := range tokens {
		if t.Factor == nil {
			continue
		}
		m := e.report.Explain(row, t)
		side, ok := LastSide(m)
		if !ok || m.Key != key || slices.Contains(sides, any(side)) {
			flush()
		}
		if !ok {
			tell(m, i)
			continue
		}
		if len(sides) > 0 {
			text += "·"
		} else {
			at = i
		}
		text, key, sides = text+t.Text, m.Key, append(sides, side)
	}
	flush()
	return all
}

// List joins the names, which are keys, of sides: depth, height and width.
func List(names []any) catalog.Message {
	all := catalog.Say(names[0].(catalog.Key))
	for i, name := range names[1:] {
		key := catalog.DeriveComma
		if i+2 == len(names) {
			key = catalog.DeriveAnd
		}
		all = catalog.Say(key, all, name)
	}
	return all
}

// LastSide returns the last argument of a sentence if it is the name of a side.
func LastSide(m catalog.Message) (catalog.Key, bool) {
	if len(m.Args) == 0 {
		return "", false
	}
	key, ok := m.Args[len(m.Args)-1].(catalog.Key)
	return key, ok && IsAxis(key)
}

// IsAxis reports whether a key names a spatial dimension.
func IsAxis(k catalog.Key) bool {
	return k == catalog.AxisDepth || k == catalog.AxisHeight || k == catalog.AxisWidth
}
