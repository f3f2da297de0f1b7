// Package tool reads and writes networks in the formats of other tools. Each tool
// is a package of its own below, reader and writer together; this is their list.
package tool

import (
	"paramstack/core/diag"
	"paramstack/core/tool/caffe"
	"paramstack/core/tool/darknet"
	"paramstack/core/tool/keras"
	"paramstack/core/tool/onnx"
	"paramstack/core/tool/source"
	"paramstack/core/tool/stackfile"
	"paramstack/core/tool/summary"
	"paramstack/core/tool/torch"
)

// Readers lists what can be read, in the order in which a file is asked whether
// it is one.
var Readers = []*source.Reader{
	&keras.Reader,
	&stackfile.Reader,
	&torch.FileReader,
	&torch.SafetensorsReader,
	&onnx.Reader,
	&caffe.Reader,
	&darknet.Reader,
	&torch.PrintReader,
	&summary.Reader,
}

// Read finds out by content, then by name, what a file is, and reads it. The
// reader is nil where none knows the file.
func Read(f *source.File) (*source.Result, *source.Reader, *diag.Diag) {
	reader, d := source.Find(f, Readers)
	if d != nil {
		return nil, nil, d
	}
	r, d := reader.Open(f)
	return r, reader, d
}
