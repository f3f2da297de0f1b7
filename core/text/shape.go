package text

import (
	"slices"
	"strings"

	"paramstack/core/layer"
)

// The shape of an input is written in many ways: 1 28 28, (1, 28, 28), 1@28x28,
// 28x28 RGB, None x 28 x 28 x 1.

// unsized are the words for a batch whose size is left open.
var unsized = []string{"none", "-1", "n", "b", "bs", "batch", "batch_size", "batchsize"}

// coloured are the words for how many channels a picture has.
var coloured = map[string]string{"rgb": "3", "rgba": "4", "bgr": "3", "gray": "1", "grey": "1", "grayscale": "1",
	"greyscale": "1", "mono": "1"}

// passed are words that add nothing to a shape.
var passed = []string{"", "=", "x", "of", "shape", "size", "image", "images", "pixels", "px", "channel", "channels", "ch",
	"layer", "neurons", "units", "features", "values", "inputs"}

// introduces reports whether a colon behind a word introduces what the word names,
// and does not make a label of it: input: 3x224x224.
func (p *parser) introduces(word token) bool {
	behind := scan(p.src, p.tok.end)
	name := lower(p.text(word))
	if k := layer.ByName(name); behind.kind != tokWord || k == nil || name == k.Alias {
		return false
	}
	c := p.src[behind.start]
	return c >= '0' && c <= '9' || c == '(' || c == '['
}

// extents reads the shape of an input from a word on. It reports false if the word
// is none of a shape.
func (o *options) extents(t token, word string) (done, ok bool) {
	var list []string
	channels, end := "", t
	for {
		parts := extents(word)
		for i, part := range parts {
			switch n := coloured[part]; {
			case n != "" && channels == "":
				channels, parts[i] = n, ""
			case slices.Contains(passed, part):
				parts[i] = ""
			case part == "?", part[0] >= '0' && part[0] <= '9', part[0] == '-' && len(part) > 1:
			default:
				return false, false
			}
		}
		for _, part := range parts {
			if part != "" {
				list = append(list, part)
			}
		}
		end.end = t.end
		if o.p.tok.kind == tokColon && slices.Contains(passed, word) {
			o.p.next() // shape: 3x224x224
		}
		if o.p.tok.kind != tokWord || o.optional(lower(o.p.text(o.p.tok))) {
			break
		}
		t = o.p.next()
		word = lower(o.p.text(t))
	}
	if channels != "" && len(list) == 2 {
		list = append([]string{channels}, list...)
	}
	if len(list) == 0 {
		return false, false
	}
	return true, o.set(o.kind.Main(), strings.Join(list, "x"), end)
}

// optional reports whether a word behind the shape of an input is an option, or
// begins what follows.
func (o *options) optional(word string) bool {
	word = strings.Trim(strings.TrimPrefix(strings.TrimPrefix(word, "shape="), "size="), "()[],")
	if slices.Contains(unsized, word) || slices.Contains(passed, word) || coloured[word] != "" {
		return false
	}
	return word != "" && isLetter(word[0]) && !strings.HasPrefix(word, "x")
}

// extents divides a word of a shape into sizes, ? for one that is left open.
func extents(word string) []string {
	word = strings.Trim(strings.TrimPrefix(strings.TrimPrefix(word, "shape="), "size="), "()[],")
	if slices.Contains(unsized, word) {
		return []string{"?"}
	}
	for _, open := range unsized {
		if rest, ok := strings.CutPrefix(word, open); ok && rest != "" && strings.ContainsRune("x×,@*", []rune(rest)[0]) {
			word = "?" + rest
		}
	}
	return strings.FieldsFunc(word, func(r rune) bool { return r == 'x' || r == '×' || r == ',' || r == '@' || r == '*' })
}
