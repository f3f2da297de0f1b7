// Package target is the interface of all writers: the network, its problems, and
// the lines of its tables. Writers are packages of their own, and listed in
// core/tool.
//
// Every number comes from the report. What a format cannot express is an error with
// the layer's name, or, in code, a comment and an error in its place: never a wrong
// layer.
package target

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
)

// A Network is what is to be written.
type Network struct {
	Model  arch.Model
	Report *count.Report // of Model
	Style  count.Style
	Lang   catalog.Lang // of sentences; names of layers and code stay as they are
}

// A Writer is one way to write a network.
type Writer struct {
	ID    string      // stable: "pytorch", "csv"
	Label catalog.Key // what people choose
	Ext   string      // with the dot
	Prose bool        // sentences, whose lines may be broken to be read
	// Write returns the text and what it could not express: with errors the text is
	// unusable as it is, with warnings it is not.
	Write func(n *Network) (string, []*diag.Diag)
}

// AddOnce adds a problem unless its node has the same one already.
func AddOnce(problems []*diag.Diag, d *diag.Diag) []*diag.Diag {
	for _, p := range problems {
		if p.Node == d.Node && p.Say.Key == d.Say.Key {
			return problems
		}
	}
	return append(problems, d)
}
