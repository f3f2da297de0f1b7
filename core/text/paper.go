package text

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// A statement that cannot be read is tried once more as papers and people write it:
// 3x3 conv, 64, /2; conv3-64; FC-1000; dropout 50%; conv 64 k3 -> relu. Where it can
// mean one thing only it is read so, else the message is the line that was meant.

// retry reads a statement again whose problems are those from a place on. It returns
// nil, and leaves the problems, if there is no other way to read it.
func (p *parser) retry(word token, h arch.Head, problems int) arch.Node {
	key := p.problems[problems].Say.Key
	missing := false // the kernel, in conv 3x3x64
	if words := strings.Fields(p.src[word.start:p.tok.start]); key == catalog.NeedsField && len(words) == 2 {
		_, missing = fits("#x#x#", words[1])
	}
	if p.retried || p.stopped || !missing && !stumbles(key) {
		return nil
	}
	end := p.tok.start
	if p.src[word.start] == '[' { // a block of a table, divided by semicolons
		if n := strings.IndexAny(p.src[word.start:], "\n\r#"); n >= 0 {
			end = word.start + n
		} else {
			end = len(p.src)
		}
	}
	src := strings.TrimSpace(p.src[word.start:end])
	if len(src) > maxRetried || strings.ContainsAny(src, "{|") || hasReference(src) {
		return nil
	}
	line, sure := p.meant(src)
	if line == "" {
		return nil
	}
	q := p.attempt(line)
	receives := len(q.problems) > 0 && q.problems[0].Say.Key == catalog.TextCallReceives
	switch {
	case len(q.problems) > 0 && !receives, sure && !receives && !q.leaves():
		return nil
	}
	p.problems = p.problems[:problems]
	p.tok, p.last = scan(p.src, end), word.start+len(src)
	at := token{tokWord, word.start, p.last}
	switch {
	case !sure && !receives:
		p.fail(at, diag.New(catalog.TextLine, layer.Quote(src), line))
		return nil
	case len(q.problems) > 0:
		p.fail(at, q.problems[0])
		return nil
	}
	// The label goes to the layer that the words are about, which is not the input before it.
	labelled := 0
	if layer.InputKind.Is(q.nodes[0].(*arch.Leaf).Layer) && len(q.nodes) > 1 {
		labelled = 1
	}
	for i, n := range q.nodes {
		own := n.Head()
		if i == labelled {
			own.Label = h.Label
		}
		if i == 0 {
			own.Above = h.Above
		}
		own.ID = p.begin(word.start)
		p.end(own.ID)
	}
	p.before, p.after = q.nodes[:len(q.nodes)-1], nil
	return q.nodes[len(q.nodes)-1]
}

// stumbles reports whether a problem is one of words that are not of the notation, and
// not of a line that was understood and is wrong.
func stumbles(key catalog.Key) bool {
	return key == catalog.TextUnknownKind || key == catalog.TextKindNear || key == catalog.TextUnknownOption ||
		key == catalog.TextOptionNear || key == catalog.TextNoMain || key == catalog.TextThirdValue ||
		key == catalog.TextUnexpected || key == catalog.TextOptionTwice || key == catalog.TextNoBlock || key == catalog.BadValue
}

// maxRetried is the length of a statement that is tried again.
const maxRetried = 300

// An attempt is what one line reads as in a parser's place.
type attempt struct {
	nodes    []arch.Node
	problems []*diag.Diag
}

func (p *parser) attempt(line string) attempt {
	q := newParser(line)
	q.flow, q.count, q.retried = p.flow, p.count-1, true
	body, _ := q.stack(0, nil)
	return attempt{body, q.problems}
}

// leaves reports whether all nodes are layers, and there are some.
func (a attempt) leaves() bool {
	for _, n := range a.nodes {
		if _, ok := n.(*arch.Leaf); !ok {
			return false
		}
	}
	return len(a.nodes) > 0
}

var lookLike = strings.NewReplacer("(", " ", ")", " ", "'", "", `"`, "", "pointwise convolution", "pointwise",
	"pointwise conv", "pointwise")

