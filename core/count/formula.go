package count

import (
	"strconv"
	"strings"

	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A Token is one piece of a formula: a number, or the sign between two.
type Token struct {
	Text   string
	Role   layer.Role
	Factor *layer.Factor // what the number repeats; nil for signs
	Part   *tensor.Dim   // the extent this number is, when the factor is made of several
	From   diag.NodeID   // the node the number comes from, 0 if it is this layer's own
}

// Formula writes the parameters of a layer as a sum of products in the trade's
// order: 11·11·3·96 + 96. Empty if it has none.
func Formula(weights []layer.Weight, style Style) []Token {
	var t tokens
	for i := range weights {
		w := &weights[i]
		if !style.Counts(w) {
			continue
		}
		if len(t) > 0 {
			t.sign(" + ")
		}
		t.term(w.Factors, style)
	}
	return t
}

// Formula writes the parameters that a row itself declares and, where some are
// those of another layer, whose: 64 + @wte.
func (r *Report) Formula(row *Row, style Style) []Token {
	own := make([]layer.Weight, 0, len(row.Weights))
	for _, w := range row.Weights {
		if !w.Shared() {
			own = append(own, w)
		}
	}
	t := tokens(Formula(own, style))
	if len(own) == len(row.Weights) {
		return t
	}
	if len(t) > 0 {
		t.sign(" + ")
	}
	t.sign("@" + r.Name(row.SharesWith))
	return t
}

// Compute writes the multiply-accumulates of a layer: weights × positions.
func Compute(macs layer.Sum, style Style) []Token {
	var t tokens
	for i, term := range macs {
		if i > 0 {
			t.sign(" + ")
		}
		t.term(term, style)
	}
	return t
}

// Text returns a formula as plain text.
func Text(formula []Token) string {
	var b strings.Builder
	for _, t := range formula {
		b.WriteString(t.Text)
	}
	return b.String()
}

type tokens []Token

func (t *tokens) sign(s string) { *t = append(*t, Token{Text: s}) }

func (t *tokens) term(term layer.Term, style Style) {
	if *t == nil {
		*t = make(tokens, 0, 2*len(term)+2)
	}
	if len(term) == 0 {
		t.sign("1") // a single number
	}
	for i := range term {
		if i > 0 {
			t.sign("·")
		}
		t.factor(&term[i], style, len(term) > 1)
	}
}

// factor writes one factor: its number, or the product it is written as, in
// parentheses if it is one of several.
func (t *tokens) factor(f *layer.Factor, style Style, among bool) {
	token := Token{Role: f.Role, Factor: f}
	if f.Field == "" && f.Dim != nil {
		token.From = f.Dim.From
	}
	if f.N < 0 {
		token.Text = "?"
		*t = append(*t, token)
		return
	}
	var pieces []Token
	if f.Dim != nil && f.Div <= 1 && f.Role != layer.RoleBias && f.Role != layer.RoleChannels {
		pieces = spell(f.Dim, token, style)
	}
	if len(pieces) == 0 || len(pieces) == 1 && !pieces[0].product() {
		token.Text = strconv.FormatInt(f.N, 10)
		*t = append(*t, token)
		return
	}
	if among {
		t.sign("(")
	}
	for i, p := range pieces {
		if i > 0 {
			t.sign("·")
		}
		*t = append(*t, p)
	}
	if among {
		t.sign(")")
	}
}

// extent returns the extent that a number of a formula is, whole, nil if it is none
// or only a part of one.
func (t *Token) extent() *tensor.Dim {
	switch f := t.Factor; {
	case t.Part != nil:
		return t.Part
	case f != nil && f.Div <= 1:
		return f.Dim
	}
	return nil
}

// product reports whether the token is an extent written as a product: 48·2, which is
// one number of the formula.
func (t *Token) product() bool {
	d := t.extent()
	return d != nil && !d.Written.IsPlain() && t.Text == d.Written.Join("·")
}

// spell writes an extent as the numbers it is made of: the map it was flattened
// from, the product its author wrote. Ones say nothing and are left out.
func spell(d *tensor.Dim, like Token, style Style) []Token {
	var out []Token
	if len(d.Parts) > 0 {
		if style.Flat {
			return nil
		}
		for i := range d.Parts {
			part := &d.Parts[i]
			if part.N == 1 {
				continue
			}
			piece := like
			piece.Part, piece.From = part, part.From
			if i < len(d.Parts)-1 {
				piece.Role = layer.RoleSpatial
			}
			out = append(out, whole(part, piece, style)...)
		}
		return out
	}
	return whole(d, like, style)
}

// whole writes an extent by its parts, or as its author wrote it.
func whole(d *tensor.Dim, like Token, style Style) []Token {
	if len(d.Parts) > 0 {
		return spell(d, like, style)
	}
	like.Text = strconv.FormatInt(d.N, 10)
	if !d.Written.IsPlain() {
		like.Text = d.Written.Join("·")
	}
	return []Token{like}
}
