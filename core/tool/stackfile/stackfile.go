package stackfile

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/link"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// Reader is paramstack itself: the stack text, links in a text file, and the JSON
// report, which has the stack text in it.
var Reader = source.Reader{
	ID: "stack", Label: "paramstack", Exts: []string{".stack", ".txt", ".text"},
	Detect: func(head []byte, f *source.File) bool {
		if strings.HasSuffix(strings.ToLower(f.Name), ".stack") {
			return true
		}
		_, ok := fragment(head)
		return ok || isReport(head) || utf8.Valid(bytes.TrimRight(head, "\x80\x81\x82\x83")) && text.Begins(string(head))
	},
	Read: func(f *source.File) (*source.Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		if s, ok := fragment(data); ok {
			m, counting, d := link.DecodeCounted(s)
			if d != nil {
				return nil, d
			}
			return &source.Result{Model: m, Keras: counting.Keras}, nil
		}
		if isReport(data[:min(len(data), source.HeadSize)]) {
			return readReport(data)
		}
		return readStack(string(data))
	},
}

// readStack reads a stack text.
func readStack(src string) (*source.Result, error) {
	file, problems := text.Parse(src)
	for _, d := range problems {
		if d.Severity == diag.Error {
			line, column := 1, 1
			if d.Span != nil {
				line, column = text.Position(src, d.Span.Start)
			}
			return nil, diag.New(catalog.ImportTextBad, line, column, d.Say)
		}
	}
	return &source.Result{Model: file.Model}, nil
}

// isReport reports whether a file is a JSON report (docs/report.md).
func isReport(head []byte) bool {
	head = bytes.TrimSpace(head)
	return len(head) > 0 && head[0] == '{' && bytes.Contains(head, []byte(`"paramstack report `))
}

// readReport reads the network of a JSON report from the stack text in it. Its
// numbers are compared with those of the text, which may have been changed since.
func readReport(data []byte) (*source.Result, error) {
	var report struct {
		Text       string `json:"text"`
		Counting   string `json:"counting"`
		WithBiases *bool  `json:"withBiases"`
		Totals     struct {
			Weights, Biases, Buffers, MACs string
		} `json:"totals"`
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return nil, diag.New(catalog.ImportBroken, err.Error())
	}
	if report.Text == "" {
		return nil, diag.New(catalog.ImportReportText)
	}
	r, err := readStack(report.Text)
	if err != nil {
		return nil, err
	}
	stated, totals := report.Totals, count.Of(r.Model).Totals
	style := count.StyleNamed(report.Counting, report.WithBiases == nil || *report.WithBiases)
	ours := style.Of(totals.Counts)
	for _, n := range [][2]string{{stated.Weights, ours.Weights.String()}, {stated.Biases, ours.Biases.String()},
		{stated.Buffers, ours.Buffers().String()}, {stated.MACs, totals.MACs.String()}} {
		if n[0] != "" && n[0] != n[1] {
			r.AddNote(true, catalog.ImportReportTotal, n[0], n[1])
		}
	}
	return r, nil
}

// fragment returns the fragment of a file that holds a link and nothing else.
func fragment(data []byte) (string, bool) {
	s := strings.TrimSpace(string(data[:min(len(data), link.MaxChars)]))
	if strings.ContainsAny(s, " \n\t") {
		return "", false
	}
	_, s, ok := strings.Cut(s, "#")
	return s, ok && link.Is(s)
}
