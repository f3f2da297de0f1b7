package eval

import (
	"slices"
	"strings"
	"unicode"

	"paramstack/core/catalog"
)

// text returns an argument as text, or or if there is none.
func (in *Interp) text(v Value, or string) string {
	if s, ok := unwrap(v).(string); ok {
		return s
	}
	if b, ok := v.(Bytes); ok {
		return string(b)
	}
	return or
}

func textMethods() {
	c := StrClass
	simple := func(name string, do func(s string) Value) {
		c.Method(name, "", func(in *Interp, v []Value) Value {
			s := in.text(v[0], "")
			in.Charge(int64(len(s)) / 16)
			return do(s)
		})
	}
	simple("lower", func(s string) Value { return strings.ToLower(s) })
	simple("casefold", func(s string) Value { return strings.ToLower(s) })
	simple("upper", func(s string) Value { return strings.ToUpper(s) })
	simple("title", func(s string) Value { return title(s) })
	simple("capitalize", func(s string) Value {
		if s == "" {
			return s
		}
		r := []rune(strings.ToLower(s))
		r[0] = unicode.ToUpper(r[0])
		return string(r)
	})
	every := func(name string, is func(r rune) bool) {
		simple(name, func(s string) Value {
			return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !is(r) })
		})
	}
	every("isdigit", unicode.IsDigit)
	every("isnumeric", unicode.IsDigit)
	every("isdecimal", unicode.IsDigit)
	every("isalpha", unicode.IsLetter)
	every("isspace", unicode.IsSpace)
	every("isalnum", func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	every("isupper", func(r rune) bool { return !unicode.IsLower(r) })
	every("islower", func(r rune) bool { return !unicode.IsUpper(r) })
	every("isidentifier", func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) })
	simple("splitlines", func(s string) Value {
		l := &List{}
		for line := range strings.Lines(s) {
			l.Items = append(l.Items, strings.TrimRight(line, "\r\n"))
		}
		return l
	})
	simple("encode", func(s string) Value { return Bytes(s) })
	for name, cut := range map[string]func(s, set string) string{"strip": strings.Trim, "lstrip": strings.TrimLeft,
		"rstrip": strings.TrimRight} {
		c.Method(name, "chars?", func(in *Interp, v []Value) Value {
			return cut(in.text(v[0], ""), in.text(v[1],
				" \t\r\n\f\v"))
		})
	}
	for name, cut := range map[string]func(s, part string) string{"removeprefix": strings.TrimPrefix,
		"removesuffix": strings.TrimSuffix} {
		c.Method(name, "part", func(in *Interp, v []Value) Value { return cut(in.text(v[0], ""), in.text(v[1], "")) })
	}
	for name, has := range map[string]func(s, part string) bool{"startswith": strings.HasPrefix,
		"endswith": strings.HasSuffix} {
		c.Method(name, "part *range", func(in *Interp, v []Value) Value {
			if t, ok := v[1].(*Tuple); ok {
				for _, p := range t.Items {
					if has(in.text(v[0], ""), in.text(p, "")) {
						return true
					}
				}
				return false
			}
			return has(in.text(v[0], ""), in.text(v[1], ""))
		})
	}
	for _, name := range []string{"split", "rsplit"} {
		c.Method(name, "sep? maxsplit?", func(in *Interp, v []Value) Value {
			s, most := in.text(v[0], ""), int64(-1)
			if n, ok := whole(v[2]); ok {
				most = n
			}
			in.Charge(int64(len(s)) / 4)
			var parts []string
			switch sep := in.text(v[1], ""); {
			case sep == "" && !IsNone(v[1]):
				in.Raise(ValueError, catalog.PythonFormat, "''")
			case sep == "":
				parts = strings.Fields(s)
			case name == "rsplit" && most >= 0:
				for ; most > 0 && strings.Contains(s, sep); most-- {
					at := strings.LastIndex(s, sep)
					parts = append(parts, s[at+len(sep):])
					s = s[:at]
				}
				parts = append(parts, s)
				slices.Reverse(parts)
			case most >= 0:
				parts = strings.SplitN(s, sep, int(min(most, 1<<20))+1)
			default:
				parts = strings.Split(s, sep)
			}
			l := &List{}
			for _, p := range parts {
				l.Items = append(l.Items, p)
			}
			return l
		})
	}
	for _, name := range []string{"partition", "rpartition"} {
		c.Method(name, "sep", func(in *Interp, v []Value) Value {
			s, sep := in.text(v[0], ""), in.text(v[1], " ")
			at := strings.Index(s, sep)
			if name == "rpartition" {
				at = strings.LastIndex(s, sep)
			}
			if at < 0 {
				return NewTuple(s, "", "")
			}
			return NewTuple(s[:at], sep, s[at+len(sep):])
		})
	}
	c.Method("join", "items", func(in *Interp, v []Value) Value {
		var parts []string
		n := 0
		for _, item := range in.Items(v[1]) {
			s, ok := unwrap(item).(string)
			if !ok {
				if u, unknown := item.(*Unknown); unknown {
					s = u.Name
				} else {
					in.Raise(TypeError, catalog.PythonOperands, "join", "str", in.TypeOf(item).Name)
				}
			}
			parts = append(parts, s)
			n += len(s)
		}
		sep := in.text(v[0], "")
		in.Charge(int64(n+len(sep)*len(parts)) / 16)
		return strings.Join(parts, sep)
	})
	c.Method("replace", "old new count?", func(in *Interp, v []Value) Value {
		s, old, by, n := in.text(v[0], ""), in.text(v[1], ""), in.text(v[2], ""), -1
		if k, ok := whole(v[3]); ok {
			n = int(max(min(k, 1<<20), -1))
		}
		in.Charge(int64(strings.Count(s, old)*len(by)+len(s)) / 16)
		return strings.Replace(s, old, by, n)
	})
	for name, at := range map[string]func(s, part string) int{"find": strings.Index, "rfind": strings.LastIndex,
		"index": strings.Index, "rindex": strings.LastIndex} {
		c.Method(name, "part *range", func(in *Interp, v []Value) Value {
			s := in.text(v[0], "")
			i := at(s, in.text(v[1], ""))
			if i < 0 {
				if strings.HasSuffix(name, "index") {
					in.Raise(ValueError, catalog.PythonNotIn)
				}
				return int64(-1)
			}
			return int64(len([]rune(s[:i])))
		})
	}
	c.Method("count", "part", func(in *Interp, v []Value) Value {
		return int64(strings.Count(in.text(v[0], ""),
			in.text(v[1], "")))
	})
	for name, align := range map[string]string{"ljust": "<", "rjust": ">", "center": "^"} {
		c.Method(name, "width fill?", func(in *Interp, v []Value) Value {
			return in.format(in.text(v[0], ""), in.text(v[2], " ")+align+in.Str(v[1]))
		})
	}
	c.Method("zfill", "width", func(in *Interp, v []Value) Value {
		return in.format(in.text(v[0], ""), "0="+in.Str(v[1]))
	})
	c.Method("format", "*args **names", func(in *Interp, v []Value) Value {
		return in.formatMethod(in.text(v[0], ""), v[1].(*Tuple).Items, v[2].(*Dict))
	})
	c.Method("expandtabs", "n?", func(in *Interp, v []Value) Value {
		return strings.ReplaceAll(in.text(v[0], ""),
			"\t", "        ")
	})
	BytesClass.Method("decode", "*rest", func(in *Interp, v []Value) Value { return in.text(v[0], "") })
}

// title writes each run of letters with its first one large, as str.title does.
func title(s string) string {
	inside := false
	return strings.Map(func(r rune) rune {
		was := inside
		inside = unicode.IsLetter(r)
		if was {
			return unicode.ToLower(r)
		}
		return unicode.ToTitle(r)
	}, s)
}
