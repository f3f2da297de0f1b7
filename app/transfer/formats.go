package transfer

import (
	"slices"

	"paramstack/core/catalog"
)

// A Format is one that a network can be written in.
type Format struct {
	Name  string // its stable ID
	Label catalog.Key
	Ext   string // with the dot
	Prose bool   // sentences, whose lines may be broken to be read
}

// Formats are what the worker can write, in the order of the menu. The page has the list,
// but not the writers: so it shows the menu at once, however long the worker takes to
// load. A test of package work compares it with core/tool's.
var Formats = []Format{
	{"pytorch", catalog.ExportTorch, ".py", false},
	{"keras", catalog.ExportKeras, ".py", false},
	{"keras-json", catalog.ExportKerasJSON, ".json", false},
	{"caffe", catalog.ExportCaffe, ".prototxt", false},
	{"markdown", catalog.ExportMarkdown, ".md", false},
	{"csv", catalog.ExportCSV, ".csv", false},
	{"latex", catalog.ExportLaTeX, ".tex", false},
	{"summary", catalog.ExportSummary, ".txt", false},
	{"derivation-markdown", catalog.ExportDeriveMarkdown, ".md", true},
	{"derivation-latex", catalog.ExportDeriveLaTeX, ".tex", true},
	{"json", catalog.ExportJSON, ".json", false},
}

// Drawn are what the page itself writes: its diagram, and the frame that shows it in another page.
var Drawn = []Format{
	{"svg", catalog.ExportSVG, ".svg", false},
	{"tikz", catalog.ExportTikZ, ".tex", false},
	{"embed", catalog.ExportEmbed, ".html", false},
}

// Menu lists all formats, those for papers last.
func Menu() []Format { return slices.Concat(Formats, Drawn) }
