package why

import (
	"paramstack/core/catalog"
	"paramstack/core/num"
)

// published returns the reason of a rounded number that a paper or an announcement has of
// the network, or of one that is called like it, where that number needs a word of its own.
func (s *search) published() *Reason {
	if s.number.Exact() || s.number.Digits < 2 || s.number.Quantity != Unknown && s.number.Quantity != Params {
		return nil
	}
	t := s.own
	s.start(&t, 0)
	r := Reason{Start: num.Of(t.params()), Quantity: Params}
	for i := range stated {
		e := &stated[i]
		if !s.number.Decimal.Has(e.number) {
			continue
		}
		if e.params == s.own.params() {
			return s.statement(e, r, r.Start)
		}
		if b := s.brother(e.params); b != nil && e.erratum {
			n := num.Of(e.params)
			r.Terms = []Term{{Name: "network", Say: b.say(), Net: b.ID, Text: b.Text, Change: n.Sub(r.Start)}}
			return s.statement(e, r, n)
		}
	}
	return nil
}

// statement adds to a reason, which has come to a number, what there is to know of a
// published one; nil if that is not what was typed.
func (s *search) statement(e *statement, r Reason, n num.Int) *Reason {
	if e.erratum {
		r.Number = num.Of(e.number)
		r.Terms = append(r.Terms, Term{Name: "erratum", Say: catalog.Say(e.say), Change: r.Number.Sub(n)})
		return &r
	}
	without := s.own
	without.zero(normW, normB)
	if s.number.Digits != 2 || s.number.Cut == nil || !s.number.Cut.Has(without.params()) {
		return nil
	}
	r.Number = num.Of(without.params())
	r.Terms = append(r.Terms, Term{Name: "norm-off", Say: catalog.Say(catalog.WhyNormOff), Change: r.Number.Sub(n)},
		Term{Name: "cut", Say: catalog.Say(e.say, s.number.Typed)})
	return &r
}

// brother returns a network of the same name with so many parameters.
func (s *search) brother(params int64) *Brother {
	all := brothers()
	for i := range all {
		if b := &all[i]; b.tally.params() == params && kin(s.model.Name, b) {
			return b
		}
	}
	return nil
}

// A statement is a published number of a network with so many parameters: an erratum, or
// what is left of the number without norms when its digits are cut off.
type statement struct {
	params, number int64
	say            catalog.Key
	erratum        bool
}

var stated = []statement{
	// openai/gpt-2#209: "our original parameter counts were wrong due to an error".
	{124_439_808, 117_000_000, catalog.WhyErratumGPT2, true}, {354_823_168, 345_000_000, catalog.WhyErratumGPT2, true},
	{774_030_080, 762_000_000, catalog.WhyErratumGPT2, true},
	{1_557_611_200, 1_542_000_000, catalog.WhyErratumGPT2, true},
	// d-li14/mobilenetv2.pytorch#20: every implementation of width 1.4 has 6.1 M.
	{6_108_776, 6_900_000, catalog.WhyErratumMobileNet, true},
	// Sandler et al. 2018, table 4, has 3.4M; TF-Slim's table has 3.47 million of the same network.
	{3_504_872, 3_400_000, catalog.WhyCut, false},
}
