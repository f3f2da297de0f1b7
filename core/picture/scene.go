// Package picture draws a counted network in proportion: its tensors as blocks, and
// under them, in the same columns, its weights as areas. Of makes a Scene of typed
// shapes in user units; SVG and TikZ write it. docs/pictures.md has the rules of
// scale, why they are these, and what was measured.
package picture

import "paramstack/core/layer"

// A Scene is a picture as shapes with places, in user units of a pixel each. It is
// drawn from first to last.
type Scene struct {
	Width, Height float64
	Title, Desc   string
	Panels        []Panel
	Notes         []string // lines under the picture: what could not be drawn to scale
	Scales        Scales
	Share         float64 // of the size that it would have at any height
	over          float64 // units that it is too high
	Columns       int
}

// A Panel is a part of the picture with a subject of its own.
type Panel struct {
	Name  PanelName
	Marks []Mark
}

// A PanelName names a panel, for scripts.
type PanelName string

// The panels.
const (
	Frame   PanelName = "frame" // titles, keys and notes
	Cells   PanelName = "cells"
	Weights PanelName = "weights"
	Bars    PanelName = "bars"
)

// A Mark is what one row of the stack is drawn as in one panel.
type Mark struct {
	Node   string   // the row's key; "" if it belongs to none
	Shape  string   // of a block: 96x55x55
	Holds  []string // keys of rows without a block of their own that this block represents
	Family layer.Group
	Title  string
	Desc   string
	Shapes []Shape
}

// A Shape is a Box, a Rect, a Line, a Poly, a Label or a Swatch, and nothing else.
type Shape interface{ shape() }

// A Point is a place; y grows downwards.
type Point struct{ X, Y float64 }

// A Tone is what a colour says; a writer has the colours.
type Tone uint8

// The tones.
const (
	NoTone Tone = iota
	Ink
	Mute
	Faint
	Own    // the colour of the mark's family
	Kernel // of what slides
	Paper
	Bad
	tones
)

// An Outline is how an edge is drawn.
type Outline uint8

// The outlines.
const (
	Solid  Outline = iota
	Dashed         // not to scale, or not there
	Thin
	Bare // none
)

// A Box is an oblique cuboid: its front is T wide and H high, from X to the right
// and from Y down; its depth goes up and to the right. The front shows channels and
// height, the side on the right the map itself.
type Box struct {
	X, Y, T, H, D float64 // D is the depth as drawn
	Open          bool    // an extent is unknown
	Bad           bool    // it cannot be built
	Hatch         Hatch
	Cuts          []Cut // of a joined block, from left to right
}

// A Cut is the part of a joined block that one path adds.
type Cut struct {
	Share  float64 // of the thickness
	Family layer.Group
	Light  bool // every other one, so that neighbours differ in any family
}

// A Hatch shows on a block how many groups its channels are in.
type Hatch uint8

// The hatches: hairlines up to MaxHair groups, above that a pattern.
const (
	NoHatch   Hatch = 0
	Many      Hatch = 255
	MaxHair         = 16
	MaxTowers       = 4
)

// A Rect is an area: of weights, exact. What is drawn around it does not change it.
type Rect struct {
	X, Y, W, H float64
	Weights    string // exact digits, in the weights panel; "" for what is no weight
	Outline    Outline
	Hollow     bool
	Tone       Tone
	Comb       bool // groups that are no towers: the matrix is this narrow because of them
}

// A Line goes through points. Its corners are rounded by R.
type Line struct {
	Points  []Point
	Tone    Tone
	Outline Outline
	R       float64
	Arrow   bool
}

// A Poly is a closed area.
type Poly struct {
	Points  []Point
	Tone    Tone
	Fill    float64 // opacity
	Outline Outline
}

// A Label is one line of text. (X, Y) is its anchor on the baseline.
type Label struct {
	X, Y   float64
	Text   string
	Size   float64
	Bold   bool
	Tone   Tone
	Anchor Anchor
}

// An Anchor is where a label's place is in it.
type Anchor uint8

// The anchors.
const (
	Middle Anchor = iota
	Start
	End
)

// A Swatch is a square of the legend in the colour of a family.
type Swatch struct {
	X, Y, Side float64
	Family     layer.Group
}

func (Swatch) shape() {}

// silhouette is the outline of a box.
func (b *Box) silhouette() []Point {
	dx, dy := b.D*depthX, b.D*depthY
	x0, y0, x1, y1 := b.X, b.Y, b.X+b.T, b.Y+b.H
	return []Point{{x0, y1}, {x1, y1}, {x1 + dx, y1 - dy}, {x1 + dx, y0 - dy}, {x0 + dx, y0 - dy}, {x0, y0}}
}

func (Box) shape()   {}
func (Rect) shape()  {}
func (Line) shape()  {}
func (Poly) shape()  {}
func (Label) shape() {}

// Place returns the rectangle that a label takes.
func (l *Label) Place() (x0, y0, x1, y1 float64) {
	w := Measure(l.Text, l.Size, l.Bold)
	x0 = l.X
	switch l.Anchor {
	case Middle:
		x0 -= w / 2
	case End:
		x0 -= w
	}
	return x0, l.Y - 0.8*l.Size, x0 + w, l.Y + 0.22*l.Size
}
