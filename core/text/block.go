package text

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// repeat reads what follows the word repeat: how often, and the block.
func (p *parser) repeat(word token, glued string, h arch.Head, depth int) arch.Node {
	at, times, got := word, glued, any(layer.Quote(glued))
	if glued == "" {
		at, got = p.tok, p.here()
		if at.kind == tokWord {
			times = p.text(p.next())
		}
	}
	n, err := strconv.ParseInt(times, 10, 64)
	if err != nil || n < 1 || n > arch.MaxTimes {
		p.fail(at, diag.New(catalog.TextNeedsTimes, got, num.Of(arch.MaxTimes).Grouped()))
		p.skip()
		return nil
	}
	shared := false
	for p.tok.kind == tokWord {
		t := p.next()
		switch name := lower(p.text(t)); {
		case name == "shared" && !shared:
			shared = true
		case name == "as" && p.as(t, &h):
		default:
			if name != "as" { // as has said what is wrong
				p.fail(t, diag.New(catalog.TextNeedsBrace, "repeat "+strconv.FormatInt(n, 10), layer.Quote(p.text(t))))
			}
			p.skip()
			return nil
		}
	}
	if p.tok.kind != tokOpen {
		p.fail(p.tok, diag.New(catalog.TextNeedsBrace, "repeat "+strconv.FormatInt(n, 10), p.here()))
		p.skip()
		return nil
	}
	open := p.next()
	if !p.opens(open, depth, &h) {
		return nil
	}
	body, tail := p.stack(depth+1, nil)
	if !p.closes(open) {
		return nil
	}
	r := arch.NewRepeat(h, n, body, tail)
	r.Shared = shared
	return r
}

// again reads the second use of what has a label: again @tower.
func (p *parser) again(word token, h arch.Head) arch.Node {
	of := ""
	for p.tok.kind == tokWord {
		t := p.next()
		switch name := p.text(t); {
		case name[0] == '@' && of == "":
			label, ok := p.ref(t)
			if !ok {
				p.skip()
				return nil
			}
			of = label
		case lower(name) == "as":
			if !p.as(t, &h) {
				p.skip()
				return nil
			}
		default:
			p.fail(t, diag.New(catalog.TextUnexpected, layer.Quote(name)))
			p.skip()
			return nil
		}
	}
	if of == "" {
		p.fail(word, diag.New(catalog.TextNoValue, "again", "again @conv1"))
		p.skip()
		return nil
	}
	return arch.NewAgain(h, of)
}

// as reads the label behind the word as.
func (p *parser) as(word token, h *arch.Head) bool {
	switch {
	case h.Label != "":
		p.fail(word, diag.New(catalog.TextOptionTwice, "as"))
		return false
	case p.tok.kind != tokWord:
		p.fail(word, diag.New(catalog.TextNoValue, "as", "as conv1"))
		return false
	}
	return p.label(p.next(), h)
}

// here names the next token in a sentence.
func (p *parser) here() any {
	switch p.tok.kind {
	case tokEnd, tokLine, tokComment:
		return catalog.TextEndOfLine
	default:
		return layer.Quote(p.text(p.tok))
	}
}

// opens begins a block: not too deep, and a comment behind the { belongs to the
// block's statement.
func (p *parser) opens(open token, depth int, h *arch.Head) bool {
	p.flow = flow{} // what enters depends on the repetition, or the path
	if depth >= arch.MaxDepth {
		p.stop()
		p.fail(open, diag.New(catalog.TextTooDeep, arch.MaxDepth))
		return false
	}
	if p.tok.kind == tokComment {
		behind(h, cleanComment(strings.TrimLeft(p.text(p.next()), "#")))
	}
	return true
}

// closes ends a block.
func (p *parser) closes(open token) bool {
	if p.tok.kind != tokClose {
		if !p.stopped {
			p.stop()
			p.fail(open, diag.New(catalog.TextUnclosed))
		}
		return false
	}
	p.next()
	if !p.tok.ends() {
		p.fail(p.tok, diag.New(catalog.TextBehindBlock, layer.Quote(p.text(p.tok))))
		p.skip()
	}
	return true
}

// branch reads the paths of a join: a block, or references.
func (p *parser) branch(h arch.Head, join layer.Layer, refs []arch.Path, depth int) arch.Node {
	if p.tok.kind != tokOpen {
		if join.Kind().Takes != layer.TakesLabel {
			refs = append([]arch.Path{{ID: p.begin(p.last)}}, refs...)
		}
		return arch.NewBranch(h, join, refs)
	}
	open := p.next()
	if !p.opens(open, depth, &h) {
		return nil
	}
	var paths []arch.Path
	for {
		path := arch.Path{ID: p.begin(p.last)}
		path.Body, path.Tail = p.stack(depth+1, &path.From)
		p.end(path.ID)
		paths = append(paths, path)
		if p.tok.kind != tokBar {
			break
		}
		p.next()
	}
	if !p.closes(open) {
		return nil
	}
	return arch.NewBranch(h, join, paths)
}
