// Package catalog holds every sentence that paramstack shows to people, in
// every language it speaks. There is no other place for such text; a test walks
// the table and refuses a key that lacks a language or loses an argument.
package catalog

import (
	"fmt"
	"maps"
	"strings"
	"sync"
)

// A Lang is a language of the page.
type Lang uint8

// The languages.
const (
	English Lang = iota
	Korean
	langs // how many there are
)

// Tag returns the BCP 47 tag: "en", "ko".
func (l Lang) Tag() string {
	if l == Korean {
		return "ko"
	}
	return "en"
}

// ByTag returns the language of a BCP 47 tag such as "ko-KR"; English for any other.
func ByTag(tag string) Lang {
	if primary, _, _ := strings.Cut(strings.ToLower(tag), "-"); primary == "ko" {
		return Korean
	}
	return English
}

// A Key names one sentence.
type Key string

// A Text is one sentence in every language. {0}, {1}… are its arguments; a
// Korean particle after one is written in both forms, 은(는), and In keeps one.
type Text [langs]string

// In returns the sentence of a key. Arguments may be strings, numbers, keys or
// messages; the last two are written in the same language.
func (l Lang) In(key Key, args ...any) string {
	text, ok := lookup(key)
	if !ok {
		return string(key)
	}
	return l.fill(text[l], args)
}

// fill inserts the arguments into a sentence.
func (l Lang) fill(s string, args []any) string {
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	// One pass, so that braces inside an argument stay what they are.
	b := make([]byte, 0, len(s)+32)
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '{' && i+2 < len(s) && s[i+2] == '}':
			if n := int(s[i+1] - '0'); n >= 0 && n < len(args) {
				b = append(b, l.word(args[n])...)
				i += 2
				continue
			}
		case s[i] == '(' && l == Korean:
			var used int
			if b, used = particle(b, s[i:]); used > 0 {
				i += used - 1
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

func (l Lang) word(a any) string {
	switch a := a.(type) {
	case string:
		return a
	case Key:
		return l.In(a)
	case Message:
		return a.In(l)
	default:
		return fmt.Sprint(a)
	}
}

// A Message is a sentence with its arguments, not yet in any language.
type Message struct {
	Key  Key
	Args []any
}

// Say returns a message.
func Say(key Key, args ...any) Message { return Message{key, args} }

// In returns the message in a language.
func (m Message) In(l Lang) string { return l.In(m.Key, m.Args...) }

func lookup(key Key) (Text, bool) {
	text, ok := all()[key]
	return text, ok
}

// all is the whole catalogue: a page of a thousand words asks for each of them.
var all = sync.OnceValue(func() map[Key]Text {
	whole := make(map[Key]Text, 1500)
	for _, t := range tables {
		maps.Copy(whole, t)
	}
	return whole
})

// Has reports whether the catalogue holds a key.
func Has(key Key) bool {
	_, ok := lookup(key)
	return ok
}

// Keys of things that are named elsewhere.

// FieldName returns the key of a hyper-parameter's name.
func FieldName(name string) Key { return Key("field." + name) }

// FieldDoc returns the key of the sentence that explains a hyper-parameter.
func FieldDoc(name string) Key { return Key("field." + name + ".doc") }

// FieldUnset returns the key of what a hyper-parameter means that is not given,
// for those of which more can be said than that.
func FieldUnset(name string) Key { return Key("field." + name + ".unset") }

// KindName returns the key of a layer kind's name.
func KindName(name string) Key { return Key("kind." + name) }

// KindFind returns the key of further words by which a layer kind is looked for.
func KindFind(name string) Key { return Key("kind." + name + ".find") }

// KindDoc returns the key of the sentence that explains a layer kind.
func KindDoc(name string) Key { return Key("kind." + name + ".doc") }

// tables are the parts of the catalogue. What only readers and writers of files say
// is in toolTables: the page's program, built with the tag page, does not carry it,
// since its worker sends whole sentences.
var tables = append([]map[Key]Text{
	boot, compare,
	problems,
	layers,
	layersSeq,
	layersShape,
	layersSpace,
	factors,
	reasons,
	texts,
	page,
	presets,
	pictures,
	ui,
	transfer,
	formats,
	explanations,
	whatifs,
	whys,
	whyOperations,
	whyPage,
	passports,
}, toolTables...)
