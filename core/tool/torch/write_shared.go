package torch

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/pycode"
)

// owner returns the attribute of the layer whose weights a leaf shares, and its row;
// none if that is no layer of this class.
func (s *scope) owner(n *arch.Leaf) attribute {
	if source := s.places[n.Shares]; source != nil {
		return s.made[source.Where+"/"+strconv.Itoa(int(source.Row.ID))]
	}
	return attribute{}
}

// sameLayer returns the attribute that a leaf can use itself, "" if there is none:
// it shares all its weights with a layer that is written in the same way.
func sameLayer(s *scope, row *count.Row) string {
	n, ok := row.Node.(*arch.Leaf)
	if !ok || n.Shares == "" || !row.SharesAll() {
		return ""
	}
	owner := s.owner(n)
	if owner.name == "" || len(owner.first) != 1 || owner.first[0].Kind() != row.Kind() || !s.w.alike(row, owner.first[0]) {
		return ""
	}
	return owner.name
}

// tie makes a layer use the tensors of another one.
func tie(s *scope, row *count.Row, name string) {
	n, ok := row.Node.(*arch.Leaf)
	if !ok || n.Shares == "" {
		return
	}
	owner := s.owner(n)
	// a free tensor, or not a layer
	if owner.name == "" || len(owner.first) != 1 || !s.bind(row, name, owner.first[0], owner.name) {
		noTie(s, row, diag.New(catalog.ExportNoTie, row.Name, layer.Quote(n.Shares), s.w.label()),
			row.Name+" shares weights with "+n.Shares)
	}
}

// noTie puts an error where weights cannot be shared.
func noTie(s *scope, row *count.Row, d *diag.Diag, why string) {
	s.w.problem(row, d)
	s.class.Inits = append(s.class.Inits, pycode.Init{Text: "raise NotImplementedError(" + pycode.Quoted(why) + ")"})
}

// bind assigns the shared tensors of a layer from those of another one; false if
// its code does not show where they are.
func (s *scope) bind(row *count.Row, name string, from *count.Row, owner string) bool {
	to, ok := row.Node.(*arch.Leaf)
	source, fine := from.Node.(*arch.Leaf)
	if !ok || !fine || row.Broken() || from.Broken() {
		return false
	}
	code, old := s.w.code(row, to.Layer), s.w.code(from, source.Layer)
	var lines []pycode.Init
	for i := range row.Weights {
		w := &row.Weights[i]
		if !w.Shared() {
			continue
		}
		a, ok := code.place(w.Name)
		b, fine := old.place(w.TiedTo)
		if !ok || !fine {
			return false
		}
		lines = append(lines, pycode.Init{Text: "self." + name + a + " = self." + owner + b})
	}
	s.class.Inits = append(s.class.Inits, lines...)
	return true
}

// heldAs maps the tensors of helpers that have another name in torch.nn.
var heldAs = map[string]map[string]string{
	"ConvLSTM": {"weight_ih": "input.weight", "weight_hh": "state.weight", "bias": "input.bias"},
	"GroupedAttention": {"q_proj_weight": "q_proj.weight", "k_proj_weight": "k_proj.weight",
		"v_proj_weight": "v_proj.weight", "in_proj_bias": ""},
}

// place returns where a tensor is in the code of a layer, as an expression behind
// its attribute; false if there is no such place.
func (code layerCode) place(tensor string) (string, bool) {
	at := 0
	for i, c := range code.modules {
		if !strings.Contains(c.Func, "Pad") {
			at = i // what cells are added before, or cut off behind
			break
		}
	}
	if part, rest, ok := strings.Cut(tensor, "wise."); ok { // a separable convolution is two
		if tensor = rest; part == "point" {
			at = len(code.modules) - 1
		}
	} else if tensor == "bias" && len(code.modules) > at+1 && strings.Contains(code.modules[at+1].Func, "Conv") {
		at++
	}
	if len(code.modules) == 0 || code.modules[at].Func == "Missing" {
		return "", false
	}
	path := ""
	if len(code.modules) > 1 {
		path = "[" + strconv.Itoa(at) + "]"
	}
	if name, ok := heldAs[code.modules[at].Func][tensor]; ok {
		if tensor = name; tensor == "" {
			return "", false // several
		}
	}
	if code.modules[at].Func == "Both" {
		tensor = "rnn." + tensor
	}
	for part := range strings.SplitSeq(tensor, ".") {
		if _, err := strconv.Atoi(part); err == nil {
			path += "[" + part + "]"
		} else {
			path += "." + part
		}
	}
	return path, true
}

// alike reports whether the code of a row can serve another one, which may have
// another shape: padding by a rule, for one, depends on the size.
func (w *program) alike(a, b *count.Row) bool {
	if a.Form != b.Form || len(a.Children) != len(b.Children) {
		return false
	}
	l, m := layerOf(a), layerOf(b)
	if l != nil && m != nil && len(a.In) > 0 && len(b.In) > 0 {
		x, y := w.code(a, l), w.code(b, m)
		if x.call != y.call || len(x.modules) != len(y.modules) {
			return false
		}
		for i, c := range x.modules {
			if d := *y.modules[i]; strings.TrimSuffix(c.Text(), c.Behind) != strings.TrimSuffix(d.Text(), d.Behind) {
				return false
			}
		}
	}
	for i := range a.Children {
		if !w.alike(a.Children[i], b.Children[i]) {
			return false
		}
	}
	return true
}

// layerOf returns the layer of a leaf, or the join of a branch.
func layerOf(row *count.Row) layer.Layer {
	switch n := row.Node.(type) {
	case *arch.Leaf:
		return n.Layer
	case *arch.Branch:
		if row.Form == count.FormBranch {
			return n.Join
		}
	}
	return nil
}

// A use is a call of an attribute, and the last row that it represents.
type use struct {
	name string
	last *count.Row
}

// usedAgain returns how rows are called that have an attribute already: by it or,
// where the code is another one at this size, by modules of their own that have the
// same weights.
func usedAgain(s *scope, rows []*count.Row, old attribute) []use {
	same := len(rows) == len(old.first)
	for i := range rows {
		same = same && s.w.alike(rows[i], old.first[i])
	}
	if same {
		return []use{{old.name, rows[len(rows)-1]}}
	}
	uses := make([]use, len(rows))
	for i, row := range rows {
		part := old.name
		if len(old.first) > 1 {
			part += "[" + strconv.Itoa(i) + "]"
		}
		uses[i] = use{part, row}
		if i < len(old.first) && !s.w.alike(row, old.first[i]) {
			uses[i].name = otherSize(s, row, old.first[i], part)
		}
	}
	return uses
}

// otherSize returns a module for a layer that is used again where its code is
// another one.
func otherSize(s *scope, row, first *count.Row, owner string) string {
	n, ok := row.Node.(*arch.Leaf)
	if !ok {
		noTie(s, row, diag.New(catalog.ExportUsedAgain, row.Name, s.w.label()), row.Name+" is used again at another size")
		return owner
	}
	code := s.w.code(row, n.Layer)
	name := s.attrs.Free(pycode.Identifier(row.Name))
	s.class.Inits = append(s.class.Inits, pycode.Init{Name: name, E: code.expr()})
	if !s.bind(row, name, first, owner) {
		noTie(s, row, diag.New(catalog.ExportUsedAgain, row.Name, s.w.label()), row.Name+" is used again at another size")
	}
	return name
}
