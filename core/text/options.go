package text

import (
	"math/bits"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// longestName is the length of the longest name of a kind.
var longestName = func() int {
	n := 0
	for _, k := range layer.Kinds {
		for _, name := range append(k.Also, k.Name, k.Alias) {
			n = max(n, len(name))
		}
	}
	return n
}()

// head finds the kind of a statement's first word (in small letters), and where
// what is glued to it begins. An exact name goes before gluing, and a longer
// name before a shorter one: conv2d64 is conv2d 64.
func head(word string) (*layer.Kind, int) {
	if k := layer.ByName(word); k != nil {
		return k, len(word)
	}
	for i := min(len(word)-1, longestName); i > 0; i-- {
		if isLetter(word[i]) {
			continue // a main value begins with no letter
		}
		if k := layer.ByName(word[:i]); k != nil && k.Main() != nil {
			return k, i
		}
	}
	return nil, 0
}

// layer reads a layer or a join.
func (p *parser) layer(word token, h arch.Head, depth int) arch.Node {
	if n, ok := p.called(word, h); ok {
		return n
	}
	name := lower(p.text(word))
	k, glued := head(name)
	if k == nil {
		p.unknownKind(word)
		p.skip()
		return nil
	}
	o := options{p: p, kind: k, layer: k.New(), head: &h, word: word}
	ok := glued == len(name) || o.values(word, name, glued)
	for ok && !o.ended && p.tok.kind == tokWord {
		ok = o.option(p.next())
	}
	if !ok {
		p.skip()
		return nil
	}
	block := p.tok.kind == tokOpen
	var problem *diag.Diag
	switch {
	case p.tok.kind == tokColon:
		problem = diag.New(catalog.TextUnexpected, layer.Quote(":"))
	case k.Joins() && block && len(o.refs) > 0:
		problem = diag.New(catalog.TextRefsAndBlock, k.Name, "@"+o.refs[0].From)
	case k.Joins() && !block && len(o.refs) == 0 && k.Takes != layer.TakesPathsOrOne:
		p.fail(word, diag.New(catalog.TextNeedsPaths, k.Name))
		p.skip()
		return nil
	case k.Joins() && (block || len(o.refs) > 0) && (o.frozen || o.shares != ""):
		problem = diag.New(catalog.TextFrozenPaths, k.Name)
	case k.Joins() && (block || len(o.refs) > 0):
		return p.branch(h, o.layer, o.refs, depth)
	case block:
		problem = diag.New(catalog.TextNoBlock, k.Name)
	}
	if problem != nil {
		p.fail(p.tok, problem)
		p.skip()
		return nil
	}
	return o.finish(word)
}

// finish makes the statement of a layer, if it has all it needs.
func (o *options) finish(word token) arch.Node {
	k := o.kind
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Need && f.At(o.layer).Unset() {
			o.p.fail(word, diag.New(catalog.NeedsField, k.Name, f.Label(), example(k, f)).On(f.Name))
			o.p.after = nil
			return nil
		}
	}
	leaf := arch.NewLeaf(*o.head, o.layer, o.frozen)
	leaf.Shares = o.shares
	return leaf
}

// example writes how a field would be given.
func example(k *layer.Kind, f *layer.Field) string {
	value := f.Text(k.Default())
	switch {
	case f.Off != "":
		return f.Off
	case f.Need || value == "":
		value = layer.Example(f)
	}
	switch {
	case f.Main:
		return k.Name + " " + value
	case f.Short != "":
		return f.Short + value
	default:
		return f.Name + "=" + value
	}
}

// options collects what is said of one layer.
type options struct {
	p      *parser
	kind   *layer.Kind
	layer  layer.Layer
	head   *arch.Head
	word   token // the kind's
	ended  bool  // the next word begins another statement
	frozen bool
	shares string // the label whose weights the layer uses
	refs   []arch.Path
	given  uint64 // a bit for each field
}

// option reads one word behind the kind.
func (o *options) option(t token) bool {
	p := o.p
	word := lower(p.text(t))
	switch {
	case word[0] == '@':
		return o.ref(t)
	case word == "frozen" && (!o.kind.Joins() || o.kind.Takes == layer.TakesPathsOrOne):
		o.frozen = true
		return true
	case word == "shares" && (!o.kind.Joins() || o.kind.Takes == layer.TakesPathsOrOne):
		return o.sharing(t)
	case word == "as":
		return p.as(t, o.head)
	}
	if o.kind == layer.InputKind.Kind() && o.given == 0 {
		if done, ok := o.extents(t, word); done {
			return ok
		}
	}
	if i := strings.IndexByte(word, '='); i >= 0 {
		f := o.field(word[:i])
		if f == nil && (word[:i] == "activation" || word[:i] == "act") {
			return o.activation(word[i+1:], token{tokWord, t.start + i + 1, t.end})
		}
		if f == nil {
			return o.unknown(token{tokWord, t.start, t.start + i})
		}
		return o.set(f, word[i+1:], token{tokWord, t.start + i + 1, t.end})
	}
	for i := range o.kind.Fields {
		f := &o.kind.Fields[i]
		if f.Off == word {
			// The word says it all, unless it is the switch's own name and
			// on or off follows.
			if f.Name == word && p.tok.kind == tokWord && isOnOff(lower(p.text(p.tok))) {
				v := p.next()
				return o.set(f, lower(p.text(v)), v)
			}
			return o.set(f, opposite(f.Text(o.kind.Default())), t)
		}
	}
	if f := o.field(word); f != nil {
		if p.tok.kind != tokWord {
			p.fail(t, diag.New(catalog.TextNoValue, word, example(o.kind, f)))
			return false
		}
		v := p.next()
		return o.set(f, lower(p.text(v)), v)
	}
	if !isLetter(word[0]) {
		return o.unnamed(t, word)
	}
	if done, ok := o.follows(t, word); done {
		return ok
	}
	return o.values(t, word, 0)
}

