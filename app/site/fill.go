//go:build !js

package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"path"
	"regexp"
	"slices"
	"time"

	"paramstack/app/browser"
	"paramstack/app/editor"
	"paramstack/core/catalog"
)

// The shell of the page is plain files in web/, with a few values that only the
// build knows. In a script a name like __VERSION__ is replaced by one, written as
// JSON; so the source is a script that tools can parse. In index.html, {{.Title}}
// and the like are fields of html/template, which escapes them:
//
//	app.js         UPDATE_EVERY  milliseconds between two looks for a newer version
//	app-worker.js  FIRST_VISIT   the files it keeps at once
//	               ON_DEMAND     those it keeps when the page has nothing else to do
//	               VERSION       a hash of all other files, and of the worker's own source
//	boot.js        THEME_KEY, LANG_KEY, LEFT_KEY  keys of storages, see package browser
//	               THEMES, LANGS        values they may have
//	               WASM_SIZE     bytes of the program, not compressed: 100 % of the bar
//	               REASONS, WORDS       why there is no editor, and buttons, in all languages
//	index.html     Title, Description   for people and search engines
//	               URL           of the site, for previews of links to it; may be empty
//	               Preview       the picture of those previews, in words
//	               Light, Dark   colours of the browser's own bars
//	               Content       what the program draws first
//	               Others        the same in the other languages
//	               Loading, NoScript    sentences of the catalogue
//
// A file that lacks one of its names, or has another, stops the build.

// updateEvery is how often an open page looks for a newer version.
const updateEvery = time.Hour

// languages are those of the page; the first is the default.
var languages = []catalog.Lang{catalog.English, catalog.Korean}

var placeholder = regexp.MustCompile(`__[A-Z]+(_[A-Z]+)*__`)

// fill returns a script with its placeholders filled in: each of values, and no other.
func fill(name string, source []byte, values map[string]any) ([]byte, error) {
	used := map[string]bool{}
	var err error
	filled := placeholder.ReplaceAllFunc(source, func(found []byte) []byte {
		key := string(bytes.Trim(found, "_"))
		value, known := values[key]
		if !known {
			err = fmt.Errorf("site: %s has %s, which nothing fills in", name, found)
			return found
		}
		used[key] = true
		text, failed := json.Marshal(value)
		if failed != nil {
			err = fmt.Errorf("site: %s: %s: %w", name, found, failed)
		}
		return text
	})
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if !used[key] && err == nil {
			err = fmt.Errorf("site: %s lacks __%s__", name, key)
		}
	}
	return filled, err
}

// fillScripts fills in the scripts among the files of a site. The worker comes last: it
// names the others, and the version is a hash of them.
func fillScripts(files map[string][]byte) error {
	values := map[string]map[string]any{
		"app.js": {"UPDATE_EVERY": updateEvery.Milliseconds()},
		"web/boot.js": {
			"LEFT_KEY":  browser.KeyLeft,
			"THEME_KEY": browser.KeyTheme, "THEMES": []string{editor.ThemeLight.Name(), editor.ThemeDark.Name()},
			"LANG_KEY": browser.KeyLang, "LANGS": tags(), "WASM_SIZE": len(files["web/app.wasm"]),
			"REASONS": map[string]any{ // by what app.js calls them
				"wasm":    byTag(catalog.BootNoWasm),
				"load":    byTag(catalog.BootFailed),
				"stopped": byTag(catalog.BootStopped),
			},
			"WORDS": map[string]any{ // likewise
				"reload":  byTag(catalog.ActReload),
				"copy":    byTag(catalog.BootCopy),
				"network": byTag(catalog.UIText),
			},
		},
	}
	for name := range values {
		if files[name] == nil {
			return fmt.Errorf("site: there is no %s to fill in", name)
		}
	}
	for _, name := range paths(files) {
		if path.Ext(name) != ".js" || name == "wasm_exec.js" || name == workerFile {
			continue
		}
		var err error
		if files[name], err = fill(name, files[name], values[name]); err != nil {
			return err
		}
	}
	var err error
	files[workerFile], err = fill(workerFile, files[workerFile], map[string]any{
		"FIRST_VISIT": firstVisit(files), "ON_DEMAND": onDemand, "VERSION": hash(files),
	})
	return err
}

func tags() []string {
	var list []string
	for _, l := range languages {
		list = append(list, l.Tag())
	}
	return list
}

func byTag(key catalog.Key) map[string]string {
	texts := map[string]string{}
	for _, l := range languages {
		texts[l.Tag()] = l.In(key)
	}
	return texts
}

var action = regexp.MustCompile(`\{\{[^}]*\.([A-Z]\w*)[^}]*\}\}`)

// fillPage executes index.html with values, each of which must occur in it.
func fillPage(source string, values map[string]any) ([]byte, error) {
	page, err := template.New("index.html").Option("missingkey=error").Parse(source)
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	used := map[string]bool{}
	for _, match := range action.FindAllStringSubmatch(source, -1) {
		used[match[1]] = true
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if !used[key] {
			return nil, fmt.Errorf("site: index.html lacks {{.%s}}", key)
		}
	}
	var b bytes.Buffer
	if err := page.Execute(&b, values); err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	return b.Bytes(), nil
}
