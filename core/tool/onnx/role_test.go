package onnx

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestRoles counts what is learned in a file and what is only stored in it:
// testdata/roles.txt. The counts are those of PyTorch, or follow by hand.
func TestRoles(t *testing.T) {
	a, err := txtar.ParseFile("testdata/roles.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range a.Files {
		t.Run(c.Name, func(t *testing.T) {
			want, file, _ := strings.Cut(string(c.Data), "\n")
			r, _, d := tooltest.Open(sourceOf(modelFile(file)), readers...)
			if d != nil {
				t.Fatal(d)
			}
			totals := count.Of(r.Model).Totals
			least := ""
			if totals.ParamsAtLeast {
				least = "≥"
			}
			if got := fmt.Sprintf("learned %s%s, stored %s", least, totals.Params(true), totals.Stats); got != want {
				t.Errorf("%s; want %s\n%s", got, want, text.Format(r.Model))
			}
		})
	}
}
