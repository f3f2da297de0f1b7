package layer

import (
	"math"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Conv slides Filters kernels over a sample of one to three spatial
// dimensions (C×L, C×H×W, C×D×H×W), as torch.nn.Conv1d, Conv2d and Conv3d do.
// Each kernel is as deep as the input has channels, divided by Groups.
type Conv struct {
	Slide
	Filters Width
	Groups  Whole
	Bias    Switch
}

// newConv returns a convolution with the padding rules that its kind knows.
func newConv(rules string) Conv {
	return Conv{Slide: newSlide(rules), Groups: Whole{1, 1, num.MaxExtent}, Bias: true}
}

// convFields are the fields of a Conv, wherever it lies in its layer, with
// further ones before the groups.
func convFields(at func(Layer) *Conv, more ...Field) []Field {
	f := []Field{{Name: "filters", Main: true, Need: true, Role: RoleOut, At: func(l Layer) Value { return &at(l).Filters }}}
	f = append(f, slideFields(func(l Layer) *Slide { return &at(l).Slide })...)
	f = append(f, more...)
	return append(f,
		Field{Name: "groups", Short: "g", Role: RoleLanes, At: func(l Layer) Value { return &at(l).Groups }},
		Field{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &at(l).Bias }})
}

var conv = &Kind{
	Name: "conv", Alias: "c", Also: []string{"conv2d", "conv1d", "conv3d"}, Group: GroupConv, Learns: true,
	New: func() Layer {
		l := newConv("same, valid, keras-same, causal")
		l.Mode = Choice{padZeros, []string{padZeros, padReflect, padReplicate, padCircular}}
		return &l
	},
	Fields: append(convFields(func(l Layer) *Conv { return l.(*Conv) }),
		Field{Name: "mode", At: func(l Layer) Value { return &l.(*Conv).Mode }}),
	Torch: "Conv2d", Keras: "Conv2D", Caffe: "Convolution", ONNX: "Conv",
}

// ConvKind makes layers of type *Conv.
var ConvKind = Typed[*Conv]{&conv}

// What padding may be filled with (padding_mode in PyTorch).
const (
	padZeros     = "zeros"
	padReflect   = "reflect"
	padReplicate = "replicate"
	padCircular  = "circular"
)

// Kind implements Layer.
func (l *Conv) Kind() *Kind { return conv }

// Apply implements Layer. The weight is [C_out, C_in/g, k…]; MACs are weights ×
// output positions, without bias (torch.nn.Conv2d; conventions §3 to §5).
func (l *Conv) Apply(in []tensor.Shape) (Result, *diag.Diag) { return l.slides(in[0]) }

func (l *Conv) steps(in []tensor.Shape) []Step { return l.windows(in[0]) }

func (l *Conv) slides(x tensor.Shape) (Result, *diag.Diag) {
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	channels := tensor.Dim{N: l.Filters.Value(), Written: l.Filters.Product}
	if d := l.fits(dims); d != nil {
		return Result{Out: open(channels, dims)}, d
	}
	var window *Window
	var notes []*diag.Diag
	out := open(channels, dims)
	problem := l.sameStride(dims)
	if problem == nil {
		out, window, notes, problem = l.over(x, channels, dims)
	}
	if d := l.lanes(x); d != nil {
		// No kernel can be built, but its windows would go where they go.
		return Result{Out: out, Window: window}, d
	}
	weights, macs := l.declare(x, out, out, l.shape(channels.N, share(x[0].N, l.Groups.N), dims))
	return Result{Out: out, Weights: weights, MACs: macs, Window: window, Notes: notes}, problem
}

// declare returns the weight and the bias, and the MACs. The weight's factors are
// in the trade's order, kernel · input channels · output channels; the MACs are the
// same times the positions of at. Groups are lanes: each has its own share of both
// channels.
func (l *Conv) declare(x, out, at tensor.Shape, shape []int64) ([]Weight, Sum) {
	dims, g := len(x)-1, l.Groups.N
	t := l.sides(dims, dims+3)
	t = append(t, Factor{N: share(x[0].N, g), Role: RoleIn, Dim: &x[0], Div: g})
	if lane := out[0].N / g; lane > 1 || g == 1 {
		t = append(t, Factor{N: lane, Role: RoleOut, Field: "filters", Dim: &out[0], Div: g})
	}
	if g > 1 {
		t = append(t, Factor{N: g, Role: RoleLanes, Field: "groups"})
	}
	n := len(t)
	t = positions(t, at)
	weights := append(make([]Weight, 0, 2), Weight{Name: "weight", Class: ClassWeight, Factors: t[:n:n], Shape: shape})
	if l.Bias {
		weights = append(weights, bias(&out[0]))
	}
	return weights, Sum{t}
}

// share returns the channels of one of g lanes.
func share(channels, g int64) int64 {
	if channels < 0 {
		return channels
	}
	return channels / g
}

// sameStride refuses "same" with a stride, as torch.nn.Conv2d does. Keras' rule
// has a name of its own.
func (l *Conv) sameStride(dims int) *diag.Diag {
	if l.Padding.Rule != PadSame {
		return nil
	}
	for i := 0; i < dims; i++ {
		if l.Stride.At(i) != 1 {
			d := diag.New(catalog.SameNeedsStride1, l.Stride.Text()).On("padding")
			if half := (l.Reach(i) - 1) / 2; half <= math.MaxInt32 { // else a Size cannot hold it
				d.AddFix(diag.Fix{Op: diag.SetField, Field: "padding", Value: strconv.FormatInt(half, 10)})
			}
			return d.AddFix(diag.Fix{Op: diag.SetField, Field: "padding", Value: PadKeras}).
				AddFix(diag.Fix{Op: diag.SetField, Field: "stride", Value: "1"})
		}
	}
	return nil
}

// lanes refuses groups that do not divide the channels, and offers the nearest
// that do.
func (l *Conv) lanes(x tensor.Shape) *diag.Diag {
	g, in, out := l.Groups.N, x[0].N, l.Filters.Value()
	if g == 1 || ((in < 0 || in%g == 0) && out%g == 0) {
		return nil
	}
	var d *diag.Diag
	if in >= 0 && in%g != 0 {
		d = diag.New(catalog.GroupsIn, g, in).On("groups")
	} else {
		d = diag.New(catalog.GroupsOut, g, out).On("groups")
	}
	for _, n := range nearestDivisors(g, in, out) {
		d.AddFix(diag.Fix{Op: diag.SetField, Field: "groups", Value: strconv.FormatInt(n, 10)})
	}
	return d
}

// nearestDivisors returns the common divisors of a and b next to n, below and
// above. An unknown a divides everything.
func nearestDivisors(n, a, b int64) []int64 {
	if a < 0 {
		a = b
	}
	common := gcd(a, b)
	var below, above int64
	consider := func(c int64) {
		if c < n && c > below {
			below = c
		}
		if c > n && (above == 0 || c < above) {
			above = c
		}
	}
	for c := int64(1); c <= common/c && c < 1<<21; c++ {
		if common%c == 0 {
			consider(c)
			consider(common / c)
			if c > n {
				break // all that follow are further above
			}
		}
	}
	var found []int64
	if below > 0 {
		found = append(found, below)
	}
	if above > 0 {
		found = append(found, above)
	}
	return found
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
