// Package work is what the worker does, as far as it needs no browser: the page
// must not link it, since it brings the readers and writers of all tools.
package work

import (
	"fmt"
	"strings"

	"paramstack/app/transfer"
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/text"
	"paramstack/core/tool"
	"paramstack/core/tool/source"
	"paramstack/core/tool/target"
)

// Do answers a request. The file is that of a ReadFile, nil for others.
func Do(r transfer.Request, file *source.File) transfer.Reply {
	switch r := r.(type) {
	case transfer.ReadFile:
		if file != nil {
			file.Options = source.Options{Expression: r.Expression, Input: r.Input}
		}
		return read(file, r.Lang)
	case transfer.WriteFormat:
		return write(r)
	default:
		panic(fmt.Sprintf("work: unknown request %T", r))
	}
}

// read reads a file.
func read(f *source.File, lang catalog.Lang) (r transfer.FileRead) {
	defer func() {
		// A fault of a reader must not end the worker: the next file is read all
		// the same.
		if fault := recover(); fault != nil {
			r = transfer.FileRead{Error: lang.In(catalog.ImportBroken, fmt.Sprint(fault))}
		}
	}()
	result, format, d := tool.Read(f)
	if format != nil {
		r.Format = format.Label
	}
	if result != nil && result.Program != nil {
		p := result.Program
		r.Expression, r.Input = p.Made, p.Input
		for _, c := range p.Choices {
			r.Choices = append(r.Choices, transfer.Choice{Shown: c.Name + "(" + strings.Join(c.Needs, ", ") + ")", Call: c.Call})
		}
	}
	if d != nil {
		r.Error = d.Say.In(lang)
		r.Problems = []transfer.Problem{problem(d.Say, lang)}
		return r
	}
	r.Text, r.Keras = text.Format(result.Model), result.Keras
	if _, problems := text.Parse(r.Text); len(problems) > 0 {
		return transfer.FileRead{Format: r.Format, Error: problems[0].Say.In(lang)}
	}
	models := []arch.Model{result.Model}
	for _, o := range result.More {
		r.More = append(r.More, text.Format(o.Model))
		models = append(models, o.Model)
	}
	if result.Program != nil {
		for _, m := range models {
			r.Origins = append(r.Origins, m.Origins()...)
		}
	}
	for _, n := range result.Notes {
		r.Notes = append(r.Notes, n.Say.In(lang))
		r.Doubt = r.Doubt || n.Doubt
		if p := problem(n.Say, lang); n.Doubt && p.Line > 0 {
			r.Problems = append(r.Problems, p)
		}
	}
	return r
}

// problem is a sentence with the place it states.
func problem(say catalog.Message, lang catalog.Lang) transfer.Problem {
	p := transfer.Problem{Text: say.In(lang)}
	p.Line, p.Column = say.Place()
	return p
}

// write writes the network of a stack text.
func write(r transfer.WriteFormat) (w transfer.Written) {
	lang := r.Lang
	defer func() {
		if fault := recover(); fault != nil {
			w = transfer.Written{Error: lang.In(catalog.ExportBroken, fmt.Sprint(fault))}
		}
	}()
	f := tool.WriterByID(r.Format)
	if f == nil {
		return transfer.Written{Error: lang.In(catalog.ExportUnknown, r.Format)}
	}
	file, problems := text.Parse(r.Text)
	for _, d := range problems {
		if d.Severity == diag.Error {
			return transfer.Written{Error: d.Say.In(lang)}
		}
	}
	var said []*diag.Diag
	w.Text, said = f.Write(&target.Network{Model: file.Model, Report: count.Of(file.Model), Style: r.Style, Lang: lang})
	for _, d := range said {
		w.Problems = append(w.Problems, d.Say.In(lang))
	}
	return w
}
