package text

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// What people try before they know the notation is read where it can mean one
// thing only: conv 20 3x3, conv 20 k3 same, dense 10 relu, input 1 28 28. Format
// writes it as the notation has it.

// unnamed takes a value without a name. The second one of a convolution is its
// kernel and that of a pool its stride, as in PyTorch and in Keras.
func (o *options) unnamed(t token, word string) bool {
	main := o.kind.Main()
	if main == nil || !o.taken(main) {
		return o.values(t, word, 0)
	}
	next := o.kind.Field("kernel")
	if next == main {
		next = o.kind.Field("stride")
	}
	switch size, isSize := o.mainSize(); {
	case next == nil || o.kind.Group != layer.GroupConv && o.kind.Group != layer.GroupPool &&
		o.kind.Group != layer.GroupRecurrent:
		return o.values(t, word, 0)
	case o.taken(next):
		o.p.fail(t, diag.New(catalog.TextThirdValue, o.kind.Name, layer.Quote(word), o.soFar()))
		return false
	case isSize && valueEnd(word, 0) == len(word) && !strings.ContainsAny(word, "x×*"):
		// conv 3x3 64: the kernel was written first.
		layer.Reset(main, o.layer)
		o.given = 0
		return o.set(next, size, t) && o.set(main, word, t)
	}
	end := valueEnd(word, 0)
	if l, ok := o.layer.(*layer.Conv); ok && l.Filters.Value() == o.p.flow.n && digits(word) && number(word) > l.Filters.Value() {
		// conv 3 64 behind 3 channels: the filters, not the kernel.
		o.p.fail(t, diag.New(catalog.TextThirdValue, o.kind.Name, layer.Quote(word), o.soFar()))
		return false
	}
	if !o.set(next, word[:end], token{tokWord, t.start, t.start + end}) {
		return false
	}
	return end == len(word) || o.values(t, word, end)
}

// mainSize returns the main value of a convolution if it was written as sizes are:
// 3x3, where a number of filters would be 9 or 3*3.
func (o *options) mainSize() (string, bool) {
	for t := scan(o.p.src, o.word.start); t.kind == tokWord && t.end <= o.p.last; t = scan(o.p.src, t.end) {
		word := strings.ReplaceAll(lower(o.p.text(t)), "×", "x")
		if a, b, ok := strings.Cut(word, "x"); ok && o.kind.Group == layer.GroupConv && a == b && a != "" && !isLetter(a[0]) {
			return word, true
		}
	}
	return "", false
}

// follows reads a word that is no option of the kind as what it names: a rule of
// padding, the activation behind the layer, or the next layer.
func (o *options) follows(t token, word string) (done, ok bool) {
	if f := o.kind.Field("padding"); f != nil && slices.Contains(layer.PadRules[:], word) {
		return true, o.set(f, word, t)
	}
	if word == "activation" || word == "act" {
		if o.p.tok.kind != tokWord {
			return false, false
		}
		v := o.p.next()
		return true, o.activation(lower(o.p.text(v)), v)
	}
	k := layer.ByName(word)
	if k == nil || k.Joins() || k.Takes == layer.TakesNone || word == k.Alias && len(word) < 3 || o.kind.Joins() ||
		o.kind.Takes == layer.TakesNone {
		return false, false
	}
	if k.Group == layer.GroupActivation {
		return true, o.activation(word, t)
	}
	o.p.tok, o.ended = t, true
	return true, true
}

// activation adds the activation that is written behind a layer.
func (o *options) activation(word string, t token) bool {
	p := o.p
	word = strings.Trim(word, `"'`)
	if word == "none" {
		return true
	}
	k := layer.ByName(word)
	if k == nil || k.Group != layer.GroupActivation || k.Joins() {
		p.fail(t, diag.New(catalog.TextUnknownKind, layer.Quote(word)))
		return false
	}
	id := p.begin(t.start)
	a := options{p: p, kind: k, layer: k.New(), head: &arch.Head{ID: id}}
	if p.tok.kind == tokWord && k.Main() != nil && !isLetter(p.src[p.tok.start]) && p.src[p.tok.start] != '@' {
		v := p.next()
		if !a.set(k.Main(), lower(p.text(v)), v) {
			return false
		}
	}
	p.end(id)
	n := a.finish(t)
	if n == nil {
		return false
	}
	p.after = append(p.after, n)
	return true
}

// taken reports whether a field was given.
func (o *options) taken(f *layer.Field) bool {
	for i := range o.kind.Fields {
		if &o.kind.Fields[i] == f {
			return o.given&(1<<i) != 0
		}
	}
	return false
}

// soFar writes the line as it is understood, with a stride for what is too much.
func (o *options) soFar() string {
	words := []string{o.kind.Name}
	for i := range o.kind.Fields {
		f := &o.kind.Fields[i]
		switch value := f.Text(o.layer); {
		case f.Name == "stride" && !o.taken(f):
			words = append(words, "s2")
		case !o.taken(f):
		case f.Main:
			words = append(words, value)
		case f.Short != "":
			words = append(words, f.Short+value)
		}
	}
	return strings.Join(words, " ")
}

// line writes a layer of a kind with what it needs: conv 64 k3.
func line(k *layer.Kind) string {
	words := []string{k.Name}
	for i := range k.Fields {
		switch f := &k.Fields[i]; {
		case f.Main:
			words = append(words, layer.Example(f))
		case f.Need:
			words = append(words, f.Short+layer.Example(f))
		}
	}
	return strings.Join(words, " ")
}
