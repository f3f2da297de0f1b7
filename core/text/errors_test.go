package text_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/text"
)

var (
	expected    = regexp.MustCompile(`# ERROR (.*)$`)
	placeholder = regexp.MustCompile(`\{\d\}`)
)

// TestErrors reads texts whose lines say which problems they have:
//
//	conf 64  # ERROR "Did you mean conv"
//
// Each string is a regular expression for one problem of its line.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.stack")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts with errors: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".stack"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			src := string(data)
			want := map[int][]string{}
			for i, line := range strings.Split(src, "\n") {
				match := expected.FindStringSubmatch(line)
				if match == nil {
					continue
				}
				for rest := match[1]; rest != ""; rest = strings.TrimSpace(rest) {
					quoted, err := strconv.QuotedPrefix(rest)
					if err != nil {
						t.Fatalf("line %d: %q: %v", i+1, rest, err)
					}
					pattern, _ := strconv.Unquote(quoted)
					want[i+1] = append(want[i+1], pattern)
					rest = rest[len(quoted):]
				}
			}
			for _, d := range problemsOf(src) {
				line, column := text.Position(src, d.Span.Start)
				if len(want[line]) == 0 || !regexp.MustCompile(want[line][0]).MatchString(d.Error()) {
					t.Errorf("%d:%d: %v, want %q", line, column, d, want[line])
				}
				if len(want[line]) > 0 {
					want[line] = want[line][1:]
				}
				if d.Span.Start < 0 || d.Span.End < d.Span.Start || d.Span.End > len(src) {
					t.Errorf("%v stands at %v", d, *d.Span)
				}
				for _, lang := range []catalog.Lang{catalog.English, catalog.Korean} {
					if s := d.Say.In(lang); s == string(d.Say.Key) || placeholder.MatchString(s) {
						t.Errorf("%s says %q in %s", d.Say.Key, s, lang.Tag())
					}
				}
			}
			for line, rest := range want {
				for _, w := range rest {
					t.Errorf("line %d: no problem says %q", line, w)
				}
			}
		})
	}
}

// TestLimits reads what is too much. Each must give a few clear errors.
func TestLimits(t *testing.T) {
	nest := func(open, inner, close string, n int) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(close, n)
	}
	for _, c := range []struct {
		name, src string
		key       catalog.Key // "" for none
		offset    int
	}{
		{"a text of 1 MiB", strings.Repeat("#", text.MaxBytes), "", 0},
		{"a longer one", strings.Repeat("#", text.MaxBytes+1), catalog.TextTooLong, 0},
		{"20,000 statements", strings.Repeat("r;", text.MaxStatements), "", 0},
		{"one more", strings.Repeat("r;", text.MaxStatements+1), catalog.TextTooMany, 2 * text.MaxStatements},
		{"64 blocks", nest("repeat 2 {", "relu", "}", 64), "", 0},
		{"65 blocks", nest("repeat 2 {", "relu", "}", 65), catalog.TextTooDeep, 65*10 - 1},
		{"10,000 repeats", nest("repeat 2 {", "relu", "}", 10_000), catalog.TextTooDeep, 65*10 - 1},
		{"10,000 joins", nest("add {|", "relu", "}", 10_000), catalog.TextTooDeep, 64*6 + 4},
		{"10,000 unclosed", nest("add {", "relu", "", 10_000), catalog.TextTooDeep, 64*5 + 4},
		{"10,000 blocks of nobody", nest("{", "relu", "}", 10_000), catalog.TextUnexpected, 0},
		{"10,000 blocks of a stranger", nest("foo {", "relu", "}", 10_000), catalog.TextUnknownKind, 0},
		{"a huge number", "conv 99999999999999999999 k3", catalog.NumberTooLarge, 5},
		{"a huge product", "conv 4294967296*4294967296 k3", catalog.NumberTooLarge, 5},
		{"too often", "repeat 1000000001 { relu }", catalog.TextNeedsTimes, 7},
		{"very often", "repeat 1000000000 { relu }", "", 0},
		{"never", "repeat 0 { relu }", catalog.TextNeedsTimes, 7},
		{"a long name", "name " + strings.Repeat("é", 200), "", 0},
		{"a longer name", "name " + strings.Repeat("é", 201), catalog.TextNameTooLong, 0},
		{"a long label", strings.Repeat("é", 64) + ": relu", "", 0},
		{"a longer label", strings.Repeat("é", 65) + ": relu", catalog.TextBadLabel, 0},
		{"a long word", strings.Repeat("z1", 200_000), catalog.TextUnknownKind, 0},
		{"a long value", "conv " + strings.Repeat("9", 500_000), catalog.NumberTooLarge, 5},
		{"not UTF-8", "relu\nconv \xff", catalog.TextBadBytes, 10},
		{"a replacement character", "# \ufffd", "", 0},
	} {
		problems := problemsOf(c.src)
		switch {
		case c.key == "" && len(problems) > 0:
			t.Errorf("%s: %v", c.name, problems)
		case c.key != "" && len(problems) != 1:
			t.Errorf("%s: %d problems", c.name, len(problems))
		case c.key != "" && (problems[0].Say.Key != c.key || problems[0].Span.Start != c.offset):
			t.Errorf("%s: %v at %d, want %s at %d", c.name, problems[0], problems[0].Span.Start, c.key, c.offset)
		case c.key != "" && len(problems[0].Error()) > 500:
			t.Errorf("%s: the sentence is %d bytes long", c.name, len(problems[0].Error()))
		}
	}
	if n := len(problemsOf(strings.Repeat("foo\n", 1000))); n != 50 {
		t.Errorf("%d problems are told, want 50", n)
	}
}
