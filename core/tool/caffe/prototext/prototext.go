package prototext

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// Protocol buffers as text, without a schema: fields by name, in order. Written
// here since the parser of google.golang.org/protobuf requires the descriptors of
// every message and refuses the fields it does not know, and files by Caffe's forks
// are full of those (the language:
// protobuf.dev/reference/protobuf/textformat-spec).

// A Field is one entry of a message: a scalar as written, or a message.
type Field struct {
	Name string
	Text string // of a scalar; strings without their quotes
	Msg  *Message
	At   int // offset in the file
}

// A Message is the contents of braces.
type Message struct{ Fields []Field }

// What a text may hold at most.
const (
	maxProtoDepth  = 32
	maxProtoFields = 1_000_000
)

// All calls f for every entry of a name.
func (m *Message) All(name string, f func(*Field)) {
	if m == nil {
		return
	}
	for i := range m.Fields {
		if m.Fields[i].Name == name {
			f(&m.Fields[i])
		}
	}
}

// Sub returns a message by name, nil if there is none; nil has no fields. Of
// several the last counts, as for every field that is not repeated.
func (m *Message) Sub(name string) (found *Message) {
	m.All(name, func(f *Field) { found = f.Msg })
	return found
}

// Str returns a scalar by name, "" if there is none.
func (m *Message) Str(name string) (s string) {
	m.All(name, func(f *Field) { s = f.Text })
	return s
}

// Strs returns the scalars of a repeated field.
func (m *Message) Strs(name string) (s []string) {
	m.All(name, func(f *Field) { s = append(s, f.Text) })
	return s
}

// Whole returns a scalar as a whole number, other if there is none or it is not one.
func (m *Message) Whole(name string, other int64) int64 {
	n, err := strconv.ParseInt(m.Str(name), 0, 64)
	if err != nil {
		return other
	}
	return n
}

// Real returns a scalar as a decimal number, other if there is none or it is not one.
func (m *Message) Real(name string, other float64) float64 {
	x, err := strconv.ParseFloat(strings.TrimRight(m.Str(name), "fF"), 64)
	if err != nil {
		return other
	}
	return x
}

// Yes returns a scalar as a switch.
func (m *Message) Yes(name string, other bool) bool {
	switch m.Str(name) {
	case "true", "True", "t", "1":
		return true
	case "false", "False", "f", "0":
		return false
	}
	return other
}

type protoParser struct {
	src    string
	at     int
	fields int // read so far
	kept   int // of those, not read over
	step   func(done float64) error
	skip   func(in, name string) bool // fields that are read over
}

// Parse reads a text. Skip says which fields of which messages are not kept.
func Parse(src string, step func(float64) error, skip func(in, name string) bool) (*Message, error) {
	p := &protoParser{src: strings.TrimPrefix(src, "\ufeff"), step: step, skip: skip}
	m := &Message{}
	if err := p.message(m, "", 0, 0); err != nil {
		return nil, err
	}
	return m, nil
}

// message reads fields up to the closing mark; 0: up to the end of the text.
func (p *protoParser) message(m *Message, in string, end byte, depth int) error {
	if depth > maxProtoDepth {
		return p.wrong(p.at, catalog.ImportTooDeep, maxProtoDepth)
	}
	opened := p.at
	for {
		c := p.next()
		switch {
		case c == end && end != 0:
			p.at++
			return nil
		case c == 0 && p.at >= len(p.src):
			if end != 0 {
				return p.wrong(opened, catalog.ImportNotClosed)
			}
			return nil
		case c == ',' || c == ';':
			p.at++
		default:
			if err := p.field(m, in, depth); err != nil {
				return err
			}
		}
	}
}

// field reads a name and its value or values.
func (p *protoParser) field(m *Message, in string, depth int) error {
	at := p.at
	name, err := p.name()
	if err != nil {
		return err
	}
	if p.next() == ':' {
		p.at++
		p.next()
	} else if c := p.peek(); c != '{' && c != '<' {
		return p.unexpected()
	}
	to := m
	if p.skip != nil && p.skip(in, name) {
		to = &Message{}
	}
	if p.peek() != '[' {
		err := p.value(to, name, at, depth)
		if to != m {
			p.kept--
		}
		return err
	}
	for p.at++; ; {
		switch p.next() {
		case ']':
			p.at++
			return nil
		case ',':
			p.at++
		case 0:
			return p.wrong(at, catalog.ImportNotClosed)
		default:
			if err := p.value(to, name, at, depth); err != nil {
				return err
			}
			if to != m {
				to.Fields, p.kept = to.Fields[:0], p.kept-1
			}
		}
	}
}

