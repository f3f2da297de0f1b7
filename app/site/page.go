//go:build !js

package site

import (
	"encoding/json"
	"errors"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"paramstack/core/catalog"
)

// index makes the page: the template, filled in, around what go-app prerendered.
func index(o Options, source, content string, others []translation) ([]byte, error) {
	return fillPage(source, map[string]any{
		"Title": o.Title, "Description": o.Description, "URL": o.URL, "Preview": previewAlt,
		"Light": lightColor, "Dark": darkColor,
		"Loading":  inAll(catalog.BootLoading),
		"NoScript": inAll(catalog.BootNoScript),
		"Content":  template.HTML(content),
		"Others":   others,
	})
}

// A translation is what the program draws first in another language.
type translation struct {
	Lang    string
	Content template.HTML
}

// A saying is a sentence of the catalogue in one language.
type saying struct{ Lang, Text string }

// inAll returns a sentence in all languages.
func inAll(key catalog.Key) []saying {
	var list []saying
	for _, l := range languages {
		list = append(list, saying{l.Tag(), l.In(key)})
	}
	return list
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
// corrects booleans, and removes the line breaks that it prints between children:
// they would show as spaces, and vanish when the program starts.
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
