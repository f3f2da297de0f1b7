package source

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
)

// What people open beside models: pictures, papers, settings, lists, addresses, and the
// models of tools that are not read.

var (
	webAddress   = regexp.MustCompile(`^\s*(?:https?|hf|git)://\S+\s*$`)
	requirements = regexp.MustCompile(`(?m)^\s*[A-Za-z][\w.\-]*(?:\[[\w,\- ]+\])?\s*(?:==|>=|~=|<=)\s*\d[\w.*]*\s*(?:[;,#].*)?$`)
	ultralytics  = regexp.MustCompile(`(?m)^(?:backbone|head):[ \t]*(?:#.*)?\r?\n(?:\s*#.*\r?\n)*\s*(?:- )?\[`)
	detectron    = regexp.MustCompile(`(?m)^(?:_BASE_|MODEL|SOLVER):`)
	settings     = regexp.MustCompile(`(?m)^[A-Za-z_][\w-]*:(?:[ \t].*)?$`)
)

// A mark is what files of a kind begin with, or end their name in.
type mark struct{ magic, ext, label string }

// marked returns the label of the mark that a file has, "" if it has none.
func marked(marks []mark, head []byte, f *File) string {
	name := strings.ToLower(f.Name)
	for _, m := range marks {
		if (m.magic == "" || bytes.HasPrefix(bytes.TrimSpace(head), []byte(m.magic))) &&
			(m.ext == "" || strings.HasSuffix(name, m.ext)) {
			return m.label
		}
	}
	return ""
}

var (
	images = []mark{{"\x89PNG", "", "PNG"}, {"\xff\xd8\xff", "", "JPEG"}, {"GIF8", "", "GIF"}, {"RIFF", ".webp", "WebP"},
		{"BM", ".bmp", "BMP"}, {"<svg", "", "SVG"}, {"", ".svg", "SVG"}, {"", ".webp", "WebP"}, {"", ".heic", "HEIC"},
		{"II*\x00", "", "TIFF"}, {"MM\x00*", "", "TIFF"}}
	documents = []mark{{"%PDF", "", "PDF"}, {"", ".docx", "Word"}, {"", ".pptx", "PowerPoint"}, {"", ".xlsx", "Excel"},
		{"", ".hwp", "HWP"}, {"", ".hwpx", "HWP"}, {"\xd0\xcf\x11\xe0", "", "Office"}}
	archives = []mark{{"PK\x03\x04", "", "ZIP"}, {"\x1f\x8b", "", "gzip"}, {"7z\xbc\xaf", "", "7z"}, {"Rar!", "", "RAR"},
		{"BZh", "", "bzip2"}, {"\xfd7zXZ", "", "xz"}, {"(\xb5/\xfd", "", "zstd"}, {"", ".tar", "tar"}}
	foreignModels = []mark{{"<?xml", ".xml", "OpenVINO"}, {"<net ", "", "OpenVINO"}, {"7767517", "", "ncnn"},
		{"", ".mlmodel", "Core ML"},
		{"", ".mlpackage", "Core ML"}, {"", ".engine", "TensorRT"}, {"", ".trt", "TensorRT"}, {"", ".plan", "TensorRT"},
		{"", ".pdmodel", "PaddlePaddle"}, {"", ".pdiparams", "PaddlePaddle"}, {"", "-symbol.json", "MXNet"},
		{"", ".t7", "Torch7"},
		{"", ".mnn", "MNN"}, {"", ".rknn", "RKNN"}, {"", ".pte", "ExecuTorch"}}
	sources = []mark{{"#include", "", "C++"}, {"", ".cpp", "C++"}, {"", ".cc", "C++"}, {"", ".cu", "CUDA"},
		{"", ".c", "C"}, {"", ".h", "C"},
		{"", ".hpp", "C++"}, {"", ".java", "Java"}, {"", ".js", "JavaScript"}, {"", ".ts", "TypeScript"},
		{"", ".swift", "Swift"},
		{"", ".rs", "Rust"}, {"", ".go", "Go"}, {"", ".jl", "Julia"}, {"", ".lua", "Lua"}, {"", ".m", "MATLAB"},
		{"", ".r", "R"}}
)

// labelled is a kind of file with marks, whose label completes its sentence.
func labelled(marks []mark, say func(label string) *diag.Diag) unsupported {
	return unsupported{
		func(head []byte, f *File) bool { return marked(marks, head, f) != "" },
		func(head []byte, f *File) *diag.Diag { return say(marked(marks, head, f)) },
	}
}

// otherFiles come behind unsupportedFiles.
var otherFiles = []unsupported{
	labelled(images, func(l string) *diag.Diag { return diag.New(catalog.UnsupportedImage, l) }),
	labelled(documents, func(l string) *diag.Diag { return diag.New(catalog.UnsupportedDocument, l) }),
	labelled(foreignModels, func(l string) *diag.Diag { return diag.New(catalog.UnsupportedModel, l) }),
	labelled(archives, func(l string) *diag.Diag { return diag.New(catalog.UnsupportedArchive, l) }),
	{func(head []byte, f *File) bool { return webAddress.Match(head) }, sentence(catalog.UnsupportedAddress)},
	{func(head []byte, f *File) bool { return isText(head, f) && settingsOf(head, f) != "" },
		func(head []byte, f *File) *diag.Diag {
			return diag.New(catalog.UnsupportedSettings, settingsOf(head, f))
		}},
	{func(head []byte, f *File) bool { return isText(head, f) && requirements.Match(head) },
		sentence(catalog.UnsupportedPackages)},
	{func(head []byte, f *File) bool {
		ext := strings.ToLower(path.Ext(f.Name))
		return isText(head, f) && (ext == ".csv" || ext == ".tsv")
	}, sentence(catalog.UnsupportedValues)},
	labelled(sources, func(l string) *diag.Diag { return diag.New(catalog.UnsupportedCode, l) }),
}

// settingsOf returns whose configuration a text is, "" if it looks like none.
func settingsOf(head []byte, f *File) string {
	ext := strings.ToLower(path.Ext(f.Name))
	switch {
	case ultralytics.Match(head):
		return "Ultralytics"
	case detectron.Match(head):
		return "Detectron2"
	case (ext == ".yaml" || ext == ".yml") && settings.Match(head):
		return "YAML"
	case ext == ".toml" || ext == ".ini":
		return strings.ToUpper(ext[1:])
	}
	return ""
}
