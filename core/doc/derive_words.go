package doc

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
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

// list joins the names of sides: depth, height and width.
func (d *derivation) list(names []any) string {
	var b strings.Builder
	last := len(names) - 1
	for i := 0; i+1 < last; i++ {
		b.WriteString(d.say(names[i].(catalog.Key)) + ", ")
	}
	if last == 0 {
		return d.say(names[0].(catalog.Key))
	}
	return b.String() + d.say(catalog.DeriveAnd, names[last-1], names[last])
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
		if side, ok := lastSide(say); ok {
			sides := []any{side}
			for ; i+1 < len(row.Problems); i++ {
				next := row.Problems[i+1].Say
				other, ok := lastSide(next)
				if !ok || next.Key != say.Key || d.short(next) != d.short(say) {
					break
				}
				sides = append(sides, other)
			}
			say.Args = append(slices.Clone(say.Args[:len(say.Args)-1]), d.list(sides))
		}
		write(words(d.say(key, say)))
	}
}

// lastSide returns the last argument of a sentence if it is the name of a side.
func lastSide(m catalog.Message) (catalog.Key, bool) {
	if len(m.Args) == 0 {
		return "", false
	}
	key, ok := m.Args[len(m.Args)-1].(catalog.Key)
	return key, ok && isAxis(key)
}

func isAxis(k catalog.Key) bool {
	return k == catalog.AxisDepth || k == catalog.AxisHeight || k == catalog.AxisWidth
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
