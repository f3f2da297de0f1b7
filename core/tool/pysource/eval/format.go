package eval

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"paramstack/core/catalog"
	"paramstack/core/tool/pysource/syntax"
)

// maxShow is how deep lists are written.
const maxShow = 20

// Str returns str(v).
func (in *Interp) Str(v Value) string {
	switch x := unwrap(v).(type) {
	case string:
		return x
	case *Object:
		if fn, _ := x.Class.Find("__str__"); fn != nil {
			s, _ := in.Call(in.bind(fn, x, x.Class), Args{}).(string)
			return s
		}
		if x.Class.Is(BaseException) {
			args, _ := x.Attrs.Get("args")
			switch items := in.Items(args); len(items) {
			case 0:
				return ""
			case 1:
				return in.Str(items[0])
			default:
				return in.Repr(args)
			}
		}
	}
	return in.Repr(v)
}

// Repr returns repr(v).
func (in *Interp) Repr(v Value) string {
	var b strings.Builder
	in.repr(&b, v, 0)
	in.Charge(int64(b.Len()) / 16)
	return b.String()
}

func (in *Interp) repr(b *strings.Builder, v Value, depth int) {
	const most = 1 << 20
	if depth > maxShow || b.Len() > most {
		b.WriteString("…")
		return
	}
	in.tick()
	list := func(open string, items []Value, end string) {
		b.WriteString(open)
		for i, item := range items {
			if i > 0 {
				b.WriteString(", ")
			}
			in.repr(b, item, depth+1)
		}
		b.WriteString(end)
	}
	switch x := v.(type) {
	case nil:
		b.WriteString("None")
	case bool:
		b.WriteString(map[bool]string{true: "True", false: "False"}[x])
	case int64:
		b.WriteString(strconv.FormatInt(x, 10))
	case *big.Int:
		b.WriteString(x.String())
	case float64:
		b.WriteString(floatText(x))
	case Complex:
		b.WriteString(floatText(x.Im) + "j")
	case string:
		b.WriteString(quote(x))
	case Bytes:
		b.WriteString("b" + quote(string(x)))
	case *List:
		list("[", x.Items, "]")
	case *Tuple:
		end := ")"
		if len(x.Items) == 1 {
			end = ",)"
		}
		list("(", x.Items, end)
	case *Set:
		if x.Dict.Len() == 0 {
			b.WriteString("set()")
			return
		}
		list("{", x.Dict.Keys(), "}")
	case *Dict:
		b.WriteByte('{')
		i := 0
		x.Each(func(k, v Value) {
			if i++; i > 1 {
				b.WriteString(", ")
			}
			in.repr(b, k, depth+1)
			b.WriteString(": ")
			in.repr(b, v, depth+1)
		})
		b.WriteByte('}')
	case *Range:
		fmt.Fprintf(b, "range(%d, %d)", x.From, x.To)
	case *Class:
		b.WriteString("<class '" + x.Name + "'>")
	case *Function:
		b.WriteString("<function " + x.Name + ">")
	case *Unknown:
		b.WriteString(x.Name)
	case *Object:
		if fn, _ := x.Class.Find("__repr__"); fn != nil {
			s, _ := in.Call(in.bind(fn, x, x.Class), Args{}).(string)
			b.WriteString(s)
			return
		}
		if x.Class.Is(BaseException) {
			args, _ := x.Attrs.Get("args")
			b.WriteString(x.Class.Name)
			list("(", in.Items(args), ")")
			return
		}
		if n := unwrap(x); n != Value(x) {
			in.repr(b, n, depth+1)
			return
		}
		b.WriteString("<" + x.Class.Name + " object>")
	case Shown:
		b.WriteString(x.Show(in))
	default:
		b.WriteString("<" + in.TypeOf(v).Name + ">")
	}
}

