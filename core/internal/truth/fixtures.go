package truth

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Fixtures are small files that other tools wrote, with what those tools counted
// in them: make fixtures makes them, from the scripts of core/tool/testdata/make.
// They are part of the repository, so that every clone reads real files.
func Fixtures(t testing.TB) []Record { return fixtureTables(t, false) }

// FixtureLayers are the layers of the fixtures that their tools ran: by file, the
// name, output and parameters of each.
func FixtureLayers(t testing.TB) map[string][]Record {
	byFile := map[string][]Record{}
	for _, r := range fixtureTables(t, true) {
		byFile[r["file"]] = append(byFile[r["file"]], r)
	}
	return byFile
}

// Fixture returns a fixture's content.
func Fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(fixtureDir(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func fixtureDir(t testing.TB) string {
	return filepath.Join(Root(t), "core", "tool", "testdata", "fixtures")
}

// fixtureTables reads the tables beside the fixtures, one a tool: those of layers,
// or the others.
func fixtureTables(t testing.TB, ofLayers bool) []Record {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(fixtureDir(t), "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no fixtures: %v", err)
	}
	var all []Record
	for _, file := range files {
		if strings.HasSuffix(file, "_layers.csv") != ofLayers {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		records, err := readCSV(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, records...)
	}
	return all
}
