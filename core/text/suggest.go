package text

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// unknown says that a kind does not know an option, and which one may have been
// meant.
func (o *options) unknown(t token) bool {
	word := o.p.text(t)
	names := []string{"as"}
	for i := range o.kind.Fields {
		names = append(names, o.kind.Fields[i].Name)
		if off := o.kind.Fields[i].Off; off != "" {
			names = append(names, off)
		}
	}
	if !o.kind.Joins() || o.kind.Takes == layer.TakesPathsOrOne {
		names = append(names, "frozen", "shares")
	}
	if near := nearest(word, names); near != "" {
		o.p.fail(t, diag.New(catalog.TextOptionNear, o.kind.Name, layer.Quote(word), near))
	} else {
		o.p.fail(t, diag.New(catalog.TextUnknownOption, o.kind.Name, layer.Quote(word), o.known()))
	}
	return false
}

// unknownKind says that there is no such layer, and which one may have been meant.
func (p *parser) unknownKind(t token) {
	word := p.text(t)
	names := []string{"repeat", "again", "name"}
	for _, k := range layer.Kinds {
		names = append(append(names, k.Name), k.Also...)
	}
	if near := nearest(word, names); near != "" {
		p.fail(t, diag.New(catalog.TextKindNear, layer.Quote(word), near))
		return
	}
	p.fail(t, diag.New(catalog.TextUnknownKind, layer.Quote(word)))
}

// nearest returns the name that a typing slip may have meant, "" if none is
// near. What is glued to the word does not count.
func nearest(word string, names []string) string {
	word = lower(word)
	if near := closest(word, names); near != "" {
		return near
	}
	return closest(letters(word), names)
}

func closest(word string, names []string) string {
	if len(word) < 3 || len(word) > 30 {
		return ""
	}
	best, found := min(2, len(word)/3)+1, ""
	for _, n := range names {
		if d := distance(word, n); d > 0 && d < best && d < len(n)-1 {
			best, found = d, n
		}
	}
	return found
}

// distance is Levenshtein's, with a swap of neighbours as one slip.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
