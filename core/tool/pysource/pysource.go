// Package pysource is what readers of Python source share: how such a text is
// recognised, whose framework it uses, and its files: several together, or the cells
// of a notebook.
package pysource

import (
	"encoding/json"
	"errors"
	"path"
	"regexp"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/pysource/eval"
	"paramstack/core/tool/pysource/syntax"
	"paramstack/core/tool/source"
)

var (
	// statement is a line that only Python has.
	statement = regexp.MustCompile(`(?m)^\s*(?:import [A-Za-z_]\w*(?:\.\w+)*(?: as \w+)?(?:, ?\w+)*\s*(?:#.*)?$|from [\w.]+ import ` +
		`|(?:async )?def \w+ ?\(|class \w+ ?(?:\(.*\))?:\s*(?:#.*)?$|@\w[\w.]*(?:\(.*\))?$)`)
	// called is a call whose value is kept, or that adds a layer.
	called = regexp.MustCompile(`(?m)^\s*(?:[\w.]+(?:, ?\w+)* ?= ?(?:\w+\.)*(?:Sequential|Model|Input|Dense|Conv\d[dD]|Linear|Module\w*|[A-Z]\w+)\(` +
		`|\w+\.add\(|(?:nn|layers|keras|tf|torch|models)\.[\w.]+\()`)
	bare       = regexp.MustCompile(`^\s*(?:nn|layers|keras|tf|torch|models|tf\.keras)\.[\w.]+\(`)
	printed    = regexp.MustCompile(`(?m)^\s*\(\w+\): \w+\(|^\s*\(\w+\): \d+ x`)
	torchWords = regexp.MustCompile(`\b(?:torch\w*|nn\.\w|F\.\w+\(|timm|lightning|Conv\dd|BatchNorm\dd|MaxPool\dd)`)
	kerasWords = regexp.MustCompile(`\b(?:keras\w*|tensorflow|tf\.\w|layers\.\w|Conv\dD|MaxPool(?:ing)?\dD|Dense\()`)
)

// A Framework is whose modules a source uses.
type Framework uint8

// The frameworks.
const (
	NoFramework Framework = iota
	Torch
	Keras
)

// Detect reports whether a file is Python source, or a notebook of it, and whose.
func Detect(head []byte, f *source.File) Framework {
	text := string(head)
	name := strings.ToLower(f.Name)
	if IsNotebook(head) {
		if f.Size <= source.MaxText {
			if data, err := f.All(); err == nil {
				text, _ = cells(data)
			}
		}
		return of(text)
	}
	if strings.HasPrefix(strings.TrimSpace(text), "{") || strings.HasPrefix(strings.TrimSpace(text), "<") {
		return NoFramework
	}
	switch {
	case strings.HasSuffix(name, ".py") || strings.HasSuffix(name, ".pyw"):
	case bare.MatchString(text):
	case statement.MatchString(text):
		if printed.MatchString(text) && !strings.Contains(text, "def forward") && !strings.Contains(text,
			"def __init__") {
			return NoFramework // a session with the text of print(model) in it
		}
	case called.MatchString(text) && !printed.MatchString(text):
		// A listing may have calls too: all of it must be Python.
		if f.Size > source.HeadSize {
			break
		}
		if _, err := syntax.Parse(text); err != nil && !strings.Contains(text, "add(") {
			return NoFramework
		}
	default:
		return NoFramework
	}
	if f.Size > int64(len(head)) && f.Size < syntax.MaxSource { // the first lines may be comments
		if data, err := f.All(); err == nil {
			text = string(data)
		}
	}
	for _, other := range f.Beside {
		if data, err := other.All(); err == nil && len(data) < syntax.MaxSource {
			text += "\n" + string(data)
		}
	}
	return of(text)
}

// of returns whose words a text has more of.
func of(text string) Framework {
	t, k := len(torchWords.FindAllStringIndex(text, 2000)), len(kerasWords.FindAllStringIndex(text, 2000))
	switch {
	case t == 0 && k == 0:
		return NoFramework
	case k > t:
		return Keras
	default:
		return Torch
	}
}

// IsNotebook reports whether a file begins like a notebook.
func IsNotebook(head []byte) bool {
	text := strings.TrimSpace(string(head))
	return strings.HasPrefix(text, "{") && (strings.Contains(text, `"cell_type"`) || strings.Contains(text,
		`"nbformat"`))
}

// Files returns the sources of a file and of those beside it.
func Files(f *source.File) ([]*eval.File, error) {
	var all []*eval.File
	for _, g := range append([]*source.File{f}, f.Beside...) {
		data, err := g.All()
		if err != nil {
			return nil, err
		}
		text := string(data)
		if IsNotebook(data[:min(len(data), source.HeadSize)]) {
			var ok bool
			if text, ok = cells(data); !ok {
				return nil, diag.New(catalog.ImportBroken, "JSON")
			}
		} else if ext := strings.ToLower(path.Ext(g.Name)); g != f && ext != ".py" {
			continue
		}
		all = append(all, &eval.File{Name: g.Name, Text: plain(text)})
	}
	return all, nil
}

// plain blanks what a shell of Python adds: prompts, and lines of magic. Lines keep
// their numbers.
func plain(text string) string {
	lines := strings.Split(text, "\n")
	prompts := 0
	for _, l := range lines {
		if strings.HasPrefix(l, ">>> ") || l == ">>>" {
			prompts++
		}
	}
	for i, l := range lines {
		trimmed := strings.TrimSpace(l)
		switch {
		case prompts > 0 && (strings.HasPrefix(l, ">>> ") || strings.HasPrefix(l, "... ")):
			lines[i] = l[4:]
		case prompts > 0:
			lines[i] = ""
		case strings.HasPrefix(trimmed, "%") || strings.HasPrefix(trimmed, "!"):
			lines[i] = l[:len(l)-len(strings.TrimLeft(l, " \t"))] + "pass"
		}
	}
	return strings.Join(lines, "\n")
}

// cells returns the code cells of a notebook as one source.
func cells(data []byte) (string, bool) {
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
		return "", false
	}
	var b strings.Builder
	add := func(raw json.RawMessage) {
		var lines []string
		var text string
		if json.Unmarshal(raw, &lines) == nil {
			text = strings.Join(lines, "")
		} else if json.Unmarshal(raw, &text) != nil {
			return
		}
		if strings.HasPrefix(strings.TrimSpace(text), "%%") { // of another language
			if !strings.HasPrefix(strings.TrimSpace(text), "%%time") {
				return
			}
		}
		b.WriteString(text)
		b.WriteString("\n")
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
	return b.String(), true
}

// Ended returns the error of a program that was run as readers of files return it.
func Ended(err error) error {
	if errors.Is(err, eval.ErrCancelled) {
		return source.ErrCancelled
	}
	return err
}

// NoteGuesses notes which way was taken where a condition depends on data.
func NoteGuesses(r *source.Result, guesses []eval.Guess) {
	for _, g := range guesses {
		taken := catalog.SourceFalse
		if g.Taken {
			taken = catalog.SourceTrue
		}
		r.AddNote(true, catalog.SourceBranch, g.At.Line, taken)
	}
}
