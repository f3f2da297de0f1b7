//go:build !js

package site

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sources are the files of the project's web/.
func sources(t *testing.T) map[string]string {
	t.Helper()
	list := map[string]string{}
	web := os.DirFS("../../web")
	err := fs.WalkDir(web, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(web, p)
		list[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// asked is what go-app's Go side expects of the page, by a name in its source.
type asked struct {
	called, set []string // properties of window
	environment []string // keys of goappGetenv
	elements    []string // of the document, by id
}

// askedBy reads the files of a package that are compiled for the browser.
func askedBy(t *testing.T, dir string) asked {
	t.Helper()
	browser := build.Default
	browser.GOOS, browser.GOARCH, browser.CgoEnabled = "js", "wasm", false
	pkg, err := browser.ImportDir(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all asked
	for _, name := range pkg.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			word := literal(call.Args[0])
			switch f := call.Fun.(type) {
			case *ast.Ident:
				if f.Name == "Getenv" && word != "" {
					all.environment = append(all.environment, word)
				}
			case *ast.SelectorExpr:
				switch {
				case isWindow(f.X) && (f.Sel.Name == "Call" || f.Sel.Name == "Get") && word != "":
					all.called = append(all.called, word)
				case isWindow(f.X) && f.Sel.Name == "Set" && word != "":
					all.set = append(all.set, word)
				case f.Sel.Name == "Call" && word == "getElementById" && len(call.Args) > 1 && literal(call.Args[1]) != "":
					all.elements = append(all.elements, literal(call.Args[1]))
				}
			}
			return true
		})
	}
	return all
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		s, _ := strconv.Unquote(l.Value)
		return s
	}
	return ""
}

// isWindow reports whether an expression is go-app's window: Window(), or w in its methods.
func isWindow(e ast.Expr) bool {
	if call, ok := e.(*ast.CallExpr); ok {
		f, ok := call.Fun.(*ast.Ident)
		return ok && f.Name == "Window"
	}
	id, ok := e.(*ast.Ident)
	return ok && (id.Name == "w" || id.Name == "window")
}

// ofBrowsers are the properties of window that every browser has.
var ofBrowsers = []string{"BroadcastChannel", "Notification", "Object", "console", "document", "history", "localStorage", "location", "open"}

// All that go-app calls in the page is in our scripts: its own JavaScript is not used.
func TestNamesGoAppCalls(t *testing.T) {
	dir := slimmed(t)
	all := askedBy(t, filepath.Join(dir, "go-app/pkg/app"))
	web := sources(t)
	script := web["app.js"]
	ours := 0
	for _, name := range slices.Compact(slices.Sorted(slices.Values(append(all.called, all.set...)))) {
		switch {
		case strings.HasPrefix(name, "goapp"):
			ours++
			if !regexp.MustCompile(`(?m)^  window\.` + name + ` = `).MatchString(script) {
				t.Errorf("go-app uses window.%s, which app.js lacks", name)
			}
		case slices.Contains(all.set, name) && strings.HasPrefix(name, "on"): // go-app hears the window's events
		case !slices.Contains(ofBrowsers, name):
			t.Errorf("go-app uses window.%s: is it a browser's, or must app.js have it?", name)
		}
	}
	if ours < 10 {
		t.Errorf("only %d names were found in go-app's source: %+v", ours, all)
	}
	// And nothing more: a function that go-app no longer calls would stay for ever.
	for _, match := range regexp.MustCompile(`(?m)^  window\.(goapp\w+) = `).FindAllStringSubmatch(script, -1) {
		if !slices.Contains(all.called, match[1]) && !slices.Contains(all.set, match[1]) {
			t.Errorf("app.js has %s, which go-app does not use", match[1])
		}
	}
	if len(all.environment) == 0 || len(all.elements) == 0 {
		t.Errorf("nothing found in go-app's source: %+v", all)
	}
	for _, key := range all.environment {
		if !strings.Contains(script, "    "+key+": ") {
			t.Errorf("go-app asks for %s, which app.js lacks", key)
		}
	}
	for _, id := range all.elements {
		if !strings.Contains(web["index.html"], `id="`+id+`"`) {
			t.Errorf("go-app looks for #%s, which index.html lacks", id)
		}
	}
}

// The scripts can be parsed, as they are written and as they are built.
func TestScriptsParse(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node here to parse them with; the browser's tests run them")
	}
	files, err := tiny(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, source := range sources(t) {
		files["web/source-"+filepath.Base(name)] = []byte(source)
	}
	for name, data := range files {
		if filepath.Ext(name) != ".js" {
			continue
		}
		file := filepath.Join(t.TempDir(), filepath.Base(name))
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(node, "--check", file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
