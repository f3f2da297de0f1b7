// Package compare aligns two networks and states what makes them differ.
//
//	r := compare.Of(compare.Stack{Model: a, Report: count.Of(a)}, compare.Stack{Model: b, Report: count.Of(b)})
//
// # Alignment
//
// A network is a tree: statements in bodies, repeats and branches with bodies inside.
// Of aligns body with body by edit distance. Statements of one kind may be a pair;
// what a pair costs grows with the options that differ, what is left without a partner
// costs more the more it holds, and layers that learn count for more than those that
// do not. The cost of two blocks is the distance of what is in them, so that a
// repetition of three is aligned with one of six and its body inside. Labels break
// ties and decide nothing else. Where a block was put around statements, or taken
// away, the statements are aligned through it.
//
// A statement of another kind is another statement, unless it is in the same place: bn
// and layernorm after one convolution are a row in which the kind has changed.
//
// Every pair of statements that is looked at is a cell; Of looks at no more than
// MaxCells. What goes beyond is cut at statements that both networks have once, and
// what remains in one piece is paired in order: Result.Coarse reports that.
//
// # What holds
//
//   - The marks are edits: Result.Apply makes the second network of the first by them
//     and nothing else, to the letter of its text.
//   - Each layer's numbers, over all its repetitions, are on one row, so the
//     differences of the rows add up to the difference of the totals.
package compare
