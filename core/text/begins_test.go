package text

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// statement is what firstStatement divides, as an expression: it would be compiled each
// time the page is opened.
var statement = regexp.MustCompile(`^(?:[A-Za-z_][\w.\-/]*: *)?([A-Za-z][a-z0-9]*)(?:[ \t]+(.*)|[;{].*|)$`)

func TestFirstStatement(t *testing.T) {
	lines := []string{"", "conv", "conv 64 k3", "a: conv", "a:conv\t 3", "layer1/conv.2-b_3:  conv 64; relu", "repeat{", "relu;bn",
		"_x: bn", "1: bn", "A", "AB", "a b: c", "a:", "a: ", "a:b:c", "컨브: conv", "conv:", "x: ;", "conv\xff", "a\xff: conv"}
	pieces := []string{"a", "Z", "_", "0", "9", ".", "-", "/", ":", " ", "\t", ";", "{", "conv", "한", "\xff"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(9) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		lines = append(lines, b.String())
	}
	for _, line := range lines {
		var want [2]string
		m := statement.FindStringSubmatch(line)
		if m != nil {
			want = [2]string{m[1], m[2]}
		}
		word, rest, ok := firstStatement(line)
		if got := [2]string{word, rest}; ok != (m != nil) || ok && got != want {
			t.Errorf("%q: %q, %v; want %q, %v", line, got, ok, want, m != nil)
		}
	}
}