// value reads a scalar or a message and adds it to m.
func (p *protoParser) value(m *Message, name string, at, depth int) error {
	if p.kept++; p.kept > maxProtoFields {
		return p.wrong(at, catalog.ImportTooManyFields, maxProtoFields)
	}
	if p.fields++; p.fields%10_000 == 0 {
		if err := p.step(float64(p.at) / float64(len(p.src))); err != nil {
			return err
		}
	}
	f := Field{Name: name, At: at}
	var err error
	switch c := p.peek(); c {
	case '{', '<':
		p.at++
		f.Msg = &Message{}
		err = p.message(f.Msg, name, c+2, depth+1) // { } and < > are two apart
	case '"', '\'':
		f.Text, err = p.quoted()
	default:
		f.Text, err = p.scalar()
	}
	m.Fields = append(m.Fields, f)
	return err
}

// name reads a field's name: a word, or an extension's in brackets.
func (p *protoParser) name() (string, error) {
	start := p.at
	if p.peek() == '[' {
		n := strings.IndexAny(p.src[p.at:], "]\n{}:")
		if n < 0 || p.src[p.at+n] != ']' {
			return "", p.unexpected()
		}
		p.at += n + 1
		return strings.TrimSpace(p.src[start+1 : p.at-1]), nil
	}
	for p.at < len(p.src) && IsWord(p.src[p.at]) {
		p.at++
	}
	if p.at == start {
		return "", p.unexpected()
	}
	return p.src[start:p.at], nil
}

// scalar reads a number or a word.
func (p *protoParser) scalar() (string, error) {
	sign := ""
	if p.peek() == '-' {
		p.at++
		p.next()
		sign = "-"
	}
	start := p.at
	for p.at < len(p.src) && (IsWord(p.src[p.at]) || p.src[p.at] == '.' ||
		(p.src[p.at] == '-' || p.src[p.at] == '+') && p.at > start && p.src[p.at-1]|0x20 == 'e') {
		p.at++
	}
	if p.at == start {
		return "", p.unexpected()
	}
	return sign + p.src[start:p.at], nil
}

// quoted reads adjacent strings and joins them.
func (p *protoParser) quoted() (string, error) {
	var b strings.Builder
	for c := p.peek(); c == '"' || c == '\''; c = p.next() {
		start := p.at
		for p.at++; ; p.at++ {
			if p.at >= len(p.src) || p.src[p.at] == '\n' {
				return "", p.wrong(start, catalog.ImportNotClosed)
			}
			if p.src[p.at] == c {
				break
			}
			if p.src[p.at] == '\\' && p.at+1 < len(p.src) {
				p.at++
				if p.src[p.at] != 'n' && p.src[p.at] != 't' {
					b.WriteByte(p.src[p.at]) // quotes and backslashes; names hold no other
				} else {
					b.WriteByte(' ')
				}
				continue
			}
			b.WriteByte(p.src[p.at])
		}
		p.at++
	}
	return strings.ToValidUTF8(b.String(), "\ufffd"), nil
}

// next passes over blanks and comments and returns what follows; 0 at the end.
func (p *protoParser) next() byte {
	for p.at < len(p.src) {
		switch p.src[p.at] {
		case ' ', '\t', '\n', '\r', '\v', '\f':
			p.at++
		case '#':
			n := strings.IndexByte(p.src[p.at:], '\n')
			if n < 0 {
				n = len(p.src) - p.at
			}
			p.at += n
		default:
			return p.src[p.at]
		}
	}
	return 0
}

func (p *protoParser) peek() byte {
	if p.at < len(p.src) {
		return p.src[p.at]
	}
	return 0
}

func IsWord(c byte) bool {
	return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

// unexpected reports what is found in place of a name or a value.
func (p *protoParser) unexpected() error {
	rest := p.src[min(p.at, len(p.src)):]
	if rest == "" {
		return p.wrong(p.at, catalog.ImportEndsEarly)
	}
	_, n := utf8.DecodeRuneInString(rest)
	for n < len(rest) && n < 20 && IsWord(rest[0]) && IsWord(rest[n]) {
		n++
	}
	return p.wrong(p.at, catalog.ImportUnexpected, layer.Quote(strings.ToValidUTF8(rest[:n], "\ufffd")))
}

// wrong returns an error with its line and column.
func (p *protoParser) wrong(at int, key catalog.Key, args ...any) error {
	line, column := text.Position(p.src, at)
	return diag.New(catalog.ImportTextBad, line, column, catalog.Say(key, args...))
}
