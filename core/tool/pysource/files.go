package pysource

import (
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/source"
)

// Sources are the files of a program: several together, or the cells of a notebook.
type Sources struct {
	Files []*eval.File
	cells map[string][]int    // of notebooks: the line on which each cell begins, from 1
	lines map[string][]string // of each file
}

// SourcesOf returns the sources of a file and of those beside it.
func SourcesOf(f *source.File) (*Sources, error) {
	s := &Sources{cells: map[string][]int{}, lines: map[string][]string{}}
	for _, g := range append([]*source.File{f}, f.Beside...) {
		data, err := g.All()
		if err != nil {
			return nil, err
		}
		text := string(data)
		if IsNotebook(data[:min(len(data), source.HeadSize)]) {
			book, begins, ok := cells(data)
			if !ok {
				return nil, diag.New(catalog.ImportBroken, "JSON")
			}
			text, s.cells[g.Name] = book, begins
		} else if ext := strings.ToLower(path.Ext(g.Name)); g != f && ext != ".py" {
			continue
		}
		text = plain(text)
		s.Files = append(s.Files, &eval.File{Name: g.Name, Text: text})
		s.lines[g.Name] = strings.Split(text, "\n")
	}
	return s, nil
}

// IsNotebook reports whether a file begins like a notebook.
func IsNotebook(head []byte) bool {
	text := strings.TrimSpace(string(head))
	return strings.HasPrefix(text, "{") && (strings.Contains(text, `"cell_type"`) || strings.Contains(text,
		`"nbformat"`))
}

// cells returns the code cells of a notebook as one source, and the lines on which they
// begin.
func cells(data []byte) (text string, begins []int, ok bool) {
	var book struct {
		Cells []struct {
			Type   string          `json:"cell_type"`
			Source json.RawMessage `json:"source"`
		} `json:"cells"`
		Sheets []struct {
			Cells []struct {
				Type  string          `json:"cell_type"`
				Input json.RawMessage `json:"input"`
			} `json:"cells"`
		} `json:"worksheets"`
	}
	if json.Unmarshal(data, &book) != nil {
		return "", nil, false
	}
	var b strings.Builder
	line := 1
	add := func(raw json.RawMessage) {
		begins = append(begins, line) // an empty cell has a number too
		var lines []string
		var text string
		if json.Unmarshal(raw, &lines) == nil {
			text = strings.Join(lines, "")
		} else if json.Unmarshal(raw, &text) != nil {
			return
		}
		if first := strings.TrimSpace(text); strings.HasPrefix(first, "%%") && !strings.HasPrefix(first, "%%time") &&
			!strings.HasPrefix(first, "%%capture") {
			return // of another language
		}
		b.WriteString(text)
		b.WriteString("\n")
		line += strings.Count(text, "\n") + 1
	}
	for _, c := range book.Cells {
		if c.Type == "code" {
			add(c.Source)
		}
	}
	for _, s := range book.Sheets {
		for _, c := range s.Cells {
			if c.Type == "code" {
				add(c.Input)
			}
		}
	}
	return b.String(), begins, true
}

// place returns where people find a place: the line of its file, or the number of a
// code cell and the line in it; cell is 0 in what is no notebook.
func (s *Sources) place(p eval.Place) (cell, line int) {
	begins := s.cells[p.File]
	if len(begins) == 0 {
		return 0, p.Line
	}
	cell, found := slices.BinarySearch(begins, p.Line)
	if found {
		for cell+1 < len(begins) && begins[cell+1] == p.Line { // those before are empty
			cell++
		}
		cell++
	}
	return cell, p.Line - begins[max(cell, 1)-1] + 1
}

// file returns the name of a file for people, with the number of the cell.
func file(name string, cell int) string {
	if cell > 0 {
		return name + " [" + strconv.Itoa(cell) + "]"
	}
	return name
}

// Located returns a problem with its place; with the name of the file too, if there are
// several. What is in no file is the expression that was evaluated behind them.
func (s *Sources) Located(p *eval.Problem) catalog.Message {
	cell, line := s.place(p.At)
	switch {
	case p.At.File == "" && p.At.Line > 0:
		return catalog.Say(catalog.PythonAtExpr, p.At.Col, p.Say)
	case len(s.Files) > 1:
		return catalog.Say(catalog.PythonAtFile, file(p.At.File, cell), line, p.At.Col, p.Say)
	case cell > 0:
		return catalog.Say(catalog.PythonAtCell, cell, line, p.At.Col, p.Say)
	}
	return catalog.Say(catalog.PythonAt, line, p.At.Col, p.Say)
}

// Line names a line within a sentence.
func (s *Sources) Line(p eval.Place) catalog.Message {
	cell, line := s.place(p)
	switch {
	case len(s.Files) > 1:
		return catalog.Say(catalog.PythonLineFile, file(p.File, cell), line)
	case cell > 0:
		return catalog.Say(catalog.PythonLineCell, cell, line)
	}
	return catalog.Say(catalog.PythonLine, line)
}

// mostOrigin is how many letters of a line are shown.
const mostOrigin = 160

// Origin returns a place as arch.Head has it: the file, the number of the line, and the
// line. It is "" for what no file of the reader has.
func (s *Sources) Origin(p eval.Place) string {
	lines := s.lines[p.File]
	if p.Line < 1 || p.Line > len(lines) {
		return ""
	}
	text := []rune(strings.TrimSpace(lines[p.Line-1]))
	if len(text) > mostOrigin {
		text = append(text[:mostOrigin:mostOrigin], '…')
	}
	cell, line := s.place(p)
	return file(p.File, cell) + ":" + strconv.Itoa(line) + ": " + string(text)
}
