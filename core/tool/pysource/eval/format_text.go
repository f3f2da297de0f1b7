package eval

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
)

// percent works s % args out.
func (in *Interp) percent(s string, args Value) string {
	var b strings.Builder
	items := []Value{args}
	if t, ok := args.(*Tuple); ok {
		items = t.Items
	}
	next := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == '%' {
			b.WriteByte('%')
			continue
		}
		var v Value
		if s[i] == '(' {
			end := strings.IndexByte(s[i:], ')')
			if end < 0 {
				in.Raise(ValueError, catalog.PythonFormat, s)
			}
			v = in.Item(args, s[i+1:i+end])
			i += end + 1
		} else if next < len(items) {
			v = items[next]
			next++
		} else {
			in.Raise(TypeError, catalog.PythonFormat, s)
		}
		from := i
		for i < len(s) && strings.IndexByte("+-# 0123456789.", s[i]) >= 0 {
			i++
		}
		if i >= len(s) {
			in.Raise(ValueError, catalog.PythonFormat, s)
		}
		spec := s[from:i]
		if left, ok := strings.CutPrefix(spec, "-"); ok {
			spec = "<" + left
		} else if s[i] == 's' || s[i] == 'r' {
			spec = ">" + spec
		}
		switch c := s[i]; c {
		case 's':
			b.WriteString(in.format(in.Str(v), spec+"s"))
		case 'r':
			b.WriteString(in.format(in.Repr(v), spec+"s"))
		case 'd', 'i', 'u':
			if x, ok := v.(float64); ok {
				v = int64(x)
			}
			b.WriteString(in.format(v, spec+"d"))
		default:
			b.WriteString(in.format(v, spec+string(c)))
		}
	}
	in.Charge(int64(b.Len()) / 16)
	return b.String()
}

// formatMethod works s.format(*args, **names) out.
func (in *Interp) formatMethod(s string, args []Value, names *Dict) string {
	var b strings.Builder
	next := int64(0)
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "{{"), strings.HasPrefix(s[i:], "}}"):
			b.WriteByte(s[i])
			i++
		case s[i] == '{':
			depth, end := 0, -1
			for j := i; j < len(s) && end < 0; j++ {
				switch s[j] {
				case '{':
					depth++
				case '}':
					if depth--; depth == 0 {
						end = j
					}
				}
			}
			if end < 0 {
				in.Raise(ValueError, catalog.PythonFormat, s)
			}
			field, spec, _ := strings.Cut(s[i+1:end], ":")
			field, conv, _ := strings.Cut(field, "!")
			name := field
			if at := strings.IndexAny(field, ".["); at >= 0 {
				name = field[:at]
			}
			var v Value
			if n, err := strconv.Atoi(name); err == nil || name == "" {
				if name == "" {
					n = int(next)
					next++
				}
				if n < 0 || n >= len(args) {
					in.Raise(IndexError, catalog.PythonFormat, s)
				}
				v = args[n]
			} else {
				v = in.Item(names, name)
			}
			for path := field[len(name):]; path != ""; {
				if path[0] == '.' {
					end := strings.IndexAny(path[1:], ".[")
					if end < 0 {
						end = len(path) - 1
					}
					v = in.GetAttr(v, path[1:end+1])
					path = path[end+1:]
				} else {
					end := strings.IndexByte(path, ']')
					if end < 1 {
						in.Raise(ValueError, catalog.PythonFormat, s)
					}
					var key Value = path[1:end]
					if n, err := strconv.ParseInt(path[1:end], 10, 64); err == nil {
						key = n
					}
					v = in.Item(v, key)
					path = path[end+1:]
				}
			}
			if conv == "r" {
				v = in.Repr(v)
			}
			if strings.Contains(spec, "{") {
				spec = in.formatMethod(spec, args[min(int(next), len(args)):], names)
			}
			b.WriteString(in.format(v, spec))
			i = end
		default:
			b.WriteByte(s[i])
		}
	}
	in.Charge(int64(b.Len()) / 16)
	return b.String()
}
