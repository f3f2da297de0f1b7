package derive

import (
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// An Explainer explains the rows of one report. It knows what precedes and follows
// each of them.
type Explainer struct {
	report *count.Report
	style  count.Style
	places map[*count.Row]place
}

// A place is where a row is: what precedes and follows it in its body, nil if nothing
// does, and how many equal repetitions all the repeats around make of it.
type place struct {
	before, after *count.Row
	times         num.Int
}

// New returns an Explainer of what a style counts.
func New(r *count.Report, style count.Style) *Explainer {
	e := &Explainer{r, style, map[*count.Row]place{}}
	e.link(r.Rows, num.Of(1))
	return e
}

// link notes the places of rows. The paths of a branch, and the repetitions of a repeat,
// have no neighbours.
func (e *Explainer) link(rows []*count.Row, times num.Int) {
	for i, row := range rows {
		at := place{times: times}
		if row.Form != count.FormPath && row.Form != count.FormTurn {
			if i > 0 {
				at.before = rows[i-1]
			}
			if i+1 < len(rows) {
				at.after = rows[i+1]
			}
		}
		e.places[row] = at
		e.link(row.Children, times.Times(row.Turns()))
	}
}

// For reports whether the Explainer is of a report and a style.
func (e *Explainer) For(r *count.Report, style count.Style) bool {
	return e != nil && e.report == r && e.style == style
}

// An Explanation is all that is to be said of a row.
type Explanation struct {
	Tensors  []Tensor          // that the style counts, in the order of the formula
	Shared   []catalog.Message // whose weights it uses
	Computed []Factor          // what the other factors of the multiply-accumulates are
	Frozen   []catalog.Message // that training does not change them
	Kept     []Tensor          // buffers
	Why      []catalog.Message // what the numbers mean, and what would change them
	Remarks  []catalog.Message
}

// A Tensor is one declared tensor, or several with the same factors: those of both
// directions of a recurrent layer.
type Tensor struct {
	Names   []string
	Formula []count.Token
	Term    layer.Term
	Role    catalog.Message // what it is for; no key: its name says it
	Factors []Factor        // what each of its numbers is, unless said before
	At      int             // which piece of the row's formula its own begins at
}

// Value returns how many elements one of the tensors has, "?" if that is unknown.
func (t *Tensor) Value() string { return value(t.Term) }

func value(t layer.Term) string {
	if n, ok := t.Value(); ok {
		return n.Grouped()
	}
	return "?"
}

// Plain reports whether the formula is the number itself.
func (t *Tensor) Plain() bool { return len(t.Formula) == 1 && t.Formula[0].Text == digits(t.Term) }

func digits(t layer.Term) string {
	if n, ok := t.Value(); ok {
		return n.String()
	}
	return "?"
}

// Of explains a row.
func (e *Explainer) Of(row *count.Row) Explanation {
	var x Explanation
	so := said{}
	shared, at := false, 0
	for i := range row.Weights {
		switch w := &row.Weights[i]; {
		case w.Shared():
			shared = true
		case e.style.Counts(w):
			x.Tensors = e.tensor(x.Tensors, row, w, so, at)
			at += len(count.Compute(layer.Sum{w.Factors}, e.style)) + 1
		case e.style.Stores(w):
			x.Kept = e.tensor(x.Kept, row, w, nil, 0)
		}
	}
	if _, ok := row.MACs.Value(); ok {
		x.Computed = e.factors(row, count.Compute(row.MACs, e.style), so)
	}
	if shared || row.SharesWith != 0 && row.Out == nil && row.Kind() != nil && row.Kind().Learns {
		key := catalog.DeriveSharedPart
		if row.SharesAll() {
			key = catalog.DeriveShared
		}
		x.Shared = append(x.Shared, catalog.Say(key, e.report.Name(row.SharesWith)))
	}
	if leaf, ok := row.Node.(*arch.Leaf); ok && leaf.Frozen && row.Form == count.FormLeaf {
		x.Frozen = append(x.Frozen, catalog.Say(catalog.DeriveFrozen))
	}
	x.Why = e.why(row)
	for _, list := range [][]*diag.Diag{row.Problems, row.Remarks} {
		for _, d := range list {
			if d.Severity == diag.Note {
				x.Remarks = append(x.Remarks, d.Say)
			}
		}
	}
	return x
}

// tensor adds a tensor to a list: one of the same role and factors as one there is
// named with it.
func (e *Explainer) tensor(list []Tensor, row *count.Row, w *layer.Weight, so said, at int) []Tensor {
	base, suffix := baseName(w.Name)
	formula := count.Compute(layer.Sum{w.Factors}, e.style)
	t := Tensor{Names: []string{w.Name}, Formula: formula, Term: w.Factors, At: at}
	if key := catalog.TensorRole(row.Kind().Group.Name(), base); catalog.Has(key) {
		t.Role = catalog.Say(key)
	}
	if suffix != "" {
		for i := range list {
			of := &list[i]
			if other, _ := baseName(of.Names[0]); other == base && slices.EqualFunc(of.Formula, formula, sameText) {
				of.Names = append(of.Names, w.Name)
				return list
			}
		}
	}
	if so != nil {
		t.Factors = e.factors(row, formula, so)
	}
	return append(list, t)
}

func sameText(a, b count.Token) bool { return a.Text == b.Text }

// baseName divides the name of a recurrent layer's tensor, weight_ih_l1_reverse, into
// what it is and which layer and direction it is of.
func baseName(name string) (base, suffix string) {
	i := strings.LastIndex(name, "_l")
	if i < 0 || i+2 == len(name) || name[i+2] < '0' || name[i+2] > '9' {
		return name, ""
	}
	return name[:i], name[i:]
}

// Sentences are an explanation in a language, each of its tensors and sentences as one.
func (x *Explanation) Sentences(l catalog.Lang) []string {
	var all []string
	say := func(list []catalog.Message) {
		for _, m := range list {
			all = append(all, m.In(l))
		}
	}
	say(x.Shared)
	for i := range x.Tensors {
		t := &x.Tensors[i]
		all = append(all, t.Head(l))
		for _, f := range t.Factors {
			all = append(all, f.Say.In(l))
		}
	}
	say(x.Frozen)
	say(x.Why)
	for i := range x.Kept {
		all = append(all, x.Kept[i].Head(l))
	}
	say(x.Remarks)
	return all
}

// Text writes a tensor's number: 4·128·128 = 65,536.
func (t *Tensor) Text() string {
	if t.Plain() {
		return count.Text(t.Formula)
	}
	return count.Text(t.Formula) + " = " + t.Value()
}

// Head writes a tensor's names and number: weight_hh_l0: 4·128·128 = 65,536, and what
// it is for.
func (t *Tensor) Head(l catalog.Lang) string {
	s := t.Name() + ": " + t.Text()
	if len(t.Names) > 1 {
		s += " (" + l.In(catalog.TensorEach) + ")"
	}
	if t.Role.Key != "" {
		s += " (" + t.Role.In(l) + ")"
	}
	return s
}

// mostNames is how many tensors of one kind are named.
const mostNames = 4

// Name returns the names, the middle ones left out if there are many.
func (t *Tensor) Name() string {
	if n := len(t.Names); n > mostNames {
		return strings.Join(t.Names[:mostNames-1], ", ") + " … " + t.Names[n-1]
	}
	return strings.Join(t.Names, ", ")
}
