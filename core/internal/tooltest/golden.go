package tooltest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Update is the flag -update of the tests that compare outputs with files: those are
// rewritten. Read what differs before you commit it.
var Update = flag.Bool("update", false, "rewrite the expected outputs in testdata")

// Golden compares what is made of the first file of each archive with its other files. At
// least so many archives match the pattern. outputs is given an archive whole, since its
// comment may state options.
func Golden(t *testing.T, pattern string, least int, outputs func(t *testing.T, a *txtar.Archive) []txtar.File) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) < least {
		t.Fatalf("%d golden files, want %d: %v", len(names), least, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) == 0 {
				t.Fatal("the archive has no input")
			}
			got := outputs(t, archive)
			if *Update {
				archive.Files = append(archive.Files[:1], got...)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := archive.Files[1:]
			if len(want) != len(got) {
				t.Fatalf("%d outputs, want %d: run with -update", len(got), len(want))
			}
			for i := range want {
				if got[i].Name != want[i].Name || string(got[i].Data) != string(want[i].Data) {
					t.Errorf("%s differs\n--- got\n%s--- want\n%s", want[i].Name, got[i].Data, want[i].Data)
				}
			}
		})
	}
}
