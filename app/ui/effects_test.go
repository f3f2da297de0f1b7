package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// TestEffects checks that perform knows every effect of the editor.
func TestEffects(t *testing.T) {
	performed := map[string]bool{}
	for _, d := range parse(t, "effects.go").Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name != "perform" {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if c, ok := n.(*ast.CaseClause); ok {
				for _, e := range c.List {
					performed[strings.TrimPrefix(e.(*ast.SelectorExpr).Sel.Name, "editor.")] = true
				}
			}
			return true
		})
	}
	effects := 0
	for _, d := range parse(t, "../editor/effect.go").Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil && f.Name.Name == "effect" {
			effects++
			if name := f.Recv.List[0].Type.(*ast.Ident).Name; !performed[name] {
				t.Errorf("perform does not know %s", name)
			}
		}
	}
	if effects < 10 || len(performed) != effects {
		t.Errorf("%d effects, %d performed", effects, len(performed))
	}
}

func parse(t *testing.T, path string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
