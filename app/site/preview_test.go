//go:build !js

package site

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// The picture of the previews is as large as the page says, its address is whole under
// any path, and nobody who visits the page downloads it.
func TestPreview(t *testing.T) {
	data, err := os.ReadFile("../../web/preview.png")
	if err != nil {
		t.Fatal(err)
	}
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || size.Width != previewWide || size.Height != previewHigh {
		t.Errorf("%d × %d, %v", size.Width, size.Height, err)
	}
	source, err := os.ReadFile("../../web/index.html")
	if err != nil {
		t.Fatal(err)
	}
	page, err := index(Options{Title: "t", Description: "d", URL: "https://example.org/repo/"}, string(source), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`property="og:image" content="https://example.org/repo/web/preview.png"`,
		`property="og:image:width" content="1200"`, `property="og:image:height" content="630"`,
		`property="og:url" content="https://example.org/repo/"`, `name="twitter:card" content="summary_large_image"`,
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	files := map[string][]byte{"index.html": page, "web/preview.png": data, "web/icon.svg": nil}
	if list := firstVisit(files); slices.Contains(list, "web/preview.png") || !slices.Contains(list, "web/icon.svg") {
		t.Errorf("a visit downloads %v", list)
	}
}

// What it is made of is drawn by core/picture, and has AlexNet's total.
func TestPreviewSource(t *testing.T) {
	svg, err := Preview()
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"60,965,224", `data-weights="37748736"`, `data-shape="96x55x55"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
}
