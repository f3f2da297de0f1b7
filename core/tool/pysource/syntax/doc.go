// Package syntax parses the source of today's Python (3.13: f-strings, annotations,
// :=, decorators, match, type parameters) into a tree. It is a lexer and a parser by
// recursive descent, written for model files: it knows where each node came from, and
// bounds size and depth, so that no text can make it run for ever.
//
// The tree has what evaluation needs. Comments are lost, and annotations are kept as
// expressions.
package syntax

import (
	"paramstack/core/catalog"
)

// Bounds of a source.
const (
	MaxSource = 2 << 20 // bytes
	MaxDepth  = 150     // nested brackets, blocks and operators
	maxChain  = 5000    // operators in a row, each a level of the tree
)

// A Pos is a place in a source: line and column, both from 1.
type Pos struct{ Line, Col int }

// An Error is a place that is not Python, as far as it is known here.
type Error struct {
	At  Pos
	Say catalog.Message
}

func (e *Error) Error() string { return e.Say.In(catalog.English) }
