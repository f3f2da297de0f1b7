// Package why explains a number that another tool, a paper or a person has for a
// network: which conventions of counting, or which variant of the network, give
// exactly that number.
//
// Read reads what people type. A Finder holds what follows from one network: its
// tally, the options (conventions and edits) that apply to it, and the tally of
// each edited network, counted once. Find combines up to four options, the
// commonest first, and solves for at most one unknown whole number (classes, rank,
// repetitions). What it finds is built and counted again by core/count before it is
// an answer.
//
// An answer must not be forced: the combinations that are tried before it, and the
// values that their unknowns could have, must not explain more than a small part of
// the numbers around the one that was typed (see budget).
package why
