// Package transfer is what the page asks of its worker: to read files of other
// tools and to write networks for them. It runs in a program of its own
// (app/transfer/worker), so that the page does not wait and a first visit does
// not download it.
package transfer

import (
	"fmt"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/text"
	"paramstack/core/tool"
	"paramstack/core/tool/source"
	"paramstack/core/tool/target"
)

// A Read is what came of a file.
type Read struct {
	Text   string   // the network as stack text, "" if it could not be read
	Format string   // what the file was
	More   []string // further networks of the same file
	Notes  []string
	Doubt  bool   // a note says that something may be missing
	Error  string // why it could not be read
}

// Import reads a file.
func Import(f *source.File, lang catalog.Lang) (r Read) {
	defer func() {
		// A fault of a reader must not take the worker with it: the next file is
		// to be read all the same.
		if fault := recover(); fault != nil {
			r = Read{Error: lang.In(catalog.ImportBroken, fmt.Sprint(fault))}
		}
	}()
	result, format, d := tool.Read(f)
	if format != nil {
		r.Format = format.Label
	}
	if d != nil {
		r.Error = d.Say.In(lang)
		return r
	}
	r.Text = text.Format(result.Model)
	if _, problems := text.Parse(r.Text); len(problems) > 0 {
		return Read{Format: r.Format, Error: problems[0].Say.In(lang)}
	}
	for _, o := range result.More {
		r.More = append(r.More, text.Format(o.Model))
	}
	for _, n := range result.Notes {
		r.Notes = append(r.Notes, n.Say.In(lang))
		r.Doubt = r.Doubt || n.Doubt
	}
	return r
}

// A Format is one way to write a network.
type Format struct {
	Name, Label, Ext string
	Prose            bool
}

// Formats lists what can be written.
func Formats(lang catalog.Lang) []Format {
	list := make([]Format, len(tool.Writers))
	for i, f := range tool.Writers {
		list[i] = Format{f.ID, lang.In(f.Label), f.Ext, f.Prose}
	}
	return list
}

// A Written is what came of writing a network.
type Written struct {
	Text     string
	Problems []string // what could not be said in it
	Error    string
}

// Export writes the network of a stack text.
func Export(format, src string, style count.Style, lang catalog.Lang) (w Written) {
	defer func() {
		if fault := recover(); fault != nil {
			w = Written{Error: lang.In(catalog.ExportBroken, fmt.Sprint(fault))}
		}
	}()
	f := tool.ByName(format)
	if f == nil {
		return Written{Error: lang.In(catalog.ExportUnknown, format)}
	}
	file, problems := text.Parse(src)
	for _, d := range problems {
		if d.Severity == diag.Error {
			return Written{Error: d.Say.In(lang)}
		}
	}
	var said []*diag.Diag
	w.Text, said = f.Write(&target.Network{Model: file.Model, Report: count.Of(file.Model), Style: style, Lang: lang})
	for _, d := range said {
		w.Problems = append(w.Problems, d.Say.In(lang))
	}
	return w
}