// sharing reads the label behind shares.
func (o *options) sharing(word token) bool {
	p := o.p
	if o.shares != "" {
		p.fail(word, diag.New(catalog.TextOptionTwice, "shares"))
		return false
	}
	if p.tok.kind != tokWord || p.src[p.tok.start] != '@' {
		p.fail(word, diag.New(catalog.TextNoValue, "shares", "shares @conv1"))
		return false
	}
	ok := false
	o.shares, ok = p.ref(p.next())
	return ok
}

func (o *options) ref(t token) bool {
	if !o.kind.Joins() {
		o.p.fail(t, diag.New(catalog.TextRefOutside, layer.Quote(o.p.text(t))))
		return false
	}
	label, ok := o.p.ref(t)
	path := arch.Path{ID: o.p.begin(t.start), From: label}
	o.p.end(path.ID)
	o.refs = append(o.refs, path)
	return ok
}

func isOnOff(s string) bool {
	switch s {
	case "on", "off", "true", "false", "yes", "no":
		return true
	}
	return false
}

func opposite(s string) string {
	if s == "on" {
		return "off"
	}
	return "on"
}

// field finds a field by its long or short name.
func (o *options) field(name string) *layer.Field {
	if name == "" {
		return nil
	}
	return o.kind.Field(name)
}

// values reads a word of values from an offset on: the main value, short
// options, or both run together.
func (o *options) values(t token, word string, at int) bool {
	if !isLetter(word[at]) {
		main := o.kind.Main()
		if main == nil {
			o.p.fail(t, diag.New(catalog.TextNoMain, o.kind.Name, layer.Quote(word[at:]), o.known()))
			return false
		}
		end := valueEnd(word, at)
		if !o.set(main, word[at:end], token{tokWord, t.start + at, t.start + end}) {
			return false
		}
		at = end
	}
	for at < len(word) {
		f := o.short(word[at:])
		if f == nil {
			return o.unknown(token{tokWord, t.start + at, t.end})
		}
		from := at + len(f.Short)
		end := valueEnd(word, from)
		for _, rule := range layer.PadRules {
			if strings.HasPrefix(word[from:], rule) {
				end = from + len(rule)
			}
		}
		if end == from {
			return o.unknown(token{tokWord, t.start + at, t.end})
		}
		if !o.set(f, word[from:end], token{tokWord, t.start + from, t.start + end}) {
			return false
		}
		at = end
	}
	return true
}

// short returns the field whose short name s begins with.
func (o *options) short(s string) *layer.Field {
	for i := range o.kind.Fields {
		if f := &o.kind.Fields[i]; f.Short != "" && strings.HasPrefix(s, f.Short) {
			return f
		}
	}
	return nil
}

// valueEnd returns where a value ends that runs together with short options:
// before the next letter that is neither an x between sizes nor the e of an
// exponent. No short name begins with one of these two.
func valueEnd(word string, from int) int {
	for i := from; i < len(word); i++ {
		switch {
		case !isLetter(word[i]), word[i] == 'x', word[i] == 'e' && i > from && exponent(word[i+1:]):
		default:
			return i
		}
	}
	return len(word)
}

// exponent reports whether s begins with the exponent of a number, after its e.
func exponent(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// set writes a field, once.
func (o *options) set(f *layer.Field, value string, at token) bool {
	for i := range o.kind.Fields {
		if &o.kind.Fields[i] != f {
			continue
		}
		bit := bits.RotateLeft64(1, i)
		if o.given&bit != 0 {
			o.p.fail(at, diag.New(catalog.TextOptionTwice, f.Label()).On(f.Name))
			return false
		}
		o.given |= bit
	}
	if _, ok := f.At(o.layer).(*layer.Word); ok {
		value = o.p.text(at) // a name keeps its capitals
	}
	// o.layer was made here, so it may be written in place.
	if d := f.At(o.layer).Parse(value); d != nil {
		o.p.fail(at, d.On(f.Name))
		return false
	}
	return true
}

// known lists what the kind takes.
func (o *options) known() string {
	var names []string
	for i := range o.kind.Fields {
		f := &o.kind.Fields[i]
		switch {
		case f.Off != "":
			names = append(names, f.Off)
		case f.Short != "":
			names = append(names, f.Short+" ("+f.Name+")")
		default:
			names = append(names, f.Name)
		}
	}
	if o.kind.Learns {
		names = append(names, "frozen", "shares")
	}
	return strings.Join(append(names, "as"), ", ")
}
