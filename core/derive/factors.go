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

// factors explains the numbers of a formula, each sentence once. Sides are explained
// together: 11·11, the height and width.
func (e *Explainer) factors(row *count.Row, tokens []count.Token, told said) []catalog.Message {
	var all []catalog.Message
	var text string
	var key catalog.Key
	var sides []any
	tell := func(m catalog.Message) {
		if told.first(m) {
			all = append(all, m)
		}
	}
	flush := func() {
		if len(sides) > 0 {
			tell(catalog.Say(key, text, List(sides)))
		}
		text, key, sides = "", "", nil
	}
	for _, t := range tokens {
		if t.Factor == nil {
			continue
		}
		m := e.report.Explain(row, t)
		side, ok := LastSide(m)
		if !ok || m.Key != key || slices.Contains(sides, any(side)) {
			flush()
		}
		if !ok {
			tell(m)
			continue
		}
		if len(sides) > 0 {
			text += "·"
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
