package onnx

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/onnx/onnxpb"
)

// TestPasses runs each pass alone over small networks: testdata/PASS/*.txt. See
// testdata/README.md.
func TestPasses(t *testing.T) {
	run := map[string]func(network) (network, error){"inline": func(g network) (network, error) { return g, nil }}
	for _, p := range passes {
		run[p.name] = p.run
	}
	for _, name := range slices.Sorted(maps.Keys(run)) {
		files, _ := filepath.Glob("testdata/" + name + "/*.txt")
		if len(files) == 0 {
			t.Errorf("the pass %s has no case", name)
		}
		for _, path := range files {
			t.Run(filepath.ToSlash(strings.TrimPrefix(strings.TrimSuffix(path, ".txt"), "testdata/")), func(t *testing.T) {
				a, err := txtar.ParseFile(path)
				if err != nil || len(a.Files) != 2 || a.Files[0].Name != "before" || a.Files[1].Name != "after" {
					t.Fatal("not a case: before, after", err)
				}
				file := sourceOf(modelFile(string(a.Files[0].Data)))
				m, err := onnxpb.Read(file)
				if err != nil {
					t.Fatal(err)
				}
				before, err := networkOf(m, file.Budget())
				if err != nil {
					t.Fatal(err)
				}
				whole := printed(before)
				after, err := run[name](before)
				if err != nil {
					t.Fatal(err)
				}
				if printed(before) != whole {
					t.Error("the pass changed what it was given")
				}
				got := printed(after)
				if *tooltest.Update {
					a.Files[1].Data = []byte(got)
					if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
						t.Fatal(err)
					}
				} else if want := string(a.Files[1].Data); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}

// printed writes a network in the lines that modelFile reads, with the constants
// that its nodes use.
func printed(g network) string {
	var b strings.Builder
	dims := func(d []int64) string { return strings.ReplaceAll(crossed(d), "-1", "?") }
	for _, v := range g.inputs {
		fmt.Fprintf(&b, "in %s %s\n", v.Name, dims(v.Dims))
	}
	used := map[string]bool{}
	for _, n := range g.nodes {
		for _, in := range n.Uses() {
			used[in] = true
		}
	}
	for _, v := range g.outputs {
		used[v.Name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(g.consts)) {
		k := g.consts[name]
		if !used[name] {
			continue
		}
		typ, scale := "int64", ""
		if k.float {
			typ = "float"
		}
		if slices.ContainsFunc(k.roots, func(r *stored) bool { return g.scales[r] }) {
			scale = " # scale"
		}
		data := ""
		if k.data != nil {
			var v []string
			for _, x := range k.data {
				v = append(v, strconv.FormatFloat(x, 'g', 7, 64))
			}
			data = " = " + strings.Join(v, ",")
		}
		fmt.Fprintln(&b, strings.Join(strings.Fields("init "+name+" "+typ+" "+dims(k.dims)+data+scale), " "))
	}
	for _, n := range g.nodes {
		fmt.Fprintf(&b, "node %s %s-> %s%s\n", n.Op, spaced(named(n.In)), named(n.Out), attrsText(n))
	}
	for _, v := range g.outputs {
		fmt.Fprintf(&b, "out %s %s\n", v.Name, dims(v.Dims))
	}
	return b.String()
}

func crossed(v []int64) string {
	parts := make([]string, len(v))
	for i, n := range v {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(parts, "x")
}

func spaced(s string) string {
	if s != "" {
		s += " "
	}
	return s
}

// named writes names; - is one that is left out.
func named(names []string) string {
	names = slices.Clone(names)
	for i, n := range names {
		if n == "" {
			names[i] = "-"
		}
	}
	return strings.Join(names, ",")
}

func attrsText(n *node) string {
	var b strings.Builder
	for i, name := range slices.Sorted(maps.Keys(n.Attrs)) {
		if i == 0 {
			b.WriteString(" |")
		}
		switch a := n.Attrs[name]; {
		case a.Graph != nil:
			var nodes []string
			for _, m := range a.Graph.Nodes {
				nodes = append(nodes, fmt.Sprintf("%s %s-> %s%s", m.Op, spaced(named(m.In)), named(m.Out), attrsText(m)))
			}
			fmt.Fprintf(&b, " %s={%s}", name, strings.Join(nodes, "; "))
		case a.Ints != nil:
			fmt.Fprintf(&b, " %s=[%s]", name, strings.ReplaceAll(crossed(a.Ints), "x", ","))
		case a.Tensor != nil:
			fmt.Fprintf(&b, " %s=<%s>", name, crossed(a.Tensor.Dims))
		case a.Str != "":
			fmt.Fprintf(&b, " %s=%s", name, a.Str)
		case a.Float != 0:
			fmt.Fprintf(&b, " %s=%v", name, a.Float)
		default:
			fmt.Fprintf(&b, " %s=%d", name, a.Int)
		}
	}
	return b.String()
}
