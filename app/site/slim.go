//go:build !js

package site

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// goApp is the module that Slim makes a copy of.
const goApp = "github.com/maxence-charriere/go-app/v9"

// serving are go-app's files that serve a page. A page in the browser never
// does, but their exported methods are kept by the linker, and with them
// net/http, crypto and text/template: a sixth of the download. Of each only the
// functions named are left, which the client calls.
var serving = map[string][]string{
	"app/http.go":     {"isRemoteLocation", "isStaticResourcePath"},
	"app/static.go":   nil,
	"app/resource.go": nil,
}

// standIns are what the copy has in the place of packages that go-app imports and the page
// has no use for, and of a file of go-app's: 250 KB of the download, and a tenth of a
// second until the page can be used. Each is in standin/, with the reason why it suffices.
var standIns = map[string]string{
	"encoding/json":          "json",
	"github.com/google/uuid": "uuid",
	"regexp":                 "regexp",
	"app/crypto.go":          "crypto",
}

// added are files of standin/ that are new to go-app's package app.
var added = []string{"adopt", "make"}

//go:embed standin
var standInFiles embed.FS

func standIn(name string) ([]byte, error) {
	return standInFiles.ReadFile("standin/" + name + ".go.txt")
}

// redirect has a file import the packages that replace others.
func redirect(source []byte) []byte {
	for old, name := range standIns {
		if !strings.HasSuffix(old, ".go") {
			source = bytes.ReplaceAll(source, fmt.Appendf(nil, "\t%q\n", old),
				fmt.Appendf(nil, "\t%q\n", goApp+"/pkg/standin/"+name))
		}
	}
	return source
}

// A patch replaces a passage of go-app's source that must occur exactly once: when go-app
// changes, the build stops instead of using it unpatched.
type patch struct{ file, old, new string }

var patches = []patch{
	// go-app has every component that was put on the page drawn a second time, by a
	// message into a channel of 4096 that only the drawing itself empties: one drawing of
	// more components waits for ever.
	{"app/component.go", "\tc.dispatch(nil)\n\treturn nil\n", "\treturn nil\n"},
	// So are those with an OnMount, which for this page is to draw all of it twice.
	{"app/component.go", "\t\tc.dispatch(mounter.OnMount)\n",
		"\t\td.Dispatch(Dispatch{Mode: Next, Source: c.self(), Function: mounter.OnMount})\n"},
	// The first drawing takes over what the build drew: adopt.go.
	{"app/engine.go", "if err := e.Body.(*htmlBody).replaceChildAt(0, v); err != nil {\n" +
		"\t\t\t\t\tpanic(errors.New(\"mounting first", "if err := adoptFirst(e.Body.(*htmlBody), v); err != nil {\n" +
		"\t\t\t\t\tpanic(errors.New(\"mounting first"},
	{"app/html.go", "\tjsElement, err := Window().createElement(e.tag, e.xmlns)\n",
		"\tplace := take(e.tag)\n\tjsElement, err := place.element(e.tag, e.xmlns)\n"},
	{"app/html.go", "\te.attributes.Mount(jsElement, d.resolveStaticResource)\n",
		"\tplace.mount(jsElement, e.attributes, d.resolveStaticResource)\n"},
	{"app/html.go", "\t\tif err := mount(d, c); err != nil {\n", "\t\tplace.offer(i)\n\t\tif err := mount(d, c); err != nil {\n"},
	{"app/html.go", "\t\tc.setParent(e.self())\n\t\te.JSValue().appendChild(c)\n\t}\n",
		"\t\tc.setParent(e.self())\n\t\tplace.place(jsElement, i, c)\n\t}\n\tplace.trim(jsElement, len(e.children))\n"},
	// What was not there is made in one call: make.go.
	{"app/html.go", "\te.eventHandlers.Mount(e)\n\n", "\tif len(e.eventHandlers) > 0 {\n" +
		"\t\tplace.listen(func() { e.eventHandlers.Mount(e) })\n\t}\n\n"},
	// Nodes that were found or made are fetched when they are needed.
	{"app/html.go", "\treturn e.jsElement\n", "\treturn resolved(&e.jsElement)\n"},
	{"app/html.go", "\te.jsElement.removeChild(child)\n", "\te.JSValue().removeChild(child)\n"},
	{"app/text.go", "\treturn t.jsvalue\n", "\treturn resolved(&t.jsvalue)\n"},
	{"app/raw.go", "\treturn r.jsvalue\n", "\treturn resolved(&r.jsvalue)\n"},
	{"app/attribute.go", "\ttoBool := func(v string) bool {\n",
		"\tjsElement = resolved(&jsElement)\n\ttoBool := func(v string) bool {\n"},
	{"app/attribute.go", "\tjsElement.Call(\"removeAttribute\", name)\n",
		"\tresolved(&jsElement).Call(\"removeAttribute\", name)\n"},
	{"app/text.go", "\tt.jsvalue = Window().createTextNode(t.value)\n", "\tt.jsvalue = takeText(t.value)\n"},
	{"app/raw.go", "\tr.disp = d\n",
		"\tr.disp = d\n\tif r.jsvalue = takeRaw(r.tag, r.value); r.jsvalue != nil {\n\t\treturn nil\n\t}\n"},
	// Errors are written as JSON.
	{"errors/errors.go", "\ts, err := Encoder(e)\n\tif err != nil {\n" +
		"\t\treturn fmt.Sprintf(`{\"message\": \"encoding error failed: %s\"}`, err)\n\t}\n\treturn string(s)\n",
		"\treturn fmt.Sprintf(\"%s %v: %v\", e.Message, e.Tags, e.WrappedErr)\n"},
}

