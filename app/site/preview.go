//go:build !js

package site

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/picture"
	"paramstack/core/zoo"
)

// The size of a preview, in pixels: what is shown beside a link to the page elsewhere.
const previewWide, previewHigh = 1200, 630

// previewAlt is the picture in words.
const previewAlt = "AlexNet: its tensors as blocks, and under them its parameters as areas. " +
	"The convolutions have large tensors and few parameters, the fully connected layers the reverse."

// Preview returns the picture of AlexNet that web/preview.png is made of, as SVG: make
// preview. Hosts of previews read no SVG, and show it a few hundred pixels wide, so of
// its labels only the numbers are there, large.
func Preview() (string, error) {
	i := slices.IndexFunc(zoo.All(), func(n zoo.Net) bool { return n.ID == "alexnet-2012" })
	if i < 0 {
		return "", fmt.Errorf("site: the zoo has no AlexNet")
	}
	r := count.Of(zoo.All()[i].Model())
	s := picture.Of(r, picture.Options{Name: "AlexNet", Lang: catalog.English, Style: count.PyTorch, Width: 1000,
		Labels: picture.LabelCounts})
	// Titles and key are for who looks closely.
	s.Panels = slices.DeleteFunc(s.Panels, func(p picture.Panel) bool { return p.Name == picture.Frame })
	drawn := picture.SVG(s, picture.Output{Colours: true})
	const left, top, wide = 60, 122, 1080
	drawn = strings.Replace(drawn, "<svg ", fmt.Sprintf(`<svg x="%d" y="%d" `, left, top), 1)
	drawn = strings.Replace(drawn, fmt.Sprintf(` width="%g" height="%g"`, s.Width, s.Height),
		fmt.Sprintf(` width="%d" height="%g"`, wide, wide*s.Height/s.Width), 1)
	total := count.PyTorch.Params(r.Totals.Counts).Grouped()
	text := func(x, y, size int, anchor, weight, colour, words string) string {
		return fmt.Sprintf(`<text x="%d" y="%d" font-size="%d" text-anchor="%s" font-weight="%s" fill="%s">%s</text>`,
			x, y, size, anchor, weight, colour, html.EscapeString(words))
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" `+
		`font-family="Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif">`+
		`<rect width="100%%" height="100%%" fill="%[3]s"/>`, previewWide, previewHigh, lightColor) +
		text(left, 82, 50, "start", "bold", "#1b1c20", "paramstack") +
		text(left, 124, 28, "start", "normal", "#5f626a", "every parameter of a network, counted") +
		text(left+wide, 82, 50, "end", "bold", "#cb3d31", total) +
		text(left+wide, 124, 28, "end", "normal", "#5f626a", "parameters of AlexNet") +
		drawn + "</svg>\n", nil
}
