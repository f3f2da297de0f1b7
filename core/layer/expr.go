package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// An Expr is arithmetic as people write it on paper: it can be written with
// letters, as the rule, with numbers filled in, and worked out.
type Expr struct {
	Op     Op
	N      int64  // OpNumber
	Letter string // OpNumber: its letter in the rule; "" if the rule has this number itself
	Of     []Expr
}

// An Op is how an Expr is made of others.
type Op uint8

// The operations. The quotients take two Exprs.
const (
	OpNumber  Op = iota
	OpSum        // Of added up; a negative one is subtracted
	OpMinus      // −Of[0]
	OpProduct    // Of multiplied
	OpFloor      // ⌊Of[0] / Of[1]⌋
	OpCeil       // ⌈Of[0] / Of[1]⌉
	OpOver       // Of[0] / Of[1], without a remainder
	OpMax        // the largest of Of
)

// Value works the arithmetic out. What is divided are extents, which with all
// their padding fit an int64.
func (e *Expr) Value() num.Int {
	switch e.Op {
	case OpNumber:
		return num.Of(e.N)
	case OpMinus:
		return num.Int{}.Sub(e.Of[0].Value())
	}
	v := e.Of[0].Value()
	for i := range e.Of[1:] {
		w := e.Of[i+1].Value()
		switch e.Op {
		case OpSum:
			v = v.Add(w)
		case OpProduct:
			v = v.Mul(w)
		case OpMax:
			if w.Cmp(v) > 0 {
				v = w
			}
		default:
			a, _ := v.Int64()
			b, _ := w.Int64()
			if e.Op == OpCeil {
				a += b - 1
			}
			v = num.Of(floor(a, b))
		}
	}
	return v
}

func constantOf(n int64) Expr          { return Expr{N: n} }
func letter(name string, n int64) Expr { return Expr{N: n, Letter: name} }
func minus(e Expr) Expr                { return Expr{Op: OpMinus, Of: []Expr{e}} }
func combine(op Op, of ...Expr) Expr   { return Expr{Op: op, Of: of} }
func added(of ...Expr) Expr            { return combine(OpSum, of...) }
func multiplied(of ...Expr) Expr       { return combine(OpProduct, of...) }
func twice(e Expr) Expr                { return multiplied(constantOf(2), e) }

// A Step says how one extent of an output comes about.
type Step struct {
	Extent int // which one
	Expr   Expr
	Says   catalog.Message // what the arithmetic alone does not show; no key: nothing
}

// Name returns the key of what the extent is called: height, channels.
func (s *Step) Name(out tensor.Shape) catalog.Key { return extentName(s.Extent, len(out)) }

// A stepper is a layer that comes to extents of its output by arithmetic. Its rule
// is asked for the result of its known inputs, so it returns the steps of that
// result; a test wants each to work out as what Apply gives, for every kind.
type stepper interface {
	steps(in []tensor.Shape) []Step
}

// Steps says how the extents of what a layer gives come about, those that follow
// from its inputs by arithmetic and are known. The layer must have been applied
// to in without a problem.
func Steps(l Layer, in []tensor.Shape) []Step {
	s, ok := l.(stepper)
	if !ok || len(in) == 0 {
		return nil
	}
	for _, x := range in {
		if x == nil {
			return nil
		}
	}
	return s.steps(in)
}

// spanned is how many cells a dilated kernel spans: reach, in letters.
func spanned(kernel, dilation int64) Expr {
	k := letter("k", kernel)
	if dilation == 1 {
		return k
	}
	return added(multiplied(letter("d", dilation), added(k, minus(constantOf(1)))), constantOf(1))
}

// positionsOf writes the rule of a window along dimension i of an input: slide in
// letters, with what Around says of the padding. up rounds up.
func (p *Padding) positionsOf(i int, in, kernel, dilation, stride int64, up bool) Step {
	n, k, s := letter("n", in), spanned(kernel, dilation), letter("s", stride)
	span := added(n, minus(k))
	switch p.Rule {
	case PadSame, PadKeras:
		before, after, _ := p.Around(i, in, Reach(kernel, dilation), stride)
		return Step{Extent: i + 1, Expr: combine(OpCeil, n, s), Says: catalog.Say(catalog.StepSame, before, after)}
	case PadCausal:
		span = added(n, added(k, minus(constantOf(1))), minus(k))
	case PadValid:
	default:
		span = added(n, twice(letter("p", p.At(i))), minus(k))
	}
	op := OpFloor
	if up {
		op = OpCeil
	}
	return Step{Extent: i + 1, Expr: added(combine(op, span, s), constantOf(1))}
}

// windows are the steps of a window that slides over x.
func (s *Slide) windows(x tensor.Shape) []Step {
	var steps []Step
	for i := range x[1:] {
		if x[i+1].Known() {
			steps = append(steps, s.Padding.positionsOf(i, x[i+1].N, s.Kernel.At(i), s.Dilation.At(i), s.Stride.At(i), false))
		}
	}
	return steps
}