// apply returns the source of a file with the patch applied.
func (p patch) apply(source []byte) ([]byte, error) {
	if n := bytes.Count(source, []byte(p.old)); n != 1 {
		return nil, fmt.Errorf("site: go-app's %s has %d times, not once, what is to be patched: %q", p.file, n, p.old)
	}
	return bytes.Replace(source, []byte(p.old), []byte(p.new), 1), nil
}

// Slim writes into dir a copy of go-app without the files that serve, and a
// go.mod that replaces go-app by it, for go build -modfile. It must run in the
// project's root.
func Slim(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	out, err := exec.Command("go", "mod", "download", "-json", goApp).Output()
	var module struct{ Dir string }
	if err = errors.Join(err, json.Unmarshal(out, &module)); err != nil {
		return fmt.Errorf("site: where is go-app? %w", err)
	}
	if err := copyModule(filepath.Join(dir, "go-app"), module.Dir); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if name == "go.mod" {
			data = fmt.Appendf(data, "\nreplace %s => %q\n", goApp, filepath.Join(dir, "go-app"))
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// copyModule copies what is needed to build go-app for the browser, and its licence.
func copyModule(to, from string) error {
	changed := map[string]bool{}
	err := fs.WalkDir(os.DirFS(from), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if p != "." && p != "pkg" && !strings.HasPrefix(p, "pkg/") || strings.HasPrefix(p, "pkg/app/gen") {
				return fs.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, p), 0o755)
		case p != "go.mod" && p != "LICENSE" && !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go"):
			return nil
		}
		data, err := os.ReadFile(filepath.Join(from, p))
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(p, "pkg/")
		if keep, ok := serving[name]; ok {
			changed[name] = true
			if data, err = strip(p, data, keep); err != nil {
				return err
			}
		}
		if other, ok := standIns[name]; ok {
			changed[name] = true
			if data, err = standIn(other); err != nil {
				return err
			}
		}
		for _, patch := range patches {
			if patch.file == name {
				changed[name] = true
				if data, err = patch.apply(data); err != nil {
					return err
				}
			}
		}
		if path.Ext(p) == ".go" {
			data = redirect(data)
		}
		return os.WriteFile(filepath.Join(to, p), data, 0o644)
	})
	if err != nil {
		return err
	}
	for _, name := range toChange() {
		if !changed[name] {
			return fmt.Errorf("site: go-app no longer has %s, which is to be changed", name)
		}
	}
	for _, name := range added {
		data, err := standIn(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, "pkg/app", name+".go"), data, 0o644); err != nil {
			return err
		}
	}
	for old, name := range standIns {
		if strings.HasSuffix(old, ".go") {
			continue
		}
		data, err := standIn(name)
		if err != nil {
			return err
		}
		dir := filepath.Join(to, "pkg/standin", name)
		if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, name+".go"), data, 0o644)); err != nil {
			return err
		}
	}
	return nil
}

// toChange lists go-app's files that are not copied as they are.
func toChange() []string {
	names := slices.Collect(maps.Keys(serving))
	for old := range standIns {
		if strings.HasSuffix(old, ".go") {
			names = append(names, old)
		}
	}
	for _, p := range patches {
		names = append(names, p.file)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// strip leaves only the functions named of a file. Those of http.go use the
// package strings and nothing else; the rest of go-app knows a Handler by name.
func strip(name string, src []byte, keep []string) ([]byte, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, src, 0)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("package app\n")
	if len(keep) > 0 {
		b.WriteString("\nimport \"strings\"\n\ntype Handler struct{}\n")
	}
	found := 0
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && slices.Contains(keep, f.Name.Name) {
			found++
			b.WriteByte('\n')
			if err := format.Node(&b, files, f); err != nil {
				return nil, err
			}
			b.WriteByte('\n')
		}
	}
	if found != len(keep) {
		return nil, fmt.Errorf("site: go-app's %s has %d of the functions %v", name, found, keep)
	}
	return b.Bytes(), nil
}
