// Package tool reads and writes networks in the formats of other tools. Each tool
// is a package of its own below, reader and writer together; this is their list.
package tool

import (
	"paramstack/core/diag"
	"paramstack/core/doc"
	"paramstack/core/tool/caffe"
	"paramstack/core/tool/darknet"
	"paramstack/core/tool/keras"
	"paramstack/core/tool/onnx"
	"paramstack/core/tool/source"
	"paramstack/core/tool/stackfile"
	"paramstack/core/tool/summary"
	"paramstack/core/tool/target"
	"paramstack/core/tool/tfjs"
	"paramstack/core/tool/torch"
)

// A Tool is a program whose files are read or written here. A tool can have
// several forms of file: PyTorch's weights, its printed models, its code.
type Tool struct {
	ID      string // stable: the package's name
	Readers []*source.Reader
	Writers []*target.Writer
}

// Tools lists the tools. A new one is a package and a row here; each reader also
// has its place in Readers, each writer in Writers.
var Tools = []Tool{
	{"torch", []*source.Reader{&torch.FileReader, &torch.SafetensorsReader, &torch.PrintReader, &torch.ListingReader,
		&torch.SourceReader},
		[]*target.Writer{&torch.Writer}},
	{"keras", []*source.Reader{&keras.Reader, &keras.SourceReader}, []*target.Writer{&keras.CodeWriter, &keras.JSONWriter}},
	{"tfjs", []*source.Reader{&tfjs.Reader}, nil},
	{"onnx", []*source.Reader{&onnx.Reader}, nil},
	{"caffe", []*source.Reader{&caffe.Reader}, []*target.Writer{&caffe.Writer}},
	{"darknet", []*source.Reader{&darknet.Reader}, nil},
	{"summary", []*source.Reader{&summary.Reader}, []*target.Writer{&summary.Writer}},
	{"stackfile", []*source.Reader{&stackfile.Reader}, nil},
}

// Readers lists what can be read, in the order in which a file is asked whether it
// is one: formats known by their first bytes before those known by their words.
var Readers = []*source.Reader{
	&tfjs.Reader,
	&torch.SourceReader,
	&keras.SourceReader,
	&keras.Reader,
	&stackfile.Reader,
	&torch.FileReader,
	&torch.SafetensorsReader,
	&onnx.Reader,
	&caffe.Reader,
	&darknet.Reader,
	&torch.PrintReader,
	&summary.Reader,
	&torch.ListingReader,
}

// Writers lists what can be written, in the order of the menu: for tools, then
// for people.
var Writers = []*target.Writer{
	&torch.Writer, &keras.CodeWriter, &keras.JSONWriter, &caffe.Writer,
	&doc.Markdown, &doc.CSV, &doc.LaTeX, &summary.Writer, &doc.DerivationMarkdown, &doc.DerivationLaTeX, &doc.JSON,
}

// WriterByID returns a writer, nil if there is none.
func WriterByID(id string) *target.Writer {
	for _, w := range Writers {
		if w.ID == id {
			return w
		}
	}
	return nil
}

// Read finds out by content, then by name, what a file is, and reads it. The reader is
// nil where none knows the file. With an error, the result is nil or has only what can
// be chosen of a program.
func Read(f *source.File) (*source.Result, *source.Reader, *diag.Diag) {
	f = source.Tidy(f)
	for i, other := range f.Beside {
		f.Beside[i] = source.Tidy(other)
	}
	reader, d := source.Find(f, Readers)
	if d != nil {
		return nil, nil, d
	}
	r, d := reader.Open(f)
	return r, reader, d
}
