//go:build !js

package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/core/catalog"
)

func TestFill(t *testing.T) {
	for _, c := range []struct {
		name, source string
		values       map[string]any
		want, err    string
	}{
		{"string", `a(__KEY__)`, map[string]any{"KEY": `it's "x"`}, `a("it's \"x\"")`, ""},
		{"number, twice", `__N__+__N__`, map[string]any{"N": 12}, `12+12`, ""},
		{"list", `l = __ALL_OF_IT__;`, map[string]any{"ALL_OF_IT": []string{"./", "a.js"}}, `l = ["./","a.js"];`, ""},
		{"no placeholder", `__proto__ __ __a__`, nil, `__proto__ __ __a__`, ""},
		{"left over", `__KEY__ __OTHER__`, map[string]any{"KEY": 1}, "", "__OTHER__, which nothing fills in"},
		{"missing", `__KEY__`, map[string]any{"KEY": 1, "GONE": 2}, "", "lacks __GONE__"},
		{"unspeakable", `__KEY__`, map[string]any{"KEY": func() {}}, "", "unsupported type"},
	} {
		got, err := fill("x.js", []byte(c.source), c.values)
		switch {
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.err)
		case c.err == "" && (err != nil || string(got) != c.want):
			t.Errorf("%s: %s, %v; want %s", c.name, got, err, c.want)
		}
	}
}

func TestFillPage(t *testing.T) {
	for _, c := range []struct{ name, source, want, err string }{
		{"escaped", `<title>{{.Title}}</title>{{if .URL}}<a href="{{.URL}}x">{{end}}`, `<title>a&lt;b</title>`, ""},
		{"missing", `<title>{{.Title}}</title>`, "", "lacks {{.URL}}"},
		{"left over", `{{.Title}}{{.URL}}{{.Other}}`, "", "Other"},
		{"unreadable", `{{.Title`, "", "unclosed action"},
	} {
		got, err := fillPage(c.source, map[string]any{"Title": "a<b", "URL": ""})
		switch {
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.err)
		case c.err == "" && (err != nil || string(got) != c.want):
			t.Errorf("%s: %s, %v; want %s", c.name, got, err, c.want)
		}
	}
}

type greeting struct {
	app.Compo
	in string
}

func (g *greeting) Render() app.UI {
	return app.Div().ID("page").Text(strings.TrimSpace("hello " + g.in))
}

// tiny is a site of almost nothing, from this project's web/ with some files changed.
func tiny(t *testing.T, change map[string]string) (map[string][]byte, error) {
	t.Helper()
	files := fstest.MapFS{}
	for name, data := range sources(t) {
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	for name, data := range change {
		if delete(files, name); data != "" {
			files[name] = &fstest.MapFile{Data: []byte(data)}
		}
	}
	return Build(Options{
		Wasm: []byte("program"), WasmExec: []byte("__NOT_OURS__"), Web: files, Transfer: []byte("worker"), Zoo: []byte("zoo"),
		Name: "tiny", Title: "Tiny", Description: "A tiny page.",
		Page: func() app.Composer { return &greeting{} },
		In:   func(lang catalog.Lang) app.Composer { return &greeting{in: lang.Tag()} },
	})
}

// The page has itself in the other languages, for boot.js to show: each once, inert, and
// behind the first element, which the program replaces.
func TestTranslations(t *testing.T) {
	files, err := tiny(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	page := string(files["index.html"])
	body := page[strings.Index(page, "<body>"):]
	if first := `<div id="page">hello</div>`; strings.Index(body, first) != len("<body>\n") {
		t.Errorf("the body does not begin with the page: %.200s", body)
	}
	if want := `<template data-lang="ko"><div id="page">hello ko</div></template>`; strings.Count(body, want) != 1 {
		t.Errorf("the page lacks %s:\n%s", want, body)
	}
}

// The build stops when a file of the shell is gone, or lacks or has a placeholder that it
// should not.
func TestBuildStops(t *testing.T) {
	web := sources(t)
	for _, c := range []struct{ name, file, with, err string }{
		{"no app.js", "app.js", "", "app.js"},
		{"no page", "index.html", "", "index.html"},
		{"no worker", "app-worker.js", "", "app-worker.js"},
		{"no boot.js", "boot.js", "", "boot.js"},
		{"boot.js without a size", "boot.js", strings.ReplaceAll(web["boot.js"], "__WASM_SIZE__", "1"), "lacks __WASM_SIZE__"},
		{"worker without a version", "app-worker.js", strings.ReplaceAll(web["app-worker.js"], "__VERSION__", `""`), "lacks __VERSION__"},
		{"boot.js with keys of its own", "boot.js", strings.ReplaceAll(web["boot.js"], "__LANG_KEY__", `"lang"`), "lacks __LANG_KEY__"},
		{"page without a title", "index.html", strings.ReplaceAll(web["index.html"], "{{.Title}}", "x"), "lacks {{.Title}}"},
		{"another script with a placeholder", "other.js", "f(__VERSION__)", "other.js has __VERSION__"},
	} {
		if _, err := tiny(t, map[string]string{c.file: c.with}); err == nil || !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.err)
		}
	}
}

// The version changes with every file, and equal files result in an equal site.
func TestVersion(t *testing.T) {
	build := func(change map[string]string) string {
		files, err := tiny(t, change)
		if err != nil {
			t.Fatal(err)
		}
		return string(files[workerFile])
	}
	web := sources(t)
	first := build(nil)
	if build(nil) != first {
		t.Error("the same files give another worker")
	}
	for _, name := range []string{"app.js", "app-worker.js", "boot.js", "paramstack.css", "index.html"} {
		if build(map[string]string{name: web[name] + "\n"}) == first {
			t.Errorf("another %s gives the same worker", name)
		}
	}
}
