package layer

import (
	"math"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Pad adds cells around the map (torch.nn.ZeroPad2d, ConstantPad2d,
// ReflectionPad2d, ReplicationPad2d, CircularPad2d, keras.layers.ZeroPadding2D);
// a negative count takes some away. A constant may be added to the channels too,
// as torch.nn.functional.pad does.
type Pad struct {
	Sides Sides
	Mode  Choice
	Fill  Real
}

// padConstant fills with one value; the other fills are those of a convolution.
const padConstant = "constant"

var pad = &Kind{
	Name: "pad", Also: []string{"zeropad", "zeropad2d", "zeropadding2d"}, Group: GroupShape,
	New: func() Layer {
		return &Pad{Sides{Least: -math.MaxInt32},
			Choice{padConstant, []string{padConstant, padReflect, padReplicate, padCircular}}, AnyReal(0)}
	},
	Fields: []Field{
		{Name: "sides", Main: true, Need: true, Like: "1", At: func(l Layer) Value { return &l.(*Pad).Sides }},
		{Name: "mode", At: func(l Layer) Value { return &l.(*Pad).Mode }},
		{Name: "fill", At: func(l Layer) Value { return &l.(*Pad).Fill }},
	},
	Torch: "ConstantPad2d", Keras: "ZeroPadding2D", ONNX: "Pad",
}

// PadKind makes layers of type *Pad.
var PadKind = Typed[*Pad]{&pad}

// Kind implements Layer.
func (l *Pad) Kind() *Kind { return pad }

// Apply implements Layer.
func (l *Pad) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	if len(x) >= 2 && len(x) <= MaxSpatial+1 && l.Mode.Word != padConstant && int(l.Sides.n) <= len(x) {
		for j := range x {
			before, after := l.Sides.At(j, len(x))
			if j == 0 && (before != 0 || after != 0) {
				return Result{Out: open(tensor.Dim{N: tensor.Unknown}, len(x)-1)},
					diag.New(catalog.OnlyConstant, l.Mode.Word).On("mode").
						AddFix(diag.Fix{Op: diag.SetField, Field: "mode", Value: padConstant})
			}
			if d := fillFits(l.Mode.Word, x[j], max(before, after), "sides", padConstant); d != nil {
				return Result{Out: open(x[0], len(x)-1)}, d
			}
		}
	}
	return frame(x, l.Sides, 1)
}

func (l *Pad) steps(in []tensor.Shape) []Step { return framed(in[0], l.Sides, added) }

// A Crop cuts cells off the map's edges (keras.layers.Cropping2D).
type Crop struct{ Sides Sides }

var crop = &Kind{
	Name: "crop", Also: []string{"cropping2d"}, Group: GroupShape,
	New:    func() Layer { return &Crop{} },
	Fields: []Field{{Name: "sides", Main: true, Need: true, Like: "1", At: func(l Layer) Value { return &l.(*Crop).Sides }}},
	Keras:  "Cropping2D", Caffe: "Crop",
}

// CropKind makes layers of type *Crop.
var CropKind = Typed[*Crop]{&crop}

// Kind implements Layer.
func (l *Crop) Kind() *Kind { return crop }

// Apply implements Layer.
func (l *Crop) Apply(in []tensor.Shape) (Result, *diag.Diag) { return frame(in[0], l.Sides, -1) }

func (l *Crop) steps(in []tensor.Shape) []Step {
	return framed(in[0], l.Sides, func(of ...Expr) Expr { return added(of[0], minus(of[1]), minus(of[2])) })
}

// framed are the steps of frame, for the extents that change.
func framed(x tensor.Shape, sides Sides, change func(of ...Expr) Expr) []Step {
	var steps []Step
	for j := range x {
		if before, after := sides.At(j, len(x)); x[j].Known() && (before != 0 || after != 0) {
			steps = append(steps, Step{Extent: j, Expr: change(letter("n", x[j].N), signed(before), signed(after))})
		}
	}
	return steps
}

// signed writes a number that may be below zero.
func signed(n int64) Expr {
	if n < 0 {
		return minus(constantOf(-n))
	}
	return constantOf(n)
}

// frame adds sign times the cells of sides to every extent. At least one must
// remain (ATen/native/ConstantPadNd.cpp, keras.layers.Cropping2D).
func frame(x tensor.Shape, sides Sides, sign int64) (Result, *diag.Diag) {
	dims, d := spatial(x)
	if d == nil {
		d = sides.fits("sides", x)
	}
	if d != nil {
		return Result{}, d
	}
	out := append(tensor.Shape{}, x...)
	window := &Window{Dims: make([]WindowDim, dims)}
	for j := range x {
		before, after := sides.At(j, len(x))
		if j > 0 {
			window.Dims[j-1] = WindowDim{Reach: 1, Stride: 1, Pad: sign * before}
		}
		if before == 0 && after == 0 {
			continue
		}
		out[j] = tensor.Dim{N: tensor.Unknown}
		if !x[j].Known() {
			continue
		}
		if d := setExtent(out, j, num.Of(x[j].N+sign*(before+after))); d != nil {
			return Result{Out: out}, d.On("sides")
		}
	}
	return Result{Out: out, Window: window}, nil
}
