//go:build !js

// Package site writes paramstack as a static site and serves it.
//
// Page, scripts and styles are the files of web/; go-app only draws the first page. What
// is written works unchanged under any path of any host: every address in it is relative,
// and what must be absolute is found at run time.
package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/core/catalog"
	"paramstack/core/picture"
)

// The page background in both schemes, as in web/paramstack.css. It colours the
// browser's own bars.
const (
	lightColor = "#faf9f6"
	darkColor  = "#131519"
)

// onDemand are the files that a first visit does not wait for. The service worker keeps
// them once the page has nothing else to do, so that all of it works offline.
var onDemand = []string{"web/transfer.wasm", "web/transfer.js", "web/zoo.tsv", "web/icon-512.png", "licenses.txt"}

// functionsFile has what functions of the program a stack trace names by instructions alone.
const functionsFile = "functions.txt"

// elsewhere are the files that the page never loads: other sites show the preview of a link,
// and whoever reads a stack trace looks functions up.
var elsewhere = []string{"web/preview.png", functionsFile}

// workerFile is the service worker. Its place is the scope of what it may keep.
const workerFile = "app-worker.js"

// atRoot are the files of web/ whose place is the root of the site. All others stay in web/.
var atRoot = []string{"index.html", "app.js", workerFile}

// Options are the parts of a site.
type Options struct {
	Wasm      []byte // the built program
	WasmExec  []byte // $(go env GOROOT)/lib/wasm/wasm_exec.js: go-app's own is Go 1.21's
	Web       fs.FS  // the project's web/: see fill.go
	Functions []byte // what Functions lists of the program
	Transfer  []byte // the built worker, web/transfer.wasm
	Zoo       []byte // the gallery's file, web/zoo.tsv
	Licences  []byte // of all that is linked, see Licences

	Name        string // the short name, of an installed page too
	Title       string
	Description string
	URL         string // where the site will be, for links shown elsewhere; may be empty

	Page func() app.Composer // the component that is prerendered

	// In is the page in another language than the default one, nil if there is none: it
	// is in the page, too, and shown before the program is there.
	In func(catalog.Lang) app.Composer
}

// Build returns the files of a site by their slash-separated paths. Equal options
// result in equal files.
func Build(o Options) (map[string][]byte, error) {
	if o.URL != "" && !strings.HasSuffix(o.URL, "/") {
		o.URL += "/"
	}
	files := map[string][]byte{
		"wasm_exec.js":      o.WasmExec,
		"web/app.wasm":      o.Wasm,
		"web/transfer.wasm": o.Transfer,
		"web/zoo.tsv":       o.Zoo,
		functionsFile:       o.Functions,
		"licenses.txt":      o.Licences, // the sheet of help links to it
		".nojekyll":         nil,        // GitHub Pages: serve the files as they are
	}
	if err := copyWeb(files, o.Web); err != nil {
		return nil, err
	}
	icons(files)
	// One source for the page and for what is exported.
	files["web/picture.css"] = slices.Concat([]byte(picture.Rules+"\n"), files["web/picture.css"])
	files["web/print.css"] = slices.Concat(files["web/print.css"], []byte(picture.MarkRules()+"\n"))
	files["manifest.webmanifest"] = manifest(o)
	content, err := prerender(o, "/", o.Page)
	if err != nil {
		return nil, err
	}
	var others []translation
	for _, lang := range languages[1:] {
		if o.In == nil {
			break
		}
		content, err := prerender(o, "/"+lang.Tag(), func() app.Composer { return o.In(lang) })
		if err != nil {
			return nil, err
		}
		others = append(others, translation{lang.Tag(), template.HTML(content)})
	}
	if files["index.html"], err = index(o, string(files["index.html"]), content, others); err != nil {
		return nil, err
	}
	return files, fillScripts(files)
}

// prerender returns a component as go-app would serve it.
func prerender(o Options, path string, page func() app.Composer) (string, error) {
	// The names of the icons are not used, but without them go-app requests some of
	// another host.
	h := &app.Handler{Name: o.Name, Icon: app.Icon{Default: "/web/icon-192.png", Large: "/web/icon-512.png",
		SVG: "/web/icon.svg"}}
	app.RouteWithRegexpFunc("^"+path+"$", page)
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	if rec.Code != http.StatusOK {
		return "", fmt.Errorf("site: go-app answers %d for its page", rec.Code)
	}
	content, err := prerendered(rec.Body.String())
	if err != nil {
		return "", fmt.Errorf("site: index.html: %w", err)
	}
	return content, nil
}

func copyWeb(files map[string][]byte, web fs.FS) error {
	err := fs.WalkDir(web, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(path.Base(p), ".") {
			return err
		}
		to := "web/" + p
		if slices.Contains(atRoot, p) {
			to = p
		}
		files[to], err = fs.ReadFile(web, p)
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range atRoot {
		if files[p] == nil {
			return fmt.Errorf("site: there is no web/%s", p)
		}
	}
	return nil
}

// firstVisit lists what the service worker keeps at once: all but itself, what is
// loaded on demand, and what only a host reads. The page has the address of its
// directory.
func firstVisit(files map[string][]byte) []string {
	list := []string{"./"}
	for _, p := range paths(files) {
		if p != "index.html" && p != workerFile && !slices.Contains(onDemand, p) && !slices.Contains(elsewhere, p) &&
			!strings.HasPrefix(p, ".") {
			list = append(list, p)
		}
	}
	return list
}

// hash returns a name for the content of files.
func hash(files map[string][]byte) string {
	h := sha256.New()
	for _, p := range paths(files) {
		fmt.Fprintf(h, "%s %d\n", p, len(files[p]))
		h.Write(files[p])
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func paths(files map[string][]byte) []string {
	list := make([]string, 0, len(files))
	for p := range files {
		list = append(list, p)
	}
	sort.Strings(list)
	return list
}

// Write writes files to a directory and removes those that an earlier build left in
// it. A directory that holds something else than a site is not touched.
func Write(dir string, files map[string][]byte) error {
	old, err := siteFiles(dir)
	if err != nil {
		return err
	}
	for _, p := range old {
		if _, keep := files[p]; !keep {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(p))); err != nil {
				return err
			}
		}
	}
	for _, p := range paths(files) {
		name := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, files[p], 0o644); err != nil {
			return err
		}
	}
	return nil
}

// siteFiles lists the files of a site's directory, none if there is none yet.
func siteFiles(dir string) ([]string, error) {
	var list []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case p == "." && errors.Is(err, fs.ErrNotExist):
			return fs.SkipAll
		case err != nil:
			return err
		case !d.IsDir():
			list = append(list, p)
		}
		return nil
	})
	if err == nil && len(list) > 0 && !slices.Contains(list, workerFile) {
		return nil, fmt.Errorf("site: %s has files in it and is no built site: choose an empty directory", dir)
	}
	return list, err
}