func quote(s string) string {
	q := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		q = `"`
	}
	return q + strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`, q, `\`+q).Replace(s) + q
}

// floatText writes a number as Python does.
func floatText(x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "inf"
	case math.IsInf(x, -1):
		return "-inf"
	case math.IsNaN(x):
		return "nan"
	}
	if a := math.Abs(x); a != 0 && (a < 1e-4 || a >= 1e16) {
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	s := strconv.FormatFloat(x, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

func (in *Interp) fstring(e *env, f *syntax.FString) string {
	var b strings.Builder
	for _, part := range f.Parts {
		if part.X == nil {
			b.WriteString(part.Text)
			continue
		}
		v := in.eval(e, part.X)
		if part.Conv == 'r' || part.Conv == 'a' {
			v = in.Repr(v)
		} else if part.Conv == 's' {
			v = in.Str(v)
		}
		spec := ""
		if part.Format != nil {
			spec = in.fstring(e, part.Format)
		}
		b.WriteString(in.format(v, spec))
	}
	in.Charge(int64(b.Len()) / 16)
	return b.String()
}

// format returns format(v, spec): [[fill]align][sign][#][0][width][,][.precision][type].
func (in *Interp) format(v Value, spec string) string {
	if spec == "" {
		return in.Str(v)
	}
	fill, align, sign := " ", byte(0), byte(0)
	if r, n := utf8.DecodeRuneInString(spec); n < len(spec) && strings.IndexByte("<>^=", spec[n]) >= 0 {
		fill, align, spec = string(r), spec[n], spec[n+1:]
	} else if strings.IndexByte("<>^=", spec[0]) >= 0 {
		align, spec = spec[0], spec[1:]
	}
	if spec != "" && strings.IndexByte("+- ", spec[0]) >= 0 {
		sign, spec = spec[0], spec[1:]
	}
	spec = strings.TrimPrefix(spec, "#")
	if strings.HasPrefix(spec, "0") && align == 0 {
		fill, align = "0", '='
	}
	number := func() int {
		i := 0
		for i < len(spec) && spec[i] >= '0' && spec[i] <= '9' {
			i++
		}
		n, _ := strconv.Atoi(spec[:min(i, 9)])
		spec = spec[i:]
		return n
	}
	width := number()
	grouping := ""
	if strings.HasPrefix(spec, ",") || strings.HasPrefix(spec, "_") {
		grouping, spec = spec[:1], spec[1:]
	}
	precision := -1
	if strings.HasPrefix(spec, ".") {
		spec = spec[1:]
		precision = number()
	}
	in.Charge(int64(width+max(precision, 0)) / 16)
	text, numeric := in.formatted(v, spec, precision)
	if numeric {
		text = grouped(text, grouping)
		if sign != 0 && sign != '-' && !strings.HasPrefix(text, "-") {
			text = string(sign) + text
		}
	}
	missing := width - utf8.RuneCountInString(text)
	if missing <= 0 {
		return text
	}
	if align == 0 {
		align = '<'
		if numeric {
			align = '>'
		}
	}
	pad := func(n int) string { return strings.Repeat(fill, n) }
	switch align {
	case '<':
		return text + pad(missing)
	case '^':
		return pad(missing/2) + text + pad(missing-missing/2)
	case '=':
		if text != "" && (text[0] == '-' || text[0] == '+') {
			return text[:1] + pad(missing) + text[1:]
		}
	}
	return pad(missing) + text
}

// formatted writes a value by the type and the precision of a format.
func (in *Interp) formatted(v Value, kind string, precision int) (text string, numeric bool) {
	v = unwrap(v)
	if n, ok := bigOf(v); ok && (kind == "" || strings.Contains("dxXob", kind)) {
		base := map[string]int{"x": 16, "X": 16, "o": 8, "b": 2}[kind]
		if base == 0 {
			return n.String(), true
		}
		text = n.Text(base)
		if kind == "X" {
			text = strings.ToUpper(text)
		}
		return text, true
	}
	x, ok := numberOf(v)
	if !ok || kind == "s" {
		text = in.Str(v)
		if r := []rune(text); precision >= 0 && precision < len(r) {
			text = string(r[:precision])
		}
		return text, false
	}
	if precision < 0 && kind != "" {
		precision = 6
	}
	switch kind {
	case "f", "F":
		return strconv.FormatFloat(x, 'f', precision, 64), true
	case "e", "E":
		return strconv.FormatFloat(x, kind[0], precision, 64), true
	case "%":
		return strconv.FormatFloat(100*x, 'f', precision, 64) + "%", true
	case "", "g", "G":
		if precision < 0 {
			return floatText(x), true
		}
		return strconv.FormatFloat(x, 'g', max(precision, 1), 64), true
	}
	in.Raise(ValueError, catalog.PythonFormat, kind)
	return "", false
}

// grouped divides the digits of a number in threes.
func grouped(s, with string) string {
	if with == "" {
		return s
	}
	whole, rest := s, ""
	if i := strings.IndexAny(s, ".e%"); i >= 0 {
		whole, rest = s[:i], s[i:]
	}
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + with + whole[i:]
	}
	return sign + whole + rest
}
