// Package truth has the facts that the tests compare with: published figures, and
// what other software made of real files and of single layers. They are in facts/,
// of which facts/README.md says where each table comes from, so that a clone
// compares them wherever it is. The files behind them (../shared/truth) are not
// part of the repository: their names, sources, hashes and true figures are.
// It is for tests only, and the one room of core that may import os; nothing but
// _test.go files imports it.
package truth

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path"
	"path/filepath"
	"sync"
	"testing"
)

//go:embed facts
var facts embed.FS

// A Record is one line of a table by the names of its columns.
type Record map[string]string

// CSV returns a table of facts by its name, such as torchvision.csv.
func CSV(t testing.TB, name string) []Record {
	t.Helper()
	if dir, file := path.Split(name); dir == layerTables {
		records := layers(t)[file]
		if records == nil {
			t.Fatalf("there are no facts about the layers of %s", file)
		}
		return records
	}
	records, err := readCSV(content(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return records
}

// JSON reads facts that are cases, such as torch_layer_cases.json, into v.
func JSON(t testing.TB, name string, v any) {
	t.Helper()
	if err := json.Unmarshal(content(t, name), v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// layerTables is the folder of one table a network; in facts they are one, with
// the file's name as first column.
const layerTables = "torch_layers/"

var layersOnce struct {
	sync.Once
	byFile map[string][]Record
}

func layers(t testing.TB) map[string][]Record {
	t.Helper()
	layersOnce.Do(func() {
		layersOnce.byFile = map[string][]Record{}
		records, err := readCSV(content(t, "torch_layers.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			layersOnce.byFile[r["file"]] = append(layersOnce.byFile[r["file"]], r)
		}
	})
	return layersOnce.byFile
}

// content returns a table as it is in facts, which holds large ones compressed:
// people look at those through a test and never edit them.
func content(t testing.TB, name string) []byte {
	t.Helper()
	data, err := facts.ReadFile("facts/" + name)
	if err == nil {
		return data
	}
	packed, err := facts.Open("facts/" + name + ".gz")
	if err != nil {
		t.Fatalf("there are no facts called %s", name)
	}
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	if err == nil {
		data, err = io.ReadAll(r)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return data
}

// readCSV reads a table whose first line names the columns.
func readCSV(data []byte) ([]Record, error) {
	lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, err
	}
	records := make([]Record, len(lines)-1)
	for i, line := range lines[1:] {
		records[i] = make(Record, len(line))
		for j, value := range line {
			records[i][lines[0][j]] = value
		}
	}
	return records, nil
}

// Required is the environment variable that, set to "required", makes a file that
// is not here an error: the maintainers' CI has the folder beside the repository,
// and there a comparison that did not happen must not look like one that passed.
const Required = "PARAMSTACK_TRUTH"

// Dir returns the folder of the files, and whether it is here.
func Dir(t testing.TB) (string, bool) {
	t.Helper()
	dir := filepath.Join(Root(t), "..", "shared", "truth")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv(Required) == "required" {
			t.Fatalf("%s=required, and the files are not here: %v", Required, err)
		}
		return "", false
	}
	return dir, true
}

// Read returns a file by its path in the folder, which must be the file that the
// facts are about: its hash is compared. It returns nil if the folder is not here.
func Read(t testing.TB, name string) []byte {
	t.Helper()
	dir, here := Dir(t)
	if !here {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	switch want := Hashes(t)[name]; want {
	case "":
		t.Fatalf("%s: there is no fact about this file", name)
	case hash(data):
	default:
		t.Fatalf("%s is not the file that the facts are about: its SHA-256 is %s, theirs %s", name, hash(data), want)
	}
	return data
}

// Absent logs how many files a test did not read since they are not here.
func Absent(t testing.TB, files int) {
	t.Helper()
	if files > 0 {
		t.Logf("%d files are not here: they are no part of the repository, which has the facts about them", files)
	}
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

var hashesOnce struct {
	sync.Once
	byPath map[string]string
}

// Hashes returns the SHA-256 of every file that there is a fact about, by its path.
func Hashes(t testing.TB) map[string]string {
	t.Helper()
	hashesOnce.Do(func() {
		hashesOnce.byPath = map[string]string{}
		for _, table := range tables {
			if table.folder == "" {
				continue
			}
			for _, r := range CSV(t, table.name) {
				name := path.Join(table.folder, r["file"])
				if was := hashesOnce.byPath[name]; was != "" && was != r["sha256"] {
					t.Fatalf("%s has two hashes", name)
				}
				hashesOnce.byPath[name] = r["sha256"]
			}
		}
	})
	return hashesOnce.byPath
}

// Root returns the folder of the module.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = up
	}
}
