//go:build !js

package site

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
)

// The mark: a stack of bars, each a factor narrower or wider, and the dot of a
// product in the middle one. It keeps to the middle 80 %, since phones cut icons
// into shapes.
const (
	iconSide = 64.0
	iconBack = 0x14161a
	iconDotR = 3.0
)

var iconBars = []struct {
	x, y, w, h float64
	rgb        uint32
}{
	{20, 13, 24, 7, 0x6fa4ff},
	{14, 23, 36, 7, 0x49c7ba},
	{10, 33, 16, 7, 0xf5ab66}, {38, 33, 16, 7, 0xf5ab66},
	{18, 43, 28, 7, 0xff8073},
}

// The centre of the dot, between the two halves of the third bar.
const iconDotX, iconDotY = 32.0, 36.5

func icons(files map[string][]byte) {
	files["web/icon.svg"] = iconSVG()
	files["web/icon-192.png"] = iconPNG(192)
	files["web/icon-512.png"] = iconPNG(512)
}

func iconSVG() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g"><rect width="%[1]g" height="%[2]g" rx="14" fill="#%06[3]x"/>`,
		iconSide, iconSide, iconBack)
	for _, r := range iconBars {
		fmt.Fprintf(&b, `<rect x="%g" y="%g" width="%g" height="%g" rx="%g" fill="#%06x"/>`, r.x, r.y, r.w, r.h, r.h/2, r.rgb)
	}
	fmt.Fprintf(&b, `<circle cx="%g" cy="%g" r="%g" fill="#fff"/></svg>`+"\n", iconDotX, iconDotY, iconDotR)
	return []byte(b.String())
}

// iconPNG draws the same mark on a full square: systems round the corners
// themselves. Edges are smoothed by their distance to the shape.
func iconPNG(side int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	scale := float64(side) / iconSide
	for y := range side {
		for x := range side {
			px, py := (float64(x)+.5)/scale, (float64(y)+.5)/scale
			c := rgb(iconBack)
			for _, r := range iconBars {
				// A bar is everything within h/2 of the line along its middle.
				dx := math.Max(math.Max(r.x+r.h/2-px, px-(r.x+r.w-r.h/2)), 0)
				c = over(c, rgb(r.rgb), (r.h/2-math.Hypot(dx, py-(r.y+r.h/2)))*scale+.5)
			}
			c = over(c, rgb(0xffffff), (iconDotR-math.Hypot(px-iconDotX, py-iconDotY))*scale+.5)
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img); err != nil {
		panic(err) // writes to a buffer cannot fail
	}
	return b.Bytes()
}

func rgb(v uint32) color.RGBA { return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255} }

// over lays c over back with a cover of 0 (nothing) to 1.
func over(back, c color.RGBA, cover float64) color.RGBA {
	cover = math.Max(0, math.Min(1, cover))
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*cover + .5) }
	return color.RGBA{mix(back.R, c.R), mix(back.G, c.G), mix(back.B, c.B), 255}
}
