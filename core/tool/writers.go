package tool

import (
	"paramstack/core/doc"
	"paramstack/core/tool/caffe"
	"paramstack/core/tool/keras"
	"paramstack/core/tool/summary"
	"paramstack/core/tool/target"
	"paramstack/core/tool/torch"
)

// ByName returns a format, nil if there is none.
func ByName(name string) *target.Writer {
	for i := range Writers {
		if Writers[i].ID == name {
			return &Writers[i]
		}
	}
	return nil
}

// Writers lists what can be written, in the order of the menu.
var Writers = []target.Writer{
	torch.Writer, keras.CodeWriter, keras.JSONWriter, caffe.Writer,
	doc.Markdown, doc.CSV, doc.LaTeX, summary.Writer, doc.DerivationMarkdown, doc.DerivationLaTeX, doc.JSON,
}
