//go:build !js

package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// policy is the page's Content-Security-Policy: nothing from elsewhere, nothing
// inline. WebAssembly needs its own permission to compile; pictures made in the
// page are saved and shown through data: and blob:.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
	"img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'none'"

// boot.js stands before the style sheets, which wait for no script but would
// make one wait for them.
var page = template.Must(template.New("index.html").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{.Policy}}">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{{.Title}}</title>
<meta name="description" content="{{.Description}}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="{{.Light}}">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="{{.Dark}}">
<meta property="og:type" content="website">
<meta property="og:title" content="{{.Title}}">
<meta property="og:description" content="{{.Description}}">
{{- if .URL}}
<meta property="og:url" content="{{.URL}}">
<meta property="og:image" content="{{.URL}}web/icon-512.png">
<link rel="canonical" href="{{.URL}}">
{{- end}}
<link rel="icon" type="image/svg+xml" href="web/icon.svg">
<link rel="apple-touch-icon" href="web/icon-192.png">
<link rel="manifest" href="manifest.webmanifest">
<script src="web/boot.js"></script>
<link rel="stylesheet" href="web/boot.css">
<link rel="stylesheet" href="web/paramstack.css">
<script defer src="wasm_exec.js"></script>
<script defer src="app.js"></script>
</head>
<body>
{{.Content}}
<aside id="app-wasm-loader" class="boot"><progress id="app-wasm-loader-bar" max="100" value="0" aria-label="Loading the editor"></progress><p id="app-wasm-loader-label" role="alert" hidden></p></aside>
<noscript><p class="boot-note">To edit this network, switch on JavaScript. <span lang="ko">편집하려면 자바스크립트를 켜 주세요.</span></p></noscript>
</body>
</html>
`))

// index makes the page around what go-app prerendered.
func index(o Options, rendered string) ([]byte, error) {
	content, err := prerendered(rendered)
	if err != nil {
		return nil, fmt.Errorf("site: index.html: %w", err)
	}
	var b bytes.Buffer
	err = page.Execute(&b, map[string]any{
		"Policy": policy, "Title": o.Title, "Description": o.Description, "URL": o.URL,
		"Light": lightColor, "Dark": darkColor,
		"Content": template.HTML(content),
	})
	return b.Bytes(), err
}

// prerendered returns the component out of a page of go-app's: the first element
// of the body, which the program replaces when it starts. The other must be
// go-app's loader, which is dropped.
func prerendered(page string) (string, error) {
	doc, err := html.Parse(strings.NewReader(requote(page)))
	if err != nil {
		return "", err
	}
	var children []*html.Node
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Body {
			for c := range n.ChildNodes() {
				if c.Type == html.ElementNode {
					children = append(children, c)
				}
			}
		}
	}
	if len(children) != 2 || attr(children[1], "id") != "app-wasm-loader" {
		return "", errors.New("go-app's body is no longer one component and the loader")
	}
	normalise(children[0])
	var b strings.Builder
	if err := html.Render(&b, children[0]); err != nil {
		return "", err
	}
	return b.String(), nil
}

// requote writes attributes as HTML does: go-app quotes them as Go does. In its
// text a quote is always escaped, so what looks like an attribute is one.
func requote(s string) string {
	var b strings.Builder
	for {
		i := strings.Index(s, `="`)
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i+1])
		s = s[i+1:]
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil { // hand-written, with a line break in it
			b.WriteString(s[:1])
			s = s[1:]
			continue
		}
		s = s[len(quoted):]
		value, _ := strconv.Unquote(quoted)
		b.WriteString(`"` + strings.ReplaceAll(value, `"`, "&#34;") + `"`)
	}
}

// Attributes whose presence alone means true, and those of which go-app leaves
// out the value "true" although they need it.
var (
	presence = strings.Fields(`allowfullscreen async autofocus autoplay checked controls default defer disabled
		formnovalidate hidden inert ismap itemscope loop multiple muted nomodule novalidate open playsinline
		readonly required reversed selected`)
	spelled = strings.Fields(`aria-atomic aria-busy aria-checked aria-current aria-disabled aria-expanded
		aria-haspopup aria-hidden aria-invalid aria-modal aria-multiline aria-multiselectable aria-pressed
		aria-readonly aria-required aria-selected contenteditable draggable spellcheck`)
)

// normalise sorts attributes, which go-app prints in the random order of a map,
// mends booleans, and takes out the line breaks that it prints between children:
// they would show as spaces, and go when the program starts.
func normalise(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		return a.Val == "false" && slices.Contains(presence, a.Key)
	})
	for i, a := range n.Attr {
		if a.Val == "" && slices.Contains(spelled, a.Key) {
			n.Attr[i].Val = "true"
		}
	}
	slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })

	single := n.FirstChild != nil && n.FirstChild == n.LastChild
	var next *html.Node
	for c := n.FirstChild; c != nil; c = next {
		next = c.NextSibling
		if c.Type != html.TextNode {
			normalise(c)
			continue
		}
		if !single {
			c.Data = strings.TrimPrefix(strings.TrimSuffix(c.Data, "\n"), "\n")
		}
		if c.Data == "" {
			n.RemoveChild(c)
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// manifest makes the page installable. It has no id on purpose: a relative id
// would be taken from the root of the host, and be the same for every copy of
// the site there. Without one the start address is the identity.
func manifest(o Options) []byte {
	type icon struct {
		Src     string `json:"src"`
		Type    string `json:"type"`
		Sizes   string `json:"sizes"`
		Purpose string `json:"purpose"`
	}
	b, err := json.MarshalIndent(struct {
		Name        string `json:"name"`
		ShortName   string `json:"short_name"`
		Description string `json:"description"`
		Lang        string `json:"lang"`
		StartURL    string `json:"start_url"`
		Scope       string `json:"scope"`
		Display     string `json:"display"`
		Background  string `json:"background_color"`
		Theme       string `json:"theme_color"`
		Icons       []icon `json:"icons"`
	}{
		Name: o.Title, ShortName: o.Name, Description: o.Description, Lang: "en",
		StartURL: "./", Scope: "./", Display: "standalone",
		Background: lightColor, Theme: lightColor,
		Icons: []icon{
			{"web/icon.svg", "image/svg+xml", "any", "any"},
			{"web/icon-192.png", "image/png", "192x192", "any maskable"},
			{"web/icon-512.png", "image/png", "512x512", "any maskable"},
		},
	}, "", "  ")
	if err != nil {
		panic(err) // strings always marshal
	}
	return append(b, '\n')
}
