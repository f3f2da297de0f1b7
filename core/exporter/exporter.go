// Package exporter writes networks for other tools and for people: code, tables,
// derivations. One file a format, and formats.go, the table of them.
//
// Every number comes from the report. What a format cannot say is an error with
// the layer's name, or, in code, a comment and an error in its place: never a
// wrong layer.
package exporter

import (
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
)

// A Net is what is to be written.
type Net struct {
	Model  arch.Model
	Report *count.Report // of Model
	Style  count.Style
	Lang   catalog.Lang // of sentences; names of layers and code stay as they are
}

// A Format is one way to write a network.
type Format struct {
	Name  string      // stable: "pytorch", "csv"
	Label catalog.Key // what people choose
	Ext   string      // with the dot
	Prose bool        // sentences, whose lines may be broken to be read
	// Write returns the text, and what could not be said in it: errors make the
	// text useless as it is, warnings do not.
	Write func(n *Net) (string, []*diag.Diag)
}

// ByName returns a format, nil if there is none.
func ByName(name string) *Format {
	for i := range Formats {
		if Formats[i].Name == name {
			return &Formats[i]
		}
	}
	return nil
}

// fileOnce adds a problem, if the same is not said of its node already.
func fileOnce(problems []*diag.Diag, d *diag.Diag) []*diag.Diag {
	for _, p := range problems {
		if p.Node == d.Node && p.Say.Key == d.Say.Key {
			return problems
		}
	}
	return append(problems, d)
}
