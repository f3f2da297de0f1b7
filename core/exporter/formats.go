package exporter

// Formats lists what can be written, in the order of the menu.
var Formats = []Format{
	torch, keras, kerasJSON, caffe,
	markdown, csv, latex, summary, deriveMarkdown, deriveLaTeX, report,
}
