package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"paramstack/core/diag"
)

// What a text may hold at most. How deep blocks may nest and how often a repeat
// may turn is said in core/arch.
const (
	MaxBytes      = 1 << 20
	MaxStatements = 20_000
	MaxName       = 200 // characters of the network's name
	MaxLabel      = 64  // characters of a label
	maxProblems   = 50
)

type kind uint8

const (
	tokEnd kind = iota
	tokWord
	tokLine // newline
	tokSemi
	tokOpen
	tokClose
	tokBar
	tokColon
	tokComment
)

type token struct {
	kind       kind
	start, end int
}

func (t token) span() *diag.Span { return &diag.Span{Start: t.start, End: t.end} }

// ends reports whether a statement ends before the token.
func (t token) ends() bool {
	switch t.kind {
	case tokWord, tokOpen, tokColon:
		return false
	default:
		return true
	}
}

// marks are the bytes that are a token by themselves.
var marks = [256]kind{'\n': tokLine, '\r': tokLine, ';': tokSemi, '{': tokOpen, '}': tokClose, '|': tokBar, ':': tokColon}

// breaks are the ASCII bytes that end a word.
var breaks = [256]bool{' ': true, '\t': true, '\n': true, '\r': true, ';': true, '{': true, '}': true, '|': true,
	':': true, '#': true}

// isBlank reports whether a character beyond ASCII divides words: the spaces
// that come along when text is pasted from pages and chats.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// scan returns the token that begins at or behind offset i.
func scan(src string, i int) token {
	i = skipBlanks(src, i)
	if i >= len(src) {
		return token{tokEnd, i, i}
	}
	if k := marks[src[i]]; k != tokEnd {
		return token{k, i, i + 1}
	}
	end := i
	if src[i] == '#' {
		if end = strings.IndexAny(src[i:], "\n\r"); end < 0 {
			return token{tokComment, i, len(src)}
		}
		return token{tokComment, i, i + end}
	}
	for end < len(src) && !breaks[src[end]] {
		if src[end] < utf8.RuneSelf {
			end++
			continue
		}
		r, n := utf8.DecodeRuneInString(src[end:])
		if isBlank(r) {
			break
		}
		end += n
	}
	return token{tokWord, i, end}
}

func skipBlanks(src string, i int) int {
	for i < len(src) {
		switch c := src[i]; {
		case c == ' ' || c == '\t':
			i++
		case c < utf8.RuneSelf:
			return i
		default:
			r, n := utf8.DecodeRuneInString(src[i:])
			if !isBlank(r) {
				return i
			}
			i += n
		}
	}
	return i
}

// lower returns s with the capitals of ASCII made small. Other characters keep
// their case, so that offsets into s stay true.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= 'A' && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// letters returns the ASCII letters that s begins with.
func letters(s string) string {
	i := 0
	for i < len(s) && isLetter(s[i]) {
		i++
	}
	return s[:i]
}

// isLabel reports whether s may be a label. Marks are let in beside letters
// since some scripts write vowels with them.
func isLabel(s string) bool {
	if s == "" || utf8.RuneCountInString(s) > MaxLabel {
		return false
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
		case i == 0:
			return false
		case unicode.IsDigit(r), unicode.Is(unicode.M, r), r == '_', r == '-', r == '.':
		default:
			return false
		}
	}
	return true
}

// cleanName returns what a text can say of a network's name: one line, single
// spaces, without what would end the statement or make a label of the word name.
func cleanName(s string) string {
	words := strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool {
		return r == ';' || r == '#' || isBlank(r) || unicode.IsControl(r)
	})
	return strings.TrimLeft(strings.Join(words, " "), ": ")
}

// cleanComment returns what one comment can say of s.
func cleanComment(s string) string {
	clean := strings.ContainsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == utf8.RuneError })
	if clean {
		s = strings.ToValidUTF8(s, "")
		s = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s)
	}
	return strings.TrimSpace(s)
}
