package count_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/link"
	"paramstack/core/num"
	"paramstack/core/text"
)

func parse(t testing.TB, src string) arch.Model {
	t.Helper()
	file, problems := text.Parse(src)
	for _, d := range problems {
		if d.Severity == diag.Error {
			t.Fatalf("parse: %v", d)
		}
	}
	return file.Model
}

func TestGolden(t *testing.T) {
	tooltest.Golden(t, "testdata/golden/*.txtar", 1, func(t *testing.T, archive *txtar.Archive) []txtar.File {
		return outputs(parse(t, string(archive.Files[0].Data)))
	})
}

// outputs are all texts that can be made of a network.
func outputs(m arch.Model) []txtar.File {
	r := count.Of(m)
	var rows, totals, problems strings.Builder
	printRows(&rows, r.Rows, 0)
	t := r.Totals
	for _, line := range []struct {
		name  string
		value fmt.Stringer
	}{
		{"params", t.Params(true)}, {"weights", t.Weights}, {"biases", t.Biases}, {"trainable", t.Trainable()},
		{"frozen", t.Frozen}, {"statistics", t.Stats}, {"counters", t.Counters}, {"macs", t.MACs},
		{"outputs", t.Outputs}, {"largest", t.Largest}, {"layers", t.Layers},
	} {
		fmt.Fprintf(&totals, "%s %s\n", line.name, line.value)
	}
	if t.ParamsAtLeast || t.MACsAtLeast || t.OutputsAtLeast {
		fmt.Fprintf(&totals, "at least: params %v, macs %v, outputs %v\n", t.ParamsAtLeast, t.MACsAtLeast, t.OutputsAtLeast)
	}
	if t.Receptive != nil {
		fmt.Fprintf(&totals, "field %d\n", t.Receptive.Size[:t.Receptive.Dims])
	}
	for _, d := range r.Problems {
		fmt.Fprintf(&problems, "%s: %s\n", r.Name(d.Node), d)
		for _, f := range d.Fixes {
			fmt.Fprintf(&problems, "\tfix: %s\n", f.Label().In(catalog.English))
		}
	}
	files := []txtar.File{
		{Name: "text", Data: []byte(text.Format(m))},
		{Name: "rows", Data: []byte(rows.String())},
		{Name: "totals", Data: []byte(totals.String())},
	}
	if problems.Len() > 0 {
		files = append(files, txtar.File{Name: "problems", Data: []byte(problems.String())})
	}
	return append(files, txtar.File{Name: "link", Data: []byte("#" + link.Encode(m) + "\n")})
}

func printRows(b *strings.Builder, rows []*count.Row, depth int) {
	for _, r := range rows {
		name := r.Name
		switch r.Form {
		case count.FormTurn:
			name = fmt.Sprintf("turns %d to %d", r.From, r.To)
		case count.FormPath:
			name = "path"
		}
		fmt.Fprintf(b, "%s%s → %s", strings.Repeat("  ", depth), name, r.Out)
		if f := count.Formula(r.Weights, count.Style{Biases: true}); len(f) > 0 {
			fmt.Fprintf(b, "   %s = %s", count.Text(f), r.Counts.Params(true))
		} else if n := r.Counts.Params(true); !n.IsZero() {
			fmt.Fprintf(b, "   %s", n)
		}
		if f := count.Compute(r.MACs, count.Style{}); len(f) > 0 {
			fmt.Fprintf(b, "   macs %s = %s", count.Text(f), r.Counts.MACs)
		}
		b.WriteByte('\n')
		printRows(b, r.Children, depth+1)
	}
}

// A convolution's parameters do not know the size of the picture: the blog
// post's first lesson, as a property of every preset-like stack.
func TestPictureSizeDoesNotMatter(t *testing.T) {
	const stack = "input 3x%dx%d; conv 64 k7 s2 p3; bn; relu; maxpool 3 s2 p1; repeat 2 { add { conv 64 k3 p1; bn | }; relu }; conv 128*2 k1x7 p0x3 g4; globalavgpool; flatten; linear 10"
	var before []string
	for _, side := range []int{224, 448, 97, 1000} {
		var params []string
		count.Of(parse(t, fmt.Sprintf(stack, side, side))).Leaves(func(r *count.Row, _ num.Int) {
			if r.Kind().Group == layer.GroupConv {
				params = append(params, r.Name+" "+r.Counts.Params(true).String())
			}
		})
		if before != nil && strings.Join(before, ",") != strings.Join(params, ",") {
			t.Errorf("at %d: %v, before %v", side, params, before)
		}
		before = params
	}
	if len(before) != 3 {
		t.Fatalf("%d convolutions, want 3", len(before))
	}
}
