package layer

import (
	"math"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A PixelShuffle lays channels out as pixels, or pixels as channels: C·r² × H × W
// and C × H·r × W·r have the same values (torch.nn.PixelShuffle, PixelUnshuffle).
// Dimensions before these three stay.
type PixelShuffle struct {
	kind *Kind
	R    Whole
}

func pixelKind(k Kind, field string) *Kind {
	kind := &k
	kind.Group, kind.InPlace, kind.inference = GroupShape, true, holding(HoldsAnew)
	kind.New = func() Layer { return &PixelShuffle{kind, Whole{0, 1, math.MaxInt32}} }
	kind.Fields = []Field{{Name: field, Main: true, Need: true, Role: RoleKernel, Like: "2",
		At: func(l Layer) Value { return &l.(*PixelShuffle).R }}}
	return kind
}

var (
	pixelShuffle   = pixelKind(Kind{Name: "pixelshuffle", Torch: "PixelShuffle", ONNX: "DepthToSpace"}, "upscale_factor")
	pixelUnshuffle = pixelKind(Kind{Name: "pixelunshuffle", Torch: "PixelUnshuffle", ONNX: "SpaceToDepth"}, "downscale_factor")
)

// The kinds, each with the type of its layers.
var (
	PixelShuffleKind   = Typed[*PixelShuffle]{&pixelShuffle}
	PixelUnshuffleKind = Typed[*PixelShuffle]{&pixelUnshuffle}
	ChannelShuffleKind = Typed[*ChannelShuffle]{&channelShuffle}
)

// Kind implements Layer.
func (l *PixelShuffle) Kind() *Kind { return l.kind }

// Apply implements Layer.
func (l *PixelShuffle) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x, r := in[0], l.R.N
	c := len(x) - 3
	if c < 0 {
		return Result{}, diag.New(catalog.NeedsDims, l.kind.Name, 2, x.String())
	}
	apart := l.kind == pixelUnshuffle
	out := append(tensor.Shape{}, x...)
	for i, f := range [3]int64{r * r, r, r} {
		n := x[c+i]
		if f == 1 {
			continue
		}
		out[c+i] = tensor.Dim{N: tensor.Unknown}
		if !n.Known() {
			continue
		}
		if (i == 0) == apart {
			if d := setExtent(out, c+i, num.Of(n.N).Times(f)); d != nil {
				return Result{Out: out}, d.On(l.kind.Fields[0].Name)
			}
			continue
		}
		if n.N%f != 0 {
			return Result{Out: out}, diag.New(catalog.NotDivisible, extentName(c+i, len(x)), n.N, f).On(l.kind.Fields[0].Name)
		}
		out[c+i].N = n.N / f
	}
	window := &Window{} // shuffled, neighbours see the same cell
	if apart && c == 0 {
		window.Dims = []WindowDim{{Reach: r, Stride: r}, {Reach: r, Stride: r}}
	}
	return Result{Out: out, Window: window}, nil
}

func (l *PixelShuffle) steps(in []tensor.Shape) []Step {
	var steps []Step
	x, r := in[0], letter("r", l.R.N)
	for i, by := range []Expr{multiplied(r, r), r, r} {
		j := len(x) - 3 + i
		if !x[j].Known() {
			continue
		}
		e := multiplied(letter("n", x[j].N), by)
		if (i == 0) != (l.kind == pixelUnshuffle) {
			e = combine(OpOver, letter("n", x[j].N), by)
		}
		steps = append(steps, Step{Extent: j, Expr: e})
	}
	return steps
}

// A ChannelShuffle deals the channels of Groups lanes like cards, so that the
// next lanes get some of each (torch.nn.ChannelShuffle).
type ChannelShuffle struct{ Groups Whole }

var channelShuffle = &Kind{
	Name: "channelshuffle", Group: GroupShape, InPlace: true, inference: holding(HoldsAnew),
	New: func() Layer { return &ChannelShuffle{Whole{0, 1, num.MaxExtent}} },
	Fields: []Field{
		{Name: "groups", Short: "g", Main: true, Need: true, Role: RoleLanes, Like: "2",
			At: func(l Layer) Value { return &l.(*ChannelShuffle).Groups }},
	},
	Torch: "ChannelShuffle",
}

// Kind implements Layer.
func (l *ChannelShuffle) Kind() *Kind { return channelShuffle }

// Apply implements Layer: the shape stays.
func (l *ChannelShuffle) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x, g := in[0], l.Groups.N
	if len(x) < 2 {
		return Result{Out: x}, diag.New(catalog.NeedsImage, x.String())
	}
	if c := x[0].N; c >= 0 && c%g != 0 {
		d := diag.New(catalog.GroupsIn, g, c).On("groups")
		for _, n := range nearestDivisors(g, c, c) {
			d.AddFix(diag.Fix{Op: diag.SetField, Field: "groups", Value: strconv.FormatInt(n, 10)})
		}
		return Result{Out: x}, d
	}
	return Result{Out: x}, nil
}
