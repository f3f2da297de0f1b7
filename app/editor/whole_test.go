package editor

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"paramstack/core/arch"
)

// wrongs are texts that begin, or end, like values.
var wrongs = []string{
	"1e9", "5.5", "6 6", "6  6", "6,6", "6;7", "6 # 7", "6\n7", "6\t7", strings.Repeat("9", 23), "second conv!", "a b", "a.b",
	"3x", "x3", "3x3x", "3xx3", "3x3 3", "1x1x1x1x1x1", "48*", "*2", "48**2", "48*2*", "2*3x4", "7k", "k7", "7s2", "0x10", "1_000", "1,000",
	"+5", "-5", "--5", "5-", "5+5", "5/2", "50%", "½", "５", "٣", "1.", ".5", "0.5.5", "1e-5", "1e-5e", "1e-", "inf", "nan", "NaN", "true",
	"same", "same 3", "samex", "valid", "on", "off", "none", "nobias", "@", "@a", "@a b", "a@", "conv", "conv 64", "{", "}", "|", "3 {", "3 |",
	"007", "0", "00", " 7 ", "7 ", " 7", "3×3", "3X3", "48·2", "224x224x3", "3x224x224", "1000000000", "1000000001", "9223372036854775807", "9223372036854775808",
	"first", "First", "이름", "a1", "1a", "_", "a-b", "a/b", "#", "a#b", "\x00", "7\x00", "7\u200b", "7\u00a0", "7\u00a08", "(7)", "(7, 7)", "[7]", "7, 7", "'7'", "\"7\"",
}

var leadingZeros = regexp.MustCompile(`(^|[^0-9.])0+([0-9])`)

// canonical writes a value in one of the ways that it can be typed.
func canonical(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.NewReplacer("×", "x", "·", "x", "*", "x", "@", "", "_", "").Replace(s)
	for {
		t := leadingZeros.ReplaceAllString(s, "$1$2")
		if t == s {
			return s
		}
		s = t
	}
}

// TestWhole types texts key by key into every field of every kind: a text is refused
// whole, the field stays open and the network is as it was, or the field then shows
// what was typed, all of it.
func TestWhole(t *testing.T) {
	for _, it := range items() {
		t.Run(it.ID, func(t *testing.T) {
			s := start(t, "input 3x16x16\na: conv 3 k3 p1\n")
			s = play(s, Select{Row: s.Page.Last()}, OpenPalette{}, Insert{it.ID})
			var fields []string
			k := s.View.Cursor
			if s.View.Edit != nil {
				s = play(s, EndEdit{Cancel: true})
			}
			n := s.Doc.Model.Find(k.ID())
			if n == nil {
				t.Fatalf("nothing is added: %s", compact(s))
			}
			if l := layerOf(n); l != nil {
				for i := range l.Kind().Fields {
					if f := &l.Kind().Fields[i]; !f.IsSwitch() && f.Choices(l.Kind()) == nil {
						fields = append(fields, f.Name)
					}
				}
				if _, leaf := n.(*arch.Leaf); leaf && l.Kind().Learns {
					fields = append(fields, SharesField)
				}
			} else {
				fields = append(fields, TimesField)
			}
			for _, f := range append(fields, LabelField) {
				for _, typed := range wrongs {
					typeWhole(t, s, k, f, typed)
				}
			}
		})
	}
}

// typeWhole types one text into one field.
func typeWhole(t *testing.T, s State, k Key, field, typed string) {
	t.Helper()
	what := fmt.Sprintf("%q typed into %s of %s", typed, field, compact(s))
	before := s.Doc.Text
	was := s.shown(k.ID(), field, fieldText(s.Doc.Model.Find(k.ID()), field))
	edit := play(s, BeginEdit{k, field})
	if edit.View.Edit == nil {
		t.Fatalf("%s: the field does not open", what)
	}
	now := edit
	for i, r := range typed {
		now = play(now, Typed{typed[:i+utf8.RuneLen(r)]})
	}
	now, effects := Update(now, EndEdit{})
	if now.View.Edit != nil {
		if now.Doc.Text != before || now.View.Edit.Error == nil || len(effects) != 2 {
			t.Errorf("%s is refused, and the network is\n%s", what, now.Doc.Text)
		}
		elsewhere := play(now, Select{Row: s.Page.Key(0)})
		if elsewhere.Doc.Text != before || elsewhere.View.Edit != nil || elsewhere.Notice == nil || elsewhere.Notice.Tone != ToneBad {
			t.Errorf("%s: with another row selected the network is\n%s", what, elsewhere.Doc.Text)
		}
		if back := play(now, EndEdit{Cancel: true}); back.Doc.Text != before || back.View.Edit != nil || len(back.History.Past) != len(s.History.Past) {
			t.Errorf("%s: cancelled, it is\n%s", what, back.Doc.Text)
		}
		return
	}
	n := now.Doc.Model.Find(k.ID())
	if n == nil {
		return // a network written otherwise
	}
	got := now.shown(k.ID(), field, fieldText(n, field))
	if canonical(got) == canonical(typed) || same(got, typed) {
		return
	}
	if canonical(typed) == canonical(was) && got == was {
		return
	}
	t.Errorf("%s becomes %q", what, got)
}

// same reports whether two values are written in different ways: 3 and 3x3, 1e-5 and
// 0.00001.
func same(a, b string) bool {
	parts := func(s string) []string {
		return slices.Compact(strings.FieldsFunc(canonical(s), func(r rune) bool { return r == 'x' || r == '+' }))
	}
	if slices.Equal(parts(a), parts(b)) {
		return true
	}
	x, errX := strconv.ParseFloat(canonical(a), 64)
	y, errY := strconv.ParseFloat(canonical(b), 64)
	return errX == nil && errY == nil && x == y
}
