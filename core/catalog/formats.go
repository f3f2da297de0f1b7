package catalog

// What a network can be written as: the page lists it before its worker is there.
const (
	ExportTorch          Key = "export.pytorch"
	ExportKeras          Key = "export.keras"
	ExportKerasJSON      Key = "export.keras-json"
	ExportCaffe          Key = "export.caffe"
	ExportMarkdown       Key = "export.markdown"
	ExportCSV            Key = "export.csv"
	ExportLaTeX          Key = "export.latex"
	ExportSummary        Key = "export.summary"
	ExportDeriveMarkdown Key = "export.derivation-markdown"
	ExportDeriveLaTeX    Key = "export.derivation-latex"
	ExportJSON           Key = "export.json"
)

var formats = map[Key]Text{
	ExportTorch:          {"PyTorch code", "PyTorch 코드"},
	ExportKeras:          {"Keras code", "Keras 코드"},
	ExportKerasJSON:      {"Keras JSON", "Keras JSON 파일"},
	ExportCaffe:          {"Caffe prototxt", "Caffe prototxt 파일"},
	ExportMarkdown:       {"Table, Markdown", "표, Markdown"},
	ExportCSV:            {"Table, CSV", "표, CSV"},
	ExportLaTeX:          {"Table, LaTeX (booktabs)", "표, LaTeX (booktabs)"},
	ExportSummary:        {"Text table in torchinfo format", "torchinfo 형식의 텍스트 표"},
	ExportDeriveMarkdown: {"Derivation, Markdown", "풀이, Markdown"},
	ExportDeriveLaTeX:    {"Derivation, LaTeX", "풀이, LaTeX"},
	ExportJSON:           {"Report, JSON", "보고서, JSON"},
}
