package layer

import (
	"math"
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// An Upsample stretches the map (torch.nn.Upsample, keras.layers.UpSampling2D).
// It learns nothing, and its work is not counted as multiply-accumulates.
type Upsample struct {
	Resize
	Mode  Choice
	Align Switch // the corners keep their values; shapes do not depend on it
}

// interpolations are PyTorch's, and interpolated the spatial dimensions that each
// needs; 0: any.
var interpolations = [...]string{"nearest", "nearest-exact", "area", "linear", "bilinear", "bicubic", "trilinear"}
var interpolated = [...]int{0, 0, 0, 1, 2, 2, 3}

var upsample = &Kind{
	Name: "upsample", Alias: "u", Also: []string{"interpolate", "upsampling2d"}, Group: GroupShape,
	New: func() Layer {
		return &Upsample{Resize: Resize{Extents{Most: MaxSpatial}, Reals{Above: 0, Below: 1e6}},
			Mode: Choice{"nearest", interpolations[:]}}
	},
	Fields: append(resizeFields(Field{Name: "scale_factor", Main: true, Like: "2"},
		func(l Layer) *Resize { return &l.(*Upsample).Resize }),
		Field{Name: "interpolation", At: func(l Layer) Value { return &l.(*Upsample).Mode }},
		Field{Name: "align_corners", Off: "aligncorners", At: func(l Layer) Value { return &l.(*Upsample).Align }}),
	Torch: "Upsample", Keras: "UpSampling2D", ONNX: "Resize",
}

// UpsampleKind makes layers of type *Upsample.
var UpsampleKind = Typed[*Upsample]{&upsample}

// Kind implements Layer.
func (l *Upsample) Kind() *Kind { return upsample }

// Apply implements Layer. What an output sees differs from its neighbour's by no
// one step, so there is no window (torch.nn.functional.interpolate).
func (l *Upsample) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	out, d := l.to(upsample, "scale_factor", x, dims)
	if d == nil {
		d = l.suits(x, dims)
	}
	return Result{Out: out, Window: &Window{}}, d
}

// steps multiplies by the ratio, where it is a whole number. Of another one only
// the product is shown, whose rounding is that of the machine.
func (l *Upsample) steps(in []tensor.Shape) []Step {
	var steps []Step
	for i := range in[0][1:] {
		if l.Ratio.Unset() || !in[0][i+1].Known() {
			continue
		}
		if r := l.Ratio.At(i); r == math.Trunc(r) {
			steps = append(steps, Step{Extent: i + 1, Expr: multiplied(letter("n", in[0][i+1].N), constantOf(int64(r)))})
		}
	}
	return steps
}

// suits refuses an interpolation made for other dimensions, and corners aligned
// where nothing is interpolated.
func (l *Upsample) suits(x tensor.Shape, dims int) *diag.Diag {
	of := interpolated[slices.Index(interpolations[:], l.Mode.Word)]
	if of != 0 && of != dims {
		words := [...]string{"linear", "bilinear", "trilinear"}
		return diag.New(catalog.NeedsDims, l.Mode.Word, of, x.String()).On("interpolation").
			AddFix(diag.Fix{Op: diag.SetField, Field: "interpolation", Value: words[dims-1]})
	}
	if l.Align && of == 0 {
		return diag.New(catalog.NothingToAlign, l.Mode.Word).On("align_corners").
			AddFix(diag.Fix{Op: diag.SetField, Field: "align_corners", Value: "off"})
	}
	return nil
}
