package pycode

import (
	"strconv"
	"strings"
)

// Text writes a call on one line.
func (c *Call) Text() string {
	fn := c.Func
	if c.Inner != nil {
		fn = c.Inner.Class.Name
	}
	var items []string
	if c.Lead != "" {
		items = append(items, c.Lead)
	}
	for _, a := range c.Args {
		v := a.Value
		if a.param != "" {
			v = a.param
		} else if a.Omit != "" && a.Value == a.Omit {
			continue
		}
		if a.Named {
			v = a.Name + "=" + v
		}
		items = append(items, v)
	}
	if c.Last != "" {
		items = append(items, c.Last)
	}
	s := fn + "(" + strings.Join(items, ", ") + ")"
	for _, name := range c.Without {
		s = "without(" + s + ", " + Quoted(name) + ")"
	}
	return s + c.Behind
}

// Comprehension writes the repetitions of a repeat as a loop, if all are uses of one
// class or all are equal; "" if they are not.
func (s *Sequence) Comprehension() string {
	var rows [][]string
	var first *Call
	for _, item := range s.Items {
		t, ok := item.(*Times)
		if !ok {
			return ""
		}
		c, ok := t.E.(*Call)
		if !ok || t.N > 64 || c.Inner == nil || first != nil && c.Inner.Class != first.Inner.Class {
			return ""
		}
		if first == nil {
			first = c
		}
		values := make([]string, len(c.Args))
		for i, a := range c.Args {
			values[i] = a.Value
			if a.param != "" {
				values[i] = a.param
			}
		}
		for range t.N {
			rows = append(rows, values)
		}
	}
	if len(rows) < 4 {
		return ""
	}
	fn := first.Inner.Class.Name
	// Arguments that never change stay in the call; the others run.
	var vars, fixed []string
	var columns []int
	for i := range rows[0] {
		same := true
		for _, r := range rows {
			same = same && r[i] == rows[0][i]
		}
		if same {
			fixed = append(fixed, rows[0][i])
			continue
		}
		name := first.Inner.Class.Params[i].Name
		fixed = append(fixed, name)
		vars, columns = append(vars, name), append(columns, i)
	}
	call := fn + "(" + strings.Join(fixed, ", ") + ")"
	switch len(vars) {
	case 0:
		return "*[" + call + " for _ in range(" + strconv.Itoa(len(rows)) + ")]"
	case 1:
		var values []string
		for _, r := range rows {
			values = append(values, r[columns[0]])
		}
		return "*[" + call + " for " + vars[0] + " in " + series(values) + "]"
	default:
		var values []string
		for _, r := range rows {
			var row []string
			for _, i := range columns {
				row = append(row, r[i])
			}
			values = append(values, Tuple(row...))
		}
		return "*[" + call + " for " + strings.Join(vars, ", ") + " in " + Tuple(values...) + "]"
	}
}

// series writes numbers as a range if they are one.
func series(values []string) string {
	n := make([]int64, len(values))
	for i, v := range values {
		var err error
		if n[i], err = strconv.ParseInt(v, 10, 64); err != nil {
			return Tuple(values...)
		}
	}
	step := n[1] - n[0]
	for i := 1; i < len(n); i++ {
		if n[i]-n[i-1] != step || step <= 0 {
			return Tuple(values...)
		}
	}
	return "range(" + values[0] + ", " + strconv.FormatInt(n[len(n)-1]+step, 10) + ", " + strconv.FormatInt(step, 10) + ")"
}
