// Package derive explains why a block has the number of parameters that it has, in
// sentences with its own numbers. Everything follows from the weights that the kind of
// layer declares: what each factor is, which block it comes from, and how the
// multiply-accumulates exceed the weights. The derivation that core/doc writes, the
// explanation of a row on the page and paramstack.explain() all come from here.
package derive
