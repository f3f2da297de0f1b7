package text

import (
	"strings"
	"unicode/utf8"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A File is a text that was read: the model, and the places of its nodes and paths.
type File struct {
	Model arch.Model
	Spans map[arch.ID]diag.Span
}

// Parse reads a stack text. It returns all problems it finds (up to 50); the
// model holds the statements that could be read, and is to be used only if no
// problem is an error.
func Parse(src string) (*File, []*diag.Diag) {
	p := newParser(src)
	body, tail := p.stack(0, nil)
	f := &File{Model: arch.New(p.name, body, tail), Spans: make(map[arch.ID]diag.Span, len(p.spans))}
	p.place(body, f.Model.Body, f.Spans)
	return f, p.problems
}

// ParseNodes reads statements that are to be put into a model. The IDs of the
// nodes mean nothing.
func ParseNodes(src string) ([]arch.Node, []*diag.Diag) {
	p := newParser(src)
	body, _ := p.stack(0, nil)
	return body, p.problems
}

// CheckLabel says what is wrong with a label for a node of m, nil if nothing.
// No label at all is right.
func CheckLabel(m arch.Model, id arch.ID, label string) *diag.Diag {
	if label == "" {
		return nil
	}
	if !isLabel(label) {
		return diag.New(catalog.TextBadLabel, layer.Quote(label))
	}
	taken := false
	m.Walk(func(n arch.Node) { taken = taken || (n.Head().Label == label && n.Head().ID != id) })
	if taken {
		return diag.New(catalog.TextLabelTaken, layer.Quote(label))
	}
	return nil
}

type parser struct {
	src      string
	tok      token // the next one
	last     int   // where the last one of a statement ends
	name     string
	named    bool
	labels   map[string]int // the place of each
	spans    []diag.Span    // a node's ID, until the model gives it one, is its place here
	before   []arch.Node    // what a statement states beside itself: the input of a first layer
	after    []arch.Node    // and the activation behind it
	flow     flow
	count    int
	problems []*diag.Diag
	stopped  bool
	retried  bool // this is a statement that is read again: not a third time
}

func newParser(src string) *parser {
	p := &parser{src: src, labels: map[string]int{}}
	switch {
	case len(src) > MaxBytes:
		p.stop()
		p.fail(token{}, diag.New(catalog.TextTooLong, num.Of(int64(len(src))).Grouped(), num.Of(MaxBytes).Grouped()))
	case !utf8.ValidString(src):
		bad := strings.IndexFunc(src, func(r rune) bool { return r == utf8.RuneError })
		p.stop()
		p.fail(token{tokWord, bad, bad + 1}, diag.New(catalog.TextBadBytes, num.Of(int64(bad)+1).Grouped()))
	default:
		p.tok = scan(src, 0)
	}
	return p
}

func (p *parser) next() token {
	t := p.tok
	if p.stopped {
		return t
	}
	switch t.kind {
	case tokLine, tokSemi, tokComment:
	default:
		p.last = t.end
	}
	p.tok = scan(p.src, t.end)
	return t
}

// stop ends the reading: nothing more is known.
func (p *parser) stop() {
	p.stopped = true
	p.tok = token{tokEnd, len(p.src), len(p.src)}
}

func (p *parser) text(t token) string { return p.src[t.start:t.end] }

func (p *parser) fail(at token, d *diag.Diag) {
	d.Span = at.span()
	if p.problems = append(p.problems, d); len(p.problems) >= maxProblems {
		p.stop()
	}
}

// begin gives a node or a path its number.
func (p *parser) begin(start int) arch.ID {
	p.spans = append(p.spans, diag.Span{Start: start, End: start})
	return arch.ID(len(p.spans))
}

func (p *parser) end(id arch.ID) {
	s := &p.spans[id-1]
	s.End = max(s.Start, p.last)
}

// place maps the spans to the IDs that the model gave.
func (p *parser) place(parsed, kept []arch.Node, spans map[arch.ID]diag.Span) {
	for i, n := range parsed {
		spans[kept[i].Head().ID] = p.spans[n.Head().ID-1]
		switch n := n.(type) {
		case *arch.Leaf:
		case *arch.Repeat:
			p.place(n.Body, kept[i].(*arch.Repeat).Body, spans)
		case *arch.Branch:
			paths := kept[i].(*arch.Branch).Paths
			for j := range n.Paths {
				spans[paths[j].ID] = p.spans[n.Paths[j].ID-1]
				p.place(n.Paths[j].Body, paths[j].Body, spans)
			}
		default:
			panic(unknownNode(n))
		}
	}
}

// stack reads statements up to the end of the block, and the comments behind
// the last of them. In a path of a join, from is where the path's reference goes.
func (p *parser) stack(depth int, from *string) ([]arch.Node, []string) {
	var body []arch.Node
	var above []string
	alone := true // whether a comment would have its line to itself
	for {
		switch p.tok.kind {
		case tokEnd:
			return body, above
		case tokClose:
			if depth > 0 {
				return body, above
			}
			p.fail(p.next(), diag.New(catalog.TextUnopened))
		case tokBar:
			if from != nil {
				return body, above
			}
			p.fail(p.next(), diag.New(catalog.TextBarOutside))
		case tokLine:
			alone = true
			p.next()
		case tokSemi:
			p.next()
		case tokComment:
			comment := cleanComment(strings.TrimLeft(p.text(p.next()), "#"))
			if !alone && len(body) > 0 && len(above) == 0 {
				behind(body[len(body)-1].Head(), comment)
			} else {
				above = append(above, comment)
			}
		default:
			alone = false
			if from != nil && *from == "" && len(body) == 0 && p.src[p.tok.start] == '@' {
				*from, _ = p.ref(p.next())
			} else if n := p.statement(depth, above); n != nil {
				from := len(body)
				body, above = append(append(append(body, p.before...), n), p.after...), nil
				p.before, p.after = nil, nil
				for _, n := range body[from:] {
					p.flow = p.flow.through(n)
				}
			}
		}
	}
}

// behind adds a comment behind a statement, which is not yet in a model.
func behind(h *arch.Head, comment string) {
	h.After = strings.TrimSpace(h.After + " " + comment)
}

// ref reads a word such as @enc1.
func (p *parser) ref(t token) (string, bool) {
	label := p.text(t)[1:]
	if !isLabel(label) {
		p.fail(t, diag.New(catalog.TextBadLabel, layer.Quote(label)))
		return label, false
	}
	return label, true
}

// statement reads one statement; nil if there is none or it cannot be read.
func (p *parser) statement(depth int, above []string) arch.Node {
	first := p.tok
	if p.count++; p.count > MaxStatements {
		p.stop()
		p.fail(first, diag.New(catalog.TextTooMany, num.Of(MaxStatements).Grouped()))
		return nil
	}
	h := arch.Head{Above: above}
	word := p.next()
	if word.kind == tokWord && p.tok.kind == tokColon && p.introduces(word) {
		p.next()
	} else if word.kind == tokWord && p.tok.kind == tokColon {
		p.next()
		if !p.label(word, &h) {
			p.skip()
			return nil
		}
		if p.tok.kind != tokWord {
			p.fail(word, diag.New(catalog.TextNeedsLayer, p.text(word)))
			p.skip()
			return nil
		}
		word = p.next()
	}
	if word.kind != tokWord {
		p.fail(word, diag.New(catalog.TextUnexpected, layer.Quote(p.text(word))))
		p.skipFrom(word)
		return nil
	}
	name := lower(p.text(word))
	switch {
	case name == "name" && h.Label == "":
		p.naming(word, depth)
		return nil
	case name[0] == '@':
		p.fail(word, diag.New(catalog.TextRefOutside, layer.Quote(p.text(word))))
		p.skip()
		return nil
	}
	h.ID = p.begin(first.start)
	p.before, p.after = nil, nil
	var n arch.Node
	if times, ok := strings.CutPrefix(name, "repeat"); ok && (times == "" || times[0] >= '0' && times[0] <= '9') {
		n = p.repeat(word, times, h, depth)
	} else if name == "again" {
		n = p.again(word, h)
	} else {
		problems := len(p.problems)
		if n = p.layer(word, h, depth); n == nil && len(p.problems) > problems {
			n = p.retry(word, h, problems)
		}
	}
	if n != nil && n.Head().ID != h.ID {
		return n // read again, with places of its own
	}
	p.end(h.ID)
	return n
}

// label takes a word as the label of a statement.
func (p *parser) label(word token, h *arch.Head) bool {
	name := p.text(word)
	if !isLabel(name) {
		p.fail(word, diag.New(catalog.TextBadLabel, layer.Quote(name)))
		return false
	}
	if at, taken := p.labels[name]; taken {
		line, column := Position(p.src, at)
		p.fail(word, diag.New(catalog.TextLabelTwice, layer.Quote(name), line, column))
		return false
	}
	p.labels[name] = word.start
	h.Label = name
	return true
}

// naming reads the rest of a name statement.
func (p *parser) naming(word token, depth int) {
	end := len(p.src)
	if n := strings.IndexAny(p.src[word.end:], ";\n\r#"); n >= 0 {
		end = word.end + n
	}
	value := cleanName(p.src[word.end:end])
	n := utf8.RuneCountInString(value)
	switch at := (token{tokWord, word.start, end}); {
	case depth > 0:
		p.fail(at, diag.New(catalog.TextNameInside))
	case p.named:
		p.fail(at, diag.New(catalog.TextNameTwice))
	case n > MaxName:
		p.fail(at, diag.New(catalog.TextNameTooLong, n, MaxName))
	default:
		p.name, p.named = value, true
	}
	if !p.stopped {
		p.last, p.tok = end, scan(p.src, end)
	}
}

// skip goes on behind a statement that cannot be read, block and all.
func (p *parser) skip() {
	depth := 0
	for p.tok.kind != tokEnd {
		switch p.tok.kind {
		case tokOpen:
			depth++
		case tokClose:
			if depth == 0 {
				return
			}
			depth--
		case tokLine, tokSemi, tokBar:
			if depth == 0 {
				return
			}
		}
		p.next()
	}
}

// skipFrom is skip for a statement whose token t was taken already.
func (p *parser) skipFrom(t token) {
	if t.kind == tokOpen && !p.stopped {
		p.tok = t
	}
	p.skip()
}
