package truth

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "make facts/ from the folder of files")

// TestFacts wants the facts to be what the folder of files has, where it is here.
// Everywhere it wants every table to be there and every file to have a hash.
func TestFacts(t *testing.T) {
	dir, here := Dir(t)
	rows := 0
	for _, table := range tables {
		if here {
			want := table.made(t, dir)
			if *update {
				table.write(t, want)
				continue
			}
			if got := content(t, table.name); !bytes.Equal(got, want) {
				t.Errorf("facts/%s is not what the files are: make it with -update, and read the difference", table.name)
			}
		}
		if data := content(t, table.name); strings.HasSuffix(table.name, ".json") {
			rows += bytes.Count(data, []byte("\n{"))
		} else {
			rows += bytes.Count(data, []byte("\n")) - 1
		}
	}
	if *update {
		return // what was embedded is not what was written
	}
	for name, sum := range Hashes(t) {
		if len(sum) != 64 {
			t.Errorf("%s has the hash %q", name, sum)
		}
	}
	if !here {
		t.Logf("%d facts in %d tables, about %d files, of which none is here", rows, len(tables), len(Hashes(t)))
		return
	}
	// Every file has a fact: those beside the folders and in torch_layers are tables.
	files := 0
	err := filepath.WalkDir(dir, func(file string, d os.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, file)
		switch name = filepath.ToSlash(name); {
		case err != nil:
			return err
		case d.IsDir() && name+"/" == layerTables:
			return filepath.SkipDir
		case d.IsDir(), !strings.Contains(name, "/"), name == "summaries/index.csv":
		default:
			files++
			Read(t, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d facts in %d tables, about %d files; %d files compared", rows, len(tables), len(Hashes(t)), files)
}

// TestNoLooseFacts wants every file of facts to be a table.
func TestNoLooseFacts(t *testing.T) {
	known := map[string]bool{"README.md": true}
	for _, table := range tables {
		known[table.file()] = true
	}
	err := fs.WalkDir(facts, "facts", func(name string, d fs.DirEntry, err error) error {
		if name := strings.TrimPrefix(name, "facts/"); err == nil && !d.IsDir() && !known[name] {
			t.Errorf("facts/%s belongs to no table", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (table table) file() string {
	if table.packed {
		return table.name + ".gz"
	}
	return table.name
}

// made makes a table from the folder of files.
func (table table) made(t *testing.T, dir string) []byte {
	t.Helper()
	switch {
	case strings.HasSuffix(table.name, ".json"):
		return table.cases(t, dir)
	case table.name == "torch_layers.csv":
		files, err := filepath.Glob(filepath.Join(dir, layerTables, "*.csv"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no tables of layers: %v", err)
		}
		var records []Record
		for _, file := range files {
			for _, r := range read(t, file) {
				r["file"] = filepath.Base(file)
				records = append(records, r)
			}
		}
		return table.print(t, records)
	}
	records := read(t, filepath.Join(dir, table.name))
	if table.folder != "" {
		for _, r := range records {
			data, err := os.ReadFile(filepath.Join(dir, path.Join(table.folder, r["file"])))
			if err != nil {
				t.Fatal(err)
			}
			r["sha256"] = hash(data)
		}
	}
	return table.print(t, records)
}

func read(t *testing.T, file string) []Record {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	records, err := readCSV(data)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return records
}

func (table table) print(t *testing.T, records []Record) []byte {
	t.Helper()
	lines := [][]string{table.columns}
	for i, r := range records {
		line := make([]string, len(table.columns))
		for j, column := range table.columns {
			value, ok := r[column]
			if !ok {
				t.Fatalf("%s: line %d has no column %s", table.name, i+2, column)
			}
			line[j] = value
		}
		lines = append(lines, line)
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// cases makes a file of cases: one a line, the fields that tests read.
func (table table) cases(t *testing.T, dir string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, table.name))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []map[string]json.RawMessage }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	b.WriteString(`{"cases": [`)
	for i, c := range file.Cases {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n{")
		first := true
		for _, field := range table.columns {
			value, ok := c[field]
			if !ok {
				continue
			}
			if !first {
				b.WriteByte(',')
			}
			first = false
			b.WriteString(`"` + field + `":`)
			if err := json.Compact(&b, value); err != nil {
				t.Fatal(err)
			}
		}
		b.WriteByte('}')
	}
	b.WriteString("\n]}\n")
	return b.Bytes()
}

func (table table) write(t *testing.T, data []byte) {
	t.Helper()
	file := filepath.Join("facts", table.file())
	if table.packed {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		data = b.Bytes()
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
