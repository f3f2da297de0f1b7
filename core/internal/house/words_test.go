// Package house checks the style of the tree: the words of comments and the width
// of lines.
package house

import (
	"bufio"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// root is the folder of the module.
const root = "../../.."

// goFiles calls f with every Go file of the module, by its path with slashes.
func goFiles(t *testing.T, f func(path, file string)) {
	t.Helper()
	count := 0
	for _, top := range []string{"app", "core"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(file string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if strings.HasSuffix(file, ".go") {
				rel, err := filepath.Rel(root, file)
				if err != nil {
					return err
				}
				count++
				f(filepath.ToSlash(rel), file)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if count < 100 {
		t.Fatalf("only %d Go files were found", count)
	}
}

// idioms are words that comments once used in a sense of their own, and what the
// trade says instead.
var idioms = []struct {
	words   *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?i)\b(un)?told\b`), "known, inferred, given, stated; unknown"},
	{regexp.MustCompile(`(?i)\btells?\b`), "states, shows, distinguishes"},
	{regexp.MustCompile(`(?i)\b(stands?|stood)\b`), "is, comes first, appears, represents"},
	{regexp.MustCompile(`(?i)\bmend(s|ed|ing)?\b`), "fix"},
	{regexp.MustCompile(`(?i)\b(lends?|lent|lender|donor)\b`), "shares; owner of the weights"},
	{regexp.MustCompile(`(?i)\bwish(es|ed)?\b`), "preferred, preferences"},
	{regexp.MustCompile(`(?i)\bstrangers?\b`), "unknown operators, readers"},
	{regexp.MustCompile(`(?i)\banew\b`), "again, re-"},
}

// legitimate are uses of these words in another sense: file, phrase.
var legitimate = map[string]bool{}

// TestWords checks that comments speak the English of the trade.
func TestWords(t *testing.T) {
	unused := map[string]bool{}
	for entry := range legitimate {
		unused[entry] = true
	}
	goFiles(t, func(path, file string) {
		if path == "core/internal/house/words_test.go" {
			return
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			return
		}
		for _, group := range parsed.Comments {
			text := strings.Join(strings.Fields(group.Text()), " ")
			for entry := range legitimate {
				place, phrase, _ := strings.Cut(entry, ": ")
				if place == path && strings.Contains(text, phrase) {
					delete(unused, entry)
					text = strings.ReplaceAll(text, phrase, "")
				}
			}
			for _, idiom := range idioms {
				if word := idiom.words.FindString(text); word != "" {
					t.Errorf("%s:%d: a comment has %q; write: %s", path, fset.Position(group.Pos()).Line, word, idiom.instead)
				}
			}
		}
	})
	for entry := range unused {
		t.Errorf("nothing needs the exception %q any more", entry)
	}
}

// maxColumns bounds lines of Go. Editors and reviews show about 120; a little more
// is better than breaking a line at a bad place.
const maxColumns = 130

// tables are files whose long lines are rows of a table, networks in one line or
// regular expressions, which read worse in several lines. So do the cases of tests,
// the sentences of core/catalog and the networks of core/zoo, which are free.
var tables = map[string]bool{
	"app/site/icon.go":                 true,
	"app/ui/parts.go":                  true,
	"core/doc/docwriter.go":            true,
	"core/internal/randnet/hold.go":    true,
	"core/internal/randnet/options.go": true,
	"core/internal/tooltest/kinds.go":  true,
	"core/internal/truth/tables.go":    true,
	"core/layer/multiscale.go":         true,
	"core/link/dictionary.go":          true,
	"core/tool/caffe/write_layers.go":  true,
	"core/tool/pycode/python.go":       true,
	"core/tool/pysource/pysource.go":   true,
	"core/tool/summary/table.go":       true,
	"core/tool/torch/checkpoint.go":    true,
	"core/tool/torch/class.go":         true,
	"core/tool/torch/print.go":         true,
	"core/tool/torch/rules.go":         true,
	"core/tool/torch/tensors.go":       true,
	"core/tool/torch/write.go":         true,
	"core/tool/torch/write_text.go":    true,
	"core/tool/vocab/caffe.go":         true,
	"core/tool/vocab/keras.go":         true,
	"core/tool/vocab/torch_rows.go":    true,
}

// TestColumns checks the width of lines, a tab counting as four columns.
func TestColumns(t *testing.T) {
	goFiles(t, func(path, file string) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		wide, first := 0, 0
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			line := strings.ReplaceAll(lines.Text(), "\t", "    ")
			if utf8.RuneCountInString(line) > maxColumns {
				if wide++; wide == 1 {
					first = n
				}
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		free := strings.HasPrefix(path, "core/catalog/") || strings.HasPrefix(path, "core/zoo/") ||
			strings.HasSuffix(path, "_test.go") || tables[path]
		if wide > 0 && !free {
			t.Errorf("%s:%d: %d lines have more than %d columns", path, first, wide, maxColumns)
		}
	})
}
