package catalog

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var placeholder = regexp.MustCompile(`\{\d\}`)

// broken are arguments that would be shown unfilled.
var broken = regexp.MustCompile(`\{\w*\}|%[a-z]`)

// TestTables refuses a sentence that lacks a language, loses an argument on the
// way, was left untranslated, or is in two tables.
func TestTables(t *testing.T) {
	seen := map[Key]bool{}
	for _, table := range tables {
		for key, text := range table {
			if seen[key] {
				t.Errorf("%s stands in two tables", key)
			}
			seen[key] = true
			for l := English; l < langs; l++ {
				check(t, key, l, text[l])
			}
			if en, ko := arguments(text[English]), arguments(text[Korean]); !slices.Equal(en, ko) {
				t.Errorf("%s: arguments %v in English, %v in Korean", key, en, ko)
			}
			if hasHangul(text[English]) && !bothLanguages[key] {
				t.Errorf("%s: Korean in the English text %q", key, text[English])
			}
			if !hasHangul(text[Korean]) && hasWords(text[Korean]) && !asWritten[key] {
				t.Errorf("%s is not translated: %q", key, text[Korean])
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d sentences", len(seen))
	}
}

// bothLanguages are shown to people who cannot read the other one.
var bothLanguages = map[Key]bool{CmdLang: true}

// asWritten are names that Korean readers know in English.
var asWritten = map[Key]bool{"field.affine": true, "field.bias_k": true, "passport.macs": true}

func check(t *testing.T, key Key, l Lang, s string) {
	t.Helper()
	if s == "" {
		t.Errorf("%s has no text in %s", key, l.Tag())
	}
	if s != strings.TrimSpace(s) || strings.Contains(s, "  ") || strings.ContainsAny(s, "\n\t") {
		t.Errorf("%s has stray spaces in %s: %q", key, l.Tag(), s)
	}
	if broken.MatchString(placeholder.ReplaceAllString(s, "")) {
		t.Errorf("%s has a broken placeholder in %s: %q", key, l.Tag(), s)
	}
	used := arguments(s)
	for i, a := range used {
		if a != "{"+string(rune('0'+i))+"}" {
			t.Errorf("%s skips an argument in %s: %v", key, l.Tag(), used)
			break
		}
	}
}

// arguments returns the different placeholders in order.
func arguments(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func hasHangul(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) })
}

// hasWords reports whether s says something in words: a formula such as
// max(0, x) or x · tanh(softplus(x)) has none.
func hasWords(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "MAC", "FLOP", "x", "e", "max", "min", "tanh", "sigmoid", "softplus", "Φ", "k", "eˣ", "ˣ", "α", "λ":
		default:
			return true
		}
	}
	return false
}

func TestIn(t *testing.T) {
	outer := Text{"{1} and {0}", "{0} 그리고 {1}"}
	for _, c := range []struct {
		lang Lang
		args []any
		want string
	}{
		{English, []any{"a", 7}, "7 and a"},
		{Korean, []any{"a", 7}, "a 그리고 7"},
		{English, []any{"{1}", "b"}, "b and {1}"}, // what people typed is not a placeholder
		{Korean, []any{AxisHeight, Say(UIPlace, 1, 2)}, "높이 그리고 1행 2열"},
		{English, []any{"a"}, "{1} and a"}, // a missing argument does not panic
	} {
		if got := c.lang.fill(outer[c.lang], c.args); got != c.want {
			t.Errorf("%v in %s is %q, want %q", c.args, c.lang.Tag(), got, c.want)
		}
	}
	if got := Korean.In(UIPlace, 1, 2); got != "1행 2열" {
		t.Errorf("in Korean a place is %q", got)
	}
	if got := English.In("no.such.key"); got != "no.such.key" {
		t.Errorf("a missing key says %q", got)
	}
}

func TestByTag(t *testing.T) {
	for tag, want := range map[string]Lang{"ko": Korean, "ko-KR": Korean, "KO": Korean, "en-GB": English, "fr": English, "kok-IN": English, "": English} {
		if ByTag(tag) != want {
			t.Errorf("%q is read as %s", tag, ByTag(tag).Tag())
		}
	}
}
