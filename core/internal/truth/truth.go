// Package truth finds and reads the published figures and the outputs of other
// software that the tests compare with (../shared/truth; its INDEX.md says what
// each file holds). It is for tests only, and the one room of core that may
// import os; nothing but _test.go files imports it.
package truth

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Dir returns the folder of truths. Where it is missing the test is skipped,
// but fails in CI: there a skipped comparison must not look like a passed one.
func Dir(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(Root(t), "..", "shared", "truth")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the published figures are not there: %v", err)
		}
		t.Skipf("compares with published figures that are not part of the repository: %v", err)
	}
	return dir
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

// JSON reads a file of truths into v.
func JSON(t testing.TB, name string, v any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(Dir(t), name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// A Record is one line of a CSV file by the names of its columns.
type Record map[string]string

// CSV reads a file of truths, whose first line names the columns.
func CSV(t testing.TB, name string) []Record {
	t.Helper()
	f, err := os.Open(filepath.Join(Dir(t), name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil || len(lines) == 0 {
		t.Fatalf("%s: %d lines, %v", name, len(lines), err)
	}
	records := make([]Record, len(lines)-1)
	for i, line := range lines[1:] {
		records[i] = make(Record, len(line))
		for j, value := range line {
			records[i][lines[0][j]] = value
		}
	}
	return records
}
