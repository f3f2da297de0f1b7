package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// A DeformConv is a convolution whose kernel samples at offsets from a second input
// (torchvision.ops.DeformConv2d): for every output position, group of offsets and
// cell of the kernel two numbers, and in a third input, if there is one, a weight.
// What makes the offsets is a convolution of its own.
type DeformConv struct{ Conv }

var deformConv = &Kind{
	Name: "deformconv", Also: []string{"deformconv2d"}, Group: GroupConv, Learns: true, Takes: TakesPaths,
	New:    func() Layer { return &DeformConv{newConv("")} },
	Fields: convFields(func(l Layer) *Conv { return &l.(*DeformConv).Conv }),
}

// DeformConvKind makes layers of type *DeformConv.
var DeformConvKind = Typed[*DeformConv]{&deformConv}

// Kind implements Layer.
func (l *DeformConv) Kind() *Kind { return deformConv }

// Apply implements Layer: as a convolution of the first input. Where the kernel
// looks depends on what is learned, so no window is known.
func (l *DeformConv) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if n := len(in[0]); n != 3 {
		return Result{}, diag.New(catalog.NeedsDims, deformConv.Name, 2, in[0].String())
	}
	r, d := l.slides(in[0])
	r.Window = &Window{}
	switch {
	case d != nil:
	case len(in) != 2 && len(in) != 3:
		d = diag.New(catalog.WrongPaths, deformConv.Name, "2–3", len(in))
	default:
		d = l.offsets(in, r.Out)
	}
	return r, d
}

// offsets checks the inputs after the first: 2·k_h·k_w channels for each group of
// offsets, k_h·k_w in the third, and the output's positions
// (torchvision/csrc/ops/cpu/deform_conv2d_kernel.cpp).
func (l *DeformConv) offsets(in []tensor.Shape, out tensor.Shape) *diag.Diag {
	cells := l.Kernel.At(0) * l.Kernel.At(1)
	groups := int64(tensor.Unknown)
	for i, x := range in[1:] {
		each := 2 * cells
		if i == 1 {
			each = cells
		}
		if len(x) != 3 {
			return diag.New(catalog.NeedsDims, deformConv.Name, 2, x.String())
		}
		if c := x[0].N; c >= 0 {
			n := c / each
			if n == 0 || c%each != 0 || (groups >= 0 && n != groups) || (in[0][0].Known() && in[0][0].N%n != 0) {
				return diag.New(catalog.OffsetChannels, i+2, c, each, in[0][0].String())
			}
			groups = n
		}
		for j := 1; j < 3; j++ {
			if x[j].Known() && out[j].Known() && x[j].N != out[j].N {
				return diag.New(catalog.OffsetSize, i+2, x[1:].String(), out[1:].String())
			}
		}
	}
	return nil
}
