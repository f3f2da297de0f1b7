package doc

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/derive"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// legend explains the letters that occur in the rules.
func (d *derivation) legend() {
	used := map[string]bool{}
	var walk func(rows []*count.Row)
	walk = func(rows []*count.Row) {
		for _, row := range rows {
			for _, s := range steps(row) {
				letters(&s.Expr, used)
			}
			walk(row.Children)
		}
	}
	walk(d.Report.Rows)
	line := []piece{words(d.say(catalog.DeriveRules))}
	for _, l := range []string{"n", "k", "s", "p", "d", "o", "r", "⌊", "⌈"} {
		if !used[l] {
			continue
		}
		if len(line) > 1 {
			line = append(line, words(","))
		}
		sign := maths(l)
		if closing, ok := map[string]string{"⌊": "⌋", "⌈": "⌉"}[l]; ok {
			sign = words(l + " " + closing)
		}
		line = append(line, words(" "), sign, words(" = "+d.say(catalog.RuleLetter(l))))
	}
	if len(line) > 1 {
		d.w.para(append(line, words("."))...)
	}
}

func letters(e *layer.Expr, used map[string]bool) {
	switch e.Op {
	case layer.OpNumber:
		used[e.Letter] = true
	case layer.OpFloor:
		used["⌊"] = true
	case layer.OpCeil:
		used["⌈"] = true
	}
	for i := range e.Of {
		letters(&e.Of[i], used)
	}
}

// problems writes the diagnostics of a row. One that is the same for several sides
// is written once.
func (d *derivation) problems(row *count.Row, write func(...piece)) {
	for i := 0; i < len(row.Problems); i++ {
		p := row.Problems[i]
		key := catalog.DeriveNote
		if p.Severity == diag.Error {
			key = catalog.DeriveProblem
		}
		say := p.Say
		if side, ok := derive.LastSide(say); ok {
			sides := []any{side}
			for ; i+1 < len(row.Problems); i++ {
				next := row.Problems[i+1].Say
				other, ok := derive.LastSide(next)
				if !ok || next.Key != say.Key || d.short(next) != d.short(say) {
					break
				}
				sides = append(sides, other)
			}
			say.Args = append(slices.Clone(say.Args[:len(say.Args)-1]), derive.List(sides))
		}
		write(words(d.say(key, say)))
	}
}

// short is a sentence without its last argument.
func (d *derivation) short(m catalog.Message) string {
	return catalog.Say(m.Key, m.Args[:len(m.Args)-1]...).In(d.Lang)
}

// plainNumber reports whether a formula is a number, which needs no result after
// it.
func plainNumber(formula string) bool {
	_, err := strconv.ParseInt(formula, 10, 64)
	return err == nil
}

// mostAlike is how many remarks of one sort are written in full.
const mostAlike = 3

// remarks lists what is worth knowing though nothing is wrong, each sort together.
func (d *derivation) remarks() {
	var sorts []catalog.Key
	lines, more := map[catalog.Key][]string{}, map[catalog.Key][]string{}
	d.Report.Layers(func(row *count.Row, _ num.Int) {
		for _, m := range row.Remarks {
			key := m.Say.Key
			if len(lines[key]) == 0 {
				sorts = append(sorts, key)
			}
			if len(lines[key]) < mostAlike {
				lines[key] = append(lines[key], d.say(catalog.DeriveAbout, row.Name, m.Say))
			} else {
				more[key] = append(more[key], row.Name)
			}
		}
	})
	if len(sorts) == 0 {
		return
	}
	d.w.heading(2, d.say(catalog.DeriveRemarks))
	for _, key := range sorts {
		for _, line := range lines[key] {
			d.w.item(1, words(line))
		}
		if names := more[key]; len(names) > 0 {
			d.w.item(1, words(d.say(catalog.DeriveAlike, strings.Join(names, ", "))))
		}
	}
}
