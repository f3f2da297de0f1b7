package pycode

import (
	"strconv"
	"strings"
)

// Fill writes inputs into a template of a call.
func Fill(fn, module string, inputs []string) string {
	if fn == "" {
		fn = "{m}({all})"
	}
	pairs := []string{"{m}", module, "{x}", inputs[0], "{all}", strings.Join(inputs, ", ")}
	whole := make([]string, len(inputs))
	for i, in := range inputs {
		if whole[i] = in; compound(in) {
			whole[i] = "(" + in + ")"
		}
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", whole[i])
	}
	for _, op := range []string{"+", "-", "*"} {
		pairs = append(pairs, "{"+op+"}", strings.Join(whole, " "+op+" "))
	}
	return strings.NewReplacer(pairs...).Replace(fn)
}

// compound reports whether an operator is outside all brackets.
func compound(code string) bool {
	depth := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ' ':
			if depth == 0 {
				return true
			}
		}
	}
	return false
}