// plain are signs of papers and pages in the notation's letters.
var plain = strings.NewReplacer("×", "x", "–", "-", "−", "-", "→", "->", "⟶", "->", "=>", "->")

// meant writes a statement in the notation, "" if it is not understood, and reports
// whether it can mean nothing else.
func (p *parser) meant(src string) (line string, sure bool) {
	written := src
	src = plain.Replace(lower(src))
	if p.first() {
		if line, sure := p.opening(src); line != "" {
			return line, sure
		}
	}
	if called := strings.LastIndex(written, ")("); called > 0 && isApplied(written[called+1:]) {
		return written[:called+1], true
	}
	src = sized(src)
	if rest, ok := strings.CutPrefix(src, "["); ok {
		rows, times, _ := cutLast(rest, "]")
		times = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(times), "x*"))
		if times != "" && !digits(times) {
			return "", false
		}
		return p.block(rows, times), false
	}
	if open := strings.Count(src, "(") - strings.Count(src, ")"); open > 0 {
		return written + strings.Repeat(")", open), false
	}
	sure = true
	var lines []string
	for _, part := range inOrder(src) {
		if q := p.attempt(part); len(q.problems) == 0 && q.leaves() {
			lines = append(lines, part)
			continue
		}
		more, certain := p.layers(lookLike.Replace(part))
		if more == nil {
			return "", false
		}
		lines, sure = append(lines, more...), sure && certain
	}
	return strings.Join(lines, "; "), sure
}

// cutLast is strings.Cut at the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// inOrder divides a line at its arrows and plus signs. An arrow between two numbers is
// from what comes in to what goes out.
func inOrder(src string) (parts []string) {
	src = strings.NewReplacer(" + ", "->", " > ", "->").Replace(src)
	for _, part := range strings.Split(src, "->") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if n := len(parts) - 1; n >= 0 {
			before, after := strings.Fields(parts[n]), strings.Fields(part)
			if digits(before[len(before)-1]) && digits(after[0]) {
				parts[n] += " " + part
				continue
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// hasReference reports whether a line has what only the notation has.
func hasReference(src string) bool {
	words := strings.Fields(lower(src))
	if slices.Contains(words, "as") || slices.Contains(words, "shares") {
		return true
	}
	_, label, ok := strings.Cut(src, "@")
	return ok && (label == "" || label[0] < '0' || label[0] > '9')
}

// block writes a cell of the tables of residual networks: [3x3, 64; 3x3, 64] x 3.
func (p *parser) block(rows, times string) string {
	var lines []string
	for _, row := range strings.FieldsFunc(rows, func(r rune) bool { return r == ';' || r == '\\' || r == ']' || r == '[' }) {
		if strings.TrimSpace(row) == "" {
			continue
		}
		more, _ := p.layers("paper conv " + row)
		if len(more) != 1 {
			return ""
		}
		lines = append(lines, more[0])
	}
	body := strings.Join(lines, "; ")
	switch {
	case len(lines) > 1:
		body = "add { " + strings.Join(lines, "; bn; relu; ") + "; bn | }; relu"
	case len(lines) == 0:
		return ""
	}
	if times == "" {
		return body
	}
	return "repeat " + times + " { " + body + " }"
}

// layers reads a line of words: each part between commas that names a layer begins one.
func (p *parser) layers(line string) (lines []string, sure bool) {
	sure = true
	var now *spoken
	write := func() bool {
		if now == nil {
			return true
		}
		more, certain := now.write(p.flow)
		lines, sure = append(lines, more), sure && certain
		return more != ""
	}
	for _, part := range strings.Split(line, ",") {
		words := named(part)
		at := slices.IndexFunc(words, func(w string) bool { return kindSaid(w) != nil || w == anyPool })
		if at >= 0 && now.full(words[at]) {
			if !write() {
				return nil, false
			}
			now = &spoken{before: at > 0}
		}
		if now == nil {
			now = &spoken{kind: layer.ConvKind.Kind(), implied: true, before: true} // 7x7, 64, stride 2
		}
		if !now.read(words) {
			return nil, false
		}
	}
	if !write() {
		return nil, false
	}
	return lines, sure
}
